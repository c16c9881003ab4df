"""Elections and dismissals of village heads and board members (items 4 and 5 of Điều 15)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.units.models import Position, Role, Unit
from dongthuan.work.decisions.models import Vote
from dongthuan.work.decisions.village_matters import VillageMatter


class Post(models.TextChoices):
    HEAD = "head", _("village head (trưởng thôn, tổ trưởng tổ dân phố)")
    INSPECTION = "inspection", _("member of the People's Inspection Board")
    SUPERVISION = "supervision", _("member of the Community Investment Supervision Board")


class Sort(models.TextChoices):
    ELECT = "elect", _("election")
    DISMISS = "dismiss", _("dismissal")


class Grounds(models.TextChoices):
    """Who asked for a dismissal (Decree 59, Điều 9.1; of board members Luật Điều 36.2)."""

    OWN = "own", _("own request")
    FRONT = "front", _("proposal of the Front")
    HOUSEHOLDS = "households", _("request of at least half of the households")


class Election(VillageMatter):
    """One election or dismissal at one village.

    `held_on` is the day of the meeting. `all_households`, `attended` are those of the count. Who
    recognises is the People's Committee for the head (Điều 21.2), the commune's Front for boards.
    """

    post = models.CharField(max_length=12, choices=Post)
    sort = models.CharField(max_length=8, choices=Sort, default=Sort.ELECT)
    seats = models.PositiveSmallIntegerField(default=1)
    grounds = models.CharField(max_length=10, choices=Grounds, blank=True)
    requested_by = models.PositiveIntegerField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    held_on = models.DateField()
    venue = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=80, blank=True)
    listed_on = models.DateField(null=True, blank=True)
    team_on = models.DateField(null=True, blank=True)
    posted_on = models.DateField(null=True, blank=True)
    notified_on = models.DateField(null=True, blank=True)
    by_ballot = models.BooleanField(default=False)
    attended = models.PositiveIntegerField(null=True, blank=True)
    all_households = models.PositiveIntegerField(null=True, blank=True)
    voted_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=80, blank=True)
    recognised_on = models.DateField(null=True, blank=True)
    term_until = models.DateField(null=True, blank=True)

    # What a step has just found; duties that it opens ask for it (`Opens.when`).
    has_outcome = False
    is_dismissed = False

    class Meta:
        indexes = [models.Index(fields=["held_on"], name="election_day")]

    @property
    def of_head(self) -> bool:
        return self.post == Post.HEAD

    @property
    def is_election(self) -> bool:
        return self.sort == Sort.ELECT

    @property
    def elects_head(self) -> bool:
        """Plan, team, list and notice of Decree 59, Điều 6 belong to this one alone."""
        return self.of_head and self.is_election

    @property
    def dismisses_head(self) -> bool:
        return self.of_head and not self.is_election

    @property
    def of_board(self) -> bool:
        return not self.of_head

    @property
    def convenor(self) -> Unit | None:
        """Who sets the day: the People's Committee for the head, the village for the boards."""
        return self.unit if self.of_head else self.place

    @property
    def recogniser(self) -> Unit | None:
        return self.unit if self.of_head else self.front

    @property
    def item(self) -> str:
        """Of Điều 15."""
        return "4" if self.of_head else "5"

    @property
    def has_list(self) -> bool:
        if self.is_election:
            return self.listed_on is not None
        return self.of_head or self.candidates.exists()

    @property
    def is_prepared(self) -> bool:
        """All that must come before the meeting has been done."""
        if self.notified_on is None or not self.has_list:
            return False
        return not self.elects_head or (self.team_on is not None and self.posted_on is not None)

    @property
    def day_has_come(self) -> bool:
        return clock.today() >= self.held_on

    @property
    def may_fail(self) -> bool:
        """Too few can have come from its day on; what was counted is no longer too small."""
        return self.day_has_come and not self.has_voted

    @property
    def votes_now(self) -> bool:
        """The meeting is today, all before it is done, and no vote runs yet."""
        running = self.vote is not None and self.vote.is_running
        return (
            self.held_on == clock.today()
            and self.is_prepared
            and not running
            and not self.has_voted
        )

    @property
    def has_voted(self) -> bool:
        """The vote of this round was closed: its result is written down, not voted away."""
        if self.vote is None or not self.vote.is_closed:
            return False
        return self.by_ballot or timezone.localdate(self.vote.opens_at) == self.held_on

    @property
    def may_ballot(self) -> bool:
        """After a meeting that was too small; again if the ballot ended without a count."""
        ended = self.vote is not None and self.vote.state == Vote.State.VOID
        return self.state == "failed" or ended

    @property
    def has_term(self) -> bool:
        return self.of_head and self.term_until is not None

    @property
    def positions(self) -> models.QuerySet[Position]:
        """Seats in which the winner may be appointed; none for boards that are not set up here."""
        if self.of_head:
            return Position.objects.filter(unit=self.place, role=Role.VILLAGE_HEAD)
        return Position.objects.filter(unit__parent=self.unit.parent_id, role=Role.BOARD)

    @cached_property
    def vote(self) -> Vote | None:
        found: Vote | None = Vote.objects.filter(matter_id=self.pk).order_by("-id").first()
        return found

    @property
    def has_count(self) -> bool:
        """The vote on this round was closed: its figures can be written down."""
        return self.vote is not None and self.vote.is_closed

    def _owes(self, rule: str) -> bool:
        return rule in self.running_rules

    @property
    def owes_plan(self) -> bool:
        return self._owes("dc.village_head.plan")

    @property
    def owes_list(self) -> bool:
        return self._owes("dc.village_head.candidates")

    @property
    def owes_team(self) -> bool:
        return self._owes("dc.village_head.team")

    @property
    def owes_posting(self) -> bool:
        return self._owes("dc.village_head.notice")

    @property
    def owes_notice(self) -> bool:
        return self._owes("dc.meeting_notice")

    @property
    def owes_ballot_plan(self) -> bool:
        return self._owes("dc.ballot_plan")

    @property
    def owes_ballot_notice(self) -> bool:
        return self._owes("dc.ballot_notice")

    @property
    def lacks_list(self) -> bool:
        return self.is_election and self.listed_on is None

    @property
    def may_be_finished(self) -> bool:
        """The dismissal of a head ends with the decision on the next election (Điều 9.3)."""
        return not self.dismisses_head


class Candidate(models.Model):
    """Who stands: name and year of birth as they are posted, and who brought the name forward.

    Nothing more of a person is kept here. In a dismissal it is the one whose office ends.
    """

    class Source(models.TextChoices):
        FRONT = "front", _("introduced by the Front committee")
        SELF = "self", _("stood by themselves at the meeting")
        HOUSEHOLD = "household", _("proposed by a household at the meeting")

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="candidates")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    born = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=Source)
    votes = models.PositiveIntegerField(null=True, blank=True)
    elected = models.BooleanField(default=False)

    class Meta:
        ordering = ["election_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="candidate_number_once")
        ]

    def __str__(self) -> str:
        return f"candidate {self.number}"

    @property
    def key(self) -> str:
        """The key of the option in the vote."""
        return f"c{self.number}"
