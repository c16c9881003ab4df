"""Taking over what another door received openly and an officer found to be a denunciation.

The matter keeps its row, code and record; whatever tells of people leaves for the vault, and what
lay in the open is destroyed there. The commitments of its entries stay, and prove nothing any
more to anybody but those who hold the vault.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.kinds import StepContext, leave_open
from dongthuan.core.matters.models import (
    Duty,
    DutyState,
    Entry,
    EntryPayload,
    Level,
    Matter,
    Paper,
    Projection,
    Submission,
)
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.outbox.services import messages_erase
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.services import attachment_destroy
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Citizen
from dongthuan.core.units.models import Unit
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.models import Denunciation
from dongthuan.work.denunciations.recipients import recipients_for
from dongthuan.work.denunciations.services import (
    Arrival,
    denunciation_open,
    first_duties,
    identity_of,
)
from dongthuan.work.denunciations.terms import SEALED_TITLE

_SORTS = {"petitioner.reply": "reply", "matter.message": "message"}


def adopt(context: StepContext, kind: str) -> None:
    """Put a sealed row into the place of an open one, inside the step that found it out."""
    origin = context.matter
    recipients = recipients_for(origin.unit)
    known = leave_open(origin)
    letters = list(Submission.objects.filter(matter_id=origin.pk).select_related("citizen"))
    secrets = [receipt_secret(letter) for letter in letters]
    matter = _row(origin, recipients)
    matter.forwarded = any(letter.forwarded_by for letter in letters)
    matter.save(update_fields=["forwarded"])
    vault.vault_open_matter(matter=matter, recipients=recipients, secrets=secrets)
    _letters_seal(matter, letters)
    for content in known:
        vault.vault_seal(matter=matter, sort="note", content=content, author="official")
    _entries_seal(matter)
    _papers_seal(matter)
    Projection.objects.filter(pk=matter.pk).delete()
    # Reasons of earlier steps were written in the open, in words of their own.
    Duty.objects.filter(matter_id=matter.pk).update(reason="")
    messages_erase(about=matter.code)
    for duty in context.duties:
        if duty.is_running:
            why = _("found to be a denunciation")
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason=why)
    context.opens += first_duties(matter, matter.opened_at)
    context.matter = matter
    context.target = "received"


def opener(
    *,
    acting: Actor,
    origin: Matter | None,
    kind: str,
    text: str,
    now: dt.datetime,
    unit: Unit | None = None,
    **given: Any,
) -> Denunciation:
    """Open one out of another matter, or out of a ledger's row (`unit`, `place`, `received_at`,
    `channel`, `people`, `identity`, `closed_at`, `owed_from`, `key`). Its `receipt` is the digits.

    It is not linked to its origin: who stands behind an open matter must not lead to it.
    """
    about = unit or (origin.unit if origin else None)
    if about is None:
        raise ValueError("a denunciation belongs to a unit")
    closed_at = given.get("closed_at")
    receipt = denunciation_open(
        acting=acting,
        arrival=Arrival(
            unit=about,
            place=given.get("place") or (origin.place if origin else None),
            channel=given.get("channel") or (origin.channel if origin else ""),
            received_at=given.get("received_at") or now,
            people_count=given.get("people") or 1,
            idempotency_key=given.get("key"),
            is_demo=origin.is_demo if origin else False,
            state="closed" if closed_at else "received",
            closed_at=closed_at,
            owed_from=given.get("owed_from"),
        ),
        letter={"text": text, **(given.get("more") or {})},
        identity=identity_of(given.get("identity") or {}),
        now=now,
    )
    receipt.matter.receipt = receipt.digits  # type: ignore[attr-defined]
    return receipt.matter


def _row(origin: Matter, recipients: list[int]) -> Denunciation:
    """The same row of Matter under a child of this room; the other room's child is deleted."""
    columns = {
        f.attname: getattr(origin, f.attname)
        for f in Matter._meta.concrete_fields
        if not f.generated
    }
    pk = origin.pk
    origin.delete(keep_parents=True)
    columns |= {
        "id": pk,
        "kind": "denunciation",
        "title": SEALED_TITLE,
        "level": Level.SEALED,
        "designated": recipients,
        "handler_id": None,
        "parent_id": None,
        "topic": "",
        "search_text": "",
        "accepted_at": None,
        "decided_at": None,
        "replied_at": None,
    }
    matter = Denunciation(matter_ptr_id=pk, **columns)
    matter.save_base(raw=True, force_insert=True)  # the child alone; the parent is there
    matter.save()
    return Denunciation.objects.select_related("unit", "place").get(pk=pk)


def _letters_seal(matter: Denunciation, letters: list[Submission]) -> None:
    people: dict[int, Citizen] = {}
    for letter in letters:
        content = {"text": letter.text, "where": letter.place_text, "channel": letter.channel}
        if letter.forwarded_by:
            content["forwarded_by"] = letter.forwarded_by
        vault.vault_seal(matter=matter, sort="letter", content=content)
        if letter.citizen and letter.citizen_id:
            people[letter.citizen_id] = letter.citizen
            vault.vault_seal(matter=matter, sort="identity", content=_identity(letter.citizen))
        # A new uuid: from now on the server cannot compute the secret that opens the thread.
        Submission.objects.filter(pk=letter.pk).update(
            text="", place_text="", citizen=None, fingerprints=[], uuid=uuid.uuid4(),
            idempotency_key=None, request_digest="", forwarded_by="", ledger={}, written_on=None,
        )  # fmt: skip
    for citizen in people.values():
        _forget(citizen)


def _identity(citizen: Citizen) -> dict[str, str]:
    names = ("name", "address", "phone", "email", "id_number")
    return {name: str(getattr(citizen, name)) for name in names if getattr(citizen, name, "")}


def _forget(citizen: Citizen) -> None:
    """The person's row goes unless an open matter of theirs still needs it."""
    if Submission.objects.filter(citizen=citizen).exists():
        return
    try:
        with transaction.atomic():
            citizen.delete()
    except ProtectedError:
        return


def _entries_seal(matter: Denunciation) -> None:
    payloads = EntryPayload.objects.filter(entry__matter_id=matter.pk).select_related("entry")
    for payload in payloads.order_by("entry_id"):
        entry: Entry = payload.entry
        if body := {k: v for k, v in payload.body.items() if k not in ("submission",)}:
            vault.vault_seal(
                matter=matter,
                sort=_SORTS.get(entry.act, "note"),
                content={"text": str(body.get("text", "")), "act": entry.act, "answers": body},
                author="official" if entry.actor_id else "denouncer",
                account_id=entry.actor_id,
            )
        payload.delete()


def _papers_seal(matter: Denunciation) -> None:
    """Files are sealed as they are; of one that can be cleaned further the traces go first."""
    for paper in Paper.objects.filter(matter_id=matter.pk).select_related("attachment"):
        attachment = paper.attachment
        if attachment.file:
            with attachment.file.open("rb") as file:
                data = file.read()
            try:
                vault.vault_file_add(matter=matter, upload=ContentFile(data, name=attachment.name))
            except UploadError:
                vault.vault_file_seal(
                    matter=matter,
                    name=attachment.name,
                    content_type=attachment.content_type,
                    data=data,
                )
        issued = paper.document_id
        paper.delete()
        if not issued:  # a numbered document of the office stays in its own register
            attachment_destroy(attachment=attachment)
