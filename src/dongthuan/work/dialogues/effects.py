"""What steps of a dialogue change; called inside the engine's transaction."""

from __future__ import annotations

from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Projection
from dongthuan.core.text import clean
from dongthuan.work.dialogues import rules
from dongthuan.work.dialogues.models import Dialogue, Question, Sort, today_is


def _dialogue(context: StepContext) -> Dialogue:
    return cast(Dialogue, context.matter)


def plan(context: StepContext) -> None:
    """Day, hour, place and content; there must be time for the notice."""
    dialogue, data = _dialogue(context), context.data
    if dialogue.sort == Sort.YEARLY and data["on"].year != dialogue.year:
        raise MatterError(_("The yearly dialogue is held in its own year."), field="on")
    rules.notice_check(rules.notice_rule(dialogue.unit), data["on"])
    if dialogue.held_at:
        context.facts["day_before"] = timezone.localdate(dialogue.held_at).isoformat()
    dialogue.held_at = rules.moment_of(data["on"], data["time"])
    dialogue.venue = rules.said(data["venue"], "venue", most=200)
    dialogue.agenda = rules.said(data["agenda"], "agenda", most=3000)
    if "reason" in data:
        rules.said(data["reason"], "reason", most=1000)
    if dialogue.sort != Sort.YEARLY:
        dialogue.year = data["on"].year
    # What was announced for the old day tells nobody of the new one.
    dialogue.means = ""


def announce(context: StepContext) -> None:
    dialogue = _dialogue(context)
    if dialogue.held_at is None or dialogue.held_at <= context.now:
        raise MatterError(_("Its day has passed; move it to another day first."))
    dialogue.means = context.data["means"]
    dialogue.document = clean(context.data["document"])
    Projection.objects.filter(pk=dialogue.pk).update(body=dialogue.agenda, listed=True)


def begin(context: StepContext) -> None:
    if not today_is(_dialogue(context)):
        raise MatterError(_("Its day has not come yet."))


def hold(context: StepContext) -> None:
    dialogue, data = _dialogue(context), context.data
    if dialogue.held_at is None or dialogue.held_at > clock.now():
        raise MatterError(_("It has not begun yet; record it afterwards."))
    dialogue.chair, dialogue.present = data["chair"], data["present"]
    dialogue.minutes = clean(data["minutes"])


def conclude(context: StepContext) -> None:
    dialogue = _dialogue(context)
    if dialogue.questions.filter(state=Question.State.WAITING).exists():
        raise MatterError(_("A question was not read yet."))
    if not dialogue.all_settled:
        raise MatterError(
            _("A question has neither an answer nor a promise, was neither taken in nor declined.")
        )
    dialogue.document = clean(context.data["document"])
    dialogue.conclusion = rules.said(context.data["conclusion"], "conclusion", most=5000)
    dialogue.decided_at = context.now
    Projection.objects.filter(pk=dialogue.pk).update(answer=dialogue.conclusion)


def drop(context: StepContext) -> None:
    """Whoever has asked already is not left without an answer."""
    rules.said(context.data["reason"], "reason", most=1000)
    if not _dialogue(context).all_settled:
        raise MatterError(_("Questions were asked already: settle each, or move the dialogue."))


def miss(context: StepContext) -> None:
    """Only once the year is over; the duty stands in the record as broken."""
    dialogue = _dialogue(context)
    if clock.today().year <= dialogue.year:
        raise MatterError(_("The year is not over; it can still be held."))
    drop(context)
