"""A year of Đức Phổ, 2025, from the signed plan to the final reviews, across 1 July.

The town and its mass-mobilisation committee promise each other and the people what they will do;
on 30 June the town ends; its five successors carry on what is open. Each review's numbers are
counted a second time, by SQL that knows nothing of the system (`tests/duc_pho.py`).
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.handing import matters_hand_over
from dongthuan.core.matters.models import Matter, MatterLink
from dongthuan.core.matters.policies import may_see
from dongthuan.core.units.models import Position
from dongthuan.insight.leadership.brief import brief_of
from dongthuan.insight.leadership.counting import FIGURES, Period, duties_behind
from dongthuan.insight.leadership.selectors import dashboard
from dongthuan.work.coordination.carrying import plan_hand_over
from dongthuan.work.coordination.history import paper_year_add, years_of
from dongthuan.work.coordination.models import CoordinationPlan
from dongthuan.work.coordination.planning import (
    clause_add,
)
from dongthuan.work.dialogues.questions import End, question_settle
from dongthuan.work.emulation.appraising import conflict_declare, sheet_score
from dongthuan.work.emulation.scoring import criteria
from dongthuan.work.emulation.services import (
    juror_add,
    outputs_record,
)
from dongthuan.work.hotspots.contact import Raised, visit_record
from dongthuan.work.hotspots.services import Named, group_create, seats_decide
from tests.duc_pho import (
    FIRST_DAY,
    INDICATORS,
    LEADERS,
    LEADERS_BY_UNIT,
    OPEN_OF_THE_TOWN,
    OWED_BY_THE_TOWN,
    STATES,
    SUCCESSORS,
    act,
    day,
    done,
    on,
    one,
    plan_now,
    promise_given,
    review_adopted,
    rows,
    seats_add,
    sign,
    unit,
    walk,
    who,
)
from tests.duc_pho_town import (
    the_first_quarter,
    the_plan_of_the_town_is_signed_by_both_sides,
    the_second_quarter,
    the_town_ends,
    the_town_reviews_its_half_year,
)

WARD = "vn.51.21439."
RECORD = "1677/NQ-UBTVQH15"
BOARD_OF_APPRAISAL = (
    ("xdd-head", "chair"), ("party", "secretary"), ("council", "member"), ("mttq-head", "member"),
)  # fmt: skip


@pytest.fixture
def story(people: Any, settings: Any, tmp_path: Any) -> SimpleNamespace:
    """What the year makes, by name; chapters read what earlier ones have written."""
    settings.MEDIA_ROOT = tmp_path / "files"
    seats_add()
    return SimpleNamespace()


def test_a_year_in_the_life_of_duc_pho(story: SimpleNamespace, client: Client) -> None:
    the_plan_of_the_town_is_signed_by_both_sides(story)
    the_first_quarter(story)
    the_second_quarter(story)
    the_town_reviews_its_half_year(story)
    the_town_ends(story)
    the_five_successors_take_over(story)
    the_successors_sign_their_own_plans(story)
    duc_pho_keeps_what_the_town_promised(story)
    the_year_ends_in_all_five(story)
    many_years_are_assembled(story)
    the_page_of_the_leaders_says_the_same(story)
    everybody_reads_what_became_of_it(story, client)


# -- 1 July ---------------------------------------------------------------------------------------


def the_five_successors_take_over(story: SimpleNamespace) -> None:
    with on(1, 7):
        made = plan_hand_over(
            acting=who("21439-head"), plan=story.plan, document=RECORD, reason="Hết cấp huyện."
        )
        story.plans = {plan.unit.code.split("-")[0]: plan for plan in made}
        assert sorted(story.plans) == sorted(SUCCESSORS)
        _matters_go_over(story)
        _market_gets_a_new_day(story)
    titles = {code: _titles(plan) for code, plan in story.plans.items()}
    assert titles["21439"] == ["Công khai", "Dời chợ", "Đơn đúng hạn"]
    assert titles["21478"] == ["Công khai", "Thoát nước", "Đơn đúng hạn"]
    assert titles["21451"] == titles["21457"] == titles["21472"] == ["Công khai", "Đơn đúng hạn"]
    assert MatterLink.objects.filter(role="carries_on", other__parent=story.plan).count() == 12
    assert rows(OPEN_OF_THE_TOWN) == []
    assert one(OWED_BY_THE_TOWN) == (0,)


def _titles(plan: CoordinationPlan) -> list[str]:
    return sorted(plan.tasks.values_list("title", flat=True))


def _market_gets_a_new_day(story: SimpleNamespace) -> None:
    task = story.plans["21439"].tasks.get(title="Dời chợ")
    assert task.due_on == FIRST_DAY
    act("21439-head", task, "postpone", until=day(30, 9), reason="Chờ hoàn công.",
        document="02/TB-UBND")  # fmt: skip


def _matters_go_over(story: SimpleNamespace) -> None:
    """By the record: what has a place goes there, the rest is named by its code."""
    for old, new in (("534-21439-ubnd", "21439-ubnd"), ("534-21478-ubnd", "21478-ubnd")):
        assert _hand_over(old, new) == 2
    assert Matter.objects.get(pk=story.petition.pk).path == f"{WARD}ubnd."
    # A part in it that a body has (Front, mass mobilisation) is handed on like the matter itself.
    everything = [code for (code,) in rows(OPEN_OF_THE_TOWN)]
    for step, heir in (("ubnd", "ubnd"), ("bdv", "xdd"), ("mttq", "mttq")):
        _hand_over(f"534-{step}", f"21439-{heir}", everything)


def _hand_over(old: str, new: str, codes: list[str] | None = None) -> int:
    seat = "21439-front" if new == "21439-mttq" else f"{new.split('-')[0]}-head"
    acting = who("21439-xdd-head" if new == "21439-xdd" else seat)
    return matters_hand_over(
        acting=acting, predecessor=unit(old), successor=unit(new), on=FIRST_DAY, document=RECORD,
        codes=codes or (),
    )  # fmt: skip


# -- the successors -------------------------------------------------------------------------------


def the_successors_sign_their_own_plans(story: SimpleNamespace) -> None:
    with on(10, 7):
        for code, plan in story.plans.items():
            officer, handler = f"{code}-mass-mobilisation", f"{code}-handler-1"
            clause_add(
                acting=who(officer), plan=plan, section=3, content=5, text="Tiếp dân, đối thoại."
            )
            act(officer, plan, "exchange")
            act(officer, plan, "agree")
            act(handler, plan, "agree")
            sign(plan, f"{code}-xdd-head", f"{code}-head")
            assert plan_now(plan).state == "in_force"
            assert plan.meetings.count() == 2
    # Signing opens no task twice that was carried over before.
    assert len(_titles(story.plans["21439"])) == 3


def duc_pho_keeps_what_the_town_promised(story: SimpleNamespace) -> None:
    with on(11, 7):
        walk("21439-head", Matter.objects.get(pk=story.petition.pk), "classify", "examine",
             "accept", "answer", "publish", "close")  # fmt: skip
        act("21439-head", story.recommended, "answer", answer="accepted", reply="Tiếp thu.",
            reason="", until=day(29, 8), document="12/UBND")  # fmt: skip
        act("21439-head", story.spot, "report", situation="Chợ mới sắp họp.", done="Đã họp tổ.",
            next="Lợp mái.")  # fmt: skip
        act("21439-xdd-head", story.inspection, "cancel", reason="Thị xã không còn.")
        act("21439-handler-1", story.note, "answer", handling="settles", reply="Đã thông báo.")
        end = End(outcome="answered", answer="Nộp tại Trung tâm phục vụ hành chính công.")
        question_settle(acting=who("21439-handler-1"), question=story.question, end=end)
        act("21439-head", story.last_dialogue, "conclude", document="03/TB-UBND",
            conclusion="Phường tiếp tục giải quyết.")  # fmt: skip
        _hot_spot_goes_on(story)
    with on(17, 7):
        act("21439-head", story.path, "keep", report="Đã mở lối.")
        act("21439-head", story.spot, "close", criteria=["answered", "kept", "calm", "told"],
            reason="Đã yên.", document="09/TB")  # fmt: skip
    with on(30, 7):
        act("21439-head", story.roof, "keep", report="Đã lợp.")
        act("21439-mass-mobilisation", story.cycle, "midyear", report="Đúng tiến độ.")
    with on(8, 8):
        act("21478-head", story.order, "report", done_on=day(8, 8), report="Đã nạo vét.")
    with on(20, 8):
        act("21439-head", story.shade, "keep", report="Đã trồng, muộn năm ngày.")
        act("21439-head", story.recommended, "finish", report="Đã lắp.")
    with on(22, 8):
        act("21439-front", story.recommended, "confirm", verdict="Đèn đã sáng.")
        act("21439-handler-1", story.order, "confirm")
    _market_moved(story)
    _model_recognised(story)


def _hot_spot_goes_on(story: SimpleNamespace) -> None:
    """Seats of the town are empty; the ward's head alone sees it, and seats people anew."""
    story.spot.refresh_from_db()
    assert [seat for seat in ("head", "mass-mobilisation", "front", "party", "handler-1")
            if may_see(who(f"21439-{seat}"), story.spot)] == ["head"]  # fmt: skip
    group = group_create(
        acting=who("21439-head"), hotspot=story.spot, name="Tổ công tác phường",
        document="01/QĐ-UBND", decided_on=day(11, 7), areas=[unit("21439-t01")], tasks="Nghe.",
    )  # fmt: skip
    seat = Position.objects.get(code="21439-mass-mobilisation")
    seats_decide(
        acting=who("21439-head"), hotspot=story.spot, document="01/QĐ-UBND",
        decided_on=day(11, 7), named=[Named(position=seat, part="group_head", group=group)],
    )  # fmt: skip
    visit_record(
        acting=who("21439-mass-mobilisation"), hotspot=story.spot, group=group, turns=12,
        area=unit("21439-t01"), on=day(11, 7), document="02/BB-TCT",
        concerns=[Raised(topic="economy", text="Bao giờ bốc thăm sạp?", answer="Ngày 20/7.")],
    )  # fmt: skip


def _market_moved(story: SimpleNamespace) -> None:
    plan = story.plans["21439"]
    with on(18, 9):
        done("21439-head", plan.tasks.get(title="Dời chợ"), 1)
        meeting = plan.meetings.get(period_to=day(30, 9))
        act("21439-mass-mobilisation", meeting, "hold", on=day(18, 9), present="Hai bên",
            document="07/BB", minutes="Đã bàn.")  # fmt: skip
        promise_given(meeting, "21439-head", "21439-ubnd", "Sơn lại vạch đường", day(31, 10))
    with on(30, 10):
        promise = Matter.objects.get(parent=meeting, kind="promise")
        act("21439-head", promise, "keep", report="Đã sơn.")
    with on(6, 10):
        done("21439-head", plan.tasks.get(title="Công khai"), 1)


def _model_recognised(story: SimpleNamespace) -> None:
    """The board of the ward appraises what the town's Front had registered."""
    with on(3, 11):
        row = story.model.outputs.get()
        with pytest.raises(NotAllowed):  # the Front of another ward is no heir of this model
            outputs_record(acting=who("21478-front"), model=story.model, achieved={row.pk: 1})
        outputs_record(acting=who("21439-front"), model=story.model, achieved={row.pk: 6})
        act("21439-front", story.model, "submit", results="Xóa cả sáu điểm rác.")
        for seat, part in BOARD_OF_APPRAISAL:
            juror_add(
                acting=who("21439-mass-mobilisation"), cycle=story.cycle, seat=part,
                position=Position.objects.get(code=f"21439-{seat}"),
            )  # fmt: skip
        act("21439-xdd-head", story.cycle, "convene", document="05/QĐ-BXDĐ")
        full = {one.key: one.most for one in criteria(2025)}
        for seat, _part in BOARD_OF_APPRAISAL[:3]:
            sheet_score(acting=who(f"21439-{seat}"), model=story.model, points=full)
        # The model of the town's Front is that of the ward's now: its head stands aside.
        with pytest.raises(MatterError):
            sheet_score(acting=who("21439-mttq-head"), model=story.model, points=full)
        conflict_declare(acting=who("21439-mttq-head"), model=story.model, ground="Cùng cơ quan.")
        act("21439-mass-mobilisation", story.model, "appraise")
        act("21439-xdd-head", story.model, "recognise", level="commune", document="12/QĐ",
            on=day(3, 11))  # fmt: skip
    story.model.refresh_from_db()
    assert story.model.state == "recognised"


def the_year_ends_in_all_five(story: SimpleNamespace) -> None:
    """The meeting of the last quarter is not held in four of them: a broken word that counts."""
    with on(11, 12):
        meeting = story.plans["21439"].meetings.get(period_to=day(31, 12))
        act("21439-mass-mobilisation", meeting, "hold", on=day(11, 12), present="Hai bên",
            document="09/BB", minutes="Đã bàn.")  # fmt: skip
        promise_given(
            meeting, "21439-head", "21439-ubnd", "Công bố lịch tiếp dân", day(15, 1, 2026)
        )
    story.finals = {}
    with on(31, 12):
        for code, plan in story.plans.items():
            story.finals[code] = review_adopted(
                plan, "final", f"{code}-handler-1", (f"{code}-xdd-head", f"{code}-head"),
                f"vn.51.{code}.",
            )  # fmt: skip
            assert plan_now(plan).state == "closed"
    found = story.finals["21439"].figures
    assert (found["tasks"]["all"], found["tasks"]["done"], len(found["carried"])) == (3, 2, 1)
    assert [found["duties"][key] for key in ("due", "kept", "late", "open")] == [3, 1, 2, 0]
    assert [found["promises"][key] for key in ("due", "kept", "late", "open")] == [1, 1, 0, 1]
    assert (found["meetings"]["owed"], found["meetings"]["held"]) == (2, 2)
    assert story.finals["21478"].figures["meetings"]["missing"] == 2


def many_years_are_assembled(story: SimpleNamespace) -> None:
    """Years from paper, the town's half and the ward's half, each with its source."""
    with on(5, 1, 2026):
        for year, tasks, kept in ((2023, 20, 18), (2024, 22, 20)):
            paper_year_add(
                acting=who("21439-mass-mobilisation"), unit=unit("21439-xdd"), year=year,
                source=f"Báo cáo tổng kết {year}, Ban Dân vận Thị ủy", tasks=tasks, done=kept,
                meetings=4,
            )  # fmt: skip
        years = years_of(unit("21439-xdd"), since=2022, until=2025)
    assert [(row.year, row.unit.code, row.tasks, row.done) for row in years.rows] == [
        (2023, "21439-xdd", 20, 18), (2024, "21439-xdd", 22, 20),
        (2025, "21439-xdd", 3, 2), (2025, "534-bdv", 6, 2),
    ]  # fmt: skip
    assert years.missing == [2022]
    # Three of the ward's tasks are the town's, carried on: each is counted once.
    assert (years.again, years.tasks, years.done) == (3, 48, 42)


def the_page_of_the_leaders_says_the_same(story: SimpleNamespace) -> None:
    """Page, brief, indicators and the promises behind each number, against the tables."""
    period, area = Period(FIRST_DAY, day(31, 12)), unit("21439")
    with on(5, 1, 2026):
        names = {"area": f"{WARD}%", "since": period.since, "until": period.until,
                 "today": clock.today()}  # fmt: skip
        counted = one(LEADERS, **names)
        found = dashboard(actor=who("21439-head"), area=area, period=period)
        brief = brief_of(found=found, unit=unit("21439-ubnd"), signer="CHỦ TỊCH")
        for block in found.blocks:
            sums = tuple(sum(row.numbers[at] for row in block.rows) for at in range(5))
            assert sums == counted, block.name
        for at, figure in enumerate(FIGURES):
            behind = duties_behind(area=area, period=period, figure=figure)
            assert behind is not None and behind.count() == counted[at]
        by_unit = {row.key: row.numbers for row in found.blocks[0].rows}
        assert by_unit == {row[0]: row[1:] for row in rows(LEADERS_BY_UNIT, **names)}
        states = {f"{row.kind}:{row.state}": row.count for row in found.plans or []}
        assert states == dict(rows(STATES, **names))
        indicators = {row.indicator.key: row.now for row in found.indicators}
        for key, query in INDICATORS.items():
            said = (indicators[key].numerator, indicators[key].denominator)
            assert said == one(query, **names), key
    due, kept, late, running, overdue = counted
    assert (due, late) > (0, 0)
    board = found.board
    assert (board.due, board.kept, board.late, board.open, board.overdue) == counted
    assert f"Trong kỳ có {due} nghĩa vụ đến hạn: {kept} đúng hạn, {late} trễ hạn" in brief.body[0]
    assert f"còn {running} nghĩa vụ đang thực hiện, trong đó {overdue} quá hạn" in brief.body[0]
    printed = {tuple(row[1:]) for row in brief.tables[0].rows}
    assert printed == {tuple(str(n) for n in numbers) for numbers in by_unit.values()}


def everybody_reads_what_became_of_it(story: SimpleNamespace, client: Client) -> None:
    """The plan of the town, its review and those of the ward are public; the hot spot is not."""
    final = story.finals["21439"]
    ward = story.plans["21439"]
    with on(5, 1, 2026):
        pages = {
            address: client.get(address).content.decode()
            for address in (
                f"/phoi-hop/{story.plan.code}/", f"/phoi-hop/{ward.code}/",
                f"/phoi-hop/bao-cao/{final.code}/", "/phoi-hop/nhieu-nam/?unit=21439-xdd",
                "/phoi-hop/?unit=534-bdv",
            )
        }  # fmt: skip
    assert "Thoát nước" in pages[f"/phoi-hop/{story.plan.code}/"]
    assert "Dời chợ" in pages[f"/phoi-hop/{ward.code}/"]
    assert final.code in pages["/phoi-hop/nhieu-nam/?unit=21439-xdd"]
    for address, page in pages.items():
        assert "Phối hợp chặt chẽ" in page or "bao-cao" not in address
        for hidden in (story.spot.title, story.spot.code, story.path.title, story.path.code):
            assert hidden not in page, address
