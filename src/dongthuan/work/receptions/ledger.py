"""The ledger (Sổ tiếp công dân): Mẫu 03/TCD of 13 columns, before 1 July 2026 one of 12.

The 12 columns of Thông tư 04/2021/TT-TTCP are taken as the same without column 4, the ID number
standing with name and address [Ml], as the import of such ledgers does.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.services import unseal
from dongthuan.core.units.models import Unit
from dongthuan.work.receptions import rules
from dongthuan.work.receptions.models import Content, LedgerTaking, Visit
from dongthuan.work.receptions.selectors import keeps

MOST_ROWS = 20_000
TYPES = {
    Content.COMPLAINT: "KN",
    Content.DENUNCIATION: "TC",
    Content.RECOMMENDATION: "KNg",
    Content.FEEDBACK: "PA",
}
SEALED = "(giữ kín theo Luật Tố cáo)"


@dataclass(frozen=True)
class Column:
    """A column of the form: its heading as printed, its width in letters, what stands in it."""

    heading: str
    width: int
    cell: Callable[[Visit], str | int]


def _who(visit: Visit) -> str:
    if visit.type == Content.DENUNCIATION:
        return SEALED
    if visit.citizen is None:
        return ""
    return ", ".join(part for part in (visit.citizen.name, visit.citizen.address) if part)


def id_number(visit: Visit) -> str:
    """The number of the ID document; '' when there is none or its key is gone."""
    if visit.citizen is None or not visit.citizen.id_number:
        return ""
    try:
        return unseal(visit.citizen.id_number)
    except InvalidToken:
        return ""


def _who_with_id(visit: Visit) -> str:
    return ", ".join(part for part in (_who(visit), id_number(visit)) if part)


def _content(visit: Visit) -> str:
    return SEALED if visit.type == Content.DENUNCIATION else visit.content


def _type(visit: Visit) -> str:
    return TYPES[Content(visit.type)] if visit.type else ""


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _guided(visit: Visit) -> str:
    return _joined(visit.guided_to, visit.guide_document)


def _accepted(visit: Visit) -> str:
    code = visit.matter.code if visit.matter else ""
    return _joined(visit.accepted_by, visit.transfer_document, code)


def _note(visit: Visit) -> str:
    refused = f"Từ chối tiếp: {visit.refusal_ground}" if visit.refusal_ground else ""
    again = "tiếp nhiều lần" if visit.is_repeat else ""
    return _joined(refused, again, visit.note)


_HEAD = (
    Column("STT", 6, lambda v: v.ledger_number or 0),
    Column("Ngày tiếp", 12, lambda v: f"{v.on:%d/%m/%Y}"),
)
_REST = (
    Column("Nội dung đơn", 50, _content),
    Column("Loại đơn (KN/TC/KN/PA)", 10, _type),
    Column("Số người cùng nội dung", 10, lambda v: v.people_count),
    Column("Cơ quan đã giải quyết", 22, lambda v: v.settled_by),
    Column("Thuộc thẩm quyền (x)", 10, lambda v: "x" if v.in_competence else ""),
    Column("Hướng dẫn công dân đến cơ quan có thẩm quyền", 26, _guided),
    Column("Cơ quan, đơn vị thụ lý", 26, _accepted),
    Column("Theo dõi kết quả giải quyết", 30, lambda v: v.result),
    Column("Ghi chú", 20, _note),
)
COLUMNS_13 = (
    *_HEAD,
    Column("Họ tên, địa chỉ", 34, _who),
    Column("CCCD/CMND/Hộ chiếu", 16, id_number),
    *_REST,
)
COLUMNS_12 = (*_HEAD, Column("Họ tên, địa chỉ, CMND/Hộ chiếu", 40, _who_with_id), *_REST)


@dataclass(frozen=True)
class Part:
    """The rows of one form of the ledger."""

    form: str
    columns: Sequence[Column]
    visits: list[Visit]

    def rows(self) -> Iterable[list[str | int]]:
        for visit in self.visits:
            yield [column.cell(visit) for column in self.columns]


def ledger(
    *, actor: Actor, unit: Unit, since: dt.date, until: dt.date, most: int = MOST_ROWS
) -> list[Part]:
    """The turns of a unit in a period, by the form that held on the day; one query.

    NotAllowed for who does not work at receptions of that very unit.
    """
    if not keeps(actor, unit):
        raise NotAllowed(_("You keep only the receptions of your own unit."))
    if until < since:
        raise MatterError(_("The period ends before it begins."), field="until")
    visits = list(
        Visit.objects.filter(
            unit=unit, on__range=(since, until), state__in=[Visit.State.SERVED, Visit.State.REFUSED]
        )
        .select_related("citizen", "matter")
        .order_by("on", "id")[: most + 1]
    )
    if len(visits) > most:
        raise MatterError(_("The period holds too many turns; choose a shorter one."),
                          field="until")  # fmt: skip
    parts = []
    if _has_12(since):
        parts.append(Part("Mẫu TT 04-2021", COLUMNS_12, [v for v in visits if _has_12(v.on)]))
    if not _has_12(until):
        parts.append(Part("Mẫu 03-TCD", COLUMNS_13, [v for v in visits if not _has_12(v.on)]))
    return parts


def _has_12(on: dt.date) -> bool:
    """Whether the ledger had the 12 columns of Thông tư 04/2021/TT-TTCP on a day, or none yet."""
    return rules.ledger_form(on) in ("", "TT 04/2021")


@transaction.atomic
def ledger_take(*, acting: Actor, unit: Unit, since: dt.date, until: dt.date) -> bytes:
    """The ledger as a spreadsheet to be taken away; who took which period stays written down.

    Its lines are personal data in bulk (Điều 12.2 Nghị định 154/2026/NĐ-CP): no file without its
    record. Errors as of `ledger`.
    """
    if acting.account_id is None:
        raise NotAllowed(_("You keep only the receptions of your own unit."))
    parts = ledger(actor=acting, unit=unit, since=since, until=until)
    LedgerTaking.objects.create(
        unit=unit, since=since, until=until, lines=sum(len(part.visits) for part in parts),
        at=clock.now(), account_id=acting.account_id, label=acting.label_for(unit.path)[:160],
    )  # fmt: skip
    return ledger_xlsx(parts=parts, unit=unit, since=since, until=until)


def takings(*, actor: Actor, unit: Unit) -> list[LedgerTaking]:
    """Who took the ledger of a unit away, the newest 20 first; for who keeps that ledger."""
    if not keeps(actor, unit):
        raise NotAllowed(_("You keep only the receptions of your own unit."))
    found = LedgerTaking.objects.filter(unit=unit).select_related("account")
    return list(found.order_by("-id")[:20])


def ledger_xlsx(*, parts: Sequence[Part], unit: Unit, since: dt.date, until: dt.date) -> bytes:
    """The ledger as a spreadsheet, one sheet a form; no cell can act as a formula."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        styles = {
            "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            # Says that a sign such as “=” in front is a letter, even when the cell is edited.
            "quoted": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        }
        for part in parts:
            sheet = book.add_worksheet(part.form)
            sheet.write_string(0, 0, unit.name, styles["bold"])
            sheet.write_string(1, 0, "SỔ TIẾP CÔNG DÂN", styles["bold"])
            sheet.write_string(2, 0, f"Từ {since:%d/%m/%Y} đến {until:%d/%m/%Y}")
            sheet.freeze_panes(5, 0)
            _fill(sheet, part, styles)
    return out.getvalue()


def _fill(sheet: Any, part: Part, styles: dict[str, Any]) -> None:
    for at, column in enumerate(part.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(3, at, column.heading, styles["bold"])
        sheet.write_number(4, at, at + 1)
    for line, row in enumerate(part.rows(), start=5):
        for at, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, at, value, styles["text"])
            elif value:
                style = styles["quoted" if value[0] in "=+-@" else "text"]
                sheet.write_string(line, at, value[:32_000], style)
