"""Finding: published answers by words, and matters that say the same as a new one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Func, IntegerField, QuerySet, Value
from django.db.models.expressions import CombinedExpression

from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import case_kinds
from dongthuan.core.matters.models import Level, Matter, Projection, Submission
from dongthuan.core.people.actors import SYSTEM, Actor
from dongthuan.core.text import containment, nfc, words
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.selectors import unit_by_code

PAGE = 20
LAST_PAGE = 20
# So many rows are read for each one shown, as some say the same.
SEVERAL = 5
# Ranking reads every hit, and a common syllable hits tens of thousands of rows.
RANKED = 1000
WORDS = 12

COUNTED = 2_000
CANDIDATES = 20
SAME = 0.5
MAYBE = 0.3

_WORD = re.compile(r"[^\W_]+")


# -- public search ------------------------------------------------------------------------------


@dataclass(frozen=True)
class SearchPage:
    """One page of published matters, best first (newest first when no words were asked for)."""

    rows: list[Projection]
    number: int
    more: bool


def public_search(
    *,
    q: str = "",
    kind: str = "",
    unit: str = "",
    topic: str = "",
    state: str = "",
    page: int = 1,
    size: int = PAGE,
) -> SearchPage:
    """Published matters whose public text holds every word, typed with or without marks.

    Reads the redacted projection only: what no official has published is never found. `unit` is
    a code and means all below it. Pages lie between 1 and LAST_PAGE. One query; two with `unit`
    where the unit is not remembered.
    """
    number = min(max(page, 1), LAST_PAGE)
    found = _published(kind=kind, unit=unit, topic=topic, state=state)
    if q.strip():
        found = _ranked(found, q)
    else:
        found = found.order_by("-pk")
    start = (number - 1) * size
    rows = list(
        found.select_related("unit", "place").defer("search_text", "folded", "accented")[
            start : start + size + 1
        ]
    )
    return SearchPage(rows[:size], number, len(rows) > size and number < LAST_PAGE)


def newest_answers(*, size: int) -> list[Projection]:
    """The newest published cases that have an answer, one for one wording; one query.

    What an office opened for its own work is no case, and one answer told under several codes
    is told once.
    """
    rows = (
        Projection.objects.filter(listed=True, kind__in=case_kinds())
        .exclude(answer="")
        .select_related("unit", "place")
        .defer("search_text", "folded", "accented")
        .order_by("-pk")[: size * SEVERAL]
    )
    once = {(row.title, row.answer): row for row in reversed(rows)}
    return sorted(once.values(), key=lambda row: -row.pk)[:size]


def _published(*, kind: str, unit: str, topic: str, state: str) -> QuerySet[Projection]:
    rows = Projection.objects.filter(listed=True)
    asked = {"kind": kind, "topic": topic, "state": state}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    if unit:
        try:
            rows = rows.filter(path__startswith=unit_by_code(unit).path)
        except UnitError:
            return rows.none()
    return rows


def _ranked(rows: QuerySet[Projection], q: str) -> QuerySet[Projection]:
    """Rows that hold all words, ranked; marks that were typed count twice, but exclude nothing."""
    asked = words(q)[:WORDS]
    if not asked:
        return rows.none()
    folded = SearchQuery(" ".join(asked), config="simple", search_type="plain")
    marked = " ".join(_WORD.findall(nfc(q).lower())[:WORDS])
    accented = SearchQuery(marked, config="simple", search_type="plain")
    newest = rows.filter(folded=folded).order_by("-pk").values("pk")[:RANKED]
    plain = SearchRank(F("folded"), folded, normalization=1, cover_density=True)
    rank = plain + 2.0 * SearchRank(F("accented"), accented, cover_density=True)
    return (
        Projection.objects.filter(pk__in=newest, listed=True)
        .annotate(rank=rank)
        .order_by("-rank", "-pk")
    )


# -- the same text again --------------------------------------------------------------------------


@dataclass(frozen=True)
class Duplicate:
    """A matter that says much the same. `score` is the containment (0..1), `band` same or maybe."""

    matter: Matter
    score: float
    band: str
    identical: bool = False


def near_duplicates(
    *, matter: Matter, limit: int = 5, actor: Actor | None = None, own: Submission | None = None
) -> list[Duplicate]:
    """Matters with a submission that repeats this one's text, wholly or in part; most alike first.

    Candidates share sampled letter runs (one GIN index); the 20 that share most are compared in
    full by containment: from 0.5 'same', from 0.3 'maybe'; `identical` if the folded words
    agree. Restricted and sealed matters are neither compared nor found; with `actor`, only what
    that actor may see is found. `own`: the matter's first submission, if the
    caller has it. Two queries, or one.
    """
    if matter.level >= Level.RESTRICTED:
        return []
    own = own or matter.submissions.order_by("pk").only("matter", "text", "fingerprints").first()
    if own is None or not own.fingerprints:
        return []
    best: dict[int, Duplicate] = {}
    for candidate in _candidates(matter, own.fingerprints, actor or SYSTEM):
        score = containment(own.text, candidate.text)
        before = best.get(candidate.matter_id)
        if score >= MAYBE and (before is None or score > before.score):
            band = "same" if score >= SAME else "maybe"
            same = words(own.text) == words(candidate.text)
            best[candidate.matter_id] = Duplicate(candidate.matter, score, band, same)
    return sorted(best.values(), key=lambda d: (-d.score, -d.matter.pk))[:limit]


def _candidates(matter: Matter, own: list[int], actor: Actor) -> QuerySet[Submission]:
    prints = Value(own, output_field=ArrayField(IntegerField()))
    shared = Func(
        CombinedExpression(F("fingerprints"), "&", prints, output_field=IntegerField()),
        function="icount",
        output_field=IntegerField(),
    )
    seen = Matter.objects.filter(policies.visible_to(actor), level__lt=Level.RESTRICTED)
    # Letters begin and end alike, so most share a run or two: only the newest that do are counted.
    alike = (
        Submission.objects.filter(fingerprints__overlap=own, matter__in=seen)
        .exclude(matter=matter)
        .order_by("-matter_id")
        .values("pk")[:COUNTED]
    )
    return (
        Submission.objects.filter(pk__in=alike)
        .select_related("matter")
        .only("text", "matter__code", "matter__title", "matter__kind", "matter__state",
              "matter__level", "matter__opened_at", "matter__path")
        .annotate(shared=shared)
        .order_by("-shared", "-pk")[:CANDIDATES]
    )  # fmt: skip
