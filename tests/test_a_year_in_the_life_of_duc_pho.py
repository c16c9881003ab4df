"""A year of Đức Phổ, 2025, from the signed plan to the final reviews, across 1 July.

The town and its mass-mobilisation committee promise each other and the people what they will do;
on 30 June the town ends; its five successors carry on what is open. Each review's numbers are
counted a second time, by SQL that knows nothing of the system (`tests/duc_pho.py`).
"""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.handing import matters_hand_over
from dongthuan.core.matters.models import Duty, Matter, MatterLink
from dongthuan.core.people.actors import ANONYMOUS
from dongthuan.core.units.models import Position
from dongthuan.insight.leadership.brief import brief_of, tables_of
from dongthuan.insight.leadership.counting import Period, duties_behind
from dongthuan.insight.leadership.selectors import dashboard
from dongthuan.work.coordination.carrying import plan_hand_over
from dongthuan.work.coordination.events import event_promise, inspection_create
from dongthuan.work.coordination.history import paper_year_add, years_of
from dongthuan.work.coordination.listing import Given, line_add
from dongthuan.work.coordination.models import CoordinationPlan, PlanReview
from dongthuan.work.coordination.planning import (
    clause_add,
    clause_edit,
    comment_add,
    comment_answer,
    ground_add,
    plan_create,
)
from dongthuan.work.coordination.reviewing import review_create, review_edit
from dongthuan.work.dialogues.questions import End, question_add, question_settle
from dongthuan.work.dialogues.services import dialogue_create
from dongthuan.work.directives.models import Order
from dongthuan.work.directives.services import Ordered, Written, directive_create
from dongthuan.work.emulation.appraising import conflict_declare, sheet_score
from dongthuan.work.emulation.scoring import criteria
from dongthuan.work.emulation.services import (
    Promised,
    Registration,
    cycle_open,
    juror_add,
    model_register,
    outputs_record,
)
from dongthuan.work.hotspots.contact import Given as Word
from dongthuan.work.hotspots.contact import Raised, visit_record
from dongthuan.work.hotspots.services import Named, group_create, hotspot_create, seats_decide
from dongthuan.work.notes.services import Told, note_send
from dongthuan.work.notes.situation import situation_create, situation_edit
from dongthuan.work.petitions.services import Sender, submission_create
from dongthuan.work.recommendations.services import Said, recommendation_create
from tests.duc_pho import (
    FIRST_DAY,
    LAST_DAY,
    LEADERS,
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
    review_counted,
    review_said,
    rows,
    seats_add,
    sign,
    unit,
    walk,
    who,
)

TOWN, WARD = "vn.51.534.", "vn.51.21439."
OFFICER, PARTNER_HEAD = "534-mass-mobilisation", "534-bdv-head"
HANDLER, CHAIR = "534-handler", "534-head"
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


def test_a_year_in_the_life_of_duc_pho(story: SimpleNamespace) -> None:
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


# -- the town -------------------------------------------------------------------------------------


def the_plan_of_the_town_is_signed_by_both_sides(story: SimpleNamespace) -> None:
    with on(8, 1):
        plan = plan_create(
            acting=who(OFFICER), partner=unit("534-bdv"), year=2025, theme="Năm gần dân",
            economic_plan="Nghị quyết HĐND thị xã",
        )  # fmt: skip
        ground_add(
            acting=who(HANDLER), plan=plan, number="1856-QĐ/TU", issued_on=day(25, 9, 2013),
            issuer="Thị ủy Đức Phổ", title="Quy chế phối hợp",
        )  # fmt: skip
        clause = clause_add(
            acting=who(OFFICER), plan=plan, section=3, content=5, text="Tiếp dân, đối thoại."
        )
        for given in _tasks_of_the_town():
            line_add(acting=who(OFFICER), plan=plan, given=given)
        act(OFFICER, plan, "exchange")
    with on(13, 1):
        comment = comment_add(acting=who(HANDLER), clause=clause, text="Ghi rõ lịch tiếp dân.")
        with pytest.raises(MatterError):
            act(HANDLER, plan, "agree")
    with on(15, 1):
        clause_edit(acting=who(OFFICER), clause=clause, text="Tiếp dân thứ Năm hằng tuần.")
        comment_answer(acting=who(OFFICER), comment=comment, outcome="taken")
        act(OFFICER, plan, "agree")
        act(HANDLER, plan, "agree")
    with on(20, 1):
        sign(plan, PARTNER_HEAD)
        with pytest.raises(MatterError):
            sign(plan, PARTNER_HEAD)
        sign(plan, CHAIR)
    story.plan = plan_now(plan)
    story.tasks = {task.title: task for task in story.plan.tasks.all()}
    assert (story.plan.state, story.plan.ends_on) == ("in_force", LAST_DAY)
    assert (len(story.tasks), story.plan.meetings.count()) == (6, 2)


def _tasks_of_the_town() -> tuple[Given, ...]:
    office, partner = unit("534-ubnd"), unit("534-bdv")
    typed = {"indicator": "Số việc", "measure": "việc", "target": Decimal(1)}
    return (
        Given(content=5, title="Đơn đúng hạn", lead=office, due_on=day(25, 6),
              bound="petitions.on_time", target=Decimal(90)),
        Given(content=5, title="Đơn đã giải quyết", lead=office, due_on=day(27, 6),
              bound="petitions.settled", target=Decimal(50)),
        Given(content=6, title="Đối thoại", lead=partner, due_on=day(30, 5), **typed),
        Given(content=6, title="Dời chợ", lead=office, due_on=LAST_DAY, place=unit("534-21439"),
              **typed),
        Given(content=6, title="Thoát nước", lead=office, due_on=day(15, 5),
              place=unit("534-21478"), **typed),
        Given(content=4, title="Công khai", lead=office, due_on=day(26, 6), **typed),
    )  # fmt: skip


def the_first_quarter(story: SimpleNamespace) -> None:
    """A directive, a settled petition, a note merged into a situation note, a meeting's word."""
    with on(10, 2):
        made = directive_create(
            acting=who(HANDLER), issuer=unit("534-ubnd"), serves=story.plan.code,
            written=Written(
                type="CT", abstract="Về công tác dân vận chính quyền", signer_title="CHỦ TỊCH",
                signer_name="Nguyễn Thị Lan",
                lines=[
                    Ordered(what="Niêm yết lịch tiếp dân.", due_on=day(10, 3),
                            units=[unit("534-21439-ubnd")]),
                    Ordered(what="Nạo vét mương thoát nước.", due_on=day(11, 8),
                            units=[unit("534-21478-ubnd")]),
                ],
            ),
        )  # fmt: skip
        story.directive = act(CHAIR, made, "issue")
    orders = {order.unit.code: order for order in Order.objects.filter(parent=made)}
    story.order = orders["534-21478-ubnd"]
    with on(12, 2):
        act("534-21439-head", orders["534-21439-ubnd"], "acknowledge")
        act("534-21478-head", story.order, "acknowledge")
    with on(3, 3):
        act("534-21439-head", orders["534-21439-ubnd"], "report", done_on=day(3, 3),
            report="Đã niêm yết tại trụ sở.")  # fmt: skip
    with on(5, 3):
        act(HANDLER, orders["534-21439-ubnd"], "confirm")
    _petition_settled_in_time()
    _note_and_situation(story)
    with on(20, 3):
        meeting = story.plan.meetings.get(period_to=day(31, 3))
        act(OFFICER, meeting, "hold", on=day(20, 3), present="Hai bên", document="03/BB",
            minutes="Đã bàn việc quý I.")  # fmt: skip
        story.kept, story.late = (
            _promise(meeting, PARTNER_HEAD, "534-ubnd", what, due_on)
            for what, due_on in (("Sửa bảng tin", day(29, 4)), ("Lắp biển báo", day(15, 5)))
        )
    with on(22, 4):
        act(CHAIR, story.kept, "keep", report="Đã sửa.")
    with on(3, 6):
        act(CHAIR, story.late, "keep", report="Đã lắp, muộn vì chờ vật tư.")


def _petition_settled_in_time() -> None:
    with on(3, 2):
        matter = _petition("534-21439", "Nắp cống đầu ngõ bị vỡ, xin thay nắp mới.")
        walk("534-21439-head", matter, "register", "classify", "examine", "accept")
    with on(10, 2):
        walk("534-21439-head", Matter.objects.get(pk=matter.pk), "answer", "publish", "close")


def _petition(place: str, text: str) -> Matter:
    return submission_create(
        acting=ANONYMOUS, place=unit(place), text=text, channel="web",
        sender=Sender(name="Nguyễn Thị Thử", email="thu@vidu.vn"),
    ).matter  # fmt: skip


def _promise(event: Any, seat: str, body: str, what: str, due_on: Any) -> Matter:
    event.refresh_from_db()
    return event_promise(
        acting=who(seat), event=event, unit=unit(body), what=what, due_on=due_on, document="04/TB"
    )


def _note_and_situation(story: SimpleNamespace) -> None:
    with on(12, 3):
        note = note_send(
            acting=who("534-front"), sender=unit("534-mttq"), receiver=unit("534-ubnd"),
            told=Told(topic="economy", facts="Tiểu thương lo chỗ đỗ xe ở chợ mới.",
                      source="meeting", learnt_on=day(11, 3)),
        )  # fmt: skip
        # Sent to be read by all partners, the mass-mobilisation committee among them.
        act(HANDLER, note, "acknowledge")
    with on(14, 3):
        act(HANDLER, note, "answer", handling="settles", reply="Mở bãi đỗ xe phía sau chợ.")
    with on(2, 4):
        made = situation_create(
            acting=who(OFFICER), author=unit("534-bdv"), period="month", year=2025, number=3,
            receivers=[unit("534-ubnd")], keys=["notes.exchanged"],
        )  # fmt: skip
        assert made.sections.count() == 1
        situation_edit(
            acting=who(OFFICER), note=made, version=None, keys=["notes.exchanged"],
            assessment="Tình hình ổn định.", outlook="Chợ sắp dời.", proposals="Công khai lịch.",
        )  # fmt: skip
        act(PARTNER_HEAD, made, "adopt")
        story.situation = act(OFFICER, made, "send", document="15-BC/BDV")


def the_second_quarter(story: SimpleNamespace) -> None:
    _recommendations(story)
    _dialogue(story)
    _hot_spot(story)
    _model(story)
    with on(16, 4):
        late = _petition("534-21478", "Mương thoát nước tắc, nước tràn vào nhà.")
        walk("534-21478-head", late, "register", "classify", "examine", "accept")
    with on(20, 6):
        walk("534-21478-head", Matter.objects.get(pk=late.pk), "answer", "publish", "close")
    with on(24, 6):
        story.petition = _petition("534-21439", "Đèn đường trước trường học tắt đã lâu.")
        walk("534-21439-head", story.petition, "register")
    with on(27, 5):
        done(OFFICER, story.tasks["Đối thoại"], 1)
    with on(12, 5):
        act(HANDLER, story.tasks["Thoát nước"], "obstacle", obstacle="Chưa có mặt bằng.")


def _recommendations(story: SimpleNamespace) -> None:
    said = Said(addressee=unit("534-ubnd"), content="Đề nghị niêm yết danh sách hộ được hỗ trợ.")
    with on(2, 4):
        row = recommendation_create(
            acting=who("534-front"), body=unit("534-mttq"), source="front", said=said
        )
        act("534-front", row, "send", document="15/KN")
    with on(10, 4):
        act(CHAIR, row, "answer", answer="accepted", reply="Tiếp thu.", reason="",
            until=day(16, 5), document="88/UBND")  # fmt: skip
    with on(15, 5):
        act(CHAIR, row, "finish", report="Đã niêm yết.")
    with on(19, 5):
        story.answered = act("534-front", row, "confirm", verdict="Đã đi xem, đúng.")
    with on(16, 6):
        said = Said(addressee=unit("534-ubnd"), content="Đề nghị lắp đèn đoạn chợ đến trường.")
        row = recommendation_create(
            acting=who("534-front"), body=unit("534-mttq"), source="front", said=said
        )
        story.recommended = act("534-front", row, "send", document="22/KN")


def _dialogue(story: SimpleNamespace) -> None:
    with on(7, 4):
        made = dialogue_create(
            acting=who(HANDLER), host=Position.objects.get(code=CHAIR), sort="group", time="8:00",
            theme="Đối thoại với tiểu thương", on=day(28, 4), venue="Hội trường thị xã",
            agenda="Sắp xếp quầy hàng.", partners=[unit("534-mttq")],
        )  # fmt: skip
        act(HANDLER, made, "announce", means="both", document="98/TB-UBND")
    with on(28, 4):
        question = question_add(
            acting=who(HANDLER), dialogue=made, channel="spoken",
            text="Bao giờ dãy hàng rau có mái che?",
        )  # fmt: skip
        end = End(outcome="promised", answer="Lợp mái che dãy hàng rau.", due_on=day(31, 7))
        story.roof = question_settle(acting=who(HANDLER), question=question, end=end).matter
        act(CHAIR, made, "hold", chair="self", present=86, minutes="Biên bản.")
    with on(5, 5):
        story.dialogue = act(CHAIR, made, "conclude", document="103/TB-UBND",
                             conclusion="Giao các phòng thực hiện đúng hạn.")  # fmt: skip


def _hot_spot(story: SimpleNamespace) -> None:
    with on(6, 5):
        spot = hotspot_create(
            acting=who(CHAIR), place=unit("534"), title="Dời chợ Đức Phổ cũ", topic="economy",
            about="Tiểu thương lo về vị trí sạp.",
        )  # fmt: skip
        group = group_create(
            acting=who(CHAIR), hotspot=spot, name="Tổ công tác số 1", document="02/QĐ-BCĐ",
            decided_on=day(6, 5), areas=[unit("534-21439")], tasks="Nghe và trả lời.",
        )  # fmt: skip
        seats_decide(
            acting=who(CHAIR), hotspot=spot, document="02/QĐ-BCĐ", decided_on=day(6, 5),
            named=[Named(position=Position.objects.get(code=OFFICER), part="group_head",
                         group=group)],
        )  # fmt: skip
        act(CHAIR, spot, "report", situation="Nhiều tiểu thương hỏi.", done="Đã xuống chợ.",
            next="Tiếp tục.")  # fmt: skip
    with on(9, 5):
        visit_record(
            acting=who(OFFICER), hotspot=spot, group=group, area=unit("534-21439"),
            on=day(9, 5), turns=32, document="01/BB-TCT",
            concerns=[Raised(topic="economy", text="Giá thuê sạp có tăng không?",
                             answer="Giữ như chợ cũ.")],
            promises=[Word(what="Mở lối phía đông", unit=unit("534-ubnd"), due_on=day(18, 7))],
        )  # fmt: skip
    story.spot = spot
    story.path = spot.children.get(kind="promise")


def _model(story: SimpleNamespace) -> None:
    words = {name: "Mỗi ngõ tự quản một đoạn." for name in (
        "situation", "goal", "content", "beneficiaries", "forces", "resources", "timeline",
        "replication")}  # fmt: skip
    with on(3, 3):
        story.cycle = cycle_open(
            acting=who(OFFICER), lead=unit("534-bdv"), year=2025, register_until=day(31, 3),
            midyear_until=day(30, 7), appraise_until=day(30, 11),
        )  # fmt: skip
        story.model = model_register(
            acting=who("534-front"), cycle=story.cycle, registrant=unit("534-mttq"),
            registration=Registration(
                name="Tuyến đường không rác", field="culture", sort="collective",
                outputs=(Promised(what="Điểm rác đã xóa", measure="điểm", target=6),), **words,
            ),
        )  # fmt: skip
    with on(31, 3):
        act(OFFICER, story.cycle, "close", document="02/KH-BDV")
        act(OFFICER, story.model, "guide", guidance="Đếm số điểm rác trước và sau.")
        act("534-front", story.model, "begin", on=day(31, 3))


def the_town_reviews_its_half_year(story: SimpleNamespace) -> None:
    """The second meeting, and a mid-term review whose numbers are those of SQL."""
    with on(5, 6):
        made = inspection_create(
            acting=who(OFFICER), plan=plan_now(story.plan), day=day(10, 6),
            targets=[unit("534-ubnd")], content="Niêm yết thủ tục.",
        )  # fmt: skip
        _reviewed(story.plan, "midterm", HANDLER, (CHAIR, PARTNER_HEAD), TOWN)
    with on(10, 6):
        act(OFFICER, made, "inspect", on=day(10, 6), findings="Niêm yết còn thiếu.")
    with on(12, 6):
        act(OFFICER, made, "result", report="Đã bổ sung.", document="05/BC")
        meeting = story.plan.meetings.get(period_to=LAST_DAY)
        act(OFFICER, meeting, "hold", on=day(12, 6), present="Hai bên", document="06/BB",
            minutes="Đã bàn việc bàn giao.")  # fmt: skip
        story.shade = _promise(meeting, CHAIR, "534-ubnd", "Trồng cây ở chợ mới", day(15, 8))
    assert plan_now(story.plan).state == "midterm"


def _reviewed(
    plan: CoordinationPlan, sort: str, seat: str, heads: tuple[str, str], area: str
) -> PlanReview:
    """Written, fixed, equal to the independent count, signed by both."""
    review = review_create(acting=who(seat), plan=plan_now(plan), sort=sort)
    review_edit(
        acting=who(seat), review=review, results="Phối hợp chặt chẽ.", ahead="Làm tiếp việc dở."
    )
    act(seat, review, "settle")
    review.refresh_from_db()
    counted, said = review_counted(review, area), review_said(review.figures)
    counted["bound"] = {key: counted["bound"][key] for key in said["bound"]}
    assert said == counted
    sign(review, *heads)
    review.refresh_from_db()
    assert review.state == "adopted"
    return review


# -- 30 June and 1 July ---------------------------------------------------------------------------


def the_town_ends(story: SimpleNamespace) -> None:
    with on(25, 6):
        done(HANDLER, story.tasks["Đơn đã giải quyết"])
        with pytest.raises(MatterError):
            done(HANDLER, story.tasks["Đơn đúng hạn"])
    with on(30, 6):
        review = _reviewed(story.plan, "final", OFFICER, (PARTNER_HEAD, CHAIR), TOWN)
    found = review.figures
    assert (found["tasks"]["all"], found["tasks"]["done"], len(found["carried"])) == (6, 2, 4)
    assert [found["promises"][key] for key in ("due", "kept", "late", "open")] == [2, 1, 1, 1]
    assert (found["meetings"]["owed"], found["meetings"]["in_time"]) == (2, 2)
    assert review_said(found)["bound"]["petitions.settled"] == [2, 3]
    assert plan_now(story.plan).state == "closed"
    with on(1, 7):
        assert not who(CHAIR).scopes
        with pytest.raises(NotAllowed):
            act(CHAIR, story.shade, "keep", report="Đã trồng.")


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


def _market_moved(story: SimpleNamespace) -> None:
    plan = story.plans["21439"]
    with on(18, 9):
        done("21439-head", plan.tasks.get(title="Dời chợ"), 1)
        meeting = plan.meetings.get(period_to=day(30, 9))
        act("21439-mass-mobilisation", meeting, "hold", on=day(18, 9), present="Hai bên",
            document="07/BB", minutes="Đã bàn.")  # fmt: skip
        _promise(meeting, "21439-head", "21439-ubnd", "Sơn lại vạch đường", day(31, 10))
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
        _promise(meeting, "21439-head", "21439-ubnd", "Công bố lịch tiếp dân", day(15, 1, 2026))
    story.finals = {}
    with on(31, 12):
        for code, plan in story.plans.items():
            story.finals[code] = _reviewed(
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


def the_page_of_the_leaders_says_the_same(story: SimpleNamespace) -> None:
    """Page, brief and the promises behind each number, against the tables."""
    period = Period(FIRST_DAY, day(31, 12))
    with on(5, 1, 2026):
        names = {"area": f"{WARD}%", "since": period.since, "until": period.until,
                 "today": clock.today()}  # fmt: skip
        counted = one(LEADERS, **names)
        found = dashboard(actor=who("21439-head"), area=unit("21439"), period=period)
        for block in found.blocks:
            sums = tuple(sum(row.numbers[at] for row in block.rows) for at in range(5))
            assert sums == counted, block.name
        for at, figure in enumerate(("due", "kept", "late", "open", "overdue")):
            behind = duties_behind(area=unit("21439"), period=period, figure=figure)
            assert behind is not None and behind.count() == counted[at]
        states = {f"{row.kind}:{row.state}": row.count for row in found.plans or []}
        assert states == dict(rows(STATES, **names))
        brief = brief_of(found=found, unit=unit("21439-ubnd"), signer="CHỦ TỊCH")
        assert brief.tables == tables_of(found)
        assert any(str(counted[0]) in cell for row in brief.tables[0].rows for cell in row)
        # The hot spot, and what was promised in it, is in no number.
        assert not Duty.objects.filter(matter=story.spot, matter__level__lt=3).exists()
