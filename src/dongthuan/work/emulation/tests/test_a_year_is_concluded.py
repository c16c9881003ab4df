"""When the board concludes a year, every model of it has come to an end that is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Entry, Matter, Projection
from dongthuan.core.matters.selectors import steps_for, steps_offered
from dongthuan.core.units.models import Unit
from dongthuan.work.emulation.figures import registered
from dongthuan.work.emulation.models import EmulationModel
from dongthuan.work.emulation.tests.conftest import (
    AUTUMN,
    NOW,
    act,
    convened,
    handed_in,
    recognised,
)

END = {"document": "9/QĐ", "minutes": "Đã đánh giá các mô hình nộp kết quả."}
DESK = "/ban-lam-viec/dan-van-kheo/mo-hinh/"


def now(model: EmulationModel) -> EmulationModel:
    return EmulationModel.objects.select_related("cycle").get(pk=model.pk)


def test_what_was_never_handed_in_is_closed_with_the_year(people: Any, register: Any) -> None:
    left, guided = register(), act(people.dvan, register(), "guide", guidance="Nêu số liệu.")
    good = recognised(people, register())
    with clock.at(AUTUMN):
        act(people.dvan_head, good.cycle, "conclude", **END)
    for model in (now(left), now(guided)):
        assert (model.state, model.closed_at) == ("not_handed_in", AUTUMN)
        entry = Entry.objects.filter(matter=model).latest("id")
        assert (entry.act, entry.before) == (
            "emulation_model.lapse", "guided" if model.pk == guided.pk else "registered",
        )  # fmt: skip
        assert entry.facts == {"year": 2026}
        assert not steps_for(actor=people.village_head, matter=model)
        assert not Projection.objects.get(pk=model.pk).listed
    assert now(good).state == "recognised"
    # It was registered all the same.
    assert registered(left.path, NOW.date(), NOW.date()).numerator == 3


def test_its_body_reads_on_its_page_what_became_of_it(
    people: Any, register: Any, browser_of: Any
) -> None:
    model = register()
    act(people.dvan_head, convened(people, model.cycle), "conclude", **END)
    desk = browser_of("village_head")
    page = desk.get(f"{DESK}{model.code}/").content.decode()
    assert "Năm 2026 đã tổng kết khi mô hình này chưa nộp kết quả" in page
    assert "/anh/" not in page and "/sua/" not in page
    assert desk.get(f"{DESK}{model.code}/anh/").status_code == 404
    assert Client().get(f"/dan-van-kheo/{model.code}/").status_code == 404


def test_a_year_is_not_concluded_over_a_model_that_waits_for_its_result(
    people: Any, register: Any
) -> None:
    left, waiting = register(), handed_in(people, register())
    cycle = convened(people, left.cycle)
    with pytest.raises(MatterError):
        act(people.dvan_head, cycle, "conclude", **END)
    assert [now(one).state for one in (left, waiting)] == ["registered", "submitted"]
    assert Matter.objects.get(pk=cycle.pk).state == "appraising"


@pytest.mark.parametrize(
    ("state", "who", "step", "said"),
    [
        ("registered", "dvan", "guide", {"guidance": "Nêu số liệu."}),
        ("guided", "village_head", "begin", {"on": NOW.date()}),
        ("running", "dvan", "check", {"finding": "Đúng tiến độ."}),
        ("checked", "village_head", "submit", {"results": "Xóa 5 điểm rác."}),
    ],
)
def test_what_an_earlier_conclusion_left_open_is_refused_by_its_year_and_closed(
    people: Any, register: Any, state: str, who: str, step: str, said: dict[str, Any]
) -> None:
    model = register()
    Matter.objects.filter(pk=model.pk).update(state=state)
    Matter.objects.filter(pk=model.cycle_id).update(state="concluded")
    actor, model = people.actors[who], now(model)
    assert step not in [one.name for one in steps_offered(actor=actor, matter=model)]
    with pytest.raises(MatterError) as refused, translation.override("vi"):
        act(actor, model, step, **said)
    assert str(refused.value) == (
        "Phong trào năm 2026 đã tổng kết; hãy đăng ký mô hình vào năm mới."
    )
    assert act(people.dvan_head, model, "lapse").state == "not_handed_in"


def test_a_body_outside_the_movement_learns_nothing_of_it(
    people: Any, register: Any, browser_of: Any
) -> None:
    model = register(body=Unit.objects.get(code="21439-t01"))
    act(people.dvan_head, convened(people, model.cycle), "conclude", **END)
    assert browser_of("other_village_head").get(f"{DESK}{model.code}/").status_code == 404
