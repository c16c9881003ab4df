"""What steps of directives and their orders change; called by the engine inside its transaction."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core.clock import noon
from dongthuan.core.matters import policies
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import DutyState, LinkRole, MatterLink
from dongthuan.core.text import clean
from dongthuan.work.directives.issuing import directive_number, directive_publish
from dongthuan.work.directives.models import Directive, Order
from dongthuan.work.directives.orders import DO, orders_end, orders_open
from dongthuan.work.directives.rules import on_record, text_checked


def _order(context: StepContext) -> Order:
    return cast(Order, context.matter)


def _directive(context: StepContext) -> Directive:
    return cast(Directive, context.matter)


# -- directives -----------------------------------------------------------------------------------


def issue(context: StepContext) -> None:
    """The number, the paper, and at once the duties of everybody who is addressed."""
    matter = _directive(context)
    directive_number(matter=matter, acting=context.acting)
    matter.level = matter.level_when_issued
    matter.decided_at = context.now
    orders = orders_open(acting=context.acting, directive=matter, now=context.now)
    directive_publish(matter)
    context.facts.update(document=matter.symbol, orders=len(orders))


def replace(context: StepContext) -> None:
    """Named by its code or its number: a document in force of which the actor may know."""
    matter, said = _directive(context), clean(context.data["newer"])
    seen = Directive.objects.filter(policies.visible_to(context.acting)).exclude(pk=matter.pk)
    found = list(seen.filter(code=said.upper())[:1]) or list(
        seen.filter(symbol__iexact=said, state="issued").order_by("-signed_on")[:2]
    )
    if len(found) != 1 or found[0].state != "issued":
        raise MatterError(
            _("No document in force has this code or number; write its code."), field="newer"
        )
    newer = found[0]
    matter.replaced_by, matter.ended_by = newer, newer.symbol
    MatterLink.objects.get_or_create(matter=newer, other=matter, role=LinkRole.CARRIES_ON.value)
    reason = on_record(gettext_lazy("replaced by %(symbol)s")) % {"symbol": newer.symbol}
    ended = orders_end(acting=context.acting, directive=matter, reason=reason, now=context.now)
    context.facts.update(newer=newer.code, document=newer.symbol, orders=ended)


def cancel(context: StepContext) -> None:
    matter = _directive(context)
    reason = text_checked(context.data["reason"], "reason", most=1000, public=matter.is_public)
    matter.ended_by = clean(context.data["document"])[:120]
    ended = orders_end(acting=context.acting, directive=matter, reason=reason, now=context.now)
    context.facts["orders"] = ended


# -- orders ---------------------------------------------------------------------------------------


def report(context: StepContext) -> None:
    """What everybody may read of a public directive names nobody."""
    order = _order(context)
    order.done_on = context.data["done_on"]
    if order.done_on and order.done_on < order.opened_at.date() - dt.timedelta(days=366):
        raise MatterError(_("The day lies before the document."), field="done_on")
    order.outcome = text_checked(context.data["report"], "report", most=5000, public=True)
    order.asked_until = None


def ask_time(context: StepContext) -> None:
    order, until = _order(context), context.data["until"]
    if until <= order.due_on:
        raise MatterError(_("The new day must lie after the old one."), field="until")
    _impersonal(context, "reason")
    order.asked_until = until


def grant_time(context: StepContext) -> None:
    order, until = _order(context), context.data["until"]
    if until <= order.due_on:
        raise MatterError(_("The new day must lie after the old one."), field="until")
    _move_day(context, until)
    order.asked_until = None


def refuse_time(context: StepContext) -> None:
    _impersonal(context, "reason")
    _order(context).asked_until = None


def remind(context: StepContext) -> None:
    _impersonal(context, "note")
    _order(context).reminders += 1


def explain(context: StepContext) -> None:
    _impersonal(context, "reason")


def send_back(context: StepContext) -> None:
    """What was reported stays in the record; the order is owed again, until another day."""
    order, until = _order(context), context.data["until"]
    _impersonal(context, "reason")
    order.done_on, order.outcome, order.due_on = None, "", until
    context.opens.append((DO, "promised", noon(until)))


def _impersonal(context: StepContext, name: str) -> None:
    text_checked(str(context.data[name]), name, most=2000, public=True)


def _move_day(context: StepContext, until: dt.date) -> None:
    """The old day stays in the record, and a day already missed stays missed."""
    order = _order(context)
    context.facts["due_before"] = order.due_on.isoformat()
    for duty in context.duties:
        if duty.rule == DO and duty.is_running:
            said = on_record(gettext_lazy("more time was given until %(day)s"))
            reason = said % {"day": f"{until:%d/%m/%Y}"}
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason=reason)
    context.opens.append((DO, "promised", noon(until)))
    order.due_on = until
