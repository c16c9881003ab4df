"""Every bad question gets one sentence in two languages, never another traceback."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from dongthuan.core.calendar import CalendarError
from dongthuan.core.law import (
    Extension,
    Pause,
    RuleError,
    Term,
    deadline,
    load_rulebook,
    parse_datetime,
    parse_pause,
)

DAY = date(2026, 8, 28)
EARLY = date(2026, 6, 1)
FAR_EAST = timezone(timedelta(hours=14))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: deadline(key="kn.nothing", anchor=DAY),
        lambda: deadline(key=None, anchor=DAY),
        lambda: deadline(key="kn.accept", anchor=date.max),
        lambda: deadline(key="kn.accept", anchor=date.min),
        lambda: deadline(key="kn.accept", anchor=datetime.max.replace(tzinfo=UTC)),
        lambda: deadline(key="kn.accept", anchor=datetime.min.replace(tzinfo=FAR_EAST)),
        lambda: deadline(key="kn.accept", anchor="2026-08-28"),
        lambda: deadline(key="kn.accept", anchor=None),
        lambda: deadline(key="kn.accept", anchor=date(2030, 12, 30)),
        lambda: deadline(
            key="kn.suspend_notice", anchor=date(2026, 6, 1), now=datetime(2026, 6, 2)
        ),
        lambda: deadline(key="kn.accept", anchor=DAY, conditions=["Remote"]),
        lambda: deadline(key="kn.accept", anchor=DAY, conditions=[["remote"]]),
        lambda: deadline(key="kn.accept", anchor=DAY, conditions=3),
        lambda: deadline(key="kn.accept", anchor=DAY, now="today"),
        lambda: deadline(key="kn.accept", anchor=DAY, pauses=[Pause(DAY, date(2026, 8, 27))]),
        lambda: deadline(key="kn.accept", anchor=DAY, pauses=[Pause(DAY, date.max)]),
        lambda: deadline(key="kn.accept", anchor=DAY, pauses=[Pause("x", DAY)]),
        lambda: deadline(key="kn.accept", anchor=DAY, pauses=["2026-09-01..2026-09-02"]),
        lambda: deadline(key="kn.accept", anchor=DAY, extensions=["30 d"]),
        lambda: deadline(key="kn.accept", anchor=DAY, extensions=[Extension("-3 d", "QĐ 1")]),
        lambda: deadline(key="kn.accept", anchor=DAY, extensions=[Extension("9999 d", "QĐ 1")]),
        lambda: deadline(key="kn.accept", anchor=DAY, extensions=[Extension("9 d", None)]),
        lambda: deadline(key="pa.classify", anchor=DAY),
        lambda: deadline(key="dc.post_min", anchor=DAY, pauses=[Pause(DAY, date(2026, 9, 1))]),
        lambda: deadline(key="kn.dialogue_notice", anchor=DAY, extensions=[Extension("1 d", "1")]),
        lambda: load_rulebook().version("kn.accept", datetime(2026, 8, 28)),
        lambda: load_rulebook().version("kn.accept", date(2012, 6, 30)),
    ],
)
def test_it_is_refused_with_one_sentence_in_both_languages(ask: Callable[[], Any]) -> None:
    with pytest.raises((RuleError, CalendarError)) as refused:
        ask()
    assert refused.value.vi.endswith(".") and refused.value.en.endswith(".")
    assert "\n" not in refused.value.vi + refused.value.en


def test_a_rule_not_yet_in_force_says_since_when_it_is() -> None:
    with pytest.raises(RuleError) as refused:
        load_rulebook().version("kn.dialogue_notice", date(2026, 6, 30))
    assert refused.value.vi == (
        "Quy tắc 'kn.dialogue_notice' không có hiệu lực vào ngày 30/06/2026 "
        "(có hiệu lực từ 01/07/2026)."
    )


@pytest.mark.parametrize(
    "text", ["", "0 d", "-1 d", "7", "7 days", "07 wd", "1.5 d", "7  wd", "99999 d", "٧ d", None]
)
def test_a_text_that_is_no_term_is_refused(text: Any) -> None:
    with pytest.raises(RuleError):
        Term.parse(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-08-28", date(2026, 8, 28)),
        (" 2026-08-28 ", date(2026, 8, 28)),
        ("2026-08-28T09:30", datetime(2026, 8, 28, 2, 30, tzinfo=UTC)),
        ("2026-08-28 09:30:15", datetime(2026, 8, 28, 2, 30, 15, tzinfo=UTC)),
        ("2026-08-28T18:00Z", datetime(2026, 8, 28, 18, 0, tzinfo=UTC)),
        ("2026-08-28T09:30+09:00", datetime(2026, 8, 28, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_date_or_moment_is_read(text: str, found: date | datetime) -> None:
    assert parse_datetime(text) == found
    assert type(parse_datetime(text)) is type(found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "28/08/2026",
        "2026-8-28",
        "2026-02-30",
        "20260828",
        "2026-W35-5",
        "2026-08-28T25:00",
        "2026-08-28T09:30+99:00",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59Z",
        "0000-01-01",
        "tomorrow",
        None,
    ],
)
def test_what_is_no_date_is_refused(text: Any) -> None:
    with pytest.raises(RuleError) as refused:
        parse_datetime(text)
    assert refused.value.vi.endswith(".")


def test_a_pause_is_read_with_and_without_its_end() -> None:
    assert parse_pause("2026-09-07..2026-09-10") == Pause(date(2026, 9, 7), date(2026, 9, 10))
    assert parse_pause("2026-09-07..") == Pause(date(2026, 9, 7), None)


@pytest.mark.parametrize("text", ["", "..", "2026-09-07", "..2026-09-07", "a..b", "1..2..3", None])
def test_what_is_no_pause_is_refused(text: Any) -> None:
    with pytest.raises(RuleError):
        parse_pause(text)


def test_the_error_survives_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(RuleError("Sai.", "Wrong.")))
    assert (error.vi, error.en) == ("Sai.", "Wrong.")
