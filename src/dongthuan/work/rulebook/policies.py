"""Who may change the law that the system counts by.

A law officer is no role of its own: it is the inspector or the head of the authority whose area
this deployment serves. One drafts, another approves. The administrator sees no content and has no
part.
"""

from __future__ import annotations

from django.conf import settings

from dongthuan.core.people.actors import Actor, Scope
from dongthuan.core.units.models import Role
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.work.rulebook.models import DraftState, RuleDraft

LAW_ROLES = (Role.INSPECTOR, Role.HEAD)


def may_draft(actor: Actor) -> bool:
    """Whether the actor is a law officer today."""
    return law_scope(actor) is not None


def law_scope(actor: Actor) -> Scope | None:
    """The position in which the actor is a law officer, or None."""
    scopes = actor.scopes_of(*LAW_ROLES)
    if not scopes:
        return None  # without asking for the unit: most officials are none
    area = unit_by_code(settings.SCOPE).path
    return next((scope for scope in scopes if scope.area_path == area), None)


def may_change(actor: Actor, draft: RuleDraft) -> bool:
    """A draft is changed, proposed and withdrawn by whoever drafted it."""
    return may_draft(actor) and draft.is_open and draft.drafted_by_id == actor.account_id


def may_decide(actor: Actor, draft: RuleDraft) -> bool:
    """A proposal is decided by another law officer than the one who drafted it."""
    return (
        may_draft(actor)
        and draft.state == DraftState.PROPOSED
        and draft.drafted_by_id != actor.account_id
    )
