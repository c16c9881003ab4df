"""Every name of the export is one of the standard's; values are those of the dossier."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from dongthuan.core import clock
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.work.projects.money import contract_add, payment_reverse
from dongthuan.work.projects.oc4ids import package, project_json, projects_csv, updated_of
from dongthuan.work.projects.record import document_add, land_add, photo_add
from dongthuan.work.projects.selectors import dossier_public
from dongthuan.work.projects.tasks import task_create
from dongthuan.work.projects.tests.conftest import pay, unit_of

# The names of the standard's project schema that we use, each with what may lie below it.
VALUE = {"amount": {}, "currency": {}}
PERIOD = {"startDate": {}, "endDate": {}, "maxExtentDate": {}, "durationInDays": {}}
ORGANISATION = {"id": {}, "name": {}}
SCHEMA: dict[str, Any] = {
    "id": {}, "updated": {}, "title": {}, "description": {}, "status": {}, "period": PERIOD,
    "sector": {}, "purpose": {}, "type": {},
    "locations": {"id": {}, "description": {},
                  "address": {"streetAddress": {}, "locality": {}, "region": {}, "postalCode": {},
                              "countryName": {}}},
    "budget": {"description": {}, "amount": VALUE, "requestDate": {}, "approvalDate": {},
               "budgetBreakdown": {"id": {}, "description": {}, "amount": VALUE, "uri": {},
                                   "period": PERIOD, "sourceParty": ORGANISATION}},
    "parties": {**ORGANISATION, "roles": {}},
    "publicAuthority": ORGANISATION,
    "documents": {"id": {}, "documentType": {}, "title": {}, "description": {}, "url": {},
                  "datePublished": {}, "dateModified": {}, "format": {}, "language": {}},
    "contractingProcesses": {"id": {}, "summary": {
        "externalReference": {}, "title": {}, "description": {}, "status": {},
        "tender": {"procuringEntity": ORGANISATION}, "suppliers": ORGANISATION,
        "contractValue": VALUE, "contractPeriod": PERIOD}},
    "metrics": {"id": {}, "title": {}, "description": {}, "observations": {
        "id": {}, "period": PERIOD, "value": VALUE, "measure": {}, "unit": {"name": {}},
        "notes": {}}},
    "transactions": {"id": {}, "source": {}, "date": {}, "value": VALUE, "payer": ORGANISATION,
                     "payee": ORGANISATION, "uri": {}},
    "milestones": {"id": {}, "title": {}, "type": {}, "description": {}, "code": {},
                   "dueDate": {}, "dateMet": {}, "dateModified": {}, "status": {}},
    "completion": {"endDate": {}, "endDateDetails": {}, "finalValue": VALUE,
                   "finalValueDetails": {}, "finalScope": {}, "finalScopeDetails": {}},
}  # fmt: skip
PROJECT_STATUS = {
    "identification", "preparation", "implementation", "completion", "completed", "cancelled",
}  # fmt: skip


def unknown(found: Any, names: dict[str, Any], path: str = "") -> list[str]:
    """Names in a document that the schema does not have."""
    if isinstance(found, list):
        return [name for one in found for name in unknown(one, names, path)]
    if not isinstance(found, dict):
        return []
    wrong = [f"{path}{name}" for name in found if name not in names]
    for name, below in found.items():
        wrong += unknown(below, names.get(name, {}), f"{path}{name}.")
    return wrong


def whole(people: Any, project: Any) -> Any:
    """A dossier with something in every part."""
    wrong = pay(people.handler, project, 90_000_000, name="Cống thoát nước")
    payment_reverse(
        acting=people.handler, project=project, payment=wrong, reason="Ghi nhầm", document="08"
    )
    contract_add(
        acting=people.handler, project=project, contractor="Công ty Xây dựng Thử",
        what="Thi công", value=380_000_000, signed_on=clock.today(), document="01/HĐ",
        ends_on=clock.today() + dt.timedelta(days=50),
    )  # fmt: skip
    land_add(
        acting=people.handler, project=project, on=clock.today(), households=12, agreed=9, paid=6,
        handed_over=5, area=Decimal("840.5"), area_handed=Decimal(300),
    )  # fmt: skip
    file = attachment_store(upload=SimpleUploadedFile("anh.jpg", picture()))
    photo_add(
        acting=people.handler, project=project, file=file, taken_on=clock.today(),
        alt="Đoạn đầu tuyến đã đổ bê tông",
    )  # fmt: skip
    document_add(
        acting=people.handler, project=project, type="budgetApproval", title="Quyết định",
        number="12/QĐ-UBND", issued_on=clock.today(),
    )  # fmt: skip
    task_create(
        acting=people.handler, project=project, what="Họp dân", responsible=unit_of("21439-t01"),
        due_on=clock.today(), document="15/TB",
    )  # fmt: skip
    return dossier_public(project.code)


def exported(people: Any, project: Any) -> dict[str, Any]:
    found = whole(people, project)
    return project_json(
        found, updated=updated_of([project.code])[project.code], base_url="https://vidu.vn"
    )


def test_names_are_those_of_the_schema(people: Any, project_in: Any) -> None:
    made = exported(people, project_in("implementation"))
    assert unknown(made, SCHEMA) == []
    assert set(made) == set(SCHEMA) - {"completion"}
    json.dumps(made)


def test_values_are_those_of_the_dossier(people: Any, project_in: Any) -> None:
    made = exported(people, project_in("implementation"))
    assert made["status"] == "implementation"
    assert made["sector"] == ["transport", "transport.road"]
    assert made["budget"]["amount"] == {"amount": 600_000_000, "currency": "VND"}
    assert sum(one["value"]["amount"] for one in made["transactions"]) == 350_000_000
    assert [one["value"]["amount"] for one in made["transactions"]] == [
        350_000_000, 90_000_000, -90_000_000,
    ]  # fmt: skip
    assert {"id", "name", "roles"} == set(made["parties"][0])
    assert made["parties"][0]["roles"] == ["publicAuthority"]
    assert made["period"]["startDate"].endswith("T00:00:00+07:00")


def test_a_finished_project_tells_its_completion(people: Any, project_in: Any) -> None:
    project = project_in("completed")
    found = dossier_public(project.code)
    assert found is not None
    made = project_json(found, updated=clock.now(), base_url="")
    assert made["status"] == "completed"
    assert made["completion"]["finalValue"] == {"amount": 350_000_000, "currency": "VND"}


def test_every_state_has_a_status_of_the_standard(people: Any, project_in: Any) -> None:
    for state in ("preparation", "suspended", "completion"):
        found = dossier_public(project_in(state).code)
        assert found is not None
        made = project_json(found, updated=clock.now(), base_url="")
        assert made["status"] in PROJECT_STATUS


def test_a_package_has_what_the_standard_requires() -> None:
    made = package([], publisher="UBND", uri="https://vidu.vn/x", published=clock.now())
    assert set(made) == {"uri", "publisher", "publishedDate", "projects", "version"}
    assert made["version"] == "0.9"


def test_the_table_sums_what_was_paid(people: Any, project_in: Any) -> None:
    project = project_in("implementation")
    pay(people.handler, project, 1_000_000)
    lines = projects_csv(unit_of("21439")).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    row = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert row["id"] == project.code
    assert row["budget.amount.amount"] == "600000000"
    assert row["transactions.value.amount"] == "351000000"
