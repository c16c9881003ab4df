"""The declared kind of a project: states as OC4IDS names them, steps, what they open and close."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.projects import effects
from dongthuan.work.projects.checks import WORK

ALIVE = ("identification", "preparation", "implementation")
LOCAL = "Quy chế phối hợp thực hiện dự án của địa phương"
DEMOCRACY = "Luật Thực hiện dân chủ ở cơ sở 2022"
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
DOCUMENT = Ask("document", "text", _("Number and symbol of the document"), max_length=80)
PAPER = Ask("papers", "paper", _("Document"), required=False)

INFORM = Step(
    name="inform",
    label=_("Send the information to the partners"),
    source=(*ALIVE, "suspended"),
    target="",
    roles=WORK,
    basis=f"{LOCAL}; khoản 3 Điều 45 {DEMOCRACY}",
    asks=(
        DOCUMENT,
        Ask(
            "text", "lines", _("What it tells"), max_length=10_000,
            help=_("What is built and why, the mechanism and policy, who does what. No names."),
        ),
        PAPER,
    ),
    closes=("project.inform",),
    effect=effects.inform,
)  # fmt: skip
PREPARE = Step(
    name="prepare",
    label=_("Record the approval"),
    source=("identification",),
    target="preparation",
    roles=WORK,
    basis=f"Khoản 3 Điều 11, khoản 3 Điều 12 {DEMOCRACY}",
    asks=(DOCUMENT, Ask("approved_on", "date", _("Day of the approval")), PAPER),
    audience=Audience.PUBLIC,
    effect=effects.prepare,
)
START = Step(
    name="start",
    label=_("Begin the works"),
    source=("preparation",),
    target="implementation",
    roles=WORK,
    basis=f"Khoản 1 Điều 15, khoản 1, khoản 2 Điều 21 {DEMOCRACY}",
    asks=(DOCUMENT, Ask("started_on", "date", _("First day of the works")), PAPER),
    opens=(Opens("project.report"),),
    audience=Audience.PUBLIC,
    effect=effects.start,
)
REPORT = Step(
    name="report",
    label=_("Report the progress"),
    source=("implementation",),
    target="",
    roles=WORK,
    basis=f"Khoản 3 Điều 11 {DEMOCRACY}",
    asks=(
        Ask("percent", "number", _("Done so far (%)"), required=False,
            help=_("Left empty: as much as before.")),
        Ask("summary", "lines", _("What was done, what comes next")),
        PAPER,
    ),
    closes=("project.report",),
    opens=(Opens("project.report"),),
    audience=Audience.PUBLIC,
    effect=effects.report,
)  # fmt: skip
COMPLETE = Step(
    name="complete",
    label=_("Record that the works are done"),
    source=("implementation",),
    target="completion",
    roles=WORK,
    basis=LOCAL,
    asks=(
        Ask("document", "text", _("Number of the acceptance record"), max_length=80),
        Ask("ended_on", "date", _("Last day of the works")),
        PAPER,
    ),
    closes=("project.report", "project.finish"),
    opens=(Opens("project.handover", "ended_on"), Opens("project.settle", "ended_on")),
    audience=Audience.PUBLIC,
    effect=effects.complete,
)
HAND_OVER = Step(
    name="hand_over",
    label=_("Record the handover"),
    source=("completion",),
    target="",
    roles=WORK,
    basis=LOCAL,
    asks=(
        DOCUMENT,
        Ask("keeper", "text", _("Who takes care of it from now on"), max_length=200),
        PAPER,
    ),
    closes=("project.handover",),
    audience=Audience.PUBLIC,
)
SETTLE = Step(
    name="settle",
    label=_("Record the settlement"),
    source=("completion",),
    target="completed",
    roles=(Role.HEAD,),
    basis=f"Khoản 5 Điều 11 {DEMOCRACY}",
    asks=(DOCUMENT, Ask("amount", "money", _("Settled amount (đồng)")), PAPER),
    closes=("project.settle",),
    waives=("project.ack", "project.inform"),
    audience=Audience.PUBLIC,
    effect=effects.settle,
)
REPLAN = Step(
    name="replan",
    label=_("Set a new planned end"),
    source=ALIVE,
    target="",
    roles=(Role.HEAD,),
    basis=LOCAL,
    asks=(Ask("until", "future", _("New planned end")), REASON, DOCUMENT),
    audience=Audience.PUBLIC,
    effect=effects.replan,
)
SUSPEND = Step(
    name="suspend",
    label=_("Suspend the project"),
    source=("preparation", "implementation"),
    target="suspended",
    roles=(Role.HEAD,),
    basis=LOCAL,
    asks=(REASON, DOCUMENT),
    waives=("project.report", "project.finish"),
    audience=Audience.PUBLIC,
    grave=True,
)
RESUME = Step(
    name="resume",
    label=_("Take the project up again"),
    source=("suspended",),
    target="implementation",
    roles=(Role.HEAD,),
    basis=LOCAL,
    asks=(Ask("until", "future", _("New planned end")), DOCUMENT),
    audience=Audience.PUBLIC,
    effect=effects.resume,
)
CANCEL = Step(
    name="cancel",
    label=_("Give the project up"),
    source=(*ALIVE, "suspended"),
    target="cancelled",
    roles=(Role.HEAD,),
    basis=LOCAL,
    asks=(REASON, DOCUMENT),
    waives=("*",),
    audience=Audience.PUBLIC,
    effect=effects.cancel,
    grave=True,
)

SUSPENDED = pgettext_lazy("project", "suspended")

PROJECT = Kind(
    "project",
    _("project (dự án, công trình)"),
    (
        State("identification", _("idea"), _("idea"), "waiting"),
        State("preparation", _("in preparation"), _("in preparation"), "waiting"),
        State("implementation", _("works going on"), _("works going on"), "active"),
        State("suspended", SUSPENDED, SUSPENDED, "bad"),
        State("completion", _("works done, being settled"), _("works done"), "good"),
        State("completed", _("settled and closed"), _("completed"), "good", final=True),
        State("cancelled", _("given up"), _("given up"), "bad", final=True),
    ),
    (
        PREPARE, START, REPORT, INFORM, COMPLETE, HAND_OVER, SETTLE, REPLAN, SUSPEND, RESUME,
        CANCEL,
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip
