"""The explanation: each skipped day and why, each document, each warning; and its JSON."""

from __future__ import annotations

import json
from datetime import date, datetime

from dongthuan.core.law import Pause, deadline

GOLDEN = {
    "rule": "kn.accept",
    "name_vi": "Thụ lý khiếu nại (lần đầu, lần hai)",
    "name_en": "Acceptance of a complaint (first and second)",
    "direction": "after",
    "version_from": "2026-07-01",
    "basis": "Khoản 1 Điều 16 Nghị định 124/2020/NĐ-CP, sửa đổi bởi Điều 10 "
    "Nghị định 155/2026/NĐ-CP",
    "basis_en": "Decree 124/2020/NĐ-CP, Art. 16.1, as amended by Decree 155/2026/NĐ-CP, Art. 10",
    "document": "155/2026/NĐ-CP",
    "term": "7 wd",
    "term_vi": "7 ngày làm việc",
    "term_en": "7 working days",
    "conditions": [],
    "anchor": "2026-08-28",
    "due_on": "2026-09-11",
    "due_at": None,
    "nominal_due_on": "2026-09-11",
    "evidence": "P",
    "verified": True,
    "signed_off": True,
    "open": False,
}
GOLDEN_STEPS = [
    (
        "rule",
        "2026-08-28",
        None,
        0,
        "Quy tắc kn.accept, Thụ lý khiếu nại (lần đầu, lần hai): 7 ngày làm việc; "
        "Khoản 1 Điều 16 Nghị định 124/2020/NĐ-CP, sửa đổi bởi Điều 10 "
        "Nghị định 155/2026/NĐ-CP; bản áp dụng từ 01/07/2026.",
    ),
    (
        "anchor",
        "2026-08-28",
        None,
        0,
        "Mốc: ngày tiếp nhận 28/08/2026; ngày này không tính.",
    ),
    (
        "skip",
        "2026-08-29",
        "2026-08-30",
        0,
        "29/08/2026 – 30/08/2026: Nghỉ cuối tuần, không tính "
        "(Quyết định 188/1999/QĐ-TTg (tuần làm việc 40 giờ)).",
    ),
    (
        "skip",
        "2026-08-31",
        "2026-08-31",
        0,
        "31/08/2026: Nghỉ hoán đổi, làm bù ngày 22/08/2026, không tính "
        "(Thông báo 9441/TB-BNV của Bộ Nội vụ).",
    ),
    (
        "skip",
        "2026-09-01",
        "2026-09-02",
        0,
        "01/09/2026 – 02/09/2026: Quốc khánh, không tính (Thông báo 9441/TB-BNV của Bộ Nội vụ; "
        "Điều 112 Bộ luật Lao động 2019).",
    ),
    (
        "count",
        "2026-09-03",
        "2026-09-04",
        2,
        "03/09/2026 – 04/09/2026: tính 2 ngày, cộng dồn 2.",
    ),
    (
        "skip",
        "2026-09-05",
        "2026-09-06",
        0,
        "05/09/2026 – 06/09/2026: Nghỉ cuối tuần, không tính "
        "(Quyết định 188/1999/QĐ-TTg (tuần làm việc 40 giờ)).",
    ),
    (
        "count",
        "2026-09-07",
        "2026-09-11",
        5,
        "07/09/2026 – 11/09/2026: tính 5 ngày, cộng dồn 7.",
    ),
    ("due", "2026-09-11", None, 0, "Hạn cuối: hết ngày 11/09/2026."),
]


def test_the_acceptance_of_a_complaint_of_28_august_2026_in_full() -> None:
    result = json.loads(json.dumps(deadline(key="kn.accept", anchor=date(2026, 8, 28)).as_json()))
    steps = result.pop("steps")
    assert result == GOLDEN
    fields = ("code", "date", "until", "days", "text_vi")
    assert [tuple(step[field] for field in fields) for step in steps] == GOLDEN_STEPS
    assert all(step["text_en"].endswith(".") for step in steps)


def test_the_same_question_gives_the_same_json() -> None:
    one = deadline(key="kn.settle1", anchor=date(2026, 8, 28), conditions=["remote", "complex"])
    two = deadline(key="kn.settle1", anchor=date(2026, 8, 28), conditions=["complex", "remote"])
    assert json.dumps(one.as_json()) == json.dumps(two.as_json())


def test_the_roll_forward_names_the_day_off_and_the_article() -> None:
    result = deadline(key="kn.settle1", anchor=date(2026, 10, 25))
    codes = [step.code for step in result.steps]
    assert codes == ["rule", "anchor", "count", "roll", "skip", "due"]
    assert "khoản 5 Điều 148 Bộ luật Dân sự 2015" in result.steps[3].text_vi
    assert "Ngày Văn hóa Việt Nam" in result.steps[4].text_vi


def test_a_pause_is_told_with_its_reason_and_document() -> None:
    pause = Pause(date(2026, 9, 7), date(2026, 9, 9), "bão lũ", "QĐ 31/QĐ-UBND")
    result = deadline(key="kn.accept", anchor=date(2026, 8, 28), pauses=[pause])
    step = next(step for step in result.steps if step.code == "pause")
    assert step.text_vi == (
        "07/09/2026 – 08/09/2026: tạm dừng (bão lũ; QĐ 31/QĐ-UBND), không tính; "
        "tiếp tục từ 09/09/2026."
    )
    assert step.document == "QĐ 31/QĐ-UBND"


def test_a_year_not_signed_off_is_warned_of() -> None:
    result = deadline(key="kn.accept", anchor=date(2026, 12, 28))
    assert result.signed_off is False
    warning = next(step for step in result.steps if step.code == "calendar_unsigned")
    assert "2027: lịch dự kiến, chưa ký duyệt" in warning.text_vi


def test_a_term_within_signed_years_is_not_warned_of() -> None:
    result = deadline(key="kn.accept", anchor=date(2026, 12, 1))
    assert result.signed_off is True
    assert all(step.code != "calendar_unsigned" for step in result.steps)


def test_a_rule_from_memory_is_marked_as_not_verified() -> None:
    result = deadline(key="xld.process", anchor=date(2026, 9, 7))
    assert (result.verified, result.evidence) == (False, "Mm")
    warning = next(step for step in result.steps if step.code == "unverified")
    assert "chưa kiểm chứng" in warning.text_vi and "not verified" in warning.text_en


def test_a_rule_from_a_secondary_source_says_so_and_stays_verified() -> None:
    result = deadline(key="pd.data_subject_reply", anchor=date(2026, 9, 7))
    assert result.verified is True
    assert any("nguồn thứ cấp" in step.text_vi for step in result.steps)


def test_a_condition_without_effect_is_told() -> None:
    result = deadline(key="kn.accept", anchor=date(2026, 9, 7), conditions=["remote"])
    step = next(step for step in result.steps if step.code == "condition_unused")
    assert "vùng sâu, vùng xa" in step.text_vi


def test_an_anchor_with_an_hour_is_kept_on_the_clock_of_viet_nam() -> None:
    result = deadline(key="kn.accept", anchor=datetime(2026, 8, 28, 9, 30))
    assert result.as_json()["anchor"] == "2026-08-28T09:30:00+07:00"
