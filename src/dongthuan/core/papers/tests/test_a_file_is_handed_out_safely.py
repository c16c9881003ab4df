from __future__ import annotations

from csp.middleware import CSPMiddleware
from django.http import HttpRequest

from dongthuan.core.papers.responses import attachment_response
from dongthuan.core.papers.services import attachment_remove
from dongthuan.core.papers.tests.conftest import docx, picture


def test_a_photo_may_be_shown_in_a_sandbox(store):
    photo = store("ảnh.jpg", picture())
    response = attachment_response(photo, inline_ok=True)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == "inline; filename*=utf-8''%E1%BA%A3nh.jpg"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Length"] == str(photo.size)
    assert b"".join(response.streaming_content) == photo.file.open("rb").read()


def test_a_photo_is_saved_when_showing_is_not_allowed(store):
    response = attachment_response(store("a.jpg", picture()), inline_ok=False)
    assert response["Content-Disposition"] == 'attachment; filename="a.jpg"'


def test_a_word_file_is_always_saved(store):
    response = attachment_response(store("đơn.docx", docx()), inline_ok=True)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_the_policy_of_the_site_does_not_replace_that_of_the_file(store):
    response = attachment_response(store("a.jpg", picture()), inline_ok=True)
    CSPMiddleware(lambda request: response).process_response(HttpRequest(), response)
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_removed_file_answers_that_it_is_gone(store):
    gone = attachment_remove(attachment=store("a.txt", b"x"), reason="Lộ thông tin người khác.")
    response = attachment_response(gone, inline_ok=True)
    assert (response.status_code, response.content.decode()) == (410, "Lộ thông tin người khác.")
