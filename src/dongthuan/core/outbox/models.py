"""Messages that leave the system, each with the whole way it went."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One message to one recipient.

    The states follow what can be known: up to `claimed` nothing has left; in `handing_over` the
    text is on its way to the mail server; whoever dies there leaves `uncertain`, which only a
    person may resolve, because sending again could tell somebody the same thing twice.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS")

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        CLAIMED = "claimed", _("Being prepared")
        HANDING_OVER = "handing_over", _("Being handed over")
        SENT = "sent", _("Sent")
        UNCERTAIN = "uncertain", _("Perhaps sent")
        FAILED = "failed", _("Not sent")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(max_length=8, choices=Channel)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    language = models.CharField(max_length=8)
    key = models.CharField(max_length=200, unique=True)
    about = models.CharField(max_length=120, blank=True, db_index=True)
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["state", "not_before"],
                condition=~Q(state__in=["sent", "cancelled"]),
                name="message_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def own_message_id(self) -> str:
        """The RFC 5322 Message-ID: of the row alone, so that a second attempt has the same."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        return f"<dt.{self.pk}.{self.created_at:%Y%m%d%H%M%S}@{domain}>"
