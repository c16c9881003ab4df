from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Unit
from dongthuan.front.api.tests.conftest import CODE, Door

SUBMIT = "/api/v1/submissions"
GOOD = {"place": "21439", "text": "Đèn đường ở ngã ba đã hỏng một tuần nay."}
STEP = f"/api/v1/matters/{CODE}/steps/register"


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"] and body["detail"] and body["type"]
    assert "Traceback" not in response.content.decode()
    return body


def errors(response: Any) -> dict[str, str]:
    return {e["field"]: e["detail"] for e in problem(response, 422)["errors"]}


@pytest.mark.parametrize(
    ("change", "field", "detail"),
    [
        ({"text": 5}, "text", "This must be a text."),
        ({"text": "ngắn"}, "text", "This needs at least 10 characters."),
        ({"text": "x" * 20_001}, "text", "This may have at most 20000 characters."),
        ({"text": "          .  "}, "text", "Write what it is about, in at least ten letters."),
        ({"place": "khong-co"}, "place", "There is no unit with the code “khong-co”."),
        ({"people_count": "3"}, "people_count", "This must be a whole number."),
        ({"people_count": 0}, "people_count", "This must be at least 1."),
        ({"people_count": 10**30}, "people_count", "This must be at most 100000."),
        ({"people_count": True}, "people_count", "This must be a whole number."),
        ({"received_at": "2026-01-01"}, "received_at", "This field is not known here."),
        ({"sender": {"phone": "12"}}, "sender",
         "The telephone number is not valid in Viet Nam; check the digits."),
        ({"sender": {"ten": "x"}}, "sender.ten", "This field is not known here."),
        ({"sender": "ai đó"}, "sender", "This must be an object with named fields."),
        ({"attachments": "x"}, "attachments", "This must be a list."),
        ({"attachments": ["x"] * 11}, "attachments", "This list may hold at most 10 items."),
        ({"attachments": ["gia-mao"]}, "attachments",
         "The files were sent too long ago; please choose them again."),
        ({"declared": "khac"}, "declared",
         "This must be one of: '', 'complaint', 'denunciation', 'recommendation', 'feedback', "
         "'field'."),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_and_nothing_is_saved(
    ward: Unit, anyone: Door, change: dict[str, Any], field: str, detail: str
) -> None:
    assert errors(anyone.send(SUBMIT, {**GOOD, **change})) == {field: detail}
    assert not Matter.objects.exists()


def test_a_place_that_has_ended_points_to_its_successors(ward: Unit, anyone: Door) -> None:
    found = errors(anyone.send(SUBMIT, {**GOOD, "place": "534"}))
    assert found == {
        "place": "Thị xã Đức Phổ is no longer in force; see its successors at /units/534."
    }


def test_a_missing_body_names_what_is_missing(db: None, anyone: Door) -> None:
    assert errors(anyone.send(SUBMIT, {})) == {
        "text": "This field is required.",
        "place": "This field is required.",
    }


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b'{"text": NaN}',
        b'{"text": "a", "text": "b"}',
        b"[" * 100_000,
        b'{"people_count": ' + b"9" * 5000 + b"}",
        b'{"text": "\\u0000"}',
        b'{"text": "\\ud800 ......................"}',
        b'{"text": "\xff\xfe"}',
        b"\x00",
    ],
)
def test_what_is_not_clean_json_is_refused(db: None, anyone: Door, raw: bytes) -> None:
    problem(anyone.post(SUBMIT, raw, content_type="application/json"), 400)


@pytest.mark.parametrize("raw", [b"[]", b'"chu"', b"5", b"null", b"true"])
def test_a_body_that_is_no_object_is_refused(db: None, anyone: Door, raw: bytes) -> None:
    problem(anyone.post(SUBMIT, raw, content_type="application/json"), 422)


@pytest.mark.parametrize("size", [2_200_000, 20_000_000])
def test_a_body_that_is_too_large_is_refused(db: None, anyone: Door, size: int) -> None:
    body = b'{"text": "' + b"a" * size + b'"}'
    problem(anyone.post(SUBMIT, body, content_type="application/json"), 413)


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/xml", "application/x-www-form-urlencoded", "", "x/y",
     "application/json-patch+json"],
)  # fmt: skip
def test_another_type_of_body_is_refused(db: None, anyone: Door, media_type: str) -> None:
    response = anyone.post(SUBMIT, b"text=a", content_type=media_type)
    assert problem(response, 415)["detail"] == "Send the body as application/json."


def test_a_form_where_json_is_wanted_is_refused(db: None, anyone: Door) -> None:
    problem(anyone.post(SUBMIT, {"text": "x"}), 415)


def test_json_where_a_file_is_wanted_is_refused(db: None, anyone: Door) -> None:
    response = anyone.send("/api/v1/uploads", {"file": "x"})
    assert problem(response, 415)["detail"] == "Send the body as multipart/form-data."


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_other_methods_are_refused_with_those_offered(db: None, anyone: Door, method: str) -> None:
    response = getattr(anyone, method)(SUBMIT)
    problem(response, 405)
    assert response.headers["Allow"] == "OPTIONS, POST"
    listed = getattr(anyone, method)("/api/v1/units")
    problem(listed, 405)
    assert listed.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_options_tells_the_methods(db: None, anyone: Door) -> None:
    response = anyone.options("/api/v1/rules")
    assert (response.status_code, response.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert "Access-Control-Allow-Origin" not in response.headers


def test_head_answers_as_get_without_a_body(ward: Unit, anyone: Door) -> None:
    got, head = anyone.get("/api/v1/units/21439"), anyone.head("/api/v1/units/21439")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == got.headers["ETag"]


@pytest.mark.parametrize(
    "path", ["/api/v1/khong-co", "/api/v2/units", "/api/x", "/api/v1/units/a/b"]
)
def test_unknown_addresses_are_problems(db: None, anyone: Door, path: str) -> None:
    problem(anyone.get(path), 404)


@pytest.mark.parametrize(
    "token", ["", "Bearer", "Bearer dt_sai", "Basic abc", "dt_sai", "Bearer é"]
)
def test_a_bad_token_is_refused_everywhere(ward: Unit, token: str) -> None:
    door = Client(headers={"Authorization": token})
    for path in ("/api/v1/matters", f"/api/v1/matters/{CODE}"):
        response = door.get(path)
        problem(response, 401)
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    if token:
        problem(door.post(SUBMIT, GOOD, content_type="application/json"), 401)
        assert not Matter.objects.exists()


def test_a_session_does_not_open_the_api(light: Matter) -> None:
    from dongthuan.core.people.models import Account

    door = Client()
    door.force_login(
        Account.objects.get(pk=9001), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    problem(door.get("/api/v1/matters"), 401)


def test_an_expired_token_is_refused(light: Matter) -> None:
    from dongthuan.core.people.models import ApiToken

    ApiToken.objects.update(expires_at=light.opened_at)
    problem(Door("21439-intake").get("/api/v1/matters"), 401)


def test_a_token_without_a_position_opens_nothing(light: Matter) -> None:
    from dongthuan.core.people.models import Appointment

    Appointment.objects.filter(account_id=9001).update(valid_to="2026-08-27")
    problem(Door("21439-intake").get("/api/v1/matters"), 403)


def test_the_administrator_sees_nothing(light: Matter) -> None:
    door = Door("21439-admin")
    assert door.get("/api/v1/matters").json() == {"items": [], "next": None}
    problem(door.get(f"/api/v1/matters/{CODE}"), 404)


def test_a_stale_version_tells_who_did_what(light: Matter, intake: Door, head: Door) -> None:
    body = {"version": 1, "data": {"title": "Đèn đường hỏng", "topic": "construction"}}
    assert intake.send(STEP, body).status_code == 200
    late = problem(head.send(STEP, {"version": 1, "data": {}}), 409)
    assert late["detail"] == (
        "Công chức tiếp công dân, tiếp nhận đơn, UBND phường Đức Phổ has just done"
        " “Enter in the register” on this matter; look at it again before you go on."
    )


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({}, {"data.title": "This field is required.", "data.topic": "This field is required."}),
        ({"title": ["x"], "topic": "land"}, {"data.title": "This must be a text."}),
        ({"title": "x", "topic": True}, {"data.topic": "This must be a text."}),
        ({"title": "x", "topic": "land", "la": "x"},
         {"data.la": "This step does not ask for “la”."}),
        ({"title": "x" * 201, "topic": "land"},
         {"data.title": "Ensure this value has at most 200 characters (it has 201)."}),
        ({"title": "x", "topic": "khac"},
         {"data.topic": "Select a valid choice. khac is not one of the available choices."}),
    ],
)  # fmt: skip
def test_wrong_answers_are_named(
    light: Matter, intake: Door, data: dict[str, Any], found: dict[str, str]
) -> None:
    assert errors(intake.send(STEP, {"version": 1, "data": data})) == found
    light.refresh_from_db()
    assert (light.state, light.version) == ("received", 1)


def test_a_step_that_is_not_open_now_is_refused(light: Matter, intake: Door) -> None:
    refused = intake.send(f"/api/v1/matters/{CODE}/steps/classify", {"version": 1})
    detail = "“Classify by content” cannot be done while the matter is “newly received”."
    assert problem(refused, 422)["detail"] == detail


def test_a_step_that_does_not_exist_is_not_found(light: Matter, intake: Door) -> None:
    problem(intake.send(f"/api/v1/matters/{CODE}/steps/khong-co", {"version": 1}), 404)


def test_a_partner_reads_but_does_not_act(light: Matter, intake: Door) -> None:
    Matter.objects.update(level=1)
    front = Door("21439-front")
    shown = front.get(f"/api/v1/matters/{CODE}").json()
    assert (shown["audience"], shown["steps"], shown["submissions"]) == ("petitioner", [], [])
    problem(front.send(STEP, {"version": 1, "data": {}}), 403)
    problem(front.send(f"/api/v1/matters/{CODE}/notes", {"text": "x"}), 403)
    problem(front.send(f"/api/v1/matters/{CODE}/assign", {"account": 9002}), 403)


def test_somebody_without_a_position_there_cannot_be_assigned(light: Matter, head: Door) -> None:
    assign = f"/api/v1/matters/{CODE}/assign"
    assert errors(head.send(assign, {"account": 9007})) == {
        "account": "Whom you chose holds no position today in the unit that owes this matter."
    }
    assert errors(head.send(assign, {"account": 404_404})) == {
        "account": "Choose one of those listed under “assignable”."
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("cursor=x", "cursor"), ("cursor=2026-99-99_1", "cursor"),
        ("cursor=_" + "9" * 19, "cursor"),
        ("view=khac", "view"), ("knd=complaint", "knd"), ("kind=" + "x" * 31, "kind"),
    ],
)  # fmt: skip
def test_wrong_parameters_are_named(light: Matter, intake: Door, query: str, field: str) -> None:
    assert list(errors(intake.get(f"/api/v1/matters?{query}"))) == [field]


def test_our_own_fault_is_told_without_its_insides(light: Matter) -> None:
    door = Door(raise_request_exception=False)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE matters_projection RENAME TO matters_gone")
    told = problem(door.get(f"{SUBMIT}/{CODE}"), 500)
    assert "matters_projection" not in str(told)


def test_sentences_are_vietnamese_unless_english_is_asked_for(db: None) -> None:
    response = Client().get("/api/v1/calendar/1990")
    assert response.headers["Content-Language"] == "vi"
    assert "năm" in problem(response, 404)["detail"]
