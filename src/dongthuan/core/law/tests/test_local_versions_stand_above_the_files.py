"""Approved versions are merged over the shipped files, which nobody writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dongthuan.core.law import (
    LocalVersion,
    RuleError,
    deadline,
    load_rulebook,
    loading,
    rulebook_with,
)
from dongthuan.core.law.loading import merged, shipped_rulebook, table_of


@pytest.fixture(autouse=True)
def _own_overlay() -> Iterator[None]:
    before = (loading._state.source, loading._state.seconds)
    yield
    loading.set_overlay(before[0], seconds=before[1])


def local(key: str = "kn.accept", **fields: Any) -> LocalVersion:
    table = {
        "from": "2027-03-01", "term": "5 wd", "basis_vi": "Điều 1", "basis_en": "Art. 1",
        "document": "1/2027/NĐ-CP", "evidence": "P",
    } | fields  # fmt: skip
    return LocalVersion.from_json(key, table)


def test_the_one_before_ends_on_the_day_before() -> None:
    versions = rulebook_with(local()).rule("kn.accept").versions
    assert [str(v.term) for v in versions] == ["10 d", "7 wd", "5 wd"]
    assert versions[1].valid_to == date(2027, 2, 28)
    assert versions[2].valid_to is None


def test_the_shipped_book_and_its_tables_stay_as_they_are() -> None:
    before = table_of("kn.accept")
    rulebook_with(local())
    assert table_of("kn.accept") == before
    assert shipped_rulebook().rule("kn.accept").versions[-1].valid_to is None


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"from": "2026-07-01"}, "overlap at 2026-07-01"),
        ({"from": "2026-06-01"}, "overlap at 2026-06-01"),
        ({"from": "tomorrow"}, "is not a day"),
        ({"term": "soon"}, "is not of the form"),
        ({"basis_vi": ""}, "basis_vi is missing"),
        ({"evidence": "sure"}, "wrong evidence"),
        ({"price": 5}, "unknown key price"),
    ],
)
def test_a_version_is_checked_by_the_same_code_as_a_file(fields: dict[str, Any], why: str) -> None:
    with pytest.raises(RuleError) as refused:
        rulebook_with(local(**fields))
    assert why in refused.value.en
    assert refused.value.vi.endswith(".")


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(RuleError, match=r"There is no rule 'kn\.moon'"):
        rulebook_with(local("kn.moon"))


def test_the_source_is_asked_when_told_and_its_versions_count() -> None:
    kept: list[LocalVersion] = []
    loading.set_overlay(lambda: kept, seconds=0)
    kept.append(local())
    assert deadline(key="kn.accept", anchor=date(2027, 3, 1)).term == "7 wd"
    loading.refresh()
    assert deadline(key="kn.accept", anchor=date(2027, 3, 1)).term == "5 wd"
    assert deadline(key="kn.accept", anchor=date(2027, 2, 26)).term == "7 wd"
    loading.forget()
    assert load_rulebook() is shipped_rulebook()


def test_a_version_that_the_files_have_overtaken_is_left_out_and_told() -> None:
    book, unfit = merged([local(), local("kn.settle1", **{"from": "2012-07-01", "term": "9 d"})])
    assert len(book.rule("kn.accept").versions) == 3
    assert book.rule("kn.settle1") == shipped_rulebook().rule("kn.settle1")
    assert [item.key for item in unfit] == ["kn.settle1"]


def test_a_fact_gets_a_new_version_too() -> None:
    version = LocalVersion.from_json(
        "tcd.chair_commune.min_days",
        {
            "from": "2027-01-01", "value": "4/month", "text_vi": "ngày", "text_en": "days",
            "basis_vi": "Quy chế", "basis_en": "Regulation", "document": "QĐ 1", "evidence": "P",
        },
    )  # fmt: skip
    book = rulebook_with(version)
    assert str(book.value("tcd.chair_commune.min_days", on=date(2027, 1, 1))) == "4/month"
    assert str(book.value("tcd.chair_commune.min_days", on=date(2026, 12, 31))) == "2/month"


def test_a_rule_that_had_ended_begins_anew() -> None:
    table = table_of("tcd.chair_district.min_days")["version"][-1]
    fields = {name: table[name] for name in table if name not in ("from", "to")}
    version = LocalVersion.from_json("tcd.chair_district.min_days", fields | {"from": "2027-01-01"})
    fact = rulebook_with(version).fact("tcd.chair_district.min_days")
    assert [v.valid_from.year for v in fact.versions] == [2014, 2027]
    assert fact.version(on=date(2026, 1, 1)) is None
