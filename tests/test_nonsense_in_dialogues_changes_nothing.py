"""Dialogues: the corpus against forms of rows that exist and are the sender's."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.units.models import Position
from dongthuan.work.dialogues.questions import Asker, question_ask
from dongthuan.work.dialogues.services import dialogue_create
from dongthuan.work.dialogues.tests.conftest import ANNOUNCED, NOW, WHEN, act, question
from tests.corpus import VALUES, some_of, turn_of
from tests.test_nothing_that_is_sent_breaks_a_page import FORM, check, kept

D = "/ban-lam-viec/doi-thoai/"
# who, address, fields; words of a citizen are taken whatever they say, so none are sent
DOORS = (
    ("handler", f"{D}them/", "host sort theme groups partners on time venue agenda"),
    ("handler", D + "{code}/moi/", "units"),
    ("handler", D + "{code}/da-gui/", "invitations means"),
    ("handler", D + "{code}/ghi-cau-hoi/", "channel text name phone email"),
    ("handler", D + "cau-hoi/{waiting}/doc/", "into ground"),
    ("handler", D + "cau-hoi/{shown}/gop/", "into"),
    ("handler", D + "cau-hoi/{shown}/tach/", "into"),
    ("handler", D + "cau-hoi/{shown}/ket-qua/", "outcome answer by due_on unit document"),
    ("handler", f"{D}hang-nam/", "nam"),
    ("", "/doi-thoai/{code}/hoi/", "name phone email"),
)
SEEN = (
    f"{D}?xem={{v}}&after={{v}}",
    f"{D}tan-suat/?nam={{v}}",
    "/doi-thoai/?unit={v}&thang={v}",
    "/doi-thoai/?after={v}",
    "/doi-thoai/lich.ics?unit={v}",
    "/doi-thoai/tan-suat/?nam={v}",
    "/doi-thoai/{code}/hoi/?tai={v}&da-hoi={v}",
    "/doi-thoai/{code}/truc-tiep/?dung={v}",
)


@pytest.fixture
def room(people: Any, settings: Any) -> Any:
    settings.OFFICIALS_NEED_MFA = False
    with clock.at(NOW):
        host = Position.objects.select_related("unit__parent").get(code="21439-head")
        made = dialogue_create(
            acting=people.handler, host=host, sort="group", theme="Đối thoại", **WHEN
        )
        found = act(people.handler, made, "announce", **ANNOUNCED)
        waiting = question_ask(
            dialogue=found, text="Bao giờ chợ xong?", channel="web", asker=Asker()
        )
        handler = Client(raise_request_exception=False)
        handler.force_login(people.accounts["handler"], backend=settings.AUTHENTICATION_BACKENDS[1])
        yield {
            "handler": handler, "": Client(raise_request_exception=False), "code": found.code,
            "waiting": waiting.pk, "shown": question(people, found).pk,
        }  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_nothing_good_is_in_it(room: dict[str, Any], name: str) -> None:
    before, value = kept(), VALUES[name]
    for who, address, fields in some_of(DOORS, turn_of(name), of=3):
        body = "&".join(f"{field}={value}" for field in fields.split())
        answer = room[who].post(address.format(**room), body, content_type=FORM)
        check(answer, f"{address} {name}")
        assert answer.status_code != 404, address
    for address in some_of(SEEN, turn_of(name), of=3):
        who = "handler" if address.startswith(D) else ""
        check(room[who].get(address.format(v=value, code=room["code"])), f"{address} {name}")
    assert {table: rows for table, rows in kept().items() if rows != before[table]} == {}


def test_every_door_is_open(room: dict[str, Any]) -> None:
    """Else the corpus would prove nothing."""
    for who, address, _fields in DOORS:
        assert room[who].get(address.format(**room)).status_code in (200, 405), address
    assert clock.today() == dt.date(2026, 11, 2)
