"""default-src 'none' and 'self': no inline script, no inline style, nothing from elsewhere."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import django_htmx
import pytest

UI = Path(__file__).parents[1]
PACKAGE = UI.parents[1]
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
STATIC = UI / "static/ui"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_code(template: Path) -> None:
    html = template.read_text()
    assert not re.search(r"\sstyle\s*=", html)
    assert not re.search(r"<style\b", html)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", html)
    assert "javascript:" not in html
    for attributes in re.findall(r"<script\b([^>]*)>", html):
        assert "src=" in attributes or "application/json" in attributes


@pytest.mark.parametrize("name", ["app.css", "app.js", "theme.js", "icons.svg", "drum.svg"])
def test_no_asset_comes_from_elsewhere(name: str) -> None:
    text = (STATIC / name).read_text().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(https?:)?//[\w.-]+\.\w+/", text)
    assert not re.search(r"\beval\(|new Function|@import", text)


def test_the_whole_bundle_stays_under_sixty_kilobytes() -> None:
    htmx = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    files = [htmx, *(STATIC / name for name in ("app.css", "app.js", "theme.js"))]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 60 * 1024
    assert (STATIC / "app.css").stat().st_size < 45 * 1024


def test_stacked_marks_have_room_at_every_size() -> None:
    css = (STATIC / "app.css").read_text()
    heights = re.findall(r"line-height: ([\d.]+)", css) + re.findall(r"font: [^;]*/ ([\d.]+) ", css)
    assert len(heights) > 20
    assert min(map(float, heights)) >= 1.35
    assert "text-transform" not in css
