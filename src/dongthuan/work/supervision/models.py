"""What the people inspect and supervise: boards, their inspections, visits and findings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.papers.models import Attachment
from dongthuan.core.units.models import Kind, Unit


class Sort(models.TextChoices):
    """Which board the law provides (Điều 36, 41 Luật Thực hiện dân chủ ở cơ sở 2022)."""

    TTND = "ttnd", _("People's Inspection Board (Ban Thanh tra nhân dân)")
    GSDTCD = "gsdtcd", _("Community Investment Supervision Board (Ban GSĐTCĐ)")


class Board(Matter):
    """A board for one term or one project; its unit is the commune Front, which directs it.

    `organ` is the body under whose name its people work: it stays when the next term begins.
    """

    matter_ptr = models.OneToOneField(
        Matter,
        on_delete=models.CASCADE,
        parent_link=True,
        primary_key=True,
        related_name="as_board",  # "board" is what its inspections and findings point with
    )
    sort = models.CharField(max_length=8, choices=Sort)
    organ = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="boards")
    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="boards_watching")
    # The project (or programme) that an investment board watches, and how people call it.
    project = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="boards_over"
    )
    project_name = models.CharField(max_length=200, blank=True)
    investor = models.CharField(max_length=200, blank=True)
    size = models.PositiveSmallIntegerField(default=5)
    deputies = models.PositiveSmallIntegerField(default=1)
    document = models.CharField(max_length=80, blank=True)
    term_from = models.DateField(null=True, blank=True)
    term_to = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)

    @property
    def is_ttnd(self) -> bool:
        return self.sort == Sort.TTND

    @property
    def is_gsdtcd(self) -> bool:
        return self.sort == Sort.GSDTCD

    @property
    def owes_notice(self) -> bool:
        return "dc.gsdtcd.notice" in self.running_rules

    @property
    def name(self) -> str:
        return f"{self.organ.name}: {self.project_name}" if self.is_gsdtcd else self.organ.name


class Seat(models.TextChoices):
    HEAD = "head", _("head of the board")
    DEPUTY = "deputy", _("deputy head")
    MEMBER = "member", _("member")


class Stands(models.TextChoices):
    """Whom a member stands for (khoản 1 Điều 36, khoản 1 Điều 41)."""

    VILLAGE = "village", _("elected by the village")
    FRONT = "front", _("sent by the Front")
    TTND = "ttnd", _("sent by the People's Inspection Board")


class Member(models.Model):
    """Who sits on a board. Name and village are made known to the people (điểm b khoản 2 Điều 40).

    Nothing else is kept of the person. `decision`: the election as a matter of its own, where the
    village votes here; else the number of its minutes stands in `document`.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=120)
    seat = models.CharField(max_length=8, choices=Seat, default=Seat.MEMBER)
    stands = models.CharField(max_length=8, choices=Stands, default=Stands.VILLAGE)
    village = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    elected_on = models.DateField()
    document = models.CharField(max_length=80, blank=True)
    decision = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="elects"
    )
    left_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("elected_on")),
                name="member_term_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(stands="village") | Q(village__isnull=False),
                name="member_of_a_village",
            ),
            models.UniqueConstraint(
                fields=["board"], condition=Q(seat="head", left_on=None), name="board_one_head"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Leaf(models.Model):
    """A paper of a board's ordinary work: its plan, its report, what it was informed of.

    Plans and reports have a period (khoản 2 Điều 39 of the Law, khoản 1, 3 Điều 14 of Decree
    59/2023); the law sets none for what the People's Committee tells the board.
    """

    class Sort(models.TextChoices):
        PLAN = "plan", _("plan of activities")
        REPORT = "report", _("report to the Front")
        POLICY = "policy", _("the People's Committee told of policies and yearly goals")
        RESULTS = "results", _("the People's Committee told of complaints and democracy results")

    class Period(models.TextChoices):
        QUARTER = "quarter", _("quarter")
        HALF = "half", _("six months")
        YEAR = "year", _("year")
        TERM = "term", _("term of office")
        ONCE = "once", _("once, on request")

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="leaves")
    sort = models.CharField(max_length=8, choices=Sort)
    period = models.CharField(max_length=8, choices=Period)
    since = models.DateField()
    until = models.DateField()
    text = models.TextField()
    document = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "leaves"
        indexes = [models.Index(fields=["board", "-since"], name="leaf_board")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="leaf_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.since}"


class Inspection(Matter):
    """One thing that a board inspects or supervises (cuộc kiểm tra, giám sát); its unit the board.

    `subject`: the decision of the people or the project, where it is a matter of its own.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="inspections")
    target = models.CharField(max_length=300)
    content = models.TextField()
    subject = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="inspected_by"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    request = models.TextField(blank=True)
    asked_on = models.DateField(null=True, blank=True)
    supplied_on = models.DateField(null=True, blank=True)
    conclusion = models.TextField(blank=True)
    document = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="inspection_in_order"
            )
        ]

    @property
    def organ(self) -> Unit:
        return self.unit

    @property
    def front(self) -> Unit:
        return self.board.unit

    @property
    def office(self) -> Unit:
        return self.board.office

    @property
    def is_ttnd(self) -> bool:
        return self.board.is_ttnd

    @property
    def waits_for_papers(self) -> bool:
        return bool(self.asked_on and not self.supplied_on)


class Visit(models.Model):
    """The board was there: when, where, who of it, who else as a position and never a name."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="visits")
    at = models.DateTimeField()
    village = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(max_length=200)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    members = models.ManyToManyField(Member, related_name="visits")
    others = models.CharField(max_length=300, blank=True)
    seen = models.TextField()
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["inspection", "id"], name="visit_inspection")]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.at:%Y-%m-%d}"


class Severity(models.IntegerChoices):
    """How grave a finding is; the words are those of the visit form."""

    NOTE = 1, _("to note: no rule broken, better done otherwise")
    MINOR = 2, _("minor: a rule not kept, easily mended")
    SERIOUS = 3, _("serious: money, quality or rights of people suffer")
    GRAVE = 4, _("grave: danger, or signs of a breach of law")


class Answer(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    REFUSED = "refused", _("not accepted, with the reason")


class Finding(Matter):
    """What a board found and recommends (kiến nghị). It is the board's own until it is sent.

    From the sending on its unit is the People's Committee, which owes the answer in 15 days
    (điểm c khoản 1 Điều 40, điểm c khoản 2 Điều 45); `norm` is the clause of the norm, design or
    decision that it is measured against.
    """

    matter_ptr = models.OneToOneField(
        Matter,
        on_delete=models.CASCADE,
        parent_link=True,
        primary_key=True,
        related_name="as_finding",  # a petition has a column of the name "finding"
    )
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="findings")
    visit = models.ForeignKey(
        Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    what = models.TextField()
    where = models.CharField(max_length=200)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    norm = models.CharField(max_length=300)
    grade = models.PositiveSmallIntegerField(choices=Severity)
    recommendation = models.TextField()
    # What the board recommends once more, its own until the Front has certified it and it is sent.
    proposed = models.TextField(blank=True)
    certificate = models.CharField(max_length=80, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    reply = models.TextField(blank=True)
    reply_document = models.CharField(max_length=80, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    rounds = models.PositiveSmallIntegerField(default=0)
    escalated_to = models.CharField(max_length=200, blank=True)
    measure = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["board", "-sent_on"],
                name="finding_sent",
                condition=Q(sent_on__isnull=False),
            )
        ]

    @property
    def organ(self) -> Unit:
        return self.board.organ

    @property
    def front(self) -> Unit:
        return self.board.unit

    @property
    def office(self) -> Unit:
        return self.board.office

    @property
    def days_taken(self) -> int | None:
        """Days from the sending to the answer, or to today; None before it was sent."""
        if self.sent_on is None:
            return None
        return ((self.answered_on or clock.today()) - self.sent_on).days


class Photo(models.Model):
    """A photograph of a visit, perhaps of one finding, with what the file says of itself."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos")
    finding = models.ForeignKey(
        Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="photos"
    )
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return f"photo {self.pk}"


class Gathering(Matter):
    """A yearly conference of a village (Điều 33).

    Its unit is the People's Committee; the duty of the conference is the village's.
    """

    year = models.PositiveSmallIntegerField()
    held_at = models.DateTimeField(null=True, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    agenda = models.TextField(blank=True)
    means = models.CharField(max_length=10, blank=True)
    households = models.PositiveIntegerField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    report_head = models.TextField(blank=True)
    report_front = models.TextField(blank=True)
    report_board = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    document = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["year"], name="gathering_year")]

    @property
    def village(self) -> Unit | None:
        return self.place

    @property
    def front(self) -> Unit | None:
        """The Front of the commune: a party of it, beside the village and the board."""
        return Unit.objects.filter(path__in=self.parties, kind=Kind.FRONT).first()


class Point(models.Model):
    """A question or recommendation of people at a conference, in public words."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="points")
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    promise = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["gathering", "id"], name="point_gathering")]

    def __str__(self) -> str:
        return f"point {self.pk}"


class Hint(models.Model):
    """What a citizen tells a board (khoản 7 Điều 38, điểm d khoản 2 Điều 43).

    Read by the board and the Front alone; nothing of it is ever public. No account, no name is
    asked for; whoever wants an answer keeps code and secret.
    """

    class State(models.TextChoices):
        NEW = "new", _("received")
        TAKEN = "taken", _("the board looks into it")
        DONE = "done", _("answered")

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="hints")
    code = models.CharField(max_length=16, unique=True)
    text = models.TextField()
    place = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    reply = models.TextField(blank=True)
    inspection = models.ForeignKey(
        Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="hints"
    )
    at = models.DateTimeField(default=timezone.now)
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["board", "-id"], name="hint_board")]

    def __str__(self) -> str:
        return self.code
