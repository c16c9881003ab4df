"""Voices counted at meetings and ballots (Điều 26.1 a-c); the hearing of addressees (Điều 27)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience
from dongthuan.core.matters.wording import public_text
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Citizen
from dongthuan.core.people.services import citizen_data
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.items import COUNTED
from dongthuan.work.consultations.models import Addressee, Tally
from dongthuan.work.consultations.services import consultation_lock, villages_of

Wish = Addressee.Wish


@dataclass(frozen=True, kw_only=True)
class Count:
    """What the minutes say: households or people invited, present, for, against, otherwise."""

    invited: int
    present: int
    agree: int
    disagree: int
    other: int = 0


@transaction.atomic
def tally_set(
    *,
    acting: Actor,
    consultation_id: int,
    form: str,
    village: Unit,
    held_on: dt.date,
    count: Count,
    source: str,
) -> Tally:
    """Enter the count of a meeting or ballot; one of the same day and village is replaced, and
    the earlier stays on file. Numbers that do not add up are refused. MatterError, NotAllowed.
    """
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    if not matter.takes_paper:
        raise MatterError(_("Counts are entered while opinions are taken or before the synthesis."))
    if form not in COUNTED or form not in matter.forms:
        raise MatterError(_("This form of Art. 26 was not chosen in the plan."), field="form")
    if village.pk not in {unit.pk for unit in villages_of(matter)}:
        raise MatterError(_("Choose one of the villages that are asked."), field="village")
    if not (matter.opened_on and matter.opened_on <= held_on <= clock.today()):
        raise MatterError(
            _("The day of the paper lies outside the time of the consultation."), field="held_on"
        )
    _check(count)
    source = public_text(source, "source", most=200)
    if len(source) < 3:
        raise MatterError(_("Say where the paper comes from."), field="source")
    Tally.objects.filter(
        consultation=matter, form=form, village=village, held_on=held_on, replaced_at=None
    ).update(replaced_at=clock.now())
    tally = Tally.objects.create(
        consultation=matter, form=form, village=village, held_on=held_on, source=source,
        registered_by_id=acting.account_id, invited=count.invited, present=count.present,
        agree=count.agree, disagree=count.disagree, other=count.other,
    )  # fmt: skip
    entry_append(
        matter=matter, act="consultation.tally", acting=acting, audience=Audience.PUBLIC,
        before=matter.state, after=matter.state,
        facts={"form": form, "village": village.name, "agree": count.agree,
               "disagree": count.disagree},
    )  # fmt: skip
    return tally


def _check(count: Count) -> None:
    if min(count.invited, count.present, count.agree, count.disagree, count.other) < 0:
        raise MatterError(_("Numbers cannot be below nought."), field="agree")
    if count.invited > 1_000_000:
        raise MatterError(_("The number is larger than any village."), field="invited")
    if count.present > count.invited:
        raise MatterError(_("More were present than invited; check the numbers."), field="present")
    if count.agree + count.disagree + count.other > count.present:
        raise MatterError(_("More voices than people present; check the numbers."), field="agree")


@transaction.atomic
def addressee_add(
    *,
    acting: Actor,
    consultation_id: int,
    name: str,
    address: str,
    notice: str,
    notified_on: dt.date,
    answer_by: dt.date,
) -> Addressee:
    """A citizen was told of the draft decision and may state their view (khoản 1 Điều 27).

    Who it is stays with officials. Raises MatterError, PersonError, NotAllowed.
    """
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    if not matter.is_hearing:
        raise MatterError(_("Only a consultation on item 8 hears addressees (Art. 27)."))
    if not matter.takes_paper:
        raise MatterError(_("Addressees are told while opinions are taken."))
    data = citizen_data(name=name, address=address)
    if not data["name"]:
        raise MatterError(_("Give the name of the addressee."), field="name")
    notice = clean(notice)[:80]
    if not notice:
        raise MatterError(_("Give the number of the notice."), field="notice")
    if notified_on > clock.today():
        raise MatterError(_("The day lies in the future."), field="notified_on")
    if answer_by <= notified_on:
        raise MatterError(_("The new day must lie after the old one."), field="answer_by")
    row = Addressee.objects.create(
        consultation=matter, citizen=Citizen.objects.create(**data), notice=notice,
        notified_on=notified_on, answer_by=answer_by,
    )  # fmt: skip
    entry_append(
        matter=matter, act="consultation.addressee", acting=acting, audience=Audience.OFFICIAL,
        before=matter.state, after=matter.state, facts={"document": notice},
    )  # fmt: skip
    return row


@transaction.atomic
def hearing_record(
    *,
    acting: Actor,
    consultation_id: int,
    addressee_id: int,
    wish: str,
    statement: str = "",
    by_proxy: str = "",
    heard_on: dt.date | None = None,
    explanation: str = "",
) -> Addressee:
    """What an addressee said, themselves or by proxy, and how it was answered; kept in the file
    that goes to be signed (khoản 3 Điều 27). Silence is recorded only after the day that was set.
    """
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    row = matter.addressees.select_for_update().filter(pk=addressee_id).first()
    if row is None:
        raise MatterError(_("There is no such addressee here."))
    if matter.state not in ("open", "closed", "synthesised"):
        raise MatterError(_("The answers are published; the file can no longer change."))
    if wish not in Wish.values:
        raise MatterError(_("Choose what the addressee wished."), field="wish")
    if wish == Wish.SILENT and clock.today() <= row.answer_by:
        raise MatterError(
            _("The addressee may answer until %(day)s.") % {"day": f"{row.answer_by:%d/%m/%Y}"},
            field="wish",
        )
    statement, explanation = clean(statement), clean(explanation)
    if wish == Wish.SPEAKS and (not statement or heard_on is None):
        raise MatterError(_("Write what was said and on which day."), field="statement")
    if heard_on and not row.notified_on <= heard_on <= clock.today():
        raise MatterError(_("The day lies in the future or before the notice."), field="heard_on")
    if max(len(statement), len(explanation)) > 20_000:
        raise MatterError(_("The text is longer than %(max)s letters.") % {"max": "20.000"})
    row.wish, row.statement, row.explanation = wish, statement, explanation
    row.by_proxy, row.heard_on = clean(by_proxy)[:160], heard_on
    row.save()
    entry_append(
        matter=matter, act="consultation.hearing", acting=acting, audience=Audience.OFFICIAL,
        before=matter.state, after=matter.state,
        facts={"document": row.notice, "reason": str(Wish(wish).value)},
    )  # fmt: skip
    return row
