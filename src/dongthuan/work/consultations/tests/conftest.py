"""Consultations of phường Đức Phổ, told with a clock that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.clusters import cluster_add, cluster_answer, opinions_cluster
from dongthuan.work.consultations.drafts import draft_add
from dongthuan.work.consultations.hearings import addressee_add
from dongthuan.work.consultations.models import Cluster, Consultation
from dongthuan.work.consultations.opinions import Given, Person, opinions_show, part_give
from dongthuan.work.consultations.questions import questions_set
from dongthuan.work.consultations.services import consultation_create

ZONE = dt.timezone(dt.timedelta(hours=7))
TODAY = dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)  # a Monday
LAST = dt.date(2026, 11, 22)  # the twentieth day after it
AFTER = dt.datetime(2026, 11, 23, 9, tzinfo=ZONE)
PURPOSE = "Xin ý kiến về việc mở rộng đường liên tổ dân phố và nơi đặt điểm tập kết rác."


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(TODAY):
        yield


@pytest.fixture
def office(people: Any) -> Unit:
    return Unit.objects.get(code="21439-ubnd")


@pytest.fixture
def draft(people: Any, office: Unit) -> Callable[..., Consultation]:
    def draft(**fields: Any) -> Consultation:
        values: dict[str, Any] = {
            "acting": people.handler, "unit": office, "item": "5",
            "title": "Dự thảo phương án phân luồng giao thông", "purpose": PURPOSE,
            "forms": ["b", "d", "e"],
        }  # fmt: skip
        return consultation_create(**(values | fields))

    return draft


def step(actor: Any, matter: Any, name: str, **data: Any) -> Consultation:
    matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=data)
    return Consultation.objects.select_related("unit__parent").get(pk=matter.pk)


DRAFT_TEXT = """Điều 1. Phạm vi

Đường số 2 chỉ cho xe một chiều từ 6 giờ đến 8 giờ.

Điểm tập kết rác đặt tại góc sân vận động.

Điều 2. Thi hành

Phương án có hiệu lực từ ngày 01 tháng 01 năm 2027."""
QUESTIONS: list[dict[str, Any]] = [
    {"type": "single", "text": "Có đồng ý cho xe một chiều không?",
     "choices": ["Đồng ý", "Không đồng ý", "Ý kiến khác"], "required": True},
    {"type": "text", "text": "Vì sao không đồng ý?", "show_if": {"question": "q1", "in": [1, 2]}},
    {"type": "multi", "text": "Đi lại bằng gì?", "choices": ["Xe máy", "Ô tô", "Đi bộ"]},
    {"type": "scale", "text": "Mức hài lòng với giao thông hiện nay"},
]  # fmt: skip


def noon_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), ZONE)


@pytest.fixture
def planned(people: Any, draft: Any) -> Callable[..., Consultation]:
    """A drafted consultation with text and sheet whose plan was sent."""

    def planned(text: str = DRAFT_TEXT, questions: Any = None, **fields: Any) -> Consultation:
        matter = draft(**fields)
        given = {"acting": people.handler, "consultation_id": matter.pk}
        draft_add(**given, title="Dự thảo phương án", text=text)
        questions_set(**given, questions=QUESTIONS if questions is None else questions)
        return step(
            people.handler, matter, "send_plan", document="12/KH-UBND", sent_on=TODAY.date()
        )

    return planned


@pytest.fixture
def opened(people: Any, planned: Any) -> Callable[..., Consultation]:
    """Open from 2 to 22 November 2026."""

    def opened(closes_on: dt.date = LAST, **fields: Any) -> Consultation:
        return step(people.handler, planned(**fields), "publish", closes_on=closes_on)

    return opened


@pytest.fixture
def closed(people: Any, opened: Any) -> Callable[..., Consultation]:
    """Closed on the day after the last; two opinions, in one group with an answer if asked."""

    def closed(*, grouped: bool = True, answered: bool = True, **fields: Any) -> Consultation:
        matter = opened(**fields)
        given = Given(opinions=[(None, "Nên làm thêm vạch sơn."), (None, "Đặt thêm đèn.")],
                      person=Person(email="dan@vidu.vn"))  # fmt: skip
        part_give(consultation_id=matter.pk, given=given)
        with clock.at(AFTER):
            matter = step(people.handler, matter, "close")
            if grouped:
                group(people, matter, answered=answered)
        return matter

    return closed


def open_today(people: Any) -> dict[str, Any]:
    """A hearing opened at this moment: its code, an opinion, a group, an addressee, by number."""
    unit, today = Unit.objects.get(code="21439-ubnd"), clock.today()
    matter = consultation_create(
        acting=people.handler, unit=unit, item="8", forms=["b", "d", "e", "h"], purpose=PURPOSE,
        title="Dự thảo quyết định thu hồi lối đi chung",
    )  # fmt: skip
    given = {"acting": people.handler, "consultation_id": matter.pk}
    draft_add(**given, title="Dự thảo", text=DRAFT_TEXT)
    questions_set(**given, questions=QUESTIONS)
    step(people.handler, matter, "send_plan", document="12/KH-UBND", sent_on=today)
    last = today + dt.timedelta(days=25)
    matter = step(people.handler, matter, "publish", closes_on=last)
    part = part_give(
        consultation_id=matter.pk, given=Given(opinions=[(None, "Xin giữ lối đi chung.")])
    )
    row = addressee_add(
        **given, name="Nguyễn Thị Thử", address="Tổ 3", notice="5/TB-UBND", notified_on=today,
        answer_by=last,
    )  # fmt: skip
    return {
        "asked": matter.code, "opinion": part.opinions.get().pk, "addressee": row.pk,
        "cluster": cluster_add(**given, title="Giữ lối đi chung").pk,
    }  # fmt: skip


def group(people: Any, matter: Consultation, *, answered: bool = True) -> Cluster:
    """All opinions read and put into one group."""
    given = {"acting": people.handler, "consultation_id": matter.pk}
    ids = list(matter.opinions.values_list("pk", flat=True))
    opinions_show(**given, opinion_ids=ids)
    cluster = cluster_add(**given, title="Làm rõ biển báo, vạch sơn")
    opinions_cluster(**given, opinion_ids=ids, cluster_id=cluster.pk)
    if answered:
        cluster_answer(
            **given,
            cluster_id=cluster.pk,
            answer="taken",
            reason="Bổ sung vạch sơn và đèn vào phương án.",
        )
    return cluster
