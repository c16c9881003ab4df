"""Before its day a dialogue is neither begun nor recorded; before the notice nobody can ask, and
the page says from when; a year that is open is not opened again."""

from __future__ import annotations

from typing import Any

from dongthuan.core import clock
from dongthuan.core.units.models import Unit
from dongthuan.work.dialogues.models import Dialogue
from dongthuan.work.dialogues.services import yearly_open
from dongthuan.work.dialogues.tests.conftest import MORNING, WHEN, act

P, D = "/doi-thoai/", "/ban-lam-viec/doi-thoai/"
YEARLY = f"{D}hang-nam/"


def test_it_is_begun_and_recorded_on_its_day(people: Any, announced: Any, browser_of: Any) -> None:
    desk, steps = browser_of("handler"), f"/ban-lam-viec/vu-viec/{announced.code}/"
    early = desk.get(f"{D}{announced.code}/").content.decode()
    assert f"{steps}begin/" not in early
    assert f"{steps}hold/" not in early
    assert "ket-luan.pdf" not in early
    with clock.at(MORNING):
        shown = desk.get(f"{D}{announced.code}/").content.decode()
    assert f"{steps}begin/" in shown
    assert f"{steps}hold/" in shown


def test_the_yearly_one_says_from_when_questions_are_taken(people: Any, browser_of: Any) -> None:
    desk, anyone = browser_of("handler"), browser_of()
    assert YEARLY in desk.get(D).content.decode()
    yearly_open(acting=people.handler, commune=Unit.objects.get(code="21439"), year=2026)
    made = act(people.handler, Dialogue.objects.get(), "plan", **WHEN)
    shown = anyone.get(f"{P}{made.code}/hoi/").content.decode()
    assert "Sau khi có thông báo đối thoại sẽ nhận câu hỏi." in shown
    assert YEARLY not in desk.get(D).content.decode()
