"""How often one address may do at the portal what costs us or tempts others. Generous: behind
one address of a telephone network stand many people.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from dongthuan.core.people import throttle


@dataclass(frozen=True)
class Limit:
    """So many within an hour; the bucket fills again steadily."""

    purpose: str
    hourly: int

    def take(self, request: HttpRequest) -> bool:
        """Count one more; False when the hour's number is used up. One query."""
        key = throttle.source_key(request, self.purpose)
        return throttle.take(key, capacity=self.hourly, per_seconds=3600)

    def left(self, request: HttpRequest) -> bool:
        """Whether `take` would succeed; counts nothing. One query."""
        key = throttle.source_key(request, self.purpose)
        return throttle.has(key, capacity=self.hourly, per_seconds=3600)


SUBMISSIONS = Limit("submit", 30)
REPLIES = Limit("reply", 30)
UPLOADS = Limit("upload", 60)
FAILED_LOOKUPS = Limit("lookup", 20)
DENUNCIATIONS = Limit("denounce", 30)
FAILED_DIGITS = Limit("digits", 20)
BOOKINGS = Limit("booking", 20)
FAILED_VOTE_CODES = Limit("vote-code", 20)
RATINGS = Limit("satisfaction", 30)
HINTS = Limit("hint", 20)
QUESTIONS = Limit("question", 20)
# A whole hall asks through one wireless network.
HALL_QUESTIONS = Limit("hall-question", 300)
SENDINGS = Limit("send-article", 5)
