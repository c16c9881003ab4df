"""Every line of the register of rules stands in the rulebook, with its value on each side of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dongthuan.core.law import RuleError, shipped_rulebook

DAY = timedelta(days=1)

# key, value, first day, last day (None: still in force)
VALUES = [
    ("tcd.chair_commune.min_days", "1/week", "2014-07-01", "2026-06-30"),
    ("tcd.chair_commune.min_days", "2/month", "2026-07-01", None),
    ("tcd.chair_commune.delegation", "true", "2014-07-01", "2026-06-30"),
    ("tcd.chair_commune.delegation", "false", "2026-07-01", None),
    ("tcd.chair_district.min_days", "2/month", "2014-07-01", "2025-06-30"),
    ("tcd.chair_province.min_days", "1/month", "2014-07-01", None),
    ("tcd.agency_head.min_days", "1/month", "2014-07-01", None),
    ("tcd.party_commune.min_days", "2/month", "2019-02-18", None),
    ("tcd.party_upper.min_days", "1/month", "2019-02-18", None),
    ("tcd.group_reps", "5-10: 2, 11-: 5", "2014-07-01", None),
    ("tcd.refusal_grounds", "L1, L2, L3", "2014-07-01", "2026-06-30"),
    ("tcd.refusal_grounds", "L1, L2, L3, a, b, c, d, đ, e, g, h, i, k", "2026-07-01", None),
    ("tcd.refusal_written", "L3, h", "2026-07-01", None),
    ("tcd.refusal_form", "01/TCD", "2026-07-01", None),
    ("tcd.receipt_form", "02/TCD", "2026-07-01", None),
    ("tcd.ledger_form", "TT 04/2021", "2021-11-15", "2026-06-30"),
    ("tcd.ledger_form", "03/TCD", "2026-07-01", None),
    ("tcd.national_db_sync", "true", "2026-07-01", None),
    ("tcd.large_group", ">= 5", "2014-07-01", None),
    ("tcd.online", "false", "2014-07-01", "2026-06-30"),
    ("tcd.online", "true", "2026-07-01", None),
    ("xld.transfer_once", "true", "2021-11-15", None),
    ("kn.suspend", "false", "2012-07-01", "2026-06-30"),
    ("kn.suspend", "true", "2026-07-01", None),
    ("kn.withdraw_part", "false", "2012-07-01", "2026-06-30"),
    ("kn.withdraw_part", "true", "2026-07-01", None),
    ("kn.second_instance", "chair_district", "2012-07-01", "2025-06-30"),
    ("kn.second_instance", "chair_province", "2025-07-01", None),
    ("kn.non_acceptance_grounds", "1, 2, 3, 4, 5, 6, 7, 8, 9", "2012-07-01", None),
    ("kn.complex_criteria", "a, b, c, d, đ, e, g", "2026-07-01", None),
    ("kn.dialogue2", "mandatory", "2012-07-01", None),
    ("kn.authorisation", "written", "2012-07-01", "2026-06-30"),
    ("kn.authorisation", "notarised_or_certified", "2026-07-01", "2026-12-31"),
    ("kn.authorisation", "certified", "2027-01-01", None),
    ("tc.acceptance_conditions", "a, b, c, d, settled", "2019-01-01", None),
    ("tc.complex_criteria", "a, b, c, d, đ, e, g", "2019-05-28", None),
    ("tc.very_complex", ">= 2", "2019-05-28", None),
    ("dc.vote", "> 1/2", "2007-07-01", "2023-06-30"),
    ("dc.vote.contrib", ">= 2/3", "2023-07-01", None),
    ("dc.vote.other", "> 1/2", "2023-07-01", None),
    ("dc.initiative", ">= 1/10", "2023-07-01", None),
    ("dc.cluster_meeting_from", ">= 200", "2023-07-01", None),
    ("dc.ballot_by_head_front", "item6_village", "2023-08-15", None),
    ("dc.convention.meeting_quorum", "> 1/2", "2023-08-16", None),
    ("dc.convention.review_day", "11-18", "2023-08-16", None),
    ("dc.ttnd.min_members", ">= 5", "2023-07-01", None),
    ("dc.gsdtcd.min_members", ">= 5", "2023-07-01", None),
    ("dc.dialogue", "1/year", "2023-07-01", None),
    ("mc.cutover_time", "15:00", "2018-06-21", None),
    ("mc.boundary_free", "false", "2018-06-21", "2025-06-30"),
    ("mc.boundary_free", "true", "2025-07-01", None),
    ("rpt.period.TTCP", "15-14", "2024-03-09", None),
    ("cal.holiday.2411", "false", "2021-01-01", "2026-06-30"),
    ("cal.holiday.2411", "true", "2026-07-01", None),
    ("doc.layout.state", "decree30", "2020-03-05", None),
    ("doc.layout.party", "party399", "2026-01-09", None),
]

TERMS = [
    ("tcd.schedule_post", "5 wd", "2014-07-01", None),
    ("tcd.result_notice", "10 wd", "2014-07-01", None),
    ("tcd.transfer_feedback", "7 wd", "2014-07-01", None),
    ("xld.reply_to_sender", "5 wd", "2014-07-01", None),
    ("tcd.refusal_notice", "3 wd", "2026-07-01", None),
    ("tcd.online.notice", "5 wd", "2026-07-01", None),
    ("tcd.online.test", "1 wd", "2026-07-01", None),
    ("tcd.online.connect", "1 h", "2026-07-01", None),
    ("xld.stale_alert", "45 d", "2026-07-01", None),
    ("xld.store_ineligible", "1 year", "2021-11-15", None),
    ("kn.accept", "10 d", "2012-07-01", "2026-06-30"),
    ("kn.accept", "7 wd", "2026-07-01", None),
    ("kn.settle1", "30 d", "2012-07-01", None),
    ("kn.settle2", "45 d", "2012-07-01", None),
    ("kn.time_limit", "90 d", "2012-07-01", None),
    ("kn.second_within", "30 d", "2012-07-01", None),
    ("kn.effect_after", "30 d", "2012-07-01", None),
    ("kn.dialogue_notice", "5 d", "2026-07-01", None),
    ("kn.suspend_notice", "3 wd", "2026-07-01", None),
    ("kn.resume_notice", "3 wd", "2026-07-01", None),
    ("kn.send_decision1", "3 wd", "2012-07-01", None),
    ("kn.send_decision2", "7 d", "2012-07-01", None),
    ("kn.publish", "15 d", "2012-11-20", None),
    ("kn.post_min", "15 d", "2012-11-20", None),
    ("kn.discipline.time_limit", "15 d", "2012-07-01", None),
    ("kn.discipline.accept", "10 d", "2012-07-01", "2026-06-30"),
    ("kn.discipline.accept", "7 wd", "2026-07-01", None),
    ("kn.discipline.settle", "30 d", "2012-07-01", None),
    ("kn.discipline.second_within", "10 d", "2012-07-01", None),
    ("tc.initial", "7 wd", "2019-01-01", None),
    ("tc.transfer", "5 wd", "2019-01-01", None),
    ("tc.accept_notice", "5 wd", "2019-01-01", None),
    ("tc.settle", "30 d", "2019-01-01", None),
    ("tc.suspend_notice", "5 wd", "2019-01-01", None),
    ("tc.send_conclusion", "5 wd", "2019-01-01", None),
    ("tc.handle", "7 wd", "2019-01-01", None),
    ("tc.handle_notice", "5 wd", "2019-01-01", None),
    ("tc.publish", "7 wd", "2019-01-01", None),
    ("tc.post_min", "15 d", "2019-05-28", None),
    ("tc.again", "20 d", "2019-01-01", None),
    ("tc.overdue_demand", "5 wd", "2019-01-01", None),
    ("tc.overdue_report", "5 wd", "2019-01-01", None),
    ("tc.forwarder_notice", "20 d", "2019-01-01", None),
    ("dc.publish_default", "5 wd", "2023-07-01", None),
    ("dc.post_min", "30 d", "2023-07-01", None),
    ("dc.loudspeaker_min", "3 d", "2023-07-01", None),
    ("dc.consult_min", "20 d", "2023-07-01", None),
    ("dc.initiative_valid", "3 months", "2023-07-01", None),
    ("dc.send_decision", "5 wd", "2023-07-01", None),
    ("dc.recognise", "5 wd", "2023-07-01", None),
    ("dc.village_term", "5 years", "2026-05-26", None),
    ("dc.gsdtcd.notice", "45 d", "2023-07-01", None),
    ("dc.reply_supervision", "15 d", "2023-07-01", None),
    ("mttq.criticism.draft_before", "15 d", "2016-01-01", None),
    ("mttq.supervision.hearing", "6 months", "2016-01-01", None),
    ("mc.return_incomplete", "3 wd", "2018-06-21", None),
    ("pakn.transfer", "5 wd", "2008-03-03", None),
    ("it.downtime_notice", "7 wd", "2026-07-01", None),
    ("pd.data_subject_reply", "72 h", "2023-07-01", "2025-12-31"),
    ("pd.data_subject_reply", "2 wd", "2026-01-01", None),
]

OUT_OF_TIME = date(2030, 1, 1)


@pytest.mark.parametrize(("key", "value", "first", "last"), VALUES)
def test_a_fact_of_the_register_is_in_the_rulebook(
    key: str, value: str, first: str, last: str | None
) -> None:
    book = shipped_rulebook()
    begin, end = date.fromisoformat(first), date.fromisoformat(last) if last else OUT_OF_TIME
    assert str(book.value(key, on=begin)) == value
    assert str(book.value(key, on=end)) == value
    for day in (begin - DAY, end + DAY):
        version = book.fact(key).version(on=day)
        assert version is None or str(version.value) != value or day > OUT_OF_TIME


@pytest.mark.parametrize(("key", "term", "first", "last"), TERMS)
def test_a_term_of_the_register_is_in_the_rulebook(
    key: str, term: str, first: str, last: str | None
) -> None:
    book = shipped_rulebook()
    begin, end = date.fromisoformat(first), date.fromisoformat(last) if last else OUT_OF_TIME
    assert str(book.version(key, begin).term) == term
    assert str(book.version(key, end).term) == term


def test_the_conditional_terms_of_complaints_and_denunciations() -> None:
    book, day = shipped_rulebook(), date(2026, 11, 25)
    both = frozenset({"remote", "complex"})

    def terms(key: str) -> list[str]:
        version = book.version(key, day)
        sets = (frozenset(), frozenset({"complex"}), frozenset({"remote"}), both)
        return [str(version.term_for(facts)) for facts in sets]

    assert terms("kn.settle1") == ["30 d", "45 d", "45 d", "60 d"]
    assert terms("kn.settle2") == ["45 d", "60 d", "60 d", "70 d"]
    assert terms("kn.second_within") == ["30 d", "30 d", "45 d", "45 d"]
    initial = book.version("tc.initial", day)
    assert str(initial.term_for(frozenset({"multi_place"}))) == "10 wd"
    settle = book.version("tc.settle", day)
    assert settle.extension_for(frozenset({"complex"})).times == 1
    assert settle.extension_for(frozenset({"very_complex"})).times == 2


def test_the_sets_of_forms_follow_one_another() -> None:
    book = shipped_rulebook()
    assert "12-KN" in book.value("kn.forms", on=date(2020, 12, 9)).codes
    assert "14b" in book.value("kn.forms", on=date(2026, 7, 1)).codes
    assert [v.document for v in book.fact("rpt.form_set").versions] == [
        "02/2021/TT-TTCP", "01/2024/TT-TTCP", "06/2025/TT-TTCP",
    ]  # fmt: skip


def test_what_was_not_in_force_is_refused_in_one_sentence() -> None:
    with pytest.raises(RuleError) as refused:
        shipped_rulebook().value("tcd.chair_district.min_days", on=date(2025, 7, 1))
    assert refused.value.vi.startswith("Quy tắc 'tcd.chair_district.min_days' không có hiệu lực")
    with pytest.raises(RuleError, match=r"There is no fact .kn\.moon."):
        shipped_rulebook().value("kn.moon", on=date(2026, 7, 1))


def test_what_rests_on_no_source_says_so() -> None:
    for fact in shipped_rulebook().facts():
        assert fact.name_vi and fact.name_en
        for version in fact.versions:
            assert version.value.text_vi and version.value.text_en, fact.key
            if version.evidence != "P":
                assert version.note_vi and version.note_en, (fact.key, version.valid_from)
