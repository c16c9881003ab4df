"""All writes on sessions that are no step: planning, opening at once, concluding with promises."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.calendar import CalendarError, load_calendar
from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Channel, Level, Matter, Projection
from dongthuan.core.matters.promises import promise_open
from dongthuan.core.matters.services import code_next, matter_act, matter_settle
from dongthuan.core.matters.wording import impersonal_check
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.core.units.models import Position, Role, Unit
from dongthuan.work.receptions import rules
from dongthuan.work.receptions.effects import event_rules, working_days_left
from dongthuan.work.receptions.models import Form, Reception

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
MOST_PLANNED = 60
POSTED_BEFORE = 5
TITLES = {
    Form.HEAD: "Buổi tiếp công dân định kỳ",
    Form.REGULAR: "Buổi tiếp công dân thường xuyên",
    Form.ADHOC: "Buổi tiếp công dân đột xuất",
    Form.ONLINE: "Buổi tiếp công dân trực tuyến",
}


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When in the day, where, with whom and about what; what the notice must tell (Điều 24)."""

    starts_at: dt.time = dt.time(8)
    ends_at: dt.time = dt.time(11, 30)
    venue: str = ""
    attendees: str = ""
    agenda: str = ""
    capacity: int = 20


@dataclass(frozen=True)
class Planned:
    """What a plan made; `present`: days that had a session already; `lacking`: (first day of the
    month or week, planned, owed) where the plan stays under the law's frequency."""

    made: list[Reception]
    present: list[dt.date]
    lacking: list[tuple[dt.date, int, int]]


def office_check(acting: Actor, unit: Unit) -> None:
    """Only who works in the unit at intake, handling or its head writes on its receptions."""
    if acting.is_system:
        return
    if not any(unit.path.startswith(scope.unit_path) for scope in acting.scopes_of(*OFFICE)):
        raise NotAllowed(_("You keep only the receptions of your own unit."))


@transaction.atomic
def reception_create(
    *,
    acting: Actor,
    unit: Unit,
    form: str,
    held_on: dt.date,
    hours: Hours | None = None,
    position: Position | None = None,
    ground: str = "",
    is_demo: bool = False,
) -> Reception:
    """Plan one session. Raises MatterError (field named) or NotAllowed.

    `ground`: of Điều 18.3 for an ad-hoc session, of Điều 20 of the Decree for an online one. The
    schedule of a head's day must be posted five working days before; online ones owe more.
    """
    office_check(acting, unit)
    hours = hours or Hours()
    _check_day(held_on)
    _check_hours(hours)
    _check_form(form, held_on, unit, position, ground)
    if form != Form.ADHOC and _taken(unit, position, form, held_on):
        raise MatterError(
            _("There is already a session of this head on that day.")
            if position
            else _("There is already such a session of this unit on that day."),
            field="held_on",
        )
    return _create(acting, unit, form, held_on, hours, position, ground, is_demo)


def _taken(unit: Unit, position: Position | None, form: str, day: dt.date) -> bool:
    """Whether a session stands on that day; the unit's row is locked against a second one."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    return (
        Reception.objects.filter(unit=unit, position=position, form=form, held_on=day)
        .exclude(state__in=["cancelled", "not_held"])
        .exists()
    )


def _check_day(day: dt.date) -> None:
    if day < clock.today():
        raise MatterError(_("The day lies in the past."), field="held_on")
    try:
        working = load_calendar().is_working_day(day)
    except CalendarError as error:
        raise MatterError(error.vi, field="held_on") from None
    if not working:
        raise MatterError(_("That day is not a working day; choose another."), field="held_on")


def _check_hours(hours: Hours) -> None:
    if hours.ends_at <= hours.starts_at:
        raise MatterError(_("The session ends before it begins."), field="ends_at")
    if not 1 <= hours.capacity <= 500:
        raise MatterError(_("Between 1 and 500 people can be booked."), field="capacity")
    if not clean(hours.venue):
        raise MatterError(_("Say where citizens are received."), field="venue")
    for name in ("venue", "attendees", "agenda"):
        impersonal_check(getattr(hours, name), name)


def _check_form(
    form: str, day: dt.date, unit: Unit, position: Position | None, ground: str
) -> None:
    if position and (position.unit_id != unit.pk or position.role != Role.HEAD):
        raise MatterError(_("Choose the head of this unit."), field="position")
    if position and position.valid_to and position.valid_to < day:
        raise MatterError(_("That position no longer exists on that day."), field="position")
    if form == Form.HEAD and position is None:
        raise MatterError(_("Say whose day it is."), field="position")
    if form == Form.REGULAR and position is not None:
        raise MatterError(_("A regular reception is held by the assigned officer."), field="form")
    if form == Form.ADHOC and ground not in dict(rules.adhoc_grounds(day)):
        raise MatterError(_("An ad-hoc reception needs one of the grounds of the law (Art. 18.3)."),
                          field="ground")  # fmt: skip
    if form == Form.ONLINE:
        if not rules.online_allowed(day):
            raise MatterError(_("Online reception exists since 1 July 2026."), field="held_on")
        if ground not in dict(rules.online_grounds(day)):
            raise MatterError(
                _("An online reception needs one of the grounds of Decree 154/2026, Art. 20."),
                field="ground",
            )


def _create(
    acting: Actor, unit: Unit, form: str, held_on: dt.date, hours: Hours,
    position: Position | None, ground: str, is_demo: bool,
) -> Reception:  # fmt: skip
    now = clock.now()
    code = code_next(unit=unit, on=clock.today())
    title = f"{TITLES[Form(form)]} ngày {held_on:%d/%m/%Y}"
    if position:
        title = f"{title} – {position.title}"[:200]
    reception = Reception.objects.create(
        kind="reception", code=code, title=title, state="planned", unit=unit, path=unit.path,
        place=unit.parent, level=Level.PARTNER, channel=Channel.COUNTER, opened_at=now,
        is_demo=is_demo, search_text=f"{code}\n{title}", form=form, position=position,
        held_on=held_on, starts_at=hours.starts_at, ends_at=hours.ends_at,
        venue=clean(hours.venue)[:300], attendees=clean(hours.attendees)[:500],
        agenda=clean(hours.agenda)[:500], capacity=hours.capacity, ground=ground,
    )  # fmt: skip
    Projection.objects.create(
        matter=reception, code=code, kind="reception", state="planned", title=title, unit=unit,
        path=unit.path, place=unit.parent, opened_on=clock.today(), is_demo=is_demo,
    )  # fmt: skip
    entry_append(
        matter=reception,
        act="reception.planned",
        acting=acting,
        audience=Audience.PUBLIC,
        after="planned",
        facts={"day": held_on.isoformat(), **({"ground": ground} if ground else {})},
        at=now,
    )
    duties = duties_open(matter=reception, rules=event_rules(reception), now=now)
    matter_settle(matter=reception, duties=duties)
    return reception


# -- a plan ---------------------------------------------------------------------------------------


def pattern_days(text: str) -> list[int]:
    """'10, 25' -> [10, 25]; MatterError for anything that is no day of a month."""
    days = []
    for part in clean(text).replace(";", ",").replace(" ", ",").split(","):
        if not part:
            continue
        if not part.isdecimal() or not 1 <= int(part) <= 31:
            raise MatterError(_("Write days of the month such as 10, 25."), field="days")
        days.append(int(part))
    if not days:
        raise MatterError(_("Write days of the month such as 10, 25."), field="days")
    return sorted(set(days))


@transaction.atomic
def receptions_plan(
    *,
    acting: Actor,
    position: Position,
    month: dt.date,
    months: int,
    days: Sequence[int] = (),
    weekdays: Sequence[int] = (),
    hours: Hours | None = None,
    is_demo: bool = False,
    late: bool = False,
) -> Planned:
    """A head's days of some months from a pattern: days of the month, or weekdays (0 = Monday).

    A day off moves to the next working day. Days that have passed are left out, days that have a
    session stay as they are. All or nothing. A day that can no longer be posted in time (khoản 4
    Điều 24) is refused unless `late` says that it is planned all the same.
    """
    if not 1 <= months <= 12:
        raise MatterError(_("A plan covers one to twelve months."), field="months")
    if not days and not weekdays:
        raise MatterError(_("Write days of the month such as 10, 25."), field="days")
    unit, hours = position.unit, hours or Hours()
    office_check(acting, unit)
    _check_hours(hours)
    _check_months(month, months, days)
    wanted = sorted(set(_pattern(month, months, days, weekdays)))
    if len(wanted) > MOST_PLANNED:
        raise MatterError(_("At most 60 sessions can be planned at once."), field="months")
    if not wanted:
        raise MatterError(_("All days of this pattern have passed."), field="month")
    made, present = [], []
    for day in wanted:
        _check_form(Form.HEAD, day, unit, position, "")
        if _taken(unit, position, Form.HEAD, day):
            present.append(day)
        else:
            if not late:
                _check_posting(day)
            made.append(_create(acting, unit, Form.HEAD, day, hours, position, "", is_demo))
    return Planned(made, present, _lacking(position, month, months))


def _check_months(month: dt.date, months: int, days: Sequence[int]) -> None:
    """Every day of the pattern exists in every month of the plan."""
    for step in range(months):
        year, number = divmod(month.year * 12 + month.month - 1 + step, 12)
        last = calendar.monthrange(year, number + 1)[1]
        if lacking := [day for day in days if day > last]:
            raise MatterError(
                _("Month %(month)s has no day %(day)d; write another day.")
                % {"month": f"{number + 1}/{year}", "day": lacking[0]},
                field="days",
            )


def _check_posting(day: dt.date) -> None:
    """The schedule of a head's day is posted five working days before it (khoản 4 Điều 24)."""
    if working_days_left(day) < POSTED_BEFORE:
        first = load_calendar().add_working_days(clock.today(), POSTED_BEFORE)
        raise MatterError(
            _("%(day)s can no longer be posted five working days before; the earliest day is"
              " %(first)s.") % {"day": f"{day:%d/%m/%Y}", "first": f"{first:%d/%m/%Y}"},
            field="days",
        )  # fmt: skip


def _pattern(
    month: dt.date, months: int, days: Sequence[int], weekdays: Sequence[int]
) -> Iterator[dt.date]:
    working = load_calendar()
    for step in range(months):
        year, number = divmod(month.year * 12 + month.month - 1 + step, 12)
        last = calendar.monthrange(year, number + 1)[1]
        for day in range(1, last + 1):
            date = dt.date(year, number + 1, day)
            if day not in days and date.weekday() not in weekdays:
                continue
            try:
                rolled = working.roll_forward(date)
            except CalendarError as error:
                raise MatterError(error.vi, field="month") from None
            if rolled >= clock.today():
                yield rolled


def _lacking(position: Position, month: dt.date, months: int) -> list[tuple[dt.date, int, int]]:
    """Months of the plan that hold fewer days than the law's frequency asks for a month."""
    found = []
    for step in range(months):
        year, number = divmod(month.year * 12 + month.month - 1 + step, 12)
        first = dt.date(year, number + 1, 1)
        last = first.replace(day=calendar.monthrange(year, number + 1)[1])
        asked = rules.frequency(rules.role_kind_of(position), first)
        if asked is None or (asked.per, asked.each) != ("month", 1):
            continue
        there = (
            Reception.objects.filter(position=position, held_on__range=(first, last))
            .exclude(state__in=["cancelled", "not_held"])
            .values("held_on")
            .distinct()
            .count()
        )
        if there < asked.days:
            found.append((first, there, asked.days))
    return found


@transaction.atomic
def regular_open(*, acting: Actor, unit: Unit, venue: str) -> Reception:
    """Today's regular reception of a unit, open; the same one when it was opened before."""
    office_check(acting, unit)
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    today = clock.today()
    there = Reception.objects.filter(unit=unit, form=Form.REGULAR, held_on=today)
    if found := there.exclude(state__in=["cancelled", "not_held"]).first():
        return found
    hours = Hours(venue=venue, ends_at=dt.time(17), capacity=50)
    made = reception_create(
        acting=acting, unit=unit, form=Form.REGULAR, held_on=today, hours=hours
    )  # fmt: skip
    matter_act(acting=acting, matter_id=made.pk, step_name="open")
    return Reception.objects.get(pk=made.pk)


# -- the end --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Word:
    """One thing promised in a notice of conclusion: what, by which day, by which unit.

    `number`: its place in the form, so that a refusal can say which promise it means.
    """

    what: str
    due_on: dt.date
    unit: Unit
    number: int = 1


@transaction.atomic
def reception_conclude(
    *,
    acting: Actor,
    reception: Reception,
    document: str,
    conclusion: str,
    promises: Sequence[Word] = (),
    version: int | None = None,
    papers: Sequence[Attachment] = (),
) -> list[Matter]:
    """Issue the notice of conclusion with what it promises, each a matter with a day of its own.

    All or nothing. Returns the promises. A unit that is to keep one must lie in the same area.
    A promise that is refused is named by its number, its field is `what_1`, `unit_1`, `due_on_1`.
    """
    matter_act(
        acting=acting, matter_id=reception.pk, step_name="conclude", version=version,
        data={"document": document, "conclusion": conclusion}, papers=papers,
    )  # fmt: skip
    made = []
    for word in promises:
        try:
            made.append(_promised(acting, reception, word, document))
        except NotAllowed:
            raise
        except MatterError as error:
            told = _("Promise %(n)d: %(why)s") % {"n": word.number, "why": error.message}
            raise MatterError(told, field=f"{error.field}_{word.number}") from None
    return made


def _promised(acting: Actor, reception: Reception, word: Word, document: str) -> Matter:
    area = reception.unit.parent or reception.unit
    if not word.unit.path.startswith(area.path):
        raise MatterError(
            _("%(name)s does not belong to this locality.") % {"name": word.unit.name},
            field="unit",
        )
    return promise_open(
        acting=acting, origin=reception, unit=word.unit, what=word.what, due_on=word.due_on,
        document=document,
    )  # fmt: skip


@transaction.atomic
def promise_add(*, acting: Actor, reception: Reception, word: Word) -> Matter:
    """A promise of the notice that was issued, recorded after the session was concluded.

    It rests on the same document (khoản 2 Điều 25 Nghị định 154/2026/NĐ-CP). Raises MatterError
    with its field (`what`, `unit`, `due_on`), NotAllowed.
    """
    if not reception.document:
        raise MatterError(_("A promise is recorded once the notice of conclusion is issued."))
    return _promised(acting, reception, word, reception.document)
