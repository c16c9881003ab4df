from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dongthuan.core.matters.models import Matter
from dongthuan.work.petitions.services import Sender

EXPORT = "/ban-lam-viec/xuat/"


def rows(client: Client, query: str = "view=all") -> list[list[str]]:
    answer = client.get(f"{EXPORT}?{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="vu-viec.csv"'
    assert answer["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_no_name_address_or_text_of_a_citizen_is_in_it(
    submit: Any, walk: Any, desk_of: Callable[[str], Client]
) -> None:
    sender = Sender(
        name="Trần Dấu Vết", address="Số 7 đường Dấu Vết", phone="0905111222",
        email="dauvet@vidu.vn",
    )  # fmt: skip
    receipt = submit("Nội dung có Dấu Vết riêng của người gửi đơn này.", sender=sender)
    walk(receipt.matter, "register", register={"title": "Cống vỡ nắp"})
    text = "\n".join(",".join(row) for row in rows(desk_of("intake")))
    assert receipt.code in text
    for trace in ("Dấu Vết", "0905111222", "dauvet"):
        assert trace not in text


def test_before_an_official_has_named_it_no_words_of_the_letter_are_in_it(
    submit: Any, desk_of: Callable[[str], Client]
) -> None:
    """Until then the title is the beginning of the letter, with whatever stands there."""
    receipt = submit("Tôi là Trần Dấu Vết ở số 7, xin phản ánh việc cống vỡ.")
    (_head, row) = rows(desk_of("intake"))
    assert row[0] == receipt.code
    assert "Dấu Vết" not in ",".join(row)


def test_a_sealed_matter_is_not_in_it_even_for_its_officer(
    denounce: Any, desk_of: Callable[[str], Client]
) -> None:
    sealed = denounce("Đơn tố cáo để thử tệp xuất.").matter
    client = desk_of("sealed")
    assert sealed.code in client.get("/ban-lam-viec/?view=sealed").content.decode()
    for view in ("sealed", "all", "unit"):
        assert all(row[0] != sealed.code for row in rows(client, f"view={view}"))


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t=", "\r=", " =", "\uff1d"])
def test_no_cell_is_run_as_a_formula(
    submit: Any, walk: Any, desk_of: Callable[[str], Client], first: str
) -> None:
    matter = submit().matter
    walk(matter, "register")
    Matter.objects.filter(pk=matter.pk).update(title=f"{first}HYPERLINK(1)")
    (_head, row) = rows(desk_of("intake"))
    assert all(cell.lstrip()[:1] not in ("=", "+", "-", "@", "\uff1d") for cell in row)


def test_the_file_is_the_list_as_it_is_filtered(
    submit: Any, walk: Any, desk_of: Callable[[str], Client]
) -> None:
    land, order = submit().matter, submit().matter
    walk(land, "register", register={"topic": "land"})
    walk(order, "register", register={"topic": "order"})
    found = rows(desk_of("intake"), "view=unit&topic=order")
    assert [row[0] for row in found[1:]] == [order.code]


def test_a_line_break_in_a_title_breaks_no_row(
    submit: Any, walk: Any, desk_of: Callable[[str], Client]
) -> None:
    matter = submit().matter
    walk(matter, "register")
    Matter.objects.filter(pk=matter.pk).update(title='Cống "vỡ", nắp\n=1+1')
    assert [len(row) for row in rows(desk_of("intake"))] == [10, 10]
