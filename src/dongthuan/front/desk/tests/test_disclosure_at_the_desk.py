"""From the document to what hangs in every village: one entry for all places, plan, register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.core.spreadsheet import sheets_read
from dongthuan.work.disclosure import contents
from dongthuan.work.disclosure.models import (
    Check,
    Disclosure,
    DisclosurePlan,
    Evidence,
    InfoRequest,
    Place,
    Posting,
)
from dongthuan.work.disclosure.postings import absence_report
from dongthuan.work.disclosure.tests.conftest import (  # noqa: F401
    _first_day,
    disclose,
    office,
    places,
    post,
    published,
    spreadsheet,
)

C = "/ban-lam-viec/cong-khai/"
ROWS = [["Họ và tên", "Địa chỉ", "Mức hỗ trợ"], ["Lê Thị Mẫu", "tổ dân phố 1", 500000]]


@pytest.fixture
def handler(desk_of: Callable[[str], Client]) -> Client:
    return desk_of("handler")


def test_from_the_document_to_the_boards(
    people: Any, handler: Client, desk_of: Any, places: Any, office: Any  # noqa: F811
) -> None:  # fmt: skip
    sent = {"unit": office.pk, "item": "8", "title": "Hỗ trợ sau bão", "symbol": "9/QĐ-UBND",
            "decided_on": "2026-11-02", "rule": "dc.publish_default"}  # fmt: skip
    answer = handler.post(f"{C}them/", sent)
    found = Disclosure.objects.get()
    assert answer["Location"] == f"{C}{found.code}/"
    sheet = SimpleUploadedFile("ds.xlsx", spreadsheet(ROWS))
    sent = {"title": found.title, "summary": "Danh sách", "content_type": "relief", "sheet": sheet}
    assert handler.post(f"{C}{found.code}/noi-dung/", sent).status_code == 302
    preview = handler.get(f"{C}{found.code}/xem-truoc/").content.decode()
    assert "L.T.M." in preview and "Lê Thị Mẫu" not in preview
    file = handler.get(f"{C}{found.code}/xem-truoc/?dang=csv").content
    version = Matter.objects.get(pk=found.pk).version
    step = f"/ban-lam-viec/vu-viec/{found.code}/publish/"
    assert handler.post(step, {"version": version}).status_code == 302
    found.refresh_from_db()
    assert found.state == "published"
    # The fragment of the preview is the fragment of the public page, and the file is the file.
    public = Client().get(f"/cong-khai/tin/{found.code}/").content.decode()
    table = preview[preview.index("<table") : preview.index("</table>")]
    assert table in public
    assert Client().get(f"/cong-khai/tin/{found.code}/bang.csv").content == file
    boards = list(dict.fromkeys(p for p in places.values() if p.sort in ("hq", "village")))
    photo = SimpleUploadedFile("bang.jpg", picture())
    sent = {"channel": "a", "places": [p.pk for p in boards], "started_on": "2026-11-02",
            f"photo_{places['hq'].pk}": photo}  # fmt: skip
    assert handler.post(f"{C}{found.code}/niem-yet/", sent).status_code == 302
    assert Posting.objects.filter(channel="a").count() == len(boards)
    assert Evidence.objects.filter(sort="photo").count() == 1
    photo_row = Evidence.objects.get(sort="photo")
    shown = Client().get(f"/cong-khai/tin/{found.code}/anh/{photo_row.pk}/")
    assert shown["Content-Type"].startswith("image/")
    for page in (f"{C}{found.code}/", C, f"{C}?xem=tat-ca&muc=8", f"{C}ma-tran/", f"{C}so/"):
        assert handler.get(page).status_code == 200


def test_a_refused_form_keeps_nothing(
    handler: Client, published: Any, places: Any  # noqa: F811
) -> None:  # fmt: skip
    found = published()
    for sent in (
        {"channel": "a", "started_on": "2026-11-02"},
        {"channel": "a", "places": [places["hq"].pk], "started_on": "2027-01-01"},
        {"channel": "c", "places": [places["loudspeaker"].pk], "started_on": "2026-11-02"},
        {"channel": "a", "places": [places["loudspeaker"].pk], "started_on": "2026-11-02"},
        {"channel": "a", "places": [places["hq"].pk], "started_on": "2026-11-02",
         f"photo_{places['hq'].pk}": SimpleUploadedFile("a.jpg", b"not a picture")},
    ):  # fmt: skip
        answer = handler.post(f"{C}{found.code}/niem-yet/", sent)
        assert answer.status_code == 422 and answer.context["form"].errors
    assert Posting.objects.exclude(channel="b").count() == 0


def test_a_bad_spreadsheet_is_named_row_by_row(handler: Client, disclose: Any) -> None:  # noqa: F811
    found = disclose(item="8")
    rows = [*ROWS, ["", "x", 1], ["Lê A", "x", "nhiều"]]
    sheet = SimpleUploadedFile("ds.xlsx", spreadsheet(rows))
    sent = {"title": "Danh sách", "content_type": "relief", "sheet": sheet}
    answer = handler.post(f"{C}{found.code}/noi-dung/", sent)
    (line,) = answer.context["form"].errors["sheet"]
    assert answer.status_code == 422 and "3" in line and "4" in line
    assert Disclosure.objects.get().rows == []


def test_a_village_head_records_at_the_own_house(
    desk_of: Any, published: Any, places: Any  # noqa: F811
) -> None:  # fmt: skip
    found = published(item="7")
    village = desk_of("village_head")
    assert village.get(C).status_code == 200
    page = village.get(f"{C}{found.code}/niem-yet/")
    assert page.status_code == 200
    own = next(p for p in places.values() if p.village and p.village.code == "21439-t01")
    assert [int(key) for key, _name in page.context["form"].fields["places"].choices] == [own.pk]
    sent = {"channel": "d", "places": [own.pk], "started_on": "2026-11-02", "reference": "BB 1"}
    assert village.post(f"{C}{found.code}/niem-yet/", sent).status_code == 302
    assert Duty.objects.get(rule="dc.relay", subject=own.village.name).state == "fulfilled"
    other = {**sent, "places": [places["hq"].pk]}
    assert village.post(f"{C}{found.code}/niem-yet/", other).status_code == 422


def test_reports_are_judged_at_the_desk(
    handler: Client, published: Any, places: Any, post: Any, desk_of: Any  # noqa: F811
) -> None:  # fmt: skip
    found = published()
    (posting,) = post(found, [places["hq"]], dt.date(2026, 11, 2))
    check = absence_report(code=found.code, place_id=places["hq"].pk, on=clock.today())
    assert found.title in handler.get(C).content.decode()
    assert desk_of("front").post(f"{C}kiem-tra/{check.pk}/", {"go": "confirm"}).status_code == 302
    assert Check.objects.get().state == "reported"
    handler.post(f"{C}kiem-tra/{check.pk}/", {"go": "reject"})
    assert Check.objects.get().state == "rejected"
    sent = {"place": places["hq"].pk, "on": "2026-11-02", "seen": "yes"}
    handler.post(f"{C}{found.code}/da-xem/", sent)
    assert Check.objects.filter(seen=True).count() == 1
    handler.post(f"{C}niem-yet/{posting.pk}/go/")
    posting.refresh_from_db()
    assert posting.ended_on == clock.today()


def test_a_plan_is_drafted_changed_and_adopted(
    handler: Client, desk_of: Any, office: Any, places: Any  # noqa: F811
) -> None:  # fmt: skip
    answer = handler.post(f"{C}ke-hoach/", {"unit": office.pk, "year": 2027})
    plan = DisclosurePlan.objects.get()
    assert answer["Location"] == f"{C}ke-hoach/{plan.code}/"
    assert handler.post(f"{C}ke-hoach/", {"unit": office.pk, "year": 2027}).status_code == 422
    before = plan.rows.count()
    row = {"item": "14", "title": "Lịch cấp nước", "period": "once", "expected_on": "2027-05-10",
           "officer": "Công chức Văn phòng"}  # fmt: skip
    assert handler.post(f"{C}ke-hoach/{plan.code}/", row).status_code == 302
    bad = {**row, "expected_on": "2035-01-01"}
    assert handler.post(f"{C}ke-hoach/{plan.code}/", bad).status_code == 422
    first = plan.rows.order_by("id").first()
    handler.post(f"{C}ke-hoach/dong/{first.pk}/xoa/")
    assert plan.rows.count() == before
    step = f"/ban-lam-viec/vu-viec/{plan.code}/adopt/"
    assert desk_of("head").post(step, {"version": 1, "symbol": "1/KH-UBND"}).status_code == 302
    assert Disclosure.objects.filter(parent=plan).count() == before
    assert handler.get(f"{C}ke-hoach/{plan.code}/").status_code == 200


def test_the_register_is_taken_away(handler: Client, published: Any) -> None:  # noqa: F811
    published()
    assert handler.get(f"{C}so/?quy=2026-4&dang=pdf").content.startswith(b"%PDF")
    assert handler.get(f"{C}so/?quy=2026-4&dang=xlsx").content.startswith(b"PK")
    assert handler.get(f"{C}so/?quy=1999-9").status_code == 200


def test_places_are_added_and_ended(handler: Client, office: Any, places: Any) -> None:  # noqa: F811
    assert handler.post(f"{C}noi/", {"unit": office.pk, "name": "Chợ mới"}).status_code == 302
    assert handler.post(f"{C}noi/", {"unit": office.pk, "name": "Chợ mới"}).status_code == 422
    before = Place.objects.count()
    assert handler.post(f"{C}noi/lap/", {"unit": "21439-ubnd"}).status_code == 302
    assert handler.post(f"{C}noi/lap/", {"unit": "21478-ubnd"}).status_code == 404
    assert Place.objects.count() == before
    handler.post(f"{C}noi/{places['loudspeaker'].pk}/het/")
    assert Place.objects.get(pk=places["loudspeaker"].pk).ended_on == clock.today()
    handler.post(f"{C}noi/{places['portal'].pk}/het/")
    assert Place.objects.get(pk=places["portal"].pk).ended_on is None


def test_a_request_is_received_at_the_counter(handler: Client, office: Any) -> None:  # noqa: F811
    sent = {"unit": office.pk, "text": "Xin bản sao quy hoạch khu dân cư.", "by": "counter",
            "name": "Nguyễn Thị Hỏi", "address": "tổ dân phố 1"}  # fmt: skip
    answer = handler.post(f"{C}yeu-cau/", sent)
    assert answer.status_code == 200 and InfoRequest.objects.get().code in answer.content.decode()
    assert handler.post(f"{C}yeu-cau/", {**sent, "name": ""}).status_code == 422
    assert handler.get("/ban-lam-viec/?kind=inforequest").status_code == 200
    code = InfoRequest.objects.get().code
    assert handler.get(f"/ban-lam-viec/vu-viec/{code}/").status_code == 200


@pytest.mark.parametrize("many", [10, 100])
def test_the_list_costs_the_same_at_ten_and_a_hundred(
    handler: Client, disclose: Any, many: int, django_assert_max_num_queries: Any  # noqa: F811
) -> None:  # fmt: skip
    first = disclose(item="14")
    for number in range(many):
        first.pk = first.id = first.matter_ptr_id = None
        first._state.adding = True
        first.code = f"21439-26-9{number:05d}"
        first.save(force_insert=True)
    handler.get(C)
    with django_assert_max_num_queries(9):
        handler.get(C)
    with django_assert_max_num_queries(9):
        handler.get(f"{C}?xem=tat-ca")


def test_one_page_costs_the_same_whatever_the_number_of_villages(
    handler: Client, published: Any, places: Any, post: Any, django_assert_max_num_queries: Any  # noqa: F811
) -> None:  # fmt: skip
    found = published(item="7")
    post(found, list({p.pk: p for p in places.values() if p.sort == "village"}.values()),
         dt.date(2026, 11, 2))  # fmt: skip
    handler.get(f"{C}{found.code}/")
    with django_assert_max_num_queries(20):
        assert handler.get(f"{C}{found.code}/").status_code == 200
    assert contents.public_table(found) is None


def test_a_line_of_a_plan_is_changed_in_place(handler: Client, office: Any, places: Any) -> None:  # noqa: F811
    handler.post(f"{C}ke-hoach/", {"unit": office.pk, "year": 2027})
    plan = DisclosurePlan.objects.get()
    before = plan.rows.count()
    for row in (plan.rows.get(item="9"), plan.rows.filter(item="so").first()):
        path = f"{C}ke-hoach/{plan.code}/?dong={row.pk}"
        form = handler.get(path).context["form"]
        sent = {**form.initial, "officer": "Công chức Tài chính", "expected_on": "2027-05-10"}
        assert handler.post(path, sent).status_code == 302
        changed = plan.rows.get(pk=row.pk)
        assert (changed.officer, changed.rule) == ("Công chức Tài chính", row.rule)
    assert plan.rows.count() == before


def test_a_place_with_a_photograph_is_meant(
    handler: Client, published: Any, places: Any  # noqa: F811
) -> None:  # fmt: skip
    found, hq = published(), places["hq"]
    sent = {"channel": "a", "started_on": "2026-11-02",
            f"photo_{hq.pk}": SimpleUploadedFile("a.jpg", picture())}  # fmt: skip
    assert handler.post(f"{C}{found.code}/niem-yet/", sent).status_code == 302
    assert Posting.objects.get(channel="a").place == hq


def test_days_are_written_as_documents_write_them(
    handler: Client, client: Client, disclose: Any, published: Any  # noqa: F811
) -> None:  # fmt: skip
    found = published(item="8")
    page = handler.get(f"{C}so/?quy=2026-4").content.decode()
    day = f"{found.published_at:%d/%m/%Y}"
    assert f'data-label="Ngày công khai">{day}' in page
    table = contents.PublicTable((contents.TYPES["relief"].public[-2],), [["2026-10-20"]])
    assert table.cells()[0][0][1] == "20/10/2026"
    assert b"2026-10-20" in table.csv()


def test_an_empty_table_has_the_declared_heads(
    handler: Client, disclose: Any  # noqa: F811
) -> None:  # fmt: skip
    found = disclose(item="7")
    path = f"{C}{found.code}/noi-dung/"
    empty = handler.get(f"{path}?mau=poor_households")
    (sheet,) = sheets_read(empty.getvalue(), most_rows=10)
    assert list(sheet.rows[0]) == [c.vi for c in contents.TYPES["poor_households"].columns]
    assert handler.get(f"{path}?mau=register").context["form"]
