"""The town of Đức Phổ ended on 30 June 2025; what it still owed went to five wards and communes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.designated import designated_of
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.handing import matters_hand_over, may_take_over
from dongthuan.core.matters.models import Duty, Entry, Level, Matter, Projection
from dongthuan.core.matters.services import matter_act, matter_assign
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.people.services import appointment_create
from dongthuan.core.units.models import Position, Unit

FIRST_DAY = dt.date(2025, 7, 1)


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def at(day: int, month: int = 6, hour: int = 9) -> Any:
    return clock.at(dt.datetime(2025, month, day, hour, tzinfo=timezone.get_default_timezone()))


@pytest.fixture
def old(submit: Any) -> dict[str, Matter]:
    """Matters of June 2025: of two old wards that became one, of another, one of them closed."""
    with at(10):
        made = {
            "nghiem": submit(place=unit("534-21439")).matter,
            "hoa": submit(place=unit("534-21469")).matter,
            "thanh": submit(place=unit("534-21478")).matter,
            "closed": submit(place=unit("534-21439")).matter,
        }
        for name in ("hoa", "closed"):
            matter_act(
                acting=SYSTEM, matter_id=made[name].pk, step_name="register",
                data={"title": "Cống vỡ nắp", "topic": "construction"},
            )  # fmt: skip
        matter_act(
            acting=SYSTEM, matter_id=made["closed"].pk, step_name="store",
            data={"defects": ["copy"], "note": "Chỉ là bản sao."},
        )  # fmt: skip
    return made


def hand_over(people: Any, old_code: str, new_code: str, **more: Any) -> int:
    values: dict[str, Any] = {
        "acting": people.head if new_code.startswith("21439") else people.other_head,
        "predecessor": unit(old_code),
        "successor": unit(new_code),
        "on": FIRST_DAY,
        "document": "01/BB-BG",
    }
    with at(1, 7):
        return matters_hand_over(**(values | more))


def test_open_matters_go_to_the_successor_with_an_entry(
    people: Any, old: dict[str, Matter]
) -> None:
    assert hand_over(people, "534-21439-ubnd", "21439-ubnd") == 1
    matter = Matter.objects.get(pk=old["nghiem"].pk)
    assert matter.unit.code == "21439-ubnd"
    assert matter.path == "vn.51.21439.ubnd."
    assert matter.version == old["nghiem"].version + 1
    entry = Entry.objects.filter(matter=matter).latest("id")
    assert (entry.act, entry.actor_id) == ("matter.hand_over", people.head.account_id)
    assert entry.facts == {
        "from": {"unit": "534-21439-ubnd", "name": "Ủy ban nhân dân phường Nguyễn Nghiêm"},
        "to": {"unit": "21439-ubnd", "name": "Ủy ban nhân dân phường Đức Phổ"},
        "on": "2025-07-01",
        "document": "01/BB-BG",
    }
    public = Projection.objects.get(pk=matter.pk)
    assert (public.unit_id, public.path) == (matter.unit_id, matter.path)


def test_codes_and_dates_stay(people: Any, old: dict[str, Matter]) -> None:
    before = Matter.objects.get(pk=old["nghiem"].pk)
    dates = list(Duty.objects.filter(matter=before).values_list("rule", "due_on", "state"))
    hand_over(people, "534-21439-ubnd", "21439-ubnd")
    after = Matter.objects.get(pk=before.pk)
    assert after.code == before.code == "534-21439-25-000001"
    assert (after.next_due_on, after.next_rule) == (before.next_due_on, before.next_rule)
    assert after.place_id == before.place_id
    duties = Duty.objects.filter(matter=after)
    assert list(duties.values_list("rule", "due_on", "state")) == dates
    assert {duty.path for duty in duties} == {"vn.51.21439.ubnd."}


def test_what_is_closed_stays_where_it_was(people: Any, old: dict[str, Matter]) -> None:
    before = Matter.objects.values().get(pk=old["closed"].pk)
    entries = Entry.objects.filter(matter=old["closed"]).count()
    hand_over(people, "534-21439-ubnd", "21439-ubnd")
    assert Matter.objects.values().get(pk=old["closed"].pk) == before
    assert Entry.objects.filter(matter=old["closed"]).count() == entries


def test_what_belongs_to_another_unit_stays_too(people: Any, old: dict[str, Matter]) -> None:
    hand_over(people, "534-21439-ubnd", "21439-ubnd")
    assert Matter.objects.get(pk=old["hoa"].pk).unit.code == "534-21469-ubnd"
    assert Matter.objects.get(pk=old["thanh"].pk).unit.code == "534-21478-ubnd"


def test_a_second_hand_over_finds_nothing(people: Any, old: dict[str, Matter]) -> None:
    assert hand_over(people, "534-21439-ubnd", "21439-ubnd") == 1
    assert hand_over(people, "534-21439-ubnd", "21439-ubnd") == 0


def test_the_receivers_see_it_and_give_it_to_one_of_theirs(
    people: Any, old: dict[str, Matter]
) -> None:
    hand_over(people, "534-21439-ubnd", "21439-ubnd")
    given = matter_assign(
        acting=people.intake, matter_id=old["nghiem"].pk, account=people.accounts["handler"]
    )
    assert given.handler == people.accounts["handler"]


@pytest.mark.parametrize(
    "name", ["intake", "handler", "other_head", "inspector", "admin", "province", "citizen"]
)
def test_only_the_head_of_the_receiving_unit_takes_over(
    people: Any, old: dict[str, Matter], name: str
) -> None:
    with pytest.raises(NotAllowed):
        hand_over(people, "534-21439-ubnd", "21439-ubnd", acting=people.actors[name])
    assert Matter.objects.get(pk=old["nghiem"].pk).unit.code == "534-21439-ubnd"


def test_a_unit_that_still_works_keeps_its_matters(people: Any, submit: Any) -> None:
    """Else any head could take the matters of a neighbour."""
    matter = submit().matter
    with pytest.raises(MatterError):
        hand_over(people, "21439-ubnd", "21478-ubnd", on=clock.today())
    assert Matter.objects.get(pk=matter.pk).unit.code == "21439-ubnd"


def test_a_unit_that_is_no_successor_gets_nothing(people: Any, old: dict[str, Matter]) -> None:
    with pytest.raises(MatterError):
        hand_over(people, "534-21439-ubnd", "21478-ubnd")
    assert Matter.objects.get(pk=old["nghiem"].pk).unit.code == "534-21439-ubnd"


def test_before_the_last_day_is_over_nothing_moves(people: Any, old: dict[str, Matter]) -> None:
    with pytest.raises(MatterError):
        hand_over(people, "534-21439-ubnd", "21439-ubnd", on=dt.date(2025, 6, 30))


def test_of_the_town_each_successor_gets_the_matters_of_its_places(
    people: Any, submit: Any, old: dict[str, Matter]
) -> None:
    town = unit("534-ubnd")
    for name in ("nghiem", "hoa", "thanh"):
        Matter.objects.filter(pk=old[name].pk).update(unit=town, path=town.path)
    with at(11):
        whole = submit(place=unit("534")).matter
    assert hand_over(people, "534-ubnd", "21439-ubnd") == 2
    assert hand_over(people, "534-ubnd", "21478-ubnd") == 1
    where = dict(Matter.objects.values_list("pk", "unit__code"))
    assert where[old["nghiem"].pk] == where[old["hoa"].pk] == "21439-ubnd"
    assert where[old["thanh"].pk] == "21478-ubnd"
    # What concerns the whole town goes where the hand-over record says, and not before.
    assert where[whole.pk] == "534-ubnd"
    assert hand_over(people, "534-ubnd", "21439-ubnd", codes=[whole.code]) == 1


def test_a_sealed_matter_opens_to_the_designated_of_the_successor_only(
    people: Any, denounce: Any
) -> None:
    sealed = denounce().matter
    old = unit("534-21439-ubnd")
    Matter.objects.filter(pk=sealed.pk).update(
        unit=old, path=old.path, place=unit("534-21439"),
        designated=[people.accounts["province"].pk],
    )  # fmt: skip
    hand_over(people, "534-21439-ubnd", "21439-ubnd")
    matter = Matter.objects.get(pk=sealed.pk)
    assert matter.designated == [people.accounts["sealed"].pk]
    assert not Projection.objects.filter(pk=matter.pk).exists()


def test_a_sealed_matter_whose_key_nobody_there_holds_is_not_handed_over(
    people: Any, denounce: Any
) -> None:
    sealed = denounce(place=unit("51")).matter
    old = unit("534-21439-ubnd")
    Matter.objects.filter(pk=sealed.pk).update(
        unit=old, path=old.path, place=unit("534-21439"),
        walled_accounts=[people.accounts["province"].pk],
    )  # fmt: skip
    with pytest.raises(MatterError, match=sealed.code):
        hand_over(people, "534-21439-ubnd", "21439-ubnd")
    assert Matter.objects.get(pk=sealed.pk).unit == old


def test_where_nobody_is_designated_the_higher_office_opens_it(people: Any) -> None:
    """A denunciation never lies where no eye reaches it: the next higher head stands in."""
    assert designated_of(unit("21439-ubnd")) == [people.accounts["sealed"].pk]
    assert designated_of(unit("21451-ubnd")) == []  # nobody up to the top in these tests
    appointment_create(
        account=people.accounts["province"],
        position=Position.objects.get(code="51-head"),
        valid_from=dt.date(2025, 7, 1),
    )
    assert designated_of(unit("21451-ubnd")) == [people.accounts["province"].pk]


def test_what_came_out_of_a_restricted_matter_keeps_its_seats(
    people: Any, old: Any, submit: Any
) -> None:
    """Of a body without a head nobody would see it; what comes alone is for the new head."""
    origin, below, alone = submit().matter, old["nghiem"], old["hoa"]
    seat = people.front.scopes[0].position_id
    for matter in (origin, below, alone):
        matter.level, matter.restricted_to = Level.RESTRICTED, [seat]
        matter.parent = origin if matter is below else None
        matter.save()
    for office in ("534-21439-ubnd", "534-21469-ubnd"):
        assert hand_over(people, office, "21439-ubnd") == 1
    assert Matter.objects.get(pk=below.pk).restricted_to == [seat]
    assert Matter.objects.get(pk=alone.pk).restricted_to == []


def test_partners_take_over_what_their_own_body_left(people: Any) -> None:
    may = {
        "21439-xdd": {"dvan_head", "party"},
        "21439-du": {"party"},
        "21439-hdnd": {"council"},
        "21439-mttq": {"front", "front_head"},
        "21439-ubnd": {"head"},
    }
    for code, wanted in may.items():
        found = {name for name, actor in people.actors.items() if may_take_over(actor, unit(code))}
        assert found == wanted, code
