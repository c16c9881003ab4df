"""Agencies and places through time, and how they keep their promises."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view

from dongthuan.core import clock
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Kind, Succession, Unit, UnitName
from dongthuan.core.units.selectors import names_on, unit_get, units_in_force, units_search
from dongthuan.front.api import schemas
from dongthuan.front.api.opening import public
from dongthuan.front.api.problems import Problem, invalid
from dongthuan.insight.statistics.selectors import scoreboard, year_until

router = Router(tags=["units"])
PAGE = 100
FOUND = 50
MINUTES = 300
LONGEST = 3653


@router.get(
    "/units",
    response=schemas.UnitPage,
    operation_id="units_list",
    summary="Units · Đơn vị",
    description="Provinces, communes, villages and organs in force on a day, in Vietnamese order,"
    " 100 a page; or the best 50 for words of a name (with `parent`: anywhere below it).\n\n"
    "Danh sách tỉnh, xã, thôn, cơ quan theo ngày; tìm theo tên có dấu hoặc không dấu.",
)
@decorate_view(public(max_age=MINUTES))
def units_list(
    request: HttpRequest, query: Annotated[schemas.UnitQuery, Query()]
) -> dict[str, Any]:
    on = query.on or clock.today()
    above = _unit("parent", query.parent) if query.parent else None
    if query.q:
        if query.cursor:
            raise invalid("cursor", _("A search has one page only; leave the cursor out."))
        found = units_search(query.q, on=on, tier=query.tier or None, within=above, limit=FOUND)
        return {"items": _rows(list(found), on), "next": None}
    units = units_in_force(on, tier=query.tier or None)
    if above:
        units = units.filter(parent=above)
    rows = list(_after(units, query.cursor).order_by("sort_key", "code")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    return {"items": _rows(rows, on), "next": rows[-1].code if more else None}


def _after(units: QuerySet[Unit], cursor: str) -> QuerySet[Unit]:
    if not cursor:
        return units
    last = _unit("cursor", cursor)
    return units.filter(
        Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, code__gt=last.code)
    )


def _unit(field: str, code: str) -> Unit:
    try:
        return unit_get(code=code)
    except UnitError as error:
        raise invalid(field, str(error)) from None


def _rows(units: list[Unit], on: dt.date) -> list[dict[str, Any]]:
    """As they were called on the day; one more query whatever their number."""
    names = names_on(units, on)
    return [_row(unit, names[unit.pk].name, names[unit.pk].kind) for unit in units]


def _row(unit: Unit, name: str, kind: str) -> dict[str, Any]:
    return {
        "code": unit.code,
        "official_code": unit.official_code,
        "kind": _kind(kind),
        "tier": unit.tier,
        "name": name,
        "name_en": unit.name_en,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
    }


def _kind(kind: str) -> dict[str, str]:
    return {"name": kind, "label": str(Kind(kind).label)}


@router.get(
    "/units/{code}",
    response=schemas.UnitOut,
    operation_id="unit_get",
    summary="One unit with its history · Một đơn vị",
    description="Its names through time, what it came from and what took over from it.\n\n"
    "Tên qua các thời kỳ, đơn vị tiền thân và đơn vị kế thừa.",
)
@decorate_view(public(max_age=MINUTES))
def unit_one(request: HttpRequest, code: str) -> dict[str, Any]:
    unit = _unit_or_404(code)
    return {
        **_row(unit, unit.name, unit.kind),
        "parent": _ref(unit.parent) if unit.parent else None,
        **{
            name: getattr(unit, name)
            for name in ("document", "note", "evidence", "email", "phone", "address")
        },
        "names": [_name(row) for row in unit.names.order_by("valid_from")],
        "predecessors": [
            _succession(link, link.predecessor)
            for link in unit.succeeds.select_related("predecessor").order_by("on", "id")
        ],
        "successors": [
            _succession(link, link.successor)
            for link in unit.succeeded_by.select_related("successor").order_by("on", "id")
        ],
    }


def _unit_or_404(code: str) -> Unit:
    unit = Unit.objects.select_related("parent").filter(code=code).first()
    if unit is None:
        raise Problem(404, _("There is no unit with the code “%(code)s”.") % {"code": code[:60]})
    return unit


def _ref(unit: Unit) -> dict[str, str]:
    return {"code": unit.code, "name": unit.name}


def _name(row: UnitName) -> dict[str, Any]:
    return {
        "name": row.name,
        "kind": _kind(row.kind),
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "document": row.document,
        "evidence": row.evidence,
    }


def _succession(link: Succession, other: Unit) -> dict[str, Any]:
    return {
        "unit": _ref(other),
        "on": link.on,
        "share": float(link.share) if link.share is not None else None,
        "document": link.document,
        "evidence": link.evidence,
    }


@router.get(
    "/units/{code}/scoreboard",
    response=schemas.ScoreboardOut,
    operation_id="unit_scoreboard",
    summary="How a unit keeps its promises · Bảng theo dõi",
    description="Duties due in the period, kept in time and late, by month; and what is owed now."
    " `due` = `kept` + `late`. The last twelve months if no days are given.\n\n"
    "Số nghĩa vụ đến hạn trong kỳ, đúng hạn, trễ hạn, theo tháng; và số đang còn nợ.",
)
@decorate_view(public(max_age=MINUTES))
def unit_scoreboard(
    request: HttpRequest, code: str, query: Annotated[schemas.ScoreboardQuery, Query()]
) -> dict[str, Any]:
    unit = _unit_or_404(code)
    first, last = year_until(clock.today())
    since, until = query.since or first, query.until or last
    if since > until:
        raise invalid("since", _("The first day lies after the last."))
    if (until - since).days > LONGEST:
        raise invalid("since", _("A period may be at most ten years long."))
    return scoreboard(unit=unit, since=since, until=until).as_json()
