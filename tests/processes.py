"""The system as an operator runs it: processes on the database of the test run."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean one: nothing of the test run leaks into the system under test."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DONGTHUAN_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    return kept | {
        "DONGTHUAN_HOME": str(home),
        "SECRET_KEY": "only-for-this-test-" * 3,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def start(arguments: list[str], env: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """A process in a group of its own, so that nothing else is ever hit by a signal for it."""
    return subprocess.Popen(
        [sys.executable, "-m", "dongthuan.cli", *arguments],
        env=env,
        stdout=log.open("ab"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def wait_for(true: Callable[[], object], seconds: float) -> bool:
    """Whether it became true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def children(pid: int) -> set[int]:
    """All descendants of a process that run now (Linux)."""
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        # A child belongs to the thread that started it.
        for listing in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                new = {int(text) for text in listing.read_text().split()} - found
                found |= new
                waiting += new
    return found


def alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be collected has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started, and all below it, by their numbers."""
    below = children(process.pid)
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)
    for pid in below:
        if alive(pid):
            os.kill(pid, signal.SIGKILL)
