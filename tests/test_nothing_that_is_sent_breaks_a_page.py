"""Every address of the system, found in its own table of addresses, against the corpus.

Never a fault of ours (5xx), always a page in the reader's language with a sentence on it, and
not one row more or less in the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from dongthuan.core.papers.models import Attachment
from dongthuan.work.denunciations.vault.tables import rows
from tests.corpus import JSON_BODIES, VALUES, polyglot, some_of, turn_of, uploads

FIELDS = (
    "text", "code", "secret", "ma", "q", "after", "view", "kind", "unit", "topic", "state", "place",
    "commune", "village", "place_text", "name", "address", "phone", "email", "login", "password",
    "id_number", "people_count", "written_on", "received_on", "form_token", "version", "account",
    "matter", "title", "query", "step", "go", "declared", "find", "key", "token", "files", "kept",
    "from", "to", "on", "next", "code1", "dang", "limit", "cursor", "language", "lang",
    "about", "agenda", "amount", "attendees", "basis_vi", "booking", "capacity", "case_count",
    "codes", "conclusion", "content", "counted", "days", "digits", "document", "don", "evidence",
    "ground", "handle", "month", "months", "note", "once", "others", "outcome", "passphrase",
    "position", "reason", "reception", "representatives", "revision", "rule", "score", "sort", "so",
    "choice", "item", "lines", "proposal", "tim", "xem",
    "tu", "trang", "type", "valid_from", "venue", "visit", "weekdays", "when", "whom",
    "by", "channel", "content_type", "decided_on", "expected_on", "full_names", "item", "muc",
    "nam", "officer", "period", "places", "purpose", "quy", "reference", "seen", "sheet",
    "started_on", "summary", "symbol", "xem",
    "agree", "answer", "answer_by", "band", "ban", "by_proxy", "choices", "cluster", "count",
    "disagree", "doan", "explanation", "file", "form", "form_token", "forms", "heard_on", "held_on",
    "hold", "invited", "item", "notice", "notified_on", "number", "only_if", "opinion", "other",
    "people", "present", "purpose", "q1", "remove", "required", "roi", "sex", "show_if", "source",
    "statement", "superior", "taken_on", "villages", "wish", "xem",
    "born", "channel", "grounds", "held_on", "item", "number", "numbers", "post", "renew",
    "requested_by", "seats", "section", "signed_on", "sure", "xem",
    "approval", "approved_on", "batch", "boundary", "component", "consent", "display", "donor",
    "ends_on", "form", "household", "level_amount", "loai", "measure", "older", "paid_ref", "payer",
    "price", "project", "purpose", "quantity", "sau", "sheet", "starts_on", "supplier", "thon",
    "treasurer", "voluntary", "xem",
    "words", "into", "thang", "tai", "theme", "host", "groups", "partners", "units", "invitations",
    "due_on",
    "matters", "turns", "area", "areas", "group", "leaving", "tasks", "positions", "bodies", "what",
    "addressee", "body", "commune", "critic", "drafter", "due_on", "grounds", "ids", "ky",
    "meeting", "meeting_on", "points", "serves", "session_on", "submits_on", "taken_1", "verdict",
    "what", "content_0", "to_0", "leave_0",
    "noi", "thang", "den", "chieu", "ly_do", "chu_de", "ngay",
    "gd", "tre", "stage", "late", "raised_by", "responsible", "villages", "money_state", "remark",
    "abstract", "assessment", "co_quan", "copies", "count", "facts", "go", "is_public", "keys",
    "learnt_on", "lines-0-days", "lines-0-due_on", "lines-0-lists", "lines-0-units", "lines-0-what",
    "loai", "muc", "receiver", "receivers", "serves", "signed_on", "signer_title",
    "alt", "appraise_until", "at", "body", "caption", "cycle", "field", "goal", "lead", "mau",
    "midyear_until", "registrant", "register_until", "result", "seat", "target1", "thang", "what1",
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"
PART = 12  # each value meets a twelfth of the addresses, and each address some of the values
ARGUMENTS = {
    "code": "{code}", "handle": "00000000-0000-4000-8000-000000000000", "duty_id": "1",
    "filter_id": "1", "step_name": "register", "key": "x-y", "uidb36": "1", "pk": "1",
    "paper": "00000000-0000-4000-8000-000000000000", "uuid": "00000000-0000-4000-8000-000000000000",
    "year": "2026", "rule": "xld.process", "step": "register",
}  # fmt: skip


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, path)
        elif isinstance(entry, URLPattern):
            yield path


def addresses() -> list[str]:
    """Every address of the project with something plausible for its arguments."""
    found = set()
    for pattern in _patterns(get_resolver()):
        path = re.sub(r"\(\?P<(\w+)>[^)]*(?:\)[^)]*)?\)", r"<\1>", pattern)
        path = re.sub(r"\\Z|[\^$\\]", "", path)
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: ARGUMENTS.get(m[1], "1"), path)
        found.add("/" + path.lstrip("/"))
    return sorted(found)


ADDRESSES = addresses()
DESK = [address for address in ADDRESSES if address.startswith("/ban-lam-viec/")]
# Free text that is rightly taken whatever it says; its field is left out there.
FREE = {"ghi-chu/": "text", "luu-bo-loc/": "name", "nguoi-ky/": "name"}
ROOMS = (
    "matters", "petitions", "denunciations", "receptions", "rulebook", "papers", "outbox",
    "disclosure", "decisions", "consultations", "supervision", "projects", "satisfaction",
    "dialogues",
    "hotspots",
    "recommendations",
    "directives", "notes",
    "emulation", "news",
    "reviews",
)  # fmt: skip


def kept() -> dict[str, list[Any]]:
    """All of the record: a refused request leaves not a trace in it."""
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values_list())
        for label in ROOMS
        for model in apps.get_app_config(label).get_models()
        if not model._meta.db_table.endswith("event")
    } | {"vault.item": rows("SELECT matter_id, seq FROM vault.item ORDER BY 1, 2", [])}


def check(answer: Any, what: str) -> None:
    assert answer.status_code < 500, f"{what}: {answer.status_code}"
    if answer.status_code < 400 or answer.status_code == 405:
        return
    body = b"".join(answer) if answer.streaming else answer.content
    if answer["Content-Type"].startswith("text/html"):
        page = body.decode()
        assert '<html lang="vi"' in page, what
        assert re.search(r"<h1[^>]*>\s*\S", page), what
        assert "Traceback" not in page, what
    elif "json" in answer["Content-Type"]:
        assert re.search(rb'"detail": ?"\S', body) or b'"errors"' in body, what


@pytest.fixture
def doors(people: Any, submit: Any, settings: Any, tmp_path: Any) -> tuple[list[Client], str]:
    """The browsers of a citizen and of a head, and the code of a matter both may ask for."""
    settings.OFFICIALS_NEED_MFA = False
    settings.MEDIA_ROOT = tmp_path / "files"
    official = Client(raise_request_exception=False)
    official.force_login(
        people.accounts["head"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return [Client(raise_request_exception=False), official], submit().code


def test_the_table_of_addresses_is_the_whole() -> None:
    assert len(ADDRESSES) > 60
    assert "/ban-lam-viec/vao-so/" in ADDRESSES
    assert "/gui/" in ADDRESSES
    assert any(path.startswith("/api/v1/submissions") for path in ADDRESSES)


@pytest.mark.parametrize("name", VALUES)
def test_a_value_in_the_address(doors: tuple[list[Client], str], name: str) -> None:
    clients, code = doors
    before = kept()
    query = "&".join(f"{field}={VALUES[name]}" for field in FIELDS)
    assert len(query) < 2_000_000
    for client, some in zip(clients, (ADDRESSES, DESK), strict=True):
        for address in some_of(some, turn_of(name) + 0, of=PART):
            check(client.get(f"{address.format(code=code)}?{query}"), f"{address} {name}")
    assert kept() == before


@pytest.mark.parametrize("name", VALUES)
def test_a_value_in_every_field_of_a_form(doors: tuple[list[Client], str], name: str) -> None:
    clients, code = doors
    before = kept()
    for client, some in zip(clients, (ADDRESSES, DESK), strict=True):
        for address in some_of(some, turn_of(name) + 2, of=PART):
            free = next((f for end, f in FREE.items() if address.endswith(end)), "")
            body = "&".join(f"{field}={VALUES[name]}" for field in FIELDS if field != free)
            answer = client.post(address.format(code=code), body, content_type=FORM)
            check(answer, f"{address} {name}")
    assert kept() == before


@pytest.mark.parametrize("name", VALUES)
def test_a_value_inside_the_path(doors: tuple[list[Client], str], name: str) -> None:
    """Where an address takes something, anything may stand."""
    clients, _code = doors
    before = kept()
    raw = unquote_to_bytes(VALUES[name]).decode("latin-1")
    for client in clients:
        for address in some_of(
            [one for one in ADDRESSES if "{code}" in one], turn_of(name) + 1, of=PART
        ):
            path = address.replace("{code}", raw)
            check(client.generic("GET", "/", PATH_INFO=path), f"{address} {name}")
    assert kept() == before


@pytest.mark.parametrize("name", JSON_BODIES)
def test_a_body_of_the_api(doors: tuple[list[Client], str], name: str) -> None:
    clients, code = doors
    before = kept()
    for address in ADDRESSES:
        if address.startswith("/api/"):
            answer = clients[0].post(
                address.format(code=code), JSON_BODIES[name], content_type="application/json"
            )
            check(answer, f"{address} {name}")
    assert kept() == before


@pytest.mark.parametrize("address", ["/gui/", "/ban-lam-viec/vao-so/", "/tai-khoan/login/"])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"text=" + b"x" * (20 * 2**20), FORM),
        (b"&".join(b"f%d=1" % n for n in range(10_000)), FORM),
        (b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx', "multipart/form-data"),
        (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
        (b"", "multipart/form-data; boundary=" + "b" * 300),
        (b"\xff\xfe\x00", "text/plain; charset=khong-co"),
    ],
    ids=["20 MB", "10,000 fields", "no boundary", "cut short", "long boundary", "strange type"],
)
def test_too_much_or_broken_is_told_plainly(
    doors: tuple[list[Client], str], address: str, body: bytes, kind: str
) -> None:
    before = kept()
    for client in doors[0]:
        answer = client.generic("POST", address, body, content_type=kind)
        check(answer, address)
        assert answer.status_code in (200, 302, 400, 403, 413, 422)
    assert kept() == before


@pytest.mark.parametrize("name", sorted(uploads()))
def test_a_file_that_must_not_come_in(doors: tuple[list[Client], str], name: str) -> None:
    (_citizen, official), code = doors
    before = kept()
    file_name, content = uploads()[name]
    for client, address, more in (
        (Client(raise_request_exception=False), "/gui/", {"step": "what", "text": "x" * 30}),
        (official, "/ban-lam-viec/vao-so/", {"text": "x" * 30}),
        (official, f"/ban-lam-viec/vu-viec/{code}/ghi-chu/", {"text": "Một ghi chú."}),
    ):
        data = {**more, "papers": SimpleUploadedFile(file_name, content)}
        answer = client.post(address, data)
        check(answer, f"{address} {name}")
        assert answer.status_code == 422, address
    answer = Client(raise_request_exception=False).post(
        "/api/v1/files", {"file": SimpleUploadedFile(file_name, content)}
    )
    check(answer, name)
    assert 400 <= answer.status_code < 500
    assert kept() == before


def test_what_hides_behind_a_picture_does_not_come_in_with_it(
    doors: tuple[list[Client], str],
) -> None:
    (_citizen, official), code = doors
    official.post(
        f"/ban-lam-viec/vu-viec/{code}/ghi-chu/",
        {"text": "Một ghi chú.", "papers": SimpleUploadedFile("anh.jpg", polyglot())},
    )
    stored = Attachment.objects.get()
    with stored.file.open("rb") as file:
        assert b"PK\x03\x04" not in file.read()
