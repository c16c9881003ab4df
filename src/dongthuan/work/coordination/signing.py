"""Two heads sign one text: each once, each the same digest; a change makes it void.

Law on E-Transactions 2023, Art. 22–23, is what a digital signature needs; the entry with the digest
stands in any case, the seal of pyHanko where the body has a certificate (see sealing.py).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.work.coordination.models import Side, Signature
from dongthuan.work.coordination.sides import side_of


def signature_add(context: StepContext, matter: Any, digest: str) -> bool:
    """Write a side's signature under `digest`; whether both sides have signed now.

    Raises NotAllowed for who is no head of a side, MatterError for a side that has signed,
    Conflict where the text is no longer the one that the head saw.
    """
    found = side_of(context.acting, matter, heads=True)
    if found is None:
        raise NotAllowed(_("Only the heads of the two sides sign."))
    side, scope = found
    signed = {one.side for one in signatures_of(matter)}
    if side in signed:
        raise MatterError(_("Your side has signed already."))
    if clean(context.data["digest"]).lower() != digest:
        raise Conflict(_("The text was changed meanwhile; read it again before you sign."))
    Signature.objects.create(
        matter=matter, side=side, digest=digest, label=scope.title[:160], at=context.now
    )
    context.facts |= {"side": side, "digest": digest}
    return len(signed | {side}) == len(Side)


def signatures_of(matter: Matter) -> list[Signature]:
    """The signatures that stand, in the order in which they were given."""
    return list(Signature.objects.filter(matter_id=matter.pk, void_at=None))


def signatures_void(*, acting: Actor, matter: Matter, reason: str) -> int:
    """A changed text carries nobody's signature: each that stood is voided by an entry."""
    standing = signatures_of(matter)
    for one in standing:
        one.void_at, one.void_reason = clock.now(), reason[:300]
        one.save(update_fields=["void_at", "void_reason"])
        entry_append(
            matter=matter, act=f"{matter.kind}.signature_void", acting=acting,
            audience=Audience.PETITIONER, before=matter.state, after=matter.state,
            facts={"side": one.side, "digest": one.digest, "reason": one.void_reason},
        )  # fmt: skip
    return len(standing)
