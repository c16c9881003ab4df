"""The pages: a year from the desk to the gallery; lists cost the same at ten and a hundred rows."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.emulation.models import EmulationModel, EmulationYear
from dongthuan.work.emulation.selectors import positions_near
from dongthuan.work.emulation.services import cycles_owed, juror_add
from dongthuan.work.emulation.tests.conftest import (
    AUTUMN,
    act,
    appraised,
    convened,
    handed_in,
    recognised,
)

D = "/ban-lam-viec/dan-van-kheo/"


def photo() -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (60, 40), "#2f6b4f").save(data, "JPEG")
    return SimpleUploadedFile("anh.jpg", data.getvalue())


def fields(cycle: EmulationYear, body: Unit) -> dict[str, Any]:
    words = dict.fromkeys(
        ("situation", "goal", "content", "beneficiaries", "forces", "resources", "timeline",
         "replication"), "Nội dung đăng ký.")  # fmt: skip
    return words | {
        "cycle": cycle.pk, "registrant": body.pk, "name": "Ngõ sáng", "field": "security",
        "sort": "collective", "what1": "Đèn", "measure1": "bóng", "target1": "12",
    }  # fmt: skip


def test_a_year_is_opened_and_a_model_registered_on_the_desk(
    people: Any, browser_of: Any, lead: Unit, village: Unit
) -> None:
    desk = browser_of("dvan")
    assert desk.get(f"{D}nam/mo/").status_code == 200
    opened = desk.post(f"{D}nam/mo/", {
        "lead": lead.pk, "year": 2026, "register_until": "2026-03-31",
        "midyear_until": "2026-07-15", "appraise_until": "2026-12-15",
    })  # fmt: skip
    cycle = EmulationYear.objects.get()
    assert (opened.status_code, opened["Location"]) == (302, f"{D}nam/{cycle.code}/")
    of_village = browser_of("village_head")
    assert of_village.get(f"{D}dang-ky/").status_code == 200
    refused = of_village.post(f"{D}dang-ky/", fields(cycle, village) | {"name": "", "what2": "Dư"})
    assert refused.status_code == 422
    made = of_village.post(f"{D}dang-ky/", fields(cycle, village))
    model = EmulationModel.objects.get()
    assert made["Location"] == f"{D}mo-hinh/{model.code}/"
    page = of_village.get(f"{D}mo-hinh/{model.code}/").content.decode()
    assert "Ngõ sáng" in page
    sent = of_village.post(
        f"{D}mo-hinh/{model.code}/anh/", {"picture": photo(), "alt": "Đèn đường vừa lắp ở ngõ"}
    )
    assert sent.status_code == 302
    picture = model.pictures.get()
    shown = Client().get(f"/dan-van-kheo/anh/{picture.attachment.uuid}/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    inside = f"/ban-lam-viec/vu-viec/{model.code}/giay-to/{picture.attachment.uuid}/"
    assert desk.get(inside).status_code == 200
    assert of_village.get(f"{D}mo-hinh/{model.code}/dang-ky.pdf").content.startswith(b"%PDF")
    assert desk.get(f"{D}nam/{cycle.code}/hoi-dong/").status_code == 200


def test_papers_of_the_board(people: Any, register: Any, browser_of: Any) -> None:
    model = recognised(people, register())
    desk = browser_of("dvan")
    for path in (f"nam/{model.cycle.code}/bien-ban.pdf", f"mo-hinh/{model.code}/cong-nhan.pdf"):
        answer = desk.get(D + path)
        assert answer.content.startswith(b"%PDF"), path
    assert (
        browser_of("village_head").get(f"{D}mo-hinh/{model.code}/cong-nhan.pdf").status_code == 404
    )


def test_a_member_scores_on_the_desk(people: Any, register: Any, browser_of: Any) -> None:
    from dongthuan.work.emulation.tests.conftest import handed_in, points

    model = handed_in(people, register())
    convened(people, model.cycle)
    desk = browser_of("council")
    assert model.title in desk.get(f"{D}?xem=score").content.decode()
    there = f"{D}mo-hinh/{model.code}/cham-diem/"
    assert desk.get(there).status_code == 200
    given = {f"c{key}": value for key, value in points(3).items()}
    assert desk.post(there, given | {"c1": "99"}).status_code == 422
    assert desk.post(there, given).status_code == 302
    assert model.title not in desk.get(f"{D}?xem=score").content.decode()
    assert browser_of("head").get(there).status_code == 404


def test_what_was_not_recognised_is_no_longer_shown(people: Any, register: Any) -> None:
    model = appraised(people, register())
    gallery = "/dan-van-kheo/?field=culture&year=2026&unit=21439"
    assert model.title in Client().get(gallery).content.decode()
    act(people.dvan_head, model, "not_recognise", reason="Trùng phong trào khác")
    page = Client().get("/dan-van-kheo/").content.decode()
    assert model.title not in page
    assert Client().get(f"/dan-van-kheo/{model.code}/").status_code == 404


def test_the_map_and_its_table_say_the_same(people: Any, register: Any) -> None:
    recognised(people, register())
    page = Client().get("/dan-van-kheo/").content.decode()
    assert "Phường Đức Phổ: 1</title>" in page
    assert '<a href="?unit=21439">' in page
    assert "<script" not in page.split("<main", 1)[1]


@pytest.mark.parametrize(
    ("who", "path"), [("", "/dan-van-kheo/"), ("dvan", D), ("dvan", D + "nam/{code}/")]
)
def test_lists_cost_the_same_at_ten_and_a_hundred(
    people: Any, register: Any, cycle: Any, browser_of: Any, who: str, path: str
) -> None:
    browser = browser_of(who)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert browser.get(path.format(code=cycle.code)).status_code == 200
        return len(seen)

    for n in range(10):
        register(name=f"Mô hình {n}")
    queries()
    at_ten = queries()
    for n in range(10, 100):
        register(name=f"Mô hình {n}")
    assert queries() == at_ten


def test_the_worker_opens_the_customary_year_once(people: Any, place: Any) -> None:
    made = cycles_owed(acting=SYSTEM, commune=place, year=2026)
    assert made is not None and made.unit.code == "21439-xdd"
    assert cycles_owed(acting=SYSTEM, commune=place, year=2026) is None
    with clock.at(AUTUMN):
        other = Unit.objects.get(code="21478")
        assert cycles_owed(acting=SYSTEM, commune=other, year=2026) is None


def test_no_form_is_shown_where_no_year_takes_registrations(browser_of: Any, people: Any) -> None:
    page = browser_of("village_head").get(f"{D}dang-ky/").content.decode()
    assert 'name="situation"' not in page and "chưa có năm phong trào" in page


def test_a_seat_scores_nothing_before_the_board_is_convened(
    people: Any, register: Any, browser_of: Any
) -> None:
    model = handed_in(people, register())
    seat = Position.objects.get(code="21439-mttq-head")
    juror_add(acting=people.dvan, cycle=model.cycle, position=seat, seat="member")
    there, member = f"{D}mo-hinh/{model.code}/", browser_of("front_head")
    assert "cham-diem" not in member.get(there).content.decode()
    assert member.get(f"{there}cham-diem/").status_code == 404


def test_a_system_administrator_sits_on_no_board(people: Any, register: Any) -> None:
    cycle, seat = register().cycle, Position.objects.get(code="21439-admin")
    assert seat not in positions_near(cycle)
    with pytest.raises(MatterError) as refused:
        juror_add(acting=people.dvan, cycle=cycle, position=seat, seat="member")
    assert refused.value.field == "position"
