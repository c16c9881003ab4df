"""What leaves to people who booked: a sentence and where to look, never what it is about."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dongthuan.core.matters.kinds import Text
from dongthuan.core.outbox.services import message_enqueue
from dongthuan.work.receptions.models import Booking, Reception

BOOKING_PATH = "/tiep-cong-dan/lich-hen/"


def bookers_tell(*, reception: Reception, sentence: Text, key: str) -> None:
    """Queue the sentence for everybody whose booking stands; rows of the outbox, sent later."""
    booked = reception.bookings.filter(state=Booking.State.BOOKED).select_related("citizen")
    for booking in booked.order_by("id"):
        booker_tell(booking=booking, reception=reception, sentence=sentence, key=key)


def booker_tell(*, booking: Booking, reception: Reception, sentence: Text, key: str) -> None:
    """One message to one booker, in the language of the country; none without a way there."""
    citizen = booking.citizen
    if citizen is None or not (citizen.email or citizen.phone):
        return
    with translation.override(settings.LANGUAGE_CODE):
        line = str(sentence) % {
            "day": f"{reception.held_on:%d/%m/%Y}",
            "unit": reception.unit.name,
            "code": booking.code,
        }
        where = _("See it at %(url)s with your code and secret.") % {
            "url": f"{settings.PUBLIC_URL}{BOOKING_PATH}"
        }
        message_enqueue(
            channel="email" if citizen.email else "sms",
            recipient=citizen.email or citizen.phone,
            subject=_("News about %(code)s") % {"code": booking.code},
            body=f"{line}\n\n{where}\n",
            key=f"{booking.code}/{key}",
            about=booking.code,
        )
