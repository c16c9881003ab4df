"""Papers: files that people hand in, and documents that an authority issues."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def stored_as(attachment: Attachment, name: str) -> str:
    """Where a file lies: nothing of the sender's name, nothing that can be guessed."""
    return f"{attachment.created_at:%Y/%m}/{uuid.uuid4().hex}"


class Attachment(models.Model):
    """One file, checked and cleaned before it was stored.

    `sha256` and `size` are those of the bytes stored, which for pictures and office files are
    not the bytes sent: what they told about the sender has been taken out.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        DOCUMENT = "document", _("Document")
        SCAN = "scan", _("Scan")

    class State(models.TextChoices):
        PENDING = "pending", _("Not yet handed in")
        ATTACHED = "attached", _("Handed in")
        REFUSED = "refused", _("Removed")

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to=stored_as, max_length=100, blank=True)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    created_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pages = models.PositiveIntegerField(null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(state="pending"), name="attachment_pending"
            ),
            models.Index(fields=["file"], name="attachment_file"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="refused", file="") | (~Q(state="refused") & ~Q(file="")),
                name="attachment_has_file_unless_removed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DocumentType(models.TextChoices):
    """Types of Decree 30/2020/NĐ-CP (article 7, annex III), by their abbreviation in symbols."""

    RESOLUTION = "NQ", _("Resolution")
    DECISION = "QĐ", _("Decision")
    DIRECTIVE = "CT", _("Directive")
    NOTICE = "TB", _("Notice")
    GUIDANCE = "HD", _("Guidance")
    PROGRAMME = "CTr", _("Programme")
    PLAN = "KH", _("Plan")
    REPORT = "BC", _("Report")
    MINUTES = "BB", _("Minutes")
    PROPOSAL = "TTr", _("Submission to a superior")
    OFFICIAL_LETTER = "CV", _("Official letter")
    INVITATION = "GM", _("Invitation")
    AUTHORISATION = "GUQ", _("Letter of authorisation")
    SENDING_SLIP = "PG", _("Sending slip")
    TRANSFER_SLIP = "PC", _("Transfer slip")
    NOTIFICATION_SLIP = "PB", _("Notification slip")


class DocumentSequence(models.Model):
    """The last number given; numbers restart each year, for each type (Decree 30, article 15)."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=4, choices=DocumentType)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "type", "year"], name="document_sequence_once")
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.year}: {self.last}"


class Document(models.Model):
    """A document as it was issued. The database refuses to change or delete it."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="documents")
    type = models.CharField(max_length=4, choices=DocumentType)
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    symbol = models.CharField(max_length=60)
    abstract = models.CharField(max_length=500)
    issued_on = models.DateField()
    superior = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=200)
    place_name = models.CharField(max_length=120)
    authority = models.CharField(max_length=200, blank=True)
    signer_title = models.CharField(max_length=160)
    signer_name = models.CharField(max_length=120)
    addressee = models.CharField(max_length=300, blank=True)
    recipients = models.JSONField(default=list)
    body = models.JSONField(default=list)
    pdf = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    layout = models.CharField(max_length=20)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "type", "year", "number"], name="document_number_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="issued_for_good", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.symbol
