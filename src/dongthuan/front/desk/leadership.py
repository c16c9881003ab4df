"""The leadership page: what is promised, kept, late; every number opens to its matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.indicators import Part
from dongthuan.core.matters.selectors import matter_get
from dongthuan.core.papers.letterhead import head_title
from dongthuan.core.papers.responses import bytes_response
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role, Unit
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.leadership_forms import PeriodForm
from dongthuan.front.desk.leading import area_asked
from dongthuan.insight.leadership import brief, counting, selectors
from dongthuan.insight.leadership.counting import Block, Period, Row
from dongthuan.insight.leadership.docx import brief_docx
from dongthuan.insight.leadership.selectors import Dashboard, IndicatorRow
from dongthuan.insight.radar.figures import SIGNALS
from dongthuan.work.reviews.models import Reason
from dongthuan.work.reviews.services import review_open

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Asked:
    """What was asked for: by whom, of which area and period, with the form that says so."""

    actor: Actor
    area: Unit
    period: Period
    form: PeriodForm

    def query(self, **more: str) -> str:
        since, until = self.period.since.isoformat(), self.period.until.isoformat()
        return urlencode({"noi": self.area.code, "tu": since, "den": until, **more})


def asked_of(request: HttpRequest) -> Asked:
    """403 for whoever leads nothing, 404 for an area that is not theirs."""
    actor, area, areas = area_asked(request)
    given = request.GET if {"thang", "tu", "den"} & set(request.GET) else None
    form = PeriodForm(given, areas=areas, initial={"noi": area.code})
    return Asked(actor, area, form.period(), form)


@require_safe
@official_required
def overview(request: HttpRequest) -> HttpResponse:
    """The page: promises by unit, area, field and source, figures, plan, hot spots, reviews."""
    asked = asked_of(request)
    found = selectors.dashboard(actor=asked.actor, area=asked.area, period=asked.period)
    wrong = asked.form.is_bound and not asked.form.is_valid()
    context = {
        "form": asked.form,
        "found": found,
        "area": asked.area,
        "period": asked.period,
        "blocks": [(block, _rows(asked, block)) for block in found.blocks],
        "sums": _sums(asked, found),
        "months": _months(asked, found),
        "indicators": [_indicator(asked, row) for row in found.indicators],
        "warnings": _warnings(found),
        "plans": None if found.plans is None else _states(asked, found.plans),
        "reviews": _states(asked, found.reviews),
        "query": asked.query(),
        "today": clock.today(),
    }
    return render(request, "desk/leadership.html", context, status=422 if wrong else 200)


def _warnings(found: Dashboard) -> Sequence[Part]:
    """The signals of the early warning, as the figure that counts them tells them."""
    rows = [row for row in found.indicators if row.indicator.key == SIGNALS.key]
    return rows[0].now.parts if rows else ()


def _behind(asked: Asked, **more: str) -> str:
    return f"{reverse('desk:leadership_number')}?{asked.query(**more)}"


def _labels() -> list[tuple[str, str]]:
    return [(name, selectors.number_words("", "", name)) for name in counting.FIGURES]


def _sums(asked: Asked, found: Dashboard) -> list[tuple[str, int, str]]:
    """The five sums of the area: words, number, address of what stands behind."""
    board = found.board
    numbers = (board.due, board.kept, board.late, board.open, board.overdue)
    return [
        (label, number, _behind(asked, so=name))
        for (name, label), number in zip(_labels(), numbers, strict=True)
    ]


def _rows(asked: Asked, block: Block) -> list[dict[str, Any]]:
    most = max((row.due for row in block.rows), default=0)
    return [
        {
            "label": row.label,
            "cells": [
                (label, number, _behind(asked, chieu=block.name, muc=row.key, so=name))
                for (name, label), number in zip(_labels(), row.numbers, strict=True)
            ],
            "bar": _bar(row, most),
        }
        for row in block.rows
    ]


def _bar(row: Row, most: int) -> list[tuple[str, str, str]]:
    """(fill, x, width) in per cent with a point: SVG knows no decimal comma."""
    if not most:
        return []
    kept, late = 100 * row.kept / most, 100 * row.late / most
    return [("kept", "0", f"{kept:.3f}"), ("late", f"{kept:.3f}", f"{late:.3f}")]


def _months(asked: Asked, found: Dashboard) -> list[dict[str, Any]]:
    page = reverse("desk:leadership")
    return [
        {
            "label": f"{month.label[5:]}/{month.label[:4]}",
            "url": f"{page}?{urlencode({'noi': asked.area.code, 'thang': month.label})}",
            "kept": month.kept,
            "late": month.late,
        }
        for month in found.months
    ]


def _indicator(asked: Asked, row: IndicatorRow) -> dict[str, Any]:
    key = row.indicator.key
    url = _behind(asked, chieu="indicator", muc=key, so="met")
    base = _behind(asked, chieu="indicator", muc=key, so="base")
    before = _behind(asked, chieu="indicator", muc=key, so="met_before")
    return {
        "row": row,
        "value": brief.figure_words(row.indicator, row.now),
        "parts": brief.parts_words(row.now),
        "was": brief.figure_words(row.indicator, row.before),
        "trend": _trend(row),
        "tone": {True: "good", False: "bad", None: "neutral"}[row.better],
        "url": url if row.now.matters is not None or row.now.met is not None else "",
        "base_url": base if row.now.denominator is not None and row.now.matters is not None else "",
        "before_url": before if row.before.matters is not None else "",
    }


def _trend(row: IndicatorRow) -> str:
    return {"up": _("more"), "down": _("less"), "same": _("the same"), "": "–"}[row.trend]


def _states(asked: Asked, rows: list[selectors.StateRow]) -> list[Any]:
    return [(row, _state_urls(asked, row)) for row in rows]


def _state_urls(asked: Asked, row: selectors.StateRow) -> tuple[str, str]:
    key = f"{row.kind}:{row.state}"
    every = _behind(asked, chieu="state", muc=key, so="all")
    return every, _behind(asked, chieu="state", muc=key, so="late")


@require_safe
@official_required
def number(request: HttpRequest) -> HttpResponse:
    """What stands behind a number, as far as it is open to the reader; the rest is counted."""
    asked = asked_of(request)
    dimension, key, figure = (request.GET.get(name, "")[:200] for name in ("chieu", "muc", "so"))
    behind = _found(asked, dimension, key, figure, request.GET.get("after", "")[:20])
    if behind is None:
        raise Http404
    named = {"chieu": dimension, "muc": key, "so": figure}
    context = {
        "title": selectors.number_words(dimension, key, figure),
        "of": _of(dimension, key),
        "behind": behind,
        "duties": dimension not in ("state", "indicator"),
        "area": asked.area,
        "period": asked.period,
        "back": f"{reverse('desk:leadership')}?{asked.query()}",
        "next_url": f"?{asked.query(**named, after=behind.next)}" if behind.next else "",
        "today": clock.today(),
    }
    return render(request, "desk/leadership_number.html", context)


def _found(
    asked: Asked, dimension: str, key: str, figure: str, after: str
) -> counting.Behind | None:
    if dimension in ("state", "indicator"):
        matters = selectors.matters_behind(
            area=asked.area, period=asked.period, dimension=dimension, key=key, figure=figure
        )
        if matters is None:
            return None
        return counting.matters_page(actor=asked.actor, matters=matters, after=after)
    duties = counting.duties_behind(
        area=asked.area, period=asked.period, figure=figure, dimension=dimension, key=key
    )
    if duties is None:
        return None
    return counting.duties_page(actor=asked.actor, duties=duties, after=after)


def _of(dimension: str, key: str) -> str:
    """The row of the table in words: its unit, field or source."""
    if dimension not in counting.DIMENSIONS:
        return ""
    return counting.label_of(dimension, key)


@require_safe
@official_required
def dragging(request: HttpRequest) -> HttpResponse:
    """All long-running and repeated matters of the area, with the reason in words."""
    asked = asked_of(request)
    reason = request.GET.get("ly_do", "")[:20]
    reason = reason if reason in Reason.values else ""
    found = selectors.dragging(
        actor=asked.actor, area=asked.area, reason=reason, after=request.GET.get("after", "")[:20]
    )
    more = {"ly_do": reason} if reason else {}
    context = {
        "found": found,
        "reason": reason,
        "area": asked.area,
        "query": asked.query(),
        "back": f"{reverse('desk:leadership')}?{asked.query()}",
        "next_url": f"?{asked.query(**more, after=found.next)}" if found.next else "",
        "opens": Role.HEAD in asked.actor.roles,
        "today": clock.today(),
    }
    return render(request, "desk/leadership_dragging.html", context)


@require_POST
@official_required
def review_new(request: HttpRequest, code: str) -> HttpResponse:
    """The head opens the review of a matter at once, without waiting for the night."""
    actor = actor_of(request)
    subject = matter_get(actor=actor, code=code)
    if subject is None or not selectors.may_lead(actor):
        raise Http404
    try:
        made = review_open(acting=actor, subject=subject)
    except MatterError as error:
        messages.error(request, error.message)
        return redirect("desk:leadership_dragging")
    if made is None:
        messages.info(request, _("The review of this year is there already."))
        return redirect("desk:leadership_dragging")
    return redirect("desk:matter", code=made.code)


@require_safe
@official_required
def brief_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The monthly brief as DOCX or PDF, counted now; nothing of it is stored."""
    asked = asked_of(request)
    if asked.form.is_bound and not asked.form.is_valid():
        raise Http404
    scope = asked.actor.scopes_of(*selectors.LEADING)[0]
    unit = Unit.objects.select_related("parent__parent").get(pk=scope.unit_id)
    with translation.override("vi"):
        found = selectors.dashboard(actor=asked.actor, area=asked.area, period=asked.period)
    made = brief.brief_of(found=found, unit=unit, signer=_signer(asked.actor, unit))
    name = brief.file_name(found, ending)
    if ending == "docx":
        data = brief_docx(made, at=found.counted_at)
        return bytes_response(name=name, content_type=DOCX, data=data)
    data = brief.brief_pdf(made, on=timezone.localdate(found.counted_at))
    return bytes_response(name=name, content_type="application/pdf", data=data)


def _signer(actor: Actor, unit: Unit) -> str:
    """A head signs by title; for others the line is left to the one who signs."""
    for scope in actor.scopes_of(Role.HEAD, Role.PARTNER_HEAD, Role.PARTY):
        if scope.unit_path == unit.path:
            return head_title(unit)
    return "Người có thẩm quyền ký"
