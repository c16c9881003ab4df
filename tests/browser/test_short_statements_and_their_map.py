"""Short statements and the opinion map in a real browser, with and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.work.consultations.models import Consultation, StatementVote
from dongthuan.work.consultations.statements.maps import map_compute
from dongthuan.work.consultations.tests.conftest import open_today
from dongthuan.work.consultations.tests.statements import statements_in, votes_in
from dongthuan.work.consultations.voices import codes_print

pytestmark = pytest.mark.browser

P, D = "/lay-y-kien/", "/ban-lam-viec/lay-y-kien/"


@pytest.fixture
def asked(people: Any) -> dict[str, Any]:
    matter = Consultation.objects.get(code=open_today(people)["asked"])
    statements = statements_in(people, matter)
    votes_in(matter, statements, people=40)
    map_compute(matter)
    given = {"acting": people.handler, "consultation_id": matter.pk}
    return {"code": matter.code, "slip": codes_print(**given, village=None, count=1)[0],
            "statement": statements[0].pk}  # fmt: skip


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_a_villager_votes_and_sees_the_map(
    visitor: Any, asked: dict[str, Any], javascript: bool
) -> None:
    villager = visitor(viewport={"width": 360, "height": 740}, java_script_enabled=javascript)

    def looked(name: str) -> None:
        if javascript:
            villager.picture(name)
            villager.check(name)

    before = StatementVote.objects.count()
    page = villager.open(f"{P}{asked['code']}/y-kien-ngan/")
    looked("statements-closed")
    page.locator("a[href*='tieng-noi']").first.click()
    page.fill("[name=code]", asked["slip"])
    villager.press_submit("form:has([name=go][value=code]) button[type=submit]")
    looked("statements")
    for value in ("1", "-1", "0"):
        villager.press_submit(f"button[name=value][value='{value}']")
    assert StatementVote.objects.count() == before + 3
    villager.open(f"{P}{asked['code']}/ban-do/")
    assert page.locator("svg[role=img] ellipse").count() == 2
    looked("opinion-map")
    villager.open(f"{P}cach-tinh/")
    looked("map-method")


def test_the_desk_of_statements(visitor: Any, asked: dict[str, Any]) -> None:
    office = visitor(viewport={"width": 360, "height": 800}).sign_in("handler")
    for name, path in {
        "desk-statements": "",
        "desk-statements-shown": "?xem=shown",
        "desk-statement-new": "them/",
        "desk-statement-paper": "phieu-giay/",
        "desk-statement": f"{asked['statement']}/",
    }.items():
        office.open(f"{D}{asked['code']}/y-kien-ngan/{path}")
        office.picture(name)
        office.check(name)
