"""Handing a message to the mail server or the SMS program, with the moment of no return known.

Everything before that moment may fail and be tried again. After it, only a clear answer counts:
accepted, refused, or try later. Silence is not an answer, and the message becomes uncertain.
"""

from __future__ import annotations

import json
import smtplib
import subprocess
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from dongthuan.core.outbox.models import Message
from dongthuan.core.outbox.services import (
    message_claim,
    message_failed,
    message_hand_over,
    message_postpone,
    message_sent,
    message_uncertain,
)

SMS_SECONDS = 60
TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h


class Postpone(Exception):
    """It did not leave; later it may."""


class Refuse(Exception):
    """It did not leave and never will."""


class Unclear(Exception):
    """It may have left."""


def message_deliver(*, message_id: int) -> None:
    """Bring one message out, once. Does nothing when it is not waiting (any more)."""
    message = message_claim(message_id=message_id)
    if message is None:
        return
    send = _send_email if message.channel == Message.Channel.EMAIL else _send_sms
    try:
        # `send` asks before the moment of no return; False there means it is not ours any more.
        if send(message, lambda: message_hand_over(message=message)):
            message_sent(message=message)
    except Postpone as error:
        message_postpone(message=message, error=str(error))
    except Refuse as error:
        message_failed(message=message, error=str(error))
    except Unclear as error:
        message_uncertain(message=message, error=str(error))


def _send_email(message: Message, hand_over: Callable[[], bool]) -> bool:
    mail = _mail(message)
    backend = get_connection(fail_silently=False)
    if not isinstance(backend, EmailBackend):
        return _send_locally(backend, mail, hand_over)
    try:
        sender, recipient = _addresses(mail)
        data = b"\r\n".join(mail.message().as_bytes().splitlines())
    except (ValueError, IndexError, UnicodeError):
        raise Refuse("bad_address") from None
    server = _open(backend)
    try:
        _envelope(server, sender, recipient)
        if not hand_over():
            server.rset()
            return False
        _data(server, data)
        return True
    finally:
        backend.close()


def _mail(message: Message) -> EmailMessage:
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.recipient],
        headers={
            "Message-ID": message.own_message_id,
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )


def _addresses(mail: EmailMessage) -> tuple[str, str]:
    encoding = mail.encoding or settings.DEFAULT_CHARSET
    return (
        sanitize_address(mail.from_email, encoding),
        sanitize_address(mail.recipients()[0], encoding),
    )


def _send_locally(
    backend: BaseEmailBackend, mail: EmailMessage, hand_over: Callable[[], bool]
) -> bool:
    """A console, a file or nothing at all: there is no server that could be in doubt."""
    if not hand_over():
        return False
    backend.send_messages([mail])
    return True


def _open(backend: EmailBackend) -> smtplib.SMTP:
    try:
        backend.open()
        if backend.connection is not None:
            return backend.connection
    except smtplib.SMTPAuthenticationError:
        raise Postpone("not_accepted") from None
    except (OSError, smtplib.SMTPException):
        pass
    raise Postpone("unreachable")


def _envelope(server: smtplib.SMTP, sender: str, recipient: str) -> None:
    """Greeting, MAIL and RCPT: the server may still say no and nothing has left."""
    try:
        server.ehlo_or_helo_if_needed()
        code, _answer = server.mail(sender)
        if not 200 <= code < 300:
            # Whatever the server has against us as a sender is for the operator to mend.
            raise Postpone(f"not_accepted {code}" if code > 0 else "unreachable")
        _judge(server.rcpt(recipient)[0])
    except (OSError, smtplib.SMTPException):
        raise Postpone("unreachable") from None


def _data(server: smtplib.SMTP, data: bytes) -> None:
    try:
        code, _answer = server.data(data)
    except smtplib.SMTPDataError as error:
        # The server did not even want to begin: nothing left.
        _judge(error.smtp_code)
        raise Postpone("deferred") from None
    except (OSError, smtplib.SMTPException):
        raise Unclear("interrupted") from None
    _judge(code)


def _judge(code: int) -> None:
    """Answers of RFC 5321: 2xx yes, 4xx later, 5xx never; 421 and -1 mean the server is leaving."""
    if 200 <= code < 300:
        return
    if code >= 500:
        raise Refuse(f"refused {code}")
    raise Postpone(f"deferred {code}" if code > 0 else "unreachable")


def _send_sms(message: Message, hand_over: Callable[[], bool]) -> bool:
    """Run the program with {"to", "text", "id"} on standard input.

    Exit status 0 sent, 75 try again later, anything else refused; silence for 60 s is unclear.
    """
    if not settings.SMS_COMMAND:
        raise Refuse("no_channel")
    if not hand_over():
        return False
    said = {"to": message.recipient, "text": message.body, "id": message.own_message_id}
    try:
        done = subprocess.run(
            settings.SMS_COMMAND,
            input=json.dumps(said, ensure_ascii=False).encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SMS_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unclear("interrupted") from None
    except OSError:
        raise Postpone("no_channel") from None
    if done.returncode < 0:
        raise Unclear("interrupted")
    if done.returncode == TRY_LATER:
        raise Postpone("busy")
    if done.returncode:
        raise Refuse(f"command {done.returncode}")
    return True
