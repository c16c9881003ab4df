"""Directing documents (văn bản chỉ đạo), the lines that order something, and who owes each line."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.models import Duty, DutyState, Level, Matter
from dongthuan.core.papers.models import Document
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import unit_successors


class Type(models.TextChoices):
    """Types that direct something (Điều 7 Nghị định 30/2020/NĐ-CP); the last is the Party's own."""

    RESOLUTION = "NQ", _("Resolution")
    DECISION = "QĐ", _("Decision")
    DIRECTIVE = "CT", _("Directive")
    PLAN = "KH", _("Plan")
    PROGRAMME = "CTr", _("Programme")
    GUIDANCE = "HD", _("Guidance")
    NOTICE = "TB", _("Notice")
    OFFICIAL_LETTER = "CV", _("Official letter")
    TELEGRAM = "CĐ", _("Urgent telegram")
    CONCLUSION = "KL", _("Conclusion of a party committee")


class Directive(Matter):
    """A document that orders something. `issuer` signed it and stays; `unit` follows it up today.

    A draft has neither number nor day. `on_paper`: it was issued elsewhere and keyed in.
    """

    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="directives")
    type = models.CharField(max_length=4, choices=Type)
    number = models.PositiveIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    abstract = models.CharField(max_length=500)
    text = models.TextField(blank=True)
    signer_title = models.CharField(max_length=160)
    signer_name = models.CharField(max_length=120, blank=True)
    is_public = models.BooleanField(default=True)
    on_paper = models.BooleanField(default=False)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The document that took its place or put an end to it, here or elsewhere.
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            # Unique in a year, on paper and here alike (khoản 1 Điều 15).
            models.UniqueConstraint(
                fields=["issuer", "year", "symbol"],
                condition=~Q(symbol=""),
                name="directive_symbol_once",
            ),
            models.CheckConstraint(
                condition=Q(symbol="", signed_on=None)
                | (~Q(symbol="") & Q(signed_on__isnull=False)),
                name="directive_signed_with_symbol",
            ),
        ]
        indexes = [
            models.Index(fields=["-signed_on", "-matter_ptr"], name="directive_register"),
        ]

    @property
    def shown(self) -> bool:
        """Whether everybody may read it: signed, and not for the addressees alone."""
        return self.is_public and self.state not in ("draft", "dropped")

    @property
    def all_settled(self) -> bool:
        return not Matter.objects.filter(
            parent_id=self.pk, kind="directive_order", closed_at=None
        ).exists()

    @property
    def level_when_issued(self) -> Level:
        return Level.PARTNER if self.is_public else Level.UNIT


class Line(models.Model):
    """One thing that is ordered; its day is set, or counted in working days from signing."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=1000)
    due_on = models.DateField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    addressees = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "number"], name="directive_line_once"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | Q(days__isnull=False),
                name="directive_line_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id}.{self.number}"


class Order(Matter):
    """What one addressee (its unit) owes under one line; its parent is the directive."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="orders")
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    asked_until = models.DateField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    @property
    def follower(self) -> Unit:
        """Who follows it up: the body that holds the directive today, or its successor."""
        held = self.parent.unit if self.parent else self.issuer
        return next(iter(unit_successors(held, clock.today())), held)

    @property
    def asks_more_time(self) -> bool:
        return self.asked_until is not None

    @property
    def is_overdue(self) -> bool:
        return self.due_on < clock.today()

    @property
    def owes_explanation(self) -> bool:
        return "dir.explain" in self.running_rules

    @property
    def light(self) -> tuple[str, str]:
        """Tone and words of the light in the matrix; lists annotate `missed` (see below)."""
        missed: bool = self.missed  # type: ignore[attr-defined]
        return light_of(self.state, self.due_on, missed, clock.today())


def missed() -> Exists:
    """Whether a day of an order was missed. Not by the day that its addressee names, nor by the
    day that it has now: a later day that was given afterwards mends nothing."""
    return Exists(
        Duty.objects.filter(matter=OuterRef("pk"), rule="dir.order", state=DutyState.LATE)
    )


def light_of(state: str, due_on: dt.date, missed: bool, today: dt.date) -> tuple[str, str]:
    """('good' | 'bad' | 'due' | 'active' | 'waiting' | 'neutral', words)."""
    if state == "confirmed":
        return ("good", str(_("done late"))) if missed else ("good", str(_("done in time")))
    if state == "withdrawn":
        return "neutral", str(_("no longer ordered"))
    if state == "reported":
        return "active", str(_("reported, to be confirmed"))
    if due_on < today:
        return "bad", str(_("overdue"))
    if state == "sent":
        return "waiting", str(_("not acknowledged"))
    return ("due", str(_("due soon"))) if (due_on - today).days <= 5 else (
        "active", str(_("under way"))
    )  # fmt: skip
