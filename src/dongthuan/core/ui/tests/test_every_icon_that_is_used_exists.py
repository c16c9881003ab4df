from __future__ import annotations

import re
from pathlib import Path

from django.template import engines

from dongthuan.core.ui.templatetags.ui import ICONS, TONES

UI = Path(__file__).parents[1]
PACKAGE = UI.parents[1]


def test_the_sprite_and_the_list_are_the_same() -> None:
    sprite = (UI / "static/ui/icons.svg").read_text()
    assert frozenset(re.findall(r'<symbol id="([\w-]+)"', sprite)) == ICONS


def test_the_templates_of_every_room_use_icons_that_exist() -> None:
    used = {
        name
        for template in PACKAGE.rglob("templates/**/*.html")
        for name in re.findall(r"{% icon \"([\w-]+)\"", template.read_text())
    }
    assert len(used) > 10
    assert used <= ICONS
    assert {picture for _css, picture in TONES.values()} <= ICONS


def test_a_drawing_beside_words_is_silent_and_one_alone_speaks() -> None:
    template = engines["django"].from_string('{% icon "lock" %}{% icon "lock" "niêm phong" %}')
    silent, speaking = template.render({}).split("</svg>")[:2]
    assert 'aria-hidden="true"' in silent
    assert 'role="img" aria-label="niêm phong"' in speaking
