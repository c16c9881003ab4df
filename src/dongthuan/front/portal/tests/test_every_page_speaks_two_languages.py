from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGES = ("/", "/gui/", "/tra-cuu/", "/don-vi/", "/don-vi/21439/", "/so-lieu/", "/gioi-thieu/")


@pytest.mark.parametrize("address", PAGES)
def test_vietnamese_unless_english_was_chosen(people: Any, client: Client, address: str) -> None:
    page = client.get(address, headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert '<html lang="vi">' in page.content.decode()
    client.get("/ngon-ngu/en/")
    assert '<html lang="en">' in client.get(address).content.decode()


def test_units_are_called_by_their_english_names(people: Any, english: Client) -> None:
    assert "Đức Phổ Ward" in english.get("/don-vi/21439/").content.decode()


def test_the_figures_can_be_had_as_csv(people: Any, english: Client) -> None:
    page = english.get("/don-vi/21439/so-lieu.csv")
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    lines = page.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "unit,since,until,row,label,due,kept,late"
    assert len([line for line in lines if ",month," in line]) == 12


def test_a_unit_that_ended_shows_what_took_its_place(people: Any, english: Client) -> None:
    page = english.get("/don-vi/534/").content.decode()
    assert "This unit ended on 30/06/2025" in page
    assert 'href="/don-vi/21439/"' in page
    assert "?don-vi=534" not in page


def test_a_unit_of_today_shows_what_it_was_made_from(people: Any, english: Client) -> None:
    page = english.get("/don-vi/21439/").content.decode()
    assert "What it was made from" in page and 'href="/don-vi/534/"' in page
