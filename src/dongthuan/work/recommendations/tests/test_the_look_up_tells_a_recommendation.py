"""A recommendation of a body is looked up in its own words, not in those of petitions."""

from __future__ import annotations

from typing import Any

from dongthuan.work.recommendations.tests.conftest import CONTENT, UNTIL, act

OF_PETITIONS = (
    "cán bộ đã lược bỏ", "Người gửi xem", "Tôi cũng gặp", "Đây là vụ việc của tôi", ">Tiếp nhận<",
)  # fmt: skip


def test_the_look_up_speaks_of_it_as_of_a_recommendation(
    people: Any, sent: Any, browser_of: Any
) -> None:
    row = sent("front")
    act(
        people.head, row, "answer", answer="accepted", reply="Sẽ lắp trong quý IV.", until=UNTIL,
        document="8/UBND",
    )  # fmt: skip
    page = browser_of("").get(f"/tra-cuu/{row.code}/").content.decode()
    assert CONTENT in page
    assert "Sẽ lắp trong quý IV." in page
    assert "Nguyên văn nội dung mà tổ chức kiến nghị đã gửi." in page
    assert "Trả lời của cơ quan" in page
    assert f'href="/kien-nghi/{row.code}/"' in page
    for words in OF_PETITIONS:
        assert words not in page


def test_of_a_draft_it_tells_no_more_than_that_there_is_one(drafted: Any, browser_of: Any) -> None:
    row = drafted("front")
    page = browser_of("").get(f"/tra-cuu/{row.code}/").content.decode()
    assert "đang chuẩn bị" in page
    assert CONTENT not in page
    assert f"/kien-nghi/{row.code}/" not in page
