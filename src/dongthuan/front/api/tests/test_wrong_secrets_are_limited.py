from __future__ import annotations

import datetime as dt
import json

from django.core import serializers

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.people.models import Bucket
from dongthuan.core.people.throttle import buckets_sweep, has, take
from dongthuan.front.api.tests.conftest import CODE, MORNING, Door

WRONG = {"X-Receipt-Secret": "AAAA-BBBB-CCCC"}


def test_after_ten_wrong_secrets_even_the_right_one_must_wait(light: Matter, anyone: Door) -> None:
    address = f"/api/v1/submissions/{CODE}"
    answers = [anyone.get(address, headers=WRONG).status_code for _ in range(11)]
    assert answers == [404] * 10 + [429]
    right = {"X-Receipt-Secret": receipt_secret(light.submissions.get())}
    refused = anyone.get(address, headers=right)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert anyone.get(address).status_code == 200
    assert anyone.get(address, headers=right, REMOTE_ADDR="203.0.113.9").status_code == 200
    with clock.at(MORNING + dt.timedelta(minutes=2)):
        assert anyone.get(address, headers=right).status_code == 200


def test_right_secrets_cost_nothing(light: Matter, anyone: Door) -> None:
    right = {"X-Receipt-Secret": receipt_secret(light.submissions.get())}
    answers = {
        anyone.get(f"/api/v1/submissions/{CODE}", headers=right).status_code for _ in range(15)
    }
    assert answers == {200}
    assert not Bucket.objects.exists()


def test_the_address_is_not_kept(light: Matter, anyone: Door) -> None:
    anyone.get(f"/api/v1/submissions/{CODE}", headers=WRONG, REMOTE_ADDR="203.0.113.77")
    assert "203.0.113.77" not in json.dumps(
        serializers.serialize("python", Bucket.objects.all()), default=str
    )


def test_an_ipv6_customer_counts_once(light: Matter, anyone: Door) -> None:
    for last in range(10):
        anyone.get(f"/api/v1/submissions/{CODE}", headers=WRONG, REMOTE_ADDR=f"2001:db8::{last}")
    refused = anyone.get(f"/api/v1/submissions/{CODE}", headers=WRONG, REMOTE_ADDR="2001:db8::ffff")
    assert refused.status_code == 429


def test_anonymous_sending_is_limited_too(light: Matter, anyone: Door) -> None:
    for _ in range(60):
        assert take_as_sender(anyone) != 429
    assert take_as_sender(anyone) == 429


def take_as_sender(anyone: Door) -> int:
    return anyone.send(
        "/api/v1/submissions", {"place": "khong-co", "text": "Mười chữ trở lên."}
    ).status_code


def test_a_bucket_fills_up_again_evenly(db: None) -> None:
    limit = {"capacity": 2, "per_seconds": 60}
    with clock.at(MORNING):
        assert [take("k", **limit) for _ in range(3)] == [True, True, False]
        assert not has("k", **limit)
    with clock.at(MORNING + dt.timedelta(seconds=29)):
        assert not take("k", **limit)
    with clock.at(MORNING + dt.timedelta(seconds=30)):
        assert has("k", **limit)
        assert [take("k", **limit) for _ in range(2)] == [True, False]
    with clock.at(MORNING + dt.timedelta(hours=1)):
        assert [take("k", **limit) for _ in range(3)] == [True, True, False]


def test_time_that_runs_backwards_gives_nothing_away(db: None) -> None:
    limit = {"capacity": 1, "per_seconds": 60}
    with clock.at(MORNING):
        assert take("k", **limit)
    with clock.at(MORNING - dt.timedelta(hours=1)):
        assert not take("k", **limit)


def test_old_buckets_are_swept(db: None) -> None:
    with clock.at(MORNING):
        take("old", capacity=1, per_seconds=60)
    with clock.at(MORNING + dt.timedelta(hours=25)):
        take("new", capacity=1, per_seconds=60)
        assert buckets_sweep() == 1
    assert Bucket.objects.count() == 1
