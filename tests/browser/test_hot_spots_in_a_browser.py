"""Hot spots in a browser: a contact recorded on a small phone without scripts, pages by axe."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.demo_hotspots import demo_hotspots_load
from dongthuan.work.hotspots.models import Concern, Hotspot, Notice

pytestmark = pytest.mark.browser
D = "/ban-lam-viec/diem-nong/"


@pytest.fixture
def told(transactional_db: Any, people: Any) -> Hotspot:
    """Both examples as they stand today; the plant, which is hot, is given back."""
    from dongthuan.core.people.actors import actor_for
    from dongthuan.core.people.services import appointment_create
    from dongthuan.core.units.models import Position

    account = people.accounts["province"]
    head = Position.objects.get(code="51-head")
    appointment_create(account=account, position=head, valid_from=head.valid_from)
    demo_hotspots_load(
        office=people.handler, head=people.head, mobilisation=people.dvan,
        elsewhere=people.other_head, province=actor_for(account),
    )  # fmt: skip
    return Hotspot.objects.get(state="hot")


def test_a_contact_is_recorded_on_a_phone_without_scripts(visitor: Any, told: Hotspot) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
    head = visitor(**phone).sign_in("other_head")
    page = head.open(f"{D}{told.code}/tiep-xuc/")
    page.select_option("[name=area]", index=1)
    page.fill("[name=turns]", "9")
    page.select_option("[name=topic_1]", "environment")
    page.fill("[name=text_1]", "Nhà ông Tư phản đối.")
    head.press_submit("main form button[type=submit]")
    assert page.locator(".error-summary").count() == 1
    page.fill("[name=text_1]", "Bao giờ có kết quả đo mùi?")
    head.press_submit("main form button[type=submit]")
    assert "Bao giờ có kết quả đo mùi?" in page.locator("main").inner_text()
    assert Concern.objects.filter(text="Bao giờ có kết quả đo mùi?").count() == 1
    assert not Concern.objects.filter(text__contains="phản đối").exists()


def test_every_page_of_hot_spots_is_sound(visitor: Any, told: Hotspot) -> None:
    guest = visitor(widths=(360, 1280))
    notice = Notice.objects.get(state="published")
    for name, path in {"list": "/diem-nong/", "notice": f"/diem-nong/{notice.handle}/"}.items():
        guest.open(path)
        guest.check(f"diem-nong-{name}")
        guest.picture(f"diem-nong-{name}")
    head = visitor(widths=(360, 1280)).sign_in("other_head")
    pages = ("", "tiep-xuc/", "su-viec/", "doi-thoai/", "thanh-vien/", "to-cong-tac/", "ke-hoach/",
             "bien-phap/", "xin-y-kien/", "thong-bao/", "vu-viec/", "dien-bien/")  # fmt: skip
    for path in ("", "mo/", *(f"{told.code}/{page}" for page in pages)):
        head.open(D + path)
        head.check(f"diem-nong-ban-{path}")
