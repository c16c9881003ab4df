"""A promise (cam kết): what an authority said in writing it would do, and until when.

Receptions, dialogues, meetings end in a notice of conclusion; each thing promised there is a
matter of its own, child of where it was promised, with one duty that falls due on the day that
the notice sets.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters import policies
from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Ask, Kind, State, Step, StepContext
from dongthuan.core.matters.models import (
    Audience,
    Channel,
    DutyState,
    Level,
    Matter,
    Projection,
    Submission,
)
from dongthuan.core.matters.services import code_next, matter_settle, words_check
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean, personal_data
from dongthuan.core.units.models import Role, Unit

RULE = "promise.keep"
OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
PAPER = Ask("papers", "paper", _lazy("Evidence"), required=False)
BASIS = "Thông báo kết luận; Điều 28 Luật Tiếp công dân 2013"


def _postpone(context: StepContext) -> None:
    """The old day stands in the record; a promise already broken cannot be moved."""
    until: dt.date = context.data["until"]
    for duty in context.duties:
        if duty.rule != RULE:
            continue
        if duty.due_on < clock.today():
            raise MatterError(_("The day has passed; the promise can no longer be postponed."))
        if until <= duty.due_on:
            raise MatterError(_("The new day must lie after the old one."), field="until")
        context.facts["due_before"] = duty.due_on.isoformat()
        duty.state, duty.closed_at = DutyState.WAIVED, context.now
        duty.reason = str(context.data["reason"])[:300]
    context.opens.append((RULE, "promised", noon(until)))


KEEP = Step(
    name="keep",
    label=_lazy("Record that it was done"),
    source=("open",),
    target="kept",
    roles=OFFICE,
    basis=BASIS,
    asks=(Ask("report", "lines", _lazy("What was done, where it can be seen")), PAPER),
    closes=(RULE,),
    announce=_lazy("What was promised in %(code)s has been done."),
)
POSTPONE = Step(
    name="postpone",
    label=_lazy("Postpone with a reason"),
    source=("open",),
    target="",
    roles=(Role.HEAD,),
    basis=BASIS,
    asks=(
        Ask("until", "future", _lazy("New day")),
        Ask("reason", "lines", _lazy("Reason"), max_length=1000),
        Ask("document", "text", _lazy("Number and symbol of the document"), max_length=80),
        PAPER,
    ),
    effect=_postpone,
    announce=_lazy("The day of %(code)s was postponed; the reason is written there."),
)
RELEASE = Step(
    name="release",
    label=_lazy("Release from the promise"),
    source=("open",),
    target="released",
    roles=(Role.HEAD,),
    basis=BASIS,
    asks=(
        Ask("reason", "lines", _lazy("Reason"), max_length=1000),
        Ask("document", "text", _lazy("Number and symbol of the document"), max_length=80),
    ),
    waives=("*",),
    announce=_lazy("%(unit)s is released from %(code)s; the reason is written there."),
    grave=True,
)
PROMISE = Kind(
    "promise",
    _lazy("promise (cam kết)"),
    (
        State("open", _lazy("promised"), _lazy("promised"), "active"),
        State("kept", _lazy("kept"), _lazy("kept"), "good", final=True),
        State("released", _lazy("released"), _lazy("released"), final=True),
    ),
    (KEEP, POSTPONE, RELEASE),
    Level.PARTNER,
    counts_as_case=False,
)


@transaction.atomic
def promise_open(
    *,
    acting: Actor,
    origin: Matter,
    unit: Unit,
    what: str,
    due_on: dt.date,
    document: str,
) -> Matter:
    """Open a promise out of a matter: `unit` owes it, on `due_on`, by the written `document`.

    The origin must be visible and in the actor's unit. Raises as promise_write, and NotAllowed.
    """
    if not acting.is_system and not any(
        origin.path.startswith(scope.unit_path) for scope in acting.scopes_of(*OFFICE)
    ):
        raise NotAllowed(_("Only the unit that gave its word may record the promise."))
    if origin.is_sealed or not policies.may_see(acting, origin):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    return promise_write(
        acting=acting, origin=origin, unit=unit, what=what, due_on=due_on, document=document
    )


@transaction.atomic
def promise_write(
    *,
    acting: Actor,
    origin: Matter,
    unit: Unit,
    what: str,
    due_on: dt.date,
    document: str,
) -> Matter:
    """Write down a promise; the caller has authorised `acting` and may see `origin`.

    What was promised is public, so it may not carry personal data; out of a restricted matter the
    promise is restricted too, to the same seats and the head of the unit that owes it. Raises
    MatterError with its field (what, due_on, document).
    """
    what, document = clean(what), clean(document)[:80]
    if not what:
        raise MatterError(_("Write what was promised."), field="what")
    if len(what) > 2000:
        raise MatterError(_("The promise is longer than 2,000 letters."), field="what")
    if found := personal_data(what):
        raise MatterError(
            _("Take out what looks like personal data; the promise is public: %(found)s.")
            % {"found": ", ".join(found[:5])},
            field="what",
        )
    if due_on < clock.today():
        raise MatterError(_("The day of a promise cannot lie in the past."), field="due_on")
    if not document:
        raise MatterError(_("Give the number of the notice that holds it."), field="document")
    if origin.is_restricted:
        words_check(origin, {"what": what, "document": document})
    return _promise_create(acting, origin, unit, what, due_on, document)


def _promise_create(
    acting: Actor, origin: Matter, unit: Unit, what: str, due_on: dt.date, document: str
) -> Matter:
    now = clock.now()
    level = Level.RESTRICTED if origin.is_restricted else Level.PARTNER
    code = code_next(unit=unit, on=clock.today(), sealed=origin.is_restricted)
    matter = Matter.objects.create(
        kind="promise", code=code, title=what[:200], state="open", unit=unit, path=unit.path,
        place=origin.place, topic=origin.topic, level=level,
        restricted_to=origin.restricted_to, channel=Channel.FORWARDED, parent=origin,
        opened_at=now, person_count=origin.person_count, is_demo=origin.is_demo,
        search_text=f"{code}\n{what}",
    )  # fmt: skip
    if level < Level.RESTRICTED:
        Projection.objects.create(
            matter=matter, code=code, kind="promise", state="open", title=what[:200], body=what,
            unit=unit, path=unit.path, place=origin.place, topic=origin.topic,
            opened_on=timezone.localdate(now), listed=True, is_demo=origin.is_demo,
            search_text=f"{code}\n{what}",
        )  # fmt: skip
    # Whoever asked stands behind the promise too, and is told what becomes of it.
    Submission.objects.bulk_create(
        Submission(
            matter=matter, channel=before.channel, text=what, citizen=before.citizen,
            people_count=before.people_count, received_at=now,
        )
        for before in origin.submissions.select_related("citizen").order_by("id")
    )  # fmt: skip
    entry_append(
        matter=matter,
        act="promise.given",
        acting=acting,
        audience=Audience.PUBLIC,
        after="open",
        facts={"origin": origin.code, "document": document, "until": due_on.isoformat()},
        at=now,
    )
    duties = duties_open(matter=matter, rules=[(RULE, "promised", noon(due_on))], now=now)
    matter_settle(matter=matter, duties=duties)
    return matter
