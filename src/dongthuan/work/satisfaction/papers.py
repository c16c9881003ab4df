"""The code on the wall and the slips, as PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dongthuan.core import clock
from dongthuan.core.papers.typesetting import typeset
from dongthuan.work.satisfaction.models import Desk

ALT = "Mã QR để đánh giá"
FOOT = "Không ghi tên, không ghi lại ai đã trả lời. Kết quả được công bố mỗi quý."


def poster_pdf(*, desk: Desk, url: str, on: dt.date | None = None) -> bytes:
    """One large code to be hung up at the desk; anybody may answer by it."""
    words = {
        "head": desk.name,
        "body": "Ông, bà được phục vụ thế nào? Quét mã hoặc mở địa chỉ bên dưới, trả lời tám câu"
        " hỏi trong một phút.",
        "code": url,
        "foot": FOOT,
    }
    return _sheet(desk, [words], [url], columns=1, height=130, code=80, on=on)


def slips_pdf(*, desk: Desk, url: str, codes: Sequence[str], on: dt.date | None = None) -> bytes:
    """Slips handed out with a result, each good for one answer; its code stands behind the “#”."""
    slips = [
        {
            "head": desk.name,
            "body": "Phiếu đánh giá dùng một lần: quét mã hoặc mở trang đánh giá và nhập mã.",
            "code": "-".join(code[at : at + 4] for at in range(0, len(code), 4)),
            "foot": FOOT,
        }
        for code in codes
    ]
    addresses = [f"{url}#ma={code}" for code in codes]
    return _sheet(desk, slips, addresses, columns=2, height=50, code=30, on=on)


def _sheet(
    desk: Desk,
    slips: Sequence[dict[str, str]],
    codes: Sequence[str],
    *,
    columns: int,
    height: int,
    code: int,
    on: dt.date | None,
) -> bytes:
    midnight = dt.datetime.combine(on or clock.today(), dt.time(), tzinfo=dt.UTC)
    return typeset(
        "slips",
        {
            "title": desk.name, "agency": desk.unit.name, "alt": ALT, "columns": columns,
            "height": height, "code": code, "slips": list(slips),
        },
        codes=codes,
        moment=int(midnight.timestamp()),
    )  # fmt: skip
