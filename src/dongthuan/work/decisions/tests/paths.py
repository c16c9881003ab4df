"""Ways to every state of a decision, with plausible answers, for a village of three households."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.people.households import Line, households_add
from dongthuan.core.people.models import Household
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import villages_of
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Decision, RollLine, Station, Vote
from dongthuan.work.decisions.services import decision_propose
from dongthuan.work.decisions.tests.conftest import BEGIN, moment, scan

# It is proposed at BEGIN (5 October 2026, a Monday); the meeting is on Saturday the 10th.
MEETING = moment("2026-10-10 19:30")
AFTER = moment("2026-10-12 09:00")
TEAM = "Trần Văn Một\nLê Thị Hai\nPhạm Văn Ba"
ANSWERS: dict[str, dict[str, Any]] = {
    "object": {"reason": "Chưa rõ mức đóng góp"},
    "convene": {
        "meeting_on": dt.date(2026, 10, 10), "meeting_time": "19:30", "manner": "hands",
        "venue": "Nhà văn hóa tổ dân phố",
    },
    "notify": {"ways": ["invitation", "posting"]},
    "plan_ballot": {
        "planned": dt.date(2026, 10, 5), "opens_on": dt.date(2026, 10, 15),
        "closes_on": dt.date(2026, 10, 17), "team": TEAM,
    },
    "post_ballot": {"ways": ["door"]},
    "poll_method": {
        "document": "02/BC", "manner": "online", "opens_on": dt.date(2026, 10, 15),
        "closes_on": dt.date(2026, 10, 17),
    },
    "plan_online": {
        "opens_on": dt.date(2026, 10, 20), "closes_on": dt.date(2026, 10, 22), "team": TEAM,
    },
    "record": {
        "form": "resolution", "document": "01/NQ-TDP", "signer_one": "Nguyễn Thị Hộ Một",
        "signer_two": "Nguyễn Thị Hộ Hai", "text": "Mỗi hộ góp 500.000 đồng làm đường.",
    },
    "send": {"sent_on": dt.date(2026, 10, 12)},
    "recognise": {"document": "15/QĐ-UBND", "effective_on": dt.date(2026, 11, 1)},
    "refuse": {"document": "16/UBND-VP", "reason": "Trái quy định về mức đóng góp"},
    "annul": {"document": "17/QĐ-UBND", "ground": "content", "reason": "Trái pháp luật"},
    "ask_redo": {"document": "18/UBND-VP", "reason": "Không gửi tài liệu họp"},
    "report": {"reason": "Đã làm xong 200 mét đường"},
    "report_council": {"document": "19/BC-UBND", "session": "Kỳ họp thường lệ cuối năm"},
    "withdraw": {"reason": "Chưa cần thiết"},
}  # fmt: skip
VOTED = ("agree", "convene", "VOTE", "count")
WAYS: dict[str, tuple[str, ...]] = {
    "proposed": (),
    "agreed": ("agree",),
    "convened": ("agree", "convene", "FEW"),
    "short": ("agree", "convene", "FEW", "declare_short"),
    "polling": ("agree", "convene", "FEW", "declare_short", "plan_ballot"),
    "carried": VOTED,
    "recorded": (*VOTED, "record"),
    "sent": (*VOTED, "record", "send"),
    "in_force": (*VOTED, "record", "send", "FORCE"),
    "rejected": ("agree", "convene", "AGAINST", "count"),
    "refused": (*VOTED, "record", "send", "refuse"),
    "annulled": (*VOTED, "record", "annul"),
    "redo": (*VOTED, "record", "ask_redo"),
    "replaced": (*VOTED, "record", "send", "FORCE", "replace"),
    "withdrawn": ("withdraw",),
}
COMMUNE_ONLY = {"sent", "refused"}
VILLAGE_ONLY = {"short"}


def way_to(state: str, *, commune: bool) -> tuple[str, ...]:
    if commune and state == "polling":
        return ("agree", "plan_ballot")
    return WAYS[state]


class Walk:
    """Takes a decision along named steps at the right hours, by the right people."""

    def __init__(self, people: Any) -> None:
        self.people = people

    def propose(self, *, item: str = "1", commune: bool = False, **given: Any) -> Decision:
        place = Unit.objects.get(code="21439" if commune else "21439-t01")
        values: dict[str, Any] = {
            "acting": self.people.handler if commune else self.people.village_head,
            "place": place,
            "item": item,
            "title": "Góp tiền làm đường bê tông",
            "proposal": "Mỗi hộ góp 500.000 đồng để làm đường bê tông của tổ.",
        }
        if commune:
            self.other_villages()
        with clock.at(BEGIN):
            return decision_propose(**(values | given))

    def other_villages(self) -> None:
        """Three households in each other village: commune-wide all villages vote."""
        lines = [Line(f"{n:03}", f"Lê Văn Hộ {n}") for n in (1, 2, 3)]
        for village in villages_of(Unit.objects.get(code="21439")):
            if not Household.objects.filter(village=village).exists():
                households_add(acting=SYSTEM, village=village, lines=lines, on=dt.date(2026, 1, 1))

    def who(self, step: str, decision: Decision) -> Any:
        if step in ("agree", "object"):
            return self.people.front if decision.is_commune else self.people.village_front
        if step in ("recognise", "refuse", "annul", "ask_redo", "report_council"):
            return self.people.head
        return self.people.head if decision.is_commune else self.people.village_head

    def when(self, step: str) -> dt.datetime:
        if step in ("agree", "object", "convene", "notify", "hand_out"):
            return BEGIN
        return AFTER if step not in ("FEW", "VOTE", "AGAINST", "declare_short") else MEETING

    def answers(self, step: str, decision: Decision) -> dict[str, Any]:
        answers = dict(ANSWERS.get(step, {}))
        if step == "replace":
            answers["successor"] = self.successor(decision).code
        return answers

    def take(self, decision: Any, step: str, *, by: Any = None, **given: Any) -> Any:
        answers = self.answers(step, decision) | given
        made = matter_act(
            acting=by or self.who(step, decision), matter_id=decision.pk, step_name=step,
            data=answers,
        )  # fmt: skip
        return Decision.objects.select_related("unit", "village_unit", "front_unit").get(pk=made.pk)

    def along(self, decision: Any, *steps: str) -> Any:
        for step in steps:
            with clock.at(self.when(step)):
                if step == "FORCE":
                    if decision.state == "sent":
                        decision = self.take(decision, "recognise")
                elif step.isupper():
                    self.meet(decision, present=1 if step == "FEW" else 3, yes=step == "VOTE")
                    decision = Decision.objects.get(pk=decision.pk)
                else:
                    decision = self.take(decision, step)
        return decision

    def meet(self, decision: Any, *, present: int, yes: bool) -> None:
        """The meeting: roll, opening, who is present; with all of three also the figures."""
        vote = Vote.objects.get(matter=decision, state="prepared")
        lead = self.people.head if decision.is_commune else self.people.village_head
        voting.roll_freeze(acting=lead, vote=vote)
        voting.vote_open(acting=lead, vote=vote)
        for station in Station.objects.filter(roll__vote=vote).select_related("roll__vote"):
            self.count(station, present, yes)

    def count(self, station: Station, present: int, yes: bool) -> None:
        lines = list(RollLine.objects.filter(roll=station.roll)[:present])
        voting.voices_take(acting=self.people.handler, station=station, lines=lines)
        if present < 3:
            return
        figures = voting.Figures(3, 3, 0, 3, 0, 0, {"yes": 3 if yes else 1, "no": 0 if yes else 2})
        for who in (self.people.handler, self.people.intake):
            voting.tally_enter(acting=who, station=station, figures=figures, scan=scan())

    def successor(self, decision: Any) -> Any:
        """A later decision in force that takes the place of this one."""
        later = self.propose(commune=decision.is_commune, replaces=decision)
        return self.along(later, *VOTED, "record", "send", "FORCE")


def walk_of_three(people: Any) -> Walk:
    """A walk through a village of three households."""
    households_add(
        acting=SYSTEM, village=Unit.objects.get(code="21439-t01"), on=dt.date(2026, 1, 1),
        lines=[Line(f"{n:03}", f"Nguyễn Thị Hộ {n}") for n in (1, 2, 3)],
    )  # fmt: skip
    return Walk(people)
