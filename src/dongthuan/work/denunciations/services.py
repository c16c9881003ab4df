"""Receiving denunciations by any door; the declared steps go through `matter_act`.

What arrives is sealed in the same transaction as the matter's row: of the content nothing touches
a table outside the vault, not even for a moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.designated import office_above
from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Channel, Duty, Level, Matter, Submission
from dongthuan.core.matters.opening import office_of, text_checked
from dongthuan.core.matters.services import code_next, matter_settle
from dongthuan.core.papers.services import Upload
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.core.units.models import Role, Unit
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.effects.wall import heads_of
from dongthuan.work.denunciations.models import Denunciation
from dongthuan.work.denunciations.recipients import recipients_for
from dongthuan.work.denunciations.terms import SEALED_TITLE

IDENTITY = ("name", "address", "phone", "email", "id_number")
SHORT = 5_000


@dataclass(frozen=True, repr=False)
class Receipt:
    """What the denouncer takes home: the digits are shown once and kept nowhere."""

    matter: Denunciation
    duties: list[Duty]
    digits: str
    repeated: bool = False

    @property
    def code(self) -> str:
        return self.matter.code


@dataclass(frozen=True, repr=False)
class Arrival:
    """How it came: nothing here tells of whom or by whom."""

    unit: Unit
    place: Unit | None
    channel: str
    received_at: dt.datetime
    walled: list[int] = field(default_factory=list)
    head_denounced: bool = False
    forwarded: bool = False
    people_count: int = 1
    registered_by: int | None = None
    is_demo: bool = False
    idempotency_key: str | None = None
    state: str = "received"
    closed_at: dt.datetime | None = None
    owed_from: dt.datetime | None = None  # other than the day of receipt: a ledger's row


@transaction.atomic
def denunciation_create(
    *,
    acting: Actor,
    place: Unit,
    letter: Mapping[str, str],
    identity: Mapping[str, str],
    channel: str,
    uploads: Sequence[Upload] = (),
    people_count: int = 1,
    head_denounced: bool = False,
    forwarded_by: str = "",
    received_at: dt.datetime | None = None,
    digits: str = "",
    is_demo: bool = False,
) -> Receipt:
    """Receive a denunciation against somebody at a place, and seal it (Điều 22–24 Luật Tố cáo).

    `letter` holds `text` (10 to 20,000 letters) and whatever else the form asks; `identity` the
    fields of IDENTITY, empty when anonymous. With `head_denounced` it goes to the office above at
    once (Điều 12). `digits` (vault.form_digits) sent twice make one matter. Raises MatterError,
    NotAllowed, UploadError; then nothing was kept.
    """
    if digits and (before := _earlier(digits)):
        return before
    official = channel not in (Channel.WEB, Channel.API)
    unit = office_of(place)
    if official and not acting.is_system:
        _check_registers(acting, unit)
    now = clock.now()
    moment = received_at or now
    if moment > now:
        raise MatterError(_("The day lies in the future."), field="received_at")
    if not 1 <= people_count <= 100_000:
        raise MatterError(
            _("The number of people lies between 1 and 100,000."), field="people_count"
        )
    content = _letter(letter, forwarded_by)
    arrival = _raised(
        Arrival(
            unit=unit,
            place=place,
            channel=channel,
            received_at=moment,
            head_denounced=head_denounced,
            forwarded=bool(clean(forwarded_by)),
            people_count=people_count,
            registered_by=acting.account_id if official else None,
            is_demo=is_demo,
        )
    )
    receipt = denunciation_open(
        acting=acting,
        arrival=arrival,
        letter=content,
        identity=identity_of(identity),
        digits=digits,
        now=now,
    )
    if len(uploads) > settings.UPLOAD_MAX_FILES:
        raise MatterError(
            _("At most %(limit)s files can be sent; please leave some out.")
            % {"limit": settings.UPLOAD_MAX_FILES},
            field="papers",
        )
    for upload in uploads:
        vault.vault_file_add(matter=receipt.matter, upload=upload)
    return receipt


def denunciation_open(
    *,
    acting: Actor,
    arrival: Arrival,
    letter: Mapping[str, Any],
    identity: Mapping[str, str],
    now: dt.datetime,
    digits: str = "",
) -> Receipt:
    """The row, its first entry and duties, its keys, its sealed content; inside a transaction."""
    recipients = recipients_for(arrival.unit, without=arrival.walled)
    matter = Denunciation.objects.create(
        kind="denunciation",
        code=code_next(unit=arrival.unit, on=clock.today(), sealed=True),
        title=SEALED_TITLE,
        state=arrival.state,
        unit=arrival.unit,
        path=arrival.unit.path,
        place=arrival.place,
        level=Level.SEALED,
        channel=arrival.channel,
        designated=recipients,
        walled_accounts=arrival.walled,
        head_denounced=arrival.head_denounced,
        forwarded=arrival.forwarded,
        opened_at=arrival.received_at,
        closed_at=arrival.closed_at,
        submission_count=1,
        person_count=arrival.people_count,
        is_demo=arrival.is_demo,
    )
    Submission.objects.create(
        matter=matter,
        channel=arrival.channel,
        people_count=arrival.people_count,
        received_at=arrival.received_at,
        registered_by_id=arrival.registered_by,
        idempotency_key=arrival.idempotency_key,
    )
    entry_append(
        matter=matter,
        act="denunciation.received",
        acting=acting,
        audience=Audience.PETITIONER,
        after=matter.state,
        facts={"channel": str(arrival.channel), "people": arrival.people_count},
        at=now,
    )
    duties = []
    if not arrival.closed_at:
        since = arrival.owed_from or arrival.received_at
        duties = duties_open(matter=matter, rules=first_duties(matter, since), now=now)
    matter_settle(matter=matter, duties=duties)
    sealed = vault.vault_open_matter(matter=matter, recipients=recipients, digits=digits)
    vault.vault_seal(matter=matter, sort="letter", content=dict(letter))
    if any(identity.values()):
        vault.vault_seal(matter=matter, sort="identity", content=dict(identity))
    return Receipt(matter, duties, sealed.digits)


def first_duties(
    matter: Denunciation, received_at: dt.datetime
) -> list[tuple[str, str, dt.datetime]]:
    """What is owed from the moment of receipt (khoản 1 Điều 24, khoản 2 Điều 26)."""
    rules = [("tc.initial", "received", received_at)]
    if matter.forwarded:
        rules.append(("tc.forwarder_notice", "received", received_at))
    return rules


def denouncer_wrote(*, matter: Matter, sort: str) -> None:
    """After a reply through the receipt: asked for protection, the settler owes a decision."""
    if sort != "protection" or matter.closed_at:
        return
    owed = {"tc.protect"} & matter.running_rules
    if not owed:
        now = clock.now()
        duties_open(matter=matter, rules=[("tc.protect", "asked", now)], now=now)
        matter_settle(matter=matter)


def identity_of(given: Mapping[str, str]) -> dict[str, str]:
    """The known fields, cleaned and cut; an empty one is left out."""
    values = {name: clean(given.get(name) or "")[:300] for name in IDENTITY}
    return {name: value for name, value in values.items() if value}


def sealer(*, matter: Matter, acting: Actor, act: str, content: Mapping[str, Any]) -> int:
    """Where the personal part of every entry of a denunciation goes (see core kinds.register)."""
    sort = {"matter.message": "message", "matter.note": "note"}.get(act, "step")
    body = dict(content) if sort != "step" else {"act": act, "answers": dict(content)}
    return vault.vault_seal(
        matter=matter, sort=sort, content=body, author="official", account_id=acting.account_id
    )


def _earlier(digits: str) -> Receipt | None:
    """The same form sent twice: the same matter, the same digits."""
    pk = vault.receipt_matter(secret=digits)
    if pk is None:
        return None
    matter = Denunciation.objects.select_related("unit").get(pk=pk)
    return Receipt(matter, list(Duty.objects.filter(matter=matter)), digits, repeated=True)


def _check_registers(acting: Actor, unit: Unit) -> None:
    if not policies.may_register(acting):
        raise NotAllowed(_("Your position may not register submissions."))
    if not any(
        unit.path.startswith(scope.unit_path) or scope.unit_path.startswith(unit.path)
        for scope in acting.scopes_of(Role.INTAKE, Role.HANDLER, Role.HEAD)
    ):
        raise NotAllowed(_("You register only for your own unit."))


def _letter(letter: Mapping[str, str], forwarded_by: str) -> dict[str, str]:
    content = {name: clean(value or "")[:SHORT] for name, value in letter.items()}
    content = {name: value for name, value in content.items() if value}
    content["text"] = text_checked(letter.get("text") or "")
    if sender := clean(forwarded_by)[:200]:
        content["forwarded_by"] = sender
    return content


def _raised(arrival: Arrival) -> Arrival:
    """Who leads the unit and is denounced never sees it: the office above receives it.

    At the top nobody stands above: then it lies with the other designated people, the heads
    walled off, to be handed over by document.
    """
    if not arrival.head_denounced:
        return arrival
    changes: dict[str, Any] = {"walled": heads_of(arrival.unit)}
    if above := office_above(arrival.unit):
        changes |= {"unit": above, "head_denounced": False}
    return Arrival(**{**arrival.__dict__, **changes})
