"""Vietnamese text: one way to clean, fold, sort and fingerprint, the same on every server.

Pure functions over str; nothing here knows Django or the database. The folding agrees letter by
letter with `dt_fold()` in PostgreSQL (tested), so that both sides build the same search words.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

_MARKED = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ",
    "e": "èéẻẽẹêềếểễệ",
    "i": "ìíỉĩị",
    "o": "òóỏõọôồốổỗộơờớởỡợ",
    "u": "ùúủũụưừứửữự",
    "y": "ỳýỷỹỵ",
    "d": "đ",
}
_FOLD = str.maketrans({mark: plain for plain, marks in _MARKED.items() for mark in marks})

# Letters in dictionary order; within one letter the tones: ngang, huyền, hỏi, ngã, sắc, nặng.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_BASE_MARKS = "\u0306\u0302\u031b"  # breve, circumflex, horn: they make a letter, not a tone
_ORDER = {letter: format(i + 12, "02d") for i, letter in enumerate(_LETTERS)}

# Control characters other than tab and newline, lone surrogates, and bidirectional overrides,
# which can make a text read differently from what it says.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def nfc(text: str) -> str:
    """The composed form (NFC); text from macOS and iOS often arrives decomposed."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """What is stored of typed text: NFC, unix newlines, no control characters, trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return nfc(_UNWANTED.sub("", text)).strip()


def fold(text: str) -> str:
    """Lower case without any Vietnamese mark: 'Đức Phổ' -> 'duc pho'."""
    return nfc(text).lower().translate(_FOLD)


def words(text: str) -> list[str]:
    """Folded words; everything that is not a letter or digit separates."""
    return re.findall(r"[a-z0-9]+", fold(text))


def sort_key(text: str) -> str:
    """A key whose plain byte order is Vietnamese dictionary order (letters first, then tones)."""
    letters: list[str] = []
    tones: list[str] = []
    for char in nfc(text).lower():
        if char.isdigit():
            letters.append("0" + char)
            tones.append("0")
            continue
        decomposed = unicodedata.normalize("NFD", char)
        tone = next((c for c in decomposed if c in _TONES), "")
        base = nfc("".join(c for c in decomposed if c not in _TONES))
        letters.append(_ORDER.get(base, "00" if base.isspace() else "01"))
        tones.append(str(_TONES.index(tone) + 1) if tone else "0")
    return "".join(letters) + "|" + "".join(tones)


def fingerprints(text: str, *, size: int = 7, keep: int = 6) -> list[int]:
    """Sampled hashes of all runs of `size` folded letters: near-copies share many of them.

    One hash in `keep` is kept (those divisible by it), so two texts sample the same runs.
    Returns sorted signed 32-bit integers, at most 400; [] for texts under 8 words.
    """
    tokens = words(text)
    if len(tokens) < 8:
        return []
    run = " ".join(tokens)
    hashes = {zlib.crc32(run[i : i + size].encode()) for i in range(len(run) - size + 1)}
    kept = sorted(h // keep - 2**28 for h in hashes if h % keep == 0)
    return kept[:400]


def containment(one: str, other: str, *, size: int = 5) -> float:
    """Share of the shorter text's letter runs that the other text has too (0..1)."""
    sets = []
    for text in (one, other):
        run = " ".join(words(text))
        sets.append({run[i : i + size] for i in range(max(len(run) - size + 1, 1))})
    smaller = min(len(sets[0]), len(sets[1]))
    return len(sets[0] & sets[1]) / smaller if smaller else 0.0


_PERSONAL = (
    re.compile(r"(?<![\w.])(?:\+?84|0)(?:[ .-]?\d){9,10}(?![\w])"),  # telephone
    re.compile(r"(?<!\w)\d{12}(?!\w)"),  # ID number of 12 digits; of 9 only beside its name:
    re.compile(r"(?i)\b(?:cmnd|cccd|cmt|chứng minh|căn cước)\D{0,20}\d(?:[ .]?\d){8,11}"),
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),  # e-mail
    re.compile(r"(?i)\b(?:stk|số tài khoản|tài khoản)\D{0,20}\d(?:[ .-]?\d){5,18}"),  # account
    # A day is a birth date only right after the word: decisions and meetings are full of days.
    re.compile(
        r"(?i)\b(?:sinh|born)(?:\s+(?:vào\s+)?(?:ngày|on))?\s*[:,]?\s*"
        r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d(?!\d)"
    ),
)


def personal_data(text: str, *, names: tuple[str, ...] = ()) -> list[str]:
    """What in a text looks like personal data: numbers, addresses, the given names of people.

    A net with wide meshes for those who publish, not a proof: an official still reads the text.
    Returns the suspicious pieces as they stand in the text, in order, without repetition.
    """
    found = [match.group().strip() for pattern in _PERSONAL for match in pattern.finditer(text)]
    folded = f" {' '.join(words(text))} "
    for name in names:
        tokens = words(name)
        if len(tokens) >= 2 and f" {' '.join(tokens)} " in folded:
            found.append(name)
    return list(dict.fromkeys(found))
