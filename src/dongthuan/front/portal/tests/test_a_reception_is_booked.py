"""Booking a slot without an account: book, look up, change, cancel; the hall shows numbers only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.outbox.models import Message
from dongthuan.core.units.models import Position
from dongthuan.front.portal.limits import BOOKINGS
from dongthuan.work.receptions.models import Booking, Reception
from dongthuan.work.receptions.services import (
    Hours,
    Word,
    reception_conclude,
    reception_create,
    receptions_plan,
)
from dongthuan.work.receptions.visits import visit_arrive, visit_call

P = "/tiep-cong-dan/"
ZONE = dt.timezone(dt.timedelta(hours=7))
DAY = dt.date(2026, 11, 10)
SENT = {"name": "Vết Tên Riêng", "phone": "0905777999", "about": "Hỏi về đất vườn",
        "people_count": "2"}  # fmt: skip


@pytest.fixture(autouse=True)
def _a_monday() -> Iterator[None]:
    with clock.at(dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)):
        yield


def session(people: Any, day: dt.date = DAY, **hours: Any) -> Reception:
    seat = Position.objects.select_related("unit").get(code="21439-head")
    made = reception_create(
        acting=people.intake, unit=seat.unit, form="head", held_on=day, position=seat,
        hours=Hours(venue="Trụ sở UBND", agenda="Đất đai", **hours),
    )  # fmt: skip
    matter_act(acting=people.intake, matter_id=made.pk, step_name="post")
    return made


@pytest.fixture
def posted(people: Any) -> Reception:
    return session(people)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def booked(reception: Reception, **more: str) -> tuple[Booking, str]:
    answer = Client().post(f"{P}{reception.code}/dat-lich/", SENT | more)
    assert answer.status_code == 200, text(answer)
    secret = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", text(answer))
    assert secret
    return Booking.objects.latest("id"), secret.group()


def test_the_schedule_shows_only_what_is_posted(people: Any, posted: Reception) -> None:
    seat = Position.objects.get(code="21439-head")
    reception_create(
        acting=people.intake, unit=seat.unit, form="head", held_on=dt.date(2026, 11, 25),
        position=seat, hours=Hours(venue="Trụ sở UBND"),
    )  # fmt: skip
    page = text(Client().get(P))
    assert "10/11/2026" in page
    assert "25/11/2026" not in page
    assert "10/11/2026" in text(Client().get(f"{P}?unit=21439&day=2026-11-10"))
    assert "10/11/2026" not in text(Client().get(f"{P}?unit=21478"))
    assert Client().get(f"{P}?unit=khong-co&day=xx").status_code == 200


def test_a_slot_is_booked_and_told(posted: Reception) -> None:
    booking, secret = booked(posted)
    assert (booking.state, booking.people_count) == ("booked", 2)
    message = Message.objects.get(about=booking.code)
    assert secret not in message.body
    assert SENT["about"] not in message.body


def test_code_and_secret_open_change_and_cancel_it(people: Any, posted: Reception) -> None:
    other = session(people, dt.date(2026, 11, 25))
    booking, secret = booked(posted)
    key = {"code": booking.code.lower(), "secret": secret.replace("-", "").lower()}
    assert "10/11/2026" in text(Client().post(P + "lich-hen/", key))
    change = {"go": "change", "about": "Hỏi việc khác", "people_count": "1",
              "reception": str(other.pk)}  # fmt: skip
    assert Client().post(P + "lich-hen/", key | change).status_code == 200
    booking.refresh_from_db()
    assert (booking.reception_id, booking.about) == (other.pk, "Hỏi việc khác")
    assert Client().post(P + "lich-hen/", key | {"go": "cancel"}).status_code == 422
    booking.refresh_from_db()
    assert booking.state == "booked"
    sure = {"go": "cancel", "sure": "on"}
    assert Client().post(P + "lich-hen/", key | sure).status_code == 302
    booking.refresh_from_db()
    assert booking.state == "cancelled"
    assert "go" not in text(Client().post(P + "lich-hen/", key)).split("</main>")[0].split("name=")


def test_a_wrong_secret_opens_nothing(posted: Reception) -> None:
    booking, _secret = booked(posted)
    answer = Client().post(P + "lich-hen/", {"code": booking.code, "secret": "AAAA-BBBB-CCCC"})
    assert answer.status_code == 422
    assert SENT["about"] not in text(answer)


def test_failed_tries_are_limited(posted: Reception) -> None:
    wrong = {"code": "TCD-AAAAAA", "secret": "AAAA-BBBB-CCCC"}
    states = [Client().post(P + "lich-hen/", wrong).status_code for _try in range(21)]
    assert states[:20] == [422] * 20
    assert states[20] == 429


@pytest.mark.parametrize(
    "bad", [{"name": ""}, {"phone": ""}, {"phone": "12"}, {"about": "x"}, {"people_count": "0"},
            {"email": "không phải thư", "phone": ""}],
)  # fmt: skip
def test_bad_input_books_nothing(posted: Reception, bad: dict[str, str]) -> None:
    answer = Client().post(f"{P}{posted.code}/dat-lich/", SENT | bad)
    assert answer.status_code == 422
    assert not Booking.objects.exists()


def test_the_same_person_books_a_session_once(posted: Reception) -> None:
    booked(posted)
    again = Client().post(f"{P}{posted.code}/dat-lich/", SENT | {"name": "vết tên riêng"})
    assert again.status_code == 422
    assert "đã đặt" in text(again) or "already booked" in text(again)
    booked(posted, name="Người Khác Nhà")  # the household shares its telephone
    assert Booking.objects.count() == 2


def test_a_full_session_takes_nobody(people: Any) -> None:
    small = session(people, capacity=1)
    booked(small)
    answer = Client().post(f"{P}{small.code}/dat-lich/", SENT | {"name": "Người Khác Nhà"})
    assert answer.status_code == 422
    assert Booking.objects.count() == 1


def test_bookings_of_one_connection_are_limited(posted: Reception) -> None:
    states = [
        Client().post(f"{P}{posted.code}/dat-lich/", SENT | {"phone": ""}).status_code
        for _try in range(BOOKINGS.hourly)
    ]
    assert set(states) == {422}
    last = Client().post(f"{P}{posted.code}/dat-lich/", SENT)
    assert last.status_code == 429
    assert not Booking.objects.exists()


def test_a_day_that_has_begun_is_not_booked(posted: Reception) -> None:
    with clock.at(dt.datetime(2026, 11, 10, 8, 1, tzinfo=ZONE)):
        assert Client().post(f"{P}{posted.code}/dat-lich/", SENT).status_code == 422


def test_the_hall_sees_numbers_only(people: Any, posted: Reception) -> None:
    booking, _secret = booked(posted)
    with clock.at(dt.datetime(2026, 11, 10, 8, 30, tzinfo=ZONE)):
        matter_act(acting=people.intake, matter_id=posted.pk, step_name="open")
        visit_arrive(acting=people.intake, reception_id=posted.pk, booking_id=booking.pk)
        visit_arrive(acting=people.intake, reception_id=posted.pk)
        visit_call(acting=people.intake, reception_id=posted.pk)
        answer = Client().get(f"{P}{posted.code}/so/")
        assert answer["Refresh"] == "15"
        assert SENT["name"] not in text(answer)
        assert SENT["about"] not in text(answer)
        assert "Refresh" not in Client().get(f"{P}{posted.code}/so/?dung=1")


def test_what_was_promised_is_seen_by_everybody(people: Any, posted: Reception) -> None:
    with clock.at(dt.datetime(2026, 11, 10, 8, 30, tzinfo=ZONE)):
        matter_act(acting=people.intake, matter_id=posted.pk, step_name="open")
        matter_act(
            acting=people.intake, matter_id=posted.pk, step_name="hold",
            data={"receiver": "self", "minutes": "Bà Vết Tên Riêng trình bày"},
        )  # fmt: skip
        found = Reception.objects.get(pk=posted.pk)
        [promise] = reception_conclude(
            acting=people.head, reception=found, document="12/TB-UBND",
            conclusion="Giao kiểm tra hiện trạng.",
            promises=[Word("Đo lại thửa đất số 5", dt.date(2026, 11, 20), found.unit)],
        )  # fmt: skip
        page = text(Client().get(f"{P}{posted.code}/"))
        assert "Đo lại thửa đất số 5" in page
        assert "Giao kiểm tra hiện trạng." in page
        assert "Vết Tên Riêng" not in page
        told = text(Client().get(f"/tra-cuu/{promise.code}/"))
        assert "20/11/2026" in told
        assert "panel-kept" not in told  # no heading over an answer that there is not
        assert f"?ma={promise.code}" not in told  # nobody submitted it
        unit = text(Client().get("/don-vi/21439/"))
        assert "Vết Tên Riêng" not in unit


def test_a_planned_session_does_not_exist_for_the_public(people: Any) -> None:
    seat = Position.objects.get(code="21439-head")
    made = reception_create(
        acting=people.intake, unit=seat.unit, form="head", held_on=DAY, position=seat,
        hours=Hours(venue="Trụ sở UBND"),
    )  # fmt: skip
    for path in ("", "dat-lich/", "so/"):
        assert Client().get(f"{P}{made.code}/{path}").status_code == 404


def many(people: Any, days: list[int], months: int) -> list[Reception]:
    """Posted sessions of the coming months, two months a plan."""
    seat = Position.objects.select_related("unit").get(code="21439-head")
    made: list[Reception] = []
    for number in range(0, months, 2):
        month = dt.date(2026 + (11 + number) // 12, (11 + number) % 12 + 1, 1)
        plan = receptions_plan(
            acting=people.intake, position=seat, month=month, months=2, days=days,
            hours=Hours(venue="Trụ sở UBND"),
        )  # fmt: skip
        made += plan.made
    Reception.objects.update(state="posted")
    return made


@pytest.mark.parametrize(("days", "months", "rows"), [([2, 8, 14, 20, 28], 2, 10),
                                                      (list(range(1, 29)), 6, 100)])  # fmt: skip
def test_the_schedule_costs_the_same_however_long(
    people: Any, django_assert_num_queries: Any, days: list[int], months: int, rows: int
) -> None:
    assert len(many(people, days, months)) >= rows
    client = Client()
    client.get(P)
    with django_assert_num_queries(4):
        client.get(P)


def test_the_schedule_is_walked_without_gaps(people: Any) -> None:
    made = many(people, list(range(1, 29)), 4)
    seen: list[str] = []
    query: str | None = ""
    while query is not None:
        page = text(Client().get(P + query))
        seen += re.findall(rf'href="{P}(\d{{5}}-\d\d-\d+)/"', page)
        more = re.search(r'href="(\?after=[^"]+)"', page)
        query = more.group(1) if more else None
    assert seen == [row.code for row in sorted(made, key=lambda row: row.held_on)]
