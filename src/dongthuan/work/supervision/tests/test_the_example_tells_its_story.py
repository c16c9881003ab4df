"""The example of Đức Phổ: one finding answered late, one confirmed; labelled as invented."""

from __future__ import annotations

from typing import Any

from dongthuan.core.matters.models import Duty
from dongthuan.demo_supervision import demo_supervision_load
from dongthuan.work.supervision.models import Board, Finding, Gathering


def test_late_and_confirmed_and_labelled(people: Any) -> None:
    demo_supervision_load(head=people.head, front=people.front, board=people.board)
    states = dict(Finding.objects.values_list("state", "is_demo"))
    assert states == {"doing": True, "confirmed": True}
    replies = Duty.objects.filter(rule="dc.reply_supervision").order_by("id")
    assert [duty.state for duty in replies] == ["late", "fulfilled"]
    assert sorted(Board.objects.values_list("sort", "is_demo")) == [
        ("gsdtcd", True),
        ("ttnd", True),
    ]
    held = Gathering.objects.filter(kind="conference", state="held")
    assert held.count() == 1
    assert not Gathering.objects.filter(is_demo=False).exists()
