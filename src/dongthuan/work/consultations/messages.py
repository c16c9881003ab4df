"""What leaves to those who took part: a sentence and where to look, never what they wrote."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core.matters.kinds import Text
from dongthuan.core.outbox.services import message_enqueue
from dongthuan.work.consultations.models import Consultation

PATH = "/lay-y-kien/"
ANSWERED = gettext_lazy("%(unit)s has answered the opinions given in %(code)s, group by group.")
DECIDED = gettext_lazy("%(unit)s has decided the matter of %(code)s on which you were heard.")
GIVEN_UP = gettext_lazy("%(unit)s has given up the consultation %(code)s; the reason is published.")


def participants_tell(*, matter: Consultation, sentence: Text) -> int:
    """Tell everybody who left a contact, each once for a sentence; returns how many were told.

    A person who sent both a sheet and opinions is told once: the key is the contact, not the part.
    """
    told: set[str] = set()
    parts = matter.parts.filter(citizen__isnull=False).select_related("citizen").order_by("id")
    with translation.override(settings.LANGUAGE_CODE):
        line = str(sentence) % {"code": matter.code, "unit": matter.unit.name}
        where = _("Read it at %(url)s. With your receipt you see what became of your opinion.") % {
            "url": f"{settings.PUBLIC_URL}{PATH}{matter.code}/"
        }
        for part in parts:
            citizen = part.citizen
            recipient = (citizen.email or citizen.phone) if citizen else ""
            if not citizen or not recipient or recipient.lower() in told:
                continue
            told.add(recipient.lower())
            message_enqueue(
                channel="email" if citizen.email else "sms",
                recipient=recipient,
                subject=_("News about %(code)s") % {"code": matter.code},
                body=f"{line}\n\n{where}\n",
                key=f"{matter.code}/{matter.version}/{citizen.pk}",
                about=matter.code,
            )
    return len(told)
