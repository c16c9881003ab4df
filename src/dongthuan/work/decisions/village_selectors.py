"""Reading initiatives, conventions and elections: for officials by `visible_to`, and publicly.

Public rows name no household and no author: how many of how many, the text, the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.models import Matter
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Household
from dongthuan.core.units.models import Role, Tier, Unit
from dongthuan.work.decisions.conventions.models import Convention
from dongthuan.work.decisions.elections.models import Election
from dongthuan.work.decisions.initiatives.models import Initiative, Support
from dongthuan.work.decisions.village_matters import OFFICE, threshold

PAGE = 30
KINDS: dict[str, type[Matter]] = {
    "initiative": Initiative,
    "convention": Convention,
    "election": Election,
}
M = TypeVar("M", bound=Matter)


@dataclass
class Page:
    """Rows of a keyset list, newest first, and the cursor of the next page ('' at the end)."""

    rows: list[Any]
    next: str = ""


def _cut(rows: QuerySet[M], after: str, size: int) -> Page:
    if after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: size + 1])
    more = len(found) > size
    return Page(found[:size], str(found[size - 1].pk) if more else "")


# -- for officials --------------------------------------------------------------------------------


def village_list(*, actor: Actor, kind: str, after: str = "", size: int = PAGE) -> Page:
    """Matters of one of the three kinds that the actor may see; one query."""
    model: Any = KINDS[kind]
    rows = model._default_manager.filter(policies.visible_to(actor)).select_related("place", "unit")
    return _cut(_counted(rows) if kind == "initiative" else rows, after, size)


def village_get(*, actor: Actor, kind: str, code: str) -> Any:
    """One matter of a kind that the actor may see, or None."""
    model: Any = KINDS[kind]
    rows = model._default_manager.filter(policies.visible_to(actor), code=code)
    return rows.select_related("place", "unit").first()


def villages_of(actor: Actor) -> QuerySet[Unit]:
    """Villages in which the actor holds a position, or for which their office answers."""
    within = Q(pk__in=[])
    for scope in actor.scopes_of(Role.VILLAGE_HEAD, Role.VILLAGE_FRONT):
        within |= Q(path=scope.unit_path)
    for scope in actor.scopes_of(*OFFICE, Role.FRONT):
        within |= Q(path__startswith=scope.area_path)
    return (
        Unit.objects.in_force(clock.today())
        .filter(within, tier=Tier.VILLAGE)
        .order_by("sort_key", "code")
    )


@dataclass(frozen=True)
class SupportLine:
    """A household of the village beside its support, for whoever enters them."""

    number: str
    representative: str
    support: Support | None


def support_lines(matter: Initiative, *, households: QuerySet[Household]) -> list[SupportLine]:
    """Every household with its running support; two queries."""
    given = {s.number: s for s in matter.supports.filter(ended_on=None)}
    return [SupportLine(h.number, h.representative, given.get(h.number)) for h in households]


# -- for everybody --------------------------------------------------------------------------------


def _counted(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Supporting and all households of each row, as of today, in the same query."""
    today = clock.today()
    here = Household.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today), valid_from__lte=today
    )
    still = here.filter(village=OuterRef("initiative__place"), number=OuterRef("number"))
    supports = (
        Support.objects.counting()
        .filter(Exists(still), initiative=OuterRef("pk"))
        .order_by()
        .values("initiative")
        .annotate(n=Count("pk"))
        .values("n")
    )
    all_ = (
        here.filter(village=OuterRef("place"))
        .order_by()
        .values("village")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return rows.annotate(
        now_yes=Coalesce(Subquery(supports, output_field=IntegerField()), 0),
        now_all=Coalesce(Subquery(all_, output_field=IntegerField()), 0),
    )


def _public(model: type[M], village: Unit | None) -> QuerySet[M]:
    rows: QuerySet[M] = model._default_manager.filter(projection__isnull=False)  # type: ignore[assignment]
    if village is not None:
        rows = rows.filter(place__path__startswith=village.path)
    return rows.select_related("place", "unit", "projection")


def initiatives_public(*, village: Unit | None = None, after: str = "", size: int = PAGE) -> Page:
    """What residents have proposed and the village has opened; one query."""
    rows = _public(Initiative, village).exclude(state__in=["received", "withdrawn"])
    return _cut(_counted(rows.filter(projection__listed=True)), after, size)


def initiative_public(code: str) -> Initiative | None:
    rows = _public(Initiative, None).filter(code=code, projection__listed=True)
    return _counted(rows).first()


def conventions_public(*, village: Unit | None = None, after: str = "", size: int = PAGE) -> Page:
    """What stands in the villages, and the drafts that hang for opinions; one query."""
    rows = _public(Convention, village).filter(
        state__in=["posted", "revised", "convened", "failed", "balloting", "passed", "filed",
                   "in_force", "suspended"]
    )  # fmt: skip
    return _cut(rows, after, size)


def convention_public(code: str) -> Convention | None:
    """One version; a draft is public from its posting on."""
    hidden = ["proposed", "agreed", "drafting", "dropped"]
    return _public(Convention, None).filter(code=code).exclude(state__in=hidden).first()


def versions_public(matter: Convention) -> list[Convention]:
    """All versions of a village's convention that ever stood, the newest first."""
    rows = Convention.objects.filter(place=matter.place, in_force_on__isnull=False)
    return list(rows.order_by("-number"))


def elections_public(*, village: Unit | None = None, after: str = "", size: int = PAGE) -> Page:
    return _cut(_public(Election, village), after, size)


def election_public(code: str) -> Election | None:
    return _public(Election, None).filter(code=code).first()


def elections_beside(found: Election) -> list[Election]:
    """What it came out of and what came out of it: held again, or a new head after a dismissal."""
    beside = Q(pk=found.parent_id) | Q(parent_id=found.pk)
    return list(_public(Election, None).filter(beside).order_by("pk")[:10])


def needed_of(all_: int) -> int:
    """The least number of households that makes an initiative binding; integers only."""
    share = threshold("dc.initiative").amount
    return -(-all_ * share.numerator // share.denominator)
