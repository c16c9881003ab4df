from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dongthuan.core.matters.duties import DUTY_COLUMNS, duty_pause, duty_resume
from dongthuan.core.matters.models import Duty, Projection

pytestmark = pytest.mark.django_db
PUBLIC = ("/", "/tra-cuu/", "/don-vi/", "/don-vi/21439/", "/so-lieu/", "/tra-cuu/?q=MATMARK")


def test_a_matter_shows_state_and_duties_but_no_text(submit: Any, english: Client) -> None:
    receipt = submit("Nội dung riêng MATMARK của tôi, không ai được đọc.")
    page = english.get(f"/tra-cuu/{receipt.code}/").content.decode()
    assert receipt.code in page
    assert f"{receipt.matter.next_due_on:%d/%m/%Y}" in page
    assert "MATMARK" not in page and "Nguyễn Thị Thử" not in page


def test_a_published_answer_is_read_by_all(submit: Any, walk: Any, english: Client) -> None:
    receipt = submit()
    walk(
        receipt.matter, "register", "classify", "examine", "accept", "DECIDE", "publish",
        publish={"public_title": "Nắp cống", "public_body": "Xin thay nắp cống",
                 "public_answer": "Đã thay nắp cống ngày hôm qua"},
    )  # fmt: skip
    page = english.get(f"/tra-cuu/{receipt.code}/").content.decode()
    assert "Đã thay nắp cống ngày hôm qua" in page
    assert "Đã thay nắp cống" in english.get("/tra-cuu/?q=nap cong").content.decode()
    assert "Nắp cống" in english.get("/").content.decode()


def test_the_texts_of_a_sealed_matter_are_nowhere(denounce: Any, english: Client) -> None:
    text = "Tố cáo cán bộ MATMARK nhận tiền của dân khi làm hồ sơ."
    code = denounce(text, identity={"name": "Người TENMARK"}).code
    other = Client()
    for address in (*PUBLIC, f"/tra-cuu/?q={code}", f"/tra-cuu/?ma={code}"):
        body = other.get(address).content.decode()
        assert text not in body and "TENMARK" not in body
    assert "Nothing published" in english.get("/tra-cuu/?q=MATMARK").content.decode()
    assert not Projection.objects.exists()


def test_sealed_unknown_and_odd_codes_are_answered_alike(denounce: Any, english: Client) -> None:
    code = denounce().code
    pages = [
        english.get(f"/tra-cuu/{asked}/") for asked in (code, "21439-26-999999", "khong-phai-ma")
    ]
    assert [page.status_code for page in pages] == [404, 404, 404]
    bodies = {re.sub(r"next=[^\"]+", "", page.content.decode()) for page in pages}
    assert len(bodies) == 1


def test_reasons_that_officials_typed_are_not_in_the_public_clock(
    submit: Any, english: Client
) -> None:
    receipt = submit()
    duty, now = Duty.objects.get(matter=receipt.matter), timezone.now()
    later = now + dt.timedelta(days=4)
    duty_pause(duty=duty, now=later, reason="ông LYDOMARK ốm", document="12/QĐ-MARK")
    duty_resume(duty=duty, now=later + dt.timedelta(days=3))
    duty.save(update_fields=list(DUTY_COLUMNS))
    assert "LYDOMARK" in str(duty.steps)
    page = english.get(f"/tra-cuu/{receipt.code}/").content.decode()
    assert "LYDOMARK" not in page and "12/QĐ-MARK" not in page
    assert "clock stopped by a document" in page


def published(count: int, submit: Any) -> None:
    """So many published matters, copies of one."""
    unit = submit().matter.unit
    for number in range(count):
        matter = submit(f"Nắp cống số {number} bị vỡ, xin thay nắp mới cho dân.").matter
        Projection.objects.filter(pk=matter.pk).update(
            listed=True, title=f"Nắp cống {number}", answer="Đã thay", search_text="nắp cống",
            opened_on=dt.date(2026, 1, 1), unit=unit,
        )  # fmt: skip


@pytest.mark.parametrize("count", [10, 100])
def test_the_number_of_queries_does_not_grow(submit: Any, english: Client, count: int) -> None:
    published(count, submit)
    code = Projection.objects.filter(listed=True).latest("pk").code
    most = {"/": 6, "/tra-cuu/": 5, "/tra-cuu/?q=nap cong": 5, f"/tra-cuu/{code}/": 5,
            "/don-vi/": 5, "/don-vi/21439/": 12, "/so-lieu/": 8}  # fmt: skip
    for address, limit in most.items():
        with CaptureQueriesContext(connection) as queries:
            assert english.get(address).status_code == 200
        assert len(queries) <= limit, (address, [q["sql"] for q in queries.captured_queries])
