"""What the steps of an initiative do beside what they declare."""

from __future__ import annotations

from typing import cast

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Duty, Matter, Projection
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.text import clean
from dongthuan.work.decisions.initiatives.models import DECIDING, Initiative
from dongthuan.work.decisions.village_matters import public_words

# What may be refused: the last words of the first paragraph of Điều 16.3, and nothing else.
REFUSALS = (
    ("law", _lazy("against the law")),
    ("customs", _lazy("against good customs or social ethics")),
)
PUT_RULE = "dc.initiative.put"


def _of(context: StepContext) -> Initiative:
    return cast(Initiative, context.matter)


def take_up(context: StepContext) -> None:
    """From now on everybody reads it: the words are checked for what concerns persons."""
    matter = _of(context)
    title = public_words(str(context.data["title"]), field="title", least=5, most=200)
    said = str(context.data.get("proposal") or matter.proposal)
    matter.title = title
    matter.proposal = public_words(said, field="proposal", least=10, most=5000)
    Projection.objects.filter(pk=matter.pk).update(
        title=title, body=matter.proposal, listed=True,
        search_text=f"{matter.code}\n{title}\n{matter.proposal}",
    )  # fmt: skip
    context.data["proposal"] = ""  # it stands on the matter; the entry need not repeat it


def reach(context: StepContext) -> None:
    """How many of how many, as they stood on this day."""
    matter = _of(context)
    matter.reached_on = timezone.localdate(context.now)
    matter.reached_yes, matter.reached_all = matter.supporters, matter.households
    context.facts["supporters"] = matter.reached_yes
    context.facts["households"] = matter.reached_all


def endorse(context: StepContext) -> None:
    """Below a tenth, the village's Front committee may carry it all the same."""
    reach(context)
    _of(context).endorsed = True


def put(context: StepContext) -> None:
    """A convention is opened here; a decision or election that was opened is named by its code."""
    from dongthuan.work.decisions.conventions.services import convention_open

    matter = _of(context)
    code = clean(str(context.data.get("decided_in") or "")).upper()
    if matter.is_convention and not code:
        made = convention_open(
            acting=context.acting, village=matter.home, title=matter.title, origin=matter,
            is_demo=matter.is_demo,
        )  # fmt: skip
        context.facts["decided_in"] = made.code
        return
    # Opened after it came in, still to be decided, and not the answer to another initiative.
    free = Q(parent=None) | Q(parent=matter) | ~Q(parent__kind="initiative")
    found = Matter.objects.filter(
        free, code=code, place=matter.home, kind__in=DECIDING, closed_at=None,
        opened_at__gte=matter.opened_at,
    ).first()  # fmt: skip
    if found is None:
        raise MatterError(
            _("Open the decision or election of this village first, then write its code here."),
            field="decided_in",
        )
    if found.parent_id is None:
        Matter.objects.filter(pk=found.pk).update(parent=matter)
    context.facts["decided_in"] = found.code


def initiative_given_back(context: StepContext) -> None:
    """What was opened for an initiative ends without a vote: the village owes it again."""
    matter = context.matter
    origin = Initiative.objects.filter(children=matter, state="put").first()
    if origin is None or matter.votes.filter(state="closed", purpose="main").exists():
        return
    # The end that is written after this effect; the initiative asks for it.
    Matter.objects.filter(pk=matter.pk).update(state=context.target)
    if origin.is_unanswered:
        matter_act(acting=SYSTEM, matter_id=origin.pk, step_name="give_back")


def give_back(context: StepContext) -> None:
    """The promise to the households goes on under its old date; nobody moves it by withdrawing."""
    matter = _of(context)
    earlier = Duty.objects.filter(matter=matter, rule=PUT_RULE).order_by("id").first()
    anchor = (earlier.anchor, earlier.anchor_at) if earlier else ("now", context.now)
    context.duties += duties_open(
        matter=matter, rules=[(PUT_RULE, *anchor)], now=context.now, owner=matter.home
    )


def refuse(context: StepContext) -> None:
    """A refusal is public with its reason."""
    reason = public_words(str(context.data["reason"]), field="reason", least=10, most=1000)
    Projection.objects.filter(pk=context.matter.pk).update(answer=reason)
