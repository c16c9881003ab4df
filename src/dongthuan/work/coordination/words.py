"""Words for the acts of the room that are no declared step, and for the facts they leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy

from dongthuan.work.coordination.models import ClauseComment, PlanReview, Side

ACTS = {
    "coordination_plan.drafted": gettext_lazy("the plan was drafted from the template"),
    "coordination_plan.head_changed": gettext_lazy("theme or socio-economic plan changed"),
    "coordination_plan.ground_added": gettext_lazy("a basis was added"),
    "coordination_plan.ground_removed": gettext_lazy("a basis was taken out"),
    "coordination_plan.clause_added": gettext_lazy("a clause was added"),
    "coordination_plan.clause_changed": gettext_lazy("a clause was written anew"),
    "coordination_plan.clause_removed": gettext_lazy("a clause was taken out"),
    "coordination_plan.comment_added": gettext_lazy("a side commented on a clause"),
    "coordination_plan.comment_answered": gettext_lazy("a comment was answered"),
    "coordination_plan.line_added": gettext_lazy("a task was added to the list"),
    "coordination_plan.line_changed": gettext_lazy("a task of the list was written anew"),
    "coordination_plan.line_removed": gettext_lazy("a task was taken out of the list"),
    "coordination_plan.line_carried": gettext_lazy("an open task was taken on"),
    "coordination_plan.reopened": gettext_lazy("the text changed and is open again"),
    "coordination_plan.signature_void": gettext_lazy("a signature is void: the text changed"),
    "coordination_plan.handed_over": gettext_lazy("handed over to the successors"),
    "coordination_task.given": gettext_lazy("task given by the plan"),
    "coordination_task.carries_on": gettext_lazy("carries on an earlier task"),
    "plan_meeting.owed": gettext_lazy("owed by the regulation"),
    "joint_inspection.planned": gettext_lazy("inspection planned"),
    "plan_review.begun": gettext_lazy("review begun"),
    "plan_review.edited": gettext_lazy("assessment written"),
    "plan_review.signature_void": gettext_lazy("a signature is void: the text changed"),
}

FACTS = {
    "year": gettext_lazy("year"),
    "side": gettext_lazy("side"),
    "digest": gettext_lazy("digest (SHA-256)"),
    "section": gettext_lazy("section"),
    "number": gettext_lazy("version"),
    "task": gettext_lazy("task"),
    "tasks": gettext_lazy("number of tasks"),
    "done": gettext_lazy("done"),
    "plan": gettext_lazy("plan"),
    "into": gettext_lazy("into"),
    "value": gettext_lazy("Figure reached"),
    "counted": gettext_lazy("counted"),
    "sort": gettext_lazy("which review"),
    "outcome": gettext_lazy("outcome"),
}


def side_words(value: Any, on: dt.date) -> str:
    return str(Side(value).label) if value in Side.values else str(value)


def sort_words(value: Any, on: dt.date) -> str:
    return str(PlanReview.Sort(value).label) if value in PlanReview.Sort.values else str(value)


def outcome_words(value: Any, on: dt.date) -> str:
    known = ClauseComment.Outcome
    return str(known(value).label) if value in known.values else str(value)


_SIDED = (
    "clause_added", "clause_changed", "clause_removed", "comment_added", "comment_answered",
    "line_added", "line_changed", "line_removed", "signature_void", "agree", "sign",
)  # fmt: skip
CODES = {
    **{(f"coordination_plan.{act}", "side"): side_words for act in _SIDED},
    **{(f"plan_review.{act}", "side"): side_words for act in ("sign", "signature_void", "edited")},
    ("plan_review.begun", "sort"): sort_words,
    ("coordination_plan.comment_answered", "outcome"): outcome_words,
}
