from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dongthuan.core.text import fold
from dongthuan.insight.search.selectors import near_duplicates

pytestmark = pytest.mark.django_db
TEXT = (
    "Đoạn đường bê tông từ nhà văn hóa thôn Vĩnh Bình đến trường tiểu học bị sụt lún nhiều chỗ,"
    " trời mưa nước đọng thành vũng, học sinh đi lại rất nguy hiểm. Đề nghị ủy ban cho sửa chữa"
    " trước mùa mưa bão năm nay."
)
OTHER = (
    "Quán hát karaoke ở tổ dân phố số 4 mở nhạc quá khuya, nhiều đêm liền bà con không ngủ được,"
    " đã nhắc nhở nhiều lần mà chủ quán không nghe. Kính mong công an phường xử lý."
)


def codes(receipt: Any, **fields: Any) -> list[tuple[str, str]]:
    return [(d.matter.code, d.band) for d in near_duplicates(matter=receipt.matter, **fields)]


def test_the_same_text_without_marks(submit: Any) -> None:
    first, again = submit(TEXT), submit(fold(TEXT))
    submit(OTHER)
    assert codes(again) == [(first.code, "same")]


def test_a_text_inside_a_longer_one(submit: Any) -> None:
    first = submit(TEXT)
    longer = submit(f"Kính gửi Ủy ban nhân dân phường. Tôi tên là Thử. {TEXT} {OTHER}")
    assert codes(longer) == [(first.code, "same")]


def test_only_the_very_same_words_are_called_identical(submit: Any) -> None:
    first, again = submit(TEXT), submit(f"{fold(TEXT)}!")
    longer = submit(f"Kính gửi phường. {TEXT}")
    found = {d.matter.code: d.identical for d in near_duplicates(matter=again.matter)}
    assert found == {first.code: True, longer.code: False}


def test_half_of_the_words_are_another_text(submit: Any) -> None:
    submit(OTHER)
    assert codes(submit(TEXT)) == []


def test_a_sealed_matter_is_neither_compared_nor_found(submit: Any, denounce: Any) -> None:
    sealed = denounce(TEXT)
    open_ = submit(TEXT)
    assert codes(sealed) == []
    assert codes(open_) == []


def test_an_officer_finds_only_what_they_may_see(submit: Any, people: Any) -> None:
    first, again = submit(TEXT), submit(TEXT)
    assert codes(again, actor=people.intake) == [(first.code, "same")]
    assert codes(again, actor=people.other_intake) == []
    assert codes(again, actor=people.admin) == []


def test_the_most_alike_come_first_and_not_too_many(submit: Any) -> None:
    part = TEXT[: len(TEXT) // 2] + " " + OTHER
    for _copy in range(4):
        submit(TEXT)
    alike = submit(part)
    found = near_duplicates(matter=submit(TEXT).matter, limit=3)
    assert [d.band for d in found] == ["same"] * 3
    assert alike.code not in [d.matter.code for d in found]
    assert [d.score for d in found] == sorted((d.score for d in found), reverse=True)


def test_a_text_too_short_to_compare_finds_nothing(submit: Any) -> None:
    submit("Đèn đường bị tắt rồi")
    assert codes(submit("Đèn đường bị tắt rồi")) == []


@pytest.mark.parametrize("count", [3, 30])
def test_two_queries_whatever_is_found(submit: Any, count: int) -> None:
    for _copy in range(count):
        submit(TEXT)
    matter = submit(TEXT).matter
    with CaptureQueriesContext(connection) as queries:
        assert near_duplicates(matter=matter)
    assert len(queries) <= 2
