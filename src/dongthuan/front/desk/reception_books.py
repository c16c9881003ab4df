"""The ledger, the compliance of heads and the printed papers of receptions, at the desk."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from dongthuan.core import clock as moment
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.reception_forms import PeriodForm, period_asked
from dongthuan.work.receptions import papers, rules, selectors
from dongthuan.work.receptions.compliance import compliance
from dongthuan.work.receptions.ledger import Column, Part, ledger, ledger_take, takings
from dongthuan.work.receptions.models import Content, LedgerTaking, Refusal, Visit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200


def _file(body: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def _pdf(body: bytes, name: str) -> HttpResponse:
    return _file(body, name, "application/pdf")


def _period(request: HttpRequest) -> tuple[PeriodForm, dict[str, Any] | None]:
    units = selectors.units_of(actor_of(request))
    form = PeriodForm(period_asked(request.GET, list(units[:1])), units=units)
    return form, form.cleaned_data if form.is_valid() else None


def _heading(column: Column) -> str:
    """On the page kiến nghị is KNg, as in the rows; the spreadsheet keeps the form's own head."""
    return column.heading.replace("KN/TC/KN/PA", "KN/TC/KNg/PA")


@require_safe
@official_required
def book(request: HttpRequest) -> HttpResponse:
    """The ledger of a unit and period, newest lines last; `dang=xlsx` takes it away, on record."""
    form, asked = _period(request)
    actor, parts = actor_of(request), []
    taken: list[LedgerTaking] = []
    if asked:
        try:
            if request.method == "GET" and request.GET.get("dang") == "xlsx":
                name = f"so-tiep-cong-dan-{asked['unit'].code}-{asked['until']:%Y-%m-%d}.xlsx"
                return _file(ledger_take(acting=actor, **asked), name, XLSX)
            parts = ledger(actor=actor, **asked)
            taken = takings(actor=actor, unit=asked["unit"])
        except MatterError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    context = {
        "form": form,
        "parts": [(part, [_heading(c) for c in part.columns], list(_last(part))) for part in parts],
        "query": request.GET.urlencode(),
        "shown": SHOWN,
        "taken": taken,
    }
    response = render(request, "desk/reception_ledger.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _last(part: Part) -> Any:
    return Part(part.form, part.columns, part.visits[-SHOWN:]).rows()


@require_safe
@official_required
def heads(request: HttpRequest) -> HttpResponse:
    """Days owed and days held, seat by seat, beside the figures that others reported."""
    form, asked = _period(request)
    rows = compliance(**asked) if asked else []
    context = {"form": form, "rows": rows, "references": rules.REFERENCES}
    return render(request, "desk/reception_heads.html", context)


@require_safe
@official_required
def schedule(request: HttpRequest) -> HttpResponse:
    """The schedule for the wall: the posted sessions of a unit in the next three months."""
    unit = _unit(request)
    today = moment.today()
    rows = (
        selectors.Reception.objects.filter(
            unit=unit, held_on__range=(today, today + dt.timedelta(days=92)),
            state="posted",
        )
        .exclude(form__in=["regular", "adhoc"])
        .select_related("position")
        .order_by("held_on", "starts_at")
    )  # fmt: skip
    return _pdf(papers.schedule_pdf(unit=unit, sessions=list(rows[:100])), "lich-tiep-cong-dan.pdf")


def _unit(request: HttpRequest) -> Unit:
    own = selectors.units_of(actor_of(request))
    wanted = request.GET.get("unit", "")
    unit = own.filter(code=wanted).first() if wanted else own.first()
    if unit is None:
        raise Http404
    return unit


@require_safe
@official_required
def session_paper(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Minutes or notice of conclusion of a session, for who keeps it."""
    actor = actor_of(request)
    found = selectors.reception_get(actor=actor, code=code)
    if found is None or not selectors.keeps(actor, found.unit):
        raise Http404
    if what == "bien-ban":
        turns = selectors.counts(found)["turns"]
        return _pdf(papers.minutes_pdf(reception=found, turns=turns), f"bien-ban-{code}.pdf")
    promises = selectors.promises_public(found)
    body = papers.conclusion_pdf(reception=found, promises=promises)
    return _pdf(body, f"thong-bao-ket-luan-{code}.pdf")


@require_safe
@official_required
def visit_receipt(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Giấy biên nhận (Mẫu 02/TCD) of what was handed over at a turn."""
    actor = actor_of(request)
    found = selectors.visit_get(actor=actor, visit_id=visit_id)
    if found is None or found.type == Content.DENUNCIATION or found.state != Visit.State.SERVED:
        raise Http404
    if not selectors.keeps(actor, found.reception.unit):
        raise Http404
    officer = actor.label_for(found.reception.path)
    return _pdf(papers.receipt_pdf(visit=found, officer=officer), f"bien-nhan-{found.pk}.pdf")


@require_safe
@official_required
def refusal_notice(request: HttpRequest, code: str) -> HttpResponse:
    """Thông báo từ chối tiếp công dân (Mẫu 01/TCD)."""
    actor = actor_of(request)
    found = (
        Refusal.objects.filter(code=code)
        .select_related("unit__parent", "visit__reception", "visit__citizen")
        .first()
    )
    seen = found and selectors.visit_get(actor=actor, visit_id=found.visit_id)
    if not found or not seen or not selectors.keeps(actor, found.unit):
        raise Http404
    return _pdf(papers.refusal_pdf(found), f"tu-choi-{code}.pdf")
