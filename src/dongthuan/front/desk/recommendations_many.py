"""Many recommendations at once: out of a meeting's minutes, and sent under one document."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core.matters.errors import MatterError
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.recommendations import bodies_of
from dongthuan.front.desk.recommendations_forms import (
    MOST_BYTES,
    LinesForm,
    ReadForm,
    SendManyForm,
)
from dongthuan.front.showing import refusal_show
from dongthuan.work.recommendations import selectors
from dongthuan.work.recommendations.importing import (
    Line,
    LinesRefused,
    lines_alike,
    recommendations_import,
    sheet_blank,
    sheet_lines,
    text_lines,
)
from dongthuan.work.recommendations.services import recommendations_send

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHARED = ("body", "source", "addressee", "topic", "meeting", "meeting_on")


@official_required
def read(request: HttpRequest) -> HttpResponse:
    """The minutes, pasted or as a sheet; then what was read is shown to be corrected."""
    bodies = bodies_of(request)
    form = ReadForm(request.POST or None, request.FILES or None, bodies=bodies)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _preview(request, form, bodies)
            except MatterError as error:
                refusal_show(form, error)
    return render(request, "desk/recommendation_import.html", {"form": form}, status=status)


def _preview(request: HttpRequest, form: ReadForm, bodies: list[Any]) -> HttpResponse:
    data = form.cleaned_data
    lines = (
        sheet_lines(data["sheet"].read(MOST_BYTES + 1), body=data["body"])
        if data["sheet"]
        else text_lines(data["text"])
    )
    known: dict[str, Any] = {name: data[name] for name in SHARED} | {"count": len(lines)}
    for n, line in enumerate(lines):
        known |= {f"content_{n}": line.content, f"grounds_{n}": line.grounds,
                  f"to_{n}": line.addressee}  # fmt: skip
    shown = LinesForm(initial=known, bodies=bodies, count=len(lines))
    return _lines_page(request, shown, lines)


def _lines_page(
    request: HttpRequest, form: LinesForm, lines: list[Line], status: int = 200
) -> HttpResponse:
    alike = lines_alike(actor=actor_of(request), lines=lines)
    units: Any = form.fields["addressee"]
    known = {unit.code for unit in units.queryset} | {""}
    # A name in the sheet that no authority bears is shown, not silently replaced.
    strange = ["" if line.addressee in known else line.addressee for line in lines]
    context = {
        "form": form,
        "rows": list(zip(form.rows(), alike, strange, strict=True)),
        "shared": [form[name] for name in SHARED],
        "doubles": sum(bool(found) for found in alike),
    }
    return render(request, "desk/recommendation_lines.html", context, status=status)


@require_POST
@official_required
def write(request: HttpRequest) -> HttpResponse:
    """All lines that were left in become drafts, or none."""
    bodies = bodies_of(request)
    said = request.POST.get("count", "")
    count = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else 0
    if not 1 <= count <= 200:
        raise Http404
    form = LinesForm(request.POST, bodies=bodies, count=count)
    if form.is_valid() and not form.kept():
        form.add_error(None, _("No recommendation was left in."))
    elif form.is_valid():
        data = form.cleaned_data
        try:
            made = recommendations_import(
                acting=actor_of(request), lines=form.lines(),
                **{name: data[name] for name in SHARED},
            )  # fmt: skip
            messages.success(
                request,
                ngettext("%(n)d draft written.", "%(n)d drafts written.", len(made))
                % {"n": len(made)},
            )
            return redirect(f"{reverse('desk:recommendations')}?xem=drafts")
        except LinesRefused as error:
            kept = form.kept()
            for at, why in error.lines.items():
                form.add_error(f"content_{kept[at]}", why)
        except MatterError as error:
            refusal_show(form, error)
    posted = [Line(content=request.POST.get(f"content_{n}", "")[:5000]) for n in range(count)]
    return _lines_page(request, form, posted, status=422)


@require_safe
@official_required
def blank(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in."""
    bodies_of(request)
    response = HttpResponse(sheet_blank(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, "kien-nghi.xlsx") or ""
    return response


@official_required
def send(request: HttpRequest) -> HttpResponse:
    """The chosen drafts, then one document for all: sent together or not at all."""
    bodies_of(request)
    asked = request.POST.getlist("ids") or request.GET.getlist("ids")
    ids = [int(one) for one in asked[:500] if one.isascii() and one.isdecimal() and len(one) < 18]
    rows = selectors.drafts_of(actor=actor_of(request), ids=ids)
    if not rows:
        messages.error(request, _("Choose at least one draft."))
        return redirect(f"{reverse('desk:recommendations')}?xem=drafts")
    form = SendManyForm(request.POST or None, session=any(row.by_session for row in rows))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = recommendations_send(
                    acting=actor_of(request), ids=[row.pk for row in rows],
                    document=form.cleaned_data["document"], session_on=form.session(),
                )  # fmt: skip
                messages.success(
                    request,
                    ngettext("%(n)d recommendation sent.", "%(n)d recommendations sent.", len(done))
                    % {"n": len(done)},
                )
                return redirect("desk:recommendations")
            except MatterError as error:
                refusal_show(form, error)
    context = {"form": form, "rows": rows}
    return render(request, "desk/recommendation_send.html", context, status=status)
