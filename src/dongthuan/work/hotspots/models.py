"""A hot spot (điểm nóng): the restricted matter, its seats, its work, and what may be told of it.

No table here has a column for a person or a household: areas are counted, concerns have topics,
members are positions. Notices are tables of their own, with words written for everybody; nothing
else of a hot spot is public.
"""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core import clock
from dongthuan.core.law.terms import add_months
from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Position, Unit

EARLY = dt.timedelta(days=30)
AT_WORK = ("watch", "complex", "hot", "stabilised")


class Source(models.TextChoices):
    HAND = "hand", _("opened by hand")
    MATTERS = "matters", _("opened out of matters")
    RADAR = "radar", _("opened on a signal: topic, place and period")


class Hotspot(Matter):
    """Conflict, complex case or hot spot, by its state; `place` and `topic` are those of Matter."""

    about = models.TextField()
    source = models.CharField(max_length=8, choices=Source, default=Source.HAND)
    # The signal it was opened on: so many matters of one topic at one place within the period.
    signal_since = models.DateField(null=True, blank=True)
    signal_until = models.DateField(null=True, blank=True)
    signal_count = models.PositiveIntegerField(default=0)
    criteria = models.JSONField(default=list, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    reviewed6_on = models.DateField(null=True, blank=True)
    relapses = models.PositiveSmallIntegerField(default=0)

    @property
    def first_review_owed(self) -> bool:
        return self.reviewed6_on is None

    def review_from(self, months: int) -> dt.date:
        """The first day on which the review after so many months may be held."""
        closed = self.closed_on or clock.today()
        return add_months(closed, months) - EARLY

    @property
    def has_steering(self) -> bool:
        return self.seats.filter(part=Part.STEERING_HEAD, left_on=None).exists()

    @property
    def has_asked(self) -> bool:
        """The province was asked for its opinion."""
        return self.requests.exists()


class Group(models.Model):
    """A working group (tổ công tác): its areas and its tasks, by a decision."""

    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=160)
    tasks = models.TextField()
    areas = models.ManyToManyField(Unit, related_name="+")
    document = models.CharField(max_length=80)
    decided_on = models.DateField()

    def __str__(self) -> str:
        return self.name


class Part(models.TextChoices):
    REPORTER = "reporter", _("who opened it")
    STEERING_HEAD = "steering_head", _("head of the steering committee")
    STEERING_DEPUTY = "steering_deputy", _("deputy head of the steering committee")
    STEERING = "steering", _("member of the steering committee")
    GROUP_HEAD = "group_head", _("head of a working group")
    GROUP = "group", _("member of a working group")
    CONSULTED = "consulted", _("asked for an opinion")


class Seat(models.Model):
    """A position that has a part, by a decision; nobody is a member as a person."""

    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="seats")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=16, choices=Part)
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    document = models.CharField(max_length=80, blank=True)
    since = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    left_document = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hotspot", "position", "part", "group"],
                condition=Q(left_on=None),
                name="hotspot_seat_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("since")),
                name="hotspot_seat_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hotspot_id} {self.part} {self.position_id}"


class PlannedContact(models.Model):
    """A line of the plan of contact: which group goes to which area, until when, how many turns."""

    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="plan")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="plan")
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    turns = models.PositiveIntegerField()
    purpose = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="hotspot_plan_in_order"
            ),
            models.CheckConstraint(condition=Q(turns__gte=1), name="hotspot_plan_turns"),
        ]

    def __str__(self) -> str:
        return f"{self.hotspot_id} {self.area_id} {self.turns}"


class Visit(models.Model):
    """A day of a group in an area: how many turns of contact there were, never with whom."""

    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="visits")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="visits")
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    turns = models.PositiveIntegerField()
    document = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["hotspot", "-on"], name="hotspot_visit_on")]
        constraints = [models.CheckConstraint(condition=Q(turns__gte=1), name="hotspot_turns")]

    def __str__(self) -> str:
        return f"{self.hotspot_id} {self.on}"


class Concern(models.Model):
    """What was asked on a visit, by topic, and what was answered there or later."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="concerns")
    topic = models.CharField(max_length=30)
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.visit_id} {self.topic}"


class Incident(models.Model):
    """What happened, where, how many people were there, what was done at once."""

    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="incidents")
    at = models.DateTimeField()
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField(default=0)
    text = models.TextField()
    response = models.TextField(blank=True)
    grave = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.hotspot_id} {self.at:%Y-%m-%d}"


class Report(models.Model):
    """A situation report upward: written on the clock of its level."""

    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=30)
    document = models.CharField(max_length=80, blank=True)
    situation = models.TextField()
    done = models.TextField()
    next = models.TextField()
    wishes = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hotspot", "number"], name="hotspot_report_once")
        ]

    def __str__(self) -> str:
        return f"{self.hotspot_id} {self.number}"


class Request(models.Model):
    """Asking the province for its opinion (xin ý kiến), and the opinion."""

    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="requests")
    to = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=80)
    question = models.TextField()
    asked_at = models.DateTimeField()
    opinion = models.TextField(blank=True)
    opinion_document = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.hotspot_id} {self.document}"


class Talk(models.Model):
    """A talk with the people of an area (đối thoại): who was there as bodies, what was agreed."""

    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="talks")
    on = models.DateField()
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    venue = models.CharField(max_length=200)
    bodies = models.CharField(max_length=300, blank=True)
    people = models.PositiveIntegerField(default=0)
    text = models.TextField()
    document = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.hotspot_id} {self.on}"


class Commitment(models.Model):
    """Something promised at the hot spot: on a visit, in a talk, or as a measure decided."""

    class Sort(models.TextChoices):
        VISIT = "visit", _("promised on a visit")
        TALK = "talk", _("agreed in a talk")
        MEASURE = "measure", _("measure decided")

    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="commitments")
    sort = models.CharField(max_length=8, choices=Sort)
    visit = models.ForeignKey(
        Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    talk = models.ForeignKey(
        Talk, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    promise = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.hotspot_id} {self.sort}"


# -- what may be told -----------------------------------------------------------------------------


def _handle() -> str:
    return secrets.token_hex(5)


class Notice(models.Model):
    """What everybody may read of an affair: written by hand, approved by the head.

    Its address tells nothing: no code, no level, no count of those not approved.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", pgettext_lazy("notice", "withdrawn")

    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="notices")
    handle = models.CharField(max_length=10, unique=True, default=_handle)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200, db_collation="C")
    place = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(state="published"),
                name="hotspot_notice_public",
            )
        ]

    def __str__(self) -> str:
        return self.title


class NoticePart(models.Model):
    """An update, or a question with its answer, under a notice; shown once it is approved."""

    class Sort(models.TextChoices):
        UPDATE = "update", _("update")
        QUESTION = "question", _("question and answer")

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="parts")
    sort = models.CharField(max_length=8, choices=Sort)
    question = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.notice_id} {self.sort}"
