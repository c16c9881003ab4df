"""The sheet: declared questions, conditions on earlier answers, checked answers."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError
from dongthuan.work.consultations.models import Question
from dongthuan.work.consultations.questions import answers_check, questions_set
from dongthuan.work.consultations.tests.conftest import QUESTIONS

ONE = {"type": "single", "text": "Một?", "choices": ["Có", "Không"]}


@pytest.fixture
def sheet(planned: Any) -> list[Question]:
    return list(planned().questions.all())


def test_answers_are_kept_by_number_and_words_apart(sheet: list[Question]) -> None:
    given = {"q1": "1", "q2": "Đường hẹp.", "q3": ["2", "0", "2"], "q4": "5"}
    answers, texts = answers_check(sheet, given)
    assert answers == {"q1": 1, "q3": [0, 2], "q4": 5}
    assert [(q.key, text) for q, text in texts] == [("q2", "Đường hẹp.")]


def test_what_a_condition_hides_is_left_out(sheet: list[Question]) -> None:
    answers, texts = answers_check(sheet, {"q1": "0", "q2": "Không cần."})
    assert (answers, texts) == ({"q1": 0}, [])


def test_a_condition_on_a_hidden_question_hides_too(people: Any, draft: Any) -> None:
    matter = draft()
    made = questions_set(
        acting=people.handler, consultation_id=matter.pk,
        questions=[
            ONE,
            {**ONE, "show_if": {"question": "q1", "in": [0]}},
            {**ONE, "required": True, "show_if": {"question": "q2", "in": [0]}},
        ],
    )  # fmt: skip
    assert answers_check(made, {"q1": "1", "q2": "0", "q3": "0"})[0] == {"q1": 1}
    with pytest.raises(MatterError) as error:
        answers_check(made, {"q1": "0", "q2": "0"})
    assert error.value.field == "q3"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "q1"),
        ({"q1": "3"}, "q1"),
        ({"q1": "-1"}, "q1"),
        ({"q1": ["0", "1"]}, "q1"),
        ({"q1": "0", "q3": ["0", "9"]}, "q3"),
        ({"q1": "0", "q4": "6"}, "q4"),
        ({"q1": "0", "q4": "x"}, "q4"),
        ({"q1": "1", "q2": "x" * 3001}, "q2"),
    ],
)
def test_a_wrong_answer_names_its_question(
    sheet: list[Question], given: dict[str, Any], field: str
) -> None:
    with pytest.raises(MatterError) as error:
        answers_check(sheet, given)
    assert error.value.field == field


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"type": "single", "text": "", "choices": ["a", "b"]}, "text"),
        ({"type": "khác", "text": "Gì?"}, "type"),
        ({"type": "single", "text": "Gì?", "choices": ["a"]}, "choices"),
        ({"type": "multi", "text": "Gì?", "choices": ["a", "a"]}, "choices"),
        ({"type": "scale", "text": "Gì?", "choices": ["a", "b"]}, "choices"),
        ({**ONE, "show_if": {"question": "q9", "in": [0]}}, "show_if"),
        ({**ONE, "show_if": {"question": "q1", "in": [7]}}, "show_if"),
        ({**ONE, "show_if": {"question": "q1", "in": []}}, "show_if"),
        ({**ONE, "key": "q1"}, "text"),
    ],
)
def test_a_wrong_question_is_refused_and_the_sheet_stays(
    people: Any, planned: Any, wrong: dict[str, Any], field: str
) -> None:
    matter = planned()
    with pytest.raises(MatterError) as error:
        questions_set(acting=people.handler, consultation_id=matter.pk, questions=[ONE, wrong])
    assert error.value.field == field
    assert matter.questions.count() == len(QUESTIONS)


def test_the_sheet_is_frozen_by_its_publication(people: Any, opened: Any) -> None:
    matter = opened()
    with pytest.raises(MatterError):
        questions_set(acting=people.handler, consultation_id=matter.pk, questions=[ONE])
