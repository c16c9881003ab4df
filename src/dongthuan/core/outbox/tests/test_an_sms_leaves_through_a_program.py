from __future__ import annotations

import json
import sys

import pytest

from dongthuan.core.outbox.delivery import message_deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def sms(announce, settings):
    """Deliver one SMS through a command; its state and error."""

    def deliver(*command: str) -> tuple[str, str]:
        settings.SMS_COMMAND = list(command)
        message = announce(channel="sms", recipient="0900000000", subject="")
        message_deliver(message_id=message.pk)
        message.refresh_from_db()
        return message.state, message.error

    return deliver


def test_the_program_reads_whom_and_what_on_standard_input(sms, tmp_path):
    said = tmp_path / "said.json"
    program = (
        f"import sys, pathlib; pathlib.Path({str(said)!r}).write_bytes(sys.stdin.buffer.read())"
    )
    assert sms(sys.executable, "-c", program) == ("sent", "")
    read = json.loads(said.read_text())
    assert (read["to"], read["text"]) == ("0900000000", "Đơn của bà đã được tiếp nhận.\n")


def test_without_a_program_it_fails_and_says_why(sms):
    assert sms() == ("failed", "no_channel")


def test_a_program_that_refuses_makes_it_fail(sms):
    assert sms("sh", "-c", "exit 3") == ("failed", "command 3")


def test_a_program_that_asks_to_wait_makes_it_wait(sms):
    assert sms("sh", "-c", "exit 75") == ("pending", "busy")


def test_a_program_that_dies_leaves_it_uncertain(sms):
    assert sms("sh", "-c", "kill -9 $$") == ("uncertain", "interrupted")
