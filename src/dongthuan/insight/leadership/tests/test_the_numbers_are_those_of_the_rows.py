"""Every number of the page against a count by SQL that knows nothing of the code; page = papers."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from docx import Document
from pypdf import PdfReader

from dongthuan.core.units.models import Unit
from dongthuan.insight.leadership import brief
from dongthuan.insight.leadership.counting import (
    FIGURES,
    Period,
    duties_behind,
    duties_page,
    month_of,
)
from dongthuan.insight.leadership.docx import brief_docx
from dongthuan.insight.leadership.selectors import dashboard
from dongthuan.insight.statistics.selectors import scoreboard

OCTOBER = month_of(dt.date(2026, 10, 5))
SPAN = Period(dt.date(2026, 9, 1), dt.date(2026, 11, 30))
WANTED = """
SELECT {column},
  count(*) FILTER (WHERE d.due_on BETWEEN %(since)s AND %(last)s AND d.state = 'fulfilled'),
  count(*) FILTER (WHERE d.due_on BETWEEN %(since)s AND %(last)s AND d.state IN ('late', 'open')),
  count(*) FILTER (WHERE d.state IN ('open', 'paused')),
  count(*) FILTER (WHERE d.state = 'open' AND d.due_on < %(today)s)
FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id
LEFT JOIN units_unit p ON p.id = m.place_id
WHERE d.path LIKE 'vn.51.21439.%%' AND m.level < 3 GROUP BY 1
"""
COLUMNS = {
    "unit": "split_part(d.path, '.', 4)",
    "area": "CASE WHEN p.path LIKE 'vn.51.21439.%%' THEN 'in:' || split_part(p.path, '.', 4)"
            " ELSE coalesce(p.code, '-') END",
    "topic": "CASE m.topic WHEN '' THEN '-' ELSE m.topic END",
    "kind": "m.kind",
    "channel": "CASE m.kind WHEN 'finding' THEN 'own' ELSE m.channel END",
}  # fmt: skip


def counted(column: str, period: Period) -> dict[str, tuple[int, ...]]:
    today = dt.date(2026, 11, 23)
    last = min(period.until, today - dt.timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute(
            WANTED.format(column=column), {"since": period.since, "last": last, "today": today}
        )
        rows = {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
    return {key: numbers for key, numbers in rows.items() if any(numbers)}


def short(dimension: str, code: str) -> str:
    """The key that the SQL gives to a unit's code."""
    if dimension == "unit":
        return "" if code == "21439" else code.removeprefix("21439-")
    if dimension == "area" and code.startswith("21439"):
        return "in:" + ("" if code == "21439" else code.removeprefix("21439-"))
    return code


@pytest.fixture
def ward(people: Any) -> Unit:
    return Unit.objects.get(code="21439")


@pytest.mark.parametrize("period", [OCTOBER, SPAN], ids=["month", "quarter"])
def test_each_block_is_what_independent_sql_counts(
    people: Any, promises: Any, ward: Unit, period: Period
) -> None:
    promises(300)
    found = dashboard(actor=people.head, area=ward, period=period)
    for block in found.blocks:
        here = {
            short(block.name, row.key): (row.kept, row.late, row.open, row.overdue)
            for row in block.rows
        }
        assert here == counted(COLUMNS[block.name], period), block.name
    board = scoreboard(unit=ward, since=period.since, until=period.until)
    for block in found.blocks:
        assert sum(row.kept for row in block.rows) == board.kept
        assert sum(row.open for row in block.rows) == board.open


def test_behind_every_number_stand_as_many_promises(people: Any, promises: Any, ward: Unit) -> None:
    promises(200, seed=2)
    found = dashboard(actor=people.party, area=ward, period=SPAN)
    hidden = 0
    for block in found.blocks:
        for row in block.rows:
            for figure, number in zip(FIGURES, row.numbers, strict=True):
                duties = duties_behind(
                    area=ward, period=SPAN, figure=figure, dimension=block.name, key=row.key
                )
                assert duties is not None
                behind = duties_page(actor=people.party, duties=duties)
                assert behind.total == number, (block.name, row.key, figure)
                assert behind.total == behind.hidden + len(behind.rows)
                hidden += behind.hidden
    assert hidden, "the party sees no inner matters; the page must say how many they are"


def test_nobody_counts_restricted_or_sealed_matters(people: Any, promises: Any, ward: Unit) -> None:
    made = promises(100, seed=3)
    for name in ("head", "party", "inspector"):
        found = dashboard(actor=people.actors[name], area=ward, period=SPAN)
        open_rows = sum(row.open for row in found.blocks[0].rows)
        assert open_rows == sum(
            duty.state in ("open", "paused")
            and duty.matter.level < 3
            and duty.path.startswith(ward.path)
            for duty in made
        )


def test_page_docx_and_pdf_say_the_same(people: Any, promises: Any, ward: Unit) -> None:
    promises(150, seed=4)
    found = dashboard(actor=people.head, area=ward, period=OCTOBER)
    office = Unit.objects.select_related("parent__parent").get(code="21439-ubnd")
    made = brief.brief_of(found=found, unit=office, signer="Chủ tịch")
    for block, table in zip(found.blocks, made.tables, strict=False):
        assert table.rows == [[row.label, *map(brief.number, row.numbers)] for row in block.rows]
    written = Document(io.BytesIO(brief_docx(made, at=found.counted_at)))
    grids = [[[cell.text for cell in row.cells] for row in t.rows] for t in written.tables[1:-1]]
    assert grids == [[t.head, *t.rows] for t in made.tables if t.rows]
    pages = PdfReader(io.BytesIO(brief.brief_pdf(made, on=dt.date(2026, 11, 23)))).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    for table in made.tables:
        for row in table.rows:
            assert "".join("".join(row).split()) in text, row
    assert "CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM" in text
    assert "đếmlạitheodữliệutạithờiđiểmnày" in text


def test_a_month_is_compared_with_the_month_before() -> None:
    assert OCTOBER.before == Period(dt.date(2026, 9, 1), dt.date(2026, 9, 30))
    ten = Period(dt.date(2026, 10, 11), dt.date(2026, 10, 20))
    assert ten.before == Period(dt.date(2026, 10, 1), dt.date(2026, 10, 10))


def test_registered_figures_of_other_rooms_appear_with_their_matters(
    people: Any, promises: Any, ward: Unit
) -> None:
    found = dashboard(actor=people.head, area=ward, period=OCTOBER)
    row = next(r for r in found.indicators if r.indicator.key == "reviews.concluded")
    assert (row.now.value, row.trend, row.better) == (None, "", None)
