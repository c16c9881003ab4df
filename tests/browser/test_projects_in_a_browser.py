"""The dossier of a project in a browser: sound for everybody, and whole without JavaScript."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.core.units.models import Unit
from dongthuan.work.projects.models import Project
from dongthuan.work.projects.obstacles import obstacle_create
from dongthuan.work.projects.record import land_add, photo_add
from dongthuan.work.projects.services import Fund, project_create
from dongthuan.work.projects.tasks import task_create
from dongthuan.work.projects.tests.conftest import pay

pytestmark = pytest.mark.browser


WIDTHS = (360, 1280)


@pytest.fixture
def project(people: Any, settings: Any, tmp_path: Any) -> Project:
    """A road with something in every part of its dossier."""
    settings.MEDIA_ROOT = tmp_path / "files"
    village = Unit.objects.get(code="21439-t01")
    made = project_create(
        acting=people.handler, unit=Unit.objects.get(code="21439-ubnd"), villages=[village],
        title="Đường bê tông tổ 1", purpose="Hết lầy lội mùa mưa.", planned_to=clock.today(),
        funds=[Fund(source="state", planned=600_000_000)],
    )  # fmt: skip
    for step, data in (
        ("inform", {"document": "1/TB", "text": "Làm đường."}),
        ("prepare", {"document": "2/QĐ", "approved_on": clock.today()}),
        ("start", {"document": "3", "started_on": clock.today()}),
    ):
        matter_act(acting=people.head, matter_id=made.pk, step_name=step, data=data)
    pay(people.handler, made, 390_000_000)
    task_create(
        acting=people.handler, project=made, what="Họp dân", responsible=village,
        due_on=clock.today() + dt.timedelta(days=5), document="4/TB",
    )  # fmt: skip
    obstacle_create(acting=people.handler, project=made, raised_by=made.unit, what="Trụ điện")
    land_add(
        acting=people.handler, project=made, on=clock.today(), households=12, agreed=9, paid=6,
        handed_over=5, area=Decimal("840.5"), area_handed=Decimal(300),
    )  # fmt: skip
    file = attachment_store(upload=SimpleUploadedFile("anh.jpg", picture()))
    photo_add(acting=people.handler, project=made, file=file, taken_on=clock.today(), alt="Nền")
    return made


def test_every_page_is_sound(visitor: Any, project: Project) -> None:
    desk = visitor(widths=WIDTHS).sign_in("head")
    inner = f"/ban-lam-viec/du-an/{project.code}/"
    for name, path in {
        "portal-projects": "/du-an/",
        "portal-projects-empty": "/du-an/?stage=cancelled",
        "portal-project": f"/du-an/{project.code}/",
        "desk-projects": "/ban-lam-viec/du-an/",
        "desk-project": inner,
        "desk-project-new": "/ban-lam-viec/du-an/them/",
        "desk-project-land": f"{inner}mat-bang/",
        "desk-project-photo": f"{inner}anh/",
    }.items():
        desk.open(path)
        desk.picture(name)
        desk.check(name)


def test_a_villager_reads_it_without_javascript(visitor: Any, project: Project) -> None:
    page = visitor(viewport={"width": 360, "height": 800}, java_script_enabled=False).open(
        "/du-an/"
    )
    page.select_option("[name=stage]", "implementation")
    page.locator(".filter-actions button").click()
    page.get_by_role("link", name=project.title).click()
    text = page.locator("main").inner_text()
    for told in ("Hết lầy lội mùa mưa.", "390.000.000", "Trụ điện", "Họp dân", "840,5"):
        assert told in text
