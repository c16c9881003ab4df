"""News for everybody: the list, one article, its feed, sending it to a friend."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.papers.responses import attachment_response
from dongthuan.core.text import clean
from dongthuan.core.units.selectors import communes_in_use, unit_by_code
from dongthuan.front.portal.limits import SENDINGS
from dongthuan.front.portal.readers import counts
from dongthuan.front.showing import refusal_show
from dongthuan.work.news import markup, selectors
from dongthuan.work.news.models import Article
from dongthuan.work.news.selectors import Wanted
from dongthuan.work.news.sending import article_send, mail_works
from dongthuan.work.news.services import article_read

FEED_SIZE = 30


class NewsFilterForm(forms.Form):
    q = CleanCharField(label=gettext_lazy("Words"), max_length=200, required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Commune or ward"), required=False)
    topic = forms.ChoiceField(
        label=gettext_lazy("Topic"), required=False,
        choices=[("", gettext_lazy("all")), *TOPICS],
    )  # fmt: skip
    thang = forms.ChoiceField(label=gettext_lazy("Month"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(unit.code, unit.label) for unit in communes_in_use(settings.SCOPE)]
        months = [(key, f"{day:%m/%Y} ({n})") for key, day, n in selectors.months()]
        for name, choices in (("unit", named), ("thang", months)):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                ("", gettext_lazy("all")), *choices
            ]  # fmt: skip


def _asked(form: NewsFilterForm) -> tuple[dict[str, str], Wanted]:
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    unit = unit_by_code(asked["unit"]) if "unit" in asked else None
    return asked, Wanted(
        q=asked.get("q", ""), topic=asked.get("topic", ""), unit=unit, month=asked.get("thang", "")
    )


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Articles, the newest first; by words, place, topic and month; the most read."""
    form = NewsFilterForm(request.GET)
    asked, wanted = _asked(form)
    after = request.GET.get("after", "")[:40]
    page = selectors.news(wanted=wanted, after=after)
    context = {
        "form": form,
        "page": page,
        "next_url": f"?{urlencode({**asked, 'after': page.next})}" if page.next else "",
        "feed_url": f"{reverse('portal:news_feed')}?{urlencode(asked)}",
        "most_read": [] if after or asked else selectors.most_read(),
    }
    return render(request, "portal/news.html", context)


@require_safe
def article(request: HttpRequest, code: str) -> HttpResponse:
    """One article; that it was opened is counted, who opened it is not."""
    found = _article(code)
    if found.state == "withdrawn":
        return render(request, "portal/news_withdrawn.html", {"row": found}, status=410)
    if counts(request):
        article_read(article=found)
    address = _address(found)
    context = {
        "row": found,
        "body": markup.render(found.body),
        "corrections": list(found.corrections.order_by("-id")),
        "related": selectors.related(found),
        "linked": selectors.linked_public(found),
        "address": address,
        "mail_url": f"mailto:?subject={quote(found.title)}&body={quote(address)}",
        "facebook_url": f"https://www.facebook.com/sharer/sharer.php?u={quote(address, safe='')}",
        "may_send": mail_works(),
    }
    return render(request, "portal/news_article.html", context)


def _article(code: str) -> Article:
    found = selectors.article_public(clean(code))
    if found is None:
        raise Http404
    return found


def _address(found: Article) -> str:
    return settings.PUBLIC_URL + reverse("portal:article", args=[found.code])


@require_safe
def picture(request: HttpRequest, handle: UUID) -> HttpResponseBase:
    """A picture of a published article."""
    found = selectors.picture_public(handle)
    if found is None:
        raise Http404
    return attachment_response(found.attachment, inline_ok=True)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest articles as Atom, by the same filters as the list."""
    _given, wanted = _asked(NewsFilterForm(request.GET))
    rows = selectors.news(wanted=wanted, size=FEED_SIZE).rows
    context = {
        "rows": rows, "base": settings.PUBLIC_URL,
        "self_url": settings.PUBLIC_URL + request.get_full_path(),
    }  # fmt: skip
    return render(
        request, "portal/news_feed.xml", context,
        content_type="application/atom+xml; charset=utf-8",
    )  # fmt: skip


class SendForm(forms.Form):
    to = forms.EmailField(label=gettext_lazy("Your friend's e-mail"), max_length=254)
    name = CleanCharField(
        label=gettext_lazy("Your name"), max_length=40, required=False,
        help_text=gettext_lazy("Only if you like. Letters only; no other text can be sent along."),
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Send an article to a friend; nothing of either is kept."""
    found = _article(code)
    if found.state == "withdrawn" or not mail_works():
        raise Http404
    form, status = SendForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not SENDINGS.take(request):
            form.add_error(None, _("Too much came from your connection; try again later."))
            status = 429
        elif form.is_valid():
            try:
                article_send(article=found, address=_address(found), **form.cleaned_data)
                return redirect(f"{reverse('portal:article_send', args=[found.code])}?da-gui=1")
            except MatterError as error:
                refusal_show(form, error)
    context = {"row": found, "form": form, "sent": request.GET.get("da-gui") == "1"}
    return render(request, "portal/news_send.html", context, status=status)
