"""What several steps ask for, and how a list of the law becomes choices."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Text
from dongthuan.core.units.models import Role

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
WORK = (Role.HANDLER, Role.HEAD)
HEAD = (Role.HEAD,)

LAW = "Luật Tố cáo 2018"
D31 = "Nghị định 31/2019/NĐ-CP"
D156 = "Nghị định 156/2026/NĐ-CP"

DOCUMENT = Ask("document", "text", _("Number and symbol of the document"), max_length=80)
SENT_ON = Ask("sent_on", "date", _("Sent on"))
NOTE = Ask("note", "lines", _("Reasons, for the file (sealed)"), personal=True)
INNER_NOTE = Ask("note", "lines", _("Note for the file (sealed)"), required=False, personal=True)
PASSPHRASE = Ask(
    "passphrase", "secret", _("Your vault passphrase"),
    help=_("It is used at once and never kept."),
)  # fmt: skip
PASSPHRASE_IF = Ask(
    "passphrase", "secret", _("Your vault passphrase"), required=False,
    help=_("Needed when somebody else is to open the vault or a text is compared with it."),
)  # fmt: skip


def choices(table: Mapping[str, Text]) -> tuple[tuple[str, Text], ...]:
    return tuple(table.items())


def one(name: str, label: Text, table: Mapping[str, Text], **more: object) -> Ask:
    return Ask(name, "choice", label, choices=choices(table), **more)  # type: ignore[arg-type]


def some(name: str, label: Text, table: Mapping[str, Text], **more: object) -> Ask:
    return Ask(name, "choices", label, choices=choices(table), **more)  # type: ignore[arg-type]
