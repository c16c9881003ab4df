from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Unit
from dongthuan.front.api import units
from dongthuan.front.api.tests.conftest import Door


def codes(response: Any) -> list[str]:
    return [item["code"] for item in response.json()["items"]]


def test_the_list_comes_page_by_page_and_complete(
    ward: Unit, anyone: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "PAGE", 40)
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = anyone.get(f"/api/v1/units?tier=commune&cursor={cursor}")
        seen += codes(page)
        cursor = page.json()["next"]
    in_order = Unit.objects.filter(tier="commune", valid_to=None).order_by("sort_key", "code")
    assert seen == list(in_order.values_list("code", flat=True))
    assert len(seen) == 96


def test_a_name_is_found_without_marks_and_below_a_unit(ward: Unit, anyone: Door) -> None:
    assert codes(anyone.get("/api/v1/units?q=duc pho&tier=commune")) == ["21439"]
    below = codes(anyone.get("/api/v1/units?q=to dan pho 1&parent=21439"))
    assert below == ["21439-t01"]
    assert anyone.get("/api/v1/units?q=x&cursor=21439").status_code == 422


def test_the_map_can_be_read_as_of_a_day(ward: Unit, anyone: Door) -> None:
    before = codes(anyone.get("/api/v1/units?parent=534&on=2025-06-30&tier=commune"))
    assert "21439" not in codes(anyone.get("/api/v1/units?tier=commune&on=2025-06-30&q=duc pho"))
    assert len(before) == 15
    assert codes(anyone.get("/api/v1/units?parent=534&tier=commune")) == []


def test_a_unit_tells_where_it_came_from_and_where_it_went(ward: Unit, anyone: Door) -> None:
    town = anyone.get("/api/v1/units/534").json()
    assert town["valid_to"] == "2025-06-30"
    went = {link["unit"]["code"] for link in town["successors"]}
    assert went == {"21439", "21451", "21478", "21457", "21472"}
    came = anyone.get("/api/v1/units/21439").json()["predecessors"]
    assert {"on", "share", "document", "evidence", "unit"} == set(came[0])
    assert anyone.get("/api/v1/units/khong-co").status_code == 404


def test_the_scoreboard_counts_what_is_owed(light: Matter, anyone: Door) -> None:
    board = anyone.get("/api/v1/units/21439/scoreboard").json()
    assert (board["open"], board["due"]) == (1, 0)
    assert len(board["months"]) == 12
    for bad in ("since=2026-08-02&until=2026-08-01", "since=1900-01-01", "since=hom-qua"):
        refused = anyone.get(f"/api/v1/units/21439/scoreboard?{bad}")
        assert refused.json()["errors"][0]["field"] == "since"


def test_a_deadline_is_the_same_as_on_the_command_line(db: None, anyone: Door) -> None:
    query = "rule=kn.accept&from=2026-08-28&if=remote&pause=2026-09-07..2026-09-10"
    printed = subprocess.run(
        [sys.executable, "-m", "dongthuan.cli", "deadline", "kn.accept", "--from", "2026-08-28",
         "--if", "remote", "--pause", "2026-09-07..2026-09-10", "--json"],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    assert anyone.get(f"/api/v1/deadlines?{query}").json() == json.loads(printed)


@pytest.mark.parametrize(
    ("query", "field", "detail"),
    [
        ("from=2026-08-28", "rule", "This field is required."),
        ("rule=x&from=2026-08-28", "rule", "There is no rule 'x'."),
        ("rule=kn.accept&from=mai", "from",
         "'mai' is not a valid date or moment such as 2026-08-28 or 2026-08-28T09:30."),
        ("rule=kn.accept&from=2026-08-28&pause=x", "pause",
         "The pause 'x' must be FROM..TO, for example 2026-09-07..2026-09-10."),
        ("rule=kn.accept&from=2026-08-28&iff=remote", "iff", "This field is not known here."),
    ],
)  # fmt: skip
def test_a_wrong_question_about_a_deadline_is_named(
    db: None, anyone: Door, query: str, field: str, detail: str
) -> None:
    response = anyone.get(f"/api/v1/deadlines?{query}")
    assert response.status_code == 422
    assert response.json()["errors"][0] == {"field": field, "detail": detail}


def test_rules_and_calendar_are_complete(db: None, anyone: Door) -> None:
    rules = {rule["key"]: rule for rule in anyone.get("/api/v1/rules").json()["rules"]}
    assert rules["kn.accept"]["versions"][-1]["term"] == "7 wd"
    year = anyone.get("/api/v1/calendar/2026").json()
    assert {"off": "2026-01-02", "work": "2026-01-10"}.items() <= year["swaps"][0].items()
    assert anyone.get("/api/v1/calendar/1990").status_code == 404
    assert anyone.get("/api/v1/calendar/99999999999999999999").status_code == 422


def test_public_answers_are_readable_from_other_sites_and_secrets_are_not_kept(
    light: Matter, anyone: Door, intake: Door
) -> None:
    for path in ("units", "units/21439", "units/21439/scoreboard", "rules", "calendar/2026"):
        response = anyone.get(f"/api/v1/{path}")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cache-Control"].startswith("public, max-age=")
        again = anyone.get(f"/api/v1/{path}", headers={"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    public = anyone.get("/api/v1/submissions/21439-26-000001")
    assert public.headers["Access-Control-Allow-Origin"] == "*"
    assert "X-Receipt-Secret" in public.headers["Vary"]
    mine = intake.get("/api/v1/matters")
    assert mine.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in mine.headers


def test_the_etag_differs_by_language(ward: Unit, anyone: Door) -> None:
    english = anyone.get("/api/v1/units/21439")
    vietnamese = anyone.get("/api/v1/units/21439", headers={"Accept-Language": "vi"})
    assert english.headers["ETag"] != vietnamese.headers["ETag"]
    assert "Accept-Language" in english.headers["Vary"]


def test_a_page_of_units_costs_two_queries(ward: Unit, anyone: Door) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        anyone.get("/api/v1/units?tier=commune")
    assert len(queries) == 2


def test_the_page_for_people_explains_and_links(db: None, anyone: Door) -> None:
    page = anyone.get("/api/v1/")
    text = page.content.decode()
    assert page.headers["Content-Type"].startswith("text/html")
    assert 'href="/api/v1/openapi.json"' in text
    assert "curl -X POST http://testserver/api/v1/submissions" in text
    assert 'id="conflict"' in text
    assert anyone.post("/api/v1/").status_code == 405
