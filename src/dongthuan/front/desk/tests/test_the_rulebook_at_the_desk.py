"""The rulebook on the desk: found, read, drafted by one person and approved by another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.people.services import account_create, appointment_create
from dongthuan.core.units.models import Position
from dongthuan.work.rulebook.models import RuleDraft

RULES = "/ban-lam-viec/quy-dinh/"
DRAFTS = "/ban-lam-viec/quy-dinh/du-thao/"


@pytest.fixture
def approver(people: Any, desk_of: Callable[[str], Client]) -> Client:
    """The head of the province."""
    account = account_create(
        email="chutich-tinh@vidu.vn", name="Cán bộ tỉnh", password="mat-khau-1"
    )
    people.accounts["province_head"] = account
    appointment_create(
        account=account,
        position=Position.objects.get(code="51-head"),
        valid_from=dt.date(2025, 7, 1),
    )
    return desk_of("province_head")


def answers(**fields: Any) -> dict[str, Any]:
    return {
        "valid_from": (clock.today() + dt.timedelta(days=9)).isoformat(),
        "term": "5 wd",
        "when": "",
        "extension": "",
        "transition": "immediate",
        "basis_vi": "Điều 1 Nghị định thử",
        "basis_en": "Trial decree, Art. 1",
        "document": "1/2027/NĐ-CP",
        "evidence": "P",
        "reason": "Nghị định mới",
    } | fields


def drafted(client: Client, key: str = "kn.accept", **fields: Any) -> RuleDraft:
    answer = client.post(f"{RULES}{key}/phien-ban-moi/", answers(**fields))
    assert answer.status_code == 302, answer.context["form"].errors
    return RuleDraft.objects.order_by("-id")[0]


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("", "kn.accept", "kn.moon"),
        ("?q=thu+ly+khieu+nai", "kn.accept", "tc.settle"),
        ("?q=154/2026", "tcd.refusal_grounds", "kn.accept"),
        ("?law=reception", "tcd.result_notice", "kn.accept"),
        ("?evidence=other", "tcd.large_group", "kn.accept"),
        ("?evidence=P", "kn.accept", "tcd.large_group"),
    ],
)
def test_rules_are_found_by_words_law_and_evidence(
    desk_of: Callable[[str], Client], query: str, there: str, gone: str
) -> None:
    page = desk_of("handler").get(RULES + query).content.decode()
    assert f'href="{RULES}{there}/"' in page
    assert f'href="{RULES}{gone}/"' not in page


def test_a_search_without_a_hit_says_so(desk_of: Callable[[str], Client]) -> None:
    page = desk_of("handler").get(RULES + "?q=zzzz&law=moon")
    assert page.status_code == 200
    assert 'class="empty"' in page.content.decode()


def test_a_rule_shows_its_history_and_how_sure_it_is(desk_of: Callable[[str], Client]) -> None:
    client = desk_of("front")
    page = client.get(RULES + "kn.accept/").content.decode()
    assert "10 ngày" in page and "7 ngày làm việc" in page and "155/2026/NĐ-CP" in page
    assert "chưa kiểm chứng" in client.get(RULES + "tcd.large_group/").content.decode()
    assert client.get(RULES + "kn.moon/").status_code == 404


def test_one_drafts_and_another_approves(
    desk_of: Callable[[str], Client], approver: Client, submit: Any
) -> None:
    submit()
    inspector = desk_of("inspector")
    draft = drafted(inspector, "kn.accept")
    page = f"{DRAFTS}{draft.pk}/"
    assert inspector.get(page).status_code == 200
    assert inspector.post(page + "de-nghi/").status_code == 302
    refused = inspector.post(page + "phe-duyet/")
    assert refused.status_code == 422
    assert approver.post(page + "bac/", {"note": ""}).status_code == 422
    assert approver.post(page + "phe-duyet/", {"note": "Đúng văn bản"}).status_code == 302
    done = RuleDraft.objects.get(pk=draft.pk)
    assert (done.state, done.decision_note) == ("approved", "Đúng văn bản")
    assert approver.get(page).status_code == 200
    assert approver.get(DRAFTS).content.decode().count(page) == 1


@pytest.mark.parametrize(
    ("typed", "term"),
    [("5 ngày", "5 d"), ("5 ngày làm việc", "5 wd"), ("2 tháng", "2 months"), ("1 Year", "1 year")],
)
def test_a_term_is_typed_in_words(desk_of: Callable[[str], Client], typed: str, term: str) -> None:
    draft = drafted(
        desk_of("inspector"), term=typed, when=f"remote: {typed}", basis_en="",
    )  # fmt: skip
    assert draft.table["term"] == draft.table["when"][0]["term"] == term
    assert draft.table["basis_en"] == "Điều 1 Nghị định thử"


def test_an_approval_says_from_which_day_the_version_holds(
    desk_of: Callable[[str], Client], approver: Client
) -> None:
    inspector = desk_of("inspector")
    draft = drafted(inspector)
    page = f"{DRAFTS}{draft.pk}/"
    inspector.post(page + "de-nghi/")
    answer = approver.post(page + "phe-duyet/", follow=True)
    assert f"{draft.valid_from:%d/%m/%Y}." in answer.content.decode()


def test_what_would_change_names_the_matters(desk_of: Callable[[str], Client], submit: Any) -> None:
    from dongthuan.core.matters.models import Duty

    matter = submit().matter
    duty = Duty.objects.filter(matter=matter).order_by("id")[0]
    client = desk_of("inspector")
    draft = drafted(
        client, duty.rule, term="60 d",
        valid_from=(clock.today() + dt.timedelta(days=1)).isoformat(),
    )  # fmt: skip
    page = client.get(f"{DRAFTS}{draft.pk}/").content.decode()
    assert matter.code in page
    assert f"{duty.due_on:%d/%m/%Y}" in page


def test_a_draft_can_be_changed_until_it_is_proposed(desk_of: Callable[[str], Client]) -> None:
    client = desk_of("inspector")
    draft = drafted(client)
    address = f"{DRAFTS}{draft.pk}/sua/"
    form = client.get(address).context["form"]
    assert form.initial["term"] == "5 wd"
    changed = client.post(address, answers(term="6 wd", revision=draft.revision))
    assert changed.status_code == 302
    stale = client.post(address, answers(term="7 wd", revision=draft.revision))
    assert stale.status_code == 422
    assert RuleDraft.objects.get(pk=draft.pk).table["term"] == "6 wd"
    client.post(f"{DRAFTS}{draft.pk}/de-nghi/")
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"valid_from": "2020-01-01"}, "valid_from"),
        ({"valid_from": "khi nào đó"}, "valid_from"),
        ({"term": "soon"}, None),
        ({"when": "complex 9 d"}, "when"),
        ({"basis_vi": ""}, "basis_vi"),
        ({"reason": " "}, "reason"),
        ({"evidence": "sure"}, "evidence"),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(
    desk_of: Callable[[str], Client], fields: dict[str, Any], field: str | None
) -> None:
    answer = desk_of("inspector").post(f"{RULES}kn.accept/phien-ban-moi/", answers(**fields))
    assert answer.status_code == 422
    assert answer.context["form"].errors.get(field or "__all__")
    assert not RuleDraft.objects.exists()


@pytest.mark.parametrize("name", ["handler", "head", "front", "dvan", "admin"])
def test_others_read_the_rules_and_draft_none(desk_of: Callable[[str], Client], name: str) -> None:
    client = desk_of(name)
    assert client.get(RULES).status_code == 200
    assert client.get(f"{RULES}kn.accept/phien-ban-moi/").status_code == 403
    assert client.post(f"{RULES}kn.accept/phien-ban-moi/", answers()).status_code == 403
    assert not RuleDraft.objects.exists()


def test_an_administrator_sees_no_draft(desk_of: Callable[[str], Client]) -> None:
    draft = drafted(desk_of("inspector"))
    admin = desk_of("admin")
    assert admin.get(f"{DRAFTS}{draft.pk}/").status_code == 404
    assert str(draft.pk) not in admin.get(DRAFTS).content.decode().split("main")[1]
    assert admin.post(f"{DRAFTS}{draft.pk}/phe-duyet/").status_code == 404


@pytest.mark.parametrize("name", ["account", "nobody"])
def test_the_door_is_for_officials(desk_of: Callable[[str], Client], name: str) -> None:
    for address in (RULES, RULES + "kn.accept/", DRAFTS):
        assert desk_of(name).get(address).status_code in (302, 403)


def test_facts_of_every_sort_have_a_form(desk_of: Callable[[str], Client]) -> None:
    client = desk_of("inspector")
    keys = (
        "tcd.chair_commune.min_days", "dc.vote.contrib", "kn.suspend", "kn.second_instance",
        "tcd.ledger_form", "kn.non_acceptance_grounds", "tcd.group_reps", "tc.settle",
    )  # fmt: skip
    for key in keys:
        assert client.get(f"{RULES}{key}/phien-ban-moi/").status_code == 200, key
    items = "1 | lý do một | reason one\n2 | lý do hai | reason two"
    drafted(client, "kn.non_acceptance_grounds", value=items)
    assert len(RuleDraft.objects.get().table["items"]) == 2


def test_the_list_of_drafts_costs_the_same_at_ten_and_at_a_hundred(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("inspector")
    account = people.accounts["inspector"]

    def make(first: int, last: int) -> None:
        RuleDraft.objects.bulk_create(
            RuleDraft(
                key=f"kn.thu{number}", table={}, valid_from=dt.date(2030, 1, 1), document="1",
                reason="thử", drafted_by=account, drafted_as="Thanh tra", state="withdrawn",
            )
            for number in range(first, last)
        )  # fmt: skip

    counts = []
    for first, last in ((0, 10), (10, 100)):
        make(first, last)
        client.get(DRAFTS)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(DRAFTS)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 6
    assert "before=" in page.content.decode()


def test_the_list_of_rules_asks_the_database_only_who_one_is(
    desk_of: Callable[[str], Client],
) -> None:
    client = desk_of("inspector")
    client.get(RULES)
    with CaptureQueriesContext(connection) as captured:
        client.get(RULES)
    assert len(captured) <= 4
