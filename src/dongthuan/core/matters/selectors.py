"""All reads on matters: rows already restricted by `visible_to(actor)` and already complete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q, QuerySet, Value

from dongthuan.core import clock
from dongthuan.core.law import RuleError, load_rulebook
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step, kind_of, model_of
from dongthuan.core.matters.models import (
    Audience,
    Duty,
    Entry,
    Level,
    Matter,
    MatterLink,
    Paper,
    SavedFilter,
)
from dongthuan.core.matters.services import step_exists, step_ready
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import words

PAGE = 50

# The columns that a list shows: the long texts and search vectors stay in the database.
LIST_COLUMNS = (
    "id", "kind", "code", "title", "state", "version", "level", "channel", "topic", "opened_at",
    "closed_at", "next_due_on", "next_rule", "severity", "submission_count", "person_count",
    "is_demo", "path", "unit__name", "unit__short_name", "place__name", "place__short_name",
    "replied_at", "handler__name", "handler__email", "unit__code", "place__code",
)  # fmt: skip


@dataclass(frozen=True)
class MatterFilter:
    """A list that somebody asked for; every field is a link parameter of the desk."""

    view: str = ""  # mine, unit, soon, overdue, unassigned, closed, all
    kind: str = ""
    state: str = ""
    topic: str = ""
    unit: str = ""
    q: str = ""
    after: str = ""  # keyset cursor


VIEWS = ("mine", "unit", "replied", "soon", "overdue", "unassigned", "sealed", "closed", "all")
SOON_DAYS = 3


@dataclass
class Page:
    """One page of a keyset list: rows, the cursor of the next page, whether it is the first."""

    rows: list[Matter]
    next: str = ""
    first: bool = True


def matter_list(*, actor: Actor, wanted: MatterFilter, size: int = PAGE) -> Page:
    """A page of matters that the actor may see, soonest due first; one query.

    Closed matters and searches come newest first. Bad cursors are ignored.
    """
    rows = _narrow(Matter.objects.filter(policies.visible_to(actor)), actor, wanted)
    newest = wanted.view in ("closed", "all") or bool(wanted.q)
    cursor = _cursor(wanted.after)
    if newest:
        rows = rows.order_by("-id")
        if cursor:
            rows = rows.filter(id__lt=cursor[1])
    else:
        rows = rows.order_by(F("next_due_on").asc(nulls_last=True), "id")
        if cursor:
            rows = rows.filter(_after(cursor))
    found = list(rows.select_related("unit", "place", "handler").only(*LIST_COLUMNS)[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, _mark(found[-1]) if more else "", first=not cursor)


def view_counts(*, actor: Actor) -> dict[str, int]:
    """How many matters stand behind each view of the desk, up to 100 each; one query."""
    visible = Matter.objects.filter(policies.visible_to(actor)).order_by()
    parts = [
        _narrow(visible, actor, MatterFilter(view=view))
        .annotate(view=Value(view))
        .values("view")[:100]
        for view in ("mine", "unit", "replied", "soon", "overdue", "unassigned", "sealed")
    ]
    counts: dict[str, int] = {}
    for row in parts[0].union(*parts[1:], all=True):
        counts[row["view"]] = counts.get(row["view"], 0) + 1
    return counts


def _narrow(rows: QuerySet[Matter], actor: Actor, wanted: MatterFilter) -> QuerySet[Matter]:
    today = clock.today()
    match wanted.view:
        case "mine":
            rows = rows.filter(handler_id=actor.account_id, closed_at=None)
        case "soon":
            last = today + dt.timedelta(days=SOON_DAYS)
            rows = rows.filter(next_due_on__range=(today, last), closed_at=None)
        case "overdue":
            rows = rows.filter(next_due_on__lt=today, closed_at=None)
        case "replied":
            rows = rows.filter(replied_at__isnull=False)
        case "unassigned":
            rows = rows.filter(handler=None, closed_at=None)
        case "sealed":
            # The level is named so that the index of the sealed matters alone answers.
            rows = rows.filter(level=Level.SEALED, designated__contains=[actor.account_id])
        case "closed":
            rows = rows.filter(closed_at__isnull=False)
        case "all":
            pass
        case _:
            rows = rows.filter(closed_at=None)
    for name in ("kind", "state", "topic"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.unit:
        rows = rows.filter(unit__code=wanted.unit)
    if wanted.q:
        rows = rows.filter(matching(wanted.q))
    return rows


def matching(text: str) -> Q:
    """Rows whose folded words hold every word of the query; nothing for a query without words."""
    wanted = words(text)[:12]
    if not wanted:
        return Q(pk__in=[])
    return Q(folded=SearchQuery(" & ".join(wanted), config="simple", search_type="raw"))


def _cursor(text: str) -> tuple[dt.date | None, int] | None:
    date, _, number = text.partition("_")
    try:
        return (dt.date.fromisoformat(date) if date else None, int(number))
    except ValueError:
        return None


def _after(cursor: tuple[dt.date | None, int]) -> Q:
    date, number = cursor
    if date is None:
        return Q(next_due_on=None, id__gt=number)
    return Q(next_due_on__gt=date) | Q(next_due_on=date, id__gt=number) | Q(next_due_on=None)


def _mark(matter: Matter) -> str:
    return f"{matter.next_due_on or ''}_{matter.pk}"


# -- one matter -----------------------------------------------------------------------------------


@dataclass
class MatterView:
    """All that the page of a matter shows; made with a fixed number of queries."""

    matter: Matter
    duties: list[Duty]
    entries: list[Entry]
    papers: list[Paper]
    steps: list[Step]
    audience: Audience
    may_assign: bool = False
    submissions: list = field(default_factory=list)
    relatives: list[Matter] = field(default_factory=list)


def matter_get(*, actor: Actor, code: str) -> Matter | None:
    """The matter with its special columns, or None when there is none in sight."""
    base = (
        Matter.objects.filter(policies.visible_to(actor), code=code)
        .values_list("pk", "kind")
        .first()
    )
    if base is None:
        return None
    return (
        model_of(base[1])
        ._default_manager.select_related("unit", "place", "handler", "parent")
        .get(pk=base[0])
    )


def matter_view(*, actor: Actor, code: str) -> MatterView | None:
    """The complete page of a matter in at most eight queries, whatever its length."""
    matter = matter_get(actor=actor, code=code)
    if matter is None:
        return None
    audience = policies.audience_of(actor, matter)
    inner = audience == Audience.OFFICIAL
    duties = list(Duty.objects.filter(matter=matter).order_by("-id")[:100])
    matter.running_rules = {duty.rule for duty in duties if duty.is_running}
    return MatterView(
        matter=matter,
        duties=duties,
        entries=list(
            Entry.objects.filter(matter=matter, audience__lte=audience)
            .select_related("payload", "actor", "unit")
            .order_by("-id")[:200]
        ),
        papers=list(
            papers_of(actor=actor, matter=matter)
            .select_related("attachment", "document")
            .order_by("id")[:200]
        ),
        steps=steps_for(actor=actor, matter=matter),
        audience=audience,
        may_assign=inner and matter.is_open and policies.may_assign(actor, matter),
        submissions=list(matter.submissions.select_related("citizen").order_by("id")[:50]),
        relatives=list(
            Matter.objects.filter(policies.visible_to(actor))
            .filter(
                Q(parent=matter)
                | Q(pk=matter.parent_id or 0)
                | Q(pk__in=MatterLink.objects.filter(matter=matter).values("other"))
                | Q(pk__in=MatterLink.objects.filter(other=matter).values("matter"))
            )
            .order_by("id")[:20]
        ),
    )


def papers_of(*, actor: Actor, matter: Matter) -> QuerySet[Paper]:
    """The papers of a visible matter that the actor may read; the petitioner's own are always."""
    return Paper.objects.filter(matter=matter, audience__lte=policies.audience_of(actor, matter))


def steps_for(*, actor: Actor, matter: Matter) -> list[Step]:
    """The steps that the actor may take now, in the order of their declaration."""
    return [
        step
        for step in kind_of(matter.kind).steps_from(matter.state)
        if policies.may_act(actor, matter, step) and step_exists(matter, step)
    ]


def steps_offered(*, actor: Actor, matter: Matter) -> list[Step]:
    """Those of them that a page puts forward: whatever they wait for is there."""
    return [step for step in steps_for(actor=actor, matter=matter) if step_ready(matter, step)]


def filters_of(*, actor: Actor) -> Sequence[SavedFilter]:
    return list(SavedFilter.objects.filter(account=actor.account_id).order_by("name"))


def rule_name(key: str, language: str = "vi") -> str:
    """What a rule is called in the reader's language; the key itself if it is unknown."""
    try:
        rule = load_rulebook().rule(key)
    except RuleError:
        return key
    return rule.name_en if language == "en" else rule.name_vi
