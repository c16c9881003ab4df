"""A plain administrative paper as PDF: head of Decree 30/2020/NĐ-CP, paragraphs, at most one table,
whoever signs. Every room fills it with the words of its own forms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from dongthuan.core.papers.printing import lines_balanced, place_and_date
from dongthuan.core.papers.typesetting import typeset
from dongthuan.core.units.models import Unit

DOTS = "…………"
SIGN = "(Ký, ghi rõ họ tên)"
SEAL = "(Ký, ghi rõ họ tên, đóng dấu)"


@dataclass(frozen=True)
class Signer:
    """Who signs below: a title and how; or, with `list`, the recipients (Nơi nhận)."""

    title: str = ""
    how: str = SIGN
    name: str = ""
    list: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One printed paper; `table`: heading and rows, `widths` their shares of the line."""

    unit: Unit
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
    place = unit.parent.short_name if unit.parent else unit.short_name
    midnight = dt.datetime.combine(paper.on, dt.time(), tzinfo=dt.UTC)
    return typeset(
        "paper",
        {
            "title": paper.title,
            "subtitle": paper.subtitle,
            "symbol": paper.symbol,
            "superior": paper.superior,
            "agency": unit.name,
            "agency_lines": lines_balanced(unit.name),
            "place_date": place_and_date(place, paper.on),
            "addressee": paper.addressee,
            "body": [line for text in paper.body for line in text.splitlines() if line.strip()],
            "table_head": list(paper.head),
            "table_rows": [list(row) for row in paper.rows],
            "table_widths": list(paper.widths) or [1] * len(paper.head),
            "closing": list(paper.closing),
            "signers": [
                {"title": s.title, "how": s.how, "name": s.name, "list": list(s.list)}
                for s in paper.signers
            ],
            "wide": paper.wide,
        },
        moment=int(midnight.timestamp()),
    )
