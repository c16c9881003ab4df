"""The spine: Matter, Submission, Duty, Entry, and the redacted projection that the public sees."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, GeneratedField, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dongthuan.core.papers.models import Attachment, Document
from dongthuan.core.people.models import Citizen
from dongthuan.core.units.models import Unit


class Level(models.IntegerChoices):
    """How widely a matter may be seen; each role reaches up to one of them."""

    PUBLIC = 0, _("public")
    PARTNER = 1, _("authority and partners")
    UNIT = 2, _("the authority")
    RESTRICTED = 3, _("restricted: the members named and the head")
    SEALED = 4, _("sealed: the designated people only")


class Audience(models.IntegerChoices):
    """Who may read an entry or a paper of a matter that they may see."""

    PUBLIC = 0, _("everyone")
    PETITIONER = 1, _("the petitioner")
    OFFICIAL = 2, _("officials")


class Channel(models.TextChoices):
    WEB = "web", _("the portal")
    COUNTER = "counter", _("at the counter")
    PHONE = "phone", _("by telephone")
    POST = "post", _("by post")
    API = "api", _("another system")
    FORWARDED = "forwarded", _("forwarded by another body")
    LEDGER = "ledger", _("imported ledger")


def _tsv(source: str, function: str) -> GeneratedField:
    return GeneratedField(
        expression=Func(F(source), function=function, output_field=SearchVectorField()),
        output_field=SearchVectorField(),
        db_persist=True,
    )


class Matter(models.Model):
    """One promise in being (vụ việc): everything that a list needs, so that lists never join."""

    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=32, unique=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=30)
    version = models.PositiveIntegerField(default=1)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="matters")
    path = models.CharField(max_length=200, db_collation="C")
    place = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="matters_here"
    )
    topic = models.CharField(max_length=30, blank=True)
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.PARTNER)
    channel = models.CharField(max_length=12, choices=Channel)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Sealed matters open only to `designated`; `walled` people and organs never see the matter.
    designated = ArrayField(models.BigIntegerField(), default=list, blank=True)
    walled_accounts = ArrayField(models.BigIntegerField(), default=list, blank=True)
    walled_paths = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    # Paths of other bodies that have a part in it: a village, the Front, a board, a partner.
    parties = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    # Positions that see a restricted matter: members of a steering committee, of its groups.
    restricted_to = ArrayField(models.BigIntegerField(), default=list, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    next_rule = models.CharField(max_length=40, blank=True)
    severity = models.PositiveSmallIntegerField(default=0)
    # The petitioner has written and nobody has acted since.
    replied_at = models.DateTimeField(null=True, blank=True)
    submission_count = models.PositiveIntegerField(default=0)
    person_count = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)
    search_text = models.TextField(blank=True)
    folded = _tsv("search_text", "dt_tsv_folded")
    accented = _tsv("search_text", "dt_tsv_accented")

    class Meta:
        indexes = [
            models.Index(fields=["path", "next_due_on", "id"], name="matter_path_due"),
            models.Index(fields=["path", "-id"], name="matter_path_new"),
            models.Index(
                fields=["next_due_on", "id"], condition=Q(closed_at=None), name="matter_open_due"
            ),
            models.Index(
                fields=["handler", "next_due_on", "id"],
                condition=Q(handler__isnull=False),
                name="matter_handler_due",
            ),
            models.Index(fields=["parent"], name="matter_parent", condition=~Q(parent=None)),
            GinIndex(fields=["folded"], name="matter_folded", fastupdate=False),
            GinIndex(fields=["parties"], name="matter_parties", condition=~Q(parties=[])),
            GinIndex(
                fields=["designated"], name="matter_designated", condition=Q(level=Level.SEALED)
            ),
            GinIndex(
                fields=["restricted_to"],
                name="matter_restricted_to",
                condition=Q(level=Level.RESTRICTED),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @cached_property
    def running_rules(self) -> set[str]:
        """Rules of the duties still owed; a page that has loaded the duties sets it itself."""
        return set(
            Duty.objects.filter(
                matter_id=self.pk, state__in=[DutyState.OPEN, DutyState.PAUSED]
            ).values_list("rule", flat=True)
        )

    @property
    def is_sealed(self) -> bool:
        return self.level == Level.SEALED

    @property
    def is_restricted(self) -> bool:
        return self.level == Level.RESTRICTED


class Submission(models.Model):
    """One letter, visit, call or web form (đơn). Several can belong to one matter."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="submissions")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    channel = models.CharField(max_length=12, choices=Channel)
    text = models.TextField(blank=True)
    place_text = models.CharField(max_length=200, blank=True)
    citizen = models.ForeignKey(Citizen, null=True, blank=True, on_delete=models.PROTECT)
    people_count = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField(default=timezone.now)
    written_on = models.DateField(null=True, blank=True)
    forwarded_by = models.CharField(max_length=200, blank=True)
    # Other bodies that got the same letter, as the writer or the envelope says.
    also_sent_to = models.CharField(max_length=300, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    fingerprints = ArrayField(models.IntegerField(), default=list, blank=True)
    idempotency_key = models.CharField(max_length=100, null=True, blank=True, unique=True)
    request_digest = models.CharField(max_length=64, blank=True)
    # Raising it makes every earlier secret of this receipt worthless.
    receipt_version = models.PositiveSmallIntegerField(default=1)
    ledger = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            GinIndex(
                fields=["fingerprints"],
                name="submission_fingerprints",
                opclasses=["gin__int_ops"],
                fastupdate=False,
            ),
            models.Index(fields=["-received_at"], name="submission_received"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class DutyState(models.TextChoices):
    OPEN = "open", _("open")
    PAUSED = "paused", _("paused")
    FULFILLED = "fulfilled", _("kept in time")
    LATE = "late", _("kept late")
    WAIVED = "waived", _("no longer owed")
    TRANSFERRED = "transferred", _("handed over")


class Duty(models.Model):
    """What a unit owes (nghĩa vụ): under a rule version, from an anchor, due on a date."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200, db_collation="C")
    rule = models.CharField(max_length=40)
    # Which of several like things it is owed for (a posting place, an item); mostly none.
    subject = models.CharField(max_length=80, blank=True)
    version_from = models.DateField()
    basis = models.CharField(max_length=200)
    term = models.CharField(max_length=20)
    evidence = models.CharField(max_length=4)
    anchor = models.CharField(max_length=30)
    anchor_at = models.DateTimeField()
    conditions = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    pauses = models.JSONField(default=list, blank=True)
    extensions = models.JSONField(default=list, blank=True)
    # The service level it was opened under: term, document, set_by, valid_from; {} is the rule's.
    level = models.JSONField(default=dict, blank=True)
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=DutyState, default=DutyState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    steps = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["matter", "state"], name="duty_matter"),
            models.Index(fields=["path", "due_on"], name="duty_path_due"),
            # A new version of a rule asks for its running duties, and for nothing else.
            models.Index(fields=["rule", "id"], name="duty_rule_open", condition=Q(state="open")),
        ]
        constraints = [
            # One open duty of a rule for a thing: a step taken twice cannot promise twice.
            models.UniqueConstraint(
                fields=["matter", "rule", "subject"],
                condition=Q(state__in=["open", "paused"]),
                name="duty_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.due_on}"

    @property
    def is_running(self) -> bool:
        return self.state in (DutyState.OPEN, DutyState.PAUSED)


class ServiceLevel(models.Model):
    """What a unit has promised of itself where no law fixes a term (mức phục vụ).

    Of a topic, or of all ('' ). Never edited: a new one begins the day after the old one ends,
    or takes the place of one set for the same day.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200, db_collation="C")
    topic = models.CharField(max_length=30, blank=True)
    rule = models.CharField(max_length=40)
    term = models.CharField(max_length=20)
    document = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_as = models.CharField(max_length=160, blank=True)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "topic", "rule", "valid_from"], name="service_level_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.term}"


CLOSINGS = (
    "recommendation.close", "feedback.close", "recommendation.reopen", "feedback.reopen",
    "petitioner.reopen_asked",
)  # fmt: skip


class Entry(models.Model):
    """One fact about a matter (nhật ký). Appended, never changed: the database refuses.

    `facts` never holds personal data; that sits in the payload, behind `commitment` =
    HMAC-SHA-256(salt, canonical JSON of the payload), so that it can be erased lawfully.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField(default=timezone.now)
    act = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_label = models.CharField(max_length=160, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    audience = models.PositiveSmallIntegerField(choices=Audience)
    before = models.CharField(max_length=30, blank=True)
    after = models.CharField(max_length=30, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    commitment = models.BinaryField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["matter", "id"], name="entry_matter"),
            # The scoreboard counts closings and reopenings of a year, few among all entries.
            models.Index(fields=["act", "at"], name="entry_closed", condition=Q(act__in=CLOSINGS)),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'pgtrigger: % is append-only', TG_TABLE_NAME;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d}"


class EntryPayload(models.Model):
    """The personal part of an entry; destroying it is erasure, the commitment stays."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="payload"
    )
    salt = models.BinaryField()
    body = models.JSONField()

    def __str__(self) -> str:
        return f"payload {self.pk}"


class Paper(models.Model):
    """A file or an issued document that belongs to a matter."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="papers")
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=200)
    audience = models.PositiveSmallIntegerField(choices=Audience, default=Audience.OFFICIAL)

    def __str__(self) -> str:
        return f"paper {self.pk}"


class Projection(models.Model):
    """What the public may see of a matter: redacted text, never the record.

    A restricted or sealed matter has no row.
    """

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="projection"
    )
    code = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200, db_collation="C")
    place = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    topic = models.CharField(max_length=30, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    # Only rows whose text an official has redacted are found by search.
    listed = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    folded = _tsv("search_text", "dt_tsv_folded")
    accented = _tsv("search_text", "dt_tsv_accented")
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = [
            GinIndex(
                fields=["folded"],
                name="projection_folded",
                fastupdate=False,
                condition=Q(listed=True),
            ),
            models.Index(
                fields=["path", "-matter"], condition=Q(listed=True), name="projection_path"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class LinkRole(models.TextChoices):
    """What the one is to the other, read from `matter` to `other`."""

    SERVES = "serves", _("serves")
    CARRIES_ON = "carries_on", _("carries on")
    BELONGS = "belongs", _("belongs to")
    ABOUT = "about", _("is about")
    COPIES = "copies", _("copies")


class MatterLink(models.Model):
    """One matter has to do with another, whatever their rooms."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="links_from")
    other = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="links_to")
    role = models.CharField(max_length=12, choices=LinkRole)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "other", "role"], name="matter_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.role} {self.other_id}"


class CodeSequence(models.Model):
    """The next number of a unit's codes in a year; one locked row keeps them gapless."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="code_sequence_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}: {self.last}"


class SavedFilter(models.Model):
    """A list that an official wants to find again: a name and a query string."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="saved_filter_once")
        ]

    def __str__(self) -> str:
        return self.name
