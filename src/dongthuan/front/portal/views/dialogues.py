"""Dialogues of heads for everybody: the calendar, asking, the live list, answers and promises."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.services import PersonError
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.front.portal.dialogues_forms import CalendarForm, FrequencyForm, QuestionForm
from dongthuan.front.portal.limits import HALL_QUESTIONS, QUESTIONS
from dongthuan.front.showing import refusal_show
from dongthuan.insight.statistics.selectors import year_until
from dongthuan.work.dialogues import selectors
from dongthuan.work.dialogues.frequency import frequencies
from dongthuan.work.dialogues.icalendar import Event, calendar_text
from dongthuan.work.dialogues.models import Dialogue
from dongthuan.work.dialogues.questions import question_ask
from dongthuan.work.receptions.compliance import compliance, recorded_since
from dongthuan.work.receptions.models import Reception
from dongthuan.work.receptions.selectors import sessions_between

REFRESH_SECONDS = 15
MEETING = dt.timedelta(hours=2)  # how long a calendar shows a dialogue, whose end nobody sets
BEFORE, AFTER = dt.timedelta(days=31), dt.timedelta(days=183)


@dataclass(frozen=True)
class Line:
    """A day of a head in the calendar: a reception or a dialogue."""

    sort: str  # reception, dialogue
    starts: dt.datetime
    ends: dt.datetime
    title: str
    host: str
    place: str
    url: str
    row: Dialogue | Reception


def lines_between(within: Unit, since: dt.date, until: dt.date) -> list[Line]:
    """Receptions and dialogues of the days together, soonest first; two queries."""
    found = [
        _session_line(row) for row in sessions_between(within=within, since=since, until=until)
    ]
    rows = selectors.dialogues_between(within=within, since=since, until=until)
    return sorted(found + [_dialogue_line(row) for row in rows], key=lambda line: line.starts)


def _session_line(row: Reception) -> Line:
    ends = timezone.make_aware(
        dt.datetime.combine(row.held_on, row.ends_at), timezone.get_default_timezone()
    )
    return Line(
        "reception", row.event_at, ends, _("Citizen reception"),
        row.position.label if row.position else row.unit.label, row.venue,
        reverse("portal:reception", args=[row.code]), row,
    )  # fmt: skip


def _dialogue_line(row: Dialogue) -> Line:
    starts = timezone.localtime(row.held_at)
    return Line(
        "dialogue", starts, starts + MEETING, row.title, row.host.label, row.venue,
        reverse("portal:dialogue", args=[row.code]), row,
    )  # fmt: skip


@require_safe
def dialogues(request: HttpRequest) -> HttpResponse:
    """What comes, a month of receptions and dialogues, and what became of the past ones."""
    form = CalendarForm({"thang": f"{clock.today():%Y-%m}", **request.GET.dict()})
    asked = form.cleaned_data if form.is_valid() else {}
    within = unit_by_code(asked.get("unit") or settings.SCOPE)
    first = asked.get("thang") or clock.today().replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    plain = {"unit": asked["unit"]} if asked.get("unit") else {}
    after = request.GET.get("after", "")[:60]
    past = selectors.dialogues_public(within=within, past=True, after=after, size=20)
    context = {
        "form": form,
        "lines": lines_between(within, first, last),
        "first": first,
        "earlier": f"?{urlencode({**plain, 'thang': f'{first - dt.timedelta(days=1):%Y-%m}'})}",
        "later": f"?{urlencode({**plain, 'thang': f'{last + dt.timedelta(days=1):%Y-%m}'})}",
        "feed_url": f"{reverse('portal:dialogue_feed')}?{urlencode(plain)}".rstrip("?"),
        **({} if after else _ahead(within)),
        "past": past,
        "further": f"?{urlencode({**plain, 'after': past.next})}" if past.next else "",
        "today": clock.today(),
    }
    return render(request, "portal/dialogues.html", context)


def _ahead(within: Unit) -> dict[str, list[Dialogue]]:
    """The next dialogues, and the yearly ones that have no day yet."""
    rows = selectors.dialogues_public(within=within, size=100).rows
    coming = [row for row in rows if row.state in ("announced", "open") and row.held_at]
    return {"coming": coming[:12], "owed": [row for row in rows if row.held_at is None]}


@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The same for telephones to subscribe to: a month back, half a year ahead (RFC 5545)."""
    form = CalendarForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    within, today = unit_by_code(asked.get("unit") or settings.SCOPE), clock.today()
    lines = lines_between(within, today - BEFORE, today + AFTER)
    text = calendar_text(
        name=_("Receptions and dialogues: %(place)s") % {"place": within.label},
        events=[_event(line) for line in lines],
        now=clock.now(),
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="lich.ics"'
    return response


def _event(line: Line) -> Event:
    row = line.row
    return Event(
        uid=f"{row.code}@{settings.PUBLIC_URL.partition('//')[2]}", starts=line.starts,
        ends=line.ends, title=f"{line.title} – {line.host}", place=line.place, text=row.agenda,
        url=settings.PUBLIC_URL + line.url, revision=row.version,
        cancelled=row.state in ("cancelled", "missed", "not_held"),
    )  # fmt: skip


@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """How often heads hold dialogues and receive, beside what the rules ask."""
    form = FrequencyForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    within = unit_by_code(asked.get("unit") or settings.SCOPE)
    year = asked.get("nam") or clock.today().year
    context = {
        "form": form,
        "year": year,
        "rows": frequencies(within=within, year=year),
        "chosen": asked.get("unit"),
        **(_receiving(within) if asked.get("unit") else {}),
    }
    return render(request, "portal/dialogue_heads.html", context)


def _receiving(within: Unit) -> dict[str, Any]:
    """The heads' days of reception of one commune in the year so far."""
    office = unit_by_code(f"{within.code}-ubnd")
    since, until = year_until(clock.today())
    start = recorded_since(unit=office, since=since)
    rows = compliance(unit=office, since=start, until=until) if start else []
    return {"receiving": [row for row in rows if row.owed], "since": start, "until": until}


# -- one dialogue ---------------------------------------------------------------------------------


def _found(code: str) -> Dialogue:
    found = selectors.dialogue_public(clean(code))
    if found is None:
        raise Http404
    return found


@require_safe
def dialogue(request: HttpRequest, code: str) -> HttpResponse:
    """When and where; what was asked, answered, promised, and whether it was kept."""
    found = _found(code)
    context = {
        "row": found,
        "story": selectors.story_public(found),
        "invited": found.invitations.exclude(sent_on=None).order_by("id")[:200],
        "partners": found.partners.order_by("sort_key"),
        "today": clock.today(),
    }
    return render(request, "portal/dialogue.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask beforehand, or in the hall by the code; no name is needed."""
    found, hall = _found(code), request.GET.get("tai") == "hoi-truong"
    form, status = QuestionForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not (HALL_QUESTIONS if hall else QUESTIONS).take(request):
            form.add_error(None, _("Too much came from your connection; try again later."))
            status = 429
        elif form.is_valid() and (number := _asked(found, form, hall=hall)):
            there = {"da-hoi": number} | ({"tai": "hoi-truong"} if hall else {})
            return redirect(
                f"{reverse('portal:dialogue_ask', args=[found.code])}?{urlencode(there)}"
            )
    told = request.GET.get("da-hoi", "")
    context = {
        "row": found,
        "form": form if found.takes_questions else None,
        "asked": told if told.isdecimal() and len(told) < 6 else "",
    }
    return render(request, "portal/dialogue_ask.html", context, status=status)


def _asked(found: Dialogue, form: QuestionForm, *, hall: bool) -> int:
    """The number of the question; 0 when it was refused."""
    try:
        return question_ask(
            dialogue=found, text=form.cleaned_data["text"], channel="hall" if hall else "web",
            asker=form.asker(),
        ).number  # fmt: skip
    except (MatterError, PersonError) as error:
        refusal_show(form, error)
        return 0


@never_cache
@require_safe
def live(request: HttpRequest, code: str) -> HttpResponse:
    """Questions for the screen of the hall. It renews itself by a header, unless told not to."""
    found = _found(code)
    running = found.takes_questions
    still = request.GET.get("dung") == "1" or not running
    rows = selectors.questions_live(found)
    context = {"row": found, "rows": rows, "still": still, "running": running}
    response = render(request, "portal/dialogue_live.html", context)
    if not still:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response
