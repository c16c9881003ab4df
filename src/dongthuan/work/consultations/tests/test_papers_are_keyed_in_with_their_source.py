"""Paper: who may key in, for whom, when; a sheet once; a spreadsheet all or none."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.tables import table_xlsx
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.importing import HEAD, sheets_import, template_xlsx
from dongthuan.work.consultations.models import Opinion, Participation
from dongthuan.work.consultations.opinions import Person
from dongthuan.work.consultations.paper import Sheet, sheets_add
from dongthuan.work.consultations.tests.conftest import TODAY

VILLAGE = "21439-t01"
COLUMNS = [*HEAD, "Câu 1", "Câu 2", "Câu 3", "Câu 4"]


def sheet(**fields: Any) -> Sheet:
    values: dict[str, Any] = {
        "form": "d", "taken_on": TODAY.date(), "source": "Hòm thư góp ý nhà văn hóa",
        "number": "7", "opinions": [(None, "Nên đặt thêm thùng rác.")],
        "person": Person(village=Unit.objects.get(code=VILLAGE), band="60-", sex="f"),
    }  # fmt: skip
    return Sheet(**(values | fields))


def key(people: Any, matter: Any, *sheets: Sheet, by: str = "handler") -> Any:
    return sheets_add(acting=people.actors[by], consultation_id=matter.pk, sheets=sheets)


@pytest.mark.parametrize("name", ["intake", "handler", "head", "village_head", "village_front"])
def test_the_office_and_the_people_of_the_village_key_in(
    people: Any, opened: Any, name: str
) -> None:
    matter = opened()
    (part,) = key(people, matter, sheet(), by=name)
    assert (part.proof, part.form, part.source) == ("paper", "d", "Hòm thư góp ý nhà văn hóa")
    assert Opinion.objects.get().state == "shown"


@pytest.mark.parametrize("name", ["front", "other_head", "board", "inspector", "citizen"])
def test_others_do_not(people: Any, opened: Any, name: str) -> None:
    matter = opened()
    with pytest.raises(NotAllowed):
        key(people, matter, sheet(), by=name)
    assert not Participation.objects.exists()


def test_people_of_a_village_key_in_for_their_own_only(people: Any, opened: Any) -> None:
    matter = opened()
    with pytest.raises(MatterError) as error:
        key(people, matter, sheet(), by="other_village_head")
    assert error.value.field == "village"


def test_the_same_sheet_is_refused_a_second_time(people: Any, opened: Any) -> None:
    matter = opened()
    key(people, matter, sheet())
    with pytest.raises(MatterError) as error:
        key(people, matter, sheet())
    assert error.value.field == "number"
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"form": "a"}, "form"),
        ({"form": "e"}, "form"),
        ({"taken_on": dt.date(2026, 11, 1)}, "taken_on"),
        ({"taken_on": dt.date(2026, 11, 3)}, "taken_on"),
        ({"source": ""}, "source"),
        ({"people": 0}, "people"),
        ({"opinions": []}, "text"),
        ({"person": Person(band="99")}, "band"),
    ],
)
def test_what_is_wrong_on_a_paper_is_named(
    people: Any, opened: Any, given: Any, field: str
) -> None:
    matter = opened()
    with pytest.raises(MatterError) as error:
        key(people, matter, sheet(**given))
    assert error.value.field == field
    assert not Participation.objects.exists()


def test_what_looks_personal_waits_for_a_second_look(people: Any, opened: Any) -> None:
    key(people, opened(), sheet(opinions=[(None, "Gọi cho tôi số 0905 123 456.")]))
    assert Opinion.objects.get().state == "new"


def row(number: str, *, village: str = VILLAGE, day: str = "02/11/2026", opinion: str = "Nên làm.",
        answers: tuple[str, ...] = ("1", "", "1;3", "4")) -> list[str]:  # fmt: skip
    return [number, "d", day, "Hòm thư", village, "30-44", "nữ", opinion, *answers]


def test_a_spreadsheet_is_keyed_in_whole(people: Any, opened: Any) -> None:
    matter = opened()
    data = table_xlsx(COLUMNS, [row("1"), row("2", answers=("2", "Hẹp", "", ""))], above=["x"])
    made = sheets_import(acting=people.handler, matter=matter, data=data)
    assert [part.answers for part in made] == [{"q1": 0, "q3": [0, 2], "q4": 4}, {"q1": 1}]
    assert Opinion.objects.filter(question__key="q2").get().text == "Hẹp"
    assert Opinion.objects.count() == 3


@pytest.mark.parametrize(
    "wrong",
    [
        row("2", village="21478-t01"),
        row("2", day="sớm mai"),
        row("2", day="03/12/2026"),
        row("2", answers=("9", "", "", "")),
        row("2", answers=("9" * 5000, "", "", "")),
        row("1"),
    ],
)
def test_one_wrong_line_keeps_all_out(people: Any, opened: Any, wrong: list[str]) -> None:
    matter = opened()
    data = table_xlsx(COLUMNS, [row("1"), wrong])
    with pytest.raises(MatterError):
        sheets_import(acting=people.handler, matter=matter, data=data)
    assert not Participation.objects.exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04nonsense", b"a,b\n1,2"])
def test_what_is_no_spreadsheet_is_told(people: Any, opened: Any, data: bytes) -> None:
    with pytest.raises(MatterError) as error:
        sheets_import(acting=people.handler, matter=opened(), data=data)
    assert error.value.field == "file"


def test_the_template_can_be_filled_in_and_read(people: Any, opened: Any) -> None:
    matter = opened()
    with pytest.raises(MatterError) as error:
        sheets_import(acting=people.handler, matter=matter, data=template_xlsx(matter))
    assert error.value.field == "file"


def test_many_papers_cost_as_few_queries_as_one(
    people: Any, opened: Any, django_assert_max_num_queries: Any
) -> None:
    matter = opened()
    data = table_xlsx(COLUMNS, [row(str(n)) for n in range(100)])
    with django_assert_max_num_queries(15):
        sheets_import(acting=people.handler, matter=matter, data=data)
    assert Participation.objects.count() == 100
