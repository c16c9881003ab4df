"""Pasted text or a sheet: read, looked over, written all or none, with doubles shown."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.tables import table_xlsx
from dongthuan.work.recommendations.importing import (
    Line,
    LinesRefused,
    lines_alike,
    recommendations_import,
    sheet_lines,
    text_lines,
)
from dongthuan.work.recommendations.models import BodyRecommendation
from dongthuan.work.recommendations.tests.conftest import CONTENT, SESSION, unit

D = "/ban-lam-viec/kien-nghi/"
TEXT = """1. Cử tri đề nghị sửa mương thoát nước sau chợ, mưa lớn nước tràn vào nhà.
2. Đề nghị lắp đèn chiếu sáng đoạn đường từ chợ đến trường tiểu học.
3. Cử tri đề nghị sửa mương thoát nước sau chợ, mưa lớn nước tràn vào nhà dân."""


def given(people: Any, **more: Any) -> dict[str, Any]:
    return {
        "acting": people.council, "body": unit("21439-hdnd"), "source": "voters",
        "addressee": unit("21439-ubnd"), "meeting": "Tiếp xúc cử tri trước kỳ họp",
        "meeting_on": None,
    } | more  # fmt: skip


def test_doubles_are_shown_before_anything_is_written(people: Any, sent: Any) -> None:
    known = sent("women")
    alike = lines_alike(actor=people.council, lines=text_lines(TEXT))
    assert alike[0] == []
    assert [one.code for one in alike[1]] == [known.code]
    assert [one.line for one in alike[2]] == [1]


def test_all_lines_are_written_or_none(people: Any) -> None:
    lines = [*text_lines(TEXT), Line(content="Gọi 0905 123 456"), Line(content="Ngắn"),
             Line(content=CONTENT, addressee="21478-ubnd")]  # fmt: skip
    with pytest.raises(LinesRefused) as refused:
        recommendations_import(**given(people), lines=lines)
    assert set(refused.value.lines) == {3, 4, 5}
    assert not BodyRecommendation.objects.exists()
    made = recommendations_import(**given(people), lines=lines[:3])
    assert [row.state for row in made] == ["drafted"] * 3
    assert {row.meeting for row in made} == {"Tiếp xúc cử tri trước kỳ họp"}


def test_the_same_minutes_are_taken_in_once(people: Any) -> None:
    """The button pressed twice, or two officers with the same minutes."""
    lines = text_lines(TEXT)
    recommendations_import(**given(people), lines=lines)
    with pytest.raises(LinesRefused) as refused:
        recommendations_import(**given(people), lines=lines)
    assert set(refused.value.lines) == {0, 1, 2}
    assert BodyRecommendation.objects.count() == 3
    recommendations_import(**given(people, meeting="Một hội nghị khác"), lines=lines)


@pytest.mark.parametrize("text", ["", " \n\n ", "\n".join(f"Dòng {n}" for n in range(201))])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(MatterError) as refused:
        text_lines(text)
    assert refused.value.field == "text"


def test_a_sheet_names_the_authority_by_its_name(people: Any) -> None:
    rows = [("Sửa mương sau chợ", "Ngập", "UBND phường Đức Phổ"), ("Lắp đèn đường", "", ""),
            ("Mở lớp bơi", "", "Sở Thể thao")]  # fmt: skip
    data = table_xlsx(("Nội dung kiến nghị", "Căn cứ, lý do", "Cơ quan giải quyết"), rows)
    lines = sheet_lines(data, body=unit("21439-hdnd"))
    assert [line.addressee for line in lines] == ["21439-ubnd", "", "Sở Thể thao"]
    assert lines[0].grounds == "Ngập"
    for bad in (b"", b"PK nothing", table_xlsx(("A", "B"), [("x", "y")])):
        with pytest.raises(MatterError) as refused:
            sheet_lines(bad, body=unit("21439-hdnd"))
        assert refused.value.field == "sheet"


def _fields(page: str) -> dict[str, str]:
    """What the shown form would send."""
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    found |= {n: t.strip() for n, t in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>',
                                                  page, re.DOTALL)}  # fmt: skip
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(
            r'value="([^"]*)"', options
        )
        found[name] = chosen[1] if chosen else ""
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def test_from_minutes_to_sent_at_the_desk(people: Any, browser_of: Any) -> None:
    desk = browser_of("council")
    assert browser_of("head").get(f"{D}nhap/").status_code == 404
    shared = {"body": unit("21439-hdnd").pk, "source": "voters", "topic": "",
              "meeting_on": "2026-10-30", "addressee": unit("21439-ubnd").pk,
              "meeting": "Tiếp xúc cử tri"}  # fmt: skip
    assert desk.post(f"{D}nhap/", shared).status_code == 422
    page = desk.post(f"{D}nhap/", shared | {"text": TEXT})
    assert page.status_code == 200
    fields = _fields(page.content.decode())
    assert fields["count"] == "3"
    wrong = fields | {"content_0": "Gọi 0905123456 gấp nhé"}
    refused = desk.post(f"{D}nhap/ghi/", wrong)
    assert refused.status_code == 422 and "0905123456" in refused.content.decode()
    assert not BodyRecommendation.objects.exists()
    assert desk.post(f"{D}nhap/ghi/", fields | {"leave_2": "on"}).status_code == 302
    drafts = BodyRecommendation.objects.order_by("pk")
    assert [row.state for row in drafts] == ["drafted"] * 2
    ids = [str(row.pk) for row in drafts]
    assert desk.get(f"{D}gui/?ids={ids[0]}&ids={ids[1]}").status_code == 200
    assert desk.post(f"{D}gui/", {"ids": ids, "document": "9/HĐND"}).status_code == 422
    send = {"ids": ids, "document": "9/HĐND", "session_on": SESSION.isoformat()}
    assert desk.post(f"{D}gui/", send).status_code == 302
    assert {row.state for row in drafts.all()} == {"sent"}


def test_a_sheet_at_the_desk(people: Any, browser_of: Any) -> None:
    desk = browser_of("front")
    assert desk.get(f"{D}nhap/mau.xlsx").content[:2] == b"PK"
    body = table_xlsx(("Nội dung kiến nghị",), [("Đề nghị mở lớp bơi cho trẻ em.",)])
    shared = {"body": unit("21439-mttq").pk, "source": "front", "topic": "",
              "meeting_on": "2026-10-30", "addressee": unit("21439-ubnd").pk,
              "meeting": "Hội nghị"}  # fmt: skip
    sheet = SimpleUploadedFile("kien-nghi.xlsx", body)
    page = desk.post(f"{D}nhap/", shared | {"sheet": sheet})
    assert page.status_code == 200 and "lớp bơi" in page.content.decode()
    broken = SimpleUploadedFile("kien-nghi.xlsx", b"khong phai")
    assert desk.post(f"{D}nhap/", shared | {"sheet": broken}).status_code == 422
