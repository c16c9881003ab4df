"""The shape of a checked file."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A file that may come in: its clean name, its type by content and the bytes to keep."""

    name: str
    data: bytes
    content_type: str
    kind: str
    pages: int | None = None
    width: int | None = None
    height: int | None = None

    def named(self, name: str) -> Checked:
        return replace(self, name=name)
