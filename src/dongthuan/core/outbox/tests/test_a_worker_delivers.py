from __future__ import annotations

import pytest
from django.db import transaction

from dongthuan.core.outbox.models import Message
from dongthuan.core.outbox.tests.conftest import wait_until


def test_a_message_is_delivered_once_by_a_worker_process(post_office, start_worker, announce):
    message = announce("matter-1/received")
    worker = start_worker()

    assert wait_until(lambda: Message.objects.get().state == "sent"), Message.objects.values()
    (mail,) = post_office.arrived
    assert mail["To"] == "minh.hoa@example.vn"
    assert mail["Message-ID"] == message.own_message_id == Message.objects.get().message_id
    assert mail.get_payload(decode=True).decode() == "Đơn của bà đã được tiếp nhận.\r\n"
    assert worker.poll() is None


def test_a_rolled_back_transaction_sends_nothing(post_office, start_worker, announce):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce("matter-1/received")
        raise ZeroDivisionError
    announce("matter-2/received")
    start_worker()

    assert wait_until(lambda: Message.objects.filter(state="sent").count() == 1)
    assert dict(post_office.counts()) == {"matter-2/received": 1}
    assert Message.objects.count() == 1
