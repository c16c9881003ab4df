"""The special part of a petition (đơn): khiếu nại, kiến nghị, phản ánh."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.models import Channel, Matter, Submission
from dongthuan.core.people.models import Citizen
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.complaint_models import (
    Complaint,
    ComplaintFacts,
    Recovery,
    Representative,
)

__all__ = ["Complaint", "Finding", "Petition", "Recovery", "Representative"]


class Finding(models.TextChoices):
    """What a complaint's settlement found (Điều 31 Luật Khiếu nại 2011)."""

    RIGHT = "right", _("the complaint is right")
    PARTLY = "partly", _("the complaint is right in part")
    WRONG = "wrong", _("the complaint is wrong")


class Regime(models.TextChoices):
    """By which rules a recommendation or feedback is handled; '' is the law on reception."""

    FIELD = "field", _("field report (phản ánh hiện trường)")
    REGULATION = "regulation", _("on an administrative regulation (Decree 20/2008)")
    CONDUCT = "conduct", _("on the conduct of an official")


class Petition(ComplaintFacts, Matter):
    """A petition from receipt to closing; which of the three it is stands in `kind`."""

    declared = models.CharField(max_length=20, blank=True)
    instance = models.PositiveSmallIntegerField(default=1)
    conditions = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    eligible = models.BooleanField(null=True, blank=True)
    in_competence = models.BooleanField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    answer = models.TextField(blank=True)
    decision = models.CharField(max_length=80, blank=True)
    transferred_from = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    guided = models.BooleanField(default=False)
    regime = models.CharField(max_length=12, choices=Regime, blank=True)
    # The receiver of a transfer sent it back; the sender settles it or asks the superior.
    sent_back = models.BooleanField(default=False)
    # The superior has decided who is competent: nobody sends it on or back.
    bound = models.BooleanField(default=False)

    @property
    def first_instance(self) -> bool:
        return self.instance == 1

    @property
    def second_instance(self) -> bool:
        return self.instance == 2

    @property
    def admissible(self) -> bool:
        return bool(self.eligible and self.in_competence)

    @property
    def out_of_competence(self) -> bool:
        return bool(self.eligible and self.in_competence is False)

    @property
    def untransferred(self) -> bool:
        return self.transferred_from_id is None

    @property
    def transferable(self) -> bool:
        """One transfer for one content (Thông tư 05/2021/TT-TTCP, Điều 14)."""
        return self.out_of_competence and self.untransferred

    @property
    def guidable(self) -> bool:
        return self.out_of_competence and not self.guided

    @property
    def in_field(self) -> bool:
        return self.regime == Regime.FIELD

    @property
    def on_regulation(self) -> bool:
        return self.regime == Regime.REGULATION

    @property
    def on_conduct(self) -> bool:
        return self.regime == Regime.CONDUCT

    @property
    def came_by_transfer(self) -> bool:
        """Another body sent it here and is owed the result (Điều 27 Luật Tiếp công dân 2013)."""
        sent_here = self.transferred_from_id not in (None, self.unit_id) and not self.sent_back
        return sent_here or self.channel == Channel.FORWARDED

    @property
    def owes_report(self) -> bool:
        return self._owes("tcd.transfer_feedback")

    @property
    def disputable(self) -> bool:
        """Sent back by the receiver and still not in competence here: the superior decides."""
        return self.out_of_competence and self.sent_back and not self.bound

    @property
    def owes_suspend_notice(self) -> bool:
        return self._owes("kn.suspend_notice", "kn.resume_notice")

    @property
    def is_complex(self) -> bool:
        return "complex" in self.conditions

    def _owes(self, *rules: str) -> bool:
        return bool(self.running_rules & set(rules))


class Rating(models.Model):
    """What one sender thinks of how their matter was handled, given once after it was closed.

    It judges the handling by a unit, not a person, and nothing here says who gave it: that stands
    only with the submission. Published as sums of a unit, small numbers hidden.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, primary_key=True, related_name="rating"
    )
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="ratings")
    path = models.CharField(max_length=200, db_collation="C")
    score = models.PositiveSmallIntegerField()
    solved = models.BooleanField()
    reason = models.TextField(blank=True)
    channel = models.CharField(max_length=12, choices=Channel)
    given_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["path", "given_at"], name="rating_path")]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="rating_score_1_to_5"
            )
        ]

    def __str__(self) -> str:
        return f"rating {self.pk}"


class Joining(models.Model):
    """A matter that was joined into another one: what went over, so that it can come back."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="joinings")
    main = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="joined_here")
    submissions = ArrayField(models.BigIntegerField())
    duties = ArrayField(models.BigIntegerField(), default=list, blank=True)
    state_before = models.CharField(max_length=30)
    reason = models.CharField(max_length=1000)
    joined_at = models.DateTimeField(default=timezone.now)
    separated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(separated_at=None), name="joined_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} -> {self.main_id}"


class Signer(models.Model):
    """One of many who signed a submission; those who speak for all are `representative`."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="signers")
    citizen = models.ForeignKey(Citizen, null=True, blank=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=1000, db_collation="C")
    address = models.CharField(max_length=300, blank=True)
    representative = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["submission", "id"], name="signer_submission")]

    def __str__(self) -> str:
        return f"signer {self.pk}"
