"""Sending, handling, publication, posting, figures."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import DutyState
from dongthuan.core.text import clean, personal_data
from dongthuan.work.denunciations.effects import denunciation, refuse_names, running
from dongthuan.work.denunciations.terms import FIGURES, SENT_TO


def send(context: StepContext) -> None:
    missing = {"denounced", "manager", "denouncer"} - set(context.data["to"])
    if missing:
        names = ", ".join(str(SENT_TO[name]) for name in sorted(missing))
        raise MatterError(_("Article 35.3 also names: %(names)s.") % {"names": names}, field="to")


def handle(context: StepContext) -> None:
    matter, measures = denunciation(context), context.data["measures"]
    if matter.finding == "wrong" and set(measures) & {"own", "recommended"} == set(measures):
        raise MatterError(
            _("The denunciation was found false: rights are restored (Article 36.1a)."),
            field="measures",
        )
    matter.recommended = bool({"recommended", "prosecution"} & set(measures))


def result(context: StepContext) -> None:
    matter = denunciation(context)
    decided = timezone.localdate(matter.decided_at) if matter.decided_at else None
    if decided and context.data["resulted"] < decided:
        raise MatterError(_("The result cannot be older than the conclusion."), field="resulted")
    matter.recommended = False


def draft(context: StepContext) -> None:
    """Kept to be read again: it names neither the denouncer nor any number of anybody."""
    text = clean(context.data["public_text"])
    if found := personal_data(text):
        raise MatterError(
            _("Take out what looks like personal data before you publish: %(found)s.")
            % {"found": ", ".join(found[:5])},
            field="public_text",
        )
    refuse_names(context, text, field="public_text")
    denunciation(context).public_text = text


def publish(context: StepContext) -> None:
    matter, data = denunciation(context), context.data
    decided = timezone.localdate(matter.decided_at) if matter.decided_at else None
    if decided and data["posted_on"] < decided:
        raise MatterError(_("It cannot have been posted before the conclusion."), field="posted_on")
    matter.posted_on, matter.posted_forms = data["posted_on"], sorted(data["forms"])


def unpost(context: StepContext) -> None:
    """Fifteen consecutive days at least: taken down earlier, the promise is broken."""
    duty, down = running(context, "tc.post_min"), context.data["down_on"]
    matter = denunciation(context)
    if matter.posted_on and down < matter.posted_on:
        raise MatterError(_("It was posted later than that."), field="down_on")
    if duty:
        early = down < duty.due_on
        duty.state = DutyState.LATE if early else DutyState.FULFILLED
        duty.closed_at = context.now
        duty.reason = _("taken down before the fifteenth day") if early else ""


def figures(context: StepContext) -> None:
    """The numbers of one form replace those written before; the entries keep every earlier one."""
    matter, data = denunciation(context), context.data
    given = {name: data[name] for name in FIGURES if data.get(name) is not None}
    if not given:
        raise MatterError(_("Give at least one figure."))
    matter.figures = {**matter.figures, data["sort"]: given}
