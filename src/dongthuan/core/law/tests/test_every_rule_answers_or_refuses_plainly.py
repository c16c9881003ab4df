"""Whatever is thrown at any rule, it gives a due date that JSON can carry or one sentence."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from dongthuan.core.calendar import CalendarError
from dongthuan.core.law import Extension, Pause, RuleError, deadline, load_rulebook
from dongthuan.core.law.rulebook import CONDITIONS

KEYS = st.sampled_from([rule.key for rule in load_rulebook().rules()])
NEAR = st.dates(date(2018, 1, 1), date(2031, 12, 31))
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))])
MOMENTS = st.datetimes(timezones=ZONES)
ANCHORS = st.one_of(NEAR, NEAR, st.dates(), MOMENTS)
PAUSES = st.builds(Pause, from_=st.one_of(NEAR, MOMENTS), to=st.one_of(st.none(), NEAR, MOMENTS))
TERMS = st.sampled_from(["1 d", "30 d", "9999 d", "5 wd", "2 months", "9999 years", "3 h", "0 d"])
EXTENSIONS = st.builds(Extension, term=TERMS, document=st.sampled_from(["QĐ 1", ""]))


@settings(max_examples=500, deadline=None)
@given(
    key=KEYS,
    anchor=ANCHORS,
    conditions=st.sets(st.sampled_from(sorted(CONDITIONS))),
    pauses=st.lists(PAUSES, max_size=3),
    extensions=st.lists(EXTENSIONS, max_size=2),
    now=st.one_of(st.none(), MOMENTS),
)
def test_it_answers_or_refuses_in_one_sentence(
    key: str,
    anchor: date | datetime,
    conditions: set[str],
    pauses: list[Pause],
    extensions: list[Extension],
    now: datetime | None,
) -> None:
    try:
        result = deadline(
            key=key,
            anchor=anchor,
            conditions=conditions,
            pauses=pauses,
            extensions=extensions,
            now=now,
        )
    except (RuleError, CalendarError) as refused:
        assert refused.vi.endswith(".") and refused.en.endswith(".")
        return
    answer = json.loads(json.dumps(result.as_json()))
    assert answer["due_on"] == result.due_on.isoformat()
    assert [step["code"] for step in answer["steps"]][-1] == "due"
