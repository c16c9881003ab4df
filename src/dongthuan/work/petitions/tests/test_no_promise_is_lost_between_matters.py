"""Joining, separating, transferring, asking to reopen, handing over, in any order: nothing is lost.

Three matters of a ward that ended on 30 June 2025, received before and worked on across that day.
After each act: every receipt opens its letter, every promise that stopped or moved is explained by
an entry, and one that was handed to another matter runs there, due no later.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.handing import matters_hand_over
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.models import Duty, DutyState, Entry, Matter, Submission
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.joining import matter_separate, matters_join
from dongthuan.work.petitions.models import Joining
from dongthuan.work.petitions.rating import reopen_ask
from dongthuan.work.petitions.services import submission_find
from dongthuan.work.petitions.tests.paths import answers
from dongthuan.work.petitions.tests.test_no_promise_is_lost import (
    BOUNDED,
    Undo,
    _acts_since,
    _check,
    _open_dates,
)

BEGINNING = dt.datetime(2025, 6, 20, 2, tzinfo=dt.UTC)
LAST_DAY = dt.date(2025, 6, 30)
OLD, NEW, OTHER = "534-21439-ubnd", "21439-ubnd", "21478-ubnd"
BEGUN: tuple[tuple[str, ...], ...] = (
    ("register", "classify"),
    ("register", "classify", "examine_out"),
    ("register", "classify", "examine", "accept"),
    ("register", "classify", "examine", "accept", "answer", "close"),
)
ENDINGS = ("refused", "returned", "stored", "withdrawn", "split", "urged", "guided")


@BOUNDED
@given(data=st.data())
def test_nothing_is_lost_between_matters(people: Any, submit: Any, data: st.DataObject) -> None:
    with contextlib.suppress(Undo), transaction.atomic():
        _live(submit, data)
        raise Undo


@pytest.mark.soak
@settings(BOUNDED, max_examples=600, derandomize=False)
@given(data=st.data())
def test_nothing_is_lost_in_long_lives(people: Any, submit: Any, data: st.DataObject) -> None:
    with contextlib.suppress(Undo), transaction.atomic():
        _live(submit, data)
        raise Undo


def _live(submit: Any, data: st.DataObject) -> None:
    now = BEGINNING
    with clock.at(now):
        place = Unit.objects.get(code="534-21439")
        receipts = [submit(f"Nội dung phản ánh chung số {n}.", place=place) for n in range(3)]
        for receipt in receipts:
            _begin(receipt.matter, data.draw(st.sampled_from(BEGUN), label="begun"))
    for _turn in range(data.draw(st.integers(5, 16), label="acts")):
        now += dt.timedelta(hours=data.draw(st.integers(1, 24 * 6), label="hours later"))
        with clock.at(now):
            dates, entries, letters = (
                _open_dates(),
                Entry.objects.count(),
                Submission.objects.count(),
            )
            act = data.draw(st.sampled_from(_ACTS), label="act")
            try:
                with transaction.atomic():
                    act(data)
            except MatterError:
                assert (_open_dates(), Entry.objects.count()) == (dates, entries)
                continue
            assert Submission.objects.count() >= letters
            after = _open_dates()
            _check(dates, after, explained=_acts_since(entries))
            _handed_on(set(dates) - set(after))
            for receipt in receipts:
                found = submission_find(code=receipt.code, secret=receipt.secret)
                assert found is not None
                assert found.pk == receipt.submission.pk


def _begin(matter: Matter, way: tuple[str, ...]) -> None:
    """Bring a matter some steps along its way, as its office did before the first act."""
    for name in way:
        step = kind_of(matter.kind).step(name.removesuffix("_out"))
        assert step is not None
        said = {"kind": "feedback"} if name == "classify" else {}
        said |= {"competence": "out"} if name == "examine_out" else {}
        matter = matter_act(
            acting=SYSTEM, matter_id=matter.pk, step_name=step.name,
            data=answers(step, matter, said),
        )  # fmt: skip


def _handed_on(stopped: set[int]) -> None:
    """A promise that was handed over by a joining runs on the main matter, due no later."""
    for duty in Duty.objects.filter(pk__in=stopped, state=DutyState.TRANSFERRED):
        joined = Joining.objects.filter(duties__contains=[duty.pk], separated_at=None).first()
        if joined is None:
            continue  # transferred with its matter, which owes something else there
        same = Duty.objects.filter(matter=joined.main_id, rule=duty.rule, state=DutyState.OPEN)
        assert same.get().due_on <= duty.due_on


def _some(data: st.DataObject, **filters: Any) -> Matter:
    rows = list(Matter.objects.filter(**filters).order_by("id"))
    if not rows:
        raise MatterError("Không có vụ việc nào.")
    return data.draw(st.sampled_from(rows), label="matter")


def _step(data: st.DataObject) -> None:
    found = matter_get(actor=SYSTEM, code=_some(data).code)
    assert found is not None
    steps = steps_for(actor=SYSTEM, matter=found)
    # Onward, or hardly any life would get beyond being classified again and again.
    steps = [s for s in steps if s.target not in (*ENDINGS, found.state)] or steps
    if not steps:
        raise MatterError("Không có bước nào.")
    step = data.draw(st.sampled_from(steps), label="step")
    given_answers: dict[str, Any] = {}
    if step.name == "classify":
        given_answers["kind"] = "feedback"
    if step.name == "examine":
        given_answers["competence"] = data.draw(st.sampled_from(["in", "out"]), label="competence")
    if step.name == "transfer":
        given_answers |= {"to": Unit.objects.get(code=OTHER), "again": True}
    if step.name == "assign_competence":
        given_answers["to"] = Unit.objects.get(code=NEW)
    matter_act(
        acting=SYSTEM, matter_id=found.pk, step_name=step.name,
        data=answers(step, found, given_answers),
    )  # fmt: skip


def _join(data: st.DataObject) -> None:
    main, other = _some(data), _some(data)
    matters_join(acting=SYSTEM, main_id=main.pk, other_ids=[other.pk], reason="Trùng nội dung.")


def _separate(data: st.DataObject) -> None:
    matter = _some(data, state="joined")
    matter_separate(acting=SYSTEM, matter_id=matter.pk, reason="Nội dung khác nhau.")


def _reopen(data: st.DataObject) -> None:
    letter = _some(data, state="closed").submissions.select_related("matter").first()
    if letter is None:
        raise MatterError("Không có đơn.")
    reopen_ask(submission=letter, acting=SYSTEM, reason="Vẫn chưa giải quyết xong.")


def _hand_over(data: st.DataObject) -> None:
    matters_hand_over(
        acting=SYSTEM, predecessor=Unit.objects.get(code=OLD),
        successor=Unit.objects.get(code=NEW), on=clock.today(), document="01/BB-BG",
    )  # fmt: skip


_ACTS = (_step, _step, _step, _step, _step, _join, _join, _separate, _reopen, _hand_over)
