"""All writes on matters. One shape: policy → lock → change → Entry → duties → outbox.

Every service runs in one transaction; messages leave after it, through the worker.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.law import RuleError, load_rulebook
from dongthuan.core.matters import policies
from dongthuan.core.matters.duties import (
    DUTY_COLUMNS,
    duties_open,
    duty_close,
    duty_extend,
    duty_lasts,
    duty_pause,
    duty_resume,
)
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.kinds import (
    Step,
    StepContext,
    kind_of,
    model_of,
    sealer_of,
    wording_of,
)
from dongthuan.core.matters.messages import petitioners_tell
from dongthuan.core.matters.models import (
    Audience,
    Duty,
    DutyState,
    Entry,
    Level,
    Matter,
    Projection,
    SavedFilter,
)
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Account, Appointment
from dongthuan.core.text import clean
from dongthuan.core.units.models import Role, Unit

# -- codes ------------------------------------------------------------------------------------

_NEXT_CODE = """
INSERT INTO matters_codesequence (unit_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (unit_id, year) DO UPDATE SET last = matters_codesequence.last + 1
RETURNING last
"""


def code_next(*, unit: Unit, on: dt.date, sealed: bool = False) -> str:
    """The unit's next public code, e.g. '21439-26-000042'; the row lock keeps it gapless.

    A sealed matter takes a number at random from the upper half and none of the sequence: a gap
    between two open codes would tell everybody that, and when, somebody denounced.
    """
    prefix = f"{unit.code.removesuffix('-ubnd').upper()}-{on:%y}"
    if sealed:
        while True:
            code = f"{prefix}-{500_000 + secrets.randbelow(500_000)}"
            if not Matter.objects.filter(code=code).exists():
                return code
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_CODE, [unit.pk, on.year])
        number = cursor.fetchone()[0]
    return f"{prefix}-{number:06d}"


# -- acting on a matter -----------------------------------------------------------------------


@transaction.atomic
def matter_act(
    *,
    acting: Actor,
    matter_id: int,
    step_name: str,
    version: int | None = None,
    data: dict[str, Any] | None = None,
    papers: Sequence[Attachment] = (),
) -> Matter:
    """Take a declared step. Raises NotAllowed, Conflict or MatterError; then nothing changed.

    `version`: the one that the official saw; None skips the check (programs of ours).
    `data`: answers by name, already of their types (see forms.StepForm).
    """
    base = _locked(acting, matter_id)
    matter = model_of(base.kind)._default_manager.select_related("unit", "place").get(pk=base.pk)
    kind = kind_of(matter.kind)
    step = kind.step(step_name)
    if version is not None and version != matter.version:
        raise _conflict(matter)
    if step is None or matter.state not in step.source:
        raise MatterError(
            _("“%(step)s” cannot be done while the matter is “%(state)s”.")
            % {
                "step": step.label if step else step_name,
                "state": kind.state(matter.state).label,
            }
        )
    if not policies.may_act(acting, matter, step):
        raise NotAllowed(_("Your position may not take this step on this matter."))
    duties = list(
        Duty.objects.filter(matter=matter, state__in=[DutyState.OPEN, DutyState.PAUSED]).order_by(
            "id"
        )
    )
    matter.running_rules = {duty.rule for duty in duties}
    if not step_lawful(step):
        raise MatterError(_("The law does not provide this step today."))
    if not step_fits(matter, step):
        raise MatterError(
            _("As the matter stands, “%(step)s” cannot be done.") % {"step": step.label}
        )
    data = _checked(matter, step, data or {})
    words_check(matter, {name: said for name, said in data.items() if isinstance(said, str)})
    now = clock.now()
    context = StepContext(matter, step, acting, data, now, duties, target=step.target)
    _papers_check(matter, papers)
    context.papers = list(papers)
    if step.effect:
        step.effect(context)
    matter = context.matter  # a room may have handed it over to another one
    _apply_duties(context)
    _move(context)
    entry_id = _record(context)
    _attach(context, entry_id)
    matter_settle(matter=matter, duties=context.duties)
    projection_sync(matter=matter)
    if step.announce:
        petitioners_tell(matter=matter, sentence=step.announce, key=f"{matter.code}/{entry_id}")
    return matter


def _locked(acting: Actor, matter_id: int) -> Matter:
    """The row, locked, if the actor may see it; a matter out of sight does not exist.

    It is the row of Matter itself that is locked, and the child is read afterwards: a lock on a
    join would re-read only the locked table, and the version could be that of before the wait.
    """
    matter = (
        Matter.objects.select_for_update().filter(policies.visible_to(acting), pk=matter_id).first()
    )
    if matter is None:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    return matter


def _conflict(matter: Matter) -> Conflict:
    last = Entry.objects.filter(matter=matter).order_by("-id").select_related("actor").first()
    if last is None:
        return Conflict(_("The matter was changed meanwhile; look at it again."))
    kind = kind_of(matter.kind)
    step = kind.step(last.act.split(".", 1)[-1])
    return Conflict(
        _("%(who)s has just done “%(what)s” on this matter; look at it again before you go on.")
        % {
            "who": last.actor_label or (last.actor.name if last.actor else "Đồng Thuận"),
            "what": step.label if step else last.act,
        }
    )


def step_exists(matter: Matter, step: Step) -> bool:
    """Whether the law and the facts of the matter provide the step today."""
    return step_lawful(step) and step_fits(matter, step)


def step_lawful(step: Step) -> bool:
    """Whether the rulebook has a version today of the rule on which the step stands."""
    if step.in_force:
        try:
            load_rulebook().version(step.in_force, on=clock.today())
        except RuleError:
            return False
    return True


def step_fits(matter: Matter, step: Step) -> bool:
    """Whether the matter is one of which the step is taken, and stands where it is."""
    return not step.when or truth(matter, step.when)


def step_ready(matter: Matter, step: Step) -> bool:
    """Whether what the step waits for is there; till then its effect refuses it in a sentence."""
    return not step.ready or truth(matter, step.ready)


def truth(matter: Matter, name: str) -> bool:
    """A named fact of a matter; 'not x' negates."""
    if name.startswith("not "):
        return not truth(matter, name[4:])
    value = getattr(matter, name)
    return bool(value() if callable(value) else value)


def _checked(matter: Matter, step: Step, data: dict[str, Any]) -> dict[str, Any]:
    """The answers that the step asks for, complete; unknown ones are refused."""
    names = {ask.name for ask in step.asks}
    if unknown := sorted(set(data) - names):
        raise MatterError(
            _("This step does not ask for “%(name)s”.") % {"name": unknown[0]}, field=unknown[0]
        )
    for ask in step.asks:
        answer = data.get(ask.name)
        if ask.type == "date" and isinstance(answer, dt.date) and answer > clock.today():
            raise MatterError(_("The day lies in the future."), field=ask.name)
        if ask.type == "future" and isinstance(answer, dt.date) and answer < clock.today():
            raise MatterError(_("The day lies in the past."), field=ask.name)
        asked = ask.required and (not ask.when or truth(matter, ask.when))
        if asked and ask.type not in ("bool", "paper") and not data.get(ask.name):
            raise MatterError(_("Fill in “%(name)s”.") % {"name": ask.label}, field=ask.name)
    return data


def words_check(matter: Matter, said: dict[str, str]) -> None:
    """Refuse words that the room of the matter, or of those it came out of, does not take."""
    kinds, above = [matter.kind], matter.parent_id if matter.is_restricted else None
    while above:
        kind, above = Matter.objects.values_list("kind", "parent_id").get(pk=above)
        kinds.append(kind)
    for check in filter(None, map(wording_of, kinds)):
        for name, text in said.items():
            check(text, name)


def _apply_duties(context: StepContext) -> None:
    """Close, pause, resume, prolong and open what the step declares."""
    step, now, matter = context.step, context.now, context.matter
    with translation.override(settings.LANGUAGE_CODE):  # the record speaks one language
        reason = str(context.data.get("reason") or step.label)
    document = str(context.data.get("document") or "")
    for duty in context.duties:
        if not duty.is_running:
            continue  # the effect has already dealt with it
        if duty.rule in step.closes:
            duty_close(duty=duty, now=now)
        elif duty.rule in step.waives or step.waives == ("*",):
            duty_close(duty=duty, now=now, state=DutyState.WAIVED, reason=reason)
        elif step.pauses and duty.state == DutyState.OPEN and duty.due_on >= clock.today():
            duty_pause(duty=duty, now=now, reason=reason, document=document)
        elif step.resumes and duty.state == DutyState.PAUSED:
            duty_resume(duty=duty, now=now)
        elif duty.rule in step.extends:
            term = str(context.data["term"])
            duty_extend(duty=duty, now=now, term=term, reason=reason, document=document)
    _save_duties(context.duties)
    wanted: dict[str, list[tuple[str, str, dt.datetime]]] = {"": []}
    for opens in step.opens:
        if not opens.when or truth(matter, opens.when):
            promise = (opens.rule, opens.anchor, _anchor(context, opens.anchor))
            wanted.setdefault(opens.owner, []).append(promise)
    wanted[""] += context.opens
    # What is already owed is not promised a second time: the older, earlier date stands.
    running = {duty.rule for duty in context.duties if duty.is_running and not duty.subject}
    for owner, rules in wanted.items():
        context.duties += duties_open(
            matter=matter,
            rules=[promise for promise in rules if promise[0] not in running],
            conditions=getattr(matter, "conditions", ()),
            now=now,
            owner=getattr(matter, owner) if owner else None,
        )


def _save_duties(duties: Iterable[Duty]) -> None:
    rows = list(duties)
    if rows:
        Duty.objects.bulk_update(rows, DUTY_COLUMNS)


def _anchor(context: StepContext, name: str) -> dt.datetime:
    matter = context.matter
    if name == "now":
        return context.now
    moment = {
        "received": matter.opened_at,
        "accepted": matter.accepted_at,
        "decided": matter.decided_at,
    }.get(name) or context.data.get(name)
    if isinstance(moment, dt.datetime):
        return moment
    if isinstance(moment, dt.date):
        return dt.datetime.combine(moment, dt.time(12), timezone.get_default_timezone())
    return context.now


def _move(context: StepContext) -> None:
    matter = context.matter
    target = context.target or matter.state
    context.before = matter.state
    kind = kind_of(matter.kind)  # an effect may have changed the kind (classification)
    was_final = matter.state in kind.final_states
    matter.state = target
    if target in kind.final_states:
        matter.closed_at = matter.closed_at if was_final else context.now
    elif was_final:
        matter.closed_at = None
    matter.version += 1
    matter.replied_at = None
    matter.save()


def _record(context: StepContext) -> int:
    step, data = context.step, context.data
    personal = {ask.name for ask in step.asks if ask.personal}
    secret = {ask.name for ask in step.asks if ask.type == "secret"}
    data = {k: v for k, v in data.items() if k not in secret}
    facts = {k: _plain(v) for k, v in data.items() if v not in (None, "", []) and k not in personal}
    payload = {k: _plain(v) for k, v in data.items() if v not in (None, "") and k in personal}
    facts.update(context.facts)
    payload.update(context.payload)
    return entry_append(
        matter=context.matter,
        act=f"{context.matter.kind}.{step.name}",
        acting=context.acting,
        audience=step.audience,
        before=context.before,
        after=context.matter.state,
        facts=facts,
        payload=payload,
        at=context.now,
    )


def _papers_check(matter: Matter, papers: Sequence[Attachment]) -> None:
    """Of what is sealed a file goes in through the vault: here it would lie in the open folder.

    The name of a file is written words too, and stands as the title of the paper.
    """
    if papers and sealer_of(matter.kind):
        raise MatterError(_("Files of this matter are added in its vault."), field="papers")
    for paper in papers:
        words_check(matter, {"papers": paper.name.replace("_", " ").replace(".", " ")})


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Unit):
        return {"unit": value.code, "name": value.name}
    if isinstance(value, Account):
        return {"account": value.pk, "name": value.name}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value


def _attach(context: StepContext, entry_id: int) -> None:
    papers_attach(
        matter=context.matter,
        attachments=context.papers,
        entry_id=entry_id,
        audience=context.step.audience,
    )


_ATTACH = """
WITH taken AS (
  UPDATE papers_attachment SET state = 'attached' WHERE id = ANY(%s::bigint[]) AND state = 'pending'
  RETURNING id, name
)
INSERT INTO matters_paper (matter_id, entry_id, attachment_id, title, audience)
SELECT %s, %s, id, name, %s FROM taken ORDER BY id
"""


def papers_attach(
    *,
    matter: Matter,
    attachments: Sequence[Attachment],
    entry_id: int | None,
    audience: Audience,
) -> None:
    """File attachments on a matter; a pending upload becomes part of the record, once."""
    if not attachments:
        return
    with connection.cursor() as cursor:
        ids = [attachment.pk for attachment in attachments]
        cursor.execute(_ATTACH, [ids, matter.pk, entry_id, int(audience)])
        if cursor.rowcount != len(set(ids)):
            raise MatterError(_("A file was already handed in; attach it once more."))


def matter_settle(*, matter: Matter, duties: Iterable[Duty] | None = None) -> None:
    """Denormalise the next open duty on the matter, so that lists need no join.

    What must merely last (a posting, a consultation) is no day to run after.
    """
    if duties is None:
        duties = Duty.objects.filter(matter=matter, state=DutyState.OPEN)
    running = [duty for duty in duties if duty.state == DutyState.OPEN and not duty_lasts(duty)]
    first = min(running, key=lambda duty: (duty.due_on, duty.pk), default=None)
    matter.next_due_on = first.due_on if first else None
    matter.next_rule = first.rule if first else ""
    Matter.objects.filter(pk=matter.pk).update(
        next_due_on=matter.next_due_on, next_rule=matter.next_rule
    )


def projection_sync(*, matter: Matter) -> None:
    """Keep the public row in step with the matter; a restricted or sealed one has none."""
    if matter.level >= Level.RESTRICTED:
        Projection.objects.filter(pk=matter.pk).delete()
        return
    Projection.objects.filter(pk=matter.pk).update(
        kind=matter.kind,
        state=matter.state,
        unit=matter.unit_id,
        path=matter.path,
        topic=matter.topic,
        closed_on=timezone.localdate(matter.closed_at) if matter.closed_at else None,
    )


# -- assignment, notes -------------------------------------------------------------


@transaction.atomic
def matter_assign(
    *, acting: Actor, matter_id: int, account: Account, version: int | None = None
) -> Matter:
    """Give a matter to a handler of its unit. Heads and intake officers assign."""
    matter = _locked(acting, matter_id)
    if version is not None and version != matter.version:
        raise _conflict(matter)
    if not policies.may_assign(acting, matter):
        raise NotAllowed(_("Only the head or the intake office may assign matters."))
    if matter.closed_at:
        raise MatterError(_("The matter is closed; nobody can be assigned to it."))
    if not works_for(account, matter):
        raise MatterError(
            _("Whom you chose holds no position today in the unit that owes this matter."),
            field="account",
        )
    matter.handler = account
    matter.version += 1
    matter.save(update_fields=["handler", "version"])
    entry_append(
        matter=matter,
        act="matter.assign",
        acting=acting,
        audience=Audience.OFFICIAL,
        before=matter.state,
        after=matter.state,
        facts={"handler": {"account": account.pk, "name": account.name}},
    )
    return matter


def works_for(account: Account, matter: Matter) -> bool:
    """Whether the account holds a working position today in the matter's unit or above it."""
    if not account.is_active or account.pk in matter.walled_accounts:
        return False
    if matter.is_sealed:
        return account.pk in matter.designated
    today = clock.today()
    held = Appointment.objects.filter(account=account, valid_from__lte=today).exclude(
        valid_to__lt=today
    )
    return any(
        matter.path.startswith(path)
        for path in held.filter(
            position__role__in=[Role.HANDLER, Role.HEAD, Role.INTAKE]
        ).values_list("position__unit__path", flat=True)
    )


def matters_assign(*, acting: Actor, matter_ids: Sequence[int], account: Account) -> list[Matter]:
    """Assign many at once: all or none; the first refusal names its matter."""
    if len(matter_ids) > 200:
        raise MatterError(_("At most 200 matters can be assigned at once."))
    with transaction.atomic():
        done = []
        for matter_id in sorted(set(matter_ids)):
            done.append(matter_assign(acting=acting, matter_id=matter_id, account=account))
        return done


@transaction.atomic
def matter_note(
    *,
    acting: Actor,
    matter_id: int,
    text: str,
    to_petitioner: bool = False,
    papers: Sequence[Attachment] = (),
) -> Matter:
    """Write a note on the file, or a message that the petitioner reads with code and secret."""
    matter = _locked(acting, matter_id)
    if policies.audience_of(acting, matter) < Audience.OFFICIAL:
        raise NotAllowed(_("Only the unit that handles the matter may write on it."))
    if to_petitioner and not policies.speaks_for(acting, matter):
        raise NotAllowed(_("Only the unit that owes the matter writes to the petitioner."))
    text = clean(text)
    if not text:
        raise MatterError(_("Write the note first."), field="text")
    if len(text) > 10_000:
        raise MatterError(_("The note is longer than 10,000 letters."), field="text")
    words_check(matter, {"text": text})
    _papers_check(matter, papers)
    audience = Audience.PETITIONER if to_petitioner else Audience.OFFICIAL
    entry_id = entry_append(
        matter=matter,
        act="matter.message" if to_petitioner else "matter.note",
        acting=acting,
        audience=audience,
        before=matter.state,
        after=matter.state,
        payload={"text": text},
    )
    if matter.replied_at:
        matter.replied_at = None
        matter.save(update_fields=["replied_at"])
    papers_attach(matter=matter, attachments=papers, entry_id=entry_id, audience=audience)
    if to_petitioner:
        petitioners_tell(
            matter=matter,
            sentence=gettext_lazy("There is a new message for you about %(code)s."),
            key=f"{matter.code}/{entry_id}",
        )
    return matter


# -- saved filters ----------------------------------------------------------------------------


def filter_save(*, acting: Actor, name: str, query: str) -> SavedFilter:
    if acting.account_id is None:
        raise NotAllowed(_("Sign in first."))
    name = clean(name)[:60]
    if not name:
        raise MatterError(_("Give the list a name."), field="name")
    if SavedFilter.objects.filter(account=acting.account_id).count() >= 30:
        raise MatterError(_("You have 30 saved lists; remove one first."))
    saved, _created = SavedFilter.objects.update_or_create(
        account_id=acting.account_id, name=name, defaults={"query": query[:500]}
    )
    return saved


def filter_remove(*, acting: Actor, filter_id: int) -> None:
    SavedFilter.objects.filter(account=acting.account_id, pk=filter_id).delete()
