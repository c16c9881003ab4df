"""Directives and notes in a browser: without scripts on a phone; each page seen by axe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dongthuan.demo_directives import demo_directives_load
from dongthuan.work.directives.models import Directive, Order
from dongthuan.work.notes.models import InformationNote, SituationNote

WIDTHS = (360, 1280)
D = "/ban-lam-viec/chi-dao/"
N, T, M = "/ban-lam-viec/trao-doi/", "/ban-lam-viec/tinh-hinh/", "/ban-lam-viec/vu-viec/"
PHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def test_a_document_is_signed_acknowledged_done_and_confirmed_without_scripts(
    visitor: Any, transactional_db: Any, people: Any, files: None
) -> None:
    head = visitor(**PHONE).sign_in("head")
    page = head.open(f"{D}them/")
    page.select_option("[name=type]", "KH")
    page.fill("[name=abstract]", "Tổ chức đối thoại với Nhân dân")
    page.fill("[name=signer_title]", "CHỦ TỊCH")
    page.fill("[name=signer_name]", "Người Thử")
    page.fill("[name='lines-0-what']", "Thông báo đến từng hộ")
    page.fill("[name='lines-0-days']", "10")
    page.check("[name='lines-0-lists'][value=villages]")
    head.press_submit("button[value=add]")
    assert page.input_value("[name='lines-0-what']") == "Thông báo đến từng hộ"
    head.press_submit("button[value=save]")
    head.press_submit("main a[href$='/issue/']")
    head.press_submit("main form button[type=submit]")
    made = Directive.objects.get()
    assert made.symbol == "01/KH-UBND" and made.symbol in page.locator("h1").inner_text()
    chief = visitor(**PHONE).sign_in("village_head")
    there = chief.open(f"{D}viec/")
    there.locator("a[data-row]").first.click()
    for step in ("acknowledge", "report"):
        chief.press_submit(f"main a[href$='/{step}/']")
        if step == "report":
            there.fill("[name=done_on]", str(made.signed_on))
            there.fill("[name=report]", "Đã phát giấy mời đến 120 hộ.")
        chief.press_submit("main form button[type=submit]")
    head.open(f"{D}viec/?xem=confirm")
    head.page.locator("a[data-row]").first.click()
    head.press_submit("main a[href$='/confirm/']")
    head.press_submit("main form button[type=submit]")
    order = Order.objects.get(parent=made, unit__code="21439-t01")
    assert order.state == "confirmed"
    villager = visitor(**PHONE)
    shown = villager.open("/van-ban/")
    shown.locator("a[href*='/van-ban/2']").first.click()
    shown.wait_for_load_state()
    shown.locator("main details summary").first.click()
    assert "Đã phát giấy mời" in shown.locator("main").inner_text()


def test_every_page_of_directives_and_notes_is_sound(
    visitor: Any, transactional_db: Any, people: Any, files: None
) -> None:
    demo_directives_load(
        head=people.head, handler=people.handler, village=people.village_head,
        front=people.front, mobilisation=people.dvan, party_head=people.dvan_head,
    )  # fmt: skip
    paper = Directive.objects.get(symbol="05/CT-UBND")
    draft = Directive.objects.get(state="draft")
    order = Order.objects.get(parent=paper, unit__code="21439-t01")
    note = InformationNote.objects.order_by("id").first()
    situation = SituationNote.objects.get()
    assert note is not None
    anyone = visitor(widths=WIDTHS)
    head = visitor(widths=WIDTHS).sign_in("head")
    for who, name, path in (
        (anyone, "dan", "/van-ban/"), (anyone, "dan-mot", f"/van-ban/{paper.code}/"),
        (head, "so", D), (head, "so-du-thao", f"{D}?xem=drafts"), (head, "them", f"{D}them/"),
        (head, "nhap", f"{D}nhap/"), (head, "viec", f"{D}viec/"),
        (head, "mot", f"{D}{paper.code}/"), (head, "sua", f"{D}{draft.code}/sua/"),
        (head, "yeu-cau", f"{M}{order.code}/"), (head, "trao-doi", N),
        (head, "phieu-moi", f"{N}them/"), (head, "phieu", f"{N}{note.code}/"),
        (head, "tinh-hinh", T), (head, "bao-cao-moi", f"{T}them/"),
        (head, "bao-cao", f"{T}{situation.code}/"),
    ):  # fmt: skip
        who.open(path)
        who.check(f"chi-dao-{name}")
        who.picture(f"chi-dao-{name}")
    head.open(f"{D}them/")
    head.press_submit("button[value=save]")  # empty: its errors
    head.check("chi-dao-loi")
