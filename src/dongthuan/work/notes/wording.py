"""What a note may say: the facts of a topic and a place, never a named person's views.

A net with wide meshes, not a proof: an official still reads what is written. It finds numbers of
telephones and papers (core), persons by title or family name, and words that judge what somebody
thinks (core as well). Names that stand for a street, school, bridge or ward pass.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.persons import persons_in, unveiled
from dongthuan.core.text import clean, fold, personal_data

_STANCE = (
    "thái độ của", "thái độ chống", "thái độ không", "thái độ bất", "thái độ gay gắt",
    "thái độ thù", "có thái độ", "tư tưởng của", "tư tưởng chống", "tư tưởng bất",
    "tư tưởng chính trị", "lập trường của", "lập trường chính trị", "quan điểm cá nhân",
    "quan điểm chính trị", "quan điểm của ông", "quan điểm của bà", "quan điểm của anh",
    "quan điểm của chị", "quan điểm của hộ", "bất mãn", "phản động", "chống đối", "cầm đầu",
    "chủ mưu", "quá khích", "cực đoan", "phần tử", "lôi kéo", "kích động", "theo dõi đối tượng",
    "quản lý đối tượng", "nhân thân", "lý lịch", "tôn giáo của ông", "tôn giáo của bà",
)  # fmt: skip
_BARE = tuple(fold(phrase) for phrase in _STANCE if phrase not in ("lập trường của",))


def stance_in(text: str) -> list[str]:
    """Words that judge what somebody thinks; typed without marks they are found as well."""
    plain = " ".join(unveiled(text).lower().split())
    if plain == fold(plain):
        return [phrase for phrase in _BARE if re.search(rf"(?<!\w){phrase}(?!\w)", plain)]
    return [phrase for phrase in _STANCE if re.search(rf"(?<!\w){phrase}(?!\w)", plain)]


def facts_checked(text: str, field: str, *, most: int = 5000, needed: str = "") -> str:
    """Cleaned words about things; MatterError with `field` where they are about a person."""
    text = clean(text or "")
    if needed and not text:
        raise MatterError(needed, field=field)
    if len(text) > most:
        raise MatterError(
            _("This is longer than %(max)d letters; shorten it.") % {"max": most}, field=field
        )
    if found := [*personal_data(unveiled(text)), *persons_in(text)]:
        raise MatterError(
            _("Write of things and places, not of persons; take out: %(found)s.")
            % {"found": ", ".join(found[:5])},
            field=field,
        )
    if found := stance_in(text):
        raise MatterError(
            _("What somebody thinks is not written down here; take out: %(found)s.")
            % {"found": ", ".join(found[:5])},
            field=field,
        )
    return text
