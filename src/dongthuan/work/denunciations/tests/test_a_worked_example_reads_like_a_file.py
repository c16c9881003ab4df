"""One denunciation from receipt to closing, with every date explained: a text for a jurist.

The golden file `a_worked_example.vi.md` is what the system says of it, in Vietnamese. It changes
only when the law, its data or the steps change on purpose.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.utils import timezone, translation

from dongthuan.core import clock
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.models import Duty, Entry, Matter
from dongthuan.core.matters.selectors import rule_name
from dongthuan.work.denunciations.tests.paths import take

GOLDEN = Path(__file__).with_name("a_worked_example.vi.md")

# (day in 2026, step, answers)
STORY: tuple[tuple[int, int, str, dict[str, Any]], ...] = (
    (7, 6, "register", {"accounts": "handler@vidu.vn"}),
    (7, 8, "examine", {"multi_place": True}),
    (7, 10, "accept", {"document": "41/QĐ-UBND"}),
    (7, 14, "notify", {"sent_on": dt.date(2026, 7, 14)}),
    (7, 15, "protect_ask", {"types": ["position"], "asked_on": dt.date(2026, 7, 15)}),
    (7, 16, "protect_decide", {
        "type": "position", "measures": ["57.1a"], "document": "43/QĐ-UBND",
        "started_on": dt.date(2026, 7, 16),
    }),
    (7, 17, "verify", {
        "mode": "team", "members": 3, "document": "44/QĐ-UBND", "until": dt.date(2026, 8, 5),
    }),
    (7, 20, "tell_forwarder", {"document": "90/UBND", "sent_on": dt.date(2026, 7, 20)}),
    (7, 22, "hear", {"who": "denouncer", "held_on": dt.date(2026, 7, 22)}),
    (7, 24, "hear", {"who": "denounced", "held_on": dt.date(2026, 7, 24)}),
    (8, 3, "suspend", {"ground": "expertise", "document": "50/QĐ-UBND"}),
    (8, 6, "suspend_notice", {"sent_on": dt.date(2026, 8, 6)}),
    (8, 13, "resume", {"document": "55/QĐ-UBND"}),
    (8, 17, "extend", {
        "criteria": ["places", "contradiction"], "days": 30, "document": "57/QĐ-UBND",
    }),
    (9, 3, "report", {"document": "12/BC-TXM", "proposal": "partly"}),
    (9, 8, "conclude", {"document": "03/KL-UBND", "finding": "partly"}),
    (9, 11, "send", {"sent_on": dt.date(2026, 9, 11)}),
    (9, 14, "handle", {"measures": ["own", "recommended"], "document": "66/QĐ-UBND"}),
    (9, 15, "draft", {}),
    (9, 16, "publish", {
        "forms": ["posted", "portal"], "posted_on": dt.date(2026, 9, 16),
        "where": "Trụ sở Ủy ban nhân dân phường và trang thông tin điện tử",
    }),
    (9, 21, "result", {"resulted": dt.date(2026, 9, 18)}),
    (9, 23, "result_notice", {"document": "88/TB", "came_on": dt.date(2026, 9, 23)}),
    (9, 24, "figures", {"sort": "due", "state_money": 120, "discipline": 2}),
    (10, 2, "unpost", {"down_on": dt.date(2026, 10, 2), "evidence": "Biên bản 7/BB"}),
    (10, 5, "close", {}),
)  # fmt: skip
# The story tells itself; the labels of the pages may be worded anew without changing it.
SAID = {
    "received": "Tiếp nhận đơn tố cáo", "register": "Vào sổ, ghi người bị tố cáo",
    "examine": "Kiểm tra người tố cáo và điều kiện thụ lý", "accept": "Thụ lý tố cáo",
    "notify": "Thông báo việc thụ lý", "protect_ask": "Ghi nhận đề nghị bảo vệ",
    "protect_decide": "Quyết định áp dụng biện pháp bảo vệ", "verify": "Giao xác minh, lập Tổ",
    "tell_forwarder": "Thông báo cho cơ quan báo chí", "hear": "Làm việc với người tố cáo",
    "hear denounced": "Làm việc với người bị tố cáo, nghe giải trình",
    "suspend": "Tạm đình chỉ giải quyết", "suspend_notice": "Gửi quyết định tạm đình chỉ",
    "resume": "Tiếp tục giải quyết", "extend": "Gia hạn giải quyết",
    "report": "Báo cáo kết quả xác minh", "conclude": "Kết luận nội dung tố cáo",
    "send": "Gửi kết luận", "handle": "Xử lý kết luận", "draft": "Soạn nội dung công khai",
    "publish": "Công khai kết luận", "result": "Có kết quả xử lý kiến nghị",
    "result_notice": "Nhận thông báo kết quả xử lý", "figures": "Ghi số liệu biểu 04/GQTC",
    "unpost": "Kết thúc niêm yết, đăng tải", "close": "Đóng hồ sơ",
}  # fmt: skip


def at(month: int, day: int) -> Any:
    return clock.at(dt.datetime(2026, month, day, 2, tzinfo=dt.UTC))


def lived(people: Any, denounce: Any) -> Matter:
    with at(7, 3):
        matter: Matter = denounce(forwarded_by="Báo Quảng Ngãi").matter
    for month, day, name, given in STORY:
        with at(month, day):
            matter = take(people, matter, name, **given)
    return matter


def told(matter: Matter) -> str:
    """The file in words: what was done under which article, what was owed and why until then."""
    kind = kind_of("denunciation")
    lines = ["# Một vụ tố cáo từ khi nhận đến khi đóng hồ sơ", "", "## Các bước", ""]
    for entry in Entry.objects.filter(matter=matter, act__startswith="denunciation.").order_by(
        "id"
    ):
        step = kind.step(entry.act.partition(".")[2])
        day = f"{timezone.localdate(entry.at):%d/%m/%Y}"
        act = entry.act.partition(".")[2]
        what = SAID.get(f"{act} {entry.facts.get('who')}", SAID[act])
        lines.append(f"* {day}: {what}" + (f" ({step.basis})" if step else "") + ".")
    lines += ["", "## Các thời hạn", ""]
    for duty in Duty.objects.filter(matter=matter).order_by("anchor_at", "id"):
        done = f"{timezone.localdate(duty.closed_at):%d/%m/%Y}" if duty.closed_at else "chưa"
        due = "Phải giữ ít nhất đến hết ngày" if duty.rule == "tc.post_min" else "Hạn"
        lines += [
            f"### {rule_name(duty.rule)}",
            "",
            f"{due} {duty.due_on:%d/%m/%Y}; xong {done}: {duty.get_state_display()}.",
            "",
            *(f"* {step['text_vi']}" for step in duty.steps),
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def test_the_worked_example_is_told_day_by_day(people: Any, denounce: Any) -> None:
    matter = lived(people, denounce)
    assert matter.state == "closed"
    with translation.override("vi"):
        assert told(matter) == GOLDEN.read_text(encoding="utf-8")
