"""Papers of consultations as PDF: the plan (khoản 1 Điều 28), the synthesis with its answers.

They are drafts to sign: number and symbol are those that the office has given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone, translation

from dongthuan.core import clock
from dongthuan.core.papers.paper import DOTS, SEAL, Paper, Signer, paper_pdf
from dongthuan.work.consultations.models import Cluster, Consultation
from dongthuan.work.consultations.selectors import clusters_of, tallies_of
from dongthuan.work.consultations.services import villages_of

ANSWERS = {
    Cluster.Answer.TAKEN: "Tiếp thu",
    Cluster.Answer.PARTLY: "Tiếp thu một phần",
    Cluster.Answer.NOT: "Không tiếp thu",
}


SIGNERS = (
    Signer(how="", list=("- Hội đồng nhân dân;", "- Ủy ban MTTQ Việt Nam;", "- Lưu: VT.")),
    Signer("Chủ tịch", SEAL),
)


def _pdf(matter: Consultation, on: dt.date, **words: Any) -> bytes:
    """PDF/A with the head of Decree 30/2020; the same data give the same file."""
    return paper_pdf(Paper(unit=matter.unit, on=on, signers=SIGNERS, **words))


def _lines(*texts: str) -> list[str]:
    return [line for text in texts for line in text.splitlines() if line.strip()]


def plan_pdf(matter: Consultation) -> bytes:
    """Kế hoạch lấy ý kiến Nhân dân: content, forms, ways, time, who is responsible (28.1)."""
    with translation.override("vi"):
        forms = "; ".join(matter.form_labels)
        item = str(matter.get_item_display())
    scope = (
        ", ".join(unit.short_name for unit in villages_of(matter))
        if matter.villages
        else ("toàn địa bàn")
    )
    until = f"{matter.closes_on:%d/%m/%Y}" if matter.closes_on else DOTS
    opened = f"{matter.opened_on:%d/%m/%Y}" if matter.opened_on else DOTS
    return _pdf(
        matter, matter.plan_sent_on or clock.today(),
        title="Kế hoạch", subtitle=f"Lấy ý kiến Nhân dân: {matter.title}",
        symbol=matter.plan_document or f"{DOTS}/KH-UBND",
        body=_lines(
            "Căn cứ Điều 25, Điều 26, Điều 28 Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15,"
            f" {matter.unit.name} lập kế hoạch lấy ý kiến Nhân dân như sau:",
            f"1. Nội dung lấy ý kiến (Điều 25): {item}", matter.purpose,
            f"2. Phạm vi: {scope}.",
            f"3. Hình thức (khoản 1 Điều 26): {forms}.",
            f"4. Thời hạn: từ ngày {opened} đến hết ngày {until}; ít nhất 20 ngày kể từ ngày công"
            " khai nội dung, trừ trường hợp pháp luật quy định thời hạn khác.",
            "5. Tổng hợp, giải trình, tiếp thu và công khai kết quả: theo khoản 3 Điều 28, khoản 11"
            " Điều 11.",
            f"6. Cơ quan quyết định: {matter.superior or matter.unit.name}. Trách nhiệm tổ chức"
            " thực hiện: Chủ tịch Ủy ban nhân dân chỉ đạo; phối hợp với Ủy ban Mặt trận Tổ quốc"
            " Việt Nam và các tổ chức chính trị - xã hội.",
        ),
    )  # fmt: skip


def synthesis_pdf(matter: Consultation) -> bytes:
    """Báo cáo tổng hợp, giải trình, tiếp thu ý kiến: counts, then each group with its answer."""
    clusters = clusters_of(matter)
    on = timezone.localdate(matter.answered_at) if matter.answered_at else clock.today()
    return _pdf(
        matter, on,
        title="Báo cáo", subtitle=f"Tổng hợp, giải trình, tiếp thu ý kiến Nhân dân: {matter.title}",
        symbol=f"{DOTS}/BC-UBND",
        body=_lines(
            f"Từ ngày {_day(matter.opened_on)} đến hết ngày {_day(matter.closes_on)}, có"
            f" {matter.parts.count()} lượt người tham gia với {matter.opinions.count()} ý kiến.",
            *_counted(matter), matter.synthesis or DOTS,
        ),
        head=["STT", "Nhóm ý kiến", "Số ý kiến", "Kết quả", "Giải trình"],
        rows=[_row(cluster) for cluster in clusters],
        widths=[1, 5, 2, 3, 6],
    )  # fmt: skip


def _counted(matter: Consultation) -> Sequence[str]:
    return [
        f"{tally.village.short_name}, ngày {tally.held_on:%d/%m/%Y}: {tally.present}/"
        f"{tally.invited} tham gia; tán thành {tally.agree}, không tán thành {tally.disagree}, ý"
        f" kiến khác {tally.other} ({tally.source})."
        for tally in tallies_of(matter)
    ]


def _row(cluster: Any) -> list[str]:
    answer = ANSWERS[Cluster.Answer(cluster.answer)] if cluster.answer else DOTS
    return [str(cluster.number), cluster.title, str(cluster.opinion_count), answer,
            cluster.reason or DOTS]  # fmt: skip


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else DOTS
