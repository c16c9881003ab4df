"""What a reading says against a count by SQL that knows nothing of the code."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.matters.indicators import indicator_of
from dongthuan.core.matters.models import Level, Matter
from dongthuan.core.units.models import Unit
from dongthuan.insight.radar.figures import number
from dongthuan.insight.radar.picture import picture
from dongthuan.insight.radar.selectors import matters_behind, reading, signal_of, watched
from dongthuan.insight.radar.tests.conftest import NOON, TODAY
from dongthuan.work.hotspots.services import hotspot_create
from dongthuan.work.petitions.models import Joining

SQL = """
SELECT count(*) FILTER (WHERE on_day > DATE '2026-11-23' - 7),
       count(*) FILTER (WHERE on_day <= DATE '2026-11-23' - 7)
FROM (SELECT (m.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS on_day
      FROM matters_matter m JOIN units_unit p ON p.id = m.place_id
      WHERE m.kind = 'feedback' AND m.level < 3 AND m.topic = 'environment'
        AND p.code = '21439-t02') days
WHERE on_day > DATE '2026-11-23' - 371 AND on_day <= DATE '2026-11-23'
"""


@pytest.fixture
def ward(people: Any) -> Unit:
    return Unit.objects.get(code="21439")


def test_a_signal_tells_topic_place_days_and_number(ward: Unit, year: None, letters: Any) -> None:
    letters(0, 1, 1, 3, 4, 6)
    read = reading(area=ward)
    (signal,) = read.signals
    rise = signal.rise
    assert (rise.topic, signal.place.code, rise.window.days) == ("environment", "21439-t02", 7)
    assert (signal.since, signal.until) == (TODAY - dt.timedelta(days=6), TODAY)
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        assert cursor.fetchone() == (rise.now, rise.before)
    behind = matters_behind(area=ward, signal=signal)
    assert behind.count() == rise.now


def test_one_who_writes_often_is_no_signal(ward: Unit, year: None, letters: Any) -> None:
    letters(0, 1, 1, 3, 4, 6, sender="Người viết nhiều")
    assert reading(area=ward).signals == []
    letters(2, 2)
    (signal,) = reading(area=ward).signals
    assert signal.senders >= 3


def test_letters_joined_into_one_count_their_own_senders(
    people: Any, ward: Unit, year: None, letters: Any
) -> None:
    one = letters(0, 1, 1, 3, 4, 6, sender="Người viết nhiều")
    joined(one[0], one[1:])
    assert reading(area=ward).signals == [], "joined or not, it is one sender"


def test_of_letters_joined_into_an_older_one_the_senders_count(
    people: Any, ward: Unit, year: None, letters: Any
) -> None:
    (old,) = letters(60, topic="welfare")
    joined(old, letters(0, 1, 1, 3, 4, 6, topic="welfare"))
    (signal,) = reading(area=ward).signals
    assert (signal.rise.topic, signal.rise.now, signal.senders) == ("welfare", 6, 6)


def joined(main: Matter, others: list[Matter]) -> None:
    for other in others:
        moved = list(other.submissions.values_list("pk", flat=True))
        Joining.objects.create(matter=other, main=main, submissions=moved, state_before="received")
        other.submissions.update(matter=main)
    Matter.objects.filter(pk__in=[other.pk for other in others]).update(state="joined")


def test_a_letter_that_was_split_is_counted_by_its_parts(
    ward: Unit, year: None, letters: Any
) -> None:
    letters(0, 1, 1, 3, 4, 6, topic="land", state="split")
    assert reading(area=ward).signals == []


def test_a_village_made_of_others_does_not_rise_by_being_new(
    ward: Unit, year: None, letters: Any
) -> None:
    Unit.objects.filter(code="21439-t02").update(valid_from=TODAY - dt.timedelta(days=80))
    letters(*range(1, 80, 9), topic="welfare")
    assert reading(area=ward).signals == []
    letters(0, 1, 2, 3, 4, 5)
    (signal,) = reading(area=ward).signals
    assert (signal.place.code, signal.rise.past) == ("21439-t02", 81 - 7)


def test_what_is_restricted_or_sealed_counts_nowhere(ward: Unit, year: None, letters: Any) -> None:
    before = reading(area=ward)
    letters(0, 1, 1, 3, level=Level.RESTRICTED)
    letters(0, 1, 1, 3, 4, level=Level.SEALED, kind="denunciation")
    letters(0, 1, 1, 3, 4, kind="promise")
    assert reading(area=ward) == before


def test_a_letter_without_a_place_counts_for_the_whole_area(
    ward: Unit, year: None, letters: Any
) -> None:
    letters(0, 1, 1, 2, 3, 4, topic="welfare", place="")
    (signal,) = reading(area=ward).signals
    assert (signal.place, signal.rise.now) == (ward, 6)
    assert matters_behind(area=ward, signal=signal).count() == 6


def test_a_province_reads_it_of_the_commune_that_has_it(
    ward: Unit, year: None, letters: Any
) -> None:
    letters(0, 1, 1, 2, 3, 4, topic="welfare", place="")
    province = Unit.objects.get(code="51")
    (signal,) = reading(area=province).signals
    assert (signal.place, signal.rise.now, signal.senders) == (ward, 6, 6)
    assert matters_behind(area=province, signal=signal).count() == 6


def test_a_day_begins_at_midnight_in_viet_nam(
    people: Any, ward: Unit, year: None, letters: Any
) -> None:
    second = dt.timedelta(seconds=1)
    first = dt.datetime(2026, 10, 24, 17, tzinfo=dt.UTC)  # of the thirty days that end today
    after = dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC)
    made = letters(9, 9, 9, 9, topic="education")
    for matter, at in zip(made, (first - second, first, after - second, after), strict=True):
        Matter.objects.filter(pk=matter.pk).update(opened_at=at)
    shown = picture(actor=people.head, read=reading(area=ward))
    assert shown.rows[-1].cells[shown.topics.index("education")] == (2, 30 / 360)


def test_what_lies_here_and_is_with_the_province_counts_here(
    ward: Unit, year: None, letters: Any
) -> None:
    letters(0, 1, 1, 2, 3, 4, topic="welfare", unit="51-ubnd")
    (signal,) = reading(area=ward).signals
    assert signal.place.code == "21439-t02"


def test_a_province_sees_the_place_and_not_only_the_ward(
    ward: Unit, year: None, letters: Any
) -> None:
    letters(0, 1, 1, 2, 3, 4)
    province = Unit.objects.get(code="51")
    (signal,) = reading(area=province).signals
    assert signal.place.code == "21439-t02"


def test_with_little_past_nothing_is_said(people: Any, ward: Unit, letters: Any) -> None:
    assert (reading(area=ward).since, reading(area=ward).signals) == (None, [])
    letters(61)
    letters(0, 1, 1, 2, 3, 4)
    read = reading(area=ward)
    assert read.since is None, "sixty-one days are less than 7 + 56"
    letters(62)
    read = reading(area=ward)
    assert read.since == TODAY - dt.timedelta(days=62)
    (bars,) = picture(actor=people.head, read=read).bars
    assert bars[0][0] == read.since, "no bar stands for days before the record"


def test_a_day_that_has_passed_reads_the_same(ward: Unit, year: None, letters: Any) -> None:
    with clock.at(NOON - dt.timedelta(days=30)):
        letters(0, 1, 2, 3, 4, 5)
        then = reading(area=ward)
    assert then.signals
    assert reading(area=ward, until=TODAY - dt.timedelta(days=30)) == then


def test_the_figure_counts_signals_and_opens_their_matters(
    ward: Unit, year: None, letters: Any
) -> None:
    letters(0, 1, 1, 3, 4, 6)
    found = indicator_of("radar.signals")
    assert found is not None and not found.aim
    figure = found.count(ward.path, TODAY.replace(day=1), dt.date(2026, 11, 30))
    (signal,) = reading(area=ward).signals
    assert figure.value == 1
    assert figure.matters is not None and figure.matters.count() == signal.rise.now
    assert [(part.label, part.value) for part in figure.parts] == [
        ("môi trường, rác thải, Tổ dân phố 2 (minh họa)", str(signal.rise.now))
    ]


def test_a_hot_spot_marks_a_signal_only_for_whoever_sees_it(
    people: Any, ward: Unit, year: None, letters: Any
) -> None:
    letters(0, 1, 1, 3, 4, 6)
    signals = reading(area=ward).signals
    assert watched(actor=people.head, signals=signals) == [[]]
    spot = hotspot_create(
        acting=people.head, place=ward, title="Rác ở chợ", about="Rác chưa được thu gom.",
        topic="environment",
    )  # fmt: skip
    assert watched(actor=people.head, signals=signals) == [[spot]]
    assert watched(actor=people.front, signals=signals) == [[]]


def test_a_reading_costs_the_same_at_ten_and_at_a_hundred(
    ward: Unit, year: None, letters: Any
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reading(area=ward).signals
        return len(captured)

    letters(*range(5), *range(5))
    few = cost()
    letters(*(days % 7 for days in range(45)), topic="order", place="21439-t01")
    letters(*(days % 7 for days in range(45)), topic="land", place="21439-t03")
    assert cost() == few == 5


def test_a_signal_is_named_by_topic_place_and_days(ward: Unit, year: None, letters: Any) -> None:
    letters(0, 1, 1, 3, 4, 6)
    read = reading(area=ward)
    assert signal_of(read, topic="environment", place="21439-t02", days=7) == read.signals[0]
    for asked in (("land", "21439-t02", 7), ("environment", "21439", 7), ("", "", 0)):
        assert signal_of(read, topic=asked[0], place=asked[1], days=asked[2]) is None


def test_a_usual_number_that_is_not_nothing_never_reads_as_nothing() -> None:
    assert [number(n) for n in (0, 7 / 364, 0.06, 1.25, 3.04)] == ["0", "0,02", "0,1", "1,2", "3"]
