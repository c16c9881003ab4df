"""The register against a query of its own; it is posted like an item and hangs thirty days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection

from dongthuan.core.matters.models import Duty
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.disclosure import contents
from dongthuan.work.disclosure.models import Disclosure
from dongthuan.work.disclosure.register import register_pdf, rows_of
from dongthuan.work.disclosure.services import plan_create
from dongthuan.work.disclosure.tests.conftest import at

INDEPENDENT = """
SELECT m.title, count(p.id) FROM disclosure_disclosure d
JOIN matters_matter m ON m.id = d.matter_ptr_id JOIN disclosure_posting p ON p.disclosure_id = m.id
WHERE m.unit_id = %s AND d.item <> 'so'
  AND (d.published_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN '2026-10-01' AND '2026-12-31'
GROUP BY m.id, m.title ORDER BY min(d.published_at), m.id
"""
QUARTER = (dt.date(2026, 10, 1), dt.date(2026, 12, 31))


def test_it_lists_what_an_independent_query_finds(
    people: Any, published: Any, disclose: Any, post: Any, places: Any, office: Unit
) -> None:
    with at(dt.date(2026, 9, 30), 23):
        published(title="Của quý trước", decided_on=dt.date(2026, 9, 30))
    found = [published(title=f"Tin số {n}", item=str(n)) for n in (1, 5, 7)]
    post(found[1], [places["hq"]], dt.date(2026, 11, 2))
    disclose(title="Chưa công khai")
    rows = rows_of(office, *QUARTER)
    with connection.cursor() as cursor:
        cursor.execute(INDEPENDENT, [office.pk])
        expected = cursor.fetchall()
    assert [row["title"] for row in rows] == [title for title, _count in expected]
    assert [row["forms"].count(";") + 1 for row in rows] == [1, 2, 1]
    assert rows[1]["times"].startswith("từ 02/11/2026")
    assert rows[0]["item"].startswith("1. Kế hoạch")


def test_the_plan_makes_a_register_each_quarter_and_it_hangs(
    people: Any, published: Any, post: Any, places: Any, office: Unit
) -> None:
    plan = plan_create(acting=people.head, unit=office, year=2026)
    matter_act(acting=people.head, matter_id=plan.pk, step_name="adopt",
               data={"symbol": "1/KH-UBND"})  # fmt: skip
    made = Disclosure.objects.filter(item="so").order_by("next_due_on")
    assert [row.period for row in made] == ["q1", "q2", "q3", "q4"]
    assert [row.next_due_on for row in made][-1] == dt.date(2027, 1, 15)
    published(title="Quỹ quý IV")
    with at(dt.date(2027, 1, 8)):
        last = made.get(period="q4")
        matter_act(acting=people.head, matter_id=last.pk, step_name="publish")
        last = Disclosure.objects.get(pk=last.pk)
        table = contents.public_table(last)
        assert table and [row[1] for row in table.rows] == ["Quỹ quý IV"]
        post(last, [places["hq"]], dt.date(2027, 1, 8))
    assert Duty.objects.filter(matter=last, rule="dc.post_min").exists()


def test_the_plans_lines_become_disclosures_with_their_days(
    people: Any, office: Unit, places: Any
) -> None:
    plan = plan_create(acting=people.head, unit=office, year=2026)
    matter_act(acting=people.head, matter_id=plan.pk, step_name="adopt",
               data={"symbol": "1/KH-UBND"})  # fmt: skip
    rows = list(plan.rows.all())
    made = Disclosure.objects.filter(parent=plan)
    assert made.count() == len(rows) == 13 + 4 + 4
    planned = made.get(item="1")
    duty = Duty.objects.get(matter=planned)
    assert (duty.rule, duty.due_on) == ("dc.plan_item", dt.date(2026, 3, 31))
    budget = made.get(item="2", period="q4")
    assert {d.due_on for d in Duty.objects.filter(matter=budget, rule="ns.publish_quarter")} == {
        dt.date(2027, 1, 15)
    }


def test_the_paper_is_a_pdf_even_when_the_quarter_is_empty(people: Any, office: Unit) -> None:
    assert register_pdf(office, 2026, 4, dt.date(2026, 11, 2)).startswith(b"%PDF")
