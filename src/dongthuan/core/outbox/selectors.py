"""All reads on messages."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from dongthuan.core.outbox.models import Message


def outbox_uncertain() -> QuerySet[Message]:
    """Messages of which nobody knows whether they arrived, oldest first: a person decides."""
    return Message.objects.filter(state=Message.State.UNCERTAIN).order_by("handed_at", "id")


def outbox_failed() -> QuerySet[Message]:
    """Messages that certainly did not leave and will not by themselves, oldest first."""
    return Message.objects.filter(state=Message.State.FAILED).order_by("created_at", "id")


def outbox_counts() -> dict[str, int]:
    """How many messages are in each state, every state named."""
    found = Message.objects.values_list("state").annotate(n=Count("id")).order_by()
    return {state.value: 0 for state in Message.State} | dict(found)
