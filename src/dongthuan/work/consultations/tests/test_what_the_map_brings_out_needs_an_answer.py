"""No synthesis while a statement of the map stands in no group; each group needs its answer."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.work.consultations.clusters import clusters_from_map
from dongthuan.work.consultations.statements.maps import map_compute
from dongthuan.work.consultations.tests.conftest import AFTER, step
from dongthuan.work.consultations.tests.statements import statements_in, votes_in


def test_the_synthesis_waits_for_the_statements_of_the_map(people: Any, opened: Any) -> None:
    matter = opened()
    votes_in(matter, statements_in(people, matter), people=40)
    map_compute(matter)
    with clock.at(AFTER):
        matter = step(people.handler, matter, "close")
        with pytest.raises(MatterError, match=r"Ý kiến ngắn|Statement"):
            step(people.handler, matter, "synthesise", synthesis="Tổng hợp ý kiến về phương án.")
        made = clusters_from_map(acting=people.handler, consultation_id=matter.pk)
        assert made == matter.clusters.filter(source="statement").count() > 2
        assert clusters_from_map(acting=people.handler, consultation_id=matter.pk) == 0
        matter = step(
            people.handler, matter, "synthesise", synthesis="Tổng hợp ý kiến về phương án."
        )
        with pytest.raises(MatterError):
            step(people.head, matter, "answer", document="15/TB-UBND")
