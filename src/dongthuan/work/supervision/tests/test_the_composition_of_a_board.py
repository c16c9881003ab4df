"""Who may sit on a board and how many, as the law and the Front's decision have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters import meeting
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.meeting import Proof, register_proof
from dongthuan.work.supervision import rules
from dongthuan.work.supervision.boards import (
    Elected,
    Project,
    board_create,
    member_add,
    member_end,
    seat_set,
)
from dongthuan.work.supervision.models import Board
from dongthuan.work.supervision.tests.conftest import GS_STARTS, ZONE, act, elect


@pytest.mark.parametrize(
    ("size", "deputies", "field"), [(4, 1, "size"), (5, 1, "size"), (6, 3, "deputies")]
)
def test_a_number_against_the_law_is_refused(
    people: Any, front: Any, size: int, deputies: int, field: str
) -> None:
    """Six villages: at least six members (Điều 36), at most two deputies (Điều 13.3)."""
    with pytest.raises(MatterError) as refused:
        board_create(acting=people.front, front=front, sort="ttnd", size=size, deputies=deputies)
    assert refused.value.field == field
    assert not Board.objects.exists()


@pytest.mark.parametrize(("size", "fits"), [(4, False), (5, True), (6, False)])
def test_with_fewer_than_five_villages_there_are_just_five(size: int, fits: bool) -> None:
    given = {"sort": "ttnd", "deputies": 1, "villages": 3, "on": dt.date(2026, 11, 2)}
    if fits:
        rules.size_check(size=size, **given)  # type: ignore[arg-type]
        return
    with pytest.raises(MatterError):
        rules.size_check(size=size, **given)  # type: ignore[arg-type]


def test_a_village_without_a_member_stops_the_recognition(
    people: Any, front: Any, villages: Any
) -> None:
    board = board_create(acting=people.front, front=front, sort="ttnd", size=6)
    for letter, village in zip("ABCDEF", [*villages[:5], villages[0]], strict=True):
        elect(people.front, board, f"Người Thử {letter}", village)
    with pytest.raises(MatterError, match="Tổ dân phố 6"):
        act(people.front, board, "recognise", document="1/QĐ", on=dt.date(2026, 11, 1))


def test_the_term_is_that_of_the_village_heads(board: Board) -> None:
    assert (board.term_from, board.term_to) == (dt.date(2026, 11, 1), dt.date(2031, 11, 1))


def test_an_investment_board_needs_front_inspection_board_and_residents(
    people: Any, front: Any, villages: Any
) -> None:
    board = board_create(
        acting=people.front, front=front, sort="gsdtcd", size=6, project=Project(name="Cầu")
    )
    for letter, village in zip("ABCDEF", villages, strict=True):
        elect(people.front, board, f"Người Thử {letter}", village)
    # Nobody of the Front, nobody of the inspection board, six residents where five are the most.
    assert len(rules.lacking(board)) == 3
    with pytest.raises(MatterError):
        act(people.front, board, "recognise", document="1/QĐ", on=dt.date(2026, 11, 1),
            starts_on=GS_STARTS)  # fmt: skip


def test_who_does_not_meet_the_standards_is_not_recorded(
    people: Any, front: Any, villages: Any
) -> None:
    board = board_create(acting=people.front, front=front, sort="ttnd", size=6)
    elected = Elected(
        name="Người Thử", village=villages[0], elected_on=dt.date(2026, 10, 1), document="1/BB"
    )
    with pytest.raises(MatterError) as refused:
        member_add(acting=people.front, board=board, elected=elected, qualified=False)
    assert refused.value.field == "qualified"
    assert "Điều 37" in str(refused.value)
    # The law names other bars for an investment board: relatives of who decides, owns or builds.
    investment = board_create(
        acting=people.front, front=front, sort="gsdtcd", size=5, project=Project(name="Cầu")
    )
    with pytest.raises(MatterError, match=r"Điều 42"):
        member_add(acting=people.front, board=investment, elected=elected, qualified=False)
    for other in ("head", "board", "village_head", "other_head"):
        with pytest.raises(NotAllowed):
            member_add(
                acting=people.actors[other], board=board, elected=elected, qualified=True
            )  # fmt: skip


def test_a_second_board_is_not_formed_beside_the_first(
    people: Any, forming: Board, front: Any
) -> None:
    with pytest.raises(MatterError):
        board_create(acting=people.front, front=front, sort="ttnd", size=6)


def test_a_board_without_a_head_does_not_begin(people: Any, forming: Board) -> None:
    act(people.front, forming, "recognise", document="1/QĐ", on=dt.date(2026, 11, 1))
    with pytest.raises(MatterError):
        act(people.front, forming, "constitute")
    first, second, third = forming.members.all()[:3]
    for member, seat in ((first, "head"), (second, "head"), (third, "deputy")):
        seat_set(acting=people.front, member=member, seat=seat)
    assert list(forming.members.filter(seat="head")) == [second]
    with pytest.raises(MatterError):
        seat_set(acting=people.front, member=first, seat="deputy")
    assert act(people.front, forming, "constitute").state == "active"


@pytest.mark.parametrize(("on", "owed"), [
    (dt.date(2026, 11, 2), True), (dt.date(2031, 5, 1), True), (dt.date(2031, 5, 2), False),
])  # fmt: skip
def test_an_empty_seat_is_filled_while_six_months_are_left(
    people: Any, board: Board, on: dt.date, owed: bool
) -> None:
    with clock.at(dt.datetime.combine(on, dt.time(9), ZONE)):
        assert not rules.owes_election(board)
        member_end(
            acting=people.front, member=board.members.last(), left_on=on, reason="Chuyển nơi ở",
            document="2/QĐ",
        )  # fmt: skip
        assert (rules.vacancies(board), rules.owes_election(board)) == (1, owed)


@contextmanager
def proving(**said: Any) -> Iterator[None]:
    """A room that proves elections, as that of decisions does."""
    before = dict(meeting._PROOFS)
    proof = Proof(**({"item": "6", "carried": True, "in_force": True, "yes": 60, "all": 100,
                      "threshold": "dc.vote", "on": dt.date(2026, 10, 1)} | said))  # fmt: skip
    register_proof("conference", lambda matter: proof)
    try:
        yield
    finally:
        meeting._PROOFS.clear()
        meeting._PROOFS.update(before)


@pytest.mark.parametrize(
    ("said", "taken"), [({}, True), ({"carried": False}, False), ({"in_force": False}, False)]
)
def test_an_election_named_by_its_code_must_have_carried(
    people: Any, front: Any, villages: Any, conference: Any, said: Any, taken: bool
) -> None:
    board = board_create(acting=people.front, front=front, sort="ttnd", size=6)
    with proving(**said):
        if taken:
            member = elect(people.front, board, "Người Thử", villages[0],
                           document="", decision=conference.code)  # fmt: skip
            assert member.decision_id == conference.pk
            return
        with pytest.raises(MatterError) as refused:
            elect(people.front, board, "Người Thử", villages[0], decision=conference.code)
        assert refused.value.field == "decision"


def test_a_code_that_proves_nothing_is_refused(
    people: Any, front: Any, villages: Any, conference: Any
) -> None:
    board = board_create(acting=people.front, front=front, sort="ttnd", size=6)
    with pytest.raises(MatterError):
        elect(people.front, board, "Người Thử", villages[0], decision=conference.code)
