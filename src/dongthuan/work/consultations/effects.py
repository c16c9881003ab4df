"""What steps change beyond the state; called by the engine inside its transaction."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.calendar import CalendarError
from dongthuan.core.clock import noon
from dongthuan.core.law import RuleError, deadline
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.meeting import disclosure_owe
from dongthuan.core.matters.models import DutyState, Projection
from dongthuan.core.matters.wording import public_text
from dongthuan.core.people.models import Citizen
from dongthuan.core.text import clean
from dongthuan.work.consultations import messages
from dongthuan.work.consultations.models import Consultation

MINIMUM, SYNTHESIS, REPORT = "dc.consult_min", "dc.consult_synthesis", "dc.consult_report"
_ARTICLE = re.compile(r"(?i)(điều|article|art\.)\s*\d+")
ITEM = "11"  # khoản 11 Điều 11: plan, content, synthesis and explanation must be public


def _of(context: StepContext) -> Consultation:
    return cast(Consultation, context.matter)


def send_plan(context: StepContext) -> None:
    matter = _of(context)
    matter.plan_document = clean(context.data["document"])[:80]
    matter.plan_sent_on = context.data["sent_on"]


def least_day(published: dt.datetime) -> dt.date:
    """The twentieth day from publication (khoản 2 Điều 28); the day of it is not counted."""
    try:
        return deadline(key=MINIMUM, anchor=published, now=published).due_on
    except (RuleError, CalendarError) as error:
        raise MatterError(error.vi, field="closes_on") from None


def publish(context: StepContext) -> None:
    """The content is public from now on; it stays open for the law's least time."""
    matter, data = _of(context), context.data
    if not matter.has_text:
        raise MatterError(
            _("Put in the text or the questions first: people must have something to speak to.")
        )
    other = clean(data.get("other_law") or "")
    days = data.get("other_days")
    if bool(other) != bool(days):
        raise MatterError(
            _("Name both the article of the other law and the days that it sets."),
            field="other_days" if other else "other_law",
        )
    if other and not _ARTICLE.search(other):
        raise MatterError(
            _("Name the article, as “khoản 1 Điều 8 Luật …”: without it the twenty days hold."),
            field="other_law",
        )
    if days and not 1 <= int(days) <= 365:
        raise MatterError(_("The term lies between 1 and 365 days."), field="other_days")
    own = timezone.localdate(context.now) + dt.timedelta(days=int(days)) if days else None
    least = own or least_day(context.now)
    closes_on: dt.date = data["closes_on"]
    _check_last_day(closes_on, least, "closes_on")
    matter.published_at, matter.closes_on = context.now, closes_on
    matter.other_law, matter.other_days = other[:200], int(days) if days else None
    context.facts["least"] = least.isoformat()
    if own is None:
        context.opens.append((MINIMUM, "published", context.now))
    context.opens.append((SYNTHESIS, "voted", noon(closes_on)))
    Projection.objects.filter(pk=matter.pk).update(listed=True)
    _disclose(context, "Kế hoạch, nội dung lấy ý kiến", matter.purpose)


def _check_last_day(day: dt.date, least: dt.date, field: str) -> None:
    if day < least:
        raise MatterError(
            _("Opinions must be taken until %(day)s at least (Art. 28.2); choose that day.")
            % {"day": f"{least:%d/%m/%Y}"},
            field=field,
        )
    if day > clock.today() + dt.timedelta(days=400):
        raise MatterError(_("The last day lies more than a year ahead."), field=field)


def _disclose(context: StepContext, title: str, body: str) -> None:
    """What khoản 11 Điều 11 orders to be public; the room of disclosure owes it from here."""
    matter = context.matter
    disclosure_owe(
        acting=context.acting,
        origin=matter,
        item=ITEM,
        title=f"{title}: {matter.title}"[:200],
        body=body,
        decided_at=context.now,
    )


def prolong(context: StepContext) -> None:
    """Longer is always lawful; the day of the synthesis moves with it, the old one stays told."""
    matter, until = _of(context), context.data["until"]
    if matter.closes_on and until <= matter.closes_on:
        raise MatterError(_("The new day must lie after the old one."), field="until")
    _check_last_day(until, matter.closes_on or until, "until")
    context.facts["closes_before"] = matter.closes_on.isoformat() if matter.closes_on else ""
    matter.closes_on = until
    for duty in context.duties:
        if duty.rule == SYNTHESIS and duty.is_running:
            duty.state, duty.closed_at = DutyState.WAIVED, context.now
            duty.reason = str(context.data["reason"])[:300]
    context.opens.append((SYNTHESIS, "voted", noon(until)))


def close(context: StepContext) -> None:
    matter = _of(context)
    if matter.closes_on and not matter.may_close:
        raise MatterError(
            _("It was published that opinions are taken until the end of %(day)s (Art. 28.2); "
              "it can be closed from the next day.")
            % {"day": f"{matter.closes_on:%d/%m/%Y}"}
        )  # fmt: skip
    context.facts.update(counts(matter))


def counts(matter: Consultation) -> dict[str, Any]:
    return {
        "people": matter.parts.count(),
        "opinions": matter.opinions.count(),
        "groups": matter.clusters.count(),
    }


def synthesise(context: StepContext) -> None:
    """Every opinion is counted: none may stand outside the groups (khoản 3 Điều 28)."""
    from dongthuan.work.consultations.statements.maps import map_final
    from dongthuan.work.consultations.statements.selectors import map_points_open

    matter = _of(context)
    if left := matter.opinions.filter(state="new").count():
        raise MatterError(
            _("%(n)s opinions have not been read yet; read each before the synthesis.")
            % {"n": left}
        )
    if left := matter.opinions.filter(cluster=None).count():
        raise MatterError(
            _("%(n)s opinions stand in no group yet; every opinion belongs into the synthesis.")
            % {"n": left}
        )
    if points := map_points_open(matter):
        raise MatterError(
            _("Statement %(number)s of the opinion map stands in no group yet: what the map shows "
              "belongs into the synthesis.") % {"number": points[0].number}
        )  # fmt: skip
    if left := matter.addressees.filter(wish="waiting", answer_by__gte=clock.today()).count():
        raise MatterError(_("%(n)s addressees may still ask to be heard (Art. 27).") % {"n": left})
    matter.synthesis = public_text(context.data["synthesis"], "synthesis")
    map_final(matter)
    context.facts.update(counts(matter))


def _all_answered(matter: Consultation) -> None:
    clusters = list(matter.clusters.all())
    if not clusters and matter.opinions.exists():
        raise MatterError(_("No group of opinions has been formed yet."))
    for cluster in clusters:
        if not cluster.answer or not cluster.reason:
            raise MatterError(
                _("Group %(number)s, “%(title)s”, has no answer yet: taken up or not, and why "
                  "(Art. 28.3).") % {"number": cluster.number, "title": cluster.title}
            )  # fmt: skip
    spoke = matter.addressees.filter(wish="speaks", explanation="")
    if left := spoke.count():
        raise MatterError(
            _("%(n)s addressees spoke and have no explanation on file yet (Art. 27.3).")
            % {"n": left}
        )


def answer(context: StepContext) -> None:
    matter = _of(context)
    _all_answered(matter)
    matter.answered_at = context.now
    Projection.objects.filter(pk=matter.pk).update(answer=matter.synthesis)
    _disclose(context, "Kết quả tổng hợp, giải trình, tiếp thu ý kiến", matter.synthesis)
    context.facts["told"] = messages.participants_tell(matter=matter, sentence=messages.ANSWERED)


def decide(context: StepContext) -> None:
    """Only when every group has its answer; a view against the majority is explained (28.4)."""
    matter, data = _of(context), context.data
    _all_answered(matter)
    departs = bool(data.get("departs"))
    departure = public_text(data.get("departure") or "", "departure")
    if departs and len(departure) < 20:
        raise MatterError(
            _("Explain why the majority's view was not followed, in at least twenty letters."),
            field="departure",
        )
    if departure and not departs:
        raise MatterError(
            _("Tick that it departs from the majority's view, or leave the explanation out."),
            field="departs",
        )
    matter.decision = public_text(data["decision"], "decision")
    matter.decision_document = clean(data["document"])[:80]
    matter.departs, matter.departure = departs, departure
    matter.session_on, matter.decided_at = data["session_on"], context.now
    context.opens.append((REPORT, "event", noon(data["session_on"])))
    context.facts["told"] = messages.participants_tell(matter=matter, sentence=messages.DECIDED)


def report(context: StepContext) -> None:
    matter = _of(context)
    matter.report_document = clean(context.data["document"])[:80]
    _forget(matter)


def _forget(matter: Consultation) -> None:
    """The pseudonyms and the contacts have done their work.

    Without the key nobody can make a pseudonym again; votes lose theirs, so that they no longer
    stand together with village, age and sex; contacts are deleted, for there is nothing to tell.
    """
    from dongthuan.work.consultations.statements.services import voices_forget

    matter.voice_key = b""
    contacts = list(matter.parts.exclude(citizen=None).values_list("citizen_id", flat=True))
    matter.parts.update(citizen=None)
    Citizen.objects.filter(pk__in=contacts).delete()
    voices_forget(matter)


def cancel(context: StepContext) -> None:
    matter = _of(context)
    if matter.is_published:
        sentence = messages.GIVEN_UP
        context.facts["told"] = messages.participants_tell(matter=matter, sentence=sentence)
    _forget(matter)
