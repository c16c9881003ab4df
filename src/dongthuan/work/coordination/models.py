"""What two bodies of one level promise each other for a year, and how it is kept.

A plan (kế hoạch phối hợp) belongs to the partner body: mass mobilisation, or the Front where that
is the partner. `office` is the People's Committee of the same level. Whatever a side says is said
by a position, never by a person.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Unit


class Side(models.TextChoices):
    PARTNER = "partner", _("the partner body")
    OFFICE = "office", _("the People's Committee")


# States in which a plan is public and its tasks run.
RUNNING = ("in_force", "midterm")
PUBLIC = (*RUNNING, "closed", "joined", "ended")
WRITABLE = ("drafting", "exchanged", "agreed", "half_signed")


class CoordinationPlan(Matter):
    """The plan of a year, or an amendment (phụ lục) of one (`amends`).

    `agreed_*`: the digest of the text to which a side has agreed; '' where it has not. `upper` is
    the plan of the level above in which it stands; `continues` the plan of a unit that has ended.
    """

    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    theme = models.CharField(max_length=300, blank=True)
    economic_plan = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    upper = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="lower"
    )
    amends = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments"
    )
    continues = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by"
    )
    sent_by = models.CharField(max_length=8, choices=Side, blank=True)
    agreed_partner = models.CharField(max_length=64, blank=True)
    agreed_office = models.CharField(max_length=64, blank=True)
    # What was signed, line by line: it stays, whatever a unit is called later.
    signed_text = models.TextField(blank=True)
    # The side that proposes to end it before its time, and why; the other one agrees or not.
    ending = models.CharField(max_length=8, choices=Side, blank=True)
    ending_reason = models.TextField(blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    midterm_on = models.DateField(null=True, blank=True)
    final_on = models.DateField(null=True, blank=True)
    signed_pdf = models.ForeignKey(
        "papers.Attachment", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="plan_term_in_order"
            ),
        ]

    @property
    def partner(self) -> Unit:
        return self.unit

    @property
    def answering(self) -> Unit:
        """The side whose comments are awaited."""
        return self.office if self.sent_by == Side.PARTNER else self.unit

    def unit_of(self, side: str) -> Unit:
        return self.unit if side == Side.PARTNER else self.office

    @property
    def is_amendment(self) -> bool:
        return self.amends_id is not None

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC

    @property
    def runs(self) -> bool:
        return self.state in RUNNING

    @property
    def tasks_settled(self) -> bool:
        """Nothing of it is left open: every task is done, carried on or dropped with a reason."""
        return not self.tasks.filter(closed_at=None).exists()

    @property
    def midterm_adopted(self) -> bool:
        return self.midterm_on is not None

    @property
    def final_adopted(self) -> bool:
        return self.final_on is not None


class Ground(models.Model):
    """A document on which a plan stands (căn cứ): number, day, issuer, title."""

    plan = models.ForeignKey(CoordinationPlan, on_delete=models.PROTECT, related_name="grounds")
    number = models.CharField(max_length=80)
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200)
    title = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.number

    @property
    def line(self) -> str:
        """As it stands in the text of the plan."""
        on = f" ngày {self.issued_on:%d/%m/%Y}" if self.issued_on else ""
        return f"{self.title} (số {self.number}{on} của {self.issuer})"


class Clause(models.Model):
    """A clause of the text as it stands; `content`: which recurrent content it is, in section III.

    A clause taken out stays with its versions: what was once proposed is not forgotten.
    """

    plan = models.ForeignKey(CoordinationPlan, on_delete=models.PROTECT, related_name="clauses")
    section = models.PositiveSmallIntegerField()
    content = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    number = models.PositiveSmallIntegerField(default=1)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["section", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section__gte=1, section__lte=5), name="clause_in_five_sections"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}.{self.position}"


class ClauseVersion(models.Model):
    """What a clause said from one change to the next; the highest `number` is what it says now."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    removed = models.BooleanField(default=False)
    side = models.CharField(max_length=8, choices=Side, blank=True)
    label = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["clause", "number"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="clause_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} v{self.number}"


class ClauseComment(models.Model):
    """What a side says of a clause as it stood, and what became of it."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("not answered yet")
        TAKEN = "taken", _("taken up")
        DECLINED = "declined", _("not taken up, with a reason")
        BACK = "back", _("taken back")

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="comments")
    version = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=8, choices=Side)
    label = models.CharField(max_length=160)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=160, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.clause_id}: {self.outcome}"


class TaskLine(models.Model):
    """A task as it stands in the plan's list; signed with it. In force it opens a task.

    `bound`: key of a figure that the system counts itself; then nobody types its value. Else
    `measure` names what is counted and the lead unit reports it with evidence. `carries`: the task
    of an earlier plan that goes on here.
    """

    plan = models.ForeignKey(CoordinationPlan, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(default=0)
    content = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    supports = models.ManyToManyField(Unit, blank=True, related_name="+")
    place = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    bound = models.CharField(max_length=60, blank=True)
    indicator = models.CharField(max_length=200, blank=True)
    measure = models.CharField(max_length=40, blank=True)
    baseline = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    better = models.CharField(max_length=4, default="up")
    carries = models.ForeignKey(
        "CoordinationTask", null=True, blank=True, on_delete=models.PROTECT, related_name="goes_on"
    )
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def quarter(self) -> int:
        return (self.due_on.month + 2) // 3


class Signature(models.Model):
    """One side's signature under the exact text of `digest`; voided where the text changed."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=8, choices=Side)
    digest = models.CharField(max_length=64)
    label = models.CharField(max_length=160)
    at = models.DateTimeField(default=timezone.now)
    void_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "side"], condition=Q(void_at=None), name="side_signs_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.digest[:8]}"


class CoordinationTask(Matter):
    """A task of a plan in force; its unit is the lead, the plan's two sides are parties.

    `value` is what the lead reported last, of a task whose figure is not counted by the system.
    """

    plan = models.ForeignKey(CoordinationPlan, on_delete=models.PROTECT, related_name="tasks")
    line = models.OneToOneField(TaskLine, on_delete=models.PROTECT, related_name="task")
    due_on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    value_on = models.DateField(null=True, blank=True)
    report = models.TextField(blank=True)
    blocked_by = models.TextField(blank=True)
    done_on = models.DateField(null=True, blank=True)

    @property
    def partner(self) -> Unit:
        return self.plan.unit

    @property
    def office(self) -> Unit:
        return self.plan.office

    @property
    def is_typed(self) -> bool:
        return not self.line.bound

    @property
    def has_obstacle(self) -> bool:
        return bool(self.blocked_by)

    @property
    def days_left(self) -> int:
        return (self.due_on - clock.today()).days


class PlanMeeting(Matter):
    """A meeting of the two sides that the regulation owes for a period, or an extra one."""

    plan = models.ForeignKey(CoordinationPlan, on_delete=models.PROTECT, related_name="meetings")
    period_from = models.DateField()
    period_to = models.DateField()
    invited_for = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    agenda = models.TextField(blank=True)
    present = models.CharField(max_length=500, blank=True)
    minutes = models.TextField(blank=True)
    document = models.CharField(max_length=80, blank=True)

    @property
    def partner(self) -> Unit:
        return self.unit

    @property
    def office(self) -> Unit:
        return self.plan.office

    @property
    def period_over(self) -> bool:
        return clock.today() > self.period_to


class JointInspection(Matter):
    """An inspection of both sides (kiểm tra phối hợp): whom, when, what was found."""

    plan = models.ForeignKey(CoordinationPlan, on_delete=models.PROTECT, related_name="inspections")
    day = models.DateField()
    targets = models.ManyToManyField(Unit, related_name="+")
    content = models.TextField()
    held_on = models.DateField(null=True, blank=True)
    findings = models.TextField(blank=True)
    report = models.TextField(blank=True)

    @property
    def partner(self) -> Unit:
        return self.unit

    @property
    def office(self) -> Unit:
        return self.plan.office


class PlanReview(Matter):
    """A mid-term or final review; `figures` are frozen when it is laid down for signing."""

    class Sort(models.TextChoices):
        MIDTERM = "midterm", _("mid-term review (sơ kết 6 tháng)")
        FINAL = "final", _("final review (tổng kết năm)")

    plan = models.ForeignKey(CoordinationPlan, on_delete=models.PROTECT, related_name="reviews")
    sort = models.CharField(max_length=8, choices=Sort)
    since = models.DateField()
    until = models.DateField()
    figures = models.JSONField(default=dict, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    signed_text = models.TextField(blank=True)
    results = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    causes = models.TextField(blank=True)
    ahead = models.TextField(blank=True)

    @property
    def partner(self) -> Unit:
        return self.unit

    @property
    def office(self) -> Unit:
        return self.plan.office

    def unit_of(self, side: str) -> Unit:
        return self.unit if side == Side.PARTNER else self.plan.office

    @property
    def is_final(self) -> bool:
        return self.sort == self.Sort.FINAL


class PaperYear(models.Model):
    """A year of coordination before the system, entered from paper with its source."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    tasks = models.PositiveIntegerField(null=True, blank=True)
    done = models.PositiveIntegerField(null=True, blank=True)
    meetings = models.PositiveIntegerField(null=True, blank=True)
    summary = models.TextField(blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_as = models.CharField(max_length=160, blank=True)
    entered_at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="paper_year_once"),
            models.CheckConstraint(
                condition=Q(done=None) | Q(tasks=None) | Q(done__lte=F("tasks")),
                name="paper_year_done_of_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"


def quarter_ends(first: dt.date, last: dt.date, months: int = 3) -> list[tuple[dt.date, dt.date]]:
    """The periods of so many months of a year that end within [first, last], with both ends."""
    found = []
    for start in range(1, 13, months):
        begin = dt.date(first.year, start, 1)
        after = start + months
        end = dt.date(first.year + (after > 12), (after - 1) % 12 + 1, 1) - dt.timedelta(days=1)
        if first <= end <= last:
            found.append((begin, end))
    return found
