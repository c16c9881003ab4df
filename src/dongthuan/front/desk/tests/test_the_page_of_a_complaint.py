"""What the desk shows of a complaint: its facts, its people for those inside, its decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.models import Document
from dongthuan.work.petitions.tests.paths import matter_in, walk_steps


@pytest.fixture
def executing(people: Any, submit: Any) -> Matter:
    matter = matter_in(people, submit, "complaint", "executing")
    return walk_steps(people, matter, ("represent",), {"represent": {"name": "Luật sư Lê Thử"}})


def add(people: Any, matter: Matter, count: int) -> None:
    for _ in range(count):
        matter_act(
            acting=people.head, matter_id=matter.pk, step_name="recovery_add",
            data={"to": "state", "money": 1_500_000_000, "land": Decimal("10.50")},
        )  # fmt: skip


def test_the_sums_and_the_lawyer_are_there_for_those_inside(
    people: Any, executing: Matter, desk_of: Callable[[str], Client]
) -> None:
    add(people, executing, 2)
    page = desk_of("head").get(f"/ban-lam-viec/vu-viec/{executing.code}/").content.decode()
    assert "Luật sư Lê Thử" in page
    assert "3.000.000.000" in page


def test_a_complaint_costs_the_same_with_ten_and_with_a_hundred_recoveries(
    people: Any, executing: Matter, desk_of: Callable[[str], Client]
) -> None:
    client, address = desk_of("head"), f"/ban-lam-viec/vu-viec/{executing.code}/"
    counts = []
    for more in (10, 90):
        add(people, executing, more)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 24


def test_the_draft_is_a_pdf_for_those_inside_alone(
    people: Any, submit: Any, desk_of: Callable[[str], Client]
) -> None:
    matter = matter_in(people, submit, "complaint", "accepted")
    address = f"/ban-lam-viec/vu-viec/{matter.code}/quyet-dinh.pdf"
    answer = desk_of("head").get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert desk_of("front").get(address).status_code == 404
    assert desk_of("other_head").get(address).status_code == 404


def test_the_decision_takes_the_next_number_and_lies_on_the_file(
    people: Any, submit: Any, desk_of: Callable[[str], Client]
) -> None:
    matter = matter_in(people, submit, "complaint", "accepted")
    done = walk_steps(people, matter, ("report", "decide"), {
        "decide": {"document": "", "issue": True, "signer": "Cán bộ head",
                   "respondent": "Chủ tịch UBND phường"},
    })  # fmt: skip
    document = Document.objects.get(unit=matter.unit)
    assert done.decision == document.symbol == "01/QĐ-UBND"
    assert matter.papers.get(document=document).title.startswith("01/QĐ-UBND")


def test_a_date_that_need_not_be_given_is_not_suggested(
    people: Any, submit: Any, desk_of: Callable[[str], Client]
) -> None:
    matter = matter_in(people, submit, "complaint", "classified")
    page = desk_of("head").get(f"/ban-lam-viec/vu-viec/{matter.code}/examine/").content.decode()
    field = page[page.index('name="known_on"') - 200 : page.index('name="known_on"') + 200]
    assert 'value="20' not in field


@pytest.mark.parametrize(
    ("field", "given"),
    [("signer", {"signer": "Trần Văn Thử"}), ("respondent", {"respondent": ""})],
)
def test_no_number_is_given_without_the_head_and_who_is_complained_of(
    people: Any, submit: Any, desk_of: Callable[[str], Client], field: str, given: dict[str, str]
) -> None:
    matter = matter_in(people, submit, "complaint", "accepted")
    matter = walk_steps(people, matter, ("report",), {})
    address = f"/ban-lam-viec/vu-viec/{matter.code}/decide/"
    page = desk_of("head").get(address)
    assert page.context["form"].initial["signer"] == "Cán bộ head"
    assert "first_result" not in page.context["form"].fields
    assert f"/vu-viec/{matter.code}/quyet-dinh.pdf" in page.content.decode()
    data = {
        "version": matter.version, "issue": "on", "signer": "Cán bộ head", "content": "Đất.",
        "legal_basis": "Luật Khiếu nại 2011", "finding": "right", "measure": "annul",
        "answer": "Hủy.", "respondent": "Chủ tịch UBND phường", **given,
    }  # fmt: skip
    answer = desk_of("head").post(address, data)
    assert answer.status_code == 422
    assert answer.context["form"].has_error(field)
    assert not Document.objects.exists()


def test_steps_that_must_be_refused_are_not_offered(
    people: Any, submit: Any, desk_of: Callable[[str], Client]
) -> None:
    matter = matter_in(people, submit, "complaint", "accepted")
    client = desk_of("head")
    assert not offered(client, matter) & {"decide", "dialogue_hold"}
    matter = walk_steps(people, matter, ("dialogue_call",), {})
    assert "dialogue_hold" not in offered(client, matter)
    matter = walk_steps(people, matter, ("dialogue_notice", "report"), {})
    assert offered(client, matter) >= {"decide", "dialogue_hold"}
    matter = walk_steps(people, matter, ("decide",), {})
    assert "close" not in offered(client, matter)


def offered(client: Client, matter: Matter) -> set[str]:
    page = client.get(f"/ban-lam-viec/vu-viec/{matter.code}/")
    return {step.name for step in page.context["view"].steps}


def test_the_day_of_a_dialogue_is_proposed_so_that_its_notice_is_in_time(
    people: Any, submit: Any, desk_of: Callable[[str], Client]
) -> None:
    matter = matter_in(people, submit, "complaint", "accepted")
    address = f"/ban-lam-viec/vu-viec/{matter.code}/dialogue_call/"
    day = desk_of("head").get(address).context["form"].initial["day"]
    data = {
        "version": matter.version, "day": day.isoformat(), "time": "8 giờ", "place": "Trụ sở",
        "topics": "Việc thu hồi đất.", "chair": "Chủ tịch",
    }  # fmt: skip
    early = data | {"day": (day - dt.timedelta(days=1)).isoformat()}
    assert desk_of("head").post(address, early).status_code == 422
    assert desk_of("head").post(address, data).status_code == 302
