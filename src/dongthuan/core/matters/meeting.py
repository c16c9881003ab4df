"""What one room may ask of a matter of another without importing it (ADR 10).

A room says what its matters prove (`register_proof`), or takes over a duty that others have found
(`register_discloser`); it calls both from AppConfig.ready().
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from dongthuan.core.matters.models import Matter
from dongthuan.core.people.actors import Actor


@dataclass(frozen=True)
class Proof:
    """What a decision of the people proves: of which item, whether it carries, by how many.

    `item`: of Điều 15 ('1' … '6'). `carried`: the count reaches the law's threshold. `in_force`:
    it may be relied on today (recognised where the law asks for it, not annulled). `yes` of `all`
    voices (households, or villages where commune-wide); `threshold` is the key in the rulebook.
    """

    item: str
    carried: bool
    in_force: bool
    yes: int
    all: int
    threshold: str
    on: dt.date | None


Prove = Callable[[Matter], Proof]
# (*, acting, origin, item, title, body, decided_at) -> the matter that must now be disclosed
Discloser = Callable[..., Matter]

_PROOFS: dict[str, Prove] = {}
_DISCLOSERS: list[Discloser] = []


def register_proof(kind: str, prove: Prove) -> None:
    _PROOFS[kind] = prove


def register_discloser(discloser: Discloser) -> None:
    _DISCLOSERS.append(discloser)


def proof_of(matter: Matter) -> Proof | None:
    """What a matter proves to others; None if it is no decision of the people."""
    prove = _PROOFS.get(matter.kind)
    return prove(matter) if prove else None


def disclosure_owe(
    *,
    acting: Actor,
    origin: Matter,
    item: str,
    title: str,
    body: str,
    decided_at: dt.datetime,
) -> Matter | None:
    """A room has made what Điều 11 orders to be public: the duty to disclose it begins.

    `item`: '1' … '14' of Điều 11; `title` and `body` are public words. The new matter is a child of
    `origin`, of the same unit. None where no room of disclosure is installed.
    """
    if not _DISCLOSERS:
        return None
    return _DISCLOSERS[0](
        acting=acting, origin=origin, item=item, title=title, body=body, decided_at=decided_at
    )
