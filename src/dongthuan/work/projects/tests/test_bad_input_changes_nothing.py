"""Nonsense in a dossier gets one sentence with its field, and not a row is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Matter
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.work.projects.models import LandProgress, ProjectLink, ProjectPhoto
from dongthuan.work.projects.record import document_add, land_add, link_add, photo_add
from dongthuan.work.projects.services import Fund
from dongthuan.work.projects.tasks import task_create
from dongthuan.work.projects.tests.conftest import unit_of

LAND: dict[str, Any] = {
    "on": dt.date(2026, 11, 2), "households": 10, "agreed": 5, "paid": 4, "handed_over": 3,
    "area": Decimal(100), "area_handed": Decimal(30), "amount": 1000, "amount_paid": 400,
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("title", {"title": "  "}),
        ("title", {"title": "x" * 201}),
        ("purpose", {"purpose": ""}),
        ("purpose", {"purpose": "Gọi số 0905 123 456"}),
        ("planned_to", {"planned_from": dt.date(2027, 1, 2), "planned_to": dt.date(2027, 1, 1)}),
        ("planned", {"funds": [Fund(source="state", planned=10**16)]}),
        ("planned", {"funds": [Fund(source="state", planned=-1)]}),
    ],
)
def test_a_project(project_of: Any, field: str, given: dict[str, Any]) -> None:
    with pytest.raises(MatterError) as refused:
        project_of(**given)
    assert refused.value.field == field
    assert not Matter.objects.exists()


def test_a_village_of_another_commune(project_of: Any) -> None:
    with pytest.raises(MatterError) as refused:
        project_of(villages=[unit_of("21478-t01")])
    assert refused.value.field == "villages"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("on", dt.date(2100, 1, 1)),
        ("households", 0),
        ("agreed", 11),
        ("paid", 11),
        ("handed_over", 11),
        ("area_handed", Decimal(101)),
        ("amount_paid", 1001),
    ],
)
def test_a_state_of_land(people: Any, project_of: Any, field: str, value: object) -> None:
    with pytest.raises(MatterError) as refused:
        land_add(acting=people.handler, project=project_of(), **(LAND | {field: value}))
    assert refused.value.field == field
    assert not LandProgress.objects.exists()


def test_a_second_state_of_the_same_day_takes_the_place_of_the_first(
    people: Any, project_of: Any
) -> None:
    project = project_of()
    for agreed in (5, 7):
        land_add(acting=people.handler, project=project, **(LAND | {"agreed": agreed}))
    assert [row.agreed for row in LandProgress.objects.all()] == [7]


def test_a_picture_needs_words_and_a_day(people: Any, project_of: Any) -> None:
    file = attachment_store(upload=SimpleUploadedFile("anh.jpg", picture()))
    for field, given in (("alt", {"alt": " "}), ("taken_on", {"taken_on": dt.date(2100, 1, 1)})):
        fields: dict[str, Any] = {"alt": "Nền đường", "taken_on": clock.today()} | given
        with pytest.raises(MatterError) as refused:
            photo_add(acting=people.handler, project=project_of(), file=file, **fields)
        assert refused.value.field == field
    assert not ProjectPhoto.objects.exists()


def test_a_file_that_is_no_picture(people: Any, project_of: Any) -> None:
    file = attachment_store(upload=SimpleUploadedFile("a.txt", b"xin chao"))
    with pytest.raises(MatterError):
        photo_add(
            acting=people.handler, project=project_of(), file=file, taken_on=clock.today(), alt="x"
        )


def test_a_document_of_the_future(people: Any, project_of: Any) -> None:
    with pytest.raises(MatterError) as refused:
        document_add(
            acting=people.handler, project=project_of(), type="budgetApproval", title="Quyết định",
            issued_on=dt.date(2100, 1, 1),
        )  # fmt: skip
    assert refused.value.field == "issued_on"


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("what", {"what": ""}),
        ("document", {"document": ""}),
        ("due_on", {"due_on": dt.date(2020, 1, 1)}),
    ],
)
def test_a_task(people: Any, project_of: Any, field: str, given: dict[str, Any]) -> None:
    fields: dict[str, Any] = {
        "what": "Họp dân", "document": "1/TB", "due_on": clock.today(),
        "responsible": unit_of("21439-t01"),
    }  # fmt: skip
    with pytest.raises(MatterError) as refused:
        task_create(acting=people.handler, project=project_of(), **(fields | given))
    assert refused.value.field == field


def test_a_link_to_nothing_to_itself_or_twice(people: Any, project_of: Any) -> None:
    project, other = project_of(), project_of(title="Chợ mới")

    def link(code: str) -> Callable[[], object]:
        return lambda: link_add(acting=people.handler, project=project, code=code, role="other")

    for bad in (link("21439-26-999999"), link(project.code)):
        with pytest.raises(MatterError):
            bad()
    link(other.code)()
    with pytest.raises(MatterError):
        link(other.code)()
    assert ProjectLink.objects.count() == 1
