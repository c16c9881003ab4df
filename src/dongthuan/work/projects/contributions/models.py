"""Contributions of the people (đóng góp của Nhân dân): a campaign and its ledger in double entry.

Vouchers and their postings are only ever appended, and the database itself refuses a voucher whose
sides do not balance, a second reversal of the same voucher, and an account spent below zero.
"""

from __future__ import annotations

import secrets
import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.models import Matter
from dongthuan.core.people.models import Household
from dongthuan.core.units.models import Tier, Unit


class Form(models.TextChoices):
    """What is given or spent; each is an account of the ledger as well."""

    CASH = "cash", _("cash")
    BANK = "bank", _("bank transfer")
    LABOUR = "labour", _("labour days")
    LAND = "land", _("land")
    MATERIALS = "materials", _("materials")


MONEY = (Form.CASH, Form.BANK)


class Account(models.TextChoices):
    """Where value stands: the forms are what is held, the other two where it came from and went."""

    CASH = "cash", _("cash")
    BANK = "bank", _("bank")
    LABOUR = "labour", _("labour days")
    LAND = "land", _("land")
    MATERIALS = "materials", _("materials")
    GIVEN = "given", _("given by the people")
    USED = "used", _("used for the work")


class Kind(models.TextChoices):
    RECEIPT = "receipt", _("receipt (phiếu thu)")
    EXPENSE = "expense", _("use of funds (phiếu chi)")
    MOVE = "move", _("between till and bank")


class Series(models.TextChoices):
    """Numbers without a gap, by unit and year; the letters stand in the number."""

    RECEIPT = "BN", _("receipt")
    EXPENSE = "PC", _("use of funds")
    MOVE = "CT", _("between till and bank")
    REVERSAL = "DC", _("reversal")


class Payer(models.TextChoices):
    HOUSEHOLD = "household", _("household")
    ORGANISATION = "organisation", _("organisation")
    PERSON = "person", _("person outside the list of households")
    ANONYMOUS = "anonymous", _("donor who gives no name")


class Display(models.TextChoices):
    """What the public list shows of a donor; a name only where the donor agreed at the receipt."""

    NUMBER = "number", _("number of the household only")
    NAME = "name", _("name, with the donor's consent")
    HIDDEN = "hidden", _("anonymous")


class LabourRate(models.Model):
    """What a day of labour is worth in a unit from a day on, by a document of its own (đồng)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveBigIntegerField()
    valid_from = models.DateField()
    document = models.CharField(max_length=120)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_as = models.CharField(max_length=160, blank=True)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="labour_rate_once_a_day"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="labour_rate_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.valid_from}"


class Campaign(Matter):
    """A campaign (đợt huy động đóng góp): its decision by the people, its level, its ledger.

    `parent` is the project it serves, if any; its villages are among its `parties`, and `place` is
    the village where it is one alone. `level_amount` is in đồng per household; a voluntary campaign
    has none. `treasurer` names a position, never a person.
    """

    purpose = models.TextField(blank=True)
    voluntary = models.BooleanField(default=False)
    level_amount = models.PositiveBigIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    treasurer = models.CharField(max_length=160)
    decision = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="carries_campaigns"
    )
    decided_on = models.DateField(null=True, blank=True)
    yes = models.PositiveIntegerField(default=0)
    voices = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="campaign_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(voluntary=False) | Q(level_amount=None),
                name="campaign_voluntary_has_no_level",
            ),
        ]

    @cached_property
    def villages(self) -> list[Unit]:
        """The villages that give, in the order of the tree."""
        found = Unit.objects.filter(path__in=self.parties, tier=Tier.VILLAGE)
        return list(found.order_by("sort_key"))

    @property
    def is_collecting(self) -> bool:
        return self.state == "open"

    @property
    def keeps_books(self) -> bool:
        """Money may still be spent after collecting has ended, until the settlement."""
        return self.state in ("open", "closed")


class Exemption(models.Model):
    """A household from which the agreed level is not asked; why is read inside only."""

    class Reason(models.TextChoices):
        POOR = "poor", _("poor household")
        NEAR_POOR = "near_poor", _("near-poor household")
        POLICY = "policy", _("policy beneficiary (người có công)")
        HARDSHIP = "hardship", _("sudden hardship")
        VILLAGE = "village", _("by decision of the village")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="exemptions")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "household"], name="exemption_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.household_id}"


_APPEND_ONLY = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'pgtrigger: % is append-only', TG_TABLE_NAME;",
    ),
]

# At the end of the transaction: both sides are the amount of the voucher, each on the account that
# its kind and form say, and a reversal is the whole mirror of one voucher of the same campaign.
_BALANCED = """
SELECT * INTO voucher FROM projects_voucher WHERE id = {id};
SELECT coalesce(sum(debit), 0), coalesce(sum(credit), 0) INTO left_side, right_side
  FROM projects_posting WHERE voucher_id = {id};
IF left_side <> right_side OR left_side <> voucher.amount THEN
  RAISE EXCEPTION 'ledger: voucher % does not balance', voucher.id USING ERRCODE = '23514';
END IF;
gives := voucher.form;
receives := CASE voucher.kind WHEN 'expense' THEN 'used' WHEN 'receipt' THEN voucher.form
  ELSE CASE voucher.form WHEN 'cash' THEN 'bank' ELSE 'cash' END END;
IF voucher.kind = 'receipt' THEN gives := 'given'; END IF;
IF EXISTS (
  SELECT 1 FROM projects_posting WHERE voucher_id = voucher.id
    AND account <> CASE WHEN (debit > 0) = (voucher.reverses_id IS NULL)
      THEN receives ELSE gives END
) THEN
  RAISE EXCEPTION 'ledger: voucher % stands on a wrong account', voucher.id
    USING ERRCODE = '23514';
END IF;
IF voucher.reverses_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM projects_voucher o WHERE o.id = voucher.reverses_id AND o.reverses_id IS NULL
    AND (o.campaign_id, o.kind, o.form, o.amount, o.component)
      = (voucher.campaign_id, voucher.kind, voucher.form, voucher.amount, voucher.component)
    AND o.quantity IS NOT DISTINCT FROM voucher.quantity
    AND o.household_id IS NOT DISTINCT FROM voucher.household_id
) THEN
  RAISE EXCEPTION 'ledger: voucher % is no mirror of the one it reverses', voucher.id
    USING ERRCODE = '23514';
END IF;
RETURN NULL;
"""
_NOT_BELOW_ZERO = """
IF NEW.credit = 0 OR NEW.account IN ('given', 'used') THEN RETURN NULL; END IF;
SELECT sum(p.debit - p.credit) INTO held FROM projects_posting p
  JOIN projects_voucher v ON v.id = p.voucher_id
  WHERE p.account = NEW.account
    AND v.campaign_id = (SELECT campaign_id FROM projects_voucher WHERE id = NEW.voucher_id);
IF held < 0 THEN
  RAISE EXCEPTION 'ledger: % is spent below zero', NEW.account USING ERRCODE = '23514';
END IF;
RETURN NULL;
"""
_VARIABLES = [
    ("voucher", "projects_voucher%ROWTYPE"), ("left_side", "numeric"), ("right_side", "numeric"),
    ("gives", "text"), ("receives", "text"),
]  # fmt: skip


def _secret() -> str:
    return secrets.token_urlsafe(15)


class Voucher(models.Model):
    """One line of the ledger (chứng từ). Appended, never changed; corrected by a reversal alone.

    `amount` in đồng; `quantity` in labour days, m² or the unit of the materials. `kind` of a
    reversal is that of what it reverses. `token` opens the public page that proves the receipt.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="vouchers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    series = models.CharField(max_length=2, choices=Series)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    form = models.CharField(max_length=9, choices=Form)
    on = models.DateField()
    amount = models.PositiveBigIntegerField()
    quantity = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    measure = models.CharField(max_length=20, blank=True)
    rate = models.ForeignKey(
        LabourRate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    payer = models.CharField(max_length=12, choices=Payer, blank=True)
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    display = models.CharField(max_length=6, choices=Display, blank=True)
    # Of the transfer or the payer's own slip: where several receipts share it, one check asks why.
    paid_ref = models.CharField(max_length=60, blank=True)
    consent = models.CharField(max_length=120, blank=True)
    boundary = models.CharField(max_length=120, blank=True)
    component = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=300, blank=True)
    supplier = models.CharField(max_length=160, blank=True)
    document = models.CharField(max_length=80, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approval = models.CharField(max_length=80, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    reason = models.CharField(max_length=300, blank=True)
    token = models.CharField(max_length=24, unique=True, default=_secret)
    # One sheet that was sent; sent a second time it changes nothing.
    batch = models.UUIDField(default=uuid.uuid4)
    entered_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_as = models.CharField(max_length=160, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["campaign", "-id"], name="voucher_campaign"),
            models.Index(fields=["campaign", "batch"], name="voucher_batch"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "series", "number"], name="voucher_number_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="receipt", payer__gt="", display__gt="") | ~Q(kind="receipt"),
                name="voucher_receipt_has_a_payer",
            ),
            models.CheckConstraint(
                condition=Q(payer="household", household__isnull=False)
                | (~Q(payer="household") & Q(household=None)),
                name="voucher_household_is_named",
            ),
            # Land needs the donor's consent and the record of its boundary; its value may be none.
            models.CheckConstraint(
                condition=~Q(kind="receipt", form="land")
                | Q(quantity__gt=0, consent__gt="", boundary__gt=""),
                name="voucher_land_is_documented",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(form="land"), name="voucher_is_worth_something"
            ),
            models.CheckConstraint(
                condition=~Q(kind="move") | Q(form__in=("cash", "bank")),
                name="voucher_money_alone_moves",
            ),
            models.CheckConstraint(
                condition=Q(series="DC", reverses__isnull=False)
                | (~Q(series="DC") & Q(reverses=None)),
                name="voucher_reversal_names_the_reversed",
            ),
        ]
        triggers = [
            *_APPEND_ONLY,
            pgtrigger.Trigger(
                name="balanced",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=_VARIABLES,
                func=_BALANCED.format(id="NEW.id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}{self.year}-{self.number}"

    @property
    def code(self) -> str:
        """The number as it is printed, e.g. 'BN26-00012'."""
        return f"{self.series}{self.year % 100:02d}-{self.number:05d}"

    @property
    def signed(self) -> int:
        return -self.amount if self.reverses_id else self.amount

    @property
    def is_reversed(self) -> bool:
        return getattr(self, "reversed_by", None) is not None


class Posting(models.Model):
    """One side of a voucher on one account (đồng); debits and credits of a voucher are equal."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="postings")
    account = models.CharField(max_length=9, choices=Account)
    debit = models.PositiveBigIntegerField(default=0)
    credit = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0),
                name="posting_has_one_side",
            )
        ]
        triggers = [
            *_APPEND_ONLY,
            pgtrigger.Trigger(
                name="balanced",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=_VARIABLES,
                func=_BALANCED.format(id="NEW.voucher_id"),
            ),
            pgtrigger.Trigger(
                name="not_below_zero",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[("held", "numeric")],
                func=_NOT_BELOW_ZERO,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.debit}/{self.credit}"


class Donor(models.Model):
    """The name that a donor outside the list of households gave; erasing it leaves the voucher."""

    voucher = models.OneToOneField(
        Voucher, on_delete=models.PROTECT, primary_key=True, related_name="donor"
    )
    name = models.CharField(max_length=160)

    def __str__(self) -> str:
        return f"donor {self.pk}"


class VoucherSequence(models.Model):
    """The last number given of a unit, year and series; one locked row keeps them gapless."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=2, choices=Series)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "series"], name="voucher_sequence_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}/{self.series}: {self.last}"
