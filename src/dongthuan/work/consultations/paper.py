"""Opinions from paper: sheets, minutes, the box, a call. Keyed in with where they came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean, personal_data
from dongthuan.core.units.models import Role
from dongthuan.work.consultations.items import BY_HAND
from dongthuan.work.consultations.models import (
    Consultation,
    Opinion,
    Paragraph,
    Participation,
    Proof,
    Question,
)
from dongthuan.work.consultations.opinions import (
    Person,
    new_code,
    opinions_checked,
    person_checked,
)
from dongthuan.work.consultations.questions import answers_check
from dongthuan.work.consultations.services import OFFICE, villages_of


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One paper: the form of Điều 26 by which it came, its day, place, number; what it says.

    `people`: for how many it speaks, as minutes of a meeting may say.
    """

    form: str
    taken_on: dt.date
    source: str
    number: str = ""
    people: int = 1
    opinions: Sequence[tuple[int | None, str]] = ()
    answers: Mapping[str, Any] | None = None
    person: Person = field(default_factory=Person)


@dataclass
class _Made:
    part: Participation
    opinions: list[tuple[Paragraph | None, str]]
    texts: list[tuple[Question, str]]
    people: int


def may_key(acting: Actor, matter: Consultation) -> bool:
    """The office; of a village that is asked, its head and the head of its Front committee."""
    if acting.is_system:
        return True
    if any(matter.path.startswith(scope.unit_path) for scope in acting.scopes_of(*OFFICE)):
        return True
    village = acting.scopes_of(Role.VILLAGE_HEAD, Role.VILLAGE_FRONT)
    return any(scope.unit_path in matter.parties for scope in village)


def _lock(acting: Actor, consultation_id: int) -> Consultation:
    seen = Matter.objects.filter(policies.visible_to(acting), kind="consultation")
    base = seen.select_for_update().filter(pk=consultation_id).first()
    if base is None:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    matter = Consultation.objects.select_related("unit").get(pk=base.pk)
    if not may_key(acting, matter):
        raise NotAllowed(_("You keep only the consultations of your own unit."))
    if not matter.takes_paper:
        raise MatterError(_("Papers are keyed in before the synthesis."))
    return matter


@transaction.atomic
def sheets_add(
    *, acting: Actor, consultation_id: int, sheets: Sequence[Sheet], scan: Attachment | None = None
) -> list[Participation]:
    """Key papers in, all or none; the error names the line. A number keyed in before is refused.

    Raises MatterError, NotAllowed. Three queries for any number of sheets, and one entry.
    """
    matter = _lock(acting, consultation_id)
    asked = {unit.pk for unit in villages_of(matter)}
    questions = list(matter.questions.all())
    own = _own_villages(acting, matter)
    if scan is not None:
        _file(scan)
    made = []
    for line, sheet in enumerate(sheets, start=1):
        try:
            made.append(_one(matter, sheet, questions, own, asked, acting, scan))
        except MatterError as error:
            if len(sheets) == 1:
                raise
            raise MatterError(
                _("Line %(line)s: %(why)s") % {"line": line, "why": error.message},
                field="file",
            ) from None
    if not made:
        raise MatterError(_("There is nothing to key in."), field="file")
    _store(matter, made)
    entry_append(
        matter=matter, act="consultation.paper", acting=acting, audience=Audience.OFFICIAL,
        before=matter.state, after=matter.state,
        facts={"people": len(made), "opinions": sum(len(m.opinions) + len(m.texts) for m in made)},
    )  # fmt: skip
    return [one.part for one in made]


def _file(scan: Attachment) -> None:
    """The scan becomes part of the record, once."""
    taken = Attachment.objects.filter(pk=scan.pk, state=Attachment.State.PENDING)
    if not taken.update(state=Attachment.State.ATTACHED):
        raise MatterError(_("A file was already handed in; attach it once more."), field="file")


def _own_villages(acting: Actor, matter: Consultation) -> set[str] | None:
    """Paths of the villages for which alone somebody may key in; None: all that are asked."""
    if acting.is_system or any(
        matter.path.startswith(scope.unit_path) for scope in acting.scopes_of(*OFFICE)
    ):
        return None
    return {s.unit_path for s in acting.scopes_of(Role.VILLAGE_HEAD, Role.VILLAGE_FRONT)}


def _one(
    matter: Consultation, sheet: Sheet, questions: Sequence[Question], own: set[str] | None,
    asked: set[int], acting: Actor, scan: Attachment | None,
) -> _Made:  # fmt: skip
    if sheet.form not in matter.forms or sheet.form not in BY_HAND:
        raise MatterError(_("This form of Art. 26 was not chosen in the plan."), field="form")
    opened, last = matter.opened_on, matter.closes_on
    if not (opened and last and opened <= sheet.taken_on <= min(last, clock.today())):
        raise MatterError(
            _("The day of the paper lies outside the time of the consultation."), field="taken_on"
        )
    source = clean(sheet.source)[:200]
    if len(source) < 3:
        raise MatterError(_("Say where the paper comes from."), field="source")
    if not 1 <= sheet.people <= 100_000:
        raise MatterError(_("The number of people lies between 1 and 100,000."), field="people")
    village = sheet.person.village
    if own is not None and (village is None or village.path not in own):
        raise MatterError(_("You key in the papers of your own village."), field="village")
    opinions = opinions_checked(matter, sheet.opinions)
    answers, texts = (
        answers_check(questions, sheet.answers) if sheet.answers is not None else (None, [])
    )
    if not opinions and not texts and not answers:
        raise MatterError(_("Write an opinion or answer a question first."), field="text")
    part = Participation(
        consultation=matter, code=new_code(), proof=Proof.PAPER, form=sheet.form, answers=answers,
        taken_on=sheet.taken_on, source=source, sheet_number=clean(sheet.number)[:40], scan=scan,
        registered_by_id=acting.account_id, created_at=clock.now(),
        **person_checked(matter, sheet.person, asked=asked),
    )  # fmt: skip
    return _Made(part, opinions, texts, sheet.people)


def _store(matter: Consultation, made: Sequence[_Made]) -> None:
    try:
        with transaction.atomic():
            Participation.objects.bulk_create([one.part for one in made])
    except IntegrityError as error:
        if "participation_sheet_once" in str(error):
            raise MatterError(
                _("A sheet with this number was keyed in already."), field="number"
            ) from None
        raise
    rows = []
    for one in made:
        said: list[tuple[Paragraph | None, Question | None, str]] = [
            *((paragraph, None, text) for paragraph, text in one.opinions),
            *((None, question, text) for question, text in one.texts),
        ]
        for paragraph, question, text in said:
            # Whoever keys it in has read it; only what looks personal waits for a second look.
            state = Opinion.State.NEW if personal_data(text) else Opinion.State.SHOWN
            rows.append(
                Opinion(
                    consultation=matter,
                    part=one.part,
                    paragraph=paragraph,
                    question=question,
                    text=text,
                    people=one.people,
                    state=state,
                )
            )
    Opinion.objects.bulk_create(rows)
