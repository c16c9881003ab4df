"""Statements and votes for tests: two planted groups on one consultation."""

from __future__ import annotations

from typing import Any

import numpy as np

from dongthuan.core import clock
from dongthuan.work.consultations.models import Consultation, Proof, Statement, StatementVote
from dongthuan.work.consultations.statements.services import statement_add
from dongthuan.work.consultations.voices import Voice, pseudonym

TEXTS = [
    f"Đề nghị phương án số {word} được áp dụng ngay trong năm nay."
    for word in (
        "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười",
        "mười một", "mười hai",
    )
]  # fmt: skip


def voice_of(matter: Consultation, name: str) -> Voice:
    return Voice(pseudonym(matter, Proof.PHONE, name), Proof.PHONE)


def statements_in(people: Any, matter: Consultation, count: int = 12) -> list[Statement]:
    return [
        statement_add(acting=people.handler, consultation_id=matter.pk, text=text)
        for text in TEXTS[:count]
    ]


def votes_in(
    matter: Consultation, statements: list[Statement], *, people: int = 40, small: int = 0
) -> None:
    """Votes of people of two minds (or, `small`, so many of a second mind), a little by chance."""
    random = np.random.RandomState(3)
    votes = []
    for person in range(people):
        mind = 1 if (person < small if small else person % 2) else 0
        voice = voice_of(matter, f"09{person:08d}").pseudonym
        for place, statement in enumerate(statements):
            side = 1 if place < 2 or (place + mind) % 2 else -1
            if random.random_sample() < 0.1:
                side = 0
            votes.append(StatementVote(consultation=matter, statement=statement, voice=voice,
                                       value=side, given_at=clock.now()))  # fmt: skip
    StatementVote.objects.bulk_create(votes)
    for statement in statements:
        for name, value in (("agreed", 1), ("passed", 0), ("disagreed", -1)):
            setattr(statement, name, statement.votes.filter(value=value).count())
        statement.save()
