"""Papers of a campaign as PDF: the receipt with its code, the list to collect with, the list to
post. Their words are Vietnamese, whatever the screen speaks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils import translation

from dongthuan.core import clock
from dongthuan.core.papers.paper import SIGN, Paper, Signer, paper_pdf
from dongthuan.core.papers.typesetting import typeset
from dongthuan.work.projects.contributions.models import Campaign, Form, Payer, Voucher
from dongthuan.work.projects.contributions.selectors import LedgerRow, who_named
from dongthuan.work.projects.contributions.spelling import amount_in_words

FORMS = {
    Form.CASH: "tiền mặt",
    Form.BANK: "chuyển khoản",
    Form.LABOUR: "ngày công",
    Form.LAND: "hiến đất",
    Form.MATERIALS: "vật tư, vật liệu",
}


def dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def quantity_text(quantity: Decimal | None, measure: str) -> str:
    """'1,5 công'; '' without a quantity."""
    if quantity is None:
        return ""
    text = f"{quantity.normalize():f}".replace(".", ",")
    return f"{text} {measure}".strip()


def receipt_pdf(*, voucher: Voucher, verify_url: str) -> bytes:
    """The receipt (biên nhận) of the donor; its code leads to a page without a name."""
    campaign = voucher.campaign
    with translation.override("vi"):
        who = (
            "Người ủng hộ không nêu tên" if voucher.payer == Payer.ANONYMOUS else who_named(voucher)
        )
    lines = [
        ("Người nộp", who),
        ("Nội dung", f"{campaign.title} ({campaign.code})"),
        ("Hình thức", FORMS[Form(voucher.form)]),
    ]
    if voucher.quantity is not None:
        lines.append(("Số lượng", quantity_text(voucher.quantity, voucher.measure)))
    if voucher.rate:
        lines.append(("Đơn giá ngày công",
                      f"{dotted(voucher.rate.amount)} đồng ({voucher.rate.document})"))  # fmt: skip
    if voucher.form == Form.LAND:
        lines.append(("Văn bản hiến đất", voucher.consent))
        lines.append(("Biên bản xác định ranh giới", voucher.boundary))
    lines.append(("Giá trị", f"{dotted(voucher.amount)} đồng" if voucher.amount
                  else "không xác định giá trị"))  # fmt: skip
    if voucher.amount:
        lines.append(("Bằng chữ", amount_in_words(voucher.amount)))
    midnight = dt.datetime.combine(voucher.on, dt.time(), tzinfo=dt.UTC)
    return typeset(
        "contribution",
        {
            "title": "Biên nhận đóng góp",
            "unit": campaign.unit.name,
            "number": voucher.code,
            "day": f"Ngày {voucher.on:%d} tháng {voucher.on:%m} năm {voucher.on:%Y}",
            "reversed": "ĐÃ ĐẢO – không còn giá trị" if voucher.is_reversed else "",
            "lines": [list(line) for line in lines],
            "verify": f"Kiểm tra biên nhận: {verify_url}",
            "qr": "Mã QR mở trang kiểm tra biên nhận",
            "signers": ["Người nộp", "Người thu"],
            "sign": SIGN,
        },
        moment=int(midnight.timestamp()),
        qr=verify_url,
    )


def collecting_list_pdf(*, campaign: Campaign, households: Iterable[tuple[str, str, str]]) -> bytes:
    """The paper list for an evening without the Internet: (village, number, representative)."""
    level = (
        "Đóng góp tự nguyện, không ấn định mức."
        if campaign.voluntary
        else f"Mức đã được hộ gia đình quyết định: {dotted(campaign.level_amount or 0)} đồng/hộ."
    )
    paper = Paper(
        unit=campaign.unit, title="Danh sách thu đóng góp", subtitle=campaign.title,
        body=(f"Mã đợt: {campaign.code}. {level}", "Ngày thu: …/…/…… Nơi thu: …………"),
        head=("STT", "Thôn, tổ dân phố", "Số hộ", "Đại diện hộ", "Hình thức", "Số tiền, số lượng",
              "Công khai tên (có/không)", "Ký nộp"),
        rows=[[str(n), *row, "", "", "", ""] for n, row in enumerate(households, start=1)],
        widths=(1, 3, 2, 5, 3, 4, 3, 3),
        closing=("Ghi xong nhập vào sổ trong ngày; mỗi dòng có một biên nhận có số và mã QR.",),
        signers=(Signer("Người thu"), Signer("Đại diện Ban công tác Mặt trận")), wide=True,
        on=clock.today(),
    )  # fmt: skip
    return paper_pdf(paper)


def public_list_pdf(*, campaign: Campaign, rows: Iterable[LedgerRow], sums: Sequence[str]) -> bytes:
    """The list to be posted (khoản 5 Điều 11, khoản 2 Điều 13): no name without consent."""
    with translation.override("vi"):
        lines = [_public_line(n, row) for n, row in enumerate(rows, start=1)]
    paper = Paper(
        unit=campaign.unit, title="Công khai thu, chi đóng góp", subtitle=campaign.title,
        body=(f"Mã đợt: {campaign.code}.", *sums),
        head=("STT", "Số chứng từ", "Ngày", "Người đóng góp hoặc nội dung chi", "Hình thức",
              "Số lượng", "Thu (đồng)", "Chi (đồng)"),
        rows=lines,
        widths=(1, 3, 3, 6, 3, 3, 3, 3),
        closing=(
            "Chứng từ đảo ghi số âm và nêu số chứng từ bị đảo. Danh sách niêm yết ít nhất 30 ngày"
            " liên tục (khoản 2 Điều 13 Luật Thực hiện dân chủ ở cơ sở 2022).",
        ),
        signers=(Signer("Người lập"), Signer("Trưởng Ban công tác Mặt trận"),
                 Signer("Tổ trưởng, trưởng thôn")),
        wide=True, on=clock.today(),
    )  # fmt: skip
    return paper_pdf(paper)


def _public_line(number: int, row: LedgerRow) -> list[str]:
    voucher = row.voucher
    what = row.who if voucher.kind == "receipt" else f"{voucher.component}: {voucher.about}"
    if voucher.reverses:
        what = f"Đảo {voucher.reverses.code}: {voucher.reason}"
    amount = dotted(voucher.signed)
    moved = voucher.kind == "move"
    return [
        str(number), voucher.code, f"{voucher.on:%d/%m/%Y}",
        "Chuyển giữa quỹ và ngân hàng" if moved else what,
        FORMS[Form(voucher.form)], quantity_text(voucher.quantity, voucher.measure),
        amount if voucher.kind == "receipt" else "", amount if voucher.kind == "expense" else "",
    ]  # fmt: skip
