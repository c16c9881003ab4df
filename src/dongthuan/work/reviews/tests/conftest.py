"""A petition that a rule puts under review, and its review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.people.actors import SYSTEM
from dongthuan.work.reviews.models import CaseReview
from dongthuan.work.reviews.services import review_open

THEN = dt.datetime(2026, 3, 2, 3, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def dragging(submit: Callable[..., Any]) -> Any:
    """A report that came in March and is still open in November."""
    with clock.at(THEN):
        return submit("Mương thoát nước sau chợ tắc đã lâu, xin nạo vét.").matter


@pytest.fixture
def review(dragging: Any) -> CaseReview:
    made = review_open(acting=SYSTEM, subject=dragging)
    assert made is not None
    return made
