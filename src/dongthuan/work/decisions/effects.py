"""What the steps of a decision change beyond the state; called by the engine in its transaction."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, cast

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.meeting import disclosure_owe
from dongthuan.core.matters.models import Projection
from dongthuan.core.matters.wording import impersonal_check
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.work.decisions import hours, rules, voting
from dongthuan.work.decisions.initiatives.effects import initiative_given_back
from dongthuan.work.decisions.models import MEETING, Decision, Method, Vote

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:hg]([0-5]\d)", re.ASCII)


def _decision(context: StepContext) -> Decision:
    return cast(Decision, context.matter)


def impersonal(text: str, field: str) -> str:
    """Text that everybody will read; refused when something in it looks like personal data."""
    text = clean(text)
    impersonal_check(text, field)
    return text


def villages_in(matter: Decision) -> list[Unit]:
    if matter.village_unit:
        return [matter.village_unit]
    return list(matter.villages.order_by("sort_key", "code"))


def _hour(text: str, field: str) -> dt.time:
    found = _CLOCK.fullmatch(clean(text).replace(" ", ""))
    if not found:
        raise MatterError(_("Write the hour such as 19:30."), field=field)
    return dt.time(int(found[1]), int(found[2]))


def _prepare(
    context: StepContext, methods: list[str], opens: dt.datetime, closes: dt.datetime,
    *, purpose: str = Vote.Purpose.MAIN, question: str = "",
) -> Vote:  # fmt: skip
    """The vote of this decision by these ways; commune-wide it runs in every village."""
    matter = _decision(context)
    households, villages = rules.shares_of(matter.item, matter.scope)
    is_method = purpose == Vote.Purpose.METHOD
    other = not is_method and Method.ONLINE in methods
    vote = voting.vote_prepare(
        acting=context.acting,
        matter=matter,
        question=question or matter.proposal,
        villages=villages_in(matter),
        methods=methods,
        threshold=rules.OTHER if is_method else households,
        threshold_villages="" if is_method else villages,
        options=voting.YES_NO_OTHER if other else voting.YES_NO,
        opens_at=opens,
        closes_at=closes,
        purpose=purpose,
    )
    matter.__dict__.pop("vote", None)
    return vote


def agree(context: StepContext) -> None:
    """With the Front's agreement it is put to the people: from now on everybody finds it."""
    Projection.objects.filter(pk=context.matter.pk).update(listed=True)


def object_to(context: StepContext) -> None:
    impersonal(context.data["reason"], "reason")
    initiative_given_back(context)


def withdraw(context: StepContext) -> None:
    """A running vote ends with it; nobody counts it."""
    reason = impersonal(context.data["reason"], "reason")
    _end_votes(context, reason)
    initiative_given_back(context)


def _end_votes(context: StepContext, reason: str) -> None:
    for vote in Vote.objects.filter(
        matter_id=context.matter.pk, state__in=["prepared", "frozen", "open"]
    ):
        voting.vote_void(acting=context.acting, vote=vote, reason=reason)


def convene(context: StepContext) -> None:
    """The meeting's day, hour and place; its vote is prepared by show of hands or secret ballot.

    Each village's meeting itself fixes the manner (Điều 18.4.d): see voting.method_fix.
    """
    matter, data = _decision(context), context.data
    opens = hours.at(data["meeting_on"], _hour(data["meeting_time"], "meeting_time"))
    until = data.get("until") or data["meeting_on"]
    if until < data["meeting_on"]:
        raise MatterError(_("The vote ends before it begins."), field="until")
    rules.in_time_check("dc.meeting_notice", opens, field="meeting_on")
    matter.venue = impersonal(data["venue"], "venue")[:300]
    matter.meeting_at, matter.carried = opens, None
    vote = _prepare(context, [data["manner"]], opens, hours.day_ends(until))
    for roll in vote.rolls.all():
        roll.stations.update(venue=matter.venue, held_at=opens)


def plan_ballot(context: StepContext) -> None:
    """A household ballot, on one of the three grounds of Điều 19.1."""
    matter = _decision(context)
    ground = rules.ballot_ground(
        item=matter.item, scope=matter.scope, short_meeting=matter.short_meeting
    )
    if not ground:
        raise MatterError(
            _("A household ballot on this item needs a meeting first that was too small"
              " (Art. 19.1; Decree 59/2023, Art. 4.1).")
        )  # fmt: skip
    opens, closes = _period(context)
    rules.in_time_check("dc.ballot_notice", opens, field="opens_on")
    matter.ground, matter.carried = ground, None
    context.facts["ground"] = ground
    vote = _prepare(context, [Method.BALLOT], opens, closes)
    _name_teams(context, vote)


def _period(context: StepContext) -> tuple[dt.datetime, dt.datetime]:
    data = context.data
    if data["closes_on"] < data["opens_on"]:
        raise MatterError(_("The vote ends before it begins."), field="closes_on")
    if (data["closes_on"] - data["opens_on"]).days > 60:
        raise MatterError(_("A vote runs for sixty days at most."), field="closes_on")
    return hours.opens_at(data["opens_on"]), hours.closes_at(data["closes_on"])


def _team(context: StepContext) -> list[str]:
    team = [clean(line)[:120] for line in context.data["team"].splitlines() if clean(line)]
    if not 3 <= len(team) <= 5:
        raise MatterError(_("The team has three to five members, one a line."), field="team")
    return team


def _name_teams(context: StepContext, vote: Vote) -> None:
    if not _decision(context).is_commune:
        team = _team(context)
        for roll in vote.rolls.all():
            roll.stations.update(team=team)


def poll_method(context: StepContext) -> None:
    """Step one of an online vote: do more than half of all households want it so?"""
    opens, closes = _period(context)
    if context.data["manner"] in MEETING:
        closes = hours.day_ends(context.data["closes_on"])
    question = "Có đồng ý biểu quyết việc này bằng hình thức trực tuyến không?"
    _prepare(
        context, [context.data["manner"]], opens, closes,
        purpose=Vote.Purpose.METHOD, question=question,
    )  # fmt: skip


def plan_online(context: StepContext) -> None:
    """Step two: agree, disagree, other (Điều 5.2.d); beside it papers for who has no telephone."""
    matter = _decision(context)
    if not matter.online_ready:
        raise MatterError(
            _("More than half of all households must first have agreed to vote online"
              " (Decree 59/2023, Art. 5.2.c).")
        )  # fmt: skip
    opens, closes = _period(context)
    _team(context)
    matter.carried = None
    methods: list[str] = [Method.ONLINE]
    if context.data.get("paper_too"):
        methods.append(Method.BALLOT)
    vote = _prepare(context, methods, opens, closes)
    _name_teams(context, vote)


def declare_short(context: StepContext) -> None:
    """Too few came to reach the share (Điều 19.1.b): the meeting's vote ends without a count."""
    matter = _decision(context)
    vote = matter.vote
    if vote is None or vote.state != Vote.State.OPEN:
        raise MatterError(_("Open the meeting's vote and tick who is present first."))
    (turned_out,) = voting.turnout(vote)
    needed = voting.least(voting.share(vote.threshold, clock.today()), turned_out.all)
    if turned_out.voted >= needed:
        raise MatterError(
            _("%(present)d of %(all)d households are present and %(needed)d can decide: the"
              " meeting votes.")
            % {"present": turned_out.voted, "all": turned_out.all, "needed": needed}
        )  # fmt: skip
    context.facts.update(present=turned_out.voted, all=turned_out.all, needed=needed)
    reason = f"{turned_out.voted}/{turned_out.all} hộ dự họp, cần ít nhất {needed}"
    voting.vote_void(acting=context.acting, vote=vote, reason=reason)
    matter.short_meeting = True
    matter.__dict__.pop("vote", None)


def count(context: StepContext) -> None:
    """Close the vote for good; what was carried is owed to the commune within five days."""
    matter = _decision(context)
    vote = matter.vote
    if vote is None:
        raise MatterError(_("There is no vote to count."))
    result = voting.vote_close(acting=context.acting, vote=vote)
    matter.__dict__.pop("vote", None)
    matter.carried = result.carried
    matter.voted_on = dt.date.fromisoformat(result.on)
    matter.decided_at = min(context.now, vote.closes_at)
    context.facts.update(yes=result.yes, all=result.all, voted=result.voted)
    if vote.threshold_villages:
        context.facts.update(villages=len(result.villages), approving=result.villages_passed)
    context.target = "carried" if result.carried else "rejected"
    if result.carried and not matter.is_commune:
        matter.effective_on = matter.voted_on  # Điều 21.2, first sentence


def record(context: StepContext) -> None:
    """The text of the decision with the fields of Điều 20.2; money of the people becomes public.

    Two households sign the decision of a village; commune-wide each village has signed its own, and
    what is written here puts their results together (Điều 21.2).
    """
    matter, data = _decision(context), context.data
    matter.form, matter.document = data["form"], clean(data["document"])[:80]
    matter.text = impersonal(data["text"], "text")
    matter.signers = [] if matter.is_commune else _signers(data)
    _publish(matter, matter.text)
    item = rules.DISCLOSED.get(matter.item)  # type: ignore[call-overload]
    if item:
        disclosure_owe(
            acting=context.acting, origin=matter, item=item, title=matter.title, body=matter.text,
            decided_at=matter.decided_at or context.now,
        )  # fmt: skip


def _signers(data: dict[str, Any]) -> list[str]:
    names = [clean(data.get(name) or "")[:120] for name in ("signer_one", "signer_two")]
    if not all(names) or names[0].casefold() == names[1].casefold():
        raise MatterError(_("Two different households sign."), field="signer_two")
    return names


def _publish(matter: Decision, answer: str) -> None:
    Projection.objects.filter(pk=matter.pk).update(
        answer=answer,
        search_text=f"{matter.code}\n{matter.title}\n{matter.proposal}\n{answer}"[:20_000],
    )


def send(context: StepContext) -> None:
    """Within a village it holds since the vote; commune-wide the People's Committee says when."""
    matter = _decision(context)
    if matter.voted_on and context.data["sent_on"] < matter.voted_on:
        raise MatterError(_("It cannot have been sent before the vote."), field="sent_on")
    context.target = "sent" if matter.is_commune else "in_force"


def recognise(context: StepContext) -> None:
    _decision(context).effective_on = context.data["effective_on"]


def give_reason(context: StepContext) -> None:
    impersonal(context.data["reason"], "reason")


def annul(context: StepContext) -> None:
    impersonal(context.data["reason"], "reason")
    _decision(context).effective_on = None


def redo(context: StepContext) -> None:
    """The People's Committee asks for it to be done again (Điều 22.2): nothing of it holds."""
    matter = _decision(context)
    impersonal(context.data["reason"], "reason")
    matter.carried, matter.effective_on, matter.voted_on = None, None, None
    matter.text, matter.document, matter.signers, matter.short_meeting = "", "", [], False
    _publish(matter, "")


def replace(context: StepContext) -> None:
    """The community has decided anew by the same procedure (Điều 22.3)."""
    matter = _decision(context)
    code = clean(context.data["successor"]).upper()
    successor = Decision.objects.filter(code=code, state="in_force").first()
    if successor is None or successor.pk == matter.pk:
        raise MatterError(_("Give the code of a decision that is in force."), field="successor")
    if successor.replaces_id != matter.pk:
        raise MatterError(
            _("That decision was not proposed to take the place of this one."), field="successor"
        )
    matter.effective_on = None
