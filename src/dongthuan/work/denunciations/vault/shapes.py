"""What the vault gives out: receipts, opened contents, the denouncer's thread. In memory only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

DENOUNCER = "denouncer"
OFFICIAL = "official"

# Sorts that the vault itself knows; a room may seal others.
IDENTITY = "identity"  # {"name", "address", "phone", "email", ...}: who denounces
LETTER = "letter"  # the denunciation in words
FILE = "file"  # {"name", "content_type", "size", "sha256", "blob"}: a file, its bytes beside it
BLOB = "blob"  # the bytes of a file; never read with the rest
REPLY = "reply"  # the denouncer writes
WITHDRAWAL = "withdrawal"  # the denouncer withdraws (forms of Decree 156/2026)
PROTECTION = "protection"  # the denouncer asks for protection
MESSAGE = "message"  # an official writes to the denouncer
NOTE = "note"  # inner note that identifies


@dataclass(frozen=True, repr=False)
class Receipt16:
    """The sixteen digits, shown once; nobody can show them again."""

    matter_id: int
    digits: str

    @property
    def grouped(self) -> str:
        """'1234 5678 9012 3456'."""
        return " ".join(self.digits[i : i + 4] for i in range(0, len(self.digits), 4))

    def __repr__(self) -> str:
        return f"Receipt16(matter_id={self.matter_id})"


@dataclass(frozen=True, repr=False)
class VaultItem:
    """One opened content."""

    seq: int
    sort: str
    author: str
    account_id: int | None
    at: dt.datetime
    content: dict[str, Any]
    # Opens the bytes of this one file and nothing else; only of sort `file`.
    key: bytes = b""

    @property
    def text(self) -> str:
        return str(self.content.get("text", ""))

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The content as (label, value) pairs for a page; the plain text has no label."""
        found: list[tuple[str, str]] = []
        for name, value in self.content.items():
            if isinstance(value, dict):
                found += [(str(label), _words(inner)) for label, inner in value.items()]
            else:
                found.append(("" if name == "text" else name, _words(value)))
        return [(label, text) for label, text in found if text]

    def __repr__(self) -> str:
        return f"VaultItem(seq={self.seq}, sort={self.sort!r})"


def _words(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(_words(inner) for inner in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_words(inner)}" for name, inner in value.items() if inner)
    return "" if value is None else str(value)


@dataclass(repr=False)
class VaultView:
    """Everything of one matter, opened; never kept, never logged (it prints as its number)."""

    matter_id: int
    items: list[VaultItem] = field(default_factory=list)

    def of(self, *sorts: str) -> list[VaultItem]:
        return [item for item in self.items if item.sort in sorts]

    @property
    def identity(self) -> dict[str, str]:
        """Who denounces, as last known; {} is anonymous."""
        merged: dict[str, str] = {}
        for item in self.of(IDENTITY):
            merged |= {k: str(v) for k, v in item.content.items() if v}
        return merged

    @property
    def letters(self) -> list[VaultItem]:
        return self.of(LETTER)

    @property
    def files(self) -> list[VaultItem]:
        return self.of(FILE)

    @property
    def rest(self) -> list[VaultItem]:
        """Everything after identity, letter and files: messages, notes, steps; oldest first."""
        return [item for item in self.items if item.sort not in (IDENTITY, LETTER, FILE)]

    @property
    def thread(self) -> list[VaultItem]:
        """What went to and fro after the letter, oldest first."""
        return self.of(REPLY, WITHDRAWAL, PROTECTION, MESSAGE)

    def __repr__(self) -> str:
        return f"VaultView(matter_id={self.matter_id})"


@dataclass(frozen=True, repr=False)
class Thread:
    """What the denouncer comes back to. Identity and letter are not shown again: whoever finds
    the digits shall not read them on a screen."""

    matter_id: int
    locator: bytes
    private: bytes
    items: list[VaultItem]

    def __repr__(self) -> str:
        return f"Thread(matter_id={self.matter_id})"
