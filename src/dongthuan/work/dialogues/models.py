"""A dialogue of a head with the people (đối thoại): its invitations and its questions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.people.models import Citizen
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.dialogues import rules

HELD = ("held", "concluded")


class Sort(models.TextChoices):
    """Why it is held."""

    YEARLY = "yearly", _("yearly (Law on Grassroots Democracy, Art. 32)")
    REGULAR = "regular", _("regular, by the regulation")
    VOTERS = "voters", _("asked for by a tenth of the voters")
    THEMATIC = "thematic", _("on one theme")
    GROUP = "group", _("with one group of people")


class Chair(models.TextChoices):
    """Who led it, as a position and never as a person."""

    SELF = "self", _("the head in person")
    DEPUTY = "deputy", pgettext_lazy("dialogue", "a deputy for the head")


class Dialogue(Matter):
    """One dialogue of a head. Its unit is that of `host` and keeps its minutes.

    `held_at` moves with a postponement; the earlier day stands in the entries. `year`: the one that
    a yearly dialogue is owed for, else that of `held_at`.
    """

    sort = models.CharField(max_length=10, choices=Sort)
    host = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    held_at = models.DateTimeField(null=True, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    agenda = models.TextField(blank=True)
    groups = models.CharField(max_length=300, blank=True)  # who is invited, as groups
    partners = models.ManyToManyField(Unit, blank=True, related_name="+")
    means = models.CharField(max_length=10, blank=True)
    chair = models.CharField(max_length=8, choices=Chair, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    document = models.CharField(max_length=80, blank=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["held_at"], name="dialogue_held_at"),
            models.Index(fields=["host", "held_at"], name="dialogue_host"),
        ]
        constraints = [
            # The worker and an official may open the year at the same moment.
            models.UniqueConstraint(
                fields=["host", "year"], condition=Q(sort="yearly"), name="dialogue_yearly_once"
            )
        ]

    open_questions: int  # lists annotate it

    @property
    def by_law(self) -> bool:
        return rules.by_law(self.unit)

    @property
    def by_regulation(self) -> bool:
        return not self.by_law

    @property
    def day_has_come(self) -> bool:
        return today_is(self)

    @property
    def has_begun(self) -> bool:
        return self.held_at is not None and self.held_at <= clock.now()

    @property
    def takes_questions(self) -> bool:
        """Everybody may ask from the notice until the meeting is over."""
        return self.state in ("announced", "open")

    @property
    def all_settled(self) -> bool:
        """Every question was read, and each that was taken up has come to one of its four ends."""
        return not self.questions.filter(UNSETTLED).exists()


class Invitation(models.Model):
    """Whom the office invited: a body, a village or a group; never a person by name."""

    class Means(models.TextChoices):
        PAPER = "paper", _("by a letter")
        MESSAGE = "message", _("by e-mail or message")
        SPOKEN = "spoken", _("by word of mouth")

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="invitations")
    whom = models.CharField(max_length=200)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_on = models.DateField(null=True, blank=True)
    means = models.CharField(max_length=8, choices=Means, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dialogue", "whom"], name="invitation_once")]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Question(models.Model):
    """What somebody asks the head. `text` is what came in; `words` is what everybody reads.

    Who asked is kept only to tell them (`citizen`), is never public and never searched.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("on the portal beforehand")
        HALL = "hall", _("in the hall, by the code")
        PHONE = "phone", _("by telephone")
        PAPER = "paper", _("on paper")
        SPOKEN = "spoken", _("spoken in the hall")

    class State(models.TextChoices):
        WAITING = "waiting", _("not read yet")
        SHOWN = "shown", _("taken up")
        MERGED = "merged", _("joined to another one")
        ASIDE = "aside", _("set aside")

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("answered there")
        PROMISED = "promised", _("promised, with a day")
        FORWARDED = "forwarded", _("taken in as a matter of its own")
        OUTSIDE = "outside", _("not within this authority's powers")

    class Ground(models.TextChoices):
        """Why a question is set aside; there is no other reason to do so."""

        NONE = "none", _("it asks nothing")
        INSULT = "insult", _("it insults somebody")
        DENUNCIATION = "denunciation", _("a denunciation, which has a sealed way of its own")

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField()
    channel = models.CharField(max_length=8, choices=Channel)
    text = models.TextField()
    words = models.TextField(blank=True)
    citizen = models.ForeignKey(
        Citizen, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined"
    )
    ground = models.CharField(max_length=12, choices=Ground, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        Position, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    matter = models.ForeignKey(  # the promise, or what was taken in
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "number"], name="question_number_once"),
            models.CheckConstraint(
                condition=Q(state="merged", into__isnull=False)
                | (~Q(state="merged") & Q(into__isnull=True)),
                name="question_merged_into_one",
            ),
            # What is settled was taken up, and what was promised or taken in leads somewhere.
            models.CheckConstraint(
                condition=Q(outcome="")
                | Q(state="shown", outcome__in=["answered", "outside"])
                | Q(state="shown", outcome__in=["promised", "forwarded"], matter__isnull=False),
                name="question_settled_whole",
            ),
        ]

    asked: int  # how many asked it, those joined to it included; lists annotate it

    def __str__(self) -> str:
        return f"question {self.pk}"

    @property
    def is_settled(self) -> bool:
        return bool(self.outcome)

    @property
    def can_settle(self) -> bool:
        return self.state == self.State.SHOWN and not self.outcome


UNSETTLED = Q(state=Question.State.WAITING) | Q(state=Question.State.SHOWN, outcome="")


def today_is(dialogue: Dialogue) -> bool:
    """Whether its day has come."""
    return bool(dialogue.held_at and timezone.localdate(dialogue.held_at) <= clock.today())
