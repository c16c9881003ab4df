"""Decisions on the portal: what is asked, the booth, the result; nothing of it before the close."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.people.households import Line, households_add
from dongthuan.core.units.models import Unit
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Decision, Roll, Vote
from dongthuan.work.decisions.services import decision_propose
from dongthuan.work.decisions.tests.conftest import moment
from dongthuan.work.decisions.tests.paths import VOTED, Walk, walk_of_three

P = "/ban-va-quyet-dinh/"
NOW = moment("2026-10-20 09:00")


@pytest.fixture
def walk(people: Any) -> Walk:
    return walk_of_three(people)


@pytest.fixture
def online(walk: Walk) -> Iterator[tuple[Decision, Vote, list[str]]]:
    """An online vote that is open; codes of its three households. The clock stands at NOW."""
    head = walk.people.village_head
    decision = walk.along(walk.propose(item="6"), "agree")
    with clock.at(moment("2026-10-12 09:00")):
        voting.vote_prepare(
            acting=head, matter=decision, question="Yên tĩnh sau 21 giờ 30?",
            villages=[decision.village_unit], methods=["online"], threshold="dc.vote.other",
            options=voting.YES_NO_OTHER, opens_at=NOW - dt.timedelta(hours=1),
            closes_at=NOW + dt.timedelta(days=1),
        )  # fmt: skip
    with clock.at(NOW):
        vote = Vote.objects.get(matter=decision)
        voting.roll_freeze(acting=head, vote=vote)
        vote = voting.vote_open(acting=head, vote=vote)
        codes = voting.codes_issue(acting=head, roll=Roll.objects.get(vote=vote))
        yield decision, vote, [code for _line, code in codes]


def text_of(answer: Any) -> str:
    page = re.sub(
        r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", answer.content.decode()
    )
    return re.sub(r"\s+", " ", page)


def test_a_household_votes_once_and_gets_a_receipt(client: Client, online: Any) -> None:
    _decision, vote, codes = online
    booth, code = f"{P}bo-phieu/", codes[0].lower()
    assert "Yên tĩnh sau 21 giờ 30?" in text_of(client.post(booth, {"code": code}))
    answer = client.post(booth, {"code": code, "answer": "1", "choice": "other"})
    (receipt,) = vote.ballots.values_list("receipt", flat=True)
    assert receipt in text_of(answer)
    again = client.post(booth, {"code": code, "answer": "1", "choice": "yes"})
    assert again.status_code == 422
    assert receipt not in text_of(again)
    assert vote.ballots.count() == 1


def test_without_an_answer_or_with_nonsense_nothing_is_cast(client: Client, online: Any) -> None:
    _decision, vote, codes = online
    for data in ({}, {"choice": ""}, {"choice": "c9"}, {"choice": "=1+1"}):
        given = {"code": codes[0], "answer": "1", **data}
        assert client.post(f"{P}bo-phieu/", given).status_code == 422
    assert not vote.casts.exists()


def test_a_worthless_code_is_told_and_guessing_ends(client: Client, online: Any) -> None:
    for _ in range(20):
        assert client.post(f"{P}bo-phieu/", {"code": "AAAA-BBBB-CCCC-DDDD"}).status_code == 404
    assert client.post(f"{P}bo-phieu/", {"code": "AAAA-BBBB-CCCC-DDDD"}).status_code == 429
    assert client.post(f"{P}bo-phieu/", {"code": "khong biet"}).status_code == 429


def test_no_page_tells_how_a_running_vote_stands(
    client: Client, people: Any, online: Any, settings: Any
) -> None:
    """With every ballot turned round, not one letter of any page changes."""
    settings.OFFICIALS_NEED_MFA = False
    decision, vote, codes = online
    official = Client()
    backend = settings.AUTHENTICATION_BACKENDS[1]
    official.force_login(people.accounts["village_head"], backend=backend)
    for code in codes[:2]:
        voting.ballot_cast(code=code, choice="yes")
    d = "/ban-lam-viec/"
    pages = [
        (client, P), (client, f"{P}viec/{decision.code}/"), (client, f"{P}bieu-quyet/{vote.uuid}/"),
        (client, f"/tra-cuu/{decision.code}/"), (client, f"/api/v1/matters/{decision.code}"),
        (official, f"{d}quyet-dinh/"), (official, f"{d}quyet-dinh/viec/{decision.code}/"),
        (official, f"{d}quyet-dinh/bieu-quyet/{vote.uuid}/"),
        (official, f"{d}quyet-dinh/bieu-quyet/{vote.uuid}/danh-sach/{vote.rolls.get().pk}/"),
        (official, f"{d}vu-viec/{decision.code}/"),
    ]  # fmt: skip
    before = [text_of(browser.get(path)) for browser, path in pages]
    booths = [text_of(client.post(f"{P}bo-phieu/", {"code": code})) for code in codes]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE decisions_ballot SET choice = 'no'")
        cursor.execute("SET session_replication_role = origin")
    for (browser, path), page in zip(pages, before, strict=True):
        assert text_of(browser.get(path)) == page, path
    assert [text_of(client.post(f"{P}bo-phieu/", {"code": code})) for code in codes] == booths
    for name in ("ballots.csv", "tallies.csv", "result.json", "vote.json"):
        assert client.get(f"{P}bieu-quyet/{vote.uuid}/{name}").status_code == 404


def test_after_the_close_everybody_reads_numbers_share_and_files(
    client: Client, people: Any, online: Any
) -> None:
    decision, vote, codes = online
    for code, choice in zip(codes, ("yes", "yes", "no"), strict=True):
        voting.ballot_cast(code=code, choice=choice)
    voting.vote_close(acting=people.village_head, vote=vote)
    page = text_of(client.get(f"{P}viec/{decision.code}/"))
    assert "2 / 3" in page
    for file in vote.files.all():
        answer = client.get(f"{P}bieu-quyet/{vote.uuid}/{file.name}")
        assert answer.content.decode() == file.body
        assert file.sha256 in page
    assert "Nguyễn Thị Hộ" not in page


def test_a_proposal_is_not_public_before_the_front_agrees(client: Client, walk: Walk) -> None:
    decision = walk.propose()
    assert client.get(f"{P}viec/{decision.code}/").status_code == 404
    assert decision.code not in text_of(client.get(P))
    walk.along(decision, "agree")
    assert decision.code in text_of(client.get(f"{P}?unit=21439"))


def test_a_decision_in_force_is_read_with_its_text(client: Client, walk: Walk) -> None:
    decision = walk.along(walk.propose(), *VOTED, "record", "send")
    page = text_of(client.get(f"{P}viec/{decision.code}/"))
    assert "Mỗi hộ góp 500.000 đồng làm đường." in page
    assert "Nguyễn Thị Hộ" not in page
    assert decision.code in text_of(client.get(f"{P}?xem=xong&unit=21439-t01"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_lists_cost_the_same_for_ten_and_for_a_hundred(
    client: Client, people: Any, walk: Walk, settings: Any, language: str
) -> None:
    settings.OFFICIALS_NEED_MFA = False
    official = Client(headers={"accept-language": language})
    official.force_login(
        people.accounts["village_head"], backend=settings.AUTHENTICATION_BACKENDS[1]
    )
    paths = [(client, P), (official, "/ban-lam-viec/quyet-dinh/"),
             (official, "/ban-lam-viec/ho-gia-dinh/21439-t01/")]  # fmt: skip
    costs = []
    village = Unit.objects.get(code="21439-t01")
    for number in (10, 90):
        first = 100 + len(costs) * 100
        households_add(
            acting=SYSTEM, village=village, on=dt.date(2026, 1, 1),
            lines=[Line(str(first + n), f"Hộ {n}") for n in range(number)],
        )  # fmt: skip
        for _ in range(number):
            decision_propose(
                acting=people.village_head, place=village, item="1", title="Góp tiền làm đường",
                proposal="Mỗi hộ góp 500.000 đồng làm đường.",
            )  # fmt: skip
        Decision.objects.update(state="agreed")
        for browser, path in paths:
            browser.get(path)
        costs.append([_cost(browser, path) for browser, path in paths])
    assert costs[0] == costs[1]


def _cost(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)
