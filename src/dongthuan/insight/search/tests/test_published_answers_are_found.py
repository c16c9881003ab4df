from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dongthuan.core.matters.models import Projection
from dongthuan.insight.search.selectors import newest_answers, public_search

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(submit: Callable[..., Any]) -> Callable[..., Projection]:
    """A published matter with this public text."""

    def publish(text: str, **fields: Any) -> Projection:
        matter = submit(f"Đơn về việc sau đây: {text}").matter
        values = {"listed": True, "title": text[:200], "search_text": f"{matter.code}\n{text}"}
        Projection.objects.filter(pk=matter.pk).update(**(values | fields))
        return Projection.objects.get(pk=matter.pk)

    return publish


def found(q: str, **filters: Any) -> list[str]:
    return [row.title for row in public_search(q=q, **filters).rows]


def test_with_marks_and_without(publish: Any) -> None:
    publish("Cống thoát nước bị tắc")
    assert found("cống thoát nước") == found("cong thoat nuoc") == ["Cống thoát nước bị tắc"]
    assert found(unicodedata.normalize("NFD", "cống thoát")) == ["Cống thoát nước bị tắc"]


def test_all_words_must_be_there(publish: Any) -> None:
    publish("Cống thoát nước bị tắc")
    assert found("cống đường") == []


def test_marks_that_were_typed_bring_the_right_word_first(publish: Any) -> None:
    publish("Thu tiền bán hàng ở chợ")
    publish("Kê lại bàn ghế hội trường")
    publish("Mời bạn đọc góp ý")
    assert found("bàn")[0] == "Kê lại bàn ghế hội trường"
    assert found("bán")[0] == "Thu tiền bán hàng ở chợ"
    assert len(found("ban")) == 3


def test_punctuation_does_not_glue_words(publish: Any) -> None:
    publish("Rác ở phường/xã, TP.Quảng Ngãi")
    assert found("phuong") == found("xã") == found("tp") == ["Rác ở phường/xã, TP.Quảng Ngãi"]
    assert found("phường/xã") == ["Rác ở phường/xã, TP.Quảng Ngãi"]


def test_what_is_not_published_is_not_found(publish: Any, submit: Any) -> None:
    submit("Nội dung chưa công khai về đèn đường")
    publish("Đèn đường đã rút khỏi trang công khai", listed=False)
    assert found("đèn đường") == []
    assert found("") == []


def test_only_signs_find_nothing(publish: Any) -> None:
    publish("Cống thoát nước")
    assert found("!!! & | <->") == []


def test_without_words_the_newest_come_first(publish: Any) -> None:
    publish("Một")
    publish("Hai")
    assert found("") == ["Hai", "Một"]


def test_filters_narrow(publish: Any) -> None:
    publish("Rác ngập chợ", topic="environment", kind="feedback", state="published")
    publish("Rác ven biển", topic="order", kind="complaint", state="closed")
    assert found("rác", topic="environment") == ["Rác ngập chợ"]
    assert found("", kind="complaint") == ["Rác ven biển"]
    assert found("", state="closed") == ["Rác ven biển"]
    assert len(found("", unit="21439")) == 2
    assert len(found("", unit="51")) == 2
    assert found("", unit="21478") == []
    assert found("", unit="khong-co") == []


def test_pages_follow_each_other_without_gap_or_repetition(publish: Any) -> None:
    for number in range(5):
        publish(f"Cống số {number}")
    first, second = (public_search(q="cong", page=n, size=3) for n in (1, 2))
    assert (len(first.rows), first.more, len(second.rows), second.more) == (3, True, 2, False)
    assert len({row.pk for row in first.rows + second.rows}) == 5


def test_page_numbers_outside_are_brought_inside(publish: Any) -> None:
    assert public_search(page=-3).number == 1
    assert public_search(page=10**9).number == 20


def test_one_query(publish: Any) -> None:
    publish("Cống thoát nước")
    with CaptureQueriesContext(connection) as queries:
        public_search(q="cống thoát", kind="petition")
    assert len(queries) == 1


def test_the_newest_answers_are_answered_cases_each_told_once(publish: Any) -> None:
    answered = {"answer": "Đã thay nắp cống.", "kind": "feedback"}
    publish("Nắp cống ở ngõ 3 bị vỡ", **answered)
    publish("Chưa có trả lời nào cả", kind="feedback")
    publish("Lời hứa tại buổi tiếp dân", answer="Đã làm.", kind="promise")
    publish("Nắp cống ở ngõ 5 bị vỡ", **answered)
    newest = publish("Nắp cống ở ngõ 5 bị vỡ", **answered)
    rows = newest_answers(size=6)
    assert [row.title for row in rows] == ["Nắp cống ở ngõ 5 bị vỡ", "Nắp cống ở ngõ 3 bị vỡ"]
    assert rows[0].pk == newest.pk
