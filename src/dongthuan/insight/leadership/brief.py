"""The monthly brief (báo cáo tháng): the numbers of the page as an administrative report.

Form: Decree 30/2020/NĐ-CP, annex I; that of the Party where a body of the Party issues it.
Nothing of it is stored: it is counted anew for the month that is asked for, and says so. No titles
of matters, no restricted ones: a paper goes where no wall follows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone, translation

from dongthuan.core.matters.indicators import Figure, Indicator
from dongthuan.core.papers.letterhead import (
    abbreviation,
    name_below,
    of_the_party,
    place_of,
    superior_of,
)
from dongthuan.core.papers.printing import lines_balanced, place_and_date
from dongthuan.core.papers.typesetting import typeset
from dongthuan.core.units.models import Unit
from dongthuan.insight.leadership.counting import Block, Row
from dongthuan.insight.leadership.selectors import Dashboard, StateRow

HEAD = ["", "Đến hạn", "Đúng hạn", "Trễ hạn", "Đang thực hiện", "Đang quá hạn"]
RECIPIENTS = ("- Cấp ủy, Thường trực HĐND, UBND, Ủy ban MTTQ Việt Nam cùng cấp;", "- Lưu: VT.")
EMPTY = "Không phát sinh."
SIGN = "(Ký, ghi rõ họ tên, đóng dấu)"
SOURCE = (
    "Nguồn số liệu: hệ thống Đồng Thuận; đơn vị tính là nghĩa vụ (việc phải làm đúng hạn) và vụ"
    " việc. Đến hạn gồm các nghĩa vụ có ngày cuối trong kỳ và trước ngày thống kê; đến hạn = đúng"
    " hạn + trễ hạn; đang thực hiện và đang quá hạn là số tại thời điểm thống kê."
)
LEFT_OUT = "Vụ việc hạn chế, vụ việc tố cáo không có trong các số này và không in ra đây."


@dataclass(frozen=True)
class Table:
    """One titled table: `head` and `rows` as they are printed, all texts."""

    title: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Brief:
    """A report ready to be set: head, paragraphs, tables, who signs."""

    agency: str
    superior: str
    place_date: str
    title: str
    subtitle: str
    body: list[str]
    tables: list[Table]
    closing: list[str]
    recipients: list[str]
    signer: str
    symbol: str
    party: bool = False
    how: str = SIGN


def brief_of(*, found: Dashboard, unit: Unit, signer: str) -> Brief:
    """The brief of a counted page, issued by `unit`, in Vietnamese whatever the screen speaks."""
    with translation.override("vi"):
        superior, party = superior_of(unit), of_the_party(unit)
        between, after = ("-", "/") if party else ("/", "-")
        return Brief(
            agency=name_below(unit, superior),
            superior=superior,
            symbol=f"       {between}BC{after}{abbreviation(unit)}",
            party=party,
            place_date=place_and_date(place_of(unit), timezone.localdate(found.counted_at)),
            title="Báo cáo",
            subtitle=f"Thực hiện cam kết với Nhân dân tại {found.area.name}, {_span(found)}",
            body=[_summary(found)],
            tables=tables_of(found),
            closing=[SOURCE, _counted(found), LEFT_OUT],
            recipients=list(RECIPIENTS),
            signer=signer,
        )


def _span(found: Dashboard) -> str:
    period = found.period
    if period.is_month:
        return f"tháng {period.since:%m} năm {period.since:%Y}"
    return f"từ {period.since:%d/%m/%Y} đến {period.until:%d/%m/%Y}"


def _summary(found: Dashboard) -> str:
    board = found.board
    rate = f", đạt {percent(board.rate)}" if board.rate is not None else ""
    days = number(board.median_days, 1)
    median = f" Thời gian thực hiện trung vị: {days} ngày." if days else ""
    return (
        f"Trong kỳ có {number(board.due)} nghĩa vụ đến hạn: {number(board.kept)} đúng hạn,"
        f" {number(board.late)} trễ hạn{rate}. Hiện còn {number(board.open)} nghĩa vụ đang thực"
        f" hiện, trong đó {number(board.overdue)} quá hạn.{median}"
    )


def _counted(found: Dashboard) -> str:
    at = timezone.localtime(found.counted_at)
    return (
        f"Thống kê lúc {at:%H:%M} ngày {at:%d/%m/%Y}. Số của tháng trước được đếm lại theo dữ liệu"
        " tại thời điểm này, có thể khác số đã in trước đây."
    )


# -- tables ---------------------------------------------------------------------------------------


def tables_of(found: Dashboard) -> list[Table]:
    """The tables of the page in its order."""
    tables = [_block(block) for block in found.blocks]
    tables.append(_months(found))
    tables.append(_indicators(found))
    if found.plans is not None:
        tables.append(_states("Kế hoạch phối hợp", found.plans))
    dragging = found.dragging
    why = [[words, number(count)] for _code, words, count in dragging.reasons]
    tables.append(
        Table(
            f"Vụ việc kéo dài, nhiều lần, đông người ({number(dragging.total)} vụ việc)",
            ["Lý do (một vụ việc có thể có nhiều lý do)", "Vụ việc"],
            why,
        )
    )
    tables.append(_states("Rà soát vụ việc", found.reviews))
    return tables


def _block(block: Block) -> Table:
    return Table(str(block.title), list(HEAD), [_row(row) for row in block.rows])


def _row(row: Row) -> list[str]:
    return [row.label, *(number(n) for n in row.numbers)]


def _months(found: Dashboard) -> Table:
    rows = [
        [f"{m.label[5:]}/{m.label[:4]}", number(m.due), number(m.kept), number(m.late)]
        for m in found.months
    ]
    return Table("Mười hai tháng gần đây", ["Tháng", *HEAD[1:4]], rows)


def _indicators(found: Dashboard) -> Table:
    rows = [
        [str(row.indicator.label), figure_words(row.indicator, row.now), parts_words(row.now),
         figure_words(row.indicator, row.before)]
        for row in found.indicators
        if not row.indicator.inner  # the paper goes from hand to hand
    ]  # fmt: skip
    return Table("Chỉ tiêu đếm được", ["Chỉ tiêu", "Kỳ này", "Tử số / mẫu số", "Kỳ trước"], rows)


def _states(title: str, rows: list[StateRow]) -> Table:
    return Table(
        title,
        ["Loại, trạng thái", "Số lượng", "Có việc quá hạn"],
        [[f"{r.kind_label}: {r.label}", number(r.count), number(r.late)] for r in rows],
    )


# -- how numbers are written ----------------------------------------------------------------------


def number(value: float | None, places: int = 0) -> str:
    """1.234 and 12,5, as administrative papers write them; '' for none."""
    if value is None:
        return ""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def percent(rate: float | None) -> str:
    """0.8333 -> 83,3%; – where there is no rate."""
    return "–" if rate is None else f"{number(100 * rate, 1)}%"


def figure_words(indicator: Indicator, figure: Figure) -> str:
    if figure.value is None:
        return "–"
    if indicator.measure == "percent":
        return f"{number(figure.value, 1)}%"
    return number(figure.value)


def parts_words(figure: Figure) -> str:
    if figure.denominator is None:
        return number(figure.numerator)
    return f"{number(figure.numerator)}/{number(figure.denominator)}"


# -- files ----------------------------------------------------------------------------------------


def brief_pdf(brief: Brief, *, on: dt.date) -> bytes:
    """PDF/A; the same numbers give the same file."""
    midnight = dt.datetime.combine(on, dt.time(), tzinfo=dt.UTC)
    tables = [
        {"title": f"{n}. {t.title}", "head": t.head, "rows": t.rows, "empty": EMPTY}
        for n, t in enumerate(brief.tables, start=1)
    ]
    return typeset(
        "brief",
        {
            "title": brief.title, "subtitle": brief.subtitle, "agency": brief.agency,
            "agency_lines": lines_balanced(brief.agency), "superior": brief.superior,
            "symbol": brief.symbol, "place_date": brief.place_date, "body": brief.body,
            "tables": tables, "closing": brief.closing, "recipients": brief.recipients,
            "signer": brief.signer.splitlines(), "how": brief.how, "party": brief.party,
        },
        moment=int(midnight.timestamp()),
    )  # fmt: skip


def file_name(found: Dashboard, ending: str) -> str:
    """bao-cao-21439-2026-11.docx"""
    return f"bao-cao-{found.area.code}-{found.period.since:%Y-%m}.{ending}"
