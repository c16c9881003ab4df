"""A body that has a part in a matter sees it and takes the steps that are its own, nothing else."""

from __future__ import annotations

import dataclasses
import datetime as dt
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, Level, Matter
from dongthuan.core.matters.policies import may_act, may_see, visible_to
from dongthuan.core.units.models import Role, Unit

NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)


@pytest.fixture
def matter(submit: Any) -> Matter:
    found: Matter = submit().matter
    found.parties = ["vn.51.21439.t01."]
    found.save()
    return found


def test_list_and_single_check_agree_on_parties(people: Any, submit: Any) -> None:
    template = submit().matter
    parts = ([], ["vn.51.21439.t01."], ["vn.51.21478.ubnd."], ["vn.51.21439.mttq.", "vn.51.ubnd."])
    for number, (level, parties, walled) in enumerate(
        product(Level, parts, ([], ["vn.51.21439.t01."]))
    ):
        Matter.objects.create(
            kind="feedback", code=f"THU-{number}", title="thử", state="received",
            unit=template.unit, path=template.path, level=level, channel="web", parties=parties,
            walled_paths=walled,
        )  # fmt: skip
    for name, actor in people.actors.items():
        listed = set(Matter.objects.filter(visible_to(actor)).values_list("pk", flat=True))
        assert listed == {m.pk for m in Matter.objects.all() if may_see(actor, m)}, name


def test_only_the_village_that_is_a_party_sees_it(people: Any, matter: Matter) -> None:
    assert may_see(people.village_head, matter)
    assert may_see(people.village_front, matter)
    assert not may_see(people.other_village_head, matter)
    assert not may_see(people.board, matter)


def test_a_part_in_a_matter_never_opens_the_seal(people: Any, matter: Matter) -> None:
    matter.level = Level.SEALED
    assert not may_see(people.village_head, matter)


def test_a_step_by_another_body_is_its_own(people: Any, matter: Matter) -> None:
    setattr(matter, "village", Unit.objects.get(code="21439-t01"))  # noqa: B010
    step = Step("send", "send", ("received",), "", (Role.VILLAGE_HEAD, Role.HEAD), "Điều 20",
                by=("village",))  # fmt: skip
    assert may_act(people.village_head, matter, step)
    assert not may_act(people.other_village_head, matter, step)
    assert not may_act(people.head, matter, step)
    assert may_act(people.head, matter, dataclasses.replace(step, by=()))


def test_like_duties_of_several_places_stand_side_by_side(people: Any, matter: Matter) -> None:
    village = Unit.objects.get(code="21439-t01")
    rules = [("dc.publish_default", "decided", NOW)]
    duties_open(matter=matter, rules=rules, now=timezone.now(), subject="t01", owner=village)
    duties_open(matter=matter, rules=rules, now=timezone.now(), subject="t02")
    owed = Duty.objects.filter(matter=matter, rule="dc.publish_default").order_by("id")
    assert [(duty.subject, duty.unit.code) for duty in owed] == [
        ("t01", "21439-t01"), ("t02", "21439-ubnd"),
    ]  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        duties_open(matter=matter, rules=rules, now=timezone.now(), subject="t02")
