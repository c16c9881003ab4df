"""Group petitions: signers, representatives (Article 29), lists, and those who join in later."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Matter, Submission
from dongthuan.core.people.models import Citizen
from dongthuan.work.petitions.groups import (
    SignerData,
    representatives_most,
    signers_add,
    signers_read,
    voice_add,
)
from dongthuan.work.petitions.models import Signer
from dongthuan.work.petitions.services import Sender, submission_find
from dongthuan.work.petitions.tests.paths import matter_in

NAMES = [SignerData(f"Nguyễn Văn Số {n}", "Tổ 1") for n in range(1, 8)]


@pytest.mark.parametrize(
    ("people_count", "most"), [(1, 0), (4, 0), (5, 2), (10, 2), (11, 5), (500, 5)]
)
def test_so_many_speak_for_all(people_count: int, most: int) -> None:
    assert representatives_most(people_count) == most


def add(people: Any, letter: Submission, *rows: SignerData, actor: Any = None) -> list[Signer]:
    return signers_add(acting=actor or people.intake, submission=letter, signers=rows)


def test_letters_and_people_stay_different_numbers(people: Any, submit: Any) -> None:
    receipt = submit(people_count=3)
    add(people, receipt.submission, *NAMES)
    matter = Matter.objects.get(pk=receipt.matter.pk)
    assert (matter.submission_count, matter.person_count) == (1, 7)
    assert Signer.objects.count() == 7


def test_a_list_shorter_than_what_was_said_takes_nobody_away(people: Any, submit: Any) -> None:
    receipt = submit(people_count=40)
    add(people, receipt.submission, *NAMES)
    assert Matter.objects.get(pk=receipt.matter.pk).person_count == 40


def test_each_representative_is_a_person_who_can_be_reached(people: Any, submit: Any) -> None:
    receipt = submit(people_count=6)
    before = Citizen.objects.count()
    add(people, receipt.submission, SignerData("Lê Thị Đại", "Tổ 2", "0912345678", "", True))
    assert Citizen.objects.count() == before + 1
    signer = Signer.objects.get()
    assert signer.citizen is not None
    assert signer.citizen.phone == "0912345678"


def test_more_representatives_than_the_law_allows_are_refused(people: Any, submit: Any) -> None:
    receipt = submit(people_count=10)
    rows = [SignerData(f"Đại diện {n}", representative=True) for n in range(3)]
    with pytest.raises(MatterError) as refused:
        add(people, receipt.submission, *rows)
    assert refused.value.field == "representative"
    assert not Signer.objects.exists()


def test_one_bad_line_adds_nobody(people: Any, submit: Any) -> None:
    receipt = submit()
    for bad in (SignerData("  "), NAMES[0], SignerData("x" * 121)):
        with pytest.raises(MatterError):
            add(people, receipt.submission, *NAMES, bad)
    assert not Signer.objects.exists()
    assert Matter.objects.get(pk=receipt.matter.pk).person_count == 1


@pytest.mark.parametrize("name", ["other_head", "front", "dvan", "inspector", "admin"])
def test_only_the_office_writes_down_signers(people: Any, submit: Any, name: str) -> None:
    receipt = submit()
    with pytest.raises(NotAllowed):
        add(people, receipt.submission, *NAMES, actor=people.actors[name])


def test_a_csv_list_is_read() -> None:
    text = "Danh sách\n\nSTT;Họ và tên;Địa chỉ\n1;Lê Thị A;Tổ 1\n2;Trần B;Tổ 2\n"
    rows = signers_read(name="ds.CSV", data=text.encode("utf-8-sig"))
    assert [(row.name, row.address) for row in rows] == [("Lê Thị A", "Tổ 1"), ("Trần B", "Tổ 2")]


def test_a_spreadsheet_is_read(people: Any) -> None:
    rows = signers_read(name="ds.xlsx", data=xlsx([["Họ và tên"], ["Lê Thị A"], ["Trần B"]]))
    assert [row.name for row in rows] == ["Lê Thị A", "Trần B"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b""),
        ("a.csv", "Không có cột\nAn\n".encode()),
        ("a.csv", "Họ và tên,Địa chỉ\n".encode()),
        ("a.csv", "Họ và tên,Địa chỉ\n,Tổ 1\n".encode()),
        ("a.csv", "Họ tên\n".encode("utf-16")),
        ("a.xlsx", b"PK\x03\x04 hong"),
        ("a.xlsx", b""),
        ("a.csv", b"x" * (5 * 1024 * 1024 + 1)),
    ],
)
def test_a_bad_list_is_refused_in_one_sentence(name: str, data: bytes) -> None:
    with pytest.raises(MatterError) as refused:
        signers_read(name=name, data=data)
    assert refused.value.field == "file"


def xlsx(rows: list[list[str]]) -> bytes:
    """The smallest spreadsheet that holds the rows."""
    cells = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{value}</t></is></c>' for value in row)
        + "</row>"
        for row in rows
    )
    space = "http://schemas.openxmlformats.org"
    main = f"{space}/spreadsheetml/2006/main"
    rels = f"{space}/package/2006/relationships"
    office = f"{space}/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{space}/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{rels}"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{rels}"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
        ),
    }
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return body.getvalue()


# -- I have the same problem


TEXT = "Trước nhà tôi nắp cống cũng vỡ như vậy."


@pytest.fixture
def public(people: Any, submit: Any) -> Matter:
    return matter_in(people, submit, "feedback", "published")


def voice(people: Any, matter: Matter, **more: Any) -> Any:
    values: dict[str, Any] = {
        "acting": people.citizen, "code": matter.code, "text": TEXT, "sender": Sender(),
    }  # fmt: skip
    return voice_add(**(values | more))


def test_another_voice_is_a_letter_with_a_receipt_of_its_own(people: Any, public: Matter) -> None:
    added = voice(people, public)
    matter = Matter.objects.get(pk=public.pk)
    assert (matter.submission_count, matter.person_count) == (2, 2)
    assert matter.replied_at is not None
    found = submission_find(code=public.code, secret=added.secret)
    assert found is not None
    assert found.pk == added.submission.pk


def test_the_same_form_twice_makes_one(people: Any, public: Matter) -> None:
    one = voice(people, public, idempotency_key="voice-1")
    two = voice(people, public, idempotency_key="voice-1")
    assert one.submission.pk == two.submission.pk
    assert Matter.objects.get(pk=public.pk).submission_count == 2


@pytest.mark.parametrize("state", ["accepted", "closed"])
def test_what_is_not_public_or_is_closed_is_not_joined(
    people: Any, submit: Any, state: str
) -> None:
    matter = matter_in(people, submit, "feedback", state)
    with pytest.raises(MatterError):
        voice(people, matter)
    assert matter.submissions.count() == 1


def test_a_sealed_matter_is_answered_like_an_unknown_code(people: Any, denounce: Any) -> None:
    sealed = denounce().matter
    with pytest.raises(MatterError) as real:
        voice(people, sealed)
    with pytest.raises(MatterError) as none:
        voice_add(acting=people.citizen, code="21439-26-999999", text=TEXT, sender=Sender())
    assert real.value.message == none.value.message
