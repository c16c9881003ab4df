"""All writes on articles that are no step: drafting, pictures, counting, the hour that comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.links import matter_link
from dongthuan.core.matters.models import Audience, LinkRole, Matter, MatterLink, Projection
from dongthuan.core.matters.opening import title_of
from dongthuan.core.matters.services import matter_act, papers_attach
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.matters.wording import public_text
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import SYSTEM, Actor
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.work.news.effects import searched
from dongthuan.work.news.kinds import WRITERS
from dongthuan.work.news.models import Article, Picture
from dongthuan.work.news.words import words_checked

# What an article that is not published yet is called where anybody could see a title.
PREPARING = "Bài viết đang soạn"
MOST_PICTURES = 12


def writes_for(actor: Actor, unit: Unit) -> bool:
    return actor.is_system or any(
        unit.path.startswith(scope.unit_path) for scope in actor.scopes_of(*WRITERS)
    )


def _topic_checked(topic: str) -> str:
    if topic and topic not in dict(TOPICS):
        raise MatterError(_("Choose a topic of the list."), field="topic")
    return topic


@transaction.atomic
def article_draft(
    *, acting: Actor, unit: Unit, title: str, lead: str, body: str, topic: str = "",
    numbers_public: bool = False, is_demo: bool = False,
) -> Article:  # fmt: skip
    """Begin an article of a body. Raises MatterError with its field, NotAllowed.

    Nothing of it can be read outside the body until it is published.
    """
    if not writes_for(acting, unit):
        raise NotAllowed(_("Your position may not write in the name of that body."))
    title, lead, body = clean(title), clean(lead), clean(body)
    words_checked(title=title, lead=lead, body=body, numbers_public=numbers_public)
    made = matter_create(
        acting=acting, model=Article, kind="article", unit=unit, title=title,
        act="article.drafted", listed=False, topic=_topic_checked(topic), parties=(unit,),
        audience=Audience.OFFICIAL, is_demo=is_demo, lead=lead,
    )  # fmt: skip
    # The `body` of a new matter is what the public reads; of a draft it reads nothing.
    made.body = body
    made.search_text = searched(made)
    made.save(update_fields=["body", "search_text"])
    Projection.objects.filter(pk=made.pk).update(title=PREPARING, body="", search_text="")
    return made


@transaction.atomic
def article_open(
    *, acting: Actor, origin: Matter | None, kind: str, text: str, now: dt.datetime, **more: Any
) -> Article:
    """Begin a draft about a matter of another room, in the name of its unit (`open_as`)."""
    unit = more.get("unit") or (origin.unit if origin else None)
    if unit is None:
        raise MatterError(_("Choose a unit."), field="unit")
    title = more.get("title") or title_of(text)
    made = article_draft(
        acting=acting, unit=unit, title=title, lead=more.get("lead", ""), body=text,
        topic=origin.topic if origin else "",
    )  # fmt: skip
    if origin is not None:
        matter_link(acting=acting, matter=made, code=origin.code, role=LinkRole.ABOUT)
    return made


def _held(acting: Actor, article: Article, *states: str) -> Article:
    """The article under its lock, if the actor writes for its body and it is in such a state."""
    Matter.objects.select_for_update().filter(pk=article.pk).first()
    article = Article.objects.select_related("unit").get(pk=article.pk)
    if not (policies.may_see(acting, article) and writes_for(acting, article.unit)):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    if article.state not in states:
        raise MatterError(_("Only a draft can be written anew."))
    return article


@transaction.atomic
def article_edit(
    *, acting: Actor, article: Article, title: str, lead: str, body: str, topic: str = "",
    numbers_public: bool = False, version: int | None = None,
) -> Article:  # fmt: skip
    """Write a draft anew. Raises Conflict where it changed since `version`."""
    article = _held(acting, article, "draft")
    if version is not None and version != article.version:
        raise Conflict(_("The matter was changed meanwhile; look at it again."))
    title, lead, body = clean(title), clean(lead), clean(body)
    words_checked(title=title, lead=lead, body=body, numbers_public=numbers_public)
    article.title, article.lead, article.body = title, lead, body
    article.topic = _topic_checked(topic)
    article.search_text = searched(article)
    article.version += 1
    article.save()
    _noted(acting, article, "article.edited")
    return article


def _changed(article: Article) -> None:
    """Whoever releases an older page has not seen what it shows now."""
    article.version += 1
    article.save(update_fields=["version"])


def _noted(acting: Actor, article: Article, act: str) -> int:
    return entry_append(
        matter=article, act=act, acting=acting, audience=Audience.OFFICIAL,
        before=article.state, after=article.state, at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def picture_add(
    *, acting: Actor, article: Article, attachment: Attachment, alt: str, caption: str = ""
) -> Picture:
    """A picture with its words; the public sees it with the article, not before."""
    article = _held(acting, article, "draft")
    if attachment.kind != Attachment.Kind.PHOTO:
        raise MatterError(_("Only photographs belong here."), field="picture")
    alt, caption = public_text(alt, "alt", most=300), public_text(caption, "caption", most=300)
    if len(alt) < 5:
        raise MatterError(_("Describe the picture for those who do not see it."), field="alt")
    if article.pictures.count() >= MOST_PICTURES:
        raise MatterError(_("An article shows at most %(n)d pictures.") % {"n": MOST_PICTURES})
    _changed(article)
    entry_id = _noted(acting, article, "article.picture")
    papers_attach(
        matter=article, attachments=[attachment], entry_id=entry_id, audience=Audience.OFFICIAL
    )
    return Picture.objects.create(article=article, attachment=attachment, alt=alt, caption=caption)


@transaction.atomic
def picture_remove(*, acting: Actor, picture: Picture) -> None:
    """Take a picture out of a draft; the file stays in the record."""
    article = _held(acting, picture.article, "draft")
    picture.delete()
    _changed(article)
    _noted(acting, article, "article.picture_removed")


@transaction.atomic
def article_link(*, acting: Actor, article: Article, code: str) -> MatterLink:
    """Say which matter, disclosure or other article it is about."""
    article = _held(acting, article, "draft", "scheduled", "published", "corrected")
    return matter_link(acting=acting, matter=article, code=code, role=LinkRole.ABOUT)


def articles_publish() -> Sequence[Article]:
    """Publish what is due; each in its own transaction, so that one fault stops no other.

    Two workers at once do no harm: the second finds the article published and lets it be.
    """
    due = Article.objects.filter(state="scheduled", due_at__lte=clock.now()).order_by("due_at")
    done = []
    for pk in list(due.values_list("pk", flat=True)[:100]):
        try:
            matter_act(acting=SYSTEM, matter_id=pk, step_name="publish")
        except MatterError:
            continue
        done.append(Article.objects.get(pk=pk))
    return done


_READ = """
INSERT INTO news_reads AS r (article_id, day, count) VALUES (%s, %s, 1)
ON CONFLICT (article_id, day) DO UPDATE SET count = r.count + 1
"""


def article_read(*, article: Article) -> None:
    """Count that it was opened today: one more on one row. Nothing of the reader comes here."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [article.pk, clock.today()])
