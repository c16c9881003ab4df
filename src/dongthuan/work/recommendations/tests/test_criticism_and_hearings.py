"""A draft is 15 days with the Front and answered point by point; each half-year has its hearing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.units.models import Unit
from dongthuan.work.recommendations.criticisms import criticism_answer, criticism_create
from dongthuan.work.recommendations.hearings import hearing_promise, hearings_open
from dongthuan.work.recommendations.jobs import half_year
from dongthuan.work.recommendations.models import Criticism, Hearing
from dongthuan.work.recommendations.paragraphs import paragraphs_of
from dongthuan.work.recommendations.tests.conftest import ZONE, act, unit

OPINION = {"form": "written", "opinion": "Cần làm rõ.", "document": "21/MTTQ",
           "points": "1. Nêu cách tính phí.\n2. Bỏ điều 5."}  # fmt: skip


def on(year: int, month: int, day: int) -> Any:
    return clock.at(dt.datetime(year, month, day, 9, tzinfo=ZONE))


def duty(row: Any, rule: str) -> Duty:
    return Duty.objects.filter(matter=row, rule=rule).latest("id")


# -- social criticism -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "state"), [((2026, 11, 16), "fulfilled"), ((2026, 11, 17), "late")]
)
def test_a_draft_is_owed_fifteen_days_before_its_submission(
    people: Any, criticism: Criticism, day: tuple[int, int, int], state: str
) -> None:
    assert duty(criticism, "mttq.criticism.draft_before").due_on == dt.date(2026, 11, 16)
    with on(*day):
        row = act(people.handler, criticism, "send", document="5/UBND")
    assert duty(row, "mttq.criticism.draft_before").state == state
    assert row.days_before == (dt.date(2026, 12, 1) - dt.date(*day)).days


def test_a_later_submission_gives_a_later_day_for_the_draft(
    people: Any, criticism: Criticism
) -> None:
    row = act(people.head, criticism, "move", submits_on=dt.date(2026, 12, 31), reason="Chờ góp ý")
    assert duty(row, "mttq.criticism.draft_before").due_on == dt.date(2026, 12, 16)
    with pytest.raises(MatterError):
        act(people.head, row, "move", submits_on=dt.date(2026, 12, 1), reason="Gấp")


def test_every_point_is_answered_and_a_refusal_says_why(
    people: Any, criticism: Criticism, browser_of: Any
) -> None:
    row = act(people.handler, criticism, "send", document="5/UBND")
    row = act(people.front, row, "opine", **OPINION)
    assert [point.text for point in row.points.all()] == ["Nêu cách tính phí.", "Bỏ điều 5."]
    given: dict[str, Any] = {"acting": people.head, "criticism": row, "version": row.version,
                             "document": "7/UBND"}  # fmt: skip
    for answers, field in (({1: ("yes", "")}, "taken_2"),
                           ({1: ("yes", ""), 2: ("no", "")}, "reason_2"),
                           ({1: ("maybe", ""), 2: ("yes", "")}, "taken_1")):  # fmt: skip
        with pytest.raises(MatterError) as refused:
            criticism_answer(**given, answers=answers)
        assert refused.value.field == field
        assert set(row.points.values_list("taken", flat=True)) == {""}
    answers = {1: ("yes", ""), 2: ("no", "Luật buộc có điều này.")}
    with pytest.raises(NotAllowed):
        criticism_answer(**given | {"acting": people.front}, answers=answers)
    criticism_answer(**given, answers=answers)
    assert Criticism.objects.get().state == "answered"
    page = browser_of("").get(f"/kien-nghi/phan-bien/{row.code}/").content.decode()
    assert "Luật buộc có điều này." in page and "Nêu cách tính phí." in page


def test_an_opinion_without_a_point_closes_it(people: Any, criticism: Criticism) -> None:
    row = act(people.handler, criticism, "send", document="5/UBND")
    row = act(people.front_head, row, "opine", **OPINION | {"points": ""})
    assert row.state == "agreed"
    assert not Duty.objects.filter(matter=row, state="open").exists()


@pytest.mark.parametrize(
    ("who", "more", "field"),
    [
        ("front", {}, ""), ("other_head", {}, ""),
        ("head", {"critic": "21478-mttq"}, "critic"), ("head", {"critic": "21439-ttnd"}, "critic"),
        ("head", {"submits_on": dt.date(2026, 10, 1)}, "submits_on"),
        ("head", {"title": "Ngắn"}, "title"), ("head", {"summary": "Số 0905123456 nhé"}, "summary"),
    ],
)  # fmt: skip
def test_a_draft_that_cannot_be_announced(
    people: Any, who: str, more: dict[str, Any], field: str
) -> None:
    given: dict[str, Any] = {
        "drafter": unit("21439-ubnd"), "critic": "21439-mttq", "title": "Quy chế quản lý chợ",
        "summary": "Dự thảo quy chế.", "submits_on": dt.date(2026, 12, 1),
    } | more  # fmt: skip
    given["critic"] = unit(given["critic"])
    with pytest.raises(MatterError) as refused:
        criticism_create(acting=people.actors[who], **given)
    assert refused.value.field == field
    assert not Criticism.objects.exists()


def test_paragraphs_lose_their_numbers() -> None:
    assert paragraphs_of("1. Một\n2) Hai\n- Ba\n\n") == ["Một", "Hai", "Ba"]
    assert paragraphs_of("Kiến nghị 1: Một dòng\ncòn tiếp\n\na) Hai") == [
        "Một dòng còn tiếp",
        "Hai",
    ]
    assert paragraphs_of("1. Một\n2. Hai\n\n- Ba\ncòn tiếp") == ["Một", "Hai", "Ba còn tiếp"]
    assert paragraphs_of("2026 là năm bầu cử\n12.000 hộ") == ["2026 là năm bầu cử", "12.000 hộ"]


# -- hearings -------------------------------------------------------------------------------------


def test_each_half_year_owes_two_hearings_once(people: Any) -> None:
    half_year(timestamp=0)
    half_year(timestamp=0)
    rows = Hearing.objects.filter(unit__parent__code="21439")
    assert set(rows.values_list("unit__code", "year", "half")) == {
        ("21439-ubnd", 2026, 2), ("21439-hdnd", 2026, 2)}  # fmt: skip
    with on(2027, 1, 2):
        half_year(timestamp=0)
    assert rows.count() == 4


def test_the_six_months_count_from_the_last_hearing(people: Any, hearing: Hearing) -> None:
    assert duty(hearing, "mttq.supervision.hearing").due_on == dt.date(2026, 12, 30)
    row = act(people.head, hearing, "convene", on=dt.date(2026, 11, 20), venue="Hội trường",
              document="1/GM")  # fmt: skip
    more = {"present": 30, "minutes": "Biên bản", "conclusion": "Giao việc", "document": "2/TB"}
    with pytest.raises(MatterError):
        act(people.head, row, "hold", **more)  # the day has not come
    with on(2026, 11, 20):
        act(people.head, row, "hold", **more)
    with on(2027, 1, 4):
        made = hearings_open(acting=SYSTEM, area=unit("21439"))
    following = next(h for h in made if h.unit.code == "21439-ubnd")
    assert duty(following, "mttq.supervision.hearing").due_on == dt.date(2027, 5, 20)


def test_the_agenda_is_what_is_open_and_promises_are_matters(
    people: Any, hearing: Hearing, sent: Any, drafted: Any
) -> None:
    listed, closed = sent("women"), sent("front")
    drafted("front")
    sent("mass_mobilisation")
    act(people.front, closed, "withdraw", reason="Đã giải quyết")
    row = act(people.head, hearing, "convene", on=dt.date(2026, 11, 3), venue="Hội trường",
              document="1/GM")  # fmt: skip
    assert [item.recommendation_id for item in row.agenda.all()] == [listed.pk]
    given: dict[str, Any] = {"acting": people.head, "hearing": row, "unit": unit("21439-ubnd"),
                             "what": "Lắp đèn trước Tết",
                             "due_on": dt.date(2027, 1, 31)}  # fmt: skip
    with pytest.raises(MatterError):
        hearing_promise(**given)
    with on(2026, 11, 3):
        row = act(people.head, row, "hold", present=30, minutes="Biên bản", conclusion="Giao việc",
                  document="2/TB")  # fmt: skip
        with pytest.raises(NotAllowed):
            hearing_promise(**given | {"acting": people.front})
        with pytest.raises(MatterError):
            hearing_promise(**given | {"unit": Unit.objects.get(code="21478-ubnd")})
        promise = hearing_promise(**given)
    promise = Matter.objects.get(pk=promise.pk)
    assert (promise.parent_id, promise.next_due_on) == (row.pk, dt.date(2027, 1, 31))


def test_a_hearing_is_missed_only_after_its_day(people: Any, hearing: Hearing) -> None:
    with pytest.raises(MatterError):
        act(people.head, hearing, "miss", reason="Bận")
    with on(2027, 1, 5):
        row = act(people.head, hearing, "miss", reason="Bận")
    assert (row.state, duty(row, "mttq.supervision.hearing").state) == ("missed", "late")
