"""A good ledger becomes matters with their submissions, people, entries and duties."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from dongthuan.core.matters.entries import payload_holds
from dongthuan.core.matters.models import Duty, DutyState, Entry, Matter, Projection
from dongthuan.core.matters.selectors import MatterFilter, matter_list, matter_view
from dongthuan.core.matters.services import code_next, matter_act
from dongthuan.core.people.services import unseal
from dongthuan.core.text import fingerprints
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.ledger import IMPORTED, submissions_import
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.tests.ledgers import LAND, ROAD, ledger, row


def imported(tmp_path: Path, *rows: list[Any]) -> list[Petition]:
    submissions_import(path=ledger(tmp_path / "so.xlsx", rows), unit_code="21439")
    return list(Petition.objects.order_by("id"))


def rules(matter: Matter) -> dict[str, str]:
    return dict(Duty.objects.filter(matter=matter).values_list("rule", "state"))


@pytest.mark.usefixtures("people")
def test_a_row_is_a_matter_of_the_peoples_committee(tmp_path: Path) -> None:
    result = submissions_import(
        path=ledger(tmp_path / "so.xlsx", [row(people=3, note="có ảnh")]), unit_code="21439"
    )
    matter = Petition.objects.get()
    submission = matter.submissions.get()
    assert (matter.unit.code, matter.place.code) == ("21439-ubnd", "21439")
    assert (matter.kind, matter.state, matter.channel) == ("feedback", "classified", "ledger")
    assert (matter.title, matter.person_count) == (ROAD, 3)
    assert matter.search_text == f"21439-26-000001\n{ROAD}\n{ROAD}"
    assert timezone.localdate(matter.opened_at) == dt.date(2026, 8, 10)
    assert submission.fingerprints == fingerprints(ROAD)
    assert submission.ledger["note"] == "có ảnh"
    assert submission.citizen.name == "Nguyễn Thị Mận"
    assert submission.citizen.address == "thôn An Thường"
    assert Projection.objects.get().title == "Phản ánh tại Phường Đức Phổ"
    assert (result.imported, result.codes) == (1, ["21439-26-000001"])
    assert result.as_json()["kinds"] == {"feedback": 1}


@pytest.mark.usefixtures("people")
def test_the_entry_opens_its_commitment_and_holds_no_name(tmp_path: Path) -> None:
    imported(tmp_path, row())
    entry = Entry.objects.get()
    assert (entry.act, entry.after) == ("petition.imported", "classified")
    assert entry.facts["row"] == 5
    assert payload_holds(entry)
    assert "Mận" not in str(entry.facts)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("KN", "complaint"),
        ("Khiếu nại", "complaint"),
        ("Đơn khiếu nại", "complaint"),
        ("KNg", "recommendation"),
        ("KN/PA", "recommendation"),
        ("Kiến nghị, phản ánh", "recommendation"),
        ("PA", "feedback"),
        ("phản ánh", "feedback"),
    ],
)
@pytest.mark.usefixtures("people")
def test_the_type_says_the_kind(tmp_path: Path, written: str, kind: str) -> None:
    assert [m.kind for m in imported(tmp_path, row(type=written))] == [kind]


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({}, "classified"),
        ({"competence": "x"}, "classified"),
        ({"competence": "x", "result": "Đang xác minh"}, "accepted"),
        ({"competence": "x", "accepted": "UBND phường"}, "accepted"),
        ({"accepted": "Công an tỉnh, CV 12/UBND ngày 12/8/2026"}, "transferred"),
        ({"guided": "Tòa án nhân dân khu vực, văn bản 5/HD-UBND"}, "guided"),
        ({"competence": "x", "result": "Đã trả lời tại văn bản 9/UBND ngày 20/8/2026"}, "closed"),
        ({"competence": "x", "result": "Đã giải quyết"}, "closed"),
        ({"competence": "x", "result": "Chưa giải quyết xong"}, "accepted"),
        ({"competence": "x", "result": "Công dân rút đơn"}, "withdrawn"),
        ({"result": "Không thụ lý"}, "refused"),
        ({"result": "Trả lại đơn"}, "returned"),
        ({"result": "Lưu đơn"}, "stored"),
    ],
)
@pytest.mark.usefixtures("people")
def test_the_columns_say_the_state(tmp_path: Path, cells: dict[str, str], state: str) -> None:
    matter = imported(tmp_path, row(**cells))[0]
    assert matter.state == state
    assert matter.is_open is (state in ("classified", "accepted"))


@pytest.mark.usefixtures("people")
def test_duties_follow_the_rules_of_the_rows_day(tmp_path: Path) -> None:
    before, after = imported(
        tmp_path,
        row(no=1, date=dt.date(2026, 6, 29), type="KN", content=LAND),
        row(no=2, date=dt.date(2026, 7, 1), type="KN", content=f"{LAND} lần hai"),
    )
    old = Duty.objects.get(matter=before, rule="kn.accept")
    new = Duty.objects.get(matter=after, rule="kn.accept")
    assert (old.term, old.due_on) == ("10 d", dt.date(2026, 7, 9))
    assert (new.term, new.due_on) == ("7 wd", dt.date(2026, 7, 10))
    assert before.next_due_on == dt.date(2026, 7, 9)
    assert before.next_rule == "kn.accept"


@pytest.mark.usefixtures("people")
def test_a_settled_row_without_a_date_counts_neither_kept_nor_late(tmp_path: Path) -> None:
    matter = imported(tmp_path, row(competence="x", result="Đã giải quyết"))[0]
    assert rules(matter) == {"tcd.result_notice": "waived", "pa.answer": "waived"}
    assert {d.reason for d in Duty.objects.all()} == {str(IMPORTED)}
    assert matter.closed_at == matter.opened_at
    assert (matter.next_due_on, matter.decided_at) == (None, None)


@pytest.mark.usefixtures("people")
def test_a_settled_row_with_its_date_is_kept_or_late(tmp_path: Path) -> None:
    kept, late = imported(
        tmp_path,
        row(no=1, competence="x", result="Đã trả lời, văn bản 9/UBND-VP ngày 14/8/2026"),
        row(no=2, competence="x", result="Đã trả lời ngày 30 tháng 10 năm 2026", content="Đèn tắt"),
    )
    assert rules(kept) == {"tcd.result_notice": "fulfilled", "pa.answer": "fulfilled"}
    assert rules(late) == {"tcd.result_notice": "waived", "pa.answer": "late"}
    assert kept.decision == "9/UBND-VP"
    assert timezone.localdate(kept.decided_at) == dt.date(2026, 8, 14)
    assert timezone.localdate(late.closed_at) == dt.date(2026, 10, 30)


@pytest.mark.usefixtures("people")
def test_a_row_older_than_the_calendar_has_no_duty_and_is_taken(tmp_path: Path) -> None:
    matter = imported(tmp_path, row(date=dt.date(2015, 3, 2)))[0]
    assert rules(matter) == {}
    assert matter.code == "21439-15-000001"


@pytest.mark.usefixtures("people")
def test_codes_follow_the_units_sequence(tmp_path: Path) -> None:
    unit = Unit.objects.get(code="21439-ubnd")
    assert code_next(unit=unit, on=dt.date(2026, 1, 5)) == "21439-26-000001"
    matters = imported(
        tmp_path,
        row(no=1),
        row(no=2, date=dt.date(2025, 12, 30), content="Rác thải chưa thu gom"),
        row(no=3, content="Mất nước sạch nhiều ngày"),
    )
    assert [m.code for m in matters] == ["21439-26-000002", "21439-25-000001", "21439-26-000003"]
    assert code_next(unit=unit, on=dt.date(2026, 1, 5)) == "21439-26-000004"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("051095012345", "051095012345"),
        (51095012345, "051095012345"),
        ("212345678", "212345678"),
        ("CCCD 051 095 012 345 cấp 2021", "051095012345"),
        ("C1234567", "C1234567"),
        ("Giấy chứng minh sĩ quan", "Giấy chứng minh sĩ quan"),
    ],
)
@pytest.mark.usefixtures("people")
def test_the_id_is_kept_encrypted(tmp_path: Path, cell: Any, number: str) -> None:
    citizen = imported(tmp_path, row(id=cell))[0].submissions.get().citizen
    assert number.encode() not in bytes(citizen.id_number)
    assert unseal(citizen.id_number) == number


@pytest.mark.parametrize(
    ("cell", "name", "address"),
    [
        ("Trần Văn Ổi, thôn 1, xã Khánh Cường", "Trần Văn Ổi", "thôn 1, xã Khánh Cường"),
        ("Trần Văn Ổi\nĐịa chỉ: thôn 1", "Trần Văn Ổi", "thôn 1"),
        ("Trần Văn Ổi - tổ dân phố 3", "Trần Văn Ổi", "tổ dân phố 3"),
        ("Trần Văn Ổi thôn 1 xã Khánh Cường", "Trần Văn Ổi", "thôn 1 xã Khánh Cường"),
        ("Trần Văn Ổi", "Trần Văn Ổi", ""),
        ("Tra\u0302\u0300n Va\u0306n O\u0302\u0309i; thôn 1", "Trần Văn Ổi", "thôn 1"),
    ],
)
@pytest.mark.usefixtures("people")
def test_name_and_address_are_told_apart(
    tmp_path: Path, cell: str, name: str, address: str
) -> None:
    citizen = imported(tmp_path, row(who=cell))[0].submissions.get().citizen
    assert (citizen.name, citizen.address) == (name, address)


def test_imported_matters_stand_on_the_desk_and_can_be_worked(people: Any, tmp_path: Path) -> None:
    matter = imported(tmp_path, row(competence="x", result="Đang giải quyết"))[0]
    page = matter_list(actor=people.head, wanted=MatterFilter(q="duong sat lo"))
    assert [m.code for m in page.rows] == [matter.code]
    view = matter_view(actor=people.head, code=matter.code)
    assert view is not None and "answer" in {step.name for step in view.steps}
    matter_act(
        acting=people.head, matter_id=matter.pk, step_name="answer", data={"answer": "Đã sửa."}
    )
    assert rules(matter)["pa.answer"] == DutyState.LATE
