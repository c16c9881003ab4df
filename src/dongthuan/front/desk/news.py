"""News at the desk: drafting, pictures, links, release, correction."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.services import attachment_store
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.news_forms import (
    ArticleEditForm,
    ArticleForm,
    ArticlePictureForm,
    CorrectionForm,
    LinkForm,
)
from dongthuan.front.desk.serving import form_serve
from dongthuan.work.news import selectors, services
from dongthuan.work.news.markup import render as rendered
from dongthuan.work.news.models import Picture
from dongthuan.work.news.selectors import ArticleView

VIEWS = ("all", "draft", "scheduled", "published")


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(reverse("desk:news"), _("News")), *more]


@require_safe
@official_required
def news(request: HttpRequest) -> HttpResponse:
    """Articles in sight by their state."""
    actor, after = actor_of(request), request.GET.get("after", "")[:20]
    view = request.GET.get("xem", "all")
    view = view if view in VIEWS else "all"
    page = selectors.article_list(actor=actor, view=view, after=after)
    context = {
        "view": view,
        "page": page,
        "next_url": f"?xem={view}&after={page.next}" if page.next else "",
        "writes": selectors.bodies_of(actor).exists(),
    }
    return render(request, "desk/news_list.html", context)


@official_required
def article_new(request: HttpRequest) -> HttpResponse:
    """Begin an article in the name of a body of one's own."""
    actor = actor_of(request)
    units = selectors.bodies_of(actor)
    if not units.exists():
        raise Http404
    form = ArticleForm(request.POST or None, units=units, initial={"unit": units.first()})

    def act(data: dict[str, Any]) -> str:
        made = services.article_draft(acting=actor, **data)
        return reverse("desk:article", args=[made.code])

    return form_serve(
        request, form, act, title=_("Write an article"), submit=_("Keep the draft"),
        crumbs=_crumbs(),
        lead=_("Nobody outside your body reads it before it is released."),
    )  # fmt: skip


def _article(request: HttpRequest, code: str, *states: str) -> ArticleView:
    view = selectors.article_view(actor=actor_of(request), code=code)
    if view is None or (states and not (view.writes and view.article.state in states)):
        raise Http404
    return view


def _there(view: ArticleView) -> str:
    return reverse("desk:article", args=[view.article.code])


@require_safe
@official_required
def article(request: HttpRequest, code: str) -> HttpResponse:
    """An article as it will be read, and what may be done with it."""
    view = _article(request, code)
    context = {
        "view": view,
        "article": view.article,
        "body": rendered(view.article.body),
        "today": clock.today(),
    }
    return render(request, "desk/news_article.html", context)


def _words_of(view: ArticleView) -> dict[str, Any]:
    return {name: getattr(view.article, name) for name in ("title", "lead", "body", "topic")}


@official_required
def article_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Write a draft anew."""
    view = _article(request, code, "draft")
    as_read = _words_of(view) | {"version": view.article.version}
    form = ArticleEditForm(request.POST or None, initial=as_read)

    def act(data: dict[str, Any]) -> str:
        services.article_edit(acting=actor_of(request), article=view.article, **data)
        return _there(view)

    return form_serve(
        request, form, act, title=_("Write the draft anew"), submit=_("Save"),
        crumbs=_crumbs((_there(view), view.article.code)),
    )  # fmt: skip


@official_required
def article_correct(request: HttpRequest, code: str) -> HttpResponse:
    """Correct what is published: the text as it stands, and a note for everybody."""
    view = _article(request, code, "published", "corrected")
    if not any(step.name == "correct" for step in view.steps):
        raise Http404
    form = CorrectionForm(request.POST or None, initial=_words_of(view))

    def act(data: dict[str, Any]) -> str:
        matter_act(
            acting=actor_of(request), matter_id=view.article.pk, step_name="correct", data=data
        )
        return _there(view)

    return form_serve(
        request, form, act, title=_("Correct the article"), submit=_("Correct the article"),
        crumbs=_crumbs((_there(view), view.article.code)),
        lead=_("The note stands on the article; the text as it was before is kept."),
    )  # fmt: skip


@official_required
def picture_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add a picture with its words to a draft."""
    view = _article(request, code, "draft")
    form = ArticlePictureForm(request.POST or None, request.FILES or None)

    @transaction.atomic
    def act(data: dict[str, Any]) -> str:
        stored = attachment_store(upload=data["picture"])
        services.picture_add(
            acting=actor_of(request), article=view.article, attachment=stored, alt=data["alt"],
            caption=data["caption"],
        )  # fmt: skip
        return _there(view)

    return form_serve(
        request, form, act, title=_("Add a picture"), submit=_("Add"), multipart=True,
        crumbs=_crumbs((_there(view), view.article.code)),
    )  # fmt: skip


@require_POST
@official_required
def picture_remove(request: HttpRequest, picture_id: int) -> HttpResponse:
    """Take a picture out of a draft."""
    found = Picture.objects.select_related("article").filter(pk=picture_id).first()
    if found is None:
        raise Http404
    view = _article(request, found.article.code)
    try:
        services.picture_remove(acting=actor_of(request), picture=found)
    except MatterError as error:
        messages.error(request, error.message)
    return redirect(_there(view))


@official_required
def article_link(request: HttpRequest, code: str) -> HttpResponse:
    """Say which matter, disclosure or article it is about."""
    view = _article(request, code, "draft", "scheduled", "published", "corrected")
    form = LinkForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        services.article_link(acting=actor_of(request), article=view.article, code=data["code"])
        return _there(view)

    return form_serve(
        request, form, act, title=_("Link the article"), submit=_("Link"),
        crumbs=_crumbs((_there(view), view.article.code)),
        lead=_("Readers see the link if the matter itself is public."),
    )  # fmt: skip
