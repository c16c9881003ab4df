"""Drafting: one of the nine items, forms of the law, seen by the Front and the villages."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters import policies
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Matter, Projection
from dongthuan.core.units.models import Unit


def test_the_front_and_the_villages_have_a_part_in_it(people: Any, draft: Any) -> None:
    matter = draft()
    assert Unit.objects.get(code="21439-mttq").path in matter.parties
    assert Unit.objects.get(code="21439-t01").path in matter.parties
    for name in ("front", "village_head", "village_front", "other_village_head"):
        assert policies.may_see(people.actors[name], matter)
    assert not policies.may_see(people.other_head, matter)


def test_a_village_that_is_not_asked_has_no_part(people: Any, draft: Any) -> None:
    matter = draft(villages=[Unit.objects.get(code="21439-t01")])
    assert policies.may_see(people.village_head, matter)
    assert not policies.may_see(people.other_village_head, matter)


def test_a_draft_is_not_listed_in_public(draft: Any) -> None:
    assert not Projection.objects.get(pk=draft().pk).listed


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"item": "0"}, "item"),
        ({"forms": []}, "forms"),
        ({"forms": ["x"]}, "forms"),
        ({"forms": ["h", "e"]}, "forms"),
        ({"item": "8", "forms": ["e"]}, "forms"),
        ({"title": "Ngắn"}, "title"),
        ({"purpose": "Ngắn"}, "purpose"),
        ({"purpose": "Liên hệ ông Nguyễn Văn Thử số 0905 123 456 để biết thêm."}, "purpose"),
    ],
)
def test_what_is_wrong_is_named_and_changes_nothing(draft: Any, given: Any, field: str) -> None:
    with pytest.raises(MatterError) as error:
        draft(**given)
    assert error.value.field == field
    assert not Matter.objects.exists()


def test_a_village_of_another_commune_is_refused(draft: Any) -> None:
    with pytest.raises(MatterError):
        draft(villages=[Unit.objects.get(code="21478-t01")])


@pytest.mark.parametrize("name", ["front", "other_head", "village_head", "admin", "citizen"])
def test_only_the_office_drafts(people: Any, draft: Any, name: str) -> None:
    with pytest.raises(NotAllowed):
        draft(acting=people.actors[name])
    assert not Matter.objects.exists()
