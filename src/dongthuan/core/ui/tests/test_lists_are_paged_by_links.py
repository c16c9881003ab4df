from __future__ import annotations

from django.template import engines
from django.test import RequestFactory
from django.utils import translation


def pager(page: object, query: str = "") -> str:
    request = RequestFactory().get("/tin/" + query)
    with translation.override("en"):
        return engines["django"].from_string("{% pager page %}").render({"page": page}, request)


def test_the_filters_stay_and_the_old_cursor_goes() -> None:
    html = pager({"older": "2026|7", "newer": None}, "?topic=land&topic=water&newer=x")
    assert 'href="?topic=land&amp;topic=water&amp;older=2026%7C7"' in html
    assert "Newer" not in html


def test_a_link_of_its_own_is_taken_as_it_is() -> None:
    assert 'href="?trang=2"' in pager({"older": "?trang=2"})


def test_one_page_needs_no_pager() -> None:
    assert pager({"older": "", "newer": ""}) == ""
    assert pager(None) == ""
