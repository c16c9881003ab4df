"""Signers, turns of a reception, bookings, joined letters: nothing stays beside a sealed matter."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Submission
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.models import Denunciation
from dongthuan.work.denunciations.tests.paths import PASSPHRASE
from dongthuan.work.denunciations.tests.test_an_open_petition_is_taken_into_the_vault import (
    act,
    tables_with,
)
from dongthuan.work.petitions.groups import SignerData, signers_add
from dongthuan.work.petitions.joining import matters_join

TEXT = "Ông trưởng phòng nhận tiền của dân khi làm hồ sơ."


def sealed(people: Any, matter: Any) -> Any:
    act(people, matter, "register", title="Đơn của dân", topic="service")
    return act(people, matter, "classify", kind="denunciation", remark="Có tố cáo.")


def read(people: Any, matter: Any) -> str:
    view = vault.vault_read(
        acting=people.sealed, matter=matter, passphrase=PASSPHRASE, reason="Kiểm tra hồ sơ."
    )
    return "\n".join(str(item.content) for item in view.items)


def test_who_signed_leaves_for_the_vault(vault_keys: Any, submit: Any) -> None:
    people, receipt = vault_keys, submit(TEXT)
    signers = [
        SignerData("Trần MOCDAU Một", "tổ MOCDAU", "0905111222", representative=True),
        *(SignerData(f"Lê MOCDAU {n}", f"tổ {n}") for n in range(5)),
    ]
    signers_add(acting=people.intake, submission=receipt.submission, signers=signers)
    matter = sealed(people, receipt.matter)
    assert tables_with("MOCDAU") == []
    assert tables_with("0905111222") == []
    assert "Trần MOCDAU Một" in read(people, matter)


def test_nobody_signs_a_sealed_matter_in_the_open(vault_keys: Any, denounce: Any) -> None:
    matter = denounce().matter
    letter = Submission.objects.get(matter_id=matter.pk)
    with pytest.raises(MatterError):
        signers_add(acting=vault_keys.sealed, submission=letter, signers=[SignerData("Lê MOCDAU")])
    assert tables_with("MOCDAU") == []


def test_the_turn_of_a_reception_becomes_bare(vault_keys: Any, submit: Any) -> None:
    from dongthuan.core.units.models import Unit
    from dongthuan.work.receptions.models import Visit
    from dongthuan.work.receptions.services import regular_open
    from dongthuan.work.receptions.visits import (
        Line,
        Visitor,
        visit_arrive,
        visit_link,
        visit_record,
    )

    people = vault_keys
    with clock.at(dt.datetime(2026, 11, 10, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))):
        session = regular_open(
            acting=people.intake, unit=Unit.objects.get(code="21439-ubnd"), venue="Trụ sở"
        )
        visit = visit_arrive(acting=people.intake, reception_id=session.pk)
        done = visit_record(
            acting=people.intake,
            visit_id=visit.pk,
            line=Line(type="feedback", content="MOCDAU nói về ông trưởng phòng.", outcome="taken"),
            visitor=Visitor(name="Bà MOCDAU", address="tổ MOCDAU"),
        )
        matter = submit(TEXT).matter
        visit_link(acting=people.intake, visit=done, matter=matter)
        matter = sealed(people, matter)
    row = Visit.objects.get(pk=visit.pk)
    assert (row.type, row.outcome, row.matter_id) == ("denunciation", "sealed", None)
    assert row.ledger_number == done.ledger_number
    assert tables_with("MOCDAU") == []
    assert "MOCDAU nói về" in read(people, matter)


def test_a_matter_with_others_joined_in_is_separated_first(vault_keys: Any, submit: Any) -> None:
    """The row of a joined matter keeps words of its letter, and its public page names the main."""
    people = vault_keys
    main, other = submit(TEXT).matter, submit("Một đơn khác, cùng nội dung MOCDAU.").matter
    act(people, main, "register", title="Đơn của dân", topic="service")
    act(people, other, "register", title="Đơn của dân", topic="service")
    matters_join(acting=people.intake, main_id=main.pk, other_ids=[other.pk], reason="Trùng.")
    with pytest.raises(MatterError, match=other.code[:5]):
        act(people, main, "classify", kind="denunciation", remark="Có tố cáo.")
    assert not Denunciation.objects.exists()


def test_a_key_taken_away_closes_the_files_of_an_open_page(denounce: Any, vault_keys: Any) -> None:
    from django.core.files.base import ContentFile

    people = vault_keys
    matter = denounce(uploads=[ContentFile(b"bang chung", name="a.txt")]).matter
    seen = vault.vault_read(
        acting=people.sealed, matter=matter, passphrase=PASSPHRASE, reason="Đọc đơn."
    )
    handle = vault.file_handle(acting=people.sealed, matter=matter, item=seen.files[0])
    vault.vault_grant(
        acting=people.sealed, matter=matter, passphrase=PASSPHRASE,
        to_account_ids=[people.accounts["province"].pk],
    )  # fmt: skip
    vault.vault_revoke(
        acting=people.province, matter=matter, account_ids=[people.accounts["sealed"].pk]
    )
    with pytest.raises(MatterError):
        vault.vault_file_open(acting=people.sealed, matter=matter, handle=handle)


def test_a_grant_does_not_undo_what_came_meanwhile(denounce: Any, vault_keys: Any) -> None:
    """The row that a page saw is old when the passphrase is typed: the wall stands."""
    people = vault_keys
    matter = denounce().matter
    stale = Denunciation.objects.get(pk=matter.pk)
    walled = people.accounts["province"].pk
    Denunciation.objects.filter(pk=matter.pk).update(walled_accounts=[walled])
    with pytest.raises(MatterError):
        vault.vault_grant(
            acting=people.sealed, matter=stale, passphrase=PASSPHRASE, to_account_ids=[walled]
        )
    assert walled not in vault.holders_of(matter)
