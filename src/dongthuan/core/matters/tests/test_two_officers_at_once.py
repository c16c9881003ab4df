"""Two officers act on one matter at once: one wins, the other is told who and what."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from dongthuan.core.matters.errors import Conflict, MatterError
from dongthuan.core.matters.models import Entry, Matter
from dongthuan.core.matters.services import matter_act, matter_assign


def test_the_second_is_told_who_and_what(people: Any, submit: Any) -> None:
    matter = submit().matter
    data = {"title": "Nắp cống vỡ", "topic": "construction"}
    matter_act(
        acting=people.intake, matter_id=matter.pk, step_name="register", version=1, data=data
    )
    with pytest.raises(Conflict) as refused:
        matter_act(
            acting=people.handler, matter_id=matter.pk, step_name="register", version=1, data=data
        )
    assert "Tiếp nhận" in str(refused.value) or "tiếp nhận" in str(refused.value)
    assert Entry.objects.filter(matter=matter, act="petition.register").count() == 1


def test_an_assignment_on_an_older_state_is_refused(people: Any, submit: Any) -> None:
    matter = submit().matter
    matter_assign(
        acting=people.head, matter_id=matter.pk, account=people.accounts["handler"], version=1
    )
    with pytest.raises(Conflict):
        matter_assign(
            acting=people.intake,
            matter_id=matter.pk,
            account=people.accounts["handler2"],
            version=1,
        )
    assert Matter.objects.get(pk=matter.pk).handler == people.accounts["handler"]


@pytest.mark.django_db(transaction=True)
def test_at_the_very_same_moment_one_wins(people: Any, submit: Any) -> None:
    matter = submit().matter
    start = threading.Barrier(2)
    results: list[str] = []

    def act(actor: Any) -> None:
        try:
            start.wait(10)
            matter_act(
                acting=actor,
                matter_id=matter.pk,
                step_name="register",
                version=1,
                data={"title": "Nắp cống vỡ", "topic": "construction"},
            )
            results.append("won")
        except MatterError as error:
            results.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(a,)) for a in (people.intake, people.handler)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == ["Conflict", "won"]
    assert Entry.objects.filter(matter=matter, act="petition.register").count() == 1
