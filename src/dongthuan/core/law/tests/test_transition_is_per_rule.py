"""A complaint received on 12 and accepted on 20 June 2026 lives under both laws, rule by rule.

Decree 155/2026/NĐ-CP, Art. 22.1: withdrawal, suspension, ending and dialogue follow the new rules
for cases accepted before 1 July 2026 and not yet decided; everything else stays with its anchor.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dongthuan.core.law import RuleError, deadline, shipped_rulebook

RECEIVED = date(2026, 6, 12)
ACCEPTED = date(2026, 6, 20)
EVE, DAY = date(2026, 6, 30), date(2026, 7, 1)
IN_JULY = datetime(2026, 7, 15, 3, tzinfo=UTC)


def test_the_acceptance_keeps_its_ten_days() -> None:
    found = deadline(key="kn.accept", anchor=RECEIVED, now=IN_JULY)
    assert (found.term, found.due_on) == ("10 d", date(2026, 6, 22))
    assert found.version_from == date(2012, 7, 1)


def test_a_complaint_of_july_has_seven_working_days() -> None:
    assert deadline(key="kn.accept", anchor=date(2026, 7, 1), now=IN_JULY).term == "7 wd"


@pytest.mark.parametrize("key", ["kn.suspend", "kn.withdraw_part", "kn.withdraw_some"])
def test_suspension_and_withdrawal_open_on_the_first_of_july(key: str) -> None:
    book = shipped_rulebook()
    assert not book.holds(key, on=EVE, anchor=ACCEPTED)
    assert book.holds(key, on=DAY, anchor=ACCEPTED)


def test_the_grounds_to_suspend_and_to_end_are_the_new_ones() -> None:
    book = shipped_rulebook()
    with pytest.raises(RuleError):
        book.value("kn.suspend_grounds", on=EVE, anchor=ACCEPTED)
    assert book.value("kn.suspend_grounds", on=DAY, anchor=ACCEPTED).codes == ("a", "b")
    assert book.value("kn.terminate_grounds", on=EVE, anchor=ACCEPTED).codes == ("a",)
    assert book.value("kn.terminate_grounds", on=DAY, anchor=ACCEPTED).codes == ("a", "b")


def test_the_dialogue_goes_by_the_new_rules() -> None:
    book = shipped_rulebook()
    assert book.value("kn.dialogue_absent", on=DAY, anchor=ACCEPTED).code == "continue"
    assert book.fact_version("kn.dialogue2", on=DAY, anchor=ACCEPTED).document == "155/2026/NĐ-CP"
    notice = deadline(key="kn.dialogue_notice", anchor=date(2026, 7, 20), now=IN_JULY)
    assert (notice.term, notice.due_on) == ("5 d", date(2026, 7, 15))


def test_the_criteria_of_complexity_stay_with_the_new_cases() -> None:
    book = shipped_rulebook()
    assert book.fact("kn.complex_criteria").version(on=DAY, anchor=ACCEPTED) is None
    assert len(book.value("kn.complex_criteria", on=DAY, anchor=DAY)) == 7


def test_the_second_level_moved_with_the_districts() -> None:
    book = shipped_rulebook()
    pending = date(2025, 6, 20)
    assert book.value("kn.second_instance", on=date(2025, 6, 30)).code == "chair_district"
    assert (
        book.value("kn.second_instance", on=date(2025, 7, 1), anchor=pending).code
        == "chair_province"
    )


def test_a_denunciation_accepted_before_follows_the_new_decree_at_once() -> None:
    book = shipped_rulebook()
    version = book.fact_version("tc.withdraw_continue", on=DAY, anchor=ACCEPTED)
    assert version.document == "156/2026/NĐ-CP"
