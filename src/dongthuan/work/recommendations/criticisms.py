"""All writes on social criticism that are no step: announcing a draft, answering the points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Kind, Unit, UnitQuerySet
from dongthuan.work.recommendations import rules
from dongthuan.work.recommendations.criticism_effects import BEFORE
from dongthuan.work.recommendations.models import Criticism, Point

CRITICS = (Kind.FRONT, *rules.ORGANISATIONS)
DRAFTERS = (*rules.AUTHORITIES, Kind.PEOPLE_COUNCIL)


@transaction.atomic
def criticism_create(
    *,
    acting: Actor,
    drafter: Unit,
    critic: Unit,
    title: str,
    summary: str,
    submits_on: dt.date,
    topic: str = "",
    is_demo: bool = False,
) -> Criticism:
    """Announce a draft; it is owed to the Front 15 days before it is submitted (Điều 36).

    Raises NotAllowed, MatterError (critic, title, summary, submits_on).
    """
    rules.belongs_check(acting, rules.OFFICE, drafter)
    if drafter.kind not in DRAFTERS or not drafter.in_force_on(clock.today()):
        raise MatterError(_("This body does not submit drafts."), field="drafter")
    if not critics_for(drafter).filter(pk=critic.pk).exists():
        raise MatterError(_("Choose the Front or an organisation of the same place."),
                          field="critic")  # fmt: skip
    if submits_on < clock.today():
        raise MatterError(_("The day lies in the past."), field="submits_on")
    title = rules.said(title, "title", most=200, needed=_("Write the title of the draft."))
    summary = rules.said(summary, "summary", most=10_000, needed=_("Write what it is about."))
    return matter_create(
        acting=acting, model=Criticism, kind="social_criticism", unit=drafter, title=title,
        body=summary, topic=topic, act="social_criticism.planned", is_demo=is_demo,
        parties=rules.partners_of(critic), rules=[(BEFORE, "event", noon(submits_on))],
        facts={"submits_on": submits_on.isoformat()},
        drafter=drafter, critic=critic, summary=summary, submits_on=submits_on,
    )  # fmt: skip


def critics_for(drafter: Unit) -> UnitQuerySet:
    """The Front and its organisations in the drafter's area."""
    return (
        Unit.objects.in_force(clock.today())
        .filter(kind__in=CRITICS, path__startswith=area_of(drafter.path))
        .order_by("path")
    )


@transaction.atomic
def criticism_answer(
    *,
    acting: Actor,
    criticism: Criticism,
    version: int,
    document: str,
    answers: Mapping[int, tuple[str, str]],
) -> Matter:
    """Answer every point: taken up, in part or not, by its number; what is refused has a reason.

    Raises NotAllowed, Conflict, MatterError (`taken_N`, `reason_N`, document).
    """
    Matter.objects.select_for_update().filter(pk=criticism.pk).first()
    row = Criticism.objects.select_related("drafter").get(pk=criticism.pk)
    if not policies.may_see(acting, row):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    rules.belongs_check(acting, rules.OFFICE, row.drafter)
    if row.version != version:
        raise Conflict(_("The matter was changed meanwhile; look at it again."))
    points = list(row.points.all())
    for point in points:
        taken, reason = answers.get(point.number, ("", ""))
        if taken not in Point.Taken.values:
            raise MatterError(
                _("Say whether point %(n)d is taken up.") % {"n": point.number},
                field=f"taken_{point.number}",
            )
        name = f"reason_{point.number}"
        point.taken, point.reason = taken, rules.said(reason, name, most=3000)
        if taken != Point.Taken.YES and not point.reason:
            raise MatterError(
                _("Say why point %(n)d is not taken up wholly.") % {"n": point.number}, field=name
            )
    Point.objects.bulk_update(points, ["taken", "reason"])
    return matter_act(
        acting=acting, matter_id=row.pk, step_name="answer", data={"document": document}
    )
