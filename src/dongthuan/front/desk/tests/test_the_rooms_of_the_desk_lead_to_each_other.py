"""Nobody at the desk stands before a closed door: the general page leads to the room and back."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from dongthuan.core import clock
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.people.households import Line, households_add
from dongthuan.core.units.models import Unit
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Vote
from dongthuan.work.decisions.tests.paths import Walk
from dongthuan.work.disclosure.services import disclosure_create


def text(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_each_room_stands_once_in_the_menu(desk_of: Any, people: Any) -> None:
    menu = text(desk_of("head"), "/ban-lam-viec/").split("</nav>")
    doors = re.findall(
        r'href="(/ban-lam-viec/[a-z-]+/)"', next(p for p in menu if "hai-long/" in p)
    )
    assert len(doors) == len(set(doors))


def test_the_file_of_a_disclosure_leads_to_its_room(desk_of: Any, people: Any) -> None:
    made = disclosure_create(
        acting=people.handler, unit=Unit.objects.get(code="21439-ubnd"), item="2",
        title="Dự toán ngân sách", expected_on=clock.today(),
    )  # fmt: skip
    page = text(desk_of("handler"), f"/ban-lam-viec/vu-viec/{made.code}/")
    assert f'href="/ban-lam-viec/cong-khai/{made.code}/"' in page


def test_the_front_reads_a_vote_where_the_head_conducts_it(desk_of: Any, people: Any) -> None:
    households_add(
        acting=SYSTEM, village=Unit.objects.get(code="21439-t01"), on=dt.date(2026, 1, 1),
        lines=[Line("001", "Nguyễn Thị Hộ")],
    )  # fmt: skip
    walk = Walk(people)
    decision = walk.along(walk.propose(item="6"), "agree")
    voting.vote_prepare(
        acting=people.village_head, matter=decision, question="Yên tĩnh sau 21 giờ 30?",
        villages=[decision.village_unit], methods=["online"], threshold="dc.vote.other",
        options=voting.YES_NO_OTHER, opens_at=clock.now(),
        closes_at=clock.now() + dt.timedelta(days=1),
    )  # fmt: skip
    vote = Vote.objects.get(matter=decision)
    path = f"/ban-lam-viec/quyet-dinh/viec/{decision.code}/"
    console = f'href="/ban-lam-viec/quyet-dinh/bieu-quyet/{vote.uuid}/"'
    assert console in text(desk_of("village_head"), path)
    seen = text(desk_of("front"), path)
    assert console not in seen
    assert f'href="/ban-va-quyet-dinh/bieu-quyet/{vote.uuid}/"' in seen
