"""Marked words of a hot spot, looked for wherever somebody outside it may look.

They stand in everything that members write: title, visits, answers, promises, reports, incidents,
talks, measures, the request to the province, a notice that the head has not approved. Then every
public address, the API, feeds, figures, logs, letters, and the desk of everybody who is not seated
are searched for them. Only an approved notice is public, and nothing beside it.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.indicators import all_indicators
from dongthuan.core.matters.models import Matter, Projection
from dongthuan.core.matters.recompute import moves_preview
from dongthuan.core.matters.services import matter_act
from dongthuan.core.outbox.models import Message
from dongthuan.core.people.services import token_create
from dongthuan.core.units.models import Position, Unit
from dongthuan.insight.leadership.brief import tables_of
from dongthuan.insight.leadership.counting import month_of
from dongthuan.insight.leadership.selectors import dashboard
from dongthuan.work.hotspots.asking import request_send
from dongthuan.work.hotspots.contact import (
    Given,
    Raised,
    incident_record,
    measure_decide,
    talk_record,
    visit_record,
)
from dongthuan.work.hotspots.models import Hotspot, Notice
from dongthuan.work.hotspots.notices import notice_publish, notice_write, part_write
from dongthuan.work.hotspots.services import Named, group_create, hotspot_create, seats_decide
from dongthuan.work.projects.codes import LinkRole
from dongthuan.work.projects.record import link_add
from dongthuan.work.projects.services import project_create
from dongthuan.work.supervision.boards import matter_linked
from tests.test_nothing_that_is_sent_breaks_a_page import ADDRESSES

MARK, TOLD = "vếtđiểmnóngkín", "điều được thông tin"
MARKS = (MARK, "vetdiemnongkin", "%E1%BA%BFt%C4%91i")
D = "/ban-lam-viec/"
OUTSIDE = (
    "intake",
    "handler2",
    "sealed",
    "front",
    "front_head",
    "dvan",
    "dvan_head",
    "council",
    "board",
    "other_head",
    "inspector",
    "admin",
    "village_head",
    "other_village_head",
)
# Every page of the desk that needs no code: lists, books, registers, feeds, figures, papers.
ROOMS = [
    address for address in ADDRESSES if address.startswith(D) and not re.search(r"[{\d]", address)
]
PUBLIC = [address for address in ADDRESSES if not address.startswith((D, "/tai-khoan/"))]


def marks_in(text: str, *more: str) -> list[str]:
    return [mark for mark in (*MARKS, *more) if mark.casefold() in text.casefold()]


def body_of(answer: Any) -> str:
    return (b"".join(answer) if answer.streaming else answer.content).decode("utf-8", "replace")


class Heard(logging.Handler):
    """Everything that a logger says, but the statements that go to the database."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith("django.db"):
            self.lines.append(record.getMessage())


@pytest.fixture
def heard() -> Iterator[Heard]:
    handler, root = Heard(), logging.getLogger()
    before, root.level = root.level, logging.DEBUG
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    root.level = before


@pytest.fixture
def figures(people: Any) -> dict[str, str]:
    """The public figures before there was a hot spot."""
    return {page: body_of(Client().get(page)) for page in FIGURES}


FIGURES = ("/don-vi/21439/so-lieu.csv", "/so-lieu/")


@pytest.fixture
def lived(people: Any, figures: Any, heard: Heard, submit: Any) -> Hotspot:
    """A hot spot about a petition, in which everybody has written the marked word."""
    with clock.at(clock.now() - dt.timedelta(hours=1)):
        petition = submit("Đường vào chợ mới bị ngập, đề nghị sửa.").matter
        spot = hotspot_create(
            acting=people.handler, place=Unit.objects.get(code="21439"), topic="economy",
            title=f"Chợ {MARK}", about=f"Việc {MARK} ở chợ", matters=[petition.code],
        )  # fmt: skip
        _decided(people, spot)
        _written(people, spot)
    return Hotspot.objects.get(pk=spot.pk)


def _decided(people: Any, spot: Hotspot) -> None:
    today, area = clock.today(), Unit.objects.get(code="21439-t01")
    group = group_create(
        acting=people.head, hotspot=spot, name=f"Tổ {MARK}", tasks=MARK, areas=[area],
        document=f"1/{MARK}", decided_on=today,
    )  # fmt: skip
    party = Position.objects.get(code="21439-party")
    seats_decide(
        acting=people.head, hotspot=spot, document=f"2/{MARK}", decided_on=today,
        named=[Named(position=party, part="steering_head")],
    )  # fmt: skip
    office = Unit.objects.get(code="21439-ubnd")
    given = Given(what=f"Sửa {MARK}", unit=office, due_on=today)
    visit_record(
        acting=people.head, hotspot=spot, group=group, area=area, on=today, turns=3,
        concerns=[Raised(topic="economy", text=f"Hỏi {MARK}", answer=f"Đáp {MARK}")],
        promises=[given], document=f"3/{MARK}",
    )  # fmt: skip
    measure_decide(acting=people.party, hotspot=spot, measure=given, document=f"4/{MARK}")


def _written(people: Any, spot: Hotspot) -> None:
    place, now = Unit.objects.get(code="21439"), clock.now()
    incident_record(
        acting=people.head, hotspot=spot, at=now, area=place, people=9, text=MARK, grave=True
    )
    talk_record(
        acting=people.head, hotspot=spot, on=clock.today(), area=place, venue=MARK, bodies=MARK,
        people=5, text=MARK, document=MARK,
    )  # fmt: skip
    data = dict.fromkeys(("situation", "done", "next", "wishes"), f"Báo cáo {MARK}")
    matter_act(acting=people.head, matter_id=spot.pk, step_name="report", data=data)
    data = {"criteria": ["people", "crowd", "order"], "reason": f"Vì {MARK}"}
    matter_act(acting=people.head, matter_id=spot.pk, step_name="declare_hot", data=data)
    request_send(
        acting=people.party, hotspot=spot, question=f"Hỏi {MARK}", document=f"5/{MARK}",
        positions=[Position.objects.get(code="51-handler")],
    )  # fmt: skip
    notice_write(acting=people.head, hotspot=spot, title=f"Nháp {MARK}", body=MARK)
    shown = notice_write(acting=people.head, hotspot=spot, title="Về chợ mới", body=TOLD)
    part_write(acting=people.head, notice=shown, sort="update", text=f"Nháp {MARK}")
    notice_publish(acting=people.head, notice=shown)


def test_no_public_address_feed_or_interface_says_anything(lived: Hotspot) -> None:
    promise = Matter.objects.filter(kind="promise").first()
    petition = Matter.objects.get(kind="petition")
    assert promise
    codes = (lived.code, promise.code)
    guest = Client(raise_request_exception=False)
    queries = ("", "?q=cho", "?q=bao+cao", "?unit=21439")  # words that stand beside the marked one
    for address in PUBLIC:
        for code in (*codes, petition.code) if "{code}" in address else ("",):
            own = code if code in codes else "-"
            for query in queries[: 2 if "{code}" in address else 4]:
                page = body_of(guest.get(address.format(code=code) + query))
                secrets = [secret for secret in codes if secret != own]
                assert not marks_in(page, *secrets), (address, code, query)


def test_only_what_was_approved_is_public(lived: Hotspot) -> None:
    shown, draft = Notice.objects.order_by("-state")
    page = body_of(Client().get(f"/diem-nong/{shown.handle}/"))
    assert TOLD in page
    assert not marks_in(page, lived.code)
    assert Client().get(f"/diem-nong/{draft.handle}/").status_code == 404
    assert TOLD in body_of(Client().get("/diem-nong/"))


def test_no_public_row_and_no_figure_counts_it(lived: Hotspot, figures: Any) -> None:
    hidden = Matter.objects.exclude(kind="petition").values("pk")
    assert not Projection.objects.filter(pk__in=hidden).exists()
    petition = Matter.objects.get(kind="petition")
    petition_only = body_of(Client().get(FIGURES[0]))
    rows_before, rows_now = figures[FIGURES[0]].count("\n"), petition_only.count("\n")
    assert rows_now >= rows_before
    for duty in ("hs.", "promise"):
        assert duty not in petition_only
    assert petition.code.endswith("000001"), "its codes leave no gap among the open ones"


def test_nobody_outside_finds_it_at_the_desk(
    lived: Hotspot, signed_in: Callable[[str], Client]
) -> None:
    petition = Matter.objects.get(kind="petition")
    H = f"{D}diem-nong/"
    pages = [
        D, f"{D}?view=all", f"{D}?view=all&q=cho", f"{D}xuat/?view=all", H,
        f"{H}?xem=all", f"{D}vu-viec/{petition.code}/", f"{H}{lived.code}/",
        f"{H}{lived.code}/dien-bien/", f"{H}{lived.code}/tiep-xuc/", f"{D}vu-viec/{lived.code}/",
        f"{D}vu-viec/{lived.code}/report/", f"{D}ban-giao/", f"{D}chuyen-don/",
        f"{H}bao-cao/{lived.reports.get().pk}.pdf",
        *(f"{H}thong-bao/{notice.pk}/sua/" for notice in lived.notices.all()),
    ]  # fmt: skip
    for name in OUTSIDE:
        client = signed_in(name)
        for page in pages:
            assert not marks_in(body_of(client.get(page))), (name, page)


def test_no_browser_keeps_its_pages(lived: Hotspot, signed_in: Callable[[str], Client]) -> None:
    """The next person at the same computer goes back in the history, and finds nothing."""
    client, room = signed_in("head"), f"{D}diem-nong/"
    promise = Matter.objects.filter(parent=lived).first()
    assert promise
    for page in (
        D, room, f"{room}{lived.code}/", f"{room}{lived.code}/dien-bien/",
        f"{D}vu-viec/{promise.code}/",
    ):  # fmt: skip
        answer = client.get(page)
        assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"], page


@pytest.mark.parametrize("name", ["council", "inspector"])
def test_no_room_of_the_desk_tells_its_neighbours(
    lived: Hotspot, signed_in: Callable[[str], Client], name: str
) -> None:
    codes = [lived.code, *Matter.objects.filter(parent=lived).values_list("code", flat=True)]
    client = signed_in(name)
    client.raise_request_exception = False
    for address in ROOMS:
        page = body_of(client.get(address))
        assert not marks_in(page, *codes), (name, address)


def test_the_brief_of_the_leadership_tells_nothing_to_those_outside(
    lived: Hotspot, people: Any
) -> None:
    """The tables of the paper before they become DOCX and PDF."""
    area, today = Unit.objects.get(code="21439"), clock.today()
    month = month_of(today)
    for name in ("council", "inspector", "front_head"):
        found = dashboard(actor=people.actors[name], area=area, period=month)
        said = str(tables_of(found))
        assert not marks_in(said, lived.code), name
        assert not found.hot
        assert not [row for row in found.indicators if row.indicator.inner]


def test_the_preview_of_a_new_rule_counts_none_for_those_outside(
    lived: Hotspot, people: Any
) -> None:
    book, day = load_rulebook(), clock.today() + dt.timedelta(days=1)
    counts = {
        name: moves_preview(actor=people.actors[name], rule="hs.opinion", since=day, book=book).open
        for name in ("inspector", "council", "head")
    }
    assert counts == {"inspector": 0, "council": 0, "head": 1}


def test_no_project_board_or_turn_is_linked_to_it(lived: Hotspot, people: Any) -> None:
    """Not even by the head, who sees it: others read the link."""
    with pytest.raises(MatterError):
        matter_linked(people.head, lived.code, "decision")
    project = project_create(
        acting=people.head, unit=Unit.objects.get(code="21439-ubnd"),
        title="Đường vào chợ mới", purpose="Đi lại thuận lợi.", location="Đường vào chợ mới",
    )  # fmt: skip
    with pytest.raises(MatterError):
        link_add(acting=people.head, project=project, code=lived.code, role=LinkRole.values[0])
    assert not project.entries.filter(act="project.linked").exists()


def test_the_interface_tells_officials_outside_nothing(lived: Hotspot, people: Any) -> None:
    for name in ("inspector", "front", "intake"):
        token = token_create(account=people.accounts[name], label="thử")
        for address in (f"/api/v1/matters/{lived.code}", "/api/v1/matters?view=all"):
            answer = Client().get(address, headers={"Authorization": f"Bearer {token}"})
            assert not marks_in(body_of(answer)), (name, address)


def test_no_log_no_letter_no_session_carries_it(lived: Hotspot, heard: Heard) -> None:
    assert not marks_in("\n".join(heard.lines))
    for message in Message.objects.all():
        assert not marks_in(str(message.__dict__), lived.code)
    for session in Session.objects.all():
        assert not marks_in(str(session.get_decoded()))


def test_figures_for_the_leadership_open_no_hot_spot(lived: Hotspot) -> None:
    today = clock.today()
    for indicator in all_indicators(inner=True):
        found = indicator.count("vn.51.", today - dt.timedelta(days=9), today)
        for rows in (found.matters, found.met):
            assert rows is None or lived.pk not in rows.values_list("pk", flat=True)
