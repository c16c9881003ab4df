"""A citizen's slot: booked without an account, found again with code and secret."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.receipts import secret_of, secrets_equal
from dongthuan.core.people.models import Citizen
from dongthuan.core.people.services import citizen_data
from dongthuan.core.text import clean, fold
from dongthuan.work.receptions.messages import booker_tell
from dongthuan.work.receptions.models import Booking, Reception

_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
HELD = (Booking.State.BOOKED, Booking.State.ARRIVED)


@dataclass(frozen=True)
class Booker:
    """Who books, as typed: a name and one way to be reached."""

    name: str
    phone: str = ""
    email: str = ""


def booking_secret(booking: Booking) -> str:
    """Twelve signs; derived from the row and the server's key, stored nowhere."""
    return secret_of(f"booking:{booking.uuid}")


def booking_find(*, code: str, secret: str) -> Booking | None:
    """The booking that code and secret open together; one answer for every failure."""
    wanted = "".join(clean(code).upper().split())[:16]
    booking = (
        Booking.objects.filter(code=wanted)
        .select_related("reception__unit", "reception__position", "citizen")
        .first()
    )
    if booking is None or not secrets_equal(booking_secret(booking), secret):
        return None
    return booking


def places_left(reception: Reception) -> int:
    return max(reception.capacity - reception.bookings.filter(state__in=HELD).count(), 0)


@transaction.atomic
def booking_create(
    *, reception_id: int, booker: Booker, about: str, people_count: int = 1
) -> Booking:
    """Book a slot in a posted session. Raises MatterError (field named) or PersonError.

    One booking a person and session: the database refuses the second even at the same moment.
    """
    reception = _locked(reception_id)
    data = citizen_data(name=booker.name, phone=booker.phone, email=booker.email)
    if not data["name"]:
        raise MatterError(_("Give your full name."), field="name")
    if not (data["phone"] or data["email"]):
        raise MatterError(_("Give a telephone number or an e-mail address."), field="phone")
    about, people_count = _checked(about, people_count)
    _check_open(reception)
    key = _person_key(data)
    if reception.bookings.filter(person_key=key, state__in=HELD).exists():
        raise _double()
    try:
        with transaction.atomic():
            citizen = Citizen.objects.create(place_id=reception.place_id, **data)
            booking = Booking.objects.create(
                reception=reception, code=_new_code(), citizen=citizen, about=about,
                people_count=people_count, person_key=key, created_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        if "booking_once_a_person" in str(error):
            raise _double() from None
        raise
    booker_tell(
        booking=booking,
        reception=reception,
        sentence=gettext_lazy("%(unit)s receives you on %(day)s; your booking is %(code)s."),
        key="booked",
    )
    return booking


def _double() -> MatterError:
    return MatterError(
        _("You have already booked this session; look your booking up or cancel it first."),
        field="name",
    )


def _locked(reception_id: int) -> Reception:
    Matter.objects.select_for_update().filter(pk=reception_id).first()
    reception = Reception.objects.select_related("unit").filter(pk=reception_id).first()
    if reception is None:
        raise MatterError(_("There is no such session."))
    return reception


def _checked(about: str, people_count: int) -> tuple[str, int]:
    about = clean(about)
    if len(about) < 5:
        raise MatterError(_("Say in a few words what it is about."), field="about")
    if len(about) > 300:
        raise MatterError(_("Say it in at most 300 letters."), field="about")
    if not 1 <= people_count <= 1000:
        raise MatterError(_("The number of people lies between 1 and 1,000."), field="people_count")
    return about, people_count


def _check_open(reception: Reception) -> None:
    if reception.state != "posted" or reception.event_at <= clock.now():
        raise MatterError(_("This session can no longer be booked; choose another."))
    if not places_left(reception):
        raise MatterError(_("This session is full; choose another."))


def _person_key(data: dict[str, str]) -> str:
    """Name and contact under the server's key: equal for the same person, readable by nobody."""
    said = f"booking-person:{fold(data['name'])}:{data['phone'] or data['email']}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()


def _new_code() -> str:
    """Random, so that nobody counts bookings by their codes."""
    while True:
        code = "TCD-" + "".join(secrets.choice(_SIGNS) for _sign in range(6))
        if not Booking.objects.filter(code=code).exists():
            return code


@transaction.atomic
def booking_change(
    *, booking: Booking, about: str, people_count: int, reception_id: int | None = None
) -> Booking:
    """Other words or another session of the same unit; code and secret stay."""
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    _check_changeable(booking)
    booking.about, booking.people_count = _checked(about, people_count)
    if reception_id is not None and reception_id != booking.reception_id:
        wanted = _locked(reception_id)
        if wanted.unit_id != booking.reception.unit_id:
            raise MatterError(_("Choose a session of the same office."), field="reception")
        _check_open(wanted)
        if wanted.bookings.filter(person_key=booking.person_key, state__in=HELD).exists():
            raise _double()
        booking.reception = wanted
    booking.save()
    return booking


@transaction.atomic
def booking_cancel(*, booking: Booking) -> Booking:
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    _check_changeable(booking)
    booking.state = Booking.State.CANCELLED
    booking.save(update_fields=["state"])
    return booking


def _check_changeable(booking: Booking) -> None:
    if booking.state != Booking.State.BOOKED:
        raise MatterError(_("This booking can no longer be changed."))
    if booking.reception.held_on < clock.today():
        raise MatterError(_("The day of this booking has passed."))
