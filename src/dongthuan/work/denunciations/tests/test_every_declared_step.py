"""Walks the declared table: every step, from every state, by every role."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, DutyState, Entry, EntryPayload, Matter, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import matter_act, step_exists, truth
from dongthuan.core.outbox.models import Message
from dongthuan.core.units.models import Unit
from dongthuan.work.denunciations.kinds import DENUNCIATION, STATES
from dongthuan.work.denunciations.models import Denunciation
from dongthuan.work.denunciations.tests.paths import (
    answers,
    denounced_again,
    matter_in,
    take,
    walk,
    worker_for,
)

OTHERS = ("intake", "handler", "head", "front", "dvan", "inspector", "admin", "other_head")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_state_allows_just_the_declared_steps(people: Any, denounce: Any, state: Any) -> None:
    """Each declared step that the facts allow can be taken; each other one is refused whole."""
    matter = matter_in(people, denounce, state.name)
    assert matter.state == state.name
    worker = worker_for(people, matter)
    before = _picture(matter)
    fresh = matter_get(actor=worker, code=matter.code)
    assert fresh is not None
    offered = steps_for(actor=worker, matter=fresh)
    for step in DENUNCIATION.steps:
        allowed = state.name in step.source and step_exists(fresh, step)
        assert (step in offered) == allowed
        if not allowed:
            with pytest.raises(MatterError):
                _take(worker, fresh, step)
            assert _picture(matter) == before


@pytest.mark.parametrize("step", DENUNCIATION.steps, ids=lambda step: step.name)
def test_a_step_is_taken_by_the_designated_only_and_does_what_it_declares(
    people: Any, denounce: Any, step: Step
) -> None:
    """Taken once: its state, its duties, one entry, nothing that names anybody beside the seal."""
    matter = ready_for(people, denounce, step)
    before = _picture(matter)
    for name in OTHERS:
        with pytest.raises(NotAllowed):
            _take(people.actors[name], matter, step)
    assert _picture(matter) == before
    worker = worker_for(people, matter)
    running = {d.rule for d in _running(matter)}
    messages = Message.objects.count()
    done = _take(worker, matter, step)
    fresh = matter_get(actor=worker_for(people, done), code=matter.code)
    assert fresh is not None
    if step.target and step.name != "rise":
        assert done.state == step.target
    wanted = {opens.rule for opens in step.opens if not opens.when or truth(fresh, opens.when)}
    assert wanted <= {d.rule for d in _running(done)}
    for rule in set(step.closes) & running:
        closed = Duty.objects.filter(matter=done, rule=rule).order_by("id")[0]
        assert closed.state in (DutyState.FULFILLED, DutyState.LATE)
    entry = Entry.objects.filter(matter=matter, act=f"denunciation.{step.name}").latest("id")
    assert (entry.audience, entry.actor_id) == (step.audience, worker.account_id)
    assert not EntryPayload.objects.filter(entry__matter=matter).exists()
    assert not Projection.objects.filter(pk=matter.pk).exists()
    assert Message.objects.count() == messages
    next_due = min((d.due_on for d in _running(done) if d.state == DutyState.OPEN), default=None)
    assert Matter.objects.get(pk=matter.pk).next_due_on == next_due


def test_every_step_names_its_article() -> None:
    assert all("Điều" in step.basis or "Thông tư" in step.basis for step in DENUNCIATION.steps)


# Steps whose facts no single way of states brings about.
READY: dict[str, tuple[str, ...]] = {
    "refuse": ("register", "EXAMINE_UNMET"),
    "transfer": ("register", "EXAMINE_OUT"),
    "unprocess": ("register", "EXAMINE_COPY"),
    "inspect": ("register", "EXAMINE_ANONYMOUS"),
}


def ready_for(people: Any, denounce: Any, step: Step) -> Matter:
    """A denunciation on which the step can be taken now."""
    if step.name in READY:
        return walk(people, denounce().matter, READY[step.name])
    if step.name in ("demand", "take_over", "followed"):
        matter = denounced_again(people, denounce, "overdue")
        return matter if step.name == "demand" else take(people, matter, "demand")
    if step.name == "link_again":
        return _to_link(people, denounce)
    if step.name == "overdue_report":
        again = denounced_again(people, denounce, "overdue")
        take(people, again, "demand")
        return _fresh(people, Matter.objects.get(code=_earlier(again).code))
    if step.name == "tell_forwarder":
        matter = denounce(forwarded_by="Báo Quảng Ngãi").matter
        return _fresh(people, walk(people, matter, ("register", "examine")))
    if step.name == "rise":
        return _at_the_top(people, denounce)
    if step.name.startswith("protect_"):
        return _fresh(people, _protected(people, matter_in(people, denounce, "examined"), step))
    if step.name in ("result", "result_notice"):
        matter = matter_in(people, denounce, "concluded")
        matter = take(people, matter, "handle", measures=["recommended"])
        return matter if step.name == "result" else take(people, matter, "result")
    if step.name in ("publish", "unpost"):
        matter = take(people, matter_in(people, denounce, "concluded"), "draft")
        return _fresh(people, matter if step.name == "publish" else take(people, matter, "publish"))
    if step.name == "notify":
        return _fresh(people, matter_in(people, denounce, "accepted"))
    state = "suspended" if step.name == "suspend_notice" else step.source[0]
    return _fresh(people, matter_in(people, denounce, state))


def _protected(people: Any, matter: Matter, step: Step) -> Matter:
    before = {
        "protect_decide": ("protect_ask",),
        "protect_request": ("protect_ask",),
        "protect_refuse": ("protect_ask",),
        "protect_answered": ("protect_ask", "protect_request"),
        "protect_change": ("protect_ask", "protect_decide"),
        "protect_end": ("protect_ask", "protect_decide"),
    }
    return walk(people, matter, before.get(step.name, ()))


def _to_link(people: Any, denounce: Any) -> Matter:
    earlier = matter_in(people, denounce, "concluded")
    again = denounce(place=Unit.objects.get(code="51")).matter
    walk(people, again, ("register",))
    assert earlier.state == "concluded"
    return _fresh(people, again)


def _at_the_top(people: Any, denounce: Any) -> Matter:
    """Found later that the head is denounced: walled off and still to be handed up."""
    matter = matter_in(people, denounce, "registered")
    Denunciation.objects.filter(pk=matter.pk).update(head_denounced=True)
    return _fresh(people, matter)


def _earlier(matter: Matter) -> Matter:
    earlier = Denunciation.objects.get(pk=matter.pk).earlier
    assert earlier is not None
    return earlier


def _fresh(people: Any, matter: Matter) -> Matter:
    found = matter_get(actor=worker_for(people, matter), code=matter.code)
    assert found is not None
    return found


def _take(actor: Any, matter: Matter, step: Step) -> Matter:
    given = {}
    if step.name == "link_again":
        earlier = Denunciation.objects.filter(path__contains=".21439.").exclude(pk=matter.pk)
        given = {"earlier": earlier[0].code if earlier else "21439-26-999999"}
    return matter_act(
        acting=actor, matter_id=matter.pk, step_name=step.name, data=answers(step, given)
    )


def _running(matter: Matter) -> list[Duty]:
    return list(Duty.objects.filter(matter=matter, state__in=["open", "paused"]))


def _picture(matter: Matter) -> tuple[Any, ...]:
    return (
        Matter.objects.filter(pk=matter.pk).values_list("state", "version", "designated").get(),
        list(Duty.objects.filter(matter=matter).values_list("rule", "state", "due_on")),
        Entry.objects.filter(matter=matter).exclude(act__startswith="vault.").count(),
    )
