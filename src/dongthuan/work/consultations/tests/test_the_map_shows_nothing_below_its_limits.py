"""The stored map: computed from the very file that is given out, nothing under its limits."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dongthuan.core import clock
from dongthuan.work.consultations.clusters import clusters_from_map
from dongthuan.work.consultations.models import MapResult
from dongthuan.work.consultations.statements.maps import (
    map_compute,
    map_of_files,
    maps_refresh,
    statements_csv,
    votes_csv,
)
from dongthuan.work.consultations.statements.publishing import published
from dongthuan.work.consultations.statements.services import statement_moderate, statement_vote
from dongthuan.work.consultations.tests.conftest import AFTER, TODAY, step
from dongthuan.work.consultations.tests.statements import statements_in, voice_of, votes_in


def test_two_groups_are_drawn_with_what_sets_them_apart(people: Any, opened: Any) -> None:
    matter = opened()
    votes_in(matter, statements_in(people, matter), people=40)
    data = map_compute(matter).data
    assert data["drawn"]
    assert [group["size"] for group in data["groups"]] == [20, 20]
    assert {row["number"] for row in data["consensus"] if row["side"] == "agree"} == {1, 2}
    assert all(row["of"] >= 5 for group in data["groups"] for row in group["chosen"])
    assert all(cloud["n"] >= 5 for cloud in data["clouds"])


def test_a_group_under_ten_is_never_shown(people: Any, opened: Any) -> None:
    matter = opened()
    votes_in(matter, statements_in(people, matter), people=40, small=6)
    data = map_compute(matter).data
    assert not data["drawn"]
    assert data["groups"] == [] == data["clouds"]
    assert all(row["by"] == [] for row in data["all"])
    assert data["consensus"]


def test_under_ten_people_nothing_is_said(people: Any, opened: Any) -> None:
    matter = opened()
    votes_in(matter, statements_in(people, matter), people=9)
    data = map_compute(matter).data
    assert not data["enough"]
    assert data["people"] is None and data["votes"] is None
    assert data["consensus"] == data["groups"] == data["all"] == []


def test_under_five_votes_a_statement_has_no_numbers(people: Any, opened: Any) -> None:
    matter = opened()
    statements = statements_in(people, matter)
    votes_in(matter, statements[:-1], people=20)
    for name in ("a", "b", "c", "d"):
        statement_vote(
            consultation_id=matter.pk, voice=voice_of(matter, name),
            statement_id=statements[-1].pk, value=1,
        )  # fmt: skip
    row = next(r for r in map_compute(matter).data["all"] if r["number"] == statements[-1].number)
    assert row["n"] is None and row["agree"] is None and row["by"] == []


def test_the_free_program_gives_the_published_map(people: Any, opened: Any) -> None:
    matter = opened()
    votes_in(matter, statements_in(people, matter), people=40)
    again = published(map_of_files(votes_csv(matter), statements_csv(matter)))
    assert map_compute(matter).data == again | {"until": None}


def test_the_file_holds_no_voice_and_no_time(people: Any, opened: Any) -> None:
    matter = opened()
    votes_in(matter, statements_in(people, matter, 2), people=3)
    lines = votes_csv(matter).decode().splitlines()
    assert lines[0] == "timestamp,datetime,comment-id,voter-id,vote"
    assert len(lines) == 7
    for line in lines[1:]:
        at, day, statement, voter, vote = line.split(",")
        assert (at, day) == ("0", "")
        assert statement in {"1", "2"} and voter in {"1", "2", "3"} and vote in {"1", "0", "-1"}


def test_the_worker_computes_only_what_has_changed(
    people: Any, opened: Any, django_assert_num_queries: Any
) -> None:
    matter = opened()
    statements = statements_in(people, matter)
    assert maps_refresh() == 0
    votes_in(matter, statements, people=20)
    assert maps_refresh() == 0  # of twenty at one moment none can be held back
    later(matter, statements, range(100, 110), minutes=5)
    assert maps_refresh() == 1 and maps_refresh() == 0
    first = MapResult.objects.get()
    statement_moderate(
        acting=people.handler, consultation_id=matter.pk, statement_id=statements[0].pk,
        state="out", reason="other",
    )  # fmt: skip
    maps_refresh()
    second = MapResult.objects.get()
    assert second.input_hash != first.input_hash
    assert 1 not in {row["number"] for row in second.data["all"]}


def later(matter: Any, statements: Any, names: Any, *, minutes: int) -> None:
    """Everybody of these votes on one statement, a minute apart."""
    for n, name in enumerate(names):
        with clock.at(TODAY + dt.timedelta(minutes=minutes + n)):
            statement_vote(
                consultation_id=matter.pk, voice=voice_of(matter, f"x{name}"),
                statement_id=statements[0].pk, value=1,
            )  # fmt: skip


def test_two_published_maps_differ_by_ten_voices_at_least(people: Any, opened: Any) -> None:
    matter = opened()
    statements = statements_in(people, matter)
    votes_in(matter, statements, people=20)
    seen = []
    for name in range(25):
        later(matter, statements, [name], minutes=name + 1)
        maps_refresh()
        found = MapResult.objects.first()
        seen.append(found.data["all"][0]["n"] if found else None)
    assert seen == [None] * 9 + [20] * 10 + [30] * 6
    with clock.at(AFTER):
        step(people.handler, matter, "close")
        clusters_from_map(acting=people.handler, consultation_id=matter.pk)
        step(people.handler, matter, "synthesise", synthesis="Tổng hợp ý kiến về phương án.")
    assert MapResult.objects.get().data["all"][0]["n"] == 45


def test_votes_that_make_no_map_do_not_stop_the_others(people: Any, opened: Any) -> None:
    first, second = opened(), opened()
    for matter in (first, second):
        statements = statements_in(people, matter, 6)
        votes_in(matter, statements, people=20)
        later(matter, statements, range(10), minutes=5)
    for statement in first.statements.all():
        statement_moderate(
            acting=people.handler, consultation_id=first.pk, statement_id=statement.pk,
            state="out", reason="other",
        )  # fmt: skip
    maps_refresh()
    assert MapResult.objects.filter(consultation=second).exists()
