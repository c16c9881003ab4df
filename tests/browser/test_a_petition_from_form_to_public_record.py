"""The whole way in a real browser: submit → … → look up, each by the person whose work it is."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from dongthuan.core.matters.models import Duty, Matter, Paper
from tests.browser.conftest import Visitor, code_in

pytestmark = pytest.mark.browser

TEXT = "Cống thoát nước trước nhà văn hóa bị vỡ nắp, đã có người sụp chân. Đề nghị thay nắp."
ANSWER = "Phường đã thay hai nắp cống và đặt biển báo ngày 20 tháng 11."


def step(official: Visitor, code: str, name: str, **answers: str) -> None:
    """Open a step from the matter's page by its button and send its form."""
    page = official.open(f"/ban-lam-viec/vu-viec/{code}/")
    page.locator(f"a[href$='/vu-viec/{code}/{name}/']").first.click()
    page.wait_for_load_state()
    for field, value in answers.items():
        control = page.locator(f"[name={field}]").first
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        elif control.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f"[name={field}][value={value}]").check()
        elif control.get_attribute("type") == "file":
            control.set_input_files(value)
        else:
            control.fill(value)
    official.press_submit("main form button[type=submit]")
    assert page.url.endswith(f"/vu-viec/{code}/"), page.locator("main").inner_text()[:500]


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_from_the_form_to_the_public_record(
    visitor: Any, people: Any, tmp_path: Path, javascript: bool
) -> None:
    photo = tmp_path / "anh-hien-truong.jpg"
    Image.new("RGB", (640, 480), "gray").save(photo)
    notice = tmp_path / "thong-bao-gia-han.jpg"
    Image.new("RGB", (300, 400), "white").save(notice)

    # A villager on an old phone sends it in three steps.
    villager = visitor(viewport={"width": 360, "height": 740}, java_script_enabled=javascript)
    page = villager.open("/gui/")
    page.fill("[name=text]", TEXT)
    page.locator("[name=declared][value=feedback]").check()
    page.locator("input[type=file]").first.set_input_files(photo)
    villager.press_submit("button[name=go][value=next]")
    page.select_option("[name=commune]", "21439")
    villager.press_submit("button[name=go][value=next]")
    page.fill("[name=name]", "Nguyễn Thị Thử")
    page.fill("[name=email]", "thu@vidu.vn")
    villager.press_submit("button[name=go][value=send]")
    page.wait_for_url("**/gui/da-nhan/")
    receipt = page.locator("main").inner_text()
    code = code_in(receipt)
    secret = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", receipt)
    assert secret
    assert secret.group() not in page.url
    on_screen = Image.open(io.BytesIO(page.locator("main img.qr").screenshot()))
    (read,) = zxingcpp.read_barcodes(on_screen)
    assert "/tra-cuu/" in read.text and code in read.text
    paper = villager.context.request.get(villager.base + "/gui/da-nhan/bien-nhan.pdf")
    assert paper.body().startswith(b"%PDF-")

    # The intake officer registers, classifies, examines; the chairwoman accepts and assigns.
    intake = visitor(java_script_enabled=javascript).sign_in("intake")
    page = intake.open("/ban-lam-viec/")
    assert code in page.locator("main").inner_text()
    step(intake, code, "register", title="Nắp cống vỡ trước nhà văn hóa", topic="construction")
    step(intake, code, "classify", kind="feedback")
    step(intake, code, "examine", eligible="yes", competence="in")
    head = visitor(java_script_enabled=javascript).sign_in("head")
    step(head, code, "accept")
    page = head.open(f"/ban-lam-viec/vu-viec/{code}/")
    page.select_option("select[name=account]", label="Cán bộ handler")
    head.press_submit("form[action$='/giao/'] button[type=submit]")

    # The handler prolongs with a document, answers, publishes.
    handler = visitor(java_script_enabled=javascript).sign_in("handler")
    page = handler.open("/ban-lam-viec/?view=mine")
    assert code in page.locator("main").inner_text()
    before = Duty.objects.get(matter__code=code, rule="pa.answer").due_on
    step(
        handler, code, "extend", document="12/TB-UBND", term="5 wd",
        reason="Chờ nắp cống đúng cỡ.", papers=str(notice),
    )  # fmt: skip
    duty = Duty.objects.get(matter__code=code, rule="pa.answer")
    assert duty.due_on > before
    step(handler, code, "answer", answer=ANSWER)
    step(
        handler, code, "publish", public_title="Thay nắp cống trước nhà văn hóa",
        public_body="Nắp cống vỡ, nguy hiểm cho người đi đường.", public_answer=ANSWER,
    )  # fmt: skip
    step(handler, code, "close")

    # Anyone finds the answer, typing without marks; nobody finds the sender.
    page = visitor(java_script_enabled=javascript).open("/tra-cuu/?q=nap+cong+nha+van+hoa")
    assert "Thay nắp cống trước nhà văn hóa" in page.locator("main").inner_text()
    page.get_by_role("link", name="Thay nắp cống trước nhà văn hóa").first.click()
    page.wait_for_load_state()
    public = page.content()
    assert ANSWER in public
    assert "Nguyễn Thị Thử" not in public
    assert "anh-hien-truong" not in public

    # The villager looks it up with code and secret and reads all that was said.
    page = villager.open("/tra-cuu/")
    page.fill("[name=code]", code)
    page.fill("[name=secret]", secret.group().lower())
    villager.press_submit("form:has([name=secret]) button[type=submit]")
    own = page.locator("main").inner_text()
    assert ANSWER in own
    assert "Chờ nắp cống đúng cỡ." in own
    assert TEXT in own
    assert villager.complaints == []

    matter = Matter.objects.get(code=code)
    assert matter.state == "closed"
    assert Paper.objects.filter(matter=matter).count() == 2
    assert set(Duty.objects.filter(matter=matter).values_list("state", flat=True)) == {"fulfilled"}
