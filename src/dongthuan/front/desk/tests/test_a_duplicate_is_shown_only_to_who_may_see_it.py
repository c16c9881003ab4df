from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Unit

TEXT = (
    "Cống thoát nước trước nhà văn hóa bị vỡ nắp, đã có người sụp chân trong đêm, đề nghị thay "
    "nắp cống và đặt biển báo tạm trong khi chờ sửa chữa."
)


def page(client: Client, matter: Matter) -> str:
    answer = client.get(f"/ban-lam-viec/vu-viec/{matter.code}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_same_text_in_the_same_office_is_pointed_out(
    submit: Any, desk_of: Callable[[str], Client]
) -> None:
    first, second = submit(TEXT).matter, submit(TEXT).matter
    assert first.code in page(desk_of("intake"), second)


def test_the_same_text_in_another_office_is_not(
    submit: Any, desk_of: Callable[[str], Client]
) -> None:
    elsewhere = submit(TEXT, place=Unit.objects.get(code="21478")).matter
    assert elsewhere.code not in page(desk_of("intake"), submit(TEXT).matter)


def test_what_is_walled_off_from_the_reader_is_not(
    people: Any, submit: Any, desk_of: Callable[[str], Client]
) -> None:
    about = submit(TEXT).matter
    Matter.objects.filter(pk=about.pk).update(walled_accounts=[people.accounts["handler"].pk])
    other = submit(TEXT).matter
    assert about.code not in page(desk_of("handler"), other)
    assert about.code in page(desk_of("intake"), other)
