"""Consultations: the corpus against forms of rows that exist and are the sender's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dongthuan.work.consultations.tests.conftest import open_today
from tests.corpus import VALUES, some_of
from tests.test_nothing_that_is_sent_breaks_a_page import FORM, check, kept

D, P = "/ban-lam-viec/lay-y-kien/", "/lay-y-kien/"
DOORS = (
    (f"{D}them/", "unit item title purpose forms villages superior"),
    (D + "{asked}/noi-dung/", "title text note"),
    (D + "{asked}/phieu-hoi/", "text type choices required only_if show_if remove"),
    (D + "{asked}/ma/", "village count"),
    (
        D + "{asked}/phieu-giay/",
        "form taken_on source number village band sex text people q1 q2",
    ),
    (D + "{asked}/phieu-giay/nhap/", "file"),
    (D + "{asked}/y-kien/", "opinion go cluster title"),
    (D + "{asked}/y-kien/{opinion}/giu/", "hold note"),
    (D + "{asked}/nhom/{cluster}/", "answer reason"),
    (D + "{asked}/kiem-phieu/", "form village held_on invited present agree disagree other source"),
    (D + "{asked}/doi-tuong/{addressee}/", "wish heard_on by_proxy statement explanation"),
    ("/ban-lam-viec/vu-viec/{asked}/prolong/", "until reason version"),
    (P + "{asked}/gop-y/?doan=1", "village band sex email phone form_token"),
    (P + "{asked}/phieu/", "q1 q3 q4"),
    (P + "{asked}/tieng-noi/?roi=x", "go code digits handle"),
    (P + "cua-toi/", "code secret"),
)


@pytest.mark.parametrize(("address", "names"), DOORS, ids=[door[0] for door in DOORS])
def test_a_form_with_nothing_good_in_it(
    people: Any, settings: Any, address: str, names: str
) -> None:
    settings.OFFICIALS_NEED_MFA = False
    path = address.format(**open_today(people))
    client = Client(raise_request_exception=False)
    if path.startswith("/ban-lam-viec/"):
        backend = settings.AUTHENTICATION_BACKENDS[1]
        client.force_login(people.accounts["head"], backend=backend)
    before = kept()
    number = next(n for n, door in enumerate(DOORS) if door[0] == address)
    for value in some_of(list(VALUES.values()), number, of=3):
        body = "&".join(f"{name}={value}" for name in names.split())
        check(client.post(path, body, content_type=FORM), path)
        if path.endswith("/y-kien/"):
            check(client.get(f"{path}?xem={value}&after={value}"), path)
    assert kept() == before
