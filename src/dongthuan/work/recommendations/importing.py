"""Many recommendations out of a meeting's minutes: read, looked over, written all or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dongthuan.core.matters import policies
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Level
from dongthuan.core.people.actors import Actor
from dongthuan.core.spreadsheet import Sheet, SheetRefused, sheets_read
from dongthuan.core.tables import table_xlsx
from dongthuan.core.text import clean, containment, fold, words
from dongthuan.core.units.models import Unit
from dongthuan.work.recommendations import rules
from dongthuan.work.recommendations.models import BodyRecommendation
from dongthuan.work.recommendations.paragraphs import paragraphs_of
from dongthuan.work.recommendations.services import Said, recommendation_create

MOST_LINES = 200
ALIKE = 0.75
HEADS = ("Nội dung kiến nghị", "Căn cứ, lý do", "Cơ quan giải quyết")
_KNOWN = {
    "content": ("noi dung kien nghi", "noi dung", "kien nghi"),
    "grounds": ("can cu ly do", "can cu", "ly do"),
    "addressee": ("co quan giai quyet", "co quan", "don vi giai quyet", "don vi"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One recommendation as it was read, before anybody has written it."""

    content: str
    grounds: str = ""
    addressee: str = ""  # code of the authority; '' is the one chosen for all


@dataclass(frozen=True)
class Alike:
    """Something with the same words: a matter in sight, or an earlier line (`line`, from 1)."""

    code: str = ""
    title: str = ""
    line: int = 0


class LinesRefused(MatterError):
    """Which lines (from 0) cannot be written, and why; nothing was written."""

    def __init__(self, lines: dict[int, str]) -> None:
        first = min(lines)
        super().__init__(
            _("Line %(n)d: %(why)s") % {"n": first + 1, "why": lines[first]}, field="lines"
        )
        self.lines = lines


def text_lines(text: str) -> list[Line]:
    """One recommendation a paragraph, or a line. Raises MatterError (text)."""
    return _bounded([Line(content=piece) for piece in paragraphs_of(text)], "text")


def sheet_lines(data: bytes, *, body: Unit) -> list[Line]:
    """The rows of a spreadsheet under its heads. Raises MatterError (sheet)."""
    try:
        sheets = sheets_read(data, most_rows=MOST_LINES + 50)
    except SheetRefused as refused:
        raise MatterError(str(refused), field="sheet") from None
    for sheet in sheets:
        found = _under_heads(sheet, body)
        if found is not None:
            return _bounded(found, "sheet")
    raise MatterError(
        _("No sheet has a column “Nội dung kiến nghị”; use the sheet to fill in."), field="sheet"
    )


def _under_heads(sheet: Sheet, body: Unit) -> list[Line] | None:
    for at, row in enumerate(sheet.rows[:20]):
        heads = [" ".join(words(str(cell))) for cell in row]
        columns = {
            name: next((heads.index(known) for known in names if known in heads), None)
            for name, names in _KNOWN.items()
        }
        if columns["content"] is None:
            continue
        named = {fold(unit.name): unit.code for unit in rules.authorities_for(body)}
        named |= {fold(unit.short_name): unit.code for unit in rules.authorities_for(body)}
        return _rows(sheet.rows[at + 1 :], columns, named)
    return None


def _rows(
    rows: Sequence[Sequence[object]], columns: dict[str, int | None], named: dict[str, str]
) -> list[Line]:
    def cell(row: Sequence[object], name: str) -> str:
        at = columns[name]
        return clean(str(row[at])) if at is not None and at < len(row) else ""

    lines = []
    for row in rows:
        content = cell(row, "content")
        if not content:
            continue
        said = cell(row, "addressee")
        # A name that nobody bears is shown to be chosen, not silently replaced.
        code = named.get(fold(said), said) if said else ""
        lines.append(Line(content=content, grounds=cell(row, "grounds"), addressee=code))
    return lines


def _bounded(lines: list[Line], field: str) -> list[Line]:
    if not lines:
        raise MatterError(_("No recommendation was found."), field=field)
    if len(lines) > MOST_LINES:
        raise MatterError(_("At most 200 recommendations at once; split it."), field=field)
    return lines


def sheet_blank() -> bytes:
    """The sheet to fill in."""
    return table_xlsx(HEADS, [], sheet="Kiến nghị", widths=(60, 40, 40))


def lines_alike(*, actor: Actor, lines: Sequence[Line]) -> list[list[Alike]]:
    """For each line what has the same words: earlier lines, matters in sight. One query."""
    prints = [set(rules.prints_of(line.content)) for line in lines]
    wanted = sorted({one for some in prints for one in some})
    near = list(
        BodyRecommendation.objects.filter(policies.visible_to(actor), level__lt=Level.RESTRICTED)
        .filter(Q(fingerprints__overlap=wanted))
        .exclude(state="withdrawn")
        .only("code", "title", "content", "fingerprints")
        .order_by("-pk")[:500]
    )
    found: list[list[Alike]] = []
    for at, line in enumerate(lines):
        alike = [
            Alike(line=before + 1)
            for before in range(at)
            if prints[before] & prints[at] and _same(lines[before].content, line.content)
        ]
        alike += [
            Alike(code=row.code, title=row.title)
            for row in near
            if prints[at] & set(row.fingerprints) and _same(row.content, line.content)
        ]
        found.append(alike[:3])
    return found


def _same(one: str, other: str) -> bool:
    return words(one) == words(other) or containment(one, other) >= ALIKE


@transaction.atomic
def recommendations_import(
    *,
    acting: Actor,
    body: Unit,
    source: str,
    addressee: Unit,
    meeting: str,
    meeting_on: dt.date | None,
    lines: Sequence[Line],
    topic: str = "",
    is_demo: bool = False,
) -> list[BodyRecommendation]:
    """Draft all lines or none. Raises LinesRefused with every faulty line, NotAllowed, MatterError.

    Alike ones are shown before, and written if whoever imports leaves them in.
    """
    rules.belongs_check(acting, rules.SIDE, body)
    rules.source_check(body, source)
    rules.said(meeting, "meeting", most=200, needed=_("Name the meeting or its minutes."))
    _bounded(list(lines), "lines")
    units = {unit.code: unit for unit in rules.authorities_for(body)}
    # The lock on the body makes a second press of the button wait, and then see the first.
    Unit.objects.select_for_update(no_key=True).get(pk=body.pk)
    known = _imported(body, meeting, meeting_on)
    faults: dict[int, str] = {}
    made = []
    for at, line in enumerate(lines):
        to = units.get(line.addressee) if line.addressee else addressee
        if to is None:
            faults[at] = _("Choose an authority of the same place or of the province.")
            continue
        if before := known.get((clean(line.content), to.pk)):
            faults[at] = _("%(code)s says this already, out of the same meeting.") % {
                "code": before
            }
            continue
        said = Said(
            addressee=to, content=line.content, grounds=line.grounds, topic=topic,
            meeting=meeting, meeting_on=meeting_on,
        )  # fmt: skip
        try:
            with transaction.atomic():
                made.append(
                    recommendation_create(
                        acting=acting, body=body, source=source, said=said, is_demo=is_demo
                    )
                )
        except MatterError as error:
            if error.field in ("meeting_on", "topic"):
                raise
            faults[at] = error.message
    if faults:
        raise LinesRefused(faults)
    return made


def _imported(body: Unit, meeting: str, meeting_on: dt.date | None) -> dict[tuple[str, int], str]:
    """Codes of what was taken in already out of a meeting, by its words and its addressee."""
    rows = BodyRecommendation.objects.filter(
        body=body, meeting=clean(meeting), meeting_on=meeting_on
    ).exclude(state="withdrawn")
    found = rows.values_list("content", "addressee_id", "code")
    return {(content, addressee): code for content, addressee, code in found}
