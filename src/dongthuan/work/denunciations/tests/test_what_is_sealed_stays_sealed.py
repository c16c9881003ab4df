"""A denunciation and its traces: codes, seats that change, messages, ledgers, notes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry, EntryPayload, Level, Submission
from dongthuan.core.matters.policies import may_see
from dongthuan.core.matters.services import matter_note
from dongthuan.core.outbox.models import Message
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.people.actors import actor_for
from dongthuan.core.people.models import Appointment, Citizen
from dongthuan.core.people.services import appointment_create
from dongthuan.core.units.models import Position
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.models import Denunciation
from dongthuan.work.denunciations.tests.paths import PASSPHRASE
from dongthuan.work.petitions.ledger import submissions_import
from dongthuan.work.petitions.services import receipt_renew
from dongthuan.work.petitions.tests.ledgers import ledger, row


def test_codes_of_denunciations_leave_no_gap(submit: Any, denounce: Any) -> None:
    """Open codes follow one another although a denunciation came between them."""
    first = submit("Đường vào xóm ngập nước mỗi khi mưa lớn.").code
    sealed = denounce().code
    second = submit("Chợ mới thiếu chỗ gửi xe cho bà con.").code
    assert int(second[-6:]) == int(first[-6:]) + 1
    assert int(sealed[-6:]) >= 500_000


def test_nothing_personal_touches_a_row_outside_the_vault(denounce: Any) -> None:
    matter = denounce().matter
    letter = Submission.objects.get(matter=matter)
    assert (letter.text, letter.citizen, letter.fingerprints) == ("", None, [])
    assert not Citizen.objects.exists() and not Message.objects.exists()
    assert (matter.level, matter.search_text, matter.title) == (Level.SEALED, "", "Đơn tố cáo")


def test_who_has_left_the_place_no_longer_opens_it_and_the_successor_sees_the_case(
    people: Any, denounce: Any
) -> None:
    matter = denounce().matter
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
    with pytest.raises(MatterError):
        vault.vault_read(
            acting=actor_for(successor), matter=matter, passphrase=PASSPHRASE, reason="xem đơn"
        )


def test_a_note_and_a_message_go_into_the_vault(people: Any, denounce: Any) -> None:
    receipt = denounce()
    matter_note(acting=people.sealed, matter_id=receipt.matter.pk, text="Người viết là MOCDAU.")
    matter_note(
        acting=people.sealed, matter_id=receipt.matter.pk, text="Xin gửi thêm.", to_petitioner=True
    )
    assert not EntryPayload.objects.filter(entry__matter=receipt.matter).exists()
    facts = list(Entry.objects.filter(matter=receipt.matter).values_list("facts", flat=True))
    assert "MOCDAU" not in str(facts)
    thread = vault.vault_thread(receipt=receipt.digits)
    assert thread and [item.text for item in thread.items] == ["Xin gửi thêm."]


def test_no_file_is_attached_beside_the_vault(people: Any, denounce: Any) -> None:
    from django.core.files.base import ContentFile

    matter = denounce().matter
    file = attachment_store(upload=ContentFile(b"van ban", name="van-ban.txt"))
    with pytest.raises(MatterError) as refused:
        matter_note(acting=people.sealed, matter_id=matter.pk, text="Kèm tệp.", papers=[file])
    assert refused.value.field == "papers"


def test_no_new_secret_is_given_for_it(people: Any, denounce: Any) -> None:
    submission = Submission.objects.get(matter=denounce().matter)
    with pytest.raises(NotAllowed):
        receipt_renew(acting=people.sealed, submission=submission)


def test_a_ledgers_row_that_denounces_is_sealed(vault_keys: Any, tmp_path: Path) -> None:
    lines = [row(no=1), row(no=2, type="TC", content="Cán bộ MOCDAU nhận tiền của dân")]
    result = submissions_import(path=ledger(tmp_path / "so.xlsx", lines), unit_code="21439")
    assert (result.imported, result.kinds["denunciation"]) == (2, 1)
    matter = Denunciation.objects.get()
    assert (matter.state, matter.channel) == ("received", "ledger")
    assert matter.code not in str(result)
    assert Submission.objects.get(matter=matter).text == ""
    assert Duty.objects.get(matter=matter).rule == "tc.initial"
    view = vault.vault_read(
        acting=vault_keys.sealed, matter=matter, passphrase=PASSPHRASE, reason="xem dòng sổ cũ"
    )
    assert "MOCDAU" in view.letters[0].text and view.identity["name"]


def test_the_same_ledger_again_seals_nothing_more(vault_keys: Any, tmp_path: Path) -> None:
    path = ledger(tmp_path / "so.xlsx", [row(type="TC", content="Nhận tiền của dân")])
    assert submissions_import(path=path, unit_code="21439", dry_run=True).imported == 1
    assert not Denunciation.objects.exists()
    submissions_import(path=path, unit_code="21439")
    assert submissions_import(path=path, unit_code="21439").already
    assert Denunciation.objects.count() == 1
