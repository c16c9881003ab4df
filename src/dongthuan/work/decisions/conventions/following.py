"""From the filing on: recognition, what follows every year, suspension, amendment, annulment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.law import load_rulebook
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import DutyState, Projection
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import SYSTEM
from dongthuan.work.decisions.conventions.models import AnnulGround, Convention, Ground
from dongthuan.work.decisions.village_matters import public_words

FLAWS = (
    ("suspend", _lazy("a ground to suspend it (three working days)")),
    ("annul", _lazy("a ground to annul it (five working days)")),
)
# The province reports before 30 November (Điều 16.3); the village's report must be there by then.
REPORT_DAY = (11, 29)


def _of(context: StepContext) -> Convention:
    return cast(Convention, context.matter)


def _next(month: int, day: int, after: dt.date) -> dt.date:
    found = dt.date(after.year, month, day)
    return found if found > after else dt.date(after.year + 1, month, day)


def review_day(after: dt.date) -> dt.date:
    """The next 18 November (Ngày hội đại đoàn kết, Điều 15.4.a) after a day."""
    said = load_rulebook().value("dc.convention.review_day", on=clock.today()).code
    month, _dash, day = said.partition("-")
    return _next(int(month), int(day), after)


def report_day(after: dt.date) -> dt.date:
    return _next(*REPORT_DAY, after)


def recognise(context: StepContext) -> None:
    """In force from the day of the decision (Điều 11.5); an earlier version gives way to it."""
    matter, today = _of(context), clock.today()
    matter.document = str(context.data["document"])
    matter.in_force_on = today
    matter.decided_at = context.now
    matter.frozen_sha256 = matter.text_sha256
    context.data["review_on"] = review_day(today)
    context.data["report_on"] = report_day(today)
    context.facts["sha256"] = matter.frozen_sha256
    Convention.objects.filter(pk=matter.pk).update(in_force_on=today)
    earlier = matter.replaces
    if earlier and earlier.state in ("in_force", "suspended"):
        matter_act(acting=SYSTEM, matter_id=earlier.pk, step_name="follow")


def refuse(context: StepContext) -> None:
    _reasoned(context)


def review(context: StepContext) -> None:
    """The next review is a year on; one held before its day answers for that day."""
    public_words(str(context.data["found"]), field="found", least=5, most=3000)
    context.data["review_on"] = _following(context, "dc.convention.review", review_day)


def report(context: StepContext) -> None:
    context.data["report_on"] = _following(context, "dc.convention.report", report_day)


def _following(context: StepContext, rule: str, day: Callable[[dt.date], dt.date]) -> dt.date:
    """The first day of its kind after the one that is owed now, and not in the past."""
    owed = [duty.due_on for duty in context.duties if duty.rule == rule]
    return day(max([*owed, clock.today()]))


def flaw(context: StepContext) -> None:
    """A written report begins three or five working days (Điều 12.2, Điều 14.3)."""
    rule = f"dc.convention.{context.data['asks_for']}"
    context.opens.append((rule, "reported", noon(context.data["reported_on"])))


def suspend(context: StepContext) -> None:
    matter, data = _of(context), context.data
    part = str(data.get("part") or "")
    if data["ground"] == Ground.PROCEDURE and part:
        raise MatterError(
            _("For a fault of the procedure the whole convention is suspended."), field="part"
        )
    if data["ground"] != Ground.PROCEDURE and not part:
        raise MatterError(
            _("Name the part: for its content a convention is suspended in part."), field="part"
        )
    _reasoned(context)
    matter.suspended_part, matter.suspended_until = part, data["until"]


def _reasoned(context: StepContext) -> None:
    reason = public_words(str(context.data["reason"]), field="reason", least=10, most=1000)
    Projection.objects.filter(pk=context.matter.pk).update(answer=reason)


def amend(context: StepContext) -> None:
    """The same procedure again (Điều 13.4), beginning with the text that there is."""
    from dongthuan.work.decisions.conventions.services import convention_open

    matter = _of(context)
    made = convention_open(
        acting=context.acting, village=matter.home, title=matter.title, replaces=matter,
        is_demo=matter.is_demo,
    )  # fmt: skip
    context.facts["amended_in"] = made.code


def follow(context: StepContext) -> None:
    _of(context).ended_on = clock.today()
    _waive_rest(context)


def annul(context: StepContext) -> None:
    matter, data = _of(context), context.data
    part = str(data.get("part") or "")
    if data["ground"] == AnnulGround.NOT_MENDED:
        _not_mended(matter)
    if part and not (data["ground"] == AnnulGround.NOT_MENDED and matter.suspended_part):
        raise MatterError(
            _("Only a part that was suspended and not mended is annulled alone (Art. 14.2)."),
            field="part",
        )
    _reasoned(context)
    if part:
        matter.annulled_part, matter.suspended_part = part, ""
        matter.suspended_until = None
        context.target = "in_force"
        return
    matter.ended_on = clock.today()
    _waive_rest(context)


def _waive_rest(context: StepContext) -> None:
    """Nobody reviews or reports what is no longer in force."""
    for duty in context.duties:
        if duty.is_running and duty.rule not in context.step.closes:
            duty_close(
                duty=duty, now=context.now, state=DutyState.WAIVED, reason="Hết hiệu lực thi hành"
            )


def _not_mended(matter: Convention) -> None:
    if matter.state != "suspended" or matter.suspended_until is None:
        raise MatterError(_("It was not suspended."), field="ground")
    if clock.today() <= matter.suspended_until:
        raise MatterError(
            _("The village has until %(day)s to mend it.")
            % {"day": f"{matter.suspended_until:%d/%m/%Y}"},
            field="ground",
        )
