"""Who stands in one room finds the door of the next: commune, project, decision, the booth."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.decisions.models import Decision, Vote
from dongthuan.work.projects.models import Project
from dongthuan.work.projects.services import Fund, project_create

# The open online vote and its households, as the tests of decisions have them.
from .test_the_people_decide import NOW, online, walk  # noqa: F401

BOOTH = 'href="/ban-va-quyet-dinh/bo-phieu/"'


def approved(people: Any, decision: Any = None) -> Project:
    project = project_create(
        acting=people.handler, unit=Unit.objects.get(code="21439-ubnd"),
        title="Đường bê tông tổ 1", purpose="Hết lầy lội mùa mưa.", planned_to=clock.today(),
        villages=[Unit.objects.get(code="21439-t01")],
        funds=[Fund(source="state", planned=600_000_000)],
    )  # fmt: skip
    Project.objects.filter(pk=project.pk).update(decision=decision)
    plan = {"document": "12/QĐ-UBND", "approved_on": clock.today()}
    matter_act(acting=people.head, matter_id=project.pk, step_name="prepare", data=plan)
    return project


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_page_of_a_commune_leads_to_its_rooms(client: Client, people: Any) -> None:
    text = page(client, "/don-vi/21439/")
    for path in ("/cong-khai/21439/", "/ban-va-quyet-dinh/?unit=21439", "/lay-y-kien/",
                 "/giam-sat/?unit=21439", "/du-an/?unit=21439", "/hai-long/21439/",
                 "/phoi-hop/", "/kien-nghi/?commune=21439", "/doi-thoai/?unit=21439",
                 "/dan-van-kheo/?unit=21439", "/van-ban/", "/tin/?unit=21439"):  # fmt: skip
        assert f'href="{path}"' in text, path
        assert client.get(path).status_code == 200, path


def test_the_page_of_a_village_leads_to_what_it_decides(client: Client, people: Any) -> None:
    text = page(client, "/don-vi/21439-t01/")
    assert 'href="/ban-va-quyet-dinh/?unit=21439-t01"' in text
    assert 'href="/cong-khai/21439-t01/"' not in text


def test_a_unit_that_has_ended_has_no_rooms(client: Client, people: Any) -> None:
    assert "/cong-khai/534/" not in page(client, "/don-vi/534/")


def test_a_vote_online_is_two_presses_away(
    client: Client,
    online: tuple[Decision, Vote, list[str]],  # noqa: F811
) -> None:
    path = f"/ban-va-quyet-dinh/viec/{online[0].code}/"
    with clock.at(NOW):
        assert BOOTH in page(client, path)
    with clock.at(NOW + dt.timedelta(days=2)):
        assert BOOTH not in page(client, path)


def test_a_project_leads_to_the_decision_that_carries_it(
    client: Client,
    people: Any,
    online: tuple[Decision, Vote, list[str]],  # noqa: F811
) -> None:
    project = approved(people, decision=online[0])
    assert f'href="/ban-va-quyet-dinh/viec/{online[0].code}/"' in page(
        client, f"/du-an/{project.code}/"
    )


def test_the_record_of_duties_leads_to_the_whole_dossier(client: Client, people: Any) -> None:
    project = approved(people)
    assert f'href="/du-an/{project.code}/"' in page(client, f"/tra-cuu/{project.code}/")


def test_what_is_not_public_has_no_door(client: Client, people: Any) -> None:
    idea = project_create(
        acting=people.handler, unit=Unit.objects.get(code="21439-ubnd"), title="Cầu qua mương",
        purpose="Đi lại mùa mưa.", planned_to=clock.today(), villages=[],
        funds=[Fund(source="state", planned=1)],
    )  # fmt: skip
    answer = client.get(f"/tra-cuu/{idea.code}/")
    assert f"/du-an/{idea.code}/" not in answer.content.decode()
