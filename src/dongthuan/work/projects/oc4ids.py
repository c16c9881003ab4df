"""Public dossiers in the words of OC4IDS 0.9 (Open Contracting for Infrastructure Data Standard).

Field names, codes and shapes are those of the standard's project schema; money is in VND. What the
standard does not know (a suspended project, land clearance in numbers) is given in the fields that
come nearest, never in fields of our own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max, Sum
from django.utils import timezone

from dongthuan.core.matters.models import Entry
from dongthuan.core.tables import table_csv
from dongthuan.core.units.models import Unit
from dongthuan.work.projects.models import Contract, Payment, Project
from dongthuan.work.projects.selectors import Dossier, projects_public

VERSION = "0.9"
MOST = 500
HEAD = (
    "id", "title", "status", "sector", "type", "publicAuthority.name", "period.startDate",
    "period.endDate", "completion.endDate", "budget.amount.amount", "budget.amount.currency",
    "completion.finalValue.amount", "physicalProgress", "transactions.value.amount", "is_late",
    "is_demo",
)  # fmt: skip


def value(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "VND"}


def moment(day: dt.date | dt.datetime | None) -> str | None:
    """RFC 3339; a day begins at midnight in Viet Nam."""
    if day is None:
        return None
    if not isinstance(day, dt.datetime):
        day = dt.datetime.combine(day, dt.time(), timezone.get_default_timezone())
    return timezone.localtime(day).isoformat(timespec="seconds")


def _kept(**fields: Any) -> dict[str, Any]:
    """Without what is empty: the standard leaves unknown fields out."""
    return {name: found for name, found in fields.items() if found not in (None, "", [], {})}


def status_of(project: Project) -> str:
    """The phase of OC4IDS; a suspended project stands in the phase in which it was stopped."""
    if project.state == "suspended":
        return "implementation" if project.started_on else "preparation"
    return project.state


def sectors_of(project: Project) -> list[str]:
    """A subsector is named with its sector."""
    parent, _dot, sub = project.sector.partition(".")
    return [parent, project.sector] if sub else [parent]


def project_json(found: Dossier, *, updated: dt.datetime, base_url: str) -> dict[str, Any]:
    """One project as OC4IDS writes it; `base_url` without a slash at its end."""
    project = found.project
    unit = project.unit
    return _kept(
        id=project.code,
        updated=moment(updated),
        title=project.title,
        description=project.location or project.title,
        status=status_of(project),
        period=_kept(startDate=moment(project.planned_from), endDate=moment(project.planned_to)),
        sector=sectors_of(project),
        purpose=project.purpose,
        type=project.work_type,
        locations=[_location(village) for village in found.villages],
        budget=_budget(found),
        parties=_parties(found),
        publicAuthority={"id": unit.code, "name": unit.name},
        documents=_documents(found, base_url),
        contractingProcesses=[_process(contract, unit) for contract in found.contracts],
        metrics=_metrics(found),
        transactions=[_transaction(payment, unit) for payment in reversed(found.payments)],
        milestones=[_milestone(task) for task in found.tasks if task.state != "withdrawn"],
        completion=_completion(found),
    )


def _location(village: Unit) -> dict[str, Any]:
    return {
        "id": village.code,
        "description": village.name,
        "address": {"locality": village.name, "countryName": "Việt Nam"},
    }


def _budget(found: Dossier) -> dict[str, Any]:
    project = found.project
    if not found.fundings:
        return {}
    return _kept(
        description=project.source_note,
        amount=value(found.budget),
        approvalDate=moment(project.approved_on),
        budgetBreakdown=[
            _kept(
                id=str(funding.pk),
                description=f"{funding.get_source_display()} {funding.document}".strip(),
                amount=value(funding.planned),
                sourceParty=_kept(name=funding.body, id=_slug(funding.body)),
            )
            for funding in found.fundings
        ],
    )


def _slug(name: str) -> str:
    """An organisation that has no code of ours is identified by its name within the file."""
    return name.casefold().replace(" ", "-")


def _parties(found: Dossier) -> list[dict[str, Any]]:
    unit = found.project.unit
    parties: dict[str, dict[str, Any]] = {}

    def add(code: str, name: str, role: str) -> None:
        party = parties.setdefault(code, {"id": code, "name": name, "roles": []})
        if role not in party["roles"]:
            party["roles"].append(role)

    add(unit.code, unit.name, "publicAuthority")
    for contract in found.contracts:
        add(_slug(contract.contractor), contract.contractor, "supplier")
    for payment in found.payments:
        add(_slug(payment.payee), payment.payee, "payee")
    for funding in found.fundings:
        if funding.body:
            add(_slug(funding.body), funding.body, "funder")
    return list(parties.values())


def _documents(found: Dossier, base_url: str) -> list[dict[str, Any]]:
    code = found.project.code

    def url(paper: Any) -> str | None:
        return f"{base_url}/du-an/{code}/tep/{paper.attachment.uuid}/" if paper else None

    papers = [
        _kept(
            id=f"d{one.pk}", documentType=one.type, title=one.title, description=one.number,
            url=url(one.paper), datePublished=moment(one.issued_on), language="vi",
            format=one.paper.attachment.content_type if one.paper else None,
        )
        for one in found.documents
    ]  # fmt: skip
    pictures = [
        _kept(
            id=f"p{one.pk}", documentType="illustration", title=one.alt, description=one.place,
            url=url(one.paper), datePublished=moment(one.taken_on),
            format=one.paper.attachment.content_type,
        )
        for one in found.photos
    ]  # fmt: skip
    return papers + pictures


def _process(contract: Contract, unit: Unit) -> dict[str, Any]:
    """A contract with its summary; its process is closed when its term is over."""
    over = contract.ends_on is not None and contract.ends_on < timezone.localdate()
    return {
        "id": str(contract.pk),
        "summary": _kept(
            externalReference=contract.document,
            title=contract.what,
            status="closed" if over else "active",
            tender={"procuringEntity": {"id": unit.code, "name": unit.name}},
            suppliers=[{"id": _slug(contract.contractor), "name": contract.contractor}],
            contractValue=value(contract.value),
            contractPeriod=_kept(
                startDate=moment(contract.signed_on), endDate=moment(contract.ends_on)
            ),
        ),
    }


def _transaction(payment: Payment, unit: Unit) -> dict[str, Any]:
    """A payment; a reversal is a transaction of a negative value, so that the sum stays right."""
    return {
        "id": str(payment.pk),
        "source": payment.document,
        "date": moment(payment.paid_on),
        "value": value(payment.amount),
        "payer": {"id": unit.code, "name": unit.name},
        "payee": {"id": _slug(payment.payee), "name": payment.payee},
    }


def _milestone(task: Any) -> dict[str, Any]:
    return _kept(
        id=task.code,
        title=task.title,
        description=task.responsible.name,
        type="delivery",
        dueDate=moment(task.due_on),
        dateMet=moment(task.done_on),
        status="met" if task.done_on else "scheduled",
    )


def _metrics(found: Dossier) -> list[dict[str, Any]]:
    project = found.project
    metrics = [
        {
            "id": "physicalProgress", "title": "Tiến độ thi công",
            "observations": [{"id": "1", "measure": str(project.percent), "unit": {"name": "%"}}],
        }
    ]  # fmt: skip
    if found.land:
        metrics.append(
            {
                "id": "landHandedOver", "title": "Diện tích mặt bằng đã bàn giao",
                "observations": [
                    {
                        "id": str(row.pk), "measure": str(row.area_handed), "unit": {"name": "m2"},
                        "period": {"endDate": moment(row.on)}, "notes": f"/ {row.area} m2",
                    }
                    for row in found.land
                ],
            }
        )  # fmt: skip
    return metrics


def _completion(found: Dossier) -> dict[str, Any]:
    project = found.project
    settled = project.settled_amount
    return _kept(
        endDate=moment(project.ended_on),
        finalValue=value(settled) if settled is not None else None,
    )


def package(
    projects: Iterable[dict[str, Any]], *, publisher: str, uri: str, published: dt.datetime
) -> dict[str, Any]:
    """A package of projects with what the standard asks of its publisher."""
    return {
        "uri": uri,
        "publishedDate": moment(published),
        "version": VERSION,
        "publisher": {"name": publisher},
        "projects": list(projects),
    }


def updated_of(codes: Sequence[str]) -> dict[str, dt.datetime]:
    """When each project was last written to; one query."""
    rows = Entry.objects.filter(matter__code__in=codes).values_list("matter__code")
    return dict(rows.annotate(at=Max("at")).order_by())


def projects_csv(within: Unit) -> bytes:
    """The public projects of an area as a table; two queries. Sums in đồng."""
    rows = list(projects_public(within).select_related("unit").order_by("-id")[:MOST])
    keys = [row.pk for row in rows]
    funded = dict(_sums("fundings__planned", keys))
    paid = dict(_sums("payments__amount", keys))
    return table_csv(
        HEAD,
        (
            (
                row.code, row.title, status_of(row), row.sector, row.work_type, row.unit.name,
                row.planned_from, row.planned_to, row.ended_on, funded.get(row.pk), "VND",
                row.settled_amount, row.percent, paid.get(row.pk) or 0, row.is_late, row.is_demo,
            )
            for row in rows
        ),
    )  # fmt: skip


def _sums(column: str, keys: list[int]) -> Any:
    rows = Project.objects.filter(pk__in=keys).order_by()
    return rows.annotate(sum_=Sum(column)).values_list("pk", "sum_")
