"""Each village one conference a year; what people ask there is answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.work.supervision.gatherings import (
    gatherings_open,
    point_add,
    point_answer,
)
from dongthuan.work.supervision.jobs import year as year_job
from dongthuan.work.supervision.models import Gathering
from dongthuan.work.supervision.tests.conftest import ZONE, act

WHEN = {"on": dt.date(2026, 11, 20), "time": "19:00", "venue": "Nhà văn hóa", "agenda": "Tình hình"}
EVENING = dt.datetime(2026, 11, 20, 22, tzinfo=ZONE)
HELD = {"households": 100, "present": 70, "report_head": "Đã bê tông hóa 200 m đường.",
        "report_front": "Đã họp ba lần.", "report_board": "Hai kiến nghị đã gửi.",
        "minutes": "Có mặt bà Vết Tên Riêng.", "conclusion": "Thống nhất."}  # fmt: skip


def test_each_village_owes_one(people: Any, year: list[Gathering], place: Any) -> None:
    owed = Duty.objects.filter(matter__in=year)
    assert {(d.rule, d.due_on) for d in owed} == {
        ("dc.conference.yearly", dt.date(2026, 12, 31)),
    }
    assert {d.unit.code for d in owed.filter(rule="dc.conference.yearly")} == {
        f"21439-t{n:02d}" for n in range(1, 7)
    }
    assert gatherings_open(acting=people.head, commune=place, year=2026) == []


def test_the_worker_opens_the_year_once(people: Any, settings: Any) -> None:
    settings.SCOPE = "21439"
    year_job(0)
    year_job(0)
    assert Gathering.objects.filter(year=2026, path__startswith="vn.51.21439.").count() == 6


@pytest.mark.parametrize("name", ["village_head", "front", "board", "other_head", "admin"])
def test_others_do_not_open_the_year(people: Any, place: Any, name: str) -> None:
    with pytest.raises(NotAllowed):
        gatherings_open(acting=people.actors[name], commune=place, year=2026)


def test_a_village_calls_its_households_five_days_before(
    people: Any, conference: Gathering
) -> None:
    with pytest.raises(MatterError) as refused:
        act(people.village_head, conference, "plan", **(WHEN | {"on": dt.date(2026, 11, 6)}))
    assert refused.value.field == "on"
    act(people.village_head, conference, "plan", **WHEN)
    duty = Duty.objects.get(rule="dc.yearly_meeting_notice")
    # Five days before is Sunday the 15th; a notice on the working day before is in time.
    assert (duty.due_on, duty.unit.code) == (dt.date(2026, 11, 13), "21439-t01")
    act(people.village_head, conference, "convene", means="loud")
    duty.refresh_from_db()
    assert duty.state == "fulfilled"


@pytest.mark.parametrize("time", ["25:00", "tối", "", "19:0x"])
def test_an_hour_that_is_none_is_refused(people: Any, conference: Any, time: str) -> None:
    with pytest.raises(MatterError) as refused:
        act(people.village_head, conference, "plan", **(WHEN | {"time": time}))
    assert refused.value.field == "time"


def test_held_with_its_three_reports_and_its_recommendations(
    people: Any, conference: Gathering, browser_of: Any
) -> None:
    act(people.village_head, conference, "plan", **WHEN)
    act(people.village_head, conference, "convene", means="written")
    with pytest.raises(MatterError):
        act(people.village_head, conference, "hold", **HELD)  # it has not begun
    with clock.at(EVENING):
        with pytest.raises(MatterError) as refused:
            act(people.village_head, conference, "hold", **(HELD | {"present": 101}))
        assert refused.value.field == "present"
        act(people.village_head, conference, "hold", **HELD)
        point = point_add(acting=people.village_head, gathering=conference, text="Thêm đèn đường")
        point_answer(
            acting=people.head, point=point, answer="Lắp trước Tết.",
            due_on=dt.date(2027, 1, 30), document="31/TB-UBND",
        )  # fmt: skip
        act(people.village_head, conference, "report", document="2/BC")
    assert Duty.objects.get(rule="dc.conference.yearly", matter=conference).state == "fulfilled"
    promise = Matter.objects.get(kind="promise", parent=conference)
    assert promise.next_due_on == dt.date(2027, 1, 30)
    page = browser_of().get(f"/giam-sat/hoi-nghi/{conference.code}/").content.decode()
    for shown in ("200 m đường", "Thêm đèn đường", "Lắp trước Tết.", promise.code):
        assert shown in page
    assert "Vết Tên Riêng" not in page


def test_a_year_without_a_conference_stands_as_broken(people: Any, conference: Gathering) -> None:
    with pytest.raises(MatterError):
        act(people.village_head, conference, "miss", reason="Bận mùa")
    with clock.at(dt.datetime(2027, 1, 4, 9, tzinfo=ZONE)):
        act(people.front, conference, "miss", reason="Bão lũ")
    assert Duty.objects.get(matter=conference).state == "late"


def test_the_office_opens_the_year_by_a_button(browser_of: Any) -> None:
    address = "/ban-lam-viec/giam-sat/hoi-nghi/mo/"
    browser_of("head").post(address, {"nam": "1999"})
    browser_of("front").post(address, {"nam": "2026"})
    assert not Gathering.objects.exists()
    browser_of("head").post(address, {"nam": "2026"})
    assert Gathering.objects.count() == 6
