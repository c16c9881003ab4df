"""The rights of every position over every kind of coordination, as one table, read both ways.

The table names who sees a matter of each kind as its room opens it. Then every kind is put at
every level, with and without a seat, a wall, a part in it; the predicate of lists, the single
check, the page's selector and the steps must all say the same of everybody.
"""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import NotAllowed
from dongthuan.core.matters.kinds import all_kinds, kind_of, model_of
from dongthuan.core.matters.models import Level, Matter
from dongthuan.core.matters.policies import acts_as, may_see, visible_to
from dongthuan.core.matters.selectors import matter_get
from dongthuan.core.matters.services import matter_act, matter_assign, matter_note
from dongthuan.core.people.actors import ANONYMOUS, SYSTEM, actor_for
from dongthuan.core.people.models import Appointment
from dongthuan.core.people.services import appointment_create
from dongthuan.core.units.models import Position, Unit
from dongthuan.demo_coordination import demo_coordination_load
from dongthuan.demo_dialogues import demo_dialogues_load
from dongthuan.demo_directives import demo_directives_load
from dongthuan.demo_emulation import demo_emulation_load
from dongthuan.demo_news import demo_news_load
from dongthuan.demo_recommendations import demo_recommendations_load
from dongthuan.work.hotspots.contact import Given, measure_decide
from dongthuan.work.hotspots.services import Named, hotspot_create, seats_decide
from dongthuan.work.reviews.services import review_open

ROOMS = ("coordination", "directives", "notes", "recommendations", "hotspots", "dialogues",
         "emulation", "news", "reviews")  # fmt: skip


def _hot(people: Any) -> Matter:
    """A hot spot that the handler opened; the Party and the officer of mass mobilisation sit in it;
    a measure of it is a restricted promise of the same office."""
    today, office = clock.today(), Unit.objects.get(code="21439-ubnd")
    spot = hotspot_create(
        acting=people.handler, place=Unit.objects.get(code="21439"), topic="economy",
        title="Di dời chợ cũ", about="Tiểu thương hỏi về chỗ bán ở chợ mới.",
    )  # fmt: skip
    seats = [("21439-party", "steering_head"), ("21439-mass-mobilisation", "steering")]
    seats_decide(
        acting=people.head, hotspot=spot, document="1/QĐ-UBND", decided_on=today,
        named=[Named(position=Position.objects.get(code=code), part=part) for code, part in seats],
    )  # fmt: skip
    given = Given(what="Sửa lối vào chợ mới", unit=office, due_on=today)
    measure_decide(acting=people.party, hotspot=spot, measure=given, document="2/TB-BCĐ")
    return Matter.objects.get(pk=spot.pk)


@pytest.fixture
def spot(people: Any) -> Matter:
    return _hot(people)


@pytest.fixture
def locality(people: Any, submit: Any) -> dict[str, Matter]:
    """The example of the locality: by kind, the first matter of phường Đức Phổ."""
    p = people
    _hot(people)
    with clock.at(clock.now() - dt.timedelta(days=300)):
        dragging = submit("Mương thoát nước sau chợ tắc đã lâu, xin nạo vét.").matter
    review_open(acting=SYSTEM, subject=dragging)
    demo_dialogues_load(head=p.head, party=p.party, handler=p.handler)
    demo_recommendations_load(
        head=p.head, front=p.front, mobilisation=p.dvan, council=p.council, board=p.board
    )
    demo_directives_load(
        head=p.head, handler=p.handler, village=p.village_head, front=p.front,
        mobilisation=p.dvan, party_head=p.dvan_head,
    )  # fmt: skip
    demo_coordination_load(
        officer=p.dvan, partner_head=p.dvan_head, handler=p.handler, head=p.head, front=p.front
    )
    demo_emulation_load(
        lead=p.dvan, lead_head=p.dvan_head, front=p.front, front_head=p.front_head,
        council=p.council, village=p.village_head,
    )  # fmt: skip
    demo_news_load(writer=p.handler, head=p.head)
    rows = Matter.objects.filter(path__startswith="vn.51.21439.", kind__in=SEES)
    return {row.kind: row for row in rows.order_by("-pk")}


WARD = {"intake", "handler", "handler2", "head", "sealed"}
PARTNERS = {"front", "front_head", "dvan", "dvan_head", "party", "council", "inspector"}
VILLAGE = {"village_head", "village_front"}
EVERYBODY = WARD | PARTNERS
SEATED = {"handler", "head", "dvan", "party"}  # who opened it, the head, and who was seated
# Who sees it as its room opened it. The board, the administrator, other communes: never.
SEES: dict[str, set[str]] = {
    "coordination_plan": EVERYBODY,
    "coordination_task": EVERYBODY,
    "plan_meeting": EVERYBODY,
    "joint_inspection": EVERYBODY,
    "plan_review": EVERYBODY,
    "directive": EVERYBODY | VILLAGE | {"other_village_head"},  # it was sent to the villages
    "directive_order": EVERYBODY | VILLAGE,
    "information_note": EVERYBODY,
    "situation_note": EVERYBODY,
    "body_recommendation": EVERYBODY,
    "social_criticism": EVERYBODY,
    "hearing_session": EVERYBODY,
    "hotspot": SEATED,
    "promise": SEATED,  # given in the hot spot
    "dialogue": EVERYBODY,
    "yearly_dialogue": EVERYBODY,
    "emulation_cycle": PARTNERS,
    "emulation_model": PARTNERS | VILLAGE,
    "article": EVERYBODY,
    "case_review": WARD | {"inspector"},
}


def test_every_kind_of_coordination_is_in_the_table(locality: dict[str, Matter]) -> None:
    here = {kind.name for kind in all_kinds() if model_of(kind.name)._meta.app_label in ROOMS}
    assert here | {"promise"} == set(SEES) == set(locality)


def test_who_sees_each_kind(people: Any, locality: dict[str, Matter]) -> None:
    for kind, matter in locality.items():
        seeing = {name for name, actor in people.actors.items() if may_see(actor, matter)}
        assert seeing == SEES[kind], kind


def test_list_check_page_and_steps_agree_at_every_level(
    people: Any, locality: dict[str, Matter]
) -> None:
    """Every kind x level x seat x wall x person."""
    seats = [people.front_head.scopes[0].position_id, people.council.scopes[0].position_id]
    trusted, walled = people.accounts["sealed"].pk, people.accounts["party"].pk
    rows = Matter.objects.filter(pk__in=[matter.pk for matter in locality.values()])
    for level, seated, wall in product(Level, ([], seats), ([], [walled])):
        rows.update(level=level, restricted_to=seated, designated=[trusted], walled_accounts=wall)
        found = {row.kind: _whole(row) for row in rows.select_related("unit")}
        for name, actor in {**people.actors, "nobody": ANONYMOUS}.items():
            listed = set(rows.filter(visible_to(actor)).values_list("kind", flat=True))
            checked = {kind for kind, row in found.items() if may_see(actor, row)}
            assert listed == checked, (level, name)
            acting = {kind for kind, row in found.items() if _may_any(actor, row)}
            assert acting <= checked, (level, name)
            if level == Level.RESTRICTED and not seated:
                # Without a seat: the head, of what that unit owns, and nobody else.
                assert not checked or name == "head", name


def _whole(row: Matter) -> Matter:
    """With the columns of its room, which name the bodies that take its steps."""
    return model_of(row.kind)._default_manager.select_related("unit").get(pk=row.pk)


def _may_any(actor: Any, row: Matter) -> bool:
    return any(acts_as(actor, row, step) for step in kind_of(row.kind).steps)


OUTSIDE = ("intake", "handler2", "sealed", "front", "front_head", "council", "inspector", "admin",
           "board", "village_head", "other_head", "province", "citizen")  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_whoever_is_outside_a_hot_spot_takes_no_step_by_guessing_its_number(
    people: Any, spot: Matter, name: str
) -> None:
    """The answer is the one that a number of nothing gets."""
    actor = people.actors[name]
    promise = Matter.objects.get(parent=spot)
    assert matter_get(actor=actor, code=spot.code) is None
    with pytest.raises(NotAllowed) as nothing:
        matter_note(acting=actor, matter_id=2**40, text="thử")
    for row in (spot, promise):
        for step in kind_of(row.kind).steps:
            with pytest.raises(NotAllowed) as refused:
                matter_act(acting=actor, matter_id=row.pk, step_name=step.name)
            assert refused.value.message == nothing.value.message
        with pytest.raises(NotAllowed) as refused:
            matter_note(acting=actor, matter_id=row.pk, text="thử")
        assert refused.value.message == nothing.value.message
        with pytest.raises(NotAllowed):
            matter_assign(acting=actor, matter_id=row.pk, account=people.accounts["handler"])
    assert not spot.entries.filter(act="matter.note").exists()


def test_a_seat_is_seen_from_by_its_deputy_and_by_nobody_after_the_appointment(
    people: Any, spot: Matter
) -> None:
    """The seat is a position's: who acts for it sees it, who held it until yesterday does not."""
    today, day = clock.today(), dt.timedelta(days=1)
    party = Position.objects.get(code="21439-party")
    deputy = people.accounts["council"]
    appointment_create(account=deputy, position=party, valid_from=today, acting=True)
    assert may_see(actor_for(deputy), spot)
    assert not may_see(actor_for(deputy, on=today - day), spot)
    Appointment.objects.filter(position=party).update(valid_to=today)
    for account in (deputy, people.accounts["party"]):
        assert may_see(actor_for(account, on=today), spot)
        gone = actor_for(account, on=today + day)
        assert not may_see(gone, spot)
        assert not Matter.objects.filter(visible_to(gone), level=Level.RESTRICTED).exists()
