"""The leadership page on a telephone and a screen: sound, every number opens, also without JS."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.models import Duty, Matter
from dongthuan.core.people.actors import SYSTEM
from dongthuan.work.reviews.services import reviews_open

pytestmark = pytest.mark.browser
PAGE = "/ban-lam-viec/lanh-dao/"


@pytest.fixture
def year(people: Any, submit: Any) -> Matter:
    """Some promises in several places, one matter brought by many, under review."""
    crowd = submit("Tiểu thương xin sắp xếp lại chỗ bán ở chợ mới.").matter
    submit("Đoạn đường liên thôn bị sạt lở sau mưa.")
    Matter.objects.filter(pk=crowd.pk).update(person_count=12)
    Duty.objects.filter(matter=crowd).update(due_on="2026-11-01")
    assert reviews_open(acting=SYSTEM) == 1
    return crowd


@pytest.mark.parametrize(("width", "javascript"), [(360, False), (1280, True)])
def test_a_head_reads_the_page_and_opens_a_number(
    visitor: Any, year: Matter, width: int, javascript: bool
) -> None:
    head = visitor(viewport={"width": width, "height": 800})
    head.sign_in("head")
    for name, path in {
        "desk-leadership": PAGE,
        "desk-leadership-error": f"{PAGE}?thang=2026-13",
        "desk-leadership-number": f"{PAGE}so/?so=open",
        "desk-leadership-dragging": f"{PAGE}keo-dai/",
    }.items():
        head.open(path)
        head.picture(name)
        head.check(name)
    if javascript:
        return
    plain = visitor(viewport={"width": width, "height": 800}, java_script_enabled=False)
    plain.sign_in("head")
    page = plain.open(PAGE)
    with page.expect_navigation():
        page.locator("details.block td.num a").first.click()
    assert year.code in page.locator("main").inner_text()
