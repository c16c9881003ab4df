"""The early warning at the desk: who reads it, what follows from it, what cannot be made up."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from dongthuan.core import clock
from dongthuan.core.matters.models import Level, Matter
from dongthuan.core.outbox.models import Message
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.plan_forms import LineForm
from dongthuan.front.desk.radar_telling import signals_tell
from dongthuan.front.desk.tests.conftest import rows_kept, sentences
from dongthuan.front.desk.tests.test_the_leadership_page import LEADING, OTHERS
from dongthuan.insight.radar.tests.conftest import NOON, letters, year  # noqa: F401
from dongthuan.work.hotspots.models import Hotspot
from dongthuan.work.notes.models import InformationNote, SituationNote

PAGE = "/ban-lam-viec/canh-bao-som/"
SIGNAL = {
    "noi": "21439", "den": "2026-11-23", "chu_de": "environment", "tai": "21439-t02", "ngay": "7",
}  # fmt: skip
SENTENCE = (
    "Từ ngày 17/11/2026 đến ngày 23/11/2026 có 7 vụ việc về “môi trường, rác thải” tại Tổ dân phố 2"
)
Desk = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def rising(year: None, letters: Any) -> list[Matter]:  # noqa: F811
    """Six letters of a week on waste in the second residential group; the year has a seventh."""
    made: list[Matter] = letters(0, 1, 1, 3, 4, 6)
    return made


def query(**changes: str) -> str:
    return "?" + urlencode(SIGNAL | changes)


def test_who_opens_it_and_in_whose_menu_it_stands(desk_of: Desk, rising: Any) -> None:
    for name in sorted(LEADING | OTHERS):
        client, leads = desk_of(name), name in LEADING
        for path in ("", "tin-hieu.csv"):
            assert client.get(PAGE + path).status_code == (200 if leads else 403), (name, path)
        # The head of another ward leads, but not here.
        status = 404 if name == "other_head" else 200 if leads else 403
        assert client.get(f"{PAGE}vu-viec/{query()}").status_code == status, name
        menu = client.get("/ban-lam-viec/").content.decode()
        assert (f'href="{PAGE}"' in menu) == leads, name


def test_another_area_does_not_exist(desk_of: Desk) -> None:
    head = desk_of("head")
    for area, status in (("21478", 404), ("51", 404), ("21439-t01", 200), ("21439-ubnd", 404)):
        assert head.get(f"{PAGE}?noi={area}").status_code == status, area
    assert desk_of("inspector").get(f"{PAGE}?noi=21478").status_code == 200


def test_a_signal_says_how_many_where_since_when_and_how_unlikely(
    desk_of: Desk, rising: Any
) -> None:
    page = desk_of("head").get(PAGE).content.decode()
    assert "1 tín hiệu" in page and "7 vụ việc trong 7 ngày" in page
    assert "Số nguồn gửi khác nhau: 7." in page
    for path in ("canh-bao-som/vu-viec/", "trao-doi/them/", "diem-nong/mo/"):
        assert f'href="/ban-lam-viec/{path}?noi=21439' in page
    assert "1 tín hiệu" in desk_of("party").get(f"{PAGE}?noi=21439").content.decode()
    table = desk_of("head").get(f"{PAGE}tin-hieu.csv")
    lines = table.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and "21439-t02" not in lines[1] and ",7,2026-11-17," in lines[1]


def test_behind_it_are_the_matters_that_the_reader_may_see(
    people: Any, desk_of: Desk, rising: list[Matter]
) -> None:
    Matter.objects.filter(pk=rising[0].pk).update(level=Level.UNIT)
    for name, seen in (("head", 7), ("front", 6)):
        behind = desk_of(name).get(f"{PAGE}vu-viec/{query()}").context["behind"]
        assert (behind.total, behind.hidden, len(behind.rows)) == (7, 7 - seen, seen)
        form = desk_of(name).get(f"/ban-lam-viec/diem-nong/mo/{query()}").context["form"]
        codes = form["matters"].value().split(", ")
        assert (len(codes), rising[0].code in codes) == (seen, seen == 7)


NONE: tuple[dict[str, str], ...] = (
    {"chu_de": "land"}, {"chu_de": "x"}, {"tai": "21439"}, {"tai": "21439-t01"}, {"ngay": "14"},
    {"ngay": "x"}, {"ngay": "-7"}, {"ngay": "²"}, {"den": "2026-06-01"}, {"den": "x"},
    {"tai": "' OR 1=1"},
)  # fmt: skip


def test_a_signal_that_is_none_opens_nothing(desk_of: Desk, rising: Any) -> None:
    before, head = rows_kept(), desk_of("head")
    pages = (f"{PAGE}vu-viec/", "/ban-lam-viec/trao-doi/them/", "/ban-lam-viec/diem-nong/mo/")
    for changes in NONE:
        asked = query(**changes)
        for path in pages:
            assert head.get(path + asked).status_code == 404, (path, changes)
    assert rows_kept() == before


def test_a_signal_that_ended_meanwhile_takes_nothing_of_what_was_written(
    desk_of: Desk, rising: list[Matter]
) -> None:
    head, dvan = desk_of("head"), desk_of("dvan")
    place = Unit.objects.get(code="21439-t02").pk
    told = {"title": "Rác", "place": place, "topic": "environment", "about": "Rác."}
    receiver = Unit.objects.get(code="21439-ubnd").pk
    note = {"receiver": receiver, "topic": "environment", "facts": "Rác ở chợ.",
            "source": "petition", "learnt_on": "2026-11-23"}  # fmt: skip
    Matter.objects.filter(pk__in=[row.pk for row in rising]).update(level=Level.RESTRICTED)
    for changes in ({}, *NONE):
        answer = head.post(f"/ban-lam-viec/diem-nong/mo/{query(**changes)}", told, follow=True)
        assert "bản ghi đã thay đổi" in answer.content.decode()
        spot = Hotspot.objects.latest("pk")
        assert (spot.source, spot.signal_count, spot.signal_since) == ("hand", 0, None)
    assert dvan.post(f"/ban-lam-viec/trao-doi/them/{query()}", note).status_code == 302
    assert InformationNote.objects.get().facts == "Rác ở chợ."


@pytest.mark.parametrize("day", ["2014-01-01", "2014-06-30"])
def test_the_first_day_on_record_can_be_read(desk_of: Desk, rising: Any, day: str) -> None:
    head = desk_of("head")
    assert "Chưa đủ số liệu trước đó" in head.get(f"{PAGE}?den={day}").content.decode()
    assert head.get(f"{PAGE}tin-hieu.csv?den={day}").status_code == 200
    assert head.get(f"/ban-lam-viec/lanh-dao/?tu=2014-01-01&den={day}").status_code == 200


def test_letters_that_nobody_has_sorted_are_counted_and_are_no_signal(
    desk_of: Desk, year: None, letters: Any  # noqa: F811
) -> None:  # fmt: skip
    letters(0, 1, 1, 2, 3, 4, topic="")
    page = desk_of("head").get(PAGE).content.decode()
    assert "Chưa phân loại" in page and "Không có gì tăng bất thường" in page


def test_above_the_commune_a_village_is_told_with_its_commune(desk_of: Desk, rising: Any) -> None:
    inspector = desk_of("inspector")
    ward = Unit.objects.get(code="21439").label
    here = f"Tổ dân phố 2 (minh họa), {ward}"
    assert here in inspector.get(f"{PAGE}?noi=51").content.decode()
    assert here in inspector.get(f"{PAGE}tin-hieu.csv?noi=51").content.decode()
    assert here in inspector.get(f"{PAGE}vu-viec/{query(noi='51')}").content.decode()
    assert here not in inspector.get(f"{PAGE}?noi=21439").content.decode()
    spot = opened(inspector, query(noi="51"))
    assert (spot.source, spot.signal_count, spot.place.code) == ("radar", 7, "21439-t02")  # type: ignore[union-attr]
    assert here in spot.title


@pytest.mark.parametrize("day", ["x", "2026-11-24", "1999-01-01", "0001-01-01"])
def test_a_day_that_cannot_be_is_told_in_one_sentence(desk_of: Desk, day: str) -> None:
    answer = desk_of("head").get(f"{PAGE}?den={day}")
    assert answer.status_code == 422
    assert len(sentences(answer)) == 1
    assert desk_of("head").get(f"{PAGE}tin-hieu.csv?den={day}").status_code == 404


def opened(client: Client, said: str = "", **changes: str) -> Hotspot:
    """Open the watch as the form offers it, with changes."""
    address = f"/ban-lam-viec/diem-nong/mo/{said or query()}"
    form = client.get(address).context["form"]
    given = {name: form[name].value() for name in form.fields} | changes
    answer = client.post(address, given)
    assert answer.status_code == 302, sentences(answer)
    return Hotspot.objects.latest("pk")


def test_the_watch_is_opened_on_it_with_its_numbers_and_matters(
    desk_of: Desk, rising: list[Matter]
) -> None:
    spot = opened(desk_of("head"))
    assert (spot.source, spot.topic, spot.signal_count) == ("radar", "environment", 7)
    assert (spot.signal_since, spot.signal_until) == (dt.date(2026, 11, 17), dt.date(2026, 11, 23))
    assert spot.place == Unit.objects.get(code="21439-t02")
    assert spot.about.startswith(SENTENCE)
    page = desk_of("head").get(f"/ban-lam-viec/diem-nong/{spot.code}/").content.decode()
    assert all(matter.code in page for matter in rising)
    assert spot.code in desk_of("head").get(PAGE).content.decode()
    assert spot.code not in desk_of("front").get(PAGE).content.decode()
    facts = spot.entries.filter(act="hotspot.opened").get().facts
    assert facts == {"from": "2026-11-17", "to": "2026-11-23", "n": 7}


def test_of_another_topic_or_place_it_is_opened_by_hand(desk_of: Desk, rising: Any) -> None:
    assert opened(desk_of("head"), matters=rising[0].code).signal_count == 7, "as it was read"
    assert opened(desk_of("head"), topic="land").source == "matters"
    elsewhere = Unit.objects.get(code="21439-t01")
    spot = opened(desk_of("head"), place=str(elsewhere.pk), matters="")
    assert (spot.source, spot.signal_since) == ("hand", None)


def test_a_partner_is_told_in_its_words(desk_of: Desk, rising: Any) -> None:
    client = desk_of("dvan")
    form = client.get(f"/ban-lam-viec/trao-doi/them/{query()}").context["form"]
    receiver = Unit.objects.get(code="21439-ubnd")
    begun = {name: form[name].value() for name in form.fields if form[name].value()}
    given = begun | {"receiver": receiver.pk}
    answer = client.post(f"/ban-lam-viec/trao-doi/them/{query()}", given)
    assert answer.status_code == 302, sentences(answer)
    note = InformationNote.objects.get()
    assert (note.topic, note.source, note.place.code) == ("environment", "petition", "21439-t02")  # type: ignore[union-attr]
    assert note.facts.startswith(SENTENCE)


def test_the_situation_note_tells_the_signals_and_freezes_them(
    people: Any, desk_of: Desk, rising: Any, letters: Any  # noqa: F811
) -> None:  # fmt: skip
    client = desk_of("dvan_head")
    client.post(
        "/ban-lam-viec/tinh-hinh/them/",
        {"period": "month", "number": "11", "year": "2026", "keys": ["radar.signals"]},
    )
    note = SituationNote.objects.get()
    page = f"/ban-lam-viec/tinh-hinh/{note.code}/"
    line = "– môi trường, rác thải, Tổ dân phố 2 (minh họa)"
    assert line in client.get(page).content.decode()
    with clock.at(NOON + dt.timedelta(days=10)):
        write = {"assessment": "Tình hình ổn định.", "keys": ["radar.signals"], "version": "1"}
        assert client.post(f"{page}sua/", write).status_code == 302
        version = SituationNote.objects.get().version
        assert client.post(f"{page}thong-qua/", {"version": version}).status_code == 302
        figure = SituationNote.objects.get().figures[0]
        letters(0, 0, 1, 2, topic="land", place="21439-t03")
        assert line in client.get(page).content.decode()
        pdf = PdfReader(io.BytesIO(client.get(f"{page}bao-cao.pdf").content))
        words = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
        docx = Document(io.BytesIO(client.get(f"{page}bao-cao.docx").content))
    assert figure["key"] == "radar.signals" and figure["value"] == 1
    assert figure["parts"][0]["value"] == "7"
    assert "– môi trường, rác thải, Tổ dân phố 2" in words
    assert line in [cell.text for table in docx.tables for row in table.rows for cell in row.cells]


def test_no_plan_sets_it_as_an_aim(people: Any, desk_of: Desk) -> None:
    form = LineForm(bodies=[])
    offered = [key for key, _label in form.fields["bound"].choices]  # type: ignore[attr-defined]
    assert "petitions.on_time" in offered and "radar.signals" not in offered


def test_the_leadership_page_tells_of_it(desk_of: Desk, rising: Any) -> None:
    page = desk_of("head").get("/ban-lam-viec/lanh-dao/").content.decode()
    assert "Môi trường, rác thải, Tổ dân phố 2" in page and PAGE in page


def test_who_leads_is_told_once_a_month_that_there_is_something(people: Any, rising: Any) -> None:
    assert signals_tell() == 5
    rows = Message.objects.order_by("recipient")
    assert [row.recipient.partition("@")[0] for row in rows] == [
        "dvan", "dvan_head", "front_head", "head", "party",
    ]  # fmt: skip
    for row in rows:
        assert "canh-bao-som/?noi=21439" in row.body
        assert "môi trường" not in row.body + row.subject and "Tổ dân phố" not in row.body
    assert signals_tell() == 0
    with clock.at(NOON + dt.timedelta(days=1)):
        assert signals_tell() == 0


def test_where_nothing_rises_nobody_is_told(people: Any, year: None) -> None:  # noqa: F811
    assert signals_tell() == 0
