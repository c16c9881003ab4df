"""All writes on petitions: receiving a submission by any channel, parts, second complaints."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.entries import canonical, entry_append
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.messages import citizen_tell
from dongthuan.core.matters.models import (
    Audience,
    Channel,
    Duty,
    Matter,
    Submission,
)
from dongthuan.core.matters.opening import office_of, text_checked
from dongthuan.core.matters.receipts import receipt_secret, secret_matches
from dongthuan.core.matters.services import papers_attach
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Account, Citizen
from dongthuan.core.people.services import citizen_data
from dongthuan.core.text import clean, fingerprints
from dongthuan.core.units.models import Role, Unit
from dongthuan.work.petitions.joining import submissions_of_code
from dongthuan.work.petitions.models import Regime
from dongthuan.work.petitions.opening import (
    first_duties,
    matter_open,
)
from dongthuan.work.petitions.regimes import field_report_open


@dataclass(frozen=True)
class Sender:
    """Who submits, as typed; every field may be empty save what the channel demands."""

    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    id_number: str = ""
    account: Account | None = None

    @property
    def empty(self) -> bool:
        return not (self.name or self.address or self.phone or self.email or self.account)


@dataclass(frozen=True)
class Receipt:
    """What the sender takes home."""

    submission: Submission
    matter: Matter
    duties: list[Duty]
    secret: str
    repeated: bool = False

    @property
    def code(self) -> str:
        return self.matter.code


def submission_create(
    *,
    acting: Actor,
    place: Unit,
    text: str,
    channel: str,
    sender: Sender,
    place_text: str = "",
    declared: str = "",
    people_count: int = 1,
    attachments: Sequence[Attachment] = (),
    idempotency_key: str | None = None,
    received_at: dt.datetime | None = None,
    written_on: dt.date | None = None,
    forwarded_by: str = "",
    also_sent_to: str = "",
    is_demo: bool = False,
) -> Receipt:
    """Receive one submission and open its matter; the same key twice makes one.

    Goes to the People's Committee of the place. Raises MatterError (field named), PersonError,
    NotAllowed, or Conflict when a key comes back with another content. At most 12 queries.
    """
    official = channel not in (Channel.WEB, Channel.API)
    if declared == "denunciation":
        raise MatterError(
            _("A denunciation goes into the vault; send it by the page for denunciations."),
            field="declared",
        )
    if official and not (acting.is_system or policies.may_register(acting)):
        raise NotAllowed(_("Your position may not register submissions."))
    now = clock.now()
    text = text_checked(text)
    received_at = _checked_moment(received_at, now)
    data = citizen_data(
        name=sender.name,
        address=sender.address,
        phone=sender.phone,
        email=sender.email,
        id_number=sender.id_number,
    )
    if not 1 <= people_count <= 100_000:
        raise MatterError(
            _("The number of people lies between 1 and 100,000."), field="people_count"
        )
    unit = office_of(place)
    if official and not acting.is_system:
        _check_own_unit(acting, unit)
    digest = _digest(
        place, text, data, [a.sha256 for a in attachments], declared, people_count, place_text
    )
    try:
        with transaction.atomic():
            if idempotency_key and (before := _earlier(idempotency_key, digest)):
                return before
            citizen = None
            if not sender.empty:
                citizen = Citizen.objects.create(account=sender.account, place_id=place.pk, **data)
            matter = matter_open(
                unit=unit,
                place=place,
                kind="petition",
                text=text,
                channel=channel,
                received_at=received_at,
                people=people_count,
                declared=declared,
                is_demo=is_demo,
            )
            submission = Submission.objects.create(
                matter=matter,
                channel=channel,
                text=text,
                place_text=clean(place_text)[:200],
                citizen=citizen,
                people_count=people_count,
                received_at=received_at,
                written_on=written_on,
                forwarded_by=clean(forwarded_by)[:200],
                also_sent_to=clean(also_sent_to)[:300],
                registered_by_id=acting.account_id if official else None,
                fingerprints=fingerprints(text),
                idempotency_key=idempotency_key,
                request_digest=digest,
            )
            entry_id = entry_append(
                matter=matter,
                act="petition.received",
                acting=acting,
                audience=Audience.PETITIONER,
                after="received",
                facts={"channel": channel, "people": people_count},
                payload={
                    "submission": str(submission.uuid),
                    "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
                    "files_sha256": [a.sha256 for a in attachments],
                },
                at=now,
            )
            duties = duties_open(
                matter=matter, rules=first_duties(matter.kind, channel, received_at), now=now
            )
            if declared == Regime.FIELD:
                duties = field_report_open(matter=matter, duties=duties, now=now)
            papers_attach(
                matter=matter,
                attachments=attachments,
                entry_id=entry_id,
                audience=Audience.PETITIONER,
            )
            if citizen:
                citizen_tell(
                    matter=matter,
                    citizen=citizen,
                    sentence=gettext_lazy("%(unit)s has received your submission %(code)s."),
                    key=f"{matter.code}/{entry_id}",
                )
    except IntegrityError as error:
        # Two requests with one key at the same moment: the first has won, answer as it did.
        if idempotency_key and "idempotency_key" in str(error):
            earlier = _earlier(idempotency_key, digest)
            if earlier:
                return earlier
        raise
    return Receipt(submission, matter, duties, receipt_secret(submission))


def _earlier(key: str, digest: str) -> Receipt | None:
    """The receipt that the key already made, if its content was the same."""
    submission = (
        Submission.objects.filter(idempotency_key=key).select_related("matter__unit").first()
    )
    if submission is None:
        return None
    if submission.request_digest != digest:
        raise Conflict(_("This key was already used for another submission."))
    duties = list(Duty.objects.filter(matter_id=submission.matter_id).order_by("id"))
    return Receipt(submission, submission.matter, duties, receipt_secret(submission), repeated=True)


def _digest(place: Unit, text: str, data: dict, files: list[str], *more: str | int) -> str:
    plain = {k: v for k, v in data.items() if isinstance(v, str)}
    return hashlib.sha256(canonical([place.code, text, plain, files, *more])).hexdigest()


def _checked_moment(moment: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    if moment is None:
        return now
    if moment > now:
        raise MatterError(_("The day lies in the future."), field="received_at")
    if moment.year < 2011:
        raise MatterError(_("The day lies before the first law kept here."), field="received_at")
    return moment


def _check_own_unit(acting: Actor, unit: Unit) -> None:
    if not any(
        unit.path.startswith(scope.unit_path) or scope.unit_path.startswith(unit.path)
        for scope in acting.scopes_of(Role.INTAKE, Role.HANDLER, Role.HEAD)
    ):
        raise NotAllowed(_("You register only for your own unit."))


# -- the petitioner's own acts --------------------------------------------------------------------


def code_typed(text: str) -> str:
    """A code as people type it: blanks, case and missing dashes do not matter."""
    code = re.sub(r"\s", "", clean(text)).upper()
    return f"{code[:5]}-{code[5:7]}-{code[7:]}" if re.fullmatch(r"\d{13}", code) else code


def submission_find(*, code: str, secret: str) -> Submission | None:
    """The submission that code and secret open, or None; one answer for every failure.

    The secret of a letter also opens the matters that were made of it (its parts, a second
    complaint) with their codes, for the same person.
    """
    wanted = code_typed(code)
    rows = list(
        Submission.objects.filter(matter__code=wanted)
        .select_related("matter__unit", "matter__place", "citizen")
        .order_by("id")[:200]
    )
    # The code of a matter that was joined into another one leads there.
    if not rows and (joined := submissions_of_code(wanted)):
        rows = list(
            Submission.objects.filter(pk__in=joined)
            .select_related("matter__unit", "matter__place", "citizen")
            .order_by("id")
        )
    found = None
    for submission in rows:
        if secret_matches(submission, secret):
            found = submission
    if found or not rows or rows[0].matter.parent_id is None:
        return found
    for origin in Submission.objects.filter(matter=rows[0].matter.parent_id).order_by("id")[:200]:
        if origin.citizen_id and secret_matches(origin, secret):
            found = next((row for row in rows if row.citizen_id == origin.citizen_id), found)
    return found


@transaction.atomic
def petitioner_reply(
    *, submission: Submission, acting: Actor, text: str, attachments: Sequence[Attachment] = ()
) -> None:
    """Something the petitioner adds after looking the matter up with code and secret."""
    text = text_checked(text)
    matter = Matter.objects.select_for_update().get(pk=submission.matter_id)
    if matter.closed_at and clock.now() - matter.closed_at > dt.timedelta(days=365):
        raise MatterError(_("The matter has been closed for more than a year; submit a new one."))
    entry_id = entry_append(
        matter=matter,
        act="petitioner.reply",
        acting=acting,
        audience=Audience.PETITIONER,
        before=matter.state,
        after=matter.state,
        # Several people may stand behind one matter; each reads only what they wrote themselves.
        payload={"text": text, "submission": str(submission.uuid)},
    )
    matter.replied_at = clock.now()
    matter.save(update_fields=["replied_at"])
    papers_attach(
        matter=matter, attachments=attachments, entry_id=entry_id, audience=Audience.PETITIONER
    )


@transaction.atomic
def receipt_renew(*, acting: Actor, submission: Submission) -> str:
    """A new secret for a petitioner who has lost it and has shown who they are.

    Every earlier secret of this receipt is worthless from now on. The office that handles the
    matter does it, and the record says so.
    """
    matter = Matter.objects.select_for_update().get(pk=submission.matter_id)
    owed_here = policies.may_see(acting, matter) and policies.speaks_for(acting, matter)
    if not owed_here or matter.is_sealed or not policies.may_register(acting):
        raise NotAllowed(_("Only the office that handles the matter may give a new secret."))
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    submission.receipt_version += 1
    submission.save(update_fields=["receipt_version"])
    entry_append(
        matter=matter,
        act="petition.receipt_renewed",
        acting=acting,
        audience=Audience.PETITIONER,
        before=matter.state,
        after=matter.state,
    )
    return receipt_secret(submission)


def lookup_url() -> str:
    return f"{settings.PUBLIC_URL}/tra-cuu/"
