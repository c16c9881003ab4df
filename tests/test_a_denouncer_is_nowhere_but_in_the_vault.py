"""Marked words of a denouncer, looked for in everything that the system writes.

They come by every way: the sealed door, its thread, the counter, a petition that turns out to be
a denunciation; officials repeat them in messages, notes and the reasons of steps. Then every table
outside the vault, every file, log, page, address, cookie, list and error is searched for them.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from dongthuan.core.matters.models import Entry, EntryPayload, Matter, Projection, Submission
from dongthuan.core.outbox.models import Message
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.models import Citizen
from dongthuan.core.people.services import token_create
from dongthuan.work.denunciations import vault

NAME, PHONE, EMAIL, WORD = "Vết Tên Kín", "0905888777", "vetkin@vidu.vn", "vếtnộidungkín"
FILE = "vettepkin.txt"
MARKS = (
    NAME, PHONE, EMAIL, WORD, FILE, "vetnoidungkin", "vet ten kin", "%E1%BA%BFtn",
    "V%E1%BA%BFt+T%C3%AAn", NAME.encode().hex(), WORD.encode().hex(),
    json.dumps(WORD)[1:-1], json.dumps(NAME)[1:-1],
)  # fmt: skip
PASSPHRASE = "mat-khau-kho-thu"
D = "/ban-lam-viec/"
FORM = {
    "unit": "21439", "whom": f"Ông Bị, {WORD}", "text": f"Ông Bị nhận tiền: {WORD}.",
    "when": WORD, "where": WORD, "evidence": WORD, "name": NAME, "phone": PHONE, "email": EMAIL,
    "address": f"Nhà của {NAME}", "protection": WORD,
}  # fmt: skip


def marks_in(text: str) -> list[str]:
    return [mark for mark in MARKS if mark.casefold() in text.casefold()]


def body_of(answer: Any) -> str:
    return (b"".join(answer) if answer.streaming else answer.content).decode("utf-8", "replace")


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile(FILE, f"{WORD} trong tệp".encode())


def field(answer: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', body_of(answer))
    assert found, body_of(answer)[-2000:]
    return found[1]


class Lived:
    """What happened, for the searches: matters, digits, addresses and cookies."""

    def __init__(self) -> None:
        self.matters: list[Matter] = []
        self.digits: list[str] = []
        self.said: list[str] = []  # addresses, headers, cookies

    def heard(self, client: Client, answer: Any) -> Any:
        self.said += [f"{name}: {value}" for name, value in answer.headers.items()]
        self.said += [cookie.OutputString() for cookie in client.cookies.values()]
        return answer


class Heard(logging.Handler):
    """Everything that any logger says, as an operator sees it with LOG_LEVEL=DEBUG, and more:
    every statement that goes to the database."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    handler = Heard()
    root, statements = logging.getLogger(), logging.getLogger("django.db.backends")
    monkeypatch.setattr(root, "level", logging.DEBUG)
    statements.setLevel(logging.DEBUG)
    root.addHandler(handler)
    connection.force_debug_cursor = True
    yield handler
    connection.force_debug_cursor = False
    statements.setLevel(logging.NOTSET)
    root.removeHandler(handler)


@pytest.fixture
def lived(
    vault_keys: Any,
    walk: Any,
    signed_in: Callable[[str], Client],
    heard: Heard,
    django_capture_on_commit_callbacks: Any,
    settings: Any,
    tmp_path: Path,
) -> Lived:
    settings.MEDIA_ROOT = tmp_path / "files"
    known = Lived()
    _by_the_sealed_door(known)
    _at_the_counter(known, signed_in("intake"))
    for matter in list(Matter.objects.order_by("id")):
        _worked_on(known, matter, signed_in("sealed"))
    connection.force_debug_cursor = False  # a petition lies open until somebody has read it
    with django_capture_on_commit_callbacks(execute=True):  # files go when the change is kept
        _out_of_a_petition(walk)
    known.matters = list(Matter.objects.order_by("id"))
    assert len(known.matters) == 3
    return known


def _by_the_sealed_door(known: Lived) -> None:
    visitor = Client(raise_request_exception=False)
    token = field(visitor.get("/to-cao/"), "form_token")
    known.heard(visitor, visitor.post("/to-cao/", FORM | {"form_token": token, "text": "ngắn"}))
    answer = visitor.post("/to-cao/", FORM | {"form_token": token, "papers": paper()})
    known.heard(visitor, answer)
    digits = re.search(r"\d{4} \d{4} \d{4} \d{4}", body_of(answer))
    assert digits
    known.digits.append(digits[0])
    there = known.heard(visitor, visitor.post("/to-cao/tro-lai/", {"digits": digits[0]}))
    words = {"handle": field(there, "handle"), "sort": "reply", "text": f"{NAME}: {WORD}"}
    back = visitor.post("/to-cao/tro-lai/", words | {"once": "a" * 43, "papers": paper()})
    assert back.status_code == 200
    known.heard(visitor, back)


def _at_the_counter(known: Lived, clerk: Client) -> None:
    token = field(clerk.get(f"{D}to-cao/"), "form_token")
    form = FORM | {"form_token": token, "channel": "post", "papers": paper()}
    answer = known.heard(clerk, clerk.post(f"{D}to-cao/", form))
    digits = re.search(r"\d{4} \d{4} \d{4} \d{4}", body_of(answer))
    assert digits, body_of(answer)[-2000:]
    known.digits.append(digits[0])


def _worked_on(known: Lived, matter: Matter, official: Client) -> None:
    """Everything that an official may write, with the marked words in it."""
    there, kho = f"{D}vu-viec/{matter.code}/", f"{D}kho-kin/{matter.code}/"
    opened = official.post(kho, {"reason": "kiểm tra ban đầu", "passphrase": PASSPHRASE})
    assert NAME in body_of(opened)
    known.heard(official, opened)
    for address, data in (
        (kho, {"reason": f"đơn của {NAME}", "passphrase": PASSPHRASE}),
        (kho, {"reason": "kiểm tra", "passphrase": f"{WORD} sai mật khẩu"}),
        (f"{kho}nhan/", {"text": f"Chào {NAME}: {WORD}?", "once": "1"}),
        (f"{kho}them-tep/", {"papers": paper()}),
        (f"{kho}tep/", {"handle": field(opened, "handle")}),
        (f"{there}ghi-chu/", {"text": f"Gặp {NAME}, {PHONE}: {WORD}."}),
        (f"{there}ghi-chu/", {"text": f"Kính gửi {NAME}: {WORD}.", "to_petitioner": "on"}),
        (
            f"{there}register/",
            {"version": matter.version, "respondents": f"Ông Bị ({WORD})", "who": ["other"]},
        ),
    ):
        known.heard(official, official.post(address, data))
    for address in (there, f"{D}?view=all&q=nhan+tien", f"{D}?view=sealed"):
        official.get(address)


def _out_of_a_petition(walk: Any) -> None:
    """Sent by the open door as a petition, with a file; found to be a denunciation."""
    visitor = Client(raise_request_exception=False)
    sent = {
        "step": "who", "go": "send", "text": f"Tôi xin trình bày {WORD} như sau.",
        "commune": "21439", "place_text": WORD[:20], "name": NAME, "address": f"Nhà của {NAME}",
        "phone": PHONE, "email": EMAIL, "declared": "", "form_token": "mot-bieu-mau-khac-0001",
    }  # fmt: skip
    step = visitor.post("/gui/", {**sent, "step": "what", "go": "upload", "papers": paper()})
    answer = visitor.post("/gui/", {**sent, "file": field(step, "file")})
    assert answer.status_code == 302, body_of(answer)[-2000:]
    matter = Matter.objects.latest("id")
    walk(matter, "register", register={"title": f"Đơn của {NAME}", "topic": "construction"})
    walk(matter, "classify", classify={"kind": "denunciation", "remark": WORD})
    matter.refresh_from_db()
    assert matter.kind == "denunciation" and matter.is_sealed


# -- the searches ---------------------------------------------------------------------------------


def test_no_table_outside_the_vault_holds_it(lived: Lived) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables"
            " WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'vault')"
            " AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                text = b"".join(bytes(block) for block in copy).decode("utf-8", "replace")
            assert not marks_in(text), (table, [m for m in MARKS if m in text])
            for digits in lived.digits:
                assert digits not in text and digits.replace(" ", "") not in text, table


def test_the_open_part_of_the_record_is_empty_of_it(lived: Lived) -> None:
    numbers = [matter.pk for matter in lived.matters]
    assert not EntryPayload.objects.filter(entry__matter__in=numbers).exists()
    assert not Projection.objects.filter(pk__in=numbers).exists()
    assert not Citizen.objects.exists()
    assert not Attachment.objects.exclude(file="").exists()
    for submission in Submission.objects.all():
        assert (submission.text, submission.fingerprints, submission.citizen_id) == ("", [], None)
    for matter in lived.matters:
        assert (matter.title, matter.search_text) == ("Đơn tố cáo", "")
    assert Entry.objects.filter(act="vault.opened").count() == 2


def test_no_file_on_the_disk_holds_it(lived: Lived) -> None:
    for folder in (Path(str(django_settings.MEDIA_ROOT)),):
        for path in folder.rglob("*") if folder.exists() else ():
            if path.is_file():
                assert not marks_in(path.read_bytes().decode("utf-8", "replace")), path
                assert not marks_in(path.name)


def test_no_log_says_it(lived: Lived, heard: Heard) -> None:
    assert heard.text
    assert not marks_in(heard.text)
    for digits in lived.digits:
        assert digits not in heard.text and digits.replace(" ", "") not in heard.text
    assert PASSPHRASE not in heard.text


def test_no_address_header_or_cookie_says_it(lived: Lived) -> None:
    assert lived.said
    text = "\n".join(lived.said)
    # The name of a file that is taken out goes to the official who takes it, with the file.
    text = "\n".join(line for line in lived.said if not line.startswith("Content-Disposition"))
    assert not marks_in(text)
    for digits in lived.digits:
        assert digits not in text and digits.replace(" ", "") not in text


def test_no_session_and_no_job_carries_it(lived: Lived) -> None:
    for session in Session.objects.all():
        assert not marks_in(json.dumps(session.get_decoded(), ensure_ascii=False))
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text, queueing_lock FROM procrastinate_jobs")
        assert not marks_in(str(cursor.fetchall()))


def test_no_letter_leaves_about_it(lived: Lived, deliver: Callable[[], list[Any]]) -> None:
    """That a petition came was told before anybody knew what it was; that letter is withdrawn."""
    for mail in deliver():
        assert not marks_in(mail.as_string())
    codes = [matter.code for matter in lived.matters]
    assert not Message.objects.filter(about__in=codes).exclude(state="cancelled").exists()


PUBLIC = (
    "/", "/so-lieu/", "/don-vi/", "/don-vi/21439/", "/don-vi/21439/so-lieu.csv", "/tra-cuu/",
    "/tra-cuu/?q=nhan tien", "/api/v1/matters", "/api/v1/",
)  # fmt: skip


def test_no_public_page_shows_it(lived: Lived) -> None:
    pages = [*PUBLIC, *(f"/tra-cuu/{matter.code}/" for matter in lived.matters)]
    for address in pages:
        shown = body_of(Client(raise_request_exception=False).get(address))
        assert not marks_in(shown), address


def test_no_list_page_or_export_of_any_official_shows_it(
    lived: Lived, signed_in: Callable[[str], Client]
) -> None:
    pages = ["", "?view=all", "?view=sealed", "?view=replied", "?view=unit&q=nhan+tien"]
    pages += ["xuat/?view=all", "xuat/?view=sealed", "kho-kin/", "kho-kin/so-mo/"]
    pages += [f"vu-viec/{matter.code}/" for matter in lived.matters]
    pages += [f"kho-kin/{matter.code}/" for matter in lived.matters]
    for name in ("head", "sealed", "inspector", "front", "intake", "admin"):
        client = signed_in(name)
        for page in pages:
            assert not marks_in(body_of(client.get(f"{D}{page}"))), (name, page)


def test_the_api_says_nothing_of_it_even_to_the_designated(lived: Lived, vault_keys: Any) -> None:
    token = token_create(account=vault_keys.accounts["sealed"], label="thử")
    for matter in lived.matters:
        for address in (f"/api/v1/matters/{matter.code}", "/api/v1/matters?view=sealed"):
            answer = Client().get(address, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 200
            assert not marks_in(body_of(answer))


def test_no_error_page_and_no_log_of_an_error_repeats_it(
    vault_keys: Any,
    heard: Heard,
    signed_in: Callable[[str], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visitor = Client(raise_request_exception=False)
    token = field(visitor.get("/to-cao/"), "form_token")
    official = signed_in("intake")
    answers = [
        Client(enforce_csrf_checks=True).post("/to-cao/", FORM),
        visitor.post("/to-cao/", FORM | {"name": f"{NAME}\0"}),
        visitor.post("/to-cao/", {f"{NAME}{n}": PHONE for n in range(500)}),
        visitor.put("/to-cao/", WORD),
        visitor.post(f"/to-cao/{WORD.encode().hex()[:0]}khong-co/", FORM),
        official.post(f"{D}kho-kin/21439-26-999999/", {"reason": WORD, "passphrase": NAME}),
    ]
    assert [a.status_code for a in answers] == [403, 400, 413, 405, 404, 404]
    with connection.cursor() as cursor:  # the database fails in the middle of the sealing
        cursor.execute("ALTER TABLE vault.item RENAME TO item_away")
    answers.append(visitor.post("/to-cao/", FORM | {"form_token": token}))
    assert answers[-1].status_code == 500
    for answer in answers:
        assert not marks_in(body_of(answer))
    assert not marks_in(heard.text)
    assert not Matter.objects.exists()


def test_the_earlier_receipt_of_the_petition_still_opens_the_thread(
    vault_keys: Any, submit: Any, walk: Any
) -> None:
    receipt = submit(f"Tôi xin trình bày {WORD} như sau, về một cán bộ.")
    walk(receipt.matter, "register")
    walk(receipt.matter, "classify", classify={"kind": "denunciation"})
    matter = Matter.objects.get()
    vault.vault_message(acting=vault_keys.sealed, matter=matter, text="Xin cho biết thêm.")
    page = Client().post("/tra-cuu/", {"code": receipt.code, "secret": receipt.secret})
    assert page.status_code == 200
    assert "Xin cho biết thêm." in body_of(page)
    assert WORD not in body_of(page)
    assert "no-store" in page["Cache-Control"]
