"""Disclosure (công khai): what was made public, where it hangs, who looked, and requests for it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.papers.models import Attachment
from dongthuan.core.units.models import Unit
from dongthuan.work.disclosure import rules


class Place(models.Model):
    """Where a commune makes things public: its page, its seat, a village's house, its loudspeaker.

    `village`: whose place it is; the village head records what hangs there.
    """

    class Sort(models.TextChoices):
        PORTAL = "portal", _("page on the Internet")
        HQ = "hq", _("seat of the People's Committee")
        VILLAGE = "village", _("place of a village")
        LOUDSPEAKER = "loudspeaker", _("loudspeaker system")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="disclosure_places")
    sort = models.CharField(max_length=12, choices=Sort)
    village = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=80)
    ended_on = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # A duty is told apart by the name of its place.
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(ended_on=None),
                name="disclosure_place_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def channel(self) -> str:
        """The form of Điều 12 that happens here."""
        return {"portal": "b", "loudspeaker": "c"}.get(self.sort, "a")


class DisclosurePlan(Matter):
    """The year's plan of disclosure of a commune (khoản 1 Điều 14)."""

    year = models.PositiveSmallIntegerField()
    symbol = models.CharField(max_length=80, blank=True)
    session_on = models.DateField(null=True, blank=True)
    report = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["year"], name="disclosure_plan_year")]

    @property
    def owes_report(self) -> bool:
        return "dc.report_council" in self.running_rules


class PlanRow(models.Model):
    """One line of a plan: what, for which period, when, by whom (a position, never a person)."""

    plan = models.ForeignKey(DisclosurePlan, on_delete=models.CASCADE, related_name="rows")
    item = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    period = models.CharField(max_length=5, choices=rules.PERIODS, default="once")
    rule = models.CharField(max_length=40, default=rules.DEFAULT)
    expected_on = models.DateField()
    officer = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return f"{self.item} {self.title}"


class Disclosure(Matter):
    """One thing to be made public. `rows` hold what was imported until it is published; from then
    on only `public_rows` are kept, with what is personal taken out."""

    item = models.CharField(max_length=2)
    rule = models.CharField(max_length=40, default=rules.DEFAULT)
    period = models.CharField(max_length=5, choices=rules.PERIODS, default="once")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    plan_row = models.ForeignKey(
        PlanRow, null=True, blank=True, on_delete=models.SET_NULL, related_name="disclosures"
    )
    officer = models.CharField(max_length=160, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    symbol = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    permanent = models.BooleanField(default=False)
    summary = models.TextField(blank=True)
    content_type = models.CharField(max_length=20, blank=True)
    rows = models.JSONField(default=list, blank=True)
    public_rows = models.JSONField(default=list, blank=True)
    full_names = models.BooleanField(default=False)
    ground = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )

    class Meta:
        indexes = [
            models.Index(fields=["item", "-published_at"], name="disclosure_item"),
            models.Index(fields=["-published_at"], name="disclosure_published"),
        ]

    @property
    def done(self) -> bool:
        """Nothing is owed any more; what must hang for ever is never done."""
        return not self.permanent and not self.running_rules

    @property
    def public(self) -> bool:
        return self.published_at is not None

    @cached_property
    def item_label(self) -> str:
        return rules.item_label(self.item, clock.today())

    @property
    def item_name(self) -> str:
        """The item with its number; the quarter's register (Điều 13.2) has none."""
        return self.item_label if self.item == rules.REGISTER else f"{self.item}. {self.item_label}"


class Posting(models.Model):
    """Something was made public by one form at one place, from a day until a day (or still is)."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="postings")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT)
    channel = models.CharField(max_length=1)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_as = models.CharField(max_length=160, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["disclosure", "place"], name="disclosure_posting_place")]

    def __str__(self) -> str:
        return f"{self.channel} {self.started_on}"


class Evidence(models.Model):
    """What shows a posting: a photo, a link, a log, minutes. `taken_at`, `latitude`, `longitude`:
    what the file itself says, beside what the official says of it (`said_on`)."""

    class Sort(models.TextChoices):
        PHOTO = "photo", _("photograph")
        LINK = "link", _("link")
        LOG = "log", _("broadcast log")
        MINUTES = "minutes", _("minutes, letter or book entry")

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="evidence")
    sort = models.CharField(max_length=8, choices=Sort)
    said_on = models.DateField()
    text = models.CharField(max_length=300, blank=True)
    attachment = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.sort} {self.said_on}"

    @property
    def disagrees(self) -> bool:
        """The photograph tells another day than the official."""
        return self.taken_at is not None and timezone.localdate(self.taken_at) != self.said_on


class Check(models.Model):
    """Somebody looked whether it hangs. What a citizen reports proves nothing until confirmed."""

    class State(models.TextChoices):
        REPORTED = "reported", _("reported, not yet checked")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("not confirmed")

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="checks")
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    on = models.DateField()
    seen = models.BooleanField(default=False)
    by_citizen = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.REPORTED)
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-made_at"], name="disclosure_check_state"),
            models.Index(fields=["disclosure", "place"], name="disclosure_check_place"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.seen}"


class InfoRequest(Matter):
    """A citizen asks for information (Luật Tiếp cận thông tin 2016, chương III).

    `valid_at`: when the request was complete; the terms count from there (Điều 29 to 31).
    """

    class By(models.TextChoices):
        COUNTER = "counter", _("at the office")
        ONLINE = "online", _("over the Internet")
        POST = "post", _("by post or fax")

    about = models.ForeignKey(
        Disclosure, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    item = models.CharField(max_length=2, blank=True)
    by = models.CharField(max_length=8, choices=By)
    valid_at = models.DateTimeField()
    is_complex = models.BooleanField(null=True, blank=True)
    refused_on = models.CharField(max_length=4, blank=True)

    @property
    def online_or_post(self) -> bool:
        return self.by != self.By.COUNTER

    @property
    def at_counter(self) -> bool:
        return self.by == self.By.COUNTER

    @property
    def prolongable(self) -> bool:
        return bool({"tctt.counter", "tctt.complex"} & self.running_rules)

    @property
    def owes_answer_on_error(self) -> bool:
        return bool({"tctt.correct_request", "tctt.self_correct"} & self.running_rules)

    def valid_on(self) -> dt.date:
        return timezone.localdate(self.valid_at)
