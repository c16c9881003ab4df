"""Papers of receptions as PDF: the words of the forms, filled with what the record holds.

They are drafts to sign: number and symbol are those that the office has given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.papers.paper import DOTS, SEAL, Paper, Signer, paper_pdf
from dongthuan.core.units.models import Unit
from dongthuan.work.receptions import rules
from dongthuan.work.receptions.ledger import id_number
from dongthuan.work.receptions.models import Content, Reception, Refusal, Visit

CASES = {
    Content.COMPLAINT: "khiếu nại",
    Content.RECOMMENDATION: "kiến nghị",
    Content.FEEDBACK: "phản ánh",
}


def receipt_pdf(*, visit: Visit, officer: str) -> bytes:
    """Giấy biên nhận thông tin, tài liệu (Mẫu 02/TCD); `officer`: the position that received."""
    moment = timezone.localtime(visit.served_at or clock.now())
    name = visit.citizen.name if visit.citizen else DOTS
    handed = [line for line in visit.papers.splitlines() if line.strip()] or [DOTS]
    return paper_pdf(
        Paper(
            unit=visit.reception.unit,
            title="Giấy biên nhận",
            subtitle="Thông tin, tài liệu",
            on=timezone.localdate(moment),
            body=(
                f"Vào {moment:%H} giờ {moment:%M}, ngày {moment:%d} tháng {moment:%m} năm"
                f" {moment:%Y}, tại: {visit.reception.venue or DOTS}",
                f"Tôi là {DOTS} Chức vụ: {officer or DOTS}",
                f"Đã nhận của ông (bà) {name}",
                f"Số CCCD/Hộ chiếu (hoặc giấy tờ tùy thân): {id_number(visit) or DOTS}, ngày cấp:"
                f" {DOTS}, nơi cấp: {DOTS}",
                "các thông tin, tài liệu sau:",
                *(f"{n}. {line}" for n, line in enumerate(handed, start=1)),
            ),
            closing=(
                "Giấy biên nhận thông tin, tài liệu được lập thành 02 bản, giao cho người cung cấp"
                " thông tin, tài liệu 01 bản.",
            ),
            signers=(
                Signer("Người cung cấp thông tin, tài liệu"),
                Signer("Người nhận", "(Ký, ghi rõ họ tên, đóng dấu nếu có)"),
            ),
        )
    )


def refusal_pdf(refusal: Refusal) -> bytes:
    """Thông báo về việc từ chối tiếp công dân (Mẫu 01/TCD)."""
    visit = refusal.visit
    found = rules.refusal_ground(refusal.ground, visit.on)
    name = visit.citizen.name if visit.citizen else DOTS
    address = (visit.citizen.address if visit.citizen else "") or DOTS
    basis = found.basis[:1].lower() + found.basis[1:] if found else DOTS
    what = CASES.get(Content(visit.type), "") if visit.type else ""
    about = visit.content or DOTS
    return paper_pdf(
        Paper(
            unit=refusal.unit,
            title="Thông báo",
            subtitle="Về việc từ chối tiếp công dân",
            symbol=refusal.document or f"{DOTS}/TB-UBND",
            on=timezone.localdate(refusal.closed_at or clock.now()),
            addressee=name,
            body=(
                f"Ngày {visit.on:%d} tháng {visit.on:%m} năm {visit.on:%Y}, ông (bà) {name}",
                "Số căn cước/giấy chứng nhận căn cước/số định danh cá nhân/số hộ chiếu (hoặc giấy"
                f" tờ tùy thân): {id_number(visit) or DOTS}, ngày cấp: {DOTS}, nơi cấp: {DOTS}",
                f"Địa chỉ: {address}, đến {visit.reception.venue or refusal.unit.name} để"
                f" {what or 'khiếu nại, tố cáo, kiến nghị, phản ánh'} về việc: {about}",
                f"Căn cứ {basis}, {refusal.unit.name} từ chối tiếp nhận nội dung của ông (bà)"
                f" {name} và thông báo để ông (bà) được biết.",
            ),
            signers=(
                Signer(list=("- Như trên;", "- Lưu: VT, hồ sơ.")),
                Signer("Thủ trưởng cơ quan, tổ chức, đơn vị", SEAL),
            ),
        )
    )


def conclusion_pdf(*, reception: Reception, promises: Sequence[Matter]) -> bytes:
    """Thông báo kết luận việc tiếp công dân (khoản 2 Điều 25 Nghị định 154/2026/NĐ-CP)."""
    return paper_pdf(
        Paper(
            unit=reception.unit,
            title="Thông báo",
            subtitle=f"Kết luận việc tiếp công dân ngày {reception.held_on:%d/%m/%Y}",
            symbol=reception.document or f"{DOTS}/TB-UBND",
            on=timezone.localdate(reception.decided_at or clock.now()),
            body=(
                f"Ngày {reception.held_on:%d/%m/%Y}, tại {reception.venue}, {_who(reception)} đã"
                " tiếp công dân theo lịch đã công bố.",
                reception.conclusion or DOTS,
                *(("Các việc giao thực hiện và thời hạn:",) if promises else ()),
            ),
            head=("STT", "Nội dung", "Đơn vị thực hiện", "Thời hạn", "Mã theo dõi"),
            rows=[
                [str(n), promise.title, promise.unit.name, _day(promise.next_due_on), promise.code]
                for n, promise in enumerate(promises, start=1)
            ],
            widths=(1, 6, 4, 2, 3),
            closing=(
                "Đơn vị được giao thực hiện và gửi kết quả giải quyết cho công dân theo thời hạn"
                " trên.",
            ),
            signers=(
                Signer(list=("- Các đơn vị có liên quan;", "- Lưu: VT, TCD.")),
                Signer(reception.position.title if reception.position else "", SEAL),
            ),
        )
    )


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "đã thực hiện"


def _who(reception: Reception) -> str:
    if reception.delegate:
        return reception.delegate
    return reception.position.title if reception.position else "người được phân công tiếp công dân"


def minutes_pdf(*, reception: Reception, turns: int) -> bytes:
    """Biên bản tiếp công dân: what was written down at the session, for the file."""
    return paper_pdf(
        Paper(
            unit=reception.unit,
            title="Biên bản",
            subtitle=f"Tiếp công dân ngày {reception.held_on:%d/%m/%Y}",
            on=reception.held_on,
            body=(
                f"Thời gian: {reception.starts_at:%H:%M} – {reception.ends_at:%H:%M}, ngày"
                f" {reception.held_on:%d/%m/%Y}. Địa điểm: {reception.venue}.",
                f"Người tiếp công dân: {_who(reception)}.",
                f"Thành phần tham dự: {reception.attendees or DOTS}.",
                f"Số lượt tiếp: {turns}.",
                reception.minutes or DOTS,
            ),
            signers=(Signer("Người ghi biên bản"), Signer("Người chủ trì tiếp công dân")),
        )
    )


def schedule_pdf(*, unit: Unit, sessions: Sequence[Reception]) -> bytes:
    """Lịch tiếp công dân to be posted: place, day, who, participants, content (Điều 24)."""
    return paper_pdf(
        Paper(
            unit=unit,
            title="Lịch tiếp công dân",
            on=clock.today(),
            head=("Ngày, giờ", "Nơi tiếp", "Người tiếp", "Thành phần tham dự", "Dự kiến nội dung"),
            rows=[
                [
                    f"{row.held_on:%d/%m/%Y}, {row.starts_at:%H:%M} – {row.ends_at:%H:%M}",
                    row.venue,
                    _who(row),
                    row.attendees or "–",
                    row.agenda or "–",
                ]
                for row in sessions
            ],
            widths=(3, 3, 4, 4, 4),
            closing=(
                "Căn cứ khoản 4 Điều 24 Luật Tiếp công dân 2013: lịch được niêm yết chậm nhất 05"
                " ngày làm việc trước ngày tiếp công dân.",
            ),
            signers=(Signer(list=("- Niêm yết tại nơi tiếp công dân;", "- Lưu: VT.")),
                     Signer("Thủ trưởng cơ quan, tổ chức, đơn vị", SEAL)),
            wide=True,
        )
    )  # fmt: skip
