"""The first half of the year: the town's plan, its work, its reviews, its last day."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Position
from dongthuan.work.coordination.events import inspection_create
from dongthuan.work.coordination.listing import Given, line_add
from dongthuan.work.coordination.planning import (
    clause_add,
    clause_edit,
    comment_add,
    comment_answer,
    ground_add,
    plan_create,
)
from dongthuan.work.dialogues.questions import End, question_add, question_settle
from dongthuan.work.dialogues.services import dialogue_create
from dongthuan.work.directives.models import Order
from dongthuan.work.directives.services import Ordered, Written, directive_create
from dongthuan.work.emulation.services import (
    Promised,
    Registration,
    cycle_open,
    model_register,
)
from dongthuan.work.hotspots.contact import Given as Word
from dongthuan.work.hotspots.contact import Raised, visit_record
from dongthuan.work.hotspots.services import Named, group_create, hotspot_create, seats_decide
from dongthuan.work.notes.services import Told, note_send
from dongthuan.work.notes.situation import situation_create, situation_edit
from dongthuan.work.recommendations.services import Said, recommendation_create
from tests.duc_pho import (
    LAST_DAY,
    act,
    day,
    done,
    on,
    petition_sent,
    plan_now,
    promise_given,
    review_adopted,
    review_said,
    sign,
    unit,
    walk,
    who,
)

TOWN = "vn.51.534."
OFFICER, PARTNER_HEAD = "534-mass-mobilisation", "534-bdv-head"
HANDLER, CHAIR = "534-handler", "534-head"


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
            promise_given(meeting, PARTNER_HEAD, "534-ubnd", what, due_on)
            for what, due_on in (("Sửa bảng tin", day(29, 4)), ("Lắp biển báo", day(15, 5)))
        )
    with on(22, 4):
        act(CHAIR, story.kept, "keep", report="Đã sửa.")
    with on(3, 6):
        act(CHAIR, story.late, "keep", report="Đã lắp, muộn vì chờ vật tư.")


def _petition_settled_in_time() -> None:
    with on(3, 2):
        matter = petition_sent("534-21439", "Nắp cống đầu ngõ bị vỡ, xin thay nắp mới.")
        walk("534-21439-head", matter, "register", "classify", "examine", "accept")
    with on(10, 2):
        walk("534-21439-head", Matter.objects.get(pk=matter.pk), "answer", "publish", "close")


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
    _dialogue_left_open(story)
    _hot_spot(story)
    _model(story)
    with on(16, 4):
        late = petition_sent("534-21478", "Mương thoát nước tắc, nước tràn vào nhà.")
        walk("534-21478-head", late, "register", "classify", "examine", "accept")
    with on(20, 6):
        walk("534-21478-head", Matter.objects.get(pk=late.pk), "answer", "publish", "close")
    with on(24, 6):
        story.petition = petition_sent("534-21439", "Đèn đường trước trường học tắt đã lâu.")
        walk("534-21439-head", story.petition, "register")
    with on(25, 6):
        story.note = note_send(
            acting=who("534-front"), sender=unit("534-mttq"), receiver=unit("534-ubnd"),
            told=Told(topic="land", facts="Nhiều hộ hỏi tiến độ cấp đổi giấy chứng nhận.",
                      source="meeting", learnt_on=day(25, 6)),
        )  # fmt: skip
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


def _dialogue_left_open(story: SimpleNamespace) -> None:
    """Held three days before the end: a question and the conclusion are still owed."""
    with on(9, 6):
        made = dialogue_create(
            acting=who(HANDLER), host=Position.objects.get(code=CHAIR), sort="thematic",
            time="8:00", theme="Đối thoại về bàn giao", on=day(27, 6), venue="Hội trường",
            agenda="Sắp xếp đơn vị hành chính.",
        )  # fmt: skip
        act(HANDLER, made, "announce", means="both", document="120/TB-UBND")
    with on(27, 6):
        story.question = question_add(
            acting=who(HANDLER), dialogue=made, channel="spoken",
            text="Sau ngày 1/7 hồ sơ đất nộp ở đâu?",
        )  # fmt: skip
        story.last_dialogue = act(
            HANDLER, made, "hold", chair="self", present=40, minutes="Biên bản."
        )


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
    fields = (
        "situation", "goal", "content", "beneficiaries", "forces", "resources", "timeline",
        "replication",
    )  # fmt: skip
    words = dict.fromkeys(fields, "Mỗi ngõ tự quản một đoạn.")
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
        review_adopted(story.plan, "midterm", HANDLER, (CHAIR, PARTNER_HEAD), TOWN)
    with on(10, 6):
        act(OFFICER, made, "inspect", on=day(10, 6), findings="Niêm yết còn thiếu.")
    with on(12, 6):
        act(OFFICER, made, "result", report="Đã bổ sung.", document="05/BC")
        story.inspection = inspection_create(
            acting=who(OFFICER), plan=plan_now(story.plan), day=day(26, 6),
            targets=[unit("534-mttq")], content="Sổ sách bàn giao.",
        )  # fmt: skip
        meeting = story.plan.meetings.get(period_to=LAST_DAY)
        act(OFFICER, meeting, "hold", on=day(12, 6), present="Hai bên", document="06/BB",
            minutes="Đã bàn việc bàn giao.")  # fmt: skip
        story.shade = promise_given(meeting, CHAIR, "534-ubnd", "Trồng cây ở chợ mới", day(15, 8))
    assert plan_now(story.plan).state == "midterm"


def the_town_ends(story: SimpleNamespace) -> None:
    with on(25, 6):
        done(HANDLER, story.tasks["Đơn đã giải quyết"])
        with pytest.raises(MatterError):
            done(HANDLER, story.tasks["Đơn đúng hạn"])
    with on(30, 6):
        review = review_adopted(story.plan, "final", OFFICER, (PARTNER_HEAD, CHAIR), TOWN)
    found = review.figures
    assert (found["tasks"]["all"], found["tasks"]["done"], len(found["carried"])) == (6, 2, 4)
    assert [found["promises"][key] for key in ("due", "kept", "late", "open")] == [2, 1, 1, 1]
    assert (found["meetings"]["owed"], found["meetings"]["in_time"]) == (2, 2)
    assert review_said(found)["bound"]["petitions.settled"] == [2, 3]
    assert review_said(found)["inspections"] == [2, 1, 1, 1]
    assert plan_now(story.plan).state == "closed"
    with on(1, 7):
        assert not who(CHAIR).scopes
        with pytest.raises(NotAllowed):
            act(CHAIR, story.shade, "keep", report="Đã trồng.")
