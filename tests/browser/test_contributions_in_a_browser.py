"""Contributions in a real browser: every page type sound, and usable without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.work.projects.contributions.campaigns import exemption_set
from dongthuan.work.projects.contributions.ledger import (
    Spending,
    expense_record,
    voucher_reverse,
)
from dongthuan.work.projects.contributions.models import Voucher
from dongthuan.work.projects.contributions.tests.stories import (  # noqa: F401
    giving,
    giving_decided,
)

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
D = "/ban-lam-viec/dong-gop/"


@pytest.fixture
def campaign(giving: Any) -> Any:  # noqa: F811
    """Open, with receipts, a use of funds, a reversal and an exempt household."""
    found = giving.opened()
    made = giving.receive(
        found, giving.cash(0), giving.cash(1, 1_500_000, display="name"), giving.labour(2, "1.5")
    )
    voucher_reverse(acting=giving.people.head, voucher=made[0], reason="Ghi nhầm hộ.")
    expense_record(
        acting=giving.people.head, campaign=found, on=found.starts_on,
        spending=Spending(form="cash", amount=700_000, component="Xi măng", about="7 bao"),
    )  # fmt: skip
    exemption_set(acting=giving.people.head, campaign=found, household=giving.homes[5],
                  reason="poor")  # fmt: skip
    return found


def test_every_page_is_sound(visitor: Any, campaign: Any) -> None:
    guest = visitor(widths=WIDTHS)
    receipt = Voucher.objects.filter(series="BN").order_by("id")[0]
    for name, path in {
        "portal-campaigns": "/du-an/dot/",
        "portal-campaign": f"/du-an/dot/{campaign.code}/",
        "portal-campaign-used": f"/du-an/dot/{campaign.code}/?xem=chi",
        "portal-contribution-receipt": f"/du-an/bien-nhan/{receipt.token}/",
        "portal-contribution-no-receipt": "/du-an/bien-nhan/khong-co/",
    }.items():
        guest.open(path)
        guest.picture(name)
        guest.check(name)
    head = visitor(widths=WIDTHS).sign_in("head")
    for name, path in {
        "desk-campaigns": D,
        "desk-campaign-new": f"{D}them/",
        "desk-labour-rates": f"{D}ngay-cong/",
        "desk-campaign": f"{D}{campaign.code}/",
        "desk-campaign-checks": f"{D}{campaign.code}/kiem-tra/",
        "desk-campaign-receipt": f"{D}{campaign.code}/thu/",
        "desk-campaign-many": f"{D}{campaign.code}/thu-nhieu/",
        "desk-campaign-sheet": f"{D}{campaign.code}/nhap/",
        "desk-campaign-expense": f"{D}{campaign.code}/chi/",
        "desk-campaign-move": f"{D}{campaign.code}/chuyen-quy/",
        "desk-campaign-exempt": f"{D}{campaign.code}/mien/",
        "desk-campaign-step": f"/ban-lam-viec/vu-viec/{campaign.code}/close/",
        "desk-voucher": f"{D}chung-tu/{receipt.pk}/",
        "desk-voucher-reverse": f"{D}chung-tu/{receipt.pk + 1}/dao/",
    }.items():
        head.open(path)
        head.picture(name)
        head.check(name)


def test_a_village_head_collects_and_a_neighbour_looks_without_javascript(
    visitor: Any, campaign: Any, giving: Any  # noqa: F811
) -> None:  # fmt: skip
    keeper = visitor(java_script_enabled=False, viewport={"width": 360, "height": 800})
    keeper.sign_in("village_head")
    page = keeper.open(f"{D}{campaign.code}/thu-nhieu/")
    page.fill(f"[name=a{giving.homes[7].pk}]", "500000")
    page.fill(f"[name=a{giving.homes[8].pk}]", "500000")
    keeper.press_submit("main form button[type=submit]")
    assert page.locator("main").get_by_text("BN26-00005").count() == 1
    guest = visitor(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = guest.open("/du-an/dot/")
    page.click(f"text={campaign.title}")
    page.wait_for_url(f"**/du-an/dot/{campaign.code}/")
    assert f"8, {giving.village.short_name}" in page.locator("main").inner_text()
    assert "Vết Tên Hộ 9" not in page.locator("main").inner_text()
    with page.expect_download() as file:
        page.click(f"a[href*='{campaign.code}/so-cai.csv']")
    assert file.value.suggested_filename == f"so-cai-{campaign.code}.csv"
