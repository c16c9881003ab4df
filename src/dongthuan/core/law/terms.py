"""Terms of law: an amount and a unit, and the legal day they are counted from."""

from __future__ import annotations

import calendar as _months
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal

from dongthuan.core.law.errors import RuleError

# Viet Nam has kept UTC+7 without daylight saving since 1975, well before the first calendar year
# here. A fixed offset is exact and needs no time zone database on the machine.
ZONE = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

Unit = Literal["h", "d", "wd", "month", "year"]

_TERM = re.compile(r"([1-9]\d{0,3}) (h|d|wd|months?|years?)", re.ASCII)
_VI = {"h": "giờ", "d": "ngày", "wd": "ngày làm việc", "month": "tháng", "year": "năm"}
_EN = {"h": "hour", "d": "day", "wd": "working day", "month": "month", "year": "year"}


@dataclass(frozen=True, slots=True)
class Term:
    """`30 d`, `7 wd`, `1 h`, `2 months`, `1 year`; amounts from 1 to 9999.

    The amount 0 is that of rules which fall due on the very day that a document sets.
    """

    amount: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Term:
        if not isinstance(text, str):
            raise _bad_term(text)
        return _parse(text)

    def __str__(self) -> str:
        plural = "s" if self.unit in ("month", "year") and self.amount > 1 else ""
        return f"{self.amount} {self.unit}{plural}"

    @property
    def text_vi(self) -> str:
        if not self.amount:
            return "đúng ngày đã ấn định"
        return f"{self.amount} {_VI[self.unit]}"

    @property
    def text_en(self) -> str:
        if not self.amount:
            return "on the day that was set"
        plural = "s" if self.amount > 1 else ""
        return f"{self.amount} {_EN[self.unit]}{plural}"

    @property
    def in_months(self) -> bool:
        return self.unit in ("month", "year")

    @property
    def months(self) -> int:
        """The months of a term in months or years."""
        return self.amount * (12 if self.unit == "year" else 1)


@lru_cache(maxsize=256)
def _parse(text: str) -> Term:
    match = _TERM.fullmatch(text.strip())
    if match is None:
        raise _bad_term(text)
    return Term(int(match[1]), match[2].removesuffix("s"))  # type: ignore[arg-type]


def _bad_term(text: object) -> RuleError:
    return RuleError(
        f"Thời hạn {text!r} không đúng dạng, ví dụ: '30 d', '7 wd', '1 h', '2 months', '1 year'.",
        f"The term {text!r} is not of the form '30 d', '7 wd', '1 h', '2 months', '1 year'.",
    )


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the last day of a shorter month (Civil Code, Art. 148.3)."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= 9998:
        raise RuleError("Thời hạn vượt quá lịch.", "The term runs beyond the calendar.")
    last = _months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def local(moment: datetime) -> datetime:
    """The moment on the clock of Viet Nam; a datetime without a zone is taken as that already."""
    try:
        return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)
    except (OverflowError, ValueError) as error:
        raise RuleError(
            "Thời điểm nằm ngoài lịch.", "The moment lies outside the calendar."
        ) from error


def legal_day(value: date | datetime, *, name_vi: str, name_en: str) -> date:
    """The day in Viet Nam of a date or datetime."""
    if isinstance(value, datetime):
        return local(value).date()
    if isinstance(value, date):
        return value
    raise RuleError(
        f"{name_vi} phải là ngày hoặc ngày giờ.", f"{name_en} must be a date or a datetime."
    )
