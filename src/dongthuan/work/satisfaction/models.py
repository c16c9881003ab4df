"""Desks that people rate, answers without anybody's name, and the rounds that publish them."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Unit


class Desk(models.Model):
    """A place where people are served (quầy); what is rated is the desk, never who sits there."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200, db_collation="C")
    name = models.CharField(max_length=120)
    token = models.CharField(max_length=16, unique=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], condition=models.Q(valid_to=None), name="desk_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Slip(models.Model):
    """A printed slip that gives one voice; only its hash is kept, and never what was answered."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="slips")
    digest = models.CharField(max_length=64, unique=True)
    printed_on = models.DateField()
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"slip {self.pk}"


class Source(models.TextChoices):
    SLIP = "slip", _("with a slip of the desk")
    OPEN = "open", _("by the code on the wall or the portal")
    PAPER = "paper", _("on paper, entered by the office")


class Answer(models.Model):
    """One filled-in form: points by question, a day, no person and no address.

    `points`: {code: 2 | 1 | 0}; a question that was left out is not in it. The database refuses to
    change or delete a row.
    """

    subject = models.CharField(max_length=8)  # criteria.DESK or COMMUNE
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200, db_collation="C")
    desk = models.ForeignKey(Desk, null=True, blank=True, on_delete=models.PROTECT)
    on = models.DateField()
    source = models.CharField(max_length=5, choices=Source)
    points = models.JSONField()
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "on"], name="answer_unit_day")]
        triggers = [
            pgtrigger.Protect(name="given_for_good", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Round(Matter):
    """A quarter whose results an office owes the people (đợt công bố)."""

    quarter = models.CharField(max_length=6)  # '2026Q3'
    figures = models.JSONField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    @property
    def is_published(self) -> bool:
        return self.figures is not None


class RoundTaken(models.Model):
    """One round a quarter and office: the row that two jobs at once fight for."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=6)
    round = models.OneToOneField(Round, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "quarter"], name="rating_round_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.quarter}"
