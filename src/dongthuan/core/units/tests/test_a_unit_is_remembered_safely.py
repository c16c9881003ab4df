from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction

from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Kind, Unit
from dongthuan.core.units.selectors import unit_by_code, unit_get, units_forget
from dongthuan.core.units.services import organ_add, unit_rename


@pytest.fixture
def organ(transactional_db: None) -> Iterator[Unit]:
    units_forget()
    nation = Unit.objects.create(
        code="vn", kind=Kind.NATION, tier="nation", name="Việt Nam", short_name="Việt Nam",
        sort_key="", folded="viet nam", path="vn.", valid_from=dt.date(1945, 9, 2),
    )  # fmt: skip
    yield organ_add(
        parent=nation, code="vn-board", kind=Kind.BOARD, name="Ban Một",
        valid_from=dt.date(2025, 7, 1),
    )  # fmt: skip
    units_forget()


def test_the_second_look_takes_no_query(organ: Unit, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        assert unit_by_code("vn-board") == unit_by_code("vn-board")


def test_a_transaction_always_asks_the_database(organ: Unit) -> None:
    assert unit_by_code("vn-board").name == "Ban Một"
    Unit.objects.filter(code="vn-board").update(name="Ban Hai")
    with transaction.atomic():
        assert unit_by_code("vn-board").name == "Ban Hai"


def test_a_change_of_this_process_is_seen_at_once(organ: Unit) -> None:
    assert unit_by_code("vn-board").name == "Ban Một"
    unit_rename(unit=organ, name="Ban Hai", kind=Kind.BOARD, on=dt.date(2026, 1, 1))
    assert unit_by_code("vn-board").name == "Ban Hai"


def test_a_change_taken_back_is_not_remembered(organ: Unit) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        unit_rename(unit=organ, name="Ban Hai", kind=Kind.BOARD, on=dt.date(2026, 1, 1))
        assert unit_by_code("vn-board").name == "Ban Hai"
        raise RuntimeError
    assert unit_by_code("vn-board").name == "Ban Một"


def test_who_changes_what_was_handed_out_changes_only_that(organ: Unit) -> None:
    unit_by_code("vn-board").name = "Ban Ba"
    assert unit_by_code("vn-board").name == "Ban Một"


def test_an_unknown_code_is_said_in_one_sentence(organ: Unit) -> None:
    for look in (unit_by_code, lambda code: unit_get(code=code)):
        with pytest.raises(UnitError, match="99999"):
            look("99999")
