"""Why a message did not leave: short codes in the database, sentences for people.

A code never holds an address or a line of a message, and mail servers quote both in their
answers; so only the number of an answer is kept ('refused 550').
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "no_channel": _("No way to send this kind of message is set up."),
    "bad_address": _("The address cannot be used."),
    "unreachable": _("The mail server could not be reached."),
    "not_accepted": _("The mail server does not let us send."),
    "refused": _("The mail server refused the message for good."),
    "deferred": _("The mail server asked to try again later."),
    "interrupted": _("The connection broke while the message was being handed over."),
    "command": _("The program that sends SMS refused the message."),
    "busy": _("The program that sends SMS asked to try again later."),
}


def reason(code: str) -> str:
    """The sentence for a stored code, with the number of the server's answer if there is one."""
    word, _space, number = code.partition(" ")
    sentence = str(REASONS.get(word, code))
    return f"{sentence} ({number})" if number else sentence


class OutboxError(ValueError):
    """A message cannot be sent again or cancelled in its state; nothing was changed."""
