"""Citizen reception in the Đức Phổ example: invented sessions, visits and promises, labelled so.

Through the real services, with the clock standing at each day.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.calendar import load_calendar
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.receptions.booking import Booker, booking_create
from dongthuan.work.receptions.models import Reception
from dongthuan.work.receptions.services import (
    Hours,
    Word,
    reception_conclude,
    reception_create,
)
from dongthuan.work.receptions.visits import (
    Line,
    Visitor,
    visit_arrive,
    visit_record,
    visit_refuse,
)

HOURS = Hours(
    venue="Phòng tiếp công dân, trụ sở UBND phường (minh họa)",
    attendees="Văn phòng, Địa chính, Tư pháp, Thanh tra nhân dân",
    agenda="Bồi thường, giải phóng mặt bằng; đất đai; hạ tầng",
)
TURNS = (
    ("feedback", "Phản ánh đường vào tổ dân phố sạt lở sau mưa, xe máy khó đi.", 1, 0),
    ("complaint", "Không đồng ý với bảng kê bồi thường cây trồng lâu năm.", 1, 0),
    ("recommendation", "Kiến nghị sắp xếp chỗ bán hàng ở chợ mới cho bà con.", 12, 3),
)
ENDS = ("self", "self", "not_held", "self", "self")
CONCLUSION = (
    "Giao Địa chính đo lại ranh giới, giao tổ dân phố cắm biển báo tạm; kết quả gửi công dân đúng"
    " hạn ghi trong thông báo."
)


def demo_receptions_load(*, office: Actor, head: Actor, ward: str = "21439") -> int:
    """The head's last five days, the next four, and one refusal. Returns how many sessions."""
    seat = Position.objects.select_related("unit").get(code=f"{ward}-head")
    today, working = clock.today(), load_calendar()
    past = [working.roll_back(today - dt.timedelta(days=14 * n + 3)) for n in range(5, 0, -1)]
    coming = [working.roll_forward(today + dt.timedelta(days=14 * n + 5)) for n in range(4)]
    for day, end in zip(past, ENDS, strict=True):
        _past(office, head, seat, day, end)
    for number, day in enumerate(coming):
        _coming(office, seat, day, booked=2 if number == 0 else 0)
    return len(past) + len(coming)


def _moment(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())


def _posted(office: Actor, seat: Position, day: dt.date) -> Reception:
    made = reception_create(
        acting=office, unit=seat.unit, form="head", held_on=day, position=seat, hours=HOURS,
        is_demo=True,
    )  # fmt: skip
    matter_act(acting=office, matter_id=made.pk, step_name="post")
    return made


def _coming(office: Actor, seat: Position, day: dt.date, *, booked: int) -> None:
    planned = load_calendar().subtract_working_days(day, 8)
    with clock.at(min(_moment(planned, 9), timezone.now())):
        made = _posted(office, seat, day)
        for number in range(booked):
            booking_create(
                reception_id=made.pk,
                booker=Booker(
                    f"Người đặt lịch {number + 1} (minh họa)", phone=f"090000000{number}"
                ),
                about="Hỏi về hồ sơ đất đai (minh họa)",
            )


def _past(office: Actor, head: Actor, seat: Position, day: dt.date, end: str) -> None:
    with clock.at(_moment(load_calendar().subtract_working_days(day, 8), 9)):
        made = _posted(office, seat, day)
    with clock.at(_moment(day, 9)):
        if end == "not_held":
            reason = {"reason": "Bão số 12, trụ sở làm nhiệm vụ phòng chống thiên tai (minh họa)."}
            matter_act(acting=head, matter_id=made.pk, step_name="not_hold", data=reason)
            return
        matter_act(acting=office, matter_id=made.pk, step_name="open")
        _turns(office, made)
        held = {"receiver": end, "minutes": "Chủ tịch nghe, trả lời ngay một việc (minh họa)."}
        matter_act(acting=office, matter_id=made.pk, step_name="hold", data=held)
    after = load_calendar().add_working_days(day, 2)
    with clock.at(min(_moment(after, 10), timezone.now())):
        _conclude(head, made, day)


def _turns(office: Actor, made: Reception) -> None:
    for number, (kind, content, people, speakers) in enumerate(TURNS, start=1):
        visit = visit_arrive(acting=office, reception_id=made.pk)
        visit_record(
            acting=office, visit_id=visit.pk,
            line=Line(type=kind, content=content, outcome="answered", people_count=people,
                      representatives=speakers, in_competence=True, note="minh họa"),
            visitor=Visitor(f"Công dân {number} (minh họa)", "địa chỉ minh họa"),
        )  # fmt: skip
    visit = visit_arrive(acting=office, reception_id=made.pk)
    visit_refuse(
        acting=office, visit_id=visit.pk, ground="i", explained=True, visitor=Visitor(),
        content="Việc đã có bản án có hiệu lực (minh họa).",
    )  # fmt: skip


def _conclude(head: Actor, made: Reception, day: dt.date) -> None:
    found = Reception.objects.select_related("unit__parent").get(pk=made.pk)
    unit = Unit.objects.get(pk=found.unit_id)
    reception_conclude(
        acting=head, reception=found, document=f"{day:%d%m}/TB-UBND (minh họa)",
        conclusion=CONCLUSION,
        promises=[Word("Đo lại ranh giới và trả lời bằng văn bản (minh họa)",
                       clock.today() + dt.timedelta(days=21), unit)],
    )  # fmt: skip
