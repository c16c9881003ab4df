"""Ways through the tables of initiatives, conventions and elections, with plausible answers.

`Story` stands at a day; it takes steps as whoever may, and holds meetings and ballots.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from dongthuan.core import clock
from dongthuan.core.matters.kinds import kind_of, model_of
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.models import Account
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.conventions.services import convention_open, sections_set
from dongthuan.work.decisions.elections.services import candidate_add, election_open
from dongthuan.work.decisions.initiatives.services import (
    Proposer,
    initiative_propose,
    supports_add,
)
from dongthuan.work.decisions.models import RollLine, Station
from dongthuan.work.decisions.tests.conftest import moment, scan

START = moment("2026-10-05 08:00")  # a Monday
PAPER = {"document": "12/QĐ-UBND"}
WHY = {"reason": "Chưa đúng khoản 1 Điều 9 Nghị định 61/2023/NĐ-CP."}
ANSWERS: dict[str, dict[str, Any]] = {
    "take_up": {"title": "Dọn vệ sinh đường làng"},
    "endorse": {"document": "02/BB", "benefit": "Đường sạch, người già đi lại dễ."},
    "team": {"members": "Hội Phụ nữ\nĐoàn Thanh niên\nNgười có uy tín", **PAPER},
    "post": {"places": "Nhà văn hóa", "ways": "Sao gửi từng hộ, hòm thư góp ý"},
    "revise": {"answered": "Đã tiếp thu ý kiến về giờ giấc."},
    "tell": {"how": "Giấy mời đến từng hộ"},
    "ballot": {"plan": "03/KH", "ballot_team": "Ba người"},
    "post_ballot": {"how": "Niêm yết nhà văn hóa"},
    "file": {**PAPER, "signers": "Trưởng thôn\nTrưởng ban Mặt trận\nHộ một\nHộ hai"},
    "recognise": PAPER,
    "front_recognise": PAPER,
    "refuse": {**PAPER, **WHY},
    "front_refuse": {**PAPER, **WHY},
    "review": {"found": "Các hộ đã thực hiện tốt, đường sạch hơn."},
    "report": PAPER,
    "flaw": {"asks_for": "suspend", "flaw": "Điều 3 trái tập quán tốt đẹp"},
    "no_flaw": {**PAPER, "answer": "Phản ánh không có cơ sở."},
    "suspend": {**PAPER, **WHY, "ground": "b", "part": "Điều 3"},
    "amend": {"why": "Cho phù hợp thực tế"},
    "annul": {**PAPER, **WHY, "ground": "a"},
    "drop": WHY,
    "postpone": WHY,
    "plan": PAPER,
    "list": {"minutes": "05/BB"},
    "send": PAPER,
    "settle": {**PAPER, **WHY, "settled": "dismiss"},
    "again": {**PAPER, **WHY},
    "front_again": {**PAPER, **WHY},
    "appoint": {**PAPER, "candidate": 1},
    "end_office": PAPER,
    "acting": PAPER,
    "next": PAPER,
    "cancel": {**PAPER, **WHY},
    "shift": {**PAPER, **WHY, "last_day": dt.date(2031, 12, 1)},
    "put": {"how": "Bàn tại cuộc họp tháng sau"},
}


class Story:
    """A matter and the day it stands at; `people` act as the table says."""

    def __init__(self, people: Any, village: Any) -> None:
        self.people, self.village, self.now, self.pk = people, village, START, 0
        self.kind = ""

    # -- the day ----------------------------------------------------------------------------

    def at(self, text: str) -> Story:
        self.now = moment(text)
        return self

    def later(self, days: int) -> Story:
        self.now += dt.timedelta(days=days)
        return self

    @property
    def today(self) -> dt.date:
        return self.now.date()

    @property
    def matter(self) -> Any:
        rows = model_of(self.kind)._default_manager.select_related("unit", "place")
        return rows.get(pk=self.pk)

    # -- acting -----------------------------------------------------------------------------

    def actor_of(self, name: str) -> Any:
        """Somebody whom the table lets take the step."""
        step, people = kind_of(self.kind).by_step[name], self.people
        if self.kind == "election" and name in ("postpone", "cancel"):
            if self.matter.of_head:
                return people.head
            return people.front if name == "cancel" else people.village_front
        if self.kind == "election" and "village_front" in step.roles:
            return people.village_front
        for role in ("village_head", "village_front", "front"):
            if role in step.roles:
                return people.actors[role]
        return people.head

    def answers(self, name: str) -> dict[str, Any]:
        known = dict(ANSWERS.get(name, {}))
        today = self.today
        if self.kind == "initiative" and name == "refuse":
            return {"ground": "law", "reason": "Trái Điều 9 Luật Thực hiện dân chủ ở cơ sở."}
        if self.kind == "election" and name == "post":
            return {"places": "Nhà văn hóa"}
        if self.kind == "election" and name == "postpone":
            return {**WHY, "day": self.matter.held_on + dt.timedelta(days=14)}
        if name == "put":
            known["decided_in"] = getattr(self, "decided_in", "")
        days = {
            "post": {"posted": today}, "convene": {"day": today + dt.timedelta(days=5)},
            "ballot": {
                "since": today + dt.timedelta(days=4), "until": today + dt.timedelta(days=6),
            },
            "review": {"reviewed_on": today}, "flaw": {"reported_on": today},
            "suspend": {"until": today + dt.timedelta(days=30)},
            "again": {"day": today + dt.timedelta(days=30)},
            "front_again": {"day": today + dt.timedelta(days=30)},
            "next": {"day": today + dt.timedelta(days=30)},
            "acting": {"last_day": today + dt.timedelta(days=90)},
        }  # fmt: skip
        known |= days.get(name, {})
        if name == "convene":
            known |= {"hour": "19:00", "venue": "Nhà văn hóa"}
        if name == "set_vote":
            known = {"attending": 8, "way": "paper", "agreed": 7}
        if name in ("appoint", "end_office", "acting"):
            known["email"] = Account.objects.get(pk=self.people.accounts[self.who(name)].pk).email
            if self.matter.of_board:
                known["seat"] = "21439-ttnd-1"
        return known

    def who(self, name: str) -> str:
        return "village_head" if name == "end_office" else "handler2"

    def take(self, name: str, **given: Any) -> Any:
        with clock.at(self.now):
            matter_act(
                acting=given.pop("acting", None) or self.actor_of(name), matter_id=self.pk,
                step_name=name, data=self.answers(name) | given,
            )  # fmt: skip
        return self.matter

    def takes(self, *names: str) -> Story:
        for name in names:
            self.take(name)
        return self

    # -- beginnings -------------------------------------------------------------------------

    def initiative(self, item: str = "6") -> Story:
        with clock.at(self.now):
            made = initiative_propose(
                acting=self.people.citizen, village=self.village, item=item,
                text="Đề nghị cùng dọn vệ sinh đường làng mỗi sáng chủ nhật.",
                proposer=Proposer("Nguyễn Văn Thử", phone="0905123456"),
            )  # fmt: skip
        self.kind, self.pk, self.receipt = "initiative", made.initiative.pk, made
        return self

    def supported(self, *numbers: int, on: dt.date | None = None) -> Story:
        with clock.at(self.now):
            supports_add(
                acting=self.people.village_head, initiative_id=self.pk, channel="paper",
                numbers=[f"{n:03}" for n in numbers], signed_on=on or self.today,
            )  # fmt: skip
        return self

    def convention(self) -> Story:
        with clock.at(self.now):
            made = convention_open(
                acting=self.people.village_head, village=self.village,
                title="Quy ước nếp sống văn minh",
            )  # fmt: skip
        self.kind, self.pk = "convention", made.pk
        return self

    def drafted(self, text: str = "Mỗi sáng chủ nhật các hộ cùng dọn đường.") -> Story:
        with clock.at(self.now):
            sections_set(
                acting=self.people.village_head, convention_id=self.pk,
                sections=[("Điều 1. Vệ sinh", text), ("Điều 2. Giờ giấc", "Sau 22 giờ giữ yên.")],
            )  # fmt: skip
        return self

    def revised(self) -> Story:
        self.convention().takes("agree", "team").drafted().take("post")
        return self.later(31).takes("revise")

    def election(self, post: str = "head", sort: str = "elect", **given: Any) -> Story:
        acting = self.people.head if post == "head" else self.people.village_front
        values: dict[str, Any] = {"held_on": self.today + dt.timedelta(days=28)}
        if sort == "dismiss":
            values["grounds"] = "front"
        with clock.at(self.now):
            made = election_open(
                acting=acting, village=self.village, post=post, sort=sort, **(values | given)
            )
        self.kind, self.pk = "election", made.pk
        return self

    def stand(self, *names: str, source: str = "front") -> Story:
        with clock.at(self.now):
            for place, name in enumerate(names):
                candidate_add(
                    acting=self.people.village_front, election_id=self.pk, name=name,
                    born=1970 + place, source=source,
                )  # fmt: skip
        return self

    def prepared(self, *names: str) -> Story:
        matter = self.matter
        if matter.is_election:
            self.stand(*(names or ("Trần Văn Một", "Lê Thị Hai"))).take("list")
        elif matter.of_board:
            self.stand("Trần Văn Một")
        if matter.elects_head:
            self.takes("plan", "team", "post")
        return self.takes("tell")

    # -- votes ------------------------------------------------------------------------------

    def meeting(self, came: int, **counts: int) -> Story:
        """On the day: fix the way, freeze, open, count by two people, close."""
        self.now = moment(f"{self.matter.held_on} 19:30")
        self.take("set_vote")
        return self.counted(came, **counts)

    def counted(self, came: int, **counts: int) -> Story:
        """Run the vote that stands to its end: `came` households, figures by option."""
        self.tallied(came, **counts)
        vote = self.matter.vote
        with clock.at(max(self.now, vote.closes_at)):
            self.now = max(self.now, vote.closes_at)
            voting.vote_close(acting=self.people.village_front, vote=vote)
        return self

    def tallied(self, came: int, **counts: int) -> Story:
        """Run the vote that stands until its figures are agreed; it is not closed yet."""
        vote = self.matter.vote
        acting = self.people.village_front
        with clock.at(max(self.now, vote.opens_at + dt.timedelta(hours=8))):
            voting.roll_freeze(acting=acting, vote=vote)
            vote = voting.vote_open(acting=acting, vote=vote)
            station = Station.objects.get(roll__vote=vote)
            lines = list(RollLine.objects.filter(roll=station.roll))
            voting.voices_take(acting=acting, station=station, lines=lines[:came])
            voting.station_change(
                acting=acting, station=station, team=["Một", "Hai", "Ba"], witnesses=lines[:2]
            )
            full = dict.fromkeys(vote.labels, 0) | counts
            valid = min(came, sum(full.values()))
            figures = voting.Figures(
                issued=came, returned=came, missing=0, valid=valid, blank=came - valid, spoilt=0,
                counts=full,
            )  # fmt: skip
            voting.tally_enter(acting=acting, station=station, figures=figures, scan=scan())
            voting.tally_enter(acting=self.people.handler, station=station, figures=figures)
        return self


def copies(row: Any, wanted: int) -> None:
    """More rows like one, put past the services: only the list is measured."""
    model = type(row)
    for number in range(model._default_manager.count(), wanted):
        row.pk = row.id = row.matter_ptr_id = None
        row._state.adding = True
        row.code = f"21439-26-8{number:05}"
        row.save()
