"""Directing documents at the desk: the register, a document with its matrix, our orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.responses import bytes_response
from dongthuan.core.units.models import Unit
from dongthuan.front.desk import directives_forms as forms
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.serving import saved_say
from dongthuan.front.desk.views import stored_papers
from dongthuan.front.showing import refusal_show
from dongthuan.work.directives import register, rules, selectors
from dongthuan.work.directives.models import Directive, Type
from dongthuan.work.directives.services import directive_create, directive_edit, directive_serve

Refused = (MatterError, UploadError)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def wanted_of(request: HttpRequest) -> selectors.Wanted:
    """What of the register was asked for; whatever is unknown is left out."""
    get = request.GET
    year, view = get.get("nam", ""), get.get("xem", "")
    known = year.isascii() and year.isdecimal() and len(year) == 4
    return selectors.Wanted(
        year=int(year) if known else 0,
        type=get.get("loai", "")[:4],
        unit=get.get("co_quan", "")[:60],
        view=view if view in selectors.VIEWS else "",
        after=get.get("after", "")[:40],
    )


def kept(wanted: selectors.Wanted) -> dict[str, Any]:
    """The same choice as parameters of a link."""
    given = {
        "nam": wanted.year, "loai": wanted.type, "co_quan": wanted.unit, "xem": wanted.view,
    }  # fmt: skip
    return {name: value for name, value in given.items() if value}


@require_safe
@official_required
def directives(request: HttpRequest) -> HttpResponse:
    """The register by year, type and issuer."""
    actor, wanted = actor_of(request), wanted_of(request)
    page = selectors.directive_list(actor=actor, wanted=wanted)
    years, issuers = selectors.register_choices(actor=actor)
    query = urlencode(kept(wanted))
    context = {
        "page": page,
        "wanted": wanted,
        "years": years,
        "types": Type.choices,
        "issuers": issuers,
        "query": query,
        "next_url": f"?{urlencode({**kept(wanted), 'after': page.next})}" if page.next else "",
        "may_enter": rules.issuers_of(actor).exists(),
    }
    return render(request, "desk/directive_list.html", context)


@require_safe
@official_required
def directive_register(request: HttpRequest, form: str) -> HttpResponse:
    """The same register as a file: csv, xlsx or pdf."""
    actor, wanted = actor_of(request), wanted_of(request)
    rows = selectors.register_rows(actor=actor, wanted=wanted)
    name = f"so-van-ban-chi-dao{f'-{wanted.year}' if wanted.year else ''}.{form}"
    if form == "csv":
        return bytes_response(name=name, content_type="text/csv", data=register.register_csv(rows))
    subtitle = f"Năm {wanted.year}" if wanted.year else "Tất cả các năm"
    if form == "xlsx":
        data = register.register_xlsx(rows, title=f"SỔ VĂN BẢN CHỈ ĐẠO. {subtitle}")
        return bytes_response(name=name, content_type=XLSX, data=data)
    unit = Unit.objects.select_related("parent").filter(code=wanted.unit).first()
    unit = unit or rules.issuers_of(actor).select_related("parent").first()
    if form != "pdf" or unit is None:
        raise Http404
    data = register.register_pdf(rows, unit=unit, subtitle=subtitle)
    return bytes_response(name=name, content_type="application/pdf", data=data)


# -- writing --------------------------------------------------------------------------------------


def _issuer(request: HttpRequest) -> tuple[Unit, list[Unit]]:
    """The body chosen by ?co_quan=, else the first of the actor's own, and all of these."""
    own = list(rules.issuers_of(actor_of(request)).select_related("parent"))
    code = request.GET.get("co_quan", "")
    chosen = next((unit for unit in own if unit.code == code), own[0] if own else None)
    if chosen is None:
        raise Http404
    return chosen, own


def _lines(request: HttpRequest, units: Sequence[Unit], initial: Sequence[dict[str, Any]]) -> list:
    if request.method != "POST":
        given = list(initial) or [{}]
        return [
            forms.LineForm(prefix=f"lines-{n}", units=units, initial=line)
            for n, line in enumerate(given)
        ]
    return [
        forms.LineForm(request.POST, prefix=f"lines-{n}", units=units)
        for n in range(forms.line_count(request.POST, 1))
    ]


def _show(form: Any, filled: Sequence[Any], error: Exception) -> None:
    """Put a refusal at the line that it names ('lines-N-field': the N-th that is not empty)."""
    head, _sep, rest = getattr(error, "field", "").partition("-")
    number, _sep, name = rest.partition("-")
    if head == "lines" and number.isdecimal() and int(number) < len(filled):
        line = filled[int(number)]
        line.add_error(name if name in line.fields else None, str(getattr(error, "message", error)))
    elif getattr(error, "field", "") == "code":  # of the link to what it serves
        form.add_error("serves", str(getattr(error, "message", error)))
    else:
        refusal_show(form, error)


@official_required
def directive_new(request: HttpRequest) -> HttpResponse:
    """A new document on one page; “Add a line” sends the page back with one more."""
    issuer, own = _issuer(request)
    form = forms.DirectiveForm(request.POST or None)
    lines = _lines(request, rules.addressees_of(issuer), [])
    made, status = None, 200
    if request.method == "POST":
        adding = request.POST.get("go") == "add"
        made, status = (None, 200) if adding else _save(request, form, lines, issuer)
        if adding:
            _unasked(form, lines)
    if made is not None:
        saved_say(request)
        return redirect("desk:directive", code=made.code)
    context = {"form": form, "lines": lines, "issuer": issuer, "own": own,
               "title": _("A new directing document")}  # fmt: skip
    return render(request, "desk/directive_form.html", context, status=status)


def _unasked(form: Any, lines: Sequence[Any]) -> None:
    """Whoever only adds a line is not yet told what is lacking."""
    for one in (form, *lines):
        one._errors = {}


def _save(
    request: HttpRequest, form: Any, lines: Sequence[Any], issuer: Unit
) -> tuple[Directive | None, int]:
    if not all([form.is_valid(), *(line.is_valid() for line in lines)]):
        return None, 422
    filled = [line for line in lines if not line.is_empty]
    try:
        made = directive_create(
            acting=actor_of(request), issuer=issuer, serves=form.cleaned_data["serves"],
            written=form.written([line.ordered() for line in filled]),
            papers=stored_papers(request),
        )  # fmt: skip
    except Refused as error:
        _show(form, filled, error)
        return None, 422
    return made, 200


@official_required
def directive_edit_page(request: HttpRequest, code: str) -> HttpResponse:
    """A draft written anew, by the people of the body that will sign it."""
    view = selectors.directive_view(actor=actor_of(request), code=code)
    if view is None or not view.edits:
        raise Http404
    found = view.directive
    initial = forms.DraftForm.initial_of(found) | {"version": found.version}
    form = forms.DraftForm(request.POST or None, initial=initial)
    before = [
        {"what": line.what, "due_on": line.due_on, "days": line.days, "units": line.addressees}
        for line in view.lines
    ]
    lines = _lines(request, rules.addressees_of(found.issuer), before)
    status = 200
    if request.method == "POST" and request.POST.get("go") == "add":
        _unasked(form, lines)
    elif request.method == "POST":
        status = 422
        if all([form.is_valid(), *(line.is_valid() for line in lines)]):
            filled = [line for line in lines if not line.is_empty]
            try:
                directive_edit(
                    acting=actor_of(request), directive=found,
                    written=form.written([line.ordered() for line in filled]),
                    version=form.cleaned_data["version"],
                )  # fmt: skip
                saved_say(request)
                return redirect("desk:directive", code=found.code)
            except MatterError as error:
                _show(form, filled, error)
    context = {"form": form, "lines": lines, "issuer": found.issuer, "directive": found,
               "title": _("Write the draft anew")}  # fmt: skip
    return render(request, "desk/directive_form.html", context, status=status)


@official_required
def directive_import(request: HttpRequest) -> HttpResponse:
    """The register of a year out of a spreadsheet, all or nothing."""
    issuer, own = _issuer(request)
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = register.register_import(
                    acting=actor_of(request), issuer=issuer, data=_bytes(form.cleaned_data["file"])
                )
                messages.success(
                    request, _("%(n)d documents are in the register now.") % {"n": len(made)}
                )
                return redirect("desk:directives")
            except MatterError as error:
                refusal_show(form, error)
    context = {"form": form, "issuer": issuer, "own": own}
    return render(request, "desk/directive_import.html", context, status=status)


def _bytes(upload: Any) -> bytes:
    if upload.size > 5 * 1024 * 1024:
        raise MatterError(_("The file is larger than 5 MB."), field="file")
    return bytes(upload.read())


@require_safe
@official_required
def directive_template(request: HttpRequest) -> HttpResponse:
    data = register.template_xlsx()
    return bytes_response(name="mau-so-van-ban-chi-dao.xlsx", content_type=XLSX, data=data)


# -- one document, orders -------------------------------------------------------------------------


@require_safe
@official_required
def directive(request: HttpRequest, code: str) -> HttpResponse:
    """A document: its lines, the matrix of lights, which plan it serves, what may be done."""
    view = selectors.directive_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {"view": view, "directive": view.directive, "today": clock.today(),
               "serve_form": forms.ServeForm()}  # fmt: skip
    return render(request, "desk/directive.html", context)


@require_POST
@official_required
def directive_serve_add(request: HttpRequest, code: str) -> HttpResponse:
    found = selectors.directive_get(actor=actor_of(request), code=code)
    if found is None:
        raise Http404
    form = forms.ServeForm(request.POST)
    try:
        said = form.cleaned_data["code"] if form.is_valid() else ""
        directive_serve(acting=actor_of(request), directive=found, code=said)
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:directive", code=found.code)


@require_safe
@official_required
def directive_orders(request: HttpRequest) -> HttpResponse:
    """What is ordered of the actor's bodies; and what these have ordered and must answer."""
    actor, after = actor_of(request), request.GET.get("after", "")[:40]
    view = request.GET.get("xem", "")
    view = view if view in selectors.ORDER_VIEWS else ""
    page = selectors.order_list(actor=actor, view=view, after=after)
    context = {
        "page": page,
        "view": view,
        "issues": rules.issuers_of(actor).exists(),
        "next_url": f"?{urlencode({'xem': view, 'after': page.next})}" if page.next else "",
        "today": clock.today(),
        "register_url": reverse("desk:directives"),
    }
    return render(request, "desk/directive_orders.html", context)
