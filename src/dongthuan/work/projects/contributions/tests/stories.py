"""A village with households, a decision of its people, a campaign in each state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters import meeting
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.meeting import Proof
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.households import Line, households_add
from dongthuan.core.people.models import Household
from dongthuan.core.units.models import Unit
from dongthuan.work.projects.contributions.campaigns import campaign_create, labour_rate_set
from dongthuan.work.projects.contributions.ledger import Gift, receipts_record
from dongthuan.work.projects.contributions.models import Campaign, Voucher

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def giving_decided(people: Any) -> Iterator[Callable[..., Matter]]:
    """A matter that proves a decision of the first residential group: decided(item="1", yes=9)."""
    proofs: dict[int, Proof] = {}
    before = meeting._PROOFS.get("promise")
    meeting.register_proof("promise", lambda matter: proofs[matter.pk])

    def decide(*, village: str = "21439-t01", villages: Sequence[Unit] = (), **said: Any) -> Matter:
        places = list(villages) or [Unit.objects.get(code=village)]
        office = Unit.objects.get(code="21439-ubnd")
        made = matter_create(
            acting=people.head, model=Matter, kind="promise", unit=office, title="Quyết định",
            act="promise.given", parties=places,
        )  # fmt: skip
        given: dict[str, Any] = {
            "item": "1", "carried": True, "in_force": True, "yes": 9, "all": 12,
            "threshold": "dc.vote.contrib", "on": dt.date(2026, 10, 1),
        }  # fmt: skip
        proofs[made.pk] = Proof(**(given | said))
        return made

    yield decide
    if before:
        meeting._PROOFS["promise"] = before
    else:
        del meeting._PROOFS["promise"]


@dataclass
class World:
    """The people, the households of the village, and the ways to make campaigns and receipts."""

    people: Any
    office: Unit
    village: Unit
    decided: Callable[..., Matter]
    homes: list[Household] = field(default_factory=list)

    def draft(self, **said: Any) -> Campaign:
        given: dict[str, Any] = {
            "acting": self.people.head, "unit": self.office,
            "title": "Bê tông đường tổ dân phố 1", "purpose": "Đổ bê tông 300 m đường.",
            "villages": [self.village], "starts_on": dt.date(2026, 11, 1),
            "ends_on": dt.date(2026, 12, 31), "treasurer": "Tổ trưởng tổ dân phố 1",
            "level_amount": None if said.get("voluntary") else 500_000,
        }  # fmt: skip
        return campaign_create(**(given | said))

    def act(self, campaign: Campaign, step: str, *, by: str = "head", **data: Any) -> Campaign:
        matter_act(acting=self.people.actors[by], matter_id=campaign.pk, step_name=step, data=data)
        return Campaign.objects.select_related("unit", "place").get(pk=campaign.pk)

    def opened(self, **said: Any) -> Campaign:
        campaign = self.draft(**said)
        campaign = self.act(campaign, "decide", decision=self.decided().code)
        return self.act(campaign, "open")

    def receive(
        self, campaign: Campaign, *gifts: Gift, by: str = "head", on: dt.date | None = None
    ) -> list[Voucher]:
        actor = self.people.actors[by]
        return receipts_record(acting=actor, campaign=campaign, on=on or clock.today(), gifts=gifts)

    def cash(self, home: int, amount: int = 500_000, **said: Any) -> Gift:
        return Gift(form="cash", household=self.homes[home], amount=amount, **said)

    def labour(self, home: int, days: str) -> Gift:
        return Gift(form="labour", household=self.homes[home], quantity=Decimal(days))


@pytest.fixture
def giving(people: Any, giving_decided: Any) -> Iterator[World]:
    office = Unit.objects.get(code="21439-ubnd")
    village = Unit.objects.get(code="21439-t01")
    with clock.at(dt.datetime(2026, 11, 20, 9, tzinfo=dt.timezone(dt.timedelta(hours=7)))):
        lines = [Line(str(n), f"Vết Tên Hộ {n}") for n in range(1, 13)]
        homes = households_add(
            acting=people.head, village=village, lines=lines, on=dt.date(2026, 1, 1)
        )
        labour_rate_set(
            acting=people.head, unit=office, amount=300_000, valid_from=dt.date(2026, 1, 1),
            document="12/QĐ-UBND",
        )  # fmt: skip
        yield World(people, office, village, giving_decided, homes)
