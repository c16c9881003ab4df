"""A reception in a real browser: booked by a villager, held at the desk, promised to everybody."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.calendar import load_calendar
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Position
from dongthuan.work.receptions.models import Reception, Visit
from dongthuan.work.receptions.services import Hours, reception_create

pytestmark = pytest.mark.browser

P, D = "/tiep-cong-dan/", "/ban-lam-viec/tiep-dan/"
WIDTHS = (360, 1280)
ABOUT = "Hỏi về bồi thường cây trồng"


@pytest.fixture
def session(people: Any) -> Reception:
    """Posted for today until midnight, so that it is booked and held in one test."""
    today = clock.today()
    day = load_calendar().roll_forward(today)
    seat = Position.objects.select_related("unit").get(code="21439-head")
    made = reception_create(
        acting=people.intake, unit=seat.unit, form="head", held_on=day, position=seat,
        hours=Hours(venue="Phòng tiếp công dân", agenda="Đất đai", starts_at=dt.time(23, 58),
                    ends_at=dt.time(23, 59)),
    )  # fmt: skip
    matter_act(acting=people.intake, matter_id=made.pk, step_name="post")
    # The day of the test may be a day off: the session is then moved to it.
    Reception.objects.filter(pk=made.pk).update(held_on=today)
    return made


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_from_the_booking_to_the_promise(
    visitor: Any, session: Reception, javascript: bool
) -> None:
    # A villager on an old phone books a slot.
    villager = visitor(viewport={"width": 360, "height": 740}, java_script_enabled=javascript)
    page = villager.open(P)
    page.locator(f"a[href$='/{session.code}/']").first.click()
    page.locator(f"a[href$='/{session.code}/dat-lich/']").click()
    page.fill("[name=name]", "Nguyễn Thị Thử")
    page.fill("[name=phone]", "0905123456")
    page.fill("[name=about]", ABOUT)
    villager.press_submit("main form button[type=submit]")
    told = page.locator("main").inner_text()
    code = re.search(r"TCD-[A-Z0-9]{6}", told)
    secret = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", told)
    assert code
    assert secret
    assert secret.group() not in page.url
    page = villager.open(P + "lich-hen/")
    page.fill("[name=code]", code.group())
    page.fill("[name=secret]", secret.group())
    villager.press_submit("main form button[type=submit]")
    assert code.group() in page.locator("main").inner_text()

    # The office opens the session, lets the villager in, calls and writes the turn down.
    intake = visitor(java_script_enabled=javascript).sign_in("intake")
    page = intake.open(f"/ban-lam-viec/vu-viec/{session.code}/open/")
    intake.press_submit("main form button[type=submit]")
    page = intake.open(f"{D}{session.code}/")
    assert ABOUT in page.locator("main").inner_text()
    intake.press_submit("form:has([name=booking]) button")
    hall = villager.open(f"{P}{session.code}/so/")
    assert "Nguyễn" not in hall.locator("main").inner_text()
    intake.press_submit("form[action$='/goi/'] button")
    assert page.locator("[name=name]").input_value() == "Nguyễn Thị Thử"
    page.locator("[name=type][value=complaint]").check()
    page.locator("[name=outcome][value=answered]").check()
    page.fill("[name=address]", "Tổ 3")
    page.fill("[name=id_number]", "051095012345")
    intake.press_submit("main form.counter button[type=submit]")
    assert Visit.objects.get().ledger_number == 1

    # The head records the session and issues the notice with a promise.
    head = visitor(java_script_enabled=javascript).sign_in("head")
    page = head.open(f"/ban-lam-viec/vu-viec/{session.code}/hold/")
    page.select_option("[name=receiver]", "self")
    page.fill("[name=minutes]", "Bà Thử trình bày; chủ tịch hứa đo lại.")
    head.press_submit("main form button[type=submit]")
    page = head.open(f"{D}{session.code}/ket-luan/")
    page.fill("[name=document]", "12/TB-UBND")
    page.fill("[name=conclusion]", "Giao địa chính đo lại thửa đất.")
    page.fill("[name=what_1]", "Đo lại thửa đất và trả lời bằng văn bản")
    page.fill("[name=due_on_1]", (clock.today() + dt.timedelta(days=20)).isoformat())
    head.press_submit("main form button[type=submit]")
    promise = Matter.objects.get(kind="promise")

    # Everybody sees the promise; nobody sees the villager.
    page = villager.open(f"{P}{session.code}/")
    assert "Đo lại thửa đất" in page.locator("main").inner_text()
    page.locator(f"a[href$='/{promise.code}/']").first.click()
    page.wait_for_load_state()
    assert "Thử" not in page.content()
    assert villager.complaints == intake.complaints == head.complaints == []


def test_every_page_of_receptions_is_sound(visitor: Any, session: Reception, people: Any) -> None:
    matter_act(acting=people.intake, matter_id=session.pk, step_name="open")
    anyone = visitor(widths=WIDTHS)
    for name, path in (
        ("danh-sach", P), ("buoi", f"{P}{session.code}/"), ("so", f"{P}{session.code}/so/"),
        ("dat-lich", f"{P}{session.code}/dat-lich/"), ("lich-hen", P + "lich-hen/"),
        ("don-vi", "/don-vi/21439/"),
    ):  # fmt: skip
        anyone.open(path)
        anyone.check(f"tiep-dan-{name}")
        anyone.picture(f"tiep-dan-{name}")
    official = visitor(widths=WIDTHS).sign_in("intake")
    official.open(f"{D}{session.code}/")
    official.press_submit("form[action$='/den/'] button")
    visit = Visit.objects.get()
    for name, path in (
        ("ban", D), ("ban-qua", D + "?xem=qua"), ("ke-hoach", D + "ke-hoach/"),
        ("them", D + "them/"), ("so-tiep", D + "so/"), ("tuan-thu", D + "tuan-thu/"),
        ("phien", f"{D}{session.code}/"), ("luot", f"{D}luot/{visit.pk}/"),
        ("tu-choi", f"{D}luot/{visit.pk}/tu-choi/"),
    ):  # fmt: skip
        official.open(path)
        official.check(f"tiep-dan-{name}")
        official.picture(f"tiep-dan-{name}")
    official.press_submit("main form button[type=submit]")  # an empty refusal: its errors
    official.check("tiep-dan-loi")
    matter_act(
        acting=people.intake, matter_id=session.pk, step_name="not_hold",
        data={"reason": "Mất điện cả khu vực"},
    )  # fmt: skip
    official.open(f"{D}{session.code}/")
    official.check("tiep-dan-khong-to-chuc")
