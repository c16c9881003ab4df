"""What a tenth of the households asked for is put to the people, or stays owed (Điều 16.3)."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty
from dongthuan.core.matters.services import matter_act
from dongthuan.work.decisions.services import decision_propose
from dongthuan.work.decisions.tests.village_paths import Story


@pytest.fixture
def story(people: Any, villages: Any, households: Any) -> Story:
    households(10)
    return Story(people, villages[0])


def proposed(story: Story) -> Any:
    with clock.at(story.now):
        return decision_propose(
            acting=story.people.village_head, place=story.village, item="6",
            title="Dọn vệ sinh đường làng", proposal="Mỗi sáng chủ nhật các hộ cùng dọn đường.",
        )  # fmt: skip


def withdrawn(story: Story, decision: Any) -> None:
    with clock.at(story.now):
        matter_act(
            acting=story.people.village_head, matter_id=decision.pk, step_name="withdraw",
            data={"reason": "Chưa cần thiết"},
        )  # fmt: skip


def test_neither_the_village_nor_its_author_takes_it_off_the_table(story: Story) -> None:
    story.initiative().takes("take_up").supported(1)
    with pytest.raises(MatterError):
        story.take("withdraw")
    assert Duty.objects.get(matter=story.pk, rule="dc.initiative.put").state == "open"


def test_an_older_or_an_ended_matter_is_no_answer(story: Story) -> None:
    older = proposed(story)
    story.later(1).initiative().takes("take_up").supported(1)
    ended = proposed(story)
    withdrawn(story, ended)
    for other in (older, ended):
        with pytest.raises(MatterError) as refused:
            story.take("put", decided_in=other.code)
        assert refused.value.field == "decided_in"


def test_when_the_decision_is_withdrawn_the_promise_stands_under_its_old_date(
    story: Story,
) -> None:
    story.initiative().takes("take_up").supported(1)
    due = Duty.objects.get(matter=story.pk, rule="dc.initiative.put").due_on
    answer = proposed(story)
    story.take("put", decided_in=answer.code)
    story.later(3)
    withdrawn(story, answer)
    assert (story.matter.state, story.matter.closed_at) == ("reached", None)
    owed = Duty.objects.get(matter=story.pk, rule="dc.initiative.put", state="open")
    assert (owed.due_on, owed.unit.code) == (due, "21439-t01")
    assert story.matter.next_due_on == due
