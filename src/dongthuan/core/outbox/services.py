"""All writes on messages. Every change of state is one conditional UPDATE: whoever comes second
changes nothing and learns it from the count."""

from __future__ import annotations

import contextlib
import datetime as dt

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from dongthuan.core.outbox.errors import OutboxError
from dongthuan.core.outbox.models import Message

State = Message.State

TASK = "outbox.send"
# No step of a delivery may take longer (connecting, greeting, handing over: 20 s each).
STALE_AFTER = dt.timedelta(minutes=5)
# Waits before the next attempt, in minutes; about three days in all, then the message failed.
WAITS = (1, 5, 15, 60, 180, 360, 720, 1440, 1440)
KEPT_DAYS = 90


def message_enqueue(
    *,
    channel: str,
    recipient: str,
    subject: str,
    body: str,
    key: str,
    about: str = "",
    language: str = "",
    not_before: dt.datetime | None = None,
) -> Message | None:
    """Announce something once: a row and its job, in the caller's transaction (2 queries).

    `key` names the announcement, so asking twice gives None and changes nothing. `about` is a
    reference such as a matter's code. The job knows only the number of the row.
    """
    now = timezone.now()
    message = Message(
        channel=Message.Channel(channel),
        recipient=recipient.strip(),
        subject=" ".join(subject.split())[:300],
        body=body,
        key=key,
        about=about,
        language=language or get_language() or "vi",
        created_at=now,
        not_before=not_before or now,
    )
    with transaction.atomic(savepoint=False):
        message.pk = _insert_once(message)
        if message.pk is None:
            return None
        _defer(message.pk, at=not_before)
    return message


def _insert_once(message: Message) -> int | None:
    fields = [f for f in Message._meta.concrete_fields if not f.primary_key]
    columns = ", ".join(f'"{f.column}"' for f in fields)
    values = [f.get_db_prep_save(getattr(message, f.attname), connection) for f in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO outbox_message ({columns})"  # noqa: S608  (names of columns only)
            f" VALUES ({', '.join(['%s'] * len(values))})"
            " ON CONFLICT (key) DO NOTHING RETURNING id",
            values,
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None


def _defer(pk: int, *, at: dt.datetime | None = None) -> None:
    app.configure_task(TASK, queueing_lock=f"{TASK}.{pk}", schedule_at=at).defer(message_id=pk)


def _defer_again(pk: int, *, at: dt.datetime | None = None) -> None:
    """A job for a message that may have one waiting already; one is enough."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        _defer(pk, at=at)


# -- the way of a message ---------------------------------------------------------------------


def message_claim(*, message_id: int) -> Message | None:
    """Take a waiting message; None when it is not due or another worker has it.

    `attempts` then tells this claim from every other: each later step names it, so a worker that
    was thought dead cannot act on a message that somebody else has taken since.
    """
    now = timezone.now()
    won = Message.objects.filter(pk=message_id, state=State.PENDING, not_before__lte=now).update(
        state=State.CLAIMED, claimed_at=now, attempts=F("attempts") + 1, error=""
    )
    return Message.objects.get(pk=message_id) if won else None


def message_hand_over(*, message: Message) -> bool:
    """Write down that the text is about to leave. False: the claim was taken away meanwhile."""
    return _step(
        message,
        State.CLAIMED,
        state=State.HANDING_OVER,
        handed_at=timezone.now(),
        message_id=message.own_message_id,
    )


def message_sent(*, message: Message) -> None:
    """The server has it. Also true for one that was given up as uncertain while it answered."""
    _step(
        message,
        State.HANDING_OVER,
        State.UNCERTAIN,
        state=State.SENT,
        sent_at=timezone.now(),
        error="",
    )


def message_uncertain(*, message: Message, error: str) -> None:
    """Nobody can know whether it left; a person decides."""
    _step(message, State.HANDING_OVER, state=State.UNCERTAIN, error=error)


def message_failed(*, message: Message, error: str) -> None:
    """It did not leave and will not by itself."""
    _step(message, State.CLAIMED, State.HANDING_OVER, state=State.FAILED, error=error)


def message_postpone(*, message: Message, error: str) -> None:
    """It certainly did not leave: wait and try again, at last give up."""
    if message.attempts > len(WAITS):
        message_failed(message=message, error=error)
        return
    at = timezone.now() + dt.timedelta(minutes=WAITS[message.attempts - 1])
    with transaction.atomic():
        if _step(
            message,
            State.CLAIMED,
            State.HANDING_OVER,
            state=State.PENDING,
            not_before=at,
            error=error,
        ):
            _defer_again(message.pk, at=at)


def _step(message: Message, *allowed: State, **changes: object) -> bool:
    held = Message.objects.filter(pk=message.pk, attempts=message.attempts, state__in=allowed)
    return bool(held.update(**changes))


# -- for the operator -------------------------------------------------------------------------


@transaction.atomic
def message_retry(*, message: Message) -> Message:
    """Send an uncertain or failed message again, because a person decided so."""
    held = Message.objects.select_for_update().get(pk=message.pk)
    if held.state not in (State.UNCERTAIN, State.FAILED):
        raise OutboxError(_("Only a message that failed or is uncertain can be sent again."))
    held.state, held.not_before = State.PENDING, timezone.now()
    held.save(update_fields=["state", "not_before"])
    _defer_again(held.pk)
    return held


@transaction.atomic
def message_cancel(*, message: Message) -> Message:
    """Let a message rest that is waiting, failed or uncertain."""
    held = Message.objects.select_for_update().get(pk=message.pk)
    if held.state not in (State.PENDING, State.UNCERTAIN, State.FAILED):
        raise OutboxError(_("A message that is on its way or was sent cannot be cancelled."))
    held.state = State.CANCELLED
    held.save(update_fields=["state"])
    return held


def messages_withdraw(*, about: str) -> int:
    """Let nothing more leave about something that has been sealed; the number held back."""
    waiting = Message.objects.filter(about=about, state=State.PENDING)
    return waiting.update(state=State.CANCELLED)


def messages_erase(*, about: str) -> int:
    """Hold back what waits and erase address and text of the rest, about something now sealed."""
    messages_withdraw(about=about)
    over = Message.objects.filter(about=about).exclude(
        state__in=[State.CLAIMED, State.HANDING_OVER]
    )
    return over.update(recipient="", subject="", body="")


# -- upkeep -----------------------------------------------------------------------------------


def outbox_sweep(*, stale_after: dt.timedelta = STALE_AFTER) -> dict[str, int]:
    """Put right what dead workers left: safe to run at any time, by several at once.

    Returns how many were freed (claimed, nothing had left: waiting again), became uncertain
    (died while handing over) and got a new job (waiting without one).
    """
    limit = timezone.now() - stale_after
    freed = Message.objects.filter(state=State.CLAIMED, claimed_at__lte=limit).update(
        state=State.PENDING
    )
    uncertain = Message.objects.filter(state=State.HANDING_OVER, handed_at__lte=limit).update(
        state=State.UNCERTAIN, error="interrupted"
    )
    with transaction.atomic():
        orphans = Message.objects.filter(
            state=State.PENDING, not_before__lte=timezone.now()
        ).order_by("not_before")
        requeued = _defer_missing(list(orphans.values_list("pk", flat=True)[:5000]))
    return {"freed": freed, "uncertain": uncertain, "requeued": requeued}


def _defer_missing(pks: list[int]) -> int:
    """Jobs for those of the messages that have none waiting."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wanted.id FROM unnest(%s::bigint[]) AS wanted (id)"
            " WHERE NOT EXISTS (SELECT FROM procrastinate_jobs AS job"
            "  WHERE job.queueing_lock = %s || wanted.id AND job.status = 'todo')",
            [pks, f"{TASK}."],
        )
        missing = [row[0] for row in cursor.fetchall()]
    for pk in missing:
        _defer_again(pk)
    return len(missing)


def outbox_purge(*, now: dt.datetime | None = None) -> int:
    """Erase address and text of what was sent or cancelled long ago; that it was sent remains."""
    limit = (now or timezone.now()) - dt.timedelta(days=KEPT_DAYS)
    old = Message.objects.filter(
        state__in=[State.SENT, State.CANCELLED], created_at__lt=limit
    ).exclude(recipient="")
    return old.update(recipient="", subject="", body="")
