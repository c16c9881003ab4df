"""A mail server and a worker, both real: nothing of the outbox is replaced in its tests."""

from __future__ import annotations

import asyncio
import email
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection

from dongthuan.core.outbox.models import Message
from dongthuan.core.outbox.services import message_enqueue


class PostOffice:
    """An SMTP server on loopback that remembers what arrived and can be slow or unwilling.

    `rcpt_answer` and `data_answer` replace its answers; while `gate` is closed it waits at the
    step named in `wait_at` ('rcpt', 'data before', 'data after').
    """

    def __init__(self) -> None:
        self.arrived: list[email.message.Message] = []
        self.rcpt_answer = ""
        self.data_answer = ""
        self.slow = 0.0
        self.wait_at = ""
        self.gate = threading.Event()
        self.reached = threading.Event()
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def counts(self) -> Counter[str]:
        return Counter(mail["Subject"] for mail in self.arrived)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._wait("rcpt")
        if self.rcpt_answer:
            return self.rcpt_answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await self._wait("data before")
        if self.data_answer:
            return self.data_answer
        assert isinstance(envelope.content, bytes)
        self.arrived.append(email.message_from_bytes(envelope.content))
        await self._wait("data after")
        return "250 OK"

    async def _wait(self, step: str) -> None:
        if self.slow:
            await asyncio.sleep(self.slow)
        if self.wait_at == step:
            self.reached.set()
            while not self.gate.is_set():
                await asyncio.sleep(0.01)


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.controller.start()
    yield office
    office.gate.set()
    office.controller.stop()


@pytest.fixture
def by_smtp(settings: object, post_office: PostOffice) -> PostOffice:
    """Deliveries of this process go to the post office."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = post_office.port
    return post_office


@pytest.fixture
def announce() -> Callable[..., Message]:
    """Enqueue a message of which only what matters to the test is said."""

    def enqueue(key: str = "matter-1/received", **changes: object) -> Message | None:
        fields: dict = {
            "channel": "email",
            "recipient": "minh.hoa@example.vn",
            "subject": key,
            "body": "Đơn của bà đã được tiếp nhận.\n",
            "key": key,
        }
        return message_enqueue(**(fields | changes))

    return enqueue


@pytest.fixture
def no_jobs(transactional_db: None) -> None:
    """Jobs of other tests are gone: Django's flush leaves the tables of procrastinate alone."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def start_worker(
    no_jobs: None, post_office: PostOffice, tmp_path: Path
) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start a worker process on the test database, sending to the post office."""
    started: list[subprocess.Popen[bytes]] = []
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{post_office.port}",
        "DONGTHUAN_TEST": "1",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }

    def start() -> subprocess.Popen[bytes]:
        log = (tmp_path / f"worker-{len(started)}.log").open("wb")
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "django", "procrastinate"),
                *("--skip-checks", "worker", "--concurrency", "3"),
            ],
            env=environment,
            stdout=log,
            stderr=log,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def database_url() -> str:
    """The database of this test run, for another process; works for a socket and for TCP."""
    wanted = connection.get_connection_params()
    user = f"{quote(wanted['user'])}:{quote(wanted.get('password', ''))}"
    where = urlencode({"host": wanted.get("host", "localhost"), "port": wanted.get("port", 5432)})
    return f"postgres://{user}@/{wanted['dbname']}?{where}"


def wait_until(true: Callable[[], object], seconds: float = 20) -> bool:
    """Whether it became true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False
