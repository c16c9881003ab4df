"""The settlement decision on paper: Decree 30/2020/NĐ-CP, contents of Điều 31, 40, 54, 56."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from dongthuan.core import clock
from dongthuan.core.matters.models import Audience, Entry, Matter, Paper
from dongthuan.core.papers.models import Attachment, DocumentType
from dongthuan.core.papers.printing import DocumentData, Paragraph
from dongthuan.core.papers.services import document_issue
from dongthuan.core.people.models import Account
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.models import Finding, Petition

TOLD = ("report", "dialogue_call", "dialogue_hold", "decide")
SIGNER = "Chủ tịch"


def texts_of(matter: Matter) -> dict[str, dict[str, Any]]:
    """The personal parts and facts of the last entry of each telling step; erased ones are out."""
    acts = [f"complaint.{step}" for step in TOLD]
    found: dict[str, dict[str, Any]] = {}
    entries = Entry.objects.filter(matter=matter, act__in=acts)
    for entry in entries.select_related("payload").order_by("id"):
        payload = getattr(entry, "payload", None)
        found[entry.act.partition(".")[2]] = {**entry.facts, **(payload.body if payload else {})}
    return found


MEASURE_WORDS = {
    "keep": "Giữ nguyên quyết định hành chính, hành vi hành chính bị khiếu nại.",
    "amend": "Sửa đổi, bổ sung quyết định hành chính bị khiếu nại.",
    "annul_part": "Hủy bỏ một phần quyết định hành chính bị khiếu nại.",
    "annul": "Hủy bỏ toàn bộ quyết định hành chính bị khiếu nại.",
    "end": "Chấm dứt hành vi hành chính bị khiếu nại.",
}
FINDING_WORDS = {
    Finding.RIGHT: "khiếu nại đúng",
    Finding.PARTLY: "khiếu nại đúng một phần",
    Finding.WRONG: "khiếu nại sai toàn bộ",
}


def decision_data(*, matter: Petition) -> DocumentData:
    """The settlement decision laid out by Decree 30/2020/NĐ-CP with the contents of Điều 31 (40).

    Before the decision is recorded it is a draft made of the report and the minutes, its number
    left open; afterwards it says what was recorded. Names come from the submission.
    """
    texts = texts_of(matter)
    decided = matter.decided_at is not None
    text = texts.get("decide", {}) if decided else {}
    second = matter.second_instance
    return DocumentData(
        type=DocumentType.DECISION,
        symbol=matter.decision if decided else "…/QĐ-UBND",
        abstract=abstract_of(matter) + ("" if decided else " – DỰ THẢO"),
        issued_on=matter.decided_on or clock.today(),
        superior="",
        agency=matter.unit.name,
        place_name=place_of(matter.unit),
        authority="",
        signer_title=SIGNER,
        signer_name="",
        recipients=recipients_of(second),
        body=_body(matter, texts, text),
    )


def abstract_of(matter: Petition) -> str:
    level = "hai" if matter.second_instance else "đầu"
    return f"Về việc giải quyết khiếu nại lần {level} (vụ việc {matter.code})"


def _body(
    matter: Petition, texts: dict[str, dict[str, Any]], text: dict[str, Any]
) -> list[Paragraph]:
    return [*_grounds(text), *_findings(matter, texts, text), *_articles(matter, text)]


def decision_issue(*, matter: Petition, text: dict[str, Any], signer: str, by: int | None) -> str:
    """Number the decision in the book of the unit, lay it out and put it on the file.

    `text` holds what is being recorded, by the names that the step asks for. Returns the symbol.
    Runs in the transaction of the step: a refused step leaves no number.
    """
    document = document_issue(
        unit=matter.unit,
        type=DocumentType.DECISION,
        abstract=abstract_of(matter),
        body=_body(matter, texts_of(matter), text),
        agency_code="UBND",
        place_name=place_of(matter.unit),
        signer_title=SIGNER,
        signer_name=signer,
        recipients=recipients_of(matter.second_instance),
        issued_on=clock.today(),
        created_by=Account.objects.filter(pk=by or 0).first(),
    )
    Paper.objects.create(
        matter=matter,
        attachment=cast(Attachment, document.pdf),
        document=document,
        title=f"{document.symbol} – {document.abstract}"[:200],
        audience=Audience.PETITIONER,
    )
    return str(document.symbol)


def place_of(unit: Unit) -> str:
    return unit.parent.short_name if unit.parent else unit.short_name


def recipients_of(second: bool) -> list[str]:
    """Điều 32 (first), khoản 1 Điều 41 (second)."""
    if second:
        return ["Người khiếu nại", "Người bị khiếu nại", "Người giải quyết khiếu nại lần đầu",
                "Người có quyền, nghĩa vụ liên quan"]  # fmt: skip
    return ["Người khiếu nại", "Thủ trưởng cấp trên trực tiếp",
            "Người có quyền, nghĩa vụ liên quan", "Cơ quan thanh tra cùng cấp"]  # fmt: skip


def _grounds(text: dict[str, Any]) -> Iterator[Paragraph]:
    lines = (text.get("legal_basis") or "Luật Khiếu nại ngày 11 tháng 11 năm 2011").splitlines()
    for line in lines:
        if line.strip():
            yield {"style": "basis", "label": "", "text": f"Căn cứ {line.strip()};"}


def _findings(
    matter: Petition, texts: dict[str, dict[str, Any]], text: dict[str, Any]
) -> Iterator[Paragraph]:
    """Who complains of whom, what; the first result; verification; dialogue (a–đ of Điều 31.2)."""
    row, report, minutes = (
        matter.complaint_row, texts.get("report", {}), texts.get("dialogue_hold", {})
    )  # fmt: skip
    letter = matter.submissions.select_related("citizen").order_by("id").first()
    citizen = letter.citizen if letter else None
    name = " – ".join(p for p in (citizen.name, citizen.address) if p) if citizen else "…"
    talk = "\n".join(t for t in (minutes.get("agreed"), minutes.get("differing")) if t)
    parts = (
        ("Người khiếu nại:", name),
        ("Người bị khiếu nại:", row.respondent or "…"),
        ("Nội dung khiếu nại:", text.get("content") or report.get("content") or "…"),
        ("Kết quả giải quyết lần đầu:", text.get("first_result") or ""),
        ("Kết quả xác minh:", text.get("verification") or report.get("result") or "…"),
        ("Kết quả đối thoại:", text.get("dialogue_result") or talk),
    )
    yield {"style": "heading", "label": "", "text": "NỘI DUNG VỤ VIỆC"}
    for label, said in parts:
        for line in filter(str.strip, said.splitlines()):
            yield {"style": "text", "label": label, "text": line.strip()}
            label = ""


def _articles(matter: Petition, text: dict[str, Any]) -> Iterator[Paragraph]:
    """Conclusion, what becomes of the decision, compensation, rights (e–k of Điều 31.2)."""
    yield {"style": "heading", "label": "", "text": "QUYẾT ĐỊNH"}
    conclusion = FINDING_WORDS.get(Finding(matter.finding)) if matter.finding else "…"
    measure = MEASURE_WORDS.get(text.get("measure", ""), "…")
    articles = [f"Kết luận: {conclusion}. {measure}", text.get("answer") or matter.answer or "…"]
    if money := text.get("compensation"):
        articles.append(f"Bồi thường thiệt hại: {int(money):,} đồng.".replace(",", "."))
    articles.append(_rights(matter))
    for number, said in enumerate(articles, start=1):
        label = f"Điều {number}."
        for line in filter(str.strip, said.splitlines()):
            yield {"style": "text", "label": label, "text": line.strip()}
            label = ""


def _rights(matter: Petition) -> str:
    court = "khởi kiện vụ án hành chính tại Tòa án theo quy định của Luật Tố tụng hành chính"
    if matter.second_instance and not matter.suable:
        return "Đây là quyết định giải quyết khiếu nại lần hai."
    if matter.second_instance:
        return f"Nếu không đồng ý với quyết định này, người khiếu nại có quyền {court}."
    term = "30 ngày" if matter.suable else "10 ngày"
    if not matter.is_discipline and "remote" in matter.conditions:
        term = "45 ngày"
    return (
        f"Nếu không đồng ý với quyết định này, trong thời hạn {term} kể từ ngày nhận được, người"
        " khiếu nại có quyền khiếu nại lần hai" + (f" hoặc {court}." if matter.suable else ".")
    )
