"""Our tails of the hypergeometric and the binomial distribution beside those of SciPy."""

from __future__ import annotations

import random
from fractions import Fraction
from math import comb

import pytest
from scipy.stats import binom, hypergeom

from dongthuan.core.chances import dealt_at_least, drawn_at_least


@pytest.mark.parametrize("most", [9, 900, 200_000])
def test_the_chance_of_a_deal_is_that_of_the_textbook(most: int) -> None:
    chance = random.Random(11)
    for _n in range(200):
        total = chance.randint(1, most)
        own, marked = chance.randint(0, total), chance.randint(0, total)
        found = chance.randint(0, own)
        textbook = float(hypergeom.sf(found - 1, total, marked, own))
        ours = dealt_at_least(found, own=own, marked=marked, total=total)
        assert ours == pytest.approx(textbook, rel=1e-7, abs=1e-12)


@pytest.mark.parametrize("most", [9, 900, 200_000])
def test_the_chance_of_a_draw_is_that_of_the_textbook(most: int) -> None:
    chance = random.Random(7)
    for _n in range(200):
        draws, share = chance.randint(0, most), chance.uniform(0.005, 0.6)
        found = chance.randint(0, draws)
        textbook = float(binom.sf(found - 1, draws, share))
        ours = drawn_at_least(found, draws=draws, share=share)
        assert ours == pytest.approx(textbook, rel=1e-7, abs=1e-12)


def test_far_out_the_chance_is_that_of_whole_numbers() -> None:
    ways = Fraction(comb(60, 40) * comb(60, 0), comb(120, 40))
    assert dealt_at_least(40, own=40, marked=60, total=120) == pytest.approx(float(ways), rel=1e-9)
    exact = sum(comb(50, n) * Fraction(1, 27) ** n * Fraction(26, 27) ** (50 - n) for n in (49, 50))
    assert drawn_at_least(49, draws=50, share=1 / 27) == pytest.approx(float(exact), rel=1e-9)


def test_what_cannot_be_is_impossible_and_what_must_be_is_sure() -> None:
    assert dealt_at_least(6, own=5, marked=9, total=20) == 0
    assert dealt_at_least(0, own=5, marked=9, total=20) == 1
    assert dealt_at_least(4, own=15, marked=9, total=20) == 1
    assert drawn_at_least(4, draws=3, share=0.1) == 0
    assert drawn_at_least(0, draws=0, share=0.1) == 1
