"""Contributions at the desk: from the draft to the settlement, and who reads what."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from dongthuan.front.desk.tests.conftest import sentences
from dongthuan.work.projects.contributions.ledger import Gift
from dongthuan.work.projects.contributions.models import Campaign, Exemption, Voucher

D = "/ban-lam-viec/dong-gop/"
MARK = "Vết Tên Hộ"


@pytest.fixture
def campaign(giving: Any) -> Campaign:
    found: Campaign = giving.opened()
    return found


def test_the_head_drafts_a_campaign(giving: Any, desk_of: Callable[[str], Client]) -> None:
    client = desk_of("head")
    page = client.get(f"{D}them/")
    assert page.status_code == 200
    sent = {
        "title": "Làm mương thoát nước", "purpose": "Mương dài 120 m.", "unit": giving.office.pk,
        "villages": [giving.village.pk], "level_amount": "300000", "starts_on": "2026-11-20",
        "ends_on": "2026-12-20", "treasurer": "Tổ trưởng tổ dân phố 1",
    }  # fmt: skip
    answer = client.post(f"{D}them/", sent)
    made = Campaign.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{D}{made.code}/")
    assert made.parties[:1] == [giving.village.path] or giving.village.path in made.parties
    assert "Làm mương thoát nước" in client.get(answer["Location"]).content.decode()


def test_a_voluntary_campaign_sets_no_level(giving: Any, desk_of: Callable[[str], Client]) -> None:
    sent = {
        "title": "Góp vui trung thu", "purpose": "Quà cho trẻ.", "unit": giving.office.pk,
        "villages": [giving.village.pk], "level_amount": "300000", "voluntary": "on",
        "starts_on": "2026-11-20", "ends_on": "2026-12-20", "treasurer": "Tổ trưởng",
    }  # fmt: skip
    answer = desk_of("head").post(f"{D}them/", sent)
    assert answer.status_code == 422
    assert len(sentences(answer)) == 1
    assert not Campaign.objects.exists()


def grid_of(client: Client, campaign: Campaign) -> dict[str, Any]:
    page = client.get(f"{D}{campaign.code}/thu-nhieu/")
    assert page.status_code == 200
    form = page.context["form"]
    return {"batch": str(form["batch"].value()), "on": "2026-11-20", "form": "cash",
            "thon": "21439-t01"}  # fmt: skip


def test_a_village_head_collects_from_many_households_on_one_page(
    giving: Any, campaign: Campaign, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("village_head")
    sent = grid_of(client, campaign)
    sent |= {f"a{home.pk}": "500000" for home in giving.homes[:3]}
    sent[f"s{giving.homes[0].pk}"] = "name"
    assert client.post(f"{D}{campaign.code}/thu-nhieu/", sent).status_code == 302
    rows = list(Voucher.objects.order_by("number").values_list("number", "amount", "display"))
    assert rows == [(1, 500_000, "name"), (2, 500_000, "number"), (3, 500_000, "number")]
    assert client.post(f"{D}{campaign.code}/thu-nhieu/", sent).status_code == 302
    assert Voucher.objects.count() == 3, "the same sheet sent twice is written once"


def test_one_bad_line_of_the_sheet_keeps_all_out(
    giving: Any, campaign: Campaign, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("village_head")
    sent = grid_of(client, campaign)
    sent |= {f"a{giving.homes[0].pk}": "500000", f"a{giving.homes[1].pk}": "0,5"}
    assert client.post(f"{D}{campaign.code}/thu-nhieu/", sent).status_code == 422
    assert not Voucher.objects.exists()


def test_a_filled_spreadsheet_is_written_whole(
    giving: Any, campaign: Campaign, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("village_head")
    blank = client.get(f"{D}{campaign.code}/mau.xlsx")
    book = load_workbook(io.BytesIO(blank.content))
    sheet = book.active
    assert sheet.cell(4, 3).value == "Vết Tên Hộ 1"
    sheet.cell(4, 5).value = 500_000
    sheet.cell(5, 4).value, sheet.cell(5, 6).value = "Ngày công", 1.5
    sheet.cell(6, 5).value, sheet.cell(6, 8).value = "1.000.000", "Ẩn danh"
    page = client.get(f"{D}{campaign.code}/nhap/")
    sent = {"batch": str(page.context["form"]["batch"].value()), "on": "2026-11-20"}
    answer = client.post(f"{D}{campaign.code}/nhap/", sent | {"sheet": saved(book)})
    assert answer.status_code == 302
    # A sheet with somebody hidden is numbered at random: its order would tell who it is.
    rows = Voucher.objects.values_list("form", "amount", "display")
    assert set(rows) == {("cash", 500_000, "number"), ("labour", 450_000, "number"),
                         ("cash", 1_000_000, "hidden")}  # fmt: skip


def saved(book: Any) -> SimpleUploadedFile:
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("thu.xlsx", out.getvalue())


def test_faults_of_a_spreadsheet_are_named_by_their_rows_and_nothing_is_kept(
    giving: Any, campaign: Campaign, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("village_head")
    book = load_workbook(io.BytesIO(client.get(f"{D}{campaign.code}/mau.xlsx").content))
    sheet = book.active
    sheet.cell(4, 5).value = 500_000
    sheet.cell(5, 5).value = "hai trăm"
    sheet.cell(6, 2).value, sheet.cell(6, 5).value = "999", 500_000
    page = client.get(f"{D}{campaign.code}/nhap/")
    sent = {"batch": str(page.context["form"]["batch"].value()), "on": "2026-11-20"}
    answer = client.post(f"{D}{campaign.code}/nhap/", sent | {"sheet": saved(book)})
    assert answer.status_code == 422
    assert [line.partition(":")[0].split()[-1] for line in sentences(answer)] == ["5", "6"]
    assert "“hai trăm”" in sentences(answer)[0], "as it was typed"
    assert not Voucher.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"so,ho\n1,2\n"])
def test_what_is_no_spreadsheet_is_refused_plainly(
    campaign: Campaign, desk_of: Callable[[str], Client], content: bytes
) -> None:
    client = desk_of("head")
    page = client.get(f"{D}{campaign.code}/nhap/")
    sent = {"batch": str(page.context["form"]["batch"].value()), "on": "2026-11-20"}
    answer = client.post(
        f"{D}{campaign.code}/nhap/", sent | {"sheet": SimpleUploadedFile("a.xlsx", content)}
    )
    assert answer.status_code == 422
    assert len(sentences(answer)) == 1


def test_receipt_expense_reversal_and_papers(
    giving: Any, campaign: Campaign, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("head")
    page = client.get(f"{D}{campaign.code}/thu/")
    sent = {
        "batch": str(page.context["form"]["batch"].value()), "on": "2026-11-20",
        "payer": "household", "household": giving.homes[0].pk, "display": "number",
        "form": "cash", "amount": "700000",
    }  # fmt: skip
    answer = client.post(f"{D}{campaign.code}/thu/", sent)
    made = Voucher.objects.get()
    assert answer["Location"] == f"{D}chung-tu/{made.pk}/"
    shown = client.get(answer["Location"]).content.decode()
    assert "BN26-00001" in shown
    assert MARK in shown
    paper = client.get(f"{D}chung-tu/{made.pk}/bien-nhan.pdf")
    assert paper.content.startswith(b"%PDF")
    page = client.get(f"{D}{campaign.code}/chi/")
    sent = {
        "batch": str(page.context["form"]["batch"].value()), "on": "2026-11-20", "form": "cash",
        "component": "Xi măng", "about": "10 bao", "amount": "200000",
    }  # fmt: skip
    assert client.post(f"{D}{campaign.code}/chi/", sent).status_code == 302
    back = client.post(f"{D}chung-tu/{made.pk}/dao/", {"reason": "Ghi nhầm số tiền."})
    assert back.status_code == 422, "what was spent cannot be taken back"
    spent = Voucher.objects.get(kind="expense")
    client.post(f"{D}chung-tu/{spent.pk}/dao/", {"reason": "Chưa mua."})
    back = client.post(f"{D}chung-tu/{made.pk}/dao/", {"reason": "Ghi nhầm số tiền."})
    assert back.status_code == 302
    assert Voucher.objects.filter(series="DC").count() == 2


@pytest.mark.parametrize(
    ("name", "reads"),
    [("head", True), ("handler", True), ("village_head", True), ("intake", True),
     ("front", False), ("board", False), ("village_front", False), ("dvan", False),
     ("inspector", False)],
)  # fmt: skip
def test_names_are_read_inside_alone(
    giving: Any, campaign: Campaign, desk_of: Callable[[str], Client], name: str, reads: bool
) -> None:
    made = giving.receive(campaign, giving.cash(0))[0]
    Exemption.objects.create(campaign=campaign, household=giving.homes[1], reason="poor")
    client = desk_of(name)
    for path in (f"{D}{campaign.code}/", f"{D}chung-tu/{made.pk}/"):
        page = client.get(path)
        assert page.status_code == 200
        assert (MARK in page.content.decode()) is reads
    if not reads:
        assert client.get(f"{D}{campaign.code}/mien/").status_code == 404
        assert client.get(f"{D}chung-tu/{made.pk}/bien-nhan.pdf").status_code == 404
        assert client.get(f"{D}{campaign.code}/danh-sach.pdf").status_code == 404
        assert MARK not in client.get(f"{D}{campaign.code}/kiem-tra/").content.decode()


@pytest.mark.parametrize("name", ["other_village_head", "other_head", "admin"])
def test_whoever_has_no_part_in_it_does_not_see_it(
    campaign: Campaign, desk_of: Callable[[str], Client], name: str
) -> None:
    assert desk_of(name).get(f"{D}{campaign.code}/").status_code == 404


def test_exemptions_are_written_and_taken_back(
    giving: Any, campaign: Campaign, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("village_head")
    path = f"{D}{campaign.code}/mien/"
    sent = {"household": giving.homes[4].pk, "reason": "poor"}
    assert client.post(path, sent).status_code == 302
    assert client.post(path, sent).status_code == 422
    row = Exemption.objects.get()
    assert "Vết Tên Hộ 5" in client.get(path).content.decode()
    assert client.post(f"{path}{row.pk}/xoa/").status_code == 302
    assert not Exemption.objects.exists()


def test_a_rate_is_set_by_the_office_alone(giving: Any, desk_of: Callable[[str], Client]) -> None:
    sent = {"unit": giving.office.pk, "amount": "350000", "valid_from": "2026-12-01",
            "document": "90/QĐ-UBND"}  # fmt: skip
    assert desk_of("village_head").post(f"{D}ngay-cong/", sent).status_code == 404
    assert desk_of("head").post(f"{D}ngay-cong/", sent).status_code == 302
    assert "350.000" in desk_of("village_head").get(f"{D}ngay-cong/").content.decode()


def test_lists_ask_as_little_with_a_hundred_rows(
    giving: Any, campaign: Campaign, desk_of: Callable[[str], Client],
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    client = desk_of("head")
    client.get(f"{D}{campaign.code}/")
    counts = []
    for some in (10, 90):
        gifts = [giving.cash(n % 12, 100_000 + n) for n in range(some)]
        giving.receive(campaign, *gifts)
        with django_assert_num_queries(20, exact=False) as asked:
            client.get(f"{D}{campaign.code}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("name", "reads"), [("handler", True), ("front", False), ("board", False)])
def test_the_papers_of_a_donor_of_land_are_read_where_names_are(
    giving: Any, campaign: Campaign, desk_of: Callable[[str], Client], name: str, reads: bool
) -> None:
    gift = Gift(form="land", household=giving.homes[0], quantity=Decimal(20),
                consent=f"Đơn của {MARK} 1", boundary="BB 01")  # fmt: skip
    made = giving.receive(campaign, gift)[0]
    page = desk_of(name).get(f"{D}chung-tu/{made.pk}/")
    assert page.status_code == 200
    assert (MARK in page.content.decode()) == reads


def test_what_few_receipts_need_is_folded_until_it_is_asked_for(
    giving: Any, campaign: Campaign, desk_of: Callable[[str], Client]
) -> None:
    client, here = desk_of("village_head"), f"{D}{campaign.code}/thu/"
    page = client.get(here)
    assert [opened for _title, _fields, opened in page.context["form"].rare()] == [False, False]
    shown = page.content.decode()
    assert all(shown.count(f'name="{name}"') == 1 for name in page.context["form"].fields)
    sent = {"batch": str(page.context["form"]["batch"].value()), "on": "2026-11-20",
            "payer": "household", "household": giving.homes[0].pk, "display": "number",
            "form": "land", "quantity": "24.5"}  # fmt: skip
    refused = client.post(here, sent)
    assert refused.status_code == 422
    assert all(opened for _title, _fields, opened in refused.context["form"].rare())
