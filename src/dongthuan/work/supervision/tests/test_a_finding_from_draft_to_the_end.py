"""A recommendation: the board's own until certified and sent, answered in 15 days, followed up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection
from dongthuan.core.matters.selectors import matter_get
from dongthuan.core.people.actors import SYSTEM
from dongthuan.work.supervision.inspections import Seen, finding_create, finding_edit
from dongthuan.work.supervision.models import Finding
from dongthuan.work.supervision.tests.conftest import SEEN, SPOT, ZONE, act, sent

ANSWER = {"document": "20/UBND", "reply": "Sẽ khoan kiểm tra và làm lại."}


def test_until_it_is_sent_only_board_and_front_see_it(people: Any, finding: Finding) -> None:
    for stage in ((), ("submit",), ("certify",)):
        for step in stage:
            actor = people.front if step == "certify" else people.board
            act(actor, finding, step, **({"document": "5/XN"} if step == "certify" else {}))
        for name in ("head", "handler", "intake", "village_head", "other_head", "dvan"):
            assert matter_get(actor=people.actors[name], code=finding.code) is None
        for name in ("board", "front"):
            assert matter_get(actor=people.actors[name], code=finding.code) is not None
        public = Projection.objects.get(pk=finding.pk)
        assert (public.listed, public.body, public.search_text) == (False, "", "")
        assert "Bê tông" not in public.title
        assert not Entry.objects.filter(matter=finding, audience=0).exists()


def test_without_the_certificate_it_is_not_sent(people: Any, finding: Finding) -> None:
    for step in ((), ("submit",)):
        for name in step:
            act(people.board, finding, name)
        with pytest.raises(MatterError):
            act(people.board, finding, "send")
    assert not Duty.objects.filter(matter=finding).exists()


def test_sent_it_lies_with_the_office_and_is_public(people: Any, finding: Finding) -> None:
    found = sent(people, finding)
    assert (found.unit.code, found.path, found.rounds) == ("21439-ubnd", found.office.path, 1)
    assert matter_get(actor=people.head, code=finding.code) is not None
    public = Projection.objects.get(pk=finding.pk)
    assert public.listed
    assert "Bê tông" in public.body
    duty = Duty.objects.get(matter=finding)
    assert (duty.rule, duty.unit.code, duty.due_on) == (
        "dc.reply_supervision", "21439-ubnd", dt.date(2026, 11, 25),
    )  # fmt: skip


def test_fifteen_days_that_end_in_tet_end_after_it(people: Any, finding: Finding) -> None:
    act(people.board, finding, "submit")
    act(people.front, finding, "certify", document="5/XN")
    with clock.at(dt.datetime(2027, 1, 23, 9, tzinfo=ZONE)):
        act(people.board, finding, "send")
    duty = Duty.objects.get(matter=finding)
    # 7 February 2027 lies in the Tết holidays: the next working day counts (Civil Code, 148.5).
    assert duty.due_on > dt.date(2027, 2, 9)
    with clock.at(dt.datetime.combine(duty.due_on, dt.time(16), ZONE)):
        act(people.head, finding, "answer", answer="refused", **ANSWER)
    assert Duty.objects.get(matter=finding).state == "fulfilled"


def test_an_answer_a_day_late_stays_late(people: Any, finding: Finding) -> None:
    sent(people, finding)
    with clock.at(dt.datetime(2026, 11, 26, 8, tzinfo=ZONE)):
        found = act(people.handler, finding, "answer", answer="refused", **ANSWER)
    assert Duty.objects.get(matter=finding).state == "late"
    assert (found.state, found.days_taken) == ("refused", 16)


def test_what_is_accepted_becomes_a_promise_with_a_day(people: Any, finding: Finding) -> None:
    sent(people, finding)
    with pytest.raises(MatterError) as refused:
        act(people.head, finding, "answer", answer="accepted", **ANSWER)
    assert refused.value.field == "until"
    until = dt.date(2026, 12, 20)
    act(people.head, finding, "answer", answer="partly", until=until, **ANSWER)
    promise = Matter.objects.get(kind="promise", parent=finding)
    assert promise.next_due_on == until
    done = act(people.handler, finding, "finish", report="Đã làm lại 40 m.")
    promise.refresh_from_db()
    assert (promise.state, done.state) == ("kept", "done")
    assert act(people.board, finding, "confirm", reason="Đã đo lại").state == "confirmed"


def test_personal_data_in_the_answer_is_refused(people: Any, finding: Finding) -> None:
    sent(people, finding)
    with pytest.raises(MatterError) as refused:
        act(people.head, finding, "answer", answer="refused", document="1/UBND",
            reply="Gọi số 0905123456.")  # fmt: skip
    assert refused.value.field == "reply"
    assert Finding.objects.get(pk=finding.pk).state == "sent"


def test_not_satisfied_it_is_certified_and_sent_again(people: Any, finding: Finding) -> None:
    sent(people, finding)
    act(people.head, finding, "answer", answer="refused", **ANSWER)
    act(people.board, finding, "object", reason="Chưa kiểm tra")
    waits = act(people.board, finding, "again", recommendation="Khoan ba vị trí.")
    assert (waits.recommendation, waits.proposed) == (SEEN.recommendation, "Khoan ba vị trí.")
    act(people.front, finding, "certify", document="6/XN")
    found = act(people.board, finding, "send")
    assert (found.rounds, found.answer, found.recommendation) == (2, "", "Khoan ba vị trí.")
    assert Duty.objects.filter(matter=finding, state="open").count() == 1


@pytest.mark.parametrize(("day", "allowed"), [(25, False), (26, True)])
def test_unanswered_it_goes_further_once_the_term_is_over(
    people: Any, finding: Finding, day: int, allowed: bool
) -> None:
    sent(people, finding)
    given = {"to": "Thanh tra tỉnh", "measure": "handle", "reason": "Quá hạn trả lời"}
    with clock.at(dt.datetime(2026, 11, day, 9, tzinfo=ZONE)):
        if not allowed:
            with pytest.raises(MatterError):
                act(people.board, finding, "escalate", **given)
            return
        act(people.board, finding, "escalate", **given)
        found = act(people.front, finding, "certify_further", document="7/XN")
    assert (found.state, found.escalated_to) == ("escalated", "Thanh tra tỉnh")
    assert Duty.objects.get(matter=finding).state == "late"


def test_only_an_investment_board_proposes_to_suspend(people: Any, finding: Finding) -> None:
    sent(people, finding)
    with clock.at(dt.datetime(2026, 12, 1, 9, tzinfo=ZONE)), pytest.raises(MatterError) as refused:
        act(people.board, finding, "escalate", to="UBND tỉnh", measure="suspend", reason="Nứt")
    assert refused.value.field == "measure"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"what": " "}, "what"), ({"norm": ""}, "norm"), ({"grade": 9}, "grade"),
     ({"recommendation": ""}, "recommendation"), ({"what": "gọi 0905123456"}, "what")],
)  # fmt: skip
def test_an_incomplete_finding_is_not_written(
    people: Any, under_way: Any, change: Any, field: str
) -> None:
    given = {"what": SEEN.what, "norm": SEEN.norm, "grade": 3, "recommendation": "Làm lại"}
    with pytest.raises(MatterError) as refused:
        finding_create(
            acting=people.board, inspection=under_way, spot=SPOT, seen=Seen(**(given | change))
        )
    assert refused.value.field == field
    assert not Finding.objects.exists()


def test_a_draft_is_written_anew_and_nothing_else_is(people: Any, finding: Finding) -> None:
    other = Seen(what="Bê tông dày 11 cm.", norm="Bản vẽ 08", grade=2, recommendation="Kiểm tra")
    changed = finding_edit(acting=people.board, finding=finding, seen=other, version=1)
    assert (changed.what, changed.title, changed.version) == (other.what, other.what, 2)
    with pytest.raises(MatterError):
        finding_edit(acting=people.board, finding=finding, seen=SEEN, version=1)
    act(people.board, finding, "submit")
    with pytest.raises(MatterError):
        finding_edit(acting=SYSTEM, finding=finding, seen=SEEN, version=3)


def test_what_was_sent_stands_while_the_next_is_written(
    people: Any, finding: Finding, browser_of: Any
) -> None:
    sent(people, finding)
    act(people.head, finding, "answer", answer="refused", **ANSWER)
    act(people.board, finding, "object", reason="Chưa kiểm tra")
    act(people.board, finding, "again", recommendation="Vết chưa xác nhận.")
    back = act(people.front, finding, "send_back", reason="Viết rõ hơn")
    other = Seen(what="Khác hẳn", norm=SEEN.norm, grade=SEEN.grade, recommendation="Vết hai.")
    with pytest.raises(MatterError) as refused:
        finding_edit(acting=people.board, finding=finding, seen=other, version=back.version)
    assert refused.value.field == "what"
    same = Seen(what=SEEN.what, norm=SEEN.norm, grade=SEEN.grade, recommendation="Vết hai.")
    finding_edit(acting=people.board, finding=finding, seen=same, version=back.version)
    desk, portal = f"/ban-lam-viec/vu-viec/{finding.code}/", f"/giam-sat/kien-nghi/{finding.code}/"
    assert "Vết hai" in browser_of("front").get(desk).content.decode()
    for name, page in (("", portal), ("head", desk)):
        shown = browser_of(name).get(page).content.decode()
        assert SEEN.recommendation in shown
        assert "Vết hai" not in shown
        assert "Vết chưa" not in shown
    act(people.board, finding, "submit")
    act(people.front, finding, "certify", document="6/XN")
    act(people.board, finding, "send")
    assert "Vết hai" in browser_of().get(portal).content.decode()


def test_released_from_its_promise_the_office_is_not_out_of_reach(
    people: Any, finding: Finding
) -> None:
    sent(people, finding)
    act(people.head, finding, "answer", answer="accepted", until=dt.date(2026, 12, 20), **ANSWER)
    given = {"to": "Thanh tra tỉnh", "measure": "handle", "reason": "Không làm nữa"}
    with pytest.raises(MatterError):
        act(people.board, finding, "escalate", **given)
    promise = Matter.objects.get(kind="promise", parent=finding)
    act(people.head, promise, "release", reason="Hết kinh phí", document="30/UBND")
    assert act(people.board, finding, "escalate", **given).state == "escalating"
