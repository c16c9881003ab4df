"""Whose paper it is: form, place, names and titles that stand on it.

Papers of the State, and by their own rules of the Front, have the head of Decree 30/2020/NĐ-CP
(annex I). Those of the Party have their own: “ĐẢNG CỘNG SẢN VIỆT NAM”, “Số 05-BC/ĐU”, the number of
the page below (Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW of 2026, second hand).
"""

from __future__ import annotations

import re

from dongthuan.core.units.models import Kind, Tier, Unit

OF_THE_PARTY = (Kind.PARTY_COMMITTEE, Kind.MASS_MOBILISATION)

# In whose name the head signs: bodies that decide together (khoản 2 Điều 13 Nghị định 30/2020).
_HEADS = {
    Kind.PEOPLE_COMMITTEE: "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    Kind.PEOPLE_COUNCIL: "TM. HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH",
    Kind.FRONT: "TM. BAN THƯỜNG TRỰC\nCHỦ TỊCH",
    Kind.PARTY_COMMITTEE: "T/M BAN THƯỜNG VỤ\nBÍ THƯ",
    Kind.MASS_MOBILISATION: "TRƯỞNG BAN",
}


def of_the_party(unit: Unit) -> bool:
    """Whether papers of this body have the form of the Party."""
    return unit.kind in OF_THE_PARTY


def place_of(unit: Unit) -> str:
    """Where a paper is dated (địa danh): the area of the body, not the body above it."""
    area = unit.parent
    while area is not None and area.tier == Tier.ORGAN:
        area = area.parent
    return (area or unit).short_name


def superior_of(unit: Unit) -> str:
    """The body that it is a part of, as the line above its name; '' where there is none."""
    above = unit.parent
    return above.name if above is not None and above.tier == Tier.ORGAN else ""


def name_below(unit: Unit, superior: str) -> str:
    """Its name without that of the body above: 'Ban Xây dựng Đảng' of 'Đảng ủy phường …'."""
    return unit.name.removesuffix(superior).rstrip(", ") or unit.name


def head_title(unit: Unit) -> str:
    """Title of the head as it is signed, one line or two; the general word where none is known."""
    return _HEADS.get(Kind(unit.kind), "THỦ TRƯỞNG CƠ QUAN")


def authority_of(unit: Unit, title: str) -> str:
    """'TM. …' above a title; '' where the title itself says by what right it signs (TL., TUQ.)."""
    lines = head_title(unit).splitlines()
    own = re.match(r"(?i)\s*(tm|tl|tuq|q)\s*[./]|\s*t/", title)
    return lines[0] if len(lines) > 1 and not own else ""


def abbreviation(unit: Unit) -> str:
    """The body in a symbol: 'UBND', 'BXDĐ', 'PKT'; initials of its own name, without its place."""
    fixed = {
        Kind.PEOPLE_COMMITTEE: "UBND", Kind.PEOPLE_COUNCIL: "HĐND", Kind.FRONT: "MTTQ",
        Kind.INSPECTORATE: "TTr",
    }  # fmt: skip
    if unit.kind in fixed:
        return fixed[Kind(unit.kind)]
    words = re.findall(r"\w+", _without_place(unit))
    return "".join(word[0].upper() for word in words if word.lower() != "và")[:12]


def _without_place(unit: Unit) -> str:
    above, area = superior_of(unit), unit.parent
    name = name_below(unit, above)
    while area is not None and area.tier == Tier.ORGAN:
        area = area.parent
    if area is not None:
        place = re.escape(area.name)
        name = re.sub(rf"(?i),?\s*{place}$", "", name)
    return name
