"""Properties of the clock against a walk that looks at one day after the other."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dongthuan.core.calendar import load_calendar
from dongthuan.core.law import Deadline, Pause, Rulebook, deadline
from dongthuan.core.law.rulebook import build_rulebook

CALENDAR = load_calendar()
DAY = timedelta(days=1)
AMOUNTS = (1, 2, 3, 7, 10, 30, 45)
RULE = """
[[rule]]
key = "x.{unit}{amount}"
name_vi = "x"
name_en = "x"
anchor = "received"
[[rule.version]]
from = 2000-01-01
term = "{amount} {unit}"
basis_vi = "x"
basis_en = "x"
document = "x"
evidence = "P"
"""


def book() -> Rulebook:
    rules = [RULE.format(unit=unit, amount=n) for unit in ("d", "wd") for n in AMOUNTS]
    return build_rulebook({"x.toml": '[law]\nid="x"\nname_vi="x"\nname_en="x"\n' + "".join(rules)})


BOOK = book()
ANCHORS = st.dates(date(2019, 6, 1), date(2026, 12, 31))


@st.composite
def pauses_near(draw: st.DrawFn, anchor: date) -> list[Pause]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        start = anchor + timedelta(days=draw(st.integers(-10, 60)))
        found.append(Pause(start, start + timedelta(days=draw(st.integers(0, 25)))))
    return found


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, int, date, list[Pause]]:
    anchor = draw(ANCHORS)
    unit, amount = draw(st.sampled_from(["d", "wd"])), draw(st.sampled_from(AMOUNTS))
    return unit, amount, anchor, draw(pauses_near(anchor))


def ask(unit: str, amount: int, anchor: date, pauses: list[Pause]) -> Deadline:
    return deadline(key=f"x.{unit}{amount}", anchor=anchor, pauses=pauses, rulebook=BOOK)


def stopped(day: date, pauses: list[Pause]) -> bool:
    return any(pause.from_ <= day < pause.to for pause in pauses if pause.to)


def walk(unit: str, amount: int, anchor: date, pauses: list[Pause]) -> tuple[date, date]:
    day = anchor
    while amount:
        day += DAY
        working = CALENDAR.day(day).working
        if not stopped(day, pauses) and (unit == "d" or working):
            amount -= 1
    nominal = day
    while stopped(day, pauses) or not CALENDAR.day(day).working:
        day += DAY
    return nominal, day


@settings(max_examples=300, deadline=None)
@given(cases())
def test_the_due_date_is_that_of_the_walk(case: tuple[str, int, date, list[Pause]]) -> None:
    result = ask(*case)
    assert (result.nominal_due_on, result.due_on) == walk(*case)


@settings(max_examples=300, deadline=None)
@given(cases())
def test_the_days_counted_in_the_explanation_are_the_term(
    case: tuple[str, int, date, list[Pause]],
) -> None:
    unit, amount, anchor, pauses = case
    steps = [step for step in ask(*case).steps if step.code == "count"]
    assert sum(step.days for step in steps) == amount
    for step in steps:
        assert step.until is not None
        assert step.days == (step.until - step.date).days + 1
        days = [step.date + timedelta(days=n) for n in range(step.days)]
        assert all(anchor < day and not stopped(day, pauses) for day in days)
        assert unit == "d" or all(CALENDAR.is_working_day(day) for day in days)


@settings(max_examples=200, deadline=None)
@given(cases())
def test_a_pause_never_moves_a_due_date_earlier(
    case: tuple[str, int, date, list[Pause]],
) -> None:
    unit, amount, anchor, pauses = case
    dates = [ask(unit, amount, anchor, pauses[:n]).due_on for n in range(len(pauses) + 1)]
    assert dates == sorted(dates)


@settings(max_examples=200, deadline=None)
@given(cases())
def test_every_pause_is_told_once(case: tuple[str, int, date, list[Pause]]) -> None:
    steps = [step for step in ask(*case).steps if step.code.startswith("pause")]
    told = sorted(step.date for step in steps)
    assert set(told) == {pause.from_ for pause in case[3]}


@settings(max_examples=200, deadline=None)
@given(cases())
def test_every_due_date_is_a_working_day_after_the_anchor(
    case: tuple[str, int, date, list[Pause]],
) -> None:
    result = ask(*case)
    assert result.due_on > case[2]
    assert CALENDAR.is_working_day(result.due_on)
