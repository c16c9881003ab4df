"""A spreadsheet of paper sheets: its template, and reading it, all lines or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.actors import Actor
from dongthuan.core.spreadsheet import SheetRefused, Value, sheets_read
from dongthuan.core.tables import table_xlsx
from dongthuan.core.text import fold
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.items import BANDS
from dongthuan.work.consultations.models import Consultation, Participation, Question
from dongthuan.work.consultations.opinions import Person
from dongthuan.work.consultations.paper import Sheet, sheets_add
from dongthuan.work.consultations.services import villages_of

MOST_ROWS = 5_000
# The head of the template; a column with another head is an answer by the number of its question.
HEAD = ("Số phiếu", "Hình thức", "Ngày", "Nguồn", "Thôn, tổ dân phố", "Độ tuổi", "Giới tính",
        "Ý kiến")  # fmt: skip
_SEX = {"nam": "m", "m": "m", "nu": "f", "f": "f", "": ""}


def template_xlsx(matter: Consultation) -> bytes:
    """An empty spreadsheet to fill in, with a column for each question."""
    questions = list(matter.questions.all())
    above = [
        f"{matter.code} – {matter.title}",
        "Hình thức: chữ của khoản 1 Điều 26; nhiều lựa chọn thì ghi số thứ tự, cách nhau dấu chấm"
        " phẩy; độ tuổi: " + ", ".join(BANDS) + "; giới tính: nam, nữ.",
    ]
    head = [*HEAD, *(f"Câu {question.number}" for question in questions)]
    return table_xlsx(head, [], sheet="Phiếu", above=above, widths=[12] * len(head))


def sheets_import(*, acting: Actor, matter: Consultation, data: bytes) -> list[Participation]:
    """Key in every line of a filled template. MatterError (field file) names the first bad line."""
    try:
        sheets = sheets_read(data, most_rows=MOST_ROWS + 10)
    except SheetRefused as error:
        raise MatterError(str(error), field="file") from None
    rows = sheets[0].rows if sheets else []
    head_at = next(
        (n for n, row in enumerate(rows[:20]) if row and fold(_text(row[0])) == fold(HEAD[0])), None
    )
    if head_at is None:
        raise MatterError(_("The first column must be headed “Số phiếu”."), field="file")
    columns = {fold(_text(cell)): at for at, cell in enumerate(rows[head_at])}
    if missing := [name for name in HEAD if fold(name) not in columns]:
        raise MatterError(
            _("The column “%(name)s” is missing.") % {"name": missing[0]}, field="file"
        )
    questions = list(matter.questions.all())
    villages = _names(villages_of(matter))
    lines = [row for row in rows[head_at + 1 :] if any(_text(cell) for cell in row)]
    return sheets_add(
        acting=acting,
        consultation_id=matter.pk,
        sheets=[
            _sheet(number, row, columns, questions, villages)
            for number, row in enumerate(lines, start=1)
        ],
    )


def _names(villages: Sequence[Unit]) -> dict[str, Unit]:
    """Villages by code, by name and by short name, folded."""
    return {
        fold(name): unit for unit in villages for name in (unit.code, unit.name, unit.short_name)
    }


def _text(value: Value | None) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value if value is not None else "").strip()


def _sheet(
    number: int,
    row: Sequence[Value],
    columns: dict[str, int],
    questions: Sequence[Question],
    villages: dict[str, Unit],
) -> Sheet:
    def cell(name: str) -> Value | None:
        at = columns.get(fold(name))
        return row[at] if at is not None and at < len(row) else None

    village = _text(cell(HEAD[4]))
    sex = fold(_text(cell(HEAD[6])))
    if village and fold(village) not in villages:
        raise _bad(number, _("“%(name)s” is none of the villages asked.") % {"name": village})
    if sex not in _SEX:
        raise _bad(number, _("Write nam or nữ, or leave it empty."))
    opinion = _text(cell(HEAD[7]))
    answers = {
        question.key: _answer(question, _text(cell(f"Câu {question.number}")))
        for question in questions
    }
    answered = any(value not in ("", []) for value in answers.values())
    return Sheet(
        form=_text(cell(HEAD[1])).lower(), taken_on=_day(number, cell(HEAD[2])),
        source=_text(cell(HEAD[3])), number=_text(cell(HEAD[0])),
        opinions=[(None, opinion)] if opinion else (),
        answers=answers if answered else None,
        person=Person(village=villages.get(fold(village)), band=_text(cell(HEAD[5])),
                      sex=_SEX[sex]),
    )  # fmt: skip


def _answer(question: Question, said: str) -> Any:
    """People count choices from one; the record counts them from nought."""
    if question.type == Question.Type.TEXT or not said:
        return said
    parts = [part.strip() for part in said.replace(",", ";").split(";") if part.strip()]
    shift = 0 if question.type == Question.Type.SCALE else 1
    numbers = [str(int(p) - shift) if p.isdecimal() and len(p) < 4 else p for p in parts]
    if question.type == Question.Type.MULTI or len(numbers) != 1:
        return numbers
    return numbers[0]


def _day(number: int, value: Value | None) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(_text(value), form).date()
        except ValueError:
            continue
    raise _bad(number, _("Write the day as 25/11/2026."))


def _bad(number: int, why: str) -> MatterError:
    return MatterError(_("Line %(line)s: %(why)s") % {"line": number, "why": why}, field="file")
