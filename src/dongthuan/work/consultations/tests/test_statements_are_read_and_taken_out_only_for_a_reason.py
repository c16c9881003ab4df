"""Who enters, reads, edits and takes out statements, and on which conditions."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Entry
from dongthuan.work.consultations.models import Statement
from dongthuan.work.consultations.statements.selectors import statement_next, statements_alike
from dongthuan.work.consultations.statements.services import (
    paper_votes_add,
    statement_add,
    statement_edit,
    statement_moderate,
    statement_propose,
    statement_vote,
)
from dongthuan.work.consultations.tests.statements import statements_in, voice_of

WORDS = "Nên đặt điểm tập kết rác xa trường học ít nhất hai trăm mét."


def test_what_a_citizen_proposes_is_shown_once_it_was_read(people: Any, opened: Any) -> None:
    matter = opened()
    voice = voice_of(matter, "0901")
    made = statement_propose(consultation_id=matter.pk, voice=voice, text=WORDS)
    assert statement_next(matter, voice="x").shown == 0
    statement_moderate(
        acting=people.handler, consultation_id=matter.pk, statement_id=made.pk, state="shown"
    )
    assert statement_next(matter, voice="x").statement == made
    assert Entry.objects.filter(matter=matter, act="consultation.statement_shown").exists()


@pytest.mark.parametrize(
    "text", ["ngắn", "x" * 201, "Gọi ông Nam số 0912345678 để hỏi về việc này nhé."]
)
def test_a_statement_is_one_sentence_without_personal_data(opened: Any, text: str) -> None:
    matter = opened()
    with pytest.raises(MatterError) as refused:
        statement_propose(consultation_id=matter.pk, voice=voice_of(matter, "0901"), text=text)
    assert refused.value.field == "text"
    assert not Statement.objects.exists()


def test_the_same_words_come_once_and_alike_ones_are_hinted_at(people: Any, opened: Any) -> None:
    matter = opened()
    first = statement_add(acting=people.handler, consultation_id=matter.pk, text=WORDS)
    with pytest.raises(MatterError):
        statement_add(acting=people.handler, consultation_id=matter.pk, text=WORDS.upper())
    near = "Nen dat diem tap ket rac xa truong hoc it nhat 300 met."
    assert statements_alike(matter, near) == [first]
    assert statements_alike(matter, "Cần thêm đèn đường ở tổ ba.") == []


def test_words_change_only_before_the_first_vote(people: Any, opened: Any) -> None:
    matter = opened()
    statement = statements_in(people, matter, 1)[0]
    given = {
        "acting": people.handler, "consultation_id": matter.pk, "statement_id": statement.pk,
    }  # fmt: skip
    assert statement_edit(**given, text=WORDS).text == WORDS
    statement_vote(
        consultation_id=matter.pk, voice=voice_of(matter, "09"), statement_id=statement.pk, value=1
    )
    with pytest.raises(MatterError):
        statement_edit(**given, text=WORDS + " Gấp.")


def test_taking_out_needs_one_of_the_reasons(people: Any, opened: Any) -> None:
    matter = opened()
    statement = statements_in(people, matter, 1)[0]
    given = {
        "acting": people.handler, "consultation_id": matter.pk, "statement_id": statement.pk,
    }  # fmt: skip
    with pytest.raises(MatterError):
        statement_moderate(**given, state="out", reason="we do not like it")
    statement_moderate(**given, state="out", reason="double", note="Trùng câu 3.")
    with pytest.raises(MatterError):
        statement_vote(
            consultation_id=matter.pk, voice=voice_of(matter, "09"),
            statement_id=statement.pk, value=1,
        )  # fmt: skip


@pytest.mark.parametrize("name", ["front", "inspector", "admin", "other_head", "village_head"])
def test_others_may_not_work_on_statements(people: Any, opened: Any, name: str) -> None:
    matter = opened()
    with pytest.raises(NotAllowed):
        statement_add(acting=people.actors[name], consultation_id=matter.pk, text=WORDS)
    assert not Statement.objects.exists()


SHEET = {"form": "b", "source": "Họp tổ dân phố 1, 05/11/2026"}


@pytest.mark.parametrize("name", ["handler", "village_head", "village_front"])
def test_a_sheet_keyed_in_again_takes_the_place_of_the_first(
    people: Any, opened: Any, name: str
) -> None:
    matter = opened()
    statements = statements_in(people, matter, 2)
    given = {"acting": people.actors[name], "consultation_id": matter.pk, "sheet": "12", **SHEET}
    assert paper_votes_add(**given, votes={1: 1, 2: -1}) == 2
    paper_votes_add(**given, votes={1: -1})
    found = [(s.agreed, s.disagreed) for s in Statement.objects.order_by("number")]
    assert found == [(0, 1), (0, 1)]
    assert statements[0].votes.get().source == SHEET["source"]


@pytest.mark.parametrize("name", ["front", "other_head", "admin", "inspector"])
def test_others_may_not_key_papers_in(people: Any, opened: Any, name: str) -> None:
    matter = opened()
    statements_in(people, matter, 1)
    with pytest.raises(NotAllowed):
        paper_votes_add(
            acting=people.actors[name], consultation_id=matter.pk, sheet="1", votes={1: 1}, **SHEET
        )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"form": "e"}, "form"),
        ({"sheet": " "}, "sheet"),
        ({"source": "x"}, "source"),
        ({"votes": {}}, "votes"),
        ({"votes": {99: 1}}, "votes"),
    ],
)
def test_a_sheet_names_where_it_comes_from(
    people: Any, opened: Any, change: dict[str, Any], field: str
) -> None:
    matter = opened()
    statements_in(people, matter, 1)
    given: dict[str, Any] = {"sheet": "1", "votes": {1: 1}, **SHEET, **change}
    with pytest.raises(MatterError) as refused:
        paper_votes_add(acting=people.handler, consultation_id=matter.pk, **given)
    assert refused.value.field == field


def test_a_sheet_of_another_place_does_not_take_the_place_of_one(people: Any, opened: Any) -> None:
    matter = opened()
    statements_in(people, matter, 1)
    given: dict[str, Any] = {"acting": people.handler, "consultation_id": matter.pk, "sheet": "1"}
    paper_votes_add(**given, votes={1: 1}, **SHEET)
    with pytest.raises(MatterError) as refused:
        paper_votes_add(**given, votes={1: -1}, form="b", source="Họp tổ dân phố 2, 06/11/2026")
    assert refused.value.field == "sheet"
    with pytest.raises(MatterError) as refused:
        paper_votes_add(**given | {"sheet": "2"}, votes={1: 1}, form="a", source="Họp tổ 2")
    assert refused.value.field == "form"


def test_unlawful_content_is_taken_out_with_its_article(people: Any, opened: Any) -> None:
    matter = opened()
    statement = statements_in(people, matter, 1)[0]
    with pytest.raises(MatterError) as refused:
        statement_moderate(
            acting=people.handler, consultation_id=matter.pk, statement_id=statement.pk,
            state="out", reason="unlawful",
        )  # fmt: skip
    assert refused.value.field == "note"
