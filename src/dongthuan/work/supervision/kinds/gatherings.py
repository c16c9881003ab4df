"""The yearly conference of a village."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.supervision import gathering_effects as effects
from dongthuan.work.supervision.kinds.boards import DOCUMENT, LAW, PAPER, REASON

VILLAGE = (Role.VILLAGE_HEAD,)
PUBLIC = Audience.PUBLIC
WHEN = (
    Ask("on", "future", _("Day")),
    Ask("time", "text", _("Hour"), max_length=5, help=_("For example 19:00.")),
    Ask("venue", "text", _("Place of the meeting"), max_length=200),
    Ask("agenda", "lines", _("Content"), max_length=3000),
)
MEANS = (
    ("written", _("in writing to each household")),
    ("loud", _("by the loudspeakers of the village")),
    ("app", _("by the app that the village agreed on")),
    ("direct", _("told directly, where it was necessary")),
)
PREPARING = "Điều 10 Nghị định 59/2023/NĐ-CP"
HOLDING = "Điều 11 Nghị định 59/2023/NĐ-CP"
CONCLUSION = Ask("conclusion", "lines", _("Conclusion"),
                 help=_("Everybody reads it: no names, no numbers of people."))  # fmt: skip
MISSED = State("missed", _("not held that year"), _("not held that year"), "bad", final=True)
MOVE = (*WHEN, REASON)

CONFERENCE = Kind(
    "conference",
    _("yearly conference of a village"),
    (
        State("due", _("to be held this year"), _("to be held this year"), "waiting"),
        State("planned", _("day set"), _("day set"), "waiting"),
        State("convened", _("called together"), _("called together"), "active"),
        State("held", _("meeting held"), _("meeting held"), "good"),
        State("reported", _("held and reported"), _("meeting held"), "good", final=True),
        MISSED,
    ),
    (
        Step(
            name="plan",
            label=_("Plan the conference"),
            source=("due",),
            target="planned",
            roles=VILLAGE,
            by=("village",),
            basis=PREPARING,
            asks=WHEN,
            opens=(Opens("dc.yearly_meeting_notice", "on", owner="village"),),
            audience=PUBLIC,
            effect=effects.plan,
        ),
        Step(
            name="convene",
            label=_("Record that the households were called"),
            source=("planned",),
            target="convened",
            roles=VILLAGE,
            by=("village",),
            basis=HOLDING,
            asks=(Ask("means", "choice", _("How they were told"), choices=MEANS),),
            closes=("dc.yearly_meeting_notice",),
            audience=PUBLIC,
            effect=effects.convene,
        ),
        Step(
            name="hold",
            label=_("Record the meeting"),
            source=("convened",),
            target="held",
            roles=VILLAGE,
            by=("village",),
            basis=f"Khoản 3 Điều 33 {LAW}; khoản 2 Điều 11 Nghị định 59/2023/NĐ-CP",
            asks=(
                Ask("households", "number", _("How many households the village has")),
                Ask("present", "number", _("Households represented")),
                Ask("report_head", "lines", _("Report of the village head")),
                Ask("report_front", "lines", _("Report of the village Front committee")),
                Ask("report_board", "lines", _("Report of the member of the inspection board")),
                Ask("minutes", "lines", _("Minutes"), personal=True,
                    help=_("Kept with the file, not published.")),
                CONCLUSION,
            ),
            closes=("dc.conference.yearly",),
            audience=PUBLIC,
            effect=effects.hold_conference,
        ),
        Step(
            name="report",
            label=_("Report to the People's Committee and the Front"),
            source=("held",),
            target="reported",
            roles=VILLAGE,
            by=("village",),
            basis=HOLDING,
            asks=(DOCUMENT, PAPER),
            effect=effects.report,
        ),
        Step(
            name="move",
            label=_("Move to another day"),
            source=("planned", "convened"),
            target="planned",
            roles=VILLAGE,
            by=("village",),
            basis=PREPARING,
            asks=MOVE,
            waives=("dc.yearly_meeting_notice",),
            opens=(Opens("dc.yearly_meeting_notice", "on", owner="village"),),
            audience=PUBLIC,
            effect=effects.plan,
        ),
        Step(
            name="miss",
            label=_("Record that it was not held"),
            source=("due", "planned", "convened"),
            target="missed",
            roles=(*VILLAGE, Role.FRONT),
            by=("village", "front"),
            basis="Khoản 1 Điều 33 Luật Thực hiện dân chủ ở cơ sở 2022",
            asks=(REASON,),
            waives=("*",),
            audience=PUBLIC,
            effect=effects.miss,
            grave=True,
        ),
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip
