"""Offices and figures: which promises were kept, with every denominator."""

from __future__ import annotations

import csv
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dongthuan.core import clock
from dongthuan.core.matters.kinds import all_kinds
from dongthuan.core.matters.selectors import rule_name
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.text import clean
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Tier, Unit
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.front.portal.memory import remembered
from dongthuan.front.portal.selectors import lineage
from dongthuan.front.portal.submitting import places_found
from dongthuan.front.portal.views.receptions import receptions_of
from dongthuan.insight.statistics.satisfaction import Satisfaction, satisfaction
from dongthuan.insight.statistics.selectors import (
    Cell,
    Scoreboard,
    Tally,
    cases_by,
    rules_grouped,
    scoreboard,
    units_compared,
    year_until,
)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The communes beside each other, and a search by name that knows former names too."""
    scope = unit_by_code(settings.SCOPE)
    since, until = year_until(clock.today())
    find = clean(request.GET.get("q", ""))[:200]
    rows = remembered(
        lambda: units_compared(within=scope, since=since, until=until), "units", scope.pk, until
    )
    context = {
        "scope": scope,
        "active": [row for row in rows if row.tally.due or row.open],
        "quiet": [row for row in rows if not (row.tally.due or row.open)],
        "find": find,
        "found": places_found(find) if find else [],
        "since": since,
        "until": until,
    }
    return render(request, "portal/units.html", context)


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: its promises, month by month and rule by rule."""
    found = _unit_or_404(code)
    context = _board_context(found) | {
        "lineage": lineage(found),
        "ended": not found.in_force_on(clock.today()),
        "has_office": found.tier in (Tier.COMMUNE, Tier.VILLAGE),
        "rooms": _rooms(found),
        "promises": _promises(found),
        "receiving": remembered(lambda: receptions_of(found), "receptions", found.pk),
    }
    return render(request, "portal/unit.html", context)


def _rooms(found: Unit) -> list[tuple[str, str]]:
    """Where the same place discloses, decides, asks, is watched and builds, as (label, address)."""
    if not found.in_force_on(clock.today()) or found.tier not in (Tier.COMMUNE, Tier.VILLAGE):
        return []
    here = f"?unit={found.code}"
    decides = (_("Decisions of the people"), reverse("portal:decisions") + here)
    if found.tier == Tier.VILLAGE:
        return [decides]
    return [
        (_("Disclosure"), reverse("portal:disclosure_unit", args=[found.code])),
        decides,
        (_("Consultations"), reverse("portal:consultations")),
        (_("Supervision"), reverse("portal:watch") + here),
        (_("Projects"), reverse("portal:projects") + here),
        (_("Satisfaction"), reverse("portal:satisfaction_office", args=[found.code])),
    ]


def _promises(found: Unit) -> list[tuple[str, str]]:
    """Where one reads what bodies of this commune promise each other, as (label, address)."""
    if not found.in_force_on(clock.today()) or found.tier != Tier.COMMUNE:
        return []
    here = f"?unit={found.code}"
    return [
        (_("Coordination plans"), reverse("portal:coord_plans")),
        (
            _("Recommendations of bodies"),
            f"{reverse('portal:recommendations')}?commune={found.code}",
        ),
        (_("Dialogues"), reverse("portal:dialogues") + here),
        (_("Models “Dân vận khéo”"), reverse("portal:emulation") + here),
        (_("Directing documents"), reverse("portal:directives")),
        (_("News"), reverse("portal:news") + here),
    ]


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The numbers of the whole deployment on one page."""
    return render(request, "portal/figures.html", _board_context(unit_by_code(settings.SCOPE)))


@require_safe
def unit_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The same figures to compute with."""
    found = _unit_or_404(code)
    return board_csv(_board(found))


def _unit_or_404(code: str) -> Unit:
    try:
        found = unit_by_code(code)
    except UnitError:
        raise Http404 from None
    if not unit_by_code(settings.SCOPE).contains(found):
        raise Http404
    return found


def _board_context(found: Unit) -> dict[str, Any]:
    board = _board(found)
    topics, kinds = dict(TOPICS), {kind.name: kind.label for kind in all_kinds()}
    return {
        "unit": found,
        "board": board,
        "satisfaction": _satisfaction(board),
        "months": [
            {"label": f"{m.label[5:]}/{m.label[:4]}", "kept": m.kept, "late": m.late}
            for m in board.months
        ],
        "rules": [(_rule(tally), tally) for tally in rules_grouped(board.rules)],
        "topics": [
            (topics.get(cell.label, _("not yet told")), cell.count)
            for cell in _cases("topic", board)
        ],
        "kinds": [
            (kinds.get(cell.label, cell.label), cell.count) for cell in _cases("kind", board)
        ],
    }


def _board(found: Unit) -> Scoreboard:
    since, until = year_until(clock.today())
    return remembered(
        lambda: scoreboard(unit=found, since=since, until=until), "board", found.pk, until
    )


def _satisfaction(board: Scoreboard) -> Satisfaction:
    unit, since, until = board.unit, board.since, board.until
    return remembered(
        lambda: satisfaction(unit=unit, since=since, until=until), "satisfaction", unit.pk, until
    )


def _cases(column: str, board: Scoreboard) -> list[Cell]:
    unit, since, until = board.unit, board.since, board.until
    return remembered(
        lambda: cases_by(column, unit=unit, since=since, until=until), column, unit.pk, until
    )


def _rule(tally: Tally) -> str:
    if not tally.label:
        return _("other promises, fewer than three of a kind")
    return rule_name(tally.label, get_language() or "vi")


def board_csv(board: Scoreboard) -> HttpResponse:
    """Rows of what, label, due, kept, late; with a byte-order mark, for spreadsheets."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"so-lieu-{board.unit.code}-{board.until:%Y-%m-%d}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    out = csv.writer(response)
    out.writerow(["unit", "since", "until", "row", "label", "due", "kept", "late"])
    head = [board.unit.code, board.since.isoformat(), board.until.isoformat()]
    out.writerow([*head, "total", "", board.due, board.kept, board.late])
    for month in board.months:
        out.writerow([*head, "month", month.label, month.due, month.kept, month.late])
    for tally in rules_grouped(board.rules):
        label = tally.label or "other"
        out.writerow([*head, "rule", label, tally.due, tally.kept, tally.late])
    for name, value in _satisfaction(board).as_json().items():
        out.writerow([*head, "satisfaction", name, "" if value is None else value, "", ""])
    out.writerow([*head, "open", "", board.open, "", ""])
    out.writerow([*head, "overdue", "", board.overdue, "", ""])
    return response
