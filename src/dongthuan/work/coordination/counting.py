"""What can be counted of coordination itself, for plans and for the page of leaders."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.indicators import Figure, Indicator, register_indicator
from dongthuan.core.matters.models import Duty, DutyState, Level, Matter
from dongthuan.core.people.actors import area_of


def tasks_on_time(path: str, since: dt.date, until: dt.date) -> Figure:
    """Of tasks whose day lies in the period: those done by it. Handed-over and waived are none."""
    area = area_of(path)
    due = Duty.objects.filter(
        rule="coord.task.keep", path__startswith=area, due_on__gte=since,
        due_on__lte=min(until, clock.today() - dt.timedelta(days=1)),
    ).exclude(state__in=[DutyState.WAIVED, DutyState.TRANSFERRED])  # fmt: skip
    base = Matter.objects.filter(kind="coordination_task", level__lt=Level.RESTRICTED)
    matters = base.filter(pk__in=due.values("matter"))
    met = base.filter(pk__in=due.filter(state=DutyState.FULFILLED).values("matter"))
    return Figure(met.count(), matters.count(), matters, met)


def meetings_held(path: str, since: dt.date, until: dt.date) -> Figure:
    """Meetings of the two sides that were held on a day of the period."""
    held = Matter.objects.filter(
        Q(planmeeting__held_on__gte=since, planmeeting__held_on__lte=until),
        kind="plan_meeting", state="held", path__startswith=area_of(path),
        level__lt=Level.RESTRICTED,
    )  # fmt: skip
    return Figure(held.count(), None, held, held)


def indicators_register() -> None:
    register_indicator(
        Indicator(
            "coordination.tasks_on_time", _("Tasks of coordination plans done in time"), "percent",
            _("Of tasks whose day lies in the period and has passed: those done by their day."),
            tasks_on_time,
        )
    )  # fmt: skip
    register_indicator(
        Indicator(
            "coordination.meetings", _("Coordination meetings held"), "number",
            _("Meetings of the two sides with minutes, by the day they were held."),
            meetings_held,
        )
    )  # fmt: skip
