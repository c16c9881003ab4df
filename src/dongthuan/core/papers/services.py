"""All writes on papers: files that come in, documents that go out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Protocol

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core.papers.checks import Checked, check
from dongthuan.core.papers.errors import DocumentError, UploadError
from dongthuan.core.papers.models import Attachment, Document, DocumentType, stored_as
from dongthuan.core.papers.naming import name_cleaned
from dongthuan.core.papers.printing import LAYOUT, DocumentData, Paragraph, document_pdf
from dongthuan.core.papers.scanner import scan
from dongthuan.core.people.models import Account
from dongthuan.core.units.models import Unit

# An hour longer than a token lives, so that no form loses its files at the last step.
PENDING_KEPT = dt.timedelta(hours=25)


class Upload(Protocol):
    """What is needed of a file that was sent; Django's UploadedFile is one."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    def read(self, num_bytes: int = ..., /) -> bytes: ...


# -- files ------------------------------------------------------------------------------------


def attachment_store(
    *, upload: Upload, uploaded_by: Account | None = None, kind: str = ""
) -> Attachment:
    """Check, clean and keep one file as pending; UploadError when it may not come in.

    `kind` ('scan') tells a paper brought to the counter from a photo or a document.
    """
    return _keep(upload_checked(upload), kind=kind, uploaded_by=uploaded_by)


def upload_checked(upload: Upload) -> Checked:
    """The clean name and bytes of a file that may come in, kept nowhere; UploadError if not."""
    name = name_cleaned(upload.name or "")
    data = _read(name, upload)
    checked = check(name, data)
    scan(name, data)
    return checked


def attachments_store(
    *, uploads: Sequence[Upload], uploaded_by: Account | None = None, already: int = 0
) -> list[Attachment]:
    """Keep several files of one form, all or none; `already` were kept at an earlier step."""
    if already + len(uploads) > settings.UPLOAD_MAX_FILES:
        raise UploadError("count", limit=settings.UPLOAD_MAX_FILES)
    kept: list[Attachment] = []
    try:
        with transaction.atomic():
            for upload in uploads:
                kept.append(attachment_store(upload=upload, uploaded_by=uploaded_by))
    except BaseException:
        for attachment in kept:
            default_storage.delete(str(attachment.file.name))
        raise
    return kept


def attachment_remove(*, attachment: Attachment, reason: str) -> Attachment:
    """Destroy the content of a file that must not be kept; its row, size and hash remain.

    The reason is shown to whoever asks for the file later.
    """
    with transaction.atomic():
        held = Attachment.objects.select_for_update().get(pk=attachment.pk)
        if held.state == Attachment.State.REFUSED:
            return held
        _forget_file(held)
        held.file, held.state, held.note = "", Attachment.State.REFUSED, reason[:300]
        held.save(update_fields=["file", "state", "note"])
    return held


@transaction.atomic
def attachment_destroy(*, attachment: Attachment) -> None:
    """Leave nothing of a file, not even its name: it has gone where only few may read it."""
    Attachment.objects.filter(pk=attachment.pk).delete()
    _forget_file(attachment)


def attachments_sweep(*, now: dt.datetime | None = None) -> int:
    """Delete what was uploaded and never handed in. Returns how many files went."""
    oldest = (now or timezone.now()) - PENDING_KEPT
    with transaction.atomic():
        left = list(
            Attachment.objects.select_for_update(skip_locked=True).filter(
                state=Attachment.State.PENDING, created_at__lt=oldest
            )[:1000]
        )
        Attachment.objects.filter(pk__in=[attachment.pk for attachment in left]).delete()
        for attachment in left:
            _forget_file(attachment)
    return len(left)


def orphans_sweep(*, now: dt.datetime | None = None) -> int:
    """Delete files without a row: those of a transaction that was rolled back after the write.

    Looks at this month and the last; a younger file than PENDING_KEPT may still be under way.
    """
    now = now or timezone.now()
    months = {f"{moment:%Y/%m}" for moment in (now, now - dt.timedelta(days=28))}
    return sum(_orphans_delete(month, now - PENDING_KEPT) for month in sorted(months))


def _orphans_delete(month: str, oldest: dt.datetime) -> int:
    try:
        names = [f"{month}/{name}" for name in default_storage.listdir(month)[1]]
    except FileNotFoundError:
        return 0
    gone = 0
    for start in range(0, len(names), 1000):
        batch = names[start : start + 1000]
        known = set(Attachment.objects.filter(file__in=batch).values_list("file", flat=True))
        for name in set(batch) - known:
            if default_storage.get_modified_time(name) < oldest:
                default_storage.delete(name)
                gone += 1
    return gone


def _read(name: str, upload: Upload) -> bytes:
    """The bytes, never more than the limit: a size that was told is not believed."""
    limit = settings.UPLOAD_MAX_BYTES
    data = b"" if (upload.size or 0) > limit else upload.read(limit + 1)
    if (upload.size or 0) > limit or len(data) > limit:
        raise UploadError("size", name=name, limit=limit // 2**20)
    return data


def _keep(
    checked: Checked,
    *,
    kind: str = "",
    uploaded_by: Account | None,
    state: Attachment.State = Attachment.State.PENDING,
) -> Attachment:
    attachment = Attachment(
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.data),
        sha256=hashlib.sha256(checked.data).hexdigest(),
        kind=kind or checked.kind,
        state=state,
        uploaded_by=uploaded_by,
        pages=checked.pages,
        width=checked.width,
        height=checked.height,
    )
    place = stored_as(attachment, checked.name)
    attachment.file.name = place
    with transaction.atomic():
        attachment.save(force_insert=True)
        # The file comes last: whatever refused the row before left nothing on the disk.
        try:
            default_storage.save(place, ContentFile(checked.data))
        except BaseException:
            default_storage.delete(place)
            raise
    return attachment


def pdf_keep(*, name: str, data: bytes) -> Attachment:
    """Keep a PDF of our own making byte for byte: cleaning it would break its signatures."""
    made = Checked(name=name, data=data, content_type="application/pdf", kind="document")
    return _keep(made, uploaded_by=None, state=Attachment.State.ATTACHED)


def _forget_file(attachment: Attachment) -> None:
    """Delete the file once the row no longer names it for good, never before."""
    name = str(attachment.file.name)
    transaction.on_commit(lambda: default_storage.delete(name))


# -- documents --------------------------------------------------------------------------------


@transaction.atomic
def document_issue(
    *,
    unit: Unit,
    type: DocumentType,
    abstract: str,
    body: Sequence[Paragraph | str],
    agency_code: str,
    place_name: str,
    signer_title: str,
    signer_name: str,
    authority: str = "",
    superior: str = "",
    agency: str = "",
    drafting_code: str = "",
    addressee: str = "",
    recipients: Sequence[str] = (),
    issued_on: dt.date | None = None,
    created_by: Account | None = None,
) -> Document:
    """Number, lay out and keep a document of Decree 30/2020/NĐ-CP.

    The number is taken inside the transaction: one that is rolled back leaves no gap. `body` is
    plain paragraphs or `Paragraph`s; `agency_code` ('UBND') and, for an official letter,
    `drafting_code` ('VP') make the symbol. DocumentError when a component is missing.
    """
    type = DocumentType(type)
    issued_on = issued_on or timezone.localdate()
    agency = agency or unit.name
    parts = [_paragraph(part) for part in body]
    _refuse_incomplete(abstract, parts, agency_code, place_name, signer_title, signer_name)
    if issued_on > timezone.localdate():
        raise DocumentError(_("A document cannot be issued on a day to come."))
    number = _number_next(unit=unit, type=type, year=issued_on.year)
    symbol = _symbol(type, number, agency_code, drafting_code)
    data = DocumentData(
        type=type,
        symbol=symbol,
        abstract=abstract,
        issued_on=issued_on,
        superior=superior,
        agency=agency,
        place_name=place_name,
        authority=authority,
        signer_title=signer_title,
        signer_name=signer_name,
        addressee=addressee,
        recipients=recipients,
        body=parts,
    )
    pdf = Checked(
        name=f"{symbol.replace('/', '-')}.pdf",
        data=document_pdf(data),
        content_type="application/pdf",
        kind="document",
    )
    return Document.objects.create(
        unit=unit,
        type=type,
        number=number,
        year=issued_on.year,
        symbol=symbol,
        abstract=abstract,
        issued_on=issued_on,
        superior=superior,
        agency=agency,
        place_name=place_name,
        authority=authority,
        signer_title=signer_title,
        signer_name=signer_name,
        addressee=addressee,
        recipients=list(recipients),
        body=parts,
        layout=f"{LAYOUT}/1",
        pdf=_keep(pdf, uploaded_by=created_by, state=Attachment.State.ATTACHED),
        created_by=created_by,
    )


def _paragraph(part: Paragraph | str) -> Paragraph:
    if isinstance(part, str):
        return {"style": "text", "label": "", "text": part}
    style = part.get("style", "text")
    if style not in ("text", "basis", "heading"):
        raise DocumentError(_("A paragraph is text, a legal basis or a heading."))
    return {"style": style, "label": part.get("label", ""), "text": part["text"]}


def _refuse_incomplete(abstract: str, parts: Sequence[Paragraph], *others: str) -> None:
    if not abstract.strip() or not all(other.strip() for other in others):
        raise DocumentError(
            _("A document needs an abstract, the agency's code, a place and who signs it.")
        )
    if not any(part["text"].strip() for part in parts):
        raise DocumentError(_("A document needs a text."))


def _symbol(type: DocumentType, number: int, agency_code: str, drafting_code: str) -> str:
    """'05/QĐ-UBND'; an official letter has no type in it: '05/UBND-VP' (annex I, II.3)."""
    if type == DocumentType.OFFICIAL_LETTER:
        return f"{number:02d}/{'-'.join(filter(None, [agency_code, drafting_code]))}"
    return f"{number:02d}/{type.value}-{agency_code}"


def _number_next(*, unit: Unit, type: DocumentType, year: int) -> int:
    """The next number; whoever else wants one waits here until this transaction is decided."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO papers_documentsequence AS s (unit_id, type, year, last)"
            " VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (unit_id, type, year) DO UPDATE SET last = s.last + 1"
            " RETURNING last",
            [unit.pk, type.value, year],
        )
        return int(cursor.fetchone()[0])


def number_keep(*, unit: Unit, type: DocumentType, year: int, number: int) -> None:
    """A number was given on paper: the next one here is higher (Decree 30, article 15.1)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO papers_documentsequence AS s (unit_id, type, year, last)"
            " VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (unit_id, type, year) DO UPDATE"
            " SET last = greatest(s.last, excluded.last)",
            [unit.pk, type.value, year, number],
        )
