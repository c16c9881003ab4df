"""One policy, read two ways: the list predicate and the single check always agree."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from dongthuan.core.matters.models import Level, Matter
from dongthuan.core.matters.policies import may_see, visible_to
from dongthuan.core.people.actors import ANONYMOUS, SYSTEM, Actor
from dongthuan.core.units.models import Unit

# Who sees an unwalled matter of phường Đức Phổ at each level.
EXPECTED = {
    Level.PUBLIC: {"intake", "handler", "handler2", "head", "sealed", "front", "dvan", "inspector"},
    Level.PARTNER: {
        "intake", "handler", "handler2", "head", "sealed", "front", "dvan", "inspector",
    },
    Level.UNIT: {"intake", "handler", "handler2", "head", "sealed", "inspector"},
    Level.SEALED: {"sealed"},
}  # fmt: skip


@pytest.mark.parametrize("level", list(Level))
def test_each_role_sees_what_the_table_says(people: Any, submit: Any, level: Level) -> None:
    matter = submit().matter
    matter.level = level
    matter.designated = [people.accounts["sealed"].pk] if level == Level.SEALED else []
    matter.save()
    seeing = {name for name, actor in people.actors.items() if may_see(actor, matter)}
    assert seeing == EXPECTED[level]


def test_list_and_single_check_agree_for_everyone(people: Any, submit: Any) -> None:
    """Every level × place × wall × person: the predicate and the check say the same."""
    places = ["21439-ubnd", "21478-ubnd", "51-ubnd", "21439-vp"]
    handler = people.accounts["handler"].pk
    sealed = people.accounts["sealed"].pk
    template = submit().matter
    for number, (level, code, walled, wall_unit, designated) in enumerate(
        product(
            Level, places, ([], [handler]), ([], ["vn.51.21439.ubnd."]), ([], [sealed, handler])
        )
    ):
        unit = Unit.objects.get(code=code)
        Matter.objects.create(
            kind="feedback", code=f"THU-{number}", title="thử", state="received", unit=unit,
            path=unit.path, level=level, channel="web", walled_accounts=walled,
            walled_paths=wall_unit, designated=designated, next_due_on=template.next_due_on,
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
