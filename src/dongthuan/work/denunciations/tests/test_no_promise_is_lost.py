"""Whatever the designated do, in whatever order and whenever: no promise disappears or moves
silently, no letter is lost, nothing of it is written beside the vault.

Hypothesis draws a beginning and a sequence of steps; every step is one that the rules allow at
that moment, taken at a drawn time that only goes forward, across Tết 2026 and 1 July 2026.
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
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, DutyState, Entry, EntryPayload, Matter
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.units.models import Unit
from dongthuan.work.denunciations.models import Denunciation
from dongthuan.work.denunciations.tests.paths import (
    CHECKABLE,
    MET,
    PASSPHRASE,
    answers,
    matter_in,
    worker_for,
)
from dongthuan.work.denunciations.vault import holders_of

BEGINNINGS = (
    dt.datetime(2025, 12, 29, 1, tzinfo=dt.UTC),  # before New Year and Tết
    dt.datetime(2026, 2, 11, 8, tzinfo=dt.UTC),  # the last days before Tết
    dt.datetime(2026, 6, 25, 3, tzinfo=dt.UTC),  # the law changes on 1 July
)
BOUNDED = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    derandomize=True,  # the same sequences on every machine
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
STARTS = ("received", "examined", "accepted", "verifying", "reported", "concluded")
# Answers of which the rules accept several; which one is drawn.
CHOICES: dict[str, tuple[Any, ...]] = {
    "competence": ("in", "in", "out"),
    "met": (MET, MET, ["form"]),
    "identity": ("known", "known", "anonymous"),
    "checkable": ([], CHECKABLE),
    "scope": ("whole", "part"),
    "goes_on": ([], ["violation"]),
    "finding": ("right", "wrong"),
    "head": (False, False, True),
    "accounts": ("", "handler@vidu.vn", "sealed@vidu.vn"),
    "forms": (["posted"], ["meeting"]),
    "unheard": ("", "Người bị tố cáo vắng mặt."),
}
ENDS = ("refused", "transferred", "unprocessed", "terminated", "closed")
ACCEPTED = ("accepted", "verifying", "reported", "suspended")


class Undo(Exception):
    """Leaves the transaction of an example, so that the next begins on a clean table."""


@BOUNDED
@given(data=st.data())
def test_no_promise_is_lost(people: Any, denounce: Any, data: st.DataObject) -> None:
    with contextlib.suppress(Undo), transaction.atomic():
        _live(people, denounce, data)
        raise Undo


@pytest.mark.soak
@settings(BOUNDED, max_examples=400, derandomize=False)
@given(data=st.data())
def test_no_promise_is_lost_in_a_long_life(people: Any, denounce: Any, data: st.DataObject) -> None:
    """The same with fresh sequences each time (`make soak`)."""
    with contextlib.suppress(Undo), transaction.atomic():
        _live(people, denounce, data)
        raise Undo


def _live(people: Any, denounce: Any, data: st.DataObject) -> None:
    now = data.draw(st.sampled_from(BEGINNINGS), label="received")
    with clock.at(now):
        matter = matter_in(people, denounce, data.draw(st.sampled_from(STARTS), label="start"))
    _check(_open_dates(), _open_dates())
    for _turn in range(data.draw(st.integers(3, 12), label="steps")):
        now += dt.timedelta(hours=data.draw(st.integers(1, 24 * 20), label="hours later"))
        with clock.at(now):
            found = matter_get(actor=SYSTEM, code=matter.code)
            assert found is not None
            worker = worker_for(people, found)
            steps = steps_for(actor=worker, matter=found)
            if not steps:
                break
            onward = [step for step in steps if step.target not in ENDS]
            step = data.draw(st.sampled_from([*onward, *onward, *steps]), label="step")
            given_answers = _answers(data, step)
            dates, entries = _open_dates(), Entry.objects.count()
            try:
                with transaction.atomic():
                    matter_act(
                        acting=worker, matter_id=found.pk, step_name=step.name, data=given_answers
                    )
            except MatterError:
                # A refusal in words is an answer too; then nothing at all has happened.
                assert (_open_dates(), Entry.objects.count()) == (dates, entries)
                continue
            assert Entry.objects.count() > entries
            _check(dates, _open_dates(), explained=_acts_since(entries))


def _answers(data: st.DataObject, step: Step) -> dict[str, Any]:
    drawn = {
        ask.name: data.draw(st.sampled_from(CHOICES[ask.name]), label=ask.name)
        for ask in step.asks
        if ask.name in CHOICES
    }
    if any(ask.name == "passphrase" for ask in step.asks):
        drawn["passphrase"] = PASSPHRASE
    if step.name == "transfer" and data.draw(st.booleans(), label="inside"):
        drawn["to"] = Unit.objects.get(code="51-ubnd")
    return answers(step, {name: value for name, value in drawn.items() if value})


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
    assert not EntryPayload.objects.exists(), "everything personal lies in the vault"
    for matter in Denunciation.objects.all():
        own = [duty for duty in duties.values() if duty.matter_id == matter.pk]
        running = {duty.rule for duty in own if duty.is_running}
        # A posting that must merely last is no day to run after.
        still = [d.due_on for d in own if d.state == DutyState.OPEN and not duty_lasts(d)]
        assert Matter.objects.get(pk=matter.pk).next_due_on == min(still, default=None)
        assert matter.submissions.exists()
        assert set(holders_of(matter)) == set(matter.designated), "who may read holds the key"
        assert (matter.state == "closed") == (matter.closed_at is not None)
        if matter.state == "closed":
            assert not running, "a closed matter owes nothing"
        if matter.state in ACCEPTED:
            assert "tc.settle" in running, "an accepted matter owes its settlement"
        if matter.state in ("received", "registered", "examined"):
            assert running & {"tc.initial", "tc.transfer"}, "one being checked owes its answer"
        for duty in own:
            assert bool(duty.closed_at) == (not duty.is_running)
