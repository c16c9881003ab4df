"""The pages of a hot spot: a visit on the phone, what is refused, what the head approves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.people.models import Account
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.hotspots_forms import StrictForm, VisitForm
from dongthuan.work.hotspots.models import Concern, Hotspot, Notice, Visit
from dongthuan.work.hotspots.selectors import hotspot_list, notices_public
from dongthuan.work.hotspots.tests.conftest import (
    _standing_clock,
    areas,
    browser_of,
    group,
    open_spot,
    spot,
    steered,
)
from dongthuan.work.hotspots.tests.test_no_person_is_written_down import PERSONAL

__all__ = ["_standing_clock", "areas", "browser_of", "group", "spot", "steered"]
H = "/ban-lam-viec/diem-nong/"
Browser = Callable[[str], Client]


def form(group: Any, area: Unit, **more: Any) -> dict[str, Any]:
    return {
        "group": group.pk, "area": area.pk, "on": "2026-11-02", "turns": 12,
        "topic_1": "economy", "text_1": "Giá thuê sạp?", "answer_1": "Như chợ cũ.",
    } | more  # fmt: skip


def test_a_member_of_the_group_records_a_visit(browser_of: Browser, group: Any, areas: Any) -> None:
    code, office = group.hotspot.code, Unit.objects.get(code="21439-ubnd")
    client = browser_of("village_head")
    assert client.get(f"{H}{code}/tiep-xuc/").status_code == 200
    data = form(group, areas[0], what_1="Lắp đèn lối vào", unit_1=office.pk,
                due_on_1="2026-11-20", document="1/BB")  # fmt: skip
    answer = client.post(f"{H}{code}/tiep-xuc/", data)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert (Visit.objects.get().turns, Concern.objects.get().answer) == (12, "Như chợ cũ.")
    assert Matter.objects.get(kind="promise").title == "Lắp đèn lối vào"
    page = client.get(f"{H}{code}/").content.decode()
    assert "Giá thuê sạp?" in page
    assert "Lắp đèn lối vào" in page


@pytest.mark.parametrize("field", ["household", "name", "address", "stance", "thai_do"])
def test_a_field_for_a_person_is_refused_with_one_sentence(
    browser_of: Browser, group: Any, areas: Any, field: str
) -> None:
    data = form(group, areas[0], **{field: "Nguyễn Thị Kín"})
    answer = browser_of("dvan").post(f"{H}{group.hotspot.code}/tiep-xuc/", data)
    assert answer.status_code == 422
    assert f"“{field}”" in answer.content.decode()
    assert not Visit.objects.exists()


def test_a_word_of_stance_is_shown_at_its_field(
    browser_of: Browser, group: Any, areas: Any
) -> None:
    data = form(group, areas[0], text_1="Hộ ông Bảy phản đối.")
    answer = browser_of("dvan").post(f"{H}{group.hotspot.code}/tiep-xuc/", data)
    assert answer.status_code == 422
    assert 'id="error-id_text_1"' in answer.content.decode() or "phản đối" in (
        answer.content.decode()
    )
    assert not Visit.objects.exists()


def test_no_form_of_hot_spots_has_a_field_for_a_person() -> None:
    found = [StrictForm, *StrictForm.__subclasses__(), VisitForm]
    for one in found:
        assert not set(one.base_fields) & (PERSONAL - {"name"}), one


def test_whoever_is_not_seated_finds_nothing(browser_of: Browser, group: Any) -> None:
    code = group.hotspot.code
    for name in ("intake", "front", "council", "other_village_head", "province", "admin"):
        for page in ("", "tiep-xuc/", "thanh-vien/", "dien-bien/", "dien-bien.pdf"):
            assert browser_of(name).get(f"{H}{code}/{page}").status_code == 404, (name, page)


def test_who_is_seated_but_does_not_lead_decides_nothing(browser_of: Browser, group: Any) -> None:
    client = browser_of("dvan")
    for page in ("thanh-vien/", "to-cong-tac/", "ke-hoach/", "bien-phap/", "xin-y-kien/"):
        assert client.get(f"{H}{group.hotspot.code}/{page}").status_code == 404, page
        assert browser_of("head").get(f"{H}{group.hotspot.code}/{page}").status_code == 200, page


def test_everything_else_is_entered_at_the_desk(
    browser_of: Browser, group: Any, areas: Any, place: Any, submit: Any
) -> None:
    client, there = browser_of("head"), f"{H}{group.hotspot.code}/"
    office = Unit.objects.get(code="21439-ubnd")
    for page, data in {
        "ke-hoach/": {"group": group.pk, "area": areas[0].pk, "since": "2026-11-02",
                      "until": "2026-11-20", "turns": 20, "purpose": "Nghe ý kiến"},
        "su-viec/": {"on": "2026-11-02", "time": "08:00", "area": place.pk, "people": 20,
                     "text": "Tập trung ở cổng chợ", "grave": "on"},
        "doi-thoai/": {"on": "2026-11-02", "area": place.pk, "venue": "Nhà văn hóa", "people": 50,
                       "text": "Trao đổi về giá", "document": "2/BB", "what_1": "Giảm giá thuê",
                       "unit_1": office.pk, "due_on_1": "2026-12-01"},
        "bien-phap/": {"what": "Mở lối phía đông", "unit": office.pk, "due_on": "2026-12-01",
                       "document": "3/TB"},
        "vu-viec/": {"matters": submit().code},
        "thong-bao/": {"title": "Về chợ mới", "body": "Chợ mới họp từ thứ hai."},
    }.items():  # fmt: skip
        answer = client.post(there + page, data)
        assert answer.status_code == 302, (page, answer.content.decode()[-2500:])
    page = client.get(there).content.decode()
    for words in ("Nghe ý kiến", "cổng chợ", "Giảm giá thuê", "Mở lối phía đông", "Về chợ mới"):
        assert words in page
    assert client.get(f"{there}dien-bien/").status_code == 200
    assert client.get(f"{there}dien-bien.pdf")["Content-Type"] == "application/pdf"


def test_a_notice_is_public_once_the_head_has_approved_it(browser_of: Browser, group: Any) -> None:
    there = f"{H}{group.hotspot.code}/thong-bao/"
    browser_of("dvan").post(there, {"title": "Về chợ mới", "body": "Chợ mới họp từ thứ hai."})
    notice = Notice.objects.get()
    guest, public = Client(), f"/diem-nong/{notice.handle}/"
    assert guest.get(public).status_code == 404
    browser_of("dvan").post(f"{H}thong-bao/{notice.pk}/duyet/")
    assert guest.get(public).status_code == 404
    part = {"sort": "question", "question": "Mấy giờ mở cửa?", "text": "Bốn giờ sáng."}
    browser_of("dvan").post(f"{H}thong-bao/{notice.pk}/them/", part)
    browser_of("head").post(f"{H}thong-bao/{notice.pk}/duyet/")
    page = guest.get(public).content.decode()
    assert "họp từ thứ hai" in page
    assert "Bốn giờ sáng" not in page
    browser_of("head").post(f"{H}phan/{notice.parts.get().pk}/duyet/")
    assert "Bốn giờ sáng" in guest.get(public).content.decode()
    browser_of("head").post(f"{H}thong-bao/{notice.pk}/go/", {"reason": "Đã xong"})
    assert guest.get(public).status_code == 404


@pytest.mark.parametrize("count", [10, 100])
def test_lists_ask_the_database_as_often_for_ten_as_for_a_hundred(people: Any, count: int) -> None:
    first = open_spot(people)
    rows = Hotspot.objects.filter(pk=first.pk).values().get()
    for n in range(count - 1):
        copy = Hotspot(**{k: v for k, v in rows.items() if k not in SKIPPED})
        copy.code = f"21439-26-{600_000 + n}"
        copy.save()
    Notice.objects.bulk_create(
        Notice(hotspot=first, unit_id=first.unit_id, path=first.path, title="Về chợ mới",
               body="Chợ mới", state="published", published_at=clock.now())
        for _n in range(count)
    )  # fmt: skip
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = hotspot_list(actor=people.head, view="all", size=count)
        assert len({row.unit.name for row in page.rows}) == 1
        assert len(page.rows) == count
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        told = notices_public(within=Unit.objects.get(code="21439"), size=count)
        assert len([row.unit.label for row in told.rows]) == count
    assert len(asked) == 2
    assert Account.objects.exists()


SKIPPED = {"id", "matter_ptr_id", "folded", "accented", "code"}


def test_the_page_asks_as_often_for_many_visits_as_for_few(
    browser_of: Browser, group: Any, areas: Any
) -> None:
    client, there = browser_of("head"), f"{H}{group.hotspot.code}/"
    office = Unit.objects.get(code="21439-ubnd")
    counts = []
    for visits in (2, 12):
        for _n in range(visits):
            data = form(group, areas[0], what_1="Lắp đèn", unit_1=office.pk,
                        due_on_1="2026-11-20", document="1/BB")  # fmt: skip
            assert client.post(f"{there}tiep-xuc/", data).status_code == 302
        client.get(there)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(there).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
