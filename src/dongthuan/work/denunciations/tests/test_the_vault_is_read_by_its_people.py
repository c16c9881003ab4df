"""Opening, writing, reading, granting, revoking, rotating: each with its entry."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Entry
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.tests.matters import PASSPHRASE, key_of, sealed_matter
from dongthuan.work.denunciations.vault.tables import row

WHY = "kiểm tra ban đầu"
NEW = "mot-cau-moi-rat-dai"


def _read(people: Any, matter: Any, name: str = "sealed", passphrase: str = PASSPHRASE) -> Any:
    acting = people.actors[name]
    return vault.vault_read(acting=acting, matter=matter, passphrase=passphrase, reason=WHY)


def _acts(matter: Any) -> list[str]:
    return list(Entry.objects.filter(matter=matter).order_by("id").values_list("act", flat=True))


def test_what_was_sealed_is_read_with_passphrase_and_reason(people: Any) -> None:
    matter, _receipt = sealed_matter(people, "sealed")
    vault.vault_seal(matter=matter, sort="identity", content={"name": "Trần Thị Mật"})
    vault.vault_seal(matter=matter, sort="letter", content={"text": "Ông A nhận tiền."})
    view = _read(people, matter)
    assert view.identity == {"name": "Trần Thị Mật"}
    assert [item.text for item in view.letters] == ["Ông A nhận tiền."]
    entry = Entry.objects.get(matter=matter, act="vault.opened")
    assert entry.facts == {"reason": WHY}
    assert entry.actor_id == people.accounts["sealed"].pk


def test_a_wrong_passphrase_opens_nothing_and_is_written_down(people: Any) -> None:
    matter, _receipt = sealed_matter(people, "sealed")
    with pytest.raises(MatterError) as error:
        _read(people, matter, passphrase="khong-phai-mat-khau")
    assert error.value.field == "passphrase"
    assert _acts(matter) == ["vault.refused"]


def test_ten_wrong_passphrases_close_the_door_for_an_hour(people: Any) -> None:
    matter, _receipt = sealed_matter(people, "sealed")
    for _try in range(10):
        with pytest.raises(MatterError):
            _read(people, matter, passphrase="khong-phai-mat-khau")
    with pytest.raises(MatterError):
        _read(people, matter)


@pytest.mark.parametrize("name", ["intake", "handler", "head", "inspector", "admin", "other_head"])
def test_for_everybody_else_there_is_no_such_matter(people: Any, name: str) -> None:
    matter, _receipt = sealed_matter(people, "sealed")
    key_of(people, name)
    with pytest.raises(NotAllowed):
        _read(people, matter, name)


def test_a_reason_that_names_the_denouncer_is_refused(people: Any) -> None:
    matter, _receipt = sealed_matter(people, "sealed")
    vault.vault_seal(matter=matter, sort="identity", content={"name": "Trần Thị Mật"})
    with pytest.raises(MatterError) as error:
        vault.vault_read(
            acting=people.sealed,
            matter=matter,
            passphrase=PASSPHRASE,
            reason="xem đơn của tran thi mat",
        )
    assert error.value.field == "reason"
    assert _acts(matter) == []


def test_a_designated_person_without_the_wrapped_key_reads_nothing(people: Any) -> None:
    matter, _receipt = sealed_matter(people, "sealed")
    key_of(people, "head")
    matter.designated = [*matter.designated, people.accounts["head"].pk]
    with pytest.raises(NotAllowed):
        _read(people, matter, "head")


def test_who_is_granted_reads_and_who_is_revoked_does_not(people: Any) -> None:
    matter, _receipt = sealed_matter(people, "sealed")
    vault.vault_seal(matter=matter, sort="letter", content={"text": "Nội dung"})
    key_of(people, "head")
    head = people.accounts["head"].pk
    vault.vault_grant(
        acting=people.sealed, matter=matter, passphrase=PASSPHRASE, to_account_ids=[head]
    )
    assert _read(people, matter, "head").letters[0].text == "Nội dung"
    vault.vault_revoke(acting=people.sealed, matter=matter, account_ids=[head])
    with pytest.raises(NotAllowed):
        _read(people, matter, "head")
    assert _acts(matter) == ["vault.granted", "vault.opened", "vault.revoked"]


def test_nobody_who_is_walled_off_can_be_granted(people: Any) -> None:
    matter, _receipt = sealed_matter(people, "sealed")
    key_of(people, "head")
    matter.walled_accounts = [people.accounts["head"].pk]
    with pytest.raises(MatterError):
        vault.vault_grant(
            acting=people.sealed,
            matter=matter,
            passphrase=PASSPHRASE,
            to_account_ids=[people.accounts["head"].pk],
        )


def test_the_last_reader_cannot_be_revoked(people: Any) -> None:
    matter, _receipt = sealed_matter(people, "sealed")
    with pytest.raises(MatterError):
        vault.vault_revoke(acting=people.sealed, matter=matter, account_ids=matter.designated)
    assert vault.holders_of(matter) == matter.designated


def test_after_a_rotation_the_old_key_of_the_matter_opens_nothing(people: Any) -> None:
    matter, receipt = sealed_matter(people, "sealed")
    vault.vault_seal(matter=matter, sort="letter", content={"text": "Nội dung"})
    vault.vault_file_seal(matter=matter, name="a.txt", content_type="text/plain", data=b"bytes")
    from dongthuan.work.denunciations.vault import matters

    old = matters.matter_private(people.sealed, matter, PASSPHRASE)
    vault.vault_rotate_matter(acting=people.sealed, matter=matter, passphrase=PASSPHRASE)
    with pytest.raises(MatterError):
        matters.view_of(matter, old)
    view = _read(people, matter)
    assert view.letters[0].text == "Nội dung"
    file = view.files[0]
    data = vault.blob_read(matter_id=matter.pk, seq=file.content["blob"], key=file.key)
    assert data == b"bytes"
    assert vault.vault_thread(receipt=receipt.digits) is not None


def test_the_officials_key_is_rotated_with_all_matters(people: Any) -> None:
    matter, _receipt = sealed_matter(people, "sealed")
    account = people.accounts["sealed"]
    moved = vault.vault_key_rotate(account=account, passphrase=PASSPHRASE, new=NEW)
    assert moved == 1
    with pytest.raises(MatterError):
        _read(people, matter)
    assert _read(people, matter, passphrase=NEW).matter_id == matter.pk


def test_a_changed_passphrase_opens_and_the_old_one_does_not(people: Any) -> None:
    matter, _receipt = sealed_matter(people, "sealed")
    account = people.accounts["sealed"]
    vault.vault_key_change_passphrase(account=account, passphrase=PASSPHRASE, new=NEW)
    with pytest.raises(MatterError):
        _read(people, matter)
    assert _read(people, matter, passphrase=NEW)


def test_a_forgotten_passphrase_costs_the_matters_until_they_are_granted_again(people: Any) -> None:
    matter, _receipt = sealed_matter(people, "sealed", "head")
    account = people.accounts["sealed"]
    assert vault.vault_key_replace(account=account, passphrase=NEW) == 1
    with pytest.raises(NotAllowed):
        _read(people, matter, passphrase=NEW)
    vault.vault_grant(
        acting=people.head, matter=matter, passphrase=PASSPHRASE, to_account_ids=[account.pk]
    )
    assert _read(people, matter, passphrase=NEW)


@pytest.mark.parametrize("weak", ["", "ngan", "aaaaaaaaaaaaaaaa"])
def test_a_weak_passphrase_is_refused(people: Any, weak: str) -> None:
    with pytest.raises(MatterError):
        vault.vault_key_create(account=people.accounts["head"], passphrase=weak)
    assert not vault.has_key(people.accounts["head"].pk)


def test_nothing_is_kept_when_nobody_has_a_key(people: Any) -> None:
    from dongthuan.core.matters.models import Matter

    matter, _receipt = sealed_matter(people, "sealed")
    other = Matter.objects.get(pk=matter.pk)
    other.pk = matter.pk + 1000
    with pytest.raises(MatterError):
        vault.vault_open_matter(matter=other, recipients=[people.accounts["head"].pk])
    assert row("SELECT 1 FROM vault.matter_key WHERE matter_id = %s", [other.pk]) is None


def test_the_recovery_key_of_the_province_opens_what_was_sealed_with_it(
    people: Any, settings: Any
) -> None:
    from dongthuan.work.denunciations.vault import crypto

    pair = crypto.pair_new()
    settings.VAULT_RECOVERY_KEY = pair.public.hex()
    matter, _receipt = sealed_matter(people, "sealed")
    vault.vault_seal(matter=matter, sort="letter", content={"text": "Nội dung"})
    key_of(people, "head")
    vault.vault_recover(
        matter=matter, recovery=pair.private, to_account_ids=[people.accounts["head"].pk]
    )
    assert _read(people, matter, "head").letters[0].text == "Nội dung"
    with pytest.raises(MatterError):
        vault.vault_recover(matter=matter, recovery=b"0" * 32, to_account_ids=[])


@pytest.mark.parametrize(
    "text",
    [
        "Bà Trần Thị Mật đã gửi đơn",
        "ba TRAN THI MAT da gui don",
        "chị Thị Mật",
        "gọi số 0905.123.456",
        "tổ 3, phường Đức Phổ, gần chợ",
        "thư mat@vidu.vn ngày 3",
    ],
)
def test_texts_that_name_the_denouncer_are_found(people: Any, text: str) -> None:
    matter, _receipt = sealed_matter(people, "sealed")
    vault.vault_seal(
        matter=matter,
        sort="identity",
        content={
            "name": "Trần Thị Mật",
            "phone": "0905123456",
            "address": "Tổ 3, phường Đức Phổ",
            "email": "mat@vidu.vn",
        },
    )
    view = _read(people, matter)
    assert vault.names_in(text, view)
    assert vault.names_in("Ông Lê Văn B, số 0905 999 888, phường Đức Phổ", view) == []
