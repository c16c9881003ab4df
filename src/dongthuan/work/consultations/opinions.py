"""Taking part: opinions on paragraphs or the whole, the sheet; read, shown or kept from being
shown. Everything that came in counts in the synthesis, shown or not.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.matters.receipts import secret_of, secrets_equal
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Citizen
from dongthuan.core.people.services import citizen_data
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.items import BANDS, SEXES
from dongthuan.work.consultations.models import (
    Consultation,
    Opinion,
    Paragraph,
    Participation,
    Question,
)
from dongthuan.work.consultations.questions import answers_check
from dongthuan.work.consultations.services import consultation_lock, villages_of
from dongthuan.work.consultations.voices import Voice

TEXT_MAX = 5_000
MOST_OPINIONS = 200
_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True)
class Person:
    """What somebody says of themselves, all of it voluntary; the contact is for the answer only."""

    village: Unit | None = None
    band: str = ""
    sex: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Given:
    """What one person gives at once: (paragraph or None, words), and answers of the sheet."""

    opinions: Sequence[tuple[int | None, str]] = ()
    answers: Mapping[str, Any] | None = None
    person: Person = field(default_factory=Person)


def part_secret(part: Participation) -> str:
    """Twelve signs, derived from the row and the server's key, stored nowhere."""
    return secret_of(f"consultation:{part.uuid}")


def part_find(*, code: str, secret: str) -> Participation | None:
    """The part that code and secret open together; one answer for every failure."""
    wanted = "".join(clean(code).upper().split())[:24]
    part = Participation.objects.filter(code=wanted).select_related("consultation__unit").first()
    if part is None or not secrets_equal(part_secret(part), secret):
        return None
    return part


def new_code() -> str:
    """Random, so that nobody counts those who took part by their codes."""
    return "YK-" + "".join(secrets.choice(_SIGNS) for _sign in range(8))


@transaction.atomic
def part_give(
    *, consultation_id: int, given: Given, voice: Voice | None = None, key: str = ""
) -> Participation:
    """Take part at the portal. With a voice, a second sheet takes the place of the first and more
    opinions join the same part; a sheet is a vote and needs a voice. `key` makes a repeated request
    give the same receipt. Raises MatterError (field named), PersonError.
    """
    voice = voice or Voice()
    matter = _open(consultation_id)
    if key and (done := Participation.objects.filter(idempotency_key=key).first()):
        return done
    opinions = opinions_checked(matter, given.opinions)
    answers: dict[str, Any] | None = None
    texts: list[tuple[Question, str]] = []
    if given.answers is not None:
        if not voice.pseudonym:
            raise MatterError(_("The sheet counts voices: first show your code or telephone."))
        answers, texts = answers_check(list(matter.questions.all()), given.answers)
    if not opinions and not answers and not texts:
        raise MatterError(_("Write an opinion or answer a question first."), field="text")
    person = person_checked(matter, given.person, voice.village_id)
    part = _part(matter, voice, person, key)
    if given.answers is not None:
        # The last sheet of a voice stands; the words of the earlier one go with it.
        part.answers = answers
        part.save(update_fields=["answers"])
        part.opinions.exclude(question=None).delete()
    Opinion.objects.bulk_create(
        [Opinion(consultation=matter, part=part, paragraph=p, text=t) for p, t in opinions]
        + [Opinion(consultation=matter, part=part, question=q, text=t) for q, t in texts]
    )
    return part


def _open(consultation_id: int) -> Consultation:
    """The row, shared-locked against closing meanwhile; refused outside the open time."""
    Matter.objects.select_for_update(no_key=True).filter(pk=consultation_id).first()
    matter = Consultation.objects.select_related("unit").filter(pk=consultation_id).first()
    if matter is None or not matter.takes_opinions:
        raise MatterError(_("Opinions are no longer taken here."))
    return matter


def opinions_checked(
    matter: Consultation, said: Sequence[tuple[int | None, str]]
) -> list[tuple[Paragraph | None, str]]:
    """Words with their paragraphs; empty ones are left out."""
    wanted = [(pk, clean(text)) for pk, text in said if clean(text)]
    if len(wanted) > MOST_OPINIONS:
        raise MatterError(_("At most 200 opinions at once."), field="text")
    numbers = {pk for pk, _text in wanted if pk is not None}
    rows = Paragraph.objects.filter(draft__consultation=matter, pk__in=numbers)
    known = rows.in_bulk() if numbers else {}
    for pk, text in wanted:
        if pk is not None and pk not in known:
            raise MatterError(_("There is no such paragraph in this text."), field="text")
        if not 5 <= len(text) <= TEXT_MAX:
            raise MatterError(
                _("An opinion has at least 5 and at most 5,000 letters."), field="text"
            )
    return [(known[pk] if pk is not None else None, text) for pk, text in wanted]


def person_checked(
    matter: Consultation,
    person: Person,
    village_id: int | None = None,
    asked: Set[int] | None = None,
) -> dict[str, Any]:
    """Columns of a part from what somebody said of themselves, each of it optional.

    `asked`: ids of the villages that are asked, where the caller knows them already.
    """
    if person.band and person.band not in BANDS:
        raise MatterError(_("Choose one of the age bands, or none."), field="band")
    if person.sex and person.sex not in dict(SEXES):
        raise MatterError(_("Choose one of the two, or none."), field="sex")
    village = person.village
    if asked is None and village is not None:
        asked = {unit.pk for unit in villages_of(matter)}
    if village is not None and village.pk not in (asked or ()):
        raise MatterError(_("Choose one of the villages that are asked."), field="village")
    citizen = None
    if person.phone or person.email:
        data = citizen_data(phone=person.phone, email=person.email)
        citizen = Citizen.objects.create(**data)
    return {
        "village_id": village.pk if village else village_id,
        "band": person.band,
        "sex": person.sex,
        "citizen": citizen,
    }


def _part(matter: Consultation, voice: Voice, person: dict[str, Any], key: str) -> Participation:
    """The part of a voice, made once; the matter's row is locked, so two requests cannot race."""
    known = (
        Participation.objects.filter(consultation=matter, voice=voice.pseudonym).first()
        if voice.pseudonym
        else None
    )
    if known is None:
        return Participation.objects.create(
            consultation=matter, code=new_code(), voice=voice.pseudonym, proof=voice.proof,
            created_at=clock.now(), idempotency_key=key or None, **person,
        )  # fmt: skip
    for name, value in person.items():
        if value:
            setattr(known, name, value)
    known.save()
    return known


# -- reading --------------------------------------------------------------------------------------


@transaction.atomic
def opinions_show(*, acting: Actor, consultation_id: int, opinion_ids: Sequence[int]) -> int:
    """They were read and may be shown; returns how many changed. Raises NotAllowed."""
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    changed = matter.opinions.filter(pk__in=opinion_ids).exclude(state="shown")
    count = changed.update(state=Opinion.State.SHOWN, hold="", hold_note="")
    if count:
        entry_append(
            matter=matter, act="consultation.shown", acting=acting, audience=Audience.OFFICIAL,
            before=matter.state, after=matter.state, facts={"opinions": count},
        )  # fmt: skip
    return count


@transaction.atomic
def opinion_hold(
    *, acting: Actor, consultation_id: int, opinion_id: int, hold: str, note: str
) -> Opinion:
    """Keep an opinion from being shown, for one of two reasons; it stays counted and answered.

    A view that somebody dislikes is no reason. The reason is logged for the Front to see.
    """
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    opinion = matter.opinions.filter(pk=opinion_id).first()
    if opinion is None:
        raise MatterError(_("There is no such opinion here."))
    if hold not in Opinion.Hold.values:
        raise MatterError(_("Choose one of the two reasons."), field="hold")
    note = clean(note)[:300]
    if hold == Opinion.Hold.UNLAWFUL and len(note) < 10:
        raise MatterError(_("Name the article that forbids the content."), field="note")
    opinion.state, opinion.hold, opinion.hold_note = Opinion.State.HELD, hold, note
    opinion.save(update_fields=["state", "hold", "hold_note"])
    entry_append(
        matter=matter, act="consultation.held", acting=acting, audience=Audience.PETITIONER,
        before=matter.state, after=matter.state, facts={"hold": hold, "opinions": 1},
    )  # fmt: skip
    return opinion
