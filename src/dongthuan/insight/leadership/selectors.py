"""The leadership page: all that it shows of an area and a period, counted once for page and paper.

Who may open it: heads, heads of partner bodies, the party committee, the Front, the mass
mobilisation, the People's Council, inspectors, each of the area of their seat. Units are shown,
never persons.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.indicators import (
    Figure,
    Indicator,
    all_indicators,
    indicator_of,
)
from dongthuan.core.matters.kinds import Kind, all_kinds
from dongthuan.core.matters.models import Level, Matter
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role, Unit, in_force
from dongthuan.core.units.models import Tier as Level_of
from dongthuan.insight.leadership import counting
from dongthuan.insight.leadership.counting import Block, Period
from dongthuan.insight.statistics.selectors import Scoreboard, Tally, scoreboard, year_until
from dongthuan.work.reviews.models import CaseReview, Reason
from dongthuan.work.reviews.rules import reasons_of, reasons_words, to_review

LEADING = (
    Role.HEAD, Role.PARTNER_HEAD, Role.PARTY, Role.FRONT, Role.MASS_MOBILISATION, Role.COUNCIL,
    Role.INSPECTOR,
)  # fmt: skip
# Kinds of other rooms, known by name: where they are not installed their blocks are absent.
PLANS = ("coordination_plan", "coordination_task")
HOT = "hotspot"
SHOWN = 10
NEXT = 5


# -- whose page -----------------------------------------------------------------------------------


def may_lead(actor: Actor) -> bool:
    return bool(actor.scopes_of(*LEADING))


def areas_of(actor: Actor) -> list[Unit]:
    """The areas of the actor's leading seats, in the order of the seats; one query."""
    paths = list(dict.fromkeys(scope.area_path for scope in actor.scopes_of(*LEADING)))
    found = {unit.path: unit for unit in Unit.objects.filter(path__in=paths)}
    return [found[path] for path in paths if path in found]


def area_within(*, areas: list[Unit], code: str) -> Unit | None:
    """The area asked for by its code, if it is one of the actor's or lies in it; the first for ''.

    A territory, not an organ: what an organ owes is one row of the page.
    """
    if not code:
        return areas[0] if areas else None
    unit = Unit.objects.filter(code=code).exclude(tier=Level_of.ORGAN).first()
    return unit if unit and any(area.contains(unit) for area in areas) else None


def areas_below(area: Unit) -> list[Unit]:
    """Territories directly below, to choose from; one query."""
    return list(
        Unit.objects.filter(in_force(clock.today()), parent=area)
        .exclude(tier=Level_of.ORGAN)
        .order_by("sort_key")[:200]
    )


# -- the page -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class IndicatorRow:
    """A figure now and in the period before; `trend` up, down, same, or '' where one is missing."""

    indicator: Indicator
    now: Figure
    before: Figure

    @property
    def trend(self) -> str:
        now, before = self.now.value, self.before.value
        if now is None or before is None:
            return ""
        return "same" if now == before else ("up" if now > before else "down")

    @property
    def better(self) -> bool | None:
        """Whether the change is for the better; None without one, and where nothing is aimed at."""
        if not self.indicator.aim:
            return None
        return self.trend == self.indicator.better if self.trend in ("up", "down") else None


@dataclass(frozen=True)
class StateRow:
    """How many matters of a kind are in a state; `late` of them have a duty past its day."""

    kind: str
    state: str
    kind_label: str
    label: str
    tone: str
    count: int
    late: int


@dataclass(frozen=True)
class ReviewRow:
    """A matter under a review rule, why, and its review of this year if one is there."""

    matter: Matter
    reasons: str
    review: CaseReview | None


@dataclass(frozen=True)
class Dragging:
    """Long-running and repeated matters: all of the area, `reasons` as (code, words, count)."""

    total: int
    hidden: int
    reasons: list[tuple[str, str, int]]
    rows: list[ReviewRow]
    next: str = ""


@dataclass(frozen=True)
class Dashboard:
    """Everything of the page. `counted_at`: the moment of the count, which papers print."""

    area: Unit
    period: Period
    counted_at: dt.datetime
    board: Scoreboard
    months: list[Tally]
    blocks: list[Block]
    indicators: list[IndicatorRow]
    plans: list[StateRow] | None
    coming: list[Matter]
    hot: list[Matter] | None
    reviews: list[StateRow]
    dragging: Dragging


def dashboard(*, actor: Actor, area: Unit, period: Period) -> Dashboard:
    """Count the page of an area, which the caller has found to be the actor's.

    A fixed number of queries, whatever the volume: those of the figures that rooms have
    registered, and about twenty of our own.
    """
    since, until = year_until(clock.today())
    known = {kind.name: kind for kind in all_kinds()}
    plans = [known[name] for name in PLANS if name in known]
    return Dashboard(
        area=area,
        period=period,
        counted_at=clock.now(),
        board=scoreboard(unit=area, since=period.since, until=period.until),
        months=scoreboard(unit=area, since=since, until=until).months,
        blocks=counting.blocks(area=area, period=period),
        indicators=indicators(area=area, period=period, inner=reads_inner(actor, area)),
        plans=_states(area, plans) if plans else None,
        coming=_coming(actor, area, plans) if plans else [],
        hot=_hot(actor, area) if HOT in known else None,
        reviews=_states(area, [known["case_review"]]),
        dragging=dragging(actor=actor, area=area, size=SHOWN),
    )


def reads_inner(actor: Actor, area: Unit) -> bool:
    """Whether figures of restricted matters are for this reader: heads, the Party's secretary."""
    return any(
        area.path.startswith(scope.area_path) for scope in actor.scopes_of(Role.HEAD, Role.PARTY)
    )


def indicators(*, area: Unit, period: Period, inner: bool = False) -> list[IndicatorRow]:
    """All registered figures of the area, now and in the period of the same length before."""
    before = period.before
    return [
        IndicatorRow(
            one,
            one.count(area.path, period.since, period.until),
            # What nobody aims at has no trend; counting it twice would only cost.
            one.count(area.path, before.since, before.until) if one.aim else Figure(0, 0),
        )
        for one in all_indicators(inner=inner)
    ]


def _in(area: Unit) -> QuerySet[Matter]:
    return Matter.objects.filter(path__startswith=area.path, level__lt=Level.RESTRICTED)


def _states(area: Unit, kinds: list[Kind]) -> list[StateRow]:
    """One query: every state of the kinds that has a matter, in the order of the declaration."""
    late = Q(closed_at=None, next_due_on__lt=clock.today())
    counts: dict[tuple[str, str], Any] = {
        (row["kind"], row["state"]): row
        for row in _in(area)
        .filter(kind__in=[kind.name for kind in kinds])
        .values("kind", "state")
        .annotate(n=Count("pk"), n_late=Count("pk", filter=late))
        .order_by()
    }
    return [
        StateRow(
            kind.name, state.name, str(kind.label), str(state.label), state.tone,
            counts[kind.name, state.name]["n"], counts[kind.name, state.name]["n_late"],
        )
        for kind in kinds
        for state in kind.states
        if (kind.name, state.name) in counts
    ]  # fmt: skip


def _coming(actor: Actor, area: Unit, kinds: list[Kind]) -> list[Matter]:
    """What of the plan falls due next, of what the actor may see."""
    return list(
        _in(area)
        .filter(
            policies.visible_to(actor), kind__in=[kind.name for kind in kinds], closed_at=None,
            next_due_on__isnull=False,
        )
        .select_related("unit")
        .order_by("next_due_on", "pk")[:NEXT]
    )  # fmt: skip


def _hot(actor: Actor, area: Unit) -> list[Matter]:
    """Open hot spots, only those that the actor may see; others do not learn that there are any."""
    return list(
        Matter.objects.filter(
            policies.visible_to(actor), kind=HOT, path__startswith=area.path, closed_at=None
        )
        .select_related("unit", "place")
        .order_by("next_due_on", "pk")[:SHOWN]
    )


def dragging(
    *, actor: Actor, area: Unit, reason: str = "", after: str = "", size: int = counting.PAGE
) -> Dragging:
    """Matters that a rule puts under review: how many of the area, a page of those in sight.

    `reason` narrows the page to one of them. Three queries: the count, what is in sight, reviews.
    """
    found = to_review(path=area.path)
    everything = list(found.values_list("pk", *_BEHIND, named=True))
    codes = {row.pk: reasons_of(row) for row in everything}
    wanted = {pk for pk, why in codes.items() if not reason or reason in why}
    seen = Matter.objects.filter(policies.visible_to(actor), pk__in=wanted)
    visible = sorted(seen.values_list("pk", flat=True), reverse=True)
    here = [pk for pk in visible if not _cursor(after) or pk < _cursor(after)]
    shown = here[:size]
    counts = [(code, sum(code in why for why in codes.values())) for code in Reason.values]
    return Dragging(
        total=len(wanted),
        hidden=len(wanted) - len(visible),
        reasons=[(code, str(Reason(code).label), n) for code, n in counts if n],
        rows=_review_rows(shown, codes),
        next=str(shown[-1]) if len(here) > size else "",
    )


_BEHIND = ("age", "main_term", "extended", "reopened", "second", "person_count")


def _cursor(after: str) -> int:
    return int(after) if after.isdecimal() and len(after) < 19 else 0


def _review_rows(pks: list[int], codes: dict[int, list[str]]) -> list[ReviewRow]:
    matters = Matter.objects.select_related("unit", "place").in_bulk(pks)
    reviews = {
        review.subject_id: review
        for review in CaseReview.objects.filter(subject__in=pks, year=clock.today().year)
    }
    return [
        ReviewRow(matters[pk], reasons_words(codes[pk]), reviews.get(pk))
        for pk in pks
        if pk in matters
    ]


# -- behind the other numbers ---------------------------------------------------------------------


def matters_behind(
    *, area: Unit, period: Period, dimension: str, key: str, figure: str
) -> QuerySet[Matter] | None:
    """The matters of a state ('state', 'kind:state') or of an indicator; None for no such number.

    `figure` of a state: all or late; of an indicator: met, base, or the same of the period before
    (met_before, base_before).
    """
    if dimension == "state":
        kind, _colon, state = key.partition(":")
        if kind not in (*PLANS, "case_review") or figure not in ("all", "late"):
            return None
        found = _in(area).filter(kind=kind, state=state)
        late = Q(closed_at=None, next_due_on__lt=clock.today())
        return found.filter(late) if figure == "late" else found
    indicator = indicator_of(key) if dimension == "indicator" else None
    which, _under, then = figure.partition("_")
    if indicator is None or which not in ("met", "base") or then not in ("", "before"):
        return None
    span = period.before if then else period
    counted = indicator.count(area.path, span.since, span.until)
    # Not `or`: a query set asked whether it is true fetches all its rows.
    return counted.met if which == "met" and counted.met is not None else counted.matters


def number_words(dimension: str, key: str, figure: str) -> str:
    """What a number counts, as the heading of the page behind it."""
    words = {
        "due": _("Fell due"), "kept": _("Kept in time"), "late": _("Late"),
        "open": _("Owed now"), "overdue": _("Overdue now"),
    }  # fmt: skip
    if dimension == "indicator":
        indicator = indicator_of(key)
        return str(indicator.label) if indicator else ""
    if dimension == "state":
        kind, _colon, state = key.partition(":")
        found = next((one for one in all_kinds() if one.name == kind), None)
        there = found.by_state.get(state) if found else None
        return f"{found.label}: {there.label}" if found and there else ""
    return words.get(figure, "")
