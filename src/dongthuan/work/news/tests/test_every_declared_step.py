"""Walks the declared table of an article: every step, from every state, by every body."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Entry, Matter, Projection
from dongthuan.core.matters.selectors import steps_for
from dongthuan.work.news.kinds import ARTICLE
from dongthuan.work.news.models import Article
from dongthuan.work.news.tests.conftest import act

ANSWERS: dict[str, dict[str, Any]] = {
    "correct": {
        "note": "Sửa chiều dài đường.",
        "body": "Đoạn đường dài ba cây số, không phải hai.",
    },
    "withdraw": {"reason": "Tin chưa được kiểm chứng"},
}
WAYS = {
    "draft": (), "scheduled": ("approve",), "published": ("approve", "publish"),
    "corrected": ("approve", "publish", "correct"),
    "withdrawn": ("approve", "publish", "withdraw"), "dropped": ("drop",),
}  # fmt: skip
CASES = [(state, step) for state in WAYS for step in ARTICLE.steps if state in step.source]


@pytest.fixture
def brought(people: Any, draft: Any) -> Any:
    def brought(state: str) -> Article:
        made: Article = draft()
        for step in WAYS[state]:
            made = take(people, made, step)
        return made

    return brought


def take(people: Any, article: Article, step: str, actor: Any = None) -> Article:
    data = dict(ANSWERS.get(step, {}))
    if step == "correct":
        data["body"] += f" (lần {article.version})"
    return act(actor or people.head, article, step, **data)


def picture(article: Article) -> Any:
    return (
        Matter.objects.filter(pk=article.pk).values_list("state", "version", "level").get(),
        Entry.objects.filter(matter=article).count(),
    )


def test_every_state_has_a_way() -> None:
    assert set(WAYS) == set(ARTICLE.by_state)


@pytest.mark.parametrize("state", WAYS)
def test_a_state_refuses_what_is_not_declared_for_it(people: Any, brought: Any, state: str) -> None:
    article = brought(state)
    before = picture(article)
    for step in ARTICLE.steps:
        allowed = state in step.source
        assert (step in steps_for(actor=people.head, matter=article)) == allowed
        if not allowed:
            with pytest.raises(MatterError):
                take(people, article, step.name)
    assert picture(article) == before


@pytest.mark.parametrize(("state", "step"), CASES, ids=lambda v: getattr(v, "name", v))
def test_a_declared_step_does_what_it_says(
    people: Any, brought: Any, state: str, step: Step
) -> None:
    done = take(people, brought(state), step.name)
    assert done.state == step.target
    entry = Entry.objects.filter(matter=done).latest("id")
    assert (entry.act, entry.audience) == (f"article.{step.name}", step.audience)
    shown = Projection.objects.get(pk=done.pk)
    assert (shown.state, shown.listed) == (done.state, done.is_public)


@pytest.mark.parametrize("step", ARTICLE.steps, ids=lambda step: step.name)
def test_only_the_declared_roles_take_a_step(people: Any, brought: Any, step: Step) -> None:
    article = brought(step.source[-1])
    before = picture(article)
    allowed = {"intake", "handler", "handler2", "head"} if step.name == "drop" else {"head"}
    for other in set(people.accounts) - allowed - {"sealed"}:
        with pytest.raises(NotAllowed):
            take(people, article, step.name, people.actors[other])
    assert picture(article) == before


@pytest.mark.parametrize("state", ["draft", "scheduled", "dropped"])
def test_a_draft_is_read_by_its_own_body_alone(people: Any, brought: Any, state: str) -> None:
    from dongthuan.core.matters.policies import may_see, visible_to

    article = Matter.objects.get(pk=brought(state).pk)
    own = {"intake", "handler", "handler2", "head", "sealed", "inspector"}
    for name, actor in people.actors.items():
        seen = Matter.objects.filter(visible_to(actor), pk=article.pk).exists()
        assert seen == may_see(actor, article)
        assert not seen or name in own, name
    assert Projection.objects.get(pk=article.pk).title == "Bài viết đang soạn"
