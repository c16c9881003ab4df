"""What the steps of a complaint change until its decision; called by the engine.

Sources: Luật Khiếu nại 2011 (sửa đổi bởi Luật 136/2025/QH15); Nghị định 124/2020/NĐ-CP (sửa đổi
bởi Nghị định 155/2026/NĐ-CP); until 9 Dec 2020 Thông tư 07/2013/TT-TTCP.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.calendar import CalendarError
from dongthuan.core.clock import noon
from dongthuan.core.law import Deadline, Pause, RuleError, deadline
from dongthuan.core.matters.duties import duty_close, duty_condition
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Duty, DutyState
from dongthuan.core.text import clean
from dongthuan.work.petitions import effects
from dongthuan.work.petitions.complaint_models import (
    SETTLE,
    UNSETTLED,
    Complaint,
    Representative,
    Subject,
    decree_155,
)
from dongthuan.work.petitions.models import Finding, Petition

ACCEPT = ("kn.accept", "kn.discipline.accept")


def petition_of(context: StepContext) -> Petition:
    return cast(Petition, context.matter)


def row_of(context: StepContext) -> Complaint:
    return petition_of(context).complaint_row


def counted(
    key: str,
    anchor: dt.date,
    conditions: Sequence[str] = (),
    pauses: Sequence[Pause] = (),
    *,
    now: dt.datetime,
) -> Deadline:
    """A date of the clock that is no duty of ours: a right of the complainant, a legal effect."""
    try:
        return deadline(
            key=key, anchor=anchor, conditions=frozenset(conditions), pauses=pauses, now=now
        )
    except (RuleError, CalendarError) as error:
        raise MatterError(error.en if get_language() == "en" else error.vi) from None


def vn(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def _text(data: dict[str, Any], name: str, length: int, before: str = "") -> str:
    return clean(data.get(name) or "")[:length] or before


def _running(context: StepContext, *rules: str) -> list[Duty]:
    return [duty for duty in context.duties if duty.is_running and duty.rule in rules]


def _within_settlement(context: StepContext, day: dt.date, field: str) -> None:
    """A date fixed inside the settlement cannot lie behind the end of its term."""
    for duty in _running(context, *SETTLE):
        if day > max(duty.due_on, clock.today()):
            raise MatterError(
                _("The day lies behind the end of the settlement, %(day)s.")
                % {"day": vn(duty.due_on)},
                field=field,
            )


# -- intake ---------------------------------------------------------------------------------------


def classify(context: StepContext) -> None:
    for duty in _running(context, "kn.discipline.accept"):
        duty_close(duty=duty, now=context.now, state=DutyState.WAIVED,
                   reason=_("classified otherwise"),
                   carried=context.data["kind"] == "complaint")  # fmt: skip
    petition_of(context).subject = ""
    effects.classify(context)


def examine(context: StepContext) -> None:
    """Eligibility, competence, what is complained of, and whether it came in time (Điều 9, 48)."""
    effects.examine(context)
    matter, row, data = petition_of(context), row_of(context), context.data
    matter.subject = data.get("subject") or matter.subject or Subject.DECISION
    kept = set(matter.conditions) - {"dismissal"}
    matter.conditions = sorted(kept | ({"dismissal"} & {matter.subject}))
    row.respondent = _text(data, "respondent", 300, row.respondent)
    row.contested = _text(data, "contested", 300, row.contested)
    row.known_on = data.get("known_on") or row.known_on
    row.obstacle_from = data.get("obstacle_from")
    row.obstacle_to = data.get("obstacle_to")
    _acceptance_rule(context)
    row.limit_on, row.time_barred = None, False
    if matter.admissible:
        _limit(context)
    row.save()


def _acceptance_rule(context: StepContext) -> None:
    """Complaints about discipline are accepted under Điều 50, all others under Điều 27 and 36."""
    matter = petition_of(context)
    wanted = "kn.discipline.accept" if matter.is_discipline else "kn.accept"
    for duty in _running(context, *ACCEPT):
        if duty.rule != wanted:
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED,
                       reason=_("another article applies"), carried=True)  # fmt: skip
            context.opens.append((wanted, "received", duty.anchor_at))


def _limit(context: StepContext) -> None:
    matter, row = petition_of(context), row_of(context)
    if row.known_on is None:
        raise MatterError(
            _("Write the day on which the complainant received or learned of the decision or act."),
            field="known_on",
        )
    received = timezone.localdate(matter.opened_at)
    if row.known_on > received:
        raise MatterError(
            _("The day cannot lie after the receipt of the complaint, %(day)s.")
            % {"day": vn(received)},
            field="known_on",
        )
    found = counted(limit_rule(matter), row.known_on, matter.conditions,
                    _obstacle(row), now=context.now)  # fmt: skip
    row.limit_on, row.time_barred = found.due_on, received > found.due_on
    context.facts |= {
        "limit_on": found.due_on.isoformat(), "limit_basis": found.basis,
        "time_barred": row.time_barred,
    }  # fmt: skip


def limit_rule(matter: Petition) -> str:
    if matter.second_instance:
        return "kn.discipline.second_within" if matter.is_discipline else "kn.second_within"
    return "kn.discipline.time_limit" if matter.is_discipline else "kn.time_limit"


def _obstacle(row: Complaint) -> list[Pause]:
    if row.obstacle_from is None and row.obstacle_to is None:
        return []
    if row.obstacle_from is None or row.obstacle_to is None or row.obstacle_to < row.obstacle_from:
        raise MatterError(
            _("Write both days of the obstacle, the first one first."), field="obstacle_to"
        )
    return [Pause(row.obstacle_from, row.obstacle_to, "trở ngại khách quan")]


def refuse(context: StepContext) -> None:
    if context.data["ground"] == "time_barred" and not row_of(context).time_barred:
        raise MatterError(
            _("The complaint came in time by what was examined; ground 6 does not hold."),
            field="ground",
        )
    effects.outcome(context)


def accept(context: StepContext) -> None:
    """Thụ lý; a complaint that came too late needs the good reason on record (khoản 6 Điều 11)."""
    matter, row = petition_of(context), row_of(context)
    if row.time_barred and not context.data.get("good_reason"):
        raise MatterError(
            _("The time limit ended on %(day)s (Article 11.6): refuse, or write the good reason.")
            % {"day": vn(row.limit_on or clock.today())},
            field="good_reason",
        )
    matter.conditions = sorted(set(matter.conditions) | set(context.data.get("conditions") or []))
    if "complex" in matter.conditions:
        _complexity(context, context.data.get("complex_document"), "complex_document")
        if not context.data.get("complex_reason"):
            raise MatterError(_("Write why the case is complex."), field="complex_reason")
    matter.accepted_at, matter.outcome = context.now, "accept"
    if handler := context.data.get("handler"):
        effects._set_handler(context, handler)
    row.save()


def _complexity(context: StepContext, document: str | None, field: str) -> None:
    """Điều 3a Nghị định 124/2020: one of seven cases, set down in writing and kept on file."""
    row = row_of(context)
    row.criteria = sorted(context.data.get("criteria") or [])
    row.complex_document = clean(document or "")[:80]
    if decree_155(clock.today()) and not row.criteria:
        raise MatterError(
            _("Tick at least one of the seven cases of Article 3a, Decree 124/2020."),
            field="criteria",
        )
    if not row.complex_document:
        raise MatterError(
            _("A complex case needs the number of the decision that says why."), field=field
        )


def extend(context: StepContext) -> None:
    """Once: the law's longer term for complex cases, counted from the same acceptance."""
    matter = petition_of(context)
    _complexity(context, context.data["document"], "document")
    matter.conditions = sorted({*matter.conditions, "complex"})
    for duty in _running(context, *SETTLE):
        effects._still_running(duty, context)
        context.facts["due_before"] = duty.due_on.isoformat()
        duty_condition(duty=duty, now=context.now, conditions=matter.conditions)
        context.facts["due_after"] = duty.due_on.isoformat()
    row_of(context).save()


# -- verification ---------------------------------------------------------------------------------


def recheck(context: StepContext) -> None:
    row_of(context).recheck = context.data["result"]
    row_of(context).save()


def designate(context: StepContext) -> None:
    _within_settlement(context, context.data["until"], "until")
    row = row_of(context)
    row.verifier = _text(context.data, "verifier", 200)
    row.save()


def verify_extend(context: StepContext) -> None:
    """A new day for the report, never behind the settlement (khoản 3 Điều 7 TT 07/2013)."""
    _within_settlement(context, context.data["until"], "until")
    for duty in _running(context, "kn.verify_by"):
        effects._still_running(duty, context)
        context.facts["due_before"] = duty.due_on.isoformat()
        duty_close(duty=duty, now=context.now, state=DutyState.WAIVED,
                   reason=str(context.data["reason"]))  # fmt: skip


def report(context: StepContext) -> None:
    """Báo cáo kết quả xác minh with the contents of khoản 4 Điều 29."""
    row, data = row_of(context), context.data
    if data["period_from"] > data["period_to"]:
        raise MatterError(_("The verification ends before it begins."), field="period_to")
    row.report_on = clock.today()
    row.report_finding = data["finding"]
    # Whoever is not found right in full has not got what was asked: the results differ.
    row.differs = bool(data.get("differs")) or data["finding"] != Finding.RIGHT
    context.facts["differs"] = row.differs
    row.save()


# -- dialogue -------------------------------------------------------------------------------------


def dialogue_call(context: StepContext) -> None:
    row, data = row_of(context), context.data
    row.dialogue_on = data["day"]
    row.dialogue_time = _text(data, "time", 40)
    row.dialogue_place = _text(data, "place", 200)
    row.dialogue_notice_on = None
    if petition_of(context).dialogue_notice_owed:
        before_event(context, "kn.dialogue_notice", data["day"], "day")
    row.save()


def before_event(context: StepContext, rule: str, day: dt.date, field: str) -> None:
    """Refuse a day for which the notice that the law asks would already be too late."""
    last = counted(rule, day, now=context.now)
    if last.due_on < clock.today():
        raise MatterError(
            _("The notice would have had to leave by %(day)s (%(basis)s); choose a later day.")
            % {"day": vn(last.due_on), "basis": last.basis},
            field=field,
        )


def dialogue_earliest() -> dt.date:
    """The first day for which the notice, sent today, still leaves in time (Điều 28 NĐ 124)."""
    today = clock.today()
    if not decree_155(today):
        return today
    days = (today + dt.timedelta(days=more) for more in range(30))
    for day in days:
        if counted("kn.dialogue_notice", day, now=clock.now()).due_on >= today:
            return day
    return today


def dialogue_notice(context: StepContext) -> None:
    row = row_of(context)
    row.dialogue_notice_on = context.data["sent_on"]
    context.facts |= {
        "day": row.dialogue_on.isoformat() if row.dialogue_on else "",
        "time": row.dialogue_time,
        "place": row.dialogue_place,
    }
    row.save()


def dialogue_hold(context: StepContext) -> None:
    """The minutes. Who was invited and stays away without good reason stops nothing (khoản 6
    Điều 30, khoản 5 Điều 28 Nghị định 124/2020); before 1 July 2026 only a second absence did
    (điểm a khoản 2 Điều 21 Thông tư 07/2013/TT-TTCP)."""
    row, data = row_of(context), context.data
    if row.dialogue_notice_on is None:
        raise MatterError(_("Record first that the notice of the dialogue was sent."))
    if row.dialogue_on and data["held_on"] < row.dialogue_on:
        raise MatterError(
            _("The dialogue was announced for %(day)s.") % {"day": vn(row.dialogue_on)},
            field="held_on",
        )
    if data["presence"] == "present" and not data.get("opinions"):
        raise MatterError(_("Write down what those who took part said."), field="opinions")
    if data["signed"] == "refused" and not data.get("unsigned_reason"):
        raise MatterError(_("Write why somebody did not sign."), field="unsigned_reason")
    row.dialogue_on = None
    if data["presence"] == "present":
        row.dialogue_held_on = data["held_on"]
    else:
        row.dialogue_missed += 1
        enough = decree_155(clock.today()) or row.dialogue_missed >= 2
        if data["presence"] == "absent_unexcused" and enough:
            row.dialogue_held_on = data["held_on"]
    context.facts["goes_on"] = row.dialogue_held_on is not None
    row.save()


def dialogue_cancel(context: StepContext) -> None:
    row_of(context).dialogue_on = None
    row_of(context).save()


def dialogue_article(matter: Petition) -> str:
    if matter.is_discipline:
        return "Điều 55" if matter.second_instance else "Điều 53"
    return "Điều 39" if matter.second_instance else "Điều 30"


# -- suspension, withdrawal, stay -----------------------------------------------------------------


def suspend(context: StepContext) -> None:
    row_of(context).dialogue_on = None
    row_of(context).save()


def resume(context: StepContext) -> None:
    row = row_of(context)
    if row.stay_until:
        context.opens.append(("kn.stay_until", "until", noon(max(row.stay_until, clock.today()))))


def terminate(context: StepContext) -> None:
    data, row = context.data, row_of(context)
    if data["ground"] == "withdrawn" and not data.get("written_on"):
        raise MatterError(_("Write the date of the written withdrawal."), field="written_on")
    if data["ground"] == "no_successor" and not decree_155(clock.today()):
        raise MatterError(_("The law does not provide this ground today."), field="ground")
    row.terminated_by, row.dialogue_on, row.stay_on = data["ground"], None, None
    petition_of(context).outcome = "withdraw" if data["ground"] == "withdrawn" else "terminate"
    row.save()


def withdraw(context: StepContext) -> None:
    row_of(context).terminated_by = "withdrawn"
    row_of(context).save()
    effects.outcome(context)


def withdraw_part(context: StepContext) -> None:
    row_of(context).parts_withdrawn += 1
    row_of(context).save()


def restore_part(context: StepContext) -> None:
    """What was withdrawn is taken up again only if the complainant was forced (Luật 136/2025)."""
    row_of(context).parts_withdrawn -= 1
    row_of(context).save()


def reopen(context: StepContext) -> None:
    matter, row = petition_of(context), row_of(context)
    withdrawn = row.terminated_by == "withdrawn"
    if withdrawn and decree_155(clock.today()) and not context.data.get("coerced"):
        raise MatterError(
            _("What was withdrawn is taken up again only if the complainant was forced to it."),
            field="coerced",
        )
    effects.reopen(context)
    # What the old decision ordered falls with it.
    dropped = matter.recoveries.filter(UNSETTLED).update(waived=context.data["reason"][:300])
    if dropped:
        context.facts["recoveries_dropped"] = dropped
    if matter.is_discipline:
        context.opens[:] = [
            ("kn.discipline.accept" if rule == "kn.accept" else rule, anchor, at)
            for rule, anchor, at in context.opens
        ]
    kept = ("respondent", "contested", "known_on", "obstacle_from", "obstacle_to", "limit_on",
            "time_barred")  # fmt: skip
    fresh = Complaint(petition_id=matter.pk, **{name: getattr(row, name) for name in kept})
    fresh.save()
    matter.complaint_row = fresh


def stay(context: StepContext) -> None:
    """Tạm đình chỉ thi hành quyết định bị khiếu nại, within the term of settlement (Điều 35)."""
    row, until = row_of(context), context.data["until"]
    for duty in _running(context, *SETTLE):
        if until > duty.due_on:
            raise MatterError(
                _("The stay may not outlast the settlement, %(day)s (Article 35).")
                % {"day": vn(duty.due_on)},
                field="until",
            )
    row.stay_on, row.stay_until = clock.today(), until
    row.save()


def stay_lift(context: StepContext) -> None:
    row = row_of(context)
    row.stay_on = row.stay_until = None
    row.save()


# -- representatives ------------------------------------------------------------------------------

# Khoản 3 Điều 5 Nghị định 124/2020/NĐ-CP, sửa đổi bởi Điều 3 Nghị định 155/2026/NĐ-CP; the rule
# on individuals lapses on 1 January 2027 (khoản 2 Điều 21).
AUTHORISATION_FORMS = (
    (dt.date(2026, 7, 1), dt.date(2026, 12, 31), ("notarised", "certified", "sealed")),
)
FORMS_OF_ROLE = {
    "authorised": ("notarised", "certified", "sealed", "plain"),
    "lawyer": ("card", "notarised", "certified", "sealed"),
    "legal_aid": ("card", "notarised", "certified", "sealed"),
    "group": ("group",),
    "lawful": ("plain", "certified", "notarised"),
}


def represent(context: StepContext) -> None:
    matter, data = petition_of(context), context.data
    allowed = FORMS_OF_ROLE[data["role"]]
    if data["role"] == "authorised":
        for first, last, forms in AUTHORISATION_FORMS:
            if first <= data["valid_from"] <= last:
                allowed = forms
    if data["form"] not in allowed:
        raise MatterError(
            _("A %(role)s does not act on such a paper; the law asks: %(forms)s.")
            % {
                "role": Representative.Role(data["role"]).label,
                "forms": ", ".join(str(Representative.Form(form).label) for form in allowed),
            },
            field="form",
        )
    if data.get("valid_to") and data["valid_to"] < data["valid_from"]:
        raise MatterError(_("The authorisation ends before it begins."), field="valid_to")
    _one_for_a_content(matter, data)
    number = matter.representatives.count() + 1
    Representative.objects.create(
        petition=matter, number=number, role=data["role"], form=data["form"],
        name=_text(data, "name", 200), document=_text(data, "document", 120),
        scope=_text(data, "scope", 500), valid_from=data["valid_from"],
        valid_to=data.get("valid_to"),
    )  # fmt: skip
    context.facts["number"] = number


def _one_for_a_content(matter: Petition, data: dict[str, Any]) -> None:
    """One content is not given to several people (đoạn 2 khoản 3 Điều 5 Nghị định 124/2020)."""
    if data["role"] != "authorised":
        return
    scope = _text(data, "scope", 500)
    same = matter.representatives.filter(role="authorised", scope__iexact=scope, ended_on=None)
    if same.exists():
        raise MatterError(
            _("This content is already entrusted to somebody else; end that authorisation first."),
            field="scope",
        )


def representative_of(context: StepContext) -> Representative:
    found = petition_of(context).representatives.filter(number=context.data["number"]).first()
    if found is None:
        raise MatterError(_("No representative has this number."), field="number")
    return found


def represent_end(context: StepContext) -> None:
    found = representative_of(context)
    if found.ended_on:
        raise MatterError(_("This representation has already ended."), field="number")
    found.ended_on = context.data["ended_on"]
    found.save(update_fields=["ended_on"])


def represent_act(context: StepContext) -> None:
    if not representative_of(context).acts_on(context.data["done_on"]):
        raise MatterError(_("The representative had no authority on that day."), field="done_on")
