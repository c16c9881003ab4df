"""What steps of receptions change beyond the state; called by the engine inside its transaction."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.calendar import CalendarError, load_calendar
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import DutyState, Projection
from dongthuan.core.matters.wording import impersonal_check
from dongthuan.core.text import clean
from dongthuan.work.receptions import rules
from dongthuan.work.receptions.messages import bookers_tell
from dongthuan.work.receptions.models import Booking, Receiver, Reception, Refusal, Visit

ONLINE_RULES = ("tcd.online.notice", "tcd.online.test", "tcd.online.connect")


def _reception(context: StepContext) -> Reception:
    return cast(Reception, context.matter)


def _impersonal(text: str, field: str) -> str:
    """Text that everybody will read; refused when something in it looks like personal data."""
    text = clean(text)
    impersonal_check(text, field)
    return text


def _end_duties(context: StepContext, reason: str) -> None:
    """A promise already broken stays in the record as broken; what was not yet due is waived."""
    for duty in context.duties:
        if duty.is_running:
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason=reason)


def event_rules(reception: Reception) -> list[tuple[str, str, dt.datetime]]:
    """What is owed before a session takes place, counted back from it."""
    owed = []
    if reception.scheduled:
        owed.append("tcd.schedule_post")
    if reception.is_online:
        owed += ONLINE_RULES
    return [(rule, "event", reception.event_at) for rule in owed]


def working_days_left(day: dt.date) -> int:
    """Working days after today up to `day` itself: five are what khoản 4 Điều 24 asks for."""
    try:
        return max(load_calendar().working_days_between(clock.today(), day), 0)
    except CalendarError as error:
        raise MatterError(error.vi, field="new_day") from None


def post(context: StepContext) -> None:
    matter = _reception(context)
    if matter.held_on < clock.today():
        raise MatterError(_("The day has passed; record that the session was not held."))
    matter.posted_on = clock.today()
    context.facts["day"] = matter.held_on.isoformat()
    _tell_short_notice(context, matter.held_on)


def _tell_short_notice(context: StepContext, day: dt.date) -> None:
    matter = _reception(context)
    due = [duty for duty in context.duties if duty.rule == "tcd.schedule_post" and duty.is_running]
    if matter.scheduled and due and due[-1].due_on < clock.today():
        context.facts["short_notice"] = working_days_left(day)


def open_session(context: StepContext) -> None:
    matter = _reception(context)
    if matter.held_on != clock.today():
        raise MatterError(_("A session is opened on its own day."))
    for duty in context.duties:
        # Never posted, and now it takes place: the promise is broken for good.
        if duty.rule == "tcd.schedule_post" and duty.is_running:
            with_reason = _("never posted before the day")
            duty_close(duty=duty, now=context.now, state=DutyState.LATE, reason=with_reason)


def hold(context: StepContext) -> None:
    matter, data = _reception(context), context.data
    receiver = data["receiver"]
    delegate = clean(data.get("delegate") or "")
    if matter.by_head and receiver == Receiver.OFFICER:
        raise MatterError(
            _("On a head's day the head receives; say whether in person or by a deputy."),
            field="receiver",
        )
    if not matter.by_head and receiver != Receiver.OFFICER:
        raise MatterError(
            _("At a regular reception the assigned officer receives."), field="receiver"
        )
    if receiver == Receiver.DELEGATE:
        _check_delegate(matter, delegate)
    if matter.is_online and not data.get("recording"):
        raise MatterError(
            _("An online session is recorded; say where (Decree 154/2026, Art. 24)."),
            field="recording",
        )
    if matter.visits.filter(state__in=[Visit.State.WAITING, Visit.State.CALLED]).exists():
        raise MatterError(_("Somebody is still waiting; receive them or mark them absent first."))
    matter.receiver = receiver
    matter.delegate = delegate if receiver == Receiver.DELEGATE else ""
    matter.recording = clean(data.get("recording") or "")
    matter.minutes = clean(data["minutes"])
    context.facts["turns"] = matter.visits.filter(state=Visit.State.SERVED).count()
    matter.bookings.filter(state=Booking.State.BOOKED).update(state=Booking.State.ABSENT)
    for duty in context.duties:
        # A connection that nobody recorded before the session can no longer be made in time.
        if duty.rule in ONLINE_RULES and duty.is_running:
            duty_close(duty=duty, now=context.now, state=DutyState.LATE, reason=_("not recorded"))


def _check_delegate(matter: Reception, delegate: str) -> None:
    if matter.position is None:
        raise MatterError(_("This session has no head who could delegate."), field="receiver")
    found = rules.may_delegate(rules.role_kind_of(matter.position), matter.held_on)
    if not found.allowed:
        raise MatterError(
            _("The chair of a commune receives in person and may not delegate: %(basis)s.")
            % {"basis": found.basis},
            field="receiver",
        )
    if not delegate:
        raise MatterError(_("Write the position of the deputy."), field="delegate")


def conclude(context: StepContext) -> None:
    matter = _reception(context)
    matter.document = clean(context.data["document"])
    matter.conclusion = _impersonal(context.data["conclusion"], "conclusion")
    matter.decided_at = context.now
    Projection.objects.filter(pk=matter.pk).update(
        answer=matter.conclusion,
        listed=True,
        search_text=f"{matter.code}\n{matter.title}\n{matter.conclusion}",
    )


def postpone(context: StepContext) -> None:
    """Only forward to a working day; the same session with its bookings, its old day on record."""
    matter, day = _reception(context), context.data["new_day"]
    _impersonal(context.data["reason"], "reason")
    if matter.held_on < clock.today():
        raise MatterError(_("The day has passed; record that the session was not held."))
    if day <= matter.held_on:
        raise MatterError(_("The new day must lie after the old one."), field="new_day")
    try:
        if not load_calendar().is_working_day(day):
            raise MatterError(_("The new day is not a working day."), field="new_day")
    except CalendarError as error:
        raise MatterError(error.vi, field="new_day") from None
    taken = Reception.objects.filter(
        unit=matter.unit, position=matter.position, form=matter.form, held_on=day, closed_at=None
    )
    if matter.scheduled and taken.exclude(pk=matter.pk).exists():
        raise MatterError(
            _("There is already a session of this head on that day."), field="new_day"
        )
    context.facts["day_before"] = matter.held_on.isoformat()
    left = working_days_left(day)
    if matter.scheduled and left < 5:
        context.facts["short_notice"] = left
    _end_duties(context, str(context.data["reason"]))
    matter.held_on, matter.posted_on = day, None
    context.opens += event_rules(matter)
    bookers_tell(
        reception=matter,
        sentence=gettext_lazy("The reception you booked has been postponed to %(day)s."),
        key=f"postponed-{day}",
    )


def not_hold(context: StepContext) -> None:
    matter = _reception(context)
    reason = _impersonal(context.data["reason"], "reason")
    _end_duties(context, reason)
    context.facts["day"] = matter.held_on.isoformat()
    bookers_tell(
        reception=matter,
        sentence=gettext_lazy("The reception you booked on %(day)s will not be held."),
        key="not-held",
    )
    matter.bookings.filter(state=Booking.State.BOOKED).update(state=Booking.State.CANCELLED)


def cancel(context: StepContext) -> None:
    _end_duties(context, str(context.data["reason"]))


def issue(context: StepContext) -> None:
    cast(Refusal, context.matter).document = clean(context.data["document"])


def lift(context: StepContext) -> None:
    _end_duties(context, str(context.data["reason"]))
