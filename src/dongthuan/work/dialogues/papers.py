"""Papers of dialogues as PDF: invitation, list of questions, slip with the code, minutes, notices.

They are drafts to sign in the form of Decree 30/2020; who asked stands on none of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone, translation

from dongthuan.core import clock
from dongthuan.core.papers.letterhead import abbreviation, head_title, of_the_party
from dongthuan.core.papers.paper import DOTS, SEAL, Paper, Signer, paper_pdf
from dongthuan.core.papers.typesetting import typeset
from dongthuan.work.dialogues.models import Chair, Dialogue, Invitation, Question

ALT = "Mã QR để gửi câu hỏi"
HEAD = ("STT", "Câu hỏi, kiến nghị", "Số lượt hỏi", "Kết quả", "Người trả lời")
WIDTHS = (1, 5, 1, 5, 3)


def ask_url(dialogue: Dialogue, *, hall: bool = False) -> str:
    """Where questions are asked; the code in the hall says that it is there."""
    where = "?tai=hoi-truong" if hall else ""
    return f"{settings.PUBLIC_URL}/doi-thoai/{dialogue.code}/hoi/{where}"


def _when(dialogue: Dialogue) -> str:
    if dialogue.held_at is None:
        return DOTS
    at = timezone.localtime(dialogue.held_at)
    return f"{at:%H} giờ {at:%M}, ngày {at:%d/%m/%Y}"


def _signers(dialogue: Dialogue, *listed: str) -> tuple[Signer, Signer]:
    """The head signs for the body that issues the paper, by title (khoản 2 Điều 13)."""
    return Signer(list=(*listed, "- Lưu: VT.")), Signer(head_title(dialogue.unit), SEAL)


def _symbol(dialogue: Dialogue, type_code: str) -> str:
    """'……/TB-UBND' to be numbered; of a body of the Party '……-TB/ĐU'."""
    between, after = ("-", "/") if of_the_party(dialogue.unit) else ("/", "-")
    return f"{DOTS}{between}{type_code}{after}{abbreviation(dialogue.unit)}"


def _day(dialogue: Dialogue) -> dt.date:
    return timezone.localdate(dialogue.held_at) if dialogue.held_at else clock.today()


def invitation_pdf(
    *, dialogue: Dialogue, invitations: Sequence[Invitation], on: dt.date | None = None
) -> bytes:
    """Giấy mời: to one body by name, or to all with the list below."""
    one = len(invitations) == 1
    return paper_pdf(
        Paper(
            unit=dialogue.unit,
            title="Giấy mời",
            subtitle=f"Dự đối thoại: {dialogue.title}",
            symbol=_symbol(dialogue, "GM"),
            on=on or clock.today(),
            body=(
                f"{dialogue.host.title} trân trọng kính mời:"
                f" {invitations[0].whom if one else 'các cơ quan, đơn vị, nhóm theo danh sách'}.",
                f"Tới dự cuộc đối thoại với Nhân dân: {dialogue.title}.",
                f"Chủ trì: {dialogue.host.title}.",
                f"Thời gian: {_when(dialogue)}.",
                f"Địa điểm: {dialogue.venue or DOTS}.",
                f"Thành phần: {dialogue.groups or DOTS}.",
                f"Nội dung: {dialogue.agenda or DOTS}",
                f"Câu hỏi có thể gửi trước tại {ask_url(dialogue)}.",
            ),
            head=() if one else ("STT", "Kính mời"),
            rows=[] if one else [[str(n), row.whom] for n, row in enumerate(invitations, start=1)],
            widths=() if one else (1, 12),
            signers=_signers(dialogue, "- Như thành phần mời;"),
        )
    )


def announcement_pdf(dialogue: Dialogue) -> bytes:
    """Thông báo of day, place and content, to be read out and hung up in the villages."""
    return paper_pdf(
        Paper(
            unit=dialogue.unit,
            title="Thông báo",
            subtitle=f"Tổ chức đối thoại: {dialogue.title}",
            symbol=dialogue.document or _symbol(dialogue, "TB"),
            on=clock.today(),
            body=(
                f"{dialogue.host.title} đối thoại trực tiếp với Nhân dân.",
                f"Thời gian: {_when(dialogue)}.",
                f"Địa điểm: {dialogue.venue or DOTS}.",
                f"Thành phần: {dialogue.groups or DOTS}.",
                f"Nội dung: {dialogue.agenda or DOTS}",
                f"Gửi câu hỏi trước tại {ask_url(dialogue)}, qua điện thoại hoặc tại nơi tiếp công"
                " dân; không cần ghi tên.",
            ),
            signers=_signers(dialogue, "- Các thôn, tổ dân phố;", "- Đăng tải, niêm yết;"),
        )
    )


def end_words(question: Question) -> str:
    """How a question ended, in Vietnamese whatever the screen speaks."""
    with translation.override("vi"):
        if not question.outcome:
            return "Chưa có kết quả"
        label = str(Question.Outcome(question.outcome).label)
    text = f"{label[:1].upper()}{label[1:]}"
    if question.answer:
        text += f": {question.answer}"
    duty = getattr(question, "duty", None)
    if duty is not None:
        text += f" (hạn {duty.due_on:%d/%m/%Y}, mã {question.matter.code})"  # type: ignore[union-attr]
    elif question.matter is not None:
        text += f" (mã {question.matter.code})"
    return text


def _rows(questions: Sequence[Question]) -> list[list[str]]:
    return [
        [
            str(row.number), row.words, str(row.asked), end_words(row),
            row.answered_by.title if row.answered_by and row.outcome else "–",
        ]
        for row in questions
    ]  # fmt: skip


def questions_pdf(*, dialogue: Dialogue, questions: Sequence[Question]) -> bytes:
    """Danh mục câu hỏi: for the head's hand, what was taken up, what most ask first."""
    ordered = sorted(questions, key=lambda row: (-row.asked, row.number))
    return paper_pdf(
        Paper(
            unit=dialogue.unit,
            title="Danh mục câu hỏi",
            subtitle=dialogue.title,
            on=clock.today(),
            body=(f"Đối thoại {_when(dialogue)}, tại {dialogue.venue or DOTS}.",),
            head=HEAD,
            rows=_rows(ordered),
            widths=WIDTHS,
            wide=True,
        )
    )


def minutes_pdf(*, dialogue: Dialogue, questions: Sequence[Question]) -> bytes:
    """Biên bản: who led it as a position, how many came, each question with its end."""
    deputy = dialogue.chair == Chair.DEPUTY
    chair = f"cấp phó được {dialogue.host.title} phân công" if deputy else dialogue.host.title
    return paper_pdf(
        Paper(
            unit=dialogue.unit,
            title="Biên bản",
            subtitle=f"Đối thoại: {dialogue.title}",
            on=_day(dialogue),
            body=(
                f"Thời gian: {_when(dialogue)}. Địa điểm: {dialogue.venue or DOTS}.",
                f"Chủ trì: {chair}.",
                f"Thành phần: {dialogue.groups or DOTS}. Số người dự:"
                f" {dialogue.present if dialogue.present is not None else DOTS}.",
                dialogue.minutes or DOTS,
                *(("Các câu hỏi, kiến nghị và kết quả:",) if questions else ()),
            ),
            head=HEAD if questions else (),
            rows=_rows(questions),
            widths=WIDTHS if questions else (),
            signers=(Signer("Người ghi biên bản"), Signer("Người chủ trì")),
            wide=True,
        )
    )


def conclusion_pdf(*, dialogue: Dialogue, questions: Sequence[Question]) -> bytes:
    """Thông báo kết luận: sent to the villages and hung up at the seat."""
    decided = dialogue.decided_at or clock.now()
    return paper_pdf(
        Paper(
            unit=dialogue.unit,
            title="Thông báo",
            subtitle=f"Kết quả đối thoại: {dialogue.title}",
            symbol=dialogue.document if dialogue.conclusion else _symbol(dialogue, "TB"),
            on=timezone.localdate(decided),
            body=(
                f"Cuộc đối thoại được tổ chức vào {_when(dialogue)}, tại {dialogue.venue or DOTS}.",
                dialogue.conclusion or DOTS,
                *(("Kết quả trả lời từng câu hỏi, kiến nghị:",) if questions else ()),
            ),
            head=HEAD if questions else (),
            rows=_rows(questions),
            widths=WIDTHS if questions else (),
            signers=_signers(
                dialogue, "- Các thôn, tổ dân phố;", "- Niêm yết tại trụ sở, đăng tải;"
            ),
            wide=True,
        )
    )


def slips_pdf(*, dialogue: Dialogue, on: dt.date | None = None) -> bytes:
    """Eight slips a page, each with the code by which one asks in the hall."""
    midnight = dt.datetime.combine(on or clock.today(), dt.time(), tzinfo=dt.UTC)
    url = ask_url(dialogue, hall=True)
    slip = {
        "head": dialogue.title[:90],
        "body": "Quét mã để gửi câu hỏi, không cần ghi tên; hoặc viết vào mặt sau và đưa cho thư"
        " ký.",
        "code": f"{settings.PUBLIC_URL}/doi-thoai/{dialogue.code}/hoi/",
        "foot": "Mỗi câu hỏi được trả lời hoặc hẹn ngày; kết quả được công bố.",
    }
    return typeset(
        "slips",
        {
            "title": dialogue.title, "agency": dialogue.unit.name, "alt": ALT, "columns": 2,
            "height": 62, "code": 30, "slips": [slip] * 8,
        },
        codes=[url] * 8,
        moment=int(midnight.timestamp()),
    )  # fmt: skip
