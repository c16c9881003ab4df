"""Reports by level: hours run through Tết and weekends; each report starts the clock anew."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.models import Duty
from dongthuan.work.hotspots.contact import incident_record
from dongthuan.work.hotspots.models import Report
from dongthuan.work.hotspots.papers import report_pdf
from dongthuan.work.hotspots.tests.conftest import NOW, ZONE, act, open_spot, steer


def running(spot: Any) -> dict[str, str]:
    """Rule -> when it is due, in Viet Nam."""
    rows = Duty.objects.filter(matter=spot, state="open")
    return {
        duty.rule: f"{timezone.localtime(duty.due_at):%d/%m %H:%M}"
        if duty.due_at
        else f"{duty.due_on:%d/%m}"
        for duty in rows
    }


def test_each_level_has_its_clock(people: Any, spot: Any) -> None:
    assert running(spot) == {"hs.first.watch": "05/11 09:00"}
    spot = act(people.handler, spot, "report")
    assert running(spot) == {"hs.report.watch": "09/11"}
    spot = act(people.head, spot, "declare_complex")
    assert running(spot) == {"hs.first.complex": "03/11 09:00"}
    spot = act(people.head, spot, "declare_hot")
    assert running(spot) == {
        "hs.first.hot": "02/11 11:00", "hs.steering": "04/11 09:00", "hs.province": "05/11 09:00",
    }  # fmt: skip
    spot = steer(people, spot)
    spot = act(people.head, spot, "report")
    assert running(spot) == {"hs.report.hot": "03/11 09:00", "hs.province": "05/11 09:00"}
    spot = act(people.head, spot, "stabilise")
    assert running(spot) == {"hs.report.stabilised": "02/12"}


def test_a_hot_spot_reports_every_day_of_tet_and_every_sunday(people: Any) -> None:
    """From the eve of Tết Đinh Mùi 2027 (new year's day 6 February, a Saturday)."""
    with clock.at(dt.datetime(2027, 2, 4, 16, tzinfo=ZONE)):
        spot = act(people.head, open_spot(people), "declare_hot")
    for day in range(5, 9):
        with clock.at(dt.datetime(2027, 2, day, 8, tzinfo=ZONE)):
            spot = act(people.head, spot, "report")
            assert running(spot)["hs.report.hot"] == f"{day + 1:02d}/02 08:00"
    assert spot.reports.count() == 4


def test_a_weekly_report_that_falls_into_tet_waits_for_the_first_working_day(people: Any) -> None:
    with clock.at(dt.datetime(2027, 1, 29, 9, tzinfo=ZONE)):
        spot = open_spot(people)
    with clock.at(dt.datetime(2027, 2, 1, 8, tzinfo=ZONE)):
        spot = act(people.handler, spot, "report")
    due = Duty.objects.get(matter=spot, rule="hs.report.watch").due_on
    assert due > dt.date(2027, 2, 8)
    assert due.weekday() < 5


def test_a_late_report_is_late_for_ever(people: Any, spot: Any) -> None:
    with clock.at(NOW + dt.timedelta(hours=73)):
        act(people.handler, spot, "report")
    assert Duty.objects.get(matter=spot, rule="hs.first.watch").state == "late"


def test_a_grave_incident_is_reported_within_two_hours(people: Any, spot: Any) -> None:
    incident_record(
        acting=people.handler, hotspot=spot, at=NOW, area=spot.place, people=40, grave=True,
        text="Bà con tập trung ở cổng chợ, xe không qua được.",
    )  # fmt: skip
    assert running(spot)["hs.incident"] == "02/11 11:00"
    act(people.handler, spot, "report")
    assert "hs.incident" not in running(spot)


def test_a_report_prints(people: Any, spot: Any) -> None:
    act(people.handler, spot, "report", wishes="Xin hỗ trợ kinh phí.")
    assert report_pdf(Report.objects.get()).startswith(b"%PDF")
