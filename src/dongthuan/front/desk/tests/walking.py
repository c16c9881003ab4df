"""Walking the table of the desk, room by room: what its addresses name is made, and asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.test import Client
from tests.corpus import some_of

from dongthuan.core import clock
from dongthuan.core.law import shipped_rulebook
from dongthuan.core.matters.models import Duty, Paper
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.tests.pages import (
    CK,
    DG,
    DVK,
    EVERYBODY,
    LY,
    OWN,
    PAGES,
    RECOMMENDING,
    D,
    R,
)
from dongthuan.work.consultations.models import Consultation
from dongthuan.work.consultations.tests.conftest import open_today
from dongthuan.work.consultations.tests.statements import statements_in
from dongthuan.work.decisions.tests.village_paths import Story
from dongthuan.work.disclosure.services import disclosure_create, plan_create
from dongthuan.work.emulation.services import customary_days, cycle_open, model_register
from dongthuan.work.emulation.tests.conftest import registration
from dongthuan.work.news.services import article_draft
from dongthuan.work.projects.money import cost_add, payment_add
from dongthuan.work.projects.obstacles import obstacle_create
from dongthuan.work.projects.services import project_create
from dongthuan.work.receptions.services import regular_open
from dongthuan.work.receptions.visits import visit_arrive
from dongthuan.work.rulebook.models import RuleDraft
from dongthuan.work.rulebook.services import draft_create
from dongthuan.work.rulebook.tables import typed_of
from dongthuan.work.satisfaction.services import desk_add


def answer_for(page: str, name: str) -> int:
    _address, allowed, otherwise = PAGES[page]
    if name == "nobody":
        return 302
    if name == "account":
        return 403
    if page == "step" and name == "inspector":
        return 302  # sees the matter, may not act on it, and is told so there
    if page in ("reception_conclude", "reception_promise") and name in OWN:
        return 302  # it is not over yet, and the session's page says so
    if page == "household_villages" and name in ("village_head", "other_village_head"):
        return 302  # who keeps one register goes straight to it
    if page == "rule_draft_edit" and name == "admin":
        return 404  # to whom no draft exists
    if page == "recommendations_send" and name in RECOMMENDING:
        return 302  # no draft was chosen, and the list says so
    return 200 if name in allowed else otherwise


def asking(page: str) -> set[str]:
    """In turn a third of those for whom a page is made, and half of those to whom it is refused.

    `make soak` asks for each page as everybody.
    """
    turn = list(PAGES).index(page)
    opened = [name for name in EVERYBODY if answer_for(page, name) == 200]
    refused = [name for name in EVERYBODY if name not in opened]
    some = some_of(opened, turn, of=max(1, len(opened) // 3))
    return {*some, *some_of(refused, turn, of=2)}


ASKING = {page: asking(page) for page in PAGES}


# The pages of a room are asked for in one go: what they show is made once for all of them.
ROOMS: dict[str, list[str]] = {}
for _page, _row in PAGES.items():
    ROOMS.setdefault(_row[0].removeprefix(D).partition("/")[0], []).append(_page)

# The rooms of the menu's group "Coordination"; they are walked in a file of their own.
COORDINATION = {
    "lanh-dao", "canh-bao-som", "phoi-hop", "chi-dao", "trao-doi", "tinh-hinh", "kien-nghi",
    "diem-nong", "doi-thoai", "dan-van-kheo", "tin",
}  # fmt: skip


def walk(
    people: Any, matter: Any, desk_of: Callable[[str], Client], room: str, request: Any
) -> None:
    """Asks for every page of a room, in turn as those for whom it is made and as others."""
    made = made_for(people, matter, request, "".join(PAGES[page][0] for page in ROOMS[room]))
    wrong = []
    for name in EVERYBODY:
        client = desk_of(name)
        for page in (one for one in ROOMS[room] if name in ASKING[one]):
            address = PAGES[page][0].format(**made)
            answer = client.get(address)
            if answer.status_code != answer_for(page, name):
                wrong.append(f"{page} {name}: {answer.status_code}")
            if name == "nobody":
                assert answer["Location"].startswith("/tai-khoan/login/?next=/ban-lam-viec/")
            if answer.status_code in (403, 404):
                assert matter.title not in answer.content.decode()
    assert not wrong, "\n".join(wrong)


def made_for(people: Any, matter: Any, request: Any, asked_for: str) -> dict[str, Any]:
    """What the addresses of a room name; only what one of them asks for is made."""
    made: dict[str, Any] = {
        "code": matter.code,
        "duty": Duty.objects.get(matter=matter).pk,
        "paper": Paper.objects.get(matter=matter).attachment.uuid,
        "letter": matter.submissions.get().uuid,
    }
    made |= of_a_village(people, asked_for)
    if "{draft}" in asked_for:
        made["draft"] = draft_made(people).pk
    if "{counter}" in asked_for:
        made["counter"] = counter_made(people)
    if R in asked_for:
        made |= received(people)
    if CK in asked_for:
        made |= disclosed(people)
    if LY in asked_for:
        made |= asked(people)
    if DG in asked_for:
        made |= collected(request.getfixturevalue("giving"))
    if "du-an/" in asked_for:
        made |= projected(people)
    if DVK in asked_for:
        made |= moved(people)
    if "{article}" in asked_for:
        made["article"] = article_draft(
            acting=people.handler, unit=Unit.objects.get(code="21439-ubnd"), lead="",
            title="Bài đang soạn", body="Nội dung bài viết đang soạn.",
        ).code  # fmt: skip
    return made


def draft_made(people: Any) -> RuleDraft:
    """A draft of the inspector of the province."""
    entry = shipped_rulebook().entry("kn.accept")
    typed = typed_of(entry) | {"valid_from": clock.today() + dt.timedelta(days=9)}
    return draft_create(acting=people.inspector, key="kn.accept", typed=typed, reason="thử")


def counter_made(people: Any) -> int:
    """A desk that people rate, of the ward."""
    unit = Unit.objects.get(code="21439-ubnd")
    return desk_add(acting=people.intake, unit=unit, name="Quầy 1").pk


def received(people: Any) -> dict[str, Any]:
    """Today's regular session of the ward, somebody at the window."""
    unit = Unit.objects.get(code="21439-ubnd")
    session = regular_open(acting=people.intake, unit=unit, venue="Trụ sở UBND")
    visit = visit_arrive(acting=people.intake, reception_id=session.pk)
    return {"reception": session.code, "visit": visit.pk}


def disclosed(people: Any) -> dict[str, Any]:
    """A plan of the ward and something that it must disclose."""
    unit = Unit.objects.get(code="21439-ubnd")
    made = disclosure_create(
        acting=people.handler, unit=unit, item="14", title="Thông báo lịch cấp nước",
        symbol="5/TB-UBND", decided_on=clock.today(),
    )  # fmt: skip
    year = clock.today().year
    return {
        "disclosure": made.code,
        "plan": plan_create(acting=people.head, unit=unit, year=year).code,
    }


def asked(people: Any) -> dict[str, Any]:
    """A hearing of the ward open today, with an opinion, a group and an addressee."""
    found = open_today(people)
    matter = Consultation.objects.get(code=found["asked"])
    return found | {"statement": statements_in(people, matter, 1)[0].pk}


def of_a_village(people: Any, asked_for: str) -> dict[str, str]:
    """An initiative, a convention and an election of the ward's first group, if asked for."""
    made = {}
    for kind in ("initiative", "convention", "election"):
        if f"{{{kind}}}" in asked_for:
            story = Story(people, Unit.objects.get(code="21439-t01"))
            story.now = clock.now()
            made[kind] = getattr(story, kind)().matter.code
    return made


def collected(giving: Any) -> dict[str, Any]:
    """A campaign of the first residential group that is collecting, with one receipt."""
    campaign = giving.opened()
    return {"campaign": campaign.code, "voucher": giving.receive(campaign, giving.cash(0))[0].pk}


def moved(people: Any) -> dict[str, Any]:
    """This year of the movement in the ward, with a model of its first residential group."""
    year = clock.today().year
    cycle = cycle_open(
        acting=people.dvan, lead=Unit.objects.get(code="21439-xdd"), year=year,
        **customary_days(year),
    )  # fmt: skip
    model = model_register(
        acting=people.village_head, cycle=cycle, registration=registration(),
        registrant=Unit.objects.get(code="21439-t01"),
    )  # fmt: skip
    return {"cycle": cycle.code, "model": model.code}


def projected(people: Any) -> dict[str, Any]:
    """A project of the ward with a payment and an obstacle."""
    unit = Unit.objects.get(code="21439-ubnd")
    made = project_create(acting=people.handler, unit=unit, title="Chợ mới", purpose="Dời chợ")
    line = cost_add(acting=people.handler, project=made, name="Nhà", source="state", planned=9)
    paid = payment_add(
        acting=people.handler, project=made, line=line, paid_on=clock.today(), amount=5,
        payee="Công ty", document="1",
    )  # fmt: skip
    obstacle = obstacle_create(acting=people.handler, project=made, what="Cọc", raised_by=unit)
    return {"project": made.code, "payment": paid.pk, "obstacle": obstacle.code}
