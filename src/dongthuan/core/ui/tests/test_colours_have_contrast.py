"""WCAG 2.2, 1.4.3 (text, 4.5:1) and 1.4.11 (controls and drawings, 3:1), in light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[1] / "static/ui/app.css").read_text()
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "cham", "son", "danger")
      for ground in ("paper", "surface", "sunk")),
    ("cham-strong", "cham-tint"),
    ("ink", "cham-tint"),
    ("ink-soft", "cham-tint"),
    ("cham", "cham-tint"),
    ("son", "son-tint"),
    ("danger", "son-tint"),
    ("ink", "son-tint"),
    ("ngoc", "ngoc-tint"),
    ("ink", "ngoc-tint"),
    ("ngoc", "paper"),
    ("ho-phach", "ho-phach-tint"),
    ("ink", "ho-phach-tint"),
    ("on-cham", "cham"),
    ("on-cham", "cham-strong"),
    ("on-danger", "danger"),
    ("paper", "ink"),
    ("on-top", "top"),
    ("on-top-soft", "top"),
]  # fmt: skip
DRAWN = [
    *(("line-strong", ground) for ground in ("paper", "surface", "sunk")),
    *(("focus", ground) for ground in ("paper", "surface", "sunk")),
    ("bronze", "top"),
    *((f"fill-{name}", "surface") for name in ("kept", "late", "open", "waiting", "other")),
]


def tokens(start: str) -> dict[str, str]:
    block = CSS.split(start, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


LIGHT = tokens(":root {")
DARK = {**LIGHT, **tokens(':root[data-theme="dark"] {')}


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_values() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(theme: dict[str, str], ink: str, ground: str) -> None:
    assert ratio(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), DRAWN)
def test_controls_and_drawings_can_be_seen(theme: dict[str, str], mark: str, ground: str) -> None:
    assert ratio(theme[mark], theme[ground]) >= 3


def test_the_chosen_dark_is_the_same_as_the_dark_of_the_system() -> None:
    assert tokens(':root[data-theme="dark"] {') == tokens(':root:not([data-theme="light"]) {')
