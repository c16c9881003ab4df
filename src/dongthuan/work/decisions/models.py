"""Decisions of the people (Nhân dân bàn và quyết định) and the vote by which they are taken.

The tables of a vote hang on Matter, not on Decision: elections, conventions and initiatives use
them too. Who has used a voice (`Cast`) and what was chosen (`Ballot`) lie in two tables without
anything that joins them; sums on paper (`Tally`) belong to a place of counting (`Station`).
"""

from __future__ import annotations

import secrets
import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.models import Household
from dongthuan.core.units.models import Unit

YES, NO, OTHER = "yes", "no", "other"


class Scope(models.TextChoices):
    VILLAGE = "village", _("one village or residential group")
    COMMUNE = "commune", _("the whole commune or ward")


class Method(models.TextChoices):
    """How a household's voice is given (Điều 17.1, 18.4.d of the Law)."""

    HANDS = "hands", _("show of hands at the meeting")
    PAPER = "paper", _("secret ballot at the meeting")
    BALLOT = "ballot", _("ballot paper brought to each household")
    ONLINE = "online", _("online vote")


MEETING = (Method.HANDS, Method.PAPER)


class Vote(models.Model):
    """One question put to the households of one or several villages.

    It goes prepared → frozen (the rolls stand) → open → closed, never back; void ends it without
    a count. `result` is null until it is closed: no figure about choices exists before.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("in preparation")
        FROZEN = "frozen", _("roll frozen")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed and counted")
        VOID = "void", _("ended without a count")

    class Purpose(models.TextChoices):
        MAIN = "main", _("the question itself")
        # The first of the two steps of an online vote (Điều 5.2.c of Decree 59/2023).
        METHOD = "method", _("whether to vote online")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="votes")
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.MAIN)
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.VILLAGE)
    question = models.TextField()
    # [{"key": "yes", "label": "Đồng ý"}, …]; the keys of candidates are "c1", "c2", …
    options = models.JSONField()
    choices_max = models.PositiveSmallIntegerField(default=1)
    methods = ArrayField(models.CharField(max_length=8, choices=Method))
    # Keys of the rulebook: share of the households, and of the villages where commune-wide.
    threshold = models.CharField(max_length=40)
    threshold_villages = models.CharField(max_length=40, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.PREPARED)
    frozen_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=500, blank=True)
    result = models.JSONField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="vote_in_order"),
            models.CheckConstraint(
                condition=Q(state="closed", result__isnull=False)
                | (~Q(state="closed") & Q(result__isnull=True)),
                name="vote_result_only_when_closed",
            ),
            # One vote of a matter runs at a time: a voice is given once.
            models.UniqueConstraint(
                fields=["matter", "purpose"],
                condition=Q(state__in=["prepared", "frozen", "open"]),
                name="vote_runs_once",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="never_back",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["closed", "void"]),
                func="RAISE EXCEPTION 'a vote that has ended cannot be changed';",
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    @property
    def is_over(self) -> bool:
        """Open, and it may be closed: a meeting's at any time, all others after their last hour or
        once every household has used its voice."""
        if self.state != self.State.OPEN:
            return False
        if not set(self.methods) - set(MEETING) or clock.now() >= self.closes_at:
            return True
        households = RollLine.objects.filter(roll__vote=self).count()
        return self.casts.count() == households

    def __str__(self) -> str:
        return f"vote {self.pk}"

    @property
    def labels(self) -> dict[str, str]:
        return {option["key"]: option["label"] for option in self.options}

    @property
    def is_running(self) -> bool:
        return self.state in (self.State.PREPARED, self.State.FROZEN, self.State.OPEN)

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def method_labels(self) -> list[str]:
        return [str(Method(method).label) for method in self.methods]


class Roll(models.Model):
    """The households that have a voice in a vote, of one village, as they stood when frozen.

    `sha256` is that of the canonical lines (see voting/rolls.py), shown to everybody with `count`.
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="rolls")
    village = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "village"], name="roll_once_a_village")
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__frozen_at__isnull=False),
                func="RAISE EXCEPTION 'a frozen roll cannot be changed';",
            )
        ]

    def __str__(self) -> str:
        return f"roll {self.pk}"


class RollLine(models.Model):
    """One household of a frozen roll: number, representative and address of that day."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=20)
    representative = models.CharField(max_length=120)
    address = models.CharField(max_length=300, blank=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["roll_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["roll", "position"], name="roll_line_once"),
            models.UniqueConstraint(fields=["roll", "household"], name="roll_household_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="not_after_freezing",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("frozen", "timestamptz")],
                func="""
                SELECT frozen_at INTO frozen FROM decisions_roll WHERE id = NEW.roll_id;
                IF frozen IS NOT NULL THEN
                    RAISE EXCEPTION 'a frozen roll takes no more lines';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.position}"


class Station(models.Model):
    """Where voices are given by hand or on paper and counted: a meeting, a cluster's meeting, a
    round from door to door. Villages of 200 households or more may have several (Điều 18.3).

    `team` counts (3–5 people, Decree 59 Art. 3.5.c and 4.3), two households witness it.
    """

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="stations")
    method = models.CharField(max_length=8, choices=Method)
    name = models.CharField(max_length=120, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    chair = models.CharField(max_length=160, blank=True)
    team = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    witnesses = models.ManyToManyField(RollLine, related_name="+", blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    agreed = models.ForeignKey(
        "Tally", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name or f"station {self.pk}"


class Cast(models.Model):
    """A household has used its voice, and by which way: never what it chose, nor when exactly.

    On paper the voice is taken when the paper is handed over: from then on it is out of our hands.
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="casts")
    line = models.ForeignKey(RollLine, on_delete=models.PROTECT, related_name="casts")
    method = models.CharField(max_length=8, choices=Method)
    station = models.ForeignKey(
        Station, null=True, blank=True, on_delete=models.PROTECT, related_name="casts"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "line"], name="one_voice")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="only_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                declare=[("now_is", "text"), ("which", "bigint")],
                func="""
                IF TG_OP = 'DELETE' THEN which := OLD.vote_id; ELSE which := NEW.vote_id; END IF;
                SELECT state INTO now_is FROM decisions_vote WHERE id = which;
                IF now_is <> 'open' THEN
                    RAISE EXCEPTION 'the vote is not open';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"cast of line {self.line_id}"


def _ballot_id() -> int:
    """A number of 62 bits at random: the order of ballots says nothing of who came when."""
    return secrets.randbits(62)


class Ballot(models.Model):
    """A secret ballot given online: what was chosen, under a receipt that only the voter knows.

    No time, no sequence, no household; rows are rewritten in random order whenever one is added
    (see voting/ballots.py), so that not even the physical place on the disk tells who it was.
    """

    id = models.BigIntegerField(primary_key=True, default=_ballot_id)
    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ballots")
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField(max_length=24, unique=True)
    choice = models.CharField(max_length=8)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="only_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                declare=[("now_is", "text"), ("which", "bigint")],
                func="""
                IF TG_OP = 'DELETE' THEN which := OLD.vote_id; ELSE which := NEW.vote_id; END IF;
                SELECT state INTO now_is FROM decisions_vote WHERE id = which;
                IF now_is <> 'open' THEN
                    RAISE EXCEPTION 'the vote is not open';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return "ballot"


class AccessCode(models.Model):
    """The way in for a household's online vote; only a keyed hash is kept.

    Handing out a new one makes the old one worthless: there is one row for a line.
    """

    line = models.OneToOneField(RollLine, on_delete=models.PROTECT, related_name="access")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"code of line {self.line_id}"


class Tally(models.Model):
    """The figures of one station as one person has entered them, without seeing another's.

    Paper: issued = returned + missing; valid + blank + spoilt = returned. Show of hands: issued and
    returned are those present, blank those who raised no hand.
    """

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="tallies")
    attempt = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=160)
    at = models.DateTimeField()
    issued = models.PositiveIntegerField()
    returned = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    valid = models.PositiveIntegerField()
    blank = models.PositiveIntegerField()
    spoilt = models.PositiveIntegerField()
    counts = models.JSONField()
    scan = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "tallies"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["station", "attempt", "by"], name="tally_once_each")
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"tally {self.pk}"


class PublishedFile(models.Model):
    """A file published when a vote was closed, from which anyone can recount it."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=40)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["vote", "name"], name="published_file_once")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.name


class Item(models.TextChoices):
    """What this room's `decision` may be about: the items of Điều 15 that are no convention and
    no election (3, 4 and 5 have kinds of their own)."""

    CONTRIBUTION = "1", _("contributions to infrastructure and public works (item 1)")
    FUNDS = "2", _("collecting, spending and managing the people's money (item 2)")
    SELF_GOVERNANCE = "6", _("other matters of self-governance (item 6)")


class Decision(Matter):
    """A decision of the community (quyết định của cộng đồng dân cư), items 1, 2 and 6."""

    # Other kinds have a column `decision`; the row of this one needs another name there.
    matter_ptr = models.OneToOneField(
        Matter, on_delete=models.CASCADE, parent_link=True, primary_key=True,
        related_name="people_decision",
    )  # fmt: skip
    item = models.CharField(max_length=1, choices=Item)
    scope = models.CharField(max_length=8, choices=Scope)
    village_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    villages = models.ManyToManyField(Unit, related_name="+", blank=True)
    front_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposal = models.TextField()
    # a, b or c of Điều 19.1, once a household ballot was chosen.
    ground = models.CharField(max_length=1, blank=True)
    short_meeting = models.BooleanField(default=False)
    meeting_at = models.DateTimeField(null=True, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    form = models.CharField(max_length=12, blank=True)
    document = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    signers = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    carried = models.BooleanField(null=True, blank=True)
    voted_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    @property
    def village(self) -> Unit | None:
        return self.village_unit

    @property
    def is_commune(self) -> bool:
        return self.scope == Scope.COMMUNE

    @property
    def convenor(self) -> Unit:
        """Who organises it: the village, or the People's Committee where commune-wide (Điều 16)."""
        return self.village_unit or self.unit

    @property
    def front(self) -> Unit | None:
        """Whose agreement it needs: the village's Front committee, the commune's Front."""
        return self.village_unit or self.front_unit

    @property
    def commune_front(self) -> Unit | None:
        return self.front_unit

    @property
    def recogniser(self) -> Unit:
        return self.unit

    @cached_property
    def vote(self) -> Vote | None:
        """The last vote on the question itself."""
        found: Vote | None = (
            Vote.objects.filter(matter_id=self.pk, purpose=Vote.Purpose.MAIN)
            .order_by("-id")
            .first()
        )
        return found

    @property
    def result(self) -> dict[str, Any] | None:
        return self.vote.result if self.vote else None

    # -- facts that steps ask for ------------------------------------------------------------

    @property
    def needs_documents(self) -> bool:
        """Papers go to the households before a meeting on items 1–3 (Decree 59, Điều 3.4)."""
        return self.item in (Item.CONTRIBUTION, Item.FUNDS)

    @property
    def owes_notice(self) -> bool:
        return "dc.meeting_notice" in self.running_rules

    @property
    def owes_documents(self) -> bool:
        return "dc.meeting_documents" in self.running_rules

    @property
    def owes_plan(self) -> bool:
        return "dc.ballot_plan" in self.running_rules

    @property
    def owes_ballot_notice(self) -> bool:
        return "dc.ballot_notice" in self.running_rules

    @property
    def may_ballot(self) -> bool:
        """Điều 19.1 with Decree 59, Điều 4.1: commune-wide, after a small meeting, or item 6."""
        return self.is_commune or self.short_meeting or self.item == Item.SELF_GOVERNANCE

    @property
    def may_vote_online(self) -> bool:
        """Điều 17.2: item 6 alone, and within a village."""
        return self.item == Item.SELF_GOVERNANCE and not self.is_commune

    @property
    def method_vote(self) -> Vote | None:
        found: Vote | None = (
            Vote.objects.filter(matter_id=self.pk, purpose=Vote.Purpose.METHOD)
            .order_by("-id")
            .first()
        )
        return found

    @property
    def may_poll_method(self) -> bool:
        asked = self.method_vote
        return self.may_vote_online and (asked is None or not asked.is_running)

    @property
    def online_ready(self) -> bool:
        asked = self.method_vote
        return bool(asked and asked.result and asked.result["carried"])

    @property
    def vote_ended(self) -> bool:
        """Its vote was ended without a count: another one may be set."""
        return self.vote is None or self.vote.state == Vote.State.VOID

    @property
    def waits_for_force(self) -> bool:
        """Recognised for a day that is still to come (Điều 21.2)."""
        day = self.effective_on
        return self.state == "in_force" and day is not None and day > clock.today()

    @property
    def vote_is_over(self) -> bool:
        return bool(self.vote and self.vote.is_over)
