"""Decree 61/2023: thirty days of posting, more than half twice over, recognition, what follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.meeting import proof_of
from dongthuan.core.matters.models import Duty
from dongthuan.work.decisions.conventions.services import comment_add
from dongthuan.work.decisions.tests.village_paths import Story


@pytest.fixture
def story(people: Any, villages: Any, households: Any) -> Story:
    households(10)
    return Story(people, villages[0])


@pytest.fixture
def in_force(story: Story) -> Story:
    story.revised().takes("convene").meeting(8, yes=6, no=2)
    return story.takes("hold", "file", "recognise")


def due(story: Story, rule: str) -> Duty:
    return Duty.objects.filter(matter=story.pk, rule=rule).latest("id")


def test_the_draft_hangs_for_thirty_days_the_last_included(story: Story) -> None:
    story.convention().takes("agree", "team").drafted().takes("post")
    assert due(story, "dc.convention.post_min").due_on == dt.date(2026, 11, 4)
    with pytest.raises(MatterError, match="04/11/2026"):
        story.at("2026-11-04 17:00").take("revise")
    story.at("2026-11-05 08:00").take("revise")


def test_while_it_hangs_everybody_says_what_they_think_and_it_stays(story: Story) -> None:
    story.convention().takes("agree", "team").drafted().takes("post")
    with clock.at(story.now):
        comment_add(acting=story.people.citizen, convention_id=story.pk, text="Nên lùi giờ lại.")
        with pytest.raises(MatterError):
            comment_add(acting=story.people.citizen, convention_id=story.pk, text="0905123456 gọi")
    with pytest.raises(MatterError):
        story.drafted("Một nội dung khác hẳn.")
    assert story.matter.sections.first().text.startswith("Mỗi sáng")


@pytest.mark.parametrize(
    ("came", "yes", "state"),
    [(5, 5, "failed"), (6, 5, "not_passed"), (6, 6, "passed"), (10, 5, "not_passed")],
)
def test_more_than_half_attend_and_more_than_half_of_all_say_yes(
    story: Story, came: int, yes: int, state: str
) -> None:
    story.revised().takes("convene").meeting(came, yes=yes, no=came - yes).takes("hold")
    assert story.matter.state == state
    proof = proof_of(story.matter)
    assert proof and (proof.item, proof.carried, proof.in_force) == ("3", state == "passed", False)


def test_a_ballot_comes_only_after_a_meeting_that_was_too_small(story: Story) -> None:
    story.revised().takes("convene")
    with pytest.raises(MatterError):
        story.take("ballot")
    with pytest.raises(MatterError):
        story.later(5).take("fail", attended=6)
    story.take("fail", attended=5)
    story.takes("ballot").later(4).counted(10, yes=6, no=4).takes("count")
    assert story.matter.state == "passed"
    assert due(story, "dc.convention.submit").due_on == dt.date(2026, 11, 23)


def test_it_is_filed_and_recognised_in_five_working_days_each(story: Story) -> None:
    story.revised().takes("convene").meeting(8, yes=6, no=2).takes("hold")
    filed = due(story, "dc.convention.submit")
    assert (filed.unit.code, filed.due_on) == ("21439-t01", dt.date(2026, 11, 17))
    story.takes("file")
    owed = due(story, "dc.convention.recognise")
    assert (owed.unit.code, owed.due_on) == ("21439-ubnd", dt.date(2026, 11, 17))
    with pytest.raises(MatterError):
        story.take("refuse", reason="")
    assert story.takes("refuse").matter.projection.answer


def test_a_recognised_text_is_the_text_for_ever(in_force: Story) -> None:
    section = in_force.matter.sections.first()
    section.text = "Khác"
    with pytest.raises(DatabaseError), transaction.atomic():
        section.save()
    assert in_force.matter.frozen_sha256 == in_force.matter.text_sha256
    assert proof_of(in_force.matter).in_force  # type: ignore[union-attr]


def test_every_year_it_is_reviewed_and_reported(in_force: Story) -> None:
    assert due(in_force, "dc.convention.review").due_on == dt.date(2026, 11, 18)
    in_force.at("2026-11-17 08:00").takes("review")
    assert due(in_force, "dc.convention.review").due_on == dt.date(2027, 11, 18)
    assert due(in_force, "dc.convention.report").due_on == dt.date(2026, 11, 29)
    in_force.at("2026-12-02 08:00").takes("report")
    late, new = Duty.objects.filter(matter=in_force.pk, rule="dc.convention.report").order_by("id")
    assert (late.state, new.due_on) == ("late", dt.date(2027, 11, 29))


def test_a_report_of_a_flaw_is_answered_in_three_or_five_working_days(in_force: Story) -> None:
    in_force.takes("flaw")
    assert due(in_force, "dc.convention.suspend").due_on == dt.date(2026, 11, 13)
    in_force.take("flaw", asks_for="annul")
    assert due(in_force, "dc.convention.annul").due_on == dt.date(2026, 11, 17)
    in_force.takes("no_flaw")
    assert due(in_force, "dc.convention.suspend").state == "fulfilled"


def test_content_is_suspended_in_part_and_procedure_as_a_whole(in_force: Story) -> None:
    for ground, part in (("a", "Điều 3"), ("b", "")):
        with pytest.raises(MatterError) as caught:
            in_force.take("suspend", ground=ground, part=part)
        assert caught.value.field == "part"
    in_force.takes("suspend")
    assert due(in_force, "dc.convention.redo").due_on == dt.date(2026, 12, 10)
    assert proof_of(in_force.matter).in_force  # type: ignore[union-attr]


def test_what_was_not_mended_in_time_is_annulled_for_that_part(in_force: Story) -> None:
    in_force.takes("suspend")
    with pytest.raises(MatterError, match="10/12/2026"):
        in_force.take("annul", ground="b", part="Điều 3")
    in_force.at("2026-12-11 08:00")
    done = in_force.take("annul", ground="b", part="Điều 3")
    assert (done.state, done.annulled_part, done.suspended_part) == ("in_force", "Điều 3", "")


def test_a_village_works_on_one_version_at_a_time(in_force: Story) -> None:
    in_force.takes("amend")
    with pytest.raises(MatterError):
        in_force.take("amend")
