"""The pages answer whom they should, in few queries, and say nothing of what is not sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dongthuan.core.units.models import Unit
from dongthuan.work.supervision import selectors
from dongthuan.work.supervision.boards import Project, board_create
from dongthuan.work.supervision.inspections import finding_create
from dongthuan.work.supervision.models import Board, Finding, Leaf
from dongthuan.work.supervision.tests.conftest import SEEN, SPOT, sent

D = "/ban-lam-viec/giam-sat/"
SEEING = {"board", "front", "head", "handler", "intake"}
NAMES = sorted(SEEING | {"dvan", "inspector", "village_head", "other_head", "admin"})
LEAF = {"sort": "plan", "period": "quarter", "since": "2026-10-01", "until": "2026-12-31",
        "text": "Kiểm tra ba công trình."}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_who_opens_which_page_of_a_board(
    people: Any, finding: Any, browser_of: Any, name: str
) -> None:
    page, board, inspection = browser_of(name), finding.board, finding.parent
    sees = name in SEEING | {"dvan", "inspector"}
    pages = {
        f"{D}": True,
        f"{D}hoi-nghi/": True,
        f"{D}ban/{board.code}/": sees,
        f"{D}cuoc/{inspection.code}/": sees,
        f"{D}ban/them/": name == "front",
        f"{D}ban/{board.code}/thanh-vien/": name == "front",
        f"{D}thanh-vien/{board.members.first().pk}/thoi/": name == "front",
        f"{D}ban/{board.code}/van-ban/": name in SEEING - {"front"},
        f"{D}ban/{board.code}/cuoc-moi/": name == "board",
        f"{D}cuoc/{inspection.code}/chuyen/": name == "board",
        f"{D}cuoc/{inspection.code}/phat-hien/": name == "board",
        f"{D}cuoc/{inspection.code}/ke-hoach.pdf": name == "board",
        f"{D}kien-nghi/{finding.code}/sua/": name in ("board", "front"),
        f"/ban-lam-viec/vu-viec/{finding.code}/": name in ("board", "front", "inspector"),
    }
    for address, opens in pages.items():
        assert page.get(address).status_code == (200 if opens else 404), address


def test_the_front_forms_a_board_at_its_desk(people: Any, browser_of: Any, villages: Any) -> None:
    page, front = browser_of("front"), Unit.objects.get(code="21439-mttq")
    given = {"front": front.pk, "sort": "ttnd", "size": "6", "deputies": "1"}
    assert page.post(f"{D}ban/them/", given | {"size": "3"}).status_code == 422
    assert page.post(f"{D}ban/them/", given).status_code == 302
    board = Board.objects.get()
    member = {"name": "Người Thử", "stands": "village", "village": villages[0].pk,
              "elected_on": "2026-10-20", "document": "1/BB", "qualified": "on"}  # fmt: skip
    address = f"{D}ban/{board.code}/thanh-vien/"
    assert page.post(address, member | {"qualified": ""}).status_code == 422
    assert page.post(address, member | {"name": "Số 9"}).status_code == 422
    assert page.post(address, member).status_code == 302
    gone = {"left_on": "2026-11-02", "reason": "Chuyển nơi ở", "document": "2/QĐ"}
    leaving = f"{D}thanh-vien/{board.members.get().pk}/thoi/"
    assert page.post(leaving, gone | {"left_on": "2026-12-02"}).status_code == 422
    assert page.post(leaving, gone).status_code == 302
    assert "Chuyển nơi ở" in page.get(f"{D}ban/{board.code}/").content.decode()


def test_plans_reports_and_what_the_board_was_told(browser_of: Any, board: Any) -> None:
    address = f"{D}ban/{board.code}/van-ban/"
    assert browser_of("board").post(address, LEAF).status_code == 302
    assert browser_of("head").post(address, LEAF | {"sort": "results"}).status_code == 302
    for name, bad in (("head", LEAF), ("board", LEAF | {"sort": "policy"}),
                      ("board", LEAF | {"until": "2026-01-01"}), ("board", LEAF | {"text": ""}),
                      ("board", LEAF | {"text": "Gọi 0905123456"})):  # fmt: skip
        assert browser_of(name).post(address, bad).status_code == 422
    assert sorted(Leaf.objects.values_list("sort", flat=True)) == ["plan", "results"]
    assert (
        "Kiểm tra ba công trình."
        in browser_of().get(f"/giam-sat/ban/{board.code}/").content.decode()
    )


def test_the_head_is_chosen_at_the_desk(people: Any, browser_of: Any, board: Any) -> None:
    third = board.members.order_by("id")[2]
    page = browser_of("front")
    page.post(f"{D}thanh-vien/{third.pk}/chuc-danh/", {"seat": "head"})
    assert board.members.get(seat="head") == third
    page.post(f"{D}thanh-vien/{third.pk}/chuc-danh/", {"seat": "vua"})
    assert browser_of("head").post(
        f"{D}thanh-vien/{third.pk}/chuc-danh/", {"seat": "member"}
    ).status_code == 404  # fmt: skip
    assert board.members.get(seat="head") == third


def test_the_public_reads_a_finding_from_the_day_it_is_sent(
    people: Any, finding: Finding, browser_of: Any
) -> None:
    anyone, address = browser_of(), f"/giam-sat/kien-nghi/{finding.code}/"
    assert anyone.get(address).status_code == 404
    assert anyone.get(f"{address}theo-doi.xml").status_code == 404
    assert "Bê tông" not in anyone.get("/giam-sat/").content.decode()
    sent(people, finding)
    for path in (address, "/giam-sat/", "/giam-sat/?unit=21439&late=", "/giam-sat/theo-doi.xml",
                 f"/giam-sat/ban/{finding.board.code}/", f"{address}theo-doi.xml"):  # fmt: skip
        answer = anyone.get(path)
        assert answer.status_code == 200
        assert "Bê tông" in answer.content.decode(), path
    assert "Bê tông" not in anyone.get("/giam-sat/?late=1").content.decode()
    assert "Bê tông" not in anyone.get("/giam-sat/?unit=21478").content.decode()


def test_a_feed_is_well_formed(people: Any, finding: Finding, browser_of: Any) -> None:
    from xml.etree import ElementTree

    sent(people, finding)
    for path in ("/giam-sat/theo-doi.xml", f"/giam-sat/kien-nghi/{finding.code}/theo-doi.xml"):
        answer = browser_of().get(path)
        assert answer["Content-Type"].startswith("application/atom+xml")
        root = ElementTree.fromstring(answer.content)
        assert root.tag == "{http://www.w3.org/2005/Atom}feed"
        assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) >= 1


def test_members_are_public_by_name_and_village_alone(board: Any, browser_of: Any) -> None:
    page = browser_of().get(f"/giam-sat/ban/{board.code}/").content.decode()
    for member in board.members.all():
        assert member.name in page
    assert "01/BB" not in page


def test_a_board_being_formed_is_not_public(forming: Any, browser_of: Any) -> None:
    assert browser_of().get(f"/giam-sat/ban/{forming.code}/").status_code == 404


def many(people: Any, under_way: Any, number: int) -> None:
    for _n in range(number):
        finding_create(acting=people.board, inspection=under_way, spot=SPOT, seen=SEEN)
    Finding.objects.update(sent_on="2026-11-10")


def test_lists_cost_the_same_at_ten_and_a_hundred_rows(
    people: Any, under_way: Any, browser_of: Any
) -> None:
    """Through the pages of the portal and of the desk; a page of the list holds 30 rows."""
    addresses = [("", "/giam-sat/"), ("board", D), ("board", f"{D}?xem=open")]
    counts: dict[str, list[int]] = {address: [] for _name, address in addresses}
    for more in (10, 90):
        many(people, under_way, more)
        for name, address in addresses:
            page = browser_of(name)
            page.get(address)
            with CaptureQueriesContext(connection) as seen:
                assert page.get(address).status_code == 200
            counts[address].append(len(seen))
    assert all(few == lots for few, lots in counts.values()), counts
    assert max(few for few, _lots in counts.values()) <= 15
    rows = selectors.finding_list(actor=people.board, size=30)
    assert len(rows.rows) == 30
    second = selectors.finding_list(actor=people.board, after=rows.next, size=30)
    assert not {row.pk for row in rows.rows} & {row.pk for row in second.rows}


def test_a_board_of_a_project_names_project_and_investor(
    people: Any, gs_board: Any, browser_of: Any
) -> None:
    page = browser_of().get(f"/giam-sat/ban/{gs_board.code}/").content.decode()
    assert "Đường tránh chợ" in page
    assert "Ban quản lý dự án" in page
    front = Unit.objects.get(code="21439-mttq")
    made = board_create(
        acting=people.front, front=front, sort="gsdtcd", size=5, project=Project(name="Kênh N2")
    )
    assert made.project is None
