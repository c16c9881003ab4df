"""The leadership page: who opens it, what it hides, what it costs, what it refuses."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from docx import Document

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.models import Level, Matter
from dongthuan.core.units.models import Position
from dongthuan.front.desk.tests.conftest import rows_kept
from dongthuan.front.desk.tests.test_a_page_costs_a_fixed_number_of_queries import statements
from dongthuan.insight.leadership.selectors import dashboard

PAGE = "/ban-lam-viec/lanh-dao/"
LEADING = {
    "head", "dvan", "dvan_head", "front", "front_head", "party", "council", "inspector",
    "other_head",
}  # fmt: skip
OTHERS = {"intake", "handler", "admin", "board", "village_head", "sealed", "province"}
MARKER = "ĐIỂM-NÓNG-ĐÁNH-DẤU-77"
Desk = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)):
        yield


@pytest.mark.parametrize("name", sorted(LEADING | OTHERS))
def test_who_opens_it_and_in_whose_menu_it_stands(desk_of: Desk, name: str) -> None:
    client = desk_of(name)
    wanted = 200 if name in LEADING else 403
    for path in ("", "keo-dai/", "so/?so=late", "bao-cao.docx", "bao-cao.pdf"):
        assert client.get(PAGE + path).status_code == wanted, path
    menu = client.get("/ban-lam-viec/").content.decode()
    assert (f'href="{PAGE}"' in menu) == (name in LEADING)


def test_another_area_does_not_exist(desk_of: Desk) -> None:
    head = desk_of("head")
    assert head.get(f"{PAGE}?noi=21478").status_code == 404
    assert head.get(f"{PAGE}?noi=51").status_code == 404
    assert head.get(f"{PAGE}?noi=21439-t01").status_code == 200
    assert desk_of("inspector").get(f"{PAGE}?noi=21478").status_code == 200


def test_a_restricted_or_sealed_matter_leaves_no_trace_outside(
    people: Any, submit: Any, desk_of: Desk
) -> None:
    seat = Position.objects.get(code="21439-party")
    matter = submit("Nội dung bình thường của một phản ánh.").matter
    before = {name: _numbers(people, name) for name in ("party", "front", "inspector")}
    for level in (Level.RESTRICTED, Level.SEALED):
        hidden = submit("Nội dung khác hẳn của một phản ánh nữa.").matter
        Matter.objects.filter(pk=hidden.pk).update(
            level=level, title=MARKER, person_count=9, restricted_to=[seat.pk],
            opened_at=dt.datetime(2025, 8, 1, tzinfo=dt.UTC),
        )  # fmt: skip
    for name in ("party", "front", "inspector"):
        assert _numbers(people, name) == before[name]
        client = desk_of(name)
        for path in ("", "keo-dai/", "so/?so=open", "so/?chieu=kind&muc=feedback&so=open"):
            page = client.get(PAGE + path).content.decode()
            assert MARKER not in page, (name, path)
    words = Document(io.BytesIO(desk_of("head").get(f"{PAGE}bao-cao.docx").content))
    assert MARKER not in "".join(cell.text for t in words.tables for cell in t._cells)
    assert matter.code not in "".join(cell.text for t in words.tables for cell in t._cells)


def _numbers(people: Any, name: str) -> Any:
    from dongthuan.core.units.models import Unit
    from dongthuan.insight.leadership.counting import month_of

    found = dashboard(
        actor=people.actors[name], area=Unit.objects.get(code="21439"),
        period=month_of(clock.today()),
    )  # fmt: skip
    blocks = [[row.numbers for row in block.rows] for block in found.blocks]
    return blocks, found.board.as_json(), found.dragging.total, found.dragging.hidden


def test_what_is_behind_a_number_is_what_the_reader_may_see(
    people: Any,
    promises: Any,
    desk_of: Desk,
) -> None:
    promises(60)
    for name in sorted(LEADING):
        actor = people.actors[name]
        answer = desk_of(name).get(f"{PAGE}so/?so=open&tu=2026-09-01&den=2026-11-30")
        behind = answer.context["behind"]
        assert behind.total == behind.hidden + len(behind.rows)
        assert all(policies.may_see(actor, duty.matter) for duty in behind.rows)
        told = "of them" in answer.content.decode() or "trong số đó" in answer.content.decode()
        assert told == bool(behind.hidden)


def test_a_number_that_does_not_exist_is_not_found(desk_of: Desk) -> None:
    head = desk_of("head")
    for query in (
        "", "so=alle", "chieu=x&so=late", "chieu=unit&muc=x&so=late",
        "chieu=indicator&muc=x&so=met", "chieu=state&muc=hotspot:open&so=all",
        "chieu=state&muc=x&so=all", "chieu=indicator&muc=reviews.concluded&so=x",
    ):  # fmt: skip
        assert head.get(f"{PAGE}so/?{query}").status_code == 404, query


@pytest.mark.parametrize(
    ("query", "field"),
    [("thang=2026-13", "thang"), ("thang=nay", "thang"), ("tu=2026-10-01", "den"),
     ("tu=2026-10-02&den=2026-10-01", "den"), ("tu=2024-01-01&den=2026-01-01", "den"),
     ("tu=0001-01-01&den=0001-01-02", "tu"), ("tu=x&den=y", "tu")],
)  # fmt: skip
def test_a_period_that_cannot_be_is_told_in_one_sentence(
    desk_of: Desk, query: str, field: str
) -> None:
    answer = desk_of("head").get(f"{PAGE}?{query}")
    assert answer.status_code == 422
    assert len(answer.context["form"].errors[field]) == 1
    assert desk_of("head").get(f"{PAGE}bao-cao.pdf?{query}").status_code == 404


def test_the_pages_at_ten_and_at_a_hundred(
    promises: Any,
    desk_of: Desk,
) -> None:
    pages = (PAGE, f"{PAGE}so/?so=open&tu=2026-09-01&den=2026-11-30", f"{PAGE}keo-dai/")
    client = desk_of("head")
    promises(20)
    Matter.objects.update(person_count=9)
    few = [len(statements(client, page)) for page in pages]
    promises(180, seed=5)
    Matter.objects.update(person_count=9)
    many = [len(statements(client, page)) for page in pages]
    assert few == many
    # Each room counts its own figures for two periods; what matters is that rows cost nothing.
    assert many[0] <= 130
    assert max(many[1:]) <= 14


def test_the_head_opens_a_review_and_others_do_not(people: Any, submit: Any, desk_of: Desk) -> None:
    matter = submit("Mương thoát nước sau chợ tắc đã lâu, xin nạo vét.").matter
    Matter.objects.filter(pk=matter.pk).update(person_count=7)
    path = f"{PAGE}keo-dai/{matter.code}/ra-soat/"
    before = rows_kept()
    for name in ("party", "front", "intake", "other_head"):
        assert desk_of(name).post(path).status_code == 404
    assert desk_of("inspector").post(path).status_code == 302
    assert desk_of("head").get(path).status_code == 405
    assert rows_kept() == before
    assert desk_of("head").post(path).status_code == 302
    review = Matter.objects.get(kind="case_review")
    assert desk_of("head").get(f"/ban-lam-viec/vu-viec/{review.code}/").status_code == 200
    page = desk_of("head").get(f"{PAGE}keo-dai/?ly_do=crowd").content.decode()
    assert review.code in page


def test_the_brief_has_the_form_of_the_body_that_issues_it(desk_of: Any) -> None:
    def words(name: str) -> str:
        made = Document(io.BytesIO(desk_of(name).get(f"{PAGE}bao-cao.docx").content))
        return " ".join(cell.text for table in made.tables for cell in table._cells)

    assert "CỘNG HÒA" in words("head") and "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" in words("head")
    party = words("party")
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in party and "CỘNG HÒA" not in party
    assert "T/M BAN THƯỜNG VỤ\nBÍ THƯ" in party
