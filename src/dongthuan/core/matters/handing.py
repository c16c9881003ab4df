"""Hand-over: what is still open of a unit that has ended goes to whoever took its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core.matters.designated import heirs_at
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.messages import petitioners_tell
from dongthuan.core.matters.models import Audience, Duty, DutyState, Matter
from dongthuan.core.matters.services import projection_sync
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Kind, Role, Succession, Tier, Unit

_HANDED = ["unit", "path", "handler", "designated", "restricted_to", "parties", "version"]
# Bodies whose officers speak for them: they take over themselves.
OWN_PEOPLE: dict[Kind, tuple[Role, ...]] = {
    Kind.FRONT: (Role.FRONT,), Kind.PEOPLE_COUNCIL: (Role.COUNCIL,),
}  # fmt: skip


@transaction.atomic
def matters_hand_over(
    *,
    acting: Actor,
    predecessor: Unit,
    successor: Unit,
    on: dt.date,
    document: str,
    codes: Sequence[str] = (),
    limit: int | None = None,
) -> int:
    """Move what is still open of a unit that has ended to its successor (hand-over record).

    Of a unit with several successors each gets the matters of its own places, and those that the
    record names by their `codes`. Each matter gets an Entry; running duties go with it, their
    dates unchanged; the petitioners are told. Returns the number of matters moved, at most `limit`
    of them: many are taken over in several goes. A hand-over of codes does not happen: a code is
    for ever.
    """
    if not may_take_over(acting, successor):
        raise NotAllowed(_("Only the head of the receiving unit may take over its matters."))
    moved = list(
        matters_to_hand_over(
            predecessor=predecessor, successor=successor, on=on, codes=codes
        ).select_for_update(of=("self",))[:limit]
    )
    for matter in moved:
        owned = matter.path.startswith(predecessor.path)
        if owned:
            _owned_by(matter, successor)
        # A village, a Front or a board that has ended hands on its part in the matter.
        matter.parties = sorted(
            {successor.path if path == predecessor.path else path for path in matter.parties}
        )
        matter.version += 1
        matter.save(update_fields=_HANDED)
        # What another body owes on it, a village or the Front, that body goes on owing.
        Duty.objects.filter(
            matter=matter,
            state__in=[DutyState.OPEN, DutyState.PAUSED],
            path__startswith=predecessor.path,
        ).update(unit=successor, path=successor.path)
        entry_id = entry_append(
            matter=matter,
            act="matter.hand_over",
            acting=acting,
            audience=Audience.PETITIONER,
            before=matter.state,
            after=matter.state,
            facts={
                "from": {"unit": predecessor.code, "name": predecessor.name},
                "to": {"unit": successor.code, "name": successor.name},
                "on": on.isoformat(),
                "document": document,
            },
        )
        projection_sync(matter=matter)
        if owned:  # a part in it is no news to whoever brought it
            petitioners_tell(
                matter=matter,
                sentence=gettext_lazy("%(unit)s is now responsible for %(code)s; its dates stay."),
                key=f"{matter.code}/{entry_id}",
            )
    return len(moved)


def _owned_by(matter: Matter, successor: Unit) -> None:
    matter.unit, matter.path = successor, successor.path
    matter.handler = None
    # New heads decide who sits; what was opened out of a restricted matter goes with its seats.
    above = matter.parent if matter.is_restricted else None
    matter.restricted_to = above.restricted_to if above and above.is_restricted else []
    if matter.is_sealed:
        matter.designated = heirs_at(matter=matter, successor=successor)
        if not matter.designated:
            raise MatterError(
                _("%(name)s has nobody who may open sealed matters; appoint somebody first.")
                % {"name": successor.name}
            )


def may_take_over(acting: Actor, successor: Unit) -> bool:
    """The head of the receiving unit, and programs of ours.

    For a village it is the head of its commune's People's Committee, for a Front its own people,
    for other partners (mass mobilisation, Party committee, People's Council) who leads them.
    """
    if acting.is_system:
        return True
    leads = acting.scopes_of(Role.PARTNER_HEAD, Role.PARTY)
    if any(successor.path.startswith(scope.unit_path) for scope in leads):
        return True
    own = acting.scopes_of(*OWN_PEOPLE.get(Kind(successor.kind), ()))
    if any(scope.unit_path == successor.path for scope in own):
        return True
    office = successor.path
    if successor.tier == Tier.VILLAGE:
        office = f"{area_of(successor.path)}ubnd."
    return any(office.startswith(scope.unit_path) for scope in acting.scopes_of(Role.HEAD))


def matters_to_hand_over(
    *, predecessor: Unit, successor: Unit, on: dt.date, codes: Sequence[str] = ()
) -> QuerySet[Matter]:
    """What a hand-over would move, oldest first; MatterError where there is none to be made."""
    its_own = Q(path__startswith=predecessor.path) | Q(parties__contains=[predecessor.path])
    return Matter.objects.filter(
        _falls_to(predecessor, successor, on, codes), its_own, closed_at=None
    ).order_by("id")


def _falls_to(predecessor: Unit, successor: Unit, on: dt.date, codes: Sequence[str]) -> Q:
    """Which matters of the predecessor go to this successor; MatterError if it is none."""
    if predecessor.valid_to is None or predecessor.valid_to >= on:
        raise MatterError(
            _("%(name)s is still in force on that day; its matters stay with it.")
            % {"name": predecessor.name}
        )
    heirs = list(Succession.objects.filter(predecessor=predecessor))
    if successor.pk not in {heir.successor_id for heir in heirs}:
        raise MatterError(
            _("%(to)s is not a successor of %(from)s.")
            % {"to": successor.name, "from": predecessor.name}
        )
    if len(heirs) == 1:
        return Q()
    is_village = successor.tier == Tier.VILLAGE
    area = successor.path if is_village else area_of(successor.path)
    former = Succession.objects.filter(successor__path=area, share=1).values("predecessor__path")
    mine = Q(code__in=codes) | Q(place__path__startswith=area)
    # Who takes a document over follows up what it has ordered, whoever carries that out.
    mine |= Q(parent__code__in=codes, parties__contains=[predecessor.path])
    for row in former:
        mine |= Q(place__path__startswith=row["predecessor__path"])
    return mine
