"""Who is named in a text that must name nobody: one net for every room that writes of affairs.

Wide meshes, not a proof: an official still reads what is written. Tricks of the letters are undone
first: full width, look-alikes of other alphabets, invisible characters, s p a c e d letters.
"""

from __future__ import annotations

import re
import unicodedata

_UPPER = "A-ZÀÁẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÈÉẺẼẸÊẾỀỂỄỆÌÍỈĨỊÒÓỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÙÚỦŨỤƯỨỪỬỮỰỲÝỶỸỴĐ"
_WORD = rf"[{_UPPER}][^\W\d_]*"
_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
# Letters of Cyrillic and Greek that look like Latin ones.
_ALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝкмтнАВЕКМНОРСТУХІЈЅοαιυνρκτΑΒΕΗΙΚΜΝΟΡΤΥΧΖıɡ",
    "aeopcyxijshdqwkmthABEKMHOPCTYXIJSoaiuvpktABEHIKMNOPTYXZig",
)
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_][\s._*·/-]+){2,}[^\W\d_](?![^\W_])")
# A capital within a word: 'hộTrần' was two words.
_RUN_ON = re.compile(rf"(?<=[^\W\d_{_UPPER}])(?=[{_UPPER}])")

# What follows a title and is no name: offices, and words that make a common noun with it.
_NO_NAME = (
    r"(?:chủ tịch|chủ nhiệm|phó|bí thư|trưởng|tổ trưởng|đội trưởng|giám đốc|chánh|đại biểu|đại diện"
    r"|viện trưởng|cục trưởng|thủ tướng|bộ trưởng|hiệu trưởng|kế toán|cán bộ|con|em|ấy|ta|giáo|sĩ|ý"
    r"|thuốc|gia đình|dân|kinh doanh|nghèo|cận nghèo|khẩu|sản xuất|ngoại|nội)(?!\w)"
)
# A title before a name. Places called so (Bà Rịa, Cô Tô) are refused too: they can be written
# otherwise, a person let through cannot be taken back.
_TITLED = re.compile(
    rf"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ụ|[Cc]ô|[Cc]hú|[Bb]ác|[Tt]hím|[Tt]hầy|[Ll]inh mục"
    rf"|[Đđ]ại đức|[Mm]ục sư|[Hh]ộ(?: (?:ông|bà))?|Mr|Mrs|Ms)\.?\s+(?!(?i:{_NO_NAME})){_WORD}"
)
_FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
    "Ngô", "Dương", "Lý", "Đinh", "Đoàn", "Trịnh", "Trương", "Mai", "Tô", "Cao", "Lưu", "Tạ",
    "Thái", "Lương", "Đào", "Vương", "Nguyen", "Tran", "Pham", "Huynh", "Vo", "Dang", "Bui",
)  # fmt: skip
_NAMED = re.compile(rf"(?<!\w)(?:{'|'.join(_FAMILY)})(?:\s+{_WORD}){{1,3}}(?!\w)")
# These families are also the first word of many places; only with a usual middle name.
_DOUBTFUL = re.compile(rf"(?<!\w)(?:Hồ|Hà|Châu|Kim|Tiêu|Lâm)\s+(?:Thị|Văn|Hữu|Quang)\s+{_WORD}")
# Typed small, or in capitals throughout, with or without marks: a family with its middle name.
_SMALL = re.compile(
    r"(?i)(?<!\w)(?:nguyễn|trần|lê|phạm|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|ngô|đinh|trịnh"
    r"|nguyen|tran|pham|huynh|dang|bui|ngo|dinh|trinh)\s+(?:văn|thị|van|thi)\s+[^\W\d_]+"
)
_SMALL_TITLED = re.compile(
    r"(?i)(?<!\w)(?:ông|bà|anh|chị|cụ|cô|chú|bác|hộ)\s+"
    r"(?:nguyễn|trần|phạm|huỳnh|võ|đặng|bùi|đỗ|ngô|đinh|trịnh)\s+[^\W\d_]+"
)
_PLACES = re.compile(
    r"(?i)(?:đường|phố|trường|tiểu học|mầm non|thcs|thpt|cấp \d|phường|xã|thôn|tổ dân phố|tổ|khu"
    r"|khối|quận|huyện|thị xã|tỉnh|thành phố|cầu|chợ|cống|kênh|mương|hẻm|ngõ|kiệt|công viên"
    r"|quảng trường|bệnh viện|trạm|bến|đập|hồ chứa|hồ|núi|đình|chùa|lăng|di tích|tượng đài"
    r"|giải thưởng|quỹ|phong trào|công ty|doanh nghiệp|hợp tác xã)\s+$"
)


def unveiled(text: str) -> str:
    """The text as it reads to the eye: for checks alone, never what is kept."""
    text = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    kept = (
        char
        for char in unicodedata.normalize("NFD", text)
        if unicodedata.category(char) != "Cf"
        and char not in _FILLERS
        and (char in _MARKS or unicodedata.category(char) not in ("Mn", "Me"))
    )
    plain = unicodedata.normalize("NFC", "".join(kept))
    plain = _RUN_ON.sub(" ", plain)
    return _SPACED.sub(lambda spaced: _joined(spaced.group()), plain)


def _joined(spaced: str) -> str:
    """'N g u y ễ n  V ă n' -> 'Nguyễn Văn': a capital begins a word again."""
    return _RUN_ON.sub(" ", re.sub(r"[\W_]+", "", spaced))


def persons_in(text: str) -> list[str]:
    """What looks like the name of a person, as it reads in the text."""
    text = unveiled(text)
    # In capitals throughout every word looks like a name: only what follows a title is one.
    loud = re.sub(rf"(?<!\w)[{_UPPER}]{{2,}}(?!\w)", lambda word: word.group().title(), text)
    found = [match.group() for match in _TITLED.finditer(text)]
    found += [match.group() for match in _TITLED.finditer(loud)]
    for pattern in (_NAMED, _DOUBTFUL, _SMALL, _SMALL_TITLED):
        found += [
            match.group()
            for match in pattern.finditer(text)
            if not _PLACES.search(text[: match.start()])
        ]
    return list(dict.fromkeys(found))
