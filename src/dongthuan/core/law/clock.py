"""The clock: from an anchor and a rule to a due date that explains itself.

How it counts (Civil Code 2015, Arts 147-148, unless a rule's own law says otherwise):

* Legal days are days in Viet Nam (UTC+7). The day of the anchor is not counted.
* `d`: every day counts; an end on a day off moves to the end of the next working day.
* `wd`: only working days count, swapped days included, so it ends on a working day.
* months and years: the same day so many months on, or the last day of a shorter month. With
  pauses, the term is first turned into the number of days it spans.
* `h`: exact hours from the moment, no rolling; an anchor without an hour is refused.
* Pause: every day d with from_ <= d < to does not count, so the day of resumption counts again
  (Decree 155/2026, Art. 28b.2). Pauses are clipped to the term and merged where they overlap.
  An open pause (`to` None) is computed as if the clock resumed today, and marked open.
* Extension: its term runs on from the nominal end of what came before, then the end is rolled.
* `before` counts back from the event, which is not counted; an end on a day off moves back to the
  last working day, because moving it forward would shorten the notice the law protects.
* `min_duration` gives the last day that must be kept, `span` the last day of a term of office;
  neither is an act to be done on a working day, so neither moves.
* `anchored` versions apply by the anchor's day; an `immediate` version that has come into force
  since then takes over (transition is per rule, not per case).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from dongthuan.core.calendar import Calendar, Day, load_calendar
from dongthuan.core.law.errors import RuleError
from dongthuan.core.law.loading import load_rulebook
from dongthuan.core.law.rulebook import (
    CONDITIONS,
    EVIDENCE,
    Rule,
    Rulebook,
    RuleVersion,
    none_in_force,
)
from dongthuan.core.law.terms import ZONE, Term, add_months, legal_day, local

# The file of the rules that no law fixes (data/local_practice.toml).
LOCAL = "local_practice"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = timedelta(days=1)
_Date = date  # Step has a field of that name
_LAST = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Pause:
    """A stop of the clock: from_ <= day < to; `to` None is a pause not yet ended."""

    from_: date | datetime
    to: date | datetime | None = None
    reason: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """A lengthening by a term such as '30 d', decided by a document."""

    term: str
    document: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LocalTerm:
    """What a locality has set for a term that no law fixes: who set it, by which document.

    `term`: '3 wd', '24 h', '10 d'. `set_by` is the name of the unit, `valid_from` its first day.
    """

    term: str
    document: str
    set_by: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation, in both languages.

    `code` is one of rule, transition, secondary, unverified, condition_unused, anchor, months,
    count, skip, pause, pause_open, pause_no_effect, extension, roll, calendar_unsigned, due.
    `date` is where the step stands, `until` the last day of a range, `days` the days counted
    (code 'count').
    """

    code: str
    date: date
    text_vi: str
    text_en: str
    until: _Date | None = None
    days: int = 0
    source: str | None = None
    document: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "date": self.date.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "days": self.days,
            "text_vi": self.text_vi,
            "text_en": self.text_en,
            "source": self.source,
            "document": self.document,
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date with all it stands on. `due_at` is set for terms in hours only.

    `nominal_due_on` is the end before rolling; `open` tells of a pause that has not ended;
    `signed_off` is False when a proposed calendar year had a part in it; `verified` is False when
    the rule rests on memory or deduction.
    """

    rule: str
    name_vi: str
    name_en: str
    direction: str
    version_from: date
    basis: str
    basis_en: str
    document: str
    term: str
    term_vi: str
    term_en: str
    conditions: tuple[str, ...]
    anchor: date | datetime
    due_on: date
    due_at: datetime | None
    nominal_due_on: date
    evidence: str
    verified: bool
    signed_off: bool
    open: bool
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values, dates in ISO form; keys are only ever added."""
        return {
            "rule": self.rule,
            "name_vi": self.name_vi,
            "name_en": self.name_en,
            "direction": self.direction,
            "version_from": self.version_from.isoformat(),
            "basis": self.basis,
            "basis_en": self.basis_en,
            "document": self.document,
            "term": self.term,
            "term_vi": self.term_vi,
            "term_en": self.term_en,
            "conditions": list(self.conditions),
            "anchor": self.anchor.isoformat(),
            "due_on": self.due_on.isoformat(),
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "nominal_due_on": self.nominal_due_on.isoformat(),
            "evidence": self.evidence,
            "verified": self.verified,
            "signed_off": self.signed_off,
            "open": self.open,
            "steps": [step.as_json() for step in self.steps],
        }


def deadline(
    *,
    key: str,
    anchor: datetime | date,
    conditions: Iterable[str] = frozenset(),
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    now: datetime | None = None,
    local_term: LocalTerm | None = None,
    rulebook: Rulebook | None = None,
    calendar: Calendar | None = None,
) -> Deadline:
    """When a duty is due, and why.

    `conditions` are facts of the case the rules ask for ('remote', 'complex', …). `now` decides
    open pauses and immediate versions; by default it is the present moment. `local_term` takes the
    place of the term of a rule of local practice, and of no other. Raises RuleError or
    CalendarError, one sentence each, on anything that cannot be answered.
    """
    rulebook = rulebook or load_rulebook()
    calendar = calendar or load_calendar()
    rule = rulebook.rule(key)
    day = legal_day(anchor, name_vi="Mốc tính", name_en="The anchor")
    # Asked first, so that an absurd year is refused as such and not as a rule without a version.
    calendar.is_working_day(day)
    facts = _conditions(conditions)
    today = legal_day(now or datetime.now(ZONE), name_vi="Hiện tại", name_en="Now")
    version, took_over = _version(rule, day, today)
    if local_term:
        version = _localised(rule, version, local_term)
    term = version.term_for(facts)
    stops = _stops(pauses, today)
    added = _extensions(rule, version, facts, term, extensions)
    count = _Count(rule, day, stops, calendar)
    if rule.direction != "after" and (stops or (added and rule.direction != "span")):
        raise RuleError(
            "Thời hạn tính lùi, thời gian tối thiểu và nhiệm kỳ không nhận tạm dừng, gia hạn.",
            "A term counted back, a minimum duration or a term of office takes no such change.",
        )
    _open_steps(count, version, term, facts, took_over)

    due_at: datetime | None = None
    if term.unit == "h":
        due_at = _hours(count, anchor, term, added)
        nominal = due_on = due_at.date()
    elif rule.direction == "before":
        nominal, due_on = _backward(count, term)
    elif rule.direction == "on":
        nominal = due_on = day
    else:
        nominal = due_on = _forward(count, term, added)
        if rule.direction == "after":
            due_on = _rolled(count, nominal)
    signed_off = _close_steps(count, term, nominal, due_on, due_at)
    return Deadline(
        rule=rule.key,
        name_vi=rule.name_vi,
        name_en=rule.name_en,
        direction=rule.direction,
        version_from=version.valid_from,
        basis=version.basis_vi,
        basis_en=version.basis_en,
        document=version.document,
        term=str(term),
        term_vi=term.text_vi,
        term_en=term.text_en,
        conditions=tuple(sorted(facts)),
        anchor=local(anchor) if isinstance(anchor, datetime) else anchor,
        due_on=due_on,
        due_at=due_at,
        nominal_due_on=nominal,
        evidence=version.evidence,
        verified=version.verified,
        signed_off=signed_off,
        open=any(stop.open for stop in stops),
        steps=tuple(count.steps),
    )


@dataclass(frozen=True, slots=True)
class _Stop:
    """A pause in day numbers: first <= day < end."""

    first: int
    end: int
    open: bool
    pause: Pause


class _Count:
    """Counts days from an anchor around the stops, and writes down what it does."""

    def __init__(
        self, rule: Rule, anchor: date, stops: tuple[_Stop, ...], calendar: Calendar
    ) -> None:
        self.rule = rule
        self.anchor = anchor
        self.stops = stops
        self.merged = _merged(stops)
        self.calendar = calendar
        self.steps: list[Step] = []
        self.total = 0

    def say(self, code: str, day: date, vi: str, en: str, **more: Any) -> None:
        self.steps.append(Step(code, day, vi, en, **more))

    def run(self, start: date, term: Term) -> date:
        """The last day of a term counted after `start`, around the stops."""
        amount, working = term.amount, term.unit == "wd"
        if term.in_months:
            amount = self._months(start, term)
        position = start.toordinal()
        for first, end in self.merged:
            if end <= position + 1:
                continue
            last = self._add(position, amount, working)
            if first > last:
                break
            if first > position + 1:
                self.counted(position + 1, first - 1, working)
                amount -= self._between(position, first - 1, working)
            self.paused(max(first, position + 1), end)
            position = end - 1
        last = self._add(position, amount, working)
        self.counted(position + 1, last, working)
        return date.fromordinal(last)

    def is_stopped(self, day: date) -> bool:
        number = day.toordinal()
        return any(first <= number < end for first, end in self.merged)

    def explain_skips(self, first: date, last: date) -> None:
        """A step for each run of days off (or stopped) with one reason."""
        for group in _grouped(self.calendar, first.toordinal(), last.toordinal()):
            if self.is_stopped(group[0].date):
                continue
            self._skip(group)

    def _months(self, start: date, term: Term) -> int:
        end = add_months(start, term.months)
        shorter = end.day != start.day
        self.say(
            "months",
            end,
            f"{_vi(start)} cộng {term.text_vi} là {_vi(end)}"
            + (" (tháng không có ngày tương ứng, lấy ngày cuối tháng)" if shorter else "")
            + f", tức {(end - start).days} ngày.",
            f"{_en(start)} plus {term.text_en} is {_en(end)}"
            + (" (no such day in the month, so its last day)" if shorter else "")
            + f", that is {(end - start).days} days.",
        )
        return (end - start).days

    def _add(self, position: int, amount: int, working: bool) -> int:
        if working:
            start = _date(position)
            return self.calendar.add_working_days(start, amount).toordinal()
        return _date(position + amount).toordinal()

    def _between(self, position: int, last: int, working: bool) -> int:
        if working:
            return self.calendar.working_days_between(_date(position), _date(last))
        return last - position

    def counted(self, first: int, last: int, working: bool) -> None:
        if not working:
            self._count_step(first, last, last - first + 1, "", "", None)
            return
        for group in _grouped(self.calendar, first, last):
            head = group[0]
            if not head.working:
                self._skip(group)
                continue
            vi = f" ({head.reason_vi}; {head.source})" if head.reason_vi else ""
            en = f" ({head.reason_en}; {head.source_en})" if head.reason_en else ""
            numbers = head.date.toordinal(), group[-1].date.toordinal()
            self._count_step(*numbers, len(group), vi, en, head.source)

    def _count_step(
        self, first: int, last: int, days: int, vi: str, en: str, source: str | None
    ) -> None:
        self.total += days
        start, end = _date(first), _date(last)
        self.say(
            "count",
            start,
            f"{_range_vi(start, end)}: tính {days} ngày{vi}, cộng dồn {self.total}.",
            f"{_range_en(start, end)}: {_days_en(days)} counted{en}, {self.total} so far.",
            until=end,
            days=days,
            source=source,
        )

    def _skip(self, group: list[Day]) -> None:
        head, start, end = group[0], group[0].date, group[-1].date
        proposed = not head.signed_off
        self.say(
            "skip",
            start,
            f"{_range_vi(start, end)}: {head.reason_vi}, không tính ({head.source})"
            + ("; lịch dự kiến, chưa ký duyệt." if proposed else "."),
            f"{_range_en(start, end)}: {head.reason_en}, not counted ({head.source_en})"
            + ("; proposed calendar, not signed off." if proposed else "."),
            until=end,
            source=head.source,
        )

    def paused(self, first: int, end: int) -> None:
        for stop in self.stops:
            if stop.first < end and stop.end > first and stop.end > stop.first:
                self._pause_step(stop)

    def _pause_step(self, stop: _Stop) -> None:
        pause, start, resumed = stop.pause, _date(stop.first), _date(stop.end)
        last = resumed - _DAY
        why = "; ".join(part for part in (pause.reason, pause.document) if part)
        why = f" ({why})" if why else ""
        if stop.open:
            vi = f"chưa kết thúc, tính như tiếp tục từ hôm nay {_vi(resumed)}"
            en = f"not ended, computed as if resumed today, {_en(resumed)}"
        else:
            vi, en = f"tiếp tục từ {_vi(resumed)}", f"resumed on {_en(resumed)}"
        self.say(
            "pause_open" if stop.open else "pause",
            start,
            f"{_range_vi(start, last)}: tạm dừng{why}, không tính; {vi}.",
            f"{_range_en(start, last)}: clock stopped{why}, not counted; {en}.",
            until=last,
            document=pause.document or None,
        )


def _forward(count: _Count, term: Term, added: list[tuple[Extension, Term]]) -> date:
    """The nominal end with its extensions."""
    nominal = count.run(count.anchor, term)
    for extension, more in added:
        why = f"{extension.document}" + (f"; {extension.reason}" if extension.reason else "")
        count.say(
            "extension",
            nominal,
            f"Gia hạn thêm {more.text_vi} kể từ {_vi(nominal)} ({why}).",
            f"Extended by {more.text_en} from {_en(nominal)} ({why}).",
            document=extension.document,
        )
        nominal = count.run(nominal, more)
    return nominal


def _rolled(count: _Count, nominal: date) -> date:
    """The nominal end, moved to the end of the next working day if it is a day off."""
    due = nominal
    while not count.calendar.is_working_day(due) or count.is_stopped(due):
        due += _DAY
    if due != nominal:
        count.say(
            "roll",
            due,
            f"Ngày cuối {_vi(nominal)} là ngày nghỉ, hạn dời đến hết ngày làm việc tiếp theo "
            f"{_vi(due)} (khoản 5 Điều 148 Bộ luật Dân sự 2015).",
            f"The last day, {_en(nominal)}, is a day off, so the term ends with the next working "
            f"day, {_en(due)} (Civil Code 2015, Art. 148.5).",
        )
        count.explain_skips(nominal, due - _DAY)
        for first, end in count.merged:
            if nominal.toordinal() < first < due.toordinal():
                count.paused(first, end)
    return due


def _backward(count: _Count, term: Term) -> tuple[date, date]:
    """The last day on which something due before an event can still be done."""
    calendar, event = count.calendar, count.anchor
    eve = event - _DAY
    if term.unit == "wd":
        nominal = calendar.subtract_working_days(event, term.amount)
        count.counted(nominal.toordinal(), eve.toordinal(), True)
    else:
        days = term.amount
        if term.in_months:
            days = (event - add_months(event, -term.months)).days
        nominal = _date(event.toordinal() - days)
        count.counted(nominal.toordinal(), eve.toordinal(), False)
    due = calendar.roll_back(nominal)
    if due != nominal:
        count.say(
            "roll",
            due,
            f"{_vi(nominal)} là ngày nghỉ, lùi về ngày làm việc trước đó {_vi(due)} "
            "để không rút ngắn thời gian báo trước.",
            f"{_en(nominal)} is a day off, moved back to the working day before, {_en(due)}, "
            "so that the notice is not shortened.",
        )
        count.explain_skips(due + _DAY, nominal)
    return nominal, due


def _hours(
    count: _Count, anchor: date | datetime, term: Term, added: list[tuple[Extension, Term]]
) -> datetime:
    if not isinstance(anchor, datetime):
        raise RuleError(
            "Thời hạn tính bằng giờ cần mốc có giờ, ví dụ 2026-08-28T09:30.",
            "A term in hours needs a moment such as 2026-08-28T09:30.",
        )
    moment = local(anchor)
    if count.rule.direction == "before":
        return moment - timedelta(hours=term.amount)
    hours = term.amount
    for extension, more in added:
        hours += more.amount
        count.say(
            "extension",
            count.anchor,
            f"Gia hạn thêm {more.text_vi} ({extension.document}).",
            f"Extended by {more.text_en} ({extension.document}).",
            document=extension.document,
        )
    end = moment + timedelta(hours=hours)
    for first, stop in count.merged:
        start, resumed = _midnight(first), _midnight(stop)
        if resumed > moment and start < end:
            end += resumed - max(start, moment)
            count.paused(first, stop)
    return end


def _localised(rule: Rule, version: RuleVersion, local_term: LocalTerm) -> RuleVersion:
    """The version with the locality's own term; what a law fixes, no locality changes."""
    if rule.law != LOCAL:
        raise RuleError(
            f"Thời hạn của '{rule.key}' do pháp luật quy định, địa phương không đặt khác được.",
            f"The term of '{rule.key}' is set by law; no locality sets another.",
        )
    return replace(
        version,
        valid_from=local_term.valid_from,
        term=Term.parse(local_term.term),
        when=(),
        basis_vi=f"Mức phục vụ do {local_term.set_by} đặt ({local_term.document})",
        basis_en=f"Service level set by {local_term.set_by} ({local_term.document})",
        document=local_term.document,
        evidence="P",
    )


def _version(rule: Rule, day: date, today: date) -> tuple[RuleVersion, bool]:
    """The version that governs, and whether an immediate one took over from the anchor's."""
    chosen, took_over = None, False
    for version in rule.versions:
        if version.in_force(day):
            chosen = version
        elif day < version.valid_from <= today and version.transition == "immediate":
            chosen, took_over = version, True
    if chosen is None:
        raise none_in_force(rule, day)
    return chosen, took_over


def _conditions(conditions: Iterable[str]) -> frozenset[str]:
    if not isinstance(conditions, Iterable):
        raise RuleError(
            "Điều kiện phải là một danh sách.", "The conditions must be a list of words."
        )
    given = [conditions] if isinstance(conditions, str) else list(conditions)
    unknown = [str(fact) for fact in given if not isinstance(fact, str) or fact not in CONDITIONS]
    if unknown:
        known = ", ".join(sorted(CONDITIONS))
        raise RuleError(
            f"Không có điều kiện '{unknown[0]}'; các điều kiện là: {known}.",
            f"There is no condition '{unknown[0]}'; the conditions are: {known}.",
        )
    return frozenset(given)


def _stops(pauses: Sequence[Pause], today: date) -> tuple[_Stop, ...]:
    stops = []
    for pause in pauses:
        if not isinstance(pause, Pause):
            raise RuleError("Khoảng tạm dừng không hợp lệ.", "That is not a pause.")
        first = legal_day(pause.from_, name_vi="Ngày tạm dừng", name_en="The pause's start")
        if pause.to is None:
            end = max(first, today)
        else:
            end = legal_day(pause.to, name_vi="Ngày tiếp tục", name_en="The pause's end")
        if end < first:
            raise RuleError(
                f"Khoảng tạm dừng kết thúc ({_vi(end)}) trước khi bắt đầu ({_vi(first)}).",
                f"The pause ends ({_en(end)}) before it begins ({_en(first)}).",
            )
        stops.append(_Stop(first.toordinal(), end.toordinal(), pause.to is None, pause))
    return tuple(sorted(stops, key=lambda stop: (stop.first, stop.end)))


def _merged(stops: tuple[_Stop, ...]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for stop in stops:
        if merged and stop.first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop.end))
        elif stop.end > stop.first:
            merged.append((stop.first, stop.end))
    return merged


def _extensions(
    rule: Rule,
    version: RuleVersion,
    facts: frozenset[str],
    term: Term,
    extensions: Sequence[Extension],
) -> list[tuple[Extension, Term]]:
    """The parsed extensions; one that its law does not allow is refused."""
    added = []
    for extension in extensions:
        if not isinstance(extension, Extension):
            raise RuleError("Gia hạn không hợp lệ.", "That is not an extension.")
        more = Term.parse(extension.term)
        if not isinstance(extension.document, str) or not extension.document.strip():
            raise RuleError(
                "Gia hạn phải có văn bản quyết định.", "An extension needs its deciding document."
            )
        if (more.unit == "h") != (term.unit == "h"):
            raise RuleError(
                "Gia hạn bằng giờ chỉ dùng cho thời hạn bằng giờ.",
                "Hours can extend only a term in hours.",
            )
        added.append((extension, more))
    if added and version.extensions:
        _check_allowed(rule, version, facts, [more for _, more in added])
    return added


def _check_allowed(
    rule: Rule, version: RuleVersion, facts: frozenset[str], added: list[Term]
) -> None:
    allowed = version.extension_for(facts)
    if allowed is None:
        grounds = [sorted(e.conditions) for e in version.extensions]
        vi = " / ".join(_named(ground, 0) for ground in grounds)
        needed = " / ".join(" + ".join(ground) for ground in grounds)
        raise RuleError(
            f"'{rule.key}' chỉ được gia hạn khi: {vi} ({version.basis_vi}).",
            f"'{rule.key}' can be extended only under: {needed} ({version.basis_en}).",
        )
    too_long = any(
        more.unit != allowed.term.unit or more.amount > allowed.term.amount for more in added
    )
    if too_long or len(added) > allowed.times:
        raise RuleError(
            f"'{rule.key}' chỉ được gia hạn {allowed.times} lần, mỗi lần không quá "
            f"{allowed.term.text_vi} ({version.basis_vi}).",
            f"'{rule.key}' can be extended at most {allowed.times} times by "
            f"{allowed.term.text_en} each ({version.basis_en}).",
        )


def _open_steps(
    count: _Count, version: RuleVersion, term: Term, facts: frozenset[str], took_over: bool
) -> None:
    rule, day = count.rule, count.anchor
    since = version.valid_from
    met = sorted(facts & version.conditions)
    count.say(
        "rule",
        day,
        f"Quy tắc {rule.key}, {rule.name_vi}: {term.text_vi}"
        + (f" ({_named(met, 0)})" if met else "")
        + f"; {version.basis_vi}; bản áp dụng từ {_vi(since)}.",
        f"Rule {rule.key}, {rule.name_en}: {term.text_en}"
        + (f" ({_named(met, 1)})" if met else "")
        + f"; {version.basis_en}; version in force from {_en(since)}.",
        source=version.document,
    )
    if took_over:
        count.say(
            "transition",
            since,
            f"Quy định mới áp dụng ngay cho vụ việc đang giải quyết từ {_vi(since)}.",
            f"The new provision applies at once to pending cases from {_en(since)}.",
        )
    _warn_evidence(count, version)
    if unused := sorted(facts - version.conditions):
        count.say(
            "condition_unused",
            day,
            f"Điều kiện không làm thay đổi quy tắc này: {_named(unused, 0)}.",
            f"Conditions without effect on this rule: {_named(unused, 1)}.",
        )
    verb = ("tính lùi từ", "counting back from") if rule.direction == "before" else ("từ", "from")
    if rule.direction == "on":
        count.say(
            "anchor",
            day,
            f"Mốc: {rule.anchor_vi} {_vi(day)}.",
            f"Anchor: {rule.anchor_en}, {_en(day)}.",
        )
        return
    count.say(
        "anchor",
        day,
        f"Mốc: {rule.anchor_vi} {_vi(day)}; ngày này không tính."
        if term.unit != "h"
        else f"Mốc: {rule.anchor_vi} {_vi(day)}; {verb[0]} đúng thời điểm này.",
        f"Anchor: {rule.anchor_en}, {_en(day)}; this day is not counted."
        if term.unit != "h"
        else f"Anchor: {rule.anchor_en}, {_en(day)}; {verb[1]} this very moment.",
    )


def _warn_evidence(count: _Count, version: RuleVersion) -> None:
    if version.evidence == "P":
        return
    vi, en = EVIDENCE[version.evidence]
    note_vi = f": {version.note_vi.rstrip('.')}" if version.note_vi else ""
    note_en = f": {version.note_en.rstrip('.')}" if version.note_en else ""
    count.say(
        "secondary" if version.verified else "unverified",
        count.anchor,
        f"Căn cứ {vi}{note_vi}.",
        f"The basis is {en}{note_en}.",
    )


def _close_steps(
    count: _Count, term: Term, nominal: date, due_on: date, due_at: datetime | None
) -> bool:
    """Warnings at the end and the result; whether every calendar year used is signed off."""
    written = {step.date for step in count.steps if step.code.startswith("pause")}
    for stop in count.stops:
        start = _date(stop.first)
        if start not in written:
            count.say(
                "pause_no_effect",
                start,
                f"Khoảng tạm dừng từ {_vi(start)} nằm ngoài thời hạn, không ảnh hưởng.",
                f"The pause from {_en(start)} lies outside the term and has no effect.",
                document=stop.pause.document or None,
            )
    first = count.anchor if term.unit == "wd" else nominal
    years = range(min(first, due_on).year, max(nominal, due_on).year + 1)
    by_calendar = term.unit == "wd" or (not due_at and count.rule.direction in ("after", "before"))
    unsigned = [y for y in years if by_calendar and not count.calendar.is_signed_off(y)]
    if unsigned:
        names = ", ".join(map(str, unsigned))
        count.say(
            "calendar_unsigned",
            due_on,
            f"Lịch năm {names}: lịch dự kiến, chưa ký duyệt; hạn có thể thay đổi.",
            f"Calendar of {names}: proposed, not signed off; the date may change.",
        )
    _due_step(count, due_on, due_at)
    return not unsigned


def _due_step(count: _Count, due_on: date, due_at: datetime | None) -> None:
    moment = f"{due_at:%H:%M} ngày " if due_at else "hết ngày "
    moment_en = f"{due_at:%H:%M} on " if due_at else "the end of "
    vi, en = {
        "after": ("Hạn cuối", "Due by"),
        "before": ("Chậm nhất", "At the latest"),
        "min_duration": ("Phải giữ ít nhất đến", "To be kept at least until"),
        "span": ("Kết thúc", "Ends at"),
        "on": ("Hạn cuối", "Due by"),
    }[count.rule.direction]
    if count.rule.direction == "before" and due_at is None:
        moment, moment_en = "ngày ", ""
    count.say("due", due_on, f"{vi}: {moment}{_vi(due_on)}.", f"{en}: {moment_en}{_en(due_on)}.")


def _named(conditions: Iterable[str], language: int) -> str:
    return "; ".join(CONDITIONS[condition][language] for condition in conditions)


def _grouped(calendar: Calendar, first: int, last: int) -> Iterator[list[Day]]:
    """Runs of days that are alike: worked or not, with the same reason and source."""
    days = (calendar.day(_date(number)) for number in range(first, last + 1))
    for _, group in groupby(days, key=lambda d: (d.working, d.reason_vi, d.source, d.signed_off)):
        yield list(group)


def _date(number: int) -> date:
    if not 1 <= number <= _LAST:
        raise RuleError("Thời hạn vượt quá lịch.", "The term runs beyond the calendar.")
    return date.fromordinal(number)


def _midnight(number: int) -> datetime:
    day = _date(number)
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


def _vi(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def _en(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _range_vi(first: date, last: date) -> str:
    return _vi(first) if first == last else f"{_vi(first)} – {_vi(last)}"


def _range_en(first: date, last: date) -> str:
    return _en(first) if first == last else f"{_en(first)} – {_en(last)}"


def _days_en(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
