"""The early warning at the desk: what rises where, and what can be done about it."""

from __future__ import annotations

import math
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dongthuan.core import clock
from dongthuan.core.papers.responses import bytes_response
from dongthuan.core.tables import table_csv
from dongthuan.core.ui.templatetags.ui import vndate
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.hotspots import opens
from dongthuan.front.desk.radar_asked import Asked, asked_of, signal_asked
from dongthuan.insight.leadership.counting import Period, matters_page
from dongthuan.insight.radar.figures import number
from dongthuan.insight.radar.picture import Picture, picture
from dongthuan.insight.radar.selectors import (
    Reading,
    matters_behind,
    rules_on,
    topic_label,
    watched,
)
from dongthuan.work.notes.rules import own_bodies


@require_safe
@official_required
def overview(request: HttpRequest) -> HttpResponse:
    """Signals of an area on a day, each with what lies behind it and what may follow."""
    asked = asked_of(request)
    found = asked.reading()
    shown = picture(actor=asked.actor, read=found)
    wrong = asked.form.is_bound and not asked.form.is_valid()
    context = {
        "form": asked.form,
        "area": asked.area,
        "found": found,
        "signals": _signals(asked, found, shown),
        "rules": rules_on(found.until),
        "topics": [topic_label(topic) for topic in shown.topics],
        "rows": _rows(shown),
        "query": asked.query(),
        "watches": opens(asked.actor),
        "notes": own_bodies(asked.actor).exists(),
        "today": clock.today(),
    }
    return render(request, "desk/radar.html", context, status=422 if wrong else 200)


def _signals(asked: Asked, found: Reading, shown: Picture) -> list[dict[str, Any]]:
    spots = watched(actor=asked.actor, signals=found.signals)
    return [
        {
            "signal": signal,
            "rise": signal.rise,
            "usual": number(signal.rise.usual),
            "around_usual": number(signal.rise.around_usual),
            "chance": chance_words(signal.rise.chance),
            "query": asked.query(signal),
            "bars": [
                {"label": f"{vndate(first)}–{vndate(last)}", "matters": n}
                for first, last, n in bars
            ],
            "series": [("matters", _("Matters"))],
            "spots": there,
        }
        for signal, there, bars in zip(found.signals, spots, shown.bars, strict=True)
    ]


def chance_words(chance: float) -> str:
    """How rarely chance alone brings so many, in a round number that is not too large."""
    rare = 10 ** min(6, max(1, math.floor(-math.log10(max(chance, 1e-7)))))
    return _("less than once in %(n)s") % {"n": number(rare)}


def _rows(shown: Picture) -> list[tuple[str, list[tuple[str, int, str]], int]]:
    """Places of the table: (name, (topic, now, usual) by topic, sum).

    Nothing is usual for what is not sorted yet: all of the past is.
    """
    return [
        (
            row.label,
            [
                (topic_label(topic), now, number(usual) if topic else "")
                for topic, (now, usual) in zip(shown.topics, row.cells, strict=True)
            ],
            row.total,
        )
        for row in shown.rows
    ]


@require_safe
@official_required
def matters(request: HttpRequest) -> HttpResponse:
    """The matters behind a signal, as far as they are open to the reader; the rest is counted."""
    named = signal_asked(request)
    if named is None:
        raise Http404
    asked, signal = named.asked, named.signal
    behind = matters_page(
        actor=asked.actor, matters=matters_behind(area=asked.area, signal=signal),
        after=request.GET.get("after", "")[:20],
    )  # fmt: skip
    query = asked.query(signal)
    context = {
        "title": named.title,
        "behind": behind,
        "area": signal.place,
        "period": Period(signal.since, signal.until),
        "room": _("Early warning"),
        "back": f"{reverse('desk:radar')}?{asked.query()}",
        "next_url": f"?{query}&after={behind.next}" if behind.next else "",
        "today": clock.today(),
    }
    return render(request, "desk/leadership_number.html", context)


@require_safe
@official_required
def table(request: HttpRequest) -> HttpResponse:
    """The signals as CSV, with every number that they rest on."""
    asked = asked_of(request)
    if asked.form.is_bound and not asked.form.is_valid():
        raise Http404
    found = asked.reading()
    head = [
        _("topic"), _("place"), _("days"), _("from"), _("to"), _("matters"), _("days before"),
        _("matters before"), _("around it now"), _("around it before"), _("different senders"),
        _("chance"),
    ]  # fmt: skip
    rows = [
        [
            one.topic_label, one.where, one.rise.window.days, one.since.isoformat(),
            one.until.isoformat(), one.rise.now, one.rise.past, one.rise.before,
            *one.rise.around, one.senders, f"{one.rise.chance:.2e}",
        ]
        for one in found.signals
    ]  # fmt: skip
    name = f"canh-bao-som-{asked.area.code}-{found.until:%Y-%m-%d}.csv"
    return bytes_response(name=name, content_type="text/csv", data=table_csv(head, rows))
