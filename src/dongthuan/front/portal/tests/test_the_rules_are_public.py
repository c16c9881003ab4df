"""Everybody can read the law that due dates are counted by; nobody changes it there."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core.law import shipped_rulebook

pytestmark = pytest.mark.django_db


def test_every_rule_is_listed_and_has_a_page(client: Client) -> None:
    page = client.get("/quy-dinh/").content.decode()
    for entry in shipped_rulebook().entries():
        assert f'href="/quy-dinh/{entry.key}/"' in page
        assert client.get(f"/quy-dinh/{entry.key}/").status_code == 200


def test_the_whole_rulebook_is_folded_by_law_and_a_search_is_not(client: Client) -> None:
    whole = client.get("/quy-dinh/").content.decode()
    for law in shipped_rulebook().laws():
        assert f'id="luat-{law.id}"' in whole
    for entry in shipped_rulebook().entries():
        assert f'<tr id="{entry.key}">' in whole
    assert 'id="luat-' not in client.get("/quy-dinh/?law=reception").content.decode()


def test_a_page_tells_both_laws(client: Client) -> None:
    page = client.get("/quy-dinh/kn.accept/").content.decode()
    assert "Từ 01/07/2012 đến 30/06/2026" in page or "30/06/2026" in page
    assert "Nghị định 155/2026/NĐ-CP" in page


def test_english_readers_get_english_rules(english: Client) -> None:
    page = english.get("/quy-dinh/tcd.chair_commune.min_days/").content.decode()
    assert "days of reception: at least 2 each month" in page
    assert "the text of the law was not read" in page


@pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 5000, "law=%22%3E", "evidence=%F0"])
def test_odd_questions_are_answered_plainly(client: Client, query: str) -> None:
    assert client.get(f"/quy-dinh/?{query}").status_code in (200, 400)


@pytest.mark.parametrize("key", ["kn.moon", "..", "kn.accept%00", "x" * 500])
def test_an_unknown_rule_is_not_found(client: Client, key: str) -> None:
    assert client.get(f"/quy-dinh/{key}/").status_code in (400, 404)


def test_the_list_asks_nothing_of_the_database(people: Any, client: Client) -> None:
    client.get("/quy-dinh/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/quy-dinh/?q=khieu+nai")
    assert len(captured) == 0


def test_nobody_writes_there(client: Client) -> None:
    assert client.post("/quy-dinh/kn.accept/").status_code == 405
