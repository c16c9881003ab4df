"""The declared kinds: the year of the movement, and a model from registration to its copies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.emulation import effects
from dongthuan.work.emulation.models import Award

BASIS = "Kế hoạch phong trào thi đua “Dân vận khéo” của năm"
LEADS = (Role.MASS_MOBILISATION, Role.FRONT, Role.PARTNER_HEAD)
HEADS = (Role.PARTNER_HEAD,)
# Whoever speaks for a body that registers: a village, an office, an organisation, a school.
BODY = (
    Role.VILLAGE_HEAD, Role.VILLAGE_FRONT, Role.INTAKE, Role.HANDLER, Role.HEAD, Role.FRONT,
    Role.MASS_MOBILISATION, Role.PARTNER_HEAD, Role.PARTY, Role.COUNCIL, Role.BOARD,
)  # fmt: skip
OWN = ("registrant_now",)
DOCUMENT = Ask("document", "text", _("Number and symbol of the document"), max_length=80)
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
LEVEL = Ask("level", "choice", _("Level of recognition"), choices=tuple(Award.choices))
SIGNED = Ask("on", "date", _("Signed on"))

CYCLE = Kind(
    "emulation_cycle",
    _("year of the movement (phong trào Dân vận khéo)"),
    (
        State("registering", _("registration open"), _("registration open"), "active"),
        State("running", _("models at work"), _("models at work"), "active"),
        State("checked", _("checked at mid-year"), _("models at work"), "active"),
        State("appraising", _("the board appraises"), _("being appraised"), "waiting"),
        State("concluded", _("year concluded"), _("year concluded"), "good", final=True),
    ),
    (
        Step("close", _("Close the registration"), ("registering",), "running", LEADS, BASIS,
             asks=(DOCUMENT,), closes=("dvk.register",), audience=Audience.PUBLIC),
        Step("midyear", _("Report the mid-year check"), ("running",), "checked", LEADS, BASIS,
             asks=(Ask("report", "lines", _("What the check has found")),),
             closes=("dvk.midyear",)),
        Step("convene", _("Convene the appraisal board"), ("checked",), "appraising", HEADS, BASIS,
             asks=(DOCUMENT,), effect=effects.convene, ready="board_known"),
        Step("conclude", _("Conclude the year"), ("appraising",), "concluded", HEADS, BASIS,
             asks=(DOCUMENT, Ask("minutes", "lines", _("Result of the year, for everybody"))),
             closes=("dvk.appraise",), effect=effects.conclude, audience=Audience.PUBLIC),
        Step("move", _("Set new days"), ("registering", "running", "checked", "appraising"), "",
             HEADS, BASIS,
             asks=(Ask("register_until", "future", _("Registration until"), required=False),
                   Ask("midyear_until", "future", _("Mid-year check until"), required=False),
                   Ask("appraise_until", "future", _("Appraisal until"), required=False),
                   REASON, DOCUMENT),
             effect=effects.move, audience=Audience.PUBLIC),
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip

MODEL = Kind(
    "emulation_model",
    _("model (mô hình Dân vận khéo)"),
    (
        State("registered", _("registered as a model"), _("registered as a model"), "waiting"),
        State("guided", _("guided"), _("registered as a model"), "waiting"),
        State("running", _("at work"), _("at work"), "active"),
        State("checked", _("checked at mid-year"), _("at work"), "active"),
        State("submitted", _("handed in"), _("being appraised"), "waiting"),
        State("appraised", _("appraised"), _("being appraised"), "waiting"),
        State("recognised", _("recognised"), _("recognised"), "good", final=True),
        State("spreading", _("being copied"), _("recognised, being copied"), "good", final=True),
        State("not_recognised", _("not recognised"), _("ended"), final=True),
        State("withdrawn", _("taken back"), _("ended"), final=True),
        State("not_handed_in", _("year concluded, not handed in"), _("ended"), final=True),
    ),
    (
        Step("guide", _("Give guidance"), ("registered",), "guided", LEADS, BASIS,
             asks=(Ask("guidance", "lines", _("Guidance"), max_length=3000),),
             ready="year_runs", effect=effects.guide),
        Step("begin", _("The model begins its work"), ("guided",), "running", BODY, BASIS,
             asks=(Ask("on", "date", _("First day")),), by=OWN, ready="year_runs",
             effect=effects.begin),
        Step("check", _("Record the mid-year check"), ("running",), "checked", LEADS, BASIS,
             asks=(Ask("finding", "lines", _("What the check has found"), max_length=3000),),
             ready="year_runs", effect=effects.check),
        Step("submit", _("Hand in the results"), ("running", "checked"), "submitted", BODY, BASIS,
             asks=(Ask("results", "lines", _("What was reached, for everybody to read"),
                       help=_("Numbers that can be checked; no names, no personal data."),
                       max_length=3000),),
             by=OWN, ready="may_hand_in", effect=effects.submit),
        Step("appraise", _("Draw up the board's result"), ("submitted",), "appraised", LEADS,
             BASIS, ready="appraisable", effect=effects.appraise),
        Step("send_back", _("Send back for more"), ("submitted",), "checked", LEADS, BASIS,
             asks=(REASON,), effect=effects.send_back),
        Step("recognise", _("Recognise"), ("appraised",), "recognised", HEADS, BASIS,
             asks=(LEVEL, DOCUMENT, SIGNED), effect=effects.recognise, audience=Audience.PUBLIC),
        Step("not_recognise", _("Do not recognise"), ("appraised",), "not_recognised", HEADS,
             BASIS, asks=(REASON,), effect=effects.not_recognise, grave=True),
        Step("spread", _("Record that it is being copied"), ("recognised",), "spreading", LEADS,
             BASIS, audience=Audience.PUBLIC),
        Step("raise_level", _("Recognised at a higher level"), ("recognised", "spreading"), "",
             HEADS, BASIS, asks=(LEVEL, DOCUMENT, SIGNED), effect=effects.raise_level,
             audience=Audience.PUBLIC),
        Step("withdraw", _("Withdraw the model"),
             ("registered", "guided", "running", "checked", "submitted"), "withdrawn", BODY,
             BASIS, asks=(REASON,), by=OWN, effect=effects.withdraw, grave=True),
        # The conclusion of the year takes it for every model that is left.
        Step("lapse", _("Close it: not handed in when the year was concluded"),
             ("registered", "guided", "running", "checked"), "not_handed_in", HEADS, BASIS,
             waives=("*",), when="not year_runs", effect=effects.lapse),
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip
