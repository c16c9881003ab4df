"""The declared thresholds, each from both sides, and the review that the night opens."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Duty, Level, Matter, MatterLink, Projection
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.units.models import Unit
from dongthuan.work.reviews.models import CaseReview
from dongthuan.work.reviews.rules import reasons_of, to_review
from dongthuan.work.reviews.services import owner_of, review_open, reviews_open

FRESH = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)


def why(matter: Any) -> list[str]:
    row = to_review(path="vn.").filter(pk=matter.pk).first()
    return [] if row is None else reasons_of(row)


@pytest.fixture
def fresh(submit: Any) -> Any:
    with clock.at(FRESH):
        return submit("Đèn đường đầu hẻm tắt hai đêm nay, xin sửa.").matter


def entered(matter: Any, act: str, before: str, after: str) -> None:
    entry_append(
        matter=matter, act=act, acting=SYSTEM, audience=Audience.OFFICIAL, before=before,
        after=after,
    )  # fmt: skip


def test_a_new_matter_is_under_no_rule(fresh: Any) -> None:
    assert why(fresh) == []


@pytest.mark.parametrize(("age", "long"), [(60, False), (61, True)])
def test_longer_than_twice_its_main_term(submit: Any, age: int, long: bool) -> None:
    today = clock.today()
    with clock.at(clock.noon(today - dt.timedelta(days=age))):
        matter = submit("Đường vào tổ dân phố sạt lở sau mưa.").matter
    Duty.objects.filter(matter=matter).update(
        anchor_at=matter.opened_at, due_on=today - dt.timedelta(days=age - 30)
    )
    assert why(matter) == (["term"] if long else [])


@pytest.mark.parametrize(("day", "long"), [(23, False), (22, True)])
def test_more_than_six_months_open(submit: Any, day: int, long: bool) -> None:
    with clock.at(clock.noon(dt.date(2026, 5, day))):
        matter = submit("Hộ dân xin cấp nước sạch.").matter
    Duty.objects.filter(matter=matter).update(due_on=dt.date(2026, 11, 1))
    assert why(matter) == (["months"] if long else [])


def test_twice_prolonged_once_reopened(fresh: Any) -> None:
    entered(fresh, "feedback.extend", "accepted", "accepted")
    assert why(fresh) == []
    entered(fresh, "feedback.extend", "accepted", "accepted")
    assert why(fresh) == ["extended"]
    entered(fresh, "feedback.reopen", "contested", "examined")
    assert why(fresh) == ["extended", "reopened"]


def test_brought_to_another_body_too_and_by_a_large_group(submit: Any) -> None:
    with clock.at(FRESH):
        four = submit("Xin sắp xếp lại chỗ bán ở chợ mới.").matter
        five = submit("Xin giữ bãi tập kết rác xa nhà dân.").matter
        twice = submit("Xin xem lại mức bồi thường cây trồng lâu năm.").matter
    for matter, people in ((four, 4), (five, 5)):
        Matter.objects.filter(pk=matter.pk).update(person_count=people)
    twice.submissions.update(also_sent_to="Thanh tra tỉnh")
    assert (why(four), why(five), why(twice)) == ([], ["crowd"], ["levels"])


def test_closed_restricted_and_standing_matters_are_never_reviewed(dragging: Any) -> None:
    assert "months" in why(dragging)
    for change in ({"closed_at": clock.now()}, {"level": Level.RESTRICTED}, {"kind": "board"}):
        before = {name: getattr(dragging, name) for name in change}
        Matter.objects.filter(pk=dragging.pk).update(**change)
        assert why(dragging) == []
        Matter.objects.filter(pk=dragging.pk).update(**before)


def test_the_night_opens_a_review_once_a_matter_and_year(dragging: Any, fresh: Any) -> None:
    assert (reviews_open(), reviews_open()) == (1, 0)
    review = CaseReview.objects.get()
    assert (review.subject_id, review.year, review.unit_id) == (dragging.pk, 2026, dragging.unit_id)
    # 24 November is a holiday: the fifth working day is the first of December.
    assert set(Duty.objects.filter(matter=review).values_list("rule", "due_on")) == {
        ("review.assign", dt.date(2026, 12, 1)), ("review.conclude", dt.date(2026, 12, 23)),
    }  # fmt: skip
    assert MatterLink.objects.get(matter=review).other_id == dragging.pk
    with clock.at(dt.datetime(2027, 1, 4, 3, tzinfo=dt.UTC)):
        assert reviews_open() == 2


def test_its_public_row_is_unlisted_and_tells_nothing_of_the_matter(review: CaseReview) -> None:
    public = Projection.objects.get(pk=review.pk)
    assert not public.listed
    assert review.subject is not None
    assert review.subject.code not in f"{public.title}{public.body}"


def test_only_the_head_of_the_unit_opens_one_by_hand(
    people: Any, dragging: Any, fresh: Any
) -> None:
    for name in ("intake", "handler", "front", "party", "inspector", "other_head"):
        with pytest.raises(NotAllowed):
            review_open(acting=people.actors[name], subject=dragging)
    with pytest.raises(MatterError):
        review_open(acting=people.head, subject=fresh)
    assert review_open(acting=people.head, subject=dragging) is not None
    assert review_open(acting=people.head, subject=dragging) is None


def test_where_the_unit_has_no_head_the_peoples_committee_reviews(
    people: Any, dragging: Any
) -> None:
    for code in ("21439-t01", "21439-mttq", "21439-ttnd"):
        unit = Unit.objects.get(code=code)
        Matter.objects.filter(pk=dragging.pk).update(unit=unit, path=unit.path)
        assert owner_of(Matter.objects.get(pk=dragging.pk)).code == "21439-ubnd"
    made = review_open(acting=people.head, subject=Matter.objects.get(pk=dragging.pk))
    assert made is not None
    assert made.unit.code == "21439-ubnd"


def test_what_waited_as_a_draft_does_not_drag_on(submit: Any) -> None:
    today = clock.today()
    with clock.at(clock.noon(today - dt.timedelta(days=90))):
        matter = submit("Đề nghị nạo vét mương sau chợ.").matter
    Duty.objects.filter(matter=matter).update(
        anchor_at=clock.noon(today - dt.timedelta(days=4)), due_on=today + dt.timedelta(days=11)
    )
    assert why(matter) == []
