"""Verification, extension, suspension, withdrawal, conclusion."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core.matters.duties import duty_close, duty_extend, duty_pause, duty_resume
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import DutyState
from dongthuan.core.text import clean
from dongthuan.work.denunciations.effects import denunciation, running
from dongthuan.work.denunciations.effects.protecting import all_ended
from dongthuan.work.denunciations.terms import CRITERION, SETTLING, SUSPENSION


def notify(context: StepContext) -> None:
    """Both must be told (khoản 3 Điều 29); an anonymous denouncer reads it with the receipt."""
    if set(context.data["to"]) != {"denouncer", "denounced"}:
        raise MatterError(_("Both the denouncer and the denounced are told."), field="to")


def verify(context: StepContext) -> None:
    data = context.data
    if data["mode"] == "team" and (data.get("members") or 0) < 2:
        raise MatterError(_("A team has two members or more, one its leader."), field="members")
    if not data.get("no_kin"):
        raise MatterError(
            _("Kin of the denounced, or who has an interest, may not verify (Decree 31, Art. 10)."),
            field="no_kin",
        )


def hear(context: StepContext) -> None:
    matter = denunciation(context)
    matter.heard = sorted({*matter.heard, context.data["who"]})


def conclude(context: StepContext) -> None:
    """The denounced must have been heard (khoản 1 Điều 12 NĐ 31/2019), or it says why not."""
    matter, data = denunciation(context), context.data
    if "denounced" not in matter.heard and not data.get("unheard"):
        raise MatterError(
            _("Record the session with the denounced person first, or say why there was none."),
            field="unheard",
        )
    matter.decided_at = context.now
    matter.decision = clean(data["document"])[:80]
    matter.finding = data["finding"]
    matter.outcome = "conclude"
    matter.conditions = []  # they were about the settlement, which ends here
    all_ended(matter, context, ground="concluded")
    for duty in context.duties:
        if duty.rule == "tc.protect" and duty.is_running:
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason=_("concluded"))


def extend(context: StepContext) -> None:
    """Once if complex, a second time if very complex: each at most 30 days, by decision."""
    matter, data = denunciation(context), context.data
    duty = running(context, "tc.settle")
    if duty is None or duty.due_on < timezone.localdate(context.now):
        raise MatterError(_("The term has already passed; it can no longer be prolonged."))
    criteria = sorted({*matter.criteria, *data["criteria"]})
    very = len(criteria) >= 2
    if len(duty.extensions) >= (2 if very else 1):
        raise MatterError(
            _("A second extension needs two criteria of a complex case, and there is no third."),
            field="criteria",
        )
    if not 1 <= data["days"] <= 30:
        raise MatterError(_("One extension lies between 1 and 30 days."), field="days")
    matter.criteria = criteria
    matter.conditions = duty.conditions = ["very_complex"] if very else ["complex"]
    context.facts["due_before"] = duty.due_on.isoformat()
    duty_extend(
        duty=duty,
        now=context.now,
        term=f"{data['days']} d",
        # The criteria by their letters; the reasons in words are sealed.
        reason=cited(criteria),
        document=data["document"],
    )
    context.facts["due_after"] = duty.due_on.isoformat()


def cited(criteria: list[str]) -> str:
    """'điểm a, điểm g khoản 2 Điều 3 Nghị định 31/2019/NĐ-CP', in the order of the decree."""
    letters = [letter for name, letter in CRITERION.items() if name in criteria]
    return (
        ", ".join(f"điểm {letter}" for letter in letters)
        + " khoản 2 Điều 3 Nghị định 31/2019/NĐ-CP"
    )


def suspend(context: StepContext) -> None:
    """Only the term of settlement stands still (khoản 2 Điều 34); notices go on being owed."""
    matter = denunciation(context)
    matter.suspended_in = context.before or matter.state
    duty = running(context, "tc.settle")
    if duty and duty.due_on >= timezone.localdate(context.now):
        duty_pause(
            duty=duty,
            now=context.now,
            reason=f"điểm {SUSPENSION[context.data['ground']]} khoản 1 Điều 34",
            document=context.data["document"],
        )


def resume(context: StepContext) -> None:
    matter = denunciation(context)
    context.target = matter.suspended_in or "accepted"
    matter.suspended_in = ""
    duty = running(context, "tc.settle")
    if duty and duty.state == DutyState.PAUSED:
        duty_resume(duty=duty, now=context.now)
        context.facts["due_after"] = duty.due_on.isoformat()


def terminate(context: StepContext) -> None:
    matter = denunciation(context)
    matter.outcome = "terminate"
    matter.decided_at = context.now
    all_ended(matter, context, ground="concluded")


def withdraw(context: StepContext) -> None:
    """All of it, and no ground to go on: terminated. Else the rest is settled (Điều 33)."""
    matter, data = denunciation(context), context.data
    if data["scope"] != "whole" or data.get("goes_on"):
        return
    accepted = matter.state in SETTLING
    if accepted and not data.get("document"):
        raise MatterError(
            _("A decision to terminate is needed: give its number."), field="document"
        )
    matter.outcome = "withdraw"
    context.target = "terminated"
    all_ended(matter, context, ground="concluded")
    for duty in context.duties:
        if duty.is_running and duty.rule not in ("tc.forwarder_notice",):
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason=_("withdrawn"))
    if accepted:
        context.opens.append(("tc.suspend_notice", "now", context.now))
