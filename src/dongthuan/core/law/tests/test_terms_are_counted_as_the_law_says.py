"""The vectors of the law: versions, conditions, Tết, months, hours, counting back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from dongthuan.core.law import deadline, load_rulebook
from dongthuan.core.law.rulebook import build_rulebook
from dongthuan.core.law.terms import add_months


def due(key: str, anchor: date | datetime, *conditions: str) -> date:
    return deadline(key=key, anchor=anchor, conditions=conditions).due_on


def test_a_complaint_received_on_30_june_2026_keeps_the_ten_days() -> None:
    result = deadline(key="kn.accept", anchor=date(2026, 6, 30))
    assert (result.term, result.due_on) == ("10 d", date(2026, 7, 10))
    assert result.basis == "Điều 27 và Điều 36 Luật Khiếu nại 2011"


def test_a_complaint_received_on_1_july_2026_has_seven_working_days() -> None:
    result = deadline(key="kn.accept", anchor=date(2026, 7, 1))
    assert (result.term, result.due_on) == ("7 wd", date(2026, 7, 10))
    assert "Nghị định 155/2026/NĐ-CP" in result.basis


def test_a_pending_complaint_keeps_its_anchored_version_later_on() -> None:
    later = datetime(2026, 11, 23, 9, 0)
    assert deadline(key="kn.accept", anchor=date(2026, 6, 30), now=later).term == "10 d"


@pytest.mark.parametrize(
    ("conditions", "first", "second"),
    [
        ((), ("30 d", date(2026, 4, 1)), ("45 d", date(2026, 4, 16))),
        (("complex",), ("45 d", date(2026, 4, 16)), ("60 d", date(2026, 5, 4))),
        (("remote",), ("45 d", date(2026, 4, 16)), ("60 d", date(2026, 5, 4))),
        (("remote", "complex"), ("60 d", date(2026, 5, 4)), ("70 d", date(2026, 5, 11))),
    ],
)
def test_settlement_has_four_terms(
    conditions: tuple[str, ...], first: tuple[str, date], second: tuple[str, date]
) -> None:
    # 60 days from 2 March end on Friday 1 May: a holiday before a weekend.
    anchor = date(2026, 3, 2)
    one = deadline(key="kn.settle1", anchor=anchor, conditions=conditions)
    two = deadline(key="kn.settle2", anchor=anchor, conditions=frozenset(conditions))
    assert (one.term, one.due_on) == first
    assert (two.term, two.due_on) == second


def test_working_days_jump_over_tet() -> None:
    assert due("kn.accept", date(2026, 7, 1)) == date(2026, 7, 10)
    assert due("tc.initial", date(2026, 2, 12)) == date(2026, 3, 2)


def test_calendar_days_run_through_tet_but_do_not_end_in_it() -> None:
    result = deadline(key="kn.settle1", anchor=date(2026, 1, 19))
    assert (result.nominal_due_on, result.due_on) == (date(2026, 2, 18), date(2026, 2, 23))


def test_a_term_ending_on_sunday_26_april_2026_moves_to_tuesday() -> None:
    # Hùng Kings' Day on Sunday gives Monday off.
    assert due("kn.settle1", date(2026, 3, 27)) == date(2026, 4, 28)


def test_a_term_ending_on_24_november_moves_on_from_2026_only() -> None:
    assert due("kn.settle1", date(2026, 10, 25)) == date(2026, 11, 25)
    assert due("kn.settle1", date(2025, 10, 25)) == date(2025, 11, 24)


def test_a_saturday_worked_counts_in_the_term() -> None:
    result = deadline(key="tc.transfer", anchor=date(2026, 1, 5))
    assert result.due_on == date(2026, 1, 10)
    worked = [step for step in result.steps if step.date == date(2026, 1, 10)]
    assert "Làm bù cho ngày nghỉ hoán đổi 02/01/2026" in worked[0].text_vi


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_a_month_without_the_day_ends_on_its_last(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_a_term_in_months_says_why_it_ends_on_the_last_day() -> None:
    result = deadline(key="dc.initiative_valid", anchor=date(2025, 11, 30))
    assert (result.nominal_due_on, result.due_on) == (date(2026, 2, 28), date(2026, 3, 2))
    assert any("lấy ngày cuối tháng" in step.text_vi for step in result.steps)


def test_hours_are_exact_and_stand_on_the_clock_of_viet_nam() -> None:
    result = deadline(key="pa.classify", anchor=datetime(2026, 9, 1, 18, 30, tzinfo=UTC))
    assert result.due_at is not None
    assert result.due_at.isoformat() == "2026-09-03T01:30:00+07:00"
    assert result.due_on == date(2026, 9, 3)


def test_an_hour_before_a_reception_can_lie_on_the_day_before() -> None:
    result = deadline(key="tcd.online.connect", anchor=datetime(2026, 9, 3, 0, 30))
    assert result.due_at is not None
    assert result.due_at.isoformat() == "2026-09-02T23:30:00+07:00"


def test_a_moment_late_in_utc_is_the_next_legal_day() -> None:
    evening = datetime(2026, 8, 27, 18, 0, tzinfo=UTC)
    assert due("kn.accept", evening) == due("kn.accept", date(2026, 8, 28))
    tokyo = timezone(timedelta(hours=9))
    assert due("kn.accept", datetime(2026, 8, 28, 1, 0, tzinfo=tokyo)) == date(2026, 9, 10)


def test_working_days_before_an_event_are_counted_back() -> None:
    assert due("tcd.schedule_post", date(2026, 9, 9)) == date(2026, 8, 28)


def test_days_before_an_event_leave_the_whole_notice() -> None:
    assert due("kn.dialogue_notice", date(2026, 9, 9)) == date(2026, 9, 4)


def test_a_notice_due_on_a_day_off_moves_back_and_not_forward() -> None:
    result = deadline(key="kn.dialogue_notice", anchor=date(2026, 9, 7))
    assert (result.nominal_due_on, result.due_on) == (date(2026, 9, 2), date(2026, 8, 28))


def test_a_least_time_of_posting_does_not_move_to_a_working_day() -> None:
    assert due("dc.post_min", date(2026, 8, 6)) == date(2026, 9, 5)


def test_a_term_of_office_may_end_beyond_the_calendar() -> None:
    result = deadline(key="dc.village_term", anchor=date(2026, 9, 8))
    assert (result.due_on, result.signed_off) == (date(2031, 9, 8), True)


def test_an_immediate_version_takes_over_pending_cases_from_its_first_day() -> None:
    text = """
[law]
id = "x"
name_vi = "x"
name_en = "x"
[[rule]]
key = "x.old_new"
name_vi = "x"
name_en = "x"
anchor = "received"
[[rule.version]]
from = 2020-01-01
to = 2026-06-30
term = "10 d"
basis_vi = "cũ"
basis_en = "old"
document = "1"
evidence = "P"
[[rule.version]]
from = 2026-07-01
term = "20 d"
basis_vi = "mới"
basis_en = "new"
document = "2"
transition = "{mode}"
evidence = "P"
"""
    terms = {}
    for mode in ("immediate", "anchored"):
        book = build_rulebook({"x.toml": text.replace("{mode}", mode)})
        for now in (datetime(2026, 6, 30, 23, 59), datetime(2026, 7, 1, 0, 0)):
            result = deadline(key="x.old_new", anchor=date(2026, 6, 26), now=now, rulebook=book)
            terms[mode, now.month] = result.term
            took_over = any(step.code == "transition" for step in result.steps)
            assert took_over is (result.term == "20 d")
    assert terms == {
        ("immediate", 6): "10 d",
        ("immediate", 7): "20 d",
        ("anchored", 6): "10 d",
        ("anchored", 7): "10 d",
    }


def test_the_notice_of_suspension_applies_to_complaints_pending_on_1_july_2026() -> None:
    result = deadline(
        key="kn.suspend_notice", anchor=date(2026, 6, 30), now=datetime(2026, 7, 2, 8, 0)
    )
    assert result.due_on == date(2026, 7, 3)


@pytest.mark.parametrize(
    ("key", "conditions", "term"),
    [
        ("xld.process", (), "10 wd"),
        ("xld.transfer", (), "5 wd"),
        ("tcd.result_notice", (), "10 wd"),
        ("kn.send_decision1", (), "3 wd"),
        ("kn.send_decision2", (), "7 d"),
        ("kn.publish", (), "15 d"),
        ("kn.post_min", (), "15 d"),
        ("kn.effect_after", (), "30 d"),
        ("kn.effect_after", ("remote",), "45 d"),
        ("kn.suspend_notice", (), "3 wd"),
        ("kn.dialogue_notice", (), "5 d"),
        ("kn.time_limit", (), "90 d"),
        ("kn.second_within", (), "30 d"),
        ("kn.second_within", ("remote",), "45 d"),
        ("tc.initial", (), "7 wd"),
        ("tc.initial", ("multi_place",), "10 wd"),
        ("tc.transfer", (), "5 wd"),
        ("tc.accept_notice", (), "5 wd"),
        ("tc.settle", (), "30 d"),
        ("tc.send_conclusion", (), "5 wd"),
        ("tc.handle", (), "7 wd"),
        ("tc.publish", (), "7 wd"),
        ("knpa.answer", (), "30 d"),
        ("pa.answer", (), "7 wd"),
        ("pakn.transfer", (), "5 wd"),
        ("xld.reply_to_sender", (), "5 wd"),
        ("tcd.transfer_feedback", (), "7 wd"),
        ("xld.store_ineligible", (), "1 year"),
        ("dc.send_decision", (), "5 wd"),
        ("dc.recognise", (), "5 wd"),
        ("dc.consult_min", (), "20 d"),
        ("dc.gsdtcd.notice", (), "45 d"),
        ("mttq.criticism.draft_before", (), "15 d"),
        ("it.downtime_notice", (), "7 wd"),
        ("pd.data_subject_reply", (), "2 wd"),
    ],
)
def test_the_term_in_force_on_23_november_2026(
    key: str, conditions: tuple[str, ...], term: str
) -> None:
    version = load_rulebook().version(key, date(2026, 11, 23))
    assert str(version.term_for(frozenset(conditions))) == term
