"""Notes that partners exchange on pressing issues, and the situation notes made of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.units.models import Unit


class Source(models.TextChoices):
    """Where a partner learnt it: the occasion, never the person who spoke."""

    RECEPTION = "reception", _("citizen reception")
    MEETING = "meeting", _("village meeting")
    DIALOGUE = "dialogue", _("dialogue or contact with voters")
    ORGANISATION = "organisation", _("members of the organisations")
    BOARD = "board", _("supervision boards")
    PRESS = "press", _("press, radio, public networks")
    FIELD = "field", _("seen on the spot")
    PETITION = "petition", _("petitions and feedback")
    OTHER = "other", _("other")


class Handling(models.TextChoices):
    """What the receiver does with it."""

    SETTLES = "settles", _("settles it")
    KNOWN = "known", _("is already at it")
    PASSES = "passes", _("has passed it on to the competent body")
    WATCHES = "watches", _("keeps watching")
    NOTHING = "nothing", _("sees nothing to be done, with the reason")


class InformationNote(Matter):
    """One note (phiếu trao đổi thông tin) from `unit` to `receiver`; `parties` also read it.

    Its facts are of a topic and a place, never of a person: `wording.facts_checked` refuses names.
    """

    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="notes_received")
    source = models.CharField(max_length=14, choices=Source)
    learnt_on = models.DateField()
    facts = models.TextField()
    proposal = models.TextField(blank=True)
    urgent = models.BooleanField(default=False)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    handling = models.CharField(max_length=10, choices=Handling, blank=True)
    reply = models.TextField(blank=True)

    @property
    def conditions(self) -> list[str]:
        return ["urgent"] if self.urgent else []

    @property
    def topic_label(self) -> str:
        return str(dict(TOPICS).get(self.topic, self.topic))


class Period(models.TextChoices):
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")


class SituationNote(Matter):
    """The situation of a month or quarter (báo cáo tình hình): `unit` writes it for its partners.

    `figures` are frozen when the head adopts it: rows of key, label, value, numerator,
    denominator, how, source, parts. `keys` are the indicators chosen for it; `beside` what the desk
    counted of the public figures at that moment.
    """

    period = models.CharField(max_length=8, choices=Period)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField()
    assessment = models.TextField(blank=True)
    outlook = models.TextField(blank=True)
    proposals = models.TextField(blank=True)
    # Paths of those who read it once it is adopted; until then its author alone does.
    receivers = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    keys = models.JSONField(default=list, blank=True)
    beside = models.JSONField(default=list, blank=True)
    figures = models.JSONField(default=list, blank=True)
    document = models.CharField(max_length=80, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    author = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="situation_notes")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="situation_note_days_in_order"
            ),
        ]

    @property
    def period_is_over(self) -> bool:
        return self.until < clock.today()

    @property
    def is_adopted(self) -> bool:
        return self.adopted_on is not None


class Section(models.Model):
    """What was merged of one topic in one place: edited words, with the notes behind them."""

    note = models.ForeignKey(SituationNote, on_delete=models.CASCADE, related_name="sections")
    topic = models.CharField(max_length=30, choices=TOPICS)
    place = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()
    sources = models.ManyToManyField(InformationNote, related_name="merged_into", blank=True)

    class Meta:
        ordering = ["topic", "place__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["note", "topic", "place"], name="situation_section_once",
                nulls_distinct=False,
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.note_id} {self.topic}"
