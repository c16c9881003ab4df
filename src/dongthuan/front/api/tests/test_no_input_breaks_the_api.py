"""Schemathesis sends what the document allows and what it forbids, in process.

No fault of ours, no answer that the document does not promise, nothing accepted that its schema
forbids. What a schema allows may still be refused: a place that is not there, a step not open now.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from dongthuan.core.matters.models import Matter
from dongthuan.core.people.models import Bucket
from dongthuan.front.api import document
from dongthuan.front.api.tests.conftest import token_of
from dongthuan.wsgi import application

OPERATIONS = {
    operation["operationId"]: (path, method.upper(), operation)
    for path, methods in document.build()["paths"].items()
    for method, operation in methods.items()
}
few = settings(
    max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """As Django's own test client does: the test's transaction must outlive the requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@cache
def described() -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def sent(name: str, mode: GenerationMode, **fixed: Any) -> None:
    path, method, raw = OPERATIONS[name]
    secured = raw.get("security") == [{"BearerToken": []}]
    headers = {"Authorization": f"Bearer {token_of('21439-head')}"} if secured else {}

    @few
    @given(case=described()[path][method].as_strategy(generation_mode=mode, **fixed))
    def check(case: Any) -> None:
        Bucket.objects.all().delete()
        case.call_and_validate(headers=headers, excluded_checks=[checks.positive_data_acceptance])

    check()


def real_path(name: str) -> dict[str, Any]:
    return {
        parameter["name"]: parameter["example"]
        for parameter in OPERATIONS[name][2]["parameters"]
        if parameter.get("in") == "path"
    }


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_what_the_document_allows_is_answered(name: str, light: Matter) -> None:
    sent(name, GenerationMode.POSITIVE)


@pytest.mark.parametrize("name", sorted(name for name in OPERATIONS if real_path(name)))
def test_what_is_sent_to_a_real_matter_is_answered(name: str, light: Matter) -> None:
    sent(name, GenerationMode.POSITIVE, path_parameters=real_path(name))


# These two take any text in their address and nothing else, so nothing is forbidden.
@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - {"rules_list", "unit_get"}))
def test_what_the_document_forbids_is_refused(name: str, light: Matter) -> None:
    sent(name, GenerationMode.NEGATIVE)
