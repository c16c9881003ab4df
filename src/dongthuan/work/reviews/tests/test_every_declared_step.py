"""Walks the declared table of a review: every step from every state, by its roles alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.forms import StepForm
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import matter_act, step_exists
from dongthuan.core.people.actors import actor_for
from dongthuan.core.people.services import appointment_create
from dongthuan.core.units.models import Position
from dongthuan.work.reviews.kinds import CASE_REVIEW
from dongthuan.work.reviews.models import CaseReview

DOCUMENT = {"document": "12/TB-UBND"}
ANSWERS: dict[str, dict[str, Any]] = {
    "find": {"causes": ["file"], "hold_up": "Thiếu bản đo đạc.", "missing": "Trích đo"},
    "conclude": DOCUMENT | {"measures": "Giao Phòng Kinh tế đo lại trong tháng 12."},
    "promise": DOCUMENT | {"what": "Nạo vét mương sau chợ.", "until": dt.date(2026, 12, 20)},
    "refer": DOCUMENT | {"reason": "Vượt thẩm quyền của phường."},
    "answer": DOCUMENT | {"measures": "Tỉnh bố trí vốn nạo vét."},
}
WAYS: dict[str, tuple[str, ...]] = {
    "due": (), "assigned": ("assign",), "found": ("assign", "find"),
    "referred": ("assign", "refer"), "concluded": ("assign", "find", "conclude"),
    "lapsed": ("CLOSE", "lapse"),
}  # fmt: skip
OTHERS = (
    "intake", "handler", "handler2", "head", "front", "front_head", "dvan", "party", "council",
    "inspector", "admin", "village_head", "other_head", "province",
)  # fmt: skip
CASES = [(s, step) for s in WAYS for step in CASE_REVIEW.steps if s in step.source]


@pytest.fixture
def people(people: Any) -> Any:
    """With a head of the province, who answers what is referred to it."""
    position = Position.objects.get(code="51-head")
    appointment_create(
        account=people.accounts["province"], position=position, valid_from=dt.date(2025, 7, 1)
    )
    people.actors["province"] = actor_for(people.accounts["province"])
    return people


def doer(people: Any, step: str) -> Any:
    return people.province if step == "answer" else people.head


def take(people: Any, review: Any, step: str, actor: Any = None) -> CaseReview:
    data = dict(ANSWERS.get(step, {}))
    if step == "assign":
        data = {"reviewer": people.accounts["handler"]}
    matter_act(
        acting=actor or doer(people, step), matter_id=review.pk, step_name=step, data=data
    )  # fmt: skip
    return CaseReview.objects.get(pk=review.pk)


def walked(people: Any, review: CaseReview, state: str) -> CaseReview:
    for step in WAYS[state]:
        if step == "CLOSE":
            Matter.objects.filter(pk=review.subject_id).update(closed_at=review.opened_at)
        else:
            review = take(people, review, step)
    assert review.state == state
    return review


def picture(review: Any) -> Any:
    return (
        Matter.objects.filter(pk=review.pk).values_list("state", "version", "parties").get(),
        list(Duty.objects.filter(matter=review).order_by("id").values_list("rule", "state")),
        Entry.objects.filter(matter=review).count(),
    )


def test_every_state_has_a_way() -> None:
    assert set(WAYS) == set(CASE_REVIEW.by_state)


@pytest.mark.parametrize("state", WAYS)
def test_a_state_refuses_what_is_not_declared_for_it(
    people: Any, review: CaseReview, state: str
) -> None:
    review = walked(people, review, state)
    before = picture(review)
    for step in CASE_REVIEW.steps:
        actor = doer(people, step.name)
        fresh: Any = matter_get(actor=actor, code=review.code)
        allowed = fresh is not None and state in step.source and step_exists(fresh, step)
        if fresh is not None:
            assert (step in steps_for(actor=actor, matter=fresh)) == allowed
        if not allowed:
            with pytest.raises(MatterError):
                take(people, review, step.name)
            assert picture(review) == before


@pytest.mark.parametrize(("state", "step"), CASES, ids=lambda v: getattr(v, "name", v))
def test_a_declared_step_does_what_it_says(
    people: Any, review: CaseReview, state: str, step: Step
) -> None:
    review = walked(people, review, state)
    if step.when:
        Matter.objects.filter(pk=review.subject_id).update(closed_at=review.opened_at)
    done = take(people, review, step.name)
    # Whoever takes over a review goes on from what was found.
    kept = step.name == "assign" and state == "found"
    assert done.state == (state if kept else step.target or state)
    after = set(Duty.objects.filter(matter=done, state="open").values_list("rule", flat=True))
    assert not set(step.closes) & after
    assert {opens.rule for opens in step.opens} <= after
    entry = Entry.objects.filter(matter=done).latest("id")
    assert (entry.act, entry.audience) == (f"case_review.{step.name}", step.audience)
    assert Projection.objects.get(pk=done.pk).state == done.state
    due = Duty.objects.filter(matter=done, state="open").values_list("due_on", flat=True)
    assert Matter.objects.get(pk=done.pk).next_due_on == min(due, default=None)


@pytest.mark.parametrize("step", CASE_REVIEW.steps, ids=lambda step: step.name)
def test_only_the_declared_roles_take_a_step(people: Any, review: CaseReview, step: Step) -> None:
    review = walked(people, review, step.source[-1])
    before = picture(review)
    allowed = {"answer": {"province"}, "find": {"head", "handler"}}.get(step.name, {"head"})
    for other in OTHERS:
        if other in allowed:
            continue
        with pytest.raises(NotAllowed):
            take(people, review, step.name, people.actors[other])
        assert picture(review) == before


def test_a_promise_of_a_review_is_a_public_matter_of_its_own(
    people: Any, review: CaseReview
) -> None:
    take(people, walked(people, review, "found"), "promise")
    promise = Matter.objects.get(kind="promise", parent=review)
    assert promise.next_due_on == dt.date(2026, 12, 20)
    assert Projection.objects.get(pk=promise.pk).title == "Nạo vét mương sau chợ."


def test_the_superior_owes_an_answer_to_what_was_referred(people: Any, review: CaseReview) -> None:
    take(people, walked(people, review, "assigned"), "refer")
    duty = Duty.objects.get(matter=review, rule="review.superior")
    assert duty.unit.code == "51-ubnd"


def test_whoever_only_receives_petitions_is_given_no_review(people: Any, review: Any) -> None:
    with pytest.raises(MatterError) as refused:
        matter_act(
            acting=people.head, matter_id=review.pk, step_name="assign",
            data={"reviewer": people.accounts["intake"]},
        )  # fmt: skip
    assert refused.value.field == "reviewer"


def test_only_those_are_offered_who_may_review(people: Any, review: CaseReview) -> None:
    step = next(step for step in CASE_REVIEW.steps if step.name == "assign")
    offered = StepForm(step=step, matter=review).fields["reviewer"].queryset  # type: ignore[attr-defined]
    assert people.accounts["handler"] in offered and people.accounts["head"] in offered
    assert people.accounts["intake"] not in offered
