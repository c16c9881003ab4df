"""A plain administrative paper as PDF: head of Decree 30/2020/NĐ-CP (that of the Party where a body
of the Party issues it), paragraphs, at most one table, whoever signs. Every room fills it with the
words of its own forms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from dongthuan.core.papers.letterhead import (
    name_below,
    of_the_party,
    place_of,
    superior_of,
)
from dongthuan.core.papers.printing import lines_balanced, place_and_date
from dongthuan.core.papers.typesetting import typeset
from dongthuan.core.units.models import Unit

DOTS = "…………"
SIGN = "(Ký, ghi rõ họ tên)"
SEAL = "(Ký, ghi rõ họ tên, đóng dấu)"


@dataclass(frozen=True)
class Signer:
    """Who signs below: a title (one line or two: “TM. ỦY BAN NHÂN DÂN”, “CHỦ TỊCH”) and how; or,
    with `list`, the recipients (Nơi nhận)."""

    title: str = ""
    how: str = SIGN
    name: str = ""
    list: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One printed paper; `table`: heading and rows, `widths` their shares of the line.

    `beside`: the other body of a joint paper (văn bản liên tịch), named below the one that leads.
    """

    unit: Unit
    beside: Unit | None = None
    title: str
    on: dt.date
    subtitle: str = ""
    symbol: str = ""
    superior: str = ""
    addressee: str = ""
    body: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[int] = ()
    closing: Sequence[str] = ()
    signers: Sequence[Signer] = field(default=())
    wide: bool = False


def paper_pdf(paper: Paper) -> bytes:
    """PDF/A of a paper; the same data give the same file."""
    unit = paper.unit
    superior = paper.superior or superior_of(unit)
    agency = name_below(unit, superior)
    midnight = dt.datetime.combine(paper.on, dt.time(), tzinfo=dt.UTC)
    return typeset(
        "paper",
        {
            "title": paper.title,
            "subtitle": paper.subtitle,
            "symbol": paper.symbol,
            "party": of_the_party(unit),
            "superior": superior,
            "agency": unit.name,
            "agency_lines": lines_balanced(agency),
            "beside_lines": lines_balanced(paper.beside.name) if paper.beside else [],
            "place_date": place_and_date(place_of(unit), paper.on),
            "addressee": paper.addressee,
            "body": [line for text in paper.body for line in text.splitlines() if line.strip()],
            "table_head": list(paper.head),
            "table_rows": [list(row) for row in paper.rows],
            "table_widths": list(paper.widths) or [1] * len(paper.head),
            "closing": list(paper.closing),
            "signers": [
                {"titles": s.title.splitlines() or [""], "how": s.how, "name": s.name,
                 "list": list(s.list)}
                for s in paper.signers
            ],
            "wide": paper.wide,
        },
        moment=int(midnight.timestamp()),
    )  # fmt: skip
