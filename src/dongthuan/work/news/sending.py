"""Sending an article to a friend: one message, handed to the mail server at once, kept nowhere.

The outbox would keep the address for its attempts; here neither the address nor the sender's name
is written down. A message that does not leave now does not leave at all, and the page says so.
What is remembered for a day is a keyed hash of the address, so that nobody is flooded.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import smtplib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people import throttle
from dongthuan.core.text import clean
from dongthuan.work.news.models import Article

SECONDS = 8
A_DAY = 24 * 3600
PER_FRIEND = 3
_NAME = re.compile(r"[^\W\d_]+(?:[ .'’-]{1,2}[^\W\d_]+)*\.?")


def mail_works() -> bool:
    """Whether this deployment has a mail server at all."""
    return not settings.EMAIL_BACKEND.endswith(("dummy.EmailBackend", "console.EmailBackend"))


def article_send(*, article: Article, to: str, name: str, address: str) -> None:
    """Send title, lead and `address` of a published article to somebody. Keeps nothing.

    `name`: of the sender, letters alone, so that the message carries no text of a stranger. Raises
    MatterError with its field (to, name), or without one when the server did not take it.
    """
    to, name = clean(to), " ".join(clean(name).split())
    try:
        validate_email(to)
    except ValidationError:
        raise MatterError(_("This is no e-mail address."), field="to") from None
    if name and (len(name) > 40 or not _NAME.fullmatch(name)):
        raise MatterError(_("A name has letters only, at most 40."), field="name")
    if not throttle.take(_key(to), capacity=PER_FRIEND, per_seconds=A_DAY):
        raise MatterError(_("This address has been sent enough for today."), field="to")
    who = name or _("A reader")
    title = " ".join(article.title.split())
    body = "\n\n".join(filter(None, [
        _("%(who)s sends you an article of %(unit)s:")
        % {"who": who, "unit": article.unit.name},
        title, article.lead, address,
        _("Your address was used once, for this message, and was not kept."),
    ]))  # fmt: skip
    headers = {"Auto-Submitted": "auto-generated"}
    try:
        connection = get_connection(fail_silently=False, timeout=SECONDS)
        EmailMessage(
            subject=title, body=body + "\n", to=[to], headers=headers, connection=connection
        ).send()
    except (OSError, smtplib.SMTPException, ValueError):
        raise MatterError(_("The message could not be sent now; try again later.")) from None


def _key(to: str) -> str:
    """Of the mailbox, not of the spelling: what stands behind a plus sign is the same person."""
    mailbox, _at, host = to.lower().rpartition("@")
    to = f"{mailbox.partition('+')[0]}@{host}"
    secret = settings.SECRET_KEY.encode()
    return hmac.new(secret, f"news:{to}".encode(), hashlib.sha256).hexdigest()
