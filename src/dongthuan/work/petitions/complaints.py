"""Complaints seen from outside their steps: what a page shows, what is told when a term passes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.messages import petitioners_tell
from dongthuan.core.matters.models import Audience, Duty, DutyState, Entry, Matter
from dongthuan.core.outbox.services import message_enqueue
from dongthuan.core.papers.models import DocumentType
from dongthuan.core.papers.printing import DocumentData, Paragraph
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.people.models import Appointment
from dongthuan.core.units.models import Role, Unit, in_force
from dongthuan.work.petitions.complaint_execution import overdue_facts, superior_of
from dongthuan.work.petitions.complaint_models import SETTLE, Complaint, Recovery, Representative
from dongthuan.work.petitions.models import Finding, Petition

TOLD = ("report", "dialogue_call", "dialogue_hold", "decide")


@dataclass
class Sums:
    """What one beneficiary is owed and has got: đồng and m²."""

    to: str
    money: int = 0
    money_done: int = 0
    land: Any = 0
    land_done: Any = 0
    waived: int = 0


@dataclass
class ComplaintView:
    """The facts of a complaint for a page; texts only for those who read the inner file."""

    row: Complaint
    representatives: list[Representative] = field(default_factory=list)
    recoveries: list[Recovery] = field(default_factory=list)
    sums: list[Sums] = field(default_factory=list)
    texts: dict[str, dict[str, Any]] = field(default_factory=dict)


def complaint_view(*, matter: Petition, inner: bool) -> ComplaintView:
    """Facts, representatives, recoveries with their sums, and the last report, minutes, decision.

    The caller has already found the matter visible; `inner` says whether the actor reads what
    officials read. Four queries, whatever the number of rows.
    """
    recoveries = list(matter.recoveries.all())
    return ComplaintView(
        row=matter.complaint_row,
        representatives=list(matter.representatives.all()),
        recoveries=recoveries,
        sums=list(_sums(recoveries)),
        texts=texts_of(matter) if inner else {},
    )


def _sums(recoveries: list[Recovery]) -> Iterator[Sums]:
    for to, label in Recovery.To.choices:
        rows = [row for row in recoveries if row.to == to]
        if rows:
            yield Sums(
                str(label),
                sum(row.money for row in rows), sum(row.money_done for row in rows),
                sum(row.land for row in rows), sum(row.land_done for row in rows),
                sum(bool(row.waived) for row in rows),
            )  # fmt: skip


def texts_of(matter: Matter) -> dict[str, dict[str, Any]]:
    """The personal parts and facts of the last entry of each telling step; erased ones are out."""
    acts = [f"complaint.{step}" for step in TOLD]
    found: dict[str, dict[str, Any]] = {}
    entries = Entry.objects.filter(matter=matter, act__in=acts, id__gt=matter.unsealed_after)
    for entry in entries.select_related("payload").order_by("id"):
        payload = getattr(entry, "payload", None)
        found[entry.act.partition(".")[2]] = {**entry.facts, **(payload.body if payload else {})}
    return found


# -- a term has passed ----------------------------------------------------------------------------


def complaints_overdue_tell() -> int:
    """Tell the complainant that the way up is open, and the superior that a term was missed.

    For each first complaint whose settlement is overdue and of which nothing was told yet (khoản 1
    Điều 33, Điều 7 Luật Khiếu nại 2011). One Entry each. Returns how many.
    """
    late = Duty.objects.filter(
        rule__in=SETTLE, state=DutyState.OPEN, due_on__lt=clock.today(), matter__kind="complaint",
        matter__state="accepted", matter__petition__instance=1,
    ).exclude(matter__petition__complaint__overdue_told_on__isnull=False)  # fmt: skip
    told = 0
    for duty_id in late.order_by("id").values_list("pk", flat=True)[:1000]:
        told += _overdue_tell(duty_id)
    return told


@transaction.atomic
def _overdue_tell(duty_id: int) -> int:
    duty = Duty.objects.get(pk=duty_id)
    Matter.objects.select_for_update().get(pk=duty.matter_id)
    matter = Petition.objects.select_related("unit").get(pk=duty.matter_id)
    duty.refresh_from_db()
    row = matter.complaint_row
    if duty.state != DutyState.OPEN or row.overdue_told_on:
        return 0  # somebody was first
    row.overdue_told_on = clock.today()
    row.save()
    now = clock.now()
    entry_id = entry_append(
        matter=matter, act="complaint.overdue", acting=SYSTEM, audience=Audience.PETITIONER,
        before=matter.state, after=matter.state, facts=overdue_facts(matter, duty, now), at=now,
    )  # fmt: skip
    petitioners_tell(
        matter=matter,
        sentence=gettext_lazy(
            "%(code)s was not decided in time. You may complain to the higher level or go to court;"
            " the last day is written there."
        ),
        key=f"{matter.code}/{entry_id}",
    )
    _superior_tell(matter, entry_id)
    return 1


def _superior_tell(matter: Petition, entry_id: int) -> None:
    """The code and the unit, to the heads of the office above; nothing of the content."""
    superior = superior_of(matter.path, clock.today())
    if superior is None:
        return
    today = clock.today()
    heads = Appointment.objects.filter(
        in_force(today), in_force(today, "position__"), position__unit=superior,
        position__role=Role.HEAD, account__is_active=True,
    ).select_related("account")  # fmt: skip
    with translation.override(settings.LANGUAGE_CODE):
        for held in heads.order_by("id"):
            message_enqueue(
                channel="email",
                recipient=held.account.email,
                subject=_("%(code)s is overdue") % {"code": matter.code},
                body=_("%(unit)s has not settled the first complaint %(code)s in time.")
                % {"unit": matter.unit.name, "code": matter.code}
                + "\n",
                key=f"{matter.code}/{entry_id}/superior/{held.account_id}",
                about=matter.code,
            )


# -- the decision on paper ------------------------------------------------------------------------

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
    who = "Chủ tịch " + matter.unit.name[:1] + matter.unit.name[1:]
    return DocumentData(
        type=DocumentType.DECISION,
        symbol=matter.decision if decided else "…/QĐ-UBND",
        abstract=f"Về việc giải quyết khiếu nại lần {'hai' if second else 'đầu'} (vụ việc"
        f" {matter.code})" + ("" if decided else " – DỰ THẢO"),
        issued_on=matter.decided_on or clock.today(),
        superior="",
        agency=matter.unit.name,
        place_name=_place(matter.unit),
        authority="",
        signer_title=who,
        signer_name="",
        recipients=_recipients(second),
        body=[*_grounds(text), *_findings(matter, texts, text), *_articles(matter, text)],
    )


def _place(unit: Unit) -> str:
    return unit.parent.short_name if unit.parent else unit.short_name


def _recipients(second: bool) -> list[str]:
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
    if matter.second_instance:
        return f"Nếu không đồng ý với quyết định này, người khiếu nại có quyền {court}."
    term = "10 ngày" if matter.subject == "discipline" else "30 ngày"
    if not matter.is_discipline and "remote" in matter.conditions:
        term = "45 ngày"
    if matter.subject == "discipline":
        court = ""
    return (
        f"Nếu không đồng ý với quyết định này, trong thời hạn {term} kể từ ngày nhận được, người"
        " khiếu nại có quyền khiếu nại lần hai" + (f" hoặc {court}." if court else ".")
    )
