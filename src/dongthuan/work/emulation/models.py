"""The movement “Dân vận khéo”: a year's cycle, its board, the models, what they achieved.

Points belong to a model of work; nothing here ranks or scores a person.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.papers.models import Attachment
from dongthuan.core.units.models import Position, Unit
from dongthuan.core.units.selectors import unit_successors


class Field(models.TextChoices):
    """The four fields of the movement."""

    ECONOMY = "economy", _("economic development")
    CULTURE = "culture", _("culture and society")
    SECURITY = "security", _("national defence and security")
    POLITICS = "politics", _("building the political system")


class Sort(models.TextChoices):
    COLLECTIVE = "collective", _("of a collective")
    INDIVIDUAL = "individual", _("of an individual")


class Award(models.TextChoices):
    """Who has recognised a model, from below upwards."""

    COMMUNE = "commune", _("commune level")
    PROVINCE = "province", _("province level")
    CENTRAL = "central", _("central level")


class Band(models.TextChoices):
    EXCELLENT = "excellent", _("excellent")
    GOOD = "good", _("good")
    PASS = "pass", _("sufficient")
    BELOW = "below", _("below the mark")


class EmulationYear(Matter):
    """One year of the movement at the body in charge: its days, its board, its minutes."""

    year = models.PositiveSmallIntegerField()
    register_until = models.DateField()
    midyear_until = models.DateField()
    appraise_until = models.DateField()
    board_document = models.CharField(max_length=80, blank=True)
    document = models.CharField(max_length=80, blank=True)
    minutes = models.TextField(blank=True)

    @property
    def takes_models(self) -> bool:
        return self.state == "registering"

    @property
    def board_known(self) -> bool:
        seats = set(self.jurors.filter(ended=False).values_list("position_id", "seat"))
        return len(seats) >= 3 and any(seat == Juror.Seat.CHAIR for _position, seat in seats)


class Juror(models.Model):
    """A seat on the appraisal board: a position, whoever holds it."""

    class Seat(models.TextChoices):
        CHAIR = "chair", _("chair")
        SECRETARY = "secretary", _("secretary")
        MEMBER = "member", _("member")

    cycle = models.ForeignKey(EmulationYear, on_delete=models.PROTECT, related_name="jurors")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=10, choices=Seat, default=Seat.MEMBER)
    ended = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "position"], name="emulation_juror_once")
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.position_id}"


class EmulationModel(Matter):
    """A model of skilful mass mobilisation (mô hình “Dân vận khéo”) with its ten fields.

    `person_name` of an individual's model is kept only while that person consents.
    """

    cycle = models.ForeignKey(EmulationYear, on_delete=models.PROTECT, related_name="models")
    registrant = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=10, choices=Field)
    sort = models.CharField(max_length=10, choices=Sort)
    situation = models.TextField()
    goal = models.TextField()
    content = models.TextField()
    beneficiaries = models.TextField()
    forces = models.TextField()
    resources = models.TextField()
    timeline = models.TextField()
    replication = models.TextField()
    begun_on = models.DateField(null=True, blank=True)
    person_name = models.CharField(max_length=120, blank=True)
    consented_on = models.DateField(null=True, blank=True)
    guidance = models.TextField(blank=True)
    checked = models.TextField(blank=True)
    results = models.TextField(blank=True)
    points = models.PositiveIntegerField(null=True, blank=True)
    scorers = models.PositiveSmallIntegerField(null=True, blank=True)
    band = models.CharField(max_length=10, choices=Band, blank=True)
    award = models.CharField(max_length=10, choices=Award, blank=True)
    award_document = models.CharField(max_length=80, blank=True)
    awarded_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    # What it copies, and the first of that line, so that a whole tree is one query.
    copies = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="copied_by"
    )
    root = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="line"
    )

    @property
    def registrant_now(self) -> Unit:
        """Whose model it is today: of a body that has ended, the heir that has its part in it."""
        if self.registrant.in_force_on(clock.today()):
            return self.registrant
        heirs = unit_successors(self.registrant, clock.today())
        return next((heir for heir in heirs if heir.path in self.parties), self.registrant)

    @property
    def is_individual(self) -> bool:
        return self.sort == Sort.INDIVIDUAL

    @property
    def is_recognised(self) -> bool:
        return self.state in ("recognised", "spreading")

    @property
    def year_runs(self) -> bool:
        """Its year is not concluded: no board is left that would appraise it."""
        return self.cycle.state != "concluded"

    @property
    def outputs_known(self) -> bool:
        """Every output that was promised has its figure."""
        return not self.outputs.filter(achieved=None).exists()

    @property
    def may_hand_in(self) -> bool:
        return self.year_runs and self.outputs_known

    @property
    def appraisable(self) -> bool:
        """The board sits and somebody of it has scored; whose score is missing, the page says."""
        sits = self.cycle.state == "appraising"
        return sits and self.sheets.filter(conflict=False).exists()


class Output(models.Model):
    """One verifiable output: what, in which measure, how many were promised and reached."""

    model = models.ForeignKey(EmulationModel, on_delete=models.PROTECT, related_name="outputs")
    what = models.CharField(max_length=200)
    measure = models.CharField(max_length=30)
    target = models.PositiveBigIntegerField()
    achieved = models.PositiveBigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.what


class Sheet(models.Model):
    """What one member of the board gave a model, or that the member stands aside.

    `points`: criterion → integer. Other members see it once the appraisal is closed.
    """

    model = models.ForeignKey(EmulationModel, on_delete=models.PROTECT, related_name="sheets")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="sheets")
    points = models.JSONField(default=dict, blank=True)
    conflict = models.BooleanField(default=False)
    ground = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "juror"], name="emulation_sheet_once")
        ]

    def __str__(self) -> str:
        return f"{self.model_id} {self.juror_id}"

    @property
    def total(self) -> int:
        return sum(self.points.values())


class Picture(models.Model):
    """A photograph of a model at work; `alt` tells it to those who do not see it."""

    model = models.ForeignKey(EmulationModel, on_delete=models.PROTECT, related_name="pictures")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.alt
