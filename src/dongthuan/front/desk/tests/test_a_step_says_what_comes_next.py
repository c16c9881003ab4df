"""Pages of the desk lead on: what was done, who acts next, and no label of another room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.models import Opinion
from dongthuan.work.consultations.services import consultation_create
from dongthuan.work.consultations.tests.conftest import (  # noqa: F401
    AFTER,
    PURPOSE,
    TODAY,
    closed,
    draft,
    open_today,
    opened,
    planned,
    step,
)
from dongthuan.work.projects.obstacles import obstacle_create
from dongthuan.work.projects.services import project_create

C, V = "/ban-lam-viec/lay-y-kien/", "/ban-lam-viec/vu-viec/"
Desk = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(TODAY):
        yield


@pytest.fixture
def office(people: Any) -> Unit:
    return Unit.objects.get(code="21439-ubnd")


def test_a_day_to_come_is_never_guessed(people: Any, desk_of: Desk) -> None:
    asked = open_today(people)
    matter = Opinion.objects.get(pk=asked["opinion"]).consultation
    form = desk_of("handler").get(f"{V}{matter.code}/prolong/").context["form"]
    assert "until" in form.fields
    assert "until" not in form.initial


def test_without_a_text_the_page_says_what_is_missing(
    people: Any, office: Unit, desk_of: Desk
) -> None:
    matter = consultation_create(
        acting=people.handler, unit=office, item="5", title="Dự thảo phân luồng", purpose=PURPOSE,
        forms=["b", "e"],
    )  # fmt: skip
    step(people.handler, matter, "send_plan", document="1/KH", sent_on=TODAY.date())
    answer = desk_of("handler").get(f"{C}{matter.code}/")
    assert answer.context["view"].steps == []
    assert 'class="callout"' in answer.content.decode()


def test_who_waits_is_told_whose_step_is_next(
    people: Any,
    desk_of: Desk,
    closed: Any,  # noqa: F811
) -> None:
    matter = closed()
    with clock.at(AFTER):
        step(people.handler, matter, "synthesise", synthesis="Hai ý kiến về vạch sơn và đèn.")
    view = desk_of("handler").get(f"{C}{matter.code}/").context["view"]
    assert view.steps == []
    assert view.waits == [("Công khai giải trình, tiếp thu", "Người đứng đầu")]
    assert desk_of("head").get(f"{C}{matter.code}/").context["view"].waits == []


def test_an_obstacle_is_given_by_the_form_with_the_list(
    people: Any, office: Unit, desk_of: Desk
) -> None:
    project = project_create(
        acting=people.handler, unit=office, title="Đường tổ 1", purpose="Hết lầy.",
        villages=[Unit.objects.get(code="21439-t01")],
    )  # fmt: skip
    made = obstacle_create(acting=people.handler, project=project, raised_by=office, what="Trụ")
    answer = desk_of("handler").get(f"{V}{made.code}/assign/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/ban-lam-viec/du-an/vuong-mac/{made.code}/giao/"


def test_a_matter_of_nobodys_letter_speaks_of_no_petitioner(
    people: Any, office: Unit, desk_of: Desk
) -> None:
    project = project_create(
        acting=people.handler, unit=office, title="Đường tổ 1", purpose="Hết lầy.",
        villages=[Unit.objects.get(code="21439-t01")],
    )  # fmt: skip
    page = desk_of("handler").get(f"{V}{project.code}/").content.decode()
    assert "người gửi đơn" not in page
    assert 'name="to_petitioner"' not in page


def test_a_payment_beyond_the_plan_is_asked_about_once(
    people: Any, office: Unit, desk_of: Desk
) -> None:
    project = project_create(
        acting=people.handler, unit=office, title="Đường tổ 1", purpose="Hết lầy.",
        villages=[Unit.objects.get(code="21439-t01")],
    )  # fmt: skip
    desk, here = desk_of("handler"), f"/ban-lam-viec/du-an/{project.code}/"
    cost = {"name": "Nền", "source": "state", "planned": "5000000"}
    assert desk.post(f"{here}chi-phi/", cost).status_code == 302
    line = project.costs.get()
    paid = {"line": line.pk, "paid_on": TODAY.date().isoformat(), "amount": "50000000",
            "payee": "Công ty", "document": "1"}  # fmt: skip
    refused = desk.post(f"{here}chi-tra/", paid)
    assert refused.status_code == 422
    assert "45.000.000" in refused.content.decode()
    assert not project.payments.exists()
    told = desk.post(f"{here}chi-tra/", paid | {"over": "on"}, follow=True)
    assert project.payments.get().amount == 50_000_000
    assert "Đã thực hiện: Ghi khoản chi trả." in told.content.decode()
