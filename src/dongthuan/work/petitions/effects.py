"""What steps of petitions change beyond the state: called by the engine inside its transaction."""

from __future__ import annotations

from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core.matters.duties import duty_close, duty_condition
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext, adopt_as
from dongthuan.core.matters.models import Audience, Duty, DutyState, Matter, Projection
from dongthuan.core.matters.opening import office_of
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.matters.services import works_for
from dongthuan.core.people.models import Account
from dongthuan.core.text import clean, personal_data
from dongthuan.work.petitions import splitting
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.opening import (
    DENUNCIATION,
    LEVELS,
    part_open,
    search_text,
)


def _petition(context: StepContext) -> Petition:
    return cast(Petition, context.matter)


def register(context: StepContext) -> None:
    matter = context.matter
    matter.topic = context.data["topic"]
    matter.title = clean(context.data["title"])[:200]
    matter.search_text = search_text(matter)


def classify(context: StepContext) -> None:
    """Change the kind; what is a denunciation by its content leaves this room for the vault."""
    matter, kind = _petition(context), context.data["kind"]
    context.facts["was"] = matter.kind
    if kind == DENUNCIATION:
        return adopt_as(context, kind)
    matter.kind = kind
    matter.level = LEVELS[kind]
    matter.conditions = sorted(context.data.get("conditions") or [])
    matter.eligible = matter.in_competence = None
    wanted: str | None = "kn.accept" if kind == "complaint" else None
    for duty in context.duties:
        if duty.rule != "kn.accept":
            continue
        if wanted is None:
            why = _("classified otherwise")
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason=why)
        else:
            duty_condition(duty=duty, now=context.now, conditions=matter.conditions)
            wanted = None
    if wanted:
        context.opens.append((wanted, "received", matter.opened_at))


def examine(context: StepContext) -> None:
    matter = _petition(context)
    matter.eligible = context.data["eligible"] == "yes"
    matter.in_competence = context.data["competence"] == "in"
    if not matter.eligible and not context.data.get("defects"):
        raise MatterError(_("Say why it is not eligible."), field="defects")
    if matter.eligible and context.data.get("defects"):
        raise MatterError(
            _("An eligible petition has no defects; take the ticks away or answer “no”."),
            field="defects",
        )


def outcome(context: StepContext) -> None:
    matter = _petition(context)
    matter.outcome = context.step.name
    if context.step.name == "guide":
        matter.guided = True


def transfer(context: StepContext) -> None:
    """To a unit in the system the matter itself moves (one code, one thread); else it ends here."""
    matter, to = _petition(context), context.data.get("to")
    if not to and not context.data.get("body"):
        raise MatterError(_("Say to which body it is transferred."), field="to")
    matter.transferred_from_id = matter.unit_id
    matter.outcome = "transfer"
    if not to:
        return
    receiver = office_of(to)
    if receiver.pk == matter.unit_id:
        raise MatterError(_("The matter already lies with that unit."), field="to")
    context.facts["from_unit"] = {"unit": matter.unit.code, "name": matter.unit.name}
    for duty in context.duties:
        if duty.is_running and duty.rule not in context.step.closes:
            duty_close(duty=duty, now=context.now, state=DutyState.TRANSFERRED)
    matter.unit, matter.path, matter.handler = receiver, receiver.path, None
    matter.eligible = matter.in_competence = None
    context.target = "classified"
    context.opens.append(("xld.process", "now", context.now))


def accept(context: StepContext) -> None:
    matter = _petition(context)
    matter.accepted_at = context.now
    matter.outcome = "accept"
    conditions = set(matter.conditions) | set(context.data.get("conditions") or [])
    if "complex" in conditions and not context.data.get("document"):
        raise MatterError(
            _("A complex case needs the number of the decision that says why."), field="document"
        )
    matter.conditions = sorted(conditions)
    if handler := context.data.get("handler"):
        _set_handler(context, handler)


def _set_handler(context: StepContext, account: Account) -> None:
    if not works_for(account, context.matter):
        raise MatterError(
            _("Whom you chose holds no position today in the unit that owes this matter."),
            field="handler",
        )
    context.matter.handler = account


def extend_once(context: StepContext) -> None:
    _extend_at_most(context, 1)


def _still_running(duty: Duty, context: StepContext) -> None:
    """A promise that is already broken cannot be prolonged into a kept one."""
    if duty.due_on < timezone.localdate(context.now):
        raise MatterError(_("The term has already passed; it can no longer be prolonged."))


def _extend_at_most(context: StepContext, times: int) -> None:
    for duty in context.duties:
        if duty.rule not in context.step.extends:
            continue
        _still_running(duty, context)
        if len(duty.extensions) >= times:
            raise MatterError(_("The time has already been prolonged as far as the rules allow."))


def decide(context: StepContext) -> None:
    matter = _petition(context)
    matter.decided_at = context.now
    matter.decision = clean(context.data.get("document") or "")[:80]
    matter.finding = context.data.get("finding") or ""
    matter.answer = clean(context.data["answer"])


def publish(context: StepContext) -> None:
    """The public row gets the redacted text that the official wrote, never the record."""
    matter, data = context.matter, context.data
    title, body = clean(data["public_title"])[:200], clean(data["public_body"])
    answer = clean(data["public_answer"])
    _nothing_personal(matter, {"public_title": title, "public_body": body, "public_answer": answer})
    Projection.objects.filter(pk=matter.pk).update(
        title=title,
        body=body,
        answer=answer,
        listed=True,
        search_text=f"{matter.code}\n{title}\n{body}\n{answer}"[:100_000],
    )


def _nothing_personal(matter: Matter, texts: dict[str, str]) -> None:
    """Stop a publication that still carries a number, an address or the petitioner's name."""
    names = tuple(
        name for name in matter.submissions.values_list("citizen__name", flat=True)[:200] if name
    )
    for field, text in texts.items():
        if found := personal_data(text, names=names):
            raise MatterError(
                _("Take out what looks like personal data before you publish: %(found)s.")
                % {"found": ", ".join(found[:5])},
                field=field,
            )


def close(context: StepContext) -> None:
    """A file with a promise still running cannot be closed; the message names it."""
    from dongthuan.core.law import load_rulebook

    owed = [duty for duty in context.duties if duty.is_running]
    if owed:
        names = ", ".join(load_rulebook().rule(duty.rule).name_vi for duty in owed)
        raise MatterError(
            _("The file cannot be closed; it still owes: %(names)s.") % {"names": names}
        )


def reopen(context: StepContext) -> None:
    """Back to examination with a fresh clock; the old result stays in the entries only."""
    matter = _petition(context)
    context.facts["was_outcome"] = matter.outcome or matter.state
    matter.outcome = matter.decision = matter.finding = matter.answer = ""
    matter.accepted_at = matter.decided_at = None
    matter.eligible = matter.in_competence = True
    Projection.objects.filter(pk=matter.pk).update(listed=False, body="", answer="", search_text="")
    if matter.kind == "complaint":
        context.opens.append(("kn.accept", "now", context.now))


def split(context: StepContext) -> None:
    """Each part becomes a matter; a letter that denounces too is taken into the vault whole.

    Then its open parts are not linked to it, neither in the rows nor in the record: who stands
    behind an open part must not lead to who denounced. Their codes and secrets lie in the vault,
    where the sender reads them.
    """
    matter = _petition(context)
    parts = splitting.parts_of(context.data["parts"])
    sealed = any(kind == DENUNCIATION for kind, _text in parts)
    opened = [
        part_open(
            acting=context.acting, whole=matter, kind=kind, text=text, now=context.now,
            linked=not sealed,
        )
        for kind, text in parts
        if kind != DENUNCIATION
    ]  # fmt: skip
    if not sealed:
        context.facts["parts"] = [part.code for part in opened]
        matter.outcome = "split"
        return
    adopt_as(context, DENUNCIATION)
    for part in opened:
        secret = receipt_secret(part.submissions.order_by("id")[0])
        line = _("A part is processed openly as %(code)s; secret: %(secret)s.")
        entry_append(
            matter=context.matter,
            act="matter.message",
            acting=context.acting,
            audience=Audience.PETITIONER,
            payload={"text": line % {"code": part.code, "secret": secret}},
            at=context.now,
        )
