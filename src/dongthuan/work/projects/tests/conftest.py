"""A project of phường Đức Phổ in any state, with plausible answers to every step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.projects.models import Obstacle, Payment, Project, ProjectTask
from dongthuan.work.projects.money import cost_add, payment_add
from dongthuan.work.projects.obstacles import obstacle_create
from dongthuan.work.projects.services import Fund, project_create
from dongthuan.work.projects.tasks import task_create

FRONT, VILLAGE, BOARD, OFFICE = "21439-mttq", "21439-t01", "21439-ttnd", "21439-ubnd"


def unit_of(code: str) -> Unit:
    return Unit.objects.get(code=code)


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def project_of(people: Any) -> Callable[..., Project]:
    """Enter a project of the ward; fields of project_create may be given."""

    def project_of(**fields: Any) -> Project:
        today = clock.today()
        given: dict[str, Any] = {
            "acting": people.handler,
            "unit": unit_of(OFFICE),
            "title": "Đường bê tông tổ dân phố 1",
            "purpose": "Cứng hóa 420 m đường, hết cảnh lầy lội mùa mưa.",
            "villages": [unit_of(VILLAGE)],
            "planned_from": today,
            "planned_to": today + dt.timedelta(days=90),
            "funds": [Fund(source="state", planned=600_000_000)],
        }
        return project_create(**(given | fields))

    return project_of


def answers(step: str) -> dict[str, Any]:
    """Something plausible for what a step asks."""
    today = clock.today()
    later = today + dt.timedelta(days=60)
    number = {"document": "12/QĐ-UBND"}
    return {
        "inform": number | {"text": "Làm 420 m đường bê tông, rộng 4 m."},
        "prepare": number | {"approved_on": today},
        "start": number | {"started_on": today},
        "report": {"percent": 40, "summary": "Đã đổ xong nền hạ."},
        "complete": {"document": "03/BB", "ended_on": today},
        "hand_over": {"document": "04/BB", "keeper": "Tổ dân phố 1"},
        "settle": number | {"amount": 350_000_000},
        "replan": number | {"until": later, "reason": "Mưa kéo dài."},
        "suspend": number | {"reason": "Chờ mặt bằng."},
        "resume": number | {"until": later},
        "cancel": number | {"reason": "Không còn cần."},
        "done": {"done_on": today, "report": "Đã họp dân, có biên bản."},
        "postpone": {"until": later, "reason": "Chờ họp dân."},
        "reopen": {"until": later, "reason": "Thiếu biên bản."},
        "withdraw": {"reason": "Giao nơi khác."},
        "assign": {"owner": VILLAGE, "until": today + dt.timedelta(days=15)},
        "agree": {"met_on": today, "present": "UBND, Mặt trận, tổ dân phố",
                  "solution": "Dời tuyến sang trái 2 m."},
        "solve": {"report": "Đã dời cọc, các bên ký biên bản."},
        "verify": {},
        "again": {"reason": "Chưa dời hết.", "until": later},
        "escalate": {"reason": "Vượt thẩm quyền.", "document": "05/TTr"},
        "answer": {"answer": "Đồng ý bổ sung kinh phí.", "document": "06/UBND", "until": later},
        "drop": {"reason": "Tuyến đã đổi."},
    }[step]  # fmt: skip


@pytest.fixture
def take() -> Callable[..., Any]:
    """Take one step with plausible answers, some given: take(actor, matter, "start", …)."""

    def take(actor: Any, matter: Any, step: str, **given: Any) -> Any:
        return matter_act(
            acting=actor, matter_id=matter.pk, step_name=step, data=answers(step) | given
        )

    return take


def pay(actor: Any, project: Project, amount: int, name: str = "Nền, mặt đường") -> Payment:
    """A component of the costs and one payment on it."""
    line = cost_add(
        acting=actor, project=project, name=name, source="state", planned=400_000_000,
        measure="m", quantity=Decimal(420),
    )  # fmt: skip
    return payment_add(
        acting=actor, project=project, line=line, paid_on=clock.today(), amount=amount,
        payee="Công ty Xây dựng Thử", document="UNC 07",
    )  # fmt: skip


PROJECT_WAYS: dict[str, tuple[str, ...]] = {
    "identification": (),
    "preparation": ("prepare",),
    "implementation": ("prepare", "start"),
    "suspended": ("prepare", "start", "suspend"),
    "completion": ("prepare", "start", "complete"),
    "completed": ("prepare", "start", "complete", "hand_over", "settle"),
    "cancelled": ("cancel",),
}
TASK_WAYS: dict[str, tuple[str, ...]] = {
    "given": (), "done": ("done",), "withdrawn": ("withdraw",)
}  # fmt: skip
OBSTACLE_WAYS: dict[str, tuple[str, ...]] = {
    "raised": (),
    "assigned": ("assign",),
    "agreed": ("assign", "agree"),
    "escalated": ("escalate",),
    "solved": ("assign", "solve"),
    "verified": ("assign", "solve", "verify"),
    "dropped": ("drop",),
}


@pytest.fixture
def project_in(people: Any, project_of: Any, take: Any) -> Callable[..., Project]:
    """A project in a state, on its declared way."""

    def project_in(state: str, **fields: Any) -> Project:
        project = project_of(**fields)
        for step in PROJECT_WAYS[state]:
            project = take(people.head, project, step)
            if step == "start":
                pay(people.handler, project, 350_000_000)
        return project

    return project_in


@pytest.fixture
def task_in(people: Any, project_of: Any, take: Any) -> Callable[..., ProjectTask]:
    """A task of the first residential group, in a state."""

    def task_in(state: str) -> ProjectTask:
        task = task_create(
            acting=people.handler, project=project_of(), what="Họp dân, lập biên bản hiến đất.",
            responsible=unit_of(VILLAGE), due_on=clock.today() + dt.timedelta(days=20),
            document="15/TB-UBND",
        )  # fmt: skip
        for step in TASK_WAYS[state]:
            task = take(people.village_head if step == "done" else people.head, task, step)
        return task

    return task_in


@pytest.fixture
def obstacle_in(people: Any, project_of: Any, take: Any) -> Callable[..., Obstacle]:
    """An obstacle named by the village, in a state."""

    def obstacle_in(state: str) -> Obstacle:
        obstacle = obstacle_create(
            acting=people.village_head, project=project_of(), raised_by=unit_of(VILLAGE),
            what="Ba trụ điện nằm giữa tim đường.", where="Km 0+200",
        )  # fmt: skip
        for step in OBSTACLE_WAYS[state]:
            actor = people.village_head if step == "solve" else people.head
            obstacle = take(actor, obstacle, step)
        return obstacle

    return obstacle_in
