"""A script of thirty lines that knows nothing of us comes to the same result."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Station
from dongthuan.work.decisions.tests.conftest import BEGIN

SCRIPT = Path(__file__).resolve().parents[5] / "tests" / "recount_from_published_files.py"


def recount(made: Any, folder: Path) -> str:
    for file in made.files.all():
        (folder / file.name).write_text(file.body)
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(folder)], capture_output=True, text=True, check=True
    ).stdout


def test_the_script_is_short_and_imports_nothing_of_ours() -> None:
    lines = SCRIPT.read_text().splitlines()
    assert len(lines) <= 35
    assert len([line for line in lines if line.strip()]) <= 30
    assert "dongthuan" not in SCRIPT.read_text()


def test_online_and_paper_together(
    people: Any,
    households: Callable[..., Any],
    vote: Callable[..., Any],
    count_station: Callable[..., Any],
    tmp_path: Path,
) -> None:
    households(9)
    made = vote(
        methods=["online", "ballot"], threshold="dc.vote.other", options=voting.YES_NO_OTHER
    )
    (roll,) = made.rolls.all()
    with clock.at(BEGIN):
        codes = voting.codes_issue(acting=people.village_head, roll=roll)
        for (_line, code), choice in zip(codes[-3:], ("yes", "other", "yes"), strict=True):
            voting.ballot_cast(code=code, choice=choice)
        count_station(Station.objects.get(roll=roll), 5, {"yes": 3, "no": 1, "other": 0}, missing=1)
    with clock.at(BEGIN + dt.timedelta(days=2)):
        result = voting.vote_close(acting=people.village_head, vote=made)
    assert result.carried
    assert recount(made, tmp_path) == "yes 5 of 9 passed\nno 1 of 9 not\nother 1 of 9 not\n"


def test_commune_wide_by_villages(
    people: Any,
    households: Callable[..., Any],
    villages: list[Any],
    vote: Callable[..., Any],
    count_station: Callable[..., Any],
    tmp_path: Path,
) -> None:
    """One of two villages is fewer than two thirds, however many households said yes."""
    for village in villages:
        households(6, village)
    made = vote(
        acting=people.head, villages=villages, threshold_villages="dc.vote.contrib_commune",
        opened=False,
    )  # fmt: skip
    with clock.at(BEGIN):
        voting.roll_freeze(acting=people.head, vote=made)
        voting.vote_open(acting=people.head, vote=made)
        first, second = Station.objects.filter(roll__vote=made)
        count_station(first, 6, {"yes": 6, "no": 0})
        with pytest.raises(MatterError):  # the second village has not met yet
            voting.vote_close(acting=people.head, vote=made)
        count_station(second, 6, {"yes": 3, "no": 3})
        result = voting.vote_close(acting=people.head, vote=made)
    assert (result.yes, result.villages_passed, result.carried) == (9, 1, False)
    assert recount(made, tmp_path) == "yes 9 of 12 not\nno 3 of 12 not\n"
