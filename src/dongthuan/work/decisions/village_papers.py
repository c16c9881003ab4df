"""Papers of a village as PDF: the minutes of an election, the text of a convention.

In Vietnamese whatever the reader's language: they are signed and filed. The fields are those of
Điều 20.2; the forms annexed to the decrees lay them out, and were not read themselves.
"""

from __future__ import annotations

from dongthuan.core import clock
from dongthuan.core.papers.paper import DOTS, Paper, Signer, paper_pdf
from dongthuan.work.decisions.conventions.models import Convention
from dongthuan.work.decisions.elections.models import Election, Sort
from dongthuan.work.decisions.models import Method, Vote
from dongthuan.work.decisions.voting import vote_result

WAYS = {
    Method.HANDS: "cuộc họp, biểu quyết giơ tay",
    Method.PAPER: "cuộc họp, bỏ phiếu kín",
    Method.BALLOT: "phát phiếu lấy ý kiến của từng hộ gia đình",
}
SIGNERS = (
    Signer("Trưởng thôn, Tổ trưởng TDP"),
    Signer("Trưởng ban công tác Mặt trận"),
    Signer("Đại diện hộ gia đình"),
    Signer("Đại diện hộ gia đình"),
)


def election_pdf(matter: Election) -> bytes:
    """The minutes of the meeting or ballot, to be signed by four (Điều 20.2.g)."""
    vote = matter.vote if matter.voted_on else None
    on = matter.voted_on or matter.held_on
    return paper_pdf(
        Paper(
            unit=matter.home,
            title="Biên bản",
            subtitle=matter.title,
            on=on,
            body=[
                f"Thời gian, địa điểm: ngày {on:%d/%m/%Y}, tại {matter.venue or DOTS}.",
                f"Quyết định tổ chức: {matter.decision or DOTS}.",
                *_figures(vote),
            ],
            head=("Số", "Họ và tên, năm sinh", "Số hộ đồng ý", "Kết quả"),
            rows=_rows(matter, vote),
            widths=(1, 5, 2, 2),
            closing=(_conclusion(matter, vote),),
            signers=SIGNERS,
        )
    )


def _figures(vote: Vote | None) -> list[str]:
    found = vote_result(vote) if vote else None
    if vote is None or found is None:
        return [f"Tổng số hộ gia đình: {DOTS}; số đại diện có mặt: {DOTS}; vắng mặt: {DOTS}."]
    ways = "; ".join(WAYS[Method(method)] for method in vote.methods if Method(method) in WAYS)
    return [
        f"Tổng số hộ gia đình: {found.all}; số đại diện hộ gia đình có mặt hoặc đã biểu quyết:"
        f" {found.voted}; số hộ không có người đại diện: {found.all - found.voted}.",
        f"Hình thức: {ways}.",
    ]


def _rows(matter: Election, vote: Vote | None) -> list[list[str]]:
    found = vote_result(vote) if vote else None
    if matter.sort == Sort.DISMISS:
        counts = found.counts if found else {}
        return [
            [str(place), label, str(counts.get(key, DOTS)), ""]
            for place, (key, label) in enumerate(
                (("yes", "Đồng ý cho thôi"), ("no", "Không đồng ý")), 1
            )
        ]
    return [
        [
            str(one.number),
            f"{one.name}, {one.born}",
            DOTS if one.votes is None else str(one.votes),
            "trúng cử" if one.elected else ("" if one.votes is None else "không trúng cử"),
        ]
        for one in matter.candidates.all()
    ]


def _conclusion(matter: Election, vote: Vote | None) -> str:
    share = "trên 50% tổng số đại diện hộ gia đình"
    if vote is None:
        return f"Kết luận: {DOTS}"
    if matter.sort == Sort.DISMISS:
        found = vote_result(vote)
        reached = "đạt" if found and found.carried else "không đạt"
        return f"Kết luận: số hộ đồng ý {reached} {share}."
    won = [one.name for one in matter.candidates.all() if one.elected]
    if not won:
        return f"Kết luận: không có người đạt {share}; đề nghị xem xét việc tổ chức bầu lại."
    return f"Kết luận: trúng cử với {share} đồng ý: {', '.join(won)}."


def convention_pdf(matter: Convention) -> bytes:
    """The text with its adoption and the four signatures (Decree 61/2023, Điều 6.1)."""
    body = [line for s in matter.sections.all() for line in (s.heading, *s.text.splitlines())]
    adopted = [
        f"Được {matter.yes}/{matter.all_households} hộ gia đình tán thành ngày"
        f" {matter.held_on:%d/%m/%Y}."
    ] if matter.yes is not None and matter.held_on else []  # fmt: skip
    if matter.in_force_on:
        adopted.append(
            f"Có hiệu lực từ ngày {matter.in_force_on:%d/%m/%Y} theo Quyết định công nhận"
            f" {matter.document}."
        )
    names = (*matter.signers, "", "", "", "")[:4]
    return paper_pdf(
        Paper(
            unit=matter.home,
            title=matter.get_name_display().capitalize(),
            subtitle=matter.title,
            on=matter.held_on or clock.today(),
            body=body,
            closing=adopted,
            signers=[
                Signer(signer.title, name=name) for signer, name in zip(SIGNERS, names, strict=True)
            ],
        )
    )
