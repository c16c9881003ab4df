"""What time it is. One place to ask, so that history can be told and tests can stand still."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from contextvars import ContextVar

from django.utils import timezone

_moment: ContextVar[dt.datetime | None] = ContextVar("moment", default=None)


def now() -> dt.datetime:
    """The present moment (UTC), or the one that `at` holds."""
    return _moment.get() or timezone.now()


def today() -> dt.date:
    """The day in Viet Nam."""
    return timezone.localdate(now())


def noon(day: dt.date) -> dt.datetime:
    """The middle of a day in Viet Nam: the moment that stands for a day which somebody names."""
    return dt.datetime.combine(day, dt.time(12), timezone.get_default_timezone())


@contextlib.contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Inside, it is `moment` (aware)."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
