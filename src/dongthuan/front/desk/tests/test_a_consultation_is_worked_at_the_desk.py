"""A consultation at the desk from its draft to the answers, by its pages alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.tables import table_xlsx
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.importing import HEAD
from dongthuan.work.consultations.models import (
    Cluster,
    Consultation,
    Opinion,
    Participation,
    Tally,
)
from dongthuan.work.consultations.opinions import Given, part_give
from dongthuan.work.consultations.services import consultation_create
from dongthuan.work.consultations.tests.conftest import AFTER, LAST, PURPOSE, TODAY, open_today

C = "/ban-lam-viec/lay-y-kien/"
STEP = "/ban-lam-viec/vu-viec/"


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(TODAY):
        yield


def drafted(browser: Client) -> Consultation:
    office = Unit.objects.get(code="21439-ubnd")
    answer = browser.post(
        f"{C}them/",
        {"unit": office.pk, "item": "5", "title": "Dự thảo phân luồng giao thông",
         "purpose": PURPOSE, "forms": ["b", "d", "e"]},
    )  # fmt: skip
    assert answer.status_code == 302
    return Consultation.objects.get()


def act(browser: Client, matter: Consultation, name: str, **data: Any) -> None:
    version = Matter.objects.get(pk=matter.pk).version
    answer = browser.post(f"{STEP}{matter.code}/{name}/", {"version": version, **data})
    assert answer.status_code == 302, answer.content.decode()


def test_the_whole_way_goes_by_the_pages(people: Any, desk_of: Callable[[str], Client]) -> None:
    browser = desk_of("head")
    matter = drafted(browser)
    here = f"{C}{matter.code}/"
    text = {"title": "Bản 1", "text": "Điều 1. Phạm vi\n\nĐường số 2 một chiều."}
    assert browser.post(f"{here}noi-dung/", text).status_code == 302
    first = {"text": "Có đồng ý không?", "type": "single", "choices": "Có\nKhông"}
    assert browser.post(f"{here}phieu-hoi/", first).status_code == 302
    second = {"text": "Vì sao?", "type": "text", "only_if": "q1", "show_if": ["q1:1"]}
    assert browser.post(f"{here}phieu-hoi/", second).status_code == 302
    assert matter.questions.get(key="q2").show_if == {"question": "q1", "in": [1]}
    act(browser, matter, "send_plan", document="12/KH-UBND", sent_on=TODAY.date().isoformat())
    act(browser, matter, "publish", closes_on=LAST.isoformat())
    part_give(consultation_id=matter.pk, given=Given(opinions=[(None, "Nên làm thêm vạch sơn.")]))
    with clock.at(AFTER):
        act(browser, matter, "close")
        pk = Opinion.objects.get().pk
        browser.post(f"{here}y-kien/", {"opinion": [pk], "go": "show"})
        browser.post(f"{here}y-kien/", {"opinion": [pk], "go": "new", "title": "Vạch sơn"})
        cluster = Cluster.objects.get()
        answer = {"answer": "taken", "reason": "Đã bổ sung vạch sơn vào phương án."}
        assert browser.post(f"{here}nhom/{cluster.pk}/", answer).status_code == 302
        act(browser, matter, "synthesise", synthesis="Một ý kiến về vạch sơn.")
        act(browser, matter, "answer", document="20/BC-UBND")
        assert "tiếp thu" in browser.get(here).content.decode().lower()
    assert Consultation.objects.get().state == "answered"


def test_taking_a_question_out_takes_what_hangs_on_it(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    browser = desk_of("handler")
    matter = drafted(browser)
    here = f"{C}{matter.code}/phieu-hoi/"
    browser.post(here, {"text": "Có đồng ý không?", "type": "single", "choices": "Có\nKhông"})
    browser.post(here, {"text": "Vì sao?", "type": "text", "only_if": "q1", "show_if": ["q1:1"]})
    browser.post(here, {"remove": "q1"})
    assert not matter.questions.exists()


def test_a_bad_form_is_told_and_changes_nothing(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    browser = desk_of("handler")
    assert browser.post(f"{C}them/", {"title": "x"}).status_code == 422
    assert not Consultation.objects.exists()
    asked = open_today(people)
    here = f"{C}{asked['asked']}/"
    for path, data in (
        ("ma/", {"count": 0}),
        ("phieu-giay/", {"form": "d", "source": ""}),
        ("kiem-phieu/", {"form": "b"}),
        ("doi-tuong/", {"name": ""}),
        (f"doi-tuong/{asked['addressee']}/", {"wish": "silent"}),
        (f"y-kien/{asked['opinion']}/giu/", {"hold": "dislike"}),
        (f"nhom/{asked['cluster']}/", {"answer": "taken", "reason": "Vì vậy."}),
        ("noi-dung/", {"title": "Khác", "text": "Khác hẳn."}),
    ):
        assert browser.post(here + path, data).status_code == 422, path


def test_a_village_keys_in_its_own_papers(people: Any, desk_of: Callable[[str], Client]) -> None:
    here = f"{C}{open_today(people)['asked']}/"
    village = Unit.objects.get(code="21439-t01")
    data = {"form": "d", "taken_on": TODAY.date().isoformat(), "source": "Hòm thư", "number": "1",
            "village": village.pk, "text": "Nên đặt đèn.", "people": 1, "q1": "0"}  # fmt: skip
    browser = desk_of("village_front")
    assert browser.get(f"{here}phieu-giay/").status_code == 200
    assert browser.post(f"{here}phieu-giay/", data).status_code == 302
    part = Participation.objects.get(form="d")
    assert (part.village, part.answers) == (village, {"q1": 0})
    assert browser.get(f"{here}y-kien/").status_code == 404
    assert "Nguyễn Thị Thử" not in browser.get(here).content.decode()


def test_a_spreadsheet_and_a_count_come_in(people: Any, desk_of: Callable[[str], Client]) -> None:
    browser = desk_of("handler")
    here = f"{C}{open_today(people)['asked']}/"
    rows = [["1", "d", "02/11/2026", "Hòm thư", "", "", "", "Nên đặt đèn.", "1", "", "", ""]]
    head = [*HEAD, "Câu 1", "Câu 2", "Câu 3", "Câu 4"]
    upload = SimpleUploadedFile("phieu.xlsx", table_xlsx(head, rows))
    assert browser.post(f"{here}phieu-giay/nhap/", {"file": upload}).status_code == 302
    wrong = SimpleUploadedFile("phieu.xlsx", b"nothing")
    assert browser.post(f"{here}phieu-giay/nhap/", {"file": wrong}).status_code == 422
    village = Unit.objects.get(code="21439-t01")
    data = {"form": "b", "village": village.pk, "held_on": TODAY.date().isoformat(), "invited": 9,
            "present": 8, "agree": 5, "disagree": 2, "other": 1, "source": "Biên bản"}  # fmt: skip
    assert browser.post(f"{here}kiem-phieu/", data).status_code == 302
    assert Tally.objects.get().agree == 5


def test_codes_are_shown_once(people: Any, desk_of: Callable[[str], Client]) -> None:
    browser = desk_of("handler")
    here = f"{C}{open_today(people)['asked']}/ma/"
    answer = browser.post(here, {"count": 3})
    assert answer.content.decode().count("<code>") == 3
    assert "no-store" in answer["Cache-Control"]


def test_the_list_costs_the_same_at_ten_and_at_a_hundred(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    browser = desk_of("head")
    office = Unit.objects.get(code="21439-ubnd")

    def made(count: int) -> None:
        for n in range(count):
            consultation_create(
                acting=people.handler, unit=office, item="5", title=f"Dự thảo số {n} về giao thông",
                purpose=PURPOSE, forms=["e"],
            )  # fmt: skip

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(C).status_code == 200
        return len(seen)

    made(10)
    browser.get(C)
    few = queries()
    made(15)  # a page holds twenty
    assert queries() == few <= 12


def test_papers_are_pdf(people: Any, desk_of: Callable[[str], Client]) -> None:
    browser = desk_of("handler")
    here = f"{C}{open_today(people)['asked']}/"
    for name in ("ke-hoach", "tong-hop"):
        answer = browser.get(f"{here}{name}.pdf")
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Type"] == "application/pdf"
