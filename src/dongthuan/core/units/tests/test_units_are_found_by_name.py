from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from dongthuan.core.units.models import Tier
from dongthuan.core.units.selectors import unit_get, unit_successors, units_search

DAY = dt.date(2026, 11, 23)


def test_the_ward_is_found_however_it_is_typed(viet_nam: None) -> None:
    for typed in (
        "Đức Phổ",
        "đức phổ",
        "duc pho",
        "  DUC   PHO ",
        "phường Đức Phổ",
        "P. Đức Phổ",
        "phuong duc pho",
        "Thị xã Đức Phổ",
        unicodedata.normalize("NFD", "Đức Phổ"),
    ):
        assert [unit.code for unit in units_search(typed, on=DAY)] == ["21439"], typed


def test_the_name_as_typed_comes_before_the_name_without_its_marks(viet_nam: None) -> None:
    found = [unit.short_name for unit in units_search("Hòa An", on=DAY, tier=Tier.COMMUNE)]
    assert found[0] == "Hòa An"
    assert len(found) > 1


def test_the_kind_typed_comes_first(quang_ngai: None) -> None:
    wards = [unit.code for unit in units_search("phường Nguyễn Nghiêm", former=True)]
    communes = [unit.code for unit in units_search("xã Nguyễn Nghiêm", former=True)]
    assert wards == ["534-21439", "21457"]
    assert communes == ["21457", "534-21439"]


def test_organs_are_found_by_their_short_names_too(duc_pho: None) -> None:
    assert units_search("UBND Đức Phổ", on=DAY)[0].code == "21439-ubnd"
    assert units_search("ủy ban nhân dân phường đức phổ", on=DAY)[0].code == "21439-ubnd"


def test_an_old_name_leads_to_who_is_there_now(quang_ngai: None) -> None:
    assert not units_search("Phổ Ninh", on=DAY)
    (old,) = units_search("pho ninh", former=True)
    assert [unit.name for unit in unit_successors(old, DAY)] == ["Phường Đức Phổ"]


def test_a_search_can_be_kept_within_a_unit(viet_nam: None) -> None:
    within = units_search("Bình", on=DAY, within=unit_get(code="51"), limit=50)
    assert within
    assert all(unit.path.startswith("vn.51.") for unit in within)


@pytest.mark.parametrize("typed", ["", "   ", "%", "'; --", "…", "\x00"])
def test_nothing_typed_finds_nothing(quang_ngai: None, typed: str) -> None:
    assert list(units_search(typed)) == []


def test_signs_and_very_long_text_are_harmless(quang_ngai: None) -> None:
    assert list(units_search("đức_phổ%", on=DAY)) == list(units_search("đức phổ", on=DAY))
    assert list(units_search("a" * 100_000)) == []


def test_an_answer_is_limited(viet_nam: None) -> None:
    assert len(units_search("a", on=DAY)) == 20
