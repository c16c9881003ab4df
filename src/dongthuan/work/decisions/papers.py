"""Papers of a vote as PDF: the decision of the community, and the sheets with one-time codes.

In Vietnamese whatever the reader's language: these papers are signed and filed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.papers.paper import DOTS, Paper, Signer, paper_pdf
from dongthuan.core.papers.typesetting import typeset
from dongthuan.work.decisions.models import Decision, Method, RollLine, Vote
from dongthuan.work.decisions.voting import Result, vote_result

TITLES = {
    "resolution": "Nghị quyết", "minutes": "Biên bản cuộc họp", "memo": "Bản ghi nhớ",
    "agreement": "Bản thỏa thuận",
}  # fmt: skip
METHODS = {
    Method.HANDS: "cuộc họp, biểu quyết giơ tay",
    Method.PAPER: "cuộc họp, bỏ phiếu kín",
    Method.BALLOT: "phát phiếu lấy ý kiến của từng hộ gia đình",
    Method.ONLINE: "biểu quyết trực tuyến",
}


def decision_pdf(decision: Decision) -> bytes:
    """The decision with the fields of Điều 20.2 (Mẫu số 03), a draft to sign.

    Signed by the village head, the village's Front head and two households. Commune-wide it is the
    People's Committee that puts the results of the villages together (Điều 21.2); each village has
    signed its own decision, so no household signs here.
    """
    vote = decision.vote
    result = vote_result(vote) if vote else None
    on = decision.voted_on or clock.today()
    return paper_pdf(
        Paper(
            unit=decision.convenor,
            title=_title(decision),
            subtitle=decision.title,
            symbol=decision.document,
            on=on,
            body=_fields(decision, vote, result, on),
            head=("Phương án", "Số hộ", "Trên tổng số hộ"),
            rows=_rows(vote, result) if vote and result else (),
            widths=(4, 2, 3),
            closing=("Nội dung quyết định:", *(decision.text or DOTS).splitlines()),
            signers=signers_of(decision),
        )
    )


def _title(decision: Decision) -> str:
    if decision.is_commune:
        return "Tổng hợp kết quả biểu quyết của cộng đồng dân cư"
    return TITLES.get(decision.form, "Quyết định của cộng đồng dân cư")


def _fields(
    decision: Decision, vote: Vote | None, found: Result | None, on: dt.date
) -> list[str]:  # fmt: skip
    lines = [f"Thời gian bàn và quyết định: ngày {on:%d/%m/%Y}."]
    if decision.meeting_at:
        held = timezone.localtime(decision.meeting_at)
        lines.append(f"Cuộc họp: {held:%H:%M} ngày {held:%d/%m/%Y}, tại {decision.venue}.")
    if found and vote:
        lines.append(
            f"Tổng số hộ gia đình: {found.all}; số đại diện hộ gia đình có mặt hoặc đã biểu"
            f" quyết: {found.voted}; số hộ không có người đại diện tham dự:"
            f" {found.all - found.voted}."
        )
        methods = "; ".join(METHODS[Method(method)] for method in vote.methods)
        lines.append(f"Hình thức quyết định: {methods}.")
    lines.append(f"Nội dung bàn: {decision.proposal}")
    if found:
        lines.append(_outcome(found))
    return lines


def _outcome(found: Result) -> str:
    reached = "đạt" if found.carried else "không đạt"
    if found.share_villages:
        return (
            f"Kết quả: {found.villages_passed}/{len(found.villages)} thôn, tổ dân phố tán thành;"
            f" {reached} tỷ lệ {_in_words(found.share_villages)} tổng số thôn, tổ dân phố."
        )
    return (
        f"Kết quả biểu quyết: {found.yes}/{found.all} hộ tán thành;"
        f" {reached} tỷ lệ {_in_words(found.share)} tổng số hộ."
    )


def _in_words(share: str) -> str:
    """The share as it was counted with, such as '>= 2/3', as the paper says it."""
    sign, _space, number = share.partition(" ")
    return f"{'trên' if sign == '>' else 'ít nhất'} {number}"


def _rows(vote: Vote, found: Result) -> list[list[str]]:
    return [
        [label, str(found.counts[key]), f"{found.counts[key]}/{found.all}"]
        for key, label in vote.labels.items()
    ]


def signers_of(decision: Decision) -> list[Signer]:
    """Who signs: Điều 20.2.g in a village, the chair of the People's Committee commune-wide."""
    if decision.is_commune:
        return [Signer("Chủ tịch Ủy ban nhân dân")]
    first, second = (*decision.signers, "", "")[:2]
    return [
        Signer("Trưởng thôn, Tổ trưởng TDP"),
        Signer("Trưởng ban công tác Mặt trận"),
        Signer("Đại diện hộ gia đình", name=first),
        Signer("Đại diện hộ gia đình", name=second),
    ]


def codes_pdf(*, vote: Vote, codes: Sequence[tuple[RollLine, str]], address: str) -> bytes:
    """Slips for the households; `address`: where a code is used, with {code} in it."""
    closes = timezone.localtime(vote.closes_at)
    # Whoever has no camera types it: the page must stand there in letters too.
    page = address.partition("#")[0].partition("://")[2]
    slips = [
        {
            "head": f"Hộ số {line.number} – {line.representative}",
            "body": f"{vote.question[:140]}\nHạn: {closes:%H:%M} ngày {closes:%d/%m/%Y}",
            "code": code,
            "foot": f"Quét mã, hoặc mở {page} rồi gõ mã. Mỗi hộ một lần; không đưa mã cho ai khác."
            " Mất mã thì báo Trưởng thôn, Tổ trưởng tổ dân phố để được cấp mã mới.",
        }
        for line, code in codes
    ]
    data = {
        "title": f"Mã biểu quyết trực tuyến – {vote.matter.title}",
        "agency": codes[0][0].roll.village.name if codes else vote.matter.unit.name,
        "alt": "Mã QR của mã biểu quyết", "columns": 2, "height": 52, "code": 30, "slips": slips,
    }  # fmt: skip
    return typeset(
        "slips", data, moment=int(vote.opens_at.timestamp()),
        codes=[address.format(code=code) for _line, code in codes],
    )  # fmt: skip
