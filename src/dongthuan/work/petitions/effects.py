"""What steps of petitions change beyond the state: called by the engine inside its transaction."""

from __future__ import annotations

from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core.matters.duties import duty_condition
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import (
    Duty,
    DutyState,
    Entry,
    Level,
    Matter,
    Projection,
    Submission,
)
from dongthuan.core.matters.opening import office_of
from dongthuan.core.matters.services import designated_of, works_for
from dongthuan.core.outbox.services import messages_withdraw
from dongthuan.core.people.models import Account
from dongthuan.core.text import clean, personal_data
from dongthuan.work.petitions import splitting
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.opening import (
    LEVELS,
    SEALED_TITLE,
    part_open,
    projection_open,
    public_title,
    search_text,
)


def _petition(context: StepContext) -> Petition:
    return cast(Petition, context.matter)


def register(context: StepContext) -> None:
    matter = context.matter
    matter.topic = context.data["topic"]
    if not matter.is_sealed:
        matter.title = clean(context.data["title"])[:200]
        matter.search_text = search_text(matter)


def classify(context: StepContext) -> None:
    """Change the kind; a denunciation is sealed at once, anything else is unsealed."""
    matter, kind = _petition(context), context.data["kind"]
    if not matter.is_sealed:
        context.facts["was"] = matter.kind
    matter.kind = kind
    matter.conditions = sorted(context.data.get("conditions") or [])
    matter.eligible = matter.in_competence = None
    if LEVELS[kind] == Level.SEALED:
        seal(matter)
    else:
        unseal(matter, LEVELS[kind])
    wanted = {"complaint": "kn.accept", "denunciation": "tc.initial"}.get(kind)
    for duty in context.duties:
        if duty.rule in ("kn.accept", "tc.initial") and duty.rule != wanted:
            duty.state, duty.closed_at = DutyState.WAIVED, context.now
            duty.reason = _("classified otherwise")
        elif duty.rule == wanted:
            duty_condition(duty=duty, now=context.now, conditions=matter.conditions)
            wanted = None
    if wanted:
        context.opens.append((wanted, "received", matter.opened_at))


def seal(matter: Matter) -> None:
    """Close the matter to all but the designated people (Điều 8, 47, 56 Luật Tố cáo 2018)."""
    matter.level = Level.SEALED
    matter.title = SEALED_TITLE
    matter.search_text = ""
    matter.designated = designated_of(matter.unit)
    matter.handler = None
    Submission.objects.filter(matter=matter).update(fingerprints=[])
    Projection.objects.filter(pk=matter.pk).delete()
    messages_withdraw(about=matter.code)


def unseal(matter: Matter, level: Level) -> None:
    was_sealed = matter.level == Level.SEALED
    matter.level = level
    if not was_sealed:
        matter.designated = []
    else:
        matter.unsealed_after = (
            Entry.objects.filter(matter=matter).order_by("-id").values_list("id", flat=True)[0]
        )
        # Not the letter's own words: a title goes into lists and files, and nobody has read it yet.
        matter.title = public_title(kind=matter.kind, place=matter.place, unit=matter.unit)
        matter.search_text = search_text(matter)
        projection_open(matter)


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
            duty.state, duty.closed_at = DutyState.TRANSFERRED, context.now
    matter.unit, matter.path, matter.handler = receiver, receiver.path, None
    matter.eligible = matter.in_competence = None
    context.target = "classified"
    context.opens.append(("xld.process", "now", context.now))
    if matter.kind == "denunciation":
        matter.designated = designated_of(receiver)
        context.opens.append(("tc.initial", "now", context.now))


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


def extend_denunciation(context: StepContext) -> None:
    """30 days once if complex, once more if very complex (Điều 30 Luật Tố cáo 2018)."""
    _extend_at_most(context, 2)
    matter = _petition(context)
    for duty in context.duties:
        if duty.rule == "tc.settle":
            grade = "very_complex" if duty.extensions else "complex"
            matter.conditions = sorted({*matter.conditions, grade} - {"complex"} | {grade})
            duty.conditions = matter.conditions


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
    rule = {"complaint": "kn.accept", "denunciation": "tc.initial"}.get(matter.kind)
    if rule:
        context.opens.append((rule, "now", context.now))


def split(context: StepContext) -> None:
    matter = _petition(context)
    parts = splitting.parts_of(context.data["parts"])
    if any(kind == "denunciation" for kind, _text in parts) and not matter.is_sealed:
        # The letter holds the denunciation too: it may not stay open beside its sealed part.
        seal(matter)
    context.facts["parts"] = [
        part_open(acting=context.acting, whole=matter, kind=kind, text=text, now=context.now).code
        for kind, text in parts
    ]
    matter.outcome = "split"
