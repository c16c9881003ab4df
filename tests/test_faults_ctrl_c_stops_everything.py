"""`dongthuan demo` in the foreground, Ctrl-C, and once more: nothing stays, nothing doubles."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import alive, answers, children, environment, free_port, start, stop, wait_for


@pytest.fixture
def home() -> Iterator[Path]:
    """Short enough for the name of a socket, and reachable for the database's own user."""
    with tempfile.TemporaryDirectory(prefix="dt-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path


def run_once(home: Path) -> tuple[str, set[int]]:
    """Start the demonstration, wait until it serves, press Ctrl-C; what it said and its pids."""
    port = free_port()
    log = home / "log"
    log.unlink(missing_ok=True)
    demo = start(["demo"], environment(home, PORT=str(port)), log)
    try:
        ready = wait_for(lambda: "Ctrl-C" in log.read_text() or demo.poll() is not None, 150)
        assert ready and demo.poll() is None, log.read_text()[-2000:]
        assert answers(port)
        pids = children(demo.pid) | _database(home)
        assert len(pids) >= 3
        os.kill(demo.pid, signal.SIGINT)
        assert demo.wait(30) == 0
    finally:
        for pid in _database(home) if demo.poll() is None else set():
            os.kill(pid, signal.SIGQUIT)
        stop(demo)
    assert wait_for(lambda: not any(alive(pid) for pid in pids), 10)
    assert not answers(port)
    assert not _database(home)
    return log.read_text(), pids


def _database(home: Path) -> set[int]:
    """The database server of this home, by the file that it keeps while it runs."""
    return {int(path.read_text().split()[0]) for path in home.glob("*/postmaster.pid")}


def _counts(home: Path) -> str:
    env = environment(home)
    script = (
        "from dongthuan.core.matters.models import Matter, Entry;"
        "from dongthuan.core.people.models import Account;"
        "from dongthuan.core.units.models import Unit;"
        "print([m.objects.count() for m in (Matter, Entry, Account, Unit)])"
    )
    done = subprocess.run(
        [sys.executable, "-m", "dongthuan.cli", "manage", "shell", "-v", "0", "-c", script],
        env=env, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "dongthuan.cli", "db", "stop"], env=env, check=True, timeout=60
    )
    return done.stdout.strip().splitlines()[-1]


def test_ctrl_c_stops_everything_and_a_second_start_doubles_nothing(home: Path) -> None:
    said, _pids = run_once(home)
    assert "Loading units" in said
    assert "Traceback" not in said
    before = _counts(home)
    again, _pids = run_once(home)
    assert "Loading units" not in again
    assert "Traceback" not in again
    assert _counts(home) == before
    assert not _database(home)
