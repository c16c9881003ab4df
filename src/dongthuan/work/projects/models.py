"""A project's dossier (hồ sơ công trình, dự án): from its plan to its handover.

Amounts are whole đồng, areas m². Nothing here is about a person: bodies, organisations, numbers.
"""

from __future__ import annotations

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.models import Audience, Matter, Paper
from dongthuan.core.units.models import Unit
from dongthuan.work.projects.codes import DocumentType, LinkRole, Sector, Source, WorkType


class Project(Matter):
    """A project of a unit (chủ đầu tư). `decision`: the people's decision that carries it.

    `approved_on` with `approval_document` is the decision to invest: nothing is spent before it.
    `percent` is the physical progress of the last report.
    """

    # Other kinds have a column `project`; the row of this one needs another name there.
    matter_ptr = models.OneToOneField(
        Matter, on_delete=models.CASCADE, parent_link=True, primary_key=True,
        related_name="project_dossier",
    )  # fmt: skip
    purpose = models.TextField()
    work_type = models.CharField(max_length=20, choices=WorkType, default=WorkType.CONSTRUCTION)
    sector = models.CharField(max_length=40, choices=Sector, default=Sector.ROAD)
    villages = models.ManyToManyField(Unit, related_name="+", blank=True)
    location = models.CharField(max_length=300, blank=True)
    planned_from = models.DateField(null=True, blank=True)
    planned_to = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approval_document = models.CharField(max_length=80, blank=True)
    design_document = models.CharField(max_length=80, blank=True)
    decision = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    percent = models.PositiveSmallIntegerField(default=0)
    settled_amount = models.PositiveBigIntegerField(null=True, blank=True)
    informed_at = models.DateTimeField(null=True, blank=True)
    # Where a figure of an example comes from; shown beside it.
    source_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="project_percent"),
            models.CheckConstraint(
                condition=Q(planned_to__isnull=True)
                | Q(planned_from__isnull=True)
                | Q(planned_to__gte=F("planned_from")),
                name="project_planned_in_order",
            ),
        ]

    obstacles_open: int  # lists annotate it

    @property
    def is_late(self) -> bool:
        """Its planned end has passed and it is not done, or it was done after it."""
        if self.planned_to is None or self.state == "cancelled":
            return False
        return (self.ended_on or clock.today()) > self.planned_to

    @property
    def is_public(self) -> bool:
        """Approved: from then on everybody reads its dossier (khoản 3 Điều 11)."""
        return self.approved_on is not None

    @property
    def informed(self) -> bool:
        return self.informed_at is not None


class Funding(models.Model):
    """Money planned from one source, and what it is said to have been decided by."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="fundings")
    source = models.CharField(max_length=10, choices=Source)
    body = models.CharField(max_length=200, blank=True)
    planned = models.PositiveBigIntegerField()
    document = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"{self.source} {self.planned}"


class CostLine(models.Model):
    """A component of the costs from one source: planned, contracted; paid are its payments.

    `measure` and `quantity` give the unit cost (đồng a metre of road of a width), which is compared
    only with lines of the same measure and name.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="costs")
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=10, choices=Source, default=Source.STATE)
    measure = models.CharField(max_length=40, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    planned = models.PositiveBigIntegerField()
    contracted = models.PositiveBigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


# A payment stands on a line of its own project; a reversal is the whole negative of one there.
_MIRRORED = """
IF NOT EXISTS (
  SELECT 1 FROM projects_costline WHERE id = NEW.line_id AND project_id = NEW.project_id
) OR (NEW.reverses_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM projects_payment o WHERE o.id = NEW.reverses_id
    AND (o.project_id, o.line_id, o.amount) = (NEW.project_id, NEW.line_id, -NEW.amount)
)) THEN
  RAISE EXCEPTION 'payment: % is no payment of this project or its mirror', NEW.amount
    USING ERRCODE = '23514';
END IF;
RETURN NEW;
"""


class Payment(models.Model):
    """Money paid to an organisation (đơn vị thụ hưởng). Never changed: a wrong one is reversed.

    A reversal carries the negative amount of the payment that it names, once.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="payments")
    line = models.ForeignKey(CostLine, on_delete=models.PROTECT, related_name="payments")
    paid_on = models.DateField()
    amount = models.BigIntegerField()
    payee = models.CharField(max_length=200)
    document = models.CharField(max_length=80)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    reason = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["project", "paid_on", "id"], name="payment_project")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses=None, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="payment_sign",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="mirrored",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_MIRRORED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount}"


class Contract(models.Model):
    """A contractor of the project, always an organisation (nhà thầu)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="contracts")
    contractor = models.CharField(max_length=200)
    what = models.CharField(max_length=300)
    value = models.PositiveBigIntegerField()
    signed_on = models.DateField()
    document = models.CharField(max_length=80)
    ends_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.document


class Notice(models.Model):
    """One sending of the full information to the partners (tài liệu gửi đối tác)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="notices")
    document = models.CharField(max_length=80)
    text = models.TextField()
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.document


class Acknowledgement(models.Model):
    """That a partner was sent a notice, and when it said that it has read it; as a body."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="acknowledgements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True, blank=True)
    label = models.CharField(max_length=160, blank=True)
    remark = models.TextField(blank=True)

    due_on: dt.date | None  # until when it is owed; the dossier sets it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "unit"], name="acknowledgement_once")
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.unit_id}"


class ProjectTask(Matter):
    """A part of the work given to one body (phân công nhiệm vụ); child of its project."""

    what = models.TextField()
    responsible = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    support = models.CharField(max_length=300, blank=True)
    due_on = models.DateField()
    document = models.CharField(max_length=80, blank=True)
    done_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)


class Obstacle(Matter):
    """What stands in the way of a project (vướng mắc); child of it.

    `raised_by` has named it, `responsible` must solve it until `due_on`, `solution` was agreed
    together on `met_on`; `upper` is the body above to which it was brought.
    """

    what = models.TextField()
    raised_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    where = models.CharField(max_length=300, blank=True)
    responsible = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    present = models.CharField(max_length=500, blank=True)
    solution = models.TextField(blank=True)
    done_on = models.DateField(null=True, blank=True)
    report = models.TextField(blank=True)
    upper = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    upper_answer = models.TextField(blank=True)

    @property
    def is_overdue(self) -> bool:
        return bool(self.due_on and self.is_open and not self.done_on) and (
            clock.today() > (self.due_on or clock.today())
        )


class LandProgress(models.Model):
    """Where the clearing of land stood on a day (giải phóng mặt bằng): numbers only, no names."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="land")
    on = models.DateField()
    households = models.PositiveIntegerField()
    agreed = models.PositiveIntegerField(default=0)
    paid = models.PositiveIntegerField(default=0)
    handed_over = models.PositiveIntegerField(default=0)
    area = models.DecimalField(max_digits=14, decimal_places=2)
    area_handed = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    amount = models.PositiveBigIntegerField(default=0)
    amount_paid = models.PositiveBigIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "on"], name="land_progress_once_a_day"),
            models.CheckConstraint(
                condition=Q(agreed__lte=F("households"))
                & Q(paid__lte=F("households"))
                & Q(handed_over__lte=F("households"))
                & Q(area_handed__lte=F("area"))
                & Q(amount_paid__lte=F("amount")),
                name="land_progress_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.on}"


class ProjectPhoto(models.Model):
    """A picture of the place on a day, with words that stand for it (`alt`)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="photos")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    taken_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=30)
    alt = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.alt


class ProjectDocument(models.Model):
    """A document of the dossier by its type; `paper` is the file where there is one."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="documents")
    paper = models.OneToOneField(
        Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    type = models.CharField(max_length=40, choices=DocumentType)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    audience = models.PositiveSmallIntegerField(choices=Audience, default=Audience.PUBLIC)

    def __str__(self) -> str:
        return self.title


class ProjectLink(models.Model):
    """Another matter that belongs to the project: a consultation, a finding, a disclosure."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="links")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="project_links")
    role = models.CharField(max_length=14, choices=LinkRole)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "matter", "role"], name="project_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.matter_id}"


# The ledger of contributions has its own package; Django finds its models here.
from dongthuan.work.projects.contributions.models import (  # noqa: E402, F401
    Campaign,
    Donor,
    Exemption,
    LabourRate,
    Posting,
    Voucher,
    VoucherSequence,
)
