"""Signing: the number by type and year, the paper of Decree 30, the public row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience, Paper, Projection
from dongthuan.core.papers.errors import DocumentError
from dongthuan.core.papers.letterhead import (
    abbreviation,
    authority_of,
    place_of,
    superior_of,
)
from dongthuan.core.papers.models import Attachment, DocumentType
from dongthuan.core.papers.printing import Paragraph
from dongthuan.core.papers.services import document_issue, number_keep
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Account
from dongthuan.core.units.models import Unit
from dongthuan.work.directives.models import Directive, Line
from dongthuan.work.directives.orders import due_day
from dongthuan.work.directives.rules import numbers_itself

_NUMBER = re.compile(r"0*(\d{1,6})\s*[-/]")
OF_THE_STATE = set(DocumentType.values)


def number_of(symbol: str) -> int | None:
    """'05/KH-UBND' -> 5; None where a symbol begins with no number."""
    found = _NUMBER.match(symbol)
    return int(found[1]) if found else None


def directive_number(*, matter: Directive, acting: Actor) -> None:
    """Give a draft its number and paper; a refused step leaves neither."""
    if not numbers_itself(matter.issuer) or matter.type not in OF_THE_STATE:
        raise MatterError(
            _("Only bodies of the State number here; key a signed paper in with its own number.")
        )
    if not (matter.signer_name and matter.signer_title):
        raise MatterError(_("Write the signer's title and name into the draft first."))
    matter.signed_on = clock.today()
    issuer, superior = matter.issuer, superior_of(matter.issuer)
    lines = list(matter.lines.all())
    names = {
        unit.pk: unit.name
        for unit in Unit.objects.filter(pk__in=[pk for line in lines for pk in line.addressees])
    }
    try:
        document = document_issue(
            unit=issuer,
            type=DocumentType(matter.type),
            abstract=matter.abstract,
            body=list(_body(matter, lines, names)),
            agency_code=abbreviation(issuer),
            superior=superior,
            place_name=place_of(issuer),
            authority=authority_of(issuer, matter.signer_title),
            signer_title=matter.signer_title,
            signer_name=matter.signer_name,
            recipients=_recipients(names),
            issued_on=matter.signed_on,
            created_by=Account.objects.filter(pk=acting.account_id or 0).first(),
        )
    except DocumentError as error:
        raise MatterError(str(error)) from None
    matter.document, matter.symbol = document, document.symbol
    matter.number, matter.year = document.number, document.year
    Paper.objects.create(
        matter=matter,
        attachment=cast(Attachment, document.pdf),
        document=document,
        title=f"{document.symbol} – {document.abstract}"[:200],
        audience=Audience.PUBLIC if matter.is_public else Audience.PETITIONER,
    )


def _body(matter: Directive, lines: list[Line], names: dict[int, str]) -> Iterator[Paragraph]:
    for text in matter.text.splitlines():
        if text.strip():
            yield {"style": "text", "label": "", "text": text.strip()}
    for line in lines:
        day = due_day(line, clock.today())
        who = _short([names.get(pk, "") for pk in line.addressees])
        yield {
            "style": "text",
            "label": f"{line.number}.",
            "text": f"{line.what} Giao: {who}. Hoàn thành chậm nhất ngày {day:%d/%m/%Y}.",
        }


def _short(names: list[str]) -> str:
    return "; ".join(names[:12]) + (f" và {len(names) - 12} nơi khác" if len(names) > 12 else "")


def _recipients(names: dict[int, str]) -> list[str]:
    """Those who have to do something; the layout adds the copy that is kept (Lưu: VT)."""
    found = sorted(names.values())
    rest = [f"{len(found) - 20} nơi thực hiện khác"] if len(found) > 20 else []
    return [*found[:20], *rest]


def number_keyed(matter: Directive) -> None:
    """A number given on paper is never given here again (khoản 1 Điều 15)."""
    if matter.number and matter.type in OF_THE_STATE and numbers_itself(matter.issuer):
        number_keep(
            unit=matter.issuer, type=DocumentType(matter.type), year=matter.year or 0,
            number=matter.number,
        )  # fmt: skip


def symbol_save(matter: Directive) -> None:
    """Save number and day; one sentence where the same symbol is in the register already."""
    try:
        with transaction.atomic():
            matter.save()
    except IntegrityError:
        raise MatterError(
            _("%(symbol)s is in the register of this year already.") % {"symbol": matter.symbol},
            field="symbol",
        ) from None


def directive_publish(matter: Directive) -> None:
    """The public row of a signed document; one for the addressees alone has none."""
    if not matter.is_public:
        return
    lines = "\n".join(f"{line.number}. {line.what}" for line in matter.lines.all())
    body = f"{matter.text}\n{lines}".strip()
    Projection.objects.update_or_create(
        matter=matter,
        defaults={
            "code": matter.code, "kind": matter.kind, "state": "issued", "title": matter.title,
            "body": body, "unit": matter.unit, "path": matter.path, "topic": matter.topic,
            "opened_on": matter.signed_on or timezone.localdate(matter.opened_at), "listed": True,
            "is_demo": matter.is_demo,
            "search_text": f"{matter.code}\n{matter.symbol}\n{matter.abstract}\n{body}"[:20_000],
        },
    )  # fmt: skip
