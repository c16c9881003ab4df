"""The declared kind: a consultation from its draft to the report to the People's Council."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.consultations import effects

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
LEAD = (Role.HANDLER, Role.HEAD)
LAW = "Luật Thực hiện dân chủ ở cơ sở 2022"
PAPER = Ask("papers", "paper", _("Document"), required=False)
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
OTHER_LAW = (
    Ask(
        "other_law", "text", _("Article of another law that sets its own term"), required=False,
        max_length=200, help=_("Only if the time is not the twenty days of Art. 28.2."),
    ),
    Ask("other_days", "number", _("Days of that term"), required=False),
)  # fmt: skip

SEND_PLAN = Step(
    name="send_plan",
    label=_("Record that the plan was sent"),
    source=("drafted",),
    target="planned",
    roles=OFFICE,
    basis=f"Khoản 1 Điều 28 {LAW}",
    asks=(
        Ask(
            "document", "text", _("Number and symbol of the plan"), max_length=80,
            help=_("It goes to the People's Council and the Front committee of the commune."),
        ),
        Ask("sent_on", "date", _("Day on which it was sent")),
        PAPER,
    ),
    audience=Audience.PUBLIC,
    effect=effects.send_plan,
)  # fmt: skip
PUBLISH = Step(
    name="publish",
    label=_("Publish and open for opinions"),
    source=("planned",),
    target="open",
    roles=LEAD,
    basis=f"Khoản 2 Điều 28 {LAW}",
    asks=(
        Ask(
            "closes_on", "future", _("Last day for opinions"),
            help=_("At least twenty days after today; the last day counts in full."),
        ),
        *OTHER_LAW,
        PAPER,
    ),
    audience=Audience.PUBLIC,
    ready="has_text",
    effect=effects.publish,
)  # fmt: skip
PROLONG = Step(
    name="prolong",
    label=_("Take opinions for longer"),
    source=("open",),
    target="",
    roles=LEAD,
    basis=f"Khoản 2 Điều 28 {LAW}",
    asks=(Ask("until", "future", _("New last day")), REASON),
    audience=Audience.PUBLIC,
    effect=effects.prolong,
)
CLOSE = Step(
    name="close",
    label=_("Close the taking of opinions"),
    source=("open",),
    target="closed",
    roles=OFFICE,
    basis=f"Khoản 2 Điều 28 {LAW}",
    closes=("dc.consult_min",),
    audience=Audience.PUBLIC,
    ready="may_close",
    effect=effects.close,
)
SYNTHESISE = Step(
    name="synthesise",
    label=_("Put down the synthesis"),
    source=("closed",),
    target="synthesised",
    roles=LEAD,
    basis=f"Khoản 3 Điều 28 {LAW}",
    asks=(
        Ask(
            "synthesis", "lines", _("Synthesis of the opinions, as the public will read it"),
            max_length=20_000, help=_("Take out names, addresses and numbers of persons."),
        ),
        PAPER,
    ),
    audience=Audience.OFFICIAL,
    effect=effects.synthesise,
)  # fmt: skip
ANSWER = Step(
    name="answer",
    label=_("Publish what was taken up and why"),
    source=("synthesised",),
    target="answered",
    roles=(Role.HEAD,),
    basis=f"Khoản 3 Điều 28, khoản 11 Điều 11 {LAW}",
    asks=(Ask("document", "text", _("Number and symbol of the document"), max_length=80), PAPER),
    closes=("dc.consult_synthesis",),
    audience=Audience.PUBLIC,
    effect=effects.answer,
)
DECIDE = Step(
    name="decide",
    label=_("Record the decision"),
    source=("answered",),
    target="decided",
    roles=LEAD,
    basis=f"Khoản 3, khoản 4 Điều 28 {LAW}",
    asks=(
        Ask("document", "text", _("Number and symbol of the decision"), max_length=80),
        Ask("decision", "lines", _("What was decided, as the public may read it")),
        Ask("departs", "bool", _("It departs from the view of the majority"), required=False),
        Ask(
            "departure", "lines", _("Why the majority's view was not followed"), required=False,
            help=_("Whoever decides must explain it (Art. 28.4)."),
        ),
        Ask("session_on", "future", _("Day of the next regular session of the People's Council")),
        PAPER,
    ),
    audience=Audience.PUBLIC,
    effect=effects.decide,
)  # fmt: skip
REPORT = Step(
    name="report",
    label=_("Record the report to the People's Council"),
    source=("decided",),
    target="reported",
    roles=OFFICE,
    basis=f"Khoản 5 Điều 28 {LAW}",
    asks=(
        Ask(
            "document", "text", _("Number and symbol of the report"), max_length=80,
            help=_("It also goes to the Front committee, which supervises."),
        ),
        PAPER,
    ),
    closes=("dc.consult_report",),
    audience=Audience.PUBLIC,
    effect=effects.report,
)  # fmt: skip
CANCEL = Step(
    name="cancel",
    label=_("Give up the consultation"),
    source=("drafted", "planned", "open"),
    target="cancelled",
    roles=(Role.HEAD,),
    basis=f"Khoản 1 Điều 28 {LAW}",
    asks=(REASON, Ask("document", "text", _("Number and symbol of the document"), max_length=80)),
    waives=("*",),
    audience=Audience.PUBLIC,
    effect=effects.cancel,
    grave=True,
)

CONSULTATION = Kind(
    "consultation",
    _("consultation (lấy ý kiến Nhân dân)"),
    (
        State("drafted", _("drafted"), _("in preparation"), "waiting"),
        State("planned", _("plan sent"), _("in preparation"), "waiting"),
        State("open", _("open for opinions"), _("open for opinions"), "active"),
        State("closed", _("closed, to be summed up"), _("opinions are summed up"), "waiting"),
        State("synthesised", _("summed up"), _("opinions are summed up"), "waiting"),
        State("answered", _("answers published"), _("answers published"), "good"),
        State("decided", _("decided"), _("decided"), "good"),
        State("reported", _("reported to the People's Council"), _("decided"), "good", final=True),
        State("cancelled", _("given up"), _("given up"), "bad", final=True),
    ),
    (SEND_PLAN, PUBLISH, CLOSE, PROLONG, SYNTHESISE, ANSWER, DECIDE, REPORT, CANCEL),
    Level.PARTNER,
    counts_as_case=False,
)
