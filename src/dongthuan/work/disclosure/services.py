"""All writes on disclosures that are no declared step: opening, content, plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.calendar import CalendarError, load_calendar
from dongthuan.core.clock import noon
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.matters.opening import TEXT_MAX
from dongthuan.core.matters.services import matter_settle, papers_attach
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import SYSTEM, Actor
from dongthuan.core.text import clean, personal_data
from dongthuan.core.units.models import Kind as UnitKind
from dongthuan.core.units.models import Role, Unit
from dongthuan.work.disclosure import contents, rules
from dongthuan.work.disclosure.models import Disclosure, DisclosurePlan, Place, PlanRow
from dongthuan.work.disclosure.owing import (
    Promise,
    promises_open,
    publication_promises,
    villages_of_places,
)

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
FIRST_YEAR = 2023


def office_check(acting: Actor, unit: Unit) -> None:
    """Only the People's Committee itself works on what it discloses."""
    if unit.kind != UnitKind.PEOPLE_COMMITTEE:
        raise MatterError(_("Only a People's Committee discloses."), field="unit")
    own = any(unit.path.startswith(scope.unit_path) for scope in acting.scopes_of(*OFFICE))
    if not (own or acting.is_system):
        raise NotAllowed(_("You disclose only for your own unit."))


def disclosure_locked(acting: Actor, disclosure_id: int) -> Disclosure:
    """The row, locked, if the actor may see it; out of sight it does not exist."""
    seen = (
        Matter.objects.select_for_update()
        .filter(policies.visible_to(acting), pk=disclosure_id, kind="disclosure")
        .exists()
    )
    if not seen:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    return Disclosure.objects.select_related("unit__parent").get(pk=disclosure_id)


def _public_words(text: str, field: str, most: int) -> str:
    """Words that everybody will read: no personal data, within their length."""
    text = clean(text)
    if len(text) > most:
        raise MatterError(_("This is longer than %(n)d letters.") % {"n": most}, field=field)
    if found := personal_data(text):
        raise MatterError(
            _("Take out what looks like personal data; everybody will read it: %(found)s.")
            % {"found": ", ".join(found[:5])},
            field=field,
        )
    return text


def _summary(text: str) -> str:
    """What looks personal in it is found when it is published (a law may order it)."""
    text = clean(text)
    if len(text) > TEXT_MAX:
        raise MatterError(
            _("This is longer than %(n)d letters.") % {"n": TEXT_MAX}, field="summary"
        )
    return text


def _checked(item: str, rule: str, title: str, decided_on: dt.date | None) -> str:
    if item != rules.REGISTER and item not in {row.code for row in rules.items(clock.today())}:
        raise MatterError(_("Choose one of the items of Art. 11."), field="item")
    if rule not in rules.rules_of(item):
        raise MatterError(_("This rule of time does not apply to the item."), field="rule")
    if decided_on and decided_on.year < FIRST_YEAR:
        raise MatterError(_("The day lies before the Law is in force."), field="decided_on")
    title = _public_words(title, "title", 200)
    if not title:
        raise MatterError(_("Write what is to be disclosed."), field="title")
    return title


@transaction.atomic
def disclosure_create(
    *,
    acting: Actor,
    unit: Unit,
    item: str,
    title: str,
    rule: str = "",
    symbol: str = "",
    decided_on: dt.date | None = None,
    expected_on: dt.date | None = None,
    summary: str = "",
    period: str = "once",
    year: int | None = None,
    officer: str = "",
    plan_row: PlanRow | None = None,
    parent: Matter | None = None,
    supersedes: Disclosure | None = None,
    is_demo: bool = False,
) -> Disclosure:
    """Open what an authority must make public. With `decided_on` the time runs from that day
    (khoản 3 Điều 12), else it is planned for `expected_on` (khoản 1 Điều 14).

    `item`: '1' … '14' of Điều 11, or 'so' for the quarter's register; `rule`: the rule of time,
    the five working days if not given. `decided_on` may lie ahead only for what falls due with a
    period (a quarter's end). Raises MatterError with its field, NotAllowed. Eight queries, and two
    more for the duties whatever the number of villages.
    """
    office_check(acting, unit)
    rule = rule or next(iter(rules.rules_of(item)), rules.DEFAULT)
    symbol = clean(symbol)[:80]
    if decided_on and not symbol and period == "once":
        raise MatterError(_("Give the number and symbol of the document."), field="symbol")
    title = _checked(item, rule, title, decided_on)
    if decided_on and decided_on > clock.today() and period == "once":
        raise MatterError(_("The day lies in the future."), field="decided_on")
    if not (decided_on or expected_on):
        raise MatterError(
            _("Give the day of the document, or the planned day."), field="decided_on"
        )
    now, on = clock.now(), clock.today()
    made = matter_create(
        acting=acting, model=Disclosure, kind="disclosure", unit=unit, title=title,
        act="disclosure.opened", state="due" if decided_on else "planned", listed=False,
        parent=parent, parties=villages_of_places(unit), is_demo=is_demo, now=now,
        facts={"item": item, "document": symbol, "on": decided_on and decided_on.isoformat()},
        item=item, rule=rule, symbol=symbol, decided_on=decided_on, expected_on=expected_on,
        summary=_summary(summary), period=period, year=year, officer=clean(officer)[:160],
        plan_row=plan_row, permanent=rules.owed(item, on).permanent, supersedes=supersedes,
    )  # fmt: skip
    promises = publication_promises(made, noon(decided_on)) if decided_on else []
    if expected_on and plan_row:
        promises.append(Promise("dc.plan_item", "planned", noon(expected_on)))
    matter_settle(matter=made, duties=promises_open(made, promises, now))
    return made


def disclosure_owed(
    *, acting: Actor, origin: Matter, item: str, title: str, body: str, decided_at: dt.datetime
) -> Disclosure:
    """Another room has made what must be public: its disclosure begins, as a child of `origin`.

    Registered with `register_discloser`. Whoever may act there need hold no office here.
    """
    unit = _office_for(origin)
    made = disclosure_create(
        acting=SYSTEM, unit=unit, item=item, title=title[:200], symbol=origin.code, summary=body,
        decided_on=timezone.localdate(decided_at), parent=origin, is_demo=origin.is_demo,
    )  # fmt: skip
    entry_append(
        matter=made, act="disclosure.owed", acting=acting, audience=Audience.PUBLIC,
        before=made.state, after=made.state, facts={"origin": origin.code},
    )  # fmt: skip
    return made


def _office_for(origin: Matter) -> Unit:
    """The People's Committee that answers for the place of a matter (a village, a board)."""
    unit = origin.unit
    if unit.kind == UnitKind.PEOPLE_COMMITTEE:
        return unit
    code = unit.code.split("-")[0]
    found = Unit.objects.filter(code=f"{code}-ubnd").first()
    if found is None:
        raise MatterError(_("No People's Committee discloses for this place."))
    return found


@transaction.atomic
def content_set(
    *,
    acting: Actor,
    disclosure_id: int,
    title: str,
    summary: str,
    content_type: str = "",
    sheet: bytes | None = None,
    full_names: bool = False,
    symbol: str = "",
    papers: Sequence[Attachment] = (),
) -> Disclosure:
    """Write what will be public; a spreadsheet replaces the table, all rows or none.

    Possible until it is published; afterwards only a correction changes it (khoản 1 Điều 14).
    """
    found = disclosure_locked(acting, disclosure_id)
    office_check(acting, found.unit)
    if found.state not in ("planned", "due"):
        raise MatterError(_("It has been published; changes are published as a correction."))
    title = _public_words(title, "title", 200)
    if not title:
        raise MatterError(_("Write what is to be disclosed."), field="title")
    if content_type and content_type not in {k.code for k in contents.types_for(found.item)}:
        raise MatterError(_("This table does not belong to the item."), field="content_type")
    if sheet is not None:
        if not content_type:
            raise MatterError(_("Say what the table holds."), field="content_type")
        found.rows = contents.rows_import(content_type, sheet)
    elif content_type != found.content_type:
        found.rows = []
    found.title, found.summary = title, _summary(summary)
    found.content_type = content_type if found.rows else ""
    found.full_names = full_names
    found.symbol = clean(symbol)[:80] or found.symbol
    found.version += 1
    found.save()
    entry_id = entry_append(
        matter=found, act="disclosure.content", acting=acting, audience=Audience.OFFICIAL,
        before=found.state, after=found.state,
        facts={"rows": len(found.rows), "files": len(papers)},
    )  # fmt: skip
    # A file becomes public with the disclosure, not before.
    papers_attach(matter=found, attachments=papers, entry_id=entry_id, audience=Audience.OFFICIAL)
    return found


# -- the places -----------------------------------------------------------------------------------


@transaction.atomic
def place_add(*, acting: Actor, unit: Unit, name: str, village: Unit | None = None) -> Place:
    """One more place of posting; its name tells it apart from the others of the commune."""
    office_check(acting, unit)
    name = _public_words(name, "name", 80)
    if not name:
        raise MatterError(_("Give the place a name."), field="name")
    try:
        with transaction.atomic():
            return Place.objects.create(
                unit=unit, sort="village" if village else "hq", name=name, village=village
            )
    except IntegrityError:
        raise MatterError(_("There is a place of this name already."), field="name") from None


@transaction.atomic
def place_end(*, acting: Actor, place: Place) -> None:
    """Nothing is owed any more at a place that is no longer used, from today on."""
    office_check(acting, place.unit)
    if place.sort == "portal":
        raise MatterError(_("Where there is a page, everything is published on it (Art. 13.1)."))
    village = place.village
    used = village is None or village.valid_to is None
    others = Place.objects.filter(
        unit=place.unit, sort=place.sort, village=village, ended_on=None
    ).exclude(pk=place.pk)
    if place.sort in ("hq", "village") and used and not others.exists():
        raise MatterError(
            _("The law wants a place of posting here (Art. 13.2): add the new one first.")
        )
    Place.objects.filter(pk=place.pk, ended_on=None).update(ended_on=clock.today())


# -- the plan -------------------------------------------------------------------------------------


@transaction.atomic
def plan_create(*, acting: Actor, unit: Unit, year: int, is_demo: bool = False) -> DisclosurePlan:
    """The year's plan with a line for each item of Điều 11, the budget and the register by
    quarters; one a year for each People's Committee."""
    office_check(acting, unit)
    if not FIRST_YEAR <= year <= clock.today().year + 1:
        raise MatterError(_("Choose this year or the next."), field="year")
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if DisclosurePlan.objects.filter(unit=unit, year=year).exists():
        raise MatterError(_("There is a plan for this year already."), field="year")
    title = f"Kế hoạch công khai thông tin năm {year}"
    plan = matter_create(
        acting=acting, model=DisclosurePlan, kind="disclosure_plan", unit=unit, title=title,
        act="disclosure_plan.opened", listed=False, is_demo=is_demo, year=year,
    )  # fmt: skip
    PlanRow.objects.bulk_create(_first_rows(plan))
    return plan


def _first_rows(plan: DisclosurePlan) -> list[PlanRow]:
    rows = []
    for item in rules.items(clock.today()):
        if item.code != "2":
            rows.append(_plan_row(plan, item.code, item.label, "once", rules.DEFAULT))
    for number, name in enumerate(("I", "II", "III", "IV"), start=1):
        period = f"q{number}"
        rows.append(_plan_row(plan, "2", f"Thực hiện dự toán ngân sách quý {name}/{plan.year}",
                              period, "ns.publish_quarter"))  # fmt: skip
        rows.append(_plan_row(plan, rules.REGISTER, f"Danh sách nội dung đã công khai quý {name}/"
                              f"{plan.year}", period, "dc.register_quarter"))  # fmt: skip
    return rows


def _plan_row(plan: DisclosurePlan, item: str, title: str, period: str, rule: str) -> PlanRow:
    end = rules.period_end(plan.year, period)
    day = end + dt.timedelta(days=15) if end else dt.date(plan.year, 3, 31)
    return PlanRow(
        plan=plan, item=item, title=title, period=period, rule=rule, expected_on=_working(day)
    )


def _working(day: dt.date) -> dt.date:
    try:
        return load_calendar().roll_forward(day)
    except CalendarError:
        return day  # the year's swaps are not decided yet


@transaction.atomic
def plan_row_set(
    *,
    acting: Actor,
    plan: DisclosurePlan,
    item: str,
    title: str,
    period: str,
    expected_on: dt.date,
    officer: str = "",
    row: PlanRow | None = None,
) -> PlanRow:
    """Add a line to a draft, or change one."""
    _draft(acting, plan)
    if period not in dict(rules.PERIODS):
        raise MatterError(_("Choose the period."), field="period")
    if abs(expected_on.year - plan.year) > 1:
        raise MatterError(
            _("The day does not belong to the year of the plan."), field="expected_on"
        )
    rule = next(iter(rules.rules_of(item)), rules.DEFAULT)
    if item == "2" and period.startswith("q"):
        rule = "ns.publish_quarter"
    if row and (row.item, row.period) == (item, period):
        rule = row.rule
    title = _checked(item, rule, title, None)
    row = row or PlanRow(plan=plan)
    row.item, row.title, row.period, row.rule = item, title, period, rule
    row.expected_on, row.officer = expected_on, _public_words(officer, "officer", 160)
    row.save()
    return row


@transaction.atomic
def plan_row_remove(*, acting: Actor, row: PlanRow) -> None:
    _draft(acting, row.plan)
    row.delete()


def _draft(acting: Actor, plan: DisclosurePlan) -> None:
    office_check(acting, plan.unit)
    if DisclosurePlan.objects.select_for_update(of=("self",)).get(pk=plan.pk).state != "draft":
        raise MatterError(_("The plan was adopted; it can no longer be changed."))


def disclosure_plan_row(acting: Actor, plan: DisclosurePlan, row: PlanRow) -> Disclosure:
    """The disclosure of a line. What falls due with the end of a period is owed from that end;
    all else has the day of the plan until its document is there."""
    end = rules.period_end(plan.year, row.period)
    by_period = rules.rules_of(row.item).get(row.rule) == "event" and end is not None
    return disclosure_create(
        acting=acting, unit=plan.unit, item=row.item, title=row.title, rule=row.rule,
        decided_on=end if by_period else None, expected_on=row.expected_on, period=row.period,
        year=plan.year, officer=row.officer, plan_row=row, parent=plan, is_demo=plan.is_demo,
    )  # fmt: skip
