"""The board's arithmetic against a slow reckoning in fractions."""

from __future__ import annotations

import math
import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError
from dongthuan.work.emulation import scoring
from dongthuan.work.emulation.appraising import sheet_score
from dongthuan.work.emulation.models import Sheet
from dongthuan.work.emulation.tests.conftest import act, appraised, convened, handed_in, points

MARKS = ((90, "excellent"), (80, "good"), (65, "pass"), (0, "below"))


def test_a_hundred_points_in_six_criteria() -> None:
    scale = scoring.criteria(2026)
    assert [one.key for one in scale] == ["1", "2", "3", "4", "5", "6"]
    assert sum(one.most for one in scale) == 100


def test_band_and_average_agree_with_fractions() -> None:
    chance = random.Random(13)
    for _turn in range(3000):
        scorers = chance.randint(1, 15)
        given = [chance.randint(60, 100) for _member in range(scorers)]
        mean = Fraction(sum(given), scorers)
        expected = next(band for mark, band in MARKS if mean >= mark)
        assert scoring.band_of(sum(given), scorers, 2026) == expected
        tenths = int(
            (Decimal(sum(given) * 10) / scorers).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        )
        assert scoring.tenths(sum(given), scorers) == tenths
        assert math.floor(mean * 10 + Fraction(1, 2)) == tenths


def test_no_band_is_reached_by_rounding() -> None:
    assert scoring.band_of(239, 3, 2026) == "pass"  # 79,67 is written 79,7 and is not 80
    assert scoring.band_of(240, 3, 2026) == "good"
    assert scoring.band_of(0, 0, 2026) == "below"


def test_the_result_is_the_sum_of_the_sheets(people: Any, register: Any) -> None:
    model = appraised(people, register(), 5, 10, 15)
    assert (model.points, model.scorers, model.band) == (95 + 90 + 85, 3, "excellent")
    assert scoring.average_text(model) == "90,0"


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"1": 21}, "c1"), ({"1": -1}, "c1"), ({"1": True}, "c1"), ({"9": 1}, "c9"),
     ({"1": None}, "c1")],
)  # fmt: skip
def test_points_outside_the_scale_are_refused(
    people: Any, register: Any, changed: dict[str, Any], field: str
) -> None:
    model = handed_in(people, register())
    convened(people, model.cycle)
    with pytest.raises(MatterError) as refusal:
        sheet_score(acting=people.council, model=model, points=points() | changed)
    assert refusal.value.field == field
    assert not Sheet.objects.exists()


def test_a_member_scores_anew_until_the_result_stands(people: Any, register: Any) -> None:
    model = handed_in(people, register())
    convened(people, model.cycle)
    for less in (20, 0):
        sheet_score(acting=people.council, model=model, points=points(less))
    assert Sheet.objects.get().total == 100
    sheet_score(acting=people.dvan_head, model=model, points=points())
    act(people.dvan, model, "appraise")
    with pytest.raises(MatterError):
        sheet_score(acting=people.council, model=model, points=points(20))
    assert sorted(sheet.total for sheet in Sheet.objects.all()) == [100, 100]


def test_below_the_mark_nothing_is_recognised(people: Any, register: Any) -> None:
    model = handed_in(people, register())
    convened(people, model.cycle)
    for name in ("dvan_head", "front_head", "council"):
        low = {key: value // 2 for key, value in points().items()}
        sheet_score(acting=people.actors[name], model=model, points=low)
    model = act(people.dvan, model, "appraise")
    assert model.band == "below"
    with pytest.raises(MatterError):
        act(people.dvan_head, model, "recognise", level="commune", document="1", on=None)
