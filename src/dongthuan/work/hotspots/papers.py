"""Situation report and time line as PDF; in the form of Decree 30/2020, drafts to sign."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone, translation

from dongthuan.core import clock
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.labels import act_label, fact_lines, payload_text
from dongthuan.core.matters.models import Entry
from dongthuan.core.papers.letterhead import head_title
from dongthuan.core.papers.paper import SEAL, Paper, Signer, paper_pdf
from dongthuan.work.hotspots.models import Hotspot, Report

# The mark of circulation of Decree 30/2020 (điểm b khoản 3 Điều 8), and for whom.
INNER = "LƯU HÀNH NỘI BỘ. Không phổ biến ra ngoài những người được giao."


def _state(name: str) -> str:
    return str(kind_of("hotspot").state(name).label)


def report_pdf(report: Report) -> bytes:
    """Báo cáo tình hình, cho cấp trên; số thứ tự theo hồ sơ."""
    hotspot = report.hotspot
    with translation.override("vi"):  # the paper speaks Vietnamese whatever the screen speaks
        body = [
            INNER, f"Vụ việc: {hotspot.title}. Mức độ: {_state(report.state)}.",
            "1. Tình hình", report.situation, "2. Việc đã làm", report.done,
            "3. Việc làm tiếp", report.next,
        ]  # fmt: skip
        if report.wishes:
            body += ["4. Kiến nghị, đề xuất", report.wishes]
        return paper_pdf(
            Paper(
                unit=hotspot.unit, title="Báo cáo", symbol=report.document or "…/BC-UBND",
                subtitle=f"Tình hình vụ việc (báo cáo lần {report.number})",
                on=timezone.localdate(report.at), body=body,
                signers=[
                    Signer(list=["- Cấp trên trực tiếp;", "- Ban Chỉ đạo;", "- Lưu: VT, hồ sơ."]),
                    Signer(head_title(hotspot.unit), SEAL),
                ],
            )
        )  # fmt: skip


def story_pdf(hotspot: Hotspot, entries: Sequence[Entry]) -> bytes:
    """Diễn biến vụ việc trên một văn bản: ngày giờ, việc, chức danh, nội dung."""
    with translation.override("vi"):
        rows = [
            [
                f"{timezone.localtime(entry.at):%d/%m/%Y %H:%M}",
                f"{act_label(entry.act)} ({entry.actor_label or 'Đồng Thuận'})",
                _words(entry),
            ]
            for entry in entries
        ]
        return paper_pdf(
            Paper(
                unit=hotspot.unit, title="Diễn biến vụ việc", subtitle=hotspot.title,
                on=clock.today(), head=["Thời gian", "Việc", "Nội dung"],
                body=[INNER, f"Mã hồ sơ: {hotspot.code}. Hiện nay: {_state(hotspot.state)}."],
                rows=rows, widths=[2, 4, 7], wide=True,
            )
        )  # fmt: skip


def _words(entry: Entry) -> str:
    facts = "; ".join(f"{label}: {value}" for label, value in fact_lines(entry))
    return "\n".join(part for part in (facts, payload_text(entry)) if part)
