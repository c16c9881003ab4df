"""Every number opens its list and equals a count by other means; lists cost the same."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import statistics
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.matters.indicators import indicator_of
from dongthuan.core.matters.models import Duty, Entry
from dongthuan.work.recommendations import figures, selectors
from dongthuan.work.recommendations.models import BodyRecommendation
from dongthuan.work.recommendations.selectors import Wanted
from dongthuan.work.recommendations.services import Said, recommendation_create
from dongthuan.work.recommendations.tests.conftest import UNTIL, act, unit

D, P = "/ban-lam-viec/kien-nghi/", "/kien-nghi/"
YES = {"answer": "accepted", "reply": "Sẽ làm.", "until": UNTIL, "document": "8/UBND"}
NO = {"answer": "refused", "reply": "Chưa thể.", "reason": "Chưa có vốn.", "document": "8/UBND"}


@pytest.fixture
def scene(people: Any, sent: Any, drafted: Any) -> dt.datetime:
    """Two authorities, three sources, every outcome; the moment at which it is looked at."""
    drafted()
    act(people.front, sent(), "withdraw", reason="Trùng")
    first = clock.now()
    rows = [sent("front"), sent("front", addressee=unit("21439-kt")), sent("women"),
            sent("mass_mobilisation"), sent("board")]  # fmt: skip
    with clock.at(first + dt.timedelta(days=4)):
        done = act(people.head, rows[0], "answer", **YES)
        act(people.head, rows[1], "answer", **NO)
        done = act(people.head, done, "finish", report="Xong.")
        act(people.front, done, "confirm", verdict="Đúng.")
    with clock.at(first + dt.timedelta(days=20)):
        act(people.head, rows[2], "answer", **YES | {"answer": "partly", "reason": "Thiếu vốn."})
    return first + dt.timedelta(days=21)


def test_the_numbers_equal_a_count_by_the_record(people: Any, scene: dt.datetime) -> None:
    with clock.at(scene):
        total = figures.totals(BodyRecommendation.objects.all())
    acts = Entry.objects.filter(matter__kind="body_recommendation")
    sent = set(acts.filter(act="body_recommendation.send").values_list("matter", flat=True))
    sent -= set(acts.filter(act="body_recommendation.withdraw").values_list("matter", flat=True))
    answers = acts.filter(act="body_recommendation.answer", matter__in=sent)
    given = [entry.facts["answer"] for entry in answers]
    kept = Duty.objects.filter(matter__in=sent, anchor__in=["now", "session_on"])
    kept = kept.exclude(rule__in=["rec.confirm", "rec.redo"])
    days = []
    for entry in answers:
        begun = acts.get(act="body_recommendation.send", matter=entry.matter)
        days.append((entry.at - begun.at).days)
    counted = {
        "sent": len(sent), "in_time": kept.filter(state="fulfilled").count(),
        "late": kept.filter(state="late").count(), "waiting": kept.filter(state="open").count(),
        "accepted": given.count("accepted"), "partly": given.count("partly"),
        "refused": given.count("refused"), "doing": 1, "done": 1, "confirmed": 1,
        "overdue": Duty.objects.filter(state="open", due_on__lt=scene.date()).count(),
    }  # fmt: skip
    assert total.counts == counted
    assert total.days == statistics.median(days) == 4
    assert counted["late"] == 1 and counted["overdue"] > 0


@pytest.mark.parametrize(("who", "base"), [("", P), ("head", D), ("front", D)])
def test_every_number_opens_the_list_of_just_so_many(
    people: Any, scene: dt.datetime, browser_of: Any, who: str, base: str
) -> None:
    with clock.at(scene):
        page = browser_of(who).get(f"{base}bang-diem/").content.decode()
        links = re.findall(rf'<a href="({base}\?xem=[^"]+)">(\d+)</a>', page)
        assert len(links) > 20
        for link, number in links:
            shown = browser_of(who).get(link.replace("&amp;", "&")).content.decode()
            row = '" data-row>' if who else 'class="card card-link"'
            assert shown.count(row) == int(number), link


def test_the_file_holds_the_same_numbers(people: Any, scene: dt.datetime, browser_of: Any) -> None:
    with clock.at(scene):
        body = browser_of("").get(f"{P}bang-diem.csv?commune=21439").content.decode("utf-8-sig")
        total = figures.totals(BodyRecommendation.objects.all())
        rows = list(csv.reader(io.StringIO(body)))
        assert rows[-1][2:-1] == [str(n) for n in total.counts.values()]
        assert len(rows) == 1 + 2 + 4 + 1  # the head, authorities, sources, the sum
        empty = browser_of("").get(f"{P}bang-diem.csv?commune=21478").content.decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(empty)))) == 2


def test_indicators_count_the_same_and_open_their_matters(people: Any, scene: dt.datetime) -> None:
    since, until = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    for key, numbers in {"sent": (5, None), "in_time": (2, 5), "confirmed": (1, 2)}.items():
        indicator = indicator_of(f"recommendations.{key}")
        assert indicator is not None
        with clock.at(scene):
            figure = indicator.count(unit("21439").path, since, until)
        assert (figure.numerator, figure.denominator) == numbers, key
        assert figure.matters is not None and figure.met is not None
        assert figure.matters.count() == (numbers[1] or 5)
        assert figure.met.count() == numbers[0]


def test_the_register_finds_by_place_source_and_words(
    people: Any, scene: dt.datetime, browser_of: Any
) -> None:
    anyone = browser_of("")

    def count(query: str) -> int:
        return anyone.get(f"{P}?{query}").content.decode().count('class="card card-link"')

    assert (count(""), count("commune=21439"), count("commune=21478")) == (6, 6, 0)
    assert (count("unit=21439-kt"), count("source=board"), count("q=den+chieu+sang")) == (1, 1, 6)
    assert (count("year=2025"), count("xem=khac"), count("after=x")) == (0, 6, 6)


def test_the_feed_is_well_formed(people: Any, scene: dt.datetime, browser_of: Any) -> None:
    from xml.etree import ElementTree

    answer = browser_of("").get(f"{P}theo-doi.xml?source=front")
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 3


def test_lists_cost_the_same_at_ten_and_a_hundred_rows(
    people: Any, browser_of: Callable[[str], Any]
) -> None:
    addresses = [("", P), ("", f"{P}bang-diem/"), ("front", f"{D}?xem=drafts"),
                 ("head", f"{D}?xem=sent"), ("head", f"{D}bang-diem/"),
                 ("", f"{P}theo-doi.xml")]  # fmt: skip
    counts: dict[str, list[int]] = {address: [] for _name, address in addresses}
    said = Said(addressee=unit("21439-ubnd"), content="Đề nghị lắp đèn chiếu sáng.")
    for more in (10, 90):
        made = [
            recommendation_create(
                acting=people.front, body=unit("21439-mttq"), source="front", said=said
            ).pk
            for _n in range(more)
        ]
        # Half of them as if sent: the path and level of what was sent, without its steps.
        office = unit("21439-ubnd")
        BodyRecommendation.objects.filter(pk__in=made[::2]).update(
            state="sent", sent_on=clock.today(), unit=office, path=office.path, level=1
        )
        for name, address in addresses:
            page = browser_of(name)
            page.get(address)
            with CaptureQueriesContext(connection) as seen:
                assert page.get(address).status_code == 200
            counts[address].append(len(seen))
    assert all(few == lots for few, lots in counts.values()), counts
    assert max(few for few, _lots in counts.values()) <= 16, counts
    first = selectors.recommendation_list(actor=people.head, wanted=Wanted(view="sent"))
    second = selectors.recommendation_list(
        actor=people.head, wanted=Wanted(view="sent"), after=first.next
    )
    assert len(first.rows) == 30 and len(second.rows) == 20
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


def test_drafting_and_writing_anew_at_the_desk(people: Any, browser_of: Any) -> None:
    desk = browser_of("front")
    given = {"body": unit("21439-pn").pk, "source": "women", "addressee": unit("21439-ubnd").pk,
             "content": "Đề nghị mở lớp bơi cho trẻ em.", "topic": "education"}  # fmt: skip
    assert browser_of("head").get(f"{D}moi/").status_code == 404
    assert desk.post(f"{D}moi/", given | {"content": ""}).status_code == 422
    assert desk.post(f"{D}moi/", given | {"source": "board"}).status_code == 422
    assert desk.post(f"{D}moi/", given).status_code == 302
    row = BodyRecommendation.objects.get()
    assert (row.source, row.topic, row.state) == ("women", "education", "drafted")
    edit = f"{D}{row.code}/sua/"
    assert browser_of("dvan").get(edit).status_code == 404
    page = desk.get(edit)
    assert page.status_code == 200 and "lớp bơi" in page.content.decode()
    changed = given | {"content": "Đề nghị mở hai lớp bơi cho trẻ em.", "version": "1"}
    assert desk.post(edit, changed | {"version": "7"}).status_code == 422
    assert desk.post(edit, changed).status_code == 302
    row.refresh_from_db()
    assert row.content == changed["content"]
    step = f"/ban-lam-viec/vu-viec/{row.code}/send/"
    assert desk.get(step).status_code == 200
    assert desk.post(step, {"version": row.version, "document": "5/KN"}).status_code == 302
    assert desk.get(edit).status_code == 404


def test_criticism_and_hearing_at_the_desk(people: Any, browser_of: Any) -> None:
    head, front = browser_of("head"), browser_of("front")
    given = {"drafter": unit("21439-ubnd").pk, "critic": unit("21439-mttq").pk,
             "title": "Quy chế quản lý chợ", "summary": "Sắp xếp sạp, phí.",
             "submits_on": "2026-12-01"}  # fmt: skip
    assert front.get(f"{D}phan-bien/moi/").status_code == 404
    assert head.post(f"{D}phan-bien/moi/", given | {"title": "x"}).status_code == 422
    assert head.post(f"{D}phan-bien/moi/", given).status_code == 302
    code = selectors.criticism_list(actor=people.head).rows[0].code
    steps = f"/ban-lam-viec/vu-viec/{code}/"
    assert head.post(f"{steps}send/", {"version": "1", "document": "5/U"}).status_code == 302
    opinion = {"version": "2", "form": "written", "opinion": "Cần sửa.", "points": "Bỏ điều 5",
               "document": "2/M"}  # fmt: skip
    assert front.post(f"{steps}opine/", opinion).status_code == 302
    points = f"{D}phan-bien/{code}/"
    assert head.get(f"{steps}answer/")["Location"] == points
    assert front.get(points).status_code == 404
    assert head.get(points).status_code == 200
    answer = {"version": "3", "document": "6/U", "taken_1": "no"}
    assert head.post(points, answer).status_code == 422
    assert head.post(points, answer | {"reason_1": "Luật buộc có."}).status_code == 302
    assert head.get(points).status_code == 302
    for client, half in ((front, "2026-2"), (head, ""), (head, "2026-1")):
        assert client.post(f"{D}nghe/mo/", {"ky": half}).status_code == 302
        assert not selectors.hearing_list(actor=people.head).rows
    assert head.post(f"{D}nghe/mo/", {"ky": "2026-2"}).status_code == 302
    rows = selectors.hearing_list(actor=people.head).rows
    assert {row.unit.code for row in rows} == {"21439-ubnd", "21439-hdnd"}
    for row in rows:
        assert head.get(f"{D}nghe/{row.code}/").status_code == 200
        assert head.get(f"{D}nghe/{row.code}/cam-ket/").status_code == 404


@pytest.mark.parametrize("year", ["20261111", "2026" + "9" * 5000, "0001", "x"])
def test_a_year_that_is_none_breaks_no_scoreboard(browser_of: Any, year: str) -> None:
    for address in ("/ban-lam-viec/kien-nghi/bang-diem/", "/ban-lam-viec/kien-nghi/bang-diem.csv"):
        assert browser_of("head").get(address, {"nam": year}).status_code == 200


def test_the_public_list_says_whose_delay_it_is(people: Any, sent: Any, client: Any) -> None:
    row = act(people.head, sent(), "answer", **NO)
    with clock.at(clock.now() + dt.timedelta(days=40)):
        page = client.get(P).content.decode()
    assert f"{row.body.label}: Nơi kiến nghị xác nhận" in page
