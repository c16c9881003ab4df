"""The half-yearly hearing: an authority hears what the Front's supervision has found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Kind, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.recommendations import hearing_effects as effects
from dongthuan.work.recommendations.kinds.asks import DOCUMENT, PAPER, REASON
from dongthuan.work.recommendations.rules import FRONT_SIDE, OFFICE

BASIS = "Điều 29, Điều 30 Luật Mặt trận Tổ quốc Việt Nam 2015"
HOSTS = (*OFFICE, Role.COUNCIL)
RULE = "mttq.supervision.hearing"
PUBLIC = Audience.PUBLIC
ON = Ask("on", "future", _("Day"))
VENUE = Ask("venue", "text", _("Place of the hearing"), max_length=200)

HEARING = Kind(
    "hearing_session",
    _("hearing of the Front's supervision"),
    (
        State("due", _("owed this half-year"), _("owed this half-year"), "waiting"),
        State("convened", _("convened, agenda set"), _("convened"), "active"),
        State("held", _("hearing held"), _("hearing held"), "good", final=True),
        State("missed", _("not held"), _("not held"), "bad", final=True),
    ),
    (
        Step(
            name="convene",
            label=_("Convene, set the agenda"),
            source=("due",),
            target="convened",
            roles=HOSTS,
            basis=BASIS,
            asks=(ON, VENUE, DOCUMENT),
            audience=PUBLIC,
            effect=effects.convene,
        ),
        Step(
            name="report",
            label=_("Report what supervision has found"),
            source=("due", "convened"),
            target="",
            roles=FRONT_SIDE,
            by=("front",),
            basis=BASIS,
            asks=(Ask("report", "lines", _("Results of supervision"), max_length=20_000), PAPER),
            audience=PUBLIC,
            effect=effects.report,
        ),
        Step(
            name="refresh",
            label=_("Assemble the agenda anew"),
            source=("convened",),
            target="",
            roles=HOSTS,
            basis=BASIS,
            audience=PUBLIC,
            effect=effects.refresh,
        ),
        Step(
            name="move",
            label=_("Move to another day"),
            source=("convened",),
            target="",
            roles=HOSTS,
            basis=BASIS,
            asks=(ON, VENUE, REASON),
            audience=PUBLIC,
            effect=effects.move,
        ),
        Step(
            name="hold",
            label=_("Write down the hearing"),
            source=("convened",),
            target="held",
            roles=HOSTS,
            basis=BASIS,
            asks=(
                Ask("present", "number", _("How many were present")),
                Ask("minutes", "lines", pgettext_lazy("talk", "What was said"), max_length=20_000),
                Ask("conclusion", "lines", _("Conclusion"), max_length=10_000),
                DOCUMENT,
                PAPER,
            ),
            closes=(RULE,),
            audience=PUBLIC,
            effect=effects.hold,
        ),
        Step(
            name="miss",
            label=_("Record that it was not held"),
            source=("due", "convened"),
            target="missed",
            roles=(Role.HEAD, Role.COUNCIL),
            basis=BASIS,
            asks=(REASON,),
            may_close=(RULE,),
            audience=PUBLIC,
            effect=effects.miss,
            grave=True,
        ),
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip
