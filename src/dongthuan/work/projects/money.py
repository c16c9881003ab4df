"""Costs planned, contracted and paid; amounts in whole đồng, payees always organisations."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience
from dongthuan.core.people.actors import Actor
from dongthuan.work.projects.checks import money_check, order_check, past_check, public_text
from dongthuan.work.projects.codes import Source
from dongthuan.work.projects.models import Contract, CostLine, Payment, Project
from dongthuan.work.projects.record import project_opened


@transaction.atomic
def cost_add(
    *,
    acting: Actor,
    project: Project,
    name: str,
    source: str,
    planned: int,
    contracted: int | None = None,
    measure: str = "",
    quantity: Decimal | None = None,
) -> CostLine:
    """A component of the costs from one source. Raises MatterError with its field, NotAllowed."""
    locked = project_opened(acting, project)
    name = public_text(name, "name", 200, needed=_("Name the component."))
    money_check(planned, "planned")
    money_check(contracted, "contracted")
    measure = public_text(measure, "measure", 40)
    if (quantity is None) != (not measure):
        raise MatterError(_("A quantity needs its measure, and a measure its quantity."),
                          field="measure")  # fmt: skip
    line = CostLine.objects.create(
        project=locked, name=name, source=Source(source), planned=planned, contracted=contracted,
        measure=measure, quantity=quantity,
    )  # fmt: skip
    entry_append(
        matter=locked, act="project.cost", acting=acting, audience=Audience.PUBLIC,
        before=locked.state, after=locked.state, facts={"component": name, "amount": planned},
    )  # fmt: skip
    return line


@transaction.atomic
def payment_add(
    *,
    acting: Actor,
    project: Project,
    line: CostLine,
    paid_on: dt.date,
    amount: int,
    payee: str,
    document: str,
    over: bool = False,
) -> Payment:
    """Write down what was paid to an organisation, by which document; it is never changed.

    It is public at once. `over`: the writer has seen that it goes beyond plan and contract; a
    slip of the finger (a zero too many) is refused with the sum. Raises MatterError with its field.
    """
    locked = project_opened(acting, project)
    if line.project_id != locked.pk:
        raise MatterError(_("That component belongs to another project."), field="line")
    past_check(paid_on, "paid_on")
    money_check(amount, "amount")
    if not amount:
        raise MatterError(_("The amount is not a sum of money in đồng."), field="amount")
    if not over:
        _within_check(line, amount)
    payment = Payment.objects.create(
        project=locked, line=line, paid_on=paid_on, amount=amount,
        payee=public_text(payee, "payee", 200, needed=_("Name the organisation that was paid.")),
        document=_numbered(document),
    )  # fmt: skip
    _record(acting, locked, payment, "project.payment")
    return payment


@transaction.atomic
def payment_reverse(
    *, acting: Actor, project: Project, payment: Payment, reason: str, document: str
) -> Payment:
    """Take a wrong payment out of the sums by its negative; once, and never a reversal itself."""
    locked = project_opened(acting, project)
    if payment.project_id != locked.pk or payment.reverses_id is not None:
        raise MatterError(_("A reversal itself cannot be reversed; write the right payment down."))
    if Payment.objects.filter(reverses=payment).exists():
        raise MatterError(_("This payment was already reversed."))
    reason = public_text(reason, "reason", 300, needed=_("Say why."))
    made = Payment.objects.create(
        project=locked, line_id=payment.line_id, paid_on=payment.paid_on, amount=-payment.amount,
        payee=payment.payee, reverses=payment, reason=reason,
        document=_numbered(document),
    )  # fmt: skip
    _record(acting, locked, made, "project.payment_reversed")
    return made


def _within_check(line: CostLine, amount: int) -> None:
    """Refuse a payment beyond what is planned and contracted for its component."""
    before = int(line.payments.aggregate(sum=Sum("amount"))["sum"] or 0)
    beyond = before + amount - max(line.planned, line.contracted or 0)
    if beyond > 0:
        raise MatterError(
            _(
                "This would be %(beyond)s đồng more than planned for this component. Check the"
                " amount; if it is right, tick the box and write it down again."
            )
            % {"beyond": f"{beyond:,}".replace(",", ".")},
            field="over",
        )


def _numbered(document: str) -> str:
    return public_text(document, "document", 80, needed=_("Give the number of the document."))


def _record(acting: Actor, project: Project, payment: Payment, act: str) -> None:
    entry_append(
        matter=project, act=act, acting=acting, audience=Audience.PUBLIC, before=project.state,
        after=project.state,
        facts={"amount": payment.amount, "payee": payment.payee, "on": payment.paid_on.isoformat(),
               "document": payment.document, "reason": payment.reason},
    )  # fmt: skip


def paid_of(project: Project) -> int:
    """All payments of a project less what was reversed, in đồng."""
    return int(project.payments.aggregate(sum=Sum("amount"))["sum"] or 0)


@transaction.atomic
def contract_add(
    *,
    acting: Actor,
    project: Project,
    contractor: str,
    what: str,
    value: int,
    signed_on: dt.date,
    document: str,
    ends_on: dt.date | None = None,
) -> Contract:
    """A contract with an organisation; its value and term are public."""
    locked = project_opened(acting, project)
    past_check(signed_on, "signed_on")
    order_check(signed_on, ends_on, "ends_on")
    money_check(value, "value")
    contract = Contract.objects.create(
        project=locked, value=value, signed_on=signed_on, ends_on=ends_on,
        contractor=public_text(contractor, "contractor", 200, needed=_("Name the contractor.")),
        what=public_text(what, "what", 300, needed=_("Say what is to be done.")),
        document=_numbered(document),
    )  # fmt: skip
    entry_append(
        matter=locked, act="project.contract", acting=acting, audience=Audience.PUBLIC,
        before=locked.state, after=locked.state,
        facts={"title": contract.contractor, "amount": value, "document": contract.document},
    )  # fmt: skip
    return contract
