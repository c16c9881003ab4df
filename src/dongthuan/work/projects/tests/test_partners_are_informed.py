"""At the start every partner is sent the information and says, as a body, that it has read it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry
from dongthuan.core.matters.selectors import matter_get
from dongthuan.work.projects.models import Acknowledgement
from dongthuan.work.projects.selectors import dossier_view
from dongthuan.work.projects.services import notice_acknowledge
from dongthuan.work.projects.tests.conftest import FRONT, VILLAGE, unit_of


@pytest.fixture
def informed(people: Any, project_of: Any, take: Any) -> Any:
    project = project_of(partners=[unit_of(FRONT)])
    return take(people.handler, project, "inform")


def test_the_usual_partners_are_named_by_themselves(project_of: Any) -> None:
    named = project_of().parties
    for code in (FRONT, VILLAGE, "21439-xdd", "21439-pn", "21439-ttnd"):
        assert unit_of(code).path in named
    assert unit_of("21439-kt").path not in named


def test_the_office_owes_the_information_from_the_first_day(project_of: Any) -> None:
    duty = Duty.objects.get(matter=project_of(), rule="project.inform")
    assert (duty.state, duty.unit.code) == ("open", "21439-ubnd")


def test_each_partner_owes_its_own_answer(informed: Any) -> None:
    owed = Duty.objects.filter(matter=informed, rule="project.ack", state="open")
    assert {(duty.unit.code, duty.subject) for duty in owed} == {(FRONT, FRONT), (VILLAGE, VILLAGE)}


def test_a_partner_sees_the_project_and_acknowledges_once(people: Any, informed: Any) -> None:
    assert matter_get(actor=people.village_head, code=informed.code) is not None
    said = notice_acknowledge(
        acting=people.village_head, project=informed, unit=unit_of(VILLAGE), remark="Đã họp tổ."
    )
    assert said.at is not None
    duty = Duty.objects.get(matter=informed, rule="project.ack", subject=VILLAGE)
    assert duty.state == "fulfilled"
    entry = Entry.objects.get(matter=informed, act="project.acknowledged")
    assert entry.facts["body"] == unit_of(VILLAGE).name
    with pytest.raises(MatterError):
        notice_acknowledge(acting=people.village_head, project=informed, unit=unit_of(VILLAGE))


def test_the_dossier_lists_who_has_not_answered(people: Any, informed: Any) -> None:
    notice_acknowledge(acting=people.front, project=informed, unit=unit_of(FRONT))
    found = dossier_view(actor=people.handler, code=informed.code)
    assert found is not None
    silent = [one.unit.code for one in found.acknowledgements if one.at is None]
    assert (silent, found.acknowledged) == ([VILLAGE], 1)


@pytest.mark.parametrize("name", ["other_village_head", "handler", "head", "dvan", "front"])
def test_nobody_answers_for_another_body(people: Any, informed: Any, name: str) -> None:
    with pytest.raises(NotAllowed):
        notice_acknowledge(acting=people.actors[name], project=informed, unit=unit_of(VILLAGE))
    assert not Acknowledgement.objects.filter(at__isnull=False).exists()


def test_a_late_answer_is_late(people: Any, informed: Any) -> None:
    with clock.at(clock.now() + dt.timedelta(days=20)):
        notice_acknowledge(acting=people.front, project=informed, unit=unit_of(FRONT))
    assert Duty.objects.get(matter=informed, subject=FRONT).state == "late"


def test_the_days_of_tet_do_not_count(people: Any, project_of: Any, take: Any) -> None:
    """Sent two working days before the holidays of 2026: three days are left after them."""
    with clock.at(dt.datetime(2026, 2, 11, 9, tzinfo=dt.UTC)):
        project = take(people.handler, project_of(partners=[]), "inform")
    duty = Duty.objects.get(matter=project, rule="project.ack")
    assert duty.due_on == dt.date(2026, 2, 25)


def test_a_new_notice_asks_again(people: Any, informed: Any, take: Any) -> None:
    notice_acknowledge(acting=people.front, project=informed, unit=unit_of(FRONT))
    take(people.handler, informed, "inform", document="20/TB")
    owed = Duty.objects.filter(matter=informed, rule="project.ack", state="open")
    assert {duty.subject for duty in owed} == {FRONT, VILLAGE}
    assert Duty.objects.get(matter=informed, subject=VILLAGE, state="waived").reason
    notice_acknowledge(acting=people.front, project=informed, unit=unit_of(FRONT))
    assert Acknowledgement.objects.filter(unit__code=FRONT, at__isnull=False).count() == 2


def test_without_partners_there_is_nobody_to_inform(
    people: Any, project_of: Any, take: Any
) -> None:
    project = project_of(partners=[], villages=[])
    with pytest.raises(MatterError):
        take(people.handler, project, "inform")
