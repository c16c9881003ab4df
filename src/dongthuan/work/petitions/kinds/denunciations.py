"""Denunciations (tố cáo): Luật Tố cáo 2018."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, Opens, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.work.petitions import effects
from dongthuan.work.petitions.kinds.common import (
    ACCEPT,
    CLOSE,
    COMMON,
    DOCUMENT,
    NOTE,
    OFFICE,
    PAPER,
    PUBLISH,
    REASON,
    REFUSE,
    REGISTER,
    REOPEN,
    RESUME,
    RETURN,
    STATES,
    STORE,
    SUSPEND,
    SUSPEND_NOTICE,
    TRANSFER,
    URGE,
    WITHDRAW,
    WORK,
)
from dongthuan.work.petitions.models import Finding

# -- denunciation -------------------------------------------------------------------------------

DENUNCIATION = "Luật Tố cáo 2018"
D_ACCEPT = replace(
    ACCEPT,
    basis=f"Điều 29 {DENUNCIATION}",
    asks=(ACCEPT.asks[2], PAPER),
    opens=(Opens("tc.settle"), Opens("tc.accept_notice")),
    announce="",
)
D_NOTICE = Step(
    name="notify",
    label=_("Record the notice of acceptance"),
    source=("accepted", "suspended", "decided", "published", "executing"),
    target="",
    roles=OFFICE,
    basis=f"Điều 29 {DENUNCIATION}",
    asks=(Ask("sent_on", "date", _("Sent on")), PAPER),
    closes=("tc.accept_notice",),
    when="owes_notice",
)
D_EXTEND = Step(
    name="extend",
    label=_("Prolong the settlement"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=f"Điều 30 {DENUNCIATION}",
    asks=(
        DOCUMENT,
        Ask(
            "term", "choice", _("Prolong by"),
            choices=(("30 d", _("30 days (complex; twice if very complex)")),),
        ),
        REASON,
        PAPER,
    ),
    extends=("tc.settle",),
    effect=effects.extend_denunciation,
    assigned_only=True,
)  # fmt: skip
D_SUSPEND = replace(
    SUSPEND,
    basis=f"Điều 34 {DENUNCIATION}",
    opens=(Opens("tc.suspend_notice"),),
    in_force="",
    announce="",
)
D_SUSPEND_NOTICE = replace(
    SUSPEND_NOTICE,
    basis=f"Điều 34 {DENUNCIATION}",
    closes=("tc.suspend_notice",),
)
D_RESUME = replace(RESUME, basis=f"Điều 34 {DENUNCIATION}", opens=(), announce="")
D_CONCLUDE = Step(
    name="conclude",
    label=_("Record the conclusion"),
    source=("accepted",),
    target="decided",
    roles=WORK,
    basis=f"Điều 35 {DENUNCIATION}",
    asks=(
        DOCUMENT,
        Ask("finding", "choice", _("Finding"), choices=tuple(Finding.choices)),
        Ask("answer", "lines", _("What was concluded"), personal=True),
        PAPER,
    ),
    closes=("tc.settle",),
    opens=(Opens("tc.send_conclusion"), Opens("tc.handle"), Opens("tc.publish")),
    effect=effects.decide,
)
D_SEND = Step(
    name="send",
    label=_("Record that the conclusion was sent"),
    source=("decided", "published", "executing"),
    target="",
    roles=OFFICE,
    basis=f"Điều 35 {DENUNCIATION}",
    asks=(Ask("sent_on", "date", _("Sent on")), PAPER),
    closes=("tc.send_conclusion",),
    when="must_be_sent",
)
D_HANDLE = Step(
    name="handle",
    label=_("Record how the conclusion was acted on"),
    source=("decided", "published", "executing"),
    target="executing",
    roles=WORK,
    basis=f"Điều 36 {DENUNCIATION}",
    asks=(Ask("plan", "lines", _("What was done")), PAPER),
    closes=("tc.handle",),
    audience=Audience.OFFICIAL,
)
D_PUBLISH = replace(
    PUBLISH,
    basis=f"Điều 40 {DENUNCIATION}",
    asks=(
        Ask("published_on", "date", _("Posted or published on")),
        Ask("where", "text", _("Where"), max_length=200),
        PAPER,
    ),
    audience=Audience.OFFICIAL,
    effect=None,
    announce="",
)
D_REFUSE = replace(REFUSE, basis=f"Điều 29 {DENUNCIATION}", asks=(NOTE, PAPER), announce="")
D_WITHDRAW = replace(WITHDRAW, basis=f"Điều 33 {DENUNCIATION}", announce="")
D_WITHDRAW_GOES_ON = Step(
    name="withdraw_goes_on",
    label=_("Record a withdrawal; the settlement goes on"),
    source=("accepted", "suspended"),
    target="",
    roles=OFFICE,
    basis=f"Điều 33 {DENUNCIATION}; Nghị định 156/2026/NĐ-CP",
    asks=(Ask("written_on", "date", _("Date of the written withdrawal")), REASON, PAPER),
    audience=Audience.OFFICIAL,
)
D_CLOSE = replace(CLOSE, basis=DENUNCIATION)

DENUNCIATION_KIND = Kind(
    "denunciation", _("denunciation (tố cáo)"), STATES,
    (
        REGISTER, D_ACCEPT, D_NOTICE, D_CONCLUDE, D_SEND, D_HANDLE, D_PUBLISH, D_CLOSE, *COMMON,
        D_REFUSE, TRANSFER, RETURN, URGE, STORE, D_EXTEND, D_SUSPEND, D_SUSPEND_NOTICE,
        D_RESUME, D_WITHDRAW, D_WITHDRAW_GOES_ON, REOPEN,
    ),
    Level.SEALED,
)  # fmt: skip
