"""Each figure that plans bind to equals a count by SQL, opens its matters, and keeps the seal."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from dongthuan.core import clock
from dongthuan.core.matters.indicators import all_indicators, indicator_of
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.promises import promise_open
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.disclosure.services import disclosure_create
from dongthuan.work.petitions.tests.paths import matter_in
from dongthuan.work.projects.contributions.tests.stories import (  # noqa: F401
    giving,
    giving_decided,
)

AREA = "vn.51.21439."
KEPT = """
SELECT count(*) FILTER (WHERE bad = 0), count(*) FROM (
  SELECT m.id, count(*) FILTER (WHERE d.state <> 'fulfilled') AS bad
  FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id
  WHERE d.path LIKE %(area)s AND m.level < 3 AND m.kind = ANY(%(kinds)s)
    AND d.due_on BETWEEN %(since)s AND %(until)s
    AND d.state NOT IN ('waived', 'transferred', 'paused')
    AND (%(rule)s = '' OR d.rule = %(rule)s)
  GROUP BY m.id) found
"""
PETITIONS = ["petition", "recommendation", "feedback", "complaint"]
SETTLED = """
SELECT count(*) FILTER (WHERE closed_at IS NOT NULL), count(*) FROM matters_matter
WHERE path LIKE %(area)s AND level < 3 AND kind = ANY(%(kinds)s) AND opened_at >= %(since)s
"""
GIVEN = """
SELECT coalesce(sum(CASE WHEN v.reverses_id IS NULL THEN v.amount ELSE -v.amount END), 0), NULL
FROM projects_voucher v JOIN matters_matter m ON m.id = v.campaign_id
WHERE m.path LIKE %(area)s AND v.kind = 'receipt'
"""


def asked(query: str, **names: Any) -> tuple[int, int | None]:
    today = clock.today()
    given = {
        "area": f"{AREA}%", "since": today - dt.timedelta(days=90), "rule": "",
        "until": today - dt.timedelta(days=1),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(query, given | names)
        numerator, denominator = cursor.fetchone()
    return int(numerator), denominator


def counted(key: str) -> tuple[int, int | None]:
    found = indicator_of(key)
    assert found is not None
    today = clock.today()
    figure = found.count(AREA, today - dt.timedelta(days=90), today)
    # What lies in restricted matters is a number alone: it opens to none of them.
    if figure.denominator is not None and not key.startswith("hotspots."):
        assert figure.matters is not None
        assert figure.matters.count() == figure.denominator
        assert figure.met is not None
        assert figure.met.count() == figure.numerator
    return figure.numerator, figure.denominator


@pytest.fixture
def worked(people: Any, submit: Any, settings: Any, tmp_path: Any) -> None:
    """Seven weeks ago: petitions in different states, promises, a disclosure, a session."""
    settings.MEDIA_ROOT = tmp_path / "files"
    office = Unit.objects.get(code="21439-ubnd")
    with clock.at(clock.now() - dt.timedelta(days=50)):
        closed = matter_in(people, submit, "feedback", "closed")
        matter_in(people, submit, "complaint", "accepted")
        submit("Cống vỡ nắp trước nhà văn hóa.")
        disclosure_create(
            acting=people.handler, unit=office, item="14", title="Lịch cấp nước",
            symbol="5/TB-UBND", decided_on=clock.today(),
        )  # fmt: skip
        day = clock.today() + dt.timedelta(days=10)
        for what in ("Thay nắp cống", "Nạo vét"):
            made = promise_open(
                acting=people.head, origin=closed, unit=office, what=what, due_on=day,
                document="1/TB",
            )  # fmt: skip
        matter_act(
            acting=people.head, matter_id=made.pk, step_name="keep", data={"report": "Xong."}
        )


def test_percentages_equal_a_count_by_sql(worked: None) -> None:
    assert counted("petitions.on_time") == asked(KEPT, kinds=PETITIONS)
    assert counted("petitions.settled") == asked(SETTLED, kinds=PETITIONS)
    assert counted("promises.on_time") == asked(KEPT, kinds=["promise"], rule="promise.keep")
    assert counted("promises.on_time") == (1, 2)
    assert counted("disclosure.on_time") == asked(KEPT, kinds=["disclosure"])
    assert counted("findings.answered") == (0, 0)
    assert counted("petitions.settled")[1] == 3


def test_contributions_are_the_sum_of_the_ledger(giving: Any) -> None:  # noqa: F811
    campaign = giving.opened()
    giving.receive(campaign, giving.cash(0), giving.cash(1))
    total, _none = counted("contributions.value")
    assert (total, None) == asked(GIVEN)
    assert total > 0


def test_plain_numbers_count_rows_of_their_room(people: Any) -> None:
    for key in ("receptions.heads", "consultations.held", "decisions.made", "disclosure.made"):
        assert counted(key) == (0, None)


def test_what_is_sealed_is_in_no_figure(people: Any, worked: None) -> None:
    before = [counted(one.key) for one in all_indicators()]
    Matter.objects.filter(kind="complaint").update(level=4)
    after = [counted(one.key) for one in all_indicators()]
    keys = [one.key for one in all_indicators()]
    changed = {key for key, was, now in zip(keys, before, after, strict=True) if was != now}
    assert changed <= {"petitions.on_time", "petitions.settled"}
    assert counted("petitions.settled")[1] == 2
