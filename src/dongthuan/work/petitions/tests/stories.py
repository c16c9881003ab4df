"""A worked example: the real services on a frozen clock, told in Vietnamese for a jurist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from dongthuan.core import clock
from dongthuan.core.law import Deadline, Pause, deadline, load_rulebook
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.core.matters.selectors import matter_get
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import SYSTEM
from dongthuan.work.petitions.complaint_effects import limit_rule
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.tests.paths import answers

OUTCOMES = {
    "open": "đang chạy",
    "paused": "đang tạm dừng",
    "fulfilled": "thực hiện đúng hạn",
    "late": "thực hiện quá hạn",
    "waived": "không còn phải thực hiện",
    "transferred": "đã chuyển",
}
EVIDENCE = {
    "P": "đã đối chiếu văn bản",
    "S": "theo nguồn thứ cấp",
    "Mh": "chưa đối chiếu văn bản",
    "Mm": "chưa đối chiếu văn bản",
    "Ml": "chưa đối chiếu văn bản",
    "D": "suy ra hoặc quy ước của hệ thống",
}


def vn(day: dt.date | dt.datetime | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "…"


def moment(day: str, hour: int = 9) -> dt.datetime:
    """That hour in Viet Nam of a day in ISO form."""
    return dt.datetime.fromisoformat(f"{day}T{hour:02d}:00:00+07:00")


class Story:
    """One complaint on its way; each act is done by a service and written down."""

    def __init__(self, people: Any, submit: Any, title: str, about: str) -> None:
        self.people, self.submit = people, submit
        self.title, self.about = title, about
        self.lines: list[str] = []
        self.matters: list[int] = []
        self.actor = people.head

    @property
    def matter(self) -> Petition:
        return Petition.objects.get(pk=self.matters[-1])

    def receive(self, day: str, /, **examine: Any) -> None:
        """Received, registered, classified as a complaint and examined on the same day."""
        with clock.at(moment(day, 8)):
            matter: Matter = self.submit("Khiếu nại quyết định thu hồi đất số 15/QĐ-UBND.").matter
            self.matters.append(matter.pk)
            self._note(day, "Tiếp nhận đơn khiếu nại", "Điều 8 Luật Khiếu nại 2011", "")
        self.act("register", day, "Vào sổ")
        self.act("classify", day, "Phân loại là khiếu nại", kind="complaint",
                 conditions=examine.pop("conditions", []))  # fmt: skip
        self.act("examine", day, "Xem xét điều kiện, thẩm quyền, thời hiệu", **examine)

    def act(self, step_name: str, day: str, said: str, /, **given: Any) -> None:
        """Take a step at ten o'clock of a day."""
        with clock.at(moment(day, 10)):
            found = matter_get(actor=SYSTEM, code=self.matter.code)
            assert found is not None
            step = kind_of(found.kind).step(step_name)
            assert step is not None
            done = matter_act(
                acting=self.actor, matter_id=found.pk, step_name=step_name,
                data=answers(step, found, given),
            )  # fmt: skip
            state = "" if done.state == found.state else done.state
            self._note(day, said, step.basis, state)

    def go_up(self, day: str, said: str, why: str, to: Any) -> None:
        """The second complaint: from here on the story is that of the second matter."""
        self.act("second_level", day, said, why=why, to=to,
                 received_on=dt.date.fromisoformat(day))  # fmt: skip
        second = Petition.objects.get(parent_id=self.matters[-1], instance=2)
        self.matters.append(second.pk)
        self.actor = self.people.province

    def told(self, day: str, said: str, basis: str) -> None:
        """Something that happened without a step of an official."""
        self._note(day, said, basis, "")

    def _note(self, day: str, said: str, basis: str, state: str) -> None:
        shown = STATES.get(state, state)
        self.lines.append(
            f"| {vn(dt.date.fromisoformat(day))} | {said} | {basis or '–'} | {shown} |"
        )

    # -- on paper ---------------------------------------------------------------------------------

    def text(self) -> str:
        parts = [f"# {self.title}", "", self.about, "", "## Diễn biến", ""]
        parts += ["| Ngày | Việc | Căn cứ | Trạng thái mới |", "|---|---|---|---|", *self.lines]
        for pk in self.matters:
            matter = Petition.objects.get(pk=pk)
            level = "lần hai" if matter.second_instance else "lần đầu"
            parts += ["", f"## Thời hạn của vụ việc {matter.code} (giải quyết {level})"]
            parts += self._rights(matter)
            for duty in Duty.objects.filter(matter=matter).order_by("id"):
                parts += self._duty(duty)
        return "\n".join(parts) + "\n"

    def _duty(self, duty: Duty) -> Iterator[str]:
        rule = load_rulebook().rule(duty.rule)
        end = f", ghi nhận ngày {vn(_local(duty.closed_at))}" if duty.closed_at else ""
        yield ""
        yield f"### {rule.name_vi}: hạn {vn(duty.due_on)}"
        yield ""
        yield f"Quy tắc `{duty.rule}`, {duty.basis}; {EVIDENCE.get(duty.evidence, duty.evidence)}."
        yield f"Kết quả: {OUTCOMES[duty.state]}{end}."
        yield ""
        yield from _numbered([step["text_vi"] for step in duty.steps])

    def _rights(self, matter: Petition) -> Iterator[str]:
        """Dates that are no duty of the authority: the time limit, the legal effect."""
        row = matter.complaint_row
        if row.known_on and row.limit_on:
            pauses = []
            if row.obstacle_from and row.obstacle_to:
                pauses = [Pause(row.obstacle_from, row.obstacle_to, "trở ngại khách quan")]
            found = deadline(
                key=limit_rule(matter), anchor=row.known_on, pauses=pauses,
                conditions=frozenset(matter.conditions), now=matter.opened_at,
            )  # fmt: skip
            said = "đã hết thời hiệu" if row.time_barred else "còn trong thời hiệu"
            yield from _right(found, f"{said} (đơn nhận ngày {vn(_local(matter.opened_at))})")
        if matter.decided_on and row.effect_on:
            found = deadline(
                key=matter.effect_rule, anchor=matter.decided_on,
                conditions=frozenset(matter.conditions), now=matter.decided_at,
            )  # fmt: skip
            said = (
                f"có hiệu lực từ ngày {vn(row.in_effect_on)}"
                if row.in_effect_on
                else "chưa có hiệu lực pháp luật"
            )
            if matter.second_lodged:
                said = "không có hiệu lực vì đã khiếu nại lần hai"
            yield from _right(found, said)
        if row.posted_on and matter.decided_at:
            found = deadline(key="kn.post_min", anchor=row.posted_on, now=matter.decided_at)
            yield from _right(found, f"niêm yết đến ngày {vn(row.post_ended_on)}")


STATES = {
    "registered": "đã vào sổ",
    "classified": "đã phân loại",
    "examined": "đã xem xét",
    "accepted": "đã thụ lý",
    "suspended": "tạm đình chỉ",
    "decided": "đã có quyết định",
    "published": "đã công khai",
    "effective": "có hiệu lực pháp luật",
    "executing": "đang thi hành",
    "closed": "đã kết thúc",
    "refused": "không thụ lý",
    "terminating": "đình chỉ, chờ gửi quyết định",
    "terminated": "đã đình chỉ",
}


def _local(at: dt.datetime | None) -> dt.date | None:
    return (at + dt.timedelta(hours=7)).date() if at else None


def _right(found: Deadline, said: str) -> Iterator[str]:
    yield ""
    yield f"### {found.name_vi}: đến hết ngày {vn(found.due_on)}"
    yield ""
    yield f"Quy tắc `{found.rule}`, {found.basis}; {EVIDENCE.get(found.evidence)}."
    yield f"Kết quả: {said}."
    yield ""
    yield from _numbered([step.text_vi for step in found.steps])


def _numbered(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        yield f"{number}. {line}"
