"""The model plan and the catalogue of recurrent contents, read from data/template.toml.

Data, so that a locality changes them without code. Texts are in Vietnamese: they become the words
of an administrative document.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

HERE = Path(__file__).resolve().parent / "data" / "template.toml"


@dataclass(frozen=True)
class Section:
    number: int
    vi: str
    en: str
    clauses: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.en if get_language() == "en" else self.vi

    @property
    def roman(self) -> str:
        return ("I", "II", "III", "IV", "V")[self.number - 1]


@dataclass(frozen=True)
class Content:
    """One of the twelve contents that recur in plans."""

    number: int
    vi: str
    en: str

    @property
    def label(self) -> str:
        return self.en if get_language() == "en" else self.vi


@dataclass(frozen=True)
class Reference:
    """A number that a named source reports: shown with it, never added to what is counted."""

    value: str
    vi: str
    en: str
    source: str

    @property
    def label(self) -> str:
        return self.en if get_language() == "en" else self.vi


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(HERE.read_text(encoding="utf-8"))


@cache
def sections() -> tuple[Section, ...]:
    """The five sections of a plan, in order."""
    return tuple(
        Section(row["number"], row["vi"], row["en"], tuple(row["clauses"]))
        for row in _read()["section"]
    )


@cache
def contents() -> tuple[Content, ...]:
    """The catalogue of recurrent contents, by number."""
    return tuple(Content(**row) for row in _read()["content"])


def content_of(number: int) -> Content | None:
    return next((one for one in contents() if one.number == number), None)


@cache
def references() -> tuple[Reference, ...]:
    """What the seed's source reports of ten years."""
    return tuple(Reference(**row) for row in _read()["reference"])
