"""The text of a plan or a review as it is signed: its lines, and the digest of them.

What is printed and what is hashed are the same lines, so the PDF proves what the heads signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal

from django.utils import translation

from dongthuan.core.matters.indicators import indicator_of
from dongthuan.work.coordination.models import Clause, CoordinationPlan, TaskLine
from dongthuan.work.coordination.template import content_of, sections


def digest_of(lines: Sequence[str]) -> str:
    """SHA-256, in hexadecimal, of the lines joined by line feeds, in UTF-8."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def plan_title(plan: CoordinationPlan) -> str:
    what = "Phụ lục Kế hoạch phối hợp" if plan.is_amendment else "Kế hoạch phối hợp"
    return f"{what} công tác dân vận năm {plan.year}"


def plan_abstract(plan: CoordinationPlan) -> str:
    """What stands below the word “Kế hoạch”."""
    return f"Phối hợp công tác dân vận năm {plan.year}"


def plan_lines(plan: CoordinationPlan) -> list[str]:
    """The text of a plan, line by line: as it was signed, else as it stands now (four queries)."""
    return plan.signed_text.split("\n") if plan.signed_text else plan_lines_now(plan)


def plan_lines_now(plan: CoordinationPlan) -> list[str]:
    lines = [
        f"Giữa {plan.unit.name} và {plan.office.name}",
        f"Thời gian thực hiện: từ ngày {plan.starts_on:%d/%m/%Y} đến ngày {plan.ends_on:%d/%m/%Y}",
    ]
    if plan.theme:
        lines.append(f"Chủ đề năm: {plan.theme}")
    clauses = list(plan.clauses.filter(removed=False))
    tasks = _task_lines(plan)
    for section in sections():
        own = [clause for clause in clauses if clause.section == section.number]
        lines.append(f"{section.roman}. {section.vi}")
        lines += _clause_lines(own)
        if section.number == 2:
            lines += [f"- {ground.line}" for ground in plan.grounds.order_by("id")]
            if plan.economic_plan:
                lines.append(f"- {plan.economic_plan}")
        if section.number == 4:
            lines += tasks
    return [line for text in lines for line in text.splitlines() if line.strip()]


def _clause_lines(clauses: Sequence[Clause]) -> list[str]:
    lines = []
    for number, clause in enumerate(clauses, start=1):
        content = content_of(clause.content) if clause.content else None
        lead = f"{content.vi}: " if content else ""
        lines.append(f"{number}. {lead}{clause.text}")
    return lines


def _task_lines(plan: CoordinationPlan) -> list[str]:
    rows = plan.lines.filter(removed=False).select_related("lead", "place", "carries")
    return [
        f"Nhiệm vụ {number}: {line_text(row)}"
        for number, row in enumerate(rows.prefetch_related("supports"), start=1)
    ]


def line_text(line: TaskLine) -> str:
    """One task of the list in words: who, with whom, until when, measured how."""
    content = content_of(line.content)
    parts = [f"{line.title} (nội dung {line.content}: {content.vi})" if content else line.title]
    parts.append(f"chủ trì: {line.lead.name}")
    if supports := [unit.name for unit in line.supports.all()]:
        parts.append(f"phối hợp: {', '.join(sorted(supports))}")
    if line.place:
        parts.append(f"địa bàn: {line.place.name}")
    parts.append(f"thời hạn: quý {line.quarter}, ngày {line.due_on:%d/%m/%Y}")
    parts.append(_measured(line))
    if line.carries:
        parts.append(f"tiếp tục nhiệm vụ {line.carries.code}")
    return "; ".join(part for part in parts if part) + "."


def _measured(line: TaskLine) -> str:
    if not line.indicator:
        return ""
    unit = f" {line.measure}" if line.measure else ""
    least = "không quá" if line.better == "down" else "đạt"
    words = f"chỉ tiêu: {line.indicator}"
    if line.baseline is not None:
        words += f", hiện có {plain(line.baseline)}{unit}"
    if line.target is not None:
        words += f", {least} {plain(line.target)}{unit}"
    if line.bound:
        words += f", hệ thống tự đếm ({line.bound})"
    return words


def plain(value: Decimal | float | int | None) -> str:
    """A number as it is written in Vietnamese: '85', '86,5', '1.250.000'."""
    if value is None:
        return "–"
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def indicator_words(key: str) -> str:
    """The name of a counted figure in Vietnamese, as the plan's text has it."""
    found = indicator_of(key)
    with translation.override("vi"):
        return str(found.label) if found else key
