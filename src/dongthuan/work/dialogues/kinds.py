"""The declared kinds: a dialogue, and the yearly one that the Law orders. They go the same way."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.work.dialogues import effects, rules
from dongthuan.work.dialogues.models import Chair
from dongthuan.work.dialogues.rules import HOSTS, WORKERS

PUBLIC = Audience.PUBLIC
BASIS = "Điều 43 Luật Tổ chức chính quyền địa phương 2025; quy chế của địa phương"
YEARLY_BASIS = "Điều 32 Luật Thực hiện dân chủ ở cơ sở 2022"
NOTICES = (rules.NOTICE, rules.NOTICE_LOCAL)
OWES_NOTICE = (
    Opens(rules.NOTICE, "on", when="by_law"),
    Opens(rules.NOTICE_LOCAL, "on", when="by_regulation"),
)
MEANS = (
    ("media", _("mass media and the portal")),
    ("villages", _("loudspeakers, and every village told")),
    ("both", _("mass media and every village")),
)
WHEN = (
    Ask("on", "future", _("Day")),
    Ask("time", "text", _("Hour"), max_length=5, help=_("For example 19:00.")),
    Ask("venue", "text", _("Place of the meeting"), max_length=200),
    Ask("agenda", "lines", _("Content"), max_length=3000),
)
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
DOCUMENT = Ask("document", "text", _("Number and symbol of the document"), max_length=80)
PAPER = Ask("papers", "paper", _("Papers"), required=False)

PLAN = Step(
    name="plan",
    label=_("Set day and place"),
    source=("due",),
    target="planned",
    roles=WORKERS,
    basis=YEARLY_BASIS,
    asks=WHEN,
    opens=OWES_NOTICE,
    audience=PUBLIC,
    effect=effects.plan,
)
ANNOUNCE = Step(
    name="announce",
    label=_("Announce the dialogue"),
    source=("planned",),
    target="announced",
    roles=WORKERS,
    basis=BASIS,
    asks=(Ask("means", "choice", _("How it was announced"), choices=MEANS), DOCUMENT, PAPER),
    closes=NOTICES,
    audience=PUBLIC,
    effect=effects.announce,
)
BEGIN = Step(
    name="begin",
    label=_("Begin"),
    source=("announced",),
    target="open",
    roles=WORKERS,
    basis=BASIS,
    audience=PUBLIC,
    ready="day_has_come",
    effect=effects.begin,
)
HOLD = Step(
    name="hold",
    label=_("Record the meeting"),
    source=("announced", "open"),
    target="held",
    roles=WORKERS,
    basis=BASIS,
    asks=(
        Ask("chair", "choice", _("Who led it"), choices=tuple(Chair.choices)),
        Ask("present", "number", _("How many people came")),
        Ask(
            "minutes", "lines", _("Minutes"), personal=True,
            help=_("Kept with the file, not published."), max_length=20_000,
        ),
        PAPER,
    ),
    closes=(rules.YEARLY,),
    opens=(
        Opens(rules.CONCLUDE, when="by_law"),
        Opens(rules.CONCLUDE_LOCAL, when="by_regulation"),
    ),
    audience=PUBLIC,
    ready="has_begun",
    effect=effects.hold,
)  # fmt: skip
CONCLUDE = Step(
    name="conclude",
    label=_("Publish the notice of conclusion"),
    source=("held",),
    target="concluded",
    roles=HOSTS,
    basis=BASIS,
    asks=(
        DOCUMENT,
        Ask(
            "conclusion", "lines", _("Conclusion"),
            help=_("Everybody reads it: no names, no numbers of people."),
        ),
        PAPER,
    ),
    closes=(rules.CONCLUDE, rules.CONCLUDE_LOCAL),
    audience=PUBLIC,
    ready="all_settled",
    effect=effects.conclude,
)  # fmt: skip
MOVE = Step(
    name="move",
    label=_("Move to another day"),
    source=("planned", "announced"),
    target="planned",
    roles=WORKERS,
    basis=BASIS,
    asks=(*WHEN, REASON),
    waives=NOTICES,
    opens=OWES_NOTICE,
    audience=PUBLIC,
    effect=effects.plan,
)
CANCEL = Step(
    name="cancel",
    label=pgettext_lazy("dialogue", "Call it off"),
    source=("planned", "announced"),
    target="cancelled",
    roles=HOSTS,
    basis=BASIS,
    asks=(REASON,),
    waives=("*",),
    audience=PUBLIC,
    effect=effects.drop,
    grave=True,
)
MISS = Step(
    name="miss",
    label=_("Record that it was not held"),
    source=("due", "planned", "announced"),
    target="missed",
    roles=HOSTS,
    basis=YEARLY_BASIS,
    asks=(REASON,),
    waives=("*",),
    audience=PUBLIC,
    effect=effects.miss,
    grave=True,
)
COMMON = (
    State("planned", _("day set, not announced"), _("day set"), "waiting"),
    State("announced", _("announced"), _("announced"), "active"),
    State("open", _("under way"), _("under way"), "active"),
    State("held", _("held, conclusion owed"), _("held, conclusion owed"), "active"),
    State("concluded", _("concluded"), _("concluded"), "good", final=True),
)
WAY = (ANNOUNCE, BEGIN, HOLD, CONCLUDE, MOVE)

DIALOGUE = Kind(
    "dialogue",
    _("dialogue of a head with the people"),
    (*COMMON, State("cancelled", _("called off"), _("called off"), "bad", final=True)),
    (*WAY, CANCEL),
    Level.PARTNER,
    counts_as_case=False,
)
YEARLY_DIALOGUE = Kind(
    "yearly_dialogue",
    _("yearly dialogue of the People's Committee with the people"),
    (
        State("due", _("to be held this year"), _("to be held this year"), "waiting"),
        *COMMON,
        State("missed", _("not held that year"), _("not held that year"), "bad", final=True),
    ),
    (PLAN, *WAY, MISS),
    Level.PARTNER,
    counts_as_case=False,
)
