"""A denunciation and its traces: who sees it, after splitting, unsealing, moving, counting."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import NotAllowed
from dongthuan.core.matters.models import Entry, Matter, Projection, Submission
from dongthuan.core.matters.policies import may_see
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.matters.selectors import matter_view
from dongthuan.core.matters.services import matter_note
from dongthuan.core.outbox.models import Message
from dongthuan.core.people.actors import actor_for
from dongthuan.core.people.models import Appointment
from dongthuan.core.people.services import appointment_create
from dongthuan.core.units.models import Position
from dongthuan.work.petitions.services import receipt_renew, submission_find
from dongthuan.work.petitions.tests.paths import walk_steps

MIXED = "PA: đèn đường trước trường tắt\nTC: ông Mốc Dấu nhận tiền sai quy định"


@pytest.fixture
def split(people: Any, submit: Any) -> Matter:
    matter = submit("Đèn đường tắt, và ông Mốc Dấu nhận tiền sai quy định.").matter
    return walk_steps(people, matter, ("register", "split"), {"split": {"parts": MIXED}})


def test_splitting_off_a_denunciation_seals_the_letter_that_held_it(
    people: Any, split: Matter
) -> None:
    whole = Matter.objects.get(pk=split.pk)
    assert whole.is_sealed
    assert whole.search_text == ""
    assert not Projection.objects.filter(pk=whole.pk).exists()
    for name in ("intake", "handler", "head", "inspector", "front", "admin"):
        assert not may_see(people.actors[name], whole), name
    assert may_see(people.sealed, whole)


def test_an_open_part_does_not_name_its_sealed_origin(people: Any, split: Matter) -> None:
    part = Matter.objects.get(parent=split, kind="feedback")
    view = matter_view(actor=people.handler, code=part.code)
    assert view is not None
    assert view.relatives == []
    assert all(split.code not in str(entry.facts) for entry in view.entries)


def test_nobody_who_splits_gets_the_receipt_of_a_part(people: Any, split: Matter) -> None:
    parts = Submission.objects.filter(matter__parent=split)
    assert set(parts.values_list("registered_by", flat=True)) == {None}


def test_the_petitioner_opens_the_parts_with_the_secret_of_the_letter(split: Matter) -> None:
    letter = Submission.objects.get(matter=split)
    for part in Matter.objects.filter(parent=split):
        found = submission_find(code=part.code, secret=receipt_secret(letter))
        assert found is not None
        assert found.matter_id == part.pk
        assert submission_find(code=part.code, secret="AAAA-BBBB-CCCC") is None


def test_codes_of_denunciations_leave_no_gap(submit: Any) -> None:
    """Open codes follow one another although a denunciation came between them."""
    first = submit("Đường vào xóm ngập nước mỗi khi mưa lớn.").code
    sealed = submit("Tố cáo một việc sai quy định tại phường.", declared="denunciation").code
    second = submit("Chợ mới thiếu chỗ gửi xe cho bà con.").code
    assert int(second[-6:]) == int(first[-6:]) + 1
    assert int(sealed[-6:]) >= 500_000


def test_what_was_written_under_seal_stays_with_those_who_held_it(people: Any, submit: Any) -> None:
    matter = submit("Một việc ở phường.", declared="denunciation").matter
    note = "Người viết là vợ ông Mốc Dấu."
    matter_note(acting=people.sealed, matter_id=matter.pk, text=note)
    walk_steps(people, matter, ("register", "classify"), {"classify": {"kind": "feedback"}})
    opened = Matter.objects.get(pk=matter.pk)
    assert not opened.is_sealed
    view = matter_view(actor=people.handler, code=opened.code)
    assert view is not None
    shown = [(entry.facts, getattr(entry.payload, "body", "")) for entry in view.entries
             if hasattr(entry, "payload")]  # fmt: skip
    assert note not in str(shown)
    assert "denunciation" not in str([(entry.act, entry.facts) for entry in view.entries])
    assert not any(duty.rule.startswith("tc.") for duty in view.duties)
    held = matter_view(actor=people.sealed, code=opened.code)
    assert held is not None
    assert any(entry.act == "matter.note" for entry in held.entries)


def test_who_has_left_the_place_no_longer_opens_it_and_the_successor_does(
    people: Any, submit: Any
) -> None:
    matter = submit("Một việc ở phường.", declared="denunciation").matter
    left = people.accounts["sealed"]
    yesterday = clock.today() - dt.timedelta(days=1)
    Appointment.objects.filter(account=left).update(valid_to=yesterday)
    appointment_create(
        account=left, position=Position.objects.get(code="21478-intake"), valid_from=yesterday
    )
    assert not may_see(actor_for(left), matter)
    successor = people.accounts["handler2"]
    Appointment.objects.filter(account=successor).update(valid_to=yesterday)
    appointment_create(
        account=successor, position=Position.objects.get(code="21439-sealed"), valid_from=yesterday
    )
    assert may_see(actor_for(successor), matter)


def test_nothing_more_leaves_after_sealing(people: Any, submit: Any) -> None:
    matter = submit("Một việc ở phường cần xem xét.").matter
    assert Message.objects.filter(about=matter.code, state="pending").exists()
    walk_steps(people, matter, ("register", "classify"), {"classify": {"kind": "denunciation"}})
    assert not Message.objects.filter(about=matter.code, state="pending").exists()


def test_no_new_secret_is_given_for_a_sealed_matter_or_by_another_unit(
    people: Any, submit: Any
) -> None:
    sealed = submit("Một việc ở phường.", declared="denunciation").submission
    with pytest.raises(NotAllowed):
        receipt_renew(acting=people.sealed, submission=sealed)
    ordinary = submit("Đường vào xóm ngập nước mỗi khi mưa lớn.").submission
    for name in ("inspector", "front", "other_intake", "admin", "province"):
        with pytest.raises(NotAllowed):
            receipt_renew(acting=people.actors[name], submission=ordinary)
    before = receipt_secret(ordinary)
    assert receipt_renew(acting=people.intake, submission=ordinary) != before
    assert Entry.objects.filter(matter=ordinary.matter, act="petition.receipt_renewed").exists()
