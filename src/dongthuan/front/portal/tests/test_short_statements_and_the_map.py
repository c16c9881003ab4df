"""Short statements and the opinion map at the portal, with forms and links alone."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.units.models import Unit
from dongthuan.front.portal.tests.test_a_consultation_is_answered import text_of
from dongthuan.work.consultations.figures import wilson
from dongthuan.work.consultations.models import Participation, Statement, StatementVote
from dongthuan.work.consultations.statements.maps import map_compute
from dongthuan.work.consultations.statements.services import statement_moderate
from dongthuan.work.consultations.tests.conftest import (  # noqa: F401
    AFTER,
    TODAY,
    draft,
    office,
    opened,
    planned,
    step,
)
from dongthuan.work.consultations.tests.statements import statements_in, votes_in
from dongthuan.work.consultations.voices import codes_print

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(TODAY):
        yield


def voiced(client: Client, people: Any, matter: Any) -> str:
    """A browser that has shown a one-time code; the address of the statements."""
    village = Unit.objects.get(code="21439-t01")
    code = codes_print(acting=people.handler, consultation_id=matter.pk, village=village, count=1)
    answer = client.post(
        f"/lay-y-kien/{matter.code}/tieng-noi/?roi=y-kien-ngan", {"go": "code", "code": code[0]}
    )
    assert answer["Location"] == f"/lay-y-kien/{matter.code}/y-kien-ngan/"
    return str(answer["Location"])


def test_every_statement_is_asked_and_answered_by_three_buttons(
    client: Client,
    people: Any,
    opened: Any,  # noqa: F811
) -> None:
    matter = opened()
    statements_in(people, matter, 4)
    address = voiced(client, people, matter)
    for value in ("1", "-1", "0", "1"):
        page = client.get(address).content.decode()
        found = re.search(r'name="statement" value="(\d+)"', page)
        assert found
        assert client.post(address, {"statement": found[1], "value": value}).status_code == 302
    assert 'name="statement"' not in client.get(address).content.decode()
    assert sorted(StatementVote.objects.values_list("value", flat=True)) == [-1, 0, 1, 1]
    assert Participation.objects.get(consultation=matter).village.code == "21439-t01"


def test_without_a_voice_one_reads_and_is_told_how_to_get_one(
    client: Client,
    people: Any,
    opened: Any,  # noqa: F811
) -> None:
    matter = opened()
    statement = statements_in(people, matter, 1)[0]
    address = f"/lay-y-kien/{matter.code}/y-kien-ngan/"
    assert statement.text in text_of(client.get(address))
    assert "tieng-noi/?roi=y-kien-ngan" in text_of(client.get(address))
    client.post(address, {"statement": statement.pk, "value": "1"})
    assert not StatementVote.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {}, {"statement": "x", "value": "1"}, {"statement": "9" * 40, "value": "1"},
        {"statement": "1", "value": "9"}, {"statement": "-1", "value": ""},
        {"go": "propose", "text": "ngắn"}, {"go": "marks", "village": "x", "band": "y"},
        {"go": "marks", "sex": "z"},
    ],
)  # fmt: skip
def test_nonsense_is_refused_and_changes_nothing(
    client: Client,
    people: Any,
    opened: Any,  # noqa: F811
    data: dict[str, str],
) -> None:
    matter = opened()
    statements_in(people, matter, 1)
    address = voiced(client, people, matter)
    assert client.post(address, data).status_code == 422
    assert not StatementVote.objects.exists()
    assert not Participation.objects.exists()
    assert Statement.objects.count() == 1


def test_a_proposal_waits_until_it_was_read(client: Client, people: Any, opened: Any) -> None:  # noqa: F811
    matter = opened()
    address = voiced(client, people, matter)
    words = "Nên đặt điểm tập kết rác xa trường học."
    assert client.post(address, {"go": "propose", "text": words}).status_code == 302
    assert words not in text_of(client.get(address))
    statement_moderate(
        acting=people.handler, consultation_id=matter.pk, state="shown",
        statement_id=Statement.objects.get().pk,
    )  # fmt: skip
    assert words in text_of(client.get(address))


def test_marks_are_kept_apart(client: Client, people: Any, opened: Any) -> None:  # noqa: F811
    matter = opened()
    address = voiced(client, people, matter)
    assert client.post(address, {"go": "marks", "band": "30-44", "sex": "f"}).status_code == 302
    part = Participation.objects.get()
    assert (part.band, part.sex) == ("30-44", "f")


def test_the_map_has_words_and_tables_beside_the_picture(
    client: Client,
    people: Any,
    opened: Any,  # noqa: F811
) -> None:
    matter = opened()
    address = f"/lay-y-kien/{matter.code}/ban-do/"
    assert "Chưa đủ dữ liệu" in text_of(client.get(address)) or "Not enough" in text_of(
        client.get(address)
    )
    votes_in(matter, statements_in(people, matter), people=40)
    map_compute(matter)
    page = text_of(client.get(address))
    assert 'role="img" aria-labelledby="ban-do-ten ban-do-ta"' in page
    assert page.count("<ellipse") == 2
    assert page.count("<table") >= 4
    assert "style=" not in page


def test_no_groups_are_drawn_that_may_not_be(client: Client, people: Any, opened: Any) -> None:  # noqa: F811
    matter = opened()
    votes_in(matter, statements_in(people, matter), people=40, small=6)
    map_compute(matter)
    page = text_of(client.get(f"/lay-y-kien/{matter.code}/ban-do/"))
    assert "<svg viewBox" not in page and "<ellipse" not in page


def test_the_files_hold_counts_from_which_the_map_can_be_checked_and_nobodys_votes(
    client: Client,
    people: Any,
    opened: Any,  # noqa: F811
) -> None:
    matter = opened()
    votes_in(matter, statements_in(people, matter), people=40)
    map_compute(matter)
    address = f"/lay-y-kien/{matter.code}/ban-do/"
    found = json.loads(client.get(f"{address}map.json").content)
    table = client.get(f"{address}counts.csv").content.decode("utf-8-sig")
    cells = {(row["statement"], row["group"]): row for row in csv.DictReader(io.StringIO(table))}
    for group in found["groups"]:
        assert group["chosen"]
        for row in group["chosen"]:
            cell = cells[str(row["number"]), group["name"]]
            side = {"agree": "agreed", "disagree": "disagreed"}[row["side"]]
            n, of = int(cell[side]), int(cell["voted"])
            assert (n, of) == (row["n"], row["of"])
            assert wilson(n, of) == pytest.approx((row["low"], row["high"]), abs=1e-4)
    assert "participants" not in found and "input_sha256" not in found
    assert len(cells) == 12 * 3  # statements, for all and for two groups: no row is a person
    voices = set(StatementVote.objects.values_list("voice", flat=True))
    assert not any(voice in table or voice in json.dumps(found) for voice in voices)


def test_no_file_tells_how_single_people_voted(client: Client, people: Any, opened: Any) -> None:  # noqa: F811
    matter = opened()
    votes_in(matter, statements_in(people, matter), people=40)
    map_compute(matter)
    with clock.at(AFTER):
        step(people.handler, matter, "close")
        for name in ("votes.csv", "comments.csv", "participants-votes.csv"):
            address = f"/lay-y-kien/{matter.code}/ban-do/{name}"
            assert client.get(address).status_code == 404


def test_how_many_statements_were_taken_out_is_told(
    client: Client,
    people: Any,
    opened: Any,  # noqa: F811
) -> None:
    matter = opened()
    first, *_others = statements_in(people, matter, 3)
    statement_moderate(
        acting=people.handler, consultation_id=matter.pk, statement_id=first.pk, state="out",
        reason="other",
    )  # fmt: skip
    page = text_of(client.get(f"/lay-y-kien/{matter.code}/ban-do/"))
    assert "1 statement was taken out" in page or "1 ý kiến ngắn đã được đưa ra" in page


def test_the_definition_can_be_read(client: Client) -> None:
    assert "cách tính v1" in text_of(client.get("/lay-y-kien/cach-tinh/"))


def test_an_unpublished_consultation_has_no_statements(client: Client, draft: Any) -> None:  # noqa: F811
    matter = draft()
    for page in ("y-kien-ngan/", "ban-do/", "ban-do/counts.csv"):
        assert client.get(f"/lay-y-kien/{matter.code}/{page}").status_code == 404
