"""The pages between units: joining, signers, transfers, hand-over, service levels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.models import Entry, Matter, ServiceLevel
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Succession, Unit
from dongthuan.front.desk.tests.conftest import rows_kept, sentences
from dongthuan.front.desk.tests.test_a_page_costs_a_fixed_number_of_queries import statements
from dongthuan.work.petitions.models import Rating, Signer
from dongthuan.work.petitions.services import Sender
from dongthuan.work.petitions.tests.paths import matter_in, walk_steps

D = "/ban-lam-viec/"
TEXT = "Bãi rác tự phát sát bờ kè gây mùi hôi suốt cả tuần, đề nghị dọn sạch và đặt biển cấm đổ."
Desk = Callable[[str], Client]


def test_what_says_the_same_stands_side_by_side_and_is_joined(
    people: Any, submit: Any, desk_of: Desk
) -> None:
    main, other = submit(TEXT), submit(f"Kính gửi phường. {TEXT}")
    address = f"{D}vu-viec/{main.code}/giong-nhau/"
    page = desk_of("intake").get(address).content.decode()
    assert "Kính gửi phường." in page
    data = {"others": [str(other.matter.pk)], "reason": "Cùng một bãi rác."}
    assert desk_of("intake").post(address, data).status_code == 302
    assert Matter.objects.get(pk=other.matter.pk).state == "joined"
    page = desk_of("intake").get(f"{D}vu-viec/{other.code}/").content.decode()
    assert f"{D}vu-viec/{main.code}/" in page
    answer = desk_of("intake").post(f"{D}vu-viec/{other.code}/tach-ra/", {"reason": "Hai bãi."})
    assert answer.status_code == 302
    assert Matter.objects.get(pk=other.matter.pk).state == "received"


def test_a_code_out_of_sight_joins_nothing(
    people: Any, submit: Any, denounce: Any, desk_of: Desk
) -> None:
    main = submit(TEXT)
    sealed = denounce().matter
    before = rows_kept()
    address = f"{D}vu-viec/{main.code}/giong-nhau/"
    for code in (sealed.code, "21439-26-999999"):
        answer = desk_of("intake").post(address, {"codes": code, "reason": "Trùng."})
        assert answer.status_code == 422
        assert any(code in line for line in sentences(answer))
    assert rows_kept() == before


def test_of_the_same_text_elsewhere_only_number_and_unit_are_shown(
    people: Any, submit: Any, desk_of: Desk
) -> None:
    main = submit(TEXT)
    there = submit(
        f"Gửi phường Sa Huỳnh, bí mật riêng. {TEXT}", place=Unit.objects.get(code="21478")
    )
    page = desk_of("intake").get(f"{D}vu-viec/{main.code}/giong-nhau/").content.decode()
    assert there.code in page
    assert "Sa Huỳnh" in page
    assert "bí mật riêng" not in page


def test_a_sealed_matter_has_no_such_page(denounce: Any, desk_of: Desk) -> None:
    sealed = denounce().matter
    for path in ("giong-nhau", "nguoi-ky", "tach-ra"):
        assert desk_of("sealed").get(f"{D}vu-viec/{sealed.code}/{path}/").status_code == 404


def test_signers_come_from_a_list_all_or_nobody(people: Any, submit: Any, desk_of: Desk) -> None:
    receipt = submit(TEXT)
    address = f"{D}vu-viec/{receipt.code}/nguoi-ky/"
    for text, status, count in (
        ("Họ và tên,Địa chỉ\nLê Thị A,Tổ 1\nLê Thị A,Tổ 1\n", 422, 0),
        ("Họ và tên,Địa chỉ\nLê Thị A,Tổ 1\nTrần B,Tổ 2\n", 302, 2),
    ):
        upload = SimpleUploadedFile("ds.csv", text.encode())
        assert desk_of("intake").post(address, {"file": upload}).status_code == status
        assert Signer.objects.count() == count
    assert "Trần B" in desk_of("intake").get(address).content.decode()


def test_an_official_writes_a_rating_down(people: Any, submit: Any, desk_of: Desk) -> None:
    matter = matter_in(people, submit, "feedback", "closed")
    letter = matter.submissions.get()
    address = f"{D}vu-viec/{matter.code}/danh-gia/{letter.uuid}/"
    data = {"score": "2", "solved": "no", "channel": "phone", "reason": "Lại hỏng."}
    assert desk_of("handler").post(address, data | {"score": "9"}).status_code == 422
    assert desk_of("handler").post(address, data).status_code == 302
    assert Rating.objects.get().channel == "phone"
    address = f"{D}vu-viec/{matter.code}/chua-xong/{letter.uuid}/"
    said = {"reason": "Nắp cống lại vỡ như cũ.", "channel": "phone"}
    assert desk_of("handler").post(address, said).status_code == 302
    assert Matter.objects.get(pk=matter.pk).state == "contested"


def test_the_list_of_transfers_costs_the_same_at_ten_and_at_a_hundred(
    people: Any, submit: Any, desk_of: Desk
) -> None:
    def waiting(count: int) -> None:
        unit = Unit.objects.get(code="21478-ubnd")
        for number in range(count):
            matter = submit(f"Nội dung thứ {number} của danh sách.", sender=Sender()).matter
            Matter.objects.filter(pk=matter.pk).update(
                kind="feedback", state="transferring", unit=unit, path=unit.path
            )

    client, address = desk_of("other_head"), f"{D}chuyen-don/"
    waiting(10)
    few = statements(client, address)
    waiting(90)
    many = statements(client, address)
    assert len(few) == len(many)
    assert len(many) <= 8, "\n".join(many)


@pytest.mark.parametrize("to", ["21478-ubnd", "Phường Sa Huỳnh"])
def test_after_a_transfer_the_sender_is_shown_where_to_follow_it(
    people: Any, submit: Any, desk_of: Desk, to: str
) -> None:
    matter = matter_in(people, submit, "feedback", "examined")
    matter = walk_steps(people, matter, ("examine",), {"examine": {"competence": "out"}})
    client, address = desk_of("intake"), f"{D}vu-viec/{matter.code}/transfer/"
    assert "Phường Sa Huỳnh" in client.get(address).content.decode()
    data = {"version": matter.version, "to": to, "note": "Đã chuyển đến nơi phụ trách."}
    answer = client.post(address, data, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain == [(f"{D}chuyen-don/", 302)]
    referral = Matter.objects.get(kind="referral", parent=matter.pk)
    told = " ".join(str(message) for message in answer.context["messages"])
    assert referral.code in told
    assert matter.code in told


def test_after_going_to_the_superior_the_list_is_shown(
    people: Any, submit: Any, desk_of: Desk
) -> None:
    matter = matter_in(people, submit, "feedback", "transferring")
    matter = matter_act(
        acting=people.other_head, matter_id=matter.pk, step_name="send_back",
        data={"reason": "Thuộc địa bàn phường Đức Phổ."},
    )  # fmt: skip
    client = desk_of("head")
    data = {"version": matter.version, "reason": "Hai bên không thống nhất."}
    answer = client.post(f"{D}vu-viec/{matter.code}/refer_up/", data, follow=True)
    assert answer.status_code == 200
    assert matter.code in " ".join(str(message) for message in answer.context["messages"])


@pytest.fixture
def left(people: Any, submit: Any) -> Succession:
    """Three open matters of a ward that ended on 30 June 2025, one of them sealed."""
    place = Unit.objects.get(code="534-21439")
    with clock.at(dt.datetime(2025, 6, 10, 9, tzinfo=timezone.get_default_timezone())):
        submit(TEXT, place=place)
        submit("Đèn đường đã tắt cả tháng.", place=place)
    return Succession.objects.get(predecessor__code="534-21439-ubnd", successor__code="21439-ubnd")


def test_the_head_sees_what_would_come_and_takes_it_over(left: Succession, desk_of: Desk) -> None:
    client = desk_of("head")
    assert TEXT[:20] not in client.get(f"{D}ban-giao/?tu={left.pk}").content.decode()
    assert len(client.get(f"{D}ban-giao/?tu={left.pk}").context["preview"]["rows"]) == 2
    assert client.post(f"{D}ban-giao/", {"tu": left.pk, "document": ""}).status_code == 422
    answer = client.post(f"{D}ban-giao/", {"tu": left.pk, "document": "01/BB-BG"})
    assert answer.status_code == 302
    assert Entry.objects.filter(act="matter.hand_over").count() == 2
    page = client.get(answer["Location"])
    assert page.context["done"] == 2
    minutes = client.get(f"{D}ban-giao/bien-ban.pdf?tu={left.pk}&so=01/BB-BG")
    assert minutes["Content-Type"] == "application/pdf"
    assert minutes.content.startswith(b"%PDF-")


def test_others_take_nothing_over(left: Succession, desk_of: Desk) -> None:
    for name, status in (("intake", 403), ("other_head", 200)):
        answer = desk_of(name).post(f"{D}ban-giao/", {"tu": left.pk, "document": "01/BB-BG"})
        assert answer.status_code == status
    assert not Entry.objects.filter(act="matter.hand_over").exists()


def test_the_head_of_a_partner_body_finds_what_its_own_has_left(people: Any, desk_of: Desk) -> None:
    own, other = (
        Succession.objects.get(predecessor__code=f"534-{old}", successor__code=f"21439-{new}")
        for old, new in (("bdv", "xdd"), ("ubnd", "ubnd"))
    )
    page = desk_of("dvan_head").get(f"{D}ban-giao/")
    assert page.context["links"] == [own]
    assert f"{D}ban-giao/" in desk_of("dvan_head").get(D).content.decode()
    assert desk_of("dvan").get(f"{D}ban-giao/").status_code == 403
    taken = desk_of("dvan_head").post(f"{D}ban-giao/", {"tu": other.pk, "document": "01/BB-BG"})
    assert taken.status_code == 200
    assert not Entry.objects.filter(act="matter.hand_over").exists()


def test_the_command_shows_first_and_moves_then(
    left: Succession, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from dongthuan.cli import main

    wanted = ["hand-over", "--from", "534-21439-ubnd", "--to", "21439-ubnd", "--document", "1/BB"]
    assert main([*wanted, "--dry-run"]) == 0
    assert "2 matters would be" in capsys.readouterr().out
    assert not Entry.objects.filter(act="matter.hand_over").exists()
    assert main(wanted) == 0
    assert Entry.objects.filter(act="matter.hand_over").count() == 2
    assert main([*wanted[:2], "khong-co", *wanted[3:]]) == 1
    assert main([*wanted, "--codes", str(tmp_path / "khong-co.txt")]) == 1


def test_the_head_sets_and_ends_a_service_level(desk_of: Desk) -> None:
    unit = Unit.objects.get(code="21439-ubnd")
    data = {
        "unit": unit.pk, "rule": "pa.answer", "topic": "", "amount": "3", "counted": "wd",
        "document": "12/QĐ-UBND", "valid_from": clock.today().isoformat(),
    }  # fmt: skip
    client = desk_of("head")
    assert client.post(f"{D}muc-phuc-vu/", data | {"amount": "99"}).status_code == 422
    assert client.post(f"{D}muc-phuc-vu/", data).status_code == 302
    level = ServiceLevel.objects.get()
    assert (level.term, level.valid_to) == ("3 wd", None)
    assert "12/QĐ-UBND" in client.get(f"{D}muc-phuc-vu/").content.decode()
    client.post(f"{D}muc-phuc-vu/{level.pk}/het-hieu-luc/")
    level.refresh_from_db()
    assert level.valid_to == clock.today()
    desk_of("other_head").post(f"{D}muc-phuc-vu/", data)
    assert ServiceLevel.objects.count() == 1
