"""Withdrawn, suspended, stayed, represented: what the law of July 2026 brought and kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.work.petitions.models import Petition, Representative
from dongthuan.work.petitions.tests.paths import matter_in, walk_steps

JUNE = dt.datetime(2026, 6, 8, 3, tzinfo=dt.UTC)


@pytest.fixture
def accepted(people: Any, submit: Any) -> Matter:
    return matter_in(people, submit, "complaint", "accepted")


def running(matter: Matter) -> dict[str, str]:
    found = Duty.objects.filter(matter=matter, state__in=["open", "paused"])
    return dict(found.values_list("rule", "state"))


def test_partial_withdrawal_and_suspension_begin_in_july_2026(people: Any, submit: Any) -> None:
    with clock.at(JUNE):
        matter = matter_in(people, submit, "complaint", "accepted")
        for step in ("withdraw_part", "suspend"):
            with pytest.raises(MatterError):
                walk_steps(people, matter, (step,), {})
    # What was accepted before gets the new rules from their first day (khoản 1 Điều 22 NĐ 155).
    with clock.at(dt.datetime(2026, 7, 1, 3, tzinfo=dt.UTC)):
        walk_steps(people, matter, ("withdraw_part", "suspend"), {})
    assert running(matter)["kn.settle1"] == "paused"


def test_a_suspension_is_looked_at_again_and_calls_a_dialogue_off(
    people: Any, accepted: Matter
) -> None:
    walk_steps(people, accepted, ("dialogue_call", "designate", "suspend"), {})
    assert running(accepted) == {
        "kn.settle1": "paused", "kn.suspend_notice": "open", "kn.suspend_review": "open",
    }  # fmt: skip
    assert Petition.objects.get(pk=accepted.pk).complaint_row.dialogue_on is None


def test_a_termination_is_sent_before_it_is_over(people: Any, accepted: Matter) -> None:
    matter = walk_steps(people, accepted, ("terminate",), {})
    assert (matter.state, running(matter)) == ("terminating", {"kn.suspend_notice": "open"})
    matter = walk_steps(people, matter, ("termination_sent",), {})
    assert (matter.state, running(matter)) == ("terminated", {})


def test_death_without_successor_ends_it_only_since_july_2026(people: Any, submit: Any) -> None:
    with clock.at(JUNE):
        matter = matter_in(people, submit, "complaint", "accepted")
        with pytest.raises(MatterError) as refused:
            walk_steps(people, matter, ("terminate",), {"terminate": {"ground": "no_successor"}})
    assert refused.value.field == "ground"


@pytest.mark.parametrize("coerced", [True, False])
def test_what_was_withdrawn_comes_back_only_if_forced(
    people: Any, accepted: Matter, coerced: bool
) -> None:
    matter = walk_steps(people, accepted, ("terminate", "termination_sent"), {})
    given = {"reopen": {"coerced": coerced}}
    if coerced:
        assert walk_steps(people, matter, ("reopen",), given).state == "examined"
        assert running(matter).keys() >= {"kn.accept"}
        return
    with pytest.raises(MatterError) as refused:
        walk_steps(people, matter, ("reopen",), given)
    assert refused.value.field == "coerced"


def test_a_stay_never_outlasts_the_settlement(people: Any, accepted: Matter) -> None:
    given = {"stay": {"until": clock.today() + dt.timedelta(days=60)}}
    with pytest.raises(MatterError) as refused:
        walk_steps(people, accepted, ("stay",), given)
    assert refused.value.field == "until"


def test_verification_never_outlasts_the_settlement(people: Any, accepted: Matter) -> None:
    given = {"designate": {"until": clock.today() + dt.timedelta(days=60)}}
    with pytest.raises(MatterError) as refused:
        walk_steps(people, accepted, ("designate",), given)
    assert refused.value.field == "until"


@pytest.mark.parametrize(
    ("day", "form", "valid"),
    [
        ("2026-06-15", "plain", True),
        ("2026-07-15", "plain", False),
        ("2026-07-15", "certified", True),
        ("2026-07-15", "sealed", True),
    ],
)
def test_an_individual_authorises_before_a_notary_while_the_rule_runs(
    people: Any, accepted: Matter, day: str, form: str, valid: bool
) -> None:
    given = {"role": "authorised", "form": form, "valid_from": dt.date.fromisoformat(day)}
    if valid:
        walk_steps(people, accepted, ("represent",), {"represent": given})
        assert Representative.objects.get(petition=accepted).form == form
        return
    with pytest.raises(MatterError) as refused:
        walk_steps(people, accepted, ("represent",), {"represent": given})
    assert refused.value.field == "form"


def test_one_content_is_not_given_to_two(people: Any, accepted: Matter) -> None:
    given = {"represent": {"role": "authorised", "form": "certified", "scope": "Toàn bộ nội dung"}}
    walk_steps(people, accepted, ("represent",), given)
    with pytest.raises(MatterError) as refused:
        walk_steps(people, accepted, ("represent",), given)
    assert refused.value.field == "scope"
    walk_steps(people, accepted, ("represent_end", "represent"), given | {
        "represent_end": {"number": 1},
    })  # fmt: skip
    assert Representative.objects.filter(petition=accepted, ended_on=None).count() == 1


def test_after_the_end_a_representative_does_nothing(people: Any, accepted: Matter) -> None:
    yesterday = clock.today() - dt.timedelta(days=1)
    walk_steps(people, accepted, ("represent", "represent", "represent_end"), {
        "represent": {"role": "lawful", "valid_from": yesterday},
        "represent_end": {"number": 1, "ended_on": yesterday},
    })  # fmt: skip
    with pytest.raises(MatterError) as refused:
        walk_steps(people, accepted, ("represent_act",), {"represent_act": {"number": 1}})
    assert refused.value.field == "done_on"
