"""The marker test: whatever names a person, or judges what somebody thinks, is kept nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Entry, EntryPayload, Matter
from dongthuan.core.papers.models import Attachment
from dongthuan.core.units.models import Unit
from dongthuan.work.notes.services import note_send
from dongthuan.work.notes.tests.conftest import FACTS, act, told
from dongthuan.work.notes.wording import persons_in, stance_in

PERSONAL = (
    "Ông Nguyễn Văn Dấu ở tổ 3 có thái độ chống đối chủ trương dời chợ.",
    "Gia đình bà Tư không đồng ý với phương án đền bù.",
    "Theo Trần Thị Marker thì nước tràn từ tháng trước.",
    "Hồ Văn Mốc phản ánh mương bị lấp.",
    "Hộ ông Bảy chưa nhận tiền.",
    "Người dân gọi 0905 123 456 để báo tin.",
    "Một tiểu thương số căn cước 051099001234 báo tin.",
)
STANCE = (
    "Một số hộ có tư tưởng chống việc dời chợ.",
    "Nhóm tiểu thương quá khích tụ tập trước trụ sở.",
    "Cần theo dõi đối tượng cầm đầu việc khiếu nại.",
    "mot so ho co thai do khong hop tac, bat man voi phuong",
)
FAIR = (
    FACTS,
    "Tiểu thương chợ cũ đề nghị lùi ngày di dời, lo thiếu chỗ đỗ xe ở chợ mới.",
    "Phụ huynh trường THCS Phạm Văn Đồng đề nghị làm vạch qua đường.",
    "Người dân phản ánh thái độ phục vụ tại bộ phận một cửa chưa tốt.",
    "Cầu Trà Câu và hồ Liệt Sơn cạn nước; nhân dân thôn Vạn Lý thiếu nước.",
    "Phường Nguyễn Nghiêm và xã Phổ Phong có mưa lớn.",
    "Thành lập trường học mới ở khu tái định cư được nhân dân đồng tình.",
)


@pytest.mark.parametrize("facts", [*PERSONAL, *STANCE])
def test_a_person_or_a_stance_is_refused_in_one_sentence_and_kept_nowhere(
    note: Any, facts: str
) -> None:
    with pytest.raises(MatterError) as refused:
        note(facts=facts)
    assert refused.value.field == "facts" and len(refused.value.message) < 200
    assert not Matter.objects.exists() and not Entry.objects.exists()


@pytest.mark.parametrize("facts", FAIR)
def test_things_and_places_pass(facts: str) -> None:
    assert not persons_in(facts) and not stance_in(facts)


@pytest.mark.parametrize("name", ["proposal", "title"])
def test_every_field_is_looked_at(note: Any, name: str) -> None:
    with pytest.raises(MatterError) as refused:
        note(**{name: "Gặp ông Nguyễn Văn Dấu để vận động."})
    assert refused.value.field == name


def test_the_answer_is_looked_at_too(people: Any, note: Any) -> None:
    made = note()
    with pytest.raises(MatterError) as refused:
        act(people.intake, made, "answer", reply="Đã gặp ông Nguyễn Văn Dấu.")
    assert refused.value.field == "reply"
    assert not EntryPayload.objects.filter(body__icontains="Dấu").exists()
    assert not Entry.objects.filter(facts__icontains="Dấu").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"topic": "x"}, "topic"), ({"facts": " "}, "facts"), ({"source": "spy"}, "source"),
     ({"learnt_on": told().learnt_on.replace(year=2027)}, "learnt_on")],
)  # fmt: skip
def test_what_is_lacking_is_said(note: Any, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(MatterError) as refused:
        note(**changes)
    assert refused.value.field == field


def test_a_note_goes_to_partners_alone(people: Any) -> None:
    sender = Unit.objects.get(code="21439-xdd")
    stranger = Unit.objects.get(code="21478-ubnd")
    with pytest.raises(MatterError) as refused:
        note_send(acting=people.dvan, sender=sender, receiver=stranger, told=told())
    assert refused.value.field == "receiver"


@pytest.mark.parametrize(
    "facts",
    [
        "Theo Т.r.ầ.n V.ă.n B.ì.n.h thì mương bị lấp.",
        "Theo trần văn bình thì mương bị lấp.",
        "Theo Trần\u00ad Văn B\u200dình thì mương bị lấp.",
        "Nhóm tiểu thương quá kh\u200cích tụ tập.",
        "Nhóm tiểu thương quá кhích tụ tập.",
    ],
)
def test_tricks_of_the_letters_do_not_hide_a_person(note: Any, facts: str) -> None:
    with pytest.raises(MatterError):
        note(facts=facts)
    assert not Matter.objects.exists()


def test_the_name_of_a_file_is_read_too(people: Any) -> None:
    with pytest.raises(MatterError) as refused:
        note_send(
            acting=people.dvan, sender=Unit.objects.get(code="21439-xdd"),
            receiver=Unit.objects.get(code="21439-ubnd"), told=told(),
            papers=[Attachment(name="Hộ_Trần_Văn_Dấu_chống_đối.jpg")],
        )  # fmt: skip
    assert refused.value.field == "papers"
    assert not Matter.objects.exists()
