from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act, matter_assign
from dongthuan.front.desk.tests.conftest import rows_kept, sentences

DESK = "/ban-lam-viec/vu-viec/"


@pytest.fixture
def seen(submit: Any) -> Matter:
    return submit().matter


def test_the_second_officer_is_told_who_did_what(
    people: Any, seen: Matter, desk_of: Callable[[str], Client]
) -> None:
    matter_assign(acting=people.head, matter_id=seen.pk, account=people.accounts["handler"])
    matter_act(
        acting=people.handler, matter_id=seen.pk, step_name="register",
        data={"title": "Cống vỡ nắp", "topic": "construction"},
    )  # fmt: skip
    before = rows_kept()
    answer = desk_of("intake").post(
        f"{DESK}{seen.code}/register/",
        {"version": seen.version, "title": "Tên của tôi", "topic": "order"},
    )
    assert answer.status_code == 409
    (sentence,) = sentences(answer)
    assert "Công chức xử lý đơn 1" in sentence
    assert answer.context["form"]["title"].value() == "Tên của tôi"
    assert rows_kept() == before
    seen.refresh_from_db()
    assert seen.title == "Cống vỡ nắp"


def test_an_assignment_too(people: Any, seen: Matter, desk_of: Callable[[str], Client]) -> None:
    client = desk_of("head")
    matter_assign(acting=people.intake, matter_id=seen.pk, account=people.accounts["handler"])
    before = rows_kept()
    answer = client.post(
        f"{DESK}{seen.code}/giao/",
        {"account": people.accounts["handler2"].pk, "version": seen.version},
        follow=True,
    )
    assert len(list(answer.context["messages"])) == 1
    seen.refresh_from_db()
    assert seen.handler == people.accounts["handler"]
    assert rows_kept() == before
