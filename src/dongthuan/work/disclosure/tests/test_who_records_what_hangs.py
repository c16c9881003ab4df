"""The office records everywhere, a village head at home; evidence, backdating, reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty
from dongthuan.core.papers.models import Attachment
from dongthuan.core.papers.photos import photo_facts
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.papers.tests.test_a_photo_says_when_and_where import picture
from dongthuan.work.disclosure.models import Check, Disclosure, Evidence, Place, Posting
from dongthuan.work.disclosure.postings import (
    Hung,
    Photo,
    absence_report,
    check_judge,
    disclosures_settle,
    postings_record,
)
from dongthuan.work.disclosure.tests.conftest import at

DAY = dt.date(2026, 11, 2)


@pytest.fixture
def home(places: dict[str, Place]) -> Place:
    return next(p for p in places.values() if p.village and p.village.code == "21439-t01")


@pytest.fixture
def photo(settings: Any, tmp_path: Any) -> Callable[[], Photo]:
    settings.MEDIA_ROOT = tmp_path

    def photo() -> Photo:
        data = picture("2026:11:02 07:30:00", {1: "N", 2: (14.0, 48.0, 36.0), 3: "E",
                                               4: (108.0, 57.0, 0)})  # fmt: skip
        kept = attachment_store(upload=SimpleUploadedFile("bang-tin.jpg", data))
        return Photo(kept, photo_facts(data))

    return photo


def test_a_village_head_records_at_home_only(
    people: Any, published: Any, post: Any, places: Any, home: Place
) -> None:
    found = published(item="7")
    post(found, [home], DAY, acting=people.village_head)
    post(found, [home], DAY, acting=people.village_head, channel="d", reference="BB họp 02/11")
    duty = Duty.objects.get(matter=found, rule="dc.relay", subject=home.village.name)
    assert (duty.state, duty.unit) == ("fulfilled", home.village)
    for actor, place in (
        (people.village_head, places["hq"]), (people.other_village_head, home),
        (people.front, home), (people.board, home), (people.inspector, home),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            post(found, [place], DAY, acting=actor)
    with pytest.raises(NotAllowed):
        post(found, [places["hq"]], DAY, acting=people.other_head)


def test_all_places_are_recorded_at_once_or_none(
    people: Any, published: Any, post: Any, places: Any
) -> None:
    found = published()
    villages = [p for name, p in places.items() if p.sort == "village"]
    with pytest.raises(MatterError):
        post(found, [*villages, places["loudspeaker"]], DAY)
    assert Posting.objects.exclude(channel="b").count() == 0
    post(found, [places["hq"], *villages], DAY)
    assert Duty.objects.filter(matter=found, rule="dc.post_min").count() == len(villages) + 1
    assert not Duty.objects.filter(matter=found, rule="dc.publish_default", state="open").exists()


def test_a_day_that_is_over_needs_something_to_show(
    people: Any, published: Any, post: Any, places: Any, photo: Any
) -> None:
    found = published()
    with at(dt.date(2026, 11, 12)):
        with pytest.raises(MatterError):
            post(found, [places["hq"]], DAY)
        post(found, [], DAY, hung=[Hung(places["hq"], photo())])
    # It hung in time, although it was written down after the last day (9 November).
    duty = Duty.objects.get(matter=found, rule="dc.publish_default", subject=places["hq"].name)
    assert duty.state == "fulfilled"
    evidence = Evidence.objects.get(sort="photo")
    assert evidence.taken_at and (evidence.latitude, evidence.longitude) == (14.81, 108.95)
    assert not evidence.disagrees
    assert evidence.attachment.state == Attachment.State.ATTACHED


def test_a_photograph_that_tells_another_day_says_so(
    people: Any, published: Any, post: Any, places: Any, photo: Any
) -> None:
    found = published()
    with at(dt.date(2026, 11, 5)):
        post(found, [], dt.date(2026, 11, 5), hung=[Hung(places["hq"], photo())])
    assert Evidence.objects.get(sort="photo").disagrees


def test_a_broadcast_is_heard_on_three_days_in_a_row(
    people: Any, published: Any, post: Any, places: Any
) -> None:
    found = published(item="7")
    with at(dt.date(2026, 11, 6)):
        post(found, [places["loudspeaker"]], dt.date(2026, 11, 2), channel="c",
             ended_on=dt.date(2026, 11, 3), reference="Nhật ký phát thanh 11/2026")  # fmt: skip
        late = Duty.objects.get(matter=found, rule="dc.loudspeaker_min")
        assert late.state == "late" and "04/11/2026" in late.reason
        post(found, [places["loudspeaker"]], dt.date(2026, 11, 4), channel="c",
             ended_on=dt.date(2026, 11, 5), reference="Nhật ký phát thanh 11/2026")  # fmt: skip
    assert late.matter_id == found.pk


def test_other_forms_need_their_paper(people: Any, published: Any, post: Any) -> None:
    found = published()
    for channel in "đeghik":
        with pytest.raises(MatterError) as refused:
            post(found, [], DAY, channel=channel)
        assert refused.value.field == "reference"
        post(found, [], DAY, channel=channel, reference="Biên bản số 5")
    for channel in ("b", "x", ""):
        with pytest.raises(MatterError):
            post(found, [], DAY, channel=channel, reference="Biên bản số 5")


def test_nothing_hangs_before_it_is_published_or_after_it_was_corrected(
    people: Any, disclose: Any, post: Any, places: Any
) -> None:
    found = disclose()
    with pytest.raises(MatterError):
        post(found, [places["hq"]], DAY)
    assert not Posting.objects.exists()


def test_a_citizens_report_proves_nothing_until_confirmed(
    people: Any, published: Any, post: Any, places: Any
) -> None:
    found: Disclosure = published()
    post(found, [places["hq"]], DAY)
    with at(dt.date(2026, 11, 12)):
        check = absence_report(code=found.code, place_id=places["hq"].pk, on=dt.date(2026, 11, 10))
        again = absence_report(code=found.code, place_id=places["hq"].pk, on=dt.date(2026, 11, 10))
        assert again == check
        disclosures_settle()
        lasting = Duty.objects.filter(matter=found, rule="dc.post_min")
        assert lasting.get().state == "open"
        for actor in (people.front, people.village_head, people.other_head, people.citizen):
            with pytest.raises(NotAllowed):
                check_judge(acting=actor, check_id=check.pk, confirmed=True)
        check_judge(acting=people.head, check_id=check.pk, confirmed=True)
        assert lasting.get().state == "late"
        with pytest.raises(MatterError):
            check_judge(acting=people.head, check_id=check.pk, confirmed=False)
    assert Check.objects.get().state == "confirmed"


@pytest.mark.parametrize("day", [dt.date(2026, 11, 13), dt.date(2026, 9, 1)])
def test_a_report_of_an_impossible_day_is_refused(
    people: Any, published: Any, post: Any, places: Any, day: dt.date
) -> None:
    found = published()
    post(found, [places["hq"]], DAY)
    with at(dt.date(2026, 11, 12)), pytest.raises(MatterError):
        absence_report(code=found.code, place_id=places["hq"].pk, on=day)
    with pytest.raises(MatterError):
        absence_report(code=found.code, place_id=places["loudspeaker"].pk, on=DAY)


def test_who_sees_nothing_records_nothing(people: Any, published: Any, places: Any) -> None:
    found = published()
    for actor in (people.citizen, people.admin, people.other_head):
        with pytest.raises(NotAllowed):
            postings_record(
                acting=actor, disclosure_id=found.pk, channel="a", hung=[Hung(places["hq"])],
                started_on=DAY,
            )  # fmt: skip
