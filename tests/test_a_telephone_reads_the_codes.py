"""Codes on paper are read as a telephone reads them, and what they say is opened.

The printed page is drawn as a picture; the picture is held askew, out of focus, in half light and
stored badly, as pictures of telephones are; a reader that knows nothing of ours decodes it.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from PIL import Image, ImageEnhance, ImageFilter

from dongthuan.core import clock
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.decisions.papers import codes_pdf
from dongthuan.work.decisions.tests.conftest import (  # noqa: F401
    households,
    matter,
    villages,
    vote,
)
from dongthuan.work.decisions.tests.test_everybody_sees_how_a_vote_was_run import (  # noqa: F401
    mixed,
)
from dongthuan.work.dialogues.models import Question
from dongthuan.work.dialogues.services import dialogue_create
from dongthuan.work.dialogues.tests.conftest import ANNOUNCED, MORNING, NOW, WHEN, act
from dongthuan.work.projects.contributions.tests.stories import giving, giving_decided  # noqa: F401
from dongthuan.work.satisfaction.models import Answer
from dongthuan.work.satisfaction.services import desk_add, slips_print


@pytest.fixture
def browser_of(people: Any, settings: Any) -> Callable[..., Client]:
    settings.OFFICIALS_NEED_MFA = False

    def browser_of(name: str) -> Client:
        client = Client()
        client.force_login(people.accounts[name], backend=settings.AUTHENTICATION_BACKENDS[1])
        return client

    return browser_of


def photographed(pdf: bytes, dpi: int = 150) -> Image.Image:
    """The first page as a telephone sees it from a hand's breadth too far."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72).to_pil().convert("RGB")
    width, height = page.size
    # The sheet lies askew: its upper edge is farther away and it is turned by a few degrees.
    page = page.transform(
        (width, height), Image.Transform.QUAD,
        (-0.05 * width, -0.04 * height, -0.01 * width, 1.02 * height,
         1.02 * width, 1.03 * height, 1.06 * width, -0.03 * height),
        Image.Resampling.BICUBIC, fillcolor=(90, 80, 70),
    )  # fmt: skip
    page = page.rotate(4, Image.Resampling.BICUBIC, fillcolor=(90, 80, 70))
    page = page.filter(ImageFilter.GaussianBlur(1.2))
    page = ImageEnhance.Contrast(ImageEnhance.Brightness(page).enhance(0.55)).enhance(0.7)
    stored = io.BytesIO()
    page.save(stored, "JPEG", quality=35)
    return Image.open(stored)


def read(pdf: bytes) -> list[str]:
    """What all codes of the first page say."""
    found = zxingcpp.read_barcodes(photographed(pdf), formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found]


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def test_in_the_hall_a_question_is_asked_by_the_code_on_the_slip(
    people: Any, browser_of: Callable[..., Client]
) -> None:
    host = Position.objects.select_related("unit__parent").get(code="21439-head")
    with clock.at(NOW):
        made = dialogue_create(
            acting=people.handler, host=host, sort="group", theme="Đối thoại với tiểu thương",
            groups="Tiểu thương chợ", **WHEN,
        )  # fmt: skip
        made = act(people.handler, made, "announce", **ANNOUNCED)
        slips = browser_of("handler").get(f"/ban-lam-viec/doi-thoai/{made.code}/phieu-hoi.pdf")
    codes = read(slips.content)
    assert len(codes) == 8 and len(set(codes)) == 1
    with clock.at(MORNING):
        telephone = Client()
        page = telephone.get(path_of(codes[0]))
        assert page.status_code == 200
        sent = {"text": "Bao giờ chợ mới có mái che?"}
        form = page.context["form"]
        sent |= {
            name: form[name].value()
            for name in form.fields
            if form[name].value() and name not in sent
        }
        assert telephone.post(path_of(codes[0]), sent).status_code in (200, 302)
    asked = Question.objects.get()
    assert (asked.dialogue, asked.channel) == (made, "hall")


def test_a_desk_is_rated_by_the_code_on_the_wall_and_on_a_slip(
    people: Any, browser_of: Callable[..., Client]
) -> None:
    desk = desk_add(
        acting=people.intake, unit=Unit.objects.get(code="21439-ubnd"), name="Quầy 1 – Đất đai"
    )
    wall = browser_of("intake").get(f"/ban-lam-viec/hai-long/{desk.pk}/ma.pdf")
    (address,) = read(wall.content)
    page = Client().post(path_of(address), {"q_time": "2"})
    assert page.status_code == 200 and Answer.objects.count() == 1
    slips = browser_of("intake").post(f"/ban-lam-viec/hai-long/{desk.pk}/phieu.pdf", {"count": "6"})
    addresses = read(slips.content)
    assert len(set(addresses)) == 6
    path, _hash, code = addresses[0].partition("#ma=")
    assert Client().post(path_of(path), {"q_time": "1", "slip": code}).status_code == 200
    assert Answer.objects.latest("pk").source == "slip"
    assert slips_print(acting=people.intake, desk=desk, count=1)


def test_a_household_finds_the_ballot_by_the_code_on_its_sheet(mixed: Any) -> None:  # noqa: F811
    roll, codes = mixed
    pdf = codes_pdf(vote=roll.vote, codes=codes, address="https://vidu.vn/q/bo-phieu/#ma={code}")
    assert sorted(read(pdf)) == sorted(f"https://vidu.vn/q/bo-phieu/#ma={c}" for _line, c in codes)


def test_a_receipt_of_a_contribution_opens_its_check(
    giving: Any, browser_of: Callable[..., Client]  # noqa: F811
) -> None:  # fmt: skip
    with clock.at(dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)):
        (voucher,) = giving.receive(giving.opened(), giving.cash(0))
        paper = browser_of("head").get(
            f"/ban-lam-viec/dong-gop/chung-tu/{voucher.pk}/bien-nhan.pdf"
        )
        (address,) = read(paper.content)
        page = Client().get(path_of(address))
    assert page.status_code == 200 and voucher.code in page.content.decode()
