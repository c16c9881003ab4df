"""Supervision in a browser: without scripts on a phone, and every page looked at by axe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dongthuan.demo_supervision import demo_supervision_load
from dongthuan.work.supervision.models import Board, Finding, Gathering, Hint, Inspection, Visit
from dongthuan.work.supervision.tests.conftest import act

P, D = "/giam-sat/", "/ban-lam-viec/giam-sat/"


WIDTHS = (360, 1280)


@pytest.fixture
def told(transactional_db: Any, people: Any, settings: Any, tmp_path: Path) -> None:
    """The example of Đức Phổ, as it stands today."""
    settings.MEDIA_ROOT = tmp_path / "files"
    demo_supervision_load(head=people.head, front=people.front, board=people.board)


def test_a_villager_without_scripts_reads_and_tells(visitor: Any, told: None) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
    villager = visitor(**phone)
    page = villager.open(P)
    page.locator("a[href*='/giam-sat/kien-nghi/']").first.click()
    page.wait_for_load_state()
    assert page.locator("figure img").count() == 1
    assert page.locator("main .panel-kept").count() == 1
    board = Board.objects.get(sort="ttnd")
    page = villager.open(f"{P}ban/{board.code}/bao-tin/")
    page.fill("[name=text]", "Mương thoát nước ngõ 5 bị lấp, xin Ban xem.")
    villager.press_submit("main form button[type=submit]")
    hint = Hint.objects.latest("id")
    code, secret = page.locator("strong.code").all_inner_texts()
    assert code == hint.code
    page = villager.open(f"{P}thong-tin/")
    page.fill("[name=code]", code)
    page.fill("[name=secret]", secret)
    villager.press_submit("main form button[type=submit]")
    assert "Mương thoát nước" in page.locator("main").inner_text()


def test_a_member_at_the_work_records_what_is_seen(
    visitor: Any, told: None, people: Any, tmp_path: Path
) -> None:
    """On a phone of 360 pixels: photographs first, a finding with it."""
    inspection = Inspection.objects.get()
    assert inspection.state == "under_way"
    Image.new("RGB", (320, 240), "grey").save(tmp_path / "anh.jpg")
    member = visitor(viewport={"width": 360, "height": 740}).sign_in("board")
    page = member.open(f"{D}cuoc/{inspection.code}/chuyen/")
    member.check("giam-sat-chuyen")
    member.picture("giam-sat-chuyen")
    page.set_input_files("[name=photos]", str(tmp_path / "anh.jpg"))
    page.fill("[name=place]", "Cống đầu ngõ 12")
    for box in page.locator("[name=members]").all()[:2]:
        box.check()
    page.fill("[name=seen]", "Nắp cống lệch 5 cm.")
    page.check("[name=found]")
    page.fill("[name=what]", "Nắp cống lệch, dễ gây tai nạn.")
    page.fill("[name=norm]", "Bản vẽ 09, chi tiết nắp cống")
    page.select_option("[name=grade]", "3")
    page.fill("[name=recommendation]", "Lắp lại nắp cống.")
    member.press_submit("main form button[type=submit]")
    made = Finding.objects.latest("id")
    assert (made.visit, made.photos.count()) == (Visit.objects.latest("id"), 1)
    act(people.board, made, "submit")
    front = visitor(viewport={"width": 360, "height": 740}).sign_in("front")
    page = front.open(f"{D}?xem=certify")
    page.locator("main tbody a").first.click()
    page.wait_for_load_state()
    assert "Nắp cống lệch" in page.locator("main").inner_text()
    assert member.complaints == front.complaints == []


def test_every_page_of_supervision_is_sound(visitor: Any, told: None) -> None:
    board, inspection = Board.objects.get(sort="ttnd"), Inspection.objects.get()
    finding = Finding.objects.order_by("id").first()
    conference = Gathering.objects.get(kind="conference", state="held")
    assert finding is not None
    anyone = visitor(widths=WIDTHS)
    for name, path in (
        ("dan", P), ("ban", f"{P}ban/{board.code}/"), ("bao-tin", f"{P}ban/{board.code}/bao-tin/"),
        ("kien-nghi", f"{P}kien-nghi/{finding.code}/"), ("thong-tin", f"{P}thong-tin/"),
        ("hoi-nghi", f"{P}hoi-nghi/{conference.code}/"),
    ):  # fmt: skip
        anyone.open(path)
        anyone.check(f"giam-sat-{name}")
        anyone.picture(f"giam-sat-{name}")
    member = visitor(widths=WIDTHS).sign_in("board")
    hint = Hint.objects.get()
    pages = [
        ("so", D), ("so-cuoc", D + "?xem=inspections"), ("so-mo", D + "?xem=open"),
        ("ban-ban", f"{D}ban/{board.code}/"), ("cuoc", f"{D}cuoc/{inspection.code}/"),
        ("cuoc-moi", f"{D}ban/{board.code}/cuoc-moi/"),
        ("van-ban", f"{D}ban/{board.code}/van-ban/"),
        ("tin", f"{D}ban/{board.code}/thong-tin/"), ("mot-tin", f"{D}thong-tin/{hint.pk}/"),
        ("phat-hien", f"{D}cuoc/{inspection.code}/phat-hien/"),
        ("ho-so", f"/ban-lam-viec/vu-viec/{finding.code}/"),
    ]  # fmt: skip
    for name, path in pages:
        member.open(path)
        member.check(f"giam-sat-{name}")
        member.picture(f"giam-sat-{name}")
    member.open(f"{D}cuoc/{inspection.code}/phat-hien/")
    member.press_submit("main form button[type=submit]")  # empty: its errors
    member.check("giam-sat-loi")
    front = visitor(widths=WIDTHS).sign_in("front")
    for name, path in (("mt-ban", f"{D}ban/{board.code}/"), ("mt-them", f"{D}ban/them/"),
                       ("mt-tv", f"{D}ban/{board.code}/thanh-vien/")):  # fmt: skip
        front.open(path)
        front.check(f"giam-sat-{name}")
        front.picture(f"giam-sat-{name}")
    head = visitor(widths=WIDTHS).sign_in("head")
    for name, path in (("nam", f"{D}hoi-nghi/"), ("hn", f"{D}hoi-nghi/{conference.code}/")):
        head.open(path)
        head.check(f"giam-sat-{name}")
        head.picture(f"giam-sat-{name}")
