"""Typed text into dates, moments and pauses, for the command line and the forms."""

from __future__ import annotations

import re
from datetime import date, datetime

from dongthuan.core.law.deadlines import Pause
from dongthuan.core.law.errors import RuleError
from dongthuan.core.law.terms import legal_day, local

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)


def parse_datetime(text: str) -> date | datetime:
    """`2026-08-28` is a date; `2026-08-28T09:30`, with or without a zone, is a datetime.

    A datetime with a zone is turned to the clock of Viet Nam; without one it already is.
    """
    cleaned = text.strip() if isinstance(text, str) else ""
    try:
        if _DATE.fullmatch(cleaned):
            return date.fromisoformat(cleaned)
        if _MOMENT.fullmatch(cleaned):
            return local(datetime.fromisoformat(cleaned))
    except ValueError as error:
        if isinstance(error, RuleError):
            raise
    raise RuleError(
        f"'{text}' không phải ngày giờ hợp lệ, ví dụ: 2026-08-28 hoặc 2026-08-28T09:30.",
        f"'{text}' is not a valid date or moment such as 2026-08-28 or 2026-08-28T09:30.",
    )


def parse_pause(text: str, *, reason: str = "", document: str = "") -> Pause:
    """`FROM..TO` as a pause; `FROM..` is a pause still open. TO is the day the clock resumes."""
    start, separator, end = text.partition("..") if isinstance(text, str) else ("", "", "")
    if not separator or not start.strip() or ".." in end:
        raise RuleError(
            f"Khoảng tạm dừng '{text}' phải có dạng TỪ..ĐẾN, ví dụ: 2026-09-07..2026-09-10.",
            f"The pause '{text}' must be FROM..TO, for example 2026-09-07..2026-09-10.",
        )
    return Pause(
        from_=_day(start), to=_day(end) if end.strip() else None, reason=reason, document=document
    )


def _day(text: str) -> date:
    return legal_day(parse_datetime(text), name_vi="Ngày tạm dừng", name_en="The pause")
