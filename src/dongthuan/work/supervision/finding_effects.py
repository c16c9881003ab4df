"""What steps of a finding change: certified, sent, answered, done, confirmed, taken further."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Level, Matter, Projection
from dongthuan.core.matters.promises import promise_open
from dongthuan.core.matters.services import matter_act
from dongthuan.core.text import clean
from dongthuan.work.supervision import rules
from dongthuan.work.supervision.models import Answer, Finding, Severity


def _finding(context: StepContext) -> Finding:
    return cast(Finding, context.matter)


def give_reason(context: StepContext) -> None:
    rules.said(context.data.get("reason", ""), "reason", most=1000)


def certify(context: StepContext) -> None:
    _finding(context).certificate = clean(context.data["document"])


def send(context: StepContext) -> None:
    """From here on it lies with the People's Committee, and everybody can read it."""
    finding = _finding(context)
    finding.unit, finding.path = finding.office, finding.office.path
    finding.parties = sorted({finding.front.path, finding.organ.path})
    finding.level = Level.PARTNER
    if finding.proposed:
        finding.recommendation, finding.proposed = finding.proposed, ""
        context.facts["recommendation"] = finding.recommendation
    finding.sent_on, finding.answered_on = clock.today(), None
    finding.answer, finding.reply, finding.reply_document = "", "", ""
    finding.rounds += 1
    publish(finding)


def publish(finding: Finding) -> None:
    body = f"{finding.what}\n\n{finding.recommendation}"
    Projection.objects.filter(pk=finding.pk).update(
        title=finding.title, body=body, answer=finding.reply, listed=True,
        search_text=f"{finding.code}\n{finding.title}\n{body}"[:20_000],
    )  # fmt: skip


def answer(context: StepContext) -> None:
    """The answer of the 15 days; what it says will be done becomes a promise with its day."""
    finding, data = _finding(context), context.data
    reply = rules.said(data["reply"], "reply", most=5000)
    document = clean(data["document"])
    until = data.get("until")
    finding.answer, finding.reply, finding.reply_document = data["answer"], reply, document
    finding.answered_on, finding.decided_at = clock.today(), context.now
    Projection.objects.filter(pk=finding.pk).update(answer=reply)
    if finding.answer == Answer.REFUSED:
        context.target = "refused"
        return
    if until is None:
        raise MatterError(_("Say by which day it will be done."), field="until")
    promise = promise_open(
        acting=context.acting, origin=finding, unit=finding.office, due_on=until,
        what=f"Thực hiện kiến nghị: {finding.title}",
        document=document,
    )  # fmt: skip
    context.facts["promise"] = promise.code


def promises_of(finding: Finding) -> list[Matter]:
    return list(Matter.objects.filter(parent=finding, kind="promise", state="open").order_by("id"))


def done(context: StepContext) -> None:
    finding = _finding(context)
    report = rules.said(context.data["report"], "report", most=5000)
    for promise in promises_of(finding):
        matter_act(
            acting=context.acting, matter_id=promise.pk, step_name="keep", data={"report": report}
        )


def again(context: StepContext) -> None:
    """What is still lacking goes the same way once more: certified, sent, 15 days."""
    finding = _finding(context)
    # Not in the record yet, which the office that is watched reads; it comes there when it is sent.
    said = context.data.pop("recommendation")
    finding.proposed = rules.said(said, "recommendation", most=5000)


def escalate(context: StepContext) -> None:
    """Only what was not answered, not kept or not satisfying goes to the competent authority."""
    finding, data = _finding(context), context.data
    today = clock.today()
    if finding.state == "sent" and not any(
        duty.rule == rules.REPLY and duty.is_running and duty.due_on < today
        for duty in context.duties
    ):
        raise MatterError(_("The 15 days for the answer have not passed yet."))
    # A promise from which the head released the office leaves nothing to wait for.
    promises = promises_of(finding) if finding.state == "doing" else []
    if promises and not any(p.next_due_on and p.next_due_on < today for p in promises):
        raise MatterError(_("The day that was promised has not passed yet."))
    if data["measure"] == "suspend" and (
        not finding.board.is_gsdtcd or finding.grade < Severity.SERIOUS
    ):
        raise MatterError(
            _("Only an investment board proposes to suspend a project, for a serious finding"
              " (Law on Grassroots Democracy, Art. 43.2.đ)."),
            field="measure",
        )  # fmt: skip
    give_reason(context)
    finding.escalated_to = rules.said(data["to"], "to", most=200)
    finding.measure = data["measure"]
