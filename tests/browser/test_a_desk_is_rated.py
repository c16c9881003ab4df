"""Rating a desk from its slip, and the published quarter: on a small telephone, also without JS."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.satisfaction.models import Answer, Desk, Round
from dongthuan.work.satisfaction.services import answer_give, desk_add, rounds_open, slips_print

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
AUGUST = dt.datetime(2026, 8, 12, 3, tzinfo=dt.UTC)
OCTOBER = dt.datetime(2026, 10, 2, 3, tzinfo=dt.UTC)


@pytest.fixture
def counter(people: Any) -> Desk:
    """A desk of the ward with a published third quarter."""
    unit = Unit.objects.get(code="21439-ubnd")
    with clock.at(AUGUST):
        desk = desk_add(acting=people.intake, unit=unit, name="Quầy 1 – Đất đai")
        for _n in range(6):
            answer_give(acting=people.citizen, subject="desk", unit=unit, desk=desk,
                        points={"time": 2, "attitude": 1})  # fmt: skip
    with clock.at(OCTOBER):
        rounds_open(now=clock.now())
        matter_act(acting=people.head, matter_id=Round.objects.get().pk, step_name="publish")
    return desk


@pytest.mark.parametrize("javascript", [True, False])
def test_a_slip_is_answered_on_a_small_telephone(
    visitor: Any, counter: Desk, people: Any, javascript: bool
) -> None:
    (code,) = slips_print(acting=people.intake, desk=counter, count=1)
    villager = visitor(viewport={"width": 360, "height": 740}, java_script_enabled=javascript)
    page = villager.open(f"/hai-long/quay/{counter.token}/#ma={code}")
    if javascript:
        assert page.locator("[name=slip]").input_value() == code
        assert code not in page.url
    else:
        page.fill("[name=slip]", code)
    page.check("[name=q_time][value='2']")
    villager.press_submit("main form button[type=submit]")
    assert Answer.objects.latest("id").source == "slip"
    assert villager.complaints == []


def test_the_pages_of_satisfaction_are_sound(visitor: Any, counter: Desk) -> None:
    anyone = visitor(widths=WIDTHS)
    for path in ("/hai-long/", "/hai-long/21439/", "/hai-long/21439/danh-gia/",
                 f"/hai-long/quay/{counter.token}/"):  # fmt: skip
        anyone.open(path)
        anyone.check(f"hai-long{path}")
    official = visitor(widths=WIDTHS).sign_in("intake")
    for path in ("hai-long/", f"hai-long/{counter.pk}/nhap-giay/"):
        official.open(f"/ban-lam-viec/{path}")
        official.check(path)
