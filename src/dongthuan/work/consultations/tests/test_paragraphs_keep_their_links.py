"""Versions of the text: links stay with their words, comments with their version."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.work.consultations.drafts import anchors_for, draft_add, is_heading, paragraphs_of
from dongthuan.work.consultations.models import Draft, Paragraph
from dongthuan.work.consultations.tests.conftest import AFTER

BEFORE = [(1, "Điều 1. Phạm vi"), (2, "Đường số 2 một chiều từ 6 giờ đến 8 giờ."), (3, "Thi hành.")]


def test_blank_lines_part_paragraphs_and_lines_do_where_there_are_none() -> None:
    assert paragraphs_of("Một\nhai\n\n\nBa") == ["Một hai", "Ba"]
    assert paragraphs_of("Một\nHai\n") == ["Một", "Hai"]
    assert is_heading("Điều 3. Thi hành") and is_heading("CHƯƠNG MỞ ĐẦU")
    assert is_heading("Điều 3.") and is_heading("Mục II")
    # An article of one sentence is commented on as any other paragraph.
    assert not is_heading("Điều 1. Nhà văn hóa mở cửa từ 6 giờ.")
    assert not is_heading("Điều này áp dụng cho mọi hộ dân trong phường.")


def test_the_same_and_reworded_paragraphs_keep_their_anchor() -> None:
    texts = ["Điều 1. Phạm vi", "Đoạn mới hoàn toàn khác hẳn.",
             "Đường số 2 một chiều từ 6 giờ đến 9 giờ.", "Thi hành."]  # fmt: skip
    assert anchors_for(BEFORE, texts) == [1, 4, 2, 3]
    assert anchors_for(BEFORE, [BEFORE[0][1], BEFORE[1][1] + " Trừ xe buýt.", "Thi hành."]) == [
        1, 2, 3,
    ]  # fmt: skip


@given(
    before=st.lists(st.text("abcđ ", min_size=1, max_size=30), max_size=8),
    after=st.lists(st.text("abcđ ", min_size=1, max_size=30), max_size=8),
)
def test_no_two_paragraphs_share_an_anchor_and_none_is_used_again(
    before: list[str], after: list[str]
) -> None:
    old = list(enumerate(before, start=1))
    found = anchors_for(old, after)
    assert len(found) == len(after) == len(set(found))
    assert anchors_for(old, before) == [anchor for anchor, _text in old]


def test_the_text_cannot_change_while_people_speak_to_it(people: Any, opened: Any) -> None:
    matter = opened()
    with pytest.raises(MatterError):
        draft_add(acting=people.handler, consultation_id=matter.pk, title="Khác", text="Khác hẳn.")
    assert Draft.objects.filter(consultation=matter).count() == 1


def test_before_publication_the_text_is_replaced(people: Any, planned: Any) -> None:
    matter = planned()
    draft_add(acting=people.handler, consultation_id=matter.pk, title="Khác", text="Một đoạn.")
    assert [d.number for d in Draft.objects.filter(consultation=matter)] == [1]
    assert Paragraph.objects.get(draft__consultation=matter).text == "Một đoạn."


def test_after_the_closing_a_new_version_shows_what_was_taken_up(people: Any, closed: Any) -> None:
    matter = closed()
    first = Draft.objects.get(consultation=matter)
    with clock.at(AFTER):
        second = draft_add(
            acting=people.handler, consultation_id=matter.pk, title="Bản tiếp thu",
            text="\n\n".join([p.text for p in first.paragraphs.all()] + ["Bổ sung đèn."]),
        )  # fmt: skip
    before = list(first.paragraphs.values_list("anchor", flat=True))
    assert list(second.paragraphs.values_list("anchor", flat=True))[:-1] == before


def test_a_text_with_a_telephone_number_is_refused(people: Any, draft: Any) -> None:
    matter = draft()
    with pytest.raises(MatterError) as error:
        draft_add(
            acting=people.handler, consultation_id=matter.pk, title="Bản 1",
            text="Liên hệ 0905 123 456.",
        )  # fmt: skip
    assert error.value.field == "text"


@pytest.mark.parametrize("name", ["front", "village_head", "other_head"])
def test_only_the_office_puts_the_text_in(people: Any, draft: Any, name: str) -> None:
    matter = draft()
    with pytest.raises(NotAllowed):
        draft_add(acting=people.actors[name], consultation_id=matter.pk, title="B", text="Một.")
