"""`dongthuan opinion-map`: what it writes, its agreement with Polis, and how it refuses."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dongthuan.work.consultations.opinion_map.stability import rand_index

SAN_JUAN = Path(__file__).parent / "data/polis-san-juan/participants-votes.csv"


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dongthuan.cli", "opinion-map", *args],
        capture_output=True, text=True, timeout=120, check=False,
        # No database can be reached: none is needed.
        env=os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/none"},
    )  # fmt: skip


def test_it_writes_the_map_and_agrees_with_the_groups_that_polis_showed(tmp_path: Path) -> None:
    out = tmp_path / "map.json"
    done = run(str(SAN_JUAN), "-o", str(out))
    assert done.returncode == 0, done.stderr
    found = json.loads(out.read_text())
    assert list(found) == ["version", "participants", "groups", "consensus", "stable", "seconds"]
    assert found["stable"] is True
    assert [list(group) for group in found["groups"]] == [["id", "size", "representative"]] * 2
    assert sum(group["size"] for group in found["groups"]) == len(found["participants"])
    with SAN_JUAN.open() as file:
        shown = {row["participant"]: row["group-id"] for row in csv.DictReader(file)}
    both = [who for who in found["participants"] if shown[who] != ""]
    ours = np.array([found["participants"][who] for who in both])
    theirs = np.array([int(shown[who]) for who in both])
    assert rand_index(ours, theirs) > 0.95


def test_without_a_file_to_write_it_prints(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text("voter-id,comment-id,vote\n1,1,1\n2,1,-1\n")
    done = run(str(file))
    assert done.returncode == 0
    assert json.loads(done.stdout)["stable"] is False


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (("{tmp}/none.csv",), 1),
        (("{tmp}",), 1),
        (("{tmp}/odd.csv",), 1),
        (("{tmp}/good.csv", "-o", "{tmp}/no/where.json"), 1),
        (("{tmp}/good.csv", "--comments", "{tmp}/none.csv"), 1),
        (("{tmp}/good.csv", "--comments", "{tmp}/good.csv"), 1),
        ((), 2),
        (("{tmp}/good.csv", "--unknown"), 2),
    ],
)
def test_it_refuses_with_one_line(tmp_path: Path, args: tuple[str, ...], status: int) -> None:
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    (tmp_path / "good.csv").write_text("voter-id,comment-id,vote\n1,1,1\n")
    done = run(*(arg.format(tmp=tmp_path) for arg in args))
    assert done.returncode == status
    assert done.stdout == ""
    if status == 1:
        assert len(done.stderr.strip().splitlines()) == 1
