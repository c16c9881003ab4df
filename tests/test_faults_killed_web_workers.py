"""kill -9 at random while submissions come in: what was acknowledged is there, exactly once."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from dongthuan.core.matters.models import Duty, Entry, Matter, Projection, Submission
from dongthuan.core.outbox.models import Message
from dongthuan.core.outbox.tests.conftest import PostOffice, database_url
from dongthuan.core.people.services import token_create
from tests.processes import answers, children, environment, free_port, start, stop, wait_for

WORKERS, CLIENTS, AT_MOST = 4, 3, 60


@dataclass
class Office:
    """Where the clients send, and what they were told."""

    port: int
    token: str
    told: dict[str, list[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    broken: int = 0
    closing: threading.Event = field(default_factory=threading.Event)

    def work(self, name: str) -> None:
        """One client: submission after submission, each repeated until it is answered twice."""
        for number in range(AT_MOST):
            if self.closing.is_set():
                return
            key = f"khoa-cua-{name}-{number:03d}"
            self.told[key] = [self.send(key), self.send(key)]
            time.sleep(0.02)

    def send(self, key: str) -> str:
        """Send until there is an answer, as a program with a queue does; always the same key."""
        body = json.dumps(
            {
                "text": f"Nội dung gửi trong lúc máy chủ hỏng, lần {key}.",
                "place": "21439",
                "sender": {"name": "Người thử", "email": f"{key}@vidu.vn"},
            }
        ).encode()
        while True:
            request = urllib.request.Request(
                f"http://127.0.0.1:{self.port}/api/v1/submissions",
                body,
                {
                    "Content-Type": "application/json",
                    "Idempotency-Key": key,
                    "Authorization": f"Bearer {self.token}",
                },
            )
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    return str(json.load(answer)["code"])
            except urllib.error.HTTPError as error:
                self.refused.append(f"{error.code}: {error.read()[:300]!r}")
                return ""
            except (OSError, ValueError, http.client.HTTPException):
                self.broken += 1
                time.sleep(0.1)


@pytest.fixture
def running(
    people: Any, transactional_db: None, post_office: PostOffice, tmp_path: Path
) -> Iterator[tuple[Office, int]]:
    """Web server and worker of their own on the database of this run; the server's pid."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    port = free_port()
    env = environment(
        tmp_path,
        DATABASE_URL=database_url(),
        EMAIL_URL=f"smtp://127.0.0.1:{post_office.port}",
        PORT=str(port),
    )
    web = start(["serve", "--workers", str(WORKERS)], env, tmp_path / "web.log")
    worker = start(["worker"], env, tmp_path / "worker.log")
    try:
        assert wait_for(lambda: answers(port), 40), (tmp_path / "web.log").read_text()[-2000:]
        token = token_create(account=people.accounts["intake"], label="thử hỏng máy chủ")
        yield Office(port, token), web.pid
    finally:
        stop(web)
        stop(worker)


@pytest.mark.django_db(transaction=True)
def test_every_acknowledged_submission_is_there_exactly_once(
    running: tuple[Office, int], post_office: PostOffice
) -> None:
    office, web = running
    clients = [
        threading.Thread(target=office.work, args=(f"may-{number}",), daemon=True)
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    dice = random.Random(20260701)
    # Each of the first workers once: granian gives up on one that dies twice within seconds.
    victims = sorted(pid for pid in children(web) if _is_worker(pid))
    assert len(victims) == WORKERS
    dice.shuffle(victims)
    for pid in victims:
        time.sleep(dice.uniform(0.1, 0.6))
        os.kill(pid, signal.SIGKILL)
        assert wait_for(lambda: answers(office.port), 20)
    office.closing.set()
    for client in clients:
        client.join(60)
        assert not client.is_alive()

    assert office.refused == []
    assert len(office.told) >= CLIENTS
    codes = {key: set(found) for key, found in office.told.items()}
    assert all(len(found) == 1 for found in codes.values())
    assert set(_petitions().values_list("code", flat=True)) == set().union(*codes.values())
    texts = Counter(Submission.objects.values_list("text", flat=True))
    assert set(texts.values()) == {1}
    assert len(texts) == len(office.told)
    _nothing_is_half_written()
    _each_letter_left_once(post_office, set(office.told))


def _is_worker(pid: int) -> bool:
    return b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()


def _petitions() -> QuerySet[Matter]:
    """What was sent in; the worker may have opened matters by the clock, such as dialogues owed."""
    return Matter.objects.filter(kind="petition")


def _nothing_is_half_written() -> None:
    matters = set(_petitions().values_list("pk", flat=True))
    for model in (Duty, Entry, Projection, Submission):
        found = model._base_manager.filter(matter__kind="petition")
        assert set(found.values_list("matter_id", flat=True)) == matters
    codes = Matter.objects.filter(code__startswith="21439-").values_list("code", flat=True)
    numbers = sorted(int(code[-6:]) for code in codes)
    assert numbers == list(range(1, len(numbers) + 1))  # a rolled-back number is given again


def _each_letter_left_once(post_office: PostOffice, wanted: set[str]) -> None:
    letters = Message.objects.filter(recipient__startswith="khoa-cua-")
    assert letters.count() == len(wanted)
    everything = wait_for(lambda: not letters.exclude(state="sent").exists(), 20)
    to = (mail["To"] for mail in post_office.arrived)
    arrived = Counter(address for address in to if address.startswith("khoa-cua-"))
    assert set(arrived.values()) == {1}
    assert everything
    assert set(arrived) == {f"{key}@vidu.vn" for key in wanted}
