"""The same matter from several people: joined into one with all submissions, and separated again.

The submissions move to the main matter; each keeps its receipt, and the code of a joined matter
leads to the main one. Of two running promises of one rule the earlier date stays; a promise that
the main matter does not have yet goes over to it. Nothing sealed is ever joined.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.duties import duties_open, duty_close, duty_copy, duty_take_over
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.messages import petitioners_tell
from dongthuan.core.matters.models import Audience, Duty, DutyState, Matter, Projection, Submission
from dongthuan.core.matters.services import matter_settle, projection_sync
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.work.petitions.models import Joining
from dongthuan.work.petitions.opening import search_text

AT_ONCE = 100
JOINED_KINDS = ("petition", "complaint", "recommendation", "feedback")
# Owed until a letter is sorted: joining it to a matter past that point is its sorting.
INTAKE_RULES = ("xld.process", "tcd.result_notice", "kn.accept", "pa.classify", "pakn.transfer")
INTAKE_STATES = ("received", "registered", "classified", "examined")
ENDED_ELSEWHERE = ("transferring", "disputed", "contested", "suspended")


@transaction.atomic
def matters_join(*, acting: Actor, main_id: int, other_ids: Sequence[int], reason: str) -> Matter:
    """Join other open matters of the same unit and kind into the main one; all or none.

    Heads and intake officers of the unit do it. Raises NotAllowed, MatterError with its field.
    """
    others = sorted(set(other_ids) - {main_id})
    if not 1 <= len(others) <= AT_ONCE:
        raise MatterError(_("Choose from 1 to 100 matters to join."), field="others")
    reason = _reason(reason)
    rows = _rows(acting, [main_id, *others])
    main = rows.pop(main_id)
    for other in rows.values():
        _fit(main, other)
    now = clock.now()
    joined = [_join(acting, main, other, reason, now) for other in rows.values()]
    _count(main)
    entry_append(
        matter=main,
        act="petition.joined_here",
        acting=acting,
        audience=Audience.OFFICIAL,
        before=main.state,
        after=main.state,
        facts={"joined": [other.code for other in joined], "reason": reason},
        at=now,
    )
    return main


def _reason(reason: str) -> str:
    reason = clean(reason)
    if not reason:
        raise MatterError(_("Say why."), field="reason")
    if len(reason) > 1000:
        raise MatterError(_("The reason is longer than 1,000 letters."), field="reason")
    return reason


def _rows(acting: Actor, ids: Sequence[int]) -> dict[int, Matter]:
    """The matters, locked in the order of their numbers; one out of sight does not exist."""
    found = {
        matter.pk: matter
        for matter in Matter.objects.select_for_update(of=("self",))
        .filter(policies.visible_to(acting), pk__in=ids)
        .select_related("unit")
        .order_by("id")
    }
    if len(found) != len(ids):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    for matter in found.values():
        if matter.is_sealed or matter.kind not in JOINED_KINDS:
            raise MatterError(_("%(code)s cannot be joined.") % {"code": matter.code})
        if not policies.may_assign(acting, matter):
            raise NotAllowed(_("Only the head or the intake office joins matters."))
    return found


def _fit(main: Matter, other: Matter) -> None:
    names = {"main": main.code, "other": other.code}
    if main.unit_id != other.unit_id:
        raise MatterError(_("%(other)s lies with another unit than %(main)s.") % names)
    if main.kind != other.kind:
        raise MatterError(_("%(other)s is of another kind than %(main)s.") % names)
    if set(main.walled_accounts) != set(other.walled_accounts):
        raise MatterError(_("%(other)s concerns other officials than %(main)s.") % names)
    for matter in (main, other):
        if not matter.is_open or matter.state in ENDED_ELSEWHERE:
            raise MatterError(
                _("%(code)s is not being worked on now, so it cannot be joined.")
                % {"code": matter.code}
            )
    if other.joined_here.filter(separated_at=None).exists():
        raise MatterError(
            _("Others are joined into %(other)s; join %(main)s into it instead.") % names
        )
    if other.children.filter(kind="referral", closed_at=None).exists():
        raise MatterError(
            _("%(other)s was transferred here; join the other one into it instead.") % names
        )


def _join(acting: Actor, main: Matter, other: Matter, reason: str, now: dt.datetime) -> Matter:
    moved = _duties_move(main, other, reason, now)
    joining = Joining(
        matter=other,
        main=main,
        submissions=list(other.submissions.order_by("id").values_list("id", flat=True)),
        duties=[duty.pk for duty in moved["from"]],
        state_before=other.state,
        reason=reason,
        joined_at=now,
    )
    joining.save()
    entry_id = _step(acting, other, "petition.joined_into", "joined", now, {
        "main": main.code, "reason": reason,
    })  # fmt: skip
    petitioners_tell(
        matter=other,
        sentence=gettext_lazy(
            "Others wrote about the same as you in %(code)s; it is handled together. "
            "Your code and secret stay as they are."
        ),
        key=f"{other.code}/{entry_id}",
    )
    other.submissions.update(matter=main)
    if moved["dates"]:
        entry_append(
            matter=main,
            act="petition.promises_joined",
            acting=acting,
            audience=Audience.PETITIONER,
            before=main.state,
            after=main.state,
            facts={"from": other.code, "promises": moved["dates"]},
            at=now,
        )
    return other


def _step(
    acting: Actor, matter: Matter, act: str, state: str, now: dt.datetime, facts: dict[str, Any]
) -> int:
    before, matter.state = matter.state, state
    matter.closed_at = now if state == "joined" else None
    matter.version += 1
    matter.save(update_fields=["state", "closed_at", "version"])
    entry_id = entry_append(
        matter=matter, act=act, acting=acting, audience=Audience.PETITIONER, before=before,
        after=state, facts=facts, at=now,
    )  # fmt: skip
    matter_settle(matter=matter)
    projection_sync(matter=matter)
    return entry_id


def _running(matter: Matter) -> list[Duty]:
    running = Duty.objects.filter(matter=matter, state__in=[DutyState.OPEN, DutyState.PAUSED])
    return list(running.order_by("id"))


def _duties_move(main: Matter, other: Matter, reason: str, now: dt.datetime) -> dict[str, Any]:
    """Close what the other one owes; what is promised earlier or not yet stands on the main one."""
    mine = {duty.rule: duty for duty in _running(main)}
    theirs = _running(other)
    past_intake = main.state not in INTAKE_STATES
    dates = []
    for duty in theirs:
        if past_intake and duty.rule in INTAKE_RULES:
            # The letter is sorted by joining it, and its sender is told today.
            duty_close(duty=duty, now=now, reason=reason)
            continue
        state = DutyState.TRANSFERRED
        duty_close(duty=duty, now=now, state=state, reason=reason, carried=True)
        same = mine.get(duty.rule)
        if same is None:
            mine[duty.rule] = duty_copy(duty=duty, matter=main, now=now)
            dates.append(f"{duty.rule}: {duty.due_on:%d/%m/%Y}")
        elif duty.due_on < same.due_on:
            was = same.due_on
            duty_take_over(duty=same, earlier=duty, now=now)
            dates.append(f"{duty.rule}: {was:%d/%m/%Y} → {same.due_on:%d/%m/%Y}")
    Duty.objects.bulk_update(theirs, ("state", "closed_at", "reason"))
    matter_settle(matter=main)
    return {"from": theirs, "dates": dates}


def _count(matter: Matter) -> None:
    """Letters and people behind a matter, from its submissions (đơn is not người)."""
    rows = matter.submissions.all()
    matter.submission_count = rows.count()
    matter.person_count = rows.aggregate(n=Sum("people_count"))["n"] or 0
    matter.search_text = search_text(matter)
    matter.version += 1
    matter.save(update_fields=["submission_count", "person_count", "search_text", "version"])


# -- separated again ----------------------------------------


@transaction.atomic
def matter_separate(*, acting: Actor, matter_id: int, reason: str) -> Matter:
    """Undo a joining: its letters go back, and what was owed on them is owed again, same dates.

    Possible while the main matter is open. Raises NotAllowed, MatterError.
    """
    reason = _reason(reason)
    seen = policies.visible_to(acting)
    found = Joining.objects.filter(matter_id=matter_id, separated_at=None).first()
    if found is None:
        raise MatterError(_("This matter is not joined with another one."))
    rows = _rows(acting, sorted({found.matter_id, found.main_id}))
    joining = Joining.objects.select_for_update().get(pk=found.pk)
    if joining.separated_at or not Matter.objects.filter(seen, pk=joining.main_id).exists():
        raise MatterError(_("This matter is not joined with another one."))
    matter, main = rows[joining.matter_id], rows[joining.main_id]
    if not main.is_open:
        raise MatterError(_("%(code)s is closed; what it answered is not separated.") % {
            "code": main.code
        })  # fmt: skip
    now = clock.now()
    joining.separated_at = now
    joining.save(update_fields=["separated_at"])
    Submission.objects.filter(pk__in=joining.submissions, matter=main).update(matter=matter)
    # What the joining itself kept or broke (the sorting of the letter) is undone with it.
    closed = Duty.objects.filter(pk__in=joining.duties)
    for duty in closed.order_by("id"):
        duty_copy(duty=duty, matter=matter, now=now)
    closed.update(state=DutyState.TRANSFERRED)
    entry_id = _step(acting, matter, "petition.separated", joining.state_before, now, {
        "main": main.code, "reason": reason,
    })  # fmt: skip
    _promise_something(matter, now)
    _count(matter)
    _count(main)
    entry_append(
        matter=main, act="petition.separated_from", acting=acting, audience=Audience.OFFICIAL,
        before=main.state, after=main.state, facts={"joined": [matter.code], "reason": reason},
        at=now,
    )  # fmt: skip
    petitioners_tell(
        matter=matter,
        sentence=gettext_lazy("%(code)s is handled on its own again; the reason is there."),
        key=f"{matter.code}/{entry_id}",
    )
    return matter


def _promise_something(matter: Matter, now: dt.datetime) -> None:
    """A letter of which nothing was owed when it was joined is to be sorted now: never none."""
    if matter.state in INTAKE_STATES and not _running(matter):
        duties_open(matter=matter, rules=[("xld.process", "now", now)], now=now)
        matter_settle(matter=matter)


# -- reads ----------------------------------------


def joined_codes(matter: Matter) -> list[str]:
    """Codes of the matters that are joined into this one; one query."""
    rows = Joining.objects.filter(main=matter, separated_at=None).order_by("matter_id")
    return list(rows.values_list("matter__code", flat=True)[:200])


def main_of(matter_id: int) -> Matter | None:
    """The matter into which one was joined."""
    row = Joining.objects.filter(matter_id=matter_id, separated_at=None).select_related("main")
    found = row.first()
    return found.main if found else None


def joined_into_public(row: Projection) -> str:
    """The code of the matter into which a public one was joined; no query unless it was."""
    if row.state != "joined":
        return ""
    main = main_of(row.pk)
    return main.code if main else ""


def origins_of(submission: Submission) -> list[int]:
    """Matters on which a submission lay before it was joined to the present one; one query."""
    rows = Joining.objects.filter(
        main_id=submission.matter_id, separated_at=None, submissions__contains=[submission.pk]
    )
    return list(rows.values_list("matter_id", flat=True))


def submissions_of_code(code: str) -> list[int]:
    """Submissions that came with the code of a matter that is joined now; one query."""
    row = Joining.objects.filter(matter__code=code, separated_at=None).first()
    return list(row.submissions) if row else []
