"""Outside its unit nobody writes on a matter, moves it or renews its receipt's secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.front.desk.tests.conftest import rows_kept
from dongthuan.front.desk.tests.pages import EVERYBODY, INNER, OFFICIALS, OWN, D


@pytest.mark.parametrize("name", sorted(OFFICIALS - INNER))
def test_outside_the_unit_nothing_is_written(
    matter: Any, desk_of: Callable[[str], Client], name: str
) -> None:
    before = rows_kept()
    answer = desk_of(name).post(f"{D}vu-viec/{matter.code}/ghi-chu/", {"text": "Một ghi chú."})
    assert answer.status_code == 404
    assert rows_kept() == before


def test_the_inspectorate_writes_on_the_files_of_its_area(
    matter: Any, desk_of: Callable[[str], Client]
) -> None:
    path = f"{D}vu-viec/{matter.code}/ghi-chu/"
    assert desk_of("inspector").post(path, {"text": "Đã xem hồ sơ."}).status_code == 302


@pytest.mark.parametrize("name", sorted(OFFICIALS - OWN))
@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("vu-viec/{code}/giao/", {"account": "{handler}"}),
        ("vu-viec/{code}/register/", {"version": "1", "title": "Cống", "topic": "order"}),
        ("giao-viec/", {"matter": "{pk}", "account": "{handler}"}),
    ],
)
def test_outside_the_unit_nothing_can_be_done(
    people: Any,
    matter: Any,
    desk_of: Callable[[str], Client],
    name: str,
    path: str,
    data: dict[str, str],
) -> None:
    names = {"code": matter.code, "pk": matter.pk, "handler": people.accounts["handler"].pk}
    before = rows_kept()
    written = {key: value.format(**names) for key, value in data.items()}
    answer = desk_of(name).post(D + path.format(**names), written)
    assert answer.status_code in (302, 404, 422)
    assert rows_kept() == before
    matter.refresh_from_db()
    assert (matter.state, matter.version, matter.handler_id) == ("received", 1, None)


@pytest.mark.parametrize("name", EVERYBODY)
def test_only_the_office_gives_a_new_secret(
    matter: Any, desk_of: Callable[[str], Client], name: str
) -> None:
    submission = matter.submissions.get()
    before = receipt_secret(submission)
    path = f"{D}vu-viec/{matter.code}/bien-nhan/{submission.uuid}/"
    answer = desk_of(name).post(path)
    submission.refresh_from_db()
    now = receipt_secret(submission)
    if name in OWN:
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert now != before
        assert now in answer.content.decode()
        return
    others = {"nobody": 302, "account": 403, "inspector": 302}
    assert answer.status_code == others.get(name, 404)
    assert now == before


@pytest.mark.parametrize("name", ["nobody", "account"])
@pytest.mark.parametrize(
    "path",
    [
        "vao-so/",
        "giao-viec/",
        "luu-bo-loc/",
        "bo-loc/1/xoa/",
        "vu-viec/x/ghi-chu/",
        "muc-phuc-vu/",
        "ban-giao/",
        "muc-phuc-vu/1/het-hieu-luc/",
        "vu-viec/x/giong-nhau/",
    ],
)
def test_who_is_no_official_posts_nothing(
    matter: Any, desk_of: Callable[[str], Client], name: str, path: str
) -> None:
    before = rows_kept()
    answer = desk_of(name).post(D + path, {"text": "x" * 20, "name": "x"})
    assert answer.status_code == (302 if name == "nobody" else 403)
    assert rows_kept() == before


@pytest.mark.parametrize("path", ["giao-viec/", "luu-bo-loc/", "vu-viec/{code}/ghi-chu/"])
def test_what_changes_something_is_never_a_link(
    matter: Any, desk_of: Callable[[str], Client], path: str
) -> None:
    assert desk_of("intake").get(D + path.format(code=matter.code)).status_code == 405
