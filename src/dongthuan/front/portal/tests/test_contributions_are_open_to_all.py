"""Everybody follows the money of a campaign; nobody finds a name that was not given for it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from dongthuan.work.projects.contributions.campaigns import exemption_set
from dongthuan.work.projects.contributions.ledger import (
    Gift,
    Spending,
    expense_record,
    voucher_reverse,
)
from dongthuan.work.projects.contributions.models import Campaign, Voucher
from dongthuan.work.projects.contributions.selectors import contributions_of

P = "/du-an/"
ON = dt.date(2026, 11, 20)


@pytest.fixture
def campaign(giving: Any) -> Campaign:
    """Money of three households (by number, by name, anonymous), an organisation, a person, and
    one without a name; a use of funds; a reversal."""
    found: Campaign = giving.opened()
    giving.receive(
        found,
        giving.cash(0, paid_ref="VếtMãChuyển"),
        giving.cash(1, display="name"),
        giving.cash(2, display="hidden"),
        Gift(form="bank", payer="organisation", donor="Vết Công Ty", amount=5_000_000),
        Gift(form="cash", payer="person", donor="Vết Người Xa", amount=300_000),
        Gift(form="cash", payer="anonymous", amount=200_000),
        giving.labour(3, "2"),
    )
    expense_record(
        acting=giving.people.head, campaign=found, on=ON,
        spending=Spending(form="cash", amount=900_000, component="Xi măng", about="9 bao xi măng",
                          supplier="Vết Người Bán", document="HD 12"),
    )  # fmt: skip
    wrong = giving.receive(found, giving.cash(4, 111_000))[0]
    voucher_reverse(acting=giving.people.head, voucher=wrong, reason="Ghi nhầm hộ.")
    exemption_set(acting=giving.people.head, campaign=found, household=giving.homes[5],
                  reason="poor")  # fmt: skip
    return found


def pages(campaign: Campaign) -> list[str]:
    token = Voucher.objects.get(paid_ref="VếtMãChuyển").token
    code = campaign.code
    return [
        f"{P}dot/", f"{P}dot/{code}/", f"{P}dot/{code}/?xem=chi", f"{P}dot/{code}/so-cai.csv",
        f"{P}dot/{code}/danh-sach.pdf", f"{P}bien-nhan/{token}/", f"/tra-cuu/{code}/",
        f"/tra-cuu/?q={code}", "/don-vi/21439/",
    ]  # fmt: skip


def text_of(answer: Any) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return str(body.decode())


def test_no_name_stands_where_everybody_reads_but_that_which_was_agreed_to(
    client: Client, campaign: Campaign
) -> None:
    hidden = ["Vết Tên Hộ 1\n", "Vết Tên Hộ 1<", "Vết Tên Hộ 1,", "Vết Tên Hộ 3", "Vết Tên Hộ 4",
              "Vết Tên Hộ 5", "Vết Tên Hộ 6", "Vết Công Ty", "Vết Người", "VếtMã"]  # fmt: skip
    for path in pages(campaign):
        answer = client.get(path)
        assert answer.status_code == 200, path
        text = text_of(answer)
        assert not [mark for mark in hidden if mark in text], path
        assert path.startswith("/tra-cuu") or "hộ nghèo" not in text.casefold(), path
    assert "Vết Tên Hộ 2" in text_of(client.get(f"{P}dot/{campaign.code}/"))
    assert "Vết Tên Hộ 2" in text_of(client.get(f"{P}dot/{campaign.code}/so-cai.csv"))
    receipt = Voucher.objects.get(display="name")
    assert "Vết" not in text_of(client.get(f"{P}bien-nhan/{receipt.token}/"))


def test_collected_used_and_left_stand_on_the_page(client: Client, campaign: Campaign) -> None:
    text = text_of(client.get(f"{P}dot/{campaign.code}/"))
    for amount in ("7.600.000", "900.000", "6.700.000"):
        assert f"<strong>{amount} đồng</strong>" in text
    spent = text_of(client.get(f"{P}dot/{campaign.code}/?xem=chi"))
    assert "9 bao xi măng" in spent
    assert "HD 12" in spent


def test_fewer_than_five_exempt_are_no_number(
    client: Client, giving: Any, campaign: Campaign
) -> None:
    view = client.get(f"{P}dot/{campaign.code}/").context["view"]
    assert view.exempt == "< 5"
    for home in giving.homes[6:10]:
        exemption_set(acting=giving.people.head, campaign=campaign, household=home, reason="poor")
    assert client.get(f"{P}dot/{campaign.code}/").context["view"].exempt == "5"


def test_a_receipt_is_checked_by_its_code(client: Client, campaign: Campaign) -> None:
    # The numbers of a sheet with a hidden household are drawn by chance.
    good, gone = Voucher.objects.get(paid_ref="VếtMãChuyển"), Voucher.objects.get(number=8)
    page = text_of(client.get(f"{P}bien-nhan/{good.token}/"))
    assert good.code in page
    assert "500.000 đồng" in page
    assert campaign.title in page
    reversed_page = text_of(client.get(f"{P}bien-nhan/{gone.token}/"))
    assert "Ghi nhầm hộ." in reversed_page
    for token in ("khong-co", Voucher.objects.get(series="DC").token,
                  Voucher.objects.get(series="PC").token):  # fmt: skip
        assert client.get(f"{P}bien-nhan/{token}/").status_code == 404


def test_what_is_not_decided_is_not_shown(client: Client, giving: Any) -> None:
    draft = giving.draft()
    for end in ("", "so-cai.csv", "danh-sach.pdf"):
        assert client.get(f"{P}dot/{draft.code}/{end}").status_code == 404
    assert draft.code not in text_of(client.get(f"{P}dot/"))


def test_an_empty_campaign_says_so(client: Client, giving: Any) -> None:
    found = giving.opened()
    assert "empty" in text_of(client.get(f"{P}dot/{found.code}/"))
    assert text_of(client.get(f"{P}dot/{found.code}/so-cai.csv")).count("\n") == 1
    assert "empty" in text_of(client.get(f"{P}dot/{found.code}/?xem=chi"))


def test_pages_speak_both_languages(client: Client, campaign: Campaign) -> None:
    client.cookies["ngon-ngu"] = "en"
    text = text_of(client.get(f"{P}dot/{campaign.code}/"))
    assert "Collected – used – left" in text


def test_lists_ask_as_little_with_a_hundred_rows(
    client: Client, giving: Any, django_assert_num_queries: Any
) -> None:
    found = giving.opened()
    client.get(f"{P}dot/{found.code}/")
    counts = []
    for some in (10, 90):
        giving.receive(found, *(giving.cash(n % 12, 100_000 + n) for n in range(some)))
        with django_assert_num_queries(20, exact=False) as asked:
            assert client.get(f"{P}dot/{found.code}/").status_code == 200
        with django_assert_num_queries(20, exact=False) as file:
            client.get(f"{P}dot/{found.code}/so-cai.csv")
        counts.append((len(asked), len(file)))
    assert counts[0] == counts[1]
    for _n in range(9):
        giving.opened()
    with django_assert_num_queries(8, exact=False) as ten:
        client.get(f"{P}dot/")
    for _n in range(10):
        giving.opened()
    with django_assert_num_queries(8, exact=False) as twenty:
        client.get(f"{P}dot/")
    assert len(ten) == len(twenty)


def test_a_project_shows_its_campaigns(giving: Any, campaign: Campaign) -> None:
    from dongthuan.core.matters.creation import matter_create
    from dongthuan.core.matters.models import Matter

    project = matter_create(
        acting=giving.people.head, model=Matter, kind="promise", unit=giving.office,
        title="Đường bê tông", act="promise.given",
    )  # fmt: skip
    assert contributions_of(project) == []
    mine = giving.opened(project=project)
    giving.receive(mine, giving.cash(0))
    giving.draft(project=project)
    rows = contributions_of(project)
    assert [(row.campaign.pk, row.totals.given) for row in rows] == [(mine.pk, 500_000)]
