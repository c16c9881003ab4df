"""Which openings of a page count as reading: those of people, as far as a request tells."""

from __future__ import annotations

import re

from django.http import HttpRequest

# Programs that say what they are; one that does not say so is counted, which errs upwards.
_PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|preview|facebookexternalhit|zalo.*share|curl|wget|python|java/|"
    r"go-http|okhttp|httpclient|headless|monitor|uptime|archive|feed|scrap|lighthouse|validator",
    re.IGNORECASE,
)


def counts(request: HttpRequest) -> bool:
    """Whether this request is a person opening the page. Looks, and keeps nothing."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    ahead = request.META.get("HTTP_SEC_PURPOSE", "") + request.META.get("HTTP_PURPOSE", "")
    return request.method == "GET" and bool(agent) and not _PROGRAM.search(agent) and (
        "prefetch" not in ahead
    )  # fmt: skip
