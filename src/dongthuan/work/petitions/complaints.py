"""Complaints seen from outside their steps: what a page shows, what is told when a term passes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.messages import petitioners_tell
from dongthuan.core.matters.models import Audience, Duty, DutyState, Matter
from dongthuan.core.outbox.services import message_enqueue
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.people.models import Appointment
from dongthuan.core.units.models import Role, in_force
from dongthuan.work.petitions.complaint_execution import overdue_facts, superior_of
from dongthuan.work.petitions.complaint_models import SETTLE, Complaint, Recovery, Representative
from dongthuan.work.petitions.complaint_paper import texts_of
from dongthuan.work.petitions.models import Petition


@dataclass
class Sums:
    """What one beneficiary is owed and has got: đồng and m²."""

    to: str
    money: int = 0
    money_done: int = 0
    land: Any = 0
    land_done: Any = 0
    waived: int = 0


@dataclass
class ComplaintView:
    """The facts of a complaint for a page; texts only for those who read the inner file."""

    row: Complaint
    representatives: list[Representative] = field(default_factory=list)
    recoveries: list[Recovery] = field(default_factory=list)
    sums: list[Sums] = field(default_factory=list)
    texts: dict[str, dict[str, Any]] = field(default_factory=dict)


def complaint_view(*, matter: Petition, inner: bool) -> ComplaintView:
    """Facts, representatives, recoveries with their sums, and the last report, minutes, decision.

    The caller has already found the matter visible; `inner` says whether the actor reads what
    officials read. Four queries, whatever the number of rows.
    """
    recoveries = list(matter.recoveries.all())
    return ComplaintView(
        row=matter.complaint_row,
        representatives=list(matter.representatives.all()),
        recoveries=recoveries,
        sums=list(_sums(recoveries)),
        texts=texts_of(matter) if inner else {},
    )


def _sums(recoveries: list[Recovery]) -> Iterator[Sums]:
    for to, label in Recovery.To.choices:
        rows = [row for row in recoveries if row.to == to]
        if rows:
            yield Sums(
                str(label),
                sum(row.money for row in rows), sum(row.money_done for row in rows),
                sum(row.land for row in rows), sum(row.land_done for row in rows),
                sum(bool(row.waived) for row in rows),
            )  # fmt: skip


# -- a term has passed ----------------------------------------------------------------------------


def complaints_overdue_tell() -> int:
    """Tell the complainant that the way up is open, and the superior that a term was missed.

    For each first complaint whose settlement is overdue and of which nothing was told yet (khoản 1
    Điều 33, Điều 7 Luật Khiếu nại 2011). One Entry each. Returns how many.
    """
    late = Duty.objects.filter(
        rule__in=SETTLE, state=DutyState.OPEN, due_on__lt=clock.today(), matter__kind="complaint",
        matter__state="accepted", matter__petition__instance=1,
    ).exclude(matter__petition__complaint__overdue_told_on__isnull=False)  # fmt: skip
    told = 0
    for duty_id in late.order_by("id").values_list("pk", flat=True)[:1000]:
        told += _overdue_tell(duty_id)
    return told


_OVERDUE = gettext_lazy(
    "%(code)s was not decided in time. You may complain to the higher level or go to court;"
    " the last day is written there."
)
_OVERDUE_DISCIPLINE = gettext_lazy(
    "%(code)s was not decided in time. You may complain to the higher level;"
    " the last day is written there."
)


@transaction.atomic
def _overdue_tell(duty_id: int) -> int:
    duty = Duty.objects.get(pk=duty_id)
    Matter.objects.select_for_update().get(pk=duty.matter_id)
    matter = Petition.objects.select_related("unit").get(pk=duty.matter_id)
    duty.refresh_from_db()
    row = matter.complaint_row
    if duty.state != DutyState.OPEN or row.overdue_told_on:
        return 0  # somebody was first
    row.overdue_told_on = clock.today()
    row.save()
    now = clock.now()
    entry_id = entry_append(
        matter=matter, act="complaint.overdue", acting=SYSTEM, audience=Audience.PETITIONER,
        before=matter.state, after=matter.state, facts=overdue_facts(matter, duty, now), at=now,
    )  # fmt: skip
    petitioners_tell(
        matter=matter,
        sentence=_OVERDUE if matter.suable else _OVERDUE_DISCIPLINE,
        key=f"{matter.code}/{entry_id}",
    )
    _superior_tell(matter, entry_id)
    return 1


def _superior_tell(matter: Petition, entry_id: int) -> None:
    """The code and the unit, to the heads of the office above; nothing of the content."""
    superior = superior_of(matter.path, clock.today())
    if superior is None:
        return
    today = clock.today()
    heads = Appointment.objects.filter(
        in_force(today), in_force(today, "position__"), position__unit=superior,
        position__role=Role.HEAD, account__is_active=True,
    ).select_related("account")  # fmt: skip
    with translation.override(settings.LANGUAGE_CODE):
        for held in heads.order_by("id"):
            message_enqueue(
                channel="email",
                recipient=held.account.email,
                subject=_("%(code)s is overdue") % {"code": matter.code},
                body=_("%(unit)s has not settled the first complaint %(code)s in time.")
                % {"unit": matter.unit.name, "code": matter.code}
                + "\n",
                key=f"{matter.code}/{entry_id}/superior/{held.account_id}",
                about=matter.code,
            )
