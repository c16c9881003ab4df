"""What steps of a recommendation change: sent, answered, done, confirmed or sent back."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.duties import duty_broken, duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import DutyState, Level, Projection
from dongthuan.core.matters.opening import office_of
from dongthuan.core.text import clean
from dongthuan.core.units.models import Tier
from dongthuan.work.recommendations import rules
from dongthuan.work.recommendations.models import Answer, BodyRecommendation

DO = "rec.do"
ANSWERED_BY = (
    "dc.reply_supervision", "rec.answer_front", "rec.answer_partner", "rec.answer_session",
)  # fmt: skip


def _row(context: StepContext) -> BodyRecommendation:
    return cast(BodyRecommendation, context.matter)


def says(name: str) -> Callable[[StepContext], None]:
    """A step that only says something which everybody reads."""

    def effect(context: StepContext) -> None:
        rules.said(context.data[name], name, most=2000)

    return effect


def send(context: StepContext) -> None:
    """From here on the authority owes the answer, and everybody can read what was asked."""
    row = _row(context)
    if not row.addressee.in_force_on(clock.today()):
        raise MatterError(
            _("%(name)s has ended; choose its successor.") % {"name": row.addressee.label}
        )
    row.unit, row.path = row.addressee, row.addressee.path
    row.parties = sorted({unit.path for unit in rules.partners_of(row.body_now)})
    if not row.is_restricted:
        row.level = Level.PARTNER
    row.document, row.sent_on = clean(context.data["document"]), clock.today()
    _ask(context, row)
    publish(row)


def _ask(context: StepContext, row: BodyRecommendation) -> None:
    """A round begins: the days count from here."""
    session = context.data.get("session_on")
    if row.by_session and session is None:
        raise MatterError(_("Give the day of the next session."), field="session_on")
    row.session_on = session if row.by_session else None
    row.asked_on, row.rounds = clock.today(), row.rounds + 1
    row.answer, row.answered_on, row.answer_days = "", None, None
    if row.in_time:  # an answer that came late stays late, whatever is answered afterwards
        row.in_time = None
    row.reply, row.not_taken, row.reply_document, row.until = "", "", "", None


def publish(row: BodyRecommendation) -> None:
    body = f"{row.content}\n\n{row.grounds}".strip()
    Projection.objects.filter(pk=row.pk).update(
        title=row.title, body=body, answer="", listed=True, unit=row.unit, path=row.path,
        search_text=f"{row.code}\n{row.title}\n{body}"[:20_000],
    )  # fmt: skip


def withdraw(context: StepContext) -> None:
    rules.said(context.data["reason"], "reason", most=2000)


def answer(context: StepContext) -> None:
    """Accepted, in part or not: what is refused has its reason, what is taken up has its day."""
    row, data = _row(context), context.data
    choice, until = data["answer"], data.get("until")
    reply = rules.said(data["reply"], "reply", most=5000)
    refused = rules.said(data.get("reason", ""), "reason", most=2000)
    if choice != Answer.ACCEPTED and not refused:
        raise MatterError(_("Say what is not accepted, and why."), field="reason")
    if choice != Answer.REFUSED and until is None:
        raise MatterError(_("Say by which day it will be done."), field="until")
    owed = [duty for duty in context.duties if duty.rule in ANSWERED_BY]
    row.answer, row.reply = choice, reply
    row.not_taken = "" if choice == Answer.ACCEPTED else refused
    row.reply_document = clean(data["document"])
    row.until = None if choice == Answer.REFUSED else until
    row.answered_on, row.decided_at = clock.today(), context.now
    broken = any(duty_broken(duty, context.now) for duty in owed)
    row.in_time = not broken and row.in_time is not False
    row.answer_days = (row.answered_on - row.asked_on).days if row.asked_on else None
    context.target = choice
    Projection.objects.filter(pk=row.pk).update(answer=reply)


def pass_on(context: StepContext) -> None:
    """The competent authority owes from here on; the day stays as it was.

    A day that was missed already stays missed by whom it was missed: the next one has its own term.
    """
    row, to = _row(context), context.data["to"]
    rules.said(context.data["reason"], "reason", most=2000)
    office = to if to.tier == Tier.ORGAN else office_of(to)
    if office.kind not in rules.AUTHORITIES or office.pk == row.unit_id:
        raise MatterError(_("Choose another authority."), field="to")
    row.parties = sorted({*row.parties, row.path})
    row.addressee = row.unit = office
    row.path, row.handler = office.path, None
    for duty in context.duties:
        if duty.rule not in ANSWERED_BY:
            continue
        if duty_broken(duty, context.now):
            duty_close(duty=duty, now=context.now)
            context.opens.append((duty.rule, duty.anchor, context.now))
            row.in_time = False
        else:
            duty.unit, duty.path = office, office.path
    Projection.objects.filter(pk=row.pk).update(unit=office, path=office.path)


def finish(context: StepContext) -> None:
    row = _row(context)
    row.report = rules.said(context.data["report"], "report", most=5000)
    row.done_on = clock.today()


def postpone(context: StepContext) -> None:
    """The old day stands in the record; a day already broken stays broken, a new one is set."""
    row, until = _row(context), context.data["until"]
    rules.said(context.data["reason"], "reason", most=2000)
    running = [duty for duty in context.duties if duty.rule in (DO, "rec.redo")]
    for duty in running:
        if duty.rule == DO and until <= duty.due_on:
            raise MatterError(_("The new day must lie after the old one."), field="until")
        context.facts["due_before"] = duty.due_on.isoformat()
        duty.state = DutyState.LATE if duty_broken(duty, context.now) else DutyState.WAIVED
        duty.closed_at, duty.reason = context.now, str(context.data["reason"])[:300]
    row.until = until
    context.opens.append((DO, "promised", noon(until)))


def confirm(context: StepContext) -> None:
    row = _row(context)
    row.verdict = rules.said(context.data["verdict"], "verdict", most=2000)
    row.confirmed_on = clock.today()


def object_to(context: StepContext) -> None:
    row = _row(context)
    row.verdict = rules.said(context.data["reason"], "reason", most=2000)
    row.done_on = None


def insist(context: StepContext) -> None:
    row = _row(context)
    row.verdict = rules.said(context.data["reason"], "reason", most=2000)
    row.document = clean(context.data["document"])
    _ask(context, row)
    Projection.objects.filter(pk=row.pk).update(answer="")


def take_note(context: StepContext) -> None:
    _row(context).verdict = rules.said(context.data["verdict"], "verdict", most=2000)
