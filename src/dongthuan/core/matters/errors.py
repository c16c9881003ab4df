"""What a refused act says: one plain sentence in the reader's language."""

from __future__ import annotations


class MatterError(ValueError):
    """The act is refused; nothing was changed. `field` names what was wrong, if one thing was."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(MatterError):
    """The actor may not do this to this matter."""


class Conflict(MatterError):
    """Somebody else acted on the matter meanwhile; the message says who and what."""
