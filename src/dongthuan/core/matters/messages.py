"""What leaves to the people who asked: a sentence and where to look, never the content."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dongthuan.core.matters.kinds import Text
from dongthuan.core.matters.models import Level, Matter
from dongthuan.core.outbox.services import message_enqueue
from dongthuan.core.people.models import Citizen


def petitioners_tell(*, matter: Matter, sentence: Text, key: str) -> None:
    """One message to each person behind the matter, by e-mail or else by telephone.

    Of a sealed matter nothing leaves at all: a message in somebody's mailbox could betray the
    denouncer. They look it up with code and secret. Of a restricted one neither: its code would.
    """
    if matter.level >= Level.RESTRICTED:
        return
    people = Citizen.objects.filter(submission__matter=matter).distinct().order_by("id")
    for citizen in people:
        citizen_tell(matter=matter, citizen=citizen, sentence=sentence, key=key)


def citizen_tell(*, matter: Matter, citizen: Citizen, sentence: Text, key: str) -> None:
    """Queue the sentence for one person. Nothing happens without a way to reach them.

    It is said in the language of the country, whatever the official who acts is reading.
    """
    if matter.level >= Level.RESTRICTED or not (citizen.email or citizen.phone):
        return
    with translation.override(settings.LANGUAGE_CODE):
        line = str(sentence) % {"code": matter.code, "unit": matter.unit.name}
        where = _("See it at %(url)s with your code and secret.") % {
            "url": f"{settings.PUBLIC_URL}/tra-cuu/"
        }
        message_enqueue(
            channel="email" if citizen.email else "sms",
            recipient=citizen.email or citizen.phone,
            subject=_("News about %(code)s") % {"code": matter.code},
            body=f"{line}\n\n{where}\n",
            key=f"{key}/{citizen.pk}",
            about=matter.code,
        )
