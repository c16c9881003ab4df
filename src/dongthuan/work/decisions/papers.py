"""Papers of a vote as PDF: the decision of the community, and the sheets with one-time codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import segno
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.papers.printing import lines_balanced, place_and_date
from dongthuan.core.papers.typesetting import typeset
from dongthuan.work.decisions.models import Decision, Method, RollLine, Vote
from dongthuan.work.decisions.voting import Result, vote_result

DOTS = "…………"
SIGN = "(Ký, ghi rõ họ tên)"
TITLES = {
    "resolution": "Nghị quyết", "minutes": "Biên bản cuộc họp", "memo": "Bản ghi nhớ",
    "agreement": "Bản thỏa thuận",
}  # fmt: skip
# In the record's language whatever the reader's: these papers are filed.
METHODS = {
    Method.HANDS: "cuộc họp, biểu quyết giơ tay",
    Method.PAPER: "cuộc họp, bỏ phiếu kín",
    Method.BALLOT: "phát phiếu lấy ý kiến của từng hộ gia đình",
    Method.ONLINE: "biểu quyết trực tuyến",
}


def decision_pdf(decision: Decision) -> bytes:
    """The decision with the fields of Điều 20.2 (Mẫu số 03), a draft to sign.

    Signed by the village head, the village's Front head and two households; commune-wide by the
    chair of the People's Committee, who puts the villages' results together.
    """
    vote = decision.vote
    result = vote_result(vote) if vote else None
    on = decision.voted_on or clock.today()
    body_unit = decision.convenor
    title = TITLES.get(decision.form, "Quyết định của cộng đồng dân cư")
    place = body_unit.parent.short_name if body_unit.parent else body_unit.short_name
    return _typeset(
        moment=on,
        title=title,
        subtitle=decision.title,
        symbol=decision.document,
        agency=body_unit.name,
        place_date=place_and_date(place, on),
        body=_fields(decision, vote, result, on),
        rows=_rows(vote, result) if vote and result else [],
        closing=["Nội dung quyết định:", *(decision.text or DOTS).splitlines()],
        signers=_signers(decision),
    )


def _typeset(*, moment: dt.date, **parts: object) -> bytes:
    agency = str(parts["agency"])
    midnight = dt.datetime.combine(moment, dt.time(), tzinfo=dt.UTC)
    head = ["Phương án", "Số hộ", "Tỷ lệ trên tổng số hộ"]
    data = {
        "superior": "", "addressee": "", "wide": False, "agency_lines": lines_balanced(agency),
        "table_head": head, "table_widths": [4, 2, 4], **parts,
    }  # fmt: skip
    data["table_rows"] = data.pop("rows")
    return typeset("reception", data, moment=int(midnight.timestamp()))


def _fields(decision: Decision, vote: Vote | None, found: Result | None, on: dt.date) -> list[str]:
    lines = [f"Thời gian bàn và quyết định: ngày {on:%d/%m/%Y}."]
    if decision.meeting_at:
        held = timezone.localtime(decision.meeting_at)
        lines.append(f"Cuộc họp: {held:%H:%M} ngày {held:%d/%m/%Y}, tại {decision.venue}.")
    if found and vote:
        absent = found.all - found.voted
        lines.append(
            f"Tổng số hộ gia đình: {found.all}; số đại diện hộ gia đình có mặt hoặc đã biểu"
            f" quyết: {found.voted}; số hộ không có người đại diện tham dự: {absent}."
        )
        methods = "; ".join(METHODS[Method(method)] for method in vote.methods)
        lines.append(f"Hình thức quyết định: {methods}.")
    lines.append(f"Nội dung bàn: {decision.proposal}")
    if found:
        lines.append(_outcome(found))
    return lines


def _outcome(found: Result) -> str:
    if found.share_villages:
        return (
            f"Kết quả: {found.villages_passed}/{len(found.villages)} thôn, tổ dân phố tán thành;"
            f" {'đạt' if found.carried else 'không đạt'} tỷ lệ {found.share_villages}."
        )
    return (
        f"Kết quả biểu quyết: {found.yes}/{found.all} hộ tán thành;"
        f" {'đạt' if found.carried else 'không đạt'} tỷ lệ {found.share} tổng số hộ."
    )


def _rows(vote: Vote, found: Result) -> list[list[str]]:
    return [
        [label, str(found.counts[key]), f"{found.counts[key]}/{found.all}"]
        for key, label in vote.labels.items()
    ]


def _signers(decision: Decision) -> list[dict[str, object]]:
    first, second = (*decision.signers, "", "")[:2]
    if decision.is_commune:
        titles = [("Chủ tịch Ủy ban nhân dân", ""), ("Chủ tịch Ủy ban MTTQ Việt Nam", "")]
    else:
        titles = [("Trưởng thôn, Tổ trưởng TDP", ""), ("Trưởng ban công tác Mặt trận", "")]
    titles += [("Đại diện hộ gia đình", first), ("Đại diện hộ gia đình", second)]
    return [{"title": title, "how": SIGN, "name": name, "list": []} for title, name in titles]


def codes_pdf(
    *, vote: Vote, codes: Sequence[tuple[RollLine, str]], address: str
) -> bytes:  # fmt: skip
    """Sheets for the households; `address`: where a code is used, with {code} in it."""
    closes = timezone.localtime(vote.closes_at)
    sheets = [
        {
            "household": f"Hộ số {line.number}",
            "name": line.representative,
            "question": vote.question[:160],
            "code": code,
            "modules": [
                list(row) for row in segno.make(address.format(code=code), error="m").matrix
            ],
        }
        for line, code in codes
    ]
    agency = codes[0][0].roll.village.name if codes else vote.matter.unit.name
    return typeset(
        "vote_codes",
        {
            "title": f"Mã biểu quyết trực tuyến – {vote.matter.title}",
            "agency": agency,
            "note": "Cắt rời và giao tận tay từng hộ. Mã in ở đây không được lưu ở nơi nào khác.",
            "alt": "Mã QR của mã biểu quyết",
            "until": f"Hạn: {closes:%H:%M} ngày {closes:%d/%m/%Y}",
            "how": "Quét mã QR, hoặc mở trang Bàn và quyết định rồi gõ mã. Mỗi hộ một lần; không"
            " đưa mã cho ai khác. Mất mã thì báo Trưởng thôn để được cấp mã mới.",
            "sheets": sheets,
        },
        moment=int(vote.opens_at.timestamp()),
    )
