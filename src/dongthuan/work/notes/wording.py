"""What a note may say: the facts of a topic and a place, never a named person's views.

A net with wide meshes, not a proof: an official still reads what is written. It finds numbers of
telephones and papers (core), persons by title or family name, and words that judge what somebody
thinks. Names that stand for a street, school, bridge or ward pass.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.text import clean, fold, nfc, personal_data

_UPPER = "A-ZÀÁẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÈÉẺẼẸÊẾỀỂỄỆÌÍỈĨỊÒÓỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÙÚỦŨỤƯỨỪỬỮỰỲÝỶỸỴĐ"
_WORD = rf"[{_UPPER}][^\W\d_]*"
# A title before a name. Places called so (Bà Rịa, Cô Tô) are refused too: they can be written
# otherwise, a person let through cannot be taken back.
_TITLED = re.compile(
    rf"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ụ|[Cc]ô|[Cc]hú|[Bb]ác|[Tt]hầy|[Ll]inh mục"
    rf"|[Đđ]ại đức|[Mm]ục sư|[Hh]ộ(?: (?:ông|bà))?|Mr|Mrs|Ms)\.?\s+{_WORD}"
)
_FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
    "Ngô", "Dương", "Lý", "Đinh", "Đoàn", "Trịnh", "Trương", "Mai", "Tô", "Cao", "Lưu", "Tạ",
    "Thái", "Lương", "Đào", "Vương", "Nguyen", "Tran", "Pham", "Huynh", "Vo", "Dang", "Bui",
)  # fmt: skip
_NAMED = re.compile(rf"(?<!\w)(?:{'|'.join(_FAMILY)})(?:\s+{_WORD}){{1,3}}(?!\w)")
# These families are also the first word of many places; only with a usual middle name.
_DOUBTFUL = re.compile(rf"(?<!\w)(?:Hồ|Hà|Châu|Kim|Tiêu|Lâm)\s+(?:Thị|Văn|Hữu|Quang)\s+{_WORD}")
_PLACES = re.compile(
    r"(?i)(?:đường|phố|trường|tiểu học|mầm non|thcs|thpt|cấp \d|phường|xã|thôn|tổ dân phố|tổ|khu"
    r"|khối|quận|huyện|thị xã|tỉnh|thành phố|cầu|chợ|cống|kênh|mương|hẻm|ngõ|kiệt|công viên"
    r"|quảng trường|bệnh viện|trạm|bến|đập|hồ chứa|hồ|núi|đình|chùa|lăng|di tích|tượng đài"
    r"|giải thưởng|quỹ|phong trào|công ty|doanh nghiệp|hợp tác xã)\s+$"
)
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


def persons_in(text: str) -> list[str]:
    """What looks like the name of a person, as it stands in the text."""
    found = [match.group() for match in _TITLED.finditer(text)]
    for pattern in (_NAMED, _DOUBTFUL):
        found += [
            match.group()
            for match in pattern.finditer(text)
            if not _PLACES.search(text[: match.start()])
        ]
    return list(dict.fromkeys(found))


def stance_in(text: str) -> list[str]:
    """Words that judge what somebody thinks; typed without marks they are found as well."""
    plain = " ".join(nfc(text).lower().split())
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
    if found := [*personal_data(text), *persons_in(text)]:
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
