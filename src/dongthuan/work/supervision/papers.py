"""Papers of boards as PDF: the plan that is sent, the minutes of a visit, the recommendation.

They are drafts to sign: number and symbol are those that the board has given. Decree 59/2023 sets
no forms for them; they follow Decree 30/2020.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone, translation

from dongthuan.core import clock
from dongthuan.core.papers.paper import SIGN, Paper, Signer, paper_pdf
from dongthuan.core.units.models import Unit
from dongthuan.work.supervision.models import Board, Finding, Inspection, Severity, Visit

CERTIFIED = "XÁC NHẬN CỦA ỦY BAN MTTQ VIỆT NAM CẤP XÃ"
HEADS = {"ttnd": "TRƯỞNG BAN THANH TRA NHÂN DÂN", "gsdtcd": "TRƯỞNG BAN GSĐTCĐ"}


def _signer(title: str = "", how: str = SIGN, listed: Sequence[str] = ()) -> Signer:
    return Signer(title, how if title else "", list=list(listed))


def _pdf(
    *, organ: Unit, board: Board, title: str, subtitle: str, body: Sequence[str], on: dt.date,
    addressee: str = "", symbol: str = "", signers: Sequence[Signer],
) -> bytes:  # fmt: skip
    return paper_pdf(
        Paper(
            unit=organ, superior=board.unit.name, title=title, subtitle=subtitle, symbol=symbol,
            on=on, addressee=addressee, body=body, signers=signers,
        )
    )  # fmt: skip


def _severity(grade: int) -> str:
    with translation.override("vi"):  # the paper speaks Vietnamese whatever the screen speaks
        return str(Severity(grade).label)


def plan_pdf(inspection: Inspection) -> bytes:
    """Kế hoạch kiểm tra, giám sát (điểm b khoản 1 Điều 14 Nghị định 59/2023/NĐ-CP)."""
    board = inspection.board
    return _pdf(
        organ=inspection.unit, board=board, title="Kế hoạch", subtitle="Kiểm tra, giám sát",
        on=timezone.localdate(inspection.opened_at), symbol="…/KH",
        addressee=f"{board.unit.name}; Chủ tịch {board.office.name}",
        body=[
            f"Đối tượng: {inspection.target}.",
            f"Thời gian: từ ngày {inspection.starts_on:%d/%m/%Y} đến ngày"
            f" {inspection.ends_on:%d/%m/%Y}.",
            "Nội dung:",
            inspection.content,
        ],
        signers=[_signer(listed=["Như trên", "Đối tượng kiểm tra, giám sát"]),
                 _signer(HEADS[board.sort])],
    )  # fmt: skip


def visit_signers(board: Board) -> list[Signer]:
    """The Front certifies minutes of the inspection board (điểm d khoản 2 Điều 40); of an
    investment board it certifies the recommendation alone (điểm d khoản 1 Điều 45)."""
    certified = _signer(CERTIFIED, "(Ký, đóng dấu)") if board.is_ttnd else _signer()
    return [certified, _signer("ĐẠI DIỆN BAN")]


def visit_pdf(visit: Visit) -> bytes:
    """Biên bản kiểm tra, giám sát tại chỗ, with what was found."""
    inspection = visit.inspection
    at = timezone.localtime(visit.at)
    names = ", ".join(visit.members.order_by("id").values_list("name", flat=True))
    village = f", {visit.village.name}" if visit.village else ""
    found = [f"{n}. {f.what}\nĐối chiếu: {f.norm}. Mức độ: {_severity(f.grade)}."
             f"\nKiến nghị: {f.recommendation}"
             for n, f in enumerate(visit.findings.order_by("id"), start=1)]  # fmt: skip
    return _pdf(
        organ=inspection.unit, board=inspection.board, title="Biên bản",
        subtitle="Kiểm tra, giám sát", on=timezone.localdate(visit.at),
        body=[
            f"Vào hồi {at:%H} giờ {at:%M}, ngày {at:%d/%m/%Y}, tại {visit.place}{village}.",
            f"Thành viên của Ban: {names}.",
            f"Thành phần khác: {visit.others or 'không có'}.",
            f"Nội dung: {inspection.target}.",
            visit.seen,
            *(found or ["Không phát hiện vấn đề."]),
        ],
        signers=visit_signers(inspection.board),
    )  # fmt: skip


def finding_pdf(finding: Finding, *, drafts: bool) -> bytes:
    """Văn bản kiến nghị gửi Ủy ban nhân dân, với xác nhận của Mặt trận; `drafts`: the next one."""
    place = f", {finding.place.name}" if finding.place else ""
    board = finding.board
    return _pdf(
        organ=finding.organ, board=board, title="Kiến nghị",
        subtitle="Về kết quả kiểm tra, giám sát", on=finding.sent_on or clock.today(),
        symbol=f"… (mã {finding.code})", addressee=board.office.name,
        body=[
            f"Nơi phát hiện: {finding.where}{place}.",
            "Nội dung phát hiện:",
            finding.what,
            f"Đối chiếu: {finding.norm}. Mức độ: {_severity(finding.grade)}.",
            "Ban kiến nghị:",
            (finding.proposed if drafts else "") or finding.recommendation,
            "Đề nghị xem xét, giải quyết và thông báo kết quả trong thời hạn 15 ngày kể từ ngày"
            " nhận được kiến nghị (Điều 40, Điều 45 Luật Thực hiện dân chủ ở cơ sở).",
        ],
        signers=[_signer(CERTIFIED, "(Ký, đóng dấu)"), _signer(HEADS[board.sort])],
    )  # fmt: skip
