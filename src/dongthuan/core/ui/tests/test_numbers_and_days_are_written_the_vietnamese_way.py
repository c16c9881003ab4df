from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from dongthuan.core.ui.templatetags.ui import paragraphs, vndate, vndatetime, vnnumber


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1234567, "1.234.567"),
        (-1200, "−1.200"),
        (Decimal("12.50"), "12,50"),
        (96.4, "96,4"),
        ("1500", "1.500"),
        ("mười", "mười"),
        (None, ""),
        ("", ""),
        (float("nan"), ""),
    ],
)
def test_numbers(value: object, text: str) -> None:
    assert vnnumber(value) == text


def test_a_number_can_be_rounded() -> None:
    assert vnnumber(1234.567, 1) == "1.234,6"


def test_a_day() -> None:
    assert vndate(dt.date(2026, 1, 2)) == "02/01/2026"
    assert vndate(None) == ""


def test_a_moment_is_told_in_vietnamese_time() -> None:
    moment = dt.datetime(2026, 11, 22, 18, 5, tzinfo=dt.UTC)
    with translation.override("vi"):
        assert vndatetime(moment) == "01:05 ngày 23/11/2026"
    with translation.override("en"):
        assert vndatetime(moment) == "01:05, 23/11/2026"
    assert vndate(moment) == "23/11/2026"


def test_typed_text_keeps_its_lines_and_loses_its_markup() -> None:
    text = "Kính gửi <b>Ủy ban</b>\nthôn 3\n\nTôi đề nghị"
    assert paragraphs(text) == (
        "<p>Kính gửi &lt;b&gt;Ủy ban&lt;/b&gt;<br>thôn 3</p>\n\n<p>Tôi đề nghị</p>"
    )
    assert paragraphs("") == ""
    assert paragraphs(None) == ""
