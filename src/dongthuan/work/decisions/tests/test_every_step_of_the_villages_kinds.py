"""Walks the tables of initiatives, conventions and elections: every state, every step, every role.

Each state is reached once; every step is then tried there and taken back, so that the walk of
three large tables stays quick.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from dongthuan.core import clock
from dongthuan.core.matters.duties import duty_lasts
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection
from dongthuan.core.matters.services import matter_act, step_exists
from dongthuan.work.decisions.conventions.models import Convention
from dongthuan.work.decisions.tests.village_paths import START, Story

Way = Callable[[Story], Any]
INITIATIVE: dict[str, Way] = {
    "received": lambda s: s.initiative(),
    "collecting": lambda s: s.initiative().takes("take_up"),
    "reached": lambda s: s.initiative().takes("take_up").supported(1),
    "put": lambda s: s.initiative("3").takes("take_up").supported(1).takes("put"),
    "refused": lambda s: s.initiative().takes("refuse"),
    "withdrawn": lambda s: s.initiative().takes("withdraw"),
}
CONVENTION: dict[str, Way] = {
    "proposed": lambda s: s.convention(),
    "agreed": lambda s: s.convention().takes("agree"),
    "drafting": lambda s: s.convention().takes("agree", "team").drafted(),
    "posted": lambda s: s.convention().takes("agree", "team").drafted().takes("post"),
    "revised": lambda s: s.revised(),
    "convened": lambda s: s.revised().takes("convene"),
    "failed": lambda s: s.revised().takes("convene").later(5).takes("fail"),
    "balloting": lambda s: s.revised().takes("convene").later(5).takes("fail", "ballot"),
    "passed": lambda s: s.revised().takes("convene", "tell").meeting(8, yes=7, no=1).takes("hold"),
    "not_passed": lambda s: s.revised().takes("convene").meeting(8, yes=5, no=3).takes("hold"),
    "filed": lambda s: CONVENTION["passed"](s).takes("file"),
    "in_force": lambda s: CONVENTION["filed"](s).takes("recognise"),
    "refused": lambda s: CONVENTION["filed"](s).takes("refuse"),
    "suspended": lambda s: CONVENTION["in_force"](s).takes("suspend"),
    "annulled": lambda s: CONVENTION["in_force"](s).takes("annul"),
    "dropped": lambda s: s.convention().takes("drop"),
}
ELECTION: dict[str, Way] = {
    "preparing": lambda s: s.election().stand("Trần Văn Một", "Lê Thị Hai"),
    "failed": lambda s: s.election().prepared().later(28).takes("fail"),
    "balloting": lambda s: s.election().prepared().later(28).takes("fail", "ballot"),
    "elected": lambda s: s.election().prepared().meeting(9, c1=6, c2=3).takes("hold"),
    "not_elected": lambda s: s.election().prepared().meeting(9, c1=5, c2=4).takes("hold"),
    "sent": lambda s: ELECTION["elected"](s).takes("send"),
    "recognised": lambda s: ELECTION["sent"](s).takes("recognise"),
    "refused": lambda s: ELECTION["sent"](s).takes("refuse"),
    "done": lambda s: ELECTION["recognised"](s).takes("finish"),
    "redone": lambda s: ELECTION["refused"](s).takes("again"),
    "cancelled": lambda s: s.election().takes("cancel"),
    "kept": lambda s: (
        s.election(sort="dismiss").takes("tell").meeting(9, yes=4, no=5).takes("hold")
        .take("settle", settled="keep")
    ),
}  # fmt: skip
DISMISSAL: dict[str, Way] = {
    "preparing": lambda s: s.election(sort="dismiss"),
    "not_elected": lambda s: (
        s.election(sort="dismiss").takes("tell").meeting(9, yes=4, no=5).takes("hold")
    ),
    "sent": lambda s: (
        s.election(sort="dismiss").takes("tell").meeting(9, yes=6, no=3).takes("hold", "send")
    ),
    "recognised": lambda s: DISMISSAL["sent"](s).takes("recognise"),
}
BOARD: dict[str, Way] = {
    "preparing": lambda s: s.election("inspection").stand("Trần Văn Một"),
    "not_elected": lambda s: (
        s.election("inspection").prepared("Một Hai").meeting(9, c1=5).takes("hold")
    ),
    "sent": lambda s: (
        s.election("inspection").prepared("Một Hai").meeting(9, c1=6).takes("hold", "send")
    ),
    "recognised": lambda s: BOARD["sent"](s).takes("front_recognise"),
    "refused": lambda s: BOARD["sent"](s).takes("front_refuse"),
}  # fmt: skip
TABLES = {
    "initiative": INITIATIVE, "convention": CONVENTION, "election": ELECTION,
    "dismissal": DISMISSAL, "board": BOARD,
}  # fmt: skip
CASES = [(table, state) for table, ways in TABLES.items() for state in ways]
# Steps whose moment has not come in the state as the way reaches it; their rules have own tests.
NOT_YET = {
    ("posted", "revise"), ("convened", "hold"), ("convened", "set_vote"), ("convened", "fail"),
    ("balloting", "count"), ("preparing", "set_vote"), ("preparing", "hold"),
    ("preparing", "fail"), ("reached", "put"),
}  # fmt: skip
OTHERS = ("intake", "handler", "head", "front", "dvan", "inspector", "admin", "other_head",
          "village_head", "village_front", "other_village_head", "board")  # fmt: skip


@pytest.fixture
def story(people: Any, villages: Any, households: Any) -> Story:
    with clock.at(START):
        households(10)
    return Story(people, villages[0])


def picture(pk: int) -> Any:
    return (
        Matter.objects.filter(pk=pk).values_list("state", "version").get(),
        list(Duty.objects.filter(matter=pk).order_by("id").values_list("rule", "state")),
        Entry.objects.filter(matter=pk).count(),
    )


def test_every_state_has_a_way() -> None:
    for name, ways in (("initiative", INITIATIVE), ("election", ELECTION)):
        assert set(ways) == {state.name for state in kind_of(name).states}
    # `replaced` is reached by the recognition of the next version; it has its own test.
    assert set(CONVENTION) | {"replaced"} == {s.name for s in kind_of("convention").states}


@pytest.mark.parametrize(("table", "state"), CASES)
def test_a_state_allows_just_the_declared_steps(story: Story, table: str, state: str) -> None:
    TABLES[table][state](story)
    assert story.matter.state == state
    for step in kind_of(story.kind).steps:
        before = picture(story.pk)
        matter = story.matter
        with clock.at(story.now):
            allowed = state in step.source and step_exists(matter, step)
        if not allowed or (state, step.name) in NOT_YET:
            with pytest.raises(MatterError):
                story.take(step.name)
            assert picture(story.pk) == before, step.name
            continue
        _only_its_people(story, step, before)
        with transaction.atomic():
            _does_what_it_declares(story, step, matter)
            transaction.set_rollback(True)
        assert picture(story.pk) == before


def _only_its_people(story: Story, step: Any, before: Any) -> None:
    """Whoever holds another position is refused, and nothing changes."""
    right = story.actor_of(step.name)
    for name in OTHERS:
        actor = story.people.actors[name]
        if actor == right or (actor.roles & set(step.roles) and name not in (
            "other_head", "other_village_head",
        )):  # fmt: skip
            continue
        with clock.at(story.now), pytest.raises(NotAllowed):
            matter_act(
                acting=actor, matter_id=story.pk, step_name=step.name,
                data=story.answers(step.name),
            )  # fmt: skip
    assert picture(story.pk) == before


def _does_what_it_declares(story: Story, step: Any, before: Any) -> None:
    with clock.at(story.now):
        running = before.running_rules
    done = story.take(step.name)
    assert done.state == (step.target or before.state)
    after = set(Duty.objects.filter(matter=done, state="open").values_list("rule", flat=True))
    opened = {opens.rule for opens in step.opens}
    assert not (set(step.closes) - opened) & running & after
    entry = Entry.objects.filter(matter=done).latest("id")
    assert (entry.act, entry.audience) == (f"{story.kind}.{step.name}", step.audience)
    assert Projection.objects.get(pk=done.pk).state == done.state
    owed = Duty.objects.filter(matter=done, state="open")
    due = [duty.due_on for duty in owed if not duty_lasts(duty)]
    assert Matter.objects.get(pk=done.pk).next_due_on == min(due, default=None)


def test_a_recognised_amendment_takes_the_place_of_the_earlier_version(story: Story) -> None:
    first = CONVENTION["in_force"](story).pk
    story.takes("amend")
    story.pk = Convention.objects.get(replaces=first).pk
    story.takes("agree", "team", "post").later(31)
    story.takes("revise", "convene").meeting(8, yes=8).takes("hold", "file", "recognise")
    assert story.matter.state == "in_force"
    earlier = Convention.objects.get(pk=first)
    assert (earlier.state, earlier.ended_on) == ("replaced", story.today)
    assert not Duty.objects.filter(matter=first, state="open").exists()
