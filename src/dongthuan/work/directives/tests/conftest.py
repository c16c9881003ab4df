"""A document of the ward in any state, and an order of it in any state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.directives.models import Directive, Order
from dongthuan.work.directives.services import Ordered, Written, directive_create

TODAY = dt.date(2026, 11, 16)
DAY = dt.timedelta(days=1)
LINE = Ordered(what="Rà soát lịch tiếp công dân của tổ.", due_on=TODAY + 14 * DAY)
DOCUMENT = {"document": "12/CV-UBND"}
REASON = {"reason": "Mưa lũ kéo dài."}
ANSWERS: dict[str, dict[str, Any]] = {
    "cancel": DOCUMENT | REASON,
    "report": {"done_on": TODAY, "report": "Đã niêm yết lịch tại nhà văn hóa."},
    "send_back": {"until": TODAY + 20 * DAY} | REASON,
    "ask_time": {"until": TODAY + 30 * DAY} | REASON,
    "grant_time": {"until": TODAY + 30 * DAY} | DOCUMENT,
    "refuse_time": REASON,
    "remind": {"note": "Còn một tuần."},
    "follow_up": DOCUMENT,
    "explain": REASON | {"measure": "Làm bù trong tuần."},
    "withdraw": DOCUMENT | REASON,
}
DIRECTIVE_WAYS = {
    "draft": (), "issued": ("issue",), "done": ("issue", "finish"),
    "replaced": ("issue", "replace"), "cancelled": ("issue", "cancel"), "dropped": ("drop",),
}  # fmt: skip
ORDER_WAYS = {
    "sent": (), "acknowledged": ("acknowledge",), "reported": ("report",),
    "confirmed": ("report", "confirm"), "withdrawn": ("withdraw",),
}  # fmt: skip
BY_ADDRESSEE = {"acknowledge", "report", "ask_time", "explain"}


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    nine = dt.datetime.combine(TODAY, dt.time(9), timezone.get_default_timezone())
    with clock.at(nine):
        yield


@pytest.fixture
def office(people: Any) -> Unit:
    return Unit.objects.get(code="21439-ubnd")


@pytest.fixture
def village(people: Any) -> Unit:
    return Unit.objects.get(code="21439-t01")


@pytest.fixture
def draft(people: Any, office: Unit, village: Unit) -> Callable[..., Directive]:
    """draft(lines=…, symbol=…, …): a document of the ward, written by its handler."""

    def draft(**changes: Any) -> Directive:
        line = Ordered(what=LINE.what, due_on=LINE.due_on, units=[village])
        written = {
            "type": "KH", "abstract": "Kế hoạch tiếp công dân cuối năm",
            "text": "Thực hiện Luật Tiếp công dân.",
            "signer_title": "CHỦ TỊCH", "signer_name": "Nguyễn Văn Ký", "lines": [line],
        } | changes  # fmt: skip
        return directive_create(acting=people.handler, issuer=office, written=Written(**written))

    return draft


def act(actor: Any, matter: Any, name: str, **data: Any) -> Any:
    return matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=data)


@pytest.fixture
def take(people: Any, draft: Any) -> Callable[..., Any]:
    """take(actor, matter, step): with plausible answers."""

    def take(actor: Any, matter: Any, name: str) -> Any:
        data = dict(ANSWERS.get(name, {}))
        if name == "replace":
            newer = draft(symbol="99/KH-UBND", signed_on=TODAY, lines=[])
            data = {"newer": newer.code}
        return act(actor, matter, name, **data)

    return take


@pytest.fixture
def directive_in(people: Any, draft: Any, take: Any) -> Callable[[str], Directive]:
    def directive_in(state: str) -> Directive:
        made = draft(lines=[]) if state == "done" else draft()
        for name in DIRECTIVE_WAYS[state]:
            made = take(people.head, made, name)
        return made

    return directive_in


@pytest.fixture
def order_in(people: Any, directive_in: Any, take: Any) -> Callable[[str], Order]:
    """An order to the first residential group, with whatever a step needs besides its state."""

    def order_in(state: str) -> Order:
        order = Order.objects.get(parent=directive_in("issued"))
        for name in ORDER_WAYS[state]:
            actor = people.village_head if name in BY_ADDRESSEE else people.head
            take(actor, order, name)
        return Order.objects.get(pk=order.pk)

    return order_in
