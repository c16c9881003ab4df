"""What is taken of a person is checked and normalised; what is sealed opens only with the key."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core.people.actors import area_of
from dongthuan.core.people.services import (
    PersonError,
    appointment_create,
    citizen_data,
    phone_normalise,
    seal,
    unseal,
)
from dongthuan.core.units.models import Position


@pytest.mark.parametrize(
    "typed", ["0912345678", "+84 912 345 678", "84912345678", "(0912) 345.678", "0912-345-678"]
)
def test_a_telephone_number_is_kept_in_one_form(typed: str) -> None:
    assert phone_normalise(typed) == "0912345678"


@pytest.mark.parametrize("typed", ["12345", "0112345678", "+1 202 555 0100", "không có", "09" * 20])
def test_other_numbers_are_refused(typed: str) -> None:
    with pytest.raises(PersonError):
        phone_normalise(typed)


def test_an_id_number_is_stored_encrypted() -> None:
    stored = citizen_data(name="Nguyễn Thị Thử", id_number="051095012345")["id_number"]
    assert b"051095012345" not in stored
    assert unseal(stored) == "051095012345"
    assert seal("051095012345") != stored


@pytest.mark.parametrize(
    "wrong", [{"email": "không phải thư"}, {"id_number": "123"}, {"name": "a" * 121}]
)
def test_wrong_data_are_refused_in_words(wrong: dict[str, str]) -> None:
    with pytest.raises(PersonError) as refused:
        citizen_data(**wrong)
    assert str(refused.value).endswith(".")


def test_a_term_that_ends_before_it_begins_is_refused(people: Any) -> None:
    with pytest.raises(PersonError):
        appointment_create(
            account=people.accounts["front"],
            position=Position.objects.get(code="21439-front"),
            valid_from=dt.date(2026, 5, 2),
            valid_to=dt.date(2026, 5, 1),
        )


def test_the_area_of_an_organ_is_its_territory() -> None:
    assert area_of("vn.51.21439.ubnd.vp.") == "vn.51.21439."
    assert area_of("vn.51.21439.") == "vn.51.21439."
