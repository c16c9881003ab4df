"""At the reception desk: plan, open, call, write down, conclude; each page answers."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from dongthuan.core import clock
from dongthuan.core.matters.models import Duty, Matter, Submission
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.receptions.models import LedgerTaking, Reception, Refusal, Visit

D = "/ban-lam-viec/tiep-dan/"
ZONE = dt.timezone(dt.timedelta(hours=7))
NAME, ID = "Vết Tên Riêng", "051095012345"


@pytest.fixture(autouse=True)
def _a_monday() -> Iterator[None]:
    with clock.at(dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)):
        yield


@pytest.fixture
def open_session(desk_of: Any) -> Reception:
    unit = Unit.objects.get(code="21439-ubnd")
    answer = desk_of("intake").post(D + "thuong-xuyen/", {"unit": unit.pk})
    assert answer.status_code == 302
    return Reception.objects.get(form="regular")


def arrive(client: Any, reception: Reception) -> Visit:
    client.post(f"{D}{reception.code}/den/")
    return Visit.objects.latest("id")


def line(**fields: Any) -> dict[str, Any]:
    return {
        "type": "feedback", "content": "Phản ánh đường thôn bị sạt lở", "outcome": "answered",
        "people_count": "1", "representatives": "0", "case_count": "1", "name": NAME,
        "address": "thôn minh họa", "id_number": ID, **fields,
    }  # fmt: skip


def test_a_head_s_quarter_is_planned_on_one_page(desk_of: Any) -> None:
    seat = Position.objects.get(code="21439-head")
    page = desk_of("intake")
    assert page.get(D + "ke-hoach/").status_code == 200
    answer = page.post(D + "ke-hoach/", {
        "position": seat.pk, "month": "2026-11-01", "months": "3", "days": "10, 25",
        "starts_at": "08:00", "ends_at": "11:30", "venue": "Trụ sở UBND", "capacity": "20",
    })  # fmt: skip
    assert answer.status_code == 200
    assert Reception.objects.filter(position=seat).count() == 6
    assert "10/11/2026" in page.get(D).content.decode()
    [first, *_later] = Reception.objects.order_by("held_on")
    page.post(f"/ban-lam-viec/vu-viec/{first.code}/post/", {"version": "1"})
    wall = PdfReader(io.BytesIO(page.get(D + "lich.pdf").content)).pages[0].extract_text()
    assert "10/11/2026" in wall
    assert "25/11/2026" not in wall  # planned, not posted


@pytest.mark.parametrize(
    "bad",
    [{"days": "40"}, {"days": "31"}, {"days": "6"}, {"days": ""}, {"venue": ""}, {"position": "0"}],
)
def test_a_bad_plan_makes_nothing(desk_of: Any, bad: dict[str, str]) -> None:
    seat = Position.objects.get(code="21439-head")
    good = {
        "position": seat.pk, "month": "2026-11-01", "months": "3", "days": "10, 25",
        "starts_at": "08:00", "ends_at": "11:30", "venue": "Trụ sở UBND", "capacity": "20",
    }  # fmt: skip
    answer = desk_of("intake").post(D + "ke-hoach/", good | bad)
    assert answer.status_code == 422
    assert not Reception.objects.exists()


def test_today_s_regular_reception_is_opened_once(desk_of: Any, open_session: Reception) -> None:
    unit = open_session.unit
    again = desk_of("intake").post(D + "thuong-xuyen/", {"unit": unit.pk})
    assert again["Location"].endswith(f"/{open_session.code}/")
    assert Reception.objects.count() == 1


def test_a_turn_goes_from_number_to_ledger(desk_of: Any, open_session: Reception) -> None:
    page = desk_of("intake")
    visit = arrive(page, open_session)
    answer = page.post(f"{D}{open_session.code}/goi/")
    assert answer["Location"].endswith(f"/luot/{visit.pk}/")
    assert page.get(answer["Location"]).status_code == 200
    answer = page.post(f"{D}luot/{visit.pk}/", line())
    assert answer.status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.ledger_number) == ("served", 1)
    assert NAME in page.get(f"{D}{open_session.code}/").content.decode()
    answer = page.post(f"{D}luot/{visit.pk}/", {"result": "Đã sửa đường"})
    assert answer.status_code == 302
    assert page.get(f"{D}luot/{visit.pk}/bien-nhan.pdf").content.startswith(b"%PDF")


def test_a_matter_is_opened_from_a_turn(desk_of: Any, open_session: Reception) -> None:
    page = desk_of("intake")
    visit = arrive(page, open_session)
    place = Unit.objects.get(code="21439")
    taken = line(outcome="taken", place=place.pk, title="Đường sạt lở", topic="construction")
    answer = page.post(f"{D}luot/{visit.pk}/", taken)
    visit.refresh_from_db()
    assert visit.matter is not None
    assert (visit.matter.kind, visit.matter.state) == ("feedback", "classified")
    assert answer["Location"].endswith(f"/bien-nhan/{visit.matter.code}/")
    assert f"{D}{open_session.code}/" in page.get(answer["Location"]).content.decode()
    assert Duty.objects.filter(matter=visit.matter, rule="tcd.result_notice").exists()


def test_a_matter_that_lacks_its_title_changes_nothing(
    desk_of: Any, open_session: Reception
) -> None:
    page = desk_of("intake")
    visit = arrive(page, open_session)
    answer = page.post(f"{D}luot/{visit.pk}/", line(outcome="taken"))
    assert answer.status_code == 422
    visit.refresh_from_db()
    assert visit.state == "waiting"
    assert not Submission.objects.exists()


def test_a_denunciation_is_sent_on_to_the_sealed_form(
    desk_of: Any, open_session: Reception
) -> None:
    page = desk_of("intake")
    visit = arrive(page, open_session)
    answer = page.post(f"{D}luot/{visit.pk}/", line(type="denunciation"))
    assert answer["Location"] == "/ban-lam-viec/vao-so/"
    visit.refresh_from_db()
    assert (visit.type, visit.citizen, visit.content, visit.matter) == ("denunciation", None, "",
                                                                       None)  # fmt: skip
    assert NAME not in page.get(f"{D}{open_session.code}/").content.decode()
    assert page.get(f"{D}luot/{visit.pk}/bien-nhan.pdf").status_code == 404


def test_a_refusal_in_writing_is_a_matter_with_its_paper(
    desk_of: Any, open_session: Reception
) -> None:
    page = desk_of("intake")
    visit = arrive(page, open_session)
    sent = {"ground": "h", "explained": "on", "name": NAME, "address": "thôn minh họa",
            "content": "Việc đã trả lời bằng văn bản"}  # fmt: skip
    assert page.get(f"{D}luot/{visit.pk}/tu-choi/").status_code == 200
    assert page.post(f"{D}luot/{visit.pk}/tu-choi/", sent | {"explained": ""}).status_code == 422
    answer = page.post(f"{D}luot/{visit.pk}/tu-choi/", sent)
    refusal = Refusal.objects.get()
    assert answer["Location"] == f"{D}{open_session.code}/"
    assert refusal.code in page.get(answer["Location"]).content.decode()
    shown = page.get(f"/ban-lam-viec/vu-viec/{refusal.code}/")
    assert "<dd>h</dd>" not in shown.content.decode()  # the ground is told in the words of the law
    assert page.get(f"{D}tu-choi/{refusal.code}/thong-bao.pdf").content.startswith(b"%PDF")


def test_a_conclusion_is_issued_with_its_promises(desk_of: Any) -> None:
    page = desk_of("head")
    unit, seat = Unit.objects.get(code="21439-ubnd"), Position.objects.get(code="21439-head")
    sent = {
        "form": "adhoc", "unit": unit.pk, "held_on": "2026-11-02", "position": seat.pk,
        "ground": "a", "starts_at": "08:00", "ends_at": "11:30", "venue": "Nhà văn hóa",
        "capacity": "20",
    }  # fmt: skip
    assert page.post(D + "them/", sent | {"ground": ""}).status_code == 422
    assert page.post(D + "them/", sent).status_code == 302
    code = Reception.objects.get().code
    steps = f"/ban-lam-viec/vu-viec/{code}/"
    assert page.get(f"{D}{code}/ket-luan/").status_code == 302
    page.post(steps + "open/", {"version": "1"})
    held = {"version": "2", "receiver": "self", "minutes": "Đã tiếp."}
    assert page.post(steps + "hold/", held)["Location"] == f"{D}{code}/"
    assert page.get(steps + "conclude/")["Location"] == f"{D}{code}/ket-luan/"
    assert page.post(f"{D}{code}/cam-ket/", {"what": "Sớm quá"})["Location"] == f"{D}{code}/"
    assert page.get(f"{D}{code}/ket-luan/").status_code == 200
    notice = {"document": "12/TB-UBND", "conclusion": "Giao kiểm tra hiện trạng.",
              "what_1": "Đo lại thửa đất số 5"}  # fmt: skip
    assert page.post(f"{D}{code}/ket-luan/", notice).status_code == 422
    later = notice | {"what_3": "Trả lời", "due_on_1": "2026-11-20", "due_on_3": "2026-11-01"}
    refused = page.post(f"{D}{code}/ket-luan/", later)
    assert refused.status_code == 422
    assert any("3" in told for told in refused.context["form"].errors["due_on_3"])
    answer = page.post(f"{D}{code}/ket-luan/", notice | {"due_on_1": "2026-11-20"})
    assert answer.status_code == 302
    promise = Matter.objects.get(kind="promise")
    assert promise.next_due_on == dt.date(2026, 11, 20)
    assert promise.title in page.get(f"{D}{code}/").content.decode()
    assert page.get(f"{D}{code}/cam-ket/").status_code == 200
    more = {"what": "Trả lời bằng văn bản", "due_on": "2026-11-01"}
    assert page.post(f"{D}{code}/cam-ket/", more).status_code == 422
    assert page.post(f"{D}{code}/cam-ket/", more | {"due_on": "2026-11-25"}).status_code == 302
    assert Matter.objects.filter(kind="promise", parent__code=code).count() == 2
    for paper in ("bien-ban.pdf", "thong-bao.pdf"):
        assert page.get(f"{D}{code}/{paper}").content.startswith(b"%PDF")


def test_the_ledger_is_taken_away_as_a_spreadsheet(desk_of: Any, open_session: Reception) -> None:
    page = desk_of("intake")
    visit = arrive(page, open_session)
    page.post(f"{D}luot/{visit.pk}/", line(content="=HYPERLINK(1) nội dung phản ánh"))
    shown = page.get(D + "so/")
    assert NAME in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert "KN/TC/KNg/PA" in shown.content.decode()
    answer = page.get(D + "so/?dang=xlsx")
    sheet = load_workbook(io.BytesIO(answer.content))["Mẫu 03-TCD"]
    row = [cell.value for cell in sheet[6]]
    assert len(row) == 13
    heads = [str(cell.value) for line in sheet.iter_rows(max_row=5) for cell in line]
    assert any("KN/TC/KN/PA" in head for head in heads)  # the statutory form's own words
    assert row[3] == ID
    assert sheet["E6"].data_type == "s"


def test_taking_the_ledger_away_leaves_a_trace(desk_of: Any, open_session: Reception) -> None:
    page = desk_of("intake")
    assert "Cán bộ intake" not in page.get(D + "so/").content.decode().split("<main")[1]
    asked = "?since=2026-07-01&until=2026-12-31&dang=xlsx"
    unit = open_session.unit_id
    assert page.get(f"{D}so/{asked}&unit={unit}").status_code == 200
    shown = page.get(D + "so/").content.decode().split("<main")[1]
    assert "Cán bộ intake" in shown
    assert "01/07/2026 – 31/12/2026" in shown
    elsewhere = desk_of("other_intake").get(f"{D}so/{asked}&unit={unit}")
    assert elsewhere["Content-Type"].startswith("text/html")
    assert LedgerTaking.objects.count() == 1


@pytest.mark.parametrize("name", ["front", "dvan", "inspector", "other_intake"])
def test_nobody_else_reads_who_came(desk_of: Any, open_session: Reception, name: str) -> None:
    visit = arrive(desk_of("intake"), open_session)
    desk_of("intake").post(f"{D}luot/{visit.pk}/", line())
    page = desk_of(name)
    for path in (f"{D}{open_session.code}/", D + "so/", D + "so/?dang=xlsx", D, D + "tuan-thu/"):
        text = page.get(path).content.decode("utf-8", "replace")
        assert ID not in text
        if name != "inspector":
            assert NAME not in text
    assert page.get(f"{D}luot/{visit.pk}/").status_code == 404
    assert page.post(f"{D}{open_session.code}/den/").status_code == 404


@pytest.mark.parametrize("path", ["", "ke-hoach/", "them/", "so/", "tuan-thu/", "lich.pdf"])
def test_every_page_answers(desk_of: Any, open_session: Reception, path: str) -> None:
    assert desk_of("head").get(D + path).status_code == 200
    assert desk_of("nobody").get(D + path).status_code == 302
    assert desk_of("account").get(D + path).status_code == 403
