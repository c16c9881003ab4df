"""The explanation of a due date: the steps that the clock writes down, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from dongthuan.core.calendar import Day
from dongthuan.core.law.deadlines import Extension, Pause, Step
from dongthuan.core.law.rulebook import CONDITIONS, EVIDENCE, Rule, RuleVersion
from dongthuan.core.law.terms import Term

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = timedelta(days=1)
_PAUSES = ("pause", "pause_open")


def day_vi(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def day_en(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def conditions_vi(conditions: Iterable[str]) -> str:
    return "; ".join(CONDITIONS[condition][0] for condition in conditions)


def conditions_en(conditions: Iterable[str]) -> str:
    return "; ".join(CONDITIONS[condition][1] for condition in conditions)


class Explanation:
    """The steps of one count, in the order in which they were said."""

    def __init__(self, rule: Rule, anchor: date) -> None:
        self.rule = rule
        self.anchor = anchor
        self.steps: list[Step] = []
        self._total = 0

    def _say(self, code: str, day: date, vi: str, en: str, **more: Any) -> None:
        self.steps.append(Step(code, day, vi, en, **more))

    # -- what is counted, and from when ---------------------------------------------------------

    def begin(
        self, version: RuleVersion, term: Term, facts: frozenset[str], *, took_over: bool
    ) -> None:
        """The rule, what its version and evidence are, and the anchor."""
        self._rule(version, term, facts)
        if took_over:
            since = version.valid_from
            self._say(
                "transition",
                since,
                f"Quy định mới áp dụng ngay cho vụ việc đang giải quyết từ {day_vi(since)}.",
                f"The new provision applies at once to pending cases from {day_en(since)}.",
            )
        self._evidence(version)
        if unused := sorted(facts - version.conditions):
            self._say(
                "condition_unused",
                self.anchor,
                f"Điều kiện không làm thay đổi quy tắc này: {conditions_vi(unused)}.",
                f"Conditions without effect on this rule: {conditions_en(unused)}.",
            )
        self._anchor(term)

    def _rule(self, version: RuleVersion, term: Term, facts: frozenset[str]) -> None:
        rule, since = self.rule, version.valid_from
        met = sorted(facts & version.conditions)
        self._say(
            "rule",
            self.anchor,
            f"Quy tắc {rule.key}, {rule.name_vi}: {term.text_vi}"
            + (f" ({conditions_vi(met)})" if met else "")
            + f"; {version.basis_vi}; bản áp dụng từ {day_vi(since)}.",
            f"Rule {rule.key}, {rule.name_en}: {term.text_en}"
            + (f" ({conditions_en(met)})" if met else "")
            + f"; {version.basis_en}; version in force from {day_en(since)}.",
            source=version.document,
        )

    def _evidence(self, version: RuleVersion) -> None:
        if version.evidence == "P":
            return
        vi, en = EVIDENCE[version.evidence]
        note_vi = f": {version.note_vi.rstrip('.')}" if version.note_vi else ""
        note_en = f": {version.note_en.rstrip('.')}" if version.note_en else ""
        self._say(
            "secondary" if version.verified else "unverified",
            self.anchor,
            f"Căn cứ {vi}{note_vi}.",
            f"The basis is {en}{note_en}.",
        )

    def _anchor(self, term: Term) -> None:
        rule, day = self.rule, self.anchor
        vi = f"Mốc: {rule.anchor_vi} {day_vi(day)}"
        en = f"Anchor: {rule.anchor_en}, {day_en(day)}"
        if rule.direction == "on":
            more_vi = more_en = ""
        elif term.unit != "h":
            more_vi, more_en = "; ngày này không tính", "; this day is not counted"
        elif rule.direction == "before":
            more_vi = "; tính lùi từ đúng thời điểm này"
            more_en = "; counting back from this very moment"
        else:
            more_vi, more_en = "; từ đúng thời điểm này", "; from this very moment"
        self._say("anchor", day, f"{vi}{more_vi}.", f"{en}{more_en}.")

    # -- what the count does ---------------------------------------------------------------------

    def months(self, start: date, end: date, term: Term) -> None:
        """A term in months or years, turned into the days it spans."""
        shorter, days = end.day != start.day, (end - start).days
        self._say(
            "months",
            end,
            f"{day_vi(start)} cộng {term.text_vi} là {day_vi(end)}"
            + (" (tháng không có ngày tương ứng, lấy ngày cuối tháng)" if shorter else "")
            + f", tức {days} ngày.",
            f"{day_en(start)} plus {term.text_en} is {day_en(end)}"
            + (" (no such day in the month, so its last day)" if shorter else "")
            + f", that is {days} days.",
        )

    def count(self, first: date, last: date, days: int, alike: Day | None = None) -> None:
        """So many days counted; `alike` is one of them where the calendar has a reason."""
        self._total += days
        vi = f" ({alike.reason_vi}; {alike.source})" if alike and alike.reason_vi else ""
        en = f" ({alike.reason_en}; {alike.source_en})" if alike and alike.reason_en else ""
        self._say(
            "count",
            first,
            f"{_range_vi(first, last)}: tính {days} ngày{vi}, cộng dồn {self._total}.",
            f"{_range_en(first, last)}: {_days_en(days)} counted{en}, {self._total} so far.",
            until=last,
            days=days,
            source=alike.source if alike else None,
        )

    def skip(self, group: list[Day]) -> None:
        """Days off that are alike."""
        head, start, end = group[0], group[0].date, group[-1].date
        proposed = not head.signed_off
        self._say(
            "skip",
            start,
            f"{_range_vi(start, end)}: {head.reason_vi}, không tính ({head.source})"
            + ("; lịch dự kiến, chưa ký duyệt." if proposed else "."),
            f"{_range_en(start, end)}: {head.reason_en}, not counted ({head.source_en})"
            + ("; proposed calendar, not signed off." if proposed else "."),
            until=end,
            source=head.source,
        )

    def pause(self, pause: Pause, start: date, resumed: date) -> None:
        last = resumed - _DAY
        why = "; ".join(part for part in (pause.reason, pause.document) if part)
        why = f" ({why})" if why else ""
        if pause.to is None:
            vi = f"chưa kết thúc, tính như tiếp tục từ hôm nay {day_vi(resumed)}"
            en = f"not ended, computed as if resumed today, {day_en(resumed)}"
        else:
            vi, en = f"tiếp tục từ {day_vi(resumed)}", f"resumed on {day_en(resumed)}"
        self._say(
            "pause_open" if pause.to is None else "pause",
            start,
            f"{_range_vi(start, last)}: tạm dừng{why}, không tính; {vi}.",
            f"{_range_en(start, last)}: clock stopped{why}, not counted; {en}.",
            until=last,
            document=pause.document or None,
        )

    def pause_without_effect(self, pause: Pause, start: date) -> None:
        """Unless a pause of that day was written down already."""
        if any(step.date == start and step.code in _PAUSES for step in self.steps):
            return
        self._say(
            "pause_no_effect",
            start,
            f"Khoảng tạm dừng từ {day_vi(start)} nằm ngoài thời hạn, không ảnh hưởng.",
            f"The pause from {day_en(start)} lies outside the term and has no effect.",
            document=pause.document or None,
        )

    def extend(self, extension: Extension, more: Term, nominal: date) -> None:
        why = f"{extension.document}" + (f"; {extension.reason}" if extension.reason else "")
        self._say(
            "extension",
            nominal,
            f"Gia hạn thêm {more.text_vi} kể từ {day_vi(nominal)} ({why}).",
            f"Extended by {more.text_en} from {day_en(nominal)} ({why}).",
            document=extension.document,
        )

    def extend_hours(self, extension: Extension, more: Term) -> None:
        self._say(
            "extension",
            self.anchor,
            f"Gia hạn thêm {more.text_vi} ({extension.document}).",
            f"Extended by {more.text_en} ({extension.document}).",
            document=extension.document,
        )

    # -- where it ends ---------------------------------------------------------------------------

    def roll(self, nominal: date, due: date) -> None:
        self._say(
            "roll",
            due,
            f"Ngày cuối {day_vi(nominal)} là ngày nghỉ, hạn dời đến hết ngày làm việc tiếp theo "
            f"{day_vi(due)} (khoản 5 Điều 148 Bộ luật Dân sự 2015).",
            f"The last day, {day_en(nominal)}, is a day off, so the term ends with the next "
            f"working day, {day_en(due)} (Civil Code 2015, Art. 148.5).",
        )

    def roll_back(self, nominal: date, due: date) -> None:
        self._say(
            "roll",
            due,
            f"{day_vi(nominal)} là ngày nghỉ, lùi về ngày làm việc trước đó {day_vi(due)} "
            "để không rút ngắn thời gian báo trước.",
            f"{day_en(nominal)} is a day off, moved back to the working day before, "
            f"{day_en(due)}, so that the notice is not shortened.",
        )

    def unsigned(self, years: list[int], due_on: date) -> None:
        names = ", ".join(map(str, years))
        self._say(
            "calendar_unsigned",
            due_on,
            f"Lịch năm {names}: lịch dự kiến, chưa ký duyệt; hạn có thể thay đổi.",
            f"Calendar of {names}: proposed, not signed off; the date may change.",
        )

    def due(self, due_on: date, due_at: datetime | None) -> None:
        moment = f"{due_at:%H:%M} ngày " if due_at else "hết ngày "
        moment_en = f"{due_at:%H:%M} on " if due_at else "the end of "
        vi, en = {
            "after": ("Hạn cuối", "Due by"),
            "before": ("Chậm nhất", "At the latest"),
            "min_duration": ("Phải giữ ít nhất đến", "To be kept at least until"),
            "span": ("Kết thúc", "Ends at"),
            "on": ("Hạn cuối", "Due by"),
        }[self.rule.direction]
        if self.rule.direction == "before" and due_at is None:
            moment, moment_en = "ngày ", ""
        vi = f"{vi}: {moment}{day_vi(due_on)}."
        self._say("due", due_on, vi, f"{en}: {moment_en}{day_en(due_on)}.")


def _range_vi(first: date, last: date) -> str:
    return day_vi(first) if first == last else f"{day_vi(first)} – {day_vi(last)}"


def _range_en(first: date, last: date) -> str:
    return day_en(first) if first == last else f"{day_en(first)} – {day_en(last)}"


def _days_en(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
