"""The pages answer whom they should and take a document without scripts."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from dongthuan.core.tables import table_xlsx
from dongthuan.core.units.models import Unit
from dongthuan.work.directives.models import Directive, Order
from dongthuan.work.directives.register import HEAD
from dongthuan.work.directives.tests.conftest import DAY, TODAY, act

D, P = "/ban-lam-viec/chi-dao/", "/van-ban/"


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


def line(n: int, **given: Any) -> dict[str, Any]:
    return {f"lines-{n}-{name}": value for name, value in given.items()}


def test_a_line_is_added_and_the_whole_is_saved_without_scripts(browser_of: Any) -> None:
    page, group = browser_of("handler"), Unit.objects.get(code="21439-t01")
    written = {"count": "1", "type": "KH", "abstract": "Kế hoạch đối thoại", "is_public": "1",
               "signer_title": "CHỦ TỊCH", "signer_name": "A B"}  # fmt: skip
    first = line(0, what="Thông báo đến từng hộ", days="10", lists="villages")
    more = page.post(f"{D}them/", written | first | {"go": "add"})
    assert more.status_code == 200 and b"lines-1-what" in more.content
    assert "Thông báo đến từng hộ" in more.content.decode() and not Directive.objects.exists()
    second = line(1, what="Mở sổ câu hỏi", due_on="", units=str(group.pk))
    refused = page.post(f"{D}them/", written | first | second | {"count": "2", "go": "save"})
    assert refused.status_code == 422 and "id_lines-1-due_on_error" in refused.content.decode()
    second |= line(1, due_on="2026-12-20")
    saved = page.post(f"{D}them/", written | first | second | {"count": "2", "go": "save"})
    made = Directive.objects.get()
    assert saved.status_code == 302 and saved["Location"] == f"{D}{made.code}/"
    assert made.lines.count() == 2 and made.state == "draft"
    again = page.get(f"{D}{made.code}/sua/")
    assert "Mở sổ câu hỏi" in again.content.decode()
    edited = written | first | {"count": "1", "go": "save", "version": str(made.version)}
    assert page.post(f"{D}{made.code}/sua/", edited).status_code == 302
    assert made.lines.count() == 1
    assert page.post(f"{D}{made.code}/sua/", edited).status_code == 422  # an older version


@pytest.mark.parametrize(
    "name", ["handler", "head", "dvan", "front", "village_head", "other_head", "admin", "council"]
)
def test_who_opens_which_page(people: Any, draft: Any, browser_of: Any, name: str) -> None:
    signed, written = act(people.head, draft(), "issue"), draft()
    page = browser_of(name)
    issues = name not in ("village_head", "admin")
    inside = name in ("handler", "head")
    pages = {
        D: True, f"{D}viec/": True, f"{D}them/": issues, f"{D}nhap/": issues,
        f"{D}so.csv": True, f"{D}so.xlsx": True, f"{D}so.pdf": issues, f"{D}so.txt": False,
        f"{D}{signed.code}/": name not in ("other_head", "admin"),
        f"{D}{written.code}/": inside, f"{D}{written.code}/sua/": inside,
        f"{D}{signed.code}/sua/": False,
    }  # fmt: skip
    for address, opens in pages.items():
        assert page.get(address).status_code == (200 if opens else 404), address


def test_the_public_reads_what_became_of_each_order(
    people: Any, draft: Any, browser_of: Any
) -> None:
    shown = act(people.head, draft(), "issue")
    inner = act(people.head, draft(is_public=False, abstract="Việc nội bộ"), "issue")
    hidden = draft(abstract="Dự thảo kín")
    order = Order.objects.get(parent=shown)
    act(people.village_head, order, "report", done_on=TODAY, report="Đã niêm yết lịch.")
    act(people.head, order, "confirm")
    anyone = browser_of()
    listed = anyone.get(P).content.decode()
    assert shown.symbol in listed and "nội bộ" not in listed and "Dự thảo kín" not in listed
    page = anyone.get(f"{P}{shown.code}/").content.decode()
    assert "Đã niêm yết lịch." in page and "Tổ dân phố" in page
    paper = shown.document.pdf.uuid
    assert anyone.get(f"{P}{shown.code}/tep/{paper}/")["Content-Type"] == "application/pdf"
    for code in (inner.code, hidden.code, order.code, "x"):
        assert anyone.get(f"{P}{code}/").status_code == 404
        assert anyone.get(f"{P}{code}/tep/{inner.document.pdf.uuid}/").status_code == 404


ROWS = [
    ["11/KH-UBND", "05/01/2026", "Kế hoạch", "Dân vận năm 2026", "CHỦ TỊCH", "có"],
    ["02/CT-UBND", TODAY - DAY, "CT", "Tiếp công dân", "CHỦ TỊCH", "không"],
]


def sheet(rows: list[list[Any]]) -> SimpleUploadedFile:
    data = table_xlsx(HEAD, rows, above=["Sổ văn bản"])
    return SimpleUploadedFile("so.xlsx", data)


def test_a_register_comes_in_whole_or_not_at_all(browser_of: Any) -> None:
    page = browser_of("handler")
    bad = [*ROWS, ["3/KH-UBND", "31/02/2026", "KH", "Sai ngày", "CHỦ TỊCH", ""]]
    refused = page.post(f"{D}nhap/", {"file": sheet(bad)})
    assert refused.status_code == 422 and not Directive.objects.exists()
    assert "5" in refused.content.decode()
    twice = page.post(f"{D}nhap/", {"file": sheet([ROWS[0], ROWS[0]])})
    assert twice.status_code == 422 and not Directive.objects.exists()
    done = page.post(f"{D}nhap/", {"file": sheet(ROWS)})
    assert done.status_code == 302
    kept = {d.symbol: (d.type, d.year, d.is_public) for d in Directive.objects.all()}
    assert kept == {"11/KH-UBND": ("KH", 2026, True), "02/CT-UBND": ("CT", 2026, False)}


def test_the_register_goes_out_as_a_spreadsheet(browser_of: Any, draft: Any) -> None:
    draft(symbol="=1+1/KH-UBND", signed_on=TODAY, lines=[])
    answer = browser_of("handler").get(f"{D}so.xlsx?nam=2026")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[2][0] == "=1+1/KH-UBND"
    text = browser_of("handler").get(f"{D}so.csv").content.decode()
    assert "'=1+1/KH-UBND" in text


@pytest.mark.parametrize("bad", ["?nam=99999999", "?loai=zz&after=x_y", "?after=2026-01-01_9999"])
def test_nonsense_in_an_address_is_left_out(browser_of: Any, bad: str) -> None:
    assert browser_of("handler").get(f"{D}{bad}").status_code == 200
    assert browser_of("handler").get(f"{D}viec/{bad}").status_code == 200
    assert browser_of().get(f"{P}{bad}").status_code == 200


def test_a_link_to_the_plan_is_shown_on_both_pages(
    people: Any, draft: Any, browser_of: Any
) -> None:
    plan, made = act(people.head, draft(), "issue"), act(people.head, draft(), "issue")
    page = browser_of("handler")
    page.post(f"{D}{made.code}/phuc-vu/", {"code": plan.code})
    assert plan.code in page.get(f"{D}{made.code}/").content.decode()
    assert made.code in page.get(f"{D}{plan.code}/").content.decode()
    assert browser_of("front").post(f"{D}{made.code}/phuc-vu/", {"code": "x"}).status_code == 302
