"""What the page of a matter shows of its kind alone: a template and what it is filled with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse

from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import step_ready
from dongthuan.core.people.actors import Actor
from dongthuan.work.decisions.elections.effects import CHAIRED, presides
from dongthuan.work.decisions.elections.models import Election
from dongthuan.work.decisions.voting.rights import may_conduct
from dongthuan.work.directives.selectors import order_part
from dongthuan.work.petitions.complaints import complaint_view
from dongthuan.work.recommendations.selectors import criticism_part, recommendation_part
from dongthuan.work.supervision.selectors import finding_part

KIND_PARTS: dict[str, tuple[str, Callable[..., Any]]] = {
    "complaint": ("desk/_complaint.html", complaint_view),
    **dict.fromkeys(
        ("initiative", "convention", "election"),
        ("desk/_village_matter.html", lambda matter, inner: matter),
    ),
    "finding": ("desk/_finding.html", finding_part),
    "body_recommendation": ("desk/_recommendation.html", recommendation_part),
    "social_criticism": ("desk/_criticism.html", criticism_part),
    "directive_order": ("desk/_directive_order.html", order_part),
}

# Steps that ask more than a declaration can: they have one form, and it is not the general one.
OWN_FORMS = {
    ("reception", "conclude"): "desk:reception_conclude",
    ("obstacle", "assign"): "desk:obstacle_assign",
    ("social_criticism", "answer"): "desk:criticism_points",
    ("situation_note", "adopt"): "desk:situation_adopt",
    ("coordination_plan", "sign"): "desk:coord_sign",
    ("plan_review", "sign"): "desk:coord_review_sign",
    ("article", "correct"): "desk:article_correct",
}
OWN_PAGES = {
    "reception": "desk:reception",
    "disclosure": "desk:disclosure",
    "disclosure_plan": "desk:disclosure_plan",
    "decision": "desk:people_decision",
    "board": "desk:board",
    "inspection": "desk:inspection",
    "conference": "desk:gathering",
    "dialogue": "desk:dialogue",
    "yearly_dialogue": "desk:dialogue",
    "consultation": "desk:consultation",
    "project": "desk:project",
    "campaign": "desk:campaign",
    "hotspot": "desk:hotspot",
    "hearing_session": "desk:hearing",
    "directive": "desk:directive",
    "information_note": "desk:information_note",
    "situation_note": "desk:situation",
    "coordination_plan": "desk:coord_plan",
    "coordination_task": "desk:coord_task",
    "plan_review": "desk:coord_review",
    "emulation_cycle": "desk:emulation_year",
    "emulation_model": "desk:emulation_model",
    "article": "desk:article",
}


def own_form(matter: Matter, step: str) -> str:
    """The address of the step's own form; empty for a step that the general form serves."""
    name = OWN_FORMS.get((matter.kind, step))
    return reverse(name, args=[matter.code]) if name else ""


def own_page(matter: Matter) -> str:
    """The page of the room where a matter is worked; empty for kinds worked on the general page."""
    name = OWN_PAGES.get(matter.kind)
    return reverse(name, args=[matter.code]) if name else ""


def page_of(matter: Matter) -> str:
    """Where a matter is worked: a session at its queue, all else on the page of the matter."""
    return own_page(matter) or reverse("desk:matter", args=[matter.code])


def offered(actor: Actor, matter: Matter, steps: Sequence[Step]) -> list[Step]:
    """The steps that would not be refused at once: ready, and not over the actor's own office."""
    found = [step for step in steps if step_ready(matter, step)]
    if isinstance(matter, Election) and not presides(actor, matter):
        return [step for step in found if step.name not in CHAIRED]
    return found


def vote_url(actor: Actor, matter: Matter) -> str:
    """The vote of a village's matter: its console for who conducts it, else its public page."""
    vote = getattr(matter, "vote", None) if matter.kind in ("convention", "election") else None
    if vote is None or matter.place is None:
        return ""
    name = "desk:vote" if may_conduct(actor, matter, matter.place) else "portal:vote"
    return reverse(name, args=[vote.uuid])


def kind_part(matter: Matter, *, inner: bool) -> dict[str, Any]:
    """`part_template` and `part` for the template; empty for kinds without a block of their own."""
    found = KIND_PARTS.get(matter.kind)
    if found is None:
        return {}
    template, view = found
    return {"part_template": template, "part": view(matter=matter, inner=inner)}
