from __future__ import annotations

import datetime as dt
import random
import time

from dongthuan.core.outbox.models import Message
from dongthuan.core.outbox.selectors import outbox_uncertain
from dongthuan.core.outbox.services import outbox_sweep
from dongthuan.core.outbox.tests.conftest import wait_until

AT_ONCE = dt.timedelta(0)  # the minutes after which a dead worker is noticed, as if passed


def test_killed_before_the_hand_over_a_message_is_sent_by_the_next_worker(
    post_office, start_worker, announce
):
    announce("matter-1/received")
    post_office.wait_at = "rcpt"
    worker = start_worker()
    assert post_office.reached.wait(20)
    worker.kill()
    worker.wait()

    assert Message.objects.get().state == "claimed"
    assert outbox_sweep(stale_after=AT_ONCE) == {"freed": 1, "uncertain": 0, "requeued": 1}

    post_office.wait_at = ""
    start_worker()
    assert wait_until(lambda: Message.objects.get().state == "sent")
    assert dict(post_office.counts()) == {"matter-1/received": 1}


def test_killed_during_the_hand_over_a_message_is_listed_and_never_sent_again(
    post_office, start_worker, announce
):
    announce("matter-1/received")
    post_office.wait_at = "data after"
    worker = start_worker()
    assert post_office.reached.wait(20)
    worker.kill()
    worker.wait()

    assert Message.objects.get().state == "handing_over"
    assert outbox_sweep(stale_after=AT_ONCE) == {"freed": 0, "uncertain": 1, "requeued": 0}
    post_office.wait_at = ""
    announce("matter-2/received")
    start_worker()

    assert wait_until(lambda: Message.objects.filter(state="sent").count() == 1)
    assert dict(post_office.counts()) == {"matter-1/received": 1, "matter-2/received": 1}
    assert [message.key for message in outbox_uncertain()] == ["matter-1/received"]


def test_killed_ten_times_at_any_moment_nothing_is_sent_twice_and_nothing_is_lost(
    post_office, start_worker, announce
):
    keys = {f"matter-{n}/received" for n in range(60)}
    for key in keys:
        announce(key)
    post_office.slow = 0.03
    chance = random.Random(20261123)
    for _round in range(10):
        before = len(post_office.arrived)
        worker = start_worker()
        assert wait_until(lambda seen=before: len(post_office.arrived) > seen)
        time.sleep(chance.uniform(0, 0.1))
        worker.kill()
        worker.wait()
        outbox_sweep(stale_after=AT_ONCE)
    post_office.slow = 0

    start_worker()
    assert wait_until(lambda: not Message.objects.exclude(state__in=["sent", "uncertain"]).exists())

    counts = post_office.counts()
    sent = set(Message.objects.filter(state="sent").values_list("key", flat=True))
    uncertain = {message.key for message in outbox_uncertain()}
    assert max(counts.values()) == 1
    assert sent | uncertain == keys
    assert sent <= set(counts)
    assert len(sent) >= 30
