"""Village conventions (hương ước, quy ước): Decree 61/2023/NĐ-CP."""

from __future__ import annotations

import hashlib

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.units.models import Unit
from dongthuan.work.decisions.models import Vote
from dongthuan.work.decisions.village_matters import VillageMatter


class ConventionName(models.TextChoices):
    """Which of the two names the community chose (Decree 61, Điều 6.2)."""

    HUONG_UOC = "huong_uoc", _("hương ước")
    QUY_UOC = "quy_uoc", _("quy ước")


class Ground(models.TextChoices):
    """Why a convention is suspended (Điều 12.1) or annulled (Điều 14.1, 14.2)."""

    PROCEDURE = "a", _("a) drafting, comments or adoption did not keep to the procedure")
    PRINCIPLES = "b", _("b) content against the aims and principles of conventions")
    HARM = "c", _("c) content that would do harm if it were applied")


class AnnulGround(models.TextChoices):
    UNLAWFUL = "a", _("a) content against the law, good customs or social ethics")
    NOT_MENDED = "b", _("b) suspended, and not mended within the time that was set")
    NO_MAJORITY = "c", _("c) never adopted by the share of households that the law asks for")


class Convention(VillageMatter):
    """One version of a village's convention, from the proposal to what follows it.

    `held_on`, `attended`, `yes`, `all_households`: the adoption, from the vote that was counted.
    `frozen_sha256` is that of the text as it was recognised. `replaces` is the earlier version.
    """

    name = models.CharField(max_length=10, choices=ConventionName)
    number = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    # Proposed by a resident and carried to the village (Điều 7.2 and 7.3): the Front's agreement
    # of Điều 7.1 is then not asked for.
    from_initiative = models.BooleanField(default=False)
    posted_on = models.DateField(null=True, blank=True)
    posted_until = models.DateField(null=True, blank=True)
    posted_places = models.TextField(blank=True)
    comments_answered = models.TextField(blank=True)
    held_on = models.DateField(null=True, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    by_ballot = models.BooleanField(default=False)
    attended = models.PositiveIntegerField(null=True, blank=True)
    yes = models.PositiveIntegerField(null=True, blank=True)
    all_households = models.PositiveIntegerField(null=True, blank=True)
    signers = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=80, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    suspended_part = models.CharField(max_length=500, blank=True)
    suspended_until = models.DateField(null=True, blank=True)
    annulled_part = models.CharField(max_length=500, blank=True)
    frozen_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            # A village lives by one convention at a time.
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(replaces__isnull=False, in_force_on__isnull=False),
                name="convention_followed_once",
            )
        ]

    @property
    def recogniser(self) -> Unit:
        return self.unit

    @property
    def is_drafted(self) -> bool:
        return self.sections.exists()

    @property
    def needs_front(self) -> bool:
        return not self.from_initiative

    @property
    def is_in_force(self) -> bool:
        """Whether any part of the text binds today: suspended in part, the rest still does."""
        return self.state == "in_force" or (self.state == "suspended" and bool(self.suspended_part))

    @cached_property
    def vote(self) -> Vote | None:
        """The newest vote on the text."""
        found: Vote | None = Vote.objects.filter(matter_id=self.pk).order_by("-id").first()
        return found

    @property
    def is_passed(self) -> bool:
        """More than half of all households said yes (Điều 10); integers only."""
        return self.yes is not None and 2 * self.yes > (self.all_households or 0)

    @property
    def has_flaw(self) -> bool:
        """A report of a flaw waits for its answer (Điều 12.2, 14.3)."""
        return bool({"dc.convention.suspend", "dc.convention.annul"} & self.running_rules)

    @property
    def day_has_come(self) -> bool:
        return self.held_on is not None and clock.today() >= self.held_on

    @property
    def may_fail(self) -> bool:
        """Too few can have come from its day on; what was counted is no longer too small."""
        return self.day_has_come and not self.has_voted

    @property
    def votes_now(self) -> bool:
        """The meeting is today and no vote runs yet."""
        running = self.vote is not None and self.vote.is_running
        return self.held_on == clock.today() and not running and not self.has_voted

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
    def is_followed(self) -> bool:
        return self.successors.filter(in_force_on__isnull=False).exists()

    @property
    def owes_send(self) -> bool:
        return "dc.convention.send" in self.running_rules

    @property
    def owes_notice(self) -> bool:
        return bool({"dc.meeting_notice", "dc.meeting_documents"} & self.running_rules)

    @property
    def owes_ballot_plan(self) -> bool:
        return "dc.ballot_plan" in self.running_rules

    @property
    def owes_ballot_notice(self) -> bool:
        return "dc.ballot_notice" in self.running_rules

    @property
    def has_count(self) -> bool:
        """The vote on this round was closed: its figures can be written down."""
        return self.vote is not None and self.vote.is_closed

    @property
    def text_sha256(self) -> str:
        """Of the headings and texts in their order, as they are printed."""
        lines = [f"{s.heading}\n{s.text}" for s in self.sections.all()]
        return hashlib.sha256("\n\n".join(lines).encode()).hexdigest()


class Section(models.Model):
    """A part of the text: preamble, chapter or article; editable until the text is adopted."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        ordering = ["convention_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "position"], name="section_once")
        ]
        triggers = [
            # What was recognised is the text of the recognition, for ever.
            pgtrigger.Trigger(
                name="frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("which", "bigint"), ("frozen", "text")],
                func="""
                IF TG_OP = 'DELETE' THEN which := OLD.convention_id;
                ELSE which := NEW.convention_id; END IF;
                SELECT frozen_sha256 INTO frozen FROM decisions_convention
                    WHERE matter_ptr_id = which;
                IF frozen <> '' THEN
                    RAISE EXCEPTION 'the text of a recognised convention cannot be changed';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.heading


class Comment(models.Model):
    """What somebody says about the posted draft: read by village and office, with no name.

    Decree 61, Điều 9 asks for opinions, not for who holds them.
    """

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="comments")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField()
    written_on = models.DateField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"comment {self.pk}"
