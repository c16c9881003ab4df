"""The law's frequency, delegation, representatives and grounds, before and after 1 July 2026."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from django.utils import translation

from dongthuan.core.units.models import Position
from dongthuan.work.receptions import rules

KINDS = (
    "chair_commune", "chair_district", "chair_province", "head_agency", "party_commune",
    "party_province",
)  # fmt: skip
BEFORE, AFTER = dt.date(2026, 6, 30), dt.date(2026, 7, 1)


@pytest.mark.parametrize(
    ("kind", "on", "asked"),
    [
        ("chair_commune", BEFORE, (1, "week")),
        ("chair_commune", AFTER, (2, "month")),
        ("chair_district", dt.date(2025, 6, 30), (2, "month")),
        ("chair_district", dt.date(2025, 7, 1), None),
        ("chair_province", AFTER, (1, "month")),
        ("head_agency", BEFORE, (1, "month")),
        ("party_commune", AFTER, (2, "month")),
        ("chair_commune", dt.date(2014, 6, 30), None),
        ("nobody", AFTER, None),
    ],
)
def test_frequency(kind: str, on: dt.date, asked: tuple[int, str] | None) -> None:
    found = rules.frequency(kind, on)
    assert (found and (found.days, found.per)) == asked


def test_versions_of_one_head_do_not_overlap() -> None:
    for kind in KINDS:
        versions = rules.frequencies(kind)
        assert versions
        for one, next_one in pairwise(versions):
            assert one.until is not None
            assert one.until < next_one.since


@pytest.mark.parametrize(
    ("kind", "on", "allowed"),
    [
        ("chair_commune", BEFORE, True),
        ("chair_commune", AFTER, False),
        ("chair_province", AFTER, True),
    ],
)
def test_delegation(kind: str, on: dt.date, allowed: bool) -> None:
    found = rules.may_delegate(kind, on)
    assert found.allowed == allowed
    assert allowed or "136/2025" in found.basis


@pytest.mark.parametrize(
    ("people", "least", "most"),
    [(1, 0, 1), (4, 0, 4), (5, 1, 2), (10, 1, 2), (11, 1, 5), (200, 1, 5)],
)
def test_representatives(people: int, least: int, most: int) -> None:
    found = rules.representatives(people, AFTER)
    assert (found.least, found.most) == (least, most)


def test_grounds_of_refusal() -> None:
    assert [g.code for g in rules.refusal_grounds(BEFORE)] == ["L1", "L2", "L3"]
    after = rules.refusal_grounds(AFTER)
    assert [g.code for g in after] == ["L1", "L2", "L3", *"abcdđeghik"]
    assert [g.code for g in after if g.written] == ["L3", "h"]
    assert {g.code: g.basis for g in after}["h"] == "Điểm h khoản 1 Điều 4 Nghị định 154/2026/NĐ-CP"


def test_grounds_are_told_in_the_language_of_the_page() -> None:
    for language, text in (("vi", "không chấp hành"), ("en", "refuses the security check")):
        with translation.override(language):
            ground = rules.refusal_ground("b", AFTER)
            assert ground is not None
            assert ground.label.startswith(text)


def test_online_reception_begins_with_the_decree() -> None:
    assert (rules.online_allowed(BEFORE), rules.online_allowed(AFTER)) == (False, True)


def test_the_seat_says_which_line_of_the_table(chair: Position) -> None:
    assert rules.role_kind_of(chair) == "chair_commune"
    province = Position.objects.select_related("unit__parent").get(code="51-head")
    assert rules.role_kind_of(province) == "chair_province"
