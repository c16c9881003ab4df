"""Disclosure in the Đức Phổ example: invented figures, lists and postings, labelled so.

Through the real services, with the clock standing at each day.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from xlsxwriter import Workbook

from dongthuan.core import clock
from dongthuan.core.calendar import load_calendar
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.work.disclosure.models import Disclosure, Place
from dongthuan.work.disclosure.owing import places_ensure
from dongthuan.work.disclosure.postings import (
    Hung,
    absence_report,
    disclosure_settle,
    posting_end,
    postings_record,
)
from dongthuan.work.disclosure.requests import Asker, inforequest_create
from dongthuan.work.disclosure.services import content_set, disclosure_create

# item, title, days ago, what becomes of it: kept, gap, late, owed
STORIES: tuple[tuple[str, str, int, str], ...] = (
    ("1", "Kết quả phát triển kinh tế - xã hội 9 tháng (minh họa)", 48, "kept"),
    ("2", "Thực hiện dự toán ngân sách quý III (minh họa)", 44, "kept"),
    ("3", "Kế hoạch sử dụng quỹ đất công ích (minh họa)", 60, "kept"),
    ("4", "Quy chế thực hiện dân chủ của phường (minh họa)", 70, "kept"),
    ("5", "Thu, chi quỹ đền ơn đáp nghĩa (minh họa)", 41, "kept"),
    ("6", "Mua sắm, thanh lý tài sản công (minh họa)", 52, "kept"),
    ("8", "Danh sách hỗ trợ sau bão (minh họa)", 38, "kept"),
    ("10", "Kết quả kiểm tra công vụ quý III (minh họa)", 46, "kept"),
    ("12", "Mức thu phí, lệ phí tại phường (minh họa)", 47, "kept"),
    ("13", "Danh mục thủ tục hành chính của phường (minh họa)", 66, "kept"),
    ("7", "Danh sách đề nghị trợ cấp xã hội (minh họa)", 40, "gap"),
    ("11", "Tổng hợp ý kiến Nhân dân về quy hoạch chợ (minh họa)", 33, "late"),
    ("9", "Danh sách gọi nhập ngũ (minh họa)", 2, "owed"),
)
SUMMARY = "Toàn văn kèm theo văn bản của Ủy ban nhân dân; số liệu trong tin này là minh họa."
LISTS: dict[str, tuple[str, list[list[Any]]]] = {
    "5": ("fund", [
        ["Tên quỹ", "Số dư đầu kỳ", "Thu trong kỳ", "Chi trong kỳ", "Số dư cuối kỳ"],
        ["Quỹ đền ơn đáp nghĩa (minh họa)", 42_500_000, 18_300_000, 25_000_000, 35_800_000],
        ["Quỹ phòng, chống thiên tai (minh họa)", 61_200_000, 9_400_000, 30_000_000, 40_600_000],
    ]),
    "8": ("relief", [
        ["Họ và tên", "Ngày sinh", "Địa chỉ", "Thiệt hại", "Mức hỗ trợ", "Ngày cấp phát"],
        *(
            [f"Người Minh Họa {chr(65 + n)}", str(1950 + 3 * n), f"tổ dân phố {1 + n % 4}",
             ("Tốc mái", "Ngập nhà", "Hư hỏng hoa màu")[n % 3], 500_000 + 250_000 * (n % 4),
             "20/10/2026"]
            for n in range(8)
        ),
    ]),
}  # fmt: skip


def demo_disclosure_load(*, office: Actor, head: Actor, elsewhere: Actor, ward: str = "21439"
                         ) -> int:  # fmt: skip
    """A dozen disclosures of the ward, a few of its neighbour; returns how many."""
    unit = Unit.objects.select_related("parent").get(code=f"{ward}-ubnd")
    places = places_ensure(unit, is_demo=True)
    for item, title, days, end in STORIES:
        _told(office, head, unit, places, item, title, days, end)
    other = Unit.objects.get(code="21478-ubnd")
    places_ensure(other, is_demo=True)
    for item, title, days in (("1", "Kế hoạch kinh tế - xã hội năm (minh họa)", 20),
                              ("2", "Dự toán ngân sách (minh họa)", 16)):  # fmt: skip
        with clock.at(_moment(_day(days), 9)):
            _opened(elsewhere, other, item, title)
    inforequest_create(
        acting=office, place=unit, item="3", by="counter", is_demo=True,
        text="Xin bản sao kế hoạch cho thuê đất công ích năm nay (minh họa).",
        asker=Asker("Người hỏi thông tin (minh họa)", "địa chỉ minh họa"),
    )  # fmt: skip
    return len(STORIES) + 2


def _moment(day: dt.date, hour: int) -> dt.datetime:
    moment = dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())
    return min(moment, timezone.now())


def _day(days_ago: int) -> dt.date:
    return load_calendar().roll_back(clock.today() - dt.timedelta(days=days_ago))


def _opened(actor: Actor, unit: Unit, item: str, title: str) -> Disclosure:
    return disclosure_create(
        acting=actor, unit=unit, item=item, title=title, symbol=f"{item}/TB-UBND (minh họa)",
        decided_on=clock.today(), summary=SUMMARY, is_demo=True,
    )  # fmt: skip


def _sheet(rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for line, row in enumerate(rows):
            page.write_row(line, 0, row)
    return out.getvalue()


def _told(
    office: Actor, head: Actor, unit: Unit, places: list[Place], item: str, title: str, days: int,
    end: str,
) -> None:  # fmt: skip
    day = _day(days)
    with clock.at(_moment(day, 9)):
        found = _opened(office, unit, item, title)
        if item in LISTS:
            kind, rows = LISTS[item]
            content_set(acting=office, disclosure_id=found.pk, title=title, summary=SUMMARY,
                        content_type=kind, sheet=_sheet(rows))  # fmt: skip
    if end == "owed":
        return
    working = load_calendar()
    after = working.add_working_days(day, 8 if end == "late" else 2)
    with clock.at(_moment(after, 10)):
        matter_act(acting=head, matter_id=found.pk, step_name="publish")
        _hang(office, found, places, after, end)
    found = Disclosure.objects.select_related("unit").get(pk=found.pk)
    if end == "gap":
        _interrupted(office, found, after)
    disclosure_settle(disclosure=found)


def _hang(office: Actor, found: Disclosure, places: list[Place], day: dt.date, end: str) -> None:
    owed = set(found.duties.filter(state="open").values_list("subject", flat=True))
    boards = [place for place in places if place.channel == "a" and place.name in owed]
    if boards:
        postings_record(acting=office, disclosure_id=found.pk, channel="a", started_on=day,
                        hung=[Hung(place) for place in boards])  # fmt: skip
    villages = [place for place in places if place.village and place.village.name in owed]
    if villages:
        postings_record(
            acting=office, disclosure_id=found.pk, channel="d", started_on=day,
            hung=[Hung(place) for place in villages], reference="Biên bản họp tổ (minh họa)",
        )  # fmt: skip
    loud = [place for place in places if place.channel == "c" and place.name in owed]
    later = day + dt.timedelta(days=2)
    if loud and end != "owed":
        with clock.at(_moment(later, 18)):
            postings_record(
                acting=office, disclosure_id=found.pk, channel="c", started_on=day,
                ended_on=min(later, clock.today()), hung=[Hung(place) for place in loud],
                reference="Nhật ký phát thanh (minh họa)",
            )  # fmt: skip


def _interrupted(office: Actor, found: Disclosure, day: dt.date) -> None:
    """One board was taken down after ten days; somebody says that another was empty, too."""
    hung = found.postings.filter(channel="a").select_related("place").order_by("-id")
    first, second = hung[0], hung[1]
    with clock.at(_moment(day + dt.timedelta(days=10), 10)):
        posting_end(acting=office, posting_id=first.pk, ended_on=clock.today())
    absence_report(
        code=found.code, place_id=second.place_id or 0,
        on=clock.today() - dt.timedelta(days=1), note="Bảng tin trống (minh họa)",
    )  # fmt: skip
