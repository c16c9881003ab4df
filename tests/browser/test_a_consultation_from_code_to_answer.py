"""A consultation in a real browser: a villager speaks, with and without JavaScript; the desk."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.work.consultations.models import Opinion, Participation
from dongthuan.work.consultations.opinions import Given, opinions_show, part_give
from dongthuan.work.consultations.tests.conftest import group, open_today, step
from dongthuan.work.consultations.voices import codes_print

pytestmark = pytest.mark.browser

P, D = "/lay-y-kien/", "/ban-lam-viec/lay-y-kien/"


WIDTHS = (360, 1280)


@pytest.fixture
def asked(people: Any) -> dict[str, Any]:
    """One open today with a code for it, and one that was answered yesterday."""
    with clock.at(clock.now() - dt.timedelta(days=40)):
        past = open_today(people)
    before = Opinion.objects.get(pk=past["opinion"]).consultation
    given = {"acting": people.handler, "consultation_id": before.pk}
    with clock.at(clock.now() - dt.timedelta(days=2)):
        before = step(people.handler, before, "close")
        before.clusters.all().delete()
        before.addressees.update(wish="none")
        group(people, before)
        step(people.handler, before, "synthesise", synthesis="Một ý kiến xin giữ lối đi chung.")
        step(people.head, before, "answer", document="20/BC-UBND")
    now = open_today(people)
    matter = Opinion.objects.get(pk=now["opinion"]).consultation
    given = {"acting": people.handler, "consultation_id": matter.pk}
    for number in range(12):
        part_give(
            consultation_id=matter.pk, given=Given(opinions=[(None, f"Ý kiến thứ {number}.")])
        )
    ids = list(matter.opinions.values_list("pk", flat=True))
    opinions_show(**given, opinion_ids=ids)
    return {**now, "past": before.code, "code": codes_print(**given, village=None, count=1)[0]}


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_a_villager_speaks_and_reads_the_answer(
    visitor: Any, asked: dict[str, Any], javascript: bool
) -> None:
    villager = visitor(viewport={"width": 360, "height": 740}, java_script_enabled=javascript)

    def looked(name: str) -> None:
        if javascript:
            villager.picture(name)
            villager.check(name)

    here = f"{P}{asked['asked']}/"
    page = villager.open(P)
    looked("consultations")
    page.locator(f"a[href='{here}']").first.click()
    looked("consultation")
    page.locator(".paragraph a[href*='gop-y']").first.click()
    page.fill("[name=text]", "Nên đặt xa trường học.")
    looked("consultation-give")
    villager.press_submit("main form button[type=submit]")
    looked("consultation-done")
    code, secret = page.locator("strong.code").all_inner_texts()
    page.goto(f"{villager.base}{P}cua-toi/")
    page.fill("[name=code]", code)
    page.fill("[name=secret]", secret)
    villager.press_submit("main form button[type=submit]")
    assert "Nên đặt xa trường học." in page.locator("main").inner_text()
    looked("consultation-own")
    # The sheet: a code first, then the questions; the condition is told in words.
    page.goto(f"{villager.base}{here}phieu/")
    looked("consultation-voice")
    page.fill("[name=code]", asked["code"])
    villager.press_submit("form:has([name=code]) button[type=submit]")
    page.locator("[name=q1][value='1']").check()
    page.fill("[name=q2]", "Đường hẹp.")
    page.locator("[name=q4][value='3']").check()
    looked("consultation-sheet")
    villager.press_submit("main form button[type=submit]")
    assert Participation.objects.get(proof="code").answers == {"q1": 1, "q4": 3}
    for path in ("y-kien/", "so-lieu/", "to-dan/"):
        page.goto(f"{villager.base}{here}{path}")
        looked(f"consultation-{path.strip('/')}")
    page.goto(f"{villager.base}{P}{asked['past']}/")
    assert "Bổ sung vạch sơn và đèn" in page.locator("main").inner_text()
    looked("consultation-answered")


def test_the_pages_of_the_desk_are_sound(visitor: Any, asked: dict[str, Any]) -> None:
    here = f"{D}{asked['asked']}/"
    head = visitor(widths=WIDTHS).sign_in("head")
    for name, path in {
        "list": D, "new": f"{D}them/", "page": here, "text": f"{D}{asked['past']}/",
        "questions": f"{here}phieu-hoi/", "codes": f"{here}ma/", "paper": f"{here}phieu-giay/",
        "import": f"{here}phieu-giay/nhap/", "opinions": f"{here}y-kien/?xem=all",
        "hold": f"{here}y-kien/{asked['opinion']}/giu/",
        "cluster": f"{here}nhom/{asked['cluster']}/", "tally": f"{here}kiem-phieu/",
        "addressee": f"{here}doi-tuong/",
        "hearing": f"{here}doi-tuong/{asked['addressee']}/",
    }.items():  # fmt: skip
        head.open(path)
        head.picture(f"desk-consultation-{name}")
        head.check(f"desk-consultation-{name}")
