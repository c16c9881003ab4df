"""The right to sue that a decision names (điểm k khoản 1 Điều 54, điểm i khoản 1 Điều 56)."""

from __future__ import annotations

import pytest

from dongthuan.work.petitions.complaint_models import Subject
from dongthuan.work.petitions.complaint_paper import _rights
from dongthuan.work.petitions.models import Petition


@pytest.mark.parametrize("instance", [1, 2])
@pytest.mark.parametrize("subject", list(Subject))
def test_the_decision_names_the_court_only_where_the_law_opens_it(
    instance: int, subject: Subject
) -> None:
    said = _rights(Petition(kind="complaint", instance=instance, subject=subject))
    assert ("Tòa án" in said) is (subject != Subject.DISCIPLINE)


def test_a_second_decision_offers_no_third_complaint() -> None:
    said = _rights(Petition(kind="complaint", instance=2, subject=Subject.DISCIPLINE))
    assert said == "Đây là quyết định giải quyết khiếu nại lần hai."
