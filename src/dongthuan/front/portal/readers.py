"""Which openings of a page count as reading: those of people, as far as a request tells.

One address may not push a page up by opening it over and over. What that takes is a number in the
memory of this process under a hash with a salt that dies with the hour: nothing is written down,
and nobody can turn it back into an address, or tell tomorrow that somebody came again.
"""

from __future__ import annotations

import hashlib
import re
import secrets

from django.http import HttpRequest

from dongthuan.core import clock
from dongthuan.core.people.throttle import client_address

# Programs that say what they are; one that does not say so is counted, which errs upwards.
_PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|preview|facebookexternalhit|zalo.*share|curl|wget|python|java/|"
    r"go-http|okhttp|httpclient|headless|monitor|uptime|archive|feed|scrap|lighthouse|validator",
    re.IGNORECASE,
)


# Behind one address of a telephone network stand many people.
HOURLY = 30
_MOST = 50_000


class _Hour:
    """How often each page was opened from each address in the hour that runs."""

    def __init__(self) -> None:
        self.at, self.salt = "", b""
        self.times: dict[bytes, int] = {}

    def often(self, request: HttpRequest) -> bool:
        """Count one more; whether it is more than a page gets from one address in an hour."""
        now = f"{clock.now():%Y-%m-%d %H}"
        if now != self.at or len(self.times) >= _MOST:
            self.at, self.salt, self.times = now, secrets.token_bytes(16), {}
        said = f"{client_address(request)} {request.path}".encode("utf-8", "replace")
        key = hashlib.blake2b(said, key=self.salt, digest_size=8).digest()
        self.times[key] = self.times.get(key, 0) + 1
        return self.times[key] > HOURLY


_hour = _Hour()


def counts(request: HttpRequest) -> bool:
    """Whether this request is a person opening the page, and not too often."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    ahead = request.META.get("HTTP_SEC_PURPOSE", "") + request.META.get("HTTP_PURPOSE", "")
    person = request.method == "GET" and bool(agent) and not _PROGRAM.search(agent)
    return person and "prefetch" not in ahead and not _hour.often(request)
