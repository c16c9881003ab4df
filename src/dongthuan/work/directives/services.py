"""All writes on directives that are no declared step: drafting, keying in, linking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.links import matter_link
from dongthuan.core.matters.models import (
    Audience,
    Level,
    LinkRole,
    Matter,
    MatterLink,
    Projection,
)
from dongthuan.core.matters.services import papers_attach
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.work.directives.issuing import (
    directive_publish,
    number_keyed,
    number_of,
    symbol_save,
)
from dongthuan.work.directives.models import Directive, Line, Type
from dongthuan.work.directives.orders import orders_open
from dongthuan.work.directives.rules import (
    ISSUING,
    addressees_of,
    belongs,
    issuing_check,
    listed,
    text_checked,
)

MOST_LINES = 30
MOST_DAYS = 750


@dataclass(frozen=True)
class Ordered:
    """One line as it was written: `due_on` or `days` (working days from signing), not both.

    `lists` are names of rules.LISTS, `units` single addressees.
    """

    what: str
    due_on: dt.date | None = None
    days: int | None = None
    lists: Sequence[str] = ()
    units: Sequence[Unit] = ()


@dataclass(frozen=True, kw_only=True)
class Written:
    """A document as it was written; `symbol` and `signed_on` only of one issued on paper."""

    type: str
    abstract: str
    signer_title: str
    signer_name: str = ""
    text: str = ""
    is_public: bool = True
    topic: str = ""
    symbol: str = ""
    signed_on: dt.date | None = None
    lines: Sequence[Ordered] = field(default=())


@transaction.atomic
def directive_create(
    *,
    acting: Actor,
    issuer: Unit,
    written: Written,
    serves: str = "",
    papers: Sequence[Attachment] = (),
    is_demo: bool = False,
) -> Directive:
    """Draft a document, or key in a signed one, whose orders are then owed at once.

    `serves`: code of the plan, task or matter for which it was made. Raises NotAllowed, or
    MatterError with its field; `lines-N-…` for the line N (from 0).
    """
    issuing_check(acting, issuer)
    on_paper = bool(clean(written.symbol))
    columns = _columns(written)
    if on_paper:
        columns |= _signed(written)
    made = matter_create(
        acting=acting, model=Directive, kind="directive", unit=issuer, title=columns["abstract"],
        body=columns["text"], act="directive.drafted", state="draft", level=Level.UNIT,
        topic=written.topic, listed=False, parties=[issuer], is_demo=is_demo,
        audience=Audience.OFFICIAL, facts={"type": str(written.type)}, issuer=issuer,
        on_paper=False,
        **columns | {"symbol": "", "signed_on": None, "number": None, "year": None},
    )  # fmt: skip
    Projection.objects.filter(pk=made.pk).delete()  # a draft is nobody's outside
    _lines_write(made, written, public=written.is_public)
    if on_paper:
        _key_in(acting, made, columns)
    if papers:
        audience = Audience.PUBLIC if made.shown else Audience.PETITIONER
        papers_attach(matter=made, attachments=papers, entry_id=None, audience=audience)
    if clean(serves):
        _serve(acting, made, serves)
    return made


@transaction.atomic
def directive_edit(
    *, acting: Actor, directive: Directive, written: Written, version: int | None = None
) -> Directive:
    """Write a draft anew. Raises Conflict where it changed since `version`."""
    draft = _held(acting, directive)
    if version is not None and version != draft.version:
        raise Conflict(_("The matter was changed meanwhile; look at it again."))
    if draft.state != "draft":
        raise MatterError(_("It was signed; only another document changes it."))
    for name, value in _columns(written).items():
        setattr(draft, name, value)
    draft.title = draft.abstract[:200]
    draft.topic = written.topic
    draft.search_text = f"{draft.code}\n{draft.abstract}\n{draft.text}"[:20_000]
    draft.version += 1
    draft.save()
    _lines_write(draft, written, public=draft.is_public)
    entry_append(
        matter=draft, act="directive.edited", acting=acting, audience=Audience.OFFICIAL,
        before="draft", after="draft",
    )  # fmt: skip
    return draft


@transaction.atomic
def directive_serve(*, acting: Actor, directive: Directive, code: str) -> MatterLink:
    """Say which plan, task or matter a document serves, by its code (field `code`)."""
    return _serve(acting, _held(acting, directive), code)


def _serve(acting: Actor, directive: Directive, code: str) -> MatterLink:
    return matter_link(
        acting=acting, matter=directive, code=clean(code).upper(), role=LinkRole.SERVES.value
    )


def _held(acting: Actor, directive: Directive) -> Directive:
    """The document, locked, for the people of the body that follows it up."""
    seen = Matter.objects.filter(policies.visible_to(acting), pk=directive.pk)
    if not seen.select_for_update().exists():
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    held = Directive.objects.select_related("unit", "issuer").get(pk=directive.pk)
    if not belongs(acting, ISSUING, held.unit):
        raise NotAllowed(_("You enter only documents of your own body."))
    return held


def _columns(written: Written) -> dict[str, Any]:
    if written.type not in Type.values:
        raise MatterError(_("Choose the type of the document."), field="type")
    public = written.is_public
    return {
        "type": written.type,
        "is_public": public,
        "abstract": text_checked(
            written.abstract, "abstract", most=500, public=public,
            needed=_("Write what the document is about."),
        ),
        "text": text_checked(written.text, "text", most=20_000, public=public),
        "signer_title": text_checked(
            written.signer_title, "signer_title", most=160, public=False,
            needed=_("Write the position of who signs."),
        ),
        "signer_name": clean(written.signer_name)[:120],
    }  # fmt: skip


def _signed(written: Written) -> dict[str, Any]:
    symbol = clean(written.symbol)
    if len(symbol) > 60:
        raise MatterError(_("The number is longer than 60 letters."), field="symbol")
    if written.signed_on is None:
        raise MatterError(_("Give the day of the document."), field="signed_on")
    if written.signed_on > clock.today():
        raise MatterError(_("The day lies in the future."), field="signed_on")
    return {
        "symbol": symbol,
        "signed_on": written.signed_on,
        "year": written.signed_on.year,
        "number": number_of(symbol),
    }


def _key_in(acting: Actor, made: Directive, columns: dict[str, Any]) -> None:
    """A paper that was signed already: in force from now on, with the number that it has."""
    now = clock.now()
    for name in ("symbol", "signed_on", "year", "number"):
        setattr(made, name, columns[name])
    made.on_paper, made.state = True, "issued"
    made.level, made.decided_at = made.level_when_issued, clock.noon(columns["signed_on"])
    made.search_text = f"{made.code}\n{made.symbol}\n{made.abstract}\n{made.text}"[:20_000]
    made.version += 1
    symbol_save(made)
    number_keyed(made)
    orders = orders_open(acting=acting, directive=made, now=now)
    made.save(update_fields=["parties"])
    directive_publish(made)
    entry_append(
        matter=made, act="directive.keyed_in", acting=acting,
        audience=Audience.PUBLIC if made.is_public else Audience.PETITIONER, before="draft",
        after="issued", facts={"document": made.symbol, "orders": len(orders)}, at=now,
    )  # fmt: skip


def _lines_write(directive: Directive, written: Written, *, public: bool) -> None:
    if len(written.lines) > MOST_LINES:
        raise MatterError(_("At most %(max)d lines can be ordered.") % {"max": MOST_LINES})
    allowed = {unit.pk for unit in addressees_of(directive.issuer)}
    expanded: dict[str, list[Unit]] = {}
    rows = []
    for at, line in enumerate(written.lines):
        for name in line.lists:
            if name not in expanded:
                expanded[name] = listed(directive.issuer, name)
        units = {u.pk for u in line.units} | {u.pk for n in line.lists for u in expanded[n]}
        _line_check(directive, line, at, written.signed_on)
        if not units:
            raise MatterError(_("Say who has to do it."), field=f"lines-{at}-units")
        if units - allowed:
            raise MatterError(
                _("You may address bodies of your area, their like below, and its villages."),
                field=f"lines-{at}-units",
            )
        what = text_checked(
            line.what, f"lines-{at}-what", most=1000, public=public,
            needed=_("Write what has to be done."),
        )  # fmt: skip
        rows.append(
            Line(
                directive=directive, number=at + 1, what=what, due_on=line.due_on,
                days=None if line.due_on else line.days, addressees=sorted(units),
            )
        )  # fmt: skip
    directive.lines.all().delete()
    Line.objects.bulk_create(rows)


def _line_check(directive: Directive, line: Ordered, at: int, signed_on: dt.date | None) -> None:
    if (line.due_on is None) == (line.days is None):
        raise MatterError(
            _("Set a day, or a number of working days, not both."), field=f"lines-{at}-due_on"
        )
    if line.days is not None and not 1 <= line.days <= MOST_DAYS:
        raise MatterError(
            _("Working days are from 1 to %(max)d.") % {"max": MOST_DAYS}, field=f"lines-{at}-days"
        )
    first = signed_on or timezone.localdate(directive.opened_at)
    if line.due_on and (line.due_on < first or line.due_on.year > first.year + 10):
        raise MatterError(
            _("The day lies before the document, or more than ten years after it."),
            field=f"lines-{at}-due_on",
        )
