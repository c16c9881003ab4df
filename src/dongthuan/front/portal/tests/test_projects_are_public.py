"""Everybody reads the dossier of an approved project, without JavaScript, and nothing before."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.core.units.models import Unit
from dongthuan.work.projects.models import Project, ProjectPhoto
from dongthuan.work.projects.obstacles import obstacle_create
from dongthuan.work.projects.record import document_add, photo_add
from dongthuan.work.projects.services import Fund, project_create
from dongthuan.work.projects.tests.conftest import pay


@pytest.fixture
def project(people: Any) -> Project:
    """An idea, not yet approved."""
    return project_create(
        acting=people.handler, unit=Unit.objects.get(code="21439-ubnd"),
        title="Đường bê tông tổ 1", purpose="Hết lầy lội mùa mưa.", planned_to=clock.today(),
        villages=[Unit.objects.get(code="21439-t01")],
        funds=[Fund(source="state", planned=600_000_000)],
    )  # fmt: skip


def act(people: Any, project: Project, step: str, **data: Any) -> Any:
    return matter_act(acting=people.head, matter_id=project.pk, step_name=step, data=data)


@pytest.fixture
def approved(people: Any, project: Project) -> Project:
    act(people, project, "prepare", document="12/QĐ-UBND", approved_on=clock.today())
    return project


def paths(project: Project) -> list[str]:
    return [f"/du-an/{project.code}/", f"/du-an/{project.code}/oc4ids.json"]


def test_an_idea_is_not_public(client: Client, project: Project) -> None:
    for path in paths(project):
        assert client.get(path).status_code == 404
    assert project.title not in client.get("/du-an/").content.decode()
    assert project.title not in client.get(f"/tra-cuu/{project.code}/").content.decode()
    assert project.title not in client.get("/tra-cuu/?q=duong+be+tong").content.decode()


def test_an_approved_project_is(client: Client, approved: Project) -> None:
    for path in paths(approved):
        assert client.get(path).status_code == 200
    assert approved.title in client.get("/du-an/").content.decode()


def test_the_page_tells_why_and_how_much(client: Client, people: Any, approved: Project) -> None:
    act(people, approved, "start", document="1", started_on=clock.today())
    pay(people.handler, approved, 350_000_000)
    page = client.get(f"/du-an/{approved.code}/").content.decode()
    for text in ("Hết lầy lội mùa mưa.", "600.000.000", "350.000.000", "12/QĐ-UBND", "Công ty"):
        assert text in page
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]


def test_what_was_entered_under_an_idea_is_shown_with_its_approval(
    client: Client, people: Any, project: Project
) -> None:
    made = obstacle_create(
        acting=people.handler, project=project, raised_by=project.unit, what="Cọc\nGiữa tim đường"
    )
    path = f"/tra-cuu/{made.code}/"
    assert "Cọc" not in client.get(path).content.decode()
    act(people, project, "prepare", document="12/QĐ-UBND", approved_on=clock.today())
    assert "Giữa tim đường" in client.get(path).content.decode()
    assert made.code in client.get("/tra-cuu/?q=giua+tim+duong").content.decode()


def test_obstacles_are_shown_with_their_state(
    client: Client, people: Any, approved: Project
) -> None:
    unit = Unit.objects.get(code="21439-t01")
    made = obstacle_create(
        acting=people.village_head, project=approved, raised_by=unit, what="Trụ điện giữa đường"
    )
    page = client.get(f"/du-an/{approved.code}/").content.decode()
    assert "Trụ điện giữa đường" in page
    assert client.get(f"/tra-cuu/{made.code}/").status_code == 200


def test_photographs_have_words_and_files_that_are_not_public_stay_inside(
    client: Client, people: Any, approved: Project
) -> None:
    files = [attachment_store(upload=SimpleUploadedFile(f"{n}.jpg", picture())) for n in range(2)]
    photo_add(
        acting=people.handler, project=approved, file=files[0], taken_on=clock.today(),
        alt="Nền đường đã lu lèn",
    )  # fmt: skip
    document_add(
        acting=people.handler, project=approved, type="budgetApproval", title="Dự toán nội bộ",
        file=files[1], public=False,
    )  # fmt: skip
    page = client.get(f"/du-an/{approved.code}/").content.decode()
    assert 'alt="Nền đường đã lu lèn"' in page
    assert "Dự toán nội bộ" not in page
    base = f"/du-an/{approved.code}/tep/"
    assert client.get(f"{base}{files[0].uuid}/").status_code == 200
    assert client.get(f"{base}{files[1].uuid}/").status_code == 404


def test_the_picture_of_an_idea_is_not_public(
    client: Client, people: Any, project: Project
) -> None:
    file = attachment_store(upload=SimpleUploadedFile("a.jpg", picture()))
    photo_add(
        acting=people.handler, project=project, file=file, taken_on=clock.today(), alt="Nền đường"
    )
    assert ProjectPhoto.objects.exists()
    assert client.get(f"/du-an/{project.code}/tep/{file.uuid}/").status_code == 404


def test_late_ones_are_found(client: Client, approved: Project) -> None:
    assert approved.title not in client.get("/du-an/?late=1").content.decode()
    with clock.at(clock.now() + dt.timedelta(days=40)):
        assert approved.title in client.get("/du-an/?late=1").content.decode()
        assert approved.title not in client.get("/du-an/?stage=completed").content.decode()


def test_data_to_compute_with(client: Client, approved: Project) -> None:
    answer = client.get("/du-an/oc4ids.json?unit=21439")
    made = json.loads(answer.content)
    assert [one["id"] for one in made["projects"]] == [approved.code]
    assert made["projects"][0]["status"] == "preparation"
    table = client.get("/du-an/danh-sach.csv?unit=21439").content.decode("utf-8-sig")
    assert approved.code in table
    assert "attachment" in client.get("/du-an/danh-sach.csv")["Content-Disposition"]


@pytest.mark.parametrize(
    "path",
    ["oc4ids.json?unit=x", "danh-sach.csv?unit=x", "khong-co/", "khong-co/oc4ids.json"],
)
def test_what_is_not_there(client: Client, people: Any, path: str) -> None:
    assert client.get(f"/du-an/{path}").status_code == 404


@pytest.mark.parametrize("query", ["after=x", "stage=zzz", "unit=zzz", "late=9"])
def test_a_bad_filter_shows_the_list(client: Client, people: Any, query: str) -> None:
    assert client.get(f"/du-an/?{query}").status_code == 200


def test_the_dossier_asks_as_much_with_much_in_it_as_with_little(
    client: Client, people: Any, approved: Project, django_assert_max_num_queries: Any
) -> None:
    unit = Unit.objects.get(code="21439-ubnd")

    def filled(n: int) -> None:
        for _turn in range(n):
            pay(people.handler, approved, 1000)
            obstacle_create(acting=people.handler, project=approved, raised_by=unit, what="Cọc")

    filled(3)
    path = f"/du-an/{approved.code}/"
    client.get(path)
    with django_assert_max_num_queries(20) as few:
        client.get(path)
    filled(30)
    with django_assert_max_num_queries(20) as many:
        client.get(path)
    assert len(few.captured_queries) == len(many.captured_queries)
