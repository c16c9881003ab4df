"""All reads on dialogues: for officials within their sight, for the public what was announced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, DutyState
from dongthuan.core.matters.promises import RULE as KEEP
from dongthuan.core.matters.selectors import steps_offered
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Position, Unit, in_force
from dongthuan.work.dialogues import rules
from dongthuan.work.dialogues.models import Dialogue, Invitation, Question

PAGE = 30
MOST = 1000
HEAVY = ("minutes", "conclusion", "search_text", "folded", "accented")
VIEWS = ("coming", "conclude", "past")
FAR = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
State, Outcome = Question.State, Question.Outcome
_SHOWN = Q(questions__state=State.SHOWN)
_PROMISED = Q(questions__outcome=Outcome.PROMISED)
# How many questions were taken up, are open, were promised, and how many promises were kept.
COUNTS: dict[str, Any] = {
    "shown": Count("questions", filter=_SHOWN),
    "open_questions": Count(
        "questions", filter=Q(questions__state=State.WAITING) | _SHOWN & Q(questions__outcome="")
    ),
    "promised": Count("questions", filter=_PROMISED),
    "kept": Count("questions", filter=_PROMISED & Q(questions__matter__state="kept")),
}
# How often a question was asked, those joined to it included.
ASKED: dict[str, Any] = {"asked": Count("joined") + 1}


@dataclass
class Rows:
    """One page of a keyset list; `next`: the cursor of the following one."""

    rows: list[Dialogue]
    next: str = ""


def _page(rows: QuerySet[Dialogue], after: str, *, newest: bool, size: int) -> Rows:
    """By the day of the meeting; one that has none yet comes last."""
    rows = rows.annotate(moment=Coalesce(F("held_at"), Value(FAR)))
    if cursor := _cursor(after):
        at, number = cursor
        before = Q(moment__lt=at) | Q(moment=at, id__lt=number)
        rows = rows.filter(before if newest else Q(moment__gt=at) | Q(moment=at, id__gt=number))
    rows = rows.order_by("-moment", "-id") if newest else rows.order_by("moment", "id")
    found: list[Any] = list(
        rows.select_related("unit", "host").defer(*HEAVY).annotate(**COUNTS)[: size + 1]
    )
    more, found = len(found) > size, found[:size]
    return Rows(found, f"{found[-1].moment.isoformat()}_{found[-1].pk}" if more else "")


def _cursor(text: str) -> tuple[dt.datetime, int] | None:
    moment, _mark, number = text.partition("_")
    try:
        at, row = dt.datetime.fromisoformat(moment.replace(" ", "+")), int(number)
    except ValueError:
        return None
    return (at, row) if at.tzinfo and 0 < row < 2**62 else None


# -- officials ------------------------------------------------------------------------------------


def dialogue_list(*, actor: Actor, view: str, after: str = "", size: int = PAGE) -> Rows:
    """Dialogues in sight: to come, whose conclusion is owed, or past (these newest first)."""
    rows = Dialogue.objects.filter(policies.visible_to(actor))
    if view == "past":
        rows = rows.filter(closed_at__isnull=False)
    else:
        rows = rows.filter(closed_at=None)
        rows = rows.filter(state="held") if view == "conclude" else rows.exclude(state="held")
    return _page(rows, after, newest=view == "past", size=size)


@dataclass
class DialogueView:
    """The page of a dialogue; `keeps`: the actor works at it and reads what came in."""

    dialogue: Dialogue
    steps: list[Step]
    duties: list[Duty]
    keeps: bool
    partners: list[Unit]
    questions: list[Question] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)

    @property
    def waiting(self) -> list[Question]:
        return [row for row in self.questions if row.state == State.WAITING]

    @property
    def shown(self) -> list[Question]:
        return [row for row in self.questions if row.state == State.SHOWN]

    @property
    def others(self) -> list[Question]:
        return [row for row in self.questions if row.state in (State.MERGED, State.ASIDE)]


def dialogue_get(*, actor: Actor, code: str) -> Dialogue | None:
    return (
        Dialogue.objects.filter(policies.visible_to(actor), code=code[:40].upper())
        .select_related("unit__parent", "host__unit", "place")
        .first()
    )


def dialogue_view(*, actor: Actor, code: str) -> DialogueView | None:
    """Everything on the page of a dialogue; None when out of sight."""
    dialogue = dialogue_get(actor=actor, code=code)
    if dialogue is None:
        return None
    duties = list(Duty.objects.filter(matter=dialogue).order_by("-id")[:50])
    dialogue.running_rules = {duty.rule for duty in duties if duty.is_running}
    keeps = rules.belongs(actor, dialogue.unit)
    rows = _questions(dialogue).order_by("number")
    if not keeps:
        rows = rows.filter(state=State.SHOWN)
    return DialogueView(
        dialogue=dialogue,
        steps=steps_offered(actor=actor, matter=dialogue),
        duties=duties,
        keeps=keeps,
        partners=list(dialogue.partners.order_by("sort_key")),
        questions=promises_told(rows[:MOST]),
        invitations=list(dialogue.invitations.order_by("id")),
    )


def question_get(*, actor: Actor, question_id: int) -> Question | None:
    """A question for whoever works at its dialogue; out of sight it does not exist."""
    found = (
        Question.objects.select_related("dialogue__unit__parent", "dialogue__host", "into")
        .filter(pk=question_id)
        .first()
    )
    seen = found and policies.may_see(actor, found.dialogue)
    return found if found and seen and rules.belongs(actor, found.dialogue.unit) else None


def hosts_of(actor: Actor) -> QuerySet[Position]:
    """The heads' seats for which the actor prepares dialogues."""
    own = Q(pk__in=[])
    for scope in actor.scopes_of(*rules.WORKERS):
        own |= Q(unit__path__startswith=scope.unit_path)
    return (
        Position.objects.filter(own, in_force(clock.today()), role__in=rules.HOSTS)
        .select_related("unit")
        .order_by("unit__sort_key", "code")
    )


# -- questions ------------------------------------------------------------------------------------


def _questions(dialogue: Dialogue) -> QuerySet[Question, Any]:
    """With how often each was asked, those joined to it included."""
    rows: QuerySet[Question, Any] = dialogue.questions.select_related(
        "answered_by", "matter__unit", "into"
    )
    return rows.annotate(**ASKED)


def promises_told(rows: Iterable[Question]) -> list[Question]:
    """Each question with the duty of its promise as `duty`; one more query."""
    found: list[Any] = list(rows)
    promised = [row.matter_id for row in found if row.outcome == Outcome.PROMISED]
    duties = Duty.objects.filter(matter__in=promised, rule=KEEP).order_by("id")
    latest = {duty.matter_id: duty for duty in duties}  # a postponed one has two
    for row in found:
        row.duty = latest.get(row.matter_id)
    return found


def questions_live(dialogue: Dialogue, size: int = 100) -> list[Question]:
    """For the screen of the hall: what is open first, what most ask first, then as they came."""
    rows = _questions(dialogue).filter(state=State.SHOWN).defer("text")
    return list(rows.order_by("outcome", F("asked").desc(), "number")[:size])


# -- the public -----------------------------------------------------------------------------------


def dialogues_public(
    *, within: Unit, past: bool = False, after: str = "", size: int = PAGE
) -> Rows:
    """What was announced (and the yearly one that is owed), to come or past."""
    rows = Dialogue.objects.filter(path__startswith=within.path, projection__listed=True)
    ended = ("concluded", "cancelled", "missed")
    rows = rows.filter(state__in=ended) if past else rows.exclude(state__in=ended)
    return _page(rows, after, newest=past, size=size)


def dialogues_between(
    *, within: Unit, since: dt.date, until: dt.date, size: int = 300
) -> list[Dialogue]:
    """What was announced for the days, whatever became of it; one query."""
    rows = Dialogue.objects.filter(
        path__startswith=within.path, projection__listed=True,
        held_at__date__range=(since, until),
    )  # fmt: skip
    rows = rows.exclude(state="planned").select_related("unit__parent", "host").defer(*HEAVY)
    return list(rows.order_by("held_at", "id")[:size])


def dialogue_public(code: str) -> Dialogue | None:
    """One that was announced, or the yearly one that is owed."""
    return (
        Dialogue.objects.filter(code=code[:40].upper(), projection__listed=True)
        .select_related("unit__parent", "host", "place")
        .defer("minutes", "search_text", "folded", "accented")
        .first()
    )


@dataclass(frozen=True)
class Story:
    """What everybody reads of the questions of a dialogue."""

    questions: list[Any]
    aside: list[tuple[str, int]]  # (ground in words, how many)
    waiting: int

    @property
    def promised(self) -> list[Any]:
        return [row for row in self.questions if row.outcome == Outcome.PROMISED]

    @property
    def kept(self) -> int:
        return sum(row.matter.state == "kept" for row in self.promised)

    @property
    def late(self) -> int:
        """Promises whose day has passed, kept late or not at all."""
        return sum(
            row.duty is not None
            and (
                row.duty.state == DutyState.LATE
                or (row.duty.state == DutyState.OPEN and row.duty.due_on < clock.today())
            )
            for row in self.promised
        )

    @property
    def open(self) -> int:
        return sum(not row.outcome for row in self.questions)


def story_public(dialogue: Dialogue) -> Story:
    """Questions taken up, in the order in which they came; how many were set aside and why."""
    rows = _questions(dialogue).filter(state=State.SHOWN).defer("text")
    aside = (
        dialogue.questions.filter(state=State.ASIDE)
        .values("ground")
        .annotate(n=Count("pk"))
        .order_by("ground")
    )
    return Story(
        questions=promises_told(rows.order_by("number")[:MOST]),
        aside=[(str(Question.Ground(row["ground"]).label), row["n"]) for row in aside],
        waiting=dialogue.questions.filter(state=State.WAITING).count(),
    )
