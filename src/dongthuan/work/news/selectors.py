"""All reads of articles: drafts for their own body, the published ones for everybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Max, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.links import links_of
from dongthuan.core.matters.models import MatterLink, Projection
from dongthuan.core.matters.selectors import steps_offered
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import words
from dongthuan.core.units.models import Tier, Unit
from dongthuan.work.news.kinds import WRITERS
from dongthuan.work.news.models import Article, Correction, Picture
from dongthuan.work.news.services import writes_for

PAGE = 20
PUBLISHED = ("published", "corrected")
HEAVY = ("search_text", "folded", "accented")
# Words that say nothing of what an article is about.
EMPTY = frozenset(
    words("""
        va cua cac cho tai ve mot la duoc trong voi tu nam ngay den theo khi nhung co khong nguoi
        dan phuong xa the of and in for on to a at by with
    """)
)
READ_DAYS = 30


@dataclass
class Rows:
    """One page of a keyset list; `next`: the cursor of the following one."""

    rows: list[Any]
    next: str = ""


# -- officials ------------------------------------------------------------------------------------


def bodies_of(actor: Actor) -> QuerySet[Unit]:
    """Bodies in whose name the actor writes: those where a position is held."""
    paths = [scope.unit_path for scope in actor.scopes_of(*WRITERS)]
    here = Unit.objects.in_force(clock.today()).filter(path__in=paths, tier=Tier.ORGAN)
    return here.order_by("path")


def article_list(*, actor: Actor, view: str = "", after: str = "", size: int = PAGE) -> Rows:
    """Articles in sight; `view` draft, scheduled, published or all."""
    rows = Article.objects.filter(policies.visible_to(actor))
    if view == "draft":
        rows = rows.filter(state="draft")
    elif view == "scheduled":
        rows = rows.filter(state="scheduled")
    elif view == "published":
        rows = rows.filter(state__in=PUBLISHED)
    if after.isascii() and after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.select_related("unit").order_by("-pk").defer(*HEAVY, "body")[: size + 1])
    more, found = len(found) > size, found[:size]
    return Rows(found, str(found[-1].pk) if more else "")


@dataclass
class ArticleView:
    article: Article
    steps: list[Step]
    pictures: list[Picture]
    corrections: list[Correction]
    links: list[MatterLink]
    writes: bool
    reads: int


def article_get(*, actor: Actor, code: str) -> Article | None:
    found = Article.objects.filter(policies.visible_to(actor), code=code[:40].upper())
    return found.select_related("unit__parent").first()


def article_view(*, actor: Actor, code: str) -> ArticleView | None:
    """Everything on the desk's page of an article; None when out of sight."""
    article = article_get(actor=actor, code=code)
    if article is None:
        return None
    return ArticleView(
        article=article,
        steps=steps_offered(actor=actor, matter=article),
        pictures=list(article.pictures.select_related("attachment").order_by("id")),
        corrections=list(article.corrections.order_by("-id")),
        links=links_of(actor=actor, matter=article),
        writes=writes_for(actor, article.unit),
        reads=article.reads.aggregate(all=Sum("count"))["all"] or 0,
    )


# -- everybody ------------------------------------------------------------------------------------


def published() -> QuerySet[Article]:
    return Article.objects.filter(state__in=PUBLISHED, published_at__lte=clock.now())


FIRST = Prefetch(
    "pictures", Picture.objects.select_related("attachment").order_by("id"), to_attr="shown"
)


@dataclass(frozen=True)
class Wanted:
    q: str = ""
    topic: str = ""
    unit: Unit | None = None
    month: str = ""  # 2026-11


def month_bounds(month: str) -> tuple[dt.datetime, dt.datetime] | None:
    """First moment of a month written 2026-11 and of the next one; None for anything else."""
    try:
        first = dt.datetime.strptime(month, "%Y-%m")
    except ValueError:
        return None
    if not 2000 <= first.year <= 2100:
        return None
    zone = timezone.get_default_timezone()
    after = (first.replace(day=28) + dt.timedelta(days=7)).replace(day=1)
    return first.replace(tzinfo=zone), after.replace(tzinfo=zone)


def news(*, wanted: Wanted, after: str = "", size: int = PAGE) -> Rows:
    """Published articles, the newest first; the cursor is moment and number of the last one."""
    rows = published()
    if asked := words(wanted.q)[:12]:
        rows = rows.filter(folded=SearchQuery(" ".join(asked), config="simple"))
    if wanted.topic:
        rows = rows.filter(topic=wanted.topic)
    if wanted.unit is not None:
        rows = rows.filter(path__startswith=wanted.unit.path)
    if bounds := month_bounds(wanted.month):
        rows = rows.filter(published_at__gte=bounds[0], published_at__lt=bounds[1])
    rows = _older_than(rows, after).annotate(corrected_at=Max("corrections__at"))
    found = list(
        rows.select_related("unit").prefetch_related(FIRST).defer(*HEAVY, "body")
        .order_by("-published_at", "-pk")[: size + 1]
    )  # fmt: skip
    more, found = len(found) > size, found[:size]
    return Rows(found, _cursor(found[-1]) if more else "")


def _cursor(article: Article) -> str:
    at = article.published_at
    return f"{int(at.timestamp() * 1_000_000) if at else 0}-{article.pk}"


def _older_than(rows: QuerySet[Article], after: str) -> QuerySet[Article]:
    """Rows behind a cursor; a bad one is ignored."""
    moment, _dash, pk = after.partition("-")
    plain = moment.isascii() and moment.isdecimal() and pk.isascii() and pk.isdecimal()
    if not plain or len(moment) > 17 or len(pk) > 17:
        return rows
    at = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=int(moment))
    return rows.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=int(pk)))


def article_public(code: str) -> Article | None:
    """A published article, or one that was withdrawn, which says so."""
    return (
        Article.objects.filter(state__in=(*PUBLISHED, "withdrawn"), code=code[:40].upper())
        .exclude(published_at=None)
        .select_related("unit")
        .prefetch_related(FIRST)
        .first()
    )


def related(article: Article, *, size: int = 4) -> list[Article]:
    """Articles linked to it, to the same matters, or that say much the same."""
    others = published().exclude(pk=article.pk).select_related("unit").defer(*HEAVY, "body")
    ends = MatterLink.objects.filter(Q(matter=article) | Q(other=article))
    near = {pk for pair in ends.values_list("matter_id", "other_id") for pk in pair} - {article.pk}
    linked = others.filter(
        Q(pk__in=near) | Q(links_from__other_id__in=near, links_from__role="about")
    ).distinct() if near else others.none()  # fmt: skip
    found = list(linked.order_by("-published_at")[:size])
    if len(found) < size:
        alike = _alike(others.exclude(pk__in=[row.pk for row in found]), article)
        found += list(alike[: size - len(found)])
    return found


def _alike(others: QuerySet[Article], article: Article) -> QuerySet[Article]:
    """By two words of the title that are not those of the place; the closest first."""
    known = EMPTY | set(words(article.unit.name))
    said = [word for word in dict.fromkeys(words(article.title)) if word not in known][:10]
    pairs = [f"({one} & {other})" for one, other in combinations(said, 2)]
    if not pairs:
        return others.none()
    asked = SearchQuery(" | ".join(pairs), config="simple", search_type="raw")
    ranked = others.filter(folded=asked).annotate(rank=SearchRank(F("folded"), asked))
    return ranked.order_by("-rank", "-published_at")


def linked_public(article: Article) -> list[Projection]:
    """The matters and disclosures it is about, as far as the public may read them."""
    ends = MatterLink.objects.filter(matter=article).values("other_id")
    rows = Projection.objects.filter(pk__in=ends, listed=True).exclude(kind="article")
    return list(rows.select_related("unit").defer(*HEAVY).order_by("-pk")[:20])


def newest(*, size: int = 3) -> list[Article]:
    rows = published().select_related("unit").defer(*HEAVY, "body")
    return list(rows.order_by("-published_at", "-pk")[:size])


def most_read(*, size: int = 5) -> list[Article]:
    """The most opened of the last thirty days; the number is `times`."""
    since = clock.today() - dt.timedelta(days=READ_DAYS - 1)
    rows = published().annotate(times=Sum("reads__count", filter=Q(reads__day__gte=since)))
    return list(rows.filter(times__gt=0).defer(*HEAVY, "body").order_by("-times", "-pk")[:size])


def months(*, size: int = 24) -> list[tuple[str, dt.date, int]]:
    """(2026-11, its first day, how many articles), the newest first."""
    rows = (
        published()
        .annotate(month=TruncMonth("published_at", tzinfo=timezone.get_default_timezone()))
        .values("month")
        .annotate(n=Count("pk"))
        .order_by("-month")[:size]
    )
    return [(f"{row['month']:%Y-%m}", row["month"].date(), row["n"]) for row in rows]


def picture_public(handle: Any) -> Picture | None:
    rows = Picture.objects.filter(attachment__uuid=handle, article__in=published().values("pk"))
    return rows.select_related("attachment").first()
