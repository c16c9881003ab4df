"""The plan on paper: a joint paper in the form of the body that leads, signed by two titles."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

from dongthuan.core.units.models import Unit
from dongthuan.work.coordination.papers import joint_symbol, plan_pdf


def test_a_plan_has_the_partys_head_both_bodies_and_both_titles(plan_in: Any) -> None:
    pages = PdfReader(io.BytesIO(plan_pdf(plan_in("in_force")))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (
        "ĐẢNG CỘNG SẢN VIỆT NAM", "Số …-KH/BXDĐ-UBND", "KẾ HOẠCH Phối hợp công tác dân vận năm",
        "BAN XÂY DỰNG ĐẢNG TRƯỞNG BAN", "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
    ):  # fmt: skip
        assert words in text, words
    head = text[: text.index("KẾ HOẠCH")]
    assert head.index("BAN XÂY DỰNG ĐẢNG") < head.index("ỦY BAN NHÂN DÂN")
    assert "CỘNG HÒA" not in head


def test_a_plan_of_the_front_has_a_symbol_of_decree_30(place: Any) -> None:
    front, office = (Unit.objects.get(code=f"21439-{step}") for step in ("mttq", "ubnd"))
    assert joint_symbol("KH", front, office) == "…/KH-MTTQ-UBND"
