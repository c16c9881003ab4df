"""Every page type at three widths: no accessibility fault, nothing cut off, a picture of each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core.matters.models import Duty, Submission
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.matters.services import matter_assign, matter_note
from dongthuan.work.petitions.tests.paths import matter_in

pytestmark = pytest.mark.browser

WIDTHS = [360, 768, 1280]


@pytest.fixture
def scene(people: Any, submit: Any) -> dict[str, Any]:
    """A few matters in different states, so that no page is empty."""
    closed = matter_in(people, submit, "feedback", "closed")
    accepted = matter_in(people, submit, "complaint", "accepted")
    handler = people.accounts["handler"]
    matter_assign(acting=people.head, matter_id=accepted.pk, account=handler)
    matter_note(
        acting=people.head, matter_id=accepted.pk, text="Đã xem tại chỗ.", to_petitioner=True
    )
    suspended = matter_in(people, submit, "complaint", "suspended")
    fresh = submit("Đoạn đường liên thôn bị sạt lở sau mưa, xe máy không qua được.")
    again = submit(
        "Kính gửi ủy ban: đoạn đường liên thôn bị sạt lở sau mưa, xe máy không qua được."
    )
    return {
        "closed": closed, "accepted": accepted, "suspended": suspended, "fresh": fresh,
        "again": again.matter, "duty": Duty.objects.filter(matter=accepted).latest("id"),
    }  # fmt: skip


def test_the_citizens_pages(visitor: Any, scene: dict[str, Any]) -> None:
    guest = visitor(widths=WIDTHS)
    for name, path in {
        "portal-home": "/",
        "portal-submit-what": "/gui/",
        "portal-lookup": "/tra-cuu/",
        "portal-search": "/tra-cuu/?q=noi+dung",
        "portal-search-empty": "/tra-cuu/?q=khongcogi",
        "portal-matter": f"/tra-cuu/{scene['closed'].code}/",
        "portal-matter-unlisted": f"/tra-cuu/{scene['accepted'].code}/",
        "portal-units": "/don-vi/",
        "portal-unit": "/don-vi/21439/",
        "portal-unit-ended": "/don-vi/534/",
        "portal-figures": "/so-lieu/",
        "portal-rules": "/quy-dinh/",
        "portal-rules-empty": "/quy-dinh/?q=khongcogi",
        "portal-rule": "/quy-dinh/tcd.refusal_grounds/",
        "portal-about": "/gioi-thieu/",
        "portal-accessibility": "/tiep-can/",
        "portal-not-found": "/khong-co-trang-nay/",
        "signin": "/tai-khoan/login/",
        "signup": "/tai-khoan/signup/",
        "api": "/api/v1/",
    }.items():
        guest.open(path)
        guest.picture(name)
        guest.check(name, wide=True)
    page = guest.open("/gui/")
    guest.press_submit("button[name=go][value=next]")
    guest.picture("portal-submit-error")
    guest.check("portal-submit-error", wide=True)
    page.fill("[name=text]", "Đèn đường trước trường học tắt đã hơn một tuần.")
    guest.press_submit("button[name=go][value=next]")
    page.select_option("[name=commune]", "21439")
    guest.picture("portal-submit-where")
    guest.check("portal-submit-where", wide=True)
    guest.press_submit("button[name=go][value=next]")
    guest.picture("portal-submit-who")
    guest.check("portal-submit-who", wide=True)
    guest.press_submit("button[name=go][value=send]")
    guest.picture("portal-receipt")
    guest.check("portal-receipt", wide=True)
    page = guest.open("/tra-cuu/")
    submission = Submission.objects.get(matter=scene["accepted"])
    page.fill("[name=code]", scene["accepted"].code)
    page.fill("[name=secret]", receipt_secret(submission))
    guest.press_submit("form:has([name=secret]) button[type=submit]")
    guest.picture("portal-own")
    guest.check("portal-own", wide=True)


def test_the_officials_pages(visitor: Any, scene: dict[str, Any]) -> None:
    head = visitor(widths=WIDTHS).sign_in("head")
    accepted, fresh = scene["accepted"].code, scene["fresh"].matter.code
    for name, path in {
        "desk-list": "/ban-lam-viec/?view=unit",
        "desk-list-all": "/ban-lam-viec/?view=all",
        "desk-list-empty": "/ban-lam-viec/?view=overdue&q=khongcogi",
        "desk-matter": f"/ban-lam-viec/vu-viec/{accepted}/",
        "desk-matter-suspended": f"/ban-lam-viec/vu-viec/{scene['suspended'].code}/",
        "desk-matter-duplicate": f"/ban-lam-viec/vu-viec/{scene['again'].code}/",
        "desk-step": f"/ban-lam-viec/vu-viec/{accepted}/decide/",
        "desk-step-grave": f"/ban-lam-viec/vu-viec/{accepted}/withdraw/",
        "desk-clock": f"/ban-lam-viec/vu-viec/{accepted}/thoi-han/{scene['duty'].pk}/",
        "desk-register": "/ban-lam-viec/vao-so/",
        "desk-rules": "/ban-lam-viec/quy-dinh/?q=khieu+nai",
        "desk-rule": "/ban-lam-viec/quy-dinh/kn.accept/",
        "desk-rule-drafts": "/ban-lam-viec/quy-dinh/du-thao/",
        "desk-not-found": "/ban-lam-viec/vu-viec/21439-26-999999/",
        "account-mfa": "/tai-khoan/2fa/",
    }.items():
        head.open(path)
        head.picture(name)
        head.check(name, wide=True)
    page = head.open(f"/ban-lam-viec/vu-viec/{fresh}/register/")
    head.press_submit("main form button[type=submit]")
    head.picture("desk-step-error")
    head.check("desk-step-error", wide=True)
    page = head.open("/ban-lam-viec/vao-so/")
    page.fill("[name=text]", "Người dân đến nói về việc nước sinh hoạt bị đục.")
    page.fill("[name=title]", "Nước sinh hoạt bị đục")
    page.select_option("[name=topic]", "environment")
    page.select_option("[name=place]", label="Phường Đức Phổ")
    head.press_submit("main form button[type=submit]")
    head.picture("desk-receipt")
    head.check("desk-receipt", wide=True)


@pytest.fixture
def village(people: Any) -> dict[str, str]:
    """An initiative that collects, a convention in force, a draft that hangs, an election."""
    from dongthuan.core.people.actors import SYSTEM
    from dongthuan.core.people.households import Line, households_add
    from dongthuan.core.units.models import Unit
    from dongthuan.work.decisions.tests.village_paths import Story

    first = Unit.objects.get(code="21439-t01")
    lines = [Line(f"{n:03}", f"Nguyễn Thị Hộ {n}", "ngõ 3") for n in range(1, 13)]
    households_add(acting=SYSTEM, village=first, lines=lines, on=dt.date(2026, 1, 1))
    made = {"initiative": Story(people, first).initiative().takes("take_up").supported(1)}
    made["election"] = Story(people, first).election().prepared()
    story = Story(people, first).revised().takes("convene").meeting(8, yes=7, no=1)
    made["convention"] = story.takes("hold", "file", "recognise")
    return {name: story.matter.code for name, story in made.items()}


def test_the_pages_of_the_villages_affairs(visitor: Any, village: dict[str, str]) -> None:
    head = visitor(widths=WIDTHS).sign_in("village_head")
    public, desk = "/ban-va-quyet-dinh", "/ban-lam-viec/quyet-dinh"
    for name, path in {
        "portal-initiatives": f"{public}/sang-kien/",
        "portal-initiative": f"{public}/sang-kien/{village['initiative']}/",
        "portal-initiative-propose": f"{public}/sang-kien/de-xuat/",
        "portal-initiative-support": f"{public}/sang-kien/{village['initiative']}/dong-thuan/",
        "portal-initiative-withdraw": f"{public}/sang-kien/rut/",
        "portal-conventions": f"{public}/huong-uoc/",
        "portal-convention": f"{public}/huong-uoc/{village['convention']}/",
        "portal-elections": f"{public}/bau-cu/",
        "portal-election": f"{public}/bau-cu/{village['election']}/",
        "desk-village": f"{desk}/cua-thon/",
        "desk-initiative": f"/ban-lam-viec/vu-viec/{village['initiative']}/",
        "desk-initiative-supports": f"{desk}/sang-kien/{village['initiative']}/dong-thuan/",
        "desk-initiative-new": f"{desk}/sang-kien/moi/",
        "desk-convention-draft": f"{desk}/huong-uoc/{village['convention']}/du-thao/",
        "desk-election": f"/ban-lam-viec/vu-viec/{village['election']}/",
        "desk-election-candidates": f"{desk}/bau-cu/{village['election']}/ung-cu/",
    }.items():
        head.open(path)
        head.picture(name)
        head.check(name, wide=True)


@pytest.mark.parametrize("path", ["/", "/gui/", "/don-vi/21439/", "/tra-cuu/"])
def test_the_dark_look(visitor: Any, scene: dict[str, Any], path: str) -> None:
    guest = visitor(viewport={"width": 360, "height": 800}, color_scheme="dark")
    guest.open(path)
    guest.picture(f"dark{path.replace('/', '-')}")
    guest.check(path)


def test_an_administrator_sees_an_explanation_instead_of_matters(
    visitor: Any, scene: dict[str, Any]
) -> None:
    admin = visitor().sign_in("admin")
    text = admin.open("/ban-lam-viec/").locator("main").inner_text()
    assert scene["accepted"].code not in text
    admin.picture("desk-admin")
    admin.check("desk-admin")


def test_the_desk_works_by_keyboard_alone(visitor: Any, scene: dict[str, Any]) -> None:
    """j moves to the first row, Enter opens it; every button of the matter is reached by Tab."""
    head = visitor().sign_in("head")
    page = head.open("/ban-lam-viec/?view=unit")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/vu-viec/" in page.url
    wanted = page.locator("main a.button, main button:visible").count()
    reached = set()
    for _press in range(wanted + 60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
    missing = [
        html
        for html in page.locator("main a.button, main button:visible").evaluate_all(
            "all => all.map(e => e.outerHTML.slice(0, 200))"
        )
        if html not in reached
    ]
    assert missing == []
