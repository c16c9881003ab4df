"""What the tests of the whole share: browsers of the people, a mail server, a pair of hands."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

from dongthuan.core.outbox.delivery import message_deliver
from dongthuan.core.outbox.models import Message
from dongthuan.core.outbox.tests.conftest import PostOffice, by_smtp, post_office

__all__ = ["by_smtp", "post_office"]


@pytest.fixture(autouse=True)
def _no_attempts_before() -> None:
    """The counters of attempts live in the cache, which outlasts a test."""
    cache.clear()


@pytest.fixture
def browser() -> Client:
    """Somebody's browser: forms need their CSRF token, a fault becomes a page, not a traceback."""
    return Client(enforce_csrf_checks=False, raise_request_exception=False)


@pytest.fixture
def signed_in(people: Any, settings: Any) -> Callable[[str], Client]:
    """The browser of one of `people`, already signed in; the second factor is another test's."""
    settings.OFFICIALS_NEED_MFA = False

    def open_browser(name: str) -> Client:
        client = Client(raise_request_exception=False)
        backend = django_settings.AUTHENTICATION_BACKENDS[1]
        client.force_login(people.accounts[name], backend=backend)
        return client

    return open_browser


@pytest.fixture
def deliver(by_smtp: PostOffice) -> Callable[[], list[Any]]:
    """Do the worker's work on all that waits; gives what the mail server has received so far."""

    def run() -> list[Any]:
        for pk in (
            Message.objects.filter(state="pending").order_by("pk").values_list("pk", flat=True)
        ):
            message_deliver(message_id=pk)
        return by_smtp.arrived

    return run


def text_of(mail: Any) -> str:
    """The text of a letter with the line ends of this side."""
    return mail.get_payload(decode=True).decode().replace("\r\n", "\n")


def code_in(text: str) -> str:
    """The code of a sign-in message: a line of its own, or what stands after the colon."""
    found = re.search(r"(?m)^([A-Z0-9]{4,10}(?:-[A-Z0-9]{3,6})?)$", text) or re.search(
        r": ([A-Z0-9-]{6,10})$", text
    )
    assert found, text
    return found[1]
