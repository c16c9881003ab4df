"""What is special about a complaint beside Petition: its facts, representatives, recoveries.

Long texts (report, minutes, decision) lie in the payloads of the entries, behind their
commitments; here stand only what a step depends on and what statistics count.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.law import RuleError, deadline, load_rulebook

# A second complaint in one of these leaves the first decision as it was.
FALLEN = ("refused", "returned", "stored", "withdrawn", "terminating", "terminated")
SETTLE = ("kn.settle1", "kn.settle2", "kn.discipline.settle")
# The rules of Decree 155/2026 begin together; this one stands for all that have no term.
DECREE_155 = "kn.suspend_notice"


def decree_155(on: dt.date) -> bool:
    """Whether Decree 155/2026/NĐ-CP is in force on a day (Điều 21)."""
    try:
        load_rulebook().version(DECREE_155, on=on)
    except RuleError:
        return False
    return True


class Subject(models.TextChoices):
    """What is complained of (Điều 2 Luật Khiếu nại 2011)."""

    DECISION = "decision", _("an administrative decision")
    ACT = "act", _("an administrative act")
    DISCIPLINE = "discipline", _("a disciplinary decision on an official")
    DISMISSAL = "dismissal", _("a disciplinary decision: dismissal")


class Complaint(models.Model):
    """The facts of one complaint. Money in đồng, days as days in Viet Nam."""

    petition = models.OneToOneField(
        "petitions.Petition", on_delete=models.PROTECT, primary_key=True, related_name="complaint"
    )
    respondent = models.CharField(max_length=300, blank=True)
    contested = models.CharField(max_length=300, blank=True)
    known_on = models.DateField(null=True, blank=True)
    obstacle_from = models.DateField(null=True, blank=True)
    obstacle_to = models.DateField(null=True, blank=True)
    limit_on = models.DateField(null=True, blank=True)
    time_barred = models.BooleanField(default=False)
    criteria = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    complex_document = models.CharField(max_length=80, blank=True)
    recheck = models.CharField(max_length=10, blank=True)
    verifier = models.CharField(max_length=200, blank=True)
    report_on = models.DateField(null=True, blank=True)
    report_finding = models.CharField(max_length=10, blank=True)
    differs = models.BooleanField(default=False)
    dialogue_on = models.DateField(null=True, blank=True)
    dialogue_time = models.CharField(max_length=40, blank=True)
    dialogue_place = models.CharField(max_length=200, blank=True)
    dialogue_notice_on = models.DateField(null=True, blank=True)
    dialogue_missed = models.PositiveSmallIntegerField(default=0)
    dialogue_held_on = models.DateField(null=True, blank=True)
    stay_on = models.DateField(null=True, blank=True)
    stay_until = models.DateField(null=True, blank=True)
    parts_withdrawn = models.PositiveSmallIntegerField(default=0)
    terminated_by = models.CharField(max_length=20, blank=True)
    measure = models.CharField(max_length=12, blank=True)
    compensation = models.BigIntegerField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    effect_on = models.DateField(null=True, blank=True)
    in_effect_on = models.DateField(null=True, blank=True)
    meeting_on = models.DateField(null=True, blank=True)
    posted_on = models.DateField(null=True, blank=True)
    post_until = models.DateField(null=True, blank=True)
    post_ended_on = models.DateField(null=True, blank=True)
    court_on = models.DateField(null=True, blank=True)
    executed_on = models.DateField(null=True, blank=True)
    overdue_told_on = models.DateField(null=True, blank=True)
    # Forms 01/KQGQ and 02/KQGQ count these; never who they are.
    restored_organisations = models.PositiveIntegerField(default=0)
    restored_people = models.PositiveIntegerField(default=0)
    discipline_proposed = models.PositiveIntegerField(default=0)
    discipline_proposed_officials = models.PositiveIntegerField(default=0)
    disciplined = models.PositiveIntegerField(default=0)
    disciplined_officials = models.PositiveIntegerField(default=0)
    investigated_cases = models.PositiveIntegerField(default=0)
    investigated_people = models.PositiveIntegerField(default=0)
    investigated_officials = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"complaint {self.pk}"


class Representative(models.Model):
    """Who acts for the complainant, by which paper, from when to when (Điều 12, 16 Luật KN)."""

    class Role(models.TextChoices):
        LAWFUL = "lawful", _("lawful representative")
        AUTHORISED = "authorised", _("authorised person")
        LAWYER = "lawyer", _("lawyer")
        LEGAL_AID = "legal_aid", _("legal aid officer")
        GROUP = "group", _("representative of several complainants")

    class Form(models.TextChoices):
        NOTARISED = "notarised", _("notarised (công chứng)")
        CERTIFIED = "certified", _("certified (chứng thực)")
        SEALED = "sealed", _("signed and sealed by an organisation")
        PLAIN = "plain", _("in writing only")
        CARD = "card", _("card and request or assignment of legal aid")
        GROUP = "group", _("written choice of representatives, signed by all")

    petition = models.ForeignKey(
        "petitions.Petition", on_delete=models.PROTECT, related_name="representatives"
    )
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=12, choices=Role)
    name = models.CharField(max_length=200)
    form = models.CharField(max_length=12, choices=Form)
    document = models.CharField(max_length=120, blank=True)
    scope = models.CharField(max_length=500)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["petition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="representative_once")
        ]

    def __str__(self) -> str:
        return f"representative {self.pk}"

    def acts_on(self, day: dt.date) -> bool:
        last = min((d for d in (self.valid_to, self.ended_on) if d), default=day)
        return self.valid_from <= day <= last


class Recovery(models.Model):
    """What a decision orders to be recovered or given back: money in đồng, land in m²."""

    class To(models.TextChoices):
        STATE = "state", _("recovered for the State")
        ORGANISATION = "organisation", _("given back to an organisation")
        INDIVIDUAL = "individual", _("given back to individuals")

    petition = models.ForeignKey(
        "petitions.Petition", on_delete=models.PROTECT, related_name="recoveries"
    )
    number = models.PositiveSmallIntegerField()
    to = models.CharField(max_length=12, choices=To)
    money = models.BigIntegerField(default=0)
    land = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    money_done = models.BigIntegerField(default=0)
    land_done = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    evidence = models.CharField(max_length=80, blank=True)
    waived = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["petition", "number"]
        verbose_name_plural = "recoveries"
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="recovery_once"),
            models.CheckConstraint(
                condition=Q(money__gte=0, land__gte=0, money_done__gte=0, land_done__gte=0)
                & Q(money_done__lte=F("money"), land_done__lte=F("land")),
                name="recovery_sums",
            ),
        ]

    def __str__(self) -> str:
        return f"recovery {self.pk}"

    @property
    def is_settled(self) -> bool:
        return bool(self.waived) or (self.money_done == self.money and self.land_done == self.land)


UNSETTLED = Q(waived="") & (Q(money_done__lt=F("money")) | Q(land_done__lt=F("land")))


class ComplaintFacts(models.Model):
    """The names that complaint steps depend on (`when="…"`), for Petition."""

    subject = models.CharField(max_length=12, choices=Subject, blank=True)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        pk: int
        state: str
        instance: int
        conditions: list[str]
        decision: str
        next_due_on: dt.date | None
        decided_at: dt.datetime | None
        recoveries: Any
        representatives: Any
        children: Any
        running_rules: set[str]

    @cached_property
    def complaint_row(self) -> Complaint:
        """The facts, or an unsaved empty row before the first of them is known. One query."""
        return Complaint.objects.filter(pk=self.pk).first() or Complaint(petition_id=self.pk)

    @property
    def is_discipline(self) -> bool:
        return self.subject in (Subject.DISCIPLINE, Subject.DISMISSAL)

    @property
    def first_general(self) -> bool:
        return self.instance == 1 and not self.is_discipline

    @property
    def second_general(self) -> bool:
        return self.instance == 2 and not self.is_discipline

    @property
    def second_discipline(self) -> bool:
        return self.instance == 2 and self.is_discipline

    @property
    def since_decree_155(self) -> bool:
        return decree_155(clock.today())

    @property
    def time_barred(self) -> bool:
        return self.complaint_row.time_barred

    # -- settling -----------------------------------------------------------------------------

    @property
    def to_recheck(self) -> bool:
        row = self.complaint_row
        return self.instance == 1 and not row.recheck and not row.report_on

    @property
    def to_designate(self) -> bool:
        return not self.complaint_row.verifier and not self.complaint_row.report_on

    @property
    def verifying(self) -> bool:
        return bool(self.complaint_row.verifier) and not self.complaint_row.report_on

    @property
    def dialogue_planned(self) -> bool:
        return self.complaint_row.dialogue_on is not None

    @property
    def dialogue_unannounced(self) -> bool:
        return self.dialogue_planned and self.complaint_row.dialogue_notice_on is None

    @property
    def dialogue_announced(self) -> bool:
        return self.dialogue_planned and self.complaint_row.dialogue_notice_on is not None

    @property
    def decidable(self) -> bool:
        """A report, or a complaint found right at once (Điều 29), and the dialogue it needs."""
        row = self.complaint_row
        at_once = self.instance == 1 and row.recheck == "right"
        return (row.report_on is not None or at_once) and not self.dialogue_lacking

    @property
    def dialogue_notice_owed(self) -> bool:
        """Since 1 July 2026 the notice has a term (khoản 1 Điều 28 Nghị định 124/2020, sửa đổi)."""
        day = self.complaint_row.dialogue_on
        return bool(day and decree_155(day))

    @property
    def dialogue_lacking(self) -> bool:
        """A dialogue that the law orders and that has not been held (Điều 30, 39, 53)."""
        row = self.complaint_row
        needed = self.instance == 2 or self.is_discipline or row.differs
        return needed and row.dialogue_held_on is None

    @property
    def stayed(self) -> bool:
        return self.complaint_row.stay_on is not None

    @property
    def part_withdrawn(self) -> bool:
        return self.complaint_row.parts_withdrawn > 0

    @cached_property
    def represented(self) -> bool:
        return self.representatives.filter(ended_on=None).exists()

    # -- after the decision -------------------------------------------------------------------

    @property
    def decision_unsent(self) -> bool:
        return bool(self.decision) and self.complaint_row.sent_on is None

    @property
    def receipt_unknown(self) -> bool:
        row = self.complaint_row
        return row.sent_on is not None and row.received_on is None

    @cached_property
    def second_lodged(self) -> bool:
        """A second complaint that was not refused, withdrawn or ended before its settlement."""
        if self.instance != 1:
            return False
        seconds = self.children.filter(petition__instance=2).exclude(state__in=FALLEN)
        return bool(seconds.exists())

    @property
    def effect_rule(self) -> str:
        return "kn.discipline.effect_after" if self.is_discipline else "kn.effect_after"

    @property
    def effect_day(self) -> dt.date | None:
        """The last day before the legal effect; counted here for decisions that were imported."""
        row = self.complaint_row
        if row.effect_on or self.decided_on is None:
            return row.effect_on
        found = deadline(
            key=self.effect_rule, anchor=self.decided_on, conditions=frozenset(self.conditions)
        )
        return found.due_on

    @property
    def effect_reached(self) -> bool:
        """The term of Điều 44 (57) has run out and nobody has gone to the second level."""
        if self.complaint_row.in_effect_on:
            return False
        day = self.effect_day
        return day is not None and clock.today() > day and not self.second_lodged

    @property
    def closable(self) -> bool:
        """The decision is in legal effect (Điều 44), or the second level has the matter."""
        return self.state not in ("decided", "published") or self.second_lodged

    @cached_property
    def overdue_first(self) -> bool:
        """No first decision in time: the complainant may go up (khoản 1 Điều 33)."""
        return (
            self.instance == 1
            and self.state == "accepted"
            and self.next_due_on is not None
            and self.next_due_on < clock.today()
            and self.duties.filter(  # type: ignore[attr-defined]
                rule__in=SETTLE, state="open", due_on__lt=clock.today()
            ).exists()
        )

    @property
    def may_go_up(self) -> bool:
        return (self.instance == 1 and bool(self.decision)) or self.overdue_first

    @property
    def unposted(self) -> bool:
        return self.complaint_row.posted_on is None

    @property
    def posted(self) -> bool:
        row = self.complaint_row
        return row.posted_on is not None and row.post_ended_on is None

    @property
    def meeting_planned(self) -> bool:
        return self.complaint_row.meeting_on is not None

    @property
    def suable(self) -> bool:
        """Of disciplinary decisions only dismissal goes to court (Điều 54.1.k, 56.1.i, 57.3)."""
        return self.subject != Subject.DISCIPLINE

    @property
    def may_sue(self) -> bool:
        return self.suable and self.complaint_row.court_on is None

    @cached_property
    def recovery_open(self) -> bool:
        return self.recoveries.filter(UNSETTLED).exists()

    @property
    def executed(self) -> bool:
        return self.complaint_row.executed_on is not None

    @property
    def decided_on(self) -> dt.date | None:
        return timezone.localdate(self.decided_at) if self.decided_at else None
