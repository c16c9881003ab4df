"""The declared kind: states, steps, what each asks, opens and closes, each with its article.

Sources: Luật Tố cáo số 25/2018/QH14 (as amended by Luật 136/2025/QH15), Nghị định 31/2019/NĐ-CP,
Nghị định 156/2026/NĐ-CP. No step announces anything: of a sealed matter no message leaves; the
denouncer comes back with the receipt. `roles` name who signs by the law; a sealed matter is worked
by its designated people, whatever their role.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Kind, State
from dongthuan.core.matters.models import Level
from dongthuan.work.denunciations.kinds import after, intake, protection, settlement

__all__ = ["DENUNCIATION", "STATES"]

STATES = (
    State("received", _("newly received"), _("received"), "waiting"),
    State("registered", _("in the register"), _("being checked"), "active"),
    State("examined", _("checked"), _("being checked"), "active"),
    State("again", _("denounced again: under review"), _("under review by the authority above"),
          "active"),
    State("accepted", _("accepted for settlement"), _("accepted; being settled"), "active"),
    State("verifying", _("under verification"), _("being verified"), "active"),
    State("reported", _("verification reported"), _("being verified"), "active"),
    State("suspended", _("suspended"), _("settlement suspended"), "waiting"),
    State("concluded", _("concluded"), _("concluded"), "good"),
    State("refused", _("not accepted"), _("not accepted"), "bad"),
    State("transferred", _("transferred"), _("transferred to the competent body")),
    State("unprocessed", _("not processed"), _("not processed as a denunciation")),
    State("inspecting", _("under inspection"), _("handed to inspection"), "active"),
    State("inspected", _("inspected"), _("inspection has ended"), "good"),
    State("terminated", _("terminated"), _("settlement terminated")),
    State("upheld", _("not settled again"), _("not settled again")),
    State("closed", _("closed"), _("closed"), "good", final=True),
)  # fmt: skip

DENUNCIATION = Kind(
    "denunciation",
    _("denunciation (tố cáo)"),
    STATES,
    (*intake.STEPS, *settlement.STEPS, *after.STEPS, *protection.STEPS, *intake.ASIDE),
    Level.SEALED,
)
