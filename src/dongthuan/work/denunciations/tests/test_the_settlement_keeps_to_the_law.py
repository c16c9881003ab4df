"""Conditions, extensions, suspension, withdrawal, conclusion, posting: what the law lets pass."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.core.matters.selectors import steps_for
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.models import Denunciation
from dongthuan.work.denunciations.tests.paths import (
    CHECKABLE,
    MET,
    denounced_again,
    matter_in,
    take,
    walk,
)


def names(people: Any, matter: Matter) -> set[str]:
    fresh = Denunciation.objects.select_related("unit").get(pk=matter.pk)
    return {step.name for step in steps_for(actor=people.sealed, matter=fresh)}


def due(matter: Matter, rule: str) -> Duty:
    return Duty.objects.filter(matter=matter, rule=rule).latest("id")


@pytest.mark.parametrize(
    ("found", "ways"),
    [
        ({}, {"accept"}),
        ({"met": ["form", "capacity"]}, {"refuse"}),
        ({"from_complaint": True}, {"refuse"}),
        ({"from_complaint": True, "new_evidence": True}, {"accept"}),
        ({"competence": "out"}, {"transfer"}),
        ({"competence": "out", "many_bodies": True}, {"unprocess"}),
        ({"identity": "anonymous", "met": []}, {"refuse", "unprocess"}),
        ({"identity": "false", "met": [], "checkable": ["clear"]}, {"refuse", "unprocess"}),
        ({"identity": "anonymous", "met": [], "checkable": CHECKABLE}, {"refuse", "inspect"}),
    ],
)
def test_the_initial_check_leaves_just_the_lawful_ways(
    people: Any, denounce: Any, found: dict[str, Any], ways: set[str]
) -> None:
    matter = take(people, walk(people, denounce().matter, ("register",)), "examine", **found)
    ends = {"accept", "refuse", "transfer", "unprocess", "inspect"}
    assert names(people, matter) & ends == ways


def test_checking_in_several_places_gives_ten_working_days(people: Any, denounce: Any) -> None:
    with clock.at(dt.datetime(2026, 11, 2, 2, tzinfo=dt.UTC)):
        matter = walk(people, denounce().matter, ("register",))
        assert due(matter, "tc.initial").due_on == dt.date(2026, 11, 11)
        take(people, matter, "examine", multi_place=True)
        assert due(matter, "tc.initial").due_on == dt.date(2026, 11, 16)


def test_out_of_competence_five_working_days_run_from_receipt(people: Any, denounce: Any) -> None:
    with clock.at(dt.datetime(2026, 11, 2, 2, tzinfo=dt.UTC)):
        matter = walk(people, denounce().matter, ("register", "EXAMINE_OUT"))
        assert due(matter, "tc.transfer").due_on == dt.date(2026, 11, 9)
        take(people, matter, "examine")
        assert due(matter, "tc.transfer").state == "waived"


def test_one_criterion_prolongs_once_and_two_of_them_twice(people: Any, denounce: Any) -> None:
    matter = matter_in(people, denounce, "accepted")
    first = due(matter, "tc.settle").due_on
    take(people, matter, "extend", criteria=["places"])
    assert due(matter, "tc.settle").due_on > first
    with pytest.raises(MatterError) as refused:
        take(people, matter, "extend", criteria=["places"])
    assert refused.value.field == "criteria"
    take(people, matter, "extend", criteria=["contradiction"])
    assert len(due(matter, "tc.settle").extensions) == 2
    with pytest.raises(MatterError):
        take(people, matter, "extend", criteria=["foreign"])


@pytest.mark.parametrize("days", [0, 31])
def test_an_extension_lies_between_one_and_thirty_days(
    people: Any, denounce: Any, days: int
) -> None:
    matter = matter_in(people, denounce, "accepted")
    with pytest.raises(MatterError):
        take(people, matter, "extend", days=days)
    assert due(matter, "tc.settle").extensions == []


def test_a_term_that_has_passed_is_not_prolonged(people: Any, denounce: Any) -> None:
    with clock.at(dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)):
        matter = matter_in(people, denounce, "accepted")
    with pytest.raises(MatterError):
        take(people, matter, "extend")


def test_suspension_stops_the_settlement_only_and_resuming_returns_to_where_it_was(
    people: Any, denounce: Any
) -> None:
    start = dt.datetime(2026, 11, 2, 2, tzinfo=dt.UTC)
    with clock.at(start):
        matter = matter_in(people, denounce, "verifying")
        before = due(matter, "tc.settle").due_on
    with clock.at(start + dt.timedelta(days=3)):
        take(people, matter, "suspend")
        assert due(matter, "tc.settle").state == "paused"
        assert due(matter, "tc.accept_notice").state == "open"
    with clock.at(start + dt.timedelta(days=13)):
        done = take(people, matter, "resume")
    assert done.state == "verifying"
    assert due(matter, "tc.settle").due_on >= before + dt.timedelta(days=10)


@pytest.mark.parametrize("ground", ["violation", "coerced", "slander"])
def test_a_withdrawal_does_not_stop_what_the_law_goes_on_with(
    people: Any, denounce: Any, ground: str
) -> None:
    matter = matter_in(people, denounce, "verifying")
    done = take(people, matter, "withdraw", goes_on=[ground])
    assert done.state == "verifying"
    assert due(matter, "tc.settle").state == "open"


@pytest.mark.parametrize("scope", ["part", "some"])
def test_the_rest_is_settled_when_a_part_or_one_of_several_withdraws(
    people: Any, denounce: Any, scope: str
) -> None:
    matter = matter_in(people, denounce, "accepted")
    assert take(people, matter, "withdraw", scope=scope).state == "accepted"


def test_withdrawn_whole_it_is_terminated_by_decision_and_told(people: Any, denounce: Any) -> None:
    matter = matter_in(people, denounce, "accepted")
    with pytest.raises(MatterError) as refused:
        take(people, matter, "withdraw", document="")
    assert refused.value.field == "document"
    done = take(people, matter, "withdraw")
    assert done.state == "terminated"
    owed = set(Duty.objects.filter(matter=matter, state="open").values_list("rule", flat=True))
    assert owed == {"tc.suspend_notice"}


def test_after_the_conclusion_nothing_is_withdrawn(people: Any, denounce: Any) -> None:
    matter = matter_in(people, denounce, "concluded")
    assert "withdraw" not in names(people, matter)


def test_nobody_is_concluded_upon_unheard_without_a_reason(people: Any, denounce: Any) -> None:
    matter = walk(people, matter_in(people, denounce, "accepted"), ("verify", "report"))
    with pytest.raises(MatterError) as refused:
        take(people, matter, "conclude")
    assert refused.value.field == "unheard"
    done = take(people, matter, "conclude", unheard="Người bị tố cáo đã mất.")
    assert done.state == "concluded"


def test_kin_of_the_denounced_may_not_verify(people: Any, denounce: Any) -> None:
    matter = matter_in(people, denounce, "accepted")
    with pytest.raises(MatterError) as refused:
        take(people, matter, "verify", no_kin=False)
    assert refused.value.field == "no_kin"


def test_a_conclusion_that_finds_it_false_restores_rights(people: Any, denounce: Any) -> None:
    matter = take(people, matter_in(people, denounce, "reported"), "conclude", finding="wrong")
    with pytest.raises(MatterError):
        take(people, matter, "handle", measures=["own"])
    take(people, matter, "handle", measures=["restored", "false_denouncer"])


@pytest.mark.parametrize(
    "text",
    [
        "Theo đơn của bà Nguyễn Thị Kín, nội dung tố cáo đúng một phần.",
        "Người tố cáo (điện thoại 0905 123 456) nêu đúng một phần.",
        "Don cua ba NGUYEN THI KIN dung mot phan.",
    ],
)
def test_a_public_text_that_tells_who_denounced_is_refused(
    people: Any, denounce: Any, text: str
) -> None:
    matter = matter_in(people, denounce, "concluded")
    with pytest.raises(MatterError) as refused:
        take(people, matter, "draft", public_text=text)
    assert refused.value.field == "public_text"
    assert Denunciation.objects.get(pk=matter.pk).public_text == ""


def test_taken_down_before_fifteen_days_the_promise_is_broken(people: Any, denounce: Any) -> None:
    start = dt.datetime(2026, 10, 1, 2, tzinfo=dt.UTC)
    with clock.at(start):
        early = walk(people, matter_in(people, denounce, "concluded"), ("draft", "publish"))
        kept = walk(people, matter_in(people, denounce, "concluded"), ("draft", "publish"))
    assert due(early, "tc.post_min").due_on == dt.date(2026, 10, 16)
    take(people, early, "unpost", down_on=dt.date(2026, 10, 10))
    take(people, kept, "unpost", down_on=dt.date(2026, 10, 17))
    assert due(early, "tc.post_min").state == "late"
    assert due(kept, "tc.post_min").state == "fulfilled"


def test_a_file_that_still_owes_something_is_not_closed(people: Any, denounce: Any) -> None:
    matter = matter_in(people, denounce, "concluded")
    with pytest.raises(MatterError, match="Công khai"):
        take(people, matter, "close")


def test_an_overdue_case_is_demanded_reported_and_taken_over(people: Any, denounce: Any) -> None:
    again = denounced_again(people, denounce, "overdue")
    first = Denunciation.objects.get(again__pk=again.pk)
    assert due(again, "tc.overdue_demand").state == "open"
    take(people, again, "demand")
    assert due(first, "tc.overdue_report").state == "open"
    take(people, first, "overdue_report")
    assert due(first, "tc.overdue_report").state == "fulfilled"
    done = take(people, again, "take_over", grounds=["procedure"])
    assert done.state == "accepted"
    assert due(again, "tc.settle").state == "open"
    ended = Denunciation.objects.get(pk=first.pk)
    assert (ended.state, ended.outcome) == ("terminated", "taken_over")
    assert not Duty.objects.filter(matter=first, state="open").exists()


def test_one_within_its_term_cannot_be_called_overdue(people: Any, denounce: Any) -> None:
    from dongthuan.core.units.models import Unit

    earlier = matter_in(people, denounce, "accepted")
    again = denounce(place=Unit.objects.get(code="51")).matter
    take(people, again, "register")
    with pytest.raises(MatterError) as refused:
        take(people, again, "link_again", earlier=earlier.code, ground="overdue")
    assert refused.value.field == "ground"


def test_figures_of_both_forms_are_kept_apart(people: Any, denounce: Any) -> None:
    matter = matter_in(people, denounce, "concluded")
    take(people, matter, "figures", sort="due", state_money=120, discipline=2)
    take(people, matter, "figures", sort="done", state_money=80)
    kept = Denunciation.objects.get(pk=matter.pk).figures
    assert kept == {"due": {"state_money": 120, "discipline": 2}, "done": {"state_money": 80}}


def test_what_the_press_forwarded_is_answered_in_twenty_days(people: Any, denounce: Any) -> None:
    with clock.at(dt.datetime(2026, 11, 2, 2, tzinfo=dt.UTC)):
        matter = denounce(forwarded_by="Báo Quảng Ngãi").matter
    assert due(matter, "tc.forwarder_notice").due_on == dt.date(2026, 11, 23)  # the 22nd is Sunday
    assert "Báo" not in str(Denunciation.objects.filter(pk=matter.pk).values().get())


def test_the_same_form_sent_twice_makes_one_matter(denounce: Any) -> None:
    digits = vault.form_digits(vault.form_token())
    first, second = denounce(digits=digits), denounce(digits=digits)
    assert (second.repeated, second.digits, second.matter.pk) == (True, digits, first.matter.pk)
    assert Matter.objects.count() == 1


def test_all_conditions_are_those_of_article_29() -> None:
    from dongthuan.work.denunciations.terms import CONDITIONS_29

    assert set(MET) == set(CONDITIONS_29)
