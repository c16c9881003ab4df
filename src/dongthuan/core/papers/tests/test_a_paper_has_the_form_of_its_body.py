"""Whose form a paper has: that of the State or of the Party, and by what title its head signs."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from dongthuan.core.papers.letterhead import (
    abbreviation,
    authority_of,
    head_title,
    place_of,
    superior_of,
)
from dongthuan.core.papers.paper import Paper, Signer, paper_pdf
from dongthuan.core.units.models import Unit

pytestmark = pytest.mark.usefixtures("place")


def unit(step: str) -> Unit:
    return Unit.objects.get(code=f"21439-{step}")


def text_of(paper: Paper) -> str:
    pages = PdfReader(io.BytesIO(paper_pdf(paper))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def paper(step: str, beside: Unit | None = None) -> Paper:
    body = unit(step)
    return Paper(
        unit=body, beside=beside, title="Báo cáo", on=dt.date(2026, 1, 5), symbol="05",
        body=["Nội dung."], signers=[Signer(head_title(body))],
    )  # fmt: skip


def test_a_body_of_the_state_has_the_head_of_decree_30() -> None:
    text = text_of(paper("ubnd"))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Số: 05" in text
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in text


def test_a_body_of_the_party_has_the_partys_head_under_its_committee() -> None:
    text = text_of(paper("xdd"))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text and "CỘNG HÒA" not in text
    assert "ĐẢNG ỦY PHƯỜNG ĐỨC PHỔ BAN XÂY DỰNG ĐẢNG *" in text
    assert "Số 05" in text and "Đức Phổ, ngày 05 tháng 01 năm 2026" in text
    assert text.count("ĐẢNG ỦY PHƯỜNG ĐỨC PHỔ") == 1


def test_a_joint_paper_names_the_body_beside() -> None:
    text = text_of(paper("xdd", beside=unit("ubnd")))
    assert text.index("BAN XÂY DỰNG ĐẢNG") < text.index("ỦY BAN NHÂN DÂN")


def test_a_paper_is_dated_at_the_place_not_at_the_body_above() -> None:
    assert place_of(unit("xdd")) == place_of(unit("ubnd")) == place_of(unit("kt"))


def test_an_office_stands_under_its_committee_and_has_a_symbol_of_its_own() -> None:
    assert superior_of(unit("kt")) == unit("ubnd").name
    assert superior_of(unit("ubnd")) == ""
    symbols = [abbreviation(unit(step)) for step in ("ubnd", "mttq", "xdd", "kt", "vhxh")]
    assert symbols == ["UBND", "MTTQ", "BXDĐ", "PKTHTĐT", "PVHXH"]


@pytest.mark.parametrize(
    ("title", "above"),
    [("CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN"), ("KT. CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN"),
     ("TL. CHỦ TỊCH", ""), ("TM. ỦY BAN NHÂN DÂN", ""), ("TUQ. CHỦ TỊCH", "")],
)  # fmt: skip
def test_the_committee_stands_above_the_title_unless_the_title_says_its_right(
    title: str, above: str
) -> None:
    assert authority_of(unit("ubnd"), title) == above
