"""Recommendations of bodies, criticism of drafts, hearings: what is special beside Matter."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import unit_successors


class Source(models.TextChoices):
    """Who recommends (law.md §6.4); the term of the answer goes by it."""

    MASS_MOBILISATION = "mass_mobilisation", _("mass-mobilisation body")
    FRONT = "front", _("Fatherland Front")
    WOMEN = "women", _("Women's Union")
    YOUTH = "youth", _("Youth Union")
    FARMERS = "farmers", _("Farmers' Association")
    VETERANS = "veterans", _("Veterans' Association")
    TRADE_UNION = "trade_union", _("Trade union")
    BOARD = "board", _("supervision board")
    VOTERS = "voters", _("voters")
    COUNCIL = "council", _("People's Council")


class Answer(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    REFUSED = "refused", _("not taken up")


BY_SESSION = (Source.VOTERS, Source.COUNCIL)


def stands_for(unit: Unit, paths: list[str]) -> Unit:
    """Who stands in a body's place today: of several successors the one named among `paths`."""
    if unit.in_force_on(clock.today()):
        return unit
    heirs = unit_successors(unit, clock.today())
    return next((heir for heir in heirs if heir.path in paths), heirs[0] if heirs else unit)


class BodyRecommendation(Matter):
    """What a body recommends to an authority (kiến nghị): answered, done, confirmed.

    Until it is sent it is the body's own draft, and its unit is the body; then the authority owes.
    """

    source = models.CharField(max_length=20, choices=Source)
    body = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="recommended")
    addressee = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="recommended_to")
    content = models.TextField()
    grounds = models.TextField(blank=True)
    # Out of which meeting or document it comes: the minutes it was taken from.
    meeting = models.CharField(max_length=200, blank=True)
    meeting_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=80, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    session_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    reply = models.TextField(blank=True)
    not_taken = models.TextField(blank=True)
    reply_document = models.CharField(max_length=80, blank=True)
    # Of the last round: the day it was asked, the day it was answered, whether in time.
    asked_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answer_days = models.PositiveIntegerField(null=True, blank=True)
    in_time = models.BooleanField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    report = models.TextField(blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    verdict = models.TextField(blank=True)
    rounds = models.PositiveSmallIntegerField(default=0)
    fingerprints = ArrayField(models.IntegerField(), default=list, blank=True)

    class Meta:
        indexes = [
            GinIndex(
                fields=["fingerprints"],
                name="recommendation_prints",
                opclasses=["gin__int_ops"],
                fastupdate=False,
            ),
            models.Index(fields=["addressee", "source"], name="recommendation_by_unit"),
            models.Index(
                fields=["-sent_on"], name="recommendation_sent", condition=Q(sent_on__isnull=False)
            ),
        ]

    @property
    def body_now(self) -> Unit:
        return stands_for(self.body, self.parties)

    @property
    def by_session(self) -> bool:
        """Voters and the Council are answered by their next session, not after days."""
        return self.source in BY_SESSION

    @property
    def by_board(self) -> bool:
        return self.source == Source.BOARD

    @property
    def by_front(self) -> bool:
        return self.source == Source.FRONT

    @property
    def by_partner(self) -> bool:
        return not (self.by_session or self.by_board or self.by_front)

    @property
    def is_taken_up(self) -> bool:
        return self.answer in (Answer.ACCEPTED, Answer.PARTLY)

    @property
    def is_refused(self) -> bool:
        return self.answer == Answer.REFUSED

    @property
    def is_public(self) -> bool:
        return self.sent_on is not None and not self.is_restricted


class Criticism(Matter):
    """Social criticism (phản biện xã hội) of a draft before it is submitted (Art. 36)."""

    class Form(models.TextChoices):
        WRITTEN = "written", _("in writing")
        CONFERENCE = "conference", _("at a conference")
        DIALOGUE = "dialogue", _("by direct dialogue")

    drafter = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="drafts_criticised")
    critic = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="criticisms")
    summary = models.TextField()
    submits_on = models.DateField()
    document = models.CharField(max_length=80, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    form = models.CharField(max_length=12, choices=Form, blank=True)
    opinion = models.TextField(blank=True)
    opinion_document = models.CharField(max_length=80, blank=True)
    opined_on = models.DateField(null=True, blank=True)
    reply_document = models.CharField(max_length=80, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    @property
    def critic_now(self) -> Unit:
        return stands_for(self.critic, self.parties)

    @cached_property
    def has_points(self) -> bool:
        return self.points.exists()

    @property
    def days_before(self) -> int | None:
        """Calendar days between sending and the day of submission."""
        return (self.submits_on - self.sent_on).days if self.sent_on else None


class Point(models.Model):
    """One point of an opinion, and whether it was taken up; a refusal says why."""

    class Taken(models.TextChoices):
        YES = "yes", _("taken up")
        PARTLY = "partly", _("taken up in part")
        NO = "no", _("not taken up")

    criticism = models.ForeignKey(Criticism, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    taken = models.CharField(max_length=8, choices=Taken, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["criticism", "number"], name="point_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.criticism_id}/{self.number}"


class Hearing(Matter):
    """An authority hears the results of the Front's supervision, each half-year (Arts. 29, 30)."""

    front = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hearings")
    year = models.PositiveSmallIntegerField()
    half = models.PositiveSmallIntegerField()
    on = models.DateField(null=True, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    report = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    document = models.CharField(max_length=80, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(half__in=[1, 2]), name="hearing_half"),
        ]

    @property
    def front_now(self) -> Unit:
        return stands_for(self.front, self.parties)


class AgendaItem(models.Model):
    """A recommendation on the agenda of a hearing, and in which state it stood there."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="agenda")
    recommendation = models.ForeignKey(
        BodyRecommendation, on_delete=models.PROTECT, related_name="heard_in"
    )
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=30)
    was_late = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "recommendation"], name="agenda_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id}/{self.number}"
