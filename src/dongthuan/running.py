"""Running it: the web server, the worker, and both under one supervisor for the demonstration."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import types
import urllib.request
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from dongthuan.localdb import terminate


def port_wanted(port: int | None = None) -> int:
    return port or int(os.environ.get("PORT", "8000"))


def serve(*, port: int | None = None, workers: int | None = None) -> int:
    """Replace this process by granian: one worker per core, one blocking thread each."""
    _static()
    command = _granian(port_wanted(port), workers)
    os.execv(command[0], command)  # noqa: S606 - our own program, no shell


def _granian(port: int, workers: int | None) -> list[str]:
    program = shutil.which("granian", path=str(Path(sys.executable).parent)) or "granian"
    return [
        program, "--interface", "wsgi", "--host", os.environ.get("HOST", "127.0.0.1"),
        "--port", str(port), "--workers", str(workers or os.cpu_count() or 1),
        "--blocking-threads", "1", "--respawn-failed-workers", "--no-access-log",
        "--log-level", "warning", "dongthuan.wsgi:application",
    ]  # fmt: skip


def worker() -> int:
    """Run the jobs until told to stop."""
    call_command("procrastinate", "worker", "--concurrency", "4", verbosity=0)
    return 0


def _static() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


def demo(*, serve_it: bool, stop_database: bool) -> int:
    """Set up the example, then run web and worker until Ctrl-C; nothing stays behind.

    `stop_database`: whether this process started the embedded server, and so must stop it.
    """
    from dongthuan.demo import accounts_text, demo_load

    began = time.monotonic()
    processes: list[subprocess.Popen[bytes]] = []
    stopping = False

    def stop(signum: int, frame: types.FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
    try:
        call_command("migrate", interactive=False, verbosity=0)
        demo_load(say=lambda line: print(line, flush=True))
        if not serve_it:
            return 0
        _static()
        port = port_wanted()
        base = f"http://127.0.0.1:{port}"
        env = os.environ | {"DONGTHUAN_DEMO": "true", "PORT": str(port)}
        env.setdefault("DONGTHUAN_URL", base)
        # Sessions of their own: a Ctrl-C reaches the supervisor, which ends them in order.
        for command in (
            _granian(port, None),
            [sys.executable, "-m", "dongthuan.cli", "worker"],
        ):
            processes.append(subprocess.Popen(command, env=env, start_new_session=True))
        if not _wait_up(base, processes, lambda: stopping):
            if not stopping:
                print(f"The server did not come up on port {port}.", file=sys.stderr)
                return 1
            return 0
        print(accounts_text(base=base, seconds=time.monotonic() - began), flush=True)
        while not stopping:
            time.sleep(0.2)
            for process in processes:
                if process.poll() is not None:
                    print("A part of the system ended by itself; stopping.", file=sys.stderr)
                    return 1
        return 0
    finally:
        for process in processes:
            terminate(process)
        if stop_database:
            settings.LOCAL_DB.stop()


def _wait_up(base: str, processes: list[subprocess.Popen[bytes]], stopped: object) -> bool:
    for _attempt in range(150):
        if stopped() or any(p.poll() is not None for p in processes):  # type: ignore[operator]
            return False
        try:
            with urllib.request.urlopen(f"{base}/healthz", timeout=2):  # noqa: S310
                return True
        except OSError:
            time.sleep(0.2)
    return False


def check() -> list[str]:
    """What is not in order, as plain sentences: settings, database, rulebook, calendar."""
    from django.core import checks
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from dongthuan.core.calendar import load_calendar
    from dongthuan.core.law import loading

    problems = [str(m) for m in checks.run_checks() if m.level >= checks.WARNING]
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        problems.append(f"{len(waiting)} migrations wait: run “dongthuan migrate”.")
    loading.shipped_rulebook()
    load_calendar()
    if not waiting:
        loading.refresh()
        problems += [
            f"Approved rule version not in use: {row.error.en}" for row in loading.refused()
        ]
    return problems
