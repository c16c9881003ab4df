"""Asking the province, and what may be told of a hot spot: drafts, and the head's approval."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dongthuan.core.matters.errors import MatterError
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.hotspots import areas_of, child_of, entered, spot_of
from dongthuan.front.desk.hotspots_forms import (
    NoticeForm,
    OpinionForm,
    PartForm,
    ReasonForm,
    RequestForm,
)
from dongthuan.work.hotspots import rules
from dongthuan.work.hotspots.asking import request_answer, request_send
from dongthuan.work.hotspots.models import Notice, NoticePart, Part, Request
from dongthuan.work.hotspots.notices import (
    notice_publish,
    notice_withdraw,
    notice_write,
    part_publish,
    part_write,
)
from dongthuan.work.hotspots.services import positions_above


@official_required
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the province for its opinion."""
    spot = spot_of(request, code, "lead")
    form = RequestForm(request.POST or None, positions=positions_above(spot))

    def save() -> Request:
        data = form.cleaned_data
        return request_send(
            acting=actor_of(request), hotspot=spot, positions=list(data["positions"]),
            question=data["question"], document=data["document"],
        )  # fmt: skip

    return entered(
        request, form, save, spot=spot, title=_("Ask the province for its opinion"),
        submit=_("Send"),
    )  # fmt: skip


@official_required
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Those who were asked give the opinion."""
    found: Request = child_of(request, Request, pk)
    spot = spot_of(request, found.hotspot.code)
    if Part.CONSULTED not in rules.parts_of(actor_of(request), spot):
        raise Http404
    form = OpinionForm(request.POST or None)
    return entered(
        request, form,
        lambda: request_answer(acting=actor_of(request), request=found, **form.cleaned_data),
        spot=spot, title=_("Give the opinion"), submit=_("Send"), lead=found.question,
    )  # fmt: skip


@official_required
def notice_new(request: HttpRequest, code: str) -> HttpResponse:
    """Draft what may be told."""
    spot = spot_of(request, code, "work")
    form = NoticeForm(request.POST or None, areas=areas_of(spot.path))
    return entered(
        request, form,
        lambda: notice_write(acting=actor_of(request), hotspot=spot, **form.cleaned_data),
        spot=spot, title=_("Draft a notice for everybody"), submit=_("Save the draft"),
    )  # fmt: skip


@official_required
def notice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft anew."""
    found: Notice = child_of(request, Notice, pk)
    spot = spot_of(request, found.hotspot.code, "work")
    initial = {"title": found.title, "place": found.place_id, "body": found.body}
    form = NoticeForm(request.POST or None, areas=areas_of(spot.path), initial=initial)
    return entered(
        request, form,
        lambda: notice_write(
            acting=actor_of(request), hotspot=spot, notice=found, **form.cleaned_data
        ),
        spot=spot, title=_("Write the draft anew"), submit=_("Save the draft"),
    )  # fmt: skip


@official_required
def part_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft an update, or a question with its answer."""
    found: Notice = child_of(request, Notice, pk)
    spot = spot_of(request, found.hotspot.code, "work")
    form = PartForm(request.POST or None)
    return entered(
        request, form,
        lambda: part_write(acting=actor_of(request), notice=found, **form.cleaned_data),
        spot=spot, title=_("Add an update or an answer"), submit=_("Save the draft"),
        lead=found.title,
    )  # fmt: skip


@official_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The head takes a notice from the public page."""
    found: Notice = child_of(request, Notice, pk)
    spot = spot_of(request, found.hotspot.code, "own")
    form = ReasonForm(request.POST or None)
    return entered(
        request, form,
        lambda: notice_withdraw(acting=actor_of(request), notice=found, **form.cleaned_data),
        spot=spot, title=_("Withdraw the notice"), submit=_("Withdraw"), lead=found.title,
    )  # fmt: skip


@require_POST
@official_required
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The head approves a notice."""
    found: Notice = child_of(request, Notice, pk)
    try:
        notice_publish(acting=actor_of(request), notice=found)
        messages.success(request, _("Everybody can read it now."))
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:hotspot", code=found.hotspot.code)


@require_POST
@official_required
def approve_part(request: HttpRequest, pk: int) -> HttpResponse:
    """The head approves an update or an answer."""
    found: NoticePart = child_of(request, NoticePart, pk)
    try:
        part_publish(acting=actor_of(request), part=found)
        messages.success(request, _("Everybody can read it now."))
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:hotspot", code=found.notice.hotspot.code)
