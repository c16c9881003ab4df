"""Citizens' initiatives (sáng kiến của công dân, Điều 16.3) and the households behind them."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.people.households import household_count, households_of
from dongthuan.work.decisions.village_matters import VillageMatter, threshold


class InitiativeItem(models.TextChoices):
    """The six contents of Điều 15 that the people discuss and decide."""

    CONTRIBUTION = "1", _("contributions to infrastructure and public works (item 1)")
    FUNDS = "2", _("collecting, spending and managing the people's money (item 2)")
    CONVENTION = "3", _("the village convention (item 3)")
    HEAD = "4", _("election or dismissal of the village head (item 4)")
    BOARDS = "5", _("election or dismissal of members of the boards (item 5)")
    SELF_GOVERNANCE = "6", _("other matters of self-governance (item 6)")


# Kinds in which the people decide what an initiative asked for, and their ends without a vote.
DECIDING = ("decision", "election", "convention")
UNHELD = ("withdrawn", "dropped", "cancelled")


class Initiative(VillageMatter):
    """What a resident proposes to the village; who it is lies in the submission behind it.

    `reached_*`: how many of how many supported it on the day the threshold was reached, or on the
    day the village's Front committee endorsed it below that.
    """

    item = models.CharField(max_length=1, choices=InitiativeItem)
    proposal = models.TextField()
    reached_on = models.DateField(null=True, blank=True)
    reached_yes = models.PositiveIntegerField(null=True, blank=True)
    reached_all = models.PositiveIntegerField(null=True, blank=True)
    endorsed = models.BooleanField(default=False)
    # Raising it makes all codes that were handed out worthless.
    codes_version = models.PositiveSmallIntegerField(default=1)

    @cached_property
    def supporters(self) -> int:
        """Households whose support counts today: given, not withdrawn, not older than three
        months, and still a household of the village."""
        here = households_of(village=self.home).values("number")
        return self.supports.counting().filter(number__in=here).count()

    @cached_property
    def households(self) -> int:
        return household_count(village=self.home)

    @property
    def needed(self) -> int:
        """The least number of households that reaches the share of the law; integers only."""
        share = threshold("dc.initiative").amount
        return -(-self.households * share.numerator // share.denominator)

    @property
    def has_enough(self) -> bool:
        all_ = self.households
        return all_ > 0 and threshold("dc.initiative").met(self.supporters, all_)

    @property
    def is_unanswered(self) -> bool:
        """What was opened for it came to an end before the people decided."""
        opened = self.children.filter(kind__in=DECIDING)
        return opened.exists() and not opened.exclude(state__in=UNHELD).exists()

    @property
    def is_convention(self) -> bool:
        return self.item == InitiativeItem.CONVENTION


class SupportQuerySet(models.QuerySet["Support"]):
    def counting(self) -> SupportQuerySet:
        """Given, not taken back, and not expired today (dc.initiative_valid)."""
        return self.filter(ended_on=None, valid_until__gte=clock.today())


class Support(models.Model):
    """One household says that the village should discuss it (ý kiến đồng thuận).

    `number` is the household's number in the village's list: another representative is no other
    household. It counts until `valid_until`, three months from its own day; one that has expired
    may be given anew, the earlier row then ends. Never deleted.
    """

    class Channel(models.TextChoices):
        PAPER = "paper", _("on paper")
        CODE = "code", _("with the household's code")
        MEETING = "meeting", _("at a meeting")

    class End(models.TextChoices):
        WITHDRAWN = "withdrawn", _("taken back")
        RENEWED = "renewed", _("given anew")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="supports")
    number = models.CharField(max_length=20)
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    signed_on = models.DateField()
    valid_until = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=End, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(default=timezone.now)

    objects = SupportQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "number"],
                condition=Q(ended_on=None),
                name="support_once_a_household",
            )
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"support {self.pk}"

    @property
    def counts(self) -> bool:
        return self.ended_on is None and self.valid_until >= clock.today()
