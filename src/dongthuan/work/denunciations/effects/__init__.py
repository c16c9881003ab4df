"""What steps change beyond the state: called by the engine inside its transaction.

Free texts need nothing here: they are personal answers, and the room's sealer keeps them.
"""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext as _

from dongthuan.core.law import load_rulebook
from dongthuan.core.matters.duties import duty_close, duty_condition
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext, open_as
from dongthuan.core.matters.models import Duty, DutyState
from dongthuan.core.text import clean
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.models import Denunciation
from dongthuan.work.denunciations.terms import CHECKABLE


def denunciation(context: StepContext) -> Denunciation:
    return cast(Denunciation, context.matter)


def nothing(context: StepContext) -> None:
    """A step that only writes down what was done."""


def passphrase(context: StepContext) -> str:
    """The official's vault passphrase, where the step cannot do without it."""
    given = context.data.get("passphrase")
    if not given:
        raise MatterError(_("Give your vault passphrase for this."), field="passphrase")
    return str(given)


def running(context: StepContext, rule: str) -> Duty | None:
    return next((d for d in context.duties if d.rule == rule and d.is_running), None)


def examine(context: StepContext) -> None:
    """The answers of the initial check; the term follows what has to be checked."""
    matter, data = denunciation(context), context.data
    matter.identity = data["identity"]
    matter.met = sorted(data.get("met") or [])
    matter.in_competence = data["competence"] == "in"
    matter.many_bodies = bool(data.get("many_bodies"))
    matter.from_complaint = bool(data.get("from_complaint"))
    matter.new_evidence = bool(data.get("new_evidence"))
    # All three of Điều 25 khoản 2 must hold; one alone does not make it checkable.
    matter.checkable = set(data.get("checkable") or []) >= set(CHECKABLE)
    if matter.many_bodies and matter.in_competence:
        raise MatterError(
            _("A copy to others changes nothing where this authority is competent."),
            field="many_bodies",
        )
    matter.conditions = ["multi_place"] if data.get("multi_place") else []
    if initial := running(context, "tc.initial"):
        context.facts["due_before"] = initial.due_on.isoformat()
        duty_condition(duty=initial, now=context.now, conditions=matter.conditions)
        context.facts["due_after"] = initial.due_on.isoformat()
    away = running(context, "tc.transfer")
    if away and (matter.in_competence or matter.many_bodies):
        duty_close(duty=away, now=context.now, state=DutyState.WAIVED, reason=_("found otherwise"))
    if not matter.in_competence and not matter.many_bodies:
        context.opens.append(("tc.transfer", "received", matter.opened_at))


def accept(context: StepContext) -> None:
    matter = denunciation(context)
    matter.accepted_at = context.now
    matter.outcome = "accept"
    matter.criteria = []
    # Several places prolong the initial check only; the settlement has criteria of its own.
    matter.conditions = []


def outcome(context: StepContext) -> None:
    denunciation(context).outcome = context.step.name


def inspect(context: StepContext) -> None:
    if context.data["by"] == "other" and not context.data.get("body"):
        raise MatterError(_("Say to which body it goes."), field="body")
    outcome(context)


def reclassify(context: StepContext) -> None:
    """Closed under its seal; opened anew only by a text that does not tell who wrote.

    The code and secret of the open matter lie in the thread, where only the sender finds them.
    """
    matter, data = denunciation(context), context.data
    matter.outcome = "reclassify"
    if not data.get("wish"):
        return
    text = clean(data.get("text") or "")
    if not text:
        raise MatterError(_("Write the open text, in your own words."), field="text")
    refuse_names(context, text, field="text")
    opened = open_as(
        acting=context.acting, origin=matter, kind=data["kind"], text=text, now=context.now
    )
    secret = getattr(opened, "receipt", "")
    vault.vault_seal(
        matter=matter,
        sort="message",
        content={
            "text": _("Your letter is processed openly as %(code)s; secret: %(secret)s.")
            % {"code": opened.code, "secret": secret}
        },
        author="official",
        account_id=context.acting.account_id,
    )


def refuse_names(context: StepContext, text: str, *, field: str) -> None:
    """Stop a text that leaves the seal while it still tells who denounces."""
    view = vault.vault_read(
        acting=context.acting,
        matter=context.matter,
        passphrase=passphrase(context),
        reason=_("compared with a text that is to be public"),
    )
    if vault.names_in(text, view):
        raise MatterError(
            _("The text tells who denounces; take out names, addresses and numbers."), field=field
        )


def close(context: StepContext) -> None:
    """A file with a promise still running cannot be closed; the message names it."""
    owed = [duty for duty in context.duties if duty.is_running]
    if owed:
        names = ", ".join(load_rulebook().rule(duty.rule).name_vi for duty in owed)
        raise MatterError(
            _("The file cannot be closed; it still owes: %(names)s.") % {"names": names}
        )


def reopen(context: StepContext) -> None:
    """Back to the initial check with a fresh clock; the old result stays in the entries only."""
    matter = denunciation(context)
    context.facts["was_outcome"] = matter.outcome
    matter.outcome = ""
    matter.accepted_at = matter.decided_at = None
