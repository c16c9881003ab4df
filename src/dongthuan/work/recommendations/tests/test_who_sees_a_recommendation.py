"""A draft is its body's alone; what was sent is read by all; a restricted one by its seats."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import open_as, receive_as
from dongthuan.core.matters.models import Level, Matter, Projection
from dongthuan.core.units.models import Position
from dongthuan.work.recommendations import figures
from dongthuan.work.recommendations.models import BodyRecommendation
from dongthuan.work.recommendations.tests.conftest import BODIES, act, unit

WARD = {"intake", "handler", "handler2", "head", "sealed", "front", "front_head", "dvan",
        "dvan_head", "party", "council", "inspector"}  # fmt: skip
# Of drafts: the body itself; the inspector of the province reads everything short of the seal.
DRAFTS = {
    "front": {"front", "front_head", "inspector"},
    "women": {"front", "front_head", "inspector"},
    "voters": {"front", "front_head", "inspector"},
    "mass_mobilisation": {"dvan", "dvan_head", "party", "inspector"},
    "board": {"board", "inspector"},
    "council": {"council", "inspector"},
}


def seen_by(people: Any, row: Any) -> set[str]:
    """Who sees it; the predicate of lists and the check of one matter must agree."""
    names = set()
    for name, actor in people.actors.items():
        listed = Matter.objects.filter(policies.visible_to(actor), pk=row.pk).exists()
        assert listed == policies.may_see(actor, row), name
        if listed:
            names.add(name)
    return names


@pytest.mark.parametrize("source", BODIES)
def test_a_draft_is_seen_by_its_body_and_what_was_sent_by_the_ward(
    people: Any, drafted: Any, sent: Any, source: str
) -> None:
    draft = drafted(source)
    assert seen_by(people, draft) == DRAFTS[source]
    extra = {"board"} if source == "board" else set()
    assert seen_by(people, sent(source)) == WARD | extra


def test_nothing_of_a_draft_is_public(people: Any, drafted: Any, browser_of: Any) -> None:
    marker = "Dấu hiệu bí mật bản thảo"
    row = drafted(content=f"{marker}: đề nghị xem lại phương án.")
    anyone = browser_of("")
    pages = ("/kien-nghi/", f"/kien-nghi/{row.code}/", "/kien-nghi/theo-doi.xml",
             "/kien-nghi/bang-diem.csv", f"/tra-cuu/{row.code}/",
             "/tra-cuu/?q=bi+mat+ban+thao")  # fmt: skip
    for page in pages:
        assert marker not in anyone.get(page).content.decode(), page
    head = browser_of("head")
    for page in ("/ban-lam-viec/", "/ban-lam-viec/kien-nghi/?xem=all",
                 f"/ban-lam-viec/vu-viec/{row.code}/"):  # fmt: skip
        assert marker not in head.get(page).content.decode(), page
    act(people.front, row, "send", document="5/KN")
    assert marker in anyone.get(f"/kien-nghi/{row.code}/").content.decode()


def test_another_room_opens_one_out_of_its_matter(people: Any, sent: Any) -> None:
    origin = sent("council")
    made = open_as(
        acting=people.dvan, origin=origin, kind="body_recommendation", now=clock.now(),
        text="Đề nghị trả lời tiểu thương trước kỳ họp.",
    )  # fmt: skip
    row = BodyRecommendation.objects.get(pk=made.pk)
    assert (row.parent_id, row.source, row.body.code) == (
        origin.pk, "mass_mobilisation", "21439-xdd")  # fmt: skip
    assert row.addressee.code == "21439-ubnd"
    alone = receive_as(
        acting=people.front, kind="body_recommendation", now=clock.now(), source="voters",
        text="Cử tri đề nghị sửa mương.", addressee=unit("21439-kt"),
    )  # fmt: skip
    assert BodyRecommendation.objects.get(pk=alone.pk).body.code == "21439-mttq"
    with pytest.raises(MatterError):
        open_as(acting=people.head, origin=origin, kind="body_recommendation", now=clock.now(),
                text="Đề nghị trả lời.")  # fmt: skip


def test_out_of_a_restricted_matter_it_stays_with_the_same_seats(
    people: Any, sent: Any, browser_of: Any
) -> None:
    seats = list(
        Position.objects.filter(code__in=["21439-front", "21439-mass-mobilisation"]).values_list(
            "pk", flat=True
        )
    )
    origin = sent()
    Matter.objects.filter(pk=origin.pk).update(level=Level.RESTRICTED, restricted_to=seats)
    Projection.objects.filter(pk=origin.pk).delete()
    origin = Matter.objects.get(pk=origin.pk)
    made = open_as(
        acting=people.dvan, origin=origin, kind="body_recommendation", now=clock.now(),
        text="Đề nghị tạm dừng thu phí để đối thoại.",
    )  # fmt: skip
    row = BodyRecommendation.objects.get(pk=made.pk)
    assert seen_by(people, row) == {"front", "dvan"}
    row = act(people.dvan, row, "send", document="1/M")
    assert seen_by(people, row) == {"front", "dvan", "head"}
    assert not Projection.objects.filter(pk=row.pk).exists()
    assert browser_of("").get(f"/kien-nghi/{row.code}/").status_code == 404
    assert not figures.told().filter(pk=row.pk).exists()
    done = act(people.head, row, "answer", answer="refused", reply="Chưa thể.", reason="Cần họp.",
               document="2/M")  # fmt: skip
    assert done.state == "refused"
