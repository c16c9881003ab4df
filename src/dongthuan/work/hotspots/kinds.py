"""The declared kind: from watch to hot spot and back, the close, the reviews, the relapse.

Who takes a step by role stands here, by role and level in the rulebook (`hs.competent.*`), which
the effects ask: a locality may narrow it there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step, StepContext
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.hotspots import effects
from dongthuan.work.hotspots.rules import EVERYBODY, FIRSTS, REPORTS

BASIS = "Quy chế của địa phương về xử lý điểm nóng"
INNER = Audience.OFFICIAL
LEADERS = (Role.HEAD, Role.PARTNER_HEAD, Role.PARTY)
HEADS = (Role.HEAD, Role.PARTY)

CRITERIA = (
    ("people", _("five people or more bring the same matter")),
    ("repeated", _("brought three times or more and not settled")),
    ("overdue", _("an answer or a promise is overdue")),
    ("crowd", _("a crowd has gathered")),
    ("long", _("it has lasted for days without a way out")),
    ("spread", _("it spreads to other areas, the press or social media")),
    (
        "services",
        _("essential services are affected: roads, markets, schools, waste, power, water"),
    ),
    ("order", _("public order or safety is at risk")),
    ("beyond", _("it is beyond the competence of the commune")),
)  # fmt: skip
CLOSING = (
    ("answered", _("every concern has been answered")),
    ("kept", _("promises are kept, or have a new day that people know")),
    ("calm", _("no crowd, and essential services run again")),
    ("told", _("people were told of the result")),
)
GRADE = Ask("criteria", "choices", _("Criteria that are met"), choices=CRITERIA)
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
DOCUMENT = Ask(
    "document", "text", _("Number and symbol of the document"), required=False, max_length=80
)
OLD_CLOCK = (*FIRSTS, *REPORTS, "hs.incident")


def _move(
    name: str, label: Any, source: tuple[str, ...], target: str, roles: tuple[str, ...],
    effect: Callable[[StepContext], None], **more: Any,
) -> Step:  # fmt: skip
    """A step from level to level; the clock of the level left stops, the new one starts."""
    return Step(
        name=name, label=label, source=source, target=target, roles=roles, basis=BASIS,
        audience=INNER, effect=effect, **more,
    )  # fmt: skip


def _left(*kept: str) -> tuple[str, ...]:
    return tuple(rule for rule in OLD_CLOCK if rule not in kept)


# Steering committee and province: owed by the levels that the rulebook names (effects._owed).
HOT_OPENS = (Opens("hs.first.hot"),)
REVIEWS = ("hs.review6", "hs.review12")

REPORT = Step(
    name="report",
    label=_("Situation report"),
    source=("watch", "complex", "hot", "stabilised"),
    target="",
    roles=EVERYBODY,
    basis=BASIS,
    asks=(
        Ask("situation", "lines", _("Situation"), personal=True),
        Ask("done", "lines", _("What was done"), personal=True),
        Ask("next", "lines", _("What comes next"), personal=True),
        Ask(
            "wishes", "lines", _("What is asked of the level above"), required=False,
            personal=True,
        ),
        DOCUMENT,
    ),
    closes=OLD_CLOCK,
    may_close=REPORTS,
    audience=INNER,
    effect=effects.report,
)  # fmt: skip
TO_COMPLEX = _move(
    "declare_complex", _("Declare a complex case"), ("watch",), "complex", LEADERS,
    effects.to_complex, asks=(GRADE, REASON, DOCUMENT), waives=_left("hs.incident"),
    opens=(Opens("hs.first.complex"),),
)  # fmt: skip
TO_HOT = _move(
    "declare_hot", _("Declare a hot spot"), ("watch", "complex"), "hot", HEADS, effects.to_hot,
    asks=(GRADE, REASON, DOCUMENT), waives=_left("hs.incident"), opens=HOT_OPENS, grave=True,
)  # fmt: skip
LOWER = _move(
    "lower_complex", _("Lower to a complex case"), ("hot",), "complex", LEADERS,
    effects.to_complex, asks=(GRADE, REASON, DOCUMENT),
    waives=(*_left("hs.incident"), "hs.steering", "hs.province"),
    opens=(Opens("hs.report.complex"),),
)  # fmt: skip
LOWER_WATCH = _move(
    "lower_watch", _("Lower to the watch"), ("complex",), "watch", HEADS, effects.to_watch,
    asks=(REASON, DOCUMENT), waives=_left("hs.incident"), opens=(Opens("hs.report.watch"),),
)  # fmt: skip
STABILISE = _move(
    "stabilise", _("It has calmed down"), ("complex", "hot"), "stabilised", HEADS,
    effects.stabilise, asks=(REASON, DOCUMENT),
    waives=(*_left(), "hs.steering", "hs.province"), opens=(Opens("hs.report.stabilised"),),
)  # fmt: skip
CLOSE = _move(
    "close", pgettext_lazy("hot spot", "Close"), ("watch", "stabilised"), "closed", (Role.HEAD,),
    effects.close,
    asks=(Ask("criteria", "choices", _("Conditions that are met"), choices=CLOSING), REASON,
          DOCUMENT),
    waives=_left(), opens=(Opens("hs.review6"), Opens("hs.review12")), grave=True,
)  # fmt: skip
FINDINGS = Ask("findings", "lines", _("What the review found"), personal=True)
REVIEW_FIRST = _move(
    "review_first", _("Review after six months"), ("closed",), "", (Role.HEAD,),
    effects.review_first, asks=(FINDINGS, DOCUMENT), closes=("hs.review6",),
    when="first_review_owed",
)  # fmt: skip
REVIEW_LAST = _move(
    "review_last", _("Review after twelve months: settled"), ("closed",), "settled",
    (Role.HEAD,), effects.review_last, asks=(FINDINGS, DOCUMENT), closes=("hs.review12",),
    when="not first_review_owed",
)  # fmt: skip
RELAPSE_COMPLEX = _move(
    "relapse_complex", _("It is back, as a complex case"), ("stabilised", "closed", "settled"),
    "complex", LEADERS, effects.relapse_complex, asks=(GRADE, REASON, DOCUMENT),
    waives=(*_left("hs.incident"), *REVIEWS), opens=(Opens("hs.first.complex"),),
)  # fmt: skip
RELAPSE_HOT = _move(
    "relapse_hot", _("It is back, as a hot spot"), ("stabilised", "closed", "settled"), "hot",
    HEADS, effects.relapse_hot, asks=(GRADE, REASON, DOCUMENT),
    waives=(*_left("hs.incident"), *REVIEWS), opens=HOT_OPENS, grave=True,
)  # fmt: skip

HOTSPOT = Kind(
    "hotspot",
    _("hot spot (điểm nóng)"),
    (
        State("watch", _("conflict, under watch"), _("being worked on"), "waiting"),
        State("complex", _("complex case"), _("being worked on"), "active"),
        State("hot", _("hot spot"), _("being worked on"), "bad"),
        State("stabilised", _("calmed down"), _("being worked on"), "active"),
        State("closed", _("closed, to be reviewed"), _("done"), "good"),
        State("settled", pgettext_lazy("hot spot", "settled"), _("done"), "good", final=True),
    ),
    (
        REPORT, TO_HOT, TO_COMPLEX, STABILISE, LOWER, LOWER_WATCH, CLOSE, REVIEW_FIRST,
        REVIEW_LAST, RELAPSE_HOT, RELAPSE_COMPLEX,
    ),
    Level.RESTRICTED,
    counts_as_case=False,
)  # fmt: skip
