"""Recommendations in a browser: the road from the minutes to the confirmation without scripts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from dongthuan.core import clock
from dongthuan.demo_recommendations import demo_recommendations_load
from dongthuan.work.recommendations.models import BodyRecommendation, Criticism, Hearing

P, D, M = "/kien-nghi/", "/ban-lam-viec/kien-nghi/", "/ban-lam-viec/vu-viec/"


WIDTHS = (360, 1280)


def test_two_sides_without_scripts_on_a_phone(
    visitor: Any, transactional_db: Any, people: Any
) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
    council = visitor(**phone).sign_in("council")
    page = council.open(f"{D}nhap/")
    page.select_option("[name=source]", "voters")
    page.fill("[name=meeting]", "Tiếp xúc cử tri tổ 1")
    page.fill("[name=meeting_on]", "2026-01-05")
    page.fill("[name=text]", "1. Đề nghị sửa mương sau chợ.\n2. Đề nghị lắp đèn trước trường học.")
    council.press_submit("main form button[type=submit]")
    council.press_submit("main form button[type=submit]")
    page.locator("input[name=ids]").first.check()
    council.press_submit("main form[action$='gui/'] button[type=submit]")
    page.fill("[name=document]", "9/HĐND")
    page.fill("[name=session_on]", (clock.today() + dt.timedelta(days=20)).isoformat())
    council.press_submit("main form button[type=submit]")
    row = BodyRecommendation.objects.get(state="sent")
    head = visitor(**phone).sign_in("head")
    page = head.open(f"{M}{row.code}/answer/")
    page.select_option("[name=answer]", "accepted")
    page.fill("[name=reply]", "Sẽ lắp trong tháng sau.")
    page.fill("[name=until]", (clock.today() + dt.timedelta(days=15)).isoformat())
    page.fill("[name=document]", "8/UBND")
    head.press_submit("main form button[type=submit]")
    page = head.open(f"{M}{row.code}/finish/")
    page.fill("[name=report]", "Đã lắp xong bốn đèn.")
    head.press_submit("main form button[type=submit]")
    page = council.open(f"{M}{row.code}/confirm/")
    page.fill("[name=verdict]", "Cử tri đã thấy đèn sáng.")
    council.press_submit("main form button[type=submit]")
    villager = visitor(**phone)
    page = villager.open(f"{P}{row.code}/")
    text = page.locator("main").inner_text()
    assert "Sẽ lắp trong tháng sau." in text and "Cử tri đã thấy đèn sáng." in text


def test_every_page_of_the_room_is_sound(
    visitor: Any, transactional_db: Any, people: Any, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    demo_recommendations_load(
        head=people.head, front=people.front, mobilisation=people.dvan, council=people.council,
        board=people.board,
    )  # fmt: skip
    rows = BodyRecommendation.objects
    refused, draft = rows.get(state="refused"), rows.filter(source="voters", state="drafted").get()
    criticism, planned = (Criticism.objects.get(state=s) for s in ("answered", "planned"))
    held = Hearing.objects.get(state="held")
    anyone = visitor(widths=WIDTHS)
    for name, path in {
        "so": P, "mot": f"{P}{refused.code}/", "diem": f"{P}bang-diem/",
        "phan-bien": f"{P}phan-bien/", "du-thao": f"{P}phan-bien/{criticism.code}/",
        "nghe": f"{P}nghe/{held.code}/", "trong": f"{P}?commune=21478",
    }.items():  # fmt: skip
        anyone.open(path)
        anyone.picture(f"kien-nghi-{name}")
        anyone.check(f"kien-nghi-{name}")
    council = visitor(widths=WIDTHS).sign_in("council")
    for name, path in {
        "ban-thao": f"{D}?xem=drafts", "moi": f"{D}moi/", "nhap": f"{D}nhap/",
        "gui": f"{D}gui/?ids={draft.pk}", "sua": f"{D}{draft.code}/sua/", "danh-sach": D,
    }.items():  # fmt: skip
        council.open(path)
        council.picture(f"kien-nghi-hdnd-{name}")
        council.check(f"kien-nghi-hdnd-{name}")
    page = council.open(f"{D}nhap/")
    page.fill("[name=meeting]", "Hội nghị tổ 1")
    page.fill("[name=meeting_on]", "2026-01-05")
    page.fill("[name=text]", f"{draft.content}\nĐề nghị mở lớp bơi cho trẻ em.")
    council.press_submit("main form button[type=submit]")
    council.picture("kien-nghi-hdnd-dong")
    council.check("kien-nghi-hdnd-dong")
    head = visitor(widths=WIDTHS).sign_in("head")
    for name, path in {
        "tra-loi": f"{D}?xem=answer", "mot": f"{M}{refused.code}/", "diem": f"{D}bang-diem/",
        "phan-bien": f"{D}phan-bien/", "du-thao": f"{D}phan-bien/moi/", "nghe": f"{D}nghe/",
        "mot-du-thao": f"{M}{criticism.code}/", "mot-nghe": f"{D}nghe/{held.code}/",
        "cam-ket": f"{D}nghe/{held.code}/cam-ket/", "sap-gui": f"{M}{planned.code}/",
    }.items():  # fmt: skip
        head.open(path)
        head.picture(f"kien-nghi-ub-{name}")
        head.check(f"kien-nghi-ub-{name}")
