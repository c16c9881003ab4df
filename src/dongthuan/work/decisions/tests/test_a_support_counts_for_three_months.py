"""Điều 16.3: at least a tenth of all households, each support three months from its own day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.people.households import household_change, household_end, households_of
from dongthuan.work.decisions.initiatives.models import Support
from dongthuan.work.decisions.initiatives.services import (
    codes_renew,
    initiative_withdraw,
    support_add,
    support_code,
    support_withdraw,
)
from dongthuan.work.decisions.tests.village_paths import Story
from dongthuan.work.decisions.village_selectors import needed_of


@pytest.fixture
def story(people: Any, villages: Any, households: Any) -> Story:
    households(100)
    return Story(people, villages[0]).initiative().takes("take_up")


def yes(story: Story) -> int:
    with clock.at(story.now):
        return int(story.matter.supporters)


def test_nine_of_a_hundred_are_too_few_and_ten_oblige_the_village(story: Story) -> None:
    story.supported(*range(1, 10))
    assert story.matter.state == "collecting"
    story.supported(10)
    done = story.matter
    assert (done.state, done.reached_yes, done.reached_all) == ("reached", 10, 100)
    owed = Duty.objects.get(matter=done, rule="dc.initiative.put")
    assert (owed.unit.code, owed.state, owed.evidence) == ("21439-t01", "open", "D")


@pytest.mark.parametrize(("all_", "needed"), [(1, 1), (9, 1), (10, 1), (11, 2), (99, 10),
                                              (100, 10), (101, 11), (0, 0)])  # fmt: skip
def test_the_tenth_is_never_rounded_down(all_: int, needed: int) -> None:
    assert needed_of(all_) == needed


def test_what_is_older_than_three_months_no_longer_counts(story: Story) -> None:
    story.supported(*range(1, 6), on=dt.date(2026, 8, 1)).supported(6, 7)
    assert yes(story) == 7  # Monday 5 October
    story.at("2026-11-02 09:00")  # three months end on Sunday, so on Monday (Civil Code, Điều 148)
    assert yes(story) == 7
    story.at("2026-11-03 09:00")
    assert yes(story) == 2
    story.supported(*range(8, 14))  # eight now, with the expired ones it would be thirteen
    assert (yes(story), story.matter.state) == (8, "collecting")


def test_an_expired_support_is_given_anew_and_one_that_runs_is_not(story: Story) -> None:
    story.supported(1, on=dt.date(2026, 8, 1))
    with pytest.raises(MatterError, match="001"):
        story.supported(1)
    story.at("2026-11-03 09:00").supported(1)
    assert [s.end for s in Support.objects.order_by("id")] == ["renewed", ""]
    assert yes(story) == 1


def test_a_support_signed_too_long_ago_or_tomorrow_is_refused(story: Story) -> None:
    for day in (dt.date(2026, 7, 1), dt.date(2026, 10, 6)):
        with pytest.raises(MatterError) as caught:
            story.supported(1, on=day)
        assert caught.value.field == "signed_on"
    assert not Support.objects.exists()


def test_a_household_that_is_no_more_does_not_count(story: Story) -> None:
    story.supported(1, 2)
    rows = list(households_of(village=story.village, on=story.today))
    with clock.at(story.now + dt.timedelta(days=3)):
        household_end(acting=SYSTEM, household=rows[0])
        household_change(acting=SYSTEM, household=rows[1], representative="Người khác")
        # Another representative is no other household.
        assert (story.matter.supporters, story.matter.households) == (1, 99)
        with pytest.raises(MatterError, match="002"):
            support_add(
                acting=story.people.village_head, initiative_id=story.pk, number="002",
                channel="paper",
            )  # fmt: skip


def test_a_code_speaks_for_its_household_only(story: Story) -> None:
    with clock.at(story.now):
        code = support_code(story.matter, "007")
        citizen = story.people.citizen
        for number, typed in (("008", code), ("007", "SAI1-SAI2-SAI3"), ("007", "")):
            with pytest.raises(MatterError) as caught:
                support_add(
                    acting=citizen, initiative_id=story.pk, number=number, channel="code",
                    code=typed,
                )  # fmt: skip
            assert caught.value.field == "code"
        support_add(
            acting=citizen, initiative_id=story.pk, number="007", channel="code",
            code=code.lower().replace("-", " "),
        )  # fmt: skip
        support_withdraw(acting=citizen, initiative_id=story.pk, number="007", code=code)
        assert yes(story) == 0
        codes_renew(acting=story.people.village_head, initiative_id=story.pk)
        with pytest.raises(MatterError):
            support_add(
                acting=citizen, initiative_id=story.pk, number="007", channel="code", code=code
            )


def test_only_village_and_commune_enter_what_was_signed_on_paper(story: Story) -> None:
    for name in ("citizen", "other_village_head", "other_head", "front", "board"):
        with clock.at(story.now), pytest.raises(NotAllowed):
            support_add(
                acting=story.people.actors[name], initiative_id=story.pk, number="001",
                channel="paper",
            )  # fmt: skip
    assert not Support.objects.exists()


def test_the_record_counts_supports_and_names_no_household(story: Story) -> None:
    story.supported(41, 42)
    entry = Entry.objects.filter(act="initiative.supported").get()
    assert entry.facts == {"supports": 2, "channel": "paper"}
    assert not hasattr(entry, "payload")


def test_below_a_tenth_the_front_committee_may_endorse_it(story: Story) -> None:
    story.supported(1)
    with clock.at(story.now), pytest.raises(NotAllowed):
        story.take("endorse", acting=story.people.village_head)
    done = story.take("endorse")
    assert (done.state, done.endorsed, done.reached_yes) == ("reached", True, 1)


def test_an_initiative_for_a_convention_opens_one(
    people: Any, villages: Any, households: Any
) -> None:
    households(10)
    story = Story(people, villages[0]).initiative("3").takes("take_up").supported(1).takes("put")
    made = story.matter.children.get()
    assert (made.kind, made.state, made.convention.from_initiative) == (
        "convention", "proposed", True,
    )  # fmt: skip


def test_it_is_put_only_into_a_decision_of_its_village(story: Story) -> None:
    story.supported(*range(1, 11))
    with pytest.raises(MatterError) as caught:
        story.take("put")
    assert caught.value.field == "decided_in"
    story.decided_in = "21439-26-999999"  # type: ignore[attr-defined]
    with pytest.raises(MatterError):
        story.take("put")
    assert story.matter.state == "reached"


def test_its_author_withdraws_it_with_code_and_secret(story: Story) -> None:
    code = story.matter.code
    with clock.at(story.now):
        with pytest.raises(MatterError):
            initiative_withdraw(code=code, secret="SAI1-SAI2-SAI3")
        assert initiative_withdraw(code=code, secret=story.receipt.secret).state == "withdrawn"
