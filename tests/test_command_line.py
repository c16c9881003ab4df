"""The command line: what it prints, and exit status 0 done, 1 refused with one line, 2 usage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

from dongthuan.core.people.services import token_account


def run(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dongthuan.cli", *args],
        capture_output=True, text=True, env=os.environ | env, timeout=120, check=False,
    )  # fmt: skip


def test_deadline_as_json_explains_itself() -> None:
    done = run("deadline", "kn.accept", "--from", "2026-08-28", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["rule"] == "kn.accept"
    assert answer["version_from"] == "2026-07-01"
    assert answer["term"] == "7 wd"
    assert answer["anchor"].startswith("2026-08-28")
    assert answer["due_on"] == "2026-09-11"
    assert "155/2026" in answer["basis"]
    assert len(answer["steps"]) >= 5


def test_deadline_in_words() -> None:
    done = run("deadline", "kn.settle1", "--from", "2026-08-28", "--if", "complex")
    assert done.returncode == 0
    assert done.stdout.startswith("kn.settle1: 12/10/2026")


def test_a_pause_stops_the_clock() -> None:
    plain = run("deadline", "kn.settle1", "--from", "2026-08-03", "--json")
    paused = run(
        "deadline", "kn.settle1", "--from", "2026-08-03", "--pause", "2026-08-10..2026-08-20",
        "--json",
    )  # fmt: skip
    assert json.loads(plain.stdout)["due_on"] < json.loads(paused.stdout)["due_on"]


@pytest.mark.parametrize(
    "args",
    [
        ("deadline", "khong.co", "--from", "2026-08-28"),
        ("deadline", "kn.accept", "--from", "9999-12-31"),
        ("deadline", "kn.accept", "--from", "0001-01-01"),
        ("deadline", "kn.accept", "--from", "2026-02-30"),
        ("deadline", "kn.accept", "--from", "hôm qua"),
        ("deadline", "kn.accept", "--from", "2026-08-28", "--pause", "2026-09-02..2026-09-01"),
        ("deadline", "kn.accept", "--from", "2026-08-28", "--if", "khong_co"),
        ("deadline", "kn.accept", "--from", "2026-08-28T09:00+99:00"),
        ("calendar", "1800"),
        ("calendar", "99999"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_line(args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "args", [(), ("khong-co",), ("deadline",), ("calendar", "hai nghìn"), ("serve", "--port", "0")]
)
def test_wrong_words_are_usage(args: tuple[str, ...]) -> None:
    assert run(*args).returncode == 2


def test_calendar_tells_days_swaps_and_sources() -> None:
    done = run("calendar", "2026", "--json")
    answer = json.loads(done.stdout)
    assert answer["working_days"] == 249
    assert answer["signed_off"] is True
    assert {"off": "2026-01-02", "work": "2026-01-10"}.items() <= answer["swaps"][0].items()
    words = run("calendar", "2027").stdout
    assert "chưa ký duyệt" in words


@pytest.mark.django_db(transaction=True)
def test_commands_on_the_database_use_the_one_that_is_named(people: Any) -> None:
    """A token made on the command line acts with the official's rights; unknown people get none."""
    database = settings.DATABASES["default"]
    url = (
        f"postgres://{database['USER']}@/{database['NAME']}"
        f"?host={database['HOST']}&port={database['PORT']}"
    )
    env = {"DATABASE_URL": url, "DONGTHUAN_TEST": "true"}
    done = run("token", "intake@vidu.vn", "--label", "thử", **env)
    assert done.returncode == 0, done.stderr
    account = token_account(done.stdout.strip())
    assert account is not None
    assert account.email == "intake@vidu.vn"
    refused = run("token", "khong-ai@vidu.vn", **env)
    assert refused.returncode == 1
    assert len(refused.stderr.strip().splitlines()) == 1
    assert run("check", **env).returncode == 0
    assert run("db", "status", **env).returncode == 1
    waiting = run("outbox", "--json", **env)
    assert json.loads(waiting.stdout) == []
    assert run("outbox", "--retry", "999999", **env).returncode == 1


def test_a_recovery_key_is_printed_and_kept_nowhere() -> None:
    done = run("vault", "--new-recovery-key")
    assert done.returncode == 0, done.stderr
    public, private = done.stdout.splitlines()
    assert public.startswith("DONGTHUAN_VAULT_RECOVERY_KEY=")
    assert len(private.rpartition(" ")[2]) == 64
    assert run("vault", "--new-recovery-key").stdout != done.stdout


def test_recovery_without_a_matter_is_refused_in_one_line() -> None:
    done = run("vault", "--recover", "21439-26-999999")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
