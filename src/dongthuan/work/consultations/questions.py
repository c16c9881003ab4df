"""The question sheet (phiếu hỏi): its questions with conditions, and the checking of answers.

A declared question: {"key", "type": single|multi|scale|text, "text", "choices": [...],
"required": bool, "show_if": {"question": key, "in": [numbers]}}. Answers are kept by number: of the
choice (from 0) or of the scale (1 to 5). Answers to `text` questions become opinions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience
from dongthuan.core.matters.wording import public_text
from dongthuan.core.people.actors import Actor
from dongthuan.work.consultations.models import Consultation, Question
from dongthuan.work.consultations.services import consultation_lock

MOST, MOST_CHOICES, TEXT_MAX = 60, 20, 3_000
SCALE = range(1, 6)
Type = Question.Type


@transaction.atomic
def questions_set(
    *, acting: Actor, consultation_id: int, questions: Sequence[Mapping[str, Any]]
) -> list[Question]:
    """Set the whole sheet anew; only before publication, for answers must mean one thing.

    Raises MatterError naming the question that is wrong, NotAllowed.
    """
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    if matter.state not in ("drafted", "planned"):
        raise MatterError(_("The sheet cannot change once it is published."))
    if len(questions) > MOST:
        raise MatterError(_("A sheet holds at most 60 questions."), field="text")
    rows: list[Question] = []
    for number, said in enumerate(questions, start=1):
        rows.append(_question(matter, number, said, rows))
    Question.objects.filter(consultation=matter).delete()
    made = Question.objects.bulk_create(rows)
    entry_append(
        matter=matter, act="consultation.questions", acting=acting, audience=Audience.OFFICIAL,
        before=matter.state, after=matter.state, facts={"questions": len(made)},
    )  # fmt: skip
    return made


def _question(
    matter: Consultation, number: int, said: Mapping[str, Any], before: Sequence[Question]
) -> Question:
    key = str(said.get("key") or f"q{number}")[:20]
    text = public_text(str(said.get("text") or ""), "text", most=500)
    kind = said.get("type")
    if not text:
        raise MatterError(_("Question %(n)s has no words.") % {"n": number}, field="text")
    if kind not in Type.values:
        raise MatterError(_("Question %(n)s is of no known sort.") % {"n": number}, field="type")
    if key in {question.key for question in before}:
        raise MatterError(_("Two questions are named “%(key)s”.") % {"key": key}, field="text")
    choices = [public_text(str(c), "choices", most=200) for c in said.get("choices") or []]
    choices = [choice for choice in choices if choice]
    if kind in (Type.SINGLE, Type.MULTI):
        if not 2 <= len(choices) <= MOST_CHOICES or len(set(choices)) != len(choices):
            raise MatterError(
                _("Question %(n)s needs 2 to 20 different choices.") % {"n": number},
                field="choices",
            )
    elif choices:
        raise MatterError(_("Question %(n)s takes no choices.") % {"n": number}, field="choices")
    return Question(
        consultation=matter, key=key, number=number, type=kind, text=text, choices=choices,
        required=bool(said.get("required")), show_if=_condition(number, said, before),
    )  # fmt: skip


def _condition(number: int, said: Mapping[str, Any], before: Sequence[Question]) -> dict[str, Any]:
    """A condition names an earlier question with numbered answers, so it can always be decided."""
    wanted = said.get("show_if") or {}
    if not wanted:
        return {}
    other = {question.key: question for question in before}.get(str(wanted.get("question")))
    values = wanted.get("in")
    if other is None or other.type == Type.TEXT or not isinstance(values, list) or not values:
        raise MatterError(
            _("The condition of question %(n)s must name an earlier question and its answers.")
            % {"n": number},
            field="show_if",
        )
    if not set(values) <= set(numbers_of(other)):
        raise MatterError(
            _("The condition of question %(n)s names an answer that does not exist.")
            % {"n": number},
            field="show_if",
        )
    return {"question": other.key, "in": sorted(set(values))}


def numbers_of(question: Question) -> range:
    return SCALE if question.type == Type.SCALE else range(len(question.choices))


def question_as_said(question: Question) -> dict[str, Any]:
    """A stored question in the declared form, to be set again with others."""
    names = ("key", "type", "text", "choices", "required", "show_if")
    return {name: getattr(question, name) for name in names}


def shown(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether the sheet asks it, given the answers to earlier questions that were asked."""
    if not question.show_if:
        return True
    given = answers.get(question.show_if["question"])
    chosen = given if isinstance(given, list) else [given]
    return bool(set(chosen) & set(question.show_if["in"]))


def answers_check(
    questions: Sequence[Question], given: Mapping[str, Any]
) -> tuple[dict[str, Any], list[tuple[Question, str]]]:
    """Checked answers by number, and the free texts. What a condition hides is left out.

    `given`: by key a number, a list of numbers or a text, as strings or numbers. Raises MatterError
    whose field is the key of the question.
    """
    answers: dict[str, Any] = {}
    texts: list[tuple[Question, str]] = []
    for question in questions:
        if not shown(question, answers):
            continue
        value = given.get(question.key)
        if value in (None, "", []):
            if question.required:
                raise MatterError(
                    _("Answer question %(n)s.") % {"n": question.number}, field=question.key
                )
            continue
        if question.type == Type.TEXT:
            texts.append((question, _text(question, value)))
        else:
            answers[question.key] = _numbers(question, value)
    return answers, texts


def _text(question: Question, value: Any) -> str:
    text = str(value).strip()
    if len(text) > TEXT_MAX:
        raise MatterError(
            _("The answer to question %(n)s is longer than 3,000 letters.")
            % {"n": question.number},
            field=question.key,
        )
    return text


def _numbers(question: Question, value: Any) -> int | list[int]:
    several = question.type == Type.MULTI
    raw = value if isinstance(value, list) else [value]
    numbers = [int(v) for v in raw if str(v).isdecimal() and len(str(v)) < 4]
    if len(numbers) != len(raw) or not set(numbers) <= set(numbers_of(question)):
        raise MatterError(
            _("The answer to question %(n)s is none of those offered.") % {"n": question.number},
            field=question.key,
        )
    if several:
        return sorted(set(numbers))
    if len(numbers) != 1:
        raise MatterError(
            _("Question %(n)s takes one answer.") % {"n": question.number}, field=question.key
        )
    return numbers[0]
