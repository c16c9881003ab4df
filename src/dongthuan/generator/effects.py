"""A matter on its way, and what the effects of steps (`petitions.effects`) change on it.

The same changes as there, but on rows that are not in the database yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, DutyState
from dongthuan.core.matters.services import truth
from dongthuan.core.units.models import Unit
from dongthuan.generator.errors import GeneratorError
from dongthuan.generator.offices import Office
from dongthuan.work.petitions.bulk import DutyDraft
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.opening import LEVELS

FIRST_DUTY = {"complaint": "kn.accept"}


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

    def step(self, step: Step, reason: str) -> None:
        """Close and open the duties that the step declares."""
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
                self.owe(opens.rule, opens.anchor, self.at)


Answers = dict[str, Any]
Effect = Callable[[Case, Answers, Answers], None]


def _register(case: Case, facts: Answers, payload: Answers) -> None:
    case.matter.topic = facts["topic"]
    case.matter.title = payload["title"][:200]


def _classify(case: Case, facts: Answers, payload: Answers) -> None:
    matter, kind = case.matter, facts["kind"]
    matter.kind, matter.level = kind, LEVELS[kind]
    matter.conditions = sorted(facts.get("conditions", []))
    wanted = FIRST_DUTY.get(kind)
    if wanted and not case.count_again(wanted):
        case.owe(wanted, "received", matter.opened_at)


def _examine(case: Case, facts: Answers, payload: Answers) -> None:
    case.matter.eligible = facts["eligible"] == "yes"
    case.matter.in_competence = facts["competence"] == "in"


def _accept(case: Case, facts: Answers, payload: Answers) -> None:
    case.matter.accepted_at, case.matter.outcome = case.at, "accept"
    if "handler" in facts:
        case.matter.handler_id = facts["handler"]["account"]


def _extend(case: Case, facts: Answers, payload: Answers) -> None:
    case.matter.conditions = sorted({*case.matter.conditions, "complex"})
    facts["due_before"] = case.due("kn.settle1").isoformat()
    case.count_again("kn.settle1")
    facts["due_after"] = case.due("kn.settle1").isoformat()


def _decide(case: Case, facts: Answers, payload: Answers) -> None:
    matter = case.matter
    matter.decided_at, matter.decision = case.at, facts["document"]
    matter.finding, matter.answer = facts.get("finding", ""), payload["answer"]


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
    "decide": _decide,
    "answer": _decide,
    **{name: _outcome(name) for name in ("guide", "transfer", "store", "return", "withdraw")},
}
