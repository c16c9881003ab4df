"""What leaves to those who asked: a sentence and where to look, never what was asked."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from dongthuan.core.matters.kinds import Text
from dongthuan.core.outbox.services import message_enqueue
from dongthuan.work.dialogues.models import Question


def askers_tell(*, question: Question, sentence: Text, key: str, where: str = "") -> None:
    """One message to each who asked it, those joined to it included, once for each `key`.

    `where`: a path of the portal, the dialogue's own page if none. Nothing happens without a way to
    reach them. It is said in the language of the country.
    """
    dialogue = question.dialogue
    rows = Question.objects.filter(
        Q(pk=question.pk) | Q(into_id=question.pk), citizen__isnull=False
    ).select_related("citizen")
    url = settings.PUBLIC_URL + (where or f"/doi-thoai/{dialogue.code}/")
    with translation.override(settings.LANGUAGE_CODE):
        for row in rows.order_by("number"):
            citizen = row.citizen
            if citizen is None or not (citizen.email or citizen.phone):
                continue
            line = str(sentence) % {"code": dialogue.code}
            message_enqueue(
                channel="email" if citizen.email else "sms",
                recipient=citizen.email or citizen.phone,
                subject=_("News about %(code)s") % {"code": dialogue.code},
                body=f"{line}\n\n"
                + _("Question %(n)d: %(url)s") % {"n": row.number, "url": url}
                + "\n",
                key=f"{dialogue.code}/{key}/{row.pk}",
                about=dialogue.code,
            )
