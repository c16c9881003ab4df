"""Field reports, feedback on regulations, feedback on conduct: what each changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.forms import officials_of
from dongthuan.core.matters.models import Duty, Entry, Level, Matter
from dongthuan.core.matters.selectors import matter_get
from dongthuan.core.matters.services import matter_act, matter_assign
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.services import Sender
from dongthuan.work.petitions.tests.paths import matter_in, walk_steps


def running(matter: Matter) -> set[str]:
    rows = Duty.objects.filter(matter=matter, state__in=["open", "paused"])
    return set(rows.values_list("rule", flat=True))


def classified(people: Any, submit: Any, regime: str, **more: Any) -> Matter:
    matter = walk_steps(people, submit().matter, ("register",), {})
    data = {"kind": "feedback", "regime": regime, **more}
    return matter_act(acting=people.intake, matter_id=matter.pk, step_name="classify", data=data)


# -- field reports


def test_a_field_report_is_to_be_classified_within_a_day(people: Any, submit: Any) -> None:
    matter = submit(declared="field").matter
    duty = Duty.objects.get(matter=matter, rule="pa.classify")
    assert duty.due_at is not None
    assert duty.due_at - duty.anchor_at == dt.timedelta(hours=24)
    assert Matter.objects.get(pk=matter.pk).next_rule == "pa.classify"
    matter = walk_steps(people, matter, ("register", "classify"), {"classify": {"regime": "field"}})
    assert "pa.classify" not in running(matter)


def test_its_answer_counts_from_the_day_of_receipt(people: Any, submit: Any) -> None:
    with clock.at(dt.datetime(2026, 11, 2, 3, tzinfo=dt.UTC)):
        matter = classified(people, submit, "field")
    with clock.at(dt.datetime(2026, 11, 5, 3, tzinfo=dt.UTC)):
        matter = walk_steps(people, matter, ("examine", "accept"), {})
    assert Duty.objects.get(matter=matter, rule="pa.answer").due_on == dt.date(2026, 11, 11)


# -- on regulations


def test_feedback_on_a_regulation_is_sent_on_within_five_working_days(
    people: Any, submit: Any
) -> None:
    matter = classified(people, submit, "regulation")
    duty = Duty.objects.get(matter=matter, rule="pakn.transfer")
    assert duty.anchor_at == matter.opened_at
    matter = walk_steps(people, matter, ("EXAMINE_OUT", "transfer"), {})
    assert Duty.objects.get(pk=duty.pk).state == "fulfilled"


def test_in_competence_nothing_is_sent_on_but_the_result_is_published(
    people: Any, submit: Any
) -> None:
    sender = Sender(name="Trần Văn Thử", phone="0912345678")
    matter = walk_steps(people, submit(sender=sender).matter, ("register",), {})
    data = {"kind": "feedback", "regime": "regulation"}
    matter = matter_act(acting=people.intake, matter_id=matter.pk, step_name="classify", data=data)
    matter = walk_steps(people, matter, ("examine", "accept"), {})
    assert running(matter) == {"pa.answer"}
    matter = walk_steps(people, matter, ("DECIDE",), {})
    assert running(matter) == {"pakn.publish"}
    with pytest.raises(MatterError):
        walk_steps(people, matter, ("close",), {})
    assert walk_steps(people, matter, ("publish", "close"), {}).state == "closed"


@pytest.mark.parametrize("sender", [Sender(), Sender(name="Trần Văn Thử")])
def test_without_name_and_contact_it_is_not_eligible(
    people: Any, submit: Any, sender: Sender
) -> None:
    matter = walk_steps(people, submit(sender=sender).matter, ("register",), {})
    matter = matter_act(
        acting=people.intake, matter_id=matter.pk, step_name="classify",
        data={"kind": "recommendation", "regime": "regulation"},
    )  # fmt: skip
    with pytest.raises(MatterError) as refused:
        walk_steps(people, matter, ("examine",), {})
    assert refused.value.field == "eligible"
    store = {"examine": {"eligible": "no", "defects": ["no_identity"]}}
    assert walk_steps(people, matter, ("examine",), store).state == "examined"


# -- on conduct


@pytest.fixture
def conduct(people: Any, submit: Any) -> Matter:
    return classified(people, submit, "conduct", concerned=people.accounts["handler"])


def test_it_goes_to_the_head_and_past_the_official_concerned(people: Any, conduct: Matter) -> None:
    assert conduct.handler_id == people.head.account_id
    assert conduct.level == Level.UNIT
    assert matter_get(actor=people.handler, code=conduct.code) is None
    assert not policies.may_see(people.handler, conduct)
    assert matter_get(actor=people.front, code=conduct.code) is None
    assert matter_get(actor=people.head, code=conduct.code) is not None


def test_it_is_not_given_to_the_official_concerned(people: Any, conduct: Matter) -> None:
    assert people.accounts["handler"] not in officials_of(conduct)
    with pytest.raises(MatterError):
        matter_assign(acting=people.head, matter_id=conduct.pk, account=people.accounts["handler"])


def test_the_name_stands_in_no_fact(people: Any, conduct: Matter) -> None:
    entry = Entry.objects.filter(matter=conduct).latest("id")
    assert "concerned" not in entry.facts
    assert entry.payload.body["concerned"]["account"] == people.accounts["handler"].pk


def test_conduct_of_the_head_is_settled_by_the_higher_authority(people: Any, submit: Any) -> None:
    matter = classified(people, submit, "conduct", concerned=people.accounts["head"])
    assert matter_get(actor=people.head, code=matter.code) is None
    matter_act(
        acting=people.intake, matter_id=matter.pk, step_name="examine",
        data={"eligible": "yes", "competence": "in"},
    )  # fmt: skip
    with pytest.raises(MatterError):
        matter_act(acting=people.intake, matter_id=matter.pk, step_name="accept")
    matter_act(
        acting=people.intake, matter_id=matter.pk, step_name="examine",
        data={"eligible": "yes", "competence": "out"},
    )  # fmt: skip
    done = matter_act(
        acting=people.intake, matter_id=matter.pk, step_name="transfer",
        data={"to": Unit.objects.get(code="51-ubnd"), "note": "Chuyển cấp trên."},
    )  # fmt: skip
    assert done.unit.code == "51-ubnd"
    assert matter_get(actor=people.head, code=Matter.objects.get(parent=done).code) is None


def test_it_is_never_published_with_the_name(people: Any, conduct: Matter) -> None:
    matter = walk_steps(people, conduct, ("examine", "accept", "DECIDE"), {})
    name = people.accounts["handler"].name
    with pytest.raises(MatterError) as refused:
        walk_steps(
            people, matter, ("publish",), {"publish": {"public_answer": f"Đã nhắc {name} rồi."}}
        )
    assert refused.value.field == "public_answer"


def test_classified_otherwise_the_wall_falls(people: Any, conduct: Matter) -> None:
    matter = walk_steps(people, conduct, ("classify",), {"classify": {"regime": "field"}})
    assert matter.walled_accounts == []
    assert matter_get(actor=people.handler, code=matter.code) is not None


def test_its_parts_stand_behind_the_same_wall(people: Any, conduct: Matter) -> None:
    walk_steps(people, conduct, ("split",), {})
    for part in Petition.objects.filter(parent=conduct):
        assert part.walled_accounts == [people.accounts["handler"].pk]
        assert part.level == Level.UNIT


# -- what does not fit


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "complaint", "regime": "field"}, "regime"),
        ({"kind": "recommendation", "regime": "field"}, "regime"),
        ({"kind": "feedback", "regime": "conduct"}, "concerned"),
    ],
)
def test_a_regime_that_does_not_fit_is_refused(
    people: Any, submit: Any, data: dict[str, Any], field: str
) -> None:
    matter = walk_steps(people, submit().matter, ("register",), {})
    with pytest.raises(MatterError) as refused:
        matter_act(acting=people.head, matter_id=matter.pk, step_name="classify", data=data)
    assert refused.value.field == field
    assert Matter.objects.get(pk=matter.pk).kind == "petition"


def test_the_official_concerned_cannot_act_on_it(people: Any, conduct: Matter) -> None:
    with pytest.raises(NotAllowed):
        matter_act(
            acting=people.handler, matter_id=conduct.pk, step_name="examine",
            data={"eligible": "no", "competence": "in", "defects": ["copy"]},
        )  # fmt: skip


def test_other_kinds_have_no_regime(people: Any, submit: Any) -> None:
    assert matter_in(people, submit, "complaint", "classified").regime == ""
