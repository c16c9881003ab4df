"""From a signal to the watch on a conflict, on a telephone and a screen, without scripts."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.insight.radar.tests.conftest import letters, year  # noqa: F401
from dongthuan.work.hotspots.models import Hotspot

pytestmark = pytest.mark.browser
PAGE = "/ban-lam-viec/canh-bao-som/"


def test_a_head_opens_the_watch_on_a_signal(
    transactional_db: Any, visitor: Any, year: None, letters: Any  # noqa: F811
) -> None:  # fmt: skip
    letters(0, 1, 1, 3, 4, 5)
    head = visitor(widths=(360, 1280)).sign_in("head")
    page = head.open(f"{PAGE}?den=x")
    head.check("desk-radar-error")
    page = head.open(f"{PAGE}?noi=21439-t01")
    head.check("desk-radar-quiet")
    page = head.open(PAGE)
    for folded in page.locator("main details:not(.filters) > summary").all():
        folded.click()
    head.picture("desk-radar")
    head.check("desk-radar", wide=True)
    plain = visitor(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = plain.sign_in("head").open(PAGE)
    with page.expect_navigation():
        page.locator("main a[href*='vu-viec/?']").click()
    assert page.locator("main tbody tr").count() >= 6
    page.go_back()
    with page.expect_navigation():
        page.locator("main a[href*='diem-nong/mo/']").click()
    plain.press_submit("main form button[type=submit]")
    spot = Hotspot.objects.get()
    assert spot.source == "radar" and spot.code in page.url
    assert f"{spot.signal_count} vụ việc" in page.locator("main").inner_text()
