from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from dongthuan.front.desk.tests.conftest import rows_kept

PATHS = (
    "/ban-lam-viec/vao-so/", "/ban-lam-viec/giao-viec/", "/ban-lam-viec/luu-bo-loc/",
    "/ban-lam-viec/vu-viec/{code}/ghi-chu/", "/ban-lam-viec/vu-viec/{code}/giao/",
    "/ban-lam-viec/vu-viec/{code}/register/",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_post_from_elsewhere_changes_nothing(
    people: Any, submit: Any, settings: Any, path: str
) -> None:
    settings.OFFICIALS_NEED_MFA = False
    matter = submit().matter
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(people.accounts["head"], backend=django_settings.AUTHENTICATION_BACKENDS[1])
    before = rows_kept()
    data = {
        "version": 1, "title": "Cống", "topic": "order", "text": "Ghi chú từ nơi khác.",
        "account": people.accounts["handler"].pk, "matter": matter.pk, "name": "x", "query": "",
    }  # fmt: skip
    answer = client.post(path.format(code=matter.code), data)
    assert answer.status_code == 403
    assert answer.content.decode().count("<h1") == 1
    assert rows_kept() == before
    matter.refresh_from_db()
    assert (matter.version, matter.handler_id) == (1, None)


def test_with_the_token_of_the_page_it_is_done(people: Any, submit: Any, settings: Any) -> None:
    settings.OFFICIALS_NEED_MFA = False
    matter = submit().matter
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.accounts["head"], backend=django_settings.AUTHENTICATION_BACKENDS[1])
    page = client.get(f"/ban-lam-viec/vu-viec/{matter.code}/")
    token = str(page.context["csrf_token"])
    done = client.post(
        f"/ban-lam-viec/vu-viec/{matter.code}/ghi-chu/",
        {"text": "Đã gọi điện.", "csrfmiddlewaretoken": token},
    )
    assert done.status_code == 302
