"""The quarter's register (khoản 2 Điều 13): it builds itself from what was disclosed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone, translation

from dongthuan.core.papers.paper import SEAL, Paper, Signer, paper_pdf
from dongthuan.core.units.models import Unit
from dongthuan.work.disclosure import rules
from dongthuan.work.disclosure.contents import vn_day
from dongthuan.work.disclosure.models import Disclosure, Posting

WIDTHS = (3, 5, 3, 3, 3, 4)


def register_rows(register: Disclosure) -> list[dict[str, Any]]:
    """The lines of the register of its quarter, at the moment of its publication."""
    quarter = int(register.period[1:])
    return rows_of(register.unit, *rules.quarter_days(register.year or 0, quarter))


def rows_of(unit: Unit, since: dt.date, until: dt.date) -> list[dict[str, Any]]:
    """What a unit disclosed from a day to a day, both included, with forms and times.

    Shape: the columns of the content type “register”. In Vietnamese whatever the screen speaks: it
    is a paper of the record. Two queries.
    """
    found = list(
        Disclosure.objects.filter(unit=unit, published_at__isnull=False)
        .exclude(item=rules.REGISTER)
        .filter(
            Q(published_at__date__range=(since, until))
            | Q(postings__started_on__range=(since, until))
        )
        .distinct()
        .order_by("published_at", "id")
        .only("id", "item", "title", "symbol", "published_at", "state", "code")
    )
    hung: dict[int, list[Posting]] = {}
    for posting in Posting.objects.filter(disclosure__in=found, started_on__lte=until).order_by(
        "channel", "started_on", "id"
    ):
        hung.setdefault(posting.disclosure_id, []).append(posting)
    with translation.override("vi"):
        return [_row(row, hung.get(row.pk, []), until) for row in found]


def _row(row: Disclosure, hung: list[Posting], until: dt.date) -> dict[str, Any]:
    names = {form.code: form.label for form in rules.channels(until)}
    forms: dict[str, int] = {}
    for posting in hung:
        forms[posting.channel] = forms.get(posting.channel, 0) + 1
    assert row.published_at is not None
    first = min((p.started_on for p in hung), default=timezone.localdate(row.published_at))
    ends = [p.ended_on for p in hung]
    last = max((end for end in ends if end), default=None) if ends and all(ends) else None
    return {
        "item": f"{row.item}. {rules.item_label(row.item, until)}",
        "title": row.title,
        "symbol": row.symbol,
        "published": timezone.localdate(row.published_at).isoformat(),
        "forms": "; ".join(
            f"{names.get(code, code)}{f' ({count} nơi)' if count > 1 else ''}"
            for code, count in sorted(forms.items())
        ),
        "times": f"từ {first:%d/%m/%Y} " + (f"đến {last:%d/%m/%Y}" if last else "đến nay"),
    }


def shown_rows(rows: list[dict[str, Any]]) -> list[list[str]]:
    """The lines as papers and pages show them: days as documents write them, 23/11/2026."""
    return [
        [vn_day(cell) if name == "published" else str(cell) for name, cell in row.items()]
        for row in rows
    ]


def register_pdf(unit: Unit, year: int, quarter: int, today: dt.date) -> bytes:
    """The register as PDF/A for the wall; the same data give the same file."""
    since, until = rules.quarter_days(year, quarter)
    rows = rows_of(unit, since, until)
    head = ["Nội dung (Điều 11)", "Tin đã công khai", "Văn bản", "Ngày công khai", "Hình thức",
            "Thời gian"]  # fmt: skip
    return paper_pdf(
        Paper(
            unit=unit, title="Danh sách nội dung đã công khai", on=today, wide=True,
            subtitle=f"Quý {quarter} năm {year} (khoản 2 Điều 13 Luật số 10/2022/QH15)",
            body=[] if rows else ["Trong quý không có nội dung nào được công khai."],
            head=head if rows else [],
            rows=shown_rows(rows), widths=WIDTHS,
            signers=[Signer("Người lập danh sách"), Signer("Chủ tịch", SEAL)],
        )
    )  # fmt: skip
