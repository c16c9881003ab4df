"""The pages answer whom they should, in few queries, with or without JavaScript."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.templatetags.matters import gives_up
from dongthuan.work.coordination.models import CoordinationPlan, PaperYear, TaskLine
from dongthuan.work.coordination.opening import task_open
from dongthuan.work.coordination.planning import comment_add, plan_write
from dongthuan.work.coordination.tests.conftest import (
    PARTNER,
    given,
    review_adopt,
    review_of,
    unit_of,
)

D = "/ban-lam-viec/phoi-hop/"
SIDES = {"dvan", "dvan_head", "handler", "head"}
READERS = SIDES | {"front", "front_head", "party", "council", "intake", "inspector"}
NAMES = sorted(READERS | {"village_head", "other_head", "admin", "other_intake"})


@pytest.fixture
def browser_of(people: Any, settings: Any) -> Callable[[str], Client]:
    settings.OFFICIALS_NEED_MFA = False

    def open_browser(name: str) -> Client:
        client = Client()
        backend = settings.AUTHENTICATION_BACKENDS[1]
        client.force_login(people.accounts[name], backend=backend)
        return client

    return open_browser


def test_who_opens_which_page(people: Any, plan_in: Any, browser_of: Any) -> None:
    plan = plan_in("exchanged")
    clause, line = plan.clauses.first(), plan.lines.get()
    comment = comment_add(acting=people.handler, clause=clause, text="Nêu rõ hơn.")
    for name in NAMES:
        page = browser_of(name)
        sees, writes = name in READERS, name in SIDES
        heads = name in ("head", "dvan_head")
        for address, opens in {
            f"{D}{plan.code}/": sees,
            f"{D}{plan.code}/ke-hoach.pdf": sees and name == "party",
            f"{D}muc/{clause.pk}/": sees,
            f"{D}{plan.code}/dau/": writes,
            f"{D}{plan.code}/can-cu/": writes,
            f"{D}{plan.code}/muc/3/": writes,
            f"{D}{plan.code}/nhiem-vu/": writes,
            f"{D}muc/{clause.pk}/sua/": writes,
            f"{D}muc/{clause.pk}/gop-y/": writes,
            f"{D}gop-y/{comment.pk}/": writes,
            f"{D}dong/{line.pk}/sua/": writes,
            f"{D}{plan.code}/ky/": heads,
        }.items():
            if "pdf" in address and name != "party":
                continue
            answer = page.get(address)
            assert answer.status_code == (200 if opens else 404), (name, address)


def test_the_list_and_the_single_check_agree(people: Any, plan_in: Any) -> None:
    plan = plan_in("exchanged")
    for name in NAMES:
        actor = people.actors[name]
        listed = CoordinationPlan.objects.filter(policies.visible_to(actor), pk=plan.pk).exists()
        assert listed == policies.may_see(actor, plan) == (name in READERS), name


def test_a_plan_is_written_at_the_desk(people: Any, browser_of: Any) -> None:
    dvan, office = browser_of("dvan"), browser_of("handler")
    partner, lead = unit_of(PARTNER), unit_of("21439-ubnd")
    first = {"partner": partner.pk, "year": "2026", "theme": "Gần dân"}
    assert dvan.post(f"{D}them/", first | {"year": "1999"}).status_code == 422
    assert dvan.post(f"{D}them/", first).status_code == 302
    plan = CoordinationPlan.objects.get()
    here = f"{D}{plan.code}/"
    assert office.post(f"{here}can-cu/", {"number": "08-CT/TU", "issuer": "Tỉnh ủy",
                                          "title": "Chỉ thị"}).status_code == 302  # fmt: skip
    assert dvan.post(f"{here}muc/3/", {"content": "4", "text": "Công khai"}).status_code == 302
    assert dvan.post(f"{here}muc/3/", {"content": "", "text": "Công khai"}).status_code == 422
    task = {"content": "4", "title": "Niêm yết", "lead": lead.pk, "due_on": "2026-06-30",
            "bound": "disclosure.on_time", "target": "95", "better": "up"}  # fmt: skip
    assert dvan.post(f"{here}nhiem-vu/", task | {"target": ""}).status_code == 422
    assert dvan.post(f"{here}nhiem-vu/", task).status_code == 302
    line = TaskLine.objects.get()
    assert dvan.post(f"{D}dong/{line.pk}/sua/", task | {"target": "98"}).status_code == 302
    assert "Đã lưu." in dvan.get(here).content.decode()
    text = office.get(here).content.decode()
    assert "08-CT/TU" in text and "Niêm yết" in text
    dropped = dvan.post(f"{D}can-cu/{plan.grounds.get().pk}/bo/", follow=True)
    assert 'class="messages"' in dropped.content.decode()
    assert dvan.post(f"{D}dong/{line.pk}/bo/").status_code == 302
    assert not plan.grounds.exists()
    assert plan.lines.get().removed


def test_where_both_years_have_their_plan_the_form_gives_way_to_them(
    people: Any, plan_of: Any, browser_of: Any
) -> None:
    page, form = browser_of("dvan"), f"{D}them/"
    first = plan_of()
    shown = page.get(form).content.decode()
    assert 'name="theme"' in shown and 'value="2027"' in shown
    second = plan_of(given(due_on=dt.date(2027, 4, 30)), year=2027)
    for answer, status in (
        (page.get(form), 200),
        (page.post(form, {"partner": unit_of(PARTNER).pk, "year": "2027"}), 422),
    ):
        shown = answer.content.decode()
        assert answer.status_code == status
        assert "Kế hoạch năm nay và năm sau đều đã có" in shown
        assert 'name="theme"' not in shown
        for plan in (first, second):
            assert f'href="{D}{plan.code}/"' in shown
    assert CoordinationPlan.objects.count() == 2
    # The body beside it drafts its own: the form stands there with a year that is free.
    other = browser_of("front").get(form).content.decode()
    assert 'name="theme"' in other and 'value="2026"' in other


def test_everything_of_a_plan_in_force_opens(
    people: Any, plan_in: Any, browser_of: Any, take: Any
) -> None:
    plan = plan_in("in_force")
    meeting = take(people.dvan, plan.meetings.order_by("pk").first(), "hold")
    review = take(people.handler, review_of(people, plan), "settle")
    page, task = browser_of("head"), plan.tasks.get()
    for address in (
        f"{D}{plan.code}/", f"{D}nhiem-vu/{task.code}/", f"{D}{plan.code}/kiem-tra/",
        f"{D}cam-ket/{meeting.code}/", f"{D}{plan.code}/chuyen-tiep/", f"{D}nhieu-nam/",
        f"{D}{plan.code}/ban-giao/", f"{D}bao-cao/{review.code}/", f"{D}nhieu-nam/them/",
        f"{D}bao-cao/{review.code}/ky/", f"{D}bao-cao/{review.code}/bao-cao.pdf",
        f"{D}bao-cao/{review.code}/bao-cao.docx", f"{D}nhieu-nam/bao-cao.pdf",
        f"{D}nhieu-nam/bao-cao.docx", f"{D}bao-cao/{review.code}/danh-gia/",
        f"/ban-lam-viec/vu-viec/{meeting.code}/", f"/ban-lam-viec/vu-viec/{plan.code}/",
    ):  # fmt: skip
        assert page.get(address).status_code == 200, address
    promise = {"unit": unit_of("21439-ubnd").pk, "what": "Sửa đường", "due_on": "2026-04-01",
               "document": "3/TB"}  # fmt: skip
    assert page.post(f"{D}cam-ket/{meeting.code}/", promise).status_code == 302
    assert "Sửa đường" in page.get(f"{D}{plan.code}/").content.decode()
    year = {"unit": unit_of(PARTNER).pk, "year": "2019", "source": "BC 12", "tasks": "3"}
    assert page.post(f"{D}nhieu-nam/them/", year | {"done": "4"}).status_code == 422
    assert page.post(f"{D}nhieu-nam/them/", year | {"done": "2"}).status_code == 302
    assert PaperYear.objects.get().entered_as


def test_everybody_reads_the_signed_plan_and_its_review(
    people: Any, plan_in: Any, take: Any
) -> None:
    plan = plan_in("in_force")
    review = review_adopt(people, take, plan, "midterm")
    page = Client()
    text = page.get(f"/phoi-hop/{plan.code}/").content.decode()
    assert "Đối thoại với Nhân dân tổ dân phố 1" in text
    assert plan.code in page.get("/phoi-hop/?year=2026").content.decode()
    for address in (f"/phoi-hop/{plan.code}/ke-hoach.pdf", f"/phoi-hop/bao-cao/{review.code}/",
                    f"/phoi-hop/bao-cao/{review.code}/bao-cao.pdf", "/phoi-hop/nhieu-nam/",
                    f"/tra-cuu/{plan.tasks.get().code}/"):  # fmt: skip
        assert page.get(address).status_code == 200, address


def queries(page: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert page.get(address).status_code == 200
    return len(seen)


def test_lists_ask_as_little_for_a_hundred_as_for_ten(
    people: Any, plan_in: Any, plan_of: Any, browser_of: Any
) -> None:
    many = [given(title=f"Nhiệm vụ {n}", bound="coordination.meetings") for n in range(10)]
    plan = plan_in("in_force", *many)
    desk, guest = browser_of("dvan"), Client()
    pages = ((desk, f"{D}{plan.code}/"), (guest, f"/phoi-hop/{plan.code}/"))
    before = [queries(page, address) for page, address in pages]
    for n in range(90):
        line = TaskLine.objects.create(
            plan=plan, position=20 + n, content=5, title=f"Thêm {n}", lead=unit_of("21439-ubnd"),
            due_on=plan.ends_on, bound="coordination.meetings", target=1,
        )  # fmt: skip
        task_open(acting=people.dvan, plan=plan, line=line, now=clock.now())
    assert [queries(page, address) for page, address in pages] == before
    assert max(before) < 60


def test_the_list_of_plans_asks_as_little_for_a_hundred(
    people: Any, plan_of: Any, browser_of: Any
) -> None:
    desk = browser_of("dvan")
    counts = []
    for size in (10, 100):
        while CoordinationPlan.objects.count() < size:
            plan_write(
                acting=people.dvan, partner=unit_of(PARTNER), office=unit_of("21439-ubnd"),
                year=2026, theme="", economic_plan="", starts_on=clock.today(),
                ends_on=clock.today(), upper=None,
            )  # fmt: skip
        counts.append(queries(desk, D))
    assert counts[0] == counts[1]


def test_the_review_does_not_call_a_task_due_before_its_day(
    people: Any, plan_in: Any, browser_of: Any
) -> None:
    review = review_of(people, plan_in("in_force"))
    text = browser_of("handler").get(f"{D}bao-cao/{review.code}/").content.decode()
    assert "1 chưa đến hạn" in text


def test_giving_up_is_never_put_forward() -> None:
    plan = kind_of("coordination_plan")
    steps = {step.name: step for step in plan.steps}
    assert gives_up(steps["withdraw"]) and gives_up(steps["end"])
    assert not gives_up(steps["sign"]) and not gives_up(steps["finish"])


def test_ending_and_handing_over_are_not_offered_while_the_unit_and_its_tasks_go_on(
    people: Any, plan_in: Any, take: Any, browser_of: Any
) -> None:
    plan, head = plan_in("in_force"), browser_of("head")
    page = head.get(f"{D}{plan.code}/").content.decode()
    assert f"/{plan.code}/ban-giao/" not in page and f"/{plan.code}/end_ask/" not in page
    with pytest.raises(MatterError, match="Còn 1 nhiệm vụ chưa xong"):
        take(people.head, plan, "end_ask")
    take(people.head, plan.tasks.get(), "drop")
    assert f"/{plan.code}/end_ask/" in head.get(f"{D}{plan.code}/").content.decode()


def test_what_two_have_signed_one_alone_does_not_end(
    people: Any, plan_in: Any, take: Any, browser_of: Any
) -> None:
    plan, head, other = plan_in("in_force"), browser_of("head"), browser_of("dvan_head")
    take(people.head, plan.tasks.get(), "drop")
    with pytest.raises(MatterError):
        take(people.dvan_head, plan, "end")  # nobody has proposed it
    take(people.head, plan, "end_ask", reason="Nhiệm vụ đã chuyển sang kế hoạch mới.")

    def offered(page: Any) -> set[str]:
        text = page.get(f"{D}{plan.code}/").content.decode()
        assert "Nhiệm vụ đã chuyển sang kế hoạch mới." in text
        return {name for name in ("end", "end_ask", "end_keep") if f"/{plan.code}/{name}/" in text}

    assert offered(head) == {"end_keep"}
    assert offered(other) == {"end", "end_keep"}
    with pytest.raises(MatterError, match="bên kia"):
        take(people.head, plan, "end")
    kept = take(people.dvan_head, plan, "end_keep")
    assert (kept.state, kept.ending) == ("in_force", "")
    take(people.dvan_head, plan, "end_ask")
    ended = take(people.head, plan, "end")
    assert ended.state == "ended"


def test_the_form_of_a_new_plan_opens_on_the_next_free_year(
    people: Any, plan_of: Any, browser_of: Any
) -> None:
    page, this = browser_of("dvan"), clock.today().year
    assert page.get(f"{D}them/").context["form"].initial["year"] == this
    plan_of(year=this)
    assert page.get(f"{D}them/").context["form"].initial["year"] == this + 1
