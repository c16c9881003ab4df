"""In a real browser: a transfer taken over by its receiver; rating and “not solved” at 360 px."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.work.petitions.models import Rating
from dongthuan.work.petitions.tests.paths import matter_in
from tests.browser.test_a_petition_from_form_to_public_record import step

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
NARROW = {"width": 360, "height": 740}


def test_a_transfer_is_sent_and_taken_over(visitor: Any, people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "feedback", "classified")
    intake = visitor().sign_in("intake")
    step(intake, matter.code, "examine", eligible="yes", competence="out")
    step_page = intake.open(f"/ban-lam-viec/vu-viec/{matter.code}/transfer/")
    step_page.fill("[name=to]", "21478-ubnd")
    step_page.fill("[name=note]", "Chuyển phường Sa Huỳnh giải quyết theo thẩm quyền.")
    intake.check("chuyển đơn")
    with step_page.expect_navigation():
        step_page.locator("main form button[type=submit]").first.click()
    page = intake.open("/ban-lam-viec/chuyen-don/")
    assert matter.code in page.locator("main").inner_text()
    intake.check("chuyển đi")

    receiver = visitor(viewport=NARROW).sign_in("other_intake")
    page = receiver.open("/ban-lam-viec/chuyen-don/")
    assert matter.code in page.locator("main").inner_text()
    receiver.check("chuyển đến")
    receiver.picture("chuyen-den")
    step(receiver, matter.code, "take_over")
    assert Matter.objects.get(pk=matter.pk).state == "classified"


def test_the_petitioner_rates_and_asks_to_reopen(visitor: Any, people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "feedback", "closed")
    letter = matter.submissions.get()
    villager = visitor(viewport=NARROW, java_script_enabled=False)
    page = villager.open("/tra-cuu/")
    page.fill("[name=code]", matter.code)
    page.fill("[name=secret]", receipt_secret(letter))
    villager.press_submit("form:has([name=secret]) button[type=submit]")
    page.wait_for_url("**/tra-cuu/cua-toi/")
    villager.press_submit("a[href$='/danh-gia/']")
    page.locator("[name=score][value='2']").check()
    page.locator("[name=solved][value=no]").check()
    page.fill("[name=reason]", "Nắp cống lại vỡ.")
    villager.press_submit("main form button[type=submit]")
    assert page.url.endswith("/tra-cuu/cua-toi/")
    assert Rating.objects.get().score == 2
    villager.press_submit("a[href$='/mo-lai/']")
    page.fill("[name=reason]", "Nắp cống mới thay lại vỡ sau ba ngày.")
    villager.press_submit("main form button[type=submit]")
    assert page.url.endswith("/tra-cuu/cua-toi/")
    assert Matter.objects.get(pk=matter.pk).state == "contested"


def test_the_pages_are_sound(visitor: Any, people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "feedback", "published")
    other = submit(matter.submissions.get().text).matter
    shown = visitor(widths=WIDTHS)
    shown.open(f"/tra-cuu/{matter.code}/them-tieng-noi/")
    shown.check("thêm tiếng nói")
    shown.picture("them-tieng-noi")
    closed = matter_in(people, submit, "feedback", "closed")
    page = shown.open("/tra-cuu/")
    page.fill("[name=code]", closed.code)
    page.fill("[name=secret]", receipt_secret(closed.submissions.get()))
    shown.press_submit("form:has([name=secret]) button[type=submit]")
    for path, name in (("", "của tôi"), ("danh-gia/", "đánh giá"), ("mo-lai/", "mở lại")):
        shown.open(f"/tra-cuu/cua-toi/{path}")
        shown.check(name)
        shown.picture(f"sau-khi-dong-{path.strip('/')}")
    head = visitor(widths=WIDTHS).sign_in("head")
    for path in (
        f"vu-viec/{other.code}/giong-nhau/", f"vu-viec/{other.code}/nguoi-ky/",
        f"vu-viec/{other.code}/", "ban-giao/", "muc-phuc-vu/", "chuyen-don/",
    ):  # fmt: skip
        head.open(f"/ban-lam-viec/{path}")
        head.check(path)
        head.picture(path.strip("/").replace("/", "-"))
