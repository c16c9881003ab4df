"""Notes of a month become one situation note: merged, edited, its figures frozen when adopted."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.utils import timezone
from docx import Document

from dongthuan.core import clock
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Level
from dongthuan.core.units.models import Unit
from dongthuan.work.notes import figures, selectors
from dongthuan.work.notes.models import SituationNote
from dongthuan.work.notes.papers import situation_docx, situation_pdf
from dongthuan.work.notes.services import note_lead, note_send
from dongthuan.work.notes.situation import (
    section_write,
    situation_adopt,
    situation_edit,
    situation_merge,
)
from dongthuan.work.notes.tests.conftest import act, told

OCTOBER = dt.datetime(2026, 10, 12, 9, tzinfo=timezone.get_default_timezone())
BESIDE = [{"key": "board.due", "label": "Cam kết đến hạn", "measure": "number", "value": 5.0,
           "numerator": 5, "denominator": None, "how": "…", "source": "Bảng số liệu"}]  # fmt: skip


def test_notes_are_merged_by_topic_and_place_and_only_once(
    people: Any, note: Any, situation: Any
) -> None:
    village = Unit.objects.get(code="21439-t01")
    with clock.at(OCTOBER):
        day = {"learnt_on": OCTOBER.date()}
        first, second = note(**day), note(facts="Cống chợ mới chưa có nắp đậy.", **day)
        note(topic="land", place=village, facts="Chậm cấp đổi giấy chứng nhận.", **day)
    made = situation()
    sections = selectors.sections_of(made, people.dvan)
    assert [(row.topic, row.place, len(row.seen)) for row in sections] == [
        ("environment", None, 2), ("land", village, 1),
    ]  # fmt: skip
    assert first.facts in sections[0].text and second.facts in sections[0].text
    assert situation_merge(acting=people.dvan, note=made) == 0
    with clock.at(OCTOBER):
        note(facts="Rác chưa được thu gom ở cảng cá.", learnt_on=OCTOBER.date())
    assert situation_merge(acting=people.dvan, note=made) == 1


def test_what_is_written_into_it_is_of_things_as_well(people: Any, situation: Any) -> None:
    made = situation()
    with pytest.raises(MatterError):
        section_write(acting=people.dvan, note=made, topic="land", place=None,
                      text="Ông Nguyễn Văn Dấu bất mãn.")  # fmt: skip
    with pytest.raises(MatterError):
        situation_edit(acting=people.dvan, note=made, version=None, keys=[],
                       outlook="Bà Lê Thị Mốc sẽ khiếu nại.")  # fmt: skip
    with pytest.raises(NotAllowed):
        section_write(acting=people.head, note=made, topic="land", place=None, text="Việc khác")
    section_write(acting=people.dvan, note=made, topic="land", place=None, text="Ổn định.")
    assert made.sections.get().text == "Ổn định."


def test_figures_stand_still_once_it_is_adopted(people: Any, situation_in: Any, note: Any) -> None:
    made = situation_in("draft")
    live = selectors.situation_view(actor=people.dvan, code=made.code)
    assert live is not None and live.figures[0]["value"] == 1
    situation_adopt(acting=people.dvan_head, note=made, version=None, beside=BESIDE)
    with clock.at(OCTOBER):
        note(learnt_on=OCTOBER.date())
    adopted = selectors.situation_view(actor=people.front, code=made.code)
    assert adopted is not None
    rows = {row["key"]: row["value"] for row in adopted.figures}
    assert rows == {"notes.exchanged": 1, "notes.acknowledged_on_time": 0, "board.due": 5.0}
    assert adopted.note.level == Level.PARTNER


def test_a_draft_is_its_authors_alone(people: Any, situation_in: Any) -> None:
    made = situation_in("draft")
    seen = {
        name: selectors.situation_view(actor=people.actors[name], code=made.code) is not None
        for name in ("dvan", "dvan_head", "front", "head", "council", "village_head")
    }
    assert seen == {"dvan": True, "dvan_head": True, "front": False, "head": False,
                    "council": False, "village_head": False}  # fmt: skip
    act(people.dvan_head, made, "adopt")
    assert selectors.situation_view(actor=people.head, code=made.code) is not None


def test_a_period_has_one_note_and_is_adopted_after_its_end(people: Any, situation: Any) -> None:
    situation()
    with pytest.raises(MatterError) as refused:
        situation()
    assert refused.value.field == "number"
    running = situation(number=11)
    section_write(acting=people.dvan, note=running, topic="land", place=None, text="Ổn định.")
    with pytest.raises(MatterError):
        act(people.dvan_head, running, "adopt")


def test_its_term_counts_from_the_end_of_the_period(situation: Any) -> None:
    duty = Duty.objects.get(matter=situation())
    assert (duty.rule, duty.due_on) == ("note.situation", dt.date(2026, 11, 6))


def test_it_is_printed_and_written_as_a_document(people: Any, situation_in: Any) -> None:
    view = selectors.situation_view(actor=people.dvan, code=situation_in("adopted").code)
    assert view is not None
    pdf = situation_pdf(view.note, view.sections, view.figures)
    assert pdf.startswith(b"%PDF-")
    docx = Document(io.BytesIO(situation_docx(view.note, view.sections, view.figures)))
    text = "\n".join(paragraph.text for paragraph in docx.paragraphs)
    assert "BÁO CÁO\nTình hình tháng 10 năm 2026" in text and "Nguyễn Nghiêm" in text
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text  # the author is a body of the Party
    assert len(docx.tables[0].rows) == 3


def test_a_note_leads_to_feedback_that_the_receiver_works_on(people: Any, note: Any) -> None:
    made = note()
    opened = note_lead(acting=people.intake, note=made, kind="feedback")
    assert opened.unit.code == "21439-ubnd" and opened.parent_id == made.pk
    with pytest.raises(NotAllowed):
        note_lead(acting=people.front, note=made, kind="feedback")
    with pytest.raises(NotAllowed):
        note_lead(acting=people.intake, note=made, kind="denunciation")


def test_notes_acknowledged_in_time_are_counted(people: Any, note: Any) -> None:
    act(people.intake, note(), "acknowledge")
    note()
    with clock.at(clock.now() + dt.timedelta(days=7)):
        figure = figures.acknowledged_on_time(
            "vn.51.21439.", dt.date(2026, 11, 1), dt.date(2026, 11, 30)
        )
    assert (figure.numerator, figure.denominator) == (1, 2)


@pytest.mark.parametrize("many", [10, 100])
def test_lists_ask_as_many_questions_for_ten_rows_as_for_a_hundred(
    people: Any, note: Any, many: int, django_assert_num_queries: Any
) -> None:
    sender, office = Unit.objects.get(code="21439-xdd"), Unit.objects.get(code="21439-ubnd")
    for _n in range(many):
        note_send(acting=people.dvan, sender=sender, receiver=office, told=told())
    with django_assert_num_queries(1):
        rows = selectors.note_list(actor=people.head, size=many).rows
        assert len([row.receiver.name + row.unit.name for row in rows]) == many
    with django_assert_num_queries(1):
        assert not selectors.situation_list(actor=people.head).rows
    assert not SituationNote.objects.exists()


def test_an_older_page_does_not_adopt_what_was_merged_since(
    people: Any, note: Any, situation: Any
) -> None:
    made = situation()
    with clock.at(OCTOBER):
        note(learnt_on=OCTOBER.date())
    situation_merge(acting=people.dvan, note=made)
    with pytest.raises(Conflict):
        situation_adopt(acting=people.dvan_head, note=made, version=made.version, beside=[])


def test_a_period_is_over_after_its_last_day(people: Any, situation: Any) -> None:
    made = situation(number=11)
    situation_edit(acting=people.dvan, note=made, version=None, keys=[], assessment="Ổn định.")
    at = {"tzinfo": timezone.get_default_timezone()}
    with clock.at(dt.datetime(2026, 11, 30, 9, **at)), pytest.raises(MatterError):
        act(people.dvan_head, made, "adopt")
    with clock.at(dt.datetime(2026, 12, 1, 9, **at)):
        assert act(people.dvan_head, made, "adopt").state == "adopted"
