"""The front page, what this is, and whether it is up."""

from __future__ import annotations

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dongthuan.core import clock
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.front.portal.memory import remembered
from dongthuan.front.telling import rows_told
from dongthuan.insight.search.selectors import newest_answers
from dongthuan.insight.statistics.selectors import scoreboard, year_until
from dongthuan.work.news.selectors import newest as newest_news

NEWEST = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here, how promises are kept, and the newest answers."""
    unit = unit_by_code(settings.SCOPE)
    since, until = year_until(clock.today())
    context = {
        "unit": unit,
        "board": remembered(
            lambda: scoreboard(unit=unit, since=since, until=until), "board", unit.pk, until
        ),
        "newest": rows_told(newest_answers(size=NEWEST)),
        "news": newest_news(size=3),
        "entrances": _entrances(),
        "democracy": _democracy(),
        "coordination": _coordination(),
    }
    return render(request, "portal/home.html", context)


def _entrances() -> list[dict[str, str]]:
    return [
        {
            "url": "/gui/?loai=phan-anh",
            "icon": "megaphone",
            "title": _("Feedback"),
            "text": _("Something is wrong and should be put right."),
        },
        {
            "url": "/gui/?loai=kien-nghi",
            "icon": "star",
            "title": _("Recommendation"),
            "text": _("Something should be done better."),
        },
        {
            "url": "/gui/?loai=khieu-nai",
            "icon": "scale",
            "title": _("Complaint"),
            "text": _("A decision or act has harmed my own rights."),
        },
        {
            "url": "/to-cao/",
            "icon": "lock",
            "title": _("Denunciation"),
            "text": _("Somebody has broken the law. It is sealed from the first moment."),
        },
        {
            "url": "/tra-cuu/",
            "icon": "search",
            "title": _("Look up"),
            "text": _("See how your matter goes, with code and secret."),
        },
        {
            "url": "/don-vi/",
            "icon": "building",
            "title": _("My office"),
            "text": _("Promises kept and broken, commune by commune."),
        },
    ]


def _democracy() -> list[dict[str, str]]:
    """The four contents of grassroots democracy, and what the people pay and think of it."""
    return [
        {
            "url": "/cong-khai/",
            "icon": "megaphone",
            "title": _("The people know"),
            "text": _("What the commune must make public, whether it did, and where it is posted."),
        },
        {
            "url": "/ban-va-quyet-dinh/",
            "icon": "vote",
            "title": _("The people discuss and decide"),
            "text": _("Votes of the households: what about, when, and the count for everybody."),
        },
        {
            "url": "/lay-y-kien/",
            "icon": "chat",
            "title": _("The people comment"),
            "text": _("Drafts open for comment, and what was taken up or not, with the reason."),
        },
        {
            "url": "/giam-sat/",
            "icon": "eye",
            "title": _("The people supervise"),
            "text": _("Boards, findings, and the answers that the authority owes them."),
        },
        {
            "url": "/du-an/",
            "icon": "bridge",
            "title": _("Projects and contributions"),
            "text": _("Works from plan to handover; every đồng and every day of labour given."),
        },
        {
            "url": "/hai-long/",
            "icon": "star",
            "title": _("How satisfied people are"),
            "text": _("Rate a desk or the commune; results each quarter."),
        },
    ]


def _coordination() -> list[dict[str, str]]:
    """What two bodies promise each other and the people."""
    return [
        {
            "url": "/phoi-hop/",
            "icon": "seal",
            "title": _("Plans that both sides signed"),
            "text": _("Each task of the year, how far it is, and why."),
        },
        {
            "url": "/kien-nghi/",
            "icon": "send",
            "title": _("Recommendations and their answers"),
            "text": _("Of the Front, the boards and the voters; what was taken up or refused."),
        },
        {
            "url": "/doi-thoai/",
            "icon": "dialogue",
            "title": _("Dialogues with the heads"),
            "text": _("When they receive and talk; ask in advance, see what was promised."),
        },
        {
            "url": "/van-ban/",
            "icon": "file",
            "title": _("Directing documents"),
            "text": _("What was ordered, of whom, and what became of it."),
        },
        {
            "url": "/dan-van-kheo/",
            "icon": "star",
            "title": _("Models worth copying"),
            "text": _("What residential groups and bodies tried, with results, and who copied it."),
        },
        {
            "url": "/diem-nong/",
            "icon": "megaphone",
            "title": _("Affairs that concern many"),
            "text": _("Approved information, questions and answers."),
        },
    ]


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing of anybody."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers too; 503 keeps visitors away until it does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
