"""The one error of the calendar."""

from __future__ import annotations


class CalendarError(ValueError):
    """A question the calendar refuses, in one plain sentence: Vietnamese `vi`, English `en`."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi = vi
        self.en = en

    def __reduce__(self) -> tuple[type[CalendarError], tuple[str, str]]:
        # A worker process must be able to hand the error back.
        return type(self), (self.vi, self.en)
