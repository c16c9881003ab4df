from __future__ import annotations

import datetime as dt
from collections import Counter

from dongthuan.core.units.demo import demo_units_load
from dongthuan.core.units.models import Evidence, Kind, Position, Role, Succession, Tier, Unit
from dongthuan.core.units.selectors import unit_children, unit_get, villages_of

DAY = dt.date(2026, 11, 23)
STEPS = {
    "ubnd",
    "hdnd",
    "du",
    "xdd",
    "mttq",
    "pn",
    "tn",
    "nd",
    "ccb",
    "cd",
    "vp",
    "kt",
    "vhxh",
    "hcc",
    "ttnd",
}


def test_each_successor_has_its_organs_villages_and_seats(duc_pho: None) -> None:
    for code in ("21439", "21451", "21478", "21457", "21472"):
        area = unit_get(code=code, on=DAY)
        organs = area.subtree.in_force(DAY).filter(tier=Tier.ORGAN)
        assert {organ.code for organ in organs} == {f"{code}-{step}" for step in STEPS}
        assert villages_of(area, DAY).count() == 6
        roles = Counter(Position.objects.filter(unit__in=organs).values_list("role", flat=True))
        assert roles == {
            Role.INTAKE: 1,
            Role.HANDLER: 3,
            Role.HEAD: 1,
            Role.MASS_MOBILISATION: 1,
            Role.FRONT: 1,
            Role.PARTNER_HEAD: 2,
            Role.PARTY: 1,
            Role.COUNCIL: 1,
            Role.ADMIN: 1,
            Role.BOARD: 1,
        }
        villages = Position.objects.filter(unit__in=villages_of(area, DAY))
        assert Counter(villages.values_list("role", flat=True)) == {
            Role.VILLAGE_HEAD: 2,
            Role.VILLAGE_FRONT: 2,
        }
        sealed = Position.objects.get(unit__in=organs, receives_sealed=True)
        assert sealed.unit.code == f"{code}-ubnd"


def test_the_province_has_its_organs_and_seats(duc_pho: None) -> None:
    assert {
        (unit.code, unit.kind)
        for unit in unit_get(code="51").subtree.filter(code__startswith="51-")
    } == {
        ("51-ubnd", Kind.PEOPLE_COMMITTEE),
        ("51-hdnd", Kind.PEOPLE_COUNCIL),
        ("51-tu", Kind.PARTY_COMMITTEE),
        ("51-tgdv", Kind.MASS_MOBILISATION),
        ("51-mttq", Kind.FRONT),
        ("51-tt", Kind.INSPECTORATE),
    }
    assert set(
        Position.objects.filter(code__startswith="51-").values_list("role", "unit__code")
    ) == {
        (Role.INSPECTOR, "51-tt"),
        (Role.MASS_MOBILISATION, "51-tgdv"),
        (Role.HEAD, "51-ubnd"),
        (Role.HANDLER, "51-ubnd"),
        (Role.INTAKE, "51-ubnd"),
    }


def test_the_offices_lie_in_the_peoples_committee(duc_pho: None) -> None:
    below = unit_children(unit_get(code="21439-ubnd"), DAY)
    assert {unit.code for unit in below} == {
        "21439-vp",
        "21439-kt",
        "21439-vhxh",
        "21439-hcc",
    }
    assert unit_get(code="21439-kt").name == "Phòng Kinh tế, Hạ tầng và Đô thị phường Đức Phổ"
    assert unit_get(code="21457-kt").name == "Phòng Kinh tế xã Nguyễn Nghiêm"


def test_what_is_invented_says_so(duc_pho: None) -> None:
    for unit in Unit.objects.filter(tier__in=[Tier.ORGAN, Tier.VILLAGE]):
        assert unit.evidence == Evidence.ILLUSTRATION
        assert unit.note.startswith("Dữ liệu minh họa")
    for village in Unit.objects.filter(tier=Tier.VILLAGE):
        assert village.name.endswith("(minh họa)")
    assert not Unit.objects.exclude(email="", phone="", address="").exists()


def test_the_former_organs_ended_with_the_town(duc_pho: None) -> None:
    former = unit_get(code="534").subtree.filter(tier=Tier.ORGAN)
    assert former.count() == 5 + 15
    assert set(former.values_list("valid_to", flat=True)) == {dt.date(2025, 6, 30)}
    assert all(organ.succeeded_by.exists() for organ in former)


def test_loading_twice_changes_nothing(db: None) -> None:
    def everything() -> list[list[dict[str, object]]]:
        return [list(m.objects.order_by("pk").values()) for m in (Unit, Position, Succession)]

    demo_units_load()
    before = everything()
    assert len(before[0]) == 3503
    demo_units_load()
    assert everything() == before


def test_every_name_is_there_in_english(duc_pho: None) -> None:
    assert not Unit.objects.filter(name_en="").exists()
    assert not Position.objects.filter(title_en="").exists()
