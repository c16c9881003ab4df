"""The counts alone: quiet where nothing changed or all grew, loud where something was planted."""

from __future__ import annotations

import math
import random
from fractions import Fraction

from dongthuan.insight.radar.rising import Measures, Rise, Window, gathered, rises

AREA = "vn.51.21439."
WINDOWS = (Window(7, 364), Window(14, 364), Window(30, 364))
MEASURES = Measures(least=lambda n: n >= 3, chance=Fraction(1, 20))
TOPICS, VILLAGES = 9, 6


def drawn(chance: random.Random, mean: float) -> int:
    """One number of a Poisson distribution (Knuth)."""
    limit, n, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        n, product = n + 1, product * chance.random()
    return n


def year(
    seed: int, *, rate: float = 0.01, growth: float = 1, planted: int = 0
) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Letters of 394 days by topic and village; `growth` of all in the last thirty days.

    `planted` letters more of topic 1 at village 2 within the last ten days.
    """
    chance = random.Random(seed)
    counts = {}
    for topic in range(TOPICS):
        for village in range(VILLAGES):
            mean = rate * chance.choice((0.3, 0.6, 1, 2))
            days = [drawn(chance, mean * (growth if day < 30 else 1)) for day in range(394)]
            for _n in range(planted if (topic, village) == (1, 2) else 0):
                days[chance.randrange(10)] += 1
            counts[str(topic), f"{AREA}t{village:02}."] = [
                (sum(days[: w.days]), sum(days[w.days : w.days + w.past])) for w in WINDOWS
            ]
    return counts


def found(counts: dict[tuple[str, str], list[tuple[int, int]]]) -> list[Rise]:
    cells = gathered(counts, area=AREA)
    return rises(cells, area=AREA, windows=WINDOWS, measures=MEASURES)


def alarms(seeds: range, **how: float) -> int:
    """On how many days there is a signal although nothing happened."""
    return sum(bool(found(year(seed, **how))) for seed in seeds)  # type: ignore[arg-type]


def test_where_nothing_changed_hardly_a_day_has_a_signal() -> None:
    # One in twenty is allowed; chances that are sums of whole letters stay well below.
    assert alarms(range(120)) <= 6
    assert alarms(range(200, 260), rate=0.1) <= 3


def test_where_everything_grows_nothing_stands_out() -> None:
    assert alarms(range(60), rate=0.03, growth=3) <= 3


def test_a_week_with_eight_letters_on_one_thing_is_always_seen() -> None:
    exact = 0
    for seed in range(40):
        (rise,) = found(year(seed, planted=8))
        assert rise.topic == "1" and f"{AREA}t02.".startswith(rise.place), seed
        exact += rise.place != AREA
    assert exact >= 36, "nearly always of the village, else of the whole ward"


def test_five_letters_are_seen_nine_times_in_ten() -> None:
    seen = [{rise.topic for rise in found(year(seed, planted=5))} for seed in range(60)]
    assert sum("1" in topics for topics in seen) >= 50


def test_of_places_within_each_other_one_is_told() -> None:
    counts = year(3, planted=9)
    for village in (0, 4):  # a bit elsewhere too: the whole ward rises, one village most
        now = counts["1", f"{AREA}t{village:02}."]
        counts["1", f"{AREA}t{village:02}."] = [(n + 1, before) for n, before in now]
    assert len(found(counts)) == 1


def test_a_topic_that_rises_everywhere_is_told_of_the_whole_area() -> None:
    counts = year(4)
    for village in range(VILLAGES):
        key = ("3", f"{AREA}t{village:02}.")
        counts[key] = [(n + 3, before) for n, before in counts[key]]
    assert [(rise.topic, rise.place) for rise in found(counts)] == [("3", AREA)]


def test_without_anything_around_the_past_of_the_place_decides() -> None:
    lone = {("1", f"{AREA}t02."): [(6, 2), (6, 2), (6, 2)]}
    (rise,) = found(lone)
    assert (rise.place, rise.compared, rise.window.days) == (f"{AREA}t02.", False, 7)


def test_two_letters_are_no_signal_and_one_sender_is_none() -> None:
    counts = {key: [(0, 30)] * 3 for key in year(1)}
    key = ("1", f"{AREA}t02.")
    assert not found(counts | {key: [(2, 0)] * 3})
    cells = gathered(counts | {key: [(9, 0)] * 3}, area=AREA)
    told = rises(
        cells, area=AREA, windows=WINDOWS, measures=MEASURES, heard=lambda topic, place, at: False
    )
    assert told == []


def test_what_nobody_has_sorted_yet_rises_every_day_and_is_no_signal() -> None:
    counts = year(6) | {("", f"{AREA}t02."): [(9, 0)] * 3}
    assert not found(counts)
    rise = found(counts | {("3", f"{AREA}t04."): [(12, 5)] * 3})[0]
    whole = sum(windows[0][0] for windows in counts.values())
    assert rise.around[0] >= 9 and whole >= 9, "it counts in what is around"


def test_the_same_counts_give_the_same_signals_in_any_order() -> None:
    counts = year(5, planted=8)
    turned = dict(reversed(list(counts.items())))
    assert found(counts) == found(turned)


def test_a_young_place_is_compared_with_the_days_that_it_has_been_there() -> None:
    """A letter a day, as ever since it was made a hundred days ago, is no rise."""
    counts = {key: [(n[0], n[1]) for n in cells] for key, cells in year(6).items()}
    made = f"{AREA}t99."
    counts["1", made] = [(7, 93), (14, 86), (30, 70)]
    cells = gathered(counts, area=AREA)
    how = {"area": AREA, "windows": WINDOWS, "measures": MEASURES}
    assert [rise.place for rise in rises(cells, **how)] == [made]  # type: ignore[arg-type]
    assert rises(cells, ages={made: 100}, **how) == []  # type: ignore[arg-type]
    counts["1", made] = [(9, 3), (9, 3), (9, 3)]
    cells = gathered(counts, area=AREA)
    (rise,) = rises(cells, ages={made: 100}, **how)  # type: ignore[arg-type]
    assert (rise.place, rise.past, rise.usual) == (made, 93, 3 * 7 / 93)
    few = Measures(least=MEASURES.least, chance=MEASURES.chance, past=lambda days: days >= 56)
    told = rises(cells, ages={made: 50}, area=AREA, windows=WINDOWS, measures=few)
    assert made not in [rise.place for rise in told]
