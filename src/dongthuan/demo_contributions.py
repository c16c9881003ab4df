"""Contributions in the Đức Phổ example: invented campaigns, households and vouchers, labelled so.

One campaign is collecting, one is settled, both carried by a decision of the example; where none
stands, only a draft is made, for nothing is collected without one. Through the real services, with
the clock standing at each day.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.meeting import Proof, proof_of
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.households import Line, households_add, households_of
from dongthuan.core.people.models import Household
from dongthuan.core.units.models import Unit
from dongthuan.work.projects.contributions.campaigns import (
    campaign_create,
    exemption_set,
    labour_rate_set,
)
from dongthuan.work.projects.contributions.ledger import (
    Gift,
    Spending,
    expense_record,
    move_record,
    receipts_record,
    voucher_reverse,
)
from dongthuan.work.projects.contributions.models import Campaign
from dongthuan.work.projects.contributions.totals import totals_of

LEVEL = 500_000
BILLS = (
    ("Xi măng", "40 bao xi măng PCB40 (minh họa)", 3_760_000, "40", "bao"),
    ("Cát", "6 m³ cát xây (minh họa)", 2_310_000, "6", "m³"),
    ("Đá", "5,5 m³ đá 1x2 (minh họa)", 2_365_000, "5.5", "m³"),
)


def demo_contributions_load(*, head: Actor, ward: str = "21439") -> int:
    """An open and a settled campaign of the first residential group. Returns how many."""
    office = Unit.objects.get(code=f"{ward}-ubnd")
    village = Unit.objects.get(code=f"{ward}-t01")
    found = _decision(village)
    if found is None:
        _draft(head, office, village, "Góp làm đường ngõ (minh họa)", clock.today())
        return 1
    decision, proof = found
    first = max(proof.on or clock.today(), clock.today() - dt.timedelta(days=27))
    with _at(first):
        labour_rate_set(
            acting=head, unit=office, amount=300_000, valid_from=dt.date(first.year, 1, 1),
            document="15/QĐ-UBND (minh họa)",
        )  # fmt: skip
    homes = _homes(head, village, first)
    _settled(head, office, village, decision, homes, first)
    _open(head, office, village, decision, homes, first)
    return 2


def _decision(village: Unit) -> tuple[Matter, Proof] | None:
    """A decision of this village on contributions that stands."""
    rows = Matter.objects.filter(kind="decision", is_demo=True).select_related("unit")
    for matter in rows.order_by("id"):
        proof = proof_of(matter)
        here = village.path in (matter.path, *matter.parties)
        if proof and here and proof.item in ("1", "2") and proof.carried and proof.in_force:
            return matter, proof
    return None


def _homes(head: Actor, village: Unit, first: dt.date) -> list[Household]:
    homes = list(households_of(village=village)[:12])
    if len(homes) < 12:
        with _at(first):
            homes = households_add(
                acting=head, village=village, is_demo=True,
                lines=[Line(f"MH{n}", f"Chủ hộ {n} (minh họa)") for n in range(1, 13)],
            )  # fmt: skip
    return homes


def _at(day: dt.date, hour: int = 9) -> Any:
    moment = dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())
    return clock.at(min(moment, timezone.now()))


def _draft(head: Actor, office: Unit, village: Unit, title: str, on: dt.date) -> Campaign:
    return campaign_create(
        acting=head, unit=office, title=title, villages=[village],
        purpose="Mua xi măng, cát, đá; bà con góp thêm ngày công (số liệu minh họa).",
        starts_on=on, ends_on=on + dt.timedelta(days=60), level_amount=LEVEL,
        treasurer=f"Tổ trưởng {village.short_name}"[:160], is_demo=True,
    )  # fmt: skip


def _opened(
    head: Actor, office: Unit, village: Unit, decision: Matter, title: str, on: dt.date
) -> Campaign:
    made = _draft(head, office, village, title, on)
    matter_act(acting=head, matter_id=made.pk, step_name="decide", data={"decision": decision.code})
    matter_act(acting=head, matter_id=made.pk, step_name="open")
    return made


def _open(
    head: Actor, office: Unit, village: Unit, decision: Matter, homes: list[Household],
    first: dt.date,
) -> None:  # fmt: skip
    """Twelve households: seven have given, one is exempt, one gave land, one labour."""
    on = min(first + dt.timedelta(days=10), clock.today())
    with _at(on):
        made = _opened(head, office, village, decision, "Đường bê tông ngõ 3 (minh họa)", on)
        exemption_set(acting=head, campaign=made, household=homes[11], reason="poor")
        gifts = [Gift(form="cash", household=home, amount=LEVEL) for home in homes[:6]]
        gifts[0] = Gift(form="cash", household=homes[0], amount=2_000_000, display="name")
        receipts_record(acting=head, campaign=made, on=on, gifts=gifts)
        more = [
            Gift(form="labour", household=homes[6], quantity=Decimal("3.5")),
            Gift(form="land", household=homes[7], quantity=Decimal("24.5"), display="hidden",
                 consent="Đơn hiến đất (minh họa)", boundary="Biên bản 02 (minh họa)"),
            Gift(form="bank", payer="organisation", donor="Doanh nghiệp minh họa",
                 display="name", amount=10_000_000),
        ]  # fmt: skip
        for gift in more:
            receipts_record(acting=head, campaign=made, on=on, gifts=[gift])


def _settled(
    head: Actor, office: Unit, village: Unit, decision: Matter, homes: list[Household],
    first: dt.date,
) -> None:  # fmt: skip
    """Twelve households gave, one receipt was reversed, three bills were paid, all published."""
    with _at(first):
        made = _opened(head, office, village, decision, "Mương thoát nước ngõ 1 (minh họa)", first)
        gifts = [Gift(form="cash", household=home, amount=LEVEL + 250_000) for home in homes]
        rows = receipts_record(acting=head, campaign=made, on=first, gifts=gifts)
        voucher_reverse(acting=head, voucher=rows[3], reason="Ghi nhầm số tiền (minh họa).")
        again = Gift(form="cash", household=homes[3], amount=LEVEL)
        receipts_record(acting=head, campaign=made, on=first, gifts=[again])
        move_record(acting=head, campaign=made, on=first, form="cash", amount=4_000_000)
    day = min(first + dt.timedelta(days=5), clock.today())
    with _at(day):
        for n, (part, about, amount, quantity, measure) in enumerate(BILLS):
            spending = Spending(
                form="bank" if n == 0 else "cash", amount=amount, component=part, about=about,
                quantity=Decimal(quantity), measure=measure, supplier="Cửa hàng minh họa",
                document=f"HĐ {n + 1:02d} (minh họa)", approved_on=first,
                approval="Biên bản họp tổ (minh họa)",
            )  # fmt: skip
            expense_record(acting=head, campaign=made, on=day, spending=spending)
        held = totals_of([made.pk])[made.pk].held
        count = {"cash_counted": held["cash"], "bank_balance": held["bank"]}
        matter_act(acting=head, matter_id=made.pk, step_name="close", data=count)
        count_and_paper = count | {"document": "03/BC-TDP (minh họa)"}
        matter_act(acting=head, matter_id=made.pk, step_name="settle", data=count_and_paper)
