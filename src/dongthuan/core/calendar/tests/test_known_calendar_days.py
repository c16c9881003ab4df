"""The days that officials and papers know: holidays, days in lieu, swaps, sign-off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dongthuan.core.calendar import load_calendar

CALENDAR = load_calendar()


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2024, 2, 10), "Tết Nguyên đán"),
        (date(2024, 4, 18), "Giỗ Tổ Hùng Vương"),
        (date(2024, 9, 2), "Quốc khánh"),
        (date(2025, 1, 29), "Tết Nguyên đán"),
        (date(2025, 4, 7), "Giỗ Tổ Hùng Vương"),
        (date(2025, 9, 2), "Quốc khánh"),
        (date(2026, 2, 17), "Tết Nguyên đán"),
        (date(2026, 4, 26), "Giỗ Tổ Hùng Vương"),
        (date(2026, 9, 2), "Quốc khánh"),
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),
        (date(2027, 2, 6), "Tết Nguyên đán"),
        (date(2027, 4, 16), "Giỗ Tổ Hùng Vương"),
        (date(2027, 11, 24), "Ngày Văn hóa Việt Nam"),
    ],
)
def test_a_holiday_is_off_and_named(day: date, holiday: str) -> None:
    found = CALENDAR.day(day)
    assert found.working is False
    assert found.reason_vi == holiday
    assert found.source


@pytest.mark.parametrize(
    "day",
    [
        date(2028, 1, 26),
        date(2028, 4, 4),
        date(2029, 2, 13),
        date(2029, 4, 23),
        date(2029, 11, 26),
        date(2030, 4, 12),
        date(2030, 11, 25),
    ],
)
def test_the_proposed_years_have_the_vietnamese_lunar_holidays(day: date) -> None:
    found = CALENDAR.day(day)
    assert (found.working, found.signed_off) == (False, False)
    assert found.source is not None and found.source.startswith("Dự kiến theo gói holidays")


def test_tet_2030_begins_on_2_february_in_viet_nam_and_not_on_the_chinese_day() -> None:
    names = {day.date: day.name_vi for day in CALENDAR.year(2030).days_off}
    assert names[date(2030, 2, 2)] == "Tết Nguyên Đán"


def test_24_november_was_a_working_day_before_2026() -> None:
    assert CALENDAR.is_working_day(date(2025, 11, 24)) is True
    assert CALENDAR.is_working_day(date(2026, 11, 24)) is False


def test_a_holiday_on_sunday_gives_the_monday_after() -> None:
    monday = CALENDAR.day(date(2026, 4, 27))
    assert monday.working is False
    assert monday.reason_vi == "Nghỉ bù ngày lễ trùng cuối tuần (26/04/2026)"
    assert monday.source == "Khoản 3 Điều 111 Bộ luật Lao động 2019"


@pytest.mark.parametrize(
    ("off", "worked", "document"),
    [
        (date(2019, 4, 29), date(2019, 5, 4), "6519/VPCP-KGVX"),
        (date(2024, 4, 29), date(2024, 5, 4), "2450/VPCP-KGVX"),
        (date(2025, 5, 2), date(2025, 4, 26), "6150/TB-BLĐTBXH"),
        (date(2026, 1, 2), date(2026, 1, 10), "12729/VPCP-KGVX"),
        (date(2026, 8, 31), date(2026, 8, 22), "9441/TB-BNV"),
    ],
)
def test_a_swap_gives_one_day_off_and_one_saturday_worked(
    off: date, worked: date, document: str
) -> None:
    given, taken = CALENDAR.day(off), CALENDAR.day(worked)
    assert (given.working, taken.working) == (False, True)
    assert document in (given.source or "") and document in (taken.source or "")
    assert f"{worked:%d/%m/%Y}" in (given.reason_vi or "")
    assert f"{off:%d/%m/%Y}" in (taken.reason_vi or "")


def test_a_saturday_worked_for_a_day_of_the_year_before_is_kept() -> None:
    assert CALENDAR.is_working_day(date(2019, 1, 5)) is True


def test_the_unconfirmed_swap_of_november_2026_is_noted_but_not_applied() -> None:
    assert CALENDAR.is_working_day(date(2026, 11, 23)) is True
    assert CALENDAR.is_working_day(date(2026, 11, 28)) is False
    assert "23/11" in CALENDAR.year(2026).notes_vi[0]


def test_an_ordinary_working_day_needs_no_reason() -> None:
    day = CALENDAR.day(date(2026, 8, 28))
    assert (day.working, day.reason_vi, day.source, day.signed_off) == (True, None, None, True)


def test_only_years_with_an_established_decision_are_signed_off() -> None:
    signed = [year for year in range(2019, 2031) if CALENDAR.year(year).signed_off]
    assert signed == [2019, 2021, 2022, 2023, 2024, 2025, 2026]


def test_a_year_not_signed_off_says_so() -> None:
    assert CALENDAR.year(2027).status_vi == "lịch dự kiến, chưa ký duyệt"
    assert CALENDAR.year(2026).status_vi == "đã ký duyệt"


def test_a_year_as_json_names_its_documents_swaps_and_count() -> None:
    year = CALENDAR.year(2026).as_json()
    assert year["working_days"] == 249
    assert {"off": "2026-01-02", "work": "2026-01-10"}.items() <= year["swaps"][0].items()
    assert year["sources"][0]["document"] == "Thông báo 9441/TB-BNV của Bộ Nội vụ"
    assert year["days_off"][0]["date"] == "2026-01-01"


def test_the_calendar_differs_from_the_holidays_package_only_by_the_swap_it_lacks() -> None:
    import holidays

    package = holidays.country_holidays("VN", years=range(2019, 2028))
    differs = []
    day = date(2019, 1, 1)
    while day < date(2028, 1, 1):
        expected = day in package.weekend_workdays or (day.weekday() < 5 and day not in package)
        if CALENDAR.is_working_day(day) != expected:
            differs.append(day)
        day += timedelta(days=1)
    assert differs == [date(2026, 1, 2), date(2026, 1, 10)]
