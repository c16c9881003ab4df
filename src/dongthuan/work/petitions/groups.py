"""Many people, one content: who signed, who speaks for all, and those who join in later.

Representatives: Điều 29 Luật Tiếp công dân 2013 (`tcd.group_reps` of the rulebook): so many by the
size of the group; each of them is one of the people themselves.
A letter, a matter, a person and a visit stay four different numbers.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.matters import policies
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.messages import citizen_tell
from dongthuan.core.matters.models import (
    Audience,
    Channel,
    Matter,
    Projection,
    Submission,
)
from dongthuan.core.matters.opening import text_checked
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Citizen
from dongthuan.core.people.services import citizen_data
from dongthuan.core.spreadsheet import SheetRefused, sheets_read
from dongthuan.core.text import clean, fingerprints, fold, sort_key
from dongthuan.work.petitions.models import Signer
from dongthuan.work.petitions.services import Sender

MOST = 5_000
MOST_BYTES = 5 * 1024 * 1024
NAME_HEADS = ("ho va ten", "ho ten", "ten", "name")
ADDRESS_HEADS = ("dia chi", "noi o", "address")


@dataclass(frozen=True)
class SignerData:
    """One signer as typed: the name is needed; telephone and e-mail only of representatives."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    representative: bool = False


def representatives_most(people: int) -> int:
    """How many may speak for so many people (Điều 29); 0 where everybody speaks for themselves."""
    version = load_rulebook().fact("tcd.group_reps").version(on=clock.today())
    return (version.value.limit(people) or 0) if version else 0  # type: ignore[union-attr]


@transaction.atomic
def signers_add(
    *, acting: Actor, submission: Submission, signers: Sequence[SignerData]
) -> list[Signer]:
    """Add signers to a submission at the counter: all or none.

    Raises NotAllowed, MatterError (the message names the line of a list), PersonError.
    """
    matter = Matter.objects.select_for_update().get(pk=submission.matter_id)
    if not (
        policies.may_see(acting, matter)
        and policies.speaks_for(acting, matter)
        and policies.may_register(acting)
    ):
        raise NotAllowed(_("Only the office that handles the matter writes down signers."))
    if matter.is_sealed:
        raise MatterError(_("Who stands behind a sealed matter is written into its vault only."))
    if not matter.is_open:
        raise MatterError(_("The matter is closed; nobody signs it any more."))
    rows = [_checked(number, signer) for number, signer in enumerate(signers, start=1)]
    if not rows:
        raise MatterError(_("Give at least one signer."), field="name")
    known = submission.signers.count()
    if known + len(rows) > MOST:
        raise MatterError(_("At most 5,000 people sign one submission."))
    _no_double(submission, rows)
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    submission.people_count = max(submission.people_count, known + len(rows))
    submission.save(update_fields=["people_count"])
    _few_enough(submission, rows)
    made = _create(matter, submission, rows)
    _recount(matter)
    entry_append(
        matter=matter,
        act="petition.signers_added",
        acting=acting,
        audience=Audience.OFFICIAL,
        before=matter.state,
        after=matter.state,
        facts={"people": len(made), "total": matter.person_count},
        payload={"signers": [row.pk for row in made]},
    )
    return made


def _checked(number: int, signer: SignerData) -> SignerData:
    name = clean(signer.name)
    if not name:
        raise MatterError(_("Line %(number)d has no name.") % {"number": number}, field="name")
    if len(name) > 120:
        raise MatterError(
            _("The name on line %(number)d is longer than 120 letters.") % {"number": number},
            field="name",
        )
    address = clean(signer.address)[:300]
    return SignerData(name, address, signer.phone, signer.email, signer.representative)


def _key(name: str, address: str) -> tuple[str, str]:
    return fold(name), fold(address)


def _no_double(submission: Submission, rows: Sequence[SignerData]) -> None:
    """The same name at the same address is one person, and is counted once."""
    seen = {
        _key(name, address): 0
        for name, address in submission.signers.values_list("name", "address")
    }
    for number, row in enumerate(rows, start=1):
        key = _key(row.name, row.address)
        if key in seen:
            raise MatterError(
                _("Line %(number)d repeats a signer; nothing was added.") % {"number": number},
                field="name",
            )
        seen[key] = number


def _few_enough(submission: Submission, rows: Sequence[SignerData]) -> None:
    wanted = sum(row.representative for row in rows)
    if not wanted:
        return
    have = submission.signers.filter(representative=True).count()
    most = representatives_most(submission.people_count)
    if have + wanted > most:
        raise MatterError(
            _("%(people)d people are represented by at most %(most)d (Article 29).")
            % {"people": submission.people_count, "most": most},
            field="representative",
        )


def _create(matter: Matter, submission: Submission, rows: Sequence[SignerData]) -> list[Signer]:
    now = clock.now()
    speakers = Citizen.objects.bulk_create(
        Citizen(
            place_id=matter.place_id,
            **citizen_data(name=row.name, address=row.address, phone=row.phone, email=row.email),
        )
        for row in rows
        if row.representative
    )
    citizens = iter(speakers)
    return Signer.objects.bulk_create(
        Signer(
            submission=submission,
            citizen=next(citizens) if row.representative else None,
            name=row.name,
            name_key=sort_key(row.name)[:1000],
            address=row.address,
            representative=row.representative,
            added_at=now,
        )
        for row in rows
    )


def _recount(matter: Matter) -> None:
    matter.person_count = matter.submissions.aggregate(n=Sum("people_count"))["n"] or 0
    matter.version += 1
    matter.save(update_fields=["person_count", "version"])


# -- a list in a file ----------------------------------------


def signers_read(*, name: str, data: bytes) -> list[SignerData]:
    """The signers of a list (.xlsx or .csv): a line of headings, then a name and an address each.

    Raises MatterError: one sentence that names the line.
    """
    if len(data) > MOST_BYTES:
        raise MatterError(_("The list is larger than 5 MB; split it."), field="file")
    lines = _csv(data) if name.lower().endswith(".csv") else _xlsx(data)
    for place, line in enumerate(lines[:20]):
        heads = [fold(cell).strip() for cell in line]
        at = next((i for i, head in enumerate(heads) if head in NAME_HEADS), None)
        if at is not None:
            where = next((i for i, head in enumerate(heads) if head in ADDRESS_HEADS), None)
            return _signers(lines[place + 1 :], at, where, place + 2)
    raise MatterError(
        _("No column “Họ và tên” was found in the first twenty lines of the list."), field="file"
    )


def _signers(lines: list[list[str]], at: int, where: int | None, first: int) -> list[SignerData]:
    found = []
    for number, line in enumerate(lines, start=first):
        name = line[at].strip() if at < len(line) else ""
        if not any(cell.strip() for cell in line):
            continue
        if not name:
            raise MatterError(
                _("Line %(number)d of the list has no name; nothing was added.")
                % {"number": number},
                field="file",
            )
        address = line[where].strip() if where is not None and where < len(line) else ""
        found.append(SignerData(name, address))
    if not found:
        raise MatterError(_("The list holds nobody."), field="file")
    return found


def _csv(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MatterError(_("The list is not UTF-8; save it as .xlsx."), field="file") from None
    separator = ";" if text[:2000].count(";") > text[:2000].count(",") else ","
    try:
        lines = list(csv.reader(io.StringIO(clean(text)), delimiter=separator))
    except csv.Error:
        raise MatterError(_("The list cannot be read; save it as .xlsx."), field="file") from None
    return lines[: MOST + 30]


def _xlsx(data: bytes) -> list[list[str]]:
    try:
        sheets = sheets_read(data, most_rows=MOST + 30)
    except SheetRefused as refusal:
        raise MatterError(str(refusal), field="file") from None
    if not sheets:
        raise MatterError(_("The list holds nobody."), field="file")
    return [[clean(str(cell)) for cell in row] for row in sheets[0].rows]


# -- I have the same problem ----------------------------------------


@dataclass(frozen=True)
class Voice:
    """What somebody takes home who joined a public matter with a submission of their own."""

    submission: Submission
    matter: Matter
    secret: str


def voice_possible(projection: Projection) -> bool:
    """Whether others may join: published by an official, still open, of a kind that many share."""
    return (
        projection.listed
        and projection.closed_on is None
        and projection.kind in ("recommendation", "feedback")
    )


@transaction.atomic
def voice_add(
    *,
    acting: Actor,
    code: str,
    text: str,
    sender: Sender,
    idempotency_key: str | None = None,
) -> Voice:
    """Join a public matter with a submission of one's own; name and contact may stay empty.

    Nobody learns who else stands behind the matter. The same key twice makes one. Raises
    MatterError with its field, PersonError.
    """
    text = text_checked(text)
    data = citizen_data(
        name=sender.name, address=sender.address, phone=sender.phone, email=sender.email
    )
    projection = Projection.objects.filter(code=code.upper()).first()
    if projection is None or not voice_possible(projection):
        raise MatterError(_("This matter cannot be joined; send a petition of your own."))
    matter = (
        Matter.objects.select_for_update(of=("self",)).select_related("unit").get(pk=projection.pk)
    )
    if idempotency_key:
        before = Submission.objects.filter(idempotency_key=idempotency_key).first()
        if before is not None:
            return Voice(before, matter, receipt_secret(before))
    if not matter.is_open or matter.is_sealed:
        raise MatterError(_("This matter cannot be joined; send a petition of your own."))
    submission = _voice(matter, text, sender, data, idempotency_key)
    entry_id = entry_append(
        matter=matter,
        act="petition.voice",
        acting=acting,
        audience=Audience.PETITIONER,
        before=matter.state,
        after=matter.state,
        payload={
            "submission": str(submission.uuid),
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        },
    )
    Matter.objects.filter(pk=matter.pk).update(
        submission_count=F("submission_count") + 1,
        person_count=F("person_count") + 1,
        replied_at=clock.now(),
        version=F("version") + 1,
    )
    if submission.citizen:
        citizen_tell(
            matter=matter,
            citizen=submission.citizen,
            sentence=gettext_lazy("%(unit)s has received your submission %(code)s."),
            key=f"{matter.code}/{entry_id}",
        )
    return Voice(submission, matter, receipt_secret(submission))


def _voice(matter: Matter, text: str, sender: Sender, data: dict, key: str | None) -> Submission:
    citizen = None
    if not sender.empty:
        citizen = Citizen.objects.create(account=sender.account, place_id=matter.place_id, **data)
    try:
        with transaction.atomic():
            return Submission.objects.create(
                matter=matter,
                channel=Channel.WEB,
                text=text,
                citizen=citizen,
                received_at=clock.now(),
                fingerprints=fingerprints(text),
                idempotency_key=key,
            )
    except IntegrityError:
        raise MatterError(_("This form was already sent; look it up with its receipt.")) from None
