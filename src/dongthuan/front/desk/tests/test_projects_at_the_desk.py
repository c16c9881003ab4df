"""Projects at the desk: entered, filled part by part, read and answered by the partners."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.core.units.models import Unit
from dongthuan.work.projects.models import Acknowledgement, CostLine, Obstacle, Payment, Project
from dongthuan.work.projects.obstacles import obstacle_create
from dongthuan.work.projects.services import project_create

D = "/ban-lam-viec/du-an/"
Desk = Callable[[str], Client]


@pytest.fixture
def project(people: Any) -> Project:
    return project_create(
        acting=people.handler, unit=Unit.objects.get(code="21439-ubnd"), title="Đường bê tông tổ 1",
        purpose="Hết lầy lội.", villages=[Unit.objects.get(code="21439-t01")],
    )  # fmt: skip


def _id(code: str) -> int:
    return Unit.objects.get(code=code).pk


def parts() -> dict[str, dict[str, Any]]:
    day = clock.today().isoformat()
    return {
        "vuong-mac": {"what": "Trụ điện", "where": "Km 1", "raised_by": _id("21439-ubnd")},
        "nhiem-vu": {"what": "Họp dân", "responsible": _id("21439-mttq"), "due_on": day,
                     "document": "1/TB"},
        "chi-phi": {"name": "Nền", "source": "state", "planned": "5000000", "measure": "m",
                    "quantity": "10.5"},
        "hop-dong": {"contractor": "Công ty", "what": "Thi công", "value": "900", "signed_on": day,
                     "document": "1/HĐ"},
        "mat-bang": {"on": day, "households": 5, "agreed": 3, "paid": 2, "handed_over": 1,
                     "area": "100", "area_handed": "20", "amount": 9, "amount_paid": 3},
        "tai-lieu": {"type": "projectPlan", "title": "Kế hoạch", "public": "on"},
    }  # fmt: skip


def test_a_project_is_entered_on_one_page(people: Any, desk_of: Desk) -> None:
    data = {
        "unit": _id("21439-ubnd"), "title": "Chợ mới", "purpose": "Dời chợ", "sector": "economy",
        "work_type": "replacement", "villages": [_id("21439-t02")], "money_state": "7000000",
    }  # fmt: skip
    answer = desk_of("handler").post(f"{D}them/", data)
    made = Project.objects.get()
    assert answer["Location"] == f"{D}{made.code}/"
    assert [(f.source, f.planned) for f in made.fundings.all()] == [("state", 7_000_000)]
    assert Unit.objects.get(code="21439-t02").path in made.parties


def test_each_part_is_added_and_then_shown(project: Project, desk_of: Desk) -> None:
    desk = desk_of("handler")
    for part, data in parts().items():
        assert desk.get(f"{D}{project.code}/{part}/").status_code == 200
        assert desk.post(f"{D}{project.code}/{part}/", data).status_code == 302, part
    page = desk.get(f"{D}{project.code}/").content.decode()
    for text in ("Trụ điện", "Họp dân", "Nền", "Công ty", "Kế hoạch", "10,5"):
        assert text in page


def test_a_payment_is_written_and_reversed(project: Project, desk_of: Desk) -> None:
    desk = desk_of("handler")
    desk.post(f"{D}{project.code}/chi-phi/", parts()["chi-phi"])
    line = CostLine.objects.get()
    paid = {"line": line.pk, "paid_on": clock.today(), "amount": 700, "payee": "Công ty",
            "document": "2"}  # fmt: skip
    assert desk.post(f"{D}{project.code}/chi-tra/", paid).status_code == 302
    payment = Payment.objects.get()
    path = f"{D}{project.code}/dao/{payment.pk}/"
    assert desk.post(path, {"reason": "Nhầm", "document": "3"}).status_code == 302
    assert desk.post(path, {"reason": "Nhầm", "document": "3"}).status_code == 422
    assert sum(Payment.objects.values_list("amount", flat=True)) == 0


def test_a_photograph_says_its_own_day(project: Project, desk_of: Desk) -> None:
    file = SimpleUploadedFile("anh.jpg", picture())
    data = {"alt": "Nền đường", "papers": file, "taken_on": clock.today().isoformat()}
    assert desk_of("handler").post(f"{D}{project.code}/anh/", data).status_code == 302
    assert project.photos.get().alt == "Nền đường"


def test_without_a_picture_there_is_no_photograph(project: Project, desk_of: Desk) -> None:
    data = {"alt": "Nền đường", "taken_on": clock.today().isoformat()}
    assert desk_of("handler").post(f"{D}{project.code}/anh/", data).status_code == 422


def test_a_partner_reads_and_acknowledges(people: Any, project: Project, desk_of: Desk) -> None:
    matter_act(
        acting=people.handler, matter_id=project.pk, step_name="inform",
        data={"document": "1/TB", "text": "Làm đường."},
    )  # fmt: skip
    desk = desk_of("village_head")
    page = desk.get(f"{D}{project.code}/").content.decode()
    assert "xac-nhan" in page
    data = {"unit": "21439-t01", "remark": "Đã họp tổ."}
    assert desk.post(f"{D}{project.code}/xac-nhan/", data).status_code == 302
    assert Acknowledgement.objects.get(at__isnull=False).remark == "Đã họp tổ."
    assert "xac-nhan" not in desk.get(f"{D}{project.code}/").content.decode()


def test_nobody_acknowledges_for_another(people: Any, project: Project, desk_of: Desk) -> None:
    matter_act(
        acting=people.handler, matter_id=project.pk, step_name="inform",
        data={"document": "1/TB", "text": "Làm đường."},
    )  # fmt: skip
    desk_of("front").post(f"{D}{project.code}/xac-nhan/", {"unit": "21439-t01"})
    answer = desk_of("other_head").post(f"{D}{project.code}/xac-nhan/", {"unit": "21439-t01"})
    assert answer.status_code == 404
    assert not Acknowledgement.objects.filter(at__isnull=False).exists()


def test_an_obstacle_is_given_to_a_body_from_a_list(
    people: Any, project: Project, desk_of: Desk
) -> None:
    unit = Unit.objects.get(code="21439-t01")
    made = obstacle_create(
        acting=people.village_head, project=project, raised_by=unit, what="Trụ điện"
    )
    until = (clock.today() + dt.timedelta(days=5)).isoformat()
    desk = desk_of("handler")
    data = {"owner": _id("21439-kt"), "until": until}
    assert desk.post(f"{D}vuong-mac/{made.code}/giao/", data).status_code == 302
    found = Obstacle.objects.get()
    assert found.responsible is not None
    assert (found.state, found.responsible.code) == ("assigned", "21439-kt")


@pytest.mark.parametrize("part", ["chi-phi", "nhiem-vu", "khong-co"])
@pytest.mark.parametrize("name", ["village_head", "front", "board", "other_head", "admin"])
def test_only_who_works_on_it_adds_parts(
    project: Project, desk_of: Desk, name: str, part: str
) -> None:
    assert desk_of(name).get(f"{D}{project.code}/{part}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("village_head", "21439-t01"),
        ("village_front", "21439-t01"),
        ("front", "21439-mttq"),
        ("board", "21439-ttnd"),
        ("dvan", "21439-xdd"),
    ],
)
def test_a_partner_names_an_obstacle_in_its_own_name(
    project: Project, desk_of: Desk, name: str, own: str
) -> None:
    answer = desk_of(name).get(f"{D}{project.code}/vuong-mac/")
    assert answer.status_code == 200
    units = list(answer.context["form"].fields["raised_by"].queryset)
    assert units[0].code == own
    assert all(unit.path.startswith(units[0].path) for unit in units)


def test_the_plan_is_corrected_and_two_at_once_are_told(project: Project, desk_of: Desk) -> None:
    desk = desk_of("handler")
    data = {"purpose": "Đường rộng hơn.", "version": project.version, "money_state": "9"}
    assert desk.post(f"{D}{project.code}/sua/", data).status_code == 302
    assert desk.post(f"{D}{project.code}/sua/", data).status_code == 422
    project.refresh_from_db()
    assert project.purpose == "Đường rộng hơn."


@pytest.mark.parametrize("query", ["gd=implementation", "gd=khong", "tre=1", "after=x", "after=5"])
def test_the_list_by_stage(project: Project, desk_of: Desk, query: str) -> None:
    assert desk_of("head").get(f"{D}?{query}").status_code == 200


def test_the_list_and_the_dossier_ask_as_much_at_ten_as_at_a_hundred(
    people: Any, desk_of: Desk, django_assert_num_queries: Any
) -> None:
    unit = Unit.objects.get(code="21439-ubnd")
    desk = desk_of("head")
    desk.get(D)

    def many(n: int) -> None:
        for _turn in range(n):
            project_create(
                acting=people.handler, unit=unit, title="Đường", purpose="Đi", partners=[]
            )

    many(10)
    with django_assert_num_queries(6):
        desk.get(D)
    many(25)
    with django_assert_num_queries(6):
        assert len(desk.get(D).context["page"].rows) == 30
