"""A payment is taken back only by its negative, once; the database refuses anything else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.work.projects.models import Payment
from dongthuan.work.projects.money import cost_add, paid_of, payment_add, payment_reverse
from dongthuan.work.projects.tests.conftest import pay


@pytest.fixture
def paid(people: Any, project_of: Any) -> Payment:
    return pay(people.handler, project_of(), 5_000_000)


def reverse(people: Any, payment: Payment, **given: Any) -> Payment:
    fields = {"reason": "Ghi nhầm", "document": "08/BB"} | given
    return payment_reverse(
        acting=people.handler, project=payment.project, payment=payment, **fields
    )


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_a_change(paid: Payment, change: str) -> None:
    rows = Payment.objects.filter(pk=paid.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(amount=1) if change == "update" else rows.delete()
    assert Payment.objects.get(pk=paid.pk).amount == 5_000_000


def test_a_reversal_takes_it_out_of_the_sum(people: Any, paid: Payment) -> None:
    made = reverse(people, paid)
    assert (made.amount, made.line_id) == (-5_000_000, paid.line_id)
    assert paid_of(paid.project) == 0


def test_it_is_reversed_once_and_a_reversal_never(people: Any, paid: Payment) -> None:
    made = reverse(people, paid)
    for payment in (paid, made):
        with pytest.raises(MatterError):
            reverse(people, payment)
    assert Payment.objects.count() == 2


def test_a_reason_is_needed(people: Any, paid: Payment) -> None:
    with pytest.raises(MatterError) as refused:
        reverse(people, paid, reason=" ")
    assert refused.value.field == "reason"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("paid_on", dt.date(2100, 1, 1)),
        ("amount", 0),
        ("amount", 10**16),
        ("payee", ""),
        ("document", ""),
    ],
)
def test_what_is_no_payment_is_refused(
    people: Any, paid: Payment, field: str, value: object
) -> None:
    given: dict[str, Any] = {
        "line": paid.line, "paid_on": clock.today(), "amount": 1_000, "payee": "Công ty",
        "document": "09",
    }  # fmt: skip
    with pytest.raises(MatterError) as refused:
        payment_add(acting=people.handler, project=paid.project, **(given | {field: value}))
    assert refused.value.field == field


def test_a_component_of_another_project_is_refused(
    people: Any, project_of: Any, paid: Payment
) -> None:
    with pytest.raises(MatterError):
        payment_add(
            acting=people.handler, project=project_of(), line=paid.line, paid_on=clock.today(),
            amount=1_000, payee="Công ty", document="09",
        )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["intake", "front", "board", "village_head", "other_head", "admin"]
)
def test_only_who_works_on_it_writes_costs(people: Any, project_of: Any, name: str) -> None:
    with pytest.raises(NotAllowed):
        cost_add(
            acting=people.actors[name], project=project_of(), name="Cống", source="state", planned=1
        )


def test_a_settlement_must_agree_with_the_payments(people: Any, project_in: Any, take: Any) -> None:
    project = project_in("completion")
    take(people.head, project, "hand_over")
    with pytest.raises(MatterError) as refused:
        take(people.head, project, "settle", amount=349_999_999)
    assert refused.value.field == "amount"
    assert take(people.head, project, "settle").settled_amount == 350_000_000


def test_nothing_is_written_in_a_closed_dossier(people: Any, project_in: Any) -> None:
    with pytest.raises(MatterError):
        pay(people.handler, project_in("cancelled"), 1_000)


@pytest.mark.parametrize("wrong", [{"amount": -4_999_999}, {"amount": -5_000_001}, {"line": None}])
def test_the_database_refuses_half_a_reversal(
    people: Any, project_of: Any, paid: Payment, wrong: dict[str, Any]
) -> None:
    fields: dict[str, Any] = {"amount": -paid.amount, "line": paid.line} | wrong
    fields["line"] = fields["line"] or pay(people.handler, project_of(), 7).line
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.create(
            project=paid.project, paid_on=paid.paid_on, payee=paid.payee, document="1",
            reverses=paid, **fields,
        )  # fmt: skip
    assert paid_of(paid.project) == 5_000_000


def test_the_published_file_holds_every_payment(people: Any, project_in: Any) -> None:
    project = project_in("implementation")
    line = project.costs.get()
    Payment.objects.bulk_create(
        Payment(project=project, line=line, paid_on=clock.today(), amount=n, payee="Công ty",
                document=f"UNC {n}")
        for n in range(1, 251)
    )  # fmt: skip
    told = Client().get(f"/du-an/{project.code}/oc4ids.json").json()["projects"][0]
    assert sum(one["value"]["amount"] for one in told["transactions"]) == paid_of(project)
