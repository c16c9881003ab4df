"""What the steps of a hot spot change; called by the engine inside its transaction."""

from __future__ import annotations

from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.services import StepContext
from dongthuan.work.hotspots import rules
from dongthuan.work.hotspots.models import Concern, Hotspot, Report


def _hotspot(context: StepContext, key: str = "") -> Hotspot:
    hotspot = cast(Hotspot, context.matter)
    if key:
        rules.competence_check(context.acting, key, hotspot.path)
    elif not rules.may_work(context.acting, hotspot):
        raise NotAllowed(_("Only the members of the steering committee and groups may do this."))
    return hotspot


def _graded(context: StepContext, level: str) -> Hotspot:
    """A level by its criteria; what is asked of the data is asked again in front of the rules."""
    hotspot = _hotspot(context, f"hs.competent.{level}")
    if level in ("complex", "hot"):
        rules.criteria_check(level, context.data["criteria"])
        hotspot.criteria = sorted(set(context.data["criteria"]))
        _owed(context, hotspot, level)
    return hotspot


def _owed(context: StepContext, hotspot: Hotspot, level: str) -> None:
    """What the local rules ask of this level: a steering committee, the province's opinion.

    Kept by services, not by steps: by the decision that names the members, by the request.
    """
    for key, rule, there in (
        ("hs.needs_steering", rules.STEERING, hotspot.has_steering),
        ("hs.needs_province", rules.PROVINCE, hotspot.has_asked),
    ):
        if level in rules.listed(key).codes and not there:
            context.opens.append((rule, "event", context.now))


def to_complex(context: StepContext) -> None:
    _graded(context, "complex")


def to_hot(context: StepContext) -> None:
    _graded(context, "hot")


def to_watch(context: StepContext) -> None:
    _hotspot(context, "hs.competent.stabilised")


def stabilise(context: StepContext) -> None:
    _hotspot(context, "hs.competent.stabilised")


def report(context: StepContext) -> None:
    """One more report; the clock of the level starts again from it."""
    hotspot, data = _hotspot(context), context.data
    last = hotspot.reports.order_by("-number").values_list("number", flat=True).first() or 0
    Report.objects.create(
        hotspot=hotspot, number=last + 1, state=hotspot.state, at=context.now,
        document=data.get("document", ""), situation=data["situation"], done=data["done"],
        next=data["next"], wishes=data.get("wishes", ""),
    )  # fmt: skip
    context.facts["number"] = last + 1
    context.opens.append((f"hs.report.{hotspot.state}", "reported", context.now))


def close(context: StepContext) -> None:
    """Nothing is left unanswered: then it ends, and is looked at again after 6 and 12 months."""
    hotspot = _hotspot(context, "hs.competent.closed")
    rules.closing_check(context.data["criteria"])
    waiting = Concern.objects.filter(visit__hotspot=hotspot, answered_on=None).count()
    if waiting:
        raise MatterError(_("%(n)d concerns have no answer yet.") % {"n": waiting})
    hotspot.closed_on = timezone.localdate(context.now)
    hotspot.reviewed6_on = None


def review_first(context: StepContext) -> None:
    hotspot = _hotspot(context, "hs.competent.closed")
    _in_season(hotspot, 6)
    hotspot.reviewed6_on = timezone.localdate(context.now)


def review_last(context: StepContext) -> None:
    """A year has gone by: it is settled for good, unless it comes back."""
    _in_season(_hotspot(context, "hs.competent.closed"), 12)


def _in_season(hotspot: Hotspot, months: int) -> None:
    """A review shows how it is after so long: it is not held more than 30 days ahead."""
    since = hotspot.review_from(months)
    if clock.today() < since:
        raise MatterError(_("This review is held from %(day)s on.") % {"day": f"{since:%d/%m/%Y}"})


def relapse_complex(context: StepContext) -> None:
    _relapsed(_graded(context, "complex"))


def relapse_hot(context: StepContext) -> None:
    _relapsed(_graded(context, "hot"))


def _relapsed(hotspot: Hotspot) -> None:
    """It is back: the history stays, the count of returns grows."""
    hotspot.relapses += 1
    hotspot.closed_on = hotspot.reviewed6_on = None
