"""The denouncer's pages and those of the vault: whole at three widths, without a fault."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.models import Matter
from dongthuan.work.denunciations import vault

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1280)
PASSPHRASE = "mat-khau-kho-thu"


def test_from_the_sealed_form_to_the_opened_vault(visitor: Any, vault_keys: Any) -> None:
    guest = visitor(widths=WIDTHS)
    page = guest.open("/to-cao/")
    guest.check("denounce")
    guest.press_submit("form[action='/to-cao/'] button[type=submit]")
    guest.picture("denounce-error")
    guest.check("denounce-error")
    page.select_option("[name=unit]", "21439")
    page.fill("[name=text]", "Ông trưởng phòng nhận tiền của dân khi làm hồ sơ.")
    page.fill("[name=name]", "Người tố cáo thử")
    guest.press_submit("form[action='/to-cao/'] button[type=submit]")
    digits = page.inner_text(".code-line .code")
    guest.picture("denounce-receipt")
    guest.check("denounce-receipt")
    matter = Matter.objects.get()
    vault.vault_message(acting=vault_keys.sealed, matter=matter, text="Xin cho biết ngày nào.")
    page = guest.open("/to-cao/tro-lai/")
    guest.check("denounce-back")
    page.fill("[name=digits]", digits)
    guest.press_submit("form[action='/to-cao/tro-lai/'] button[type=submit]")
    page.fill("[name=text]", "Ngày mồng ba.")
    guest.press_submit("form[enctype] button[type=submit]")
    assert "Ngày mồng ba." in page.inner_text("main")
    guest.picture("denounce-thread")
    guest.check("denounce-thread")

    official = visitor(widths=WIDTHS)
    official.sign_in("sealed")
    for name, path in {
        "vault-keys": "/ban-lam-viec/kho-kin/",
        "vault-matter": f"/ban-lam-viec/vu-viec/{matter.code}/",
        "vault-counter": "/ban-lam-viec/to-cao/",
        "vault-closed": f"/ban-lam-viec/kho-kin/{matter.code}/",
    }.items():
        page = official.open(path)
        official.picture(name)
        official.check(name)
    page.fill("[name=reason]", "kiểm tra ban đầu")
    page.fill("#id_passphrase", PASSPHRASE)
    official.press_submit(f"form[action='/ban-lam-viec/kho-kin/{matter.code}/'] button")
    assert "Người tố cáo thử" in page.inner_text("main")
    official.picture("vault-opened")
    official.check("vault-opened")
    head = visitor(widths=WIDTHS)
    head.sign_in("head")
    head.open("/ban-lam-viec/kho-kin/so-mo/")
    head.picture("vault-openings")
    head.check("vault-openings")
