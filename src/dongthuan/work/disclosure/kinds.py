"""The declared kinds: a disclosure and the year's plan of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.disclosure import effects

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
WHEN = "Khoản 3 Điều 12 Luật Thực hiện dân chủ ở cơ sở 2022"
HOW = "Điều 13 Luật Thực hiện dân chủ ở cơ sở 2022"
PLAN = "Khoản 1 Điều 14 Luật Thực hiện dân chủ ở cơ sở 2022"
REPORT = "Khoản 3 Điều 14 Luật Thực hiện dân chủ ở cơ sở 2022"
SYMBOL = Ask("symbol", "text", _("Number and symbol of the document"), max_length=80)
DECIDED = Ask("decided_on", "date", _("Day of the document"))
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)

PUBLISH = Step(
    name="publish",
    label=_("Publish"),
    source=("due",),
    target="published",
    roles=OFFICE,
    basis=HOW,
    asks=(
        Ask(
            "ground", "text", _("Legal basis for what looks personal"), required=False,
            max_length=300,
            help=_("Only the head may publish it, and only where a law orders it."),
        ),
    ),
    closes=("dc.plan_item",),
    audience=Audience.PUBLIC,
    effect=effects.publish,
    grave=True,
)  # fmt: skip
DECIDE = Step(
    name="decide",
    label=_("Record the document that is to be disclosed"),
    source=("planned",),
    target="due",
    roles=OFFICE,
    basis=WHEN,
    asks=(SYMBOL, DECIDED),
    audience=Audience.PUBLIC,
    effect=effects.decide,
)
FINISH = Step(
    name="finish",
    label=_("Close: all was done"),
    source=("published",),
    target="complete",
    roles=OFFICE,
    basis=HOW,
    audience=Audience.PUBLIC,
    when="done",
)
CORRECT = Step(
    name="correct",
    label=_("Publish a correction"),
    source=("published", "complete"),
    target="corrected",
    roles=OFFICE,
    basis="Khoản 1 Điều 14 Luật Thực hiện dân chủ ở cơ sở 2022; Điều 22 Luật Tiếp cận thông tin",
    asks=(REASON, SYMBOL, DECIDED),
    waives=("*",),
    audience=Audience.PUBLIC,
    effect=effects.correct,
    grave=True,
)
CANCEL = Step(
    name="cancel",
    label=_("Take it off: nothing is to be disclosed"),
    source=("planned", "due"),
    target="cancelled",
    roles=(Role.HEAD,),
    basis="Điều 11 Luật Thực hiện dân chủ ở cơ sở 2022",
    asks=(REASON,),
    waives=("*",),
    audience=Audience.PUBLIC,
    effect=effects.cancel,
    grave=True,
)

DISCLOSURE = Kind(
    "disclosure",
    _("disclosure (công khai)"),
    (
        State("planned", _("planned"), _("planned"), "neutral"),
        State("due", _("must be disclosed"), _("must be disclosed"), "waiting"),
        State("published", _("disclosed"), _("disclosed"), "active"),
        State("complete", _("disclosed for the whole time"), _("disclosed for the whole time"),
              "good", final=True),
        State("corrected", _("replaced by a correction"), _("replaced by a correction"),
              "neutral", final=True),
        State("cancelled", _("taken off"), _("taken off"), "neutral", final=True),
    ),
    (PUBLISH, DECIDE, FINISH, CORRECT, CANCEL),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip

ADOPT = Step(
    name="adopt",
    label=_("Adopt the plan"),
    source=("draft",),
    target="adopted",
    roles=(Role.HEAD,),
    basis=PLAN,
    asks=(SYMBOL,),
    audience=Audience.PUBLIC,
    effect=effects.adopt,
    grave=True,
)
SESSION = Step(
    name="session",
    label=_("Enter the next regular session of the People's Council"),
    source=("adopted",),
    target="",
    roles=OFFICE,
    basis=REPORT,
    asks=(Ask("session_on", "future", _("Day of the session")),),
    audience=Audience.PUBLIC,
    when="not owes_report",
    effect=effects.session,
)
REPORTED = Step(
    name="report",
    label=_("Record the report to the People's Council, copied to the Front"),
    source=("adopted",),
    target="",
    roles=OFFICE,
    basis=REPORT,
    asks=(Ask("document", "text", _("Number and symbol of the report"), max_length=80),),
    closes=("dc.report_council",),
    audience=Audience.PUBLIC,
    when="owes_report",
    effect=effects.report,
)
CLOSE = Step(
    name="close",
    label=_("Close the year"),
    source=("adopted",),
    target="closed",
    roles=(Role.HEAD,),
    basis=PLAN,
    audience=Audience.PUBLIC,
    when="not owes_report",
)

DISCLOSURE_PLAN = Kind(
    "disclosure_plan",
    _("disclosure plan (kế hoạch công khai)"),
    (
        State("draft", _("draft"), _("draft"), "waiting"),
        State("adopted", _("adopted"), _("adopted"), "active"),
        State("closed", _("closed"), _("closed"), "good", final=True),
    ),
    (ADOPT, SESSION, REPORTED, CLOSE),
    Level.PARTNER,
    counts_as_case=False,
)
