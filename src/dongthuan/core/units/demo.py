"""The Đức Phổ example: organs, villages and positions. Dữ liệu minh họa.

The territories are real (`importer`); the organs follow the general pattern of 2025 and were not
checked against local decisions; the villages are invented. No contact data of anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from dongthuan.core.units.importer import successions_upsert, units_import
from dongthuan.core.units.models import Evidence, Kind, Position, Role, Succession, Tier, Unit
from dongthuan.core.units.services import organ_add, position_add, village_add

PROVINCE = "51"
TOWN = "534"
SUCCESSORS = ("21439", "21451", "21478", "21457", "21472")
START = dt.date(2025, 7, 1)
NOTE = "Dữ liệu minh họa: theo mô hình tổ chức chung, chưa đối chiếu với quyết định của địa phương."
NOTE_VILLAGE = "Dữ liệu minh họa: tên thôn, tổ dân phố là giả định."


@dataclass(frozen=True)
class Organ:
    """One line of the pattern; `{place}` is 'phường Đức Phổ', `{place_en}` 'Đức Phổ Ward'."""

    step: str
    kind: Kind
    name: str
    short: str
    name_en: str
    above: str = ""  # the step of the organ in which it lies; else the territory


UBND = Organ(
    "ubnd", Kind.PEOPLE_COMMITTEE, "Ủy ban nhân dân {place}", "UBND {place}",
    "People's Committee of {place_en}",
)  # fmt: skip
COUNCIL = Organ(
    "hdnd", Kind.PEOPLE_COUNCIL, "Hội đồng nhân dân {place}", "HĐND {place}",
    "People's Council of {place_en}",
)  # fmt: skip
FRONT = Organ(
    "mttq", Kind.FRONT, "Ủy ban Mặt trận Tổ quốc Việt Nam {place}", "MTTQ {place}",
    "Fatherland Front Committee of {place_en}",
)  # fmt: skip

COMMUNE_ORGANS = (
    UBND,
    COUNCIL,
    Organ("du", Kind.PARTY_COMMITTEE, "Đảng ủy {place}", "Đảng ủy {place}",
          "Party Committee of {place_en}"),
    Organ("xdd", Kind.MASS_MOBILISATION, "Ban Xây dựng Đảng, Đảng ủy {place}",
          "Ban Xây dựng Đảng {place}", "Party Building Board of {place_en}", above="du"),
    FRONT,
    Organ("pn", Kind.WOMEN, "Hội Liên hiệp Phụ nữ {place}", "Hội Phụ nữ {place}",
          "Women's Union of {place_en}", above="mttq"),
    Organ("tn", Kind.YOUTH, "Đoàn Thanh niên Cộng sản Hồ Chí Minh {place}",
          "Đoàn Thanh niên {place}", "Youth Union of {place_en}", above="mttq"),
    Organ("nd", Kind.FARMERS, "Hội Nông dân {place}", "Hội Nông dân {place}",
          "Farmers' Association of {place_en}", above="mttq"),
    Organ("ccb", Kind.VETERANS, "Hội Cựu chiến binh {place}", "Hội Cựu chiến binh {place}",
          "Veterans' Association of {place_en}", above="mttq"),
    Organ("cd", Kind.TRADE_UNION, "Công đoàn {place}", "Công đoàn {place}",
          "Trade Union of {place_en}", above="mttq"),
    Organ("vp", Kind.DEPARTMENT, "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {place}",
          "Văn phòng HĐND và UBND {place}",
          "Office of the People's Council and People's Committee of {place_en}", above="ubnd"),
    Organ("vhxh", Kind.DEPARTMENT, "Phòng Văn hóa – Xã hội {place}",
          "Phòng Văn hóa – Xã hội {place}", "Culture and Social Affairs Office of {place_en}",
          above="ubnd"),
    Organ("ttnd", Kind.BOARD, "Ban Thanh tra nhân dân {place}", "Ban TTND {place}",
          "People's Inspection Board of {place_en}"),
    Organ("hcc", Kind.DEPARTMENT, "Trung tâm Phục vụ hành chính công {place}",
          "Trung tâm PVHCC {place}", "Public Administration Service Centre of {place_en}",
          above="ubnd"),
)  # fmt: skip

# The wards' economic office also has infrastructure and town planning; the communes' has not.
ECONOMY = {
    Kind.WARD: Organ(
        "kt", Kind.DEPARTMENT, "Phòng Kinh tế, Hạ tầng và Đô thị {place}",
        "Phòng Kinh tế, Hạ tầng và Đô thị {place}",
        "Economy, Infrastructure and Urban Office of {place_en}", above="ubnd"),
    Kind.COMMUNE: Organ(
        "kt", Kind.DEPARTMENT, "Phòng Kinh tế {place}", "Phòng Kinh tế {place}",
        "Economic Office of {place_en}", above="ubnd"),
}  # fmt: skip

PROVINCE_ORGANS = (
    UBND,
    COUNCIL,
    Organ("tu", Kind.PARTY_COMMITTEE, "Tỉnh ủy Quảng Ngãi", "Tỉnh ủy Quảng Ngãi",
          "Party Committee of {place_en}"),
    Organ("tgdv", Kind.MASS_MOBILISATION, "Ban Tuyên giáo và Dân vận Tỉnh ủy Quảng Ngãi",
          "Ban Tuyên giáo và Dân vận Tỉnh ủy",
          "Propaganda and Mass Mobilisation Board of {place_en}", above="tu"),
    FRONT,
    Organ("tt", Kind.INSPECTORATE, "Thanh tra {place}", "Thanh tra {place}",
          "Inspectorate of {place_en}", above="ubnd"),
)  # fmt: skip

TOWN_ORGANS = (
    UBND,
    COUNCIL,
    Organ("tu", Kind.PARTY_COMMITTEE, "Thị ủy Đức Phổ", "Thị ủy Đức Phổ",
          "Party Committee of {place_en}"),
    Organ("bdv", Kind.MASS_MOBILISATION, "Ban Dân vận Thị ủy Đức Phổ",
          "Ban Dân vận Thị ủy Đức Phổ", "Mass Mobilisation Committee of {place_en}", above="tu"),
    FRONT,
)  # fmt: skip

# Who took over from the organs of the town in each of the five successors.
TAKES_OVER = {"ubnd": "ubnd", "hdnd": "hdnd", "tu": "du", "bdv": "xdd", "mttq": "mttq"}

VILLAGES = {
    "21457": ("An Thường", "Bình Lộc", "Hòa Thạnh", "Phú Xuân", "Tân Sơn", "Vạn An"),
    "21472": ("Đông Yên", "Long Hòa", "Mỹ Hưng", "Phước Điền", "Thanh Bình", "Vĩnh Tân"),
}
GROUPS = 6


@dataclass(frozen=True)
class Seat:
    step: str  # of the organ
    code: str
    role: Role
    title: str
    title_en: str
    sealed: bool = False


COMMUNE_SEATS = (
    Seat("ubnd", "intake", Role.INTAKE, "Công chức tiếp công dân, tiếp nhận đơn, UBND {place}",
         "Reception and Intake Officer, {place_en}"),
    Seat("ubnd", "handler-1", Role.HANDLER, "Công chức xử lý đơn 1, UBND {place}",
         "Case Handler 1, {place_en}"),
    Seat("ubnd", "handler-2", Role.HANDLER, "Công chức xử lý đơn 2, UBND {place}",
         "Case Handler 2, {place_en}"),
    Seat("ubnd", "head", Role.HEAD, "Chủ tịch UBND {place}",
         "Chairperson of the People's Committee, {place_en}"),
    Seat("ubnd", "sealed", Role.HANDLER, "Công chức tiếp nhận, xử lý tố cáo, UBND {place}",
         "Officer for Denunciations, {place_en}", sealed=True),
    Seat("ubnd", "admin", Role.ADMIN, "Quản trị hệ thống, UBND {place}",
         "System Administrator, {place_en}"),
    Seat("xdd", "mass-mobilisation", Role.MASS_MOBILISATION,
         "Cán bộ dân vận, Ban Xây dựng Đảng {place}", "Mass Mobilisation Officer, {place_en}"),
    Seat("xdd", "xdd-head", Role.PARTNER_HEAD, "Trưởng Ban Xây dựng Đảng {place}",
         "Head of the Party Building Board, {place_en}"),
    Seat("du", "party", Role.PARTY, "Bí thư Đảng ủy {place}",
         "Secretary of the Party Committee, {place_en}"),
    Seat("mttq", "mttq-head", Role.PARTNER_HEAD, "Chủ tịch Ủy ban MTTQ Việt Nam {place}",
         "Chair of the Fatherland Front Committee, {place_en}"),
    Seat("hdnd", "council", Role.COUNCIL, "Cán bộ Thường trực HĐND {place}",
         "Officer of the People's Council, {place_en}"),
    Seat("mttq", "front", Role.FRONT, "Cán bộ Ủy ban MTTQ Việt Nam {place}",
         "Fatherland Front Officer, {place_en}"),
    Seat("ttnd", "ttnd-1", Role.BOARD, "Trưởng ban Thanh tra nhân dân {place}",
         "Head of the People's Inspection Board, {place_en}"),
    Seat("t01", "t01-head", Role.VILLAGE_HEAD, "Trưởng thôn hoặc tổ trưởng tổ dân phố 1, {place}",
         "Head of village 1, {place_en}"),
    Seat("t01", "t01-front", Role.VILLAGE_FRONT,
         "Trưởng Ban công tác Mặt trận thôn, tổ dân phố 1, {place}",
         "Head of the Front committee of village 1, {place_en}"),
    Seat("t02", "t02-head", Role.VILLAGE_HEAD, "Trưởng thôn hoặc tổ trưởng tổ dân phố 2, {place}",
         "Head of village 2, {place_en}"),
    Seat("t02", "t02-front", Role.VILLAGE_FRONT,
         "Trưởng Ban công tác Mặt trận thôn, tổ dân phố 2, {place}",
         "Head of the Front committee of village 2, {place_en}"),
)  # fmt: skip

PROVINCE_SEATS = (
    Seat("ubnd", "intake", Role.INTAKE, "Công chức tiếp công dân, UBND {place}",
         "Reception and Intake Officer, {place_en}"),
    Seat("ubnd", "handler", Role.HANDLER, "Chuyên viên xử lý đơn, UBND {place}",
         "Case Handler, {place_en}"),
    Seat("ubnd", "head", Role.HEAD, "Chủ tịch UBND {place}",
         "Chairperson of the People's Committee, {place_en}"),
    Seat("tgdv", "mass-mobilisation", Role.MASS_MOBILISATION,
         "Cán bộ Ban Tuyên giáo và Dân vận Tỉnh ủy Quảng Ngãi",
         "Mass Mobilisation Officer, {place_en}"),
    Seat("tt", "inspector", Role.INSPECTOR, "Thanh tra viên, Thanh tra {place}",
         "Inspector, {place_en}"),
)  # fmt: skip

# The two sides of the town's plan until it ended on 30 June 2025.
TOWN_SEATS = (
    Seat("ubnd", "handler", Role.HANDLER, "Công chức tổng hợp, UBND {place}",
         "Officer of the People's Committee, {place_en}"),
    Seat("ubnd", "head", Role.HEAD, "Chủ tịch UBND {place}",
         "Chairperson of the People's Committee, {place_en}"),
    Seat("bdv", "mass-mobilisation", Role.MASS_MOBILISATION,
         "Cán bộ Ban Dân vận Thị ủy Đức Phổ", "Mass Mobilisation Officer, {place_en}"),
    Seat("bdv", "bdv-head", Role.PARTNER_HEAD, "Trưởng Ban Dân vận Thị ủy Đức Phổ",
         "Head of the Mass Mobilisation Committee, {place_en}"),
)  # fmt: skip


@transaction.atomic
def demo_units_load(*, everywhere: bool = True) -> None:
    """Load everything of the example; what is there already is left as it is.

    `everywhere=False`: of the communes of Viet Nam only those of Quảng Ngãi, which is much faster.
    """
    units_import(province=None if everywhere else PROVINCE)
    units = Unit.objects.in_bulk(field_name="code")
    province = units[PROVINCE]
    _organs_load(units, province, PROVINCE_ORGANS, START, None)
    _seats_load(units, province, PROVINCE_SEATS)
    for code in SUCCESSORS:
        commune = units[code]
        organs = (*COMMUNE_ORGANS, ECONOMY[Kind(commune.kind)])
        _organs_load(units, commune, organs, START, None)
        _villages_load(units, commune)
        _seats_load(units, commune, COMMUNE_SEATS)
    _former_organs_load(units)


def _places(unit: Unit) -> dict[str, str]:
    place = unit.name[0].lower() + unit.name[1:]
    return {"place": place, "place_en": unit.name_en}


def _organs_load(
    units: dict[str, Unit],
    area: Unit,
    organs: tuple[Organ, ...],
    start: dt.date,
    end: dt.date | None,
) -> None:
    for organ in organs:
        code = f"{area.code}-{organ.step}"
        if code in units:
            continue
        units[code] = organ_add(
            parent=units[f"{area.code}-{organ.above}"] if organ.above else area,
            code=code,
            kind=organ.kind,
            name=organ.name.format(**_places(area)),
            short_name=organ.short.format(**_places(area)),
            name_en=organ.name_en.format(**_places(area)),
            valid_from=start,
            valid_to=end,
            note=NOTE,
            evidence=Evidence.ILLUSTRATION,
        )


def _villages_load(units: dict[str, Unit], commune: Unit) -> None:
    for number, (kind, name, name_en) in enumerate(_village_names(commune), start=1):
        code = f"{commune.code}-t{number:02d}"
        if code in units:
            continue
        units[code] = village_add(
            commune=commune,
            code=code,
            kind=kind,
            name=f"{name} (minh họa)",
            name_en=f"{name_en} (illustration)",
            valid_from=START,
            note=NOTE_VILLAGE,
            evidence=Evidence.ILLUSTRATION,
        )


def _village_names(commune: Unit) -> Iterator[tuple[Kind, str, str]]:
    for name in VILLAGES.get(commune.code, ()):
        yield Kind.VILLAGE, f"Thôn {name}", f"{name} Village"
    if commune.kind == Kind.WARD:
        for number in range(1, GROUPS + 1):
            yield Kind.GROUP, f"Tổ dân phố {number}", f"Residential Group {number}"


def _seats_load(
    units: dict[str, Unit],
    area: Unit,
    seats: tuple[Seat, ...],
    start: dt.date = START,
    end: dt.date | None = None,
) -> None:
    there = set(
        Position.objects.filter(unit__path__startswith=area.path).values_list("code", flat=True)
    )
    for seat in seats:
        code = f"{area.code}-{seat.code}"
        if code in there:
            continue
        position_add(
            unit=units[f"{area.code}-{seat.step}"],
            code=code,
            role=seat.role,
            title=seat.title.format(**_places(area)),
            title_en=seat.title_en.format(**_places(area)),
            receives_sealed=seat.sealed,
            valid_from=start,
            valid_to=end,
        )


def _former_organs_load(units: dict[str, Unit]) -> None:
    """The organs of the town and its communes, and the organs that took over from them."""
    town = units[TOWN]
    _organs_load(units, town, TOWN_ORGANS, town.valid_from, town.valid_to)
    _seats_load(units, town, TOWN_SEATS, town.valid_from, town.valid_to)
    links: list[tuple[Unit, Unit, int | None]] = [
        (units[f"{TOWN}-{old}"], units[f"{code}-{new}"], None)
        for old, new in TAKES_OVER.items()
        for code in SUCCESSORS
    ]
    communes = Succession.objects.filter(predecessor__parent=town, predecessor__tier=Tier.COMMUNE)
    for link in communes.select_related("predecessor", "successor"):
        old = link.predecessor
        _organs_load(units, old, (UBND,), old.valid_from, old.valid_to)
        links.append((units[f"{old.code}-ubnd"], units[f"{link.successor.code}-ubnd"], 1))
    successions_upsert(
        [
            Succession(
                predecessor=old,
                successor=new,
                on=START,
                share=share,
                note=NOTE,
                evidence=Evidence.ILLUSTRATION,
            )
            for old, new, share in links
        ]
    )
