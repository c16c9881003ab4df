"""The pages answer whom they should, in few queries, and tell nobody who asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.matters.models import Entry
from dongthuan.core.outbox.models import Message
from dongthuan.core.units.models import Unit
from dongthuan.work.dialogues import selectors
from dongthuan.work.dialogues.models import Dialogue, Invitation, Question
from dongthuan.work.dialogues.questions import Asker, End, question_ask, question_settle
from dongthuan.work.dialogues.tests.conftest import ANNOUNCED, DAY, MORNING, act, question

P, D = "/doi-thoai/", "/ban-lam-viec/doi-thoai/"
NAME, PHONE, EMAIL = "Vết Tên Riêng", "0905777999", "vetriengtu@vidu.vn"
FORM = {"sort": "thematic", "theme": "Rác thải", "on": "2026-11-27", "time": "14:00",
        "venue": "Hội trường", "agenda": "Thu gom rác", "groups": "Các hộ"}  # fmt: skip
SEEING = {"intake", "handler", "head", "inspector", "front", "front_head", "dvan", "party"}
KEEPING = {"intake", "handler", "head"}
NAMES = sorted(SEEING | {"other_head", "other_intake", "board", "village_head", "admin"})


@pytest.mark.parametrize("name", NAMES)
def test_who_opens_which_page(people: Any, announced: Any, browser_of: Any, name: str) -> None:
    page, row = browser_of(name), question(people, announced)
    keeps = name in KEEPING
    pages = {
        f"{D}{announced.code}/": name in SEEING,
        f"{D}{announced.code}/moi/": keeps,
        f"{D}{announced.code}/da-gui/": keeps,
        f"{D}{announced.code}/ghi-cau-hoi/": keeps,
        f"{D}cau-hoi/{row.pk}/doc/": keeps,
        f"{D}cau-hoi/{row.pk}/gop/": keeps,
        f"{D}cau-hoi/{row.pk}/ket-qua/": keeps,
        f"{D}{announced.code}/khong-co.pdf": False,
    }
    for address, opens in pages.items():
        assert page.get(address).status_code == (200 if opens else 404), address


def test_from_the_desk_to_the_public_page(people: Any, browser_of: Any, chair: Any) -> None:
    desk, anyone = browser_of("handler"), browser_of()
    assert desk.post(f"{D}them/", FORM | {"host": chair.pk, "on": "2026-11-03"}).status_code == 422
    front = Unit.objects.get(code="21439-mttq")
    given = FORM | {"host": chair.pk, "partners": [front.pk]}
    assert desk.post(f"{D}them/", given).status_code == 302
    made = Dialogue.objects.get()
    page = f"{P}{made.code}/"
    assert anyone.get(page).status_code == 404  # not announced yet
    invited = {"whom": "Ban quản lý chợ\nTiểu thương\n", "units": [front.pk]}
    assert desk.post(f"{D}{made.code}/moi/", invited).status_code == 302
    assert desk.post(f"{D}{made.code}/moi/", invited).status_code == 422  # they are on it
    first = Invitation.objects.order_by("id")[0]
    desk.post(f"{D}{made.code}/da-gui/", {"invitations": [first.pk], "means": "paper"})
    assert Invitation.objects.exclude(sent_on=None).get() == first
    assert "Tiểu thương" not in anyone.get(page).content.decode()  # it has not gone out yet
    rest = list(Invitation.objects.filter(sent_on=None).values_list("pk", flat=True))
    desk.post(f"{D}{made.code}/da-gui/", {"invitations": rest, "means": "spoken"})
    act(people.handler, made, "announce", **ANNOUNCED)
    anyone.post(f"{page}hoi/", {"text": "Bao giờ thu gom rác đúng giờ?", "email": EMAIL})
    asked = Question.objects.get()
    read = {"words": "Bao giờ xe rác đến đúng giờ?"}
    told = desk.post(f"{D}cau-hoi/{asked.pk}/doc/", read, follow=True).content.decode()
    assert "Đã lưu." in told
    desk.post(f"{D}{made.code}/ghi-cau-hoi/",
              {"channel": "phone", "text": "Xe rác mấy giờ thì tới?"})  # fmt: skip
    second = Question.objects.latest("id")
    desk.post(f"{D}cau-hoi/{second.pk}/gop/", {"into": asked.number})
    desk.post(f"{D}cau-hoi/{second.pk}/tach/")
    desk.post(f"{D}cau-hoi/{second.pk}/doc/", {"words": "Xe rác?", "into": asked.number})
    end = {"outcome": "promised", "answer": "Đổi lịch xe rác.", "due_on": "2026-12-20"}
    assert desk.post(f"{D}cau-hoi/{asked.pk}/ket-qua/", end | {"due_on": ""}).status_code == 422
    assert desk.post(f"{D}cau-hoi/{asked.pk}/ket-qua/", end).status_code == 302
    shown = anyone.get(page).content.decode()
    for words in ("Bao giờ xe rác đến đúng giờ?", "Đổi lịch xe rác.", "20/12/2026", "Tiểu thương"):
        assert words in shown
    assert EMAIL not in shown


def test_the_screen_of_the_hall_renews_itself_and_puts_first_what_most_ask(
    people: Any, announced: Any, browser_of: Any
) -> None:
    rows = [question(people, announced, f"Câu hỏi số {n} về chợ?") for n in range(4)]
    Question.objects.filter(pk=rows[3].pk).update(state="merged", into=rows[2].pk)
    question_settle(acting=people.head, question=rows[0], end=End(outcome="answered", answer="Có."))
    answer = browser_of().get(f"{P}{announced.code}/truc-tiep/")
    assert answer["Refresh"] == "15"
    text = answer.content.decode()
    places = [text.index(f"Câu hỏi số {n}") for n in (2, 1, 0)]
    assert places == sorted(places)
    assert "Câu hỏi số 3" not in text
    assert "Refresh" not in browser_of().get(f"{P}{announced.code}/truc-tiep/?dung=1")


def test_who_asked_stands_nowhere_but_before_the_office(
    people: Any, announced: Any, browser_of: Any
) -> None:
    asker = Asker(name=NAME, phone=PHONE, email=EMAIL)
    row = question_ask(
        dialogue=announced, text=f"Tôi là {NAME}, bao giờ chợ xong?", channel="web", asker=asker
    )
    desk = browser_of("intake")
    assert NAME in desk.get(f"{D}{announced.code}/").content.decode()
    desk.post(f"{D}cau-hoi/{row.pk}/doc/", {"words": "Bao giờ chợ xong?"})
    end = {"outcome": "promised", "answer": "Xong trong năm.", "due_on": "2026-12-30"}
    desk.post(f"{D}cau-hoi/{row.pk}/ket-qua/", end)
    promise = Question.objects.get().matter
    assert promise is not None
    anyone, front = browser_of(), browser_of("front")
    pages = [anyone.get(address) for address in (
        P, f"{P}lich.ics", f"{P}{announced.code}/", f"{P}{announced.code}/truc-tiep/",
        f"{P}{announced.code}/hoi/", f"/tra-cuu/{promise.code}/", "/tra-cuu/?q=cho",
        f"/tra-cuu/{announced.code}/",
    )]  # fmt: skip
    pages.append(front.get(f"{D}{announced.code}/"))
    for answer in pages:
        assert answer.status_code == 200
        for mark in (NAME, PHONE, EMAIL):
            assert mark not in answer.content.decode()
    assert NAME not in str(list(Entry.objects.values_list("facts", "payload__body")))
    assert not Message.objects.filter(body__contains=NAME).exists()


def test_papers_are_printed(browser_of: Any, people: Any, announced: Any) -> None:
    question(people, announced)
    desk = browser_of("handler")
    desk.post(f"{D}{announced.code}/moi/", {"whom": "Ban quản lý chợ"})
    for what in ("thong-bao", "giay-moi", "cau-hoi", "phieu-hoi", "bien-ban", "ket-luan"):
        answer = desk.get(f"{D}{announced.code}/{what}.pdf")
        assert answer.content[:5] == b"%PDF-", what
    assert browser_of("front").get(f"{D}{announced.code}/bien-ban.pdf").status_code == 404


def test_the_calendar_holds_receptions_and_dialogues(
    people: Any, announced: Any, browser_of: Any
) -> None:
    from dongthuan.work.receptions.services import regular_open

    office = Unit.objects.get(code="21439-ubnd")
    regular_open(acting=people.intake, unit=office, venue="Trụ sở")
    anyone = browser_of()
    page = anyone.get(f"{P}?thang=2026-11&unit=21439").content.decode()
    assert announced.title in page
    assert "Trụ sở" in page
    assert anyone.get(f"{P}?thang=2026-12").context["lines"] == []
    assert anyone.get(f"{P}?thang=khong&after=x&unit=99").status_code == 200
    feed = anyone.get(f"{P}lich.ics")
    assert feed["Content-Type"].startswith("text/calendar")
    lines = feed.content.decode().split("\r\n")
    assert lines.count("BEGIN:VEVENT") == 2
    assert "DTSTART:20261120T010000Z" in lines
    assert max(len(line.encode()) for line in lines) <= 75


@pytest.mark.parametrize("page", [f"{P}tan-suat/?unit=21439", f"{D}tan-suat/?nam=2026"])
def test_how_often_is_public_and_at_the_desk(
    people: Any, yearly: Any, browser_of: Any, page: str
) -> None:
    browser = browser_of("party") if page.startswith(D) else browser_of()
    text = browser.get(page).content.decode()
    assert "Chủ tịch UBND" in text
    assert "Bí thư" in text


def test_a_flood_of_questions_is_stopped_but_a_hall_may_ask(
    announced: Any, browser_of: Any
) -> None:
    anyone, address = browser_of(), f"{P}{announced.code}/hoi/"
    given = {"text": "Bao giờ làm đường?"}
    answers = [anyone.post(address, given).status_code for _n in range(21)]
    assert (answers[0], answers[-1], Question.objects.count()) == (302, 429, 20)
    there = anyone.post(f"{address}?tai=hoi-truong", given)
    assert there.status_code == 302
    assert "da-hoi=21" in there["Location"]
    assert Question.objects.latest("id").channel == "hall"


def test_lists_take_as_many_queries_for_a_hundred_as_for_ten(
    people: Any, announced: Any, browser_of: Any
) -> None:
    def rows(n: int) -> None:
        at = announced.held_at
        for _n in range(n):
            announced.pk = announced.id = None
            announced.matter_ptr_id = None
            announced._state.adding = True
            announced.code = f"21439-26-{900_000 + Dialogue.objects.count()}"
            announced.held_at = at
            announced.save()

    def count(ask: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            ask()
        return len(queries)

    def reads() -> list[int]:
        return [
            count(lambda: selectors.dialogue_list(actor=people.head, view="coming", size=200)),
            count(lambda: selectors.dialogues_public(within=office, size=200)),
            count(lambda: selectors.dialogues_between(within=office, since=DAY, until=DAY)),
        ]

    office = announced.unit
    first = Dialogue.objects.get(pk=announced.pk)
    rows(9)
    few = reads()
    assert len(selectors.dialogue_list(actor=people.head, view="coming", size=200).rows) == 10
    rows(90)
    assert (reads(), few) == ([1, 1, 1], [1, 1, 1])
    page = selectors.dialogue_list(actor=people.head, view="coming", size=60)
    rest = selectors.dialogue_list(actor=people.head, view="coming", after=page.next, size=60)
    assert len({row.pk for row in page.rows + rest.rows}) == 100

    def asked(n: int) -> int:
        for _n in range(n):
            question(people, first)
        return count(lambda: selectors.story_public(first))

    assert asked(10) == asked(90) == 3


def test_a_client_without_a_code_of_the_hall_asks_nothing(announced: Any) -> None:
    with clock.at(MORNING + dt.timedelta(days=60)):
        assert Client().get(f"{P}khong-co/").status_code == 404
        assert Client().get(f"{P}{announced.code}/hoi/").status_code == 200
