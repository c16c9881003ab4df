"""Side doors by which those outside could learn that there is a hot spot, or keep seeing one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.indicators import all_indicators, indicator_of
from dongthuan.core.matters.kinds import open_as
from dongthuan.core.matters.models import Entry, Matter
from dongthuan.core.matters.promises import promise_write
from dongthuan.core.matters.services import matter_note
from dongthuan.core.people.actors import actor_for
from dongthuan.core.people.models import Appointment
from dongthuan.core.people.services import appointment_create
from dongthuan.core.units.models import Unit
from dongthuan.work.hotspots.contact import Given, measure_decide
from dongthuan.work.hotspots.models import Seat
from dongthuan.work.hotspots.notices import notice_write
from dongthuan.work.hotspots.services import Named, seats_decide
from dongthuan.work.hotspots.tests.conftest import TODAY, open_spot, seat
from dongthuan.work.notes.services import Told, note_lead, note_send

INNER = ("hotspots.resolved", "hotspots.contact")


def test_its_figures_stand_in_no_plan_and_no_note() -> None:
    """“One hot spot resolved” tells that there was one."""
    for key in INNER:
        assert indicator_of(key) is None
        assert indicator_of(key, inner=True)
    assert not {one.key for one in all_indicators()} & set(INNER)


def test_on_the_leadership_page_heads_and_the_secretary_alone_read_its_figures(
    people: Any, spot: Any, browser_of: Any
) -> None:
    reading = set()
    for name in ("head", "party", "front_head", "dvan_head", "council", "inspector", "other_head"):
        page = browser_of(name).get("/ban-lam-viec/lanh-dao/").content.decode()
        reading |= {name} if "iểm nóng đã" in page else set()
    assert reading == {"head", "party", "other_head"}  # the other head's are of the other commune


def test_a_note_out_of_which_it_was_opened_says_nothing(people: Any) -> None:
    told = Told(
        topic="economy", facts="Tiểu thương hỏi nhiều về giá thuê chỗ bán ở chợ mới.",
        source="meeting", learnt_on=TODAY,
    )  # fmt: skip
    note = note_send(
        acting=people.dvan, sender=Unit.objects.get(code="21439-xdd"),
        receiver=Unit.objects.get(code="21439-ubnd"), told=told,
    )  # fmt: skip
    row, entries = Matter.objects.filter(pk=note.pk).values(), Entry.objects.filter(matter=note)
    before = row.get(), entries.count()
    opened = note_lead(acting=people.handler, note=note, kind="hotspot")
    assert opened.is_restricted
    assert (row.get(), entries.count()) == before


def test_what_was_promised_on_a_recommendation_out_of_it_goes_with_the_seats(
    people: Any, steered: Any
) -> None:
    made = open_as(
        acting=people.front_head, origin=steered, kind="body_recommendation", now=clock.now(),
        text="Đề nghị lùi ngày dời chợ thêm một tháng.",
    )  # fmt: skip
    promise = promise_write(
        acting=people.head, origin=made, unit=steered.unit, what="Lùi ngày dời chợ",
        due_on=TODAY, document="9/TB",
    )  # fmt: skip
    leaving = [Seat.objects.get(hotspot=steered, position=seat("21439-mttq-head"))]
    seats_decide(
        acting=people.head, hotspot=steered, document="15/QĐ", decided_on=TODAY, leaving=leaving
    )
    for matter in Matter.objects.filter(pk__in=[steered.pk, made.pk, promise.pk]):
        assert not policies.may_see(people.front_head, matter), matter.kind
        assert policies.may_see(people.party, matter), matter.kind


def test_words_of_a_stance_do_not_leave_it_with_a_recommendation(people: Any, steered: Any) -> None:
    with pytest.raises(MatterError):
        open_as(
            acting=people.front_head, origin=steered, kind="body_recommendation", now=clock.now(),
            text="Hộ Trần Văn Bình phản đối, đề nghị vận động.",
        )  # fmt: skip


def test_no_stance_enters_at_the_second_step_either(people: Any, steered: Any) -> None:
    """A promise given on a recommendation out of it: the same words are refused there."""
    made = open_as(
        acting=people.front_head, origin=steered, kind="body_recommendation", now=clock.now(),
        text="Đề nghị lùi ngày dời chợ thêm một tháng.",
    )  # fmt: skip
    given = {"unit": steered.unit, "due_on": TODAY, "document": "9/TB"}
    promise = promise_write(acting=people.head, origin=made, what="Lùi ngày dời chợ", **given)
    for write in (
        lambda: promise_write(acting=people.head, origin=made, what="Gặp chủ hộ", **given),
        lambda: matter_note(acting=people.head, matter_id=promise.pk, text="Chủ hộ bất mãn."),
    ):
        with pytest.raises(MatterError):
            write()


def test_whoever_opens_it_is_seated_where_competent_not_in_another_seat(people: Any) -> None:
    """A member of another body besides: whoever follows there must not see it."""
    account = people.accounts["council"]
    appointment_create(account=account, position=seat("21439-handler-1"), valid_from=TODAY)
    made = open_spot(people, acting=actor_for(account))
    assert made.restricted_to == [seat("21439-handler-1").pk]


def test_seats_of_a_place_that_went_to_another_locality_do_not_come_back(
    people: Any, group: Any
) -> None:
    """After a division the village lies elsewhere; the next decision does not seat it again."""
    village = Unit.objects.get(code="21439-t01")
    Unit.objects.filter(pk=village.pk).update(path="vn.51.21478.t99.")
    seats_decide(
        acting=people.head, hotspot=group.hotspot, document="17/QĐ", decided_on=TODAY,
        named=[Named(position=seat("21439-council"), part="steering")],
    )  # fmt: skip
    fresh = Matter.objects.get(pk=group.hotspot.pk)
    assert seat("21439-t01-head").pk not in fresh.restricted_to
    assert seat("21439-mass-mobilisation").pk in fresh.restricted_to


def test_a_notice_names_no_closed_code_however_it_is_typed(people: Any, steered: Any) -> None:
    office = Unit.objects.get(code="21439-ubnd")
    given = Given(what="Sửa lối vào", unit=office, due_on=TODAY)
    promise = measure_decide(
        acting=people.party, hotspot=steered, measure=given, document="1/TB"
    ).promise
    for code in (promise.code, steered.code, steered.code.replace("-", " – ")):
        with pytest.raises(MatterError) as refused:
            notice_write(
                acting=people.head, hotspot=steered, title="Về chợ mới", body=f"Theo {code}."
            )
        assert refused.value.field == "body"


def test_a_seat_ends_with_the_appointment_not_with_the_next_decision(
    people: Any, steered: Any
) -> None:
    """Nothing has to be done: the actor of the day after holds the position no more."""
    account = people.accounts["front_head"]
    Appointment.objects.filter(account=account).update(valid_to=TODAY)
    tomorrow = actor_for(account, on=TODAY + dt.timedelta(days=1))
    assert policies.may_see(actor_for(account, on=TODAY), steered)
    assert not policies.may_see(tomorrow, steered)
