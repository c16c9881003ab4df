"""A matter on its way, and what the effects of steps (`petitions.effects`) change on it.

The same changes as there, but on rows that are not in the database yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from dongthuan.core.law import deadline
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, DutyState
from dongthuan.core.matters.services import truth
from dongthuan.core.units.models import Unit
from dongthuan.generator.errors import GeneratorError
from dongthuan.generator.offices import Office
from dongthuan.work.petitions.bulk import DutyDraft, drafted
from dongthuan.work.petitions.models import Complaint, Petition
from dongthuan.work.petitions.opening import LEVELS

FIRST_DUTY = {"complaint": "kn.accept"}


Answers = dict[str, Any]


@dataclass
class Case:
    """A matter on its way: where it is, what it will turn out to be, what it owes.

    `at`: the moment reached. `stopped`: the next step lies in the future, so it waits there.
    """

    office: Office
    matter: Petition
    draft: DutyDraft
    text: str
    target: str
    topic: str
    place: Unit
    place_name: str
    at: dt.datetime
    duties: list[Duty] = field(default_factory=list)
    listed: tuple[str, str, str] | None = None
    stopped: bool = False

    @property
    def day(self) -> dt.date:
        return (self.at + dt.timedelta(hours=7)).date()

    @property
    def owed(self) -> set[str]:
        return {duty.rule for duty in self.duties if duty.is_running}

    def due(self, *rules: str) -> dt.date:
        """The soonest due day of these rules; today when none of them is owed."""
        return min((d.due_on for d in self.duties if d.is_running and d.rule in rules),
                   default=self.day)  # fmt: skip

    def owe(self, rule: str, anchor: str, at: dt.datetime) -> None:
        self.duties.append(self._duty(rule, anchor, at))

    def count_again(self, rule: str) -> Duty | None:
        """The running duty of a rule, counted under the conditions that the matter has now."""
        for place, duty in enumerate(self.duties):
            if duty.rule == rule and duty.is_running:
                self.duties[place] = again = self._duty(rule, duty.anchor, duty.anchor_at)
                return again
        return None

    def _duty(self, rule: str, anchor: str, at: dt.datetime) -> Duty:
        duty = self.draft.duty(
            matter=self.matter, rule=rule, anchor=anchor, at=at, conditions=self.matter.conditions
        )
        if duty is None:
            raise GeneratorError(f"The rule {rule} was not in force on {at:%d/%m/%Y}.")
        return duty

    def complaint(self) -> Complaint | None:
        """The facts of a complaint; None for every other kind."""
        row: Complaint | None = self.matter.__dict__.get("complaint_row")
        return row

    def step(self, step: Step, facts: Answers) -> None:
        """Close and open the duties that the step declares."""
        reason = facts.get("reason", "")
        for duty in self.duties:
            if not duty.is_running:
                continue
            if duty.rule in step.closes:
                duty_close(duty=duty, now=self.at)
            elif duty.rule in step.waives or step.waives == ("*",):
                why = reason or str(step.label)
                duty_close(duty=duty, now=self.at, state=DutyState.WAIVED, reason=why)
        for opens in step.opens:
            if not opens.when or truth(self.matter, opens.when):
                day = facts.get(opens.anchor)
                self.owe(opens.rule, opens.anchor, noon(day) if day else self.at)


def noon(day: str) -> dt.datetime:
    """Noon in Viet Nam of a day in ISO form."""
    return dt.datetime.fromisoformat(f"{day}T05:00:00+00:00")


Effect = Callable[[Case, Answers, Answers], None]


def _register(case: Case, facts: Answers, payload: Answers) -> None:
    case.matter.topic = facts["topic"]
    case.matter.title = payload["title"][:200]


def _classify(case: Case, facts: Answers, payload: Answers) -> None:
    matter, kind = case.matter, facts["kind"]
    matter.kind, matter.level = kind, LEVELS[kind]
    matter.conditions = sorted(facts.get("conditions", []))
    if kind == "complaint":
        matter.complaint_row = drafted(Complaint, petition_id=matter.pk)
    wanted = FIRST_DUTY.get(kind)
    if wanted and not case.count_again(wanted):
        case.owe(wanted, "received", matter.opened_at)


def _examine(case: Case, facts: Answers, payload: Answers) -> None:
    case.matter.eligible = facts["eligible"] == "yes"
    case.matter.in_competence = facts["competence"] == "in"
    if row := case.complaint():
        case.matter.subject = facts["subject"] = "decision"
        row.known_on = timezone.localdate(case.matter.opened_at) - dt.timedelta(days=20)
        facts["known_on"] = row.known_on.isoformat()


def _accept(case: Case, facts: Answers, payload: Answers) -> None:
    case.matter.accepted_at, case.matter.outcome = case.at, "accept"
    if "handler" in facts:
        case.matter.handler_id = facts["handler"]["account"]


def _extend(case: Case, facts: Answers, payload: Answers) -> None:
    case.matter.conditions = sorted({*case.matter.conditions, "complex"})
    facts["due_before"] = case.due("kn.settle1").isoformat()
    case.count_again("kn.settle1")
    facts["due_after"] = case.due("kn.settle1").isoformat()


def _report(case: Case, facts: Answers, payload: Answers) -> None:
    if row := case.complaint():
        row.report_on, row.report_finding = case.day, facts["finding"]
        row.differs = facts["differs"]


def _dialogue_call(case: Case, facts: Answers, payload: Answers) -> None:
    if row := case.complaint():
        row.dialogue_on = dt.date.fromisoformat(facts["day"])
        row.dialogue_place = facts["place"]


def _dialogue_notice(case: Case, facts: Answers, payload: Answers) -> None:
    if row := case.complaint():
        row.dialogue_notice_on = case.day


def _dialogue_hold(case: Case, facts: Answers, payload: Answers) -> None:
    if row := case.complaint():
        row.dialogue_held_on, row.dialogue_on = case.day, None


def _send(case: Case, facts: Answers, payload: Answers) -> None:
    if row := case.complaint():
        row.sent_on = case.day


def _terminate(case: Case, facts: Answers, payload: Answers) -> None:
    case.matter.outcome = "withdraw"
    if row := case.complaint():
        row.terminated_by = facts["ground"]


def _take_effect(case: Case, facts: Answers, payload: Answers) -> None:
    row = case.complaint()
    if row and row.effect_on:
        row.in_effect_on = row.effect_on + dt.timedelta(days=1)
        facts["in_effect_on"] = row.in_effect_on.isoformat()


def _decide(case: Case, facts: Answers, payload: Answers) -> None:
    matter = case.matter
    matter.decided_at, matter.decision = case.at, facts["document"]
    matter.finding, matter.answer = facts.get("finding", ""), payload["answer"]
    if row := case.complaint():
        found = deadline(
            key="kn.effect_after", anchor=case.day, conditions=frozenset(matter.conditions)
        )
        row.measure, row.effect_on = facts["measure"], found.due_on
        facts["effect_on"] = found.due_on.isoformat()
        case.owe("kn.effect_check", "effect_on", noon(facts["effect_on"]))


def _outcome(name: str) -> Effect:
    def effect(case: Case, facts: Answers, payload: Answers) -> None:
        case.matter.outcome = name
        case.matter.guided = name == "guide"
        if name == "transfer":
            case.matter.transferred_from_id = case.matter.unit_id

    return effect


EFFECTS: dict[str, Effect] = {
    "register": _register,
    "classify": _classify,
    "examine": _examine,
    "accept": _accept,
    "extend": _extend,
    "report": _report,
    "dialogue_call": _dialogue_call,
    "dialogue_notice": _dialogue_notice,
    "dialogue_hold": _dialogue_hold,
    "decide": _decide,
    "send": _send,
    "take_effect": _take_effect,
    "terminate": _terminate,
    "answer": _decide,
    **{name: _outcome(name) for name in ("guide", "transfer", "store", "return", "withdraw")},
}
