"""What a room knows of a matter that came back: at a second level, in another body's book.

A room says it of its own rows (`register_repeated`, from AppConfig.ready()); whoever looks for
matters that are carried from level to level asks here and imports no room.
"""

from __future__ import annotations

from django.db.models import Q

_REPEATED: list[Q] = []


def register_repeated(condition: Q) -> None:
    """`condition`: a Q over Matter and the room's own child of it."""
    _REPEATED.append(condition)


def repeated() -> Q:
    """Rows of Matter that some room knows to have been brought at two levels at least."""
    found = Q(pk__in=[])
    for condition in _REPEATED:
        found |= condition
    return found
