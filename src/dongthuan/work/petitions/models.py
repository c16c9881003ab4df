"""The special part of a petition (đơn): khiếu nại, kiến nghị, phản ánh."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Unit


class Finding(models.TextChoices):
    """What a complaint's settlement found (Điều 31 Luật Khiếu nại 2011)."""

    RIGHT = "right", _("the complaint is right")
    PARTLY = "partly", _("the complaint is right in part")
    WRONG = "wrong", _("the complaint is wrong")


class Petition(Matter):
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
    def ineligible(self) -> bool:
        return self.eligible is False

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
    def must_be_sent(self) -> bool:
        return self._owes("kn.send_decision1", "kn.send_decision2")

    @property
    def owes_suspend_notice(self) -> bool:
        return self._owes("kn.suspend_notice", "kn.resume_notice")

    @property
    def is_complex(self) -> bool:
        return "complex" in self.conditions

    @property
    def second_level_open(self) -> bool:
        return self.first_instance and bool(self.decision)

    def _owes(self, *rules: str) -> bool:
        return bool(self.running_rules & set(rules))
