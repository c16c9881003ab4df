"""Rules of grassroots democracy cite the very point of the article, or say that the law is silent.

Read in Law 10/2022/QH15, Decree 59/2023/NĐ-CP and Decree 61/2023/NĐ-CP.
"""

from __future__ import annotations

from datetime import date

import pytest

from dongthuan.core.law import load_rulebook

ON = date(2026, 11, 26)
RULES = {
    "dc.ballot_plan": "Khoản 2 Điều 4 Nghị định 59/2023/NĐ-CP",
    "dc.reply_supervision": "Điểm c khoản 1 Điều 40 và điểm c khoản 2 Điều 45",
    "dc.ttnd.plan_notice": "Điểm b khoản 1 Điều 14 Nghị định 59/2023/NĐ-CP",
    "dc.gsdtcd.notice": "Điểm b khoản 1 Điều 45",
    "dc.yearly_meeting_notice": "Điểm c khoản 1 Điều 11 Nghị định 59/2023/NĐ-CP",
    "dc.village_head.notice": "Điểm b khoản 1 Điều 6 Nghị định 59/2023/NĐ-CP",
}
FACTS = {
    "dc.vote.contrib": "Khoản 1 Điều 21",
    "dc.vote.contrib_commune": "Khoản 1 Điều 21",
    "dc.vote.other": "Khoản 1 Điều 21",
    "dc.initiative": "Khoản 3 Điều 16",
    "dc.cluster_meeting_from": "Khoản 3 Điều 18",
    "dc.ballot_by_head_front": "Điểm c khoản 1 Điều 4 Nghị định 59/2023/NĐ-CP",
    "dc.convention.meeting_quorum": "Điểm a khoản 1 Điều 10 Nghị định 61/2023/NĐ-CP",
    "dc.convention.review_day": "Điểm a khoản 4 Điều 15 Nghị định 61/2023/NĐ-CP",
    "dc.ttnd.min_members": "Khoản 1 Điều 36",
    "dc.gsdtcd.min_members": "Khoản 1 Điều 41",
    "dc.gsdtcd.max_residents": "Khoản 2 Điều 17 Nghị định 59/2023/NĐ-CP",
}
# Terms that no article sets: (rule, the article that lays the duty).
SILENT = [
    ("dc.commune_effect", "Khoản 2 Điều 21"),
    ("dc.consult_synthesis", "Khoản 3 Điều 28"),
    ("dc.initiative.check", "Khoản 3 Điều 16"),
    ("dc.initiative.put", "Khoản 3 Điều 16"),
    ("dc.relay", "Khoản 4 Điều 13"),
    ("dc.register_quarter", "Khoản 2 Điều 13"),
    ("mc.rating_publish", "Điểm a khoản 2 Điều 35"),
]


@pytest.mark.parametrize(("key", "basis"), RULES.items())
def test_a_rule_cites_the_point_of_the_article(key: str, basis: str) -> None:
    version = load_rulebook().version(key, ON)
    assert version.basis_vi.startswith(basis)
    assert version.evidence == "P"


@pytest.mark.parametrize(("key", "basis"), FACTS.items())
def test_a_fact_cites_the_point_of_the_article(key: str, basis: str) -> None:
    version = load_rulebook().fact(key).version(on=ON)
    assert version is not None
    assert version.basis_vi.startswith(basis)
    assert version.evidence == "P"


@pytest.mark.parametrize(("key", "basis"), SILENT)
def test_where_the_law_sets_no_days_the_rule_says_so(key: str, basis: str) -> None:
    version = load_rulebook().version(key, ON)
    assert version.basis_vi.startswith(basis)
    assert version.evidence == "D"
    assert version.note_vi
    assert version.note_en


def test_criteria_of_a_repealed_decree_are_marked_as_an_assumption() -> None:
    fact = load_rulebook().fact("mc.rating_criteria")
    before, after = fact.version(on=date(2025, 6, 30)), fact.version(on=ON)
    assert before is not None
    assert after is not None
    assert (before.document, after.document) == ("61/2018/NĐ-CP", "118/2025/NĐ-CP")
    assert (before.evidence, after.evidence) == ("S", "D")
