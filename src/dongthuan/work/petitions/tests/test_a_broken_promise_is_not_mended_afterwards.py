"""Prolonging, suspending, reopening, publishing: what officials may not do to a promise."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Matter, Projection
from dongthuan.core.matters.selectors import MatterFilter, matter_list
from dongthuan.core.matters.services import matter_act, matter_assign
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.services import petitioner_reply
from dongthuan.work.petitions.tests.paths import answers, matter_in, walk_steps


def later(matter: Matter, days: int) -> Any:
    return clock.at(clock.now() + dt.timedelta(days=days))


@pytest.mark.parametrize("kind", ["complaint", "feedback", "recommendation"])
def test_nothing_is_prolonged_after_its_day(people: Any, submit: Any, kind: str) -> None:
    matter = matter_in(people, submit, kind, "accepted")
    due = list(Duty.objects.filter(matter=matter, state="open").values_list("rule", "due_on"))
    with later(matter, 120), pytest.raises(MatterError, match="Thời hạn đã qua"):
        walk_steps(people, matter, ("extend",), {})
    assert (
        list(Duty.objects.filter(matter=matter, state="open").values_list("rule", "due_on")) == due
    )


def test_suspending_does_not_hide_what_is_overdue(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "accepted")
    with later(matter, 120):
        walk_steps(people, matter, ("suspend",), {})
        assert Duty.objects.get(matter=matter, rule="kn.settle1").state == "open"
        page = matter_list(actor=people.head, wanted=MatterFilter(view="overdue"))
        assert [row.pk for row in page.rows] == [matter.pk]


def test_a_second_complaint_goes_up_only(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "decided")
    step_answers = {"to": Unit.objects.get(code="21478-ubnd")}
    with pytest.raises(MatterError, match="cấp trên"):
        walk_steps(people, matter, ("second_level",), {"second_level": step_answers})
    walk_steps(people, matter, ("second_level",), {})
    assert Matter.objects.get(parent=matter).unit.code == "51-ubnd"


def test_reopening_takes_back_the_public_answer_and_starts_the_clock_anew(
    people: Any, submit: Any
) -> None:
    matter = matter_in(people, submit, "complaint", "closed")
    assert Projection.objects.get(pk=matter.pk).listed
    walk_steps(people, matter, ("reopen",), {})
    public = Projection.objects.get(pk=matter.pk)
    assert (public.listed, public.answer, public.body) == (False, "", "")
    running = set(Duty.objects.filter(matter=matter, state="open").values_list("rule", flat=True))
    assert running == {"xld.process", "kn.accept"}


def test_a_day_in_the_future_is_refused(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "decided")
    tomorrow = clock.today() + dt.timedelta(days=1)
    with pytest.raises(MatterError, match="chưa đến"):
        walk_steps(people, matter, ("send",), {"send": {"sent_on": tomorrow}})


@pytest.mark.parametrize(
    "text",
    [
        "Bà con gọi số 0912 345 678 để được giải thích.",
        "Căn cước 051095012345 đã được đối chiếu.",
        "Liên hệ qua nguoidan@vidu.vn khi cần.",
        "Hỗ trợ chuyển vào số tài khoản 1903 4567 8901.",
        "Bà NGUYEN THI THU đã nhận được trả lời.",
    ],
)
def test_personal_data_is_not_published(people: Any, submit: Any, text: str) -> None:
    matter = matter_in(people, submit, "feedback", "decided")
    matter.submissions.first().citizen.__class__.objects.update(name="Nguyễn Thị Thu")
    with pytest.raises(MatterError, match="dữ liệu cá nhân"):
        walk_steps(people, matter, ("publish",), {"publish": {"public_answer": text}})
    assert not Projection.objects.get(pk=matter.pk).listed


def test_amounts_documents_and_plots_are_no_personal_data(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "feedback", "decided")
    text = "Theo Quyết định 58/QĐ-UBND, hỗ trợ 120.000.000 đồng cho thửa 215, tờ bản đồ 12."
    walk_steps(people, matter, ("publish",), {"publish": {"public_answer": text}})
    assert Projection.objects.get(pk=matter.pk).answer == text


def test_a_reply_of_the_petitioner_is_seen_until_somebody_acts(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "feedback", "closed")
    submission = matter.submissions.get()
    petitioner_reply(
        submission=submission, acting=people.citizen, text="Nắp cống lại vỡ như trước."
    )
    wrote = MatterFilter(view="replied")
    assert [row.pk for row in matter_list(actor=people.head, wanted=wrote).rows] == [matter.pk]
    reopen = answers(_step(matter, "reopen"), matter)
    matter_act(acting=people.head, matter_id=matter.pk, step_name="reopen", data=reopen)
    assert matter_list(actor=people.head, wanted=wrote).rows == []


def test_the_name_of_an_account_is_not_told_by_a_refusal(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "feedback", "accepted")
    stranger = people.accounts["front"]
    with pytest.raises(MatterError) as refused:
        matter_assign(acting=people.intake, matter_id=matter.pk, account=stranger)
    assert stranger.name not in str(refused.value)


def _step(matter: Matter, name: str) -> Any:
    from dongthuan.core.matters.kinds import kind_of

    return kind_of(matter.kind).step(name)
