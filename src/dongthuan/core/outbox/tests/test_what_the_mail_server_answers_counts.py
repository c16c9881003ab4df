from __future__ import annotations

import datetime as dt
import socket

import pytest
from django.utils import timezone

from dongthuan.core.outbox.delivery import message_deliver
from dongthuan.core.outbox.models import Message

pytestmark = pytest.mark.django_db


def test_it_is_sent_once_however_often_its_job_runs(by_smtp, announce):
    message = announce()
    message_deliver(message_id=message.pk)
    message_deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("sent", 1, "")
    assert len(by_smtp.arrived) == 1


def test_a_refused_recipient_is_a_failure_for_good(by_smtp, announce):
    by_smtp.rcpt_answer = "550 5.1.1 <minh.hoa@example.vn> unknown here"
    message = announce()
    message_deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.error) == ("failed", "refused 550")
    assert message.handed_at is None


def test_a_text_refused_after_it_was_read_is_a_failure_for_good(by_smtp, announce):
    by_smtp.data_answer = "554 5.7.1 Not wanted"
    message = announce()
    message_deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.error) == ("failed", "refused 554")


@pytest.mark.parametrize("step", ["rcpt_answer", "data_answer"])
def test_an_answer_to_come_back_later_makes_it_wait(by_smtp, announce, step):
    setattr(by_smtp, step, "451 4.7.1 Greylisted")
    message = announce()
    message_deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.error) == ("pending", "deferred 451")
    wait = message.not_before - timezone.now()
    assert dt.timedelta(seconds=30) < wait <= dt.timedelta(minutes=1)

    setattr(by_smtp, step, "")
    message_deliver(message_id=message.pk)
    assert by_smtp.arrived == []  # not yet due
    Message.objects.update(not_before=timezone.now())
    message_deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 2)


def test_a_server_that_is_away_makes_it_wait_and_at_last_fail(by_smtp, announce, settings):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        settings.EMAIL_PORT = nobody.getsockname()[1]
    message = announce()
    states = []
    for _attempt in range(10):
        Message.objects.update(not_before=timezone.now())
        message_deliver(message_id=message.pk)
        message.refresh_from_db()
        states.append(message.state)
    assert states == ["pending"] * 9 + ["failed"]
    assert message.error == "unreachable"


def test_a_connection_lost_while_handing_over_is_uncertain(by_smtp, announce, settings):
    settings.EMAIL_TIMEOUT = 0.3
    by_smtp.wait_at = "data after"
    message = announce()
    message_deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.error) == ("uncertain", "interrupted")
    assert len(by_smtp.arrived) == 1


@pytest.mark.parametrize("recipient", ["", "không phải địa chỉ", "a@b.vn\nBcc: c@d.vn"])
def test_an_address_that_cannot_be_one_is_a_failure(by_smtp, announce, recipient):
    message = announce(recipient=recipient)
    message_deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.error) == ("failed", "bad_address")
    assert by_smtp.arrived == []


def test_nothing_personal_is_logged(by_smtp, announce, caplog):
    caplog.set_level("DEBUG")
    by_smtp.rcpt_answer = "550 5.1.1 <minh.hoa@example.vn> unknown here"
    message_deliver(message_id=announce().pk)
    ours = " ".join(r.getMessage() for r in caplog.records if not r.name.startswith("mail."))
    assert "minh.hoa" not in ours
    assert "tiếp nhận" not in ours


def test_without_a_mail_server_the_message_goes_where_django_puts_it(announce, mailoutbox):
    message = announce()
    message_deliver(message_id=message.pk)
    message.refresh_from_db()
    assert message.state == "sent"
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["minh.hoa@example.vn"], "matter-1/received")
    ]
