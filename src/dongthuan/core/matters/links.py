"""Links between matters of any rooms: a directive serves a plan, a task carries on another."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dongthuan.core.matters import policies
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience, Level, LinkRole, Matter, MatterLink
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean


@transaction.atomic
def matter_link(*, acting: Actor, matter: Matter, code: str, role: str) -> MatterLink:
    """Link a matter to another one in the actor's sight, by its code.

    The caller has authorised `acting` on `matter` and holds its lock. Neither a restricted nor a
    sealed matter is linked to, not from another one either, whose members would read of it. Raises
    MatterError (code).
    """
    other = Matter.objects.filter(policies.visible_to(acting), code=clean(code)).first()
    if other is None or other.pk == matter.pk or other.level > Level.UNIT:
        raise MatterError(_("There is no such matter, or you may not see it."), field="code")
    link, made = MatterLink.objects.get_or_create(
        matter=matter, other=other, role=LinkRole(role).value
    )
    if not made:
        raise MatterError(_("This matter is linked already."), field="code")
    # Only officials read which matter it is: its own page decides who may see it.
    entry_append(
        matter=matter, act="matter.linked", acting=acting, audience=Audience.OFFICIAL,
        before=matter.state, after=matter.state, facts={"link": other.code, "role": role},
    )  # fmt: skip
    return link


def links_of(*, actor: Actor, matter: Matter, limit: int = 100) -> list[MatterLink]:
    """Links from and to a matter, both ends in the actor's sight; one query."""
    seen = Matter.objects.filter(policies.visible_to(actor)).values("pk")
    return list(
        MatterLink.objects.filter(Q(matter=matter) | Q(other=matter))
        .filter(matter__in=seen, other__in=seen)
        .select_related("matter", "other")
        .order_by("pk")[:limit]
    )
