"""What must my commune tell me, did it, when, where is it: the pages of `/cong-khai/`."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience
from dongthuan.core.papers.responses import attachment_response, bytes_response
from dongthuan.core.people.services import PersonError
from dongthuan.core.tables import table_csv
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.front.portal.access import access_open, account_of, citizen_actor
from dongthuan.front.portal.disclosure_forms import AbsenceForm, AskForm, CommuneForm
from dongthuan.front.portal.limits import Limit
from dongthuan.front.receipts import lookup_qr, receipt_duties
from dongthuan.work.disclosure import contents, public, rules
from dongthuan.work.disclosure.models import Disclosure, Evidence
from dongthuan.work.disclosure.postings import absence_report
from dongthuan.work.disclosure.requests import Asker, inforequest_create
from dongthuan.work.disclosure.selectors import spots_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ABSENCES = Limit("absence", 20)
REQUESTS = Limit("inforequest", 20)
FEED_LENGTH = 30


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Choose a commune; the map of the fourteen items of every commune."""
    form = CommuneForm(request.GET)
    chosen = clean(request.GET.get("unit", ""))[:60]
    if chosen and public.office_public(chosen):
        return redirect("portal:disclosure_unit", unit=chosen)
    scope = unit_by_code(settings.SCOPE)
    states = public.disclosure_state(within=scope)
    context = {
        "form": form,
        "scope": scope,
        "states": [state for state in states if state.used],
        "quiet": [state for state in states if not state.used],
        "items": rules.items(clock.today()),
    }
    return render(request, "portal/disclosure_home.html", context)


def _words() -> dict[str, str]:
    return {
        "good": _("public"), "bad": _("missing, late or interrupted"), "waiting": _("owed"),
        "none": _("nothing to tell"),
    }  # fmt: skip


@require_safe
def map_csv(request: HttpRequest) -> HttpResponse:
    """The map as a table that anybody can count again."""
    states = public.disclosure_state(within=unit_by_code(settings.SCOPE))
    words = _words()
    head = ["ma", "don_vi", "muc", "noi_dung", "trang_thai", "so_tin", "qua_han", "gian_doan",
            "muon"]  # fmt: skip
    rows = [
        [s.unit.code, s.unit.label, cell.item.code, cell.item.label, words[cell.state],
         cell.public, cell.overdue, cell.gaps, cell.late]
        for s in states for cell in s.cells
    ]  # fmt: skip
    return bytes_response(name="cong-khai.csv", content_type="text/csv", data=table_csv(head, rows))


def _office(code: str) -> Unit:
    found = public.office_public(clean(code)[:60])
    if found is None:
        raise Http404
    return found


@require_safe
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """The fourteen items of a commune, each with what was done; the newest disclosures."""
    office = _office(unit)
    (state,) = public.disclosure_state(within=office)
    page = public.public_list(unit=office, after=request.GET.get("after", "")[:20])
    context = {
        "office": office,
        "area": office.parent,
        "code": unit,
        "state": state,
        "rows": page.rows,
        "pages": {"newer": "", "older": f"?after={page.next}" if page.next else ""},
        "today": clock.today(),
    }
    return render(request, "portal/disclosure_unit.html", context)


@require_safe
def item(request: HttpRequest, unit: str, item: str) -> HttpResponse:
    """One item of a commune: where the law wants it, what is public, what is still owed."""
    office, today = _office(unit), clock.today()
    found = next((row for row in rules.items(today) if row.code == item), None)
    if found is None:
        raise Http404
    (state,) = public.disclosure_state(within=office)
    page = public.public_list(unit=office, item=item, after=request.GET.get("after", "")[:20])
    letters = rules.owed(item, today).channels
    context = {
        "office": office,
        "area": office.parent,
        "code": unit,
        "item": found,
        "owed": rules.owed(item, today),
        "channels": [row for row in rules.channels(today) if row.code in letters],
        "cell": next(cell for cell in state.cells if cell.item.code == item),
        "rows": page.rows,
        "coming": public.owed_list(unit=office, item=item),
        "pages": {"newer": "", "older": f"?after={page.next}" if page.next else ""},
        "today": today,
    }
    return render(request, "portal/disclosure_item.html", context)


def _public(code: str) -> Disclosure:
    found = public.public_get(clean(code)[:40])
    if found is None:
        raise Http404
    return found


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    return _one(request, _public(code), None, 200)


def _one(
    request: HttpRequest, found: Disclosure, form: AbsenceForm | None, status: int
) -> HttpResponse:
    """One disclosure: its content, where it hangs and since when, its gaps, its photographs."""
    spots = spots_of(found)
    looked = [spot.place for spot in spots if spot.postings and spot.place.sort != "portal"]
    if form is None and looked:
        form = AbsenceForm(places=looked, initial={"on": clock.today()})
    context = {
        "row": found,
        "table": contents.public_table(found),
        "papers": found.papers.filter(audience=Audience.PUBLIC)
        .exclude(attachment__in=Evidence.objects.filter(posting__disclosure=found,
                                                        attachment__isnull=False)
                 .values("attachment"))
        .select_related("attachment").order_by("id")[:50],
        "spots": spots,
        "elsewhere": found.postings.filter(place=None).order_by("started_on", "id")[:50],
        "corrections": public.corrections_of(found),
        "form": form,
        "today": clock.today(),
        "unit_code": found.unit.parent.code if found.unit.parent else found.unit.code,
    }  # fmt: skip
    return render(request, "portal/disclosure.html", context, status=status)


@require_POST
def absent(request: HttpRequest, code: str) -> HttpResponse:
    """“I did not see it there”: an official must look before it counts."""
    found = _public(code)
    places = [spot.place for spot in spots_of(found) if spot.postings]
    form = AbsenceForm(request.POST, places=places)
    if not form.is_valid():
        return _one(request, found, form, 422)
    if not ABSENCES.take(request):
        form.add_error(None, _("Too many reports came from your connection; try again later."))
        return _one(request, found, form, 429)
    data = form.cleaned_data
    try:
        absence_report(
            code=found.code, place_id=int(data["place"]), on=data["on"], note=data["note"]
        )
    except MatterError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return _one(request, found, form, 422)
    messages.success(request, _("Thank you. An official looks and records what is there."))
    return redirect("portal:disclosure", code=found.code)


@require_safe
def table(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The public table as a file, the same rows as on the page."""
    found = _public(code)
    shown = contents.public_table(found)
    if shown is None or kind not in ("csv", "xlsx"):
        raise Http404
    name = f"{found.code}.{kind}"
    if kind == "csv":
        return bytes_response(name=name, content_type="text/csv", data=shown.csv())
    response = HttpResponse(shown.xlsx(found.title), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@require_safe
def photo(request: HttpRequest, code: str, evidence_id: int) -> HttpResponseBase:
    """A photograph of what hung; pictures were cleaned of what they told of their camera."""
    found = _public(code)
    row = (
        Evidence.objects.filter(pk=evidence_id, posting__disclosure=found)
        .exclude(attachment=None)
        .select_related("attachment")
        .first()
    )
    if row is None or row.attachment is None:
        raise Http404
    response = attachment_response(row.attachment, inline_ok=True)
    # The name that the file had on an official's telephone is nobody's business.
    name = f"{found.code}-{row.pk}{PurePath(row.attachment.name).suffix}"
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


@require_safe
def paper(request: HttpRequest, code: str, paper_id: int) -> HttpResponseBase:
    """A file of the disclosure that everybody may read."""
    found = _public(code)
    row = (
        found.papers.filter(pk=paper_id, audience=Audience.PUBLIC)
        .select_related("attachment")
        .first()
    )
    if row is None:
        raise Http404
    return attachment_response(row.attachment, inline_ok=True)


@require_safe
def feed(request: HttpRequest, unit: str) -> HttpResponse:
    """What a commune disclosed, as an Atom feed (RFC 4287)."""
    office = _office(unit)
    base = settings.PUBLIC_URL
    home = f"{base}{reverse('portal:disclosure_unit', args=[unit])}"
    made = Atom1Feed(
        title=_("Disclosure: %(name)s") % {"name": office.label}, link=home,
        feed_url=f"{base}{reverse('portal:disclosure_feed', args=[unit])}", description="",
        language=request.LANGUAGE_CODE,  # type: ignore[attr-defined]
        author_name=office.label,
    )  # fmt: skip
    for row in public.public_list(unit=office, size=FEED_LENGTH).rows:
        link = f"{base}{reverse('portal:disclosure', args=[row.code])}"
        made.add_item(
            title=row.title, link=link, unique_id=link, pubdate=row.published_at,
            updateddate=row.closed_at or row.published_at,
            description=f"{row.item_label}. {row.symbol}".strip(),
        )  # fmt: skip
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


# -- asking for what is not there -----------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, unit: str) -> HttpResponse:
    """A request for information (Luật Tiếp cận thông tin 2016); code and secret are shown once."""
    office = _office(unit)
    about = public.public_get(clean(request.GET.get("tin", ""))[:40])
    initial: dict[str, Any] = {"item": request.GET.get("muc", "")[:2]}
    if about and about.unit_id == office.pk:
        initial = {"item": about.item, "text": f"{about.title} ({about.code})"}
    form, status = AskForm(request.POST or None, initial=initial), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not REQUESTS.take(request):
            form.add_error(None, _("Too many requests came from your connection; try again later."))
            status = 429
        elif form.is_valid() and (answer := _asked(request, office, form, about)):
            return answer
    context = {"form": form, "office": office, "area": office.parent, "code": unit}
    return render(request, "portal/disclosure_ask.html", context, status=status)


def _asked(
    request: HttpRequest, office: Unit, form: AskForm, about: Disclosure | None
) -> HttpResponse | None:
    data = dict(form.cleaned_data)
    account = account_of(request)
    names = ("name", "address", "phone", "email", "id_number")
    asker = Asker(**{name: data.pop(name) for name in names}, account=account)
    try:
        made = inforequest_create(
            acting=citizen_actor(account), place=office, asker=asker, **data,
            about=about if about and about.unit_id == office.pk else None,
        )  # fmt: skip
    except (MatterError, PersonError) as error:
        name = getattr(error, "field", "")
        message = str(getattr(error, "message", error))
        form.add_error(name if name in form.fields else None, message)
        return None
    context = {
        "matter": made.matter, "secret": made.secret, "submission": made.submission,
        "qr": lookup_qr(made.matter), "duties": receipt_duties(made.matter),
        "today": clock.today(),
    }  # fmt: skip
    response = render(request, "portal/disclosure_asked.html", context)
    access_open(response, made.submission)
    return response
