"""Short statements (ý kiến ngắn), votes on them by pseudonym, and the opinion map of the votes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dongthuan.work.consultations.items import FORMS

TEXT_MAX = 200


class Statement(models.Model):
    """One sentence to agree or disagree with. Who proposed it stands nowhere.

    `agreed`, `disagreed`, `passed` are kept with the votes, so that the next statement is drawn
    without counting; `extremity` comes from the last map (rule 13). Its words change only before
    the first vote: nobody's vote shall come to mean something else.
    """

    class Origin(models.TextChoices):
        CITIZEN = "citizen", _("proposed at the portal")
        STAFF = "staff", _("entered by the office")

    class State(models.TextChoices):
        NEW = "new", _("waiting to be read")
        SHOWN = "shown", _("shown")
        OUT = "out", _("taken out")

    class Reason(models.TextChoices):
        PERSONAL = "personal", _("names or identifies a person")
        UNLAWFUL = "unlawful", _("content that the law forbids")
        DOUBLE = "double", _("says what another statement says")
        OTHER_MATTER = "other", _("has nothing to do with this matter")

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="statements"
    )
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=TEXT_MAX)
    folded = models.CharField(max_length=TEXT_MAX * 2)
    origin = models.CharField(max_length=8, choices=Origin)
    source = models.CharField(max_length=200, blank=True)
    about_process = models.BooleanField(default=False)
    state = models.CharField(max_length=6, choices=State, default=State.NEW)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    note = models.CharField(max_length=300, blank=True)
    agreed = models.PositiveIntegerField(default=0)
    disagreed = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    extremity = models.FloatField(default=0.0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["consultation_id", "number"]
        indexes = [models.Index(fields=["consultation", "state", "number"], name="statement_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="statement_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="out") | ~Q(reason=""), name="statement_out_for_a_reason"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"statement {self.consultation_id}/{self.number}"

    @property
    def voted(self) -> int:
        return self.agreed + self.disagreed + self.passed

    @property
    def is_unclear(self) -> bool:
        """Khó hiểu: more than 40 % of at least ten passed on it."""
        return self.voted >= 10 and self.passed > 0.4 * self.voted


class StatementVote(models.Model):
    """What one voice says to one statement: 1 agree, 0 pass, -1 disagree. The last counts.

    `voice` is the pseudonym within this consultation. Paper keyed in names its form and source.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="+"
    )
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="votes")
    voice = models.CharField(max_length=64)
    value = models.SmallIntegerField()
    form = models.CharField(max_length=1, choices=FORMS, default="e")
    source = models.CharField(max_length=200, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["consultation", "voice"], name="statement_vote_voice"),
            models.Index(fields=["consultation", "given_at"], name="statement_vote_given"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["statement", "voice"], name="statement_vote_once"),
            models.CheckConstraint(
                condition=Q(value__gte=-1) & Q(value__lte=1), name="statement_vote_value"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"vote {self.pk}"


class MapResult(models.Model):
    """The opinion map of a consultation as it is published: nothing in it is under its limits.

    `data` is described in `statements/publishing.py`; `input_hash` is the SHA-256 of the votes.csv
    it was computed from.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="maps"
    )
    version = models.CharField(max_length=40)
    input_hash = models.CharField(max_length=64)
    data = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "version"], name="map_result_version")
        ]

    def __str__(self) -> str:
        return f"map {self.consultation_id} {self.version}"
