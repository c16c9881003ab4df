"""Commune-wide many villages vote: what is owed stands open on the page, the rest is folded."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from dongthuan.core import clock
from dongthuan.core.units.models import Kind, Unit
from dongthuan.core.units.services import village_add
from dongthuan.front.desk.votes import SHOWN
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Station, Vote
from dongthuan.work.decisions.tests.conftest import moment, scan
from dongthuan.work.decisions.tests.paths import BEGIN, walk_of_three

FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)


def test_what_owes_figures_stands_open_and_the_villages_are_folded(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    for number in range(20, 29):
        village_add(
            commune=Unit.objects.get(code="21439"), code=f"21439-t{number}", kind=Kind.GROUP,
            name=f"Tổ dân phố {number}", valid_from=dt.date(2025, 7, 1),
        )  # fmt: skip
    walk = walk_of_three(people)
    decision = walk.propose(item="2", commune=True)
    with clock.at(BEGIN):
        decision = walk.along(decision, "agree")
        decision = walk.take(decision, "plan_ballot")
    vote = Vote.objects.get(matter=decision)
    with clock.at(moment("2026-10-15 08:00")):
        walk.meet(decision, present=1, yes=True)
        agreed = Station.objects.filter(roll__vote=vote).select_related("roll__vote")[0]
        figures = voting.Figures(1, 1, 0, 1, 0, 0, {"yes": 1, "no": 0})
        for who in (people.handler, people.intake):
            voting.tally_enter(acting=who, station=agreed, figures=figures, scan=scan())
        page = desk_of("head").get(f"/ban-lam-viec/quyet-dinh/bieu-quyet/{vote.uuid}/")
    text = page.content.decode()
    shown = FOLDED.sub("", text)
    assert shown.count("/kiem-phieu/") == SHOWN
    assert text.count("/kiem-phieu/") == vote.rolls.count() - 1
    assert "/danh-sach/" in text and "/danh-sach/" not in shown
