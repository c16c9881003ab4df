"""Both heads sign one plan in two browsers, on a small telephone too, without JavaScript."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.models import Entry
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.coordination.listing import Given, line_add
from dongthuan.work.coordination.models import CoordinationPlan
from dongthuan.work.coordination.planning import clause_add, plan_create
from dongthuan.work.coordination.reviewing import review_create
from dongthuan.work.coordination.text import digest_of, plan_lines

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
D = "/ban-lam-viec/phoi-hop/"


@pytest.fixture
def plan(people: Any) -> CoordinationPlan:
    """A plan of this year whose text the other side has."""
    partner = Unit.objects.get(code="21439-xdd")
    year = clock.today().year
    made = plan_create(acting=people.dvan, partner=partner, year=year, theme="Gần dân")
    clause_add(acting=people.dvan, plan=made, section=3, content=4, text="Công khai đúng hạn.")
    for bound in ("petitions.on_time", ""):
        line_add(
            acting=people.dvan, plan=made,
            given=Given(
                content=4, title=f"Việc {bound or 'tự báo cáo'}", lead=made.office, bound=bound,
                due_on=dt.date(year, 12, 20), indicator="Số cuộc", target=Decimal(80),
            ),
        )  # fmt: skip
    matter_act(acting=people.dvan, matter_id=made.pk, step_name="exchange")
    return CoordinationPlan.objects.get(pk=made.pk)


def test_two_browsers_agree_and_sign_without_javascript(
    visitor: Any, people: Any, plan: CoordinationPlan
) -> None:
    small = {"viewport": {"width": 360, "height": 800}, "java_script_enabled": False}
    wide = {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False}
    one, other = visitor(**small).sign_in("dvan_head"), visitor(**wide).sign_in("head")
    here = f"{D}{plan.code}/"
    for desk in (one, other):
        desk.open(f"/ban-lam-viec/vu-viec/{plan.code}/agree/")
        desk.press_submit("main form button[type=submit]")
    read = one.open(f"{here}ky/").locator("code").inner_text()
    one.press_submit("main form button[type=submit]")
    plan.refresh_from_db()
    assert plan.state == "half_signed"
    assert other.open(f"{here}ky/").locator("code").inner_text() == read
    other.press_submit("main form button[type=submit]")
    plan.refresh_from_db()
    assert plan.state == "in_force"
    signed = Entry.objects.filter(matter=plan, act="coordination_plan.sign").order_by("id")
    assert [entry.facts["digest"] for entry in signed] == [read, read]
    guest = visitor(**small)
    assert "Gần dân" in guest.open(f"/phoi-hop/{plan.code}/").inner_text("main")


def test_every_page_is_sound(visitor: Any, people: Any, plan: CoordinationPlan) -> None:
    clause = plan.clauses.first()
    assert clause is not None
    desk = visitor(widths=WIDTHS).sign_in("head")
    for name, path in {
        "desk-plans": D,
        "desk-plan-new": f"{D}them/",
        "desk-plan-draft": f"{D}{plan.code}/",
        "desk-plan-line": f"{D}{plan.code}/nhiem-vu/",
        "desk-plan-years": f"{D}nhieu-nam/",
    }.items():
        desk.open(path)
        desk.picture(name)
        desk.check(name)
    _sign(people, plan)
    review = review_create(acting=people.head, plan=plan, sort="final")
    for name, path in {
        "desk-plan": f"{D}{plan.code}/",
        "desk-plan-clause": f"{D}muc/{clause.pk}/",
        "desk-plan-task": f"{D}nhiem-vu/{plan.tasks.first().code}/",  # type: ignore[union-attr]
        "desk-plan-review": f"{D}bao-cao/{review.code}/",
        "portal-plans": "/phoi-hop/",
        "portal-plans-empty": "/phoi-hop/?unit=x",
        "portal-plan": f"/phoi-hop/{plan.code}/",
        "portal-plan-years": "/phoi-hop/nhieu-nam/",
    }.items():
        desk.open(path)
        desk.picture(name)
        desk.check(name)


def _sign(people: Any, plan: CoordinationPlan) -> None:
    for actor in (people.dvan, people.handler):
        matter_act(acting=actor, matter_id=plan.pk, step_name="agree")
    for actor in (people.dvan_head, people.head):
        plan.refresh_from_db()
        data = {"digest": digest_of(plan_lines(plan))}
        matter_act(acting=actor, matter_id=plan.pk, step_name="sign", data=data)
    plan.refresh_from_db()
