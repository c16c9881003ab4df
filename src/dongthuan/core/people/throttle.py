"""How often somebody may try: token buckets in PostgreSQL, so that all processes count together.

A bucket holds at most `capacity` tokens and fills up evenly within `per_seconds`. A full bucket
says as much as none, so old rows can be thrown away (`buckets_sweep`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from dongthuan.core import clock
from dongthuan.core.people.models import Bucket

_KEPT = dt.timedelta(days=1)

# A refused taker leaves the row as it is (WHERE), and then nothing is returned. Clocks of two
# servers may differ a little: time never runs backwards here (GREATEST).
_FILLED = """
LEAST(%(capacity)s, b.tokens
  + GREATEST(0, extract(epoch FROM %(now)s - b.at)) * %(capacity)s / %(seconds)s)
"""
_TAKE = f"""
INSERT INTO people_bucket AS b (key, tokens, at) VALUES (%(key)s, %(capacity)s - 1, %(now)s)
ON CONFLICT (key) DO UPDATE SET tokens = {_FILLED} - 1, at = GREATEST(b.at, %(now)s)
WHERE {_FILLED} >= 1
RETURNING 1
"""  # noqa: S608 - built from constants
_LOOK = f"SELECT {_FILLED} >= 1 FROM people_bucket b WHERE b.key = %(key)s"  # noqa: S608


def take(key: str, *, capacity: int, per_seconds: int) -> bool:
    """Take one token of the bucket `key`; False when there is none left. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, _values(key, capacity, per_seconds))
        return cursor.fetchone() is not None


def has(key: str, *, capacity: int, per_seconds: int) -> bool:
    """Whether `take` would succeed now; takes nothing. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, _values(key, capacity, per_seconds))
        row = cursor.fetchone()
        return row is None or bool(row[0])


def _values(key: str, capacity: int, per_seconds: int) -> dict[str, str | float | dt.datetime]:
    return {
        "key": hashlib.sha256(key.encode()).hexdigest(),
        "capacity": float(capacity),
        "seconds": per_seconds,
        "now": clock.now(),
    }


def source_key(request: HttpRequest, purpose: str) -> str:
    """A key for the sender of a request that cannot be turned back into an address.

    Keyed with the server's secret, because all IPv4 addresses can be hashed in minutes. An IPv6
    customer owns a whole /64, so that is what counts.
    """
    address = client_address(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        parsed = None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        address = str(ipaddress.ip_network((parsed, 64), strict=False))
    message = f"throttle:{purpose}:{address}".encode("utf-8", "replace")
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


def client_address(request: HttpRequest) -> str:
    """Of the forwarded addresses only the last was written by our own proxy."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded:
            return str(forwarded)
    return str(request.META.get("REMOTE_ADDR", ""))


def buckets_sweep() -> int:
    """Throw away buckets that nobody has touched for a day. Returns how many went."""
    return Bucket.objects.filter(at__lt=clock.now() - _KEPT).delete()[0]
