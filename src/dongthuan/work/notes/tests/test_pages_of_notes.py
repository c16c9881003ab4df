"""The pages of notes: who opens which, what is refused in one sentence, what leads on."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from docx import Document

from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Unit
from dongthuan.work.notes.models import InformationNote, SituationNote
from dongthuan.work.notes.papers import situation_docx
from dongthuan.work.notes.tests.conftest import FACTS, act

N, T = "/ban-lam-viec/trao-doi/", "/ban-lam-viec/tinh-hinh/"


@pytest.fixture
def browser_of(people: Any, settings: Any) -> Callable[[str], Client]:
    settings.OFFICIALS_NEED_MFA = False

    def open_browser(name: str = "") -> Client:
        client = Client()
        if name:
            backend = settings.AUTHENTICATION_BACKENDS[1]
            client.force_login(people.accounts[name], backend=backend)
        return client

    return open_browser


def given(**changes: Any) -> dict[str, Any]:
    office = Unit.objects.get(code="21439-ubnd")
    return {"receiver": office.pk, "topic": "environment", "source": "meeting",
            "learnt_on": "2026-11-15", "facts": FACTS} | changes  # fmt: skip


@pytest.mark.parametrize(
    "name", ["dvan", "front", "head", "council", "village_head", "other_head", "admin", "inspector"]
)
def test_who_opens_which_page(
    people: Any, note: Any, situation_in: Any, browser_of: Any, name: str
) -> None:
    sent, written = note(), situation_in("draft")
    page = browser_of(name)
    writes = name not in ("village_head", "admin", "inspector")
    sees = name in ("dvan", "front", "head", "council", "inspector")
    own = name == "dvan"
    pages = {
        N: True, T: True, f"{N}them/": writes, f"{T}them/": writes, f"{N}{sent.code}/": sees,
        f"{T}{written.code}/": own or name == "inspector", f"{T}{written.code}/sua/": own,
        f"{T}{written.code}/muc/": own, f"{T}{written.code}/thong-qua/": False,
        f"{T}{written.code}/bao-cao.pdf": own or name == "inspector",
        f"{T}{written.code}/bao-cao.txt": False,
    }  # fmt: skip
    for address, opens in pages.items():
        assert page.get(address).status_code == (200 if opens else 404), address


def test_a_name_is_refused_at_its_field_and_a_fair_note_is_sent(browser_of: Any) -> None:
    page = browser_of("dvan")
    refused = page.post(f"{N}them/", given(facts="Ông Nguyễn Văn Dấu có thái độ chống đối."))
    assert refused.status_code == 422 and "id_facts_error" in refused.content.decode()
    assert not Matter.objects.exists()
    assert page.post(f"{N}them/", given()).status_code == 302
    note = InformationNote.objects.get()
    assert "Rãnh thoát nước" in browser_of("intake").get(f"{N}{note.code}/").content.decode()
    opened = browser_of("intake").post(f"{N}{note.code}/mo/", {"kind": "feedback"})
    assert opened.status_code == 302
    assert Matter.objects.filter(parent=note, kind="feedback").count() == 1


def test_a_note_is_nowhere_outside(note: Any, browser_of: Any) -> None:
    sent = note()
    assert "Rãnh thoát nước" not in browser_of().get(f"/tra-cuu/{sent.code}/").content.decode()


def test_a_situation_note_is_written_and_adopted_on_its_pages(
    people: Any, situation_in: Any, browser_of: Any
) -> None:
    made = situation_in("draft")
    page, head = browser_of("dvan"), browser_of("dvan_head")
    address = f"{T}{made.code}/"
    words = {"version": made.version, "assessment": "Ổn định.", "keys": ["notes.exchanged"]}
    assert page.post(f"{address}sua/", words).status_code == 302
    section = made.sections.get()
    edited = {"topic": section.topic, "place": "", "text": "Đã nạo vét."}
    assert page.post(f"{address}muc/?muc={section.pk}", edited).status_code == 302
    assert page.post(f"{address}gop/").status_code == 302
    step = head.get(f"/ban-lam-viec/vu-viec/{made.code}/adopt/")
    assert step["Location"].endswith("/thong-qua/")
    made.refresh_from_db()
    assert head.post(f"{address}thong-qua/", {"version": made.version}).status_code == 302
    adopted = SituationNote.objects.get(pk=made.pk)
    keys = [row["key"] for row in adopted.figures]
    assert keys == ["notes.exchanged", "board.due", "board.rate", "board.overdue"]
    act(people.dvan, adopted, "send")
    shown = browser_of("front").get(address).content.decode()
    assert "Đã nạo vét." in shown and "15/BC-BXDĐ" in shown
    for form in ("pdf", "docx"):
        assert browser_of("head").get(f"{address}bao-cao.{form}").status_code == 200


def test_the_next_note_is_begun_on_a_page(browser_of: Any) -> None:
    page = browser_of("front")
    given = {"period": "quarter", "number": "3", "year": "2026", "keys": ["directives.issued"]}
    assert page.post(f"{T}them/", given | {"number": "5"}).status_code == 422
    assert page.post(f"{T}them/", given).status_code == 302
    assert SituationNote.objects.get().author.code == "21439-mttq"


def test_the_form_of_a_new_note_opens_on_the_next_free_month(
    people: Any, situation_in: Any, browser_of: Any
) -> None:
    page = browser_of("dvan")
    taken = situation_in("draft")
    form = page.get(f"{T}them/").context["form"]
    assert (taken.year, taken.number) == (2026, 10)
    assert (form.initial["year"], form.initial["number"]) == (2026, 11)


def test_adopting_is_not_offered_before_the_period_is_over(
    people: Any, situation: Any, browser_of: Any
) -> None:
    running = situation(number=11)
    head = browser_of("dvan_head")
    assert f"/{running.code}/adopt/" not in head.get(f"{T}{running.code}/").content.decode()
    assert head.get(f"{T}{running.code}/thong-qua/").status_code == 404


def test_the_document_names_its_receivers_and_who_signs(people: Any, situation_in: Any) -> None:
    note = situation_in("adopted")
    text = "\n".join(p.text for p in Document(io.BytesIO(situation_docx(note, [], []))).paragraphs)
    for path in note.receivers:
        assert f"- {Unit.objects.get(path=path).label};" in text
    assert note.receivers and "TRƯỞNG BAN" in text.upper()
