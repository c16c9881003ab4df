"""Citizen reception (tiếp công dân): a session, its visits, its bookings, refusals in writing."""

from __future__ import annotations

import datetime as dt
import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.people.models import Citizen
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.receptions import rules


class Form(models.TextChoices):
    """What sort of session it is."""

    HEAD = "head", _("the head's day (định kỳ)")
    REGULAR = "regular", _("regular reception (thường xuyên)")
    ADHOC = "adhoc", _("ad-hoc reception (đột xuất)")
    ONLINE = "online", _("online reception (trực tuyến)")


class Receiver(models.TextChoices):
    """Who received, as a position and never as a person."""

    SELF = "self", _("the head in person")
    DELEGATE = "delegate", _("a deputy for the head")
    OFFICER = "officer", _("the assigned officer")


class Reception(Matter):
    """One session (buổi tiếp công dân) of a unit on a day; `position` is the head whose day it is.

    `held_on` moves with a postponement; the earlier day stands in the entries.
    """

    form = models.CharField(max_length=10, choices=Form)
    position = models.ForeignKey(
        Position, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    held_on = models.DateField()
    starts_at = models.TimeField(default=dt.time(8))
    ends_at = models.TimeField(default=dt.time(11, 30))
    venue = models.CharField(max_length=300, blank=True)
    attendees = models.CharField(max_length=500, blank=True)
    agenda = models.CharField(max_length=500, blank=True)
    capacity = models.PositiveSmallIntegerField(default=20)
    ground = models.CharField(max_length=4, blank=True)
    posted_on = models.DateField(null=True, blank=True)
    receiver = models.CharField(max_length=10, choices=Receiver, blank=True)
    delegate = models.CharField(max_length=160, blank=True)
    minutes = models.TextField(blank=True)
    recording = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=80, blank=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["held_on"], name="reception_day"),
            models.Index(fields=["position", "held_on"], name="reception_position_day"),
        ]

    booked: int  # how many slots are taken; lists annotate it

    @property
    def left(self) -> int:
        """Slots that can still be booked; for rows of a list that counted them."""
        return max(self.capacity - self.booked, 0)

    @property
    def bookable(self) -> bool:
        return self.state == "posted" and self.left > 0 and self.event_at > clock.now()

    @property
    def event_at(self) -> dt.datetime:
        """The moment at which it begins, from which notices are counted back."""
        moment = dt.datetime.combine(self.held_on, self.starts_at)
        return timezone.make_aware(moment, timezone.get_default_timezone())

    @property
    def is_online(self) -> bool:
        return self.form == Form.ONLINE

    @property
    def by_head(self) -> bool:
        """The head receives: the outcome must be put in a notice (Điều 25 Nghị định 154)."""
        return self.position_id is not None

    @property
    def scheduled(self) -> bool:
        """Its day must be posted beforehand (khoản 4 Điều 24); regular hours are posted once."""
        return self.form in (Form.HEAD, Form.ONLINE)

    @property
    def owes_notice(self) -> bool:
        return "tcd.online.notice" in self.running_rules

    @property
    def owes_test(self) -> bool:
        return "tcd.online.test" in self.running_rules

    @property
    def owes_connection(self) -> bool:
        return "tcd.online.connect" in self.running_rules

    @property
    def is_today(self) -> bool:
        return self.held_on == clock.today()


class Booking(models.Model):
    """A slot that a citizen booked. `person_key`: who and for which session, as a keyed hash.

    Name and contact lie in Citizen and are taken away when the person turns out to denounce.
    """

    class State(models.TextChoices):
        BOOKED = "booked", _("booked")
        ARRIVED = "arrived", _("arrived")
        ABSENT = "absent", _("did not come")
        CANCELLED = "cancelled", _("cancelled")

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="bookings")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    code = models.CharField(max_length=16, unique=True)
    citizen = models.ForeignKey(Citizen, null=True, blank=True, on_delete=models.SET_NULL)
    about = models.CharField(max_length=300, blank=True)
    people_count = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.BOOKED)
    person_key = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["reception", "state"], name="booking_reception")]
        constraints = [
            models.UniqueConstraint(
                fields=["reception", "person_key"],
                condition=Q(state__in=["booked", "arrived"]) & ~Q(person_key=""),
                name="booking_once_a_person",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Content(models.TextChoices):
    """Loại đơn, column 6 of Mẫu 03/TCD."""

    COMPLAINT = "complaint", _("complaint (KN)")
    DENUNCIATION = "denunciation", _("denunciation (TC)")
    RECOMMENDATION = "recommendation", _("recommendation (KNg)")
    FEEDBACK = "feedback", _("feedback (PA)")


class Outcome(models.TextChoices):
    """What became of it on the spot; a matter carries its own duties from there."""

    ANSWERED = "answered", _("answered on the spot")
    GUIDED = "guided", _("guided to the competent body")
    TAKEN = "taken", _("taken in: a matter is opened")
    SEALED = "sealed", _("a denunciation: written down in the sealed form only")
    REFUSED = "refused", _("reception refused")


class Visit(models.Model):
    """One turn (lượt tiếp): a number in the queue, then a line of the ledger (Mẫu 03/TCD).

    A denunciation leaves here its number, day and type; no person, no content, no link that
    somebody could follow (Điều 8, 56 Luật Tố cáo 2018): the sealed form holds the rest.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CALLED = "called", _("called")
        SERVED = "served", _("received")
        REFUSED = "refused", _("refused")
        ABSENT = "absent", _("did not answer")

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="visits")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    number = models.PositiveIntegerField()
    ledger_number = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    booking = models.OneToOneField(
        Booking, null=True, blank=True, on_delete=models.SET_NULL, related_name="visit"
    )
    citizen = models.ForeignKey(Citizen, null=True, blank=True, on_delete=models.PROTECT)
    content = models.TextField(blank=True)
    type = models.CharField(max_length=16, choices=Content, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    people_count = models.PositiveIntegerField(default=1)
    representatives = models.PositiveSmallIntegerField(default=0)
    case_count = models.PositiveSmallIntegerField(default=1)
    is_repeat = models.BooleanField(default=False)
    settled_by = models.CharField(max_length=200, blank=True)
    in_competence = models.BooleanField(null=True, blank=True)
    guided_to = models.CharField(max_length=200, blank=True)
    guide_document = models.CharField(max_length=80, blank=True)
    accepted_by = models.CharField(max_length=200, blank=True)
    transfer_document = models.CharField(max_length=80, blank=True)
    result = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    refusal_ground = models.CharField(max_length=4, blank=True)
    papers = models.TextField(blank=True)  # what was handed over, for the receipt Mẫu 02/TCD
    matter = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="from_visits"
    )
    arrived_at = models.DateTimeField(default=timezone.now)
    called_at = models.DateTimeField(null=True, blank=True)
    served_at = models.DateTimeField(null=True, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["unit", "on", "id"],
                condition=Q(state__in=["served", "refused"]),
                name="visit_ledger",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["reception", "number"], name="visit_number_once"),
            # The ledger of a unit is numbered through each year.
            models.UniqueConstraint(
                "unit", ExtractYear("on"), "ledger_number",
                name="visit_ledger_number_once",
            ),
            # What the law wants sealed cannot be written here even by mistake.
            models.CheckConstraint(
                condition=~Q(type="denunciation")
                | Q(citizen=None, content="", matter=None, booking=None, papers=""),
                name="visit_denunciation_is_bare",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reception_id}/{self.number}"

    @property
    def is_large_group(self) -> bool:
        return rules.is_large_group(self.people_count, self.on)

    @property
    def is_waiting(self) -> bool:
        return self.state in (self.State.WAITING, self.State.CALLED)


class Refusal(Matter):
    """A refusal that must be put in writing by the head (Mẫu 01/TCD): its own matter and term."""

    ground = models.CharField(max_length=4)
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="refusal")
    document = models.CharField(max_length=80, blank=True)


class LedgerTaking(models.Model):
    """The ledger of a unit and period was taken away as a file: by whom and when. Never changed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    lines = models.PositiveIntegerField()
    at = models.DateTimeField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["unit", "-id"], name="ledger_taking_unit")]
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
        return f"{self.unit_id} {self.at:%Y-%m-%d}"
