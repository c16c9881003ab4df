"""Servers that the bench starts on free loopback ports, and the CPU that they use."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

WORKERS = 2
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    port: int

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)


def serve(application: str, env: dict[str, str], *, health: str) -> Server:
    """granian as `dongthuan serve` runs it: WSGI, one blocking thread in each of two workers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    granian = shutil.which("granian", path=str(Path(sys.executable).parent)) or "granian"
    process = subprocess.Popen(
        [granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
         "--workers", str(WORKERS), "--blocking-threads", "1", "--no-access-log",
         "--log-level", "warning", application],
        env=os.environ | env,
        start_new_session=True,
    )  # fmt: skip
    server = Server(process, port)
    for _attempt in range(150):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{health}", timeout=2):
                return server
        except urllib.error.HTTPError as error:
            server.stop()
            raise SystemExit(f"{application} answered {error.code}") from None
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    server.stop()
    raise SystemExit(f"{application} did not come up")


def cpu_seconds(*roots: int) -> float:
    """CPU time used so far by these processes and all below them."""
    children: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(folder.name))
        # Own time and that of children that have ended, such as a connection's backend.
        used[int(folder.name)] = sum(map(int, fields[11:15])) / TICK
    total, waiting = 0.0, list(roots)
    while waiting:
        pid = waiting.pop()
        total += used.get(pid, 0.0)
        waiting += children.get(pid, [])
    return total


def postmaster(data: str) -> int:
    return int((Path(data) / "postmaster.pid").read_text().split()[0])
