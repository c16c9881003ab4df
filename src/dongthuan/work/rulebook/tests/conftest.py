"""Two law officers of the province, and drafts as a form would give them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.people.actors import Actor, actor_for
from dongthuan.core.people.services import account_create, appointment_create
from dongthuan.core.units.models import Position
from dongthuan.work.rulebook.models import RuleDraft
from dongthuan.work.rulebook.services import draft_approve, draft_create, draft_propose


@dataclass
class Officers:
    """`drafter` is the inspector of the province, `approver` its head."""

    drafter: Actor
    approver: Actor


@pytest.fixture(autouse=True)
def _a_day_in_november() -> Iterator[None]:
    """The day of these tests, whenever they run: drafts must begin after it."""
    with clock.at(dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def officers(people: Any) -> Officers:
    account = account_create(
        email="chutich-tinh@vidu.vn", name="Cán bộ tỉnh", password="mat-khau-1"
    )
    people.accounts["province_head"] = account
    appointment_create(
        account=account,
        position=Position.objects.get(code="51-head"),
        valid_from=dt.date(2025, 7, 1),
    )
    return Officers(drafter=people.inspector, approver=actor_for(account))


def in_days(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def typed(**fields: Any) -> dict[str, Any]:
    """A new version of a term, as typed."""
    return {
        "valid_from": in_days(5),
        "term": "5 wd",
        "basis_vi": "Điều 1 Nghị định thử",
        "basis_en": "Trial decree, Art. 1",
        "document": "1/2027/NĐ-CP",
        "transition": "anchored",
        "evidence": "P",
    } | fields


@pytest.fixture
def draft(officers: Officers) -> Callable[..., RuleDraft]:
    def draft(key: str = "kn.accept", **fields: Any) -> RuleDraft:
        return draft_create(
            acting=officers.drafter, key=key, typed=typed(**fields), reason="Nghị định mới"
        )

    return draft


@pytest.fixture
def approved(officers: Officers, draft: Callable[..., RuleDraft]) -> Callable[..., RuleDraft]:
    """Drafted, proposed, approved by the other, and read by this process."""
    from dongthuan.core.law import loading

    def approved(key: str = "kn.accept", **fields: Any) -> RuleDraft:
        made = draft(key, **fields)
        draft_propose(acting=officers.drafter, draft_id=made.pk)
        done = draft_approve(acting=officers.approver, draft_id=made.pk)
        loading.refresh()
        return done

    return approved
