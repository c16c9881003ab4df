"""Decisions of the people in the Đức Phổ example: invented households and votes, labelled so.

One contribution that was carried, one meeting that was too small and became a ballot, one online
vote under way. Through the real services, with the clock standing at each moment.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.calendar import load_calendar
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.households import Line, household_count, households_add
from dongthuan.core.units.models import Unit
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Decision, Method, RollLine, Station, Vote
from dongthuan.work.decisions.services import decision_propose

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi")
MIDDLE = ("Văn", "Thị", "Minh", "Ngọc", "Thanh")
GIVEN = ("An", "Bình", "Cúc", "Dũng", "Hà", "Lan", "Mai", "Nam")
HOUSEHOLDS = 39
TEAM = "Thành viên một (minh họa)\nThành viên hai (minh họa)\nThành viên ba (minh họa)"
VENUE = "Nhà văn hóa tổ dân phố (minh họa)"


class _Story:
    """A decision told from day to day, by the village head, the village's Front and the office."""

    def __init__(self, head: Actor, front: Actor, village: Unit) -> None:
        self.head, self.front, self.village = head, front, village
        self.today = clock.today()

    def at(self, days_ago: int, hour: int = 9) -> Any:
        day = self.today - dt.timedelta(days=days_ago)
        return clock.at(dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone()))

    def day(self, days_ago: int) -> dt.date:
        return self.today - dt.timedelta(days=days_ago)

    def propose(self, days_ago: int, item: str, title: str, proposal: str) -> Decision:
        with self.at(days_ago):
            made = decision_propose(
                acting=self.head, place=self.village, item=item, title=title, proposal=proposal,
                is_demo=True,
            )  # fmt: skip
            matter_act(acting=self.front, matter_id=made.pk, step_name="agree")
        return made

    def act(self, matter: Decision, step: str, **data: Any) -> None:
        matter_act(acting=self.head, matter_id=matter.pk, step_name=step, data=data)

    def opened(self, matter: Decision) -> Vote:
        vote = Vote.objects.get(matter=matter, state=Vote.State.PREPARED)
        voting.roll_freeze(acting=self.head, vote=vote)
        return voting.vote_open(acting=self.head, vote=vote)

    def present(self, vote: Vote, number: int) -> Station:
        station = Station.objects.select_related("roll__vote", "roll__village").get(roll__vote=vote)
        lines = list(RollLine.objects.filter(roll=station.roll)[:number])
        voting.voices_take(acting=self.head, station=station, lines=lines)
        return station

    def enter(self, station: Station, figures: voting.Figures) -> None:
        """Two people enter the same, one of them with the scan."""
        note = ContentFile("Biên bản kiểm phiếu (minh họa)".encode(), name="bien-ban.txt")
        scan = attachment_store(upload=note)
        voting.tally_enter(acting=self.head, station=station, figures=figures, scan=scan)
        voting.tally_enter(acting=self.front, station=station, figures=figures)

    def meeting(self, matter: Decision, days_ago: int, called: int) -> None:
        with self.at(called):
            self.act(
                matter, "convene", meeting_on=self.day(days_ago), meeting_time="19:00",
                manner=Method.HANDS.value, venue=VENUE,
            )  # fmt: skip
            self.act(matter, "notify", ways=["invitation", "posting"])


def demo_decisions_load(*, head: Actor, front: Actor, village_code: str = "21439-t01") -> int:
    """Three decisions of one residential group. Returns how many."""
    village = Unit.objects.get(code=village_code)
    if not household_count(village=village):
        _households(head, village)
    story = _Story(head, front, village)
    _carried(story)
    _small_meeting(story)
    _online(story)
    return 3


def _households(head: Actor, village: Unit) -> None:
    lines = [
        Line(
            f"{n:03}",
            f"{FAMILY[n % 8]} {MIDDLE[n % 5]} {GIVEN[n * 3 % 8]} (minh họa)",
            f"số {n}, {village.name} (minh họa)",
        )
        for n in range(1, HOUSEHOLDS + 1)
    ]
    households_add(
        acting=head, village=village, lines=lines, is_demo=True,
        on=clock.today() - dt.timedelta(days=120),
    )  # fmt: skip


def _carried(story: _Story) -> None:
    """27 of 39 households: two thirds are 26."""
    matter = story.propose(
        40, "1", "Góp tiền làm đường bê tông ngõ 3 (minh họa)",
        "Mỗi hộ góp 500.000 đồng, chia hai đợt, để làm 180 mét đường bê tông ngõ 3; phường hỗ trợ"
        " xi măng. Hộ khó khăn được miễn theo danh sách họp tổ thông qua.",
    )  # fmt: skip
    story.meeting(matter, 30, 36)
    with story.at(36, 10):
        story.act(matter, "hand_out")
    with story.at(30, 20):
        station = story.present(story.opened(matter), 33)
        story.enter(station, voting.Figures(33, 33, 0, 31, 2, 0, {"yes": 27, "no": 4}))
        story.act(matter, "count")
    with story.at(28):
        story.act(
            matter, "record", form="resolution", document="01/NQ-TDP",
            text="Mỗi hộ góp 500.000 đồng làm đường bê tông ngõ 3, thu hai đợt; tổ dân phố công"
            " khai thu chi hằng tháng tại nhà văn hóa.",
            signer_one="Đại diện hộ một (minh họa)", signer_two="Đại diện hộ hai (minh họa)",
        )  # fmt: skip
    sent = load_calendar().roll_forward(story.day(27))
    with story.at((story.today - sent).days):
        story.act(matter, "send", sent_on=sent)


def _small_meeting(story: _Story) -> None:
    """Twelve of 39 came; two thirds cannot be reached, so papers go from door to door."""
    matter = story.propose(
        16, "2", "Quản lý quỹ khuyến học của tổ dân phố (minh họa)",
        "Quỹ khuyến học do ban ba người giữ; chi thưởng mỗi năm một lần; công khai thu chi sáu"
        " tháng một lần.",
    )  # fmt: skip
    story.meeting(matter, 8, 13)
    with story.at(13, 10):
        story.act(matter, "hand_out")
    with story.at(8, 20):
        story.present(story.opened(matter), 12)
        story.act(matter, "declare_short")
    with story.at(7):
        story.act(
            matter, "plan_ballot", planned=story.day(7), opens_on=story.day(3),
            closes_on=story.day(-4), team=TEAM,
        )  # fmt: skip
        story.act(matter, "send_plan")
        story.act(matter, "post_ballot", ways=["door", "posting"])
    with story.at(3, 8):
        story.present(story.opened(matter), 21)


def _online(story: _Story) -> None:
    """Item 6 in two steps: the households wanted it online; the vote runs, 14 have voted."""
    matter = story.propose(
        20, "6", "Giờ tắt loa và giữ yên tĩnh buổi tối (minh họa)",
        "Từ 21 giờ 30 mỗi tối không mở loa kéo, không hát karaoke ngoài trời trong tổ dân phố.",
    )  # fmt: skip
    with story.at(18):
        story.act(
            matter, "poll_method", document="02/BC-TDP (minh họa)", manner=Method.HANDS.value,
            opens_on=story.day(15), closes_on=story.day(15),
        )  # fmt: skip
    with story.at(15, 19):
        vote = story.opened(matter)
        station = story.present(vote, 30)
        story.enter(station, voting.Figures(30, 30, 0, 29, 1, 0, {"yes": 25, "no": 4}))
        voting.vote_close(acting=story.head, vote=vote)
    with story.at(6):
        story.act(matter, "plan_online", opens_on=story.day(2), closes_on=story.day(-5), team=TEAM)
    with story.at(2, 9):
        vote = story.opened(matter)
        codes = voting.codes_issue(acting=story.head, roll=vote.rolls.get())
        for number, (_line, code) in enumerate(codes[:14]):
            voting.ballot_cast(code=code, choice=("yes", "yes", "no", "other")[number % 4])
