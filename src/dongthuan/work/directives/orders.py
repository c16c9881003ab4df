"""The orders of a directive: one matter for each line and addressee, all written at once.

A province that addresses every commune opens hundreds of them: rows go in by table, not one by one.
A child of Matter lies in two tables, which `bulk_create` cannot fill, hence the one statement.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.calendar import CalendarError, load_calendar
from dongthuan.core.clock import noon
from dongthuan.core.matters.duties import DUTY_COLUMNS, duty_close, duty_settle
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import (
    Audience,
    Channel,
    Duty,
    DutyState,
    Entry,
    Matter,
    Projection,
)
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.work.directives.models import Directive, Line

ACKNOWLEDGE, DO = "dir.acknowledge", "dir.order"
MOST = 3_000

_CODES = """
INSERT INTO matters_codesequence (unit_id, year, last)
SELECT * FROM unnest(%s::bigint[], %s::smallint[], %s::int[])
ON CONFLICT (unit_id, year) DO UPDATE SET last = matters_codesequence.last + excluded.last
RETURNING unit_id, last
"""
_CHILDREN = """
INSERT INTO directives_order (matter_ptr_id, line_id, issuer_id, due_on, reminders, outcome)
SELECT m, l, %s, d, 0, '' FROM unnest(%s::bigint[], %s::bigint[], %s::date[]) AS t(m, l, d)
"""


def due_day(line: Line, signed_on: dt.date) -> dt.date:
    """The day of a line: the one that was set, or so many working days after signing."""
    if line.due_on:
        return line.due_on
    try:
        return load_calendar().add_working_days(signed_on, line.days or 1)
    except CalendarError as error:
        raise MatterError(error.vi) from None


def orders_open(*, acting: Actor, directive: Directive, now: dt.datetime) -> list[Matter]:
    """Open what a directive orders that was just signed; the caller holds its lock."""
    lines = list(directive.lines.all())
    wanted = {pk for line in lines for pk in line.addressees}
    units = {unit.pk: unit for unit in Unit.objects.in_force(clock.today()).filter(pk__in=wanted)}
    if gone := wanted - set(units):
        name = Unit.objects.filter(pk__in=gone).values_list("name", flat=True).first() or ""
        raise MatterError(
            _("%(name)s has ended; choose its successor.") % {"name": name}, field="lines"
        )
    pairs = [(line, units[pk]) for line in lines for pk in line.addressees]
    if len(pairs) > MOST:
        raise MatterError(_("These are more than %(max)d orders; divide them.") % {"max": MOST})
    # The issuer is a party of its own document too: the reach of Party and Front ends below the
    # level of what is for addressees alone.
    directive.parties = sorted({directive.path, *(unit.path for unit in units.values())})
    if not pairs:
        return []
    days = {line.pk: due_day(line, directive.signed_on or clock.today()) for line in lines}
    matters = _matters(directive, pairs, _codes([unit for _l, unit in pairs], now), now)
    with connection.cursor() as cursor:
        cursor.execute(
            _CHILDREN,
            [directive.issuer_id, [m.pk for m in matters], [line.pk for line, _u in pairs],
             [days[line.pk] for line, _u in pairs]],
        )  # fmt: skip
    duties = _duties(matters, pairs, days, now)
    _next_due(matters, duties)
    _tell(acting, directive, matters, pairs, days, now)
    return matters


def _codes(units: Sequence[Unit], now: dt.datetime) -> list[str]:
    """The next public codes of each unit, in the order of `units`; one statement."""
    year = timezone.localdate(now).year
    counts = Counter(unit.pk for unit in units)
    keys = sorted(counts)  # one order of locking for everybody
    with connection.cursor() as cursor:
        cursor.execute(_CODES, [keys, [year] * len(keys), [counts[key] for key in keys]])
        after = {key: last - counts[key] for key, last in cursor.fetchall()}
    codes = []
    for unit in units:
        after[unit.pk] += 1
        prefix = unit.code.removesuffix("-ubnd").upper()
        codes.append(f"{prefix}-{year % 100:02d}-{after[unit.pk]:06d}")
    return codes


def _matters(
    directive: Directive,
    pairs: Sequence[tuple[Line, Unit]],
    codes: Sequence[str],
    now: dt.datetime,
) -> list[Matter]:
    return Matter.objects.bulk_create(
        Matter(
            kind="directive_order", code=code, title=line.what.splitlines()[0][:200], state="sent",
            unit=unit, path=unit.path, level=directive.level, channel=Channel.FORWARDED,
            parent_id=directive.pk, parties=sorted({directive.path, unit.path}), opened_at=now,
            is_demo=directive.is_demo, topic=directive.topic,
            search_text=f"{code}\n{directive.symbol}\n{line.what}",
        )
        for (line, unit), code in zip(pairs, codes, strict=True)
    )  # fmt: skip


def _duties(
    matters: Sequence[Matter],
    pairs: Sequence[tuple[Line, Unit]],
    days: dict[int, dt.date],
    now: dt.datetime,
) -> list[Duty]:
    """Two for each order; the clock is asked once for each date, not for each addressee."""
    model = _settled(ACKNOWLEDGE, "received", now, now)
    by_line = {pk: _settled(DO, "promised", noon(day), now) for pk, day in days.items()}
    duties = []
    for matter, (line, unit) in zip(matters, pairs, strict=True):
        for like in (model, by_line[line.pk]):
            duty = copy.copy(like)
            duty.matter, duty.unit, duty.path = matter, unit, unit.path
            duties.append(duty)
    return Duty.objects.bulk_create(duties)


def _settled(rule: str, anchor: str, at: dt.datetime, now: dt.datetime) -> Duty:
    duty = Duty(rule=rule, anchor=anchor, anchor_at=at)
    duty_settle(duty, now)
    return duty


def _next_due(matters: Sequence[Matter], duties: Sequence[Duty]) -> None:
    first: dict[int, Duty] = {}
    for duty in duties:
        kept = first.get(duty.matter_id)
        if kept is None or duty.due_on < kept.due_on:
            first[duty.matter_id] = duty
    for matter in matters:
        matter.next_due_on, matter.next_rule = first[matter.pk].due_on, first[matter.pk].rule
    Matter.objects.bulk_update(matters, ["next_due_on", "next_rule"], batch_size=500)


def _tell(
    acting: Actor,
    directive: Directive,
    matters: Sequence[Matter],
    pairs: Sequence[tuple[Line, Unit]],
    days: dict[int, dt.date],
    now: dt.datetime,
) -> None:
    label = acting.label_for(directive.path)[:160]
    Entry.objects.bulk_create(
        Entry(
            matter=matter, at=now, act="directive_order.sent", actor_id=acting.account_id,
            actor_label=label, unit_id=directive.unit_id, audience=Audience.PETITIONER,
            after="sent",
            facts={"origin": directive.code, "document": directive.symbol,
                   "until": days[line.pk].isoformat()},
        )
        for matter, (line, _unit) in zip(matters, pairs, strict=True)
    )  # fmt: skip
    if directive.is_public:
        Projection.objects.bulk_create(
            Projection(
                matter=matter, code=matter.code, kind=matter.kind, state="sent",
                title=matter.title, body=line.what, unit=unit, path=unit.path,
                opened_on=timezone.localdate(now), listed=False, is_demo=directive.is_demo,
            )
            for matter, (line, unit) in zip(matters, pairs, strict=True)
        )  # fmt: skip


def orders_end(*, acting: Actor, directive: Directive, reason: str, now: dt.datetime) -> int:
    """Nobody owes any more what was not yet done; what is already broken stays broken."""
    orders = list(
        Matter.objects.select_for_update().filter(
            parent_id=directive.pk, kind="directive_order", closed_at=None
        )
    )
    duties = list(
        Duty.objects.filter(
            matter__in=[order.pk for order in orders],
            state__in=[DutyState.OPEN, DutyState.PAUSED],
        )
    )
    for duty in duties:
        duty_close(duty=duty, now=now, state=DutyState.WAIVED, reason=reason)
    Duty.objects.bulk_update(duties, DUTY_COLUMNS, batch_size=500)
    label = acting.label_for(directive.path)[:160]
    Entry.objects.bulk_create(
        Entry(
            matter_id=order.pk, at=now, act="directive_order.withdraw", actor_label=label,
            actor_id=acting.account_id, unit_id=directive.unit_id, before=order.state,
            after="withdrawn", audience=Audience.PETITIONER, facts={"reason": reason},
        )
        for order in orders
    )  # fmt: skip
    keys = [order.pk for order in orders]
    Matter.objects.filter(pk__in=keys).update(
        state="withdrawn", closed_at=now, next_due_on=None, next_rule="", version=F("version") + 1
    )
    Projection.objects.filter(pk__in=keys).update(
        state="withdrawn", closed_on=timezone.localdate(now)
    )
    return len(orders)
