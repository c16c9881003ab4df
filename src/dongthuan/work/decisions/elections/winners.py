"""Who is elected: pure integers over all household representatives (Điều 21.1)."""

from __future__ import annotations

from collections.abc import Mapping

from dongthuan.work.decisions.village_matters import threshold

SHARE = "dc.vote.other"


def winners(votes: Mapping[int, int], *, seats: int, all_: int) -> frozenset[int]:
    """Numbers of the elected: more than half of all households, the most votes first.

    Where equal votes stand at the last seat it cannot be said who was elected: those who are
    equal there get none of it, and the meeting says so in its minutes (Decree 59, Điều 3.5.d).
    """
    share = threshold(SHARE)
    passed = {n: v for n, v in votes.items() if all_ > 0 and share.met(v, all_)}
    if len(passed) <= seats:
        return frozenset(passed)
    last = sorted(passed.values(), reverse=True)[seats - 1]
    above = [n for n, v in passed.items() if v > last]
    level = [n for n, v in passed.items() if v == last]
    if len(above) + len(level) > seats:
        return frozenset(above)
    return frozenset(above + level)
