"""A step that does not exist today is refused for its own reason: the law, or the matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Entry

LAW = "Pháp luật hiện hành không quy định bước này."
MATTER = "Với tình trạng của vụ việc hiện nay, không thể thực hiện bước “{}”."
ACCEPTED = ("register", "classify", "examine", "accept")
JUNE = dt.datetime(2026, 6, 8, 3, tzinfo=dt.UTC)


def refused(walk: Callable[..., Any], matter: Any, step: str) -> str:
    before = Entry.objects.filter(matter=matter).count()
    with pytest.raises(MatterError) as raised, translation.override("vi"):
        walk(matter, step)
    assert Entry.objects.filter(matter=matter).count() == before
    return str(raised.value)


def test_what_a_later_decree_brings_is_not_in_the_law_before_its_day(
    submit: Callable[..., Any], walk: Callable[..., Any]
) -> None:
    with clock.at(JUNE):
        matter = walk(submit().matter, *ACCEPTED, classify={"kind": "complaint"})
        assert refused(walk, matter, "withdraw_part") == LAW


def test_what_the_law_knows_but_the_matter_does_not_allow_is_no_matter_of_law(
    submit: Callable[..., Any], walk: Callable[..., Any]
) -> None:
    matter = walk(submit().matter, *ACCEPTED, classify={"kind": "complaint"})
    assert refused(walk, matter, "restore_part") == MATTER.format(
        "Xem xét lại nội dung bị ép buộc rút"
    )
