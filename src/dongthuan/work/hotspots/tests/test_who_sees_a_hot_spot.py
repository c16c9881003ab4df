"""Sight goes by seats: by decision, both ways, at once; list and single check agree."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core.matters import policies
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.hotspots.asking import request_answer, request_send
from dongthuan.work.hotspots.contact import Given, measure_decide
from dongthuan.work.hotspots.models import Hotspot, Seat
from dongthuan.work.hotspots.services import Named, seats_decide
from dongthuan.work.hotspots.tests.conftest import TODAY, open_spot, seat

EVERYBODY = (
    "intake", "handler", "handler2", "head", "sealed", "front", "front_head", "dvan", "dvan_head",
    "party", "council", "board", "admin", "other_intake", "other_head", "village_head",
    "village_front", "other_village_head", "inspector", "province", "citizen",
)  # fmt: skip


def seeing(people: Any, matter: Matter) -> set[str]:
    """Who sees a matter; the predicate of lists and the single check must say the same."""
    matter = Matter.objects.get(pk=matter.pk)
    found = set()
    for name in EVERYBODY:
        actor = people.actors[name]
        listed = Matter.objects.filter(policies.visible_to(actor), pk=matter.pk).exists()
        assert listed == policies.may_see(actor, matter), name
        found |= {name} if listed else set()
    return found


def test_whoever_opens_it_and_the_head_see_it_and_nobody_else(people: Any, spot: Hotspot) -> None:
    assert seeing(people, spot) == {"handler", "head"}


def test_the_committee_sees_it_from_the_decision_on(people: Any, steered: Hotspot) -> None:
    assert seeing(people, steered) == {"handler", "head", "party", "front_head", "dvan_head"}


def test_a_working_group_sees_it_too(people: Any, group: Any) -> None:
    assert seeing(people, group.hotspot) == {
        "handler", "head", "party", "front_head", "dvan_head", "dvan", "village_head",
    }  # fmt: skip


def test_who_leaves_loses_sight_at_once_of_it_and_of_its_promises(
    people: Any, steered: Hotspot
) -> None:
    office = Unit.objects.get(code="21439-ubnd")
    given = Given(what="Sửa lối vào chợ mới", unit=office, due_on=TODAY)
    promise = measure_decide(
        acting=people.party, hotspot=steered, measure=given, document="1/TB"
    ).promise
    assert "front_head" in seeing(people, promise)
    place = Seat.objects.get(hotspot=steered, position=seat("21439-mttq-head"))
    seats_decide(
        acting=people.head, hotspot=steered, document="15/QĐ", decided_on=TODAY, leaving=[place]
    )
    for matter in (steered, promise):
        assert seeing(people, matter) == {"handler", "head", "party", "dvan_head"}


def test_the_province_sees_it_by_the_request_and_gives_the_opinion(
    people: Any, steered: Hotspot
) -> None:
    sent = request_send(
        acting=people.party, hotspot=steered, positions=[seat("51-handler")], document="7/CV",
        question="Xin ý kiến về giá thuê chỗ bán ở chợ mới.",
    )  # fmt: skip
    assert "province" in seeing(people, steered)
    with pytest.raises(NotAllowed):
        request_answer(acting=people.head, request=sent, opinion="Đồng ý.", document="8/UBND")
    answered = request_answer(
        acting=people.province, request=sent, opinion="Nhất trí phương án.", document="8/UBND"
    )
    assert answered.answered_at
    duty = steered.duties.get(rule="hs.opinion")
    assert (duty.unit.code, duty.state) == ("51-ubnd", "fulfilled")


@pytest.mark.parametrize("name", ["handler", "front_head", "dvan_head"])
def test_only_the_head_and_the_heads_of_the_committee_decide_on_seats(
    people: Any, steered: Hotspot, name: str
) -> None:
    one = Named(position=seat("21439-council"), part="steering")
    with pytest.raises(NotAllowed):
        seats_decide(
            acting=people.actors[name], hotspot=steered, document="1/QĐ", decided_on=TODAY,
            named=[one],
        )  # fmt: skip
    assert not Seat.objects.filter(position=seat("21439-council")).exists()


@pytest.mark.parametrize("code", ["21478-head", "21439-admin"])
def test_nobody_from_elsewhere_and_no_administrator_is_seated(
    people: Any, steered: Hotspot, code: str
) -> None:
    with pytest.raises(MatterError):
        seats_decide(
            acting=people.head, hotspot=steered, document="1/QĐ", decided_on=TODAY,
            named=[Named(position=seat(code), part="steering")],
        )  # fmt: skip


def test_a_member_of_the_committee_in_a_group_is_refused_for_that(people: Any, group: Any) -> None:
    with pytest.raises(MatterError) as refused:
        seats_decide(
            acting=people.head, hotspot=group.hotspot, document="1/QĐ", decided_on=TODAY,
            named=[Named(position=seat("21439-council"), part="steering", group=group)],
        )  # fmt: skip
    assert "để trống ô tổ công tác" in str(refused.value.message)


@pytest.mark.parametrize("name", ["council", "board", "admin", "other_head", "citizen", "sealed"])
def test_who_has_no_competence_opens_nothing(people: Any, name: str) -> None:
    if name == "sealed":  # an intake or handler of the office may; the role decides
        open_spot(people, acting=people.sealed)
        return
    with pytest.raises(NotAllowed):
        open_spot(people, acting=people.actors[name])
    assert not Hotspot.objects.exists()


def test_the_seat_of_a_position_that_is_no_more_makes_room_for_another(
    people: Any, steered: Hotspot
) -> None:
    Position.objects.filter(code="21439-party").update(valid_to=TODAY - dt.timedelta(days=1))
    seats_decide(
        acting=people.head, hotspot=steered, document="16/QĐ", decided_on=TODAY,
        named=[Named(position=seat("21439-head"), part="steering_head")],
    )  # fmt: skip
    heads = Seat.objects.filter(hotspot=steered, part="steering_head", left_on=None)
    assert [one.position.code for one in heads] == ["21439-head"]
