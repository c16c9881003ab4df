"""A review (rà soát) of a matter that drags on or comes back: what holds it up, what is done."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Unit


class Reason(models.TextChoices):
    """Why a matter is to be reviewed; the thresholds are in the rulebook (reviews.toml)."""

    TERM = "term", _("open much longer than its main term")
    MONTHS = "months", _("open for many months")
    EXTENDED = "extended", _("extended or postponed several times")
    REOPENED = "reopened", _("opened again after it was closed")
    LEVELS = "levels", _("brought to two levels or more")
    CROWD = "crowd", _("brought by a large group")


class Cause(models.TextChoices):
    """What holds a matter up: of the work, never of a person."""

    LAW = "law", _("the law is unclear or has changed")
    FILE = "file", _("papers or measurements are missing")
    COMPETENCE = "competence", _("it is unclear who is competent")
    COORDINATION = "coordination", _("another body has not answered")
    MONEY = "money", _("money or land is lacking")
    EXECUTION = "execution", _("a decision is not carried out")
    DIALOGUE = "dialogue", _("no dialogue was held, or without result")
    OTHER = "other", _("something else")


class CaseReview(Matter):
    """One review of one matter in one year. `subject` is None once the matter is in the vault.

    Nothing here says of what the matter is: its title names reasons alone.
    """

    subject = models.ForeignKey(
        Matter, null=True, on_delete=models.PROTECT, related_name="case_reviews"
    )
    year = models.PositiveSmallIntegerField()
    reasons = ArrayField(models.CharField(max_length=12, choices=Reason), default=list)
    causes = ArrayField(models.CharField(max_length=12, choices=Cause), default=list, blank=True)
    hold_up = models.TextField(blank=True)
    missing = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    superior = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "year"], name="review_once_a_year")
        ]

    @property
    def settled(self) -> bool:
        """Whether the matter was closed meanwhile: then there is nothing left to review."""
        return self.subject is not None and not self.subject.is_open
