"""A village's list as a spreadsheet: the sheet to fill in, and reading it back, all or none."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Household
from dongthuan.core.spreadsheet import Sheet, SheetRefused, Value, sheets_read
from dongthuan.core.tables import table_xlsx
from dongthuan.core.text import clean, fold
from dongthuan.work.projects.contributions.ledger import LINES, Gift, receipts_record
from dongthuan.work.projects.contributions.models import Campaign, Display, Form, Voucher
from dongthuan.work.projects.contributions.selectors import households_for

HEAD = ("Thôn/tổ", "Số hộ", "Đại diện hộ", "Hình thức", "Số tiền (đồng)", "Số lượng",
        "Đơn vị tính", "Công khai", "Mã chuyển tiền")  # fmt: skip
FORMS = {"": Form.CASH, "tien mat": Form.CASH, "chuyen khoan": Form.BANK,
         "ngay cong": Form.LABOUR, "vat tu": Form.MATERIALS}  # fmt: skip
SHOWN = {"": Display.NUMBER, "so ho": Display.NUMBER, "ten": Display.NAME,
         "an danh": Display.HIDDEN}  # fmt: skip
WORST = 20  # faults told at once


class SheetErrors(MatterError):
    """What is wrong with a sheet, line by line; nothing of it was kept."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(lines[0], field="sheet")
        self.lines = list(lines[:WORST])


def sheet_blank(*, actor: Actor, campaign: Campaign) -> bytes:
    """The sheet with the households for whom the actor may write, to be filled in."""
    rows = [
        (row.village.short_name, row.number, row.representative, "Tiền mặt", None, None, "",
         "Số hộ", "")
        for row in households_for(actor=actor, campaign=campaign)
    ]  # fmt: skip
    above = (
        f"Danh sách thu đóng góp – {campaign.title} ({campaign.code})",
        "Hình thức: Tiền mặt, Chuyển khoản, Ngày công, Vật tư. Công khai: Số hộ, Tên (hộ đồng ý),"
        " Ẩn danh. Dòng không có số tiền, số lượng được bỏ qua.",
    )
    return table_xlsx(HEAD, rows, sheet="Thu", above=above, widths=(18, 8, 28, 14, 16, 10, 12, 12,
                                                                    18))  # fmt: skip


def receipts_import(
    *, acting: Actor, campaign: Campaign, on: dt.date, data: bytes, batch: uuid.UUID
) -> list[Voucher]:
    """Write the receipts of a filled sheet, all or none. Raises SheetErrors, MatterError.

    The same sheet sent twice (by `batch`) changes nothing the second time.
    """
    try:
        sheets = sheets_read(data, most_rows=LINES + 20)
    except SheetRefused as error:
        raise SheetErrors([str(error)]) from None
    if not sheets:
        raise SheetErrors([_("The file has no sheet.")])
    gifts, places = _gifts(acting, campaign, sheets[0])
    try:
        return receipts_record(acting=acting, campaign=campaign, on=on, gifts=gifts, batch=batch)
    except MatterError as error:
        place = error.field.removeprefix("line-")
        if not error.field.startswith("line-") or not place.isdecimal():
            raise
        said = error.message.partition(": ")[2]
        raise SheetErrors([_row(places[int(place) - 1], said)]) from None


def _row(row: int, said: str) -> str:
    return _("Row %(row)d: %(error)s") % {"row": row + 1, "error": said}


def _gifts(acting: Actor, campaign: Campaign, sheet: Sheet) -> tuple[list[Gift], list[int]]:
    """The filled lines, and the row of each; SheetErrors with all that is wrong."""
    start = _head(sheet)
    known: dict[tuple[str, str], Household] = {}
    alone: dict[str, list[Household]] = {}
    for home in households_for(actor=acting, campaign=campaign):
        known[fold(home.village.short_name), home.number.casefold()] = home
        alone.setdefault(home.number.casefold(), []).append(home)
    gifts, places, wrong = [], [], []
    for number, cells in enumerate(sheet.rows[start + 1 :], start=start + 1):
        row = [*cells, *[""] * (len(HEAD) - len(cells))]
        if not any(_text(row[at]) for at in (4, 5)):
            continue
        try:
            if any(place[0] == number for place in sheet.errors):
                raise MatterError(_("A cell shows an error."))
            gifts.append(_gift(row, known, alone))
            places.append(number)
        except MatterError as error:
            wrong.append(_row(number, error.message))
    if wrong:
        raise SheetErrors(wrong)
    if not gifts:
        raise SheetErrors([_("Not a line is filled in.")])
    return gifts, places


def _head(sheet: Sheet) -> int:
    """The row of the column heads, which must be those of the blank sheet."""
    wanted = [fold(name) for name in HEAD]
    for number, row in enumerate(sheet.rows[:20]):
        if [fold(_text(cell)) for cell in row[: len(HEAD)]] == wanted:
            return number
    raise SheetErrors([_("The columns are not those of the blank sheet; download it and fill it.")])


def _text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value))


def _gift(
    row: Sequence[Value],
    known: dict[tuple[str, str], Household],
    alone: dict[str, list[Household]],
) -> Gift:
    village, number = fold(_text(row[0])), _text(row[1]).casefold()
    same = alone.get(number, [])
    home = known.get((village, number)) or (same[0] if len(same) == 1 and not village else None)
    if home is None:
        raise MatterError(
            _("There is no household %(number)s in this village.") % {"number": _text(row[1])[:20]}
        )
    form = FORMS.get(fold(_text(row[3])))
    if form is None:
        raise MatterError(_("The form “%(form)s” is not known.") % {"form": _text(row[3])[:30]})
    display = SHOWN.get(fold(_text(row[7])))
    if display is None:
        raise MatterError(_("“%(shown)s” is not known; write Số hộ, Tên or Ẩn danh.")
                          % {"shown": _text(row[7])[:30]})  # fmt: skip
    amount = _number(row[4])
    if amount is not None and amount != int(amount):
        raise MatterError(_("Amounts are whole đồng."))
    if form == Form.LABOUR and amount:
        raise MatterError(_("Labour days are valued by the rate; leave the amount empty."))
    return Gift(
        form=form, household=home, amount=int(amount or 0), quantity=_number(row[5]),
        measure=_text(row[6]), display=display, paid_ref=_text(row[8]),
    )  # fmt: skip


def _number(value: Value) -> Decimal | None:
    """A number as typed ('500.000', '1,5') or as the spreadsheet holds it."""
    if isinstance(value, bool):
        raise MatterError(_("“%(value)s” is no amount or number.") % {"value": value})
    if isinstance(value, float | int):
        text = repr(value)
    else:
        text = _text(value).replace(" ", "").replace(".", "").replace(",", ".")
    said = f"{value:g}" if isinstance(value, float) else str(value).strip()[:30]
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number < 10**13:
        raise MatterError(_("“%(value)s” is no amount or number.") % {"value": said})
    return number
