"""One policy, read two ways: the list predicate and the single check always agree."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

import pytest

from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Audience, Level, Matter, Projection
from dongthuan.core.matters.policies import acts_as, audience_of, may_see, visible_to
from dongthuan.core.matters.promises import promise_write
from dongthuan.core.matters.services import projection_sync
from dongthuan.core.people.actors import ANONYMOUS, SYSTEM, Actor
from dongthuan.core.units.models import Role, Unit

OFFICE = {"intake", "handler", "handler2", "head", "sealed", "inspector"}
PARTNERS = {"front", "front_head", "dvan", "dvan_head", "party", "council"}
# Who sees an unwalled matter of phường Đức Phổ at each level.
EXPECTED = {
    Level.PUBLIC: OFFICE | PARTNERS,
    Level.PARTNER: OFFICE | PARTNERS,
    Level.UNIT: OFFICE,
    # The head of the unit, and whoever sits in one of its seats.
    Level.RESTRICTED: {"head", "front"},
    Level.SEALED: {"sealed"},
}  # fmt: skip


@pytest.mark.parametrize("level", list(Level))
def test_each_role_sees_what_the_table_says(people: Any, submit: Any, level: Level) -> None:
    matter = submit().matter
    matter.level = level
    matter.designated = [people.accounts["sealed"].pk] if level == Level.SEALED else []
    matter.restricted_to = [people.front.scopes[0].position_id]
    matter.save()
    seeing = {name for name, actor in people.actors.items() if may_see(actor, matter)}
    assert seeing == EXPECTED[level]


def test_list_and_single_check_agree_for_everyone(people: Any, submit: Any) -> None:
    """Every level × place × wall × person: the predicate and the check say the same."""
    places = ["21439-ubnd", "21478-ubnd", "51-ubnd", "21439-vp"]
    handler = people.accounts["handler"].pk
    sealed = people.accounts["sealed"].pk
    seats = [people.front.scopes[0].position_id, people.handler2.scopes[0].position_id]
    template = submit().matter
    for number, (level, code, walled, wall_unit, designated, seated) in enumerate(
        product(
            Level, places, ([], [handler]), ([], ["vn.51.21439.ubnd."]), ([], [sealed, handler]),
            ([], seats),
        )
    ):  # fmt: skip
        unit = Unit.objects.get(code=code)
        Matter.objects.create(
            kind="feedback", code=f"THU-{number}", title="thử", state="received", unit=unit,
            path=unit.path, level=level, channel="web", walled_accounts=walled,
            walled_paths=wall_unit, designated=designated, restricted_to=seated,
            next_due_on=template.next_due_on,
        )  # fmt: skip
    everyone: dict[str, Actor] = {**people.actors, "anonymous": ANONYMOUS, "system": SYSTEM}
    for name, actor in everyone.items():
        listed = set(Matter.objects.filter(visible_to(actor)).values_list("pk", flat=True))
        checked = {matter.pk for matter in Matter.objects.all() if may_see(actor, matter)}
        assert listed == checked, name


def test_the_list_predicate_joins_nothing(people: Any) -> None:
    for name, actor in people.actors.items():
        if name in ("citizen", "admin"):
            continue  # they get no rows at all, and so no query
        sql = str(Matter.objects.filter(visible_to(actor)).only("pk").query)
        assert "JOIN" not in sql


def test_an_administrator_of_the_system_sees_no_content(people: Any, submit: Any) -> None:
    submit()
    assert not Matter.objects.filter(visible_to(people.admin)).exists()


def test_a_walled_person_and_a_walled_unit_see_nothing(people: Any, submit: Any) -> None:
    matter = submit().matter
    matter.walled_accounts = [people.accounts["handler"].pk]
    matter.save()
    assert not may_see(people.handler, matter)
    assert may_see(people.head, matter)
    matter.walled_paths = ["vn.51.21439.ubnd."]
    matter.save()
    assert not may_see(people.head, matter)
    assert may_see(people.inspector, matter)


def test_a_restricted_matter_is_worked_by_its_seats_and_shown_to_nobody_else(
    people: Any, submit: Any
) -> None:
    """A party of it does not see it; a member reads the inner file; the public has no row."""
    matter = submit().matter
    matter.level, matter.parties = Level.RESTRICTED, ["vn.51.21439.mttq.", "vn.51.21439.xdd."]
    matter.restricted_to = [people.front.scopes[0].position_id]
    matter.save()
    projection_sync(matter=matter)
    assert not Projection.objects.filter(pk=matter.pk).exists()
    assert not may_see(people.dvan, matter) and not may_see(people.handler, matter)
    assert audience_of(people.front, matter) == Audience.OFFICIAL
    step = Step("visit", "Đi thăm", ("received",), "", (Role.FRONT, Role.HANDLER), "Quy chế")
    assert acts_as(people.front, matter, step) is not None
    assert acts_as(people.handler, matter, step) is None


def test_a_promise_out_of_a_restricted_matter_is_restricted_too(
    people: Any, submit: Any, place: Any
) -> None:
    matter = submit().matter
    matter.level, matter.restricted_to = Level.RESTRICTED, [people.front.scopes[0].position_id]
    matter.save()
    promise = promise_write(
        acting=people.front, origin=matter, unit=matter.unit, what="Đo lại ranh giới cùng bà con",
        due_on=dt.date(2027, 6, 30), document="12/BC-TCT",
    )  # fmt: skip
    assert may_see(people.front, promise) and may_see(people.head, promise)
    assert not may_see(people.handler, promise) and not may_see(people.dvan, promise)
    assert not Projection.objects.filter(pk=promise.pk).exists()
