"""What the steps of a complaint change from its decision to its execution; called by the engine.

Sources: Điều 31–33, 40–46, 54–58 Luật Khiếu nại 2011; Nghị định 75/2012/NĐ-CP and 124/2020/NĐ-CP.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.law import load_rulebook
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Duty
from dongthuan.core.matters.opening import office_of
from dongthuan.core.papers.errors import DocumentError
from dongthuan.core.people.actors import area_of
from dongthuan.core.people.models import Appointment
from dongthuan.core.text import clean, fold
from dongthuan.core.units.models import Role, Unit, in_force
from dongthuan.work.petitions import effects
from dongthuan.work.petitions.complaint_effects import (
    before_event,
    counted,
    dialogue_article,
    petition_of,
    row_of,
    vn,
)
from dongthuan.work.petitions.complaint_models import SETTLE, Recovery
from dongthuan.work.petitions.complaint_paper import decision_issue, texts_of
from dongthuan.work.petitions.models import Finding, Petition
from dongthuan.work.petitions.opening import second_complaint_open

# -- decision -------------------------------------------------------------------------------------


def decide(context: StepContext) -> None:
    """The decision with the contents of Điều 31, 40 (54, 56); refused while its basis lacks."""
    matter, row, data = petition_of(context), row_of(context), context.data
    _verified(matter, data)
    if matter.dialogue_lacking:
        raise MatterError(
            _("%(article)s of the Law on Complaints orders a dialogue before this decision.")
            % {"article": dialogue_article(matter)}
        )
    if data["finding"] == Finding.WRONG and data["measure"] != "keep":
        raise MatterError(
            _("A complaint that is wrong leaves the decision or act as it is."), field="measure"
        )
    _from_the_record(context)
    row.respondent = clean(data.get("respondent") or "")[:300] or row.respondent
    effects.decide(context)
    if data.get("issue"):
        _issue(context)
    elif not matter.decision:
        raise MatterError(
            _("Write the number of the decision, or let it be numbered here."), field="document"
        )
    today = timezone.localdate(context.now)
    found = counted(matter.effect_rule, today, matter.conditions, now=context.now)
    row.measure, row.compensation = data["measure"], data.get("compensation")
    row.effect_on = found.due_on
    row.stay_on = row.stay_until = row.dialogue_on = None
    row.sent_on = row.received_on = None
    context.facts |= {"effect_on": found.due_on.isoformat(), "effect_basis": found.basis}
    if not matter.second_lodged:  # decided late, after the complainant had gone up
        context.opens.append(("kn.effect_check", "effect_on", noon(found.due_on)))
    row.save()


def signers_of(matter: Petition) -> list[str]:
    """Names of those who head today the unit that owes the matter, or one above it in its area."""
    today, area = clock.today(), area_of(matter.path)
    held = Appointment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        valid_from__lte=today,
        position__role=Role.HEAD,
        position__unit__path__startswith=area,
        account__is_active=True,
    ).values_list("account__name", "position__unit__path")
    return sorted({name for name, path in held if matter.path.startswith(path)})


def _issue(context: StepContext) -> None:
    matter, data = petition_of(context), context.data
    if not data.get("signer"):
        raise MatterError(_("Write who signs the decision."), field="signer")
    heads = signers_of(matter)
    if fold(data["signer"]) not in {fold(name) for name in heads}:
        raise MatterError(
            _("The decision is signed by the head: %(names)s.")
            % {"names": ", ".join(heads) or "–"},
            field="signer",
        )
    if not matter.complaint_row.respondent:
        raise MatterError(
            _("Write who is complained of; the decision has to name them (Article 31)."),
            field="respondent",
        )
    said = {k: v for k, v in data.items() if v} | {k: v for k, v in context.payload.items() if v}
    try:
        matter.decision = decision_issue(
            matter=matter, text=said, signer=clean(data["signer"])[:120],
            by=context.acting.account_id,
        )  # fmt: skip
    except DocumentError as error:
        raise MatterError(str(error)) from None
    context.facts["document"] = matter.decision


def _verified(matter: Petition, data: dict[str, Any]) -> None:
    row = matter.complaint_row
    at_once = matter.first_instance and row.recheck == "right"
    if not row.report_on and not at_once:
        raise MatterError(
            _("Article 29 of the Law on Complaints asks for the report of the verification first.")
        )
    if not row.report_on and data["finding"] != Finding.RIGHT:
        raise MatterError(
            _("Without a verification only a complaint that is right is decided at once (29.1.a)."),
            field="finding",
        )


def _from_the_record(context: StepContext) -> None:
    """What the official left empty comes from the report and the minutes on the file."""
    data, payload = context.data, context.payload
    texts = texts_of(context.matter)
    if not data.get("verification"):
        payload["verification"] = texts.get("report", {}).get("result", "")
    if not data.get("dialogue_result"):
        minutes = texts.get("dialogue_hold", {})
        said = [minutes.get("agreed"), minutes.get("differing")]
        payload["dialogue_result"] = "\n".join(text for text in said if text)


def send(context: StepContext) -> None:
    row, data = row_of(context), context.data
    row.sent_on = data["sent_on"]
    _delivered(context, data.get("received_on"))


def delivered(context: StepContext) -> None:
    _delivered(context, context.data["received_on"])


def _delivered(context: StepContext, received: dt.date | None) -> None:
    row, matter = row_of(context), petition_of(context)
    if received and row.sent_on and received < row.sent_on:
        raise MatterError(_("The decision cannot arrive before it was sent."), field="received_on")
    if received:
        row.received_on = received
        if matter.first_instance:
            last = counted(_second_rule(matter), received, matter.conditions, now=context.now)
            context.facts["second_until"] = last.due_on.isoformat()
    row.save()


# -- second level, court --------------------------------------------------------------------------


def _second_rule(matter: Petition) -> str:
    return "kn.discipline.second_within" if matter.is_discipline else "kn.second_within"


def superior_of(path: str, on: dt.date) -> Unit | None:
    """The office of the nearest territory above that is in force on the day.

    Until 30 June 2025 that is the district chair's, since 1 July 2025 the provincial chair's.
    """
    area = area_of(path)
    while area.count(".") > 1:
        area = area.rstrip(".").rpartition(".")[0] + "."
        office = Unit.objects.filter(in_force(on), path=f"{area}ubnd.").first()
        if office:
            return office
    return None


def second_level(context: StepContext) -> None:
    """A second complaint is a matter of its own at the higher authority, linked to the first."""
    matter, data = petition_of(context), context.data
    received: dt.date = data["received_on"]
    to = office_of(data["to"])
    known = _counts_from(context)
    if received < known:
        raise MatterError(
            _("The second complaint cannot be older than the first decision."), field="received_on"
        )
    _must_be_superior(matter, to, received)
    if matter.second_lodged:
        raise MatterError(_("A second complaint has already been registered."))
    last = counted(_second_rule(matter), known, matter.conditions, now=context.now)
    second = second_complaint_open(
        acting=context.acting, first=matter, unit=to, text=data["text"], received_on=received
    )
    _hand_on(matter, second, known)
    context.facts |= {
        "second": second.code, "counted_from": known.isoformat(),
        "second_until": last.due_on.isoformat(), "in_time": received <= last.due_on,
    }  # fmt: skip


def _counts_from(context: StepContext) -> dt.date:
    """Receipt of the decision, or the end of a term without one (khoản 1 Điều 33)."""
    matter, row = petition_of(context), row_of(context)
    if context.data["why"] == "decision":
        if not matter.decision or matter.decided_on is None:
            raise MatterError(_("There is no first decision yet."), field="why")
        return row.received_on or matter.decided_on
    if matter.decision:
        raise MatterError(_("The first complaint has been decided."), field="why")
    return max(duty.due_on for duty in context.duties if duty.rule in SETTLE)


def _must_be_superior(matter: Petition, to: Unit, on: dt.date) -> None:
    here, above = area_of(matter.path), area_of(to.path)
    if not here.startswith(above) or here == above:
        raise MatterError(_("The second level is the authority above the first."), field="to")
    superior = superior_of(matter.path, on)
    if superior and superior.pk != to.pk:
        raise MatterError(
            _("On %(day)s the second level is %(name)s.") % {"day": vn(on), "name": superior.name},
            field="to",
        )


def _hand_on(first: Petition, second: Petition, known: dt.date) -> None:
    second.subject = first.subject
    second.conditions = sorted(set(second.conditions) | ({"dismissal"} & set(first.conditions)))
    second.save(update_fields=["subject", "conditions"])
    before, row = first.complaint_row, second.complaint_row
    row.known_on, row.respondent, row.contested = known, before.respondent, before.contested
    row.save()


def court(context: StepContext) -> None:
    row_of(context).court_on = context.data["filed_on"]
    row_of(context).save()


# -- making public --------------------------------------------------------------------------------


def publish(context: StepContext) -> None:
    effects.publish(context)
    if context.matter.state in ("effective", "executing"):
        context.target = context.matter.state  # in effect is more than published


def meeting_call(context: StepContext) -> None:
    before_event(context, "kn.publish_meeting_notice", context.data["day"], "day")
    row_of(context).meeting_on = context.data["day"]
    row_of(context).save()


def meeting_held(context: StepContext) -> None:
    row = row_of(context)
    for duty in context.duties:
        if duty.is_running and duty.rule == "kn.publish_meeting_notice":
            raise MatterError(_("Record first that the notice of the meeting was sent."))
    row.meeting_on = None
    row.save()


def post(context: StepContext) -> None:
    """Niêm yết: not before the least time is over may it be taken down (khoản 3 Điều 41)."""
    row, posted = row_of(context), context.data["posted_on"]
    if posted < (petition_of(context).decided_on or posted):
        raise MatterError(_("It was posted before it was decided."), field="posted_on")
    found = counted("kn.post_min", posted, now=context.now)
    row.posted_on, row.post_until, row.post_ended_on = posted, found.due_on, None
    context.facts |= {"post_until": found.due_on.isoformat(), "post_basis": found.basis}
    context.opens.append(("kn.post_record", "post_until", noon(found.due_on)))
    row.save()


def post_end(context: StepContext) -> None:
    row, ended = row_of(context), context.data["ended_on"]
    if row.post_until and ended < row.post_until:
        raise MatterError(
            _("The decision stays posted at least until %(day)s.") % {"day": vn(row.post_until)},
            field="ended_on",
        )
    row.post_ended_on = ended
    row.save()


# -- effect and execution -------------------------------------------------------------------------


def take_effect(context: StepContext) -> None:
    row = row_of(context)
    if day := petition_of(context).effect_day:
        row.effect_on, row.in_effect_on = day, day + dt.timedelta(days=1)
        context.facts["in_effect_on"] = row.in_effect_on.isoformat()
    row.save()


def recovery_add(context: StepContext) -> None:
    matter, data = petition_of(context), context.data
    if matter.executed:
        raise MatterError(_("The execution is already complete."))
    money, land = data.get("money") or 0, data.get("land") or Decimal(0)
    if not money and not land:
        raise MatterError(_("Write an amount of money or an area of land."), field="money")
    number = matter.recoveries.count() + 1
    Recovery.objects.create(petition=matter, number=number, to=data["to"], money=money, land=land)
    context.facts["number"] = number


def _recovery(context: StepContext) -> Recovery:
    found = petition_of(context).recoveries.filter(number=context.data["number"]).first()
    if found is None:
        raise MatterError(_("No recovery has this number."), field="number")
    if found.is_settled:
        raise MatterError(_("This recovery is already settled."), field="number")
    return found


def recovery_collect(context: StepContext) -> None:
    row, data = _recovery(context), context.data
    money, land = data.get("money") or 0, data.get("land") or Decimal(0)
    if not money and not land:
        raise MatterError(_("Write an amount of money or an area of land."), field="money")
    row.money_done += money
    row.land_done += land
    if row.money_done > row.money:
        raise MatterError(_("More money than was ordered cannot be collected."), field="money")
    if row.land_done > row.land:
        raise MatterError(_("More land than was ordered cannot be collected."), field="land")
    row.evidence = clean(data["document"])[:80]
    row.save()


def recovery_waive(context: StepContext) -> None:
    row = _recovery(context)
    row.waived = clean(context.data["reason"])[:300]
    row.save()


COUNTS = (
    "restored_organisations", "restored_people", "discipline_proposed",
    "discipline_proposed_officials", "disciplined", "disciplined_officials",
    "investigated_cases", "investigated_people", "investigated_officials",
)  # fmt: skip


def responsibility(context: StepContext) -> None:
    """Only how many, never who: what the forms 01/KQGQ and 02/KQGQ count."""
    row, data = row_of(context), context.data
    for part, whole in (
        ("discipline_proposed_officials", "discipline_proposed"),
        ("disciplined_officials", "disciplined"),
        ("investigated_officials", "investigated_people"),
    ):
        if (data.get(part) or 0) > (data.get(whole) or 0):
            raise MatterError(_("There are more officials than people."), field=part)
    for name in COUNTS:
        setattr(row, name, data.get(name) or 0)
    row.save()


def complete(context: StepContext) -> None:
    _nothing_unsettled(petition_of(context))
    row_of(context).executed_on = clock.today()
    row_of(context).save()


def _nothing_unsettled(matter: Petition) -> None:
    if matter.recovery_open:
        raise MatterError(_("There are recoveries neither settled nor waived with a reason."))


def close(context: StepContext) -> None:
    matter = petition_of(context)
    _nothing_unsettled(matter)
    if context.matter.state in ("decided", "published") and not matter.second_lodged:
        raise MatterError(
            _("The decision is not yet in legal effect (Article 44); the file stays open.")
        )
    effects.close(context)


# -- what is told when a term has passed ----------------------------------------------------------


def overdue_facts(matter: Petition, duty: Duty, now: dt.datetime) -> dict[str, Any]:
    """Where and until when the complainant may go up, as facts of an entry."""
    last = counted(_second_rule(matter), duty.due_on, matter.conditions, now=now)
    superior = superior_of(matter.path, clock.today())
    return {
        "due_before": duty.due_on.isoformat(),
        "rule": load_rulebook().rule(duty.rule).name_vi,
        "second_until": last.due_on.isoformat(),
        "to": {"unit": superior.code, "name": superior.name} if superior else {},
    }
