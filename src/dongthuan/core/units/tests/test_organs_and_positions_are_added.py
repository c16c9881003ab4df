from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Kind, Position, Role, Tier, Unit
from dongthuan.core.units.selectors import unit_get
from dongthuan.core.units.services import organ_add, position_add, village_add

START = dt.date(2025, 7, 1)


def ubnd(**other: Any) -> Unit:
    given: dict[str, Any] = {
        "parent": unit_get(code="21439"),
        "code": "21439-ubnd",
        "kind": Kind.PEOPLE_COMMITTEE,
        "name": "Ủy ban nhân dân phường Đức Phổ",
        "valid_from": START,
    }
    return organ_add(**(given | other))


def test_an_organ_lies_in_its_territory_and_an_office_in_its_organ(quang_ngai: None) -> None:
    organ = ubnd(email="vanphong@vidu.vn")
    office = ubnd(parent=organ, code="21439-vp", kind=Kind.DEPARTMENT, name="Văn phòng")
    assert (organ.path, organ.tier) == ("vn.51.21439.ubnd.", Tier.ORGAN)
    assert office.path == "vn.51.21439.ubnd.vp."
    assert unit_get(code="51").contains(office)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": Kind.WARD},
        {"kind": "council"},
        {"name": "  "},
        {"name": "x" * 201},
        {"code": "ubnd"},
        {"code": "21439-123"},  # a path would take it for a territory
        {"code": "21439-UBND"},
        {"code": "21439-ủy-ban"},
        {"code": "21451-ubnd"},  # another ward's
        {"code": ""},
        {"valid_from": dt.date(2025, 6, 30)},  # before the ward itself
        {"valid_to": dt.date(2025, 6, 30)},
        {"email": "no address"},
        {"phone": "0" * 21},
        {"document": "x" * 201},
    ],
)
def test_a_bad_organ_is_refused_and_nothing_is_made(
    quang_ngai: None, wrong: dict[str, Any]
) -> None:
    before = Unit.objects.count()
    with pytest.raises(UnitError):
        ubnd(**wrong)
    assert Unit.objects.count() == before


def test_a_code_is_given_once(quang_ngai: None) -> None:
    ubnd()
    with pytest.raises(UnitError, match="21439-ubnd"):
        ubnd(name="Ủy ban khác")


def test_nothing_new_is_founded_in_what_has_ended(quang_ngai: None) -> None:
    with pytest.raises(UnitError):
        ubnd(parent=unit_get(code="534"), code="534-ubnd", valid_from=dt.date(2024, 1, 1))
    ended = ubnd(
        parent=unit_get(code="534"),
        code="534-ubnd",
        valid_from=dt.date(2024, 1, 1),
        valid_to=dt.date(2025, 6, 30),
    )
    assert ended.path == "vn.51.534.ubnd."


def test_a_village_lies_in_a_commune(quang_ngai: None) -> None:
    given: dict[str, Any] = {"name": "Thôn 1", "valid_from": START, "kind": Kind.VILLAGE}
    added = village_add(commune=unit_get(code="21457"), code="21457-t01", **given)
    assert (added.path, added.tier) == ("vn.51.21457.t01.", Tier.VILLAGE)
    with pytest.raises(UnitError):
        village_add(commune=unit_get(code="51"), code="51-t01", **given)
    with pytest.raises(UnitError):
        village_add(
            commune=unit_get(code="21457"), code="21457-t02", **(given | {"kind": Kind.BOARD})
        )


def test_a_position_is_a_seat_in_an_organ(quang_ngai: None) -> None:
    position = position_add(
        unit=ubnd(), code="21439-intake", role=Role.INTAKE, title="Công chức tiếp công dân",
        valid_from=START,
    )  # fmt: skip
    assert not position.receives_sealed
    assert str(position) == "Công chức tiếp công dân"


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "chief"},
        {"title": " "},
        {"title": "x" * 161},
        {"code": "Trưởng phòng"},
        {"valid_from": dt.date(2020, 1, 1)},
        {"valid_to": dt.date(2025, 6, 30)},
        {"role": Role.ADMIN, "receives_sealed": True},
    ],
)
def test_a_bad_position_is_refused(quang_ngai: None, wrong: dict[str, Any]) -> None:
    given: dict[str, Any] = {
        "unit": ubnd(),
        "code": "21439-intake",
        "role": Role.INTAKE,
        "title": "Công chức",
        "valid_from": START,
    }
    with pytest.raises(UnitError):
        position_add(**(given | wrong))
    assert not Position.objects.exists()


def test_a_territory_has_no_positions_and_a_code_is_given_once(quang_ngai: None) -> None:
    given: dict[str, Any] = {"role": Role.HEAD, "title": "Chủ tịch", "valid_from": START}
    with pytest.raises(UnitError):
        position_add(unit=unit_get(code="21439"), code="21439-head", **given)
    position_add(unit=ubnd(), code="21439-head", **given)
    with pytest.raises(UnitError, match="21439-head"):
        position_add(unit=unit_get(code="21439-ubnd"), code="21439-head", **given)
