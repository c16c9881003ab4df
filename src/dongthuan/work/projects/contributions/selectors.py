"""All reads on campaigns and their ledger: for officials within their sight, for the public without
a name that was not given for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, DutyState, Matter
from dongthuan.core.matters.selectors import steps_for
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.people.models import Household
from dongthuan.core.units.models import Kind as UnitKind
from dongthuan.core.units.models import Tier, Unit
from dongthuan.work.projects.contributions.access import (
    OFFICE,
    collects,
    reads_all_names,
    reads_name,
    spends,
)
from dongthuan.work.projects.contributions.flags import Books, Finding, Line, findings
from dongthuan.work.projects.contributions.models import (
    Campaign,
    Display,
    Exemption,
    Kind,
    LabourRate,
    Payer,
    Voucher,
)
from dongthuan.work.projects.contributions.totals import Totals, totals_of, used_by_component

PAGE = 50
FEWEST = 5  # a smaller number of exempt households could be told apart in a village
SHOWN = ("decided", "open", "closed", "settled")  # what the public sees of campaigns
WORK = ("unit", "place", "parent", "decision")
# What comes with each voucher of a list, so that no row asks for more.
ROW = ("household__village", "donor", "reverses", "reversed_by", "rate")


Row = TypeVar("Row")
Found = TypeVar("Found", bound=Model)


@dataclass
class Page(Generic[Row]):
    """One page of a keyset list; `older`: the cursor of the next one."""

    rows: list[Row]
    older: str = ""


def _page(rows: QuerySet[Found], after: str, size: int) -> Page[Found]:
    if after.isascii() and after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: size + 1])
    more = len(found) > size
    return Page(found[:size], str(found[size - 1].pk) if more else "")


# -- campaigns ------------------------------------------------------------------------------------


@dataclass
class CampaignRow:
    campaign: Campaign
    totals: Totals


def _with_totals(page: Page[Campaign]) -> Page[CampaignRow]:
    sums = totals_of([row.pk for row in page.rows])
    return Page([CampaignRow(row, sums[row.pk]) for row in page.rows], page.older)


def campaign_list(*, actor: Actor, after: str = "", size: int = PAGE) -> Page[CampaignRow]:
    """Campaigns in sight, the newest first, each with its sums; three queries."""
    rows = Campaign.objects.filter(policies.visible_to(actor)).select_related("unit", "place")
    return _with_totals(_page(rows, after, size))


def campaign_get(*, actor: Actor, code: str) -> Campaign | None:
    rows = Campaign.objects.filter(policies.visible_to(actor), code=code)
    return rows.select_related(*WORK, "unit__parent").first()


@dataclass
class CampaignView:
    """A campaign as an official sees it, with what may be done now."""

    campaign: Campaign
    totals: Totals
    components: list[tuple[str, int]]
    duties: list[Duty]
    steps: list[Step]
    collects: bool
    spends: bool
    exempt: int
    inside: bool


def campaign_view(*, actor: Actor, campaign: Campaign) -> CampaignView:
    running = [DutyState.OPEN, DutyState.PAUSED]
    return CampaignView(
        campaign=campaign,
        totals=totals_of([campaign.pk])[campaign.pk],
        components=used_by_component(campaign.pk),
        duties=list(Duty.objects.filter(matter=campaign, state__in=running).order_by("due_on")),
        steps=steps_for(actor=actor, matter=campaign),
        collects=collects(actor, campaign),
        spends=spends(actor, campaign),
        exempt=campaign.exemptions.count(),
        inside=collects(actor, campaign) or reads_all_names(actor, campaign),
    )


def offices_of(actor: Actor) -> QuerySet[Unit]:
    """People's Committees in whose name the actor drafts campaigns: the own, or of the village."""
    own = Q(pk__in=[])
    for scope in actor.scopes_of(*OFFICE):
        own |= Q(path__startswith=scope.unit_path)
    for scope in actor.scopes_of("village_head"):
        own |= Q(path=f"{area_of(scope.unit_path)}ubnd.")
    return Unit.objects.filter(own, kind=UnitKind.PEOPLE_COMMITTEE, valid_to=None).order_by("path")


def villages_of(actor: Actor) -> QuerySet[Unit]:
    """Villages that the actor may put into a campaign."""
    own = Q(pk__in=[])
    for scope in actor.scopes_of(*OFFICE):
        own |= Q(path__startswith=scope.area_path)
    for scope in actor.scopes_of("village_head"):
        own |= Q(path=scope.unit_path)
    return Unit.objects.filter(own, tier=Tier.VILLAGE, valid_to=None).order_by("sort_key")


def writes_somewhere(actor: Actor) -> bool:
    return bool(actor.scopes_of(*OFFICE, "village_head"))


def projects_for(actor: Actor) -> QuerySet[Matter]:
    """Projects in sight that a campaign may serve."""
    seen = Matter.objects.filter(policies.visible_to(actor), kind="project", closed_at=None)
    return seen.order_by("-pk")[:200]


def rates_of(actor: Actor) -> QuerySet[LabourRate]:
    """Rates of the labour day of the actor's commune, the newest first."""
    areas = Q(pk__in=[])
    for scope in actor.scopes:
        areas |= Q(unit__path__startswith=scope.area_path) | Q(
            unit__path=f"{area_of(scope.unit_path)}ubnd."
        )
    return LabourRate.objects.filter(areas).select_related("unit").order_by("-valid_from")


# -- the ledger -----------------------------------------------------------------------------------


@dataclass
class LedgerRow:
    """A voucher with the name that this reader may see of whoever gave or was paid."""

    voucher: Voucher
    who: str


def ledger_page(
    *, actor: Actor, campaign: Campaign, kind: str = "", after: str = "", size: int = PAGE
) -> Page[LedgerRow]:
    """Vouchers, the newest first; two queries."""
    rows = Voucher.objects.filter(campaign=campaign).select_related(*ROW)
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    page = _page(rows, after, size)
    return Page([LedgerRow(row, who_inside(actor, campaign, row)) for row in page.rows], page.older)


def voucher_get(*, actor: Actor, voucher_id: int) -> Voucher | None:
    """A voucher of a campaign in sight."""
    seen = Campaign.objects.filter(policies.visible_to(actor))
    rows = Voucher.objects.filter(pk=voucher_id, campaign__in=seen)
    return rows.select_related(*ROW, "campaign__unit__parent", "campaign__place").first()


def who_inside(actor: Actor, campaign: Campaign, voucher: Voucher) -> str:
    """Who gave, as far as this official may read it."""
    if not voucher.payer:
        return voucher.supplier
    if reads_name(actor, campaign, voucher.household):
        return who_named(voucher)
    return who_public(voucher)


def who_named(voucher: Voucher) -> str:
    household = voucher.household
    if household is not None:
        return f"{household.representative} ({_('household')} {household.number})"
    donor = getattr(voucher, "donor", None)
    return donor.name if donor else str(_("donor without a name"))


def who_public(voucher: Voucher) -> str:
    """What everybody reads: a name where the donor agreed, a number, or nothing."""
    if voucher.display == Display.HIDDEN or not voucher.payer:
        return str(_("anonymous")) if voucher.payer else ""
    household = voucher.household
    if voucher.display == Display.NAME:
        if household is not None:
            return household.representative
        donor = getattr(voucher, "donor", None)
        return donor.name if donor else str(_("anonymous"))
    if household is not None:
        return _("Household no. %(number)s, %(village)s") % {
            "number": household.number, "village": household.village.short_name,
        }  # fmt: skip
    return str(_("organisation") if voucher.payer == Payer.ORGANISATION else _("anonymous"))


def exemptions_of(*, actor: Actor, campaign: Campaign) -> list[Exemption]:
    """Exempt households with their reason, for the treasurer and the office alone."""
    rows = campaign.exemptions.select_related("household__village").order_by("household_id")
    return [row for row in rows if reads_name(actor, campaign, row.household)]


def households_for(*, actor: Actor, campaign: Campaign) -> QuerySet[Household]:
    """Households of the campaign's villages for which the actor may write."""
    villages = [
        village
        for village in campaign.villages
        if reads_all_names(actor, campaign)
        or any(s.unit_path == village.path for s in actor.scopes_of("village_head"))
    ]
    rows = Household.objects.filter(village__in=villages, valid_to=None)
    return rows.select_related("village").order_by("village_id", "id")


@dataclass
class GridRow:
    """A household on the treasurer's sheet: what it has given, whether it is asked."""

    household: Household
    given: int = 0
    exempt: bool = False


def grid(*, actor: Actor, campaign: Campaign, village: Unit, after: int = 0) -> list[GridRow]:
    """The next households of a village for one sheet; three queries."""
    rows = households_for(actor=actor, campaign=campaign).filter(village=village, pk__gt=after)
    found = list(rows[:PAGE])
    ids = [row.pk for row in found]
    given: dict[int, int] = dict.fromkeys(ids, 0)
    vouchers = Voucher.objects.filter(campaign=campaign, household__in=ids, kind=Kind.RECEIPT)
    for household, amount, reverses in vouchers.values_list("household", "amount", "reverses"):
        given[household] += -amount if reverses else amount
    exempt = set(campaign.exemptions.filter(household__in=ids).values_list("household", flat=True))
    return [GridRow(row, given[row.pk], row.pk in exempt) for row in found]


# -- flags ----------------------------------------------------------------------------------------


def _lines(vouchers: QuerySet[Voucher]) -> list[Line]:
    names = (
        "campaign", "kind", "form", "on", "amount", "year", "series", "number", "quantity",
        "measure", "component", "payer", "paid_ref", "document", "approved_on", "household",
        "reverses", "reversed_by",
    )  # fmt: skip
    return [_line(row) for row in vouchers.order_by("id").values(*names)]


def _line(row: dict[str, Any]) -> Line:
    household, reverses = row.pop("household"), row.pop("reverses")
    reversed_by = row.pop("reversed_by")
    code = f"{row['series']}{row['year'] % 100:02d}-{row['number']:05d}"
    payer = household if household else None
    row |= {"code": code, "payer": payer, "reversal": reverses is not None,
            "reversed": reversed_by is not None}  # fmt: skip
    return Line(**row)


def campaign_findings(campaign: Campaign) -> list[Finding]:
    """Every check of a campaign, against the unit's other ones; three queries."""
    of_unit = _lines(Voucher.objects.filter(unit=campaign.unit_id))
    own = [line for line in of_unit if line.campaign == campaign.pk]
    others = [line for line in of_unit if line.campaign != campaign.pk]
    sums = totals_of([campaign.pk])[campaign.pk]
    books = Books(dict(sums.held), sums.given, sums.used, campaign.decided_on)
    return findings(own, others, books)


# -- the public -----------------------------------------------------------------------------------


def campaigns_public(*, within: Unit, after: str = "", size: int = PAGE) -> Page[CampaignRow]:
    rows = Campaign.objects.filter(path__startswith=within.path, state__in=SHOWN)
    return _with_totals(_page(rows.select_related("unit", "place"), after, size))


def campaign_public(code: str) -> Campaign | None:
    rows = Campaign.objects.filter(code=code, state__in=SHOWN)
    links = ("unit__parent", "place", "parent__projection", "decision__projection")
    return rows.select_related(*links).first()


@dataclass
class PublicView:
    """The page of a campaign: collected, used, left, and how many households are exempt."""

    campaign: Campaign
    totals: Totals
    components: list[tuple[str, int]]
    givers: int
    exempt: str
    villages: list[Unit] = field(default_factory=list)


def public_view(campaign: Campaign) -> PublicView:
    live = Voucher.objects.filter(
        campaign=campaign, kind=Kind.RECEIPT, reverses=None, reversed_by=None
    )
    exempt = campaign.exemptions.count()
    return PublicView(
        campaign=campaign,
        totals=totals_of([campaign.pk])[campaign.pk],
        components=used_by_component(campaign.pk),
        givers=live.exclude(household=None).values("household").distinct().count(),
        exempt=str(exempt) if exempt >= FEWEST or not exempt else f"< {FEWEST}",
        villages=campaign.villages,
    )


def ledger_public(
    campaign: Campaign, *, kind: str, after: str = "", size: int = PAGE
) -> Page[LedgerRow]:
    """Vouchers of a kind as the public reads them, reversed ones and reversals among them."""
    rows = Voucher.objects.filter(campaign=campaign, kind=kind).select_related(*ROW)
    page = _page(rows, after, size)
    return Page([LedgerRow(row, who_public(row)) for row in page.rows], page.older)


def ledger_rows(campaign: Campaign, *, size: int = 1000) -> Iterator[LedgerRow]:
    """The whole public ledger in its order, for a file."""
    rows = Voucher.objects.filter(campaign=campaign).select_related(*ROW).order_by("pk")
    for voucher in rows.iterator(chunk_size=size):
        yield LedgerRow(voucher, who_public(voucher))


def receipt_public(token: str) -> Voucher | None:
    """The receipt behind a QR code: amount, day, campaign, never the name."""
    rows = Voucher.objects.filter(token=token, kind=Kind.RECEIPT, reverses=None)
    return rows.select_related("campaign__unit", "reversed_by").first()


def contributions_of(project: Matter) -> list[CampaignRow]:
    """The campaigns that serve a project, as its public page shows them; three queries."""
    rows = Campaign.objects.filter(parent=project, state__in=SHOWN).select_related("unit", "place")
    return _with_totals(Page(list(rows.order_by("pk")))).rows
