"""Out of a matter of any room, by the name of the kind; never linked to what is restricted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dongthuan.core import clock
from dongthuan.core.matters.kinds import open_as
from dongthuan.core.matters.models import Level, Matter
from dongthuan.work.dialogues.models import Dialogue


def opened(people: Any, origin: Matter) -> Dialogue:
    made = open_as(
        acting=people.handler, origin=origin, kind="dialogue", text="Việc dời chợ, đền bù quầy.",
        now=clock.now(), on=dt.date(2026, 11, 20), time="8:00", venue="Hội trường",
    )  # fmt: skip
    return Dialogue.objects.get(pk=made.pk)


def test_it_is_a_child_of_the_matter(people: Any, submit: Any) -> None:
    origin = submit().matter
    made = opened(people, origin)
    assert (made.parent_id, made.host.code, made.state) == (origin.pk, "21439-head", "planned")


def test_nothing_leads_to_what_is_restricted(people: Any, submit: Any) -> None:
    origin = submit().matter
    origin.level = Level.RESTRICTED
    origin.save(update_fields=["level"])
    assert opened(people, origin).parent_id is None
