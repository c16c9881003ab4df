"""Reading: shown, or kept back for one of two reasons, but always counted; counts add up."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Entry
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations import selectors
from dongthuan.work.consultations.clusters import cluster_add, opinions_cluster
from dongthuan.work.consultations.hearings import Count, tally_set
from dongthuan.work.consultations.models import Opinion, Tally
from dongthuan.work.consultations.opinions import Given, opinion_hold, opinions_show, part_give
from dongthuan.work.consultations.tests.conftest import TODAY


@pytest.fixture
def given(people: Any, opened: Any) -> Any:
    matter = opened()
    texts = [(None, "Nên đặt thêm đèn."), (None, "Ông Tư ở tổ 3 làm sai.")]
    part_give(consultation_id=matter.pk, given=Given(opinions=texts))
    return matter


def call(people: Any, matter: Any, by: str = "handler") -> dict[str, Any]:
    return {"acting": people.actors[by], "consultation_id": matter.pk}


def test_nothing_is_shown_before_it_was_read(people: Any, given: Any) -> None:
    assert selectors.opinions_public(given).rows == []
    first = Opinion.objects.earliest("id")
    assert opinions_show(**call(people, given), opinion_ids=[first.pk]) == 1
    assert [row.pk for row in selectors.opinions_public(given).rows] == [first.pk]


def test_what_is_kept_back_stays_counted_and_the_reason_is_logged(people: Any, given: Any) -> None:
    last = Opinion.objects.latest("id")
    opinion_hold(**call(people, given), opinion_id=last.pk, hold="personal", note="tên người")
    assert selectors.public_view(given).opinions == 2
    entry = Entry.objects.filter(matter=given).latest("id")
    assert (entry.act, entry.facts["hold"]) == ("consultation.held", "personal")


@pytest.mark.parametrize(
    ("hold", "note", "field"), [("dislike", "", "hold"), ("", "", "hold"), ("unlawful", "", "note")]
)
def test_a_view_that_somebody_dislikes_is_no_reason(
    people: Any, given: Any, hold: str, note: str, field: str
) -> None:
    last = Opinion.objects.latest("id")
    with pytest.raises(MatterError) as error:
        opinion_hold(**call(people, given), opinion_id=last.pk, hold=hold, note=note)
    assert error.value.field == field


@pytest.mark.parametrize("name", ["front", "village_front", "other_head"])
def test_only_the_office_reads_and_groups(people: Any, given: Any, name: str) -> None:
    ids = list(Opinion.objects.values_list("pk", flat=True))
    with pytest.raises(NotAllowed):
        opinions_show(**call(people, given, name), opinion_ids=ids)
    with pytest.raises(NotAllowed):
        cluster_add(**call(people, given, name), title="Một nhóm ý kiến")


def test_a_group_of_the_map_is_offered_once(people: Any, given: Any) -> None:
    said = {"title": "Đèn đường", "source": "map", "source_ref": "nhom-A"}
    first = cluster_add(**call(people, given), **said)
    assert cluster_add(**call(people, given), **said) == first


def test_opinions_of_another_consultation_stay_where_they_are(
    people: Any, given: Any, opened: Any
) -> None:
    cluster = cluster_add(**call(people, given), title="Đèn đường")
    other = opened()
    part = part_give(consultation_id=other.pk, given=Given(opinions=[(None, "Của việc khác.")]))
    foreign = part.opinions.get()
    with pytest.raises(MatterError):
        opinions_cluster(**call(people, given), opinion_ids=[foreign.pk], cluster_id=cluster.pk)
    with pytest.raises(MatterError):
        opinions_cluster(**call(people, other), opinion_ids=[foreign.pk], cluster_id=cluster.pk)


def tally(people: Any, matter: Any, **numbers: int) -> Tally:
    return tally_set(
        **call(people, matter), form="b", village=Unit.objects.get(code="21439-t01"),
        held_on=TODAY.date(), source="Biên bản số 1", count=Count(**numbers),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "field"),
    [
        ({"invited": 10, "present": 11, "agree": 1, "disagree": 0}, "present"),
        ({"invited": 10, "present": 10, "agree": 6, "disagree": 5}, "agree"),
        ({"invited": 10, "present": 5, "agree": -1, "disagree": 0}, "agree"),
    ],
)
def test_a_count_that_does_not_add_up_is_refused(
    people: Any, given: Any, numbers: Any, field: str
) -> None:
    with pytest.raises(MatterError) as error:
        tally(people, given, **numbers)
    assert error.value.field == field
    assert not Tally.objects.exists()


def test_a_corrected_count_takes_the_place_and_the_earlier_stays_on_file(
    people: Any, given: Any
) -> None:
    tally(people, given, invited=10, present=8, agree=5, disagree=3)
    last = tally(people, given, invited=10, present=9, agree=5, disagree=3, other=1)
    assert selectors.tallies_of(given) == [last]
    assert Tally.objects.count() == 2
