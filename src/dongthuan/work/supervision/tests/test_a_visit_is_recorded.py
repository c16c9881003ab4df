"""The board was there: when, where, who, what was seen; photographs with what they say."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from PIL import Image

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.papers.models import Attachment
from dongthuan.work.supervision import papers
from dongthuan.work.supervision.inspections import Spot
from dongthuan.work.supervision.models import Board, Finding, Photo, Sort, Visit
from dongthuan.work.supervision.tests.conftest import ON_THE_DAY, SEEN, act, sent, visit

D = "/ban-lam-viec/giam-sat/"


def picture() -> io.BytesIO:
    """A photograph taken at 09:15 on the first day, in Đức Phổ."""
    image = Image.new("RGB", (64, 48), "red")
    exif = Image.Exif()
    exif[306] = "2026:11:10 09:15:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (14.0, 48.0, 36.0), 3: "E", 4: (108.0, 57.0, 0.0)})
    data = io.BytesIO()
    image.save(data, "JPEG", exif=exif)
    data.seek(0)
    data.name = "hien-truong.jpg"
    return data


def filled(inspection: Any, **fields: Any) -> dict[str, Any]:
    who = list(inspection.board.members.order_by("id").values_list("pk", flat=True)[:2])
    return {
        "place": "Đường bê tông ngõ 12", "on": "2026-11-10", "time": "14:00", "members": who,
        "seen": "Đo ba vị trí.", "photos": picture(), **fields,
    }  # fmt: skip


FOUND = {"found": "on", "what": SEEN.what, "norm": SEEN.norm, "grade": "3",
         "recommendation": SEEN.recommendation}  # fmt: skip


def test_a_visit_with_photograph_and_finding_in_one_form(browser_of: Any, under_way: Any) -> None:
    page = browser_of("board")
    address = f"{D}cuoc/{under_way.code}/chuyen/"
    assert page.get(address).status_code == 200
    assert page.post(address, filled(under_way, **FOUND)).status_code == 302
    made, finding, photo = Visit.objects.get(), Finding.objects.get(), Photo.objects.get()
    assert (finding.visit, photo.visit, photo.finding) == (made, made, finding)
    assert photo.taken_at == dt.datetime(2026, 11, 10, 9, 15, tzinfo=ON_THE_DAY.tzinfo)
    assert (photo.latitude, photo.longitude) == (14.81, 108.95)
    assert photo.attachment.state == "attached"
    # What the picture told was read before it was cleaned; the file itself says it no more.
    with photo.attachment.file.open("rb") as kept:
        assert not Image.open(kept).getexif()
    assert browser_of("board").get(f"{D}cuoc/{under_way.code}/").status_code == 200
    address = f"{D}chuyen/{made.pk}/anh/{photo.attachment.uuid}/"
    assert browser_of("front").get(address).status_code == 200
    assert browser_of("head").get(address).status_code == 404


def test_the_photograph_is_public_with_its_finding_and_not_before(
    people: Any, browser_of: Any, under_way: Any
) -> None:
    page = browser_of("board")
    page.post(f"{D}cuoc/{under_way.code}/chuyen/", filled(under_way, **FOUND))
    page.post(f"{D}cuoc/{under_way.code}/chuyen/", filled(under_way))
    finding, first = Finding.objects.get(), Photo.objects.exclude(finding=None).get()
    loose = Photo.objects.get(finding=None)
    anyone = browser_of()
    assert anyone.get(f"/giam-sat/anh/{first.attachment.uuid}/").status_code == 404
    sent(people, finding)
    assert anyone.get(f"/giam-sat/anh/{first.attachment.uuid}/").status_code == 200
    assert anyone.get(f"/giam-sat/anh/{loose.attachment.uuid}/").status_code == 404
    shown = anyone.get(f"/giam-sat/kien-nghi/{finding.code}/").content.decode()
    assert str(first.attachment.uuid) in shown


@pytest.mark.parametrize(
    "bad",
    [
        {"place": ""}, {"seen": ""}, {"members": []}, {"on": "2026-11-09"}, {"time": "23:00"},
        {"latitude": "91", "longitude": "1"}, {"latitude": "14"}, {"what": "Nứt"},
        {"seen": "Gọi 0905123456"}, {"found": "on"}, {"latitude": "nan", "longitude": "1"},
    ],
)  # fmt: skip
def test_a_bad_form_keeps_nothing(browser_of: Any, under_way: Any, bad: Any) -> None:
    answer = browser_of("board").post(f"{D}cuoc/{under_way.code}/chuyen/", filled(under_way, **bad))
    assert answer.status_code == 422
    assert not Visit.objects.exists()
    assert not Attachment.objects.exists()


def test_a_day_outside_is_told_at_its_field_with_the_first_day(
    browser_of: Any, under_way: Any
) -> None:
    sent = filled(under_way, on="2026-11-01")
    answer = browser_of("board").post(f"{D}cuoc/{under_way.code}/chuyen/", sent)
    assert f"{under_way.starts_on:%d/%m/%Y}" in answer.context["form"].errors["on"][0]


def test_a_file_that_is_no_photograph_is_refused(browser_of: Any, under_way: Any) -> None:
    paper = io.BytesIO(b"khong phai anh")
    paper.name = "ghi-chu.txt"
    answer = browser_of("board").post(
        f"{D}cuoc/{under_way.code}/chuyen/", filled(under_way, photos=paper)
    )
    assert answer.status_code == 422
    assert not Visit.objects.exists()


def test_one_member_alone_is_no_board(people: Any, under_way: Any) -> None:
    with pytest.raises(MatterError) as refused:
        visit(people, under_way, members=[under_way.board.members.first()])
    assert refused.value.field == "members"


def test_who_is_not_of_the_board_records_no_visit(people: Any, under_way: Any) -> None:
    for name in ("front", "head", "village_head", "admin"):
        with pytest.raises(NotAllowed):
            visit(people, under_way, acting=people.actors[name])


def test_a_visit_belongs_to_an_inspection_that_runs(people: Any, under_way: Any) -> None:
    act(people.board, under_way, "conclude", document="3/BC", conclusion="Đạt yêu cầu.")
    with pytest.raises(MatterError):
        visit(people, under_way)


def test_the_place_lies_in_the_commune(people: Any, under_way: Any) -> None:
    from dongthuan.core.units.models import Unit

    elsewhere = Spot(place="Ngõ 1", village=Unit.objects.filter(path__contains=".21478.").first())
    with pytest.raises(MatterError):
        visit(people, under_way, spot=elsewhere)
    assert clock.now() == ON_THE_DAY


def test_minutes_plan_and_letter_are_printed(people: Any, browser_of: Any, under_way: Any) -> None:
    browser_of("board").post(f"{D}cuoc/{under_way.code}/chuyen/", filled(under_way, **FOUND))
    finding = Finding.objects.get()
    page = browser_of("board")
    for address in (f"{D}cuoc/{under_way.code}/ke-hoach.pdf",
                    f"{D}chuyen/{Visit.objects.get().pk}/bien-ban.pdf",
                    f"{D}kien-nghi/{finding.code}.pdf"):  # fmt: skip
        answer = page.get(address)
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF")


def test_the_front_certifies_minutes_of_the_inspection_board_alone() -> None:
    """Điểm d khoản 2 Điều 40; of an investment board khoản 1 Điều 45 names the letter only."""
    titles = {sort: papers.visit_signers(Board(sort=sort))[0].title for sort in Sort.values}
    assert titles == {"ttnd": papers.CERTIFIED, "gsdtcd": ""}


def test_the_office_reads_nothing_of_a_visit_before_the_finding_is_sent(
    people: Any, browser_of: Any, under_way: Any
) -> None:
    page = browser_of("board")
    page.post(f"{D}cuoc/{under_way.code}/chuyen/", filled(under_way, **FOUND))
    page.post(f"{D}cuoc/{under_way.code}/chuyen/", filled(under_way, seen="Rãnh nước cạn."))
    head = browser_of("head")
    for address in (f"{D}cuoc/{under_way.code}/", f"/ban-lam-viec/vu-viec/{under_way.code}/"):
        shown = head.get(address).content.decode()
        for mark in ("hien-truong", "Rãnh nước", SEEN.what):
            assert mark not in shown, address
    finding = sent(people, Finding.objects.get())
    shown = head.get(f"/ban-lam-viec/vu-viec/{finding.code}/").content.decode()
    assert "hien-truong" in shown
    photo = Photo.objects.get(finding=finding).attachment.uuid
    assert head.get(f"/ban-lam-viec/vu-viec/{finding.code}/giay-to/{photo}/").status_code == 200
