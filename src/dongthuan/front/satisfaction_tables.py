"""Published rounds made ready for pages and files: names in words, numbers beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dongthuan.core import clock
from dongthuan.work.satisfaction import criteria
from dongthuan.work.satisfaction.figures import MIN, quarter_span
from dongthuan.work.satisfaction.models import Round


def rounds_shown(rounds: Iterable[Round]) -> list[dict[str, Any]]:
    """Each round with its parts: [{'row', 'title', 'parts': [{'name', 'part', 'lines'}]}]."""
    names = criteria.desk_criteria(clock.today())
    return [
        {
            "row": row,
            "quarter": f"{row.quarter[5:]}/{row.quarter[:4]}",
            "ended": quarter_span(row.quarter)[1],
            "parts": _parts(row.figures, names) if row.figures else [],
            "min": MIN,
        }
        for row in rounds
    ]


def _parts(figures: dict[str, Any], names: dict[str, str]) -> list[dict[str, Any]]:
    parts = [("desk", "", figures["desk"])]
    parts += [("desk", part["name"], part) for part in figures["desks"]]
    parts.append(("commune", "", figures["commune"]))
    return [
        {"subject": subject, "name": name, "part": part, "lines": _lines(subject, part, names)}
        for subject, name, part in parts
    ]


def _lines(subject: str, part: dict[str, Any], names: dict[str, str]) -> list[dict[str, Any]]:
    words = names if subject == "desk" else criteria.COMMUNE_QUESTIONS
    found = part["criteria"]
    return [{"code": code, "name": name, "entry": found.get(code)} for code, name in words.items()]


def figure_rows(rounds: Iterable[Round]) -> Iterator[list[Any]]:
    """One row a criterion: quarter, subject, criterion, n, mean, how many gave 2, 1, 0."""
    for shown in rounds_shown(rounds):
        for part in shown["parts"]:
            for line in part["lines"]:
                entry = line["entry"]
                if entry:
                    subject = part["name"] or part["subject"]
                    yield [shown["row"].quarter, subject, str(line["name"]), entry["n"],
                           entry["mean"], *entry.get("by", ("", "", ""))]  # fmt: skip
