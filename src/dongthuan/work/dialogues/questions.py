"""All writes on questions: asked, read, joined, settled. Each comes to one of four ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import open_as
from dongthuan.core.matters.models import Channel, Matter, Submission
from dongthuan.core.matters.opening import office_of
from dongthuan.core.matters.promises import promise_write
from dongthuan.core.people.actors import ANONYMOUS, Actor
from dongthuan.core.people.models import Citizen
from dongthuan.core.people.services import citizen_data
from dongthuan.core.text import clean
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.dialogues import rules
from dongthuan.work.dialogues.messages import askers_tell
from dongthuan.work.dialogues.models import Dialogue, Question
from dongthuan.work.dialogues.services import dialogue_held, noted

LONGEST = 1000
MOST = 1000
WORKED = ("planned", "announced", "open", "held")
State, Outcome = Question.State, Question.Outcome
CHANNELS = {"web": Channel.WEB, "hall": Channel.WEB, "phone": Channel.PHONE,
            "paper": Channel.COUNTER, "spoken": Channel.COUNTER}  # fmt: skip


@dataclass(frozen=True)
class Asker:
    """Who wants to be told; every field may stay empty."""

    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def left_something(self) -> bool:
        return bool(self.name or self.phone or self.email)


@dataclass(frozen=True, kw_only=True)
class End:
    """How a question ends. `answer`: public words; of a promise what is promised, of one outside
    the powers why and whose they are. `by`: the seat that answered, the host if none. `unit`:
    who keeps the promise or takes the matter in."""

    outcome: str
    answer: str = ""
    by: Position | None = None
    due_on: dt.date | None = None
    unit: Unit | None = None
    document: str = ""


@transaction.atomic
def question_ask(*, dialogue: Dialogue, text: str, channel: str, asker: Asker) -> Question:
    """A citizen asks, beforehand or by the code in the hall; an official reads it before others.

    Raises MatterError (text) or PersonError.
    """
    dialogue = dialogue_held(dialogue.pk)
    if not dialogue.takes_questions:
        raise MatterError(_("Questions are taken from the notice until the meeting is over."))
    if channel not in ("web", "hall"):
        raise MatterError(_("Choose how the question came."), field="channel")
    made = _question(dialogue, _checked(text), channel, asker)
    noted(ANONYMOUS, dialogue, "asked", {"question": made.number})
    return made


@transaction.atomic
def question_add(
    *, acting: Actor, dialogue: Dialogue, text: str, channel: str, asker: Asker = Asker()
) -> Question:
    """What came by telephone, on paper, or was said in the hall; taken up in the same act.

    The words are public at once, so they may not look personal.
    """
    rules.belongs_check(acting, dialogue.unit)
    dialogue = dialogue_held(dialogue.pk)
    if dialogue.state not in ("announced", "open", "held"):
        raise MatterError(_("Questions are taken from the notice until it is concluded."))
    if channel not in ("phone", "paper", "spoken"):
        raise MatterError(_("Choose how the question came."), field="channel")
    words = rules.said(_checked(text), "text", most=LONGEST)
    made = _question(dialogue, words, channel, asker, words=words, state=State.SHOWN)
    noted(acting, dialogue, "added", {"question": made.number})
    return made


def _checked(text: str) -> str:
    text = clean(text)
    if len(text) < 10:
        raise MatterError(_("Write your question in at least ten letters."), field="text")
    if len(text) > LONGEST:
        raise MatterError(
            _("This is longer than %(max)d letters; shorten it.") % {"max": LONGEST}, field="text"
        )
    return text


def _question(dialogue: Dialogue, text: str, channel: str, asker: Asker, **more: str) -> Question:
    last = dialogue.questions.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST:
        raise MatterError(_("So many questions came that no more can be taken here."))
    return Question.objects.create(
        dialogue=dialogue, number=last + 1, text=text, channel=channel, citizen=_citizen(asker),
        asked_at=clock.now(), **more,
    )  # fmt: skip


def _citizen(asker: Asker) -> Citizen | None:
    if not asker.left_something:
        return None
    return Citizen.objects.create(
        **citizen_data(name=asker.name, phone=asker.phone, email=asker.email)
    )


# -- reading --------------------------------------------------------------------------------------


@transaction.atomic
def question_read(
    *, acting: Actor, question: Question, words: str = "", ground: str = ""
) -> Question:
    """Take a question up in words that may be public, or set it aside on one of three grounds."""
    dialogue, question = _both(acting, question)
    if question.state != State.WAITING:
        raise MatterError(pgettext("dialogue", "This question was already read."))
    if ground:
        if ground not in Question.Ground.values:
            raise MatterError(_("Choose why it is set aside."), field="ground")
        question.state, question.ground, question.settled_at = State.ASIDE, ground, clock.now()
    else:
        question.words = rules.said(
            words, "words", most=LONGEST, needed=pgettext("dialogue", "Write the question.")
        )
        question.state = State.SHOWN
    question.save(update_fields=["state", "ground", "words", "settled_at"])
    facts: dict[str, object] = {"question": question.number}
    noted(acting, dialogue, "read", facts | ({"ground": ground} if ground else {}))
    if ground == Question.Ground.DENUNCIATION:
        askers_tell(
            question=question, key="aside", where="/to-cao/",
            sentence=gettext_lazy(
                "Your question at dialogue %(code)s looks like a denunciation. Hand it in by the"
                " sealed form, so that nobody learns who you are."
            ),
        )  # fmt: skip
    return question


@transaction.atomic
def question_merge(*, acting: Actor, question: Question, into: int) -> Question:
    """Join a question to another one that asks the same, by its number; its end is theirs."""
    dialogue, question = _both(acting, question)
    if question.outcome or question.state not in (State.WAITING, State.SHOWN):
        raise MatterError(_("Only an open question can be joined to another one."), field="into")
    other = dialogue.questions.filter(number=into, state=State.SHOWN).first()
    if other is None or other.pk == question.pk:
        raise MatterError(_("Give the number of another question that was taken up."), field="into")
    fresh = _askers(question)
    rows = dialogue.questions.filter(Q(pk=question.pk) | Q(into=question))
    rows.update(state=State.MERGED, into=other, words="")
    noted(acting, dialogue, "merged", {"question": question.number, "into": other.number})
    if other.outcome:
        # Whoever asked what is settled already learns of it too.
        if other.matter is not None:
            _stand_behind(other.matter, other.words, fresh)
        _tell_end(other)
    question.refresh_from_db()
    return question


@transaction.atomic
def question_separate(*, acting: Actor, question: Question) -> Question:
    """Undo a joining that was wrong, as long as the other question is open: it is read anew."""
    dialogue, question = _both(acting, question)
    if question.state != State.MERGED or question.into is None or question.into.outcome:
        raise MatterError(_("Only a question joined to an open one can be taken out again."))
    question.state, question.into = State.WAITING, None
    question.save(update_fields=["state", "into"])
    noted(acting, dialogue, "separated", {"question": question.number})
    return question


# -- the end of a question ------------------------------------------------------------------------


@transaction.atomic
def question_settle(*, acting: Actor, question: Question, end: End) -> Question:
    """Answer a question, promise with a day, take it in as a recommendation, or say why not.

    The promise is owed by `end.unit` (a body of the same area), the matter by its People's
    Committee. Whoever left a contact is told. Raises MatterError with its field.
    """
    dialogue, question = _both(acting, question)
    if dialogue.state not in WORKED:
        raise MatterError(_("The dialogue is concluded."))
    if not question.can_settle:
        raise MatterError(_("Only a question that was taken up and is open can be settled."))
    if end.outcome not in Outcome.values:
        raise MatterError(_("Choose how the question ends."), field="outcome")
    needed = {
        Outcome.ANSWERED: _("Write the answer."),
        Outcome.PROMISED: _("Write what was promised."),
        Outcome.OUTSIDE: _("Write why, and whose powers they are."),
    }
    question.answer = rules.said(
        end.answer, "answer", most=2000, needed=needed.get(Outcome(end.outcome), "")
    )
    question.answered_by = _answerer(dialogue, end.by)
    question.outcome, question.settled_at = end.outcome, clock.now()
    facts: dict[str, object] = {"question": question.number, "outcome": end.outcome}
    if end.outcome == Outcome.PROMISED:
        question.matter = _promise(acting, dialogue, question, end)
    elif end.outcome == Outcome.FORWARDED:
        question.matter = _take_in(acting, dialogue, question)
    if question.matter is not None:
        facts["matter"] = question.matter.code
    question.save(update_fields=["answer", "answered_by", "outcome", "settled_at", "matter"])
    noted(acting, dialogue, "settled", facts)
    _tell_end(question)
    return question


def _answerer(dialogue: Dialogue, by: Position | None) -> Position:
    if by is None:
        return dialogue.host
    area = dialogue.unit.parent or dialogue.unit
    if not by.unit.path.startswith(area.path):
        raise MatterError(_("Who answers belongs to this locality."), field="by")
    return by


def _promise(acting: Actor, dialogue: Dialogue, question: Question, end: End) -> Matter:
    if end.due_on is None:
        raise MatterError(_("A promise has a day."), field="due_on")
    area = dialogue.unit.parent or dialogue.unit
    unit = end.unit or dialogue.unit
    if not unit.path.startswith(area.path):
        raise MatterError(
            _("%(name)s does not belong to this locality.") % {"name": unit.name}, field="unit"
        )
    try:
        made = promise_write(
            acting=acting, origin=dialogue, unit=unit, what=question.answer, due_on=end.due_on,
            document=end.document or f"Biên bản đối thoại {dialogue.code}",
        )  # fmt: skip
    except MatterError as error:
        field = "answer" if error.field == "what" else error.field
        raise MatterError(error.message, field=field) from None
    _stand_behind(made, question.words, _askers(question))
    return made


def _stand_behind(matter: Matter, words: str, rows: Sequence[Question]) -> None:
    """Those who asked are told whatever becomes of the promise or of what was taken in."""
    Submission.objects.bulk_create(
        Submission(
            matter=matter, channel=CHANNELS[row.channel], text=words, citizen=row.citizen,
            received_at=row.asked_at,
        )
        for row in rows
    )  # fmt: skip


def _askers(question: Question) -> list[Question]:
    """The question and those joined to it whose askers left a contact."""
    rows = Question.objects.filter(Q(pk=question.pk) | Q(into=question), citizen__isnull=False)
    return list(rows.select_related("citizen").order_by("number"))


def _take_in(acting: Actor, dialogue: Dialogue, question: Question) -> Matter:
    """A recommendation of its own, received today by the People's Committee of the area."""
    office = office_of(dialogue.unit.parent or dialogue.unit)
    made = open_as(
        acting=acting, origin=dialogue, kind="recommendation", text=question.words,
        now=clock.now(), unit=office, citizen=question.citizen,
    )  # fmt: skip
    _stand_behind(made, question.words, [r for r in _askers(question) if r.pk != question.pk])
    return made


def _tell_end(question: Question) -> None:
    askers_tell(
        question=question,
        key="settled",
        sentence=gettext_lazy("Your question at dialogue %(code)s has its answer."),
    )


def _both(acting: Actor, question: Question) -> tuple[Dialogue, Question]:
    """Dialogue and question, locked, for whoever works at the dialogue."""
    found = Question.objects.select_related("dialogue__unit").filter(pk=question.pk).first()
    if found is None:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    rules.belongs_check(acting, found.dialogue.unit)
    dialogue = dialogue_held(found.dialogue_id)
    fresh = Question.objects.select_related("into", "citizen").get(pk=found.pk)
    if dialogue.state not in WORKED:
        raise MatterError(_("The dialogue is concluded."))
    return dialogue, fresh
