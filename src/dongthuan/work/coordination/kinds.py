"""The five declared kinds: plan, task, meeting, joint inspection, review."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.work.coordination import effects, review_effects, task_effects
from dongthuan.work.coordination.sides import LEADERS, SIGNERS, WRITERS

BASIS = "Quy chế phối hợp công tác dân vận của cấp ủy"
PLAN_BASIS = "Kế hoạch phối hợp đã ký"
BOTH = ("partner", "office")
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
NUMBER = Ask("document", "text", _("Number and symbol of the document"), max_length=80)
PAPER = Ask("papers", "paper", _("Files"), required=False)
EVIDENCE = Ask("papers", "paper", _("Evidence of the result"))
# The same words mean other things of disclosures, receptions and rules.
OWED = pgettext_lazy("meeting", "owed")
HELD = pgettext_lazy("meeting", "held")
INSPECTED = pgettext_lazy("joint inspection", "inspected")
GIVEN_UP = pgettext_lazy("plan", "given up")
IN_FORCE = pgettext_lazy("plan", "in force")

# -- the plan -------------------------------------------------------------------------------------

EXCHANGE = Step(
    name="exchange", label=_("Send the draft to the other side"), source=("drafting",),
    target="exchanged", roles=WRITERS, by=BOTH, basis=BASIS, audience=Audience.PETITIONER,
    opens=(Opens("coord.plan.answer", owner="answering"),), effect=effects.exchange,
)  # fmt: skip
AGREE = Step(
    name="agree", label=_("Agree to the text"), source=("exchanged",), target="exchanged",
    roles=WRITERS, by=BOTH, basis=BASIS, audience=Audience.PETITIONER,
    may_close=("coord.plan.answer",), effect=effects.agree,
)  # fmt: skip
SIGN = Step(
    name="sign", label=_("Sign the plan"), source=("agreed", "half_signed"), target="half_signed",
    roles=SIGNERS, by=BOTH, basis=BASIS, audience=Audience.PUBLIC,
    asks=(Ask("digest", "text", _("Digest of the text that you sign"), max_length=64),),
    effect=effects.sign, grave=True,
)  # fmt: skip
BACK = Step(
    name="rework", label=_("Take the text back for changes"), source=("agreed", "half_signed"),
    target="exchanged", roles=WRITERS, by=BOTH, basis=BASIS, audience=Audience.PETITIONER,
    asks=(REASON,), effect=effects.rework,
)  # fmt: skip
WITHDRAW = Step(
    name="withdraw", label=_("Give up the plan"),
    source=("drafting", "exchanged", "agreed", "half_signed"), target="withdrawn",
    roles=SIGNERS, by=BOTH, basis=BASIS, audience=Audience.PETITIONER, asks=(REASON,),
    waives=("*",), effect=effects.withdraw, grave=True,
)  # fmt: skip
END_ASK = Step(
    name="end_ask", label=_("Propose to end the plan before its time"),
    source=("in_force", "midterm"), target="", roles=SIGNERS, by=BOTH, basis=BASIS,
    audience=Audience.PETITIONER, asks=(REASON,), effect=effects.end_ask,
    when="not ending", ready="tasks_settled",
)  # fmt: skip
END = Step(
    name="end", label=_("Agree to end the plan before its time"), source=("in_force", "midterm"),
    target="ended", roles=SIGNERS, by=BOTH, basis=BASIS, audience=Audience.PUBLIC,
    asks=(NUMBER,), waives=("*",), effect=effects.end, grave=True, when="ending",
    ready="tasks_settled",
)  # fmt: skip
END_KEEP = Step(
    name="end_keep", label=_("Keep the plan in force"), source=("in_force", "midterm"), target="",
    roles=SIGNERS, by=BOTH, basis=BASIS, audience=Audience.PETITIONER, asks=(REASON,),
    effect=effects.end_keep, when="ending",
)  # fmt: skip
MIDTERM = Step(
    name="midterm", label=_("Adopt the mid-term review"), source=("in_force",), target="midterm",
    roles=SIGNERS, by=BOTH, basis=BASIS, audience=Audience.PUBLIC, when="midterm_adopted",
    closes=("coord.review.midterm",),
)  # fmt: skip
FINISH = Step(
    name="finish", label=_("Adopt the final review"), source=("in_force", "midterm"),
    target="closed", roles=SIGNERS, by=BOTH, basis=BASIS, audience=Audience.PUBLIC,
    when="final_adopted", closes=("coord.review.midterm", "coord.review.final"),
)  # fmt: skip
PLAN = Kind(
    "coordination_plan",
    _("coordination plan (kế hoạch phối hợp)"),
    (
        State("drafting", _("being drafted"), _("in preparation"), "waiting"),
        State("exchanged", _("with both sides for comments"), _("in preparation"), "waiting"),
        State("agreed", _("text agreed, to be signed"), _("in preparation"), "waiting"),
        State("half_signed", _("signed by one side"), _("in preparation"), "waiting"),
        State("in_force", _("signed by both sides, in force"), IN_FORCE, "active"),
        State("midterm", _("mid-term reviewed"), _("in force, mid-term reviewed"), "active"),
        State("closed", _("finally reviewed"), _("finally reviewed"), "good", final=True),
        State("joined", _("amendment in force"), IN_FORCE, "good", final=True),
        State("ended", _("ended before its time"), _("ended before its time"), "neutral",
              final=True),
        State("withdrawn", GIVEN_UP, GIVEN_UP, "neutral", final=True),
    ),
    (EXCHANGE, AGREE, SIGN, BACK, MIDTERM, FINISH, END, END_ASK, END_KEEP, WITHDRAW),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip

# -- a task ---------------------------------------------------------------------------------------

WORKING = ("planned", "doing")
START = Step(
    name="start", label=_("Begin"), source=("planned",), target="doing", roles=LEADERS,
    basis=PLAN_BASIS, audience=Audience.PUBLIC,
)  # fmt: skip
REPORT = Step(
    name="report", label=_("Report progress"), source=WORKING, target="doing", roles=LEADERS,
    basis=PLAN_BASIS, audience=Audience.PUBLIC,
    asks=(
        Ask("report", "lines", _("What was done"), max_length=3000),
        Ask("value", "area", _("Figure reached"), required=False, when="is_typed",
            help=_("Only where the system does not count it; evidence is needed.")),
        PAPER,
    ),
    effect=task_effects.report,
)  # fmt: skip
OBSTACLE = Step(
    name="obstacle", label=_("Name an obstacle"), source=WORKING, target="", roles=LEADERS,
    basis=PLAN_BASIS, audience=Audience.PUBLIC, when="not has_obstacle",
    asks=(Ask("obstacle", "lines", _("What stands in the way"), max_length=1000),),
    effect=task_effects.obstacle,
)  # fmt: skip
CLEAR = Step(
    name="clear", label=_("The obstacle is gone"), source=WORKING, target="", roles=LEADERS,
    basis=PLAN_BASIS, audience=Audience.PUBLIC, when="has_obstacle",
    asks=(Ask("report", "lines", _("How it was solved"), max_length=1000),),
    effect=task_effects.clear,
)  # fmt: skip
COMPLETE = Step(
    name="complete", label=_("Report it done, with evidence"), source=WORKING, target="done",
    roles=LEADERS, basis=PLAN_BASIS, audience=Audience.PUBLIC,
    asks=(
        Ask("report", "lines", _("What was done, where it can be seen"), max_length=3000),
        Ask("value", "area", _("Figure reached"), required=False, when="is_typed"),
        EVIDENCE,
    ),
    closes=("coord.task.keep",), effect=task_effects.complete,
)  # fmt: skip
POSTPONE = Step(
    name="postpone", label=_("Postpone with a reason"), source=WORKING, target="",
    roles=SIGNERS, by=BOTH, basis=BASIS, audience=Audience.PUBLIC,
    asks=(Ask("until", "future", _("New day")), REASON, NUMBER), effect=task_effects.postpone,
)  # fmt: skip
CARRY = Step(
    name="carry", label=_("Carry into the next plan"), source=WORKING, target="carried",
    roles=SIGNERS, by=BOTH, basis=BASIS, audience=Audience.PUBLIC,
    asks=(
        Ask("into", "text", _("Code of the plan that takes it on"), max_length=32),
        Ask("until", "future", _("New day")), REASON,
    ),
    effect=task_effects.carry,
)  # fmt: skip
DROP = Step(
    name="drop", label=_("Drop with a reason"), source=WORKING, target="dropped", roles=SIGNERS,
    by=BOTH, basis=BASIS, audience=Audience.PUBLIC, asks=(REASON, NUMBER), waives=("*",),
    effect=task_effects.drop, grave=True,
)  # fmt: skip
TASK = Kind(
    "coordination_task",
    _("task of a coordination plan"),
    (
        State("planned", _("not begun"), _("not begun"), "waiting"),
        State("doing", _("under way"), _("under way"), "active"),
        State("done", _("done"), _("done"), "good", final=True),
        State("carried", _("carried into the next plan"), _("carried into the next plan"),
              "neutral", final=True),
        State("dropped", _("dropped"), _("dropped"), "neutral", final=True),
    ),
    (START, REPORT, COMPLETE, OBSTACLE, CLEAR, POSTPONE, CARRY, DROP),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip

# -- meetings and inspections ---------------------------------------------------------------------

INVITE = Step(
    name="invite", label=_("Invite to the meeting"), source=("owed", "invited"), target="invited",
    roles=WRITERS, by=BOTH, basis=BASIS, audience=Audience.PETITIONER,
    asks=(
        Ask("on", "future", _("Day")),
        Ask("venue", "text", _("Place of the meeting"), max_length=200),
        Ask("agenda", "lines", _("Agenda"), max_length=3000),
    ),
    effect=task_effects.invite,
)  # fmt: skip
HOLD = Step(
    name="hold", label=_("Write down the minutes"), source=("owed", "invited"), target="held",
    roles=WRITERS, by=BOTH, basis=BASIS, audience=Audience.PETITIONER,
    asks=(
        Ask("on", "date", pgettext_lazy("meeting", "Held on")),
        Ask("present", "text", _("Bodies present"), max_length=500),
        Ask("minutes", "lines", _("Minutes"), max_length=10_000), NUMBER, PAPER,
    ),
    closes=("coord.meeting.hold",), effect=task_effects.hold,
)  # fmt: skip
MISS = Step(
    name="miss", label=_("No meeting was held"), source=("owed", "invited"), target="missed",
    roles=SIGNERS, by=BOTH, basis=BASIS, audience=Audience.PETITIONER, asks=(REASON,),
    when="period_over", waives=("coord.meeting.hold",), effect=task_effects.reasoned,
)  # fmt: skip
MEETING = Kind(
    "plan_meeting",
    _("coordination meeting (họp giao ban)"),
    (
        State("owed", OWED, OWED, "waiting"),
        State("invited", _("invited"), _("invited"), "active"),
        State("held", HELD, HELD, "good", final=True),
        State("missed", _("not held"), _("not held"), "bad", final=True),
    ),
    (INVITE, HOLD, MISS),
    Level.PARTNER,
    counts_as_case=False,
)

INSPECT = Step(
    name="inspect", label=_("Write down what was found"), source=("planned",), target="inspected",
    roles=WRITERS, by=BOTH, basis=PLAN_BASIS, audience=Audience.PETITIONER,
    asks=(
        Ask("on", "date", _("Inspected on")),
        Ask("findings", "lines", _("What was found"), max_length=10_000), PAPER,
    ),
    closes=("coord.inspection.hold",), opens=(Opens("coord.inspection.report", "on"),),
    effect=task_effects.inspect,
)  # fmt: skip
RESULT = Step(
    name="result", label=_("Report the result"), source=("inspected",), target="reported",
    roles=WRITERS, by=BOTH, basis=PLAN_BASIS, audience=Audience.PUBLIC,
    asks=(Ask("report", "lines", _("Result of the inspection"), max_length=10_000), NUMBER, PAPER),
    closes=("coord.inspection.report",), effect=task_effects.result,
)  # fmt: skip
CANCEL = Step(
    name="cancel", label=_("Call the inspection off"), source=("planned",), target="cancelled",
    roles=SIGNERS, by=BOTH, basis=PLAN_BASIS, audience=Audience.PUBLIC, asks=(REASON,),
    waives=("*",), effect=task_effects.reasoned, grave=True,
)  # fmt: skip
INSPECTION = Kind(
    "joint_inspection",
    _("joint inspection (kiểm tra phối hợp)"),
    (
        State("planned", _("planned"), _("planned"), "waiting"),
        State("inspected", _("inspected, report owed"), INSPECTED, "active"),
        State("reported", _("reported"), _("reported"), "good", final=True),
        State("cancelled", _("called off"), _("called off"), "neutral", final=True),
    ),
    (INSPECT, RESULT, CANCEL),
    Level.PARTNER,
    counts_as_case=False,
)

# -- reviews --------------------------------------------------------------------------------------

SETTLE = Step(
    name="settle", label=_("Fix the figures and lay down for signing"), source=("drafted",),
    target="settled", roles=WRITERS, by=BOTH, basis=BASIS, audience=Audience.PETITIONER,
    effect=review_effects.settle,
)  # fmt: skip
SIGN_REVIEW = Step(
    name="sign", label=_("Sign the review"), source=("settled", "half_signed"),
    target="half_signed", roles=SIGNERS, by=BOTH, basis=BASIS, audience=Audience.PUBLIC,
    asks=(Ask("digest", "text", _("Digest of the text that you sign"), max_length=64),),
    effect=review_effects.sign, grave=True,
)  # fmt: skip
REOPEN = Step(
    name="rework", label=_("Take the text back for changes"), source=("settled", "half_signed"),
    target="drafted", roles=WRITERS, by=BOTH, basis=BASIS, audience=Audience.PETITIONER,
    asks=(REASON,), effect=review_effects.rework,
)  # fmt: skip
DISCARD = Step(
    name="discard", label=_("Give up this draft"), source=("drafted",), target="discarded",
    roles=WRITERS, by=BOTH, basis=BASIS, audience=Audience.PETITIONER, asks=(REASON,),
    effect=task_effects.reasoned,
)  # fmt: skip
REVIEW = Kind(
    "plan_review",
    _("review of a coordination plan (sơ kết, tổng kết)"),
    (
        State("drafted", _("being drafted"), _("in preparation"), "waiting"),
        State("settled", _("figures fixed, to be signed"), _("in preparation"), "waiting"),
        State("half_signed", _("signed by one side"), _("in preparation"), "waiting"),
        State("adopted", _("signed by both sides"), _("adopted"), "good", final=True),
        State("discarded", GIVEN_UP, GIVEN_UP, "neutral", final=True),
    ),
    (SETTLE, SIGN_REVIEW, REOPEN, DISCARD),
    Level.PARTNER,
    counts_as_case=False,
)
