"""Which statement is shown next: rule 13. Pure; the seed is the caller's."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from dongthuan.work.consultations.opinion_map.projection import Floats
from dongthuan.work.consultations.opinion_map.votes import Ints

ABOUT_PROCESS = 7.0


def priority(
    *, agreed: Ints, passed: Ints, voted: Ints, extremity: Floats, about_process: Any = False
) -> Floats:
    """[(1−p)(E+1)a · (1 + 8·2^(−S/5))]², p = (P+1)/(S+2), a = (A+1)/(S+2).

    New statements are shown often, those much passed on seldom. A statement about the process
    itself always has 7² = 49.
    """
    passes, agrees = (passed + 1) / (voted + 2), (agreed + 1) / (voted + 2)
    importance = (1 - passes) * (extremity + 1) * agrees
    plain = importance * (1 + 8 * np.exp2(-voted / 5))
    return np.where(about_process, ABOUT_PROCESS, plain) ** 2


def draw(priorities: Sequence[float], *, seed: str) -> int:
    """A place drawn with probability in proportion to its priority; the same seed, the same place.

    Nobody can choose what the next person sees, and anybody who knows the seed can check it.
    """
    if not priorities:
        raise ValueError("Nothing to draw from.")
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") / 2**64
    upto = np.cumsum(np.maximum(np.asarray(priorities, float), 0.0))
    if upto[-1] <= 0:
        return int(number * len(priorities))
    return min(int(np.searchsorted(upto, number * upto[-1], side="right")), len(priorities) - 1)
