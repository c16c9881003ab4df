"""What the page of a denunciation shows beside its duties: the procedure, nothing of people."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from dongthuan.core.matters import policies
from dongthuan.core.people.actors import Actor
from dongthuan.work.denunciations.models import Denunciation, Protection
from dongthuan.work.denunciations.terms import (
    AUTHORITIES,
    CONDITIONS_29,
    CRITERIA,
    FIGURES,
    MEASURES,
    PROTECTION_ENDS,
)


@dataclass
class ProtectionLine:
    """One protection in words: its type, its state, its measures, its days."""

    row: Protection
    measures: list[str]
    authority: str
    ended: str


@dataclass
class CaseView:
    """Facts as (label, value), protections, the checked public text, figures by form."""

    facts: list[tuple[str, str]] = field(default_factory=list)
    protections: list[ProtectionLine] = field(default_factory=list)
    public_text: str = ""
    figures: list[tuple[str, list[tuple[str, int]]]] = field(default_factory=list)


def case_view(*, actor: Actor, code: str) -> CaseView | None:
    """The procedure of a denunciation that the actor may see, or None; three queries."""
    matter = (
        Denunciation.objects.filter(policies.visible_to(actor), code=code)
        .select_related("transferred_from", "earlier")
        .first()
    )
    if matter is None:
        return None
    rows = matter.protections.order_by("id")[:50]
    return CaseView(
        facts=[(label, value) for label, value in _facts(matter) if value],
        protections=[_protection(row) for row in rows],
        public_text=matter.public_text,
        figures=[
            (title, [(str(FIGURES[name]), number) for name, number in matter.figures[sort].items()])
            for sort, title in (
                ("due", _("what the conclusion orders (04/GQTC)")),
                ("done", _("what has been carried out (05/KQTH)")),
            )
            if sort in matter.figures
        ],
    )


def _facts(matter: Denunciation) -> list[tuple[str, str]]:
    came = matter.transferred_from.name if matter.transferred_from else ""
    return [
        (_("The denouncer"), str(matter.get_identity_display()) if matter.identity else ""),
        (
            _("Conditions of acceptance that are met"),
            "; ".join(str(CONDITIONS_29[name]) for name in matter.met if name in CONDITIONS_29),
        ),
        (_("Came from"), came),
        (_("Denounces again"), matter.earlier.code if matter.earlier else ""),
        (
            _("Criteria of a complex case; two make it very complex"),
            "; ".join(str(CRITERIA[name]) for name in matter.criteria if name in CRITERIA),
        ),
        (_("Forwarded by the press or another body"), _("yes") if matter.forwarded else ""),
    ]


def _protection(row: Protection) -> ProtectionLine:
    return ProtectionLine(
        row=row,
        measures=[str(MEASURES[name]) for name in row.measures if name in MEASURES],
        authority=str(AUTHORITIES.get(row.authority, "")),
        ended=str(PROTECTION_ENDS.get(row.end_ground, "")),
    )
