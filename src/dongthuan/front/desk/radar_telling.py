"""Who leads is told that the early warning has something new: that it has, never what."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.kinds import case_kinds
from dongthuan.core.matters.models import Matter
from dongthuan.core.outbox.services import message_enqueue
from dongthuan.core.people.models import Account
from dongthuan.core.units.models import Role, Tier, Unit, in_force
from dongthuan.insight.radar.selectors import Signal, reading

TOLD = (Role.HEAD, Role.PARTNER_HEAD, Role.PARTY, Role.MASS_MOBILISATION)
RECENT = dt.timedelta(days=31)  # an area without a letter for longer has no signal


def signals_tell() -> int:
    """One message to each leading person of a commune for each signal, once a month; how many.

    An announcement carries no content: topic and place are read at the desk, after signing in.
    """
    sent = 0
    for area in _areas():
        signals = reading(area=area).signals
        if not signals:
            continue
        people = _leading(area)
        sent += sum(_tell(account, area, signal) for signal in signals for account in people)
    return sent


def _areas() -> list[Unit]:
    """Communes in force to which somebody wrote of late."""
    recent = Matter.objects.filter(kind__in=case_kinds(), opened_at__gte=clock.now() - RECENT)
    owners = recent.order_by().values_list("path", flat=True).distinct()
    paths = {".".join(path.split(".")[:3]) + "." for path in owners}
    communes = Unit.objects.in_force(clock.today()).filter(tier=Tier.COMMUNE, path__in=paths)
    return list(communes.order_by("path"))


def _leading(area: Unit) -> list[Account]:
    today = clock.today()
    return list(
        Account.objects.filter(
            in_force(today, "appointments__"), in_force(today, "appointments__position__"),
            appointments__position__role__in=TOLD, is_active=True,
            appointments__position__unit__path__startswith=area.path,
        )
        .exclude(email="")
        .distinct()
        .order_by("pk")
    )  # fmt: skip


def _tell(account: Account, area: Unit, signal: Signal) -> bool:
    with translation.override(settings.LANGUAGE_CODE):
        made = message_enqueue(
            channel="email",
            recipient=account.email,
            subject=_("Early warning: something new in %(area)s") % {"area": area.name},
            body=_("The early warning of %(area)s has a new signal. See it at %(url)s")
            % {
                "area": area.name,
                "url": f"{settings.PUBLIC_URL}{reverse('desk:radar')}?noi={area.code}",
            }
            + "\n",
            key=f"radar/{area.code}/{signal.topic}/{signal.place.code}"
            f"/{signal.until:%Y-%m}/{account.pk}",
        )
    return made is not None
