"""Recommendations in phường Đức Phổ, told with a clock that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.units.models import Unit
from dongthuan.work.recommendations.criticisms import criticism_create
from dongthuan.work.recommendations.hearings import hearings_open
from dongthuan.work.recommendations.models import BodyRecommendation, Criticism, Hearing
from dongthuan.work.recommendations.services import Said, recommendation_create

ZONE = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)  # a Monday
UNTIL = dt.date(2026, 12, 31)
SESSION = dt.date(2026, 12, 10)
CONTENT = "Đề nghị lắp đèn chiếu sáng đoạn đường từ chợ đến trường tiểu học."
# source -> (code of the body, who acts for it)
BODIES = {
    "mass_mobilisation": ("21439-xdd", "dvan"),
    "front": ("21439-mttq", "front"),
    "women": ("21439-pn", "front"),
    "board": ("21439-ttnd", "board"),
    "voters": ("21439-mttq", "front_head"),
    "council": ("21439-hdnd", "council"),
}


@pytest.fixture(autouse=True)
def _standing_clock() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def unit(code: str) -> Unit:
    return Unit.objects.select_related("parent").get(code=code)


@pytest.fixture
def drafted(people: Any) -> Callable[..., BodyRecommendation]:
    """drafted(source): a draft of that source, to the People's Committee."""

    def drafted(source: str = "front", **more: Any) -> BodyRecommendation:
        body, who = BODIES[source]
        told = {"addressee": unit("21439-ubnd"), "content": CONTENT} | more
        row = recommendation_create(
            acting=people.actors[who], body=unit(body), source=source, said=Said(**told)
        )
        return BodyRecommendation.objects.get(pk=row.pk)

    return drafted


def act(actor: Any, row: Any, step: str, **data: Any) -> Any:
    matter_act(acting=actor, matter_id=row.pk, step_name=step, data=data)
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def sent(people: Any, drafted: Any) -> Callable[..., BodyRecommendation]:
    def sent(source: str = "front", **more: Any) -> BodyRecommendation:
        row = drafted(source, **more)
        data: dict[str, Any] = {"document": "05/KN"}
        if row.by_session:
            data["session_on"] = SESSION
        done: BodyRecommendation = act(people.actors[BODIES[source][1]], row, "send", **data)
        return done

    return sent


@pytest.fixture
def criticism(people: Any) -> Criticism:
    made = criticism_create(
        acting=people.handler, drafter=unit("21439-ubnd"), critic=unit("21439-mttq"),
        title="Quy chế quản lý chợ Đức Phổ", summary="Dự thảo quy chế quản lý chợ mới.",
        submits_on=dt.date(2026, 12, 1),
    )  # fmt: skip
    return Criticism.objects.get(pk=made.pk)


@pytest.fixture
def hearing(people: Any) -> Hearing:
    made = hearings_open(acting=SYSTEM, area=unit("21439"))
    return Hearing.objects.get(pk=next(h.pk for h in made if h.unit.code == "21439-ubnd"))


@pytest.fixture
def browser_of(people: Any, settings: Any) -> Callable[[str], Client]:
    """The browser of one of `people`; of nobody with an empty name."""
    settings.OFFICIALS_NEED_MFA = False

    def browser_of(name: str) -> Client:
        client = Client()
        if name:
            client.force_login(
                people.accounts[name],
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )
        return client

    return browser_of
