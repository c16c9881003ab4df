"""The denounced, the head who is denounced, the unit denounced: walled off, the keys go up."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry, Matter
from dongthuan.core.matters.policies import may_see
from dongthuan.core.people.actors import actor_for
from dongthuan.core.people.services import appointment_create
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.models import Denunciation
from dongthuan.work.denunciations.tests.paths import PASSPHRASE, take, walk


def opened_by(actor: Any, matter: Matter) -> str:
    view = vault.vault_read(
        acting=actor, matter=matter, passphrase=PASSPHRASE, reason="xem nội dung tố cáo"
    )
    return view.letters[0].text


def test_an_official_who_is_denounced_never_sees_it_whatever_seat_they_take(
    people: Any, denounce: Any
) -> None:
    matter = denounce().matter
    take(people, matter, "register", accounts="handler@vidu.vn")
    account = people.accounts["handler"]
    import datetime as dt

    appointment_create(
        account=account,
        position=Position.objects.get(code="21439-sealed"),
        valid_from=dt.date(2025, 7, 1),
    )
    fresh = Matter.objects.get(pk=matter.pk)
    assert not may_see(actor_for(account), fresh)
    assert may_see(people.sealed, fresh)


def test_an_unknown_address_is_named_and_nothing_changes(people: Any, denounce: Any) -> None:
    matter = denounce().matter
    with pytest.raises(MatterError, match="khongco@vidu") as refused:
        take(people, matter, "register", accounts="handler@vidu.vn\nkhongco@vidu.vn")
    assert refused.value.field == "accounts"
    assert Matter.objects.get(pk=matter.pk).state == "received"


def test_denouncing_the_head_takes_the_matter_and_its_keys_to_the_province(
    people: Any, denounce: Any
) -> None:
    matter = denounce("Chủ tịch phường nhận tiền của doanh nghiệp.").matter
    moved = take(people, matter, "register", accounts="head@vidu.vn", passphrase=PASSPHRASE)
    assert (moved.unit.code, moved.state) == ("51-ubnd", "registered")
    assert moved.designated == [people.accounts["province"].pk]
    assert people.accounts["head"].pk in moved.walled_accounts
    assert not may_see(people.sealed, moved) and not may_see(people.head, moved)
    assert "doanh nghiệp" in opened_by(people.province, moved)
    with pytest.raises(NotAllowed):
        opened_by(people.sealed, moved)
    rules = dict(Duty.objects.filter(matter=moved).values_list("state", "rule"))
    assert rules == {"transferred": "tc.initial", "open": "tc.initial"}


def test_the_head_ticked_on_the_form_means_the_ward_never_holds_it(
    people: Any, denounce: Any
) -> None:
    matter = denounce(head_denounced=True).matter
    assert matter.unit.code == "51-ubnd"
    assert matter.designated == [people.accounts["province"].pk]
    assert matter.walled_accounts == [people.accounts["head"].pk]
    assert not may_see(people.sealed, matter)


def test_without_a_passphrase_the_keys_stay_and_so_does_the_matter(
    people: Any, denounce: Any
) -> None:
    matter = denounce().matter
    with pytest.raises(MatterError) as refused:
        take(people, matter, "register", head=True)
    assert refused.value.field == "passphrase"
    assert Matter.objects.get(pk=matter.pk).unit.code == "21439-ubnd"


def test_a_unit_denounced_is_walled_off_with_all_its_seats(people: Any, denounce: Any) -> None:
    matter = denounce().matter
    moved = take(
        people, matter, "register",
        denounced_unit=Unit.objects.get(code="21439-ubnd"), passphrase=PASSPHRASE,
    )  # fmt: skip
    assert moved.unit.code == "51-ubnd"
    for name in ("intake", "handler", "head", "sealed"):
        assert not may_see(people.actors[name], moved), name


def test_the_designated_person_denounced_hands_it_to_the_authority_above(
    people: Any, denounce: Any
) -> None:
    matter = denounce().matter
    done = take(people, matter, "register", accounts="sealed@vidu.vn", passphrase=PASSPHRASE)
    assert done.designated == [people.accounts["province"].pk]
    assert not may_see(people.sealed, done)
    assert may_see(people.province, done)
    assert opened_by(people.province, done)


def test_who_is_denounced_stands_in_no_entry(people: Any, denounce: Any) -> None:
    matter = denounce().matter
    take(people, matter, "register", accounts="handler@vidu.vn", respondents="Ông Mốc Dấu")
    told = str(list(Entry.objects.filter(matter=matter).values_list("facts", flat=True)))
    assert "handler" not in told and "Mốc Dấu" not in told
    row = str(Denunciation.objects.filter(pk=matter.pk).values().get())
    assert "Mốc Dấu" not in row


def test_transferred_inside_the_system_the_keys_go_with_it(people: Any, denounce: Any) -> None:
    matter = walk(people, denounce().matter, ("register", "EXAMINE_OUT"))
    moved = take(
        people, matter, "transfer", to=Unit.objects.get(code="51"), passphrase=PASSPHRASE, body=None
    )
    assert (moved.unit.code, moved.state) == ("51-ubnd", "registered")
    assert opened_by(people.province, moved)
    with pytest.raises(NotAllowed):
        opened_by(people.sealed, moved)


def test_where_nobody_has_a_key_nothing_is_kept(people: Any, place: Any) -> None:
    from dongthuan.work.denunciations.services import denunciation_create

    with pytest.raises(MatterError, match="Đức Phổ"):
        denunciation_create(
            acting=people.citizen, place=place, letter={"text": "Nội dung tố cáo thử."},
            identity={}, channel="web",
        )  # fmt: skip
    assert not Matter.objects.exists()
