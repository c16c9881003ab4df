"""The people's decisions in a browser: every page sound, a household votes without JavaScript."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.people.households import Line, household_count, households_add
from dongthuan.core.units.models import Unit
from dongthuan.demo_decisions import demo_decisions_load
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Decision, Roll, Station, Vote

pytestmark = pytest.mark.browser
P, D = "/ban-va-quyet-dinh/", "/ban-lam-viec/"


WIDTHS = (360, 1280)


@pytest.fixture
def story(people: Any) -> Iterator[dict[str, Any]]:
    """The example of one residential group with its three decisions."""
    village = Unit.objects.get(code="21439-t01")
    households_add(
        acting=SYSTEM, village=village, on=clock.today() - dt.timedelta(days=200),
        lines=[Line(f"{n:03}", f"Nguyễn Thị Hộ {n}", f"số {n}") for n in range(1, 40)],
    )  # fmt: skip
    assert household_count(village=village) == 39
    demo_decisions_load(head=people.village_head, front=people.village_front)
    online = Vote.objects.get(methods=["online"], state="open")
    line = Roll.objects.get(vote=online).lines.get(number="030")
    code = voting.code_reissue(acting=people.village_head, line=line)
    yield {"online": online, "code": code}


def test_every_page_of_decisions_is_sound(visitor: Any, story: dict[str, Any]) -> None:
    decisions = list(Decision.objects.order_by("pk"))
    ballot = Vote.objects.get(methods=["ballot"])
    anyone = visitor(widths=WIDTHS)
    pages = {f"viec-{n}": f"{P}viec/{one.code}/" for n, one in enumerate(decisions)}
    for name, path in {
        "danh-sach": P, "xong": f"{P}?xem=xong&unit=21439-t01", "ma": f"{P}bo-phieu/",
        "bieu-quyet": f"{P}bieu-quyet/{story['online'].uuid}/", **pages,
    }.items():  # fmt: skip
        anyone.open(path)
        anyone.check(f"quyet-dinh-{name}")
        anyone.picture(f"quyet-dinh-{name}")
    page = anyone.open(f"{P}bo-phieu/#ma={story['code']}")
    assert page.url.endswith("/bo-phieu/")  # the code is in the field, and nowhere else
    anyone.press_submit("main form button[type=submit]")
    anyone.check("quyet-dinh-phieu")
    anyone.picture("quyet-dinh-phieu")
    page = anyone.open(f"{P}bo-phieu/")
    page.fill("[name=code]", "AAAA")
    anyone.press_submit("main form button[type=submit]")
    anyone.check("quyet-dinh-ma-sai")
    official = visitor(widths=WIDTHS).sign_in("village_head")
    station = Station.objects.get(roll__vote=ballot)
    b, o = f"{D}quyet-dinh/bieu-quyet/{ballot.uuid}/", story["online"]
    for name, path in {
        "ban": f"{D}quyet-dinh/", "ban-xong": f"{D}quyet-dinh/?xem=xong",
        "de-xuat": f"{D}quyet-dinh/de-xuat/", "console": b,
        "console-online": f"{D}quyet-dinh/bieu-quyet/{o.uuid}/",
        "roll": f"{b}danh-sach/{station.roll_id}/", "cum": f"{b}danh-sach/{station.roll_id}/cum/",
        "roll-online": f"{D}quyet-dinh/bieu-quyet/{o.uuid}/danh-sach/{o.rolls.get().pk}/",
        "to": f"{b}diem/{station.pk}/", "kiem": f"{b}diem/{station.pk}/kiem-phieu/",
        "cach-thuc": f"{b}cach-thuc/", "ho": f"{D}ho-gia-dinh/21439-t01/",
        "ho-them": f"{D}ho-gia-dinh/21439-t01/them/", "ho-nhap": f"{D}ho-gia-dinh/21439-t01/nhap/",
        **{f"vu-{n}": f"{D}quyet-dinh/viec/{one.code}/" for n, one in enumerate(decisions)},
        "buoc": f"{D}vu-viec/{decisions[0].code}/report/",
    }.items():  # fmt: skip
        official.open(path)
        official.check(f"quyet-dinh-{name}")
        official.picture(f"quyet-dinh-{name}")
    official.open(f"{b}diem/{station.pk}/kiem-phieu/")
    official.press_submit("main form button[type=submit]")  # nothing filled in: its errors
    official.check("quyet-dinh-kiem-loi")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_household_votes_and_finds_its_receipt(
    visitor: Any, story: dict[str, Any], people: Any, javascript: bool
) -> None:
    villager = visitor(viewport={"width": 360, "height": 740}, java_script_enabled=javascript)
    page = villager.open(f"{P}bo-phieu/")
    page.fill("[name=code]", story["code"].lower().replace("-", " "))
    villager.press_submit("main form button[type=submit]")
    page.check("[name=choice][value=no]")
    villager.press_submit("main form button[type=submit]")
    receipt = page.locator("main .code").inner_text()
    assert "Không đồng ý" not in page.locator("main").inner_text()
    villager.open(f"{P}bo-phieu/")
    page.fill("[name=code]", story["code"])
    villager.press_submit("main form button[type=submit]")
    assert page.locator("[name=choice]").count() == 0
    one = story["online"]
    with clock.at(one.closes_at + dt.timedelta(minutes=1)):
        voting.vote_close(acting=people.village_head, vote=one)
    page = villager.open(f"{P}bieu-quyet/{one.uuid}/")
    with page.expect_download() as download:
        page.click("a[href$='/ballots.csv']")
    body = download.value.path().read_text()
    assert f"{receipt},no" in body
    assert villager.complaints == []
