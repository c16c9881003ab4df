"""What may be published of a consultation in numbers: n of N, small cells kept back, weights.

A number of people from 1 to 4 is never shown (None), and where a subtraction would show it, the
next smallest goes with it. Under ten people nothing is said but that there is not enough data. All
this is published once nothing comes in any more: figures of two moments would tell one sheet.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dongthuan.core import clock
from dongthuan.core.people.actors import area_of
from dongthuan.core.units.models import Unit
from dongthuan.core.units.population import population_of
from dongthuan.work.consultations.items import BANDS, SEXES, band_choices
from dongthuan.work.consultations.models import Consultation, Participation, Proof, Question
from dongthuan.work.consultations.questions import SCALE, shown
from dongthuan.work.consultations.weighting import VERSION, Raked, rake

SMALL, FEWEST = 5, 10
Z = 1.959963984540054  # 95 %


def suppressed(counts: Sequence[int]) -> list[int | None]:
    """Counts that may be shown; 1 to 4 are None, and never just one of them.

    Who knows the whole knows what the hidden ones make together: of 2 in two cells each is 1. So
    the next smallest go with them until they are five or more.
    """
    shown: list[int | None] = [None if 0 < n < SMALL else n for n in counts]
    rest = sorted((n, at) for at, n in enumerate(shown) if n)
    while shown.count(None) > 0 and rest and (
        shown.count(None) == 1 or _hidden(counts, shown) < SMALL
    ):  # fmt: skip
        shown[rest.pop(0)[1]] = None
    return shown


def _hidden(counts: Sequence[int], shown: Sequence[int | None]) -> int:
    return sum(n for n, known in zip(counts, shown, strict=True) if known is None)


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson's score interval); (0, 1) for nobody."""
    if of <= 0:
        return (0.0, 1.0)
    share, square = count / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return (max(middle - half, 0.0), min(middle + half, 1.0))


@dataclass(frozen=True)
class Row:
    """One answer of a question, or one category: `count` None where it is kept back. Shares 0..1.

    `low`, `high`: the interval of the raw share. `weighted`: the share by weights. `residents`:
    how many live there, `lives` their share.
    """

    label: str
    count: int | None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    weighted: float | None = None
    residents: int | None = None
    lives: float | None = None


@dataclass(frozen=True)
class QuestionFigures:
    """`n` people answered of the `asked` to whom the sheet put it; [] rows: not enough data."""

    question: Question
    n: int
    asked: int
    rows: list[Row] = field(default_factory=list)

    @property
    def few_silent(self) -> bool:
        """From 1 to 4 did not answer: a small number too, not to be told by a subtraction."""
        return 0 < self.asked - self.n < SMALL


@dataclass(frozen=True)
class Margin:
    """Who took part by one mark: `unknown` did not say; [] rows: not enough data."""

    name: str
    n: int
    unknown: int
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Figures:
    """All published numbers. `parts` took part; `weighed` of them said village, band and sex."""

    parts: int
    sheets: int
    by_proof: list[Row]
    margins: list[Margin]
    questions: list[QuestionFigures]
    weighed: int = 0
    raked: Raked | None = None
    missing: list[str] = field(default_factory=list)
    counted_on: Any = None
    version: str = VERSION


@dataclass(frozen=True)
class _Part:
    village: int | None
    band: str
    sex: str
    proof: str
    answers: dict[str, Any] | None

    @property
    def marks(self) -> dict[str, str]:
        return {"village": str(self.village or ""), "band": self.band, "sex": self.sex}

    @property
    def complete(self) -> bool:
        return bool(self.village and self.band and self.sex)


def figures(*, matter: Consultation, villages: Sequence[Unit]) -> Figures:
    """Count a consultation anew; four queries whatever its size."""
    rows = Participation.objects.filter(consultation=matter).values_list(
        "village_id", "band", "sex", "proof", "answers"
    )
    parts = [_Part(*row) for row in rows]
    residents, counted_on = _residents(matter, villages)
    names = _names(villages)
    answered = [part for part in parts if part.answers is not None]
    weighed = [part for part in answered if part.complete]
    raked = None
    if len(weighed) >= FEWEST and all(residents.values()):
        raked = rake([part.marks for part in weighed], residents)
        raked = raked if raked.converged else None
    return Figures(
        parts=len(parts),
        sheets=len(answered),
        by_proof=_by_proof(parts),
        margins=[_margin(name, parts, residents[name], names[name]) for name in names],
        questions=[
            _question(question, answered, weighed, raked) for question in matter.questions.all()
        ],
        weighed=len(weighed),
        raked=raked,
        missing=[names[m].get(c, c) for m, c in raked.missing] if raked else [],
        counted_on=counted_on,
    )


def _names(villages: Sequence[Unit]) -> dict[str, dict[str, str]]:
    return {
        "village": {str(unit.pk): unit.short_name for unit in villages},
        "band": dict(band_choices()),
        "sex": {key: str(label) for key, label in SEXES},
    }


def residents_of(matter: Consultation, villages: Sequence[Unit]) -> dict[str, dict[str, float]]:
    """Residents of 18 and over by village, age band and sex: what `rake` takes as targets."""
    return _residents(matter, villages)[0]


def _residents(
    matter: Consultation, villages: Sequence[Unit]
) -> tuple[dict[str, dict[str, float]], Any]:
    """Residents of 18 and over by margin, of the villages that are asked."""
    area = Unit.objects.filter(path=area_of(matter.path)).first() or matter.unit
    on = matter.opened_on or clock.today()
    asked = {unit.pk for unit in villages}
    margins: dict[str, Counter[str]] = {"village": Counter(), "band": Counter(), "sex": Counter()}
    counted = None
    for row in population_of(area=area, on=on):
        if row.village_id not in asked or row.band not in BANDS:
            continue
        counted = row.on
        for name, value in (("village", str(row.village_id)), ("band", row.band), ("sex", row.sex)):
            margins[name][value] += row.people
    return {name: dict(found) for name, found in margins.items()}, counted


def _by_proof(parts: Sequence[_Part]) -> list[Row]:
    counts = Counter(part.proof for part in parts)
    found = [(label, counts[key]) for key, label in Proof.choices if counts[key]]
    shown = suppressed([count for _label, count in found])
    return [Row(str(label), n) for (label, _n), n in zip(found, shown, strict=True)]


def _margin(
    name: str, parts: Sequence[_Part], residents: Mapping[str, float], names: Mapping[str, str]
) -> Margin:
    counts = Counter(part.marks[name] for part in parts)
    n = sum(counts[key] for key in names)
    unknown = len(parts) - n
    if n < FEWEST:
        return Margin(name, n, unknown)
    live = sum(residents.values())
    shown = suppressed([counts[key] for key in names])
    return Margin(
        name, n, unknown,
        [
            Row(
                label, count, None if count is None else count / n,
                residents=int(residents.get(key, 0)) if live else None,
                lives=residents.get(key, 0) / live if live else None,
            )
            for (key, label), count in zip(names.items(), shown, strict=True)
        ],
    )  # fmt: skip


def _question(
    question: Question, answered: Sequence[_Part], weighed: Sequence[_Part], raked: Raked | None
) -> QuestionFigures:
    given = [_chosen(part, question) for part in answered]
    n = sum(1 for chosen in given if chosen is not None)
    if question.type == Question.Type.TEXT:
        return QuestionFigures(question, question.opinions.count(), len(answered))
    asked = sum(1 for part in answered if shown(question, part.answers or {}))
    if n < FEWEST:
        return QuestionFigures(question, n, asked)
    labels = _labels(question)
    counts = Counter(number for chosen in given for number in chosen or ())
    visible = suppressed([counts[number] for number in labels])
    heavy = _weighted(question, weighed, raked)
    rows = []
    for (number, label), count in zip(labels.items(), visible, strict=True):
        if count is None:
            rows.append(Row(label, None))
            continue
        low, high = wilson(count, n)
        weighted = heavy.get(number, 0.0) if heavy else None
        rows.append(Row(label, count, count / n, low, high, weighted))
    return QuestionFigures(question, n, asked, rows)


def _labels(question: Question) -> dict[int, str]:
    if question.type == Question.Type.SCALE:
        return {number: str(number) for number in SCALE}
    return dict(enumerate(question.choices))


def _chosen(part: _Part, question: Question) -> tuple[int, ...] | None:
    value = (part.answers or {}).get(question.key)
    if value is None:
        return None
    return tuple(value) if isinstance(value, list) else (value,)


def _weighted(
    question: Question, weighed: Sequence[_Part], raked: Raked | None
) -> dict[int, float]:
    """Weighted shares of those who answered and are weighed; {} for fewer than ten of them."""
    if raked is None:
        return {}
    total, n = 0.0, 0
    by: dict[int, float] = {}
    for part, weight in zip(weighed, raked.weights, strict=True):
        chosen = _chosen(part, question)
        if chosen is None:
            continue
        n += 1
        total += weight
        for number in chosen:
            by[number] = by.get(number, 0.0) + weight
    return {number: value / total for number, value in by.items()} if n >= FEWEST else {}
