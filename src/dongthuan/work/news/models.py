"""News (tin): articles with pictures, their corrections, and how often each was read in a day.

`Reads` holds an article, a day and a number, and nothing else: no reader can be told from it.
"""

from __future__ import annotations

import datetime as dt

from django.db import models

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.papers.models import Attachment


class Article(Matter):
    """One article. Until it is published only its own body sees it (level UNIT, own party).

    `body` is what was typed, in the markup of `markup.py`; pages render it anew each time.
    """

    lead = models.TextField(blank=True)
    body = models.TextField()
    # When it is to appear, and when it did.
    due_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_for = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-matter_ptr"], name="article_published"),
            models.Index(fields=["due_at"], name="article_due"),
        ]

    @property
    def updated_at(self) -> dt.datetime | None:
        """The last correction, or the publication; lists annotate `corrected_at`."""
        return getattr(self, "corrected_at", None) or self.published_at

    @property
    def hour_has_come(self) -> bool:
        return self.due_at is not None and self.due_at <= clock.now()

    @property
    def is_public(self) -> bool:
        return self.state in ("published", "corrected")


class Picture(models.Model):
    """A picture of an article; `alt` tells it to those who do not see it."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="pictures")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(max_length=300)
    caption = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.alt


class Correction(models.Model):
    """What was corrected after publication, when, and the text as it stood before."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    note = models.CharField(max_length=1000)
    title_before = models.CharField(max_length=200)
    lead_before = models.TextField(blank=True)
    body_before = models.TextField()

    def __str__(self) -> str:
        return self.note[:60]


class Reads(models.Model):
    """How often an article was opened on a day; nobody knows by whom."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="reads")
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "reads"
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="reads_once_a_day")]
        indexes = [models.Index(fields=["day"], name="reads_day")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day}: {self.count}"
