from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone, translation

from dongthuan.core.outbox.delivery import message_deliver
from dongthuan.core.outbox.errors import OutboxError, reason
from dongthuan.core.outbox.models import Message
from dongthuan.core.outbox.selectors import outbox_counts, outbox_failed, outbox_uncertain
from dongthuan.core.outbox.services import (
    message_cancel,
    message_claim,
    message_failed,
    message_hand_over,
    message_retry,
    message_sent,
    outbox_purge,
    outbox_sweep,
)

pytestmark = pytest.mark.django_db
AT_ONCE = dt.timedelta(0)


def left_uncertain(announce, key: str = "matter-1/received") -> Message:
    message = message_claim(message_id=announce(key).pk)
    message_hand_over(message=message)
    outbox_sweep(stale_after=AT_ONCE)
    return Message.objects.get(pk=message.pk)


def test_an_uncertain_message_is_sent_again_when_asked_for(announce, mailoutbox):
    message = left_uncertain(announce)
    message_deliver(message_id=message.pk)
    assert mailoutbox == []

    message_retry(message=message)
    message_deliver(message_id=message.pk)
    assert len(mailoutbox) == 1
    assert mailoutbox[0].extra_headers["Message-ID"] == message.message_id


def test_a_cancelled_message_never_leaves(announce, mailoutbox):
    message = announce()
    message_cancel(message=message)
    message_deliver(message_id=message.pk)
    outbox_sweep(stale_after=AT_ONCE)
    assert mailoutbox == []
    assert outbox_counts()["cancelled"] == 1


def test_a_sent_message_is_neither_cancelled_nor_sent_again(announce, mailoutbox):
    message = announce()
    message_deliver(message_id=message.pk)
    with pytest.raises(OutboxError):
        message_cancel(message=message)
    with pytest.raises(OutboxError):
        message_retry(message=message)
    assert Message.objects.get().state == "sent"


def test_a_late_answer_settles_what_was_given_up(announce):
    message = message_claim(message_id=announce().pk)
    message_hand_over(message=message)
    outbox_sweep(stale_after=AT_ONCE)
    message_sent(message=message)
    assert Message.objects.get().state == "sent"


def test_a_worker_believed_dead_cannot_hand_over_what_another_has_taken(announce):
    slow = message_claim(message_id=announce().pk)
    outbox_sweep(stale_after=AT_ONCE)
    other = message_claim(message_id=slow.pk)
    assert message_hand_over(message=slow) is False
    assert message_hand_over(message=other) is True
    message_failed(message=slow, error="unreachable")
    assert Message.objects.get().state == "handing_over"


def test_work_in_progress_is_left_alone_by_the_sweep(announce):
    message_hand_over(message=message_claim(message_id=announce("matter-1/received").pk))
    message_claim(message_id=announce("matter-2/received").pk)
    assert outbox_sweep() == {"freed": 0, "uncertain": 0, "requeued": 0}
    assert outbox_counts() | {"claimed": 1, "handing_over": 1} == outbox_counts()


def test_uncertain_and_failed_messages_are_listed(announce):
    uncertain = left_uncertain(announce)
    failed = message_claim(message_id=announce("matter-2/received").pk)
    message_failed(message=failed, error="refused 550")
    assert list(outbox_uncertain()) == [uncertain]
    assert list(outbox_failed()) == [failed]


def test_old_messages_lose_address_and_text_but_not_their_trace(announce):
    message = announce(about="HS-1")
    message_deliver(message_id=message.pk)
    waiting = announce("matter-2/received")
    assert outbox_purge(now=timezone.now() + dt.timedelta(days=91)) == 1
    message.refresh_from_db()
    waiting.refresh_from_db()
    assert (message.recipient, message.body, message.about) == ("", "", "HS-1")
    assert announce() is None
    assert waiting.recipient == "minh.hoa@example.vn"


def test_a_stored_reason_reads_as_a_sentence():
    with translation.override("en"):
        assert reason("refused 550") == ("The mail server refused the message for good. (550)")
