"""A sealed matter with nothing but its keys, for the tests of the vault alone."""

from __future__ import annotations

from typing import Any

from dongthuan.core.matters.models import Level, Matter
from dongthuan.work.denunciations import vault

PASSPHRASE = "mat-khau-kho-thu"


def key_of(people: Any, *names: str) -> None:
    for name in names:
        account = people.accounts[name]
        if not vault.has_key(account.pk):
            vault.vault_key_create(account=account, passphrase=PASSPHRASE)


def sealed_matter(people: Any, *names: str) -> tuple[Matter, vault.Receipt16]:
    """A matter of phường Đức Phổ whose keys are wrapped for the named people."""
    from dongthuan.core.units.models import Unit

    key_of(people, *names)
    unit = Unit.objects.get(code="21439-ubnd")
    ids = [people.accounts[name].pk for name in names]
    matter = Matter.objects.create(
        kind="denunciation",
        code="21439-26-777777",
        title="Đơn tố cáo",
        state="received",
        unit=unit,
        path=unit.path,
        level=Level.SEALED,
        channel="web",
        designated=ids,
    )
    return matter, vault.vault_open_matter(matter=matter, recipients=ids)


LETTER = {
    "whom": "Ông Lê Văn Bị",
    "text": "Ông Bị nhận tiền của hộ nghèo khi xét danh sách hỗ trợ.",
}
IDENTITY = {"name": "Trần Thị Mật", "phone": "0905123456", "address": "Tổ 3, phường Đức Phổ"}


def denounced(people: Any, **changes: Any) -> Any:
    """A real denunciation at phường Đức Phổ, as the portal receives it; its receipt."""
    from dongthuan.core.units.models import Unit
    from dongthuan.work.denunciations.services import denunciation_create

    key_of(people, "sealed")
    values: dict[str, Any] = {
        "acting": people.citizen,
        "place": Unit.objects.get(code="21439"),
        "letter": LETTER,
        "identity": IDENTITY,
        "channel": "web",
    }
    return denunciation_create(**(values | changes))
