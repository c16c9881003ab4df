"""The plan is sent five working days before, the investor is told 45 days before."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty
from dongthuan.work.supervision.boards import board_create
from dongthuan.work.supervision.inspections import inspection_create
from dongthuan.work.supervision.models import Inspection
from dongthuan.work.supervision.tests.conftest import GS_STARTS, ON_THE_DAY, STARTS, ZONE, act


def test_the_plan_is_due_five_working_days_before(plan: Any) -> None:
    duty = Duty.objects.get(matter=plan())
    assert (duty.rule, duty.due_on, duty.unit.code) == (
        "dc.ttnd.plan_notice", dt.date(2026, 11, 3), "21439-ttnd",
    )  # fmt: skip


def test_five_working_days_reach_back_over_tet(people: Any, board: Any) -> None:
    """Tết 2027 is from 5 to 11 February; 15 February is a Monday."""
    made = inspection_create(
        acting=people.board, board=board, target="Cầu dân sinh", content="Chất lượng",
        starts_on=dt.date(2027, 2, 17), ends_on=dt.date(2027, 2, 20),
    )  # fmt: skip
    due = Duty.objects.get(matter=made).due_on
    assert due < dt.date(2027, 2, 10)


@pytest.mark.parametrize(("day", "fits"), [(9, True), (6, False), (3, False)])
def test_a_day_too_near_for_the_notice_is_refused(plan: Any, day: int, fits: bool) -> None:
    starts_on = dt.date(2026, 11, day)
    if fits:
        assert plan(starts_on=starts_on).starts_on == starts_on
        return
    with pytest.raises(MatterError) as refused:
        plan(starts_on=starts_on)
    assert refused.value.field == "starts_on"
    assert not Inspection.objects.exists()


def test_without_notice_the_inspection_does_not_begin(people: Any, plan: Any) -> None:
    made = plan()
    with clock.at(ON_THE_DAY), pytest.raises(MatterError):
        act(people.board, made, "begin")
    noticed = act(people.board, made, "notify", document="01/KH")
    with pytest.raises(MatterError):
        act(people.board, noticed, "begin")  # eight days too early


def test_a_late_notice_stands_as_late(people: Any, plan: Any) -> None:
    made = plan()
    with clock.at(dt.datetime(2026, 11, 5, 9, tzinfo=ZONE)):
        act(people.board, made, "notify", document="01/KH")
    assert Duty.objects.get(matter=made).state == "late"


def test_moved_to_other_days_it_is_announced_anew(people: Any, plan: Any) -> None:
    made = act(people.board, plan(), "notify", document="01/KH")
    later = STARTS + dt.timedelta(days=14)
    moved = act(people.board, made, "move", starts_on=later, ends_on=later, reason="Mưa bão")
    assert (moved.state, moved.starts_on) == ("planned", later)
    assert Duty.objects.get(matter=made, state="open").due_on == dt.date(2026, 11, 17)


def test_the_investor_is_told_45_days_before(people: Any, gs_board: Any) -> None:
    duty = Duty.objects.get(matter=gs_board)
    assert (duty.rule, duty.due_on, duty.unit.code) == (
        "dc.gsdtcd.notice", dt.date(2026, 11, 5), "21439-mttq",
    )  # fmt: skip
    act(people.front, gs_board, "notify_investor", document="9/TB-MTTQ")
    assert Duty.objects.get(matter=gs_board).state == "fulfilled"


def test_supervision_of_a_project_cannot_begin_within_45_days(people: Any, gs_forming: Any) -> None:
    with pytest.raises(MatterError) as refused:
        act(people.front, gs_forming, "recognise", document="1/QĐ", on=dt.date(2026, 11, 1),
            starts_on=dt.date(2026, 12, 10))  # fmt: skip
    assert refused.value.field == "starts_on"


def test_an_inspection_of_a_project_waits_for_that_day(people: Any, gs_board: Any) -> None:
    from dongthuan.core.people.actors import SYSTEM

    given = {"acting": SYSTEM, "board": gs_board, "target": "Nền đường", "content": "Độ chặt"}
    with pytest.raises(MatterError):
        inspection_create(starts_on=STARTS, ends_on=STARTS, **given)
    made = inspection_create(starts_on=GS_STARTS, ends_on=GS_STARTS, **given)
    assert not Duty.objects.filter(matter=made).exists()


def test_each_project_has_an_organ_of_its_own(people: Any, gs_board: Any, front: Any) -> None:
    from dongthuan.work.supervision.boards import Project

    other = board_create(
        acting=people.front, front=front, sort="gsdtcd", size=5, project=Project(name="Kênh N2")
    )
    assert [gs_board.organ.code, other.organ.code] == ["21439-gs01", "21439-gs02"]
    assert other.organ.positions.get().role == "board"


def test_the_refusal_names_the_first_day_that_fits(plan: Any) -> None:
    with pytest.raises(MatterError) as refused:
        plan(starts_on=dt.date(2026, 11, 3))
    assert "07/11/2026" in refused.value.message
    assert plan(starts_on=dt.date(2026, 11, 7)).starts_on == dt.date(2026, 11, 7)
