from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dongthuan.core.matters.models import Entry, Matter

ASSIGN = "/ban-lam-viec/giao-viec/"


@pytest.fixture
def two(people: Any, submit: Any) -> list[Matter]:
    return [submit(f"Nội dung của vụ việc thứ {n} được giao.").matter for n in range(2)]


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_all_ticked_matters_get_the_handler(
    people: Any, two: list[Matter], desk_of: Callable[[str], Client]
) -> None:
    handler = people.accounts["handler"]
    answer = desk_of("intake").post(
        ASSIGN, {"matter": [m.pk for m in two], "account": handler.pk}, follow=True
    )
    assert len(said(answer)) == 1
    assert set(Matter.objects.values_list("handler", flat=True)) == {handler.pk}
    assert Entry.objects.filter(act="matter.assign").count() == 2


def test_one_that_cannot_be_assigned_keeps_all_back(
    people: Any, two: list[Matter], walk: Any, desk_of: Callable[[str], Client]
) -> None:
    walk(two[1], "register", "store")
    answer = desk_of("intake").post(
        ASSIGN,
        {"matter": [m.pk for m in two], "account": people.accounts["handler"].pk},
        follow=True,
    )
    assert len(said(answer)) == 1
    assert set(Matter.objects.values_list("handler", flat=True)) == {None}
    assert not Entry.objects.filter(act="matter.assign").exists()


@pytest.mark.parametrize("name", ["other_intake", "admin", "account"])
def test_who_does_not_work_there_gets_nothing(
    people: Any, two: list[Matter], desk_of: Callable[[str], Client], name: str
) -> None:
    client = desk_of("intake")
    desk_of("account")
    answer = client.post(
        ASSIGN, {"matter": [two[0].pk], "account": people.accounts[name].pk}, follow=True
    )
    assert len(said(answer)) == 1
    assert set(Matter.objects.values_list("handler", flat=True)) == {None}


@pytest.mark.parametrize("matter", ["", "x", "-1", "²", "9" * 17, "9" * 30])
@pytest.mark.parametrize("account", ["", "x", "²", "9" * 30, "one"])
def test_nonsense_is_told_in_one_sentence(
    people: Any, two: list[Matter], desk_of: Callable[[str], Client], matter: str, account: str
) -> None:
    chosen = str(people.accounts["handler"].pk) if account == "one" else account
    answer = desk_of("intake").post(ASSIGN, {"matter": matter, "account": chosen}, follow=True)
    assert answer.status_code == 200
    assert len(said(answer)) == 1
    assert set(Matter.objects.values_list("handler", flat=True)) == {None}


def test_more_than_two_hundred_are_refused_before_anything_happens(
    people: Any, two: list[Matter], desk_of: Callable[[str], Client]
) -> None:
    answer = desk_of("intake").post(
        ASSIGN,
        {
            "matter": [m.pk for m in two] + list(range(10**6, 10**6 + 200)),
            "account": people.accounts["handler"].pk,
        },
        follow=True,
    )
    assert len(said(answer)) == 1
    assert set(Matter.objects.values_list("handler", flat=True)) == {None}
