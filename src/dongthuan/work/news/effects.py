"""What steps of an article change; called inside the engine's transaction."""

from __future__ import annotations

import datetime as dt
import re
from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Audience, Level, Paper, Projection
from dongthuan.core.text import clean
from dongthuan.work.news.markup import plain
from dongthuan.work.news.models import Article, Correction
from dongthuan.work.news.words import words_checked

_TIME = re.compile(r"([01]?\d|2[0-3])[:hg.]([0-5]\d)")


def _article(context: StepContext) -> Article:
    return cast(Article, context.matter)


def approve(context: StepContext) -> None:
    """Released for a day and hour; without them it appears with the next minute."""
    article = _article(context)
    if article.pictures.filter(alt="").exists():
        raise MatterError(_("A picture has no words for those who do not see it."))
    article.due_at = _due(context)
    context.facts["due_at"] = f"{timezone.localtime(article.due_at):%d/%m/%Y %H:%M}"


def _due(context: StepContext) -> dt.datetime:
    on, at = context.data.get("on"), clean(context.data.get("at") or "")
    if on is None:
        if at:
            raise MatterError(_("Give the day too."), field="on")
        return context.now
    match = _TIME.fullmatch(at or "7:00")
    if match is None:
        raise MatterError(_("Write the hour like 7:30."), field="at")
    moment = dt.time(int(match[1]), int(match[2]))
    due = dt.datetime.combine(on, moment, timezone.get_default_timezone())
    if due < context.now:
        raise MatterError(_("That hour has passed; choose a later one."), field="at")
    return due


def recall(context: StepContext) -> None:
    _article(context).due_at = None


def publish(context: StepContext) -> None:
    article = _article(context)
    if not article.hour_has_come:
        raise MatterError(_("Its hour has not come yet."))
    article.published_at = context.now
    article.level = Level.PUBLIC
    Paper.objects.filter(matter=article).update(audience=Audience.PUBLIC)
    projection_write(article)


def projection_write(article: Article) -> None:
    """What the site's search finds of it."""
    article.search_text = searched(article)
    Projection.objects.filter(pk=article.pk).update(
        title=article.title, body=article.lead, answer=plain(article.body), listed=True,
        search_text=article.search_text,
    )  # fmt: skip


def searched(article: Article) -> str:
    whole = f"{article.code}\n{article.title}\n{article.lead}\n{plain(article.body)}"
    return whole[:20_000]


def correct(context: StepContext) -> None:
    """The text changes in the open: what is new stands there, with a note that says so."""
    article = _article(context)
    data = context.data
    given = {
        name: clean(data.get(name) or "") or getattr(article, name)
        for name in ("title", "lead", "body")
    }
    words_checked(**given, numbers_public=bool(data.get("numbers_public")))
    if all(getattr(article, name) == value for name, value in given.items()):
        raise MatterError(_("Nothing was changed."), field="body")
    Correction.objects.create(
        article=article, at=context.now, note=clean(data["note"])[:1000],
        title_before=article.title, lead_before=article.lead, body_before=article.body,
    )  # fmt: skip
    for name, value in given.items():
        setattr(article, name, value)
    for name in ("title", "lead", "body", "numbers_public"):
        context.data.pop(name, None)  # the text is on the article, its former one beside it
    projection_write(article)


def withdraw(context: StepContext) -> None:
    article = _article(context)
    article.withdrawn_for = clean(context.data["reason"])[:500]
    Projection.objects.filter(pk=article.pk).update(
        listed=False, body="", answer="", search_text=""
    )
