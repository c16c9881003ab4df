"""Pauses stop the clock and extensions lengthen it, each with its document."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dongthuan.core.law import Extension, Pause, RuleError, deadline


def test_a_pause_over_a_weekend_costs_only_its_working_days() -> None:
    # Without the pause: Friday 10 July. Friday 3 to Monday 6 July are stopped.
    pause = Pause(date(2026, 7, 3), date(2026, 7, 7), "chờ giám định", "QĐ 15/QĐ-UBND")
    result = deadline(key="kn.accept", anchor=date(2026, 7, 1), pauses=[pause])
    assert result.due_on == date(2026, 7, 14)


def test_calendar_days_lose_every_day_of_the_pause_and_the_day_of_resumption_counts() -> None:
    pause = Pause(date(2026, 3, 10), date(2026, 3, 20))
    result = deadline(key="kn.settle1", anchor=date(2026, 3, 2), pauses=[pause])
    assert result.nominal_due_on == date(2026, 4, 11)
    assert result.due_on == date(2026, 4, 13)


def test_a_pause_on_the_last_day_stops_it() -> None:
    pause = Pause(date(2026, 4, 1), date(2026, 4, 2))
    result = deadline(key="kn.settle1", anchor=date(2026, 3, 2), pauses=[pause])
    assert result.due_on == date(2026, 4, 2)


def test_overlapping_pauses_count_once() -> None:
    one = Pause(date(2026, 3, 10), date(2026, 3, 16), document="QĐ 1")
    two = Pause(date(2026, 3, 13), date(2026, 3, 20), document="QĐ 2")
    result = deadline(key="kn.settle1", anchor=date(2026, 3, 2), pauses=[two, one])
    assert result.nominal_due_on == date(2026, 4, 11)
    assert [s.document for s in result.steps if s.code == "pause"] == ["QĐ 1", "QĐ 2"]


def test_a_pause_is_clipped_to_the_term() -> None:
    early = Pause(date(2026, 2, 20), date(2026, 3, 5))
    result = deadline(key="kn.settle1", anchor=date(2026, 3, 2), pauses=[early])
    assert result.nominal_due_on == date(2026, 4, 3)


@pytest.mark.parametrize(
    "pause",
    [
        Pause(date(2026, 1, 5), date(2026, 2, 1), document="QĐ 7"),
        Pause(date(2026, 6, 1), date(2026, 7, 1), document="QĐ 7"),
        Pause(date(2026, 3, 10), date(2026, 3, 10), document="QĐ 7"),
    ],
)
def test_a_pause_outside_the_term_is_told_and_changes_nothing(pause: Pause) -> None:
    result = deadline(key="kn.settle1", anchor=date(2026, 3, 2), pauses=[pause])
    assert result.due_on == date(2026, 4, 1)
    assert [s.document for s in result.steps if s.code == "pause_no_effect"] == ["QĐ 7"]


def test_a_pause_that_begins_while_the_end_rolls_forward_holds_it_back() -> None:
    # The term ends on Sunday 5 April; Monday and Tuesday are stopped.
    pause = Pause(date(2026, 4, 6), date(2026, 4, 8), document="QĐ 8")
    result = deadline(key="kn.settle1", anchor=date(2026, 3, 6), pauses=[pause])
    assert result.due_on == date(2026, 4, 8)
    assert [s.document for s in result.steps if s.code == "pause"] == ["QĐ 8"]


def test_an_open_pause_is_computed_as_if_it_ended_today_and_is_marked() -> None:
    pause = Pause(date(2026, 3, 10), None, "bất khả kháng", "QĐ 9")
    result = deadline(
        key="kn.settle1",
        anchor=date(2026, 3, 2),
        pauses=[pause],
        now=datetime(2026, 3, 20, 8, 0),
    )
    assert (result.open, result.nominal_due_on) == (True, date(2026, 4, 11))
    assert [s.code for s in result.steps if s.code.startswith("pause")] == ["pause_open"]


def test_an_open_pause_that_begins_later_than_today_stops_nothing_yet() -> None:
    result = deadline(
        key="kn.settle1",
        anchor=date(2026, 3, 2),
        pauses=[Pause(date(2026, 3, 25))],
        now=datetime(2026, 3, 20, 8, 0),
    )
    assert (result.open, result.due_on) == (True, date(2026, 4, 1))


def test_a_pause_stops_hours_for_whole_days() -> None:
    result = deadline(
        key="pa.classify",
        anchor=datetime(2026, 9, 8, 23, 0),
        pauses=[Pause(date(2026, 9, 9), date(2026, 9, 11))],
    )
    assert result.due_at is not None
    assert result.due_at.isoformat() == "2026-09-11T23:00:00+07:00"


def test_an_extension_runs_on_from_the_nominal_end() -> None:
    # 30 days end on Sunday 1 November; the extension starts there and not on Monday.
    result = deadline(
        key="tc.settle",
        anchor=date(2026, 10, 2),
        conditions={"complex"},
        extensions=[Extension("30 d", "QĐ 20/QĐ-UBND", "nhiều địa điểm")],
    )
    assert (result.nominal_due_on, result.due_on) == (date(2026, 12, 1), date(2026, 12, 1))
    step = next(step for step in result.steps if step.code == "extension")
    assert step.document == "QĐ 20/QĐ-UBND" and "nhiều địa điểm" in step.text_vi


def test_a_very_complex_denunciation_is_extended_twice() -> None:
    twice = [Extension("30 d", "QĐ 1"), Extension("30 d", "QĐ 2")]
    result = deadline(
        key="tc.settle", anchor=date(2026, 3, 2), conditions={"very_complex"}, extensions=twice
    )
    assert result.nominal_due_on == date(2026, 5, 31)


@pytest.mark.parametrize(
    ("conditions", "extensions"),
    [
        ((), [Extension("30 d", "QĐ 1")]),
        (("complex",), [Extension("30 d", "QĐ 1"), Extension("30 d", "QĐ 2")]),
        (("very_complex",), [Extension("30 d", f"QĐ {n}") for n in range(3)]),
        (("complex",), [Extension("31 d", "QĐ 1")]),
        (("complex",), [Extension("30 wd", "QĐ 1")]),
        (("complex",), [Extension("30 d", " ")]),
        (("complex",), [Extension("soon", "QĐ 1")]),
        (("complex",), [Extension("3 h", "QĐ 1")]),
    ],
)
def test_an_extension_the_law_does_not_allow_is_refused(
    conditions: tuple[str, ...], extensions: list[Extension]
) -> None:
    with pytest.raises(RuleError) as refused:
        deadline(
            key="tc.settle",
            anchor=date(2026, 3, 2),
            conditions=conditions,
            extensions=extensions,
        )
    assert refused.value.vi.endswith(".") and refused.value.en.endswith(".")


def test_an_extension_in_days_can_follow_a_term_in_working_days() -> None:
    result = deadline(
        key="tctt.complex", anchor=date(2026, 7, 1), extensions=[Extension("15 d", "CV 3")]
    )
    assert (result.nominal_due_on, result.due_on) == (date(2026, 8, 6), date(2026, 8, 6))
