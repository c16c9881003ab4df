from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.template import TemplateDoesNotExist
from django.test import Client, RequestFactory

from dongthuan.core.ui import errors

pytestmark = pytest.mark.urls("dongthuan.core.ui.tests.urls")


@pytest.fixture
def quiet() -> Client:
    client = Client(raise_request_exception=False)
    client.cookies["ngon-ngu"] = "en"
    return client


def test_a_page_that_is_not_there(quiet: Client) -> None:
    response = quiet.get("/khong-co/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "There is no such page" in page
    assert "look your matter up by its code" in page
    assert 'lang="en"' in page


# No database mark here: pytest-django fails the test if the page should ask the database.
def test_a_fault_of_ours_tells_no_details_and_needs_no_database(quiet: Client) -> None:
    response = quiet.get("/broken/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "The fault is ours, not yours" in page
    assert "nobody outside may read" not in page
    assert "Traceback" not in page


def test_a_fault_in_the_pages_themselves_still_gets_a_sentence(
    quiet: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*args: object) -> str:
        raise TemplateDoesNotExist("ui/error.html")

    monkeypatch.setattr(errors.loader, "render_to_string", lost)
    response = quiet.get("/broken/")
    assert response.status_code == 500
    assert "<h1>The system has a fault</h1>" in response.content.decode()


def test_a_forbidden_page(quiet: Client) -> None:
    response = quiet.get("/forbidden/")
    assert response.status_code == 403
    assert "Sign in with the right account" in response.content.decode()


def test_a_program_gets_a_problem_document(quiet: Client) -> None:
    response = quiet.get("/api/khong-co/", headers={"Accept-Language": "en"})
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert json.loads(response.content) == {
        "type": "about:blank",
        "title": "There is no such page",
        "status": 404,
        "detail": "The address may be mistyped, or the page has been moved.",
        "instance": "/api/khong-co/",
    }


def test_a_form_without_its_token_is_refused_with_an_explanation() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["ngon-ngu"] = "en"
    response = client.post("/guarded/", {"a": "b"})
    assert response.status_code == 403
    assert "The form has expired" in response.content.decode()


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (errors.conflict, 409, "Somebody else has just changed this"),
        (errors.too_large, 413, "What you sent is too large"),
        (errors.too_many_requests, 429, "Too many attempts"),
    ],
)
def test_the_answers_that_views_give_themselves(
    rf: RequestFactory, answer: object, status: int, words: str
) -> None:
    rf.cookies["ngon-ngu"] = "en"
    response = answer(rf.get("/"))
    assert response.status_code == status
    assert words in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


def test_a_body_over_the_limits_of_django_is_413_not_400(rf: RequestFactory) -> None:
    assert errors.bad_request(rf.get("/"), RequestDataTooBig()).status_code == 413
    assert errors.bad_request(rf.get("/"), ValueError()).status_code == 400


def test_a_sentence_given_with_the_refusal_is_shown_escaped(rf: RequestFactory) -> None:
    response = errors.permission_denied(rf.get("/"), PermissionDenied("Chỉ <b>lãnh đạo</b>"))
    assert "Chỉ &lt;b&gt;lãnh đạo&lt;/b&gt;" in response.content.decode()


def test_the_lockout_of_sign_in_is_429(rf: RequestFactory) -> None:
    request = rf.post("/tai-khoan/login/")
    assert errors.too_many_requests(request, None, {"login": "a"}).status_code == 429
