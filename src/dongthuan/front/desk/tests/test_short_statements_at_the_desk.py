"""Short statements at the desk: entered, read, taken out, votes from paper, groups of the map."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.work.consultations.models import Consultation, Statement, StatementVote
from dongthuan.work.consultations.statements.maps import map_compute
from dongthuan.work.consultations.statements.services import statement_propose
from dongthuan.work.consultations.tests.conftest import TODAY, open_today
from dongthuan.work.consultations.tests.statements import statements_in, voice_of, votes_in


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(TODAY):
        yield


@pytest.fixture
def matter(people: Any) -> Consultation:
    return Consultation.objects.get(code=open_today(people)["asked"])


def address(matter: Consultation, rest: str = "") -> str:
    return f"/ban-lam-viec/lay-y-kien/{matter.code}/y-kien-ngan/{rest}"


def test_a_proposal_is_read_shown_reworded_and_taken_out(
    matter: Consultation, desk_of: Callable[[str], Client]
) -> None:
    browser = desk_of("handler")
    made = statement_propose(
        consultation_id=matter.pk, voice=voice_of(matter, "09"), text="Cần thêm đèn đường ở tổ ba."
    )
    page = browser.get(address(matter)).content.decode()
    assert made.text in page
    browser.post(address(matter), {"go": "show", "statement": made.pk})
    own = address(matter, f"{made.pk}/")
    assert browser.get(own).status_code == 200
    words = "Cần thêm đèn đường ở tổ dân phố ba."
    assert browser.post(own, {"go": "edit", "text": words}).status_code == 302
    assert browser.post(own, {"go": "out"}).status_code == 422
    assert browser.post(own, {"go": "out", "reason": "double"}).status_code == 302
    made.refresh_from_db()
    assert (made.text, made.state) == (words, "out")
    for view in ("new", "shown", "unclear", "out", "khong-co"):
        assert browser.get(address(matter, f"?xem={view}&after=x")).status_code == 200


def test_the_office_enters_a_statement(
    matter: Consultation, desk_of: Callable[[str], Client]
) -> None:
    browser = desk_of("handler")
    words = "Chợ cần có nhà vệ sinh công cộng sạch sẽ."
    assert browser.post(address(matter, "them/"), {"text": "ngắn"}).status_code == 422
    assert browser.post(address(matter, "them/"), {"text": words}).status_code == 302
    assert Statement.objects.get().state == "shown"


@pytest.mark.parametrize(
    "votes", ["", "1", "1+ 1-", "x+", "1++", "99+", "1+" * 9, "0" * 30 + "+", "1=", "\u0661+"]
)
def test_a_sheet_that_cannot_be_read_is_refused(
    people: Any, matter: Consultation, desk_of: Callable[[str], Client], votes: str
) -> None:
    statements_in(people, matter, 2)
    data = {"form": "b", "sheet": "7", "source": "Họp tổ dân phố 1, 05/11/2026", "votes": votes}
    answer = desk_of("handler").post(address(matter, "phieu-giay/"), data)
    assert answer.status_code == 422
    assert not StatementVote.objects.exists()


@pytest.mark.parametrize("name", ["handler", "village_head"])
def test_votes_of_a_sheet_are_keyed_in(
    people: Any, matter: Consultation, desk_of: Callable[[str], Client], name: str
) -> None:
    statements_in(people, matter, 3)
    data = {"form": "b", "sheet": "7", "source": "Họp tổ dân phố 1, 05/11/2026",
            "votes": "1+ 2\N{MINUS SIGN}, 30"}  # fmt: skip
    browser = desk_of(name)
    assert browser.get(address(matter, "phieu-giay/")).status_code == 200
    assert browser.post(address(matter, "phieu-giay/"), data).status_code == 302
    found = StatementVote.objects.order_by("statement__number").values_list("value", flat=True)
    assert list(found) == [1, -1, 0]


def test_groups_are_formed_from_the_map(
    people: Any, matter: Consultation, desk_of: Callable[[str], Client]
) -> None:
    votes_in(matter, statements_in(people, matter), people=40)
    map_compute(matter)
    browser = desk_of("handler")
    assert 'value="map"' in browser.get(address(matter)).content.decode()
    browser.post(address(matter), {"go": "map"})
    assert matter.clusters.filter(source="statement").count() > 2
    assert 'value="map"' not in browser.get(address(matter)).content.decode()
