"""Figures that everybody asks for, counted once in half a minute by each process.

A province has hundreds of thousands of promises, and its front page counts them all. Nothing is
ever decided on a remembered figure; inside a transaction the database is always asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import transaction

SECONDS = 30
MOST = 500
T = TypeVar("T")
_kept: dict[Hashable, tuple[float, Any]] = {}


def remembered(make: Callable[[], T], *key: Hashable) -> T:
    """What `make` answered for this key within the last SECONDS, else what it answers now."""
    if transaction.get_connection().in_atomic_block:
        return make()
    known = _kept.get(key)
    if known is not None and time.monotonic() - known[0] < SECONDS:
        return known[1]
    answer = make()
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[key] = (time.monotonic(), answer)
    return answer
