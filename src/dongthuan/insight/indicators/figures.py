"""Figures that plans bind to and leaders read: each counts matters, and can open them.

What is restricted or sealed is in none. Of what must be done by a day only days that have passed
count, kept or late, as on the scoreboard: doing the easy ones early makes nobody look better.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.indicators import Count, Figure, Indicator
from dongthuan.core.matters.kinds import case_kinds
from dongthuan.core.matters.models import Duty, DutyState, Level, Matter
from dongthuan.work.consultations.models import Consultation
from dongthuan.work.decisions.models import Decision
from dongthuan.work.disclosure.models import Disclosure
from dongthuan.work.projects.contributions.models import Campaign, Form, Voucher
from dongthuan.work.receptions.models import Reception

ENDED = (DutyState.WAIVED, DutyState.TRANSFERRED, DutyState.PAUSED)


def _here(path: str) -> QuerySet[Matter]:
    """Open matters of a territory (or of one organ, if the path is one)."""
    return Matter.objects.filter(path__startswith=path, level__lt=Level.RESTRICTED)


def _moments(since: dt.date, until: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of the period and the first after it, in Viet Nam."""
    zone = timezone.get_default_timezone()
    midnight = dt.time()
    after = until + dt.timedelta(days=1)
    return dt.datetime.combine(since, midnight, zone), dt.datetime.combine(after, midnight, zone)


def _kept(kinds: Callable[[], Sequence[str]], rules: Sequence[str] = ()) -> Count:
    """Matters with duties due in the period and before today; met: none of these was late."""

    def count(path: str, since: dt.date, until: dt.date) -> Figure:
        last = min(until, clock.today() - dt.timedelta(days=1))
        due = Duty.objects.filter(
            path__startswith=path, due_on__gte=since, due_on__lte=last, matter__kind__in=kinds()
        ).exclude(state__in=ENDED)
        if rules:
            due = due.filter(rule__in=rules)
        base = Matter.objects.filter(level__lt=Level.RESTRICTED, pk__in=due.values("matter"))
        late = due.exclude(state=DutyState.FULFILLED).values("matter")
        met = base.exclude(pk__in=late)
        return Figure(met.count(), base.count(), base, met)

    return count


def _cases() -> list[str]:
    return [kind for kind in case_kinds() if kind in PETITIONS]


PETITIONS = ("petition", "recommendation", "feedback", "complaint")


def petitions_settled(path: str, since: dt.date, until: dt.date) -> Figure:
    """Of petitions received in the period: those closed by its end."""
    first, after = _moments(since, until)
    base = _here(path).filter(kind__in=_cases(), opened_at__gte=first, opened_at__lt=after)
    met = base.filter(closed_at__lt=after)
    return Figure(met.count(), base.count(), base, met)


def receptions_by_heads(path: str, since: dt.date, until: dt.date) -> Figure:
    """Sessions of a head, in the hall or online, that were held in the period."""
    held = Reception.objects.filter(
        form__in=["head", "online"], state__in=["held", "concluded"], held_on__gte=since,
        held_on__lte=until,
    )  # fmt: skip
    found = _here(path).filter(pk__in=held.values("pk"))
    return Figure(found.count(), None, found, found)


def contributions_value(path: str, since: dt.date, until: dt.date) -> Figure:
    """What people gave in the period, in đồng: receipts less their reversals."""
    campaigns = _here(path).filter(pk__in=Campaign.objects.values("pk"))
    vouchers = Voucher.objects.filter(
        campaign__in=campaigns.values("pk"), kind="receipt", on__gte=since, on__lte=until,
        form__in=Form.values,
    )  # fmt: skip
    sums = vouchers.aggregate(
        given=Sum("amount", filter=Q(reverses=None)),
        back=Sum("amount", filter=Q(reverses__isnull=False)),
    )
    behind = campaigns.filter(pk__in=vouchers.values("campaign"))
    return Figure((sums["given"] or 0) - (sums["back"] or 0), None, behind, behind)


def consultations_held(path: str, since: dt.date, until: dt.date) -> Figure:
    """Consultations whose last day lies in the period, that were opened and not given up."""
    held = Consultation.objects.filter(
        closes_on__gte=since, closes_on__lte=until,
        state__in=["closed", "synthesised", "answered", "decided", "reported"],
    )  # fmt: skip
    found = _here(path).filter(pk__in=held.values("pk"))
    return Figure(found.count(), None, found, found)


def decisions_made(path: str, since: dt.date, until: dt.date) -> Figure:
    """Decisions of the people that came into force in the period."""
    made = Decision.objects.filter(
        state__in=["in_force", "replaced"], effective_on__gte=since, effective_on__lte=until
    )
    found = _here(path).filter(pk__in=made.values("pk"))
    return Figure(found.count(), None, found, found)


def disclosures_made(path: str, since: dt.date, until: dt.date) -> Figure:
    """Contents that were made public in the period."""
    first, after = _moments(since, until)
    made = Disclosure.objects.filter(published_at__gte=first, published_at__lt=after)
    found = _here(path).filter(pk__in=made.values("pk"))
    return Figure(found.count(), None, found, found)


INDICATORS = (
    Indicator(
        "petitions.on_time", _("Petitions with every term kept"), "percent",
        _("Of petitions with a term that ended in the period: those of which no term was broken."),
        _kept(_cases),
    ),
    Indicator(
        "petitions.settled", _("Petitions settled"), "percent",
        _("Of petitions received in the period: those closed by its end."), petitions_settled,
    ),
    Indicator(
        "receptions.heads", _("Receptions held by heads"), "number",
        _("Sessions of a head that were held in the period."), receptions_by_heads,
    ),
    Indicator(
        "disclosure.on_time", _("Disclosures with every term kept"), "percent",
        _("Of contents with a term that ended in the period: those without a breach."),
        _kept(lambda: ["disclosure"]),
    ),
    Indicator(
        "disclosure.made", _("Contents disclosed"), "number",
        _("Contents that were made public in the period."), disclosures_made,
    ),
    Indicator(
        "contributions.value", _("Contributions of the people"), "money",
        _("What people gave in the period, in đồng: receipts less their reversals."),
        contributions_value,
    ),
    Indicator(
        "consultations.held", _("Consultations held"), "number",
        _("Consultations of the people whose last day lies in the period."), consultations_held,
    ),
    Indicator(
        "decisions.made", _("Decisions of the people in force"), "number",
        _("Decisions of the people that came into force in the period."), decisions_made,
    ),
    Indicator(
        "findings.answered", _("Findings of the boards answered in time"), "percent",
        _("Of findings whose answer was due in the period: those answered in time."),
        _kept(lambda: ["finding"], ["dc.reply_supervision"]),
    ),
    Indicator(
        "promises.on_time", _("Promises kept in time"), "percent",
        _("Of promises whose day lies in the period and has passed: those kept by it."),
        _kept(lambda: ["promise"], ["promise.keep"]),
    ),
)  # fmt: skip
