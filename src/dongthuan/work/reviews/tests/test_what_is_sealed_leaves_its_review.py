"""A matter found to be a denunciation: its review ends and knows nothing of it any more."""

from __future__ import annotations

import json
from typing import Any

from dongthuan.core.matters.models import Duty, Entry, EntryPayload, Matter, MatterLink, Projection
from dongthuan.core.matters.services import matter_act
from dongthuan.work.reviews.models import CaseReview

MARKER = "DẤU-VẾT-BÍ-MẬT-8123"


def test_the_review_of_a_sealed_matter_tells_nothing(
    vault_keys: Any, dragging: Any, review: CaseReview, walk: Any
) -> None:
    people = vault_keys
    matter_act(acting=people.head, matter_id=review.pk, step_name="assign",
               data={"reviewer": people.accounts["handler"]})  # fmt: skip
    matter_act(acting=people.handler, matter_id=review.pk, step_name="find",
               data={"causes": ["other"], "hold_up": MARKER, "missing": MARKER})  # fmt: skip
    walk(dragging, "register")
    matter_act(acting=people.head, matter_id=dragging.pk, step_name="classify",
               data={"kind": "denunciation"})  # fmt: skip
    left = CaseReview.objects.get()
    assert (left.subject_id, left.state, left.topic, left.place) == (None, "lapsed", "", None)
    assert not MatterLink.objects.filter(matter=left).exists()
    assert not Projection.objects.filter(pk=left.pk).exists()
    assert not EntryPayload.objects.filter(entry__matter=left).exists()
    assert not Duty.objects.filter(matter=left, state="open").exists()
    kept = [*CaseReview.objects.values(), *Matter.objects.filter(pk=left.pk).values(),
            *Entry.objects.filter(matter=left).values("facts", "actor_label")]  # fmt: skip
    said = json.dumps(kept, default=str, ensure_ascii=False)
    assert MARKER not in said
    assert dragging.code not in said
