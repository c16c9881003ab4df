"""Proposing a decision; everything after it is a declared step or an act of `voting`."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.meeting import Proof
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.opening import office_of
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.core.units.models import Role, Tier, Unit
from dongthuan.core.units.selectors import villages_of
from dongthuan.work.decisions import rules
from dongthuan.work.decisions.effects import impersonal
from dongthuan.work.decisions.models import Decision, Item, Scope
from dongthuan.work.decisions.voting.rights import OFFICE

STANDS = ("carried", "recorded", "sent", "in_force")


@transaction.atomic
def decision_propose(
    *,
    acting: Actor,
    place: Unit,
    item: str,
    title: str,
    proposal: str,
    origin: Matter | None = None,
    replaces: Decision | None = None,
    papers: Sequence[Attachment] = (),
    is_demo: bool = False,
) -> Decision:
    """Propose a content of Điều 15, items 1, 2 or 6: the Front is asked next (Điều 16).

    `place`: a village (its head proposes) or the commune (its People's Committee proposes; then
    all its villages vote). `origin`: an initiative behind it. Raises
    MatterError with its field, NotAllowed.
    """
    scope = Scope.VILLAGE if place.tier == Tier.VILLAGE else Scope.COMMUNE
    if place.tier not in (Tier.VILLAGE, Tier.COMMUNE):
        raise MatterError(_("Choose a village or a commune."), field="place")
    office = office_of(place)
    _proposes_check(acting, place, office, scope)
    title, proposal = _checked(item, scope, title, proposal)
    if origin and not policies.may_see(acting, origin):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    if replaces and (replaces.state != "in_force" or replaces.place_id != place.pk):
        raise MatterError(
            _("Only a decision of this place that is in force can be replaced."), field="replaces"
        )
    # Commune-wide all villages vote: Điều 21.1 asks for two thirds of all of them, and whoever
    # proposes does not choose those that count.
    voting = [place] if scope == Scope.VILLAGE else list(villages_of(place))
    if not voting:
        raise MatterError(_("This commune has no villages in the system yet."), field="place")
    front = _front_of(office)
    decision = matter_create(
        acting=acting, model=Decision, kind="decision", unit=office, title=title, body=proposal,
        act="decision.proposed", place=place, parent=origin, papers=papers, is_demo=is_demo,
        parties=[*voting, *([front] if front else [])], listed=False,
        facts={"item": item, "scope": scope.value},
        item=item, scope=scope, proposal=proposal, front_unit=front, replaces=replaces,
        village_unit=place if scope == Scope.VILLAGE else None,
    )  # fmt: skip
    decision.villages.set(voting)
    return decision


def _front_of(office: Unit) -> Unit | None:
    """The commune's Front, told of every decision; None where it does not use the system."""
    code = f"{office.code.removesuffix('-ubnd')}-mttq"
    return Unit.objects.in_force(clock.today()).filter(code=code).first()


def _proposes_check(acting: Actor, place: Unit, office: Unit, scope: str) -> None:
    if acting.is_system:
        return
    if scope == Scope.VILLAGE:
        if not any(s.unit_path == place.path for s in acting.scopes_of(Role.VILLAGE_HEAD)):
            raise NotAllowed(_("Within a village its head proposes (Art. 16.2)."))
    elif not any(office.path.startswith(s.unit_path) for s in acting.scopes_of(*OFFICE)):
        raise NotAllowed(
            _("For the whole commune the chair of the People's Committee proposes (Art. 16.1).")
        )


def _checked(item: str, scope: str, title: str, proposal: str) -> tuple[str, str]:
    if item not in Item.values:
        raise MatterError(_("Choose the item of Art. 15."), field="item")
    if item == Item.SELF_GOVERNANCE and scope == Scope.COMMUNE:
        raise MatterError(_("Item 6 is decided within a village (Art. 15.6, 21.1)."), field="item")
    title = impersonal(title, "title")
    proposal = impersonal(proposal, "proposal")
    if not title:
        raise MatterError(_("Give it a title."), field="title")
    if len(clean(proposal)) < 10:
        raise MatterError(
            _("Write what is to be decided, in at least ten letters."), field="proposal"
        )
    if len(proposal) > 10_000:
        raise MatterError(_("The proposal is longer than 10,000 letters."), field="proposal")
    return title[:200], proposal


def decision_proof(matter: Matter) -> Proof:
    """What a decision proves to other rooms (core/matters/meeting.py)."""
    decision = matter if isinstance(matter, Decision) else Decision.objects.get(pk=matter.pk)
    result = decision.result or {}
    commune = bool(result.get("share_villages"))
    stands = decision.state in STANDS and bool(decision.carried)
    effective = decision.effective_on
    households, villages = rules.shares_of(decision.item, decision.scope)
    return Proof(
        item=decision.item,
        carried=stands,
        in_force=stands and effective is not None and effective <= clock.today(),
        yes=result.get("villages_passed", 0) if commune else result.get("counts", {}).get("yes", 0),
        all=len(result.get("villages", ())) if commune else result.get("all", 0),
        threshold=villages if commune else households,
        on=decision.voted_on,
    )
