"""Whatever officials do, in whatever order and whenever: no promise disappears or moves silently.

Hypothesis draws a kind, a beginning and a sequence of steps; every step is one that the rules
allow at that moment, taken at a drawn time that only goes forward, across Tết 2026 and 1 July 2026.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dongthuan.core import clock
from dongthuan.core.matters.duties import duty_lasts
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import Step, kind_of
from dongthuan.core.matters.models import Duty, DutyState, Entry, Matter, Submission
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.kinds import KINDS
from dongthuan.work.petitions.tests.paths import answers, matter_in

BEGINNINGS = (
    dt.datetime(2025, 12, 29, 1, tzinfo=dt.UTC),  # before New Year and Tết
    dt.datetime(2026, 2, 11, 8, tzinfo=dt.UTC),  # the last days before Tết
    dt.datetime(2026, 6, 25, 3, tzinfo=dt.UTC),  # the law changes on 1 July
)
BOUNDED = settings(
    max_examples=30,
    deadline=None,
    # Shrinking replays whole lives of a matter for many minutes; the drawn steps are told anyway.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    derandomize=True,  # the same sequences on every machine
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
STARTS = (
    ("petition", "received"),
    ("complaint", "accepted"),
    ("recommendation", "accepted"),
    ("feedback", "examined"),
    ("complaint", "decided"),
    ("complaint", "effective"),
)
# Answers of which the rules accept several; which one is drawn.
CHOICES: dict[str, tuple[Any, ...]] = {
    "kind": ("complaint", "recommendation", "feedback"),
    "eligible": ("yes", "no"),
    "competence": ("in", "in", "out"),
    "conditions": ([], ["remote"]),
}


ENDS = frozenset(state.name for kind in KINDS for state in kind.states if state.final)


class Undo(Exception):
    """Leaves the transaction of an example, so that the next begins on a clean table."""


@BOUNDED
@given(data=st.data())
def test_no_promise_is_lost(people: Any, submit: Any, data: st.DataObject) -> None:
    with contextlib.suppress(Undo), transaction.atomic():
        _live(people, submit, data)
        raise Undo


@pytest.mark.soak
@settings(BOUNDED, max_examples=600, derandomize=False)
@given(data=st.data())
def test_no_promise_is_lost_in_a_long_life(people: Any, submit: Any, data: st.DataObject) -> None:
    """The same with fresh sequences each time, 600 lives of them (`make soak`)."""
    with contextlib.suppress(Undo), transaction.atomic():
        _live(people, submit, data)
        raise Undo


def _live(people: Any, submit: Any, data: st.DataObject) -> None:
    now = data.draw(st.sampled_from(BEGINNINGS), label="received")
    kind, state = data.draw(st.sampled_from(STARTS), label="start")
    with clock.at(now):
        matter = matter_in(people, submit, kind, state)
    before: dict[int, dt.date] = {}
    _check(before, _open_dates())
    for _turn in range(data.draw(st.integers(3, 12), label="steps")):
        now += dt.timedelta(hours=data.draw(st.integers(1, 24 * 20), label="hours later"))
        with clock.at(now):
            found = matter_get(actor=SYSTEM, code=matter.code)
            assert found is not None
            steps = _allowed(people, found)
            if not steps:
                break
            # Endings are many; without a thumb on the scale hardly anything would get far.
            onward = [step for step in steps if step.target not in ENDS]
            step = data.draw(st.sampled_from([*onward, *onward, *onward, *steps]), label="step")
            given_answers = _answers(data, step, found)
            dates, entries = _open_dates(), Entry.objects.count()
            letters = Submission.objects.count()
            try:
                with transaction.atomic():
                    matter_act(
                        acting=_actor(people, found), matter_id=found.pk, step_name=step.name,
                        data=given_answers,
                    )  # fmt: skip
            except MatterError:
                # A refusal in words is an answer too; then nothing at all has happened.
                assert (_open_dates(), Entry.objects.count()) == (dates, entries)
                continue
            assert Submission.objects.count() >= letters
            assert Entry.objects.count() > entries
            _check(dates, _open_dates(), explained=_acts_since(entries))


def _actor(people: Any, matter: Matter) -> Any:
    return people.head


def _allowed(people: Any, matter: Matter) -> list[Step]:
    return steps_for(actor=_actor(people, matter), matter=matter)


def _answers(data: st.DataObject, step: Step, matter: Matter) -> dict[str, Any]:
    drawn = {
        ask.name: data.draw(st.sampled_from(CHOICES[ask.name]), label=ask.name)
        for ask in step.asks
        if ask.name in CHOICES and {"kind": "classify"}.get(ask.name, step.name) == step.name
    }
    if drawn.get("eligible") == "no":
        drawn["defects"] = ["copy"]
    if step.name == "transfer" and data.draw(st.booleans(), label="inside"):
        drawn["to"] = Unit.objects.get(code="21478-ubnd")
    return answers(step, matter, drawn)


def _open_dates() -> dict[int, dt.date]:
    return dict(
        Duty.objects.filter(state__in=[DutyState.OPEN, DutyState.PAUSED]).values_list(
            "pk", "due_on"
        )
    )


def _acts_since(count: int) -> set[int]:
    """The matters on which something was written since there were `count` entries."""
    return set(Entry.objects.order_by("id").values_list("matter_id", flat=True)[count:])


def _check(
    before: dict[int, dt.date], after: dict[int, dt.date], explained: set[int] | None = None
) -> None:
    duties = {duty.pk: duty for duty in Duty.objects.all()}
    for pk, due in before.items():
        if after.get(pk) != due and explained is not None:
            assert duties[pk].matter_id in explained, "a date moved or ended without an entry"
    for matter in Matter.objects.all():
        own = [duty for duty in duties.values() if duty.matter_id == matter.pk]
        running = [duty for duty in own if duty.is_running]
        # A posting that must merely last is no day to run after.
        still = [d for d in own if d.state == DutyState.OPEN and not duty_lasts(d)]
        assert matter.next_due_on == min((duty.due_on for duty in still), default=None)
        # What was joined lies with its main matter; a referral is the sender's and has no letters.
        assert matter.submissions.exists() or matter.state == "joined" or matter.kind == "referral"
        final = matter.state in kind_of(matter.kind).final_states
        assert final == (matter.closed_at is not None)
        if final:
            assert not running, "a closed matter owes nothing"
            assert matter.next_due_on is None
        if matter.state in ("transferring", "disputed", "contested"):
            assert running, "whoever has to decide owes it by a day"
        if matter.state in ("accepted", "suspended"):
            assert running, "an accepted matter owes its answer"
        if matter.state in ("received", "registered", "classified", "examined"):
            assert running, "a matter under examination owes its processing"
        for duty in own:
            assert bool(duty.closed_at) == (not duty.is_running)
