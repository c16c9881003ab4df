"""Citizen reception for everybody: the posted schedule, booking, the numbers of the day."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.services import PersonError
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.front.portal.limits import BOOKINGS, FAILED_LOOKUPS
from dongthuan.front.portal.reception_forms import (
    BookForm,
    BookingLookupForm,
    ChangeForm,
    FindForm,
)
from dongthuan.front.showing import refusal_show
from dongthuan.insight.statistics.selectors import year_until
from dongthuan.work.receptions import rules, selectors
from dongthuan.work.receptions.booking import (
    Booker,
    booking_cancel,
    booking_change,
    booking_create,
    booking_find,
    booking_secret,
)
from dongthuan.work.receptions.compliance import Compliance, compliance, recorded_since
from dongthuan.work.receptions.models import Booking, Reception

REFRESH_SECONDS = 15
Refused = (MatterError, PersonError)


@require_safe
def receptions(request: HttpRequest) -> HttpResponse:
    """Posted sessions to come, of an office and a day if asked for."""
    form = FindForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    within = unit_by_code(asked.get("unit") or settings.SCOPE)
    page = selectors.sessions_public(
        within=within, on=asked.get("day"), after=request.GET.get("after", "")[:40]
    )
    plain = {k: v for k in ("unit", "day") if (v := request.GET.get(k))}
    more = f"?{urlencode({**plain, 'after': page.next})}" if page.next else ""
    context = {"form": form, "rows": page.rows, "pages": {"newer": "", "older": more}}
    return render(request, "portal/receptions.html", context)


def _session(code: str) -> Reception:
    found = selectors.session_public(clean(code)[:40])
    if found is None:
        raise Http404
    return found


@require_safe
def reception(request: HttpRequest, code: str) -> HttpResponse:
    """One session: when, where, who, about what; afterwards its conclusion and promises."""
    found = _session(code)
    context = {
        "row": found,
        "promises": selectors.promises_public(found) if found.closed_at else [],
        "today": clock.today(),
    }
    return render(request, "portal/reception.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, code: str) -> HttpResponse:
    """Book a slot; the answer shows code and secret once, and no address ever holds them."""
    found = _session(code)
    form, status = BookForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not BOOKINGS.take(request):
            form.add_error(None, _("Too many bookings came from your connection; try again later."))
            status = 429
        elif form.is_valid() and (made := _booked(found, form)):
            context = {"booking": made, "row": found, "secret": booking_secret(made)}
            return render(request, "portal/booking_done.html", context)
    context = {"form": form, "row": found}
    return render(request, "portal/reception_book.html", context, status=status)


def _booked(found: Reception, form: BookForm) -> Booking | None:
    data = form.cleaned_data
    try:
        return booking_create(
            reception_id=found.pk, booker=Booker(data["name"], data["phone"], data["email"]),
            about=data["about"], people_count=data["people_count"],
        )  # fmt: skip
    except Refused as error:
        refusal_show(form, error)
        return None


# -- one's own booking ----------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest) -> HttpResponse:
    """POST with code and secret: open, change or cancel; nothing of it is kept on the device."""
    if request.method != "POST":
        return _lookup(request, BookingLookupForm(), 200)
    form = BookingLookupForm(request.POST)
    if not form.is_valid():
        return _lookup(request, form, 422)
    if not FAILED_LOOKUPS.left(request):
        form.add_error(None, _("Too many failed tries; try again in an hour."))
        return _lookup(request, form, 429)
    found = booking_find(**form.cleaned_data)
    if found is None:
        FAILED_LOOKUPS.take(request)
        form.add_error(None, _("Code and secret do not belong together; check both."))
        return _lookup(request, form, 422)
    return _own(request, found, form.cleaned_data["secret"])


def _lookup(request: HttpRequest, form: BookingLookupForm, status: int) -> HttpResponse:
    return render(request, "portal/booking_lookup.html", {"form": form}, status=status)


def _own(request: HttpRequest, found: Booking, secret: str) -> HttpResponse:
    go, status = request.POST.get("go", ""), 200
    form = _change_form(found, request.POST if go == "change" else None)
    if go == "cancel" and request.POST.get("sure") != "on":
        messages.error(request, _("Tick that you give the slot up; nothing was cancelled."))
        status = 422
    elif go == "cancel":
        try:
            booking_cancel(booking=found)
            messages.success(request, _("Your booking is cancelled."))
            return redirect("portal:receptions")
        except MatterError as error:
            messages.error(request, error.message)
    elif go == "change":
        status = 422
        if form.is_valid() and _changed(found, form):
            messages.success(request, _("Your booking is changed."))
            found, status = booking_find(code=found.code, secret=secret) or found, 200
            form = _change_form(found, None)
    context = {"booking": found, "row": found.reception, "secret": secret, "form": form}
    return render(request, "portal/booking.html", context, status=status)


def _change_form(found: Booking, posted: Any) -> ChangeForm:
    """The sessions of the same office that can be booked, the present one among them."""
    rows = selectors.sessions_public(within=found.reception.unit, bookable=True).rows
    choices = [
        (row.pk, f"{row.held_on:%d/%m/%Y} {row.starts_at:%H:%M}")
        for row in rows
        if row.bookable or row.pk == found.reception_id
    ]
    if found.reception_id not in dict(choices):
        choices.insert(0, (found.reception_id, f"{found.reception.held_on:%d/%m/%Y}"))
    known = {"about": found.about, "people_count": found.people_count,
             "reception": found.reception_id}  # fmt: skip
    return ChangeForm(posted, sessions=choices, initial=known)


def _changed(found: Booking, form: ChangeForm) -> bool:
    data = form.cleaned_data
    try:
        booking_change(
            booking=found, about=data["about"], people_count=data["people_count"],
            reception_id=data["reception"],
        )  # fmt: skip
    except MatterError as error:
        refusal_show(form, error)
        return False
    return True


# -- the hall, and the page of a unit -------------------------------------------------------------


@never_cache
@require_safe
def hall(request: HttpRequest, code: str) -> HttpResponse:
    """Numbers for the screen of the hall. It renews itself by a header, unless told not to."""
    found = _session(code)
    still = request.GET.get("dung") == "1" or found.state != "open"
    context = {"row": found, "board": selectors.board(found), "still": still}
    response = render(request, "portal/reception_board.html", context)
    if not still:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


def receptions_of(unit: Unit) -> dict[str, Any]:
    """What the page of a unit shows: the next sessions, and how its heads kept their days."""
    since, until = year_until(clock.today())
    start = recorded_since(unit=unit, since=since)
    rows: list[Compliance] = []
    if start:
        rows = [row for row in compliance(unit=unit, since=start, until=until) if row.owed]
    return {
        "sessions": selectors.sessions_public(within=unit, size=6).rows,
        "heads": rows,
        "since": start,
        "until": until,
        "references": rules.REFERENCES if rows else (),
    }
