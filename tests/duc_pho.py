"""Who is at work in Đức Phổ in 2025, and counts that use nothing of ours but the tables.

The seats of the town exist until 30 June 2025, those of its successors from 1 July; whoever holds
one is asked for anew at each act, so that rights end with the seat. `SQL` is raw: no selector, no
model and no policy of the system stands between it and the rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from dongthuan.core import clock
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.people.actors import ANONYMOUS, Actor, actor_for
from dongthuan.core.people.models import Appointment
from dongthuan.core.people.services import account_create, appointment_create
from dongthuan.core.units.models import Position, Unit
from dongthuan.core.units.services import position_add
from dongthuan.work.coordination.events import event_promise
from dongthuan.work.coordination.models import CoordinationPlan, PlanReview
from dongthuan.work.coordination.reviewing import review_create, review_edit
from dongthuan.work.coordination.text import digest_of, plan_lines
from dongthuan.work.petitions.services import Sender, submission_create
from dongthuan.work.petitions.tests.paths import answers

SUCCESSORS = ("21439", "21451", "21457", "21472", "21478")
LAST_DAY, FIRST_DAY = dt.date(2025, 6, 30), dt.date(2025, 7, 1)

# Seats that the example does not have: an officer of the town's Front, heads of two former wards.
MORE_SEATS = (
    ("534-mttq", "534-front", "front", "Cán bộ Ủy ban MTTQ Việt Nam thị xã"),
    ("534-mttq", "534-mttq-head", "partner_head", "Chủ tịch Ủy ban MTTQ Việt Nam thị xã"),
    ("534-21439-ubnd", "534-21439-head", "head", "Chủ tịch UBND phường Nguyễn Nghiêm"),
    ("534-21478-ubnd", "534-21478-head", "head", "Chủ tịch UBND phường Phổ Thạnh"),
)


def unit(code: str) -> Unit:
    return Unit.objects.select_related("parent").get(code=code)


def seats_add() -> None:
    for organ, code, role, title in MORE_SEATS:
        there = unit(organ)
        position_add(
            unit=there, code=code, role=role, title=title, valid_from=there.valid_from,
            valid_to=there.valid_to,
        )  # fmt: skip


def who(code: str) -> Actor:
    """Whoever holds a seat, with the rights of this day; appointed for the seat's whole term."""
    held = Appointment.objects.filter(position__code=code).select_related("account").first()
    if held is None:
        position = Position.objects.get(code=code)
        held = appointment_create(
            account=account_create(email=f"{code}@duc-pho.vidu.vn", name=f"Ghế {code}"),
            position=position, valid_from=position.valid_from, valid_to=position.valid_to,
        )  # fmt: skip
    return actor_for(held.account)


@contextmanager
def on(day: int, month: int, year: int = 2025) -> Iterator[None]:
    """Inside, it is noon of that day."""
    with clock.at(clock.noon(dt.date(year, month, day))):
        yield


def day(number: int, month: int, year: int = 2025) -> dt.date:
    return dt.date(year, month, number)


def act(seat: str, matter: Any, step: str, papers: Sequence[Any] = (), **data: Any) -> Any:
    """Take one declared step as whoever holds the seat today."""
    return matter_act(
        acting=who(seat), matter_id=matter.pk, step_name=step, data=data, papers=papers
    )


def walk(seat: str, matter: Any, *steps: str) -> Any:
    """Steps of a petition with plausible answers."""
    for name in steps:
        step = kind_of(matter.kind).step(name)
        assert step is not None
        matter = act(seat, matter, name, **answers(step, Matter.objects.get(pk=matter.pk)))
    return matter


def sign(matter: Any, *seats: str) -> None:
    """Each head signs the very text that stands there now."""
    for seat in seats:
        fresh = type(matter).objects.get(pk=matter.pk)
        lines = (
            fresh.signed_text.split("\n") if isinstance(fresh, PlanReview) else plan_lines(fresh)
        )
        act(seat, fresh, "sign", digest=digest_of(lines))


def evidence(name: str = "bien-ban.txt") -> Any:
    return attachment_store(upload=SimpleUploadedFile(name, f"Biên bản {name}.".encode()))


def done(seat: str, task: Any, value: int | None = None) -> Any:
    given = {} if value is None else {"value": Decimal(value)}
    words = "Đã làm xong, có biên bản."
    return act(seat, task, "complete", [evidence()], report=words, **given)


def plan_now(plan: CoordinationPlan) -> CoordinationPlan:
    return CoordinationPlan.objects.get(pk=plan.pk)


def petition_sent(place: str, text: str) -> Matter:
    return submission_create(
        acting=ANONYMOUS, place=unit(place), text=text, channel="web",
        sender=Sender(name="Nguyễn Thị Thử", email="thu@vidu.vn"),
    ).matter  # fmt: skip


def promise_given(event: Any, seat: str, body: str, what: str, due_on: Any) -> Matter:
    event.refresh_from_db()
    return event_promise(
        acting=who(seat), event=event, unit=unit(body), what=what, due_on=due_on, document="04/TB"
    )


# -- counting without the system ------------------------------------------------------------------

TASKS = """
SELECT count(*),
  count(*) FILTER (WHERE m.state = 'planned'), count(*) FILTER (WHERE m.state = 'doing'),
  count(*) FILTER (WHERE m.state = 'done'), count(*) FILTER (WHERE m.state = 'carried'),
  count(*) FILTER (WHERE m.state = 'dropped'),
  count(*) FILTER (WHERE m.closed_at IS NULL AND t.due_on < %(today)s),
  count(*) FILTER (WHERE m.closed_at IS NULL)
FROM coordination_coordinationtask t JOIN matters_matter m ON m.id = t.matter_ptr_id
WHERE t.plan_id = %(plan)s
"""
_KEPT = """
SELECT
  count(*) FILTER (WHERE d.state IN ('fulfilled', 'late')
                   OR d.due_on < LEAST(%(until)s, %(today)s)),
  count(*) FILTER (WHERE d.state = 'fulfilled'),
  count(*) FILTER (WHERE d.state = 'late'
                   OR d.state = 'open' AND d.due_on < LEAST(%(until)s, %(today)s)),
  count(*) FILTER (WHERE d.state = 'open' AND d.due_on >= LEAST(%(until)s, %(today)s))
FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id
WHERE d.state IN ('open', 'fulfilled', 'late') AND
"""
DUTIES = _KEPT + "d.rule = 'coord.task.keep' AND m.parent_id = %(plan)s"
PROMISES = (
    _KEPT
    + """m.kind = 'promise' AND m.parent_id IN (
  SELECT id FROM matters_matter
  WHERE parent_id = %(plan)s AND kind IN ('plan_meeting', 'joint_inspection'))"""
)
MEETINGS = """
SELECT count(*), count(*) FILTER (WHERE m.state = 'held'),
  count(*) FILTER (WHERE m.state = 'held' AND e.held_on <= e.period_to),
  count(*) FILTER (WHERE m.state = 'held' AND e.held_on > e.period_to),
  count(*) FILTER (WHERE m.state <> 'held')
FROM coordination_planmeeting e JOIN matters_matter m ON m.id = e.matter_ptr_id
WHERE e.plan_id = %(plan)s AND e.period_to BETWEEN %(since)s AND %(until)s
"""
INSPECTIONS = """
SELECT count(*), count(*) FILTER (WHERE m.state <> 'planned'),
  count(*) FILTER (WHERE m.state = 'reported'), count(*) FILTER (WHERE m.state = 'planned')
FROM coordination_jointinspection i JOIN matters_matter m ON m.id = i.matter_ptr_id
WHERE i.plan_id = %(plan)s AND i.day BETWEEN %(since)s AND %(until)s AND m.state <> 'cancelled'
"""
# Bound figures: numerator and denominator of an area and a period.
ON_TIME = """
SELECT count(*) FILTER (WHERE NOT broken), count(*) FROM (
  SELECT d.matter_id, bool_or(d.state <> 'fulfilled') AS broken
  FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id
  WHERE d.path LIKE %(area)s AND m.level < 3 AND d.state IN ('open', 'fulfilled', 'late')
    AND d.due_on BETWEEN %(since)s AND %(until)s AND d.due_on < %(today)s
    AND m.kind IN ('petition', 'recommendation', 'feedback', 'complaint')
  GROUP BY d.matter_id) AS by_matter
"""
SETTLED = """
SELECT count(*) FILTER (
    WHERE (closed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(until)s), count(*)
FROM matters_matter
WHERE path LIKE %(area)s AND level < 3
  AND kind IN ('petition', 'recommendation', 'feedback', 'complaint')
  AND (opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN %(since)s AND %(until)s
"""
BOUND = {"petitions.on_time": ON_TIME, "petitions.settled": SETTLED}
# The page of leaders: due, kept, late, owed now, overdue now.
LEADERS = """
SELECT
  count(*) FILTER (WHERE d.state IN ('fulfilled', 'late', 'open') AND d.due_on < %(today)s
                   AND d.due_on BETWEEN %(since)s AND %(until)s),
  count(*) FILTER (WHERE d.state = 'fulfilled' AND d.due_on < %(today)s
                   AND d.due_on BETWEEN %(since)s AND %(until)s),
  count(*) FILTER (WHERE d.state IN ('late', 'open') AND d.due_on < %(today)s
                   AND d.due_on BETWEEN %(since)s AND %(until)s),
  count(*) FILTER (WHERE d.state IN ('open', 'paused')),
  count(*) FILTER (WHERE d.state = 'open' AND d.due_on < %(today)s)
FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id
WHERE d.path LIKE %(area)s AND m.level < 3
"""
LEADERS_BY_UNIT = (
    LEADERS.replace(
        "SELECT\n", "SELECT split_part(d.path, '.', 3) || '-' || split_part(d.path, '.', 4),\n", 1
    )
    + """  AND (d.state IN ('open', 'paused') OR d.state IN ('fulfilled', 'late')
    AND d.due_on < %(today)s AND d.due_on BETWEEN %(since)s AND %(until)s)
GROUP BY 1
"""
)
PROMISES_ON_TIME = """
SELECT count(*) FILTER (WHERE d.state = 'fulfilled'), count(*)
FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id
WHERE d.path LIKE %(area)s AND m.level < 3 AND d.rule = 'promise.keep'
  AND d.state IN ('open', 'fulfilled', 'late')
  AND d.due_on BETWEEN %(since)s AND %(until)s AND d.due_on < %(today)s
"""
TASKS_ON_TIME = PROMISES_ON_TIME.replace("promise.keep", "coord.task.keep")
MEETINGS_HELD = """
SELECT count(*), NULL
FROM coordination_planmeeting e
JOIN matters_matter m ON m.id = e.matter_ptr_id
WHERE m.path LIKE %(area)s AND m.state = 'held' AND e.held_on BETWEEN %(since)s AND %(until)s
"""
INDICATORS = {
    **BOUND, "promises.on_time": PROMISES_ON_TIME, "coordination.tasks_on_time": TASKS_ON_TIME,
    "coordination.meetings": MEETINGS_HELD,
}  # fmt: skip
STATES = """
SELECT kind || ':' || state, count(*) FROM matters_matter
WHERE path LIKE %(area)s AND level < 3 AND kind IN ('coordination_plan', 'coordination_task')
GROUP BY 1 ORDER BY 1
"""
OPEN_OF_THE_TOWN = """
SELECT code FROM matters_matter WHERE path LIKE 'vn.51.534.%%' AND closed_at IS NULL
"""
OWED_BY_THE_TOWN = """
SELECT count(*) FROM matters_duty
WHERE path LIKE 'vn.51.534.%%' AND state IN ('open', 'paused')
"""


def rows(query: str, **names: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, names)
        return list(cursor.fetchall())


def one(query: str, **names: Any) -> tuple[Any, ...]:
    return rows(query, **names)[0]


def review_counted(review: PlanReview, area: str) -> dict[str, Any]:
    """A review's figures, from the tables alone, as of today."""
    names = {
        "plan": review.plan_id, "since": review.since, "until": review.until,
        "today": clock.today(),
    }  # fmt: skip
    bounds = {"area": f"{area}%", **names, "since": dt.date(2025, 1, 1)}
    *tasks, carried = one(TASKS, **names)
    return {
        "tasks": tasks, "carried": carried,
        "duties": list(one(DUTIES, **names)), "promises": list(one(PROMISES, **names)),
        "meetings": list(one(MEETINGS, **names)), "inspections": list(one(INSPECTIONS, **names)),
        "bound": {key: list(one(query, **bounds)) for key, query in BOUND.items()},
    }  # fmt: skip


def review_said(figures: dict[str, Any]) -> dict[str, Any]:
    """The same of what the system wrote into the review."""
    parts = {
        "tasks": ("all", "planned", "doing", "done", "carried", "dropped", "late"),
        "duties": ("due", "kept", "late", "open"), "promises": ("due", "kept", "late", "open"),
        "meetings": ("owed", "held", "in_time", "late", "missing"),
        "inspections": ("planned", "held", "reported", "open"),
    }  # fmt: skip
    bound = {
        row["bound"]: [row["numerator"], row["denominator"]]
        for row in figures["rows"]
        if row["bound"]
    }
    return {
        "carried": len(figures["carried"]), "bound": bound,
        **{name: [figures[name][key] for key in keys] for name, keys in parts.items()},
    }  # fmt: skip


def review_adopted(
    plan: CoordinationPlan, sort: str, seat: str, heads: tuple[str, str], area: str
) -> PlanReview:
    """Written, fixed, equal to the independent count, signed by both."""
    review = review_create(acting=who(seat), plan=plan_now(plan), sort=sort)
    review_edit(
        acting=who(seat), review=review, results="Phối hợp chặt chẽ.", ahead="Làm tiếp việc dở."
    )
    act(seat, review, "settle")
    review.refresh_from_db()
    counted, said = review_counted(review, area), review_said(review.figures)
    counted["bound"] = {key: counted["bound"][key] for key in said["bound"]}
    assert said == counted
    sign(review, *heads)
    review.refresh_from_db()
    assert review.state == "adopted"
    return review
