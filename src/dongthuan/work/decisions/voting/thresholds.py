"""Whether a vote carries: integers of the rulebook's exact shares over ALL households (Điều 21)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from dongthuan.core.law import load_rulebook
from dongthuan.core.law.values import Threshold


def share(key: str, on: dt.date) -> Threshold:
    """The share that the law asks for, as in force on a day. Raises RuleError."""
    found: Threshold = load_rulebook().value(key, on=on)
    return found


def carries(threshold: Threshold, yes: int, all_: int) -> bool:
    """`yes` of `all_` households reach the share; nobody's village decides nothing."""
    return all_ > 0 and threshold.met(yes, all_)


def least(threshold: Threshold, all_: int) -> int:
    """The fewest voices that carry; `all_` + 1 if none do (an empty village)."""
    part, whole = threshold.amount.numerator * all_, threshold.amount.denominator
    first = part // whole if threshold.sign == ">" else -(-part // whole) - 1
    return max(first + 1, 1)


def villages_carry(threshold: Threshold, passed: Iterable[bool]) -> bool:
    """Commune-wide: the share of villages that approve (Điều 21.1, second sentence)."""
    votes = list(passed)
    return carries(threshold, sum(votes), len(votes))
