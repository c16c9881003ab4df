"""Initiatives, conventions and elections in the Đức Phổ example: invented, and labelled so.

One convention that was recognised, one initiative with not quite enough support, one election of
the village head that is prepared. Through the real services, with the clock at each day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.calendar import load_calendar
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.people.actors import ANONYMOUS, Actor
from dongthuan.core.people.households import households_of
from dongthuan.core.units.models import Unit
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.conventions.services import (
    comment_add,
    convention_open,
    sections_set,
)
from dongthuan.work.decisions.elections.services import candidate_add, election_open
from dongthuan.work.decisions.initiatives.models import Initiative
from dongthuan.work.decisions.initiatives.services import (
    Proposer,
    initiative_propose,
    supports_add,
)
from dongthuan.work.decisions.models import RollLine, Station, Vote

VENUE = "Nhà văn hóa tổ dân phố (minh họa)"
SECTIONS = (
    ("Điều 1. Nếp sống văn minh", "Việc cưới, việc tang làm gọn trong hai ngày, không mở loa sau "
     "22 giờ. Các hộ giúp nhau khi có việc hiếu."),
    ("Điều 2. Vệ sinh chung", "Sáng chủ nhật đầu tháng các hộ cùng quét dọn ngõ. Rác để đúng giờ, "
     "đúng chỗ; không đốt rác trong khu dân cư."),
    ("Điều 3. Khuyến học", "Cuối năm học tổ dân phố tặng quà các cháu tiến bộ từ quỹ khuyến học "
     "do các hộ tự nguyện góp."),
    ("Điều 4. Thực hiện", "Tổ trưởng và Trưởng ban công tác Mặt trận nhắc nhở nhẹ nhàng; hằng năm "
     "vào ngày 18 tháng 11 các hộ cùng rà soát."),
)  # fmt: skip


class _Village:
    """The first residential group, told from day to day."""

    def __init__(self, head: Actor, front: Actor, chair: Actor, code: str) -> None:
        self.head, self.front, self.chair = head, front, chair
        self.unit = Unit.objects.get(code=code)
        self.today = clock.today()

    def day(self, days_ago: int) -> dt.date:
        return self.today - dt.timedelta(days=days_ago)

    def at(self, days_ago: int, hour: int = 9) -> Any:
        moment = dt.datetime.combine(
            self.day(days_ago), dt.time(hour), timezone.get_default_timezone()
        )
        return clock.at(min(moment, timezone.now()))

    def workday(self, days_ago: int) -> int:
        """The same number of days ago, or a little more, on a working day."""
        return (self.today - load_calendar().roll_back(self.day(days_ago))).days

    def act(self, matter: Matter, actor: Actor, step: str, **data: Any) -> None:
        matter_act(acting=actor, matter_id=matter.pk, step_name=step, data=data)


def demo_elections_load(
    *, head: Actor, front: Actor, chair: Actor, village_code: str = "21439-t01"
) -> int:
    """`head` and `front` of the village, `chair` of the People's Committee. Returns how many."""
    village = _Village(head, front, chair, village_code)
    _convention(village)
    _initiative(village)
    _election(village)
    return 3


def _convention(village: _Village) -> None:
    """Adopted by 29 of 39 households seven weeks ago, recognised four working days later."""
    head, front = village.head, village.front
    with village.at(100):
        made = convention_open(
            acting=head, village=village.unit, title="Quy ước tổ dân phố 1 (minh họa)",
            is_demo=True,
        )  # fmt: skip
        village.act(made, front, "agree")
    with village.at(97):
        village.act(
            made, head, "team", document="01/QĐ-TDP (minh họa)",
            members="Chi hội Phụ nữ\nChi đoàn Thanh niên\nNgười có uy tín",
        )  # fmt: skip
        sections_set(acting=head, convention_id=made.pk, sections=SECTIONS)
    with village.at(92):
        village.act(
            made, head, "post", posted=village.day(92), places=VENUE,
            ways="Sao gửi từng hộ, hòm thư góp ý",
        )  # fmt: skip
    with village.at(80):
        comment_add(
            acting=ANONYMOUS, convention_id=made.pk, text="Nên dọn ngõ vào buổi sáng sớm cho mát."
        )
    with village.at(60):
        village.act(made, head, "revise", answered="Đã ghi giờ dọn ngõ vào buổi sáng chủ nhật.")
        village.act(made, head, "convene", day=village.day(50), hour="19:00", venue=VENUE)
        village.act(made, head, "tell", how="Giấy mời kèm dự thảo đến từng hộ")
    _adopted(village, made)
    with village.at(village.workday(48)):
        village.act(
            made, head, "file", document="03/TTr-TDP (minh họa)",
            signers="Tổ trưởng\nTrưởng ban công tác Mặt trận\nHộ một\nHộ hai",
        )  # fmt: skip
    with village.at(village.workday(46)):
        village.act(made, village.chair, "recognise", document="128/QĐ-UBND (minh họa)")
        village.act(made, village.chair, "send", document="129/UBND (minh họa)")


def _adopted(village: _Village, made: Matter) -> None:
    head, front = village.head, village.front
    with village.at(50, 20):
        village.act(made, head, "set_vote", attending=34, way="hands", agreed=30)
        vote = Vote.objects.get(matter=made)
        voting.roll_freeze(acting=head, vote=vote)
        vote = voting.vote_open(acting=head, vote=vote)
        station = Station.objects.select_related("roll__vote", "roll__village").get(roll__vote=vote)
        lines = list(RollLine.objects.filter(roll=station.roll)[:34])
        voting.voices_take(acting=head, station=station, lines=lines)
        figures = voting.Figures(34, 34, 0, 32, 2, 0, {"yes": 29, "no": 3})
        note = ContentFile("Biên bản cuộc họp (minh họa)".encode(), name="bien-ban.txt")
        scan = attachment_store(upload=note)
        voting.tally_enter(acting=head, station=station, figures=figures, scan=scan)
        voting.tally_enter(acting=front, station=station, figures=figures)
        voting.vote_close(acting=head, vote=vote)
        village.act(made, head, "hold")


def _initiative(village: _Village) -> Initiative:
    """Three of 39 households so far, 7.7 %; four are needed."""
    with village.at(village.workday(20)):
        made = initiative_propose(
            acting=ANONYMOUS, village=village.unit, item="6",
            text="Đề nghị tổ dân phố trồng cây bóng mát dọc con đường vào nhà văn hóa, mỗi hộ "
            "nhận chăm một cây trước cửa.",
            proposer=Proposer("Người dân đề xuất (minh họa)", phone="0900000077"), is_demo=True,
        ).initiative  # fmt: skip
    with village.at(village.workday(18)):
        village.act(
            made, village.head, "take_up", title="Trồng cây dọc đường vào nhà văn hóa (minh họa)"
        )
    day = village.day(10)
    with village.at(9):
        numbers = [h.number for h in households_of(village=village.unit, on=day)[:3]]
        supports_add(
            acting=village.head, initiative_id=made.pk, numbers=numbers, channel="paper",
            signed_on=day,
        )  # fmt: skip
    return made


def _election(village: _Village) -> None:
    """The head's election in five weeks: decided and planned, the list not fixed yet."""
    with village.at(village.workday(2)):
        made = election_open(
            acting=village.chair, village=village.unit, post="head",
            held_on=load_calendar().roll_forward(village.day(-35)), venue=VENUE,
            document="140/QĐ-UBND (minh họa)", is_demo=True,
        )  # fmt: skip
        village.act(made, village.chair, "plan", document="141/KH-UBND (minh họa)")
        for name, born in (
            ("Ứng cử viên một (minh họa)", 1972),
            ("Ứng cử viên hai (minh họa)", 1985),
        ):
            candidate_add(
                acting=village.front, election_id=made.pk, name=name, born=born, source="front"
            )
