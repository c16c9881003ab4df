"""Disclosure at the desk: what is owed, one disclosure with its content, places and checks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.photos import photo_facts
from dongthuan.core.papers.responses import bytes_response
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.tables import table_xlsx
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.disclosure_forms import (
    CheckForm,
    ContentForm,
    DisclosureForm,
    PostingForm,
    item_choices,
)
from dongthuan.front.desk.views import stored_papers
from dongthuan.work.disclosure import contents, rules, selectors
from dongthuan.work.disclosure.models import Disclosure, Place
from dongthuan.work.disclosure.owing import places_ensure
from dongthuan.work.disclosure.postings import (
    Hung,
    Photo,
    check_judge,
    check_record,
    posting_end,
    postings_record,
)
from dongthuan.work.disclosure.services import content_set, disclosure_create

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHEET = 10 * 1024 * 1024
Refused = (MatterError, UploadError)


def show(form: BaseForm, error: Exception) -> None:
    """Put a refusal beside its field, or above the form."""
    name = getattr(error, "field", "")
    form.add_error(name if name in form.fields else None, str(getattr(error, "message", error)))


@require_safe
@official_required
def disclosures(request: HttpRequest) -> HttpResponse:
    """What is owed soonest first, or everything of an item or quarter, newest first."""
    actor, asked = actor_of(request), request.GET
    view = "all" if asked.get("xem") == "tat-ca" else ""
    item = asked.get("muc", "")[:2]
    quarter = asked.get("quy", "")[:6]
    page = selectors.disclosure_list(
        actor=actor, view=view, item=item, quarter=quarter, after=asked.get("after", "")[:40]
    )
    query = request.GET.copy()
    query["after"] = page.next
    context = {
        "page": page,
        "view": view,
        "item": item,
        "items": [
            *item_choices(), (rules.REGISTER, rules.item_label(rules.REGISTER, clock.today())),
        ],
        "next_url": f"?{query.urlencode()}" if page.next else "",
        "offices": selectors.offices_of(actor),
        "reports": selectors.reports_open(actor=actor),
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "desk/disclosure_list.html", context)


@official_required
def disclosure_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    units = selectors.offices_of(actor)
    form = DisclosureForm(request.POST or None, units=units)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = disclosure_create(acting=actor, **form.cleaned_data)
                return redirect("desk:disclosure", code=made.code)
            except MatterError as error:
                show(form, error)
    return render(request, "desk/disclosure_new.html", {"form": form, "units": units},
                  status=status)  # fmt: skip


@require_safe
@official_required
def disclosure(request: HttpRequest, code: str) -> HttpResponse:
    """A disclosure: its state, every place with what is owed and hangs there, what to do now."""
    view = selectors.disclosure_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {
        "view": view,
        "found": view.found,
        "today": clock.today(),
        "table": contents.public_table(view.found) if view.keeps or view.found.public else None,
        "check_form": CheckForm(
            places=[s.place for s in view.spots], initial={"on": clock.today()}
        ),
        "may_record": view.found.public and (view.keeps or view.own),
    }
    return render(request, "desk/disclosure.html", context)


def _kept(request: HttpRequest, code: str) -> Disclosure:
    found = selectors.disclosure_get(actor=actor_of(request), code=code)
    if found is None or not selectors.keeps(actor_of(request), found.unit):
        raise Http404
    return found


@official_required
def content(request: HttpRequest, code: str) -> HttpResponse:
    """Write what everybody will read; a spreadsheet becomes the table."""
    found = _kept(request, code)
    if (wanted := request.GET.get("mau", "")) and (sample := _sample(found, wanted)):
        return sample
    names = ("title", "symbol", "summary", "content_type", "full_names")
    initial = {name: getattr(found, name) for name in names}
    form = ContentForm(request.POST or None, request.FILES or None, found=found, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _written(request, found, form)
                return redirect("desk:disclosure_preview", code=code)
            except Refused as error:
                show(form, error)
    kinds = [kind for kind in contents.types_for(found.item) if kind.code != "register"]
    context = {"form": form, "found": found, "kinds": kinds}
    return render(request, "desk/disclosure_content.html", context, status=status)


def _sample(found: Disclosure, wanted: str) -> HttpResponse | None:
    """An empty table with the right heads, to be filled in."""
    for kind in contents.types_for(found.item):
        if kind.code == wanted != rules.REGISTER:
            return bytes_response(
                name=f"mau-{kind.code.replace('_', '-')}.xlsx", content_type=XLSX,
                data=table_xlsx([column.vi for column in kind.columns], []),
            )  # fmt: skip
    return None


@transaction.atomic
def _written(request: HttpRequest, found: Disclosure, form: ContentForm) -> None:
    """A file of a content that is refused is not kept."""
    data = dict(form.cleaned_data)
    sheet = data.pop("sheet")
    if sheet and sheet.size > MOST_SHEET:
        raise MatterError(_("The spreadsheet is larger than 10 MB."), field="sheet")
    content_set(
        acting=actor_of(request), disclosure_id=found.pk, sheet=sheet.read() if sheet else None,
        papers=stored_papers(request), **data,
    )  # fmt: skip


@require_safe
@official_required
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """Exactly what everybody will read, with what still looks personal; `dang=csv` the file."""
    found = _kept(request, code)
    table = contents.public_table(found)
    if request.GET.get("dang") == "csv" and table:
        return bytes_response(name=f"{code}.csv", content_type="text/csv", data=table.csv())
    context = {
        "row": found,
        "table": table,
        "warnings": contents.warnings(found, table),
        "papers": found.papers.select_related("attachment").order_by("id")[:50],
    }
    return render(request, "desk/disclosure_preview.html", context)


@official_required
def post(request: HttpRequest, code: str) -> HttpResponse:
    """Record where it hangs, was broadcast or told: all places in one go."""
    actor = actor_of(request)
    view = selectors.disclosure_view(actor=actor, code=code)
    if view is None or not (view.keeps or view.own):
        raise Http404
    places = _places(view)
    channels = "acdđeghik" if view.keeps else "ad"
    channel = "a" if view.keeps else "d"  # what a village head owes first is to tell the people
    waiting = [str(spot.place.pk) for spot in view.spots if spot.waits and spot.place in places]
    form = PostingForm(
        request.POST or None, request.FILES or None, places=places, channels=channels,
        initial={"started_on": clock.today(), "places": waiting, "channel": channel},
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _recorded(request, view.found, form)
                messages.success(request, _("It is recorded."))
                return redirect("desk:disclosure", code=code)
            except Refused as error:
                show(form, error)
    context = {"form": form, "found": view.found}
    return render(request, "desk/disclosure_post.html", context, status=status)


def _places(view: selectors.DisclosureView) -> list[Place]:
    if not view.keeps:
        return [spot.place for spot in view.own]
    return [place for place in places_ensure(view.found.unit) if place.sort != "portal"]


@transaction.atomic
def _recorded(request: HttpRequest, found: Disclosure, form: PostingForm) -> None:
    data, account = form.cleaned_data, request.user
    hung = []
    for place in form.chosen():
        photo, upload = None, data.get(f"photo_{place.pk}")
        if upload:
            facts = photo_facts(upload.read())
            upload.seek(0)
            photo = Photo(attachment_store(upload=upload, uploaded_by=account), facts)  # type: ignore[arg-type]
            if not photo.attachment.content_type.startswith("image/"):
                raise MatterError(_("This file is no photograph."), field=f"photo_{place.pk}")
        hung.append(Hung(place, photo))
    postings_record(
        acting=actor_of(request), disclosure_id=found.pk, channel=data["channel"], hung=hung,
        started_on=data["started_on"], ended_on=data["ended_on"], reference=data["reference"],
    )  # fmt: skip


@require_POST
@official_required
def take_down(request: HttpRequest, posting_id: int) -> HttpResponse:
    """It was taken down; today is its last day."""
    try:
        done = posting_end(acting=actor_of(request), posting_id=posting_id, ended_on=clock.today())
    except MatterError as error:
        messages.error(request, error.message)
        return redirect("desk:disclosures")
    messages.success(request, _("It is recorded."))
    return redirect("desk:disclosure", code=done.disclosure.code)


@require_POST
@official_required
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody looked whether it hangs."""
    view = selectors.disclosure_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    form = CheckForm(request.POST, places=[spot.place for spot in view.spots])
    if not form.is_valid():
        messages.error(request, _("Say where, on which day, and whether it was there."))
        return redirect("desk:disclosure", code=code)
    data = form.cleaned_data
    try:
        check_record(
            acting=actor_of(request), disclosure_id=view.found.pk,
            place=form.offered[data["place"]], on=data["on"], seen=data["seen"] == "yes",
            note=data["note"],
        )  # fmt: skip
        messages.success(request, _("It is recorded."))
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:disclosure", code=code)


@require_POST
@official_required
def judge(request: HttpRequest, check_id: int) -> HttpResponse:
    """Confirm or reject what a citizen or a partner reported."""
    confirmed = request.POST.get("go") == "confirm"
    try:
        done = check_judge(acting=actor_of(request), check_id=check_id, confirmed=confirmed)
    except MatterError as error:
        messages.error(request, error.message)
        return redirect("desk:disclosures")
    messages.success(request, _("It is recorded."))
    return redirect("desk:disclosure", code=done.disclosure.code)


@require_http_methods(["GET", "HEAD"])
@official_required
def matrix(request: HttpRequest) -> HttpResponse:
    """The duties of a year: the fourteen items by where they are owed."""
    offices = list(selectors.offices_of(actor_of(request)))
    typed = request.GET.get("nam", "")
    today = clock.today()
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else today.year
    year = year if 2023 <= year <= today.year + 1 else today.year
    tables: list[Any] = [(o, selectors.matrix(unit=o, year=year)) for o in offices[:5]]
    context = {"tables": tables, "year": year}
    return render(request, "desk/disclosure_matrix.html", context)
