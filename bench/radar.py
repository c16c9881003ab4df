"""The early warning: what it finds and how often it cries, beside EARS C2; what it costs.

    python -m bench radar [--quick] [--json FILE]

Years of letters are drawn by chance (nine topics, six villages; a small commune with half a letter
a day, a large one with five): quiet ones, ones in which all grows threefold in the last month, and
ones with a few letters planted in one cell within a week. EARS C2 is the method that health
authorities use (mean plus k standard deviations of the four weeks before, two days apart); its k
is chosen in the same run so that it cries as often as ours on quiet days. Then a province (nine
topics, 1,500 villages, 100,000 letters a year): the time of the whole search as a multiple of
merely adding the same counts up.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from dongthuan.insight.radar.rising import Measures, Window, gathered, rises

AREA = "vn.51.21439."
WINDOWS = (Window(7, 364), Window(14, 364), Window(30, 364))
MEASURES = Measures(least=lambda n: n >= 3, chance=Fraction(1, 20))
TOPICS, VILLAGES, DAYS = 9, 6, 394
WORLDS = {"small commune": (0.01, (3, 4, 5, 6, 8)), "large commune": (0.1, (4, 6, 8, 10, 12))}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench radar", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the years")
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args(argv)
    report = run(years=40 if args.quick else 400)
    print(table(report))
    if args.json:
        args.json.write_text(json.dumps(report, indent=2) + "\n")
    return 0


# -- years of letters -----------------------------------------------------------------------------


def year(seed: int, rate: float, *, growth: float = 1, planted: int = 0) -> np.ndarray:
    """Letters by cell and day (latest day first): an array of (topics × villages, days)."""
    chance = np.random.default_rng(seed)
    rates = rate * chance.choice([0.3, 0.6, 1, 2], size=(TOPICS * VILLAGES, 1))
    mean = np.repeat(rates, DAYS, axis=1)
    mean[:, :30] *= growth
    days = chance.poisson(mean)
    for day in chance.integers(0, 7, size=planted):
        days[VILLAGES + 2, day] += 1
    return days


def ours(days: np.ndarray) -> set[int]:
    """Cells that a signal names or lies above."""
    counts = {
        (str(at // VILLAGES), f"{AREA}t{at % VILLAGES:02}."): [
            (int(row[: w.days].sum()), int(row[w.days : w.days + w.past].sum())) for w in WINDOWS
        ]
        for at, row in enumerate(days)
    }
    found = rises(
        gathered(counts, area=AREA), area=AREA, windows=WINDOWS, measures=MEASURES
    )  # fmt: skip
    return {
        at
        for at, (topic, place) in enumerate(counts)
        if any(rise.topic == topic and place.startswith(rise.place) for rise in found)
    }


def ears(days: np.ndarray) -> np.ndarray:
    """How many standard deviations the latest seven days of each cell lie above the 28 before."""
    now, before = days[:, :7].sum(axis=1), days[:, 9:37]
    weeks = before.reshape(len(days), 4, 7).sum(axis=2)
    spread = np.maximum(weeks.std(axis=1, ddof=1), 0.5)
    return np.asarray(np.where(now >= 3, (now - weeks.mean(axis=1)) / spread, 0))


# -- what is found --------------------------------------------------------------------------------


def run(*, years: int) -> dict[str, Any]:
    worlds = {name: world(rate, planted, years) for name, (rate, planted) in WORLDS.items()}
    return {"years": years, "worlds": worlds, "province": province()}


def world(rate: float, planted: Sequence[int], years: int) -> dict[str, Any]:
    quiet = [year(seed, rate) for seed in range(years)]
    false = statistics.fmean(bool(ours(days)) for days in quiet)
    highest = sorted((float(ears(days).max()) for days in quiet), reverse=True)
    limit = highest[min(len(highest) - 1, round(false * years))]
    cries = statistics.fmean(bool((ears(days) > limit).any()) for days in quiet)
    report: dict[str, Any] = {"false": {"ours": false, "ears": cries}, "limit": limit}
    grown = [year(1_000 + seed, rate, growth=3) for seed in range(years)]
    report["grown"] = {
        "ours": statistics.fmean(bool(ours(days)) for days in grown),
        "ears": statistics.fmean(bool((ears(days) > limit).any()) for days in grown),
    }
    report["found"] = {}
    for letters in planted:
        seen = [year(5_000 + seed, rate, planted=letters) for seed in range(years)]
        report["found"][letters] = {
            "ours": statistics.fmean(VILLAGES + 2 in ours(days) for days in seen),
            "ears": statistics.fmean(ears(days)[VILLAGES + 2] > limit for days in seen),
        }
    return report


def province(letters: int = 100_000, villages: int = 1_500) -> dict[str, float]:
    """Seconds of adding the counts of a province up, and of the whole search."""
    chance = random.Random(3)
    cells: dict[tuple[str, str], list[list[int]]] = {}
    for _n in range(letters):
        place = chance.randrange(villages)
        key = (str(chance.randrange(TOPICS)), f"vn.51.{place // 15:05}.t{place % 15:02}.")
        day = chance.randrange(WINDOWS[0].days + WINDOWS[0].past)
        rows = cells.setdefault(key, [[0, 0] for _window in WINDOWS])
        for row, window in zip(rows, WINDOWS, strict=True):
            row[day >= window.days] += 1
    counts = {key: [(now, before) for now, before in rows] for key, rows in cells.items()}
    adding = best(lambda: gathered(counts, area="vn.51."))
    whole = best(
        lambda: rises(
            gathered(counts, area="vn.51."), area="vn.51.", windows=WINDOWS, measures=MEASURES
        )
    )
    return {"cells": len(counts), "adding": adding, "whole": whole}


def best(act: Any, times: int = 3) -> float:
    taken = []
    for _n in range(times):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def table(report: dict[str, Any]) -> str:
    def line(name: str, pair: dict[str, float]) -> Sequence[str]:
        return (name, f"{pair['ours']:.1%}", f"{pair['ears']:.1%}")

    rows: list[Sequence[str]] = []
    for name, found in report["worlds"].items():
        rows += [
            (name, "ours", f"EARS C2 at {found['limit']:.1f} sd"),
            line("  quiet days with a signal", found["false"]),
            line("  the same where all grows threefold", found["grown"]),
            *(line(f"  {n} letters planted: found", pair) for n, pair in found["found"].items()),
        ]
    town = report["province"]
    return "\n".join(
        [
            f"early warning, {report['years']} years each",
            *(f"  {name:<40}{left:>8}   {right}" for name, left, right in rows),
            f"  a province of {town['cells']:,} cells: {town['whole']:.2f} s,"
            f" {town['whole'] / town['adding']:.1f} times merely adding them up",
        ]
    )
