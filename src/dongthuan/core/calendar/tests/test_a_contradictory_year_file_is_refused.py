"""A yearly file that contradicts the statutes or itself never becomes a calendar."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dongthuan.core.calendar import CalendarError
from dongthuan.core.calendar.files import data_folder, parse_year, read_statute

STATUTE = read_statute()


def year_2026() -> dict[str, Any]:
    return tomllib.loads((data_folder() / "2026.toml").read_text(encoding="utf-8"))


def off(raw: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(entry for entry in raw["off"] if entry["kind"] == kind)


def test_the_shipped_file_is_accepted() -> None:
    assert parse_year(year_2026(), year=2026, statute=STATUTE).signed_off is True


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda raw: off(raw, "tet")["days"].pop(), "must have 5 days"),
        (lambda raw: raw["off"].remove(off(raw, "culture_day")), "must have 1 days"),
        (lambda raw: raw["off"].remove(off(raw, "compensation")), "days off in lieu"),
        (lambda raw: off(raw, "compensation").update(days=[date(2026, 4, 25)]), "in lieu"),
        (lambda raw: off(raw, "compensation").pop("for"), "lacks its 'for'"),
        (lambda raw: raw["swap"][0].update(work=date(2026, 1, 9)), "must trade a weekday"),
        (lambda raw: raw["swap"][0].update(source="nobody"), "missing or wrong 'nobody'"),
        (lambda raw: raw["off"].append(dict(off(raw, "victory"))), "repeated or foreign day"),
        (lambda raw: raw.update(signed_of=True), "unknown key signed_of"),
        (lambda raw: raw.update(year=2025), "wrong year"),
        (lambda raw: off(raw, "victory").update(kind="moon_day"), "unknown holiday moon_day"),
        (lambda raw: raw.pop("off"), "missing or wrong 'off'"),
        (lambda raw: raw["source"][0].update(evidence="X"), "unknown mark X"),
    ],
)
def test_it_is_refused_with_the_year_and_the_reason(
    spoil: Callable[[dict[str, Any]], Any], why: str
) -> None:
    raw = year_2026()
    spoil(raw)
    with pytest.raises(CalendarError) as refused:
        parse_year(raw, year=2026, statute=STATUTE)
    assert refused.value.en.startswith("Calendar file 2026.toml: ")
    assert why in refused.value.en
