"""The special part of a denunciation (đơn tố cáo). Nothing here tells who denounces.

Who denounces, who is denounced, what is written and every free text of an official lie in the
vault. These columns hold what the procedure turns on: choices, numbers, dates, document numbers.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.core.units.models import Unit
from dongthuan.work.denunciations.terms import CONDITIONS_29, FOR_15_DAYS, SETTLING


class Identity(models.TextChoices):
    """What the check of the denouncer found (Điều 24, 25 Luật Tố cáo 2018)."""

    KNOWN = "known", _("name and address established")
    ANONYMOUS = "anonymous", _("no name or address")
    UNFOUND = "unfound", _("the person could not be established")
    FALSE = "false", _("somebody else's name was used")
    FORM = "form", _("not in a form of Article 22")


class Finding(models.TextChoices):
    """What the conclusion found (điểm c khoản 2 Điều 35 Luật Tố cáo 2018)."""

    RIGHT = "right", _("the denunciation is right")
    PARTLY = "partly", _("the denunciation is right in part")
    WRONG = "wrong", _("the denunciation is false")


class Denunciation(Matter):
    """A denunciation from receipt to closing."""

    conditions = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    criteria = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    identity = models.CharField(max_length=10, choices=Identity, blank=True)
    met = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    in_competence = models.BooleanField(null=True, blank=True)
    many_bodies = models.BooleanField(default=False)
    from_complaint = models.BooleanField(default=False)
    new_evidence = models.BooleanField(default=False)
    checkable = models.BooleanField(default=False)
    head_denounced = models.BooleanField(default=False)
    transferred_from = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    forwarded = models.BooleanField(default=False)
    earlier = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="again"
    )
    again_ground = models.CharField(max_length=10, blank=True)
    demanded = models.BooleanField(default=False)
    heard = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    suspended_in = models.CharField(max_length=30, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    decision = models.CharField(max_length=80, blank=True)
    recommended = models.BooleanField(default=False)
    # The text that may be posted: checked against the denouncer's identity before it was kept.
    public_text = models.TextField(blank=True)
    posted_on = models.DateField(null=True, blank=True)
    posted_forms = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    # Numbers of forms 04/GQTC ("due") and 05/KQTH ("done") by the names of terms.FIGURES.
    figures = models.JSONField(default=dict, blank=True)

    # -- what steps turn on --------------------------------------------------------------------

    @property
    def identified(self) -> bool:
        return self.identity == Identity.KNOWN

    @property
    def conditions_met(self) -> bool:
        """All of Điều 29 khoản 1; out of a settled complaint only with evidence (its last part)."""
        return (
            self.identified
            and set(self.met) >= set(CONDITIONS_29)
            and (not self.from_complaint or self.new_evidence)
        )

    @property
    def acceptable(self) -> bool:
        return bool(self.in_competence) and not self.head_denounced and self.conditions_met

    @property
    def refusable(self) -> bool:
        return bool(self.in_competence) and not self.head_denounced and not self.conditions_met

    @property
    def transferable(self) -> bool:
        """Điều 24 khoản 2; of one that its competent body has too, nothing is transferred."""
        if self.state == "again":
            return self.again_unlawful
        return self.in_competence is False and not self.many_bodies

    @property
    def unprocessable(self) -> bool:
        """Điều 24 khoản 3, or Điều 25 khoản 1 without anything that could be checked."""
        outside = self.in_competence is False and self.many_bodies
        return outside or (bool(self.identity) and not self.identified and not self.checkable)

    @property
    def inspectable(self) -> bool:
        """Điều 25 khoản 2, điểm b khoản 1 Điều 26: no denunciation, but clear and checkable."""
        forwarded = self.forwarded and not self.conditions_met
        return bool(self.identity) and self.checkable and (not self.identified or forwarded)

    @property
    def must_rise(self) -> bool:
        return self.head_denounced

    @property
    def again_unlawful(self) -> bool:
        return self.again_ground == "unlawful"

    @property
    def again_overdue(self) -> bool:
        return self.again_ground == "overdue"

    @property
    def demandable(self) -> bool:
        return self.again_overdue and not self.demanded

    @property
    def over_takeable(self) -> bool:
        return self.again_overdue and self.demanded

    @property
    def drafted(self) -> bool:
        return bool(self.public_text) and "tc.publish" in self.running_rules

    @property
    def posted_long(self) -> bool:
        """Posted in a form that must stand fifteen days (điểm b, c khoản 2 Điều 6 NĐ 31/2019)."""
        return bool(set(self.posted_forms) & set(FOR_15_DAYS))

    @property
    def settled_by_conclusion(self) -> bool:
        return self.outcome == "conclude"

    @property
    def reopenable(self) -> bool:
        """A concluded one is only settled again by the authority above (Điều 37)."""
        return self.outcome in ("refuse", "transfer", "unprocess", "inspect")

    @property
    def owes_notice(self) -> bool:
        return self._owes("tc.accept_notice")

    @property
    def owes_suspend_notice(self) -> bool:
        return self._owes("tc.suspend_notice")

    @property
    def owes_sending(self) -> bool:
        return self._owes("tc.send_conclusion")

    @property
    def owes_handling(self) -> bool:
        return self._owes("tc.handle")

    @property
    def owes_result_notice(self) -> bool:
        return self._owes("tc.handle_notice")

    @property
    def owes_publication(self) -> bool:
        return self._owes("tc.publish")

    @property
    def owes_posting(self) -> bool:
        return self._owes("tc.post_min")

    @property
    def owes_forwarder(self) -> bool:
        return self._owes("tc.forwarder_notice")

    @property
    def owes_overdue_report(self) -> bool:
        return self._owes("tc.overdue_report")

    @property
    def owes_protection(self) -> bool:
        return self._owes("tc.protect")

    @property
    def awaits_protection(self) -> bool:
        return self.protections.filter(state=ProtectionState.ASKED).exists()

    @property
    def is_protecting(self) -> bool:
        return self.protections.filter(state=ProtectionState.RUNNING).exists()

    @property
    def is_overdue(self) -> bool:
        """The term of Điều 30 has passed without a conclusion."""
        return (
            self.state in SETTLING
            and Duty.objects.filter(
                matter_id=self.pk, rule="tc.settle", state="open", due_on__lt=clock.today()
            ).exists()
        )

    def _owes(self, *rules: str) -> bool:
        return bool(self.running_rules & set(rules))


class ProtectionState(models.TextChoices):
    REQUESTED = "requested", _("requested")
    ASKED = "asked", _("asked of the competent body")
    RUNNING = "running", _("in force")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("ended")


class Protection(models.Model):
    """One protection (Chương VI Luật Tố cáo 2018) by its type. For whom and why is in the vault."""

    class Type(models.TextChoices):
        SECRECY = "secrecy", _("secrecy of information (Article 56)")
        POSITION = "position", _("position and employment (Article 57)")
        LIFE = "life", _("life, health, property, honour, dignity (Article 58)")

    matter = models.ForeignKey(Denunciation, on_delete=models.PROTECT, related_name="protections")
    type = models.CharField(max_length=10, choices=Type)
    state = models.CharField(
        max_length=10, choices=ProtectionState, default=ProtectionState.REQUESTED
    )
    urgent = models.BooleanField(default=False)
    measures = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    authority = models.CharField(max_length=20, blank=True)
    document = models.CharField(max_length=80, blank=True)
    requested_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_ground = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            # One at a time of each type: a change keeps its row, an end frees it.
            models.UniqueConstraint(
                fields=["matter", "type"],
                condition=Q(state__in=["requested", "asked", "running"]),
                name="protection_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.state}"
