"""What bodies recommend to authorities and what was answered; criticism of drafts; hearings."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dongthuan.core import clock
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import communes_in_use, unit_by_code
from dongthuan.front.portal.recommendations_forms import RegisterFilterForm
from dongthuan.front.recommendation_tables import board_table
from dongthuan.work.recommendations import figures, selectors
from dongthuan.work.recommendations.selectors import Wanted

FEED_SIZE = 40


def _communes() -> dict[str, Unit]:
    return {unit.code: unit for unit in communes_in_use(settings.SCOPE)}


def _asked(request: HttpRequest) -> tuple[RegisterFilterForm, Unit, Wanted]:
    """The filter, the place it names and what is wanted; what is wrong in it is left out."""
    communes = _communes()
    scope = unit_by_code(settings.SCOPE)
    form = RegisterFilterForm(
        request.GET, communes=list(communes.values()), units=selectors.units_public(within=scope)
    )
    form.is_valid()
    asked = form.cleaned_data
    wanted = Wanted(
        view=asked.get("xem") or "all", unit=asked.get("unit") or "",
        source=asked.get("source") or "", q=asked.get("q") or "", year=asked.get("year") or 0,
    )  # fmt: skip
    return form, communes.get(asked.get("commune") or "", scope), wanted


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What was sent, newest first, with its answer; the hearings and drafts of the place."""
    form, within, wanted = _asked(request)
    after = request.GET.get("after", "")[:20]
    page = selectors.recommendations_public(within=within, wanted=wanted, after=after)
    names = ("commune", "unit", "source", "xem", "year", "q")
    plain = {name: value for name in names if (value := form.cleaned_data.get(name))}
    context = {
        "form": form,
        "page": page,
        "next_url": f"?{urlencode({**plain, 'after': page.next})}" if page.next else "",
        "feed_url": f"{reverse('portal:recommendations_feed')}?{urlencode(plain)}",
        "hearings": [] if after else selectors.hearings_public(within=within, size=6),
        "drafts": [] if after else selectors.criticisms_public(within=within, size=3).rows,
        "today": clock.today(),
    }
    return render(request, "portal/recommendations.html", context)


@require_safe
def recommendation(request: HttpRequest, code: str) -> HttpResponse:
    """One recommendation from the day it was sent: answer, reasons, what was done, its course."""
    found = selectors.recommendation_public(clean(code))
    if found is None:
        raise Http404
    context = {"row": found, "story": selectors.story_of(found), "today": clock.today()}
    return render(request, "portal/recommendation.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The register as Atom: whoever follows it learns of new ones and of answers."""
    _form, within, wanted = _asked(request)
    rows = selectors.recommendations_public(within=within, wanted=wanted, size=FEED_SIZE).rows
    context = {
        "rows": rows,
        "within": within,
        "base": request.build_absolute_uri("/").rstrip("/"),
        "self_url": request.build_absolute_uri(),
        "updated": max((row.answered_on or row.sent_on for row in rows), default=None),
    }
    kind = "application/atom+xml; charset=utf-8"
    return render(request, "portal/recommendations_feed.xml", context, content_type=kind)


def _place(request: HttpRequest) -> tuple[Unit, int, str]:
    """The place and year of a scoreboard, and what its links carry on."""
    code = request.GET.get("commune", "")[:20]
    within = _communes().get(code)
    said = request.GET.get("nam", "")
    year = int(said) if said.isascii() and said.isdecimal() and len(said) == 4 else 0
    return within or unit_by_code(settings.SCOPE), year, f"commune={within.code}" if within else ""


@require_safe
def scoreboard(request: HttpRequest) -> HttpResponse:
    """By authority and by source; every number opens the list behind it."""
    within, year, keep = _place(request)
    rows = selectors.public_rows(within=within, year=year)
    context = {
        "within": within,
        "boards": [
            (_("By authority"), "unit", figures.by_unit(rows)),
            (_("By source"), "source", figures.by_source(rows)),
        ],
        "total": figures.totals(rows),
        "measures": figures.measures(clock.today()),
        "list_url": reverse("portal:recommendations"),
        "csv_url": reverse("portal:recommendations_csv"),
        "keep": keep,
        "year": year,
        "years": range(clock.today().year, clock.today().year - 5, -1),
    }
    return render(request, "portal/recommendation_scores.html", context)


@require_safe
def scoreboard_csv(request: HttpRequest) -> HttpResponse:
    within, year, _keep = _place(request)
    body = board_table(selectors.public_rows(within=within, year=year))
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    name = f"kien-nghi-{within.code}-{year or 'tat-ca'}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@require_safe
def criticisms(request: HttpRequest) -> HttpResponse:
    """Drafts on which the Front was heard: what was taken up of its opinion, and why not."""
    page = selectors.criticisms_public(
        within=unit_by_code(settings.SCOPE), after=request.GET.get("after", "")[:20]
    )
    context = {
        "page": page,
        "next_url": f"?after={page.next}" if page.next else "",
        "today": clock.today(),
    }
    return render(request, "portal/criticisms.html", context)


@require_safe
def criticism(request: HttpRequest, code: str) -> HttpResponse:
    """One draft: the opinion point by point, and what became of each."""
    found = selectors.criticism_public(clean(code))
    if found is None:
        raise Http404
    context = {
        "row": found,
        "points": list(found.points.all()),
        "story": selectors.story_of(found),
        "today": clock.today(),
    }
    return render(request, "portal/criticism.html", context)


@require_safe
def hearing(request: HttpRequest, code: str) -> HttpResponse:
    """One hearing: agenda, minutes, promises."""
    found = selectors.hearing_public(clean(code))
    if found is None:
        raise Http404
    context = {
        "row": found,
        "agenda": selectors.agenda_of(found),
        "promises": selectors.promises_of(found),
        "story": selectors.story_of(found),
        "today": clock.today(),
    }
    return render(request, "portal/hearing.html", context)
