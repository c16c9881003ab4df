"""Over a real SMTP server on loopback: one message leaves, nothing stays, nobody is flooded."""

from __future__ import annotations

from email.header import decode_header, make_header
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from dongthuan.core.outbox.models import Message
from dongthuan.core.people.models import Bucket
from dongthuan.work.news.tests.conftest import TITLE

FRIEND = "ban.hien@example.vn"


def send(code: str, **given: str) -> Any:
    return Client().post(f"/tin/{code}/gui-ban/", {"to": FRIEND, "name": ""} | given)


def test_one_message_leaves_with_title_and_address(published: Any, by_smtp: Any) -> None:
    article = published()
    page = send(article.code, name="Cô Hai")
    assert (page.status_code, page["Location"]) == (302, f"/tin/{article.code}/gui-ban/?da-gui=1")
    (mail,) = by_smtp.arrived
    assert mail["To"] == FRIEND
    assert str(make_header(decode_header(mail["Subject"]))) == TITLE
    text = mail.get_payload(decode=True).decode()
    assert f"/tin/{article.code}/" in text
    assert "Cô Hai" in text


def test_nothing_of_it_is_kept(published: Any, by_smtp: Any) -> None:
    article = published()
    send(article.code, name="Cô Hai")
    assert by_smtp.arrived
    assert not Message.objects.exists()
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            rows = str(list(model._base_manager.values_list()[:500]))
            assert FRIEND not in rows, model
            assert "Cô Hai" not in rows, model
    assert Bucket.objects.count() == 2  # of the sender's connection and of the friend, hashed


@pytest.mark.parametrize(
    ("given", "field"),
    [({"to": "khong-phai"}, "to"), ({"to": "a@example.vn\nBcc: b@example.vn"}, "to"),
     ({"name": "Mua ngay http://x.vn"}, "name"), ({"name": "Gọi 0905123456"}, "name"),
     ({"name": "x" * 41}, "name")],
)  # fmt: skip
def test_what_could_be_misused_is_refused(
    published: Any,
    by_smtp: Any,
    given: dict[str, str],
    field: str,
) -> None:
    page = send(published().code, **given)
    assert page.status_code == 422
    assert f'id="id_{field}"' in page.content.decode()
    assert by_smtp.arrived == []


def test_nobody_is_flooded(published: Any, by_smtp: Any) -> None:
    code = published().code
    assert [send(code).status_code for _time in range(4)] == [302, 302, 302, 422]
    assert len(by_smtp.arrived) == 3
    assert send(code, to="khac@example.vn").status_code == 302
    assert send(code, to="nua@example.vn").status_code == 429


def test_a_mailbox_is_one_however_it_is_spelt(published: Any, by_smtp: Any) -> None:
    code = published().code
    spelt = [FRIEND, "Ban.Hien+1@example.vn", "ban.hien+2@example.vn", "ban.hien+3@example.vn"]
    assert [send(code, to=to).status_code for to in spelt] == [302, 302, 302, 422]


def test_a_server_that_is_not_there_is_said(published: Any, by_smtp: Any, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    page = send(published().code)
    assert page.status_code == 422
    assert "chưa gửi được" in page.content.decode().lower() or "could not" in page.content.decode()


def test_without_a_mail_server_it_is_not_offered(published: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    article = published()
    assert send(article.code).status_code == 404
    assert "gui-ban" not in Client().get(f"/tin/{article.code}/").content.decode()
