"""Drafting, proposing and deciding new versions of rules. Two people, and the future only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law import LocalVersion, RuleError, load_rulebook, loading, rulebook_with
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.recompute import duties_recompute
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.work.rulebook import policies
from dongthuan.work.rulebook.models import DraftState, RuleDraft, RuleEntry
from dongthuan.work.rulebook.tables import table_of

_YEAR = dt.timedelta(days=366)
_LOCK = 0x72756C65  # 'rule': one draft or approval at a time, so that each is checked against all


@transaction.atomic
def draft_create(*, acting: Actor, key: str, typed: dict[str, Any], reason: str) -> RuleDraft:
    """Draft a new version of a rule. `typed`: as the form has it (see tables.table_of).

    Raises NotAllowed or MatterError (with the field); then nothing was written.
    """
    _may_draft(acting)
    _alone()
    table = _checked(key, typed)
    if RuleDraft.objects.filter(
        key=key, state__in=[DraftState.DRAFT, DraftState.PROPOSED]
    ).exists():
        raise MatterError(_("Another draft of this rule is still open; decide on it first."))
    draft = RuleDraft.objects.create(
        key=key,
        table=table,
        valid_from=typed["valid_from"],
        document=table["document"][:200],
        reason=_reason(reason),
        drafted_by_id=_account(acting),
        drafted_as=_label(acting),
        drafted_at=clock.now(),
    )
    _record(draft, acting, "drafted")
    return draft


@transaction.atomic
def draft_change(
    *, acting: Actor, draft_id: int, typed: dict[str, Any], reason: str, revision: int
) -> RuleDraft:
    """Change a draft that has not been proposed; only who drafted it does."""
    draft = _locked(acting, draft_id, policies.may_change)
    if draft.state != DraftState.DRAFT:
        raise MatterError(_("A proposal cannot be changed; withdraw it and draft anew."))
    if draft.revision != revision:
        raise Conflict(_("The draft was changed meanwhile; look at it again."))
    draft.table = _checked(draft.key, typed)
    draft.valid_from = typed["valid_from"]
    draft.document = draft.table["document"][:200]
    draft.reason = _reason(reason)
    draft.revision += 1
    draft.save()
    _record(draft, acting, "changed")
    return draft


@transaction.atomic
def draft_propose(*, acting: Actor, draft_id: int) -> RuleDraft:
    """Hand the draft to a second person."""
    draft = _locked(acting, draft_id, policies.may_change)
    if draft.state != DraftState.DRAFT:
        raise MatterError(_("This draft has been proposed already."))
    _fits(draft)
    draft.state = DraftState.PROPOSED
    draft.proposed_at = clock.now()
    draft.revision += 1
    draft.save()
    _record(draft, acting, "proposed")
    return draft


@transaction.atomic
def draft_withdraw(*, acting: Actor, draft_id: int) -> RuleDraft:
    """Take back what one drafted; it stays in the record."""
    draft = _locked(acting, draft_id, policies.may_change)
    return _decide(draft, acting, DraftState.WITHDRAWN, "withdrawn", "")


@transaction.atomic
def draft_approve(*, acting: Actor, draft_id: int, note: str = "") -> RuleDraft:
    """Approve a proposal of somebody else. From its day on the clock counts by it.

    The version is checked once more against the files and all versions approved so far.
    """
    draft = _locked(acting, draft_id, policies.may_decide)
    _alone()
    _fits(draft)
    _decide(draft, acting, DraftState.APPROVED, "approved", note)
    transaction.on_commit(loading.refresh)
    return draft


@transaction.atomic
def draft_reject(*, acting: Actor, draft_id: int, note: str) -> RuleDraft:
    """Refuse a proposal, with a reason."""
    draft = _locked(acting, draft_id, policies.may_decide)
    if not clean(note).strip():
        raise MatterError(_("Say why the proposal is rejected."), field="note")
    return _decide(draft, acting, DraftState.REJECTED, "rejected", note)


def versions_apply(*, now: dt.datetime) -> int:
    """Let every version that has begun take over the running duties it governs.

    Looks at the versions of the last year, shipped and approved: a version of an update that came
    late is applied too. Returns how many duties changed; running it again changes none.
    """
    loading.refresh()
    today, changed = clock.today(), 0
    for rule in load_rulebook().rules():
        for version in rule.versions:
            if today - _YEAR <= version.valid_from <= today:
                changed += duties_recompute(rule=rule.key, since=version.valid_from, now=now)
    return changed


# -- what they have in common ---------------------------------------------------------------------


def _may_draft(acting: Actor) -> None:
    if not policies.may_draft(acting):
        raise NotAllowed(
            _("Only the inspector or the head of the authority may change the rulebook.")
        )


def _account(acting: Actor) -> int:
    """A law officer always has an account; programs draft no law."""
    if acting.account_id is None:
        raise NotAllowed(_("Only a person may draft or decide."))
    return acting.account_id


def _label(acting: Actor) -> str:
    """The position in which one drafts or decides, as it is written in the record."""
    scope = policies.law_scope(acting)
    return scope.title[:160] if scope else ""


def _locked(acting: Actor, draft_id: int, allowed: Callable[[Actor, RuleDraft], bool]) -> RuleDraft:
    _may_draft(acting)
    draft = RuleDraft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise NotAllowed(_("There is no such draft."))
    if not allowed(acting, draft):
        raise NotAllowed(_why_not(acting, draft))
    return draft


def _why_not(acting: Actor, draft: RuleDraft) -> str:
    if not draft.is_open:
        return _("This draft is closed.")
    if draft.state == DraftState.DRAFT and draft.drafted_by_id != acting.account_id:
        return _("Only who drafted it may go on with this draft.")
    if draft.drafted_by_id == acting.account_id:
        return _("Another person than the one who drafted it must decide.")
    return _("You may not do this to this draft.")


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _checked(key: str, typed: dict[str, Any]) -> dict[str, Any]:
    """The version's table, if it begins in the future and fits the rulebook."""
    try:
        entry = load_rulebook().entry(key)
    except RuleError as error:
        raise MatterError(_said(error)) from None
    _in_future(typed["valid_from"])
    table = table_of(entry, typed)
    _check_fit(key, table)
    return table


def _in_future(valid_from: dt.date) -> None:
    if valid_from <= clock.today():
        raise MatterError(
            _("A new version begins tomorrow at the earliest: nothing past is rewritten."),
            field="valid_from",
        )


def _fits(draft: RuleDraft) -> None:
    _in_future(draft.valid_from)
    _check_fit(draft.key, draft.table)


def _check_fit(key: str, table: dict[str, Any]) -> None:
    loading.refresh()
    try:
        rulebook_with(LocalVersion.from_json(key, table))
    except RuleError as error:
        raise MatterError(_said(error)) from None


def _said(error: RuleError) -> str:
    return error.en if get_language() == "en" else error.vi


def _reason(text: str) -> str:
    reason = clean(text).strip()
    if not reason:
        raise MatterError(_("Say why the rule changes."), field="reason")
    return reason[:500]


def _decide(draft: RuleDraft, acting: Actor, state: DraftState, act: str, note: str) -> RuleDraft:
    draft.state = state
    draft.decided_by_id = acting.account_id
    draft.decided_as = _label(acting)
    draft.decided_at = clock.now()
    draft.decision_note = clean(note).strip()[:500]
    draft.revision += 1
    draft.save()
    _record(draft, acting, act)
    return draft


def _record(draft: RuleDraft, acting: Actor, act: str) -> None:
    RuleEntry.objects.create(
        draft=draft,
        at=clock.now(),
        act=act,
        actor_id=_account(acting),
        actor_label=_label(acting),
        facts={
            "key": draft.key,
            "table": draft.table,
            "state": draft.state,
            "reason": draft.reason,
            "note": draft.decision_note,
        },
    )
