from __future__ import annotations

import json
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dongthuan.core.ui.middleware import refuse_unclean

pytestmark = pytest.mark.urls("dongthuan.core.ui.tests.urls")
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "%00=q",
        "q=ph%C3%B2ng%00",
        "q=%FF",
        "q=%ED%A0%80",
        "q=\xff",
        "q=%C3",
        "q=" + "a" * 8192,
        "&".join(f"a{n}=1" for n in range(500)),
    ],
)
def test_a_query_that_cannot_be_read_is_answered_with_400(client: Client, query: str) -> None:
    response = client.generic("GET", "/echo/", QUERY_STRING=query)
    assert response.status_code == 400
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize("path", ["/\x00", "/echo/\x00", "/\xff\xfe", "/\xed\xa0\x80/"])
def test_a_path_that_cannot_be_read_is_answered_with_400(client: Client, path: str) -> None:
    assert client.generic("GET", "/", PATH_INFO=path).status_code == 400


@pytest.mark.parametrize("cookie", ["sessionid=\xff", 'sessionid="\\000aaaaaaaaaaaa"', "a\x00b=c"])
def test_a_broken_cookie_is_refused_and_thrown_away(client: Client, cookie: str) -> None:
    response = client.generic("GET", "/", HTTP_COOKIE=cookie)
    assert response.status_code == 400
    assert response.headers["Clear-Site-Data"] == '"cookies"'


@pytest.mark.parametrize("body", ["a=%00", "%00=a", "a=%FF", "a=%ED%B0%80"])
def test_a_form_that_cannot_be_stored_is_refused(client: Client, body: str) -> None:
    assert client.generic("POST", "/echo/", body, content_type=FORM).status_code == 400


def test_a_form_with_files_is_looked_at_as_well(client: Client) -> None:
    assert client.post("/echo/", {"name": "a\x00b"}).status_code == 400
    assert client.post("/echo/", {"a\x00": "b"}).status_code == 400


def test_a_file_arrives_whole_after_the_check(client: Client) -> None:
    upload = SimpleUploadedFile("ảnh.txt", "Cống bị tắc".encode())
    response = client.post("/echo/", {"name": "Nguyễn Thị Mẫu", "file": upload})
    assert response.json() == {"name": "Nguyễn Thị Mẫu", "file": "Cống bị tắc"}


@pytest.mark.parametrize(
    "body", [rb'{"a": "\u0000"}', rb'{"\ud800": 1}', rb'[{"a": ["\uDFFF"]}]', b'{"a": "\xff"}']
)
def test_json_that_cannot_be_stored_is_refused_as_a_problem(client: Client, body: bytes) -> None:
    response = client.generic("POST", "/api/echo/", body, content_type="application/json")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["status"] == 400


def test_json_with_an_escaped_pair_is_accepted(client: Client) -> None:
    body = rb'{"a": "\ud83d\ude00"}'
    response = client.generic("POST", "/api/echo/", body, content_type="application/json")
    assert response.status_code == 200


def test_too_many_fields_are_told_as_too_large(client: Client) -> None:
    body = "&".join(f"a{n}=1" for n in range(500))
    assert client.generic("POST", "/echo/", body, content_type=FORM).status_code == 413


def test_a_body_over_the_limit_is_told_as_too_large(client: Client) -> None:
    body = "a=" + "x" * (2 * 1024 * 1024 + 1)
    assert client.generic("POST", "/echo/", body, content_type=FORM).status_code == 413


def test_a_multipart_body_without_an_end_is_refused(client: Client) -> None:
    kind = "multipart/form-data; boundary="
    assert client.generic("POST", "/echo/", b"--x", content_type=kind).status_code == 400


@pytest.mark.parametrize("query", ["q=C%E1%BB%91ng", "q=Cống", "q=%F0%9F%98%80", "q=a+b%20c", ""])
def test_what_can_be_read_passes(client: Client, query: str) -> None:
    raw = query.encode().decode("latin-1")
    assert client.generic("GET", "/echo/", QUERY_STRING=raw).status_code == 200


@given(st.binary(max_size=60))
def test_whatever_the_bytes_the_answer_is_200_or_400(raw: bytes) -> None:
    client = Client()
    query = "q=" + quote(raw, safe="")
    try:
        readable = "\x00" not in unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        readable = False
    response = client.generic("GET", "/echo/", QUERY_STRING=query)
    assert response.status_code == (200 if readable else 400)


@given(st.binary(max_size=60))
def test_whatever_the_body_the_answer_is_200_or_400(raw: bytes) -> None:
    for kind in (FORM, "multipart/form-data; boundary=x", "application/json"):
        response = Client().generic("POST", "/echo/", raw, content_type=kind)
        assert response.status_code in (200, 400)


def test_a_view_can_refuse_values_that_it_parsed_itself() -> None:
    values = QueryDict(mutable=True)
    values["name"] = "a\ud800"
    with pytest.raises(BadRequest):
        refuse_unclean(values)
    refuse_unclean(QueryDict("name=Nguyễn"))


def test_a_body_larger_than_any_form_is_refused_before_it_is_read(client, settings):
    settings.UPLOAD_MAX_BYTES, settings.UPLOAD_MAX_FILES = 1000, 2
    answer = client.post(
        "/giao-dien/", data=b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 3000),
        content_type="application/octet-stream",
    )  # fmt: skip
    assert answer.status_code == 413
