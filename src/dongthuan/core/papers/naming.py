"""The name a file is shown by: the sender's, without anything that could mislead or break."""

from __future__ import annotations

import re

from dongthuan.core.text import clean

LONGEST = 150
_UNFIT = re.compile(r'[<>:"|?*\x00-\x1f]')


def name_cleaned(name: str) -> str:
    """The last part of a path, NFC, without control or direction characters, ≤ 150 letters.

    The extension survives the cut. Whatever has no usable name is called 'tep' (file).
    """
    name = clean(name.replace("\\", "/").rsplit("/", 1)[-1])
    name = _UNFIT.sub("_", re.sub(r"\s+", " ", name)).strip(" .")
    stem, extension = split(name)
    if extension:
        return f"{stem[: LONGEST - len(extension) - 1].rstrip()}.{extension}"
    return stem[:LONGEST].rstrip() or "tep"


def split(name: str) -> tuple[str, str]:
    """Stem and extension; an extension is 1 to 10 plain letters or digits after the last dot."""
    found = re.fullmatch(r"(.+)\.([A-Za-z0-9]{1,10})", name)
    return (found[1], found[2]) if found else (name, "")
