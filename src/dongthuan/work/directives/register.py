"""The register of directing documents (sổ văn bản chỉ đạo): as a file, and out of a spreadsheet.

The printed columns are those of the register of outgoing documents (Phụ lục IV Nghị định
30/2020/NĐ-CP), with how far its orders are in place of the copies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.papers.paper import Paper, Signer, paper_pdf
from dongthuan.core.people.actors import Actor
from dongthuan.core.spreadsheet import SheetRefused, Value, sheets_read
from dongthuan.core.tables import table_csv, table_xlsx
from dongthuan.core.text import fold
from dongthuan.core.units.models import Unit
from dongthuan.work.directives.models import Directive, Type
from dongthuan.work.directives.rules import issuing_check
from dongthuan.work.directives.services import Written, directive_create

MOST_ROWS = 500
PRINTED = 1_000
HEAD = ("Số, ký hiệu", "Ngày, tháng", "Loại", "Trích yếu nội dung", "Người ký", "Công khai")
OUT = ("Số, ký hiệu", "Ngày, tháng", "Loại", "Trích yếu nội dung", "Cơ quan ban hành", "Người ký",
       "Trạng thái", "Số yêu cầu", "Đã xong", "Quá hạn", "Ghi chú", "Mã")  # fmt: skip
# The names of types as Vietnamese registers write them, folded, beside their abbreviations.
NAMES = {
    "nghi quyet": "NQ", "quyet dinh": "QĐ", "chi thi": "CT", "ke hoach": "KH",
    "chuong trinh": "CTr", "huong dan": "HD", "thong bao": "TB", "cong van": "CV",
    "cong dien": "CĐ", "ket luan": "KL",
}  # fmt: skip
_TYPES = {fold(value): value for value in Type.values} | NAMES
_PUBLIC = {"co": True, "x": True, "": True, "khong": False, "noi bo": False}


def _cells(rows: Sequence[Directive]) -> list[list[object]]:
    return [
        [
            row.symbol, f"{row.signed_on:%d/%m/%Y}" if row.signed_on else "",
            str(row.get_type_display()), row.abstract, row.issuer.name, row.signer_title,
            str(kind_of("directive").state(row.state).label),
            row.progress.all, row.progress.done, row.progress.overdue,  # type: ignore[attr-defined]
            "; ".join(filter(None, [row.ended_by, _("illustration") if row.is_demo else ""])),
            row.code,
        ]
        for row in rows
    ]  # fmt: skip


def register_csv(rows: Sequence[Directive]) -> bytes:
    return table_csv(OUT, _cells(rows))


def register_xlsx(rows: Sequence[Directive], *, title: str) -> bytes:
    widths = [16, 12, 14, 60, 30, 24, 18, 8, 8, 8, 24, 18]
    return table_xlsx(OUT, _cells(rows), sheet="Sổ văn bản", above=[title], widths=widths)


def register_pdf(rows: Sequence[Directive], *, unit: Unit, subtitle: str) -> bytes:
    """The register on paper; the first PRINTED lines (a year has far fewer)."""
    lines = [
        [
            str(cells[0]), str(cells[1]), f"{cells[2]}: {cells[3]}", str(cells[5]), str(cells[6]),
            f"{cells[8]}/{cells[7]}", str(cells[10]),
        ]
        for cells in _cells(rows[:PRINTED])
    ]  # fmt: skip
    return paper_pdf(
        Paper(
            unit=unit, title="SỔ VĂN BẢN CHỈ ĐẠO", subtitle=subtitle, on=clock.today(),
            head=("Số, ký hiệu", "Ngày", "Tên loại và trích yếu", "Người ký", "Trạng thái",
                  "Đã xong/yêu cầu", "Ghi chú"),
            rows=lines, widths=(3, 2, 8, 3, 3, 2, 3), wide=True,
            signers=(Signer(title="NGƯỜI LẬP SỔ"), Signer(title="THỦ TRƯỞNG CƠ QUAN")),
        )
    )  # fmt: skip


def template_xlsx() -> bytes:
    """An empty register to fill in."""
    above = [
        "Sổ văn bản chỉ đạo: mỗi dòng một văn bản đã ký.",
        "Loại: " + ", ".join(Type.values) + ". Công khai: có, không.",
    ]
    return table_xlsx(HEAD, [], sheet="Sổ", above=above, widths=[18, 12, 10, 70, 30, 10])


@transaction.atomic
def register_import(*, acting: Actor, issuer: Unit, data: bytes) -> list[Directive]:
    """Key in every line of a spreadsheet, or none. MatterError (file) names the first bad line."""
    issuing_check(acting, issuer)
    try:
        sheets = sheets_read(data, most_rows=MOST_ROWS + 30)
    except SheetRefused as error:
        raise MatterError(str(error), field="file") from None
    rows = sheets[0].rows if sheets else []
    at, columns = _columns(rows)
    lines = [
        (number, row)
        for number, row in enumerate(rows[at + 1 :], start=at + 2)
        if any(_text(cell) for cell in row)
    ]
    if not lines:
        raise MatterError(_("There is no document in this file."), field="file")
    if len(lines) > MOST_ROWS:
        raise MatterError(
            _("At most %(max)d documents at once.") % {"max": MOST_ROWS}, field="file"
        )
    made = []
    for number, row in lines:
        try:
            made.append(
                directive_create(acting=acting, issuer=issuer, written=_written(row, columns))
            )
        except MatterError as error:
            raise MatterError(
                _("Line %(line)s: %(why)s") % {"line": number, "why": error.message}, field="file"
            ) from None
    return made


def _columns(rows: Sequence[Sequence[Value]]) -> tuple[int, dict[str, int]]:
    for at, row in enumerate(rows[:20]):
        heads = {fold(_text(cell)): n for n, cell in enumerate(row) if _text(cell)}
        if fold(HEAD[0]) in heads:
            for name in HEAD[:5]:
                if fold(name) not in heads:
                    raise MatterError(
                        _("The column “%(name)s” is missing.") % {"name": name}, field="file"
                    )
            return at, heads
    raise MatterError(_("No line has the column “%(name)s”.") % {"name": HEAD[0]}, field="file")


def _written(row: Sequence[Value], columns: dict[str, int]) -> Written:
    def cell(name: str) -> Value | None:
        at = columns.get(fold(name))
        return row[at] if at is not None and at < len(row) else None

    symbol = _text(cell(HEAD[0]))
    if not symbol:
        raise MatterError(_("The number is missing."))
    public = fold(_text(cell(HEAD[5])))
    if public not in _PUBLIC:
        raise MatterError(_("Write có or không under “Công khai”."))
    said = fold(_text(cell(HEAD[2])))
    if said not in _TYPES:
        raise MatterError(_("“%(name)s” is no type of document here.") % {"name": said})
    return Written(
        type=_TYPES[said], abstract=_text(cell(HEAD[3])), signer_title=_text(cell(HEAD[4])),
        symbol=symbol, signed_on=_day(cell(HEAD[1])), is_public=_PUBLIC[public],
    )  # fmt: skip


def _text(value: Value | None) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value if value is not None else "").strip()


def _day(value: Value | None) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(_text(value), form).date()
        except ValueError:
            continue
    raise MatterError(_("Write the day as 25/11/2026."))
