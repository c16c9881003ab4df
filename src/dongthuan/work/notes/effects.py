"""What steps of notes change; called by the engine inside its transaction."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Level
from dongthuan.core.text import clean
from dongthuan.work.notes.figures import figures_count
from dongthuan.work.notes.models import InformationNote, SituationNote
from dongthuan.work.notes.wording import facts_checked


def acknowledge(context: StepContext) -> None:
    cast(InformationNote, context.matter).acknowledged_at = context.now


def answer(context: StepContext) -> None:
    note = cast(InformationNote, context.matter)
    note.acknowledged_at = note.acknowledged_at or context.now
    note.handling = context.data["handling"]
    note.reply = facts_checked(context.data["reply"], "reply")


def withdraw(context: StepContext) -> None:
    facts_checked(context.data["reason"], "reason", most=1000)


def adopt(context: StepContext) -> None:
    """From now on the figures stand as they were counted today, each with its source."""
    note = cast(SituationNote, context.matter)
    if not note.assessment and not note.sections.exists():
        raise MatterError(_("Nothing is written in it yet; write the assessment first."))
    if not note.period_is_over:
        raise MatterError(_("The period is not over yet; adopt it after its last day."))
    with translation.override(settings.LANGUAGE_CODE):  # the record speaks one language
        note.figures = [*figures_count(note), *note.beside]
    note.adopted_on = clock.today()
    note.level, note.parties = Level.PARTNER, sorted({note.path, *note.receivers})
    note.decided_at = context.now
    context.facts["figures"] = len(note.figures)


def send(context: StepContext) -> None:
    cast(SituationNote, context.matter).document = clean(context.data["document"])[:80]


def reopen(context: StepContext) -> None:
    """What was frozen is thrown away; it is counted again when it is adopted again."""
    note = cast(SituationNote, context.matter)
    note.figures, note.adopted_on, note.decided_at = [], None, None
    note.level, note.parties = Level.UNIT, [note.path]
