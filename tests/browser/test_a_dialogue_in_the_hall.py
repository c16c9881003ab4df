"""A dialogue on a phone of 360 pixels without scripts: asked by the code, promised, published."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.units.models import Position
from dongthuan.demo_dialogues import demo_dialogues_load
from dongthuan.work.dialogues.models import Dialogue, Question
from dongthuan.work.dialogues.papers import ask_url
from dongthuan.work.dialogues.services import dialogue_create
from dongthuan.work.dialogues.tests.conftest import ANNOUNCED, act

pytestmark = pytest.mark.browser
P, D = "/doi-thoai/", "/ban-lam-viec/doi-thoai/"
WIDTHS = (360, 1280)
PHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}


@pytest.fixture
def today_in_the_hall(transactional_db: Any, people: Any) -> Dialogue:
    """Announced three weeks ago for this very day."""
    now = clock.now()
    host = Position.objects.select_related("unit__parent").get(code="21439-head")
    with clock.at(now - dt.timedelta(days=21)):
        made = dialogue_create(
            acting=people.handler, host=host, sort="group", theme="Đối thoại với tiểu thương chợ",
            on=now.astimezone(dt.timezone(dt.timedelta(hours=7))).date(), time="00:01",
            venue="Hội trường", agenda="Chợ", groups="Tiểu thương",
        )  # fmt: skip
        found: Dialogue = act(people.handler, made, "announce", **ANNOUNCED)
        return found


def test_from_the_code_on_the_slip_to_the_published_conclusion(
    visitor: Any, today_in_the_hall: Dialogue
) -> None:
    row = today_in_the_hall
    address = re.sub(r"^https?://[^/]+", "", ask_url(row, hall=True))
    trader, head = visitor(**PHONE), visitor(**PHONE).sign_in("head")
    page = trader.open(address)
    page.fill("[name=text]", "Bao giờ chợ mới có mái che?")
    trader.press_submit("main form button[type=submit]")
    assert page.locator("main .panel-kept").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    asked = Question.objects.get()
    assert asked.channel == "hall"
    desk = head.open(f"{D}cau-hoi/{asked.pk}/doc/")
    head.press_submit("main form button[type=submit]")
    live = trader.open(f"{P}{row.code}/truc-tiep/")
    assert "mái che" in live.locator("main").inner_text()
    desk = head.open(f"{D}cau-hoi/{asked.pk}/ket-qua/")
    desk.check("[name=outcome][value=promised]")
    desk.fill("[name=answer]", "Lợp mái che trước mùa mưa.")
    desk.fill("[name=due_on]", (clock.today() + dt.timedelta(days=40)).isoformat())
    head.press_submit("main form button[type=submit]")
    desk = head.open(f"/ban-lam-viec/vu-viec/{row.code}/hold/")
    desk.select_option("[name=chair]", "self")
    desk.fill("[name=present]", "40")
    desk.fill("[name=minutes]", "Biên bản.")
    head.press_submit("main form button[type=submit]")
    desk = head.open(f"/ban-lam-viec/vu-viec/{row.code}/conclude/")
    desk.fill("[name=document]", "12/TB-UBND")
    desk.fill("[name=conclusion]", "Giao các phòng thực hiện.")
    head.press_submit("main form button[type=submit]")
    assert Dialogue.objects.get(pk=row.pk).state == "concluded"
    told = trader.open(f"{P}{row.code}/").locator("main").inner_text()
    for words in ("Giao các phòng thực hiện.", "Lợp mái che trước mùa mưa.", "12/TB-UBND"):
        assert words in told


def test_every_page_of_dialogues_is_sound(transactional_db: Any, people: Any, visitor: Any) -> None:
    demo_dialogues_load(head=people.head, party=people.party, handler=people.handler)
    done = Dialogue.objects.get(state="concluded")
    coming = Dialogue.objects.get(state="announced")
    waiting = Question.objects.filter(state="waiting").order_by("id")[0]
    open_ = Question.objects.filter(
        state="shown", outcome="", dialogue__unit__code="21439-ubnd"
    ).order_by("id")[0]
    anyone = visitor(widths=WIDTHS)
    for name, path in (
        ("lich", P), ("tan-suat", f"{P}tan-suat/?unit=21439"), ("da-xong", f"{P}{done.code}/"),
        ("sap-toi", f"{P}{coming.code}/"), ("hoi", f"{P}{coming.code}/hoi/"),
        ("truc-tiep", f"{P}{coming.code}/truc-tiep/?dung=1"),
    ):  # fmt: skip
        anyone.open(path)
        anyone.picture(f"doi-thoai-{name}")
        anyone.check(f"doi-thoai-{name}")
    head = visitor(widths=WIDTHS).sign_in("head")
    for name, path in (
        ("ban", D), ("ban-qua", f"{D}?xem=past"), ("them", f"{D}them/"), ("nam", f"{D}tan-suat/"),
        ("mot", f"{D}{coming.code}/"), ("xong", f"{D}{done.code}/"),
        ("moi", f"{D}{coming.code}/moi/"), ("gui", f"{D}{coming.code}/da-gui/"),
        ("ghi", f"{D}{coming.code}/ghi-cau-hoi/"), ("doc", f"{D}cau-hoi/{waiting.pk}/doc/"),
        ("gop", f"{D}cau-hoi/{open_.pk}/gop/"), ("ket-qua", f"{D}cau-hoi/{open_.pk}/ket-qua/"),
    ):  # fmt: skip
        head.open(path)
        head.picture(f"doi-thoai-{name}")
        head.check(f"doi-thoai-{name}")
    head.open(f"{D}cau-hoi/{open_.pk}/ket-qua/")
    head.press_submit("main form button[type=submit]")  # empty: its errors
    head.check("doi-thoai-loi")
