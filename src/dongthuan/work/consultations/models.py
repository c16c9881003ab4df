"""Consultations (lấy ý kiến Nhân dân): what is asked, what came in, what became of it.

Short statements, the votes on them and the opinion map have their own rows: `statements/models.py`.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.models import Citizen
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.items import FORMS, HEARING_ITEM, ITEMS, SEXES


def _key() -> bytes:
    return secrets.token_bytes(32)


class Scope(models.TextChoices):
    COMMUNE = "commune", _("the whole commune")
    VILLAGES = "villages", _("some villages")


class Consultation(Matter):
    """A matter on which people are asked before the authority decides (Điều 25-29).

    `forms`: letters of Điều 26.1. `villages`: codes of the villages asked, where it is not the
    whole commune. `closes_on` is the last day on which opinions are taken. `other_law`: the article
    of another law that sets its own term instead of the twenty days (Điều 28.2). `superior`: who
    decides, where it is not the commune (Điều 28.4). `voice_key` makes pseudonyms of this
    consultation alone; it is destroyed when the matter is reported, and nobody can make them again.
    """

    item = models.CharField(max_length=1, choices=ITEMS)
    forms = ArrayField(models.CharField(max_length=1, choices=FORMS), default=list)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.COMMUNE)
    villages = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    purpose = models.TextField(blank=True)
    superior = models.CharField(max_length=200, blank=True)
    plan_document = models.CharField(max_length=80, blank=True)
    plan_sent_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    other_law = models.CharField(max_length=200, blank=True)
    other_days = models.PositiveSmallIntegerField(null=True, blank=True)
    synthesis = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(blank=True)
    decision_document = models.CharField(max_length=80, blank=True)
    departs = models.BooleanField(default=False)
    departure = models.TextField(blank=True)
    session_on = models.DateField(null=True, blank=True)
    report_document = models.CharField(max_length=80, blank=True)
    voice_key = models.BinaryField(default=_key)

    class Meta:
        indexes = [models.Index(fields=["closes_on"], name="consultation_closes")]

    @property
    def takes_opinions(self) -> bool:
        """Whether people may still give an opinion now: the last day counts in full."""
        return self.state == "open" and bool(self.closes_on and clock.today() <= self.closes_on)

    @property
    def may_close(self) -> bool:
        """The last day has passed (khoản 2 Điều 28)."""
        return bool(self.closes_on and clock.today() > self.closes_on)

    @property
    def takes_paper(self) -> bool:
        """Sheets and minutes of the open time may be keyed in until the synthesis."""
        return self.state in ("open", "closed")

    @property
    def days_left(self) -> int:
        return max((self.closes_on - clock.today()).days + 1, 0) if self.closes_on else 0

    @property
    def is_hearing(self) -> bool:
        return self.item == HEARING_ITEM

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def has_text(self) -> bool:
        """Something to give an opinion on: paragraphs of a draft, or questions."""
        return Paragraph.objects.filter(draft__consultation=self).exists() or (
            Question.objects.filter(consultation=self).exists()
        )

    @property
    def form_labels(self) -> list[str]:
        """The chosen forms in words, in the order of the law."""
        return [str(label) for letter, label in FORMS if letter in self.forms]

    @property
    def opened_on(self) -> dt.date | None:
        return timezone.localdate(self.published_at) if self.published_at else None


class Draft(models.Model):
    """One version (bản) of the text on which people comment; published versions never change."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["consultation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="draft_number_once")
        ]

    def __str__(self) -> str:
        return f"draft {self.consultation_id}/{self.number}"


class Paragraph(models.Model):
    """A numbered paragraph of a version. `anchor` stays with the same words from version to
    version, so that a link to it keeps its meaning; an opinion belongs to the version's row."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="paragraphs")
    number = models.PositiveSmallIntegerField()
    anchor = models.PositiveIntegerField()
    heading = models.BooleanField(default=False)
    text = models.TextField()

    class Meta:
        ordering = ["draft_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="paragraph_number_once"),
            models.UniqueConstraint(fields=["draft", "anchor"], name="paragraph_anchor_once"),
        ]

    def __str__(self) -> str:
        return f"paragraph {self.draft_id}/{self.number}"


class Question(models.Model):
    """A question of the sheet (phiếu hỏi). `show_if`: {} or {"question": key, "in": [values]}."""

    class Type(models.TextChoices):
        SINGLE = "single", _("one answer")
        MULTI = "multi", _("several answers")
        SCALE = "scale", _("scale of 1 to 5")
        TEXT = "text", _("free text")

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="questions"
    )
    key = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=8, choices=Type)
    text = models.CharField(max_length=500)
    choices = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    show_if = models.JSONField(default=dict, blank=True)
    required = models.BooleanField(default=False)

    class Meta:
        ordering = ["consultation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "key"], name="question_key_once")
        ]

    def __str__(self) -> str:
        return f"question {self.consultation_id}/{self.key}"


class Proof(models.TextChoices):
    """How it is known that a voice is one resident's."""

    CODE = "code", _("one-time code")
    PHONE = "phone", _("telephone number confirmed by SMS")
    PAPER = "paper", _("paper, keyed in with its source")
    OPEN = "open", _("not confirmed")


class VoiceCode(models.Model):
    """A one-time code (mã một lần) handed to a resident; only its digest is kept."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="codes")
    digest = models.CharField(max_length=64)
    village = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "digest"], name="voice_code_once")
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Participation(models.Model):
    """One person's part in a consultation: voluntarily declared village, band and sex, the sheet.

    `voice` is the pseudonym within this consultation ('' where none was proved). Who it was stands
    nowhere; a contact for the answer lies in Citizen, apart, and is never shown.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="parts")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    code = models.CharField(max_length=24, unique=True)
    voice = models.CharField(max_length=64, blank=True)
    proof = models.CharField(max_length=6, choices=Proof, default=Proof.OPEN)
    form = models.CharField(max_length=1, choices=FORMS, default="e")
    village = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    band = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=1, choices=SEXES, blank=True)
    answers = models.JSONField(null=True, blank=True)
    citizen = models.ForeignKey(
        Citizen, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Where a paper came from: the day, the place, the number of the sheet, its scan.
    taken_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    sheet_number = models.CharField(max_length=40, blank=True)
    scan = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    idempotency_key = models.CharField(max_length=100, null=True, blank=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["consultation", "id"], name="participation_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "voice"], condition=~Q(voice=""),
                name="participation_one_voice",
            ),
            # The same sheet keyed in twice is refused.
            models.UniqueConstraint(
                fields=["consultation", "form", "sheet_number"], condition=~Q(sheet_number=""),
                name="participation_sheet_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code


class Cluster(models.Model):
    """Opinions that say the same (nhóm ý kiến), with the answer that the law asks for.

    `source`: staff, or map / statement where the opinion map offered it (`source_ref`).
    """

    class Answer(models.TextChoices):
        TAKEN = "taken", _("taken up")
        PARTLY = "partly", _("taken up in part")
        NOT = "not", _("not taken up")

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="clusters"
    )
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    source = models.CharField(max_length=12, default="staff")
    source_ref = models.CharField(max_length=80, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["consultation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="cluster_number_once"),
            models.UniqueConstraint(
                fields=["consultation", "source", "source_ref"], condition=~Q(source_ref=""),
                name="cluster_source_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"cluster {self.consultation_id}/{self.number}"


class Opinion(models.Model):
    """One opinion in words, on a paragraph or on the whole. Held ones count, but are not shown."""

    class State(models.TextChoices):
        NEW = "new", _("waiting to be read")
        SHOWN = "shown", _("shown")
        HELD = "held", _("counted, not shown")

    class Hold(models.TextChoices):
        PERSONAL = "personal", _("names or identifies a person")
        UNLAWFUL = "unlawful", _("content that the law forbids")

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="opinions"
    )
    part = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="opinions")
    paragraph = models.ForeignKey(
        Paragraph, null=True, blank=True, on_delete=models.PROTECT, related_name="opinions"
    )
    # The question with free words that it answers.
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="opinions"
    )
    text = models.TextField()
    people = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=6, choices=State, default=State.NEW)
    hold = models.CharField(max_length=10, choices=Hold, blank=True)
    hold_note = models.CharField(max_length=300, blank=True)
    cluster = models.ForeignKey(
        Cluster, null=True, blank=True, on_delete=models.PROTECT, related_name="opinions"
    )

    class Meta:
        indexes = [
            models.Index(fields=["consultation", "state", "id"], name="opinion_state"),
            models.Index(fields=["consultation", "cluster", "id"], name="opinion_cluster"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="held") | ~Q(hold=""), name="opinion_held_for_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"opinion {self.pk}"


class Tally(models.Model):
    """Voices counted at a meeting or in a ballot (Điều 26.1 a, b, c), from its minutes."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="tallies")
    form = models.CharField(max_length=1, choices=FORMS)
    village = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    invited = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    agree = models.PositiveIntegerField()
    disagree = models.PositiveIntegerField()
    other = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=200)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["consultation_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "form", "village", "held_on"],
                condition=Q(replaced_at=None), name="tally_once",
            ),
            models.CheckConstraint(
                condition=Q(present__gte=models.F("agree") + models.F("disagree")
                            + models.F("other")) & Q(invited__gte=models.F("present")),
                name="tally_adds_up",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"tally {self.pk}"


class Addressee(models.Model):
    """A citizen on whom the draft decision lays a duty, and the hearing of them (Điều 27)."""

    class Wish(models.TextChoices):
        WAITING = "waiting", _("no answer yet")
        SPEAKS = "speaks", _("stated their view")
        NONE = "none", _("does not ask to be heard")
        SILENT = "silent", _("did not answer by the day set")

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="addressees"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    notice = models.CharField(max_length=80)
    notified_on = models.DateField()
    answer_by = models.DateField()
    wish = models.CharField(max_length=8, choices=Wish, default=Wish.WAITING)
    by_proxy = models.CharField(max_length=160, blank=True)
    statement = models.TextField(blank=True)
    heard_on = models.DateField(null=True, blank=True)
    explanation = models.TextField(blank=True)

    class Meta:
        ordering = ["consultation_id", "id"]

    def __str__(self) -> str:
        return f"addressee {self.pk}"


from dongthuan.work.consultations.statements.models import (  # noqa: E402, F401
    MapResult,
    Statement,
    StatementVote,
)
