"""Numbers, calls, the line of the ledger, groups with representatives, denunciations bare."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Entry
from dongthuan.core.people.models import Citizen
from dongthuan.core.people.services import PersonError
from dongthuan.work.receptions.models import Booking, Visit
from dongthuan.work.receptions.selectors import board, counts, reception_view, visit_get
from dongthuan.work.receptions.tests.conftest import ON_THE_DAY, book, step, turn
from dongthuan.work.receptions.visits import (
    Line,
    Visitor,
    visit_absent,
    visit_arrive,
    visit_call,
    visit_follow,
    visit_link,
    visit_record,
)

WHO = Visitor("Nguyễn Thị Thử", "thôn minh họa", "051095012345")


def test_numbers_are_given_in_the_order_of_coming(people: Any, posted: Any) -> None:
    booking = book(posted, people_count=3)
    with clock.at(ON_THE_DAY):
        step(people.intake, posted, "open")
        first = visit_arrive(acting=people.intake, reception_id=posted.pk)
        second = visit_arrive(acting=people.intake, reception_id=posted.pk, booking_id=booking.pk)
        assert (first.number, second.number, second.people_count) == (1, 2, 3)
        with pytest.raises(MatterError):
            visit_arrive(acting=people.intake, reception_id=posted.pk, booking_id=booking.pk)
        called = visit_call(acting=people.intake, reception_id=posted.pk)
        assert called.number == 1
        absent = visit_absent(acting=people.intake, visit_id=first.pk)
        assert absent.state == "absent"
        assert visit_call(acting=people.intake, reception_id=posted.pk).number == 2
        again = visit_call(acting=people.intake, reception_id=posted.pk, visit_id=first.pk)
        assert again.state == "called"
        assert board(posted).called == [1, 2]


def test_nobody_takes_a_number_before_it_opens(people: Any, posted: Any) -> None:
    with pytest.raises(MatterError):
        visit_arrive(acting=people.intake, reception_id=posted.pk)


def test_a_line_numbers_the_ledger_of_the_unit(people: Any, opened: Any) -> None:
    one, two = turn(people.intake, opened), turn(people.handler, opened)
    assert (one.ledger_number, two.ledger_number) == (1, 2)
    assert Entry.objects.filter(matter=opened, act="reception.visit").count() == 2
    with pytest.raises(MatterError):
        visit_record(acting=people.intake, visit_id=one.pk, line=Line(type="feedback"), visitor=WHO)


@pytest.mark.parametrize(
    ("line", "visitor", "field"),
    [
        ({"content": "ngắn"}, WHO, "content"),
        ({"outcome": ""}, WHO, "outcome"),
        ({"outcome": "refused"}, WHO, "outcome"),
        ({"outcome": "guided"}, WHO, "guided_to"),
        ({"type": "lạ"}, WHO, "type"),
        ({"people_count": 0}, WHO, "people_count"),
        ({"case_count": 99}, WHO, "case_count"),
        ({}, Visitor("", "thôn minh họa"), "name"),
        ({}, Visitor("Nguyễn Thị Thử"), "address"),
        ({"people_count": 5, "representatives": 0}, WHO, "representatives"),
        ({"people_count": 7, "representatives": 3}, WHO, "representatives"),
        ({"people_count": 30, "representatives": 6}, WHO, "representatives"),
    ],
)
def test_a_bad_line_writes_nothing(
    people: Any, opened: Any, line: dict[str, Any], visitor: Visitor, field: str
) -> None:
    with pytest.raises(MatterError) as refused:
        turn(people.intake, opened, visitor=visitor, **line)
    assert refused.value.field == field
    assert Visit.objects.get().state == "waiting"
    assert not Citizen.objects.exists()


def test_a_bad_id_number_is_refused(people: Any, opened: Any) -> None:
    with pytest.raises(PersonError):
        turn(people.intake, opened, visitor=Visitor("Nguyễn Thị Thử", "thôn", "12"))


@pytest.mark.parametrize(("many", "speak"), [(5, 1), (10, 2), (11, 5), (4, 0)])
def test_a_group_is_heard_through_its_representatives(
    people: Any, opened: Any, many: int, speak: int
) -> None:
    done = turn(people.intake, opened, people_count=many, representatives=speak)
    assert done.is_large_group == (many >= 5)


def test_turns_persons_cases_and_groups_are_counted_apart(people: Any, opened: Any) -> None:
    turn(people.intake, opened)
    turn(people.intake, opened, people_count=12, representatives=4, case_count=2, is_repeat=True)
    assert counts(opened) == {
        "turns": 2, "persons": 13, "cases": 3, "large_groups": 1, "repeated": 1,
    }  # fmt: skip


def test_of_a_denunciation_nothing_but_the_type_is_kept(people: Any, posted: Any) -> None:
    booking = book(posted, about="Tố cáo cán bộ minh họa")
    with clock.at(ON_THE_DAY):
        step(people.intake, posted, "open")
        visit = visit_arrive(acting=people.intake, reception_id=posted.pk, booking_id=booking.pk)
        done = visit_record(
            acting=people.intake, visit_id=visit.pk, visitor=WHO,
            line=Line(type="denunciation", content="Tố cáo cán bộ minh họa", outcome="taken"),
        )  # fmt: skip
    assert (done.type, done.outcome, done.citizen, done.booking, done.content) == (
        "denunciation", "sealed", None, None, "",
    )  # fmt: skip
    booking = Booking.objects.get()
    assert (booking.citizen, booking.about, booking.person_key) == (None, "", "")
    assert not Citizen.objects.exists()
    assert "minh họa" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_the_database_refuses_a_denunciation_with_a_person(people: Any, opened: Any) -> None:
    done = turn(people.intake, opened)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=done.pk).update(type="denunciation")


def test_a_sealed_matter_is_never_named(
    people: Any, opened: Any, submit: Any, denounce: Any
) -> None:
    done = turn(people.intake, opened, outcome="taken")
    sealed = denounce().matter
    with pytest.raises(MatterError):
        visit_link(acting=people.intake, visit=done, matter=sealed)
    open_one = submit().matter
    assert visit_link(acting=people.intake, visit=done, matter=open_one).matter == open_one
    with pytest.raises(MatterError):
        visit_link(acting=people.intake, visit=done, matter=open_one)


def test_a_line_is_followed_up(people: Any, opened: Any) -> None:
    done = turn(people.intake, opened, outcome="guided", guided_to="UBND tỉnh")
    assert visit_follow(acting=people.intake, visit=done, result="Đã trả lời").result
    sealed = turn(people.intake, opened, type="denunciation")
    with pytest.raises(MatterError):
        visit_follow(acting=people.intake, visit=sealed, result="Đã trả lời")


@pytest.mark.parametrize("name", ["front", "dvan", "admin", "other_intake", "other_head"])
def test_who_came_is_read_only_inside(people: Any, opened: Any, name: str) -> None:
    done = turn(people.intake, opened)
    actor = people.actors[name]
    view = reception_view(actor=actor, code=opened.code)
    assert view is None or not view.visits
    assert visit_get(actor=actor, visit_id=done.pk) is None
    with pytest.raises(NotAllowed):
        visit_arrive(acting=actor, reception_id=opened.pk)


def test_a_session_costs_the_same_however_many_came(
    people: Any, opened: Any, django_assert_max_num_queries: Any
) -> None:
    for rows in (10, 100):
        while Visit.objects.count() < rows:
            turn(people.intake, opened)
        with django_assert_max_num_queries(7):
            view = reception_view(actor=people.intake, code=opened.code)
            assert view is not None
            assert [visit.citizen and visit.citizen.name for visit in view.visits]
