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

Here a question is checked and its version of the rule chosen; `counting` counts, `explaining` says
so in words, and `deadlines` holds the shapes of question and answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from dongthuan.core.calendar import Calendar, load_calendar
from dongthuan.core.law.counting import Count, Stop, backward, close, forward, hours, rolled
from dongthuan.core.law.deadlines import Deadline, Extension, LocalTerm, Pause
from dongthuan.core.law.errors import RuleError
from dongthuan.core.law.explaining import conditions_vi, day_en, day_vi
from dongthuan.core.law.loading import load_rulebook
from dongthuan.core.law.rulebook import CONDITIONS, Rule, Rulebook, RuleVersion, none_in_force
from dongthuan.core.law.terms import ZONE, Term, legal_day, local

# The file of the rules that no law fixes (data/local_practice.toml).
LOCAL = "local_practice"


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
    count = Count(rule, day, stops, calendar)
    if rule.direction != "after" and (stops or (added and rule.direction != "span")):
        raise RuleError(
            "Thời hạn tính lùi, thời gian tối thiểu và nhiệm kỳ không nhận tạm dừng, gia hạn.",
            "A term counted back, a minimum duration or a term of office takes no such change.",
        )
    count.told.begin(version, term, facts, took_over=took_over)

    due_at: datetime | None = None
    if term.unit == "h":
        due_at = hours(count, anchor, term, added)
        nominal = due_on = due_at.date()
    elif rule.direction == "before":
        nominal, due_on = backward(count, term)
    elif rule.direction == "on":
        nominal = due_on = day
    else:
        nominal = due_on = forward(count, term, added)
        if rule.direction == "after":
            due_on = rolled(count, nominal)
    signed_off = close(count, term, nominal, due_on, due_at)
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
        open=any(stop.pause.to is None for stop in stops),
        steps=tuple(count.told.steps),
    )


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


def _stops(pauses: Sequence[Pause], today: date) -> tuple[Stop, ...]:
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
                f"Khoảng tạm dừng kết thúc ({day_vi(end)}) trước khi bắt đầu ({day_vi(first)}).",
                f"The pause ends ({day_en(end)}) before it begins ({day_en(first)}).",
            )
        stops.append(Stop(first.toordinal(), end.toordinal(), pause))
    return tuple(sorted(stops, key=lambda stop: (stop.first, stop.end)))


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
        vi = " / ".join(conditions_vi(ground) for ground in grounds)
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
