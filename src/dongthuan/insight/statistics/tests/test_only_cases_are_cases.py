"""Sessions, refusals, promises and follow-ups are no cases received; what they owe is counted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from dongthuan.core import clock
from dongthuan.core.matters.kinds import all_kinds
from dongthuan.core.units.models import Position, Unit
from dongthuan.insight.statistics.selectors import cases_by, scoreboard
from dongthuan.work.petitions.tests.paths import matter_in
from dongthuan.work.receptions.services import Word, reception_conclude, reception_create
from dongthuan.work.receptions.tests.conftest import HOURS, session_on, step
from dongthuan.work.receptions.visits import Visitor, visit_arrive, visit_refuse

SINCE, UNTIL = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
CASES = ("petition", "recommendation", "feedback", "complaint", "denunciation")
WHO = Visitor("Nguyễn Thị Thử", "thôn minh họa", "051095012345")


@pytest.fixture
def ward(people: Any, submit: Any) -> Unit:
    """Four cases of the ward, and one each of what is none."""
    chair = Position.objects.select_related("unit__parent").get(code="21439-head")
    held = session_on(dt.date(2026, 10, 6), people, chair)
    with clock.at(dt.datetime(2026, 10, 8, 9, tzinfo=dt.UTC)):
        reception_conclude(
            acting=people.head, reception=held, document="1/TB-UBND", conclusion="Giao đo lại đất.",
            promises=[Word("Đo lại ranh giới thửa đất", dt.date(2026, 10, 20), chair.unit)],
        )  # fmt: skip
        other = regular_session(people, chair)
        visit = visit_arrive(acting=people.intake, reception_id=other.pk)
        visit_refuse(
            acting=people.intake, visit_id=visit.pk, ground="h", explained=True, visitor=WHO
        )
    with clock.at(dt.datetime(2026, 10, 9, 9, tzinfo=dt.UTC)):
        matter_in(people, submit, "feedback", "transferring")
        for number in range(4):
            submit(f"Đơn số {number} về việc đèn đường bị tắt")
    return Unit.objects.get(code="21439")


def regular_session(people: Any, chair: Position) -> Any:
    made = reception_create(
        acting=people.intake, unit=chair.unit, form="regular", held_on=clock.today(), hours=HOURS
    )
    return step(people.intake, made, "open")


def counted(column: str, kinds: tuple[str, ...]) -> list[tuple[str, int]]:
    """The same figures in plain SQL, from the matters themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column}, count(*) FROM matters_matter "
            "WHERE path LIKE 'vn.51.21439.%%' AND level < 3 AND kind = ANY(%s) "
            "GROUP BY 1 ORDER BY 2 DESC, 1",
            [list(kinds)],
        )
        return cursor.fetchall()


@pytest.mark.parametrize("column", ["kind", "topic"])
def test_cases_are_what_people_brought(ward: Unit, column: str) -> None:
    cells = cases_by(column, unit=ward, since=SINCE, until=UNTIL, small=1)
    assert [(cell.label, cell.count) for cell in cells] == counted(column, CASES)
    assert sum(cell.count or 0 for cell in cells) == 4


def test_what_is_no_case_was_there(ward: Unit) -> None:
    others = ("promise", "reception", "referral", "refusal")
    assert sorted(counted("kind", others)) == [
        ("promise", 1), ("reception", 2), ("referral", 1), ("refusal", 1),
    ]  # fmt: skip


def test_every_kind_says_whether_it_counts() -> None:
    assert sorted(kind.name for kind in all_kinds() if kind.counts_as_case) == sorted(CASES)


def test_their_duties_are_promises_of_the_scoreboard(ward: Unit) -> None:
    with clock.at(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)):
        board = scoreboard(unit=ward, since=SINCE, until=UNTIL)
    due = {tally.label: tally.due for tally in board.rules}
    assert due["promise.keep"] == 1
    assert due["tcd.refusal_notice"] == 1
    assert due["tcd.conclusion"] == 1
    assert due["tcd.schedule_post"] >= 1
