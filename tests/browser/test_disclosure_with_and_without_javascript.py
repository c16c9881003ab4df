"""Disclosure in a browser: every page is sound; a citizen needs no JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.disclosure.models import Check, Disclosure, InfoRequest, Place
from dongthuan.work.disclosure.owing import places_ensure
from dongthuan.work.disclosure.postings import Hung, postings_record
from dongthuan.work.disclosure.services import content_set, disclosure_create, plan_create
from dongthuan.work.disclosure.tests.conftest import spreadsheet

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
C = "/ban-lam-viec/cong-khai/"
ROWS = [["Họ và tên", "Địa chỉ", "Mức hỗ trợ"], ["Lê Thị Mẫu", "tổ dân phố 1", 500000]]


@pytest.fixture
def told(people: Any) -> dict[str, Any]:
    """A relief list that hangs at the seat, something owed, a plan."""
    unit = Unit.objects.select_related("parent").get(code="21439-ubnd")
    given: dict[str, Any] = {"acting": people.handler, "unit": unit, "symbol": "9/QĐ-UBND",
                             "decided_on": clock.today()}  # fmt: skip
    places = places_ensure(unit)
    found = disclosure_create(item="8", title="Hỗ trợ sau bão số 12", **given)
    content_set(acting=people.handler, disclosure_id=found.pk, title=found.title,
                summary="Danh sách hộ được hỗ trợ.", content_type="relief",
                sheet=spreadsheet(ROWS))  # fmt: skip
    matter_act(acting=people.head, matter_id=found.pk, step_name="publish")
    hq = next(place for place in places if place.sort == "hq")
    postings_record(acting=people.handler, disclosure_id=found.pk, channel="a", hung=[Hung(hq)],
                    started_on=clock.today())  # fmt: skip
    owed = disclosure_create(item="7", title="Danh sách trợ cấp", **given)
    plan = plan_create(acting=people.head, unit=unit, year=clock.today().year)
    return {"found": found, "owed": owed, "plan": plan, "hq": hq}


def test_every_page_of_disclosure_is_sound(visitor: Any, told: dict[str, Any]) -> None:
    anyone = visitor(widths=WIDTHS)
    found: Disclosure = told["found"]
    for name, path in (
        ("dau", "/cong-khai/"), ("xa", "/cong-khai/21439/"), ("muc", "/cong-khai/21439/7/"),
        ("trong", "/cong-khai/21478/"), ("tin", f"/cong-khai/tin/{found.code}/"),
        ("yeu-cau", "/cong-khai/21439/yeu-cau/"),
    ):  # fmt: skip
        anyone.open(path)
        anyone.check(f"cong-khai-{name}")
        anyone.picture(f"cong-khai-{name}")
    official = visitor(widths=WIDTHS).sign_in("head")
    owed = told["owed"].code
    for name, path in (
        ("ban", C), ("tat-ca", f"{C}?xem=tat-ca"), ("them", f"{C}them/"), ("so", f"{C}so/"),
        ("ma-tran", f"{C}ma-tran/"), ("noi", f"{C}noi/"), ("ke-hoach", f"{C}ke-hoach/"),
        ("nam", f"{C}ke-hoach/{told['plan'].code}/"), ("phieu", f"{C}yeu-cau/"),
        ("tin-ban", f"{C}{found.code}/"), ("noi-dung", f"{C}{owed}/noi-dung/"),
        ("xem-truoc", f"{C}{owed}/xem-truoc/"), ("niem-yet", f"{C}{found.code}/niem-yet/"),
    ):  # fmt: skip
        official.open(path)
        official.check(f"cong-khai-{name}")
        official.picture(f"cong-khai-{name}")
    official.press_submit("main form button[type=submit]")  # loudspeaker chosen for posting: errors
    official.check("cong-khai-loi")


def test_a_citizen_finds_reports_and_asks_without_javascript(
    visitor: Any, told: dict[str, Any]
) -> None:
    anyone = visitor(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = anyone.open("/cong-khai/")
    page.select_option("main select[name=unit]", "21439")
    anyone.press_submit("main form button[type=submit]")
    assert page.url.endswith("/cong-khai/21439/")
    with page.expect_navigation():
        page.get_by_role("link", name="Hỗ trợ sau bão số 12").first.click()
    text = page.locator("main").inner_text()
    assert "L.T.M." in text and "Lê Thị Mẫu" not in text and told["hq"].name in text
    page.select_option("select[name=place]", str(told["hq"].pk))
    anyone.press_submit("form[action$='/khong-thay/'] button[type=submit]")
    check = Check.objects.get()
    assert (check.place, check.state) == (Place.objects.get(pk=told["hq"].pk), "reported")
    page = anyone.open("/cong-khai/21439/yeu-cau/?muc=8")
    page.fill("[name=text]", "Xin bản sao quyết định hỗ trợ sau bão.")
    page.fill("[name=name]", "Nguyễn Thị Hỏi")
    page.fill("[name=address]", "tổ dân phố 1")
    anyone.press_submit("main form button[type=submit]")
    assert InfoRequest.objects.get().code in page.locator("main").inner_text()
