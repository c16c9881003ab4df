"""Visits know topics, areas and numbers: no column, no field, no word for a person's stance."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Entry, Matter
from dongthuan.core.matters.promises import promise_write
from dongthuan.core.matters.services import matter_act, matter_note
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.models import Account, Citizen, Household
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.work.hotspots.contact import Given, Raised, measure_decide, visit_record
from dongthuan.work.hotspots.models import Concern, Visit
from dongthuan.work.hotspots.rules import words_check
from dongthuan.work.hotspots.services import seats_decide
from dongthuan.work.hotspots.tests.conftest import TODAY

PERSONAL = {
    "person", "people_names", "household", "address", "phone", "stance", "mood", "attitude",
    "score", "citizen", "respondent", "holder", "house", "owner", "family", "profile",
}  # fmt: skip


def visit(people: Any, group: Any, area: Unit, **fields: Any) -> Visit:
    values: dict[str, Any] = {
        "acting": people.dvan, "hotspot": group.hotspot, "group": group, "area": area,
        "on": TODAY, "turns": 12,
        "concerns": [Raised(topic="economy", text="Giá thuê chỗ bán?", answer="Như chợ cũ.")],
    }  # fmt: skip
    return visit_record(**(values | fields))


def test_no_model_of_the_room_has_a_column_for_a_person() -> None:
    """But the inherited row of Matter, and there the hot spot never fills what is personal."""
    inherited = {field.name for field in Matter._meta.get_fields()}
    for model in apps.get_app_config("hotspots").get_models():
        for column in model._meta.get_fields():
            if column.name in inherited:
                continue
            assert column.name not in PERSONAL, (model, column.name)
            if isinstance(column, models.ForeignKey):
                assert column.related_model not in (Account, Citizen, Household), column


@pytest.mark.parametrize(
    "text",
    [
        "Hộ Trần Văn Bình không chịu dời.",
        "Bà Nguyễn Thị Sáu hỏi giá thuê.",
        "Nhà ông Tư phản đối.",
        "Thái độ của bà con căng thẳng.",
        "Thai do gay gat.",
        "Có người cầm đầu.",
        "Số nhà 12 hỏi về lối đi.",
        "Gọi lại 0905123456.",
        "The household of the corner shop is an opponent.",
    ],
)
@pytest.mark.parametrize("field", ["text", "answer", "what"])
def test_words_of_a_person_or_a_stance_are_refused_and_nothing_is_kept(
    people: Any, group: Any, areas: Any, text: str, field: str
) -> None:
    given: dict[str, Any] = {"text": {"concerns": [Raised(topic="economy", text=text)]}}
    given["answer"] = {"concerns": [Raised(topic="economy", text="Giá thuê?", answer=text)]}
    office = Unit.objects.get(code="21439-ubnd")
    promise = Given(what=text, unit=office, due_on=TODAY)
    given["what"] = {"promises": [promise], "document": "1/BB"}
    before = Entry.objects.count()
    with pytest.raises(MatterError) as refused:
        visit(people, group, areas[0], **given[field])
    assert refused.value.field == field
    assert (Visit.objects.count(), Concern.objects.count()) == (0, 0)
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "text",
    [
        "Bà con hỏi khi nào có điện ở dãy B.",
        "Ông Chủ tịch phường trả lời thế nào về giá thuê?",
        "Tiểu thương đề nghị giảm giá thuê sáu tháng đầu.",
        "Nhà lồng chợ mới có mái che không?",
    ],
)
def test_what_people_ask_is_taken(people: Any, group: Any, areas: Any, text: str) -> None:
    visit(people, group, areas[0], concerns=[Raised(topic="economy", text=text)])
    assert Concern.objects.get().text == text


@pytest.mark.parametrize(
    "text",
    [
        "Ông Tư không chịu dời.",
        "ÔNG NGUYỄN VĂN BÌNH hỏi.",
        "ông nguyễn văn bình hỏi.",
        "nguyen van binh hoi.",
        "Nguy\u00adễn Văn B\u200dình hỏi.",
        "Ｎguyễn Văn Bình hỏi.",  # full width
        "Тrần Văn Bình hỏi.",  # the first letter is Cyrillic
        "T.r.ầ.n V.ă.n B.ì.n.h hỏi.",
        "Người dân phản đ\u200cối.",
        "Người dân p h ả n đ ố i.",
        "Người dân phản-đối.",
        "Người dân phảnđối.",
        "Người dân ũng hộ.",
        "Người dân phản đ\u034fối.",
        "Người dân рhản đối.",  # the first letter is Cyrillic
        "Gọi ０９０５１２３４５６.",
        "Người dân phản đố̲i.",
    ],
)
def test_tricks_of_the_letters_are_undone_before_it_is_read(text: str) -> None:
    with pytest.raises(MatterError):
        words_check(clean(text), "text")


@pytest.mark.parametrize(
    "text",
    [
        "Nước thải đo được 30 mg mỗi lít.",
        "Chất thải đó chở đi đâu?",
        "Nhà bà con ở gần bãi rác có mùi hôi.",
        "BÀ CON TIỂU THƯƠNG HỎI GIÁ THUÊ",
        "Hộ kinh doanh ở đường Nguyễn Nghiêm đề nghị lùi ngày dời.",
        "Trường THCS Nguyễn Văn Trỗi cho mượn sân.",
        "Chú ý lối đi của bác sĩ trạm y tế.",
    ],
)
def test_waste_places_and_people_in_general_are_no_person(text: str) -> None:
    words_check(text, "text")


STANCE = "Hộ Trần Văn Bình phản đối"


def test_the_number_of_a_document_is_no_place_for_it_either(
    people: Any, group: Any, areas: Any
) -> None:
    office, spot = Unit.objects.get(code="21439-ubnd"), group.hotspot
    given = Given(what="Lắp đèn lối vào chợ mới", unit=office, due_on=TODAY)
    before = Entry.objects.count()
    for write in (
        lambda: visit(people, group, areas[0], document=STANCE),
        lambda: measure_decide(acting=people.party, hotspot=spot, measure=given, document=STANCE),
        lambda: seats_decide(
            acting=people.head, hotspot=spot, document=STANCE, decided_on=TODAY,
            leaving=[group.seats.first()],
        ),
        lambda: promise_write(
            acting=people.head, origin=spot, unit=office, what=STANCE, due_on=TODAY, document="1"
        ),
        lambda: promise_write(
            acting=people.head, origin=spot, unit=office, what="Sửa lối", due_on=TODAY,
            document=STANCE,
        ),
    ):  # fmt: skip
        with pytest.raises(MatterError):
            write()
    assert Entry.objects.count() == before


def test_the_name_of_a_file_is_read_too(people: Any, group: Any, areas: Any) -> None:
    """On the hot spot and on a promise given in it; the name would stand as the paper's title."""
    office = Unit.objects.get(code="21439-ubnd")
    given = Given(what="Lắp đèn lối vào chợ mới", unit=office, due_on=TODAY)
    visit(people, group, areas[0], promises=[given], document="3/BB")
    promise = Matter.objects.get(kind="promise")
    file = Attachment(name="Hộ_Trần_Văn_Bình_phản_đối.jpg")
    kept = {"report": "Đã lắp đèn."}
    for write in (
        lambda: matter_note(acting=people.head, matter_id=group.hotspot.pk, text="Ảnh",
                            papers=[file]),
        lambda: matter_note(acting=people.head, matter_id=promise.pk, text="Ảnh", papers=[file]),
        lambda: matter_act(acting=people.head, matter_id=promise.pk, step_name="keep", data=kept,
                           papers=[file]),
    ):  # fmt: skip
        with pytest.raises(MatterError) as refused:
            write()
        assert refused.value.field == "papers"


def test_a_promise_on_a_visit_is_a_restricted_matter_with_a_day(
    people: Any, group: Any, areas: Any
) -> None:
    office = Unit.objects.get(code="21439-ubnd")
    promise = Given(what="Lắp đèn lối vào chợ mới", unit=office, due_on=TODAY)
    visit(people, group, areas[0], promises=[promise], document="3/BB")
    made = Matter.objects.get(kind="promise")
    assert made.is_restricted
    assert made.duties.get().due_on == TODAY


def test_a_group_goes_where_the_decision_sends_it(people: Any, group: Any, areas: Any) -> None:
    elsewhere = Unit.objects.get(code="21439-t03")
    with pytest.raises(MatterError):
        visit(people, group, elsewhere)
    with pytest.raises(MatterError):
        visit(people, group, areas[0], acting=people.dvan_head)  # in the committee, not the group
    visit(people, group, areas[0], acting=people.village_head)
