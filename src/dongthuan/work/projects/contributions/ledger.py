"""Writes in the ledger: receipts, use of funds, till and bank, reversals. Nothing is ever changed.

One at a time for each campaign (its row is locked); numbers without a gap for each unit and year.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience
from dongthuan.core.matters.services import papers_attach
from dongthuan.core.matters.wording import impersonal_check
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Household
from dongthuan.core.text import clean
from dongthuan.work.projects.contributions.access import (
    collects_check,
    in_office,
    of_village,
    spends_check,
)
from dongthuan.work.projects.contributions.campaigns import MOST, labour_rate_on, locked
from dongthuan.work.projects.contributions.effects import carrying
from dongthuan.work.projects.contributions.models import (
    MONEY,
    Account,
    Campaign,
    Display,
    Donor,
    Form,
    Kind,
    LabourRate,
    Payer,
    Posting,
    Series,
    Voucher,
)
from dongthuan.work.projects.contributions.totals import totals_of

LINES = 2_000  # of one sheet

_NUMBERS = """
INSERT INTO projects_vouchersequence (unit_id, year, series, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (unit_id, year, series)
DO UPDATE SET last = projects_vouchersequence.last + EXCLUDED.last
RETURNING last
"""


@dataclass(frozen=True, kw_only=True)
class Gift:
    """One receipt. `amount` in đồng for money and materials and, if any, the declared value of
    land; labour days take their worth from the rate of the day. `quantity`: days, m², or units of
    `measure`; `price`: đồng for one unit of the materials.
    """

    form: str
    payer: str = Payer.HOUSEHOLD
    household: Household | None = None
    donor: str = ""
    amount: int = 0
    quantity: Decimal | None = None
    measure: str = ""
    price: int | None = None
    display: str = ""
    paid_ref: str = ""
    consent: str = ""
    boundary: str = ""
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Spending:
    """One use of funds: what for, of which part of the work, by which document and approval."""

    form: str
    amount: int
    component: str
    about: str
    quantity: Decimal | None = None
    measure: str = ""
    supplier: str = ""
    document: str = ""
    approved_on: dt.date | None = None
    approval: str = ""


@transaction.atomic
def receipts_record(
    *,
    acting: Actor,
    campaign: Campaign,
    on: dt.date,
    gifts: Sequence[Gift],
    batch: uuid.UUID | None = None,
    papers: Sequence[Attachment] = (),
) -> list[Voucher]:
    """Write receipts, all or none; those of a sheet that was sent before are given back.

    Raises MatterError (`field` is 'line-<n>' for the n-th gift from 1) or NotAllowed.
    """
    collects_check(acting, campaign)
    campaign = locked(campaign)
    batch = batch or uuid.uuid4()
    if before := list(Voucher.objects.filter(campaign=campaign, batch=batch).order_by("id")):
        return before
    if not campaign.is_collecting:
        raise MatterError(_("This campaign is not collecting now."))
    _day_check(campaign, on)
    # Annulled or suspended meanwhile, the decision carries nothing more (khoản 2 Điều 21).
    carrying(campaign, campaign.decision)
    if campaign.decided_on and on < campaign.decided_on:
        raise MatterError(_("That day lies before the people decided."), field="on")
    if not gifts:
        raise MatterError(_("Not a line is filled in."))
    if len(gifts) > LINES:
        raise MatterError(_("A sheet holds at most 2,000 lines; split it."))
    rate = labour_rate_on(unit=campaign.unit, on=on)
    drafts = []
    for line, gift in enumerate(gifts, start=1):
        try:
            drafts.append(_receipt(acting, campaign, gift, rate))
        except MatterError as error:
            raise _at_line(error, line, len(gifts)) from None
    order = _order(drafts)
    sheet = [drafts[place] for place in order]
    numbered = _write(acting, campaign, Series.RECEIPT, Kind.RECEIPT, on, batch, sheet)
    made = [row for _place, row in sorted(zip(order, numbered, strict=True), key=lambda x: x[0])]
    names = [gift.donor for gift in gifts]
    Donor.objects.bulk_create(
        Donor(voucher=row, name=clean(name)[:160])
        for row, name in zip(made, names, strict=True)
        if row.payer in (Payer.ORGANISATION, Payer.PERSON)
    )
    facts: dict[str, Any] = {
        "receipts": len(made), "first": numbered[0].code, "last": numbered[-1].code,
        "amount": sum(row.amount for row in made),
    }  # fmt: skip
    _entry(acting, campaign, "campaign.receipts", facts, papers)
    return made


def _order(drafts: Sequence[dict[str, Any]]) -> list[int]:
    """In which order the lines of a sheet are numbered.

    A sheet follows the register of households: a household without name or number in the public
    list would be known by the numbers before and after it. Where there is one, chance numbers them.
    """
    order = list(range(len(drafts)))
    if any(d["household"] and d["display"] == Display.HIDDEN for d in drafts):
        secrets.SystemRandom().shuffle(order)
    return order


def _at_line(error: MatterError, line: int, lines: int) -> MatterError:
    if lines == 1:
        return error
    text = _("Line %(line)d: %(error)s") % {"line": line, "error": error.message}
    return MatterError(text, field=f"line-{line}")


def _day_check(campaign: Campaign, on: dt.date) -> None:
    if on > clock.today():
        raise MatterError(_("The day lies in the future."), field="on")
    if on < campaign.starts_on:
        raise MatterError(_("The day lies before the campaign begins."), field="on")


def _receipt(
    acting: Actor, campaign: Campaign, gift: Gift, rate: LabourRate | None
) -> dict[str, Any]:
    """The columns of one receipt, checked."""
    if gift.form not in Form.values:
        raise MatterError(_("Choose what is given."), field="form")
    if gift.payer not in Payer.values:
        raise MatterError(_("Choose who gives."), field="payer")
    _payer_check(acting, campaign, gift)
    display = gift.display or (Display.NUMBER if gift.payer == Payer.HOUSEHOLD else Display.HIDDEN)
    if display not in Display.values:
        raise MatterError(_("Choose what the public list shows."), field="display")
    columns: dict[str, Any] = {
        "form": gift.form, "payer": gift.payer, "household": gift.household, "display": display,
        "paid_ref": clean(gift.paid_ref)[:60],
        "about": _public(gift.about, "about", 300, names=_unsaid(display, gift)),
    }  # fmt: skip
    return columns | _worth(gift, rate)


def _unsaid(display: str, gift: Gift) -> tuple[str, ...]:
    """Names that no public word of this receipt may say."""
    if display == Display.NAME:
        return ()
    return (gift.household.representative,) if gift.household else (clean(gift.donor),)


def _payer_check(acting: Actor, campaign: Campaign, gift: Gift) -> None:
    if gift.payer == Payer.HOUSEHOLD:
        if gift.household is None:
            raise MatterError(_("Choose the household."), field="household")
        village = gift.household.village
        if village.path not in campaign.parties:
            raise MatterError(
                _("This household is not of a village of this campaign."), field="household"
            )
        if not of_village(acting, campaign, village):
            raise MatterError(_("You write for households of your own village."), field="household")
    elif gift.household is not None:
        raise MatterError(_("Choose a household or another donor, not both."), field="household")
    if gift.payer in (Payer.ORGANISATION, Payer.PERSON) and not clean(gift.donor):
        raise MatterError(_("Write who gives, or mark the donor as one without a name."),
                          field="donor")  # fmt: skip
    if gift.display == Display.NAME:
        _public(gift.donor, "donor", 160)
    if gift.payer == Payer.ANONYMOUS and gift.display == Display.NAME:
        raise MatterError(_("There is no name to show."), field="display")


def _public(text: str, field: str, longest: int, *, names: tuple[str, ...] = ()) -> str:
    """Words of a voucher that everybody reads; `names`: of whom they may not speak."""
    text = clean(text)[:longest]
    impersonal_check(text, field, names=names)
    return text


def _worth(gift: Gift, rate: LabourRate | None) -> dict[str, Any]:
    """Amount, quantity and measure of a gift by its form."""
    quantity = gift.quantity
    if gift.form in (Form.LABOUR, Form.LAND, Form.MATERIALS):
        if quantity is None or not 0 < quantity <= 10**9:
            raise MatterError(_("Write how much: days, m² or units."), field="quantity")
        _decimals_check(quantity)
    elif quantity is not None:
        raise MatterError(_("Money has no quantity; write the amount."), field="quantity")
    match gift.form:
        case Form.LABOUR:
            if rate is None:
                raise MatterError(
                    _("No rate of a labour day is set for that day; the office sets it first."),
                    field="form",
                )
            amount = _rounded(quantity, rate.amount)
            return {"amount": _amount(amount), "quantity": quantity, "rate": rate,
                    "measure": "công"}  # fmt: skip
        case Form.LAND:
            consent, boundary = clean(gift.consent)[:120], clean(gift.boundary)[:120]
            if not consent:
                raise MatterError(_("Land needs the written consent of the donor."),
                                  field="consent")  # fmt: skip
            if not boundary:
                raise MatterError(_("Land needs the record of its boundary."), field="boundary")
            amount = _amount(gift.amount) if gift.amount else 0
            return {"amount": amount, "quantity": quantity, "measure": "m²", "consent": consent,
                    "boundary": boundary}  # fmt: skip
        case Form.MATERIALS:
            measure = _public(gift.measure, "measure", 20)
            if not measure:
                raise MatterError(_("Write the unit of the materials."), field="measure")
            reckoned = _rounded(quantity, gift.price or 0)
            if gift.amount and gift.price and gift.amount != reckoned:
                raise MatterError(
                    _("Quantity times price is %(sum)s đồng; the amount says %(amount)s.")
                    % {"sum": _dotted(reckoned), "amount": _dotted(gift.amount)},
                    field="amount",
                )
            amount = gift.amount or reckoned
            return {"amount": _amount(amount), "quantity": quantity, "measure": measure}
    return {"amount": _amount(gift.amount)}


def _decimals_check(quantity: Decimal) -> None:
    """What is valued is what is kept: a third decimal would be lost and the sum with it."""
    if quantity != quantity.quantize(Decimal("0.01")):
        raise MatterError(_("A quantity has two decimals at the most."), field="quantity")


def _rounded(quantity: Decimal | None, price: int) -> int:
    return int(((quantity or Decimal(0)) * price).quantize(Decimal(1), ROUND_HALF_UP))


def _amount(amount: int) -> int:
    if not 0 < amount <= MOST:
        raise MatterError(_("Write the amount in đồng, above zero."), field="amount")
    return amount


@transaction.atomic
def expense_record(
    *,
    acting: Actor,
    campaign: Campaign,
    on: dt.date,
    spending: Spending,
    batch: uuid.UUID | None = None,
    papers: Sequence[Attachment] = (),
) -> Voucher:
    """Write a use of funds; never more than the account holds. Raises MatterError, NotAllowed."""
    spends_check(acting, campaign)
    campaign = locked(campaign)
    batch = batch or uuid.uuid4()
    if before := Voucher.objects.filter(campaign=campaign, batch=batch).first():
        return before
    _books_check(campaign)
    _day_check(campaign, on)
    if spending.form not in Form.values:
        raise MatterError(_("Choose what is used."), field="form")
    component = _public(spending.component, "component", 80)
    about = _public(spending.about, "about", 300)
    for name, text in (("component", component), ("about", about)):
        if not text:
            raise MatterError(_("Fill this in."), field=name)
    quantity, measure = spending.quantity, _public(spending.measure, "measure", 20)
    if quantity is not None and not (0 < quantity <= 10**9 and measure):
        raise MatterError(_("Write quantity and unit together."), field="quantity")
    if quantity is not None:
        _decimals_check(quantity)
    amount = _amount(spending.amount)
    _enough(campaign, spending.form, amount)
    draft = {
        "form": spending.form, "amount": amount, "component": component, "about": about,
        "quantity": quantity, "measure": measure, "supplier": clean(spending.supplier)[:160],
        "document": _public(spending.document, "document", 80),
        "approved_on": spending.approved_on, "approval": clean(spending.approval)[:80],
    }  # fmt: skip
    made = _write(acting, campaign, Series.EXPENSE, Kind.EXPENSE, on, batch, [draft])[0]
    _entry(acting, campaign, "campaign.expense", _facts(made), papers)
    return made


@transaction.atomic
def move_record(
    *, acting: Actor, campaign: Campaign, on: dt.date, form: str, amount: int, document: str = "",
    batch: uuid.UUID | None = None,
) -> Voucher:  # fmt: skip
    """Take money from the till to the bank (`form` cash) or back (`form` bank)."""
    spends_check(acting, campaign)
    campaign = locked(campaign)
    batch = batch or uuid.uuid4()
    if before := Voucher.objects.filter(campaign=campaign, batch=batch).first():
        return before
    _books_check(campaign)
    _day_check(campaign, on)
    if form not in MONEY:
        raise MatterError(_("Only money moves between till and bank."), field="form")
    amount = _amount(amount)
    _enough(campaign, form, amount)
    draft = {"form": form, "amount": amount, "document": _public(document, "document", 80)}
    made = _write(acting, campaign, Series.MOVE, Kind.MOVE, on, batch, [draft])[0]
    _entry(acting, campaign, "campaign.move", _facts(made), ())
    return made


@transaction.atomic
def voucher_reverse(*, acting: Actor, voucher: Voucher, reason: str) -> Voucher:
    """Correct a voucher by its mirror, once; the right one is then written anew.

    Raises MatterError where money that is reversed has been spent already, NotAllowed.
    """
    campaign = locked(voucher.campaign)
    if voucher.kind == Kind.RECEIPT:
        collects_check(acting, campaign)
        household = voucher.household
        if household and not of_village(acting, campaign, household.village):
            raise MatterError(_("You write for households of your own village."))
    if voucher.kind != Kind.RECEIPT or (not voucher.household_id and not campaign.place_id):
        spends_check(acting, campaign)
    _books_check(campaign)
    if voucher.reverses_id:
        raise MatterError(_("A reversal is not reversed; write the right voucher anew."))
    if Voucher.objects.filter(reverses=voucher).exists():
        raise MatterError(_("This voucher is reversed already."))
    reason = _public(reason, "reason", 300, names=_names_of(voucher))
    if not reason:
        raise MatterError(_("Write why it is reversed."), field="reason")
    _mirror_check(campaign, voucher)
    copied = ("form", "amount", "quantity", "measure", "payer", "household", "display",
              "component")  # fmt: skip
    draft = {name: getattr(voucher, name) for name in copied}
    draft |= {"rate_id": voucher.rate_id, "consent": voucher.consent, "boundary": voucher.boundary,
              "reverses": voucher, "reason": reason}  # fmt: skip
    kind = Kind(voucher.kind)
    today = clock.today()
    made = _write(acting, campaign, Series.REVERSAL, kind, today, uuid.uuid4(), [draft])[0]
    facts = {"voucher": made.code, "reverses": voucher.code, "amount": made.amount,
             "reason": reason}  # fmt: skip
    _entry(acting, campaign, "campaign.reversal", facts, ())
    return made


def _names_of(voucher: Voucher) -> tuple[str, ...]:
    """Whose name the reason of a reversal may not say: it is public, the name was not."""
    if voucher.display == Display.NAME:
        return ()
    donor = Donor.objects.filter(voucher=voucher).first()
    home = voucher.household
    return tuple(name for name in (home and home.representative, donor and donor.name) if name)


def _mirror_check(campaign: Campaign, voucher: Voucher) -> None:
    """What a reversal takes away must still be there."""
    if voucher.kind == Kind.RECEIPT:
        _enough(campaign, voucher.form, voucher.amount)
    elif voucher.kind == Kind.MOVE:
        _enough(campaign, _other(voucher.form), voucher.amount)


@transaction.atomic
def donor_erase(*, acting: Actor, voucher: Voucher, reason: str) -> None:
    """Erase the name that a donor gave, where the law orders it; the voucher stands."""
    campaign = locked(voucher.campaign)
    if not in_office(acting, campaign.path):
        raise MatterError(_("Only the office erases the name of a donor."))
    reason = clean(reason)[:300]
    if not reason:
        raise MatterError(_("Write why it is erased."), field="reason")
    Donor.objects.filter(voucher=voucher).delete()
    facts = {"voucher": voucher.code, "reason": reason}
    entry_append(
        matter=campaign, act="campaign.donor_erased", acting=acting, audience=Audience.OFFICIAL,
        before=campaign.state, after=campaign.state, facts=facts,
    )  # fmt: skip


def _books_check(campaign: Campaign) -> None:
    if not campaign.keeps_books:
        raise MatterError(_("The ledger of this campaign is not open."))


def _enough(campaign: Campaign, form: str, amount: int) -> None:
    held = totals_of([campaign.pk])[campaign.pk].held[form]
    if amount > held:
        raise MatterError(
            _("The ledger holds %(held)s đồng of this; %(amount)s cannot leave it.")
            % {"held": _dotted(held), "amount": _dotted(amount)},
            field="amount",
        )


def _dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _facts(voucher: Voucher) -> dict[str, Any]:
    return {"voucher": voucher.code, "amount": voucher.amount}


# -- writing --------------------------------------------------------------------------------------


def _write(
    acting: Actor,
    campaign: Campaign,
    series: Series,
    kind: Kind,
    on: dt.date,
    batch: uuid.UUID,
    drafts: Sequence[dict[str, Any]],
) -> list[Voucher]:
    """Vouchers with their numbers and postings; three statements however many they are."""
    now, year = clock.now(), clock.today().year
    label = acting.label_for(campaign.path, campaign.parties)[:160]
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [campaign.unit_id, year, series.value, len(drafts)])
        first = int(cursor.fetchone()[0]) - len(drafts) + 1
    made = Voucher.objects.bulk_create(
        Voucher(
            campaign=campaign, unit_id=campaign.unit_id, kind=kind, series=series, year=year,
            number=number, on=on, batch=batch, entered_at=now, entered_by_id=acting.account_id,
            entered_as=label, **draft,
        )
        for number, draft in enumerate(drafts, start=first)
    )  # fmt: skip
    Posting.objects.bulk_create(posting for voucher in made for posting in _postings(voucher))
    return made


def _other(form: str) -> str:
    return Form.BANK if form == Form.CASH else Form.CASH


def _postings(voucher: Voucher) -> list[Posting]:
    """Debit what receives, credit what gives; a reversal the other way round."""
    if not voucher.amount:
        return []  # land of no declared value
    match voucher.kind:
        case Kind.RECEIPT:
            debit, credit = voucher.form, Account.GIVEN.value
        case Kind.EXPENSE:
            debit, credit = Account.USED.value, voucher.form
        case _:
            debit, credit = _other(voucher.form), voucher.form
    if voucher.reverses_id:
        debit, credit = credit, debit
    return [
        Posting(voucher=voucher, account=debit, debit=voucher.amount),
        Posting(voucher=voucher, account=credit, credit=voucher.amount),
    ]


def _entry(
    acting: Actor, campaign: Campaign, act: str, facts: dict[str, Any],
    papers: Sequence[Attachment],
) -> None:  # fmt: skip
    entry_id = entry_append(
        matter=campaign, act=act, acting=acting, audience=Audience.PUBLIC,
        before=campaign.state, after=campaign.state, facts=facts,
    )  # fmt: skip
    # A donor's papers name the donor: for officials alone.
    papers_attach(
        matter=campaign, attachments=papers, entry_id=entry_id, audience=Audience.OFFICIAL
    )
