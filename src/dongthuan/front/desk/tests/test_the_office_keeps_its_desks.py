"""Desks are added, their codes and slips printed, paper forms entered, remarks read by the head."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.test import Client
from pypdf import PdfReader

from dongthuan.core import clock
from dongthuan.core.units.models import Unit
from dongthuan.work.satisfaction.models import Answer, Desk, Slip
from dongthuan.work.satisfaction.services import answer_give, desk_add

PAGE = "/ban-lam-viec/hai-long/"


def desk_made(people: Any) -> Desk:
    unit = Unit.objects.get(code="21439-ubnd")
    return desk_add(acting=people.intake, unit=unit, name="Quầy 1")


def test_a_desk_is_added_once(desk_of: Any, people: Any) -> None:
    unit = Unit.objects.get(code="21439-ubnd")
    client: Client = desk_of("intake")
    assert client.post(PAGE, {"unit": unit.pk, "name": "Quầy 1"}).status_code == 302
    again = client.post(PAGE, {"unit": unit.pk, "name": "Quầy 1"})
    assert again.status_code == 422
    assert Desk.objects.count() == 1


def test_slips_and_the_code_for_the_wall_are_printed(desk_of: Any, people: Any) -> None:
    desk = desk_made(people)
    client: Client = desk_of("intake")
    answer = client.post(f"{PAGE}{desk.pk}/phieu.pdf", {"count": "12"})
    assert answer["Cache-Control"] == "no-store"
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2
    assert Slip.objects.count() == 12
    poster = client.get(f"{PAGE}{desk.pk}/ma.pdf")
    assert "Quầy 1" in PdfReader(io.BytesIO(poster.content)).pages[0].extract_text()


def test_too_many_slips_are_refused(desk_of: Any, people: Any) -> None:
    desk = desk_made(people)
    desk_of("intake").post(f"{PAGE}{desk.pk}/phieu.pdf", {"count": "100000"})
    assert not Slip.objects.exists()


def test_a_paper_form_is_entered(desk_of: Any, people: Any) -> None:
    desk = desk_made(people)
    desk_of("handler").post(f"{PAGE}{desk.pk}/nhap-giay/", {"q_time": "1"})
    assert Answer.objects.get().source == "paper"


def test_remarks_are_read_by_the_head_when_the_quarter_has_ended(desk_of: Any, people: Any) -> None:
    desk = desk_made(people)
    moments = {"CU": dt.datetime(2026, 8, 1, 3, tzinfo=dt.UTC), "MOI": clock.now()}
    for remark, moment in moments.items():
        with clock.at(moment):
            answer_give(acting=people.citizen, subject="desk", unit=desk.unit, desk=desk,
                        points={"time": 2}, remark=f"GHI-{remark}")  # fmt: skip
    page = desk_of("head").get(PAGE).content.decode()
    assert "GHI-CU" in page
    assert "GHI-MOI" not in page
    assert "GHI-CU" not in desk_of("intake").get(PAGE).content.decode()
