from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from dongthuan.front.portal import memory


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    memory._kept.clear()
    yield
    memory._kept.clear()


@pytest.mark.django_db(transaction=True)
def test_a_second_asking_gets_the_first_answer_for_half_a_minute() -> None:
    answers = iter([1, 2, 3])
    with patch.object(memory.time, "monotonic", return_value=1000.0) as now:
        assert memory.remembered(lambda: next(answers), "a") == 1
        now.return_value += 29
        assert memory.remembered(lambda: next(answers), "a") == 1
        assert memory.remembered(lambda: next(answers), "b") == 2
        now.return_value += 2
        assert memory.remembered(lambda: next(answers), "a") == 3


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_remembered() -> None:
    answers = iter([1, 2])
    assert memory.remembered(lambda: next(answers), "a") == 1
    assert memory.remembered(lambda: next(answers), "a") == 2
    assert memory._kept == {}
