"""The declared kind `decision`: what the households of a village or a commune decide.

Law on Grassroots Democracy 2022, Điều 15–23; Decree 59/2023/NĐ-CP, Điều 3–5.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.decisions import effects
from dongthuan.work.decisions.hours import CLOSES_HELP, CLOSES_OR_DAY_HELP
from dongthuan.work.decisions.models import Method
from dongthuan.work.decisions.rules import FORMS, WAYS

LAW = "Luật Thực hiện dân chủ ở cơ sở 2022"
DECREE = "Nghị định 59/2023/NĐ-CP"
LEAD = (Role.VILLAGE_HEAD, Role.HEAD)
ORGANISE = (Role.VILLAGE_HEAD, Role.VILLAGE_FRONT, Role.HEAD, Role.HANDLER, Role.INTAKE)
CONVENOR = ("convenor",)
RUNNING = ("convened", "polling")
PAPER = Ask("papers", "paper", _("Document"), required=False)
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
NUMBER = Ask("document", "text", _("Number and symbol of the document"), max_length=80)
MANNER = (
    (Method.HANDS.value, Method.HANDS.label),
    (Method.PAPER.value, Method.PAPER.label),
)
TEAM = Ask(
    "team", "lines", _("Team, one member a line"), max_length=700, personal=True,
    help=_("Three to five people, led by the village's Front committee."),
)  # fmt: skip
OPENS_ON = Ask("opens_on", "future", _("First day of the vote"))
CLOSES_ON = Ask("closes_on", "future", _("Last day of the vote"), help=CLOSES_HELP)

AGREE = Step(
    name="agree",
    label=_("Agree to put it to the people"),
    source=("proposed",),
    target="agreed",
    roles=(Role.VILLAGE_FRONT, Role.FRONT),
    by=("front",),
    basis=f"Điều 16 {LAW}",
    asks=(PAPER,),
    audience=Audience.PUBLIC,
    effect=effects.agree,
)
OBJECT = Step(
    name="object",
    label=_("Not agree, with a reason"),
    source=("proposed",),
    target="withdrawn",
    roles=(Role.VILLAGE_FRONT, Role.FRONT),
    by=("front",),
    basis=f"Điều 16 {LAW}",
    asks=(REASON,),
    audience=Audience.PUBLIC,
    effect=effects.object_to,
    grave=True,
)
CONVENE = Step(
    name="convene",
    label=_("Call the meeting"),
    source=("agreed", "redo"),
    target="convened",
    roles=LEAD,
    by=CONVENOR,
    basis=f"Điều 18 {LAW}; khoản 3, khoản 4 Điều 3 {DECREE}",
    asks=(
        Ask("meeting_on", "future", _("Day of the meeting")),
        Ask("meeting_time", "text", _("Hour"), max_length=8, help=_("For example 19:30.")),
        Ask("venue", "text", _("Place of the meeting"), max_length=300),
        Ask(
            "manner", "choice", _("Proposed manner of voting"), choices=MANNER,
            help=_("The meeting itself decides on it, by more than half of those present."),
        ),
        Ask(
            "until", "future", _("Last day of the meetings"), required=False,
            help=_("Where several villages or clusters meet on different days."),
        ),
        PAPER,
    ),
    opens=(
        Opens("dc.meeting_notice", "meeting_on", owner="convenor"),
        Opens("dc.meeting_documents", "meeting_on", when="needs_documents", owner="convenor"),
    ),
    audience=Audience.PUBLIC,
    effect=effects.convene,
)  # fmt: skip
NOTIFY = Step(
    name="notify",
    label=_("Record that the meeting was announced"),
    source=("convened",),
    target="",
    roles=ORGANISE,
    by=CONVENOR,
    basis=f"Khoản 3 Điều 3 {DECREE} (Mẫu số 01)",
    asks=(Ask("ways", "choices", _("How households were told"), choices=WAYS), PAPER),
    closes=("dc.meeting_notice",),
    audience=Audience.PUBLIC,
    when="owes_notice",
)
HAND_OUT = Step(
    name="hand_out",
    label=_("Record that the papers reached the households"),
    source=("convened",),
    target="",
    roles=ORGANISE,
    by=CONVENOR,
    basis=f"Khoản 4 Điều 3 {DECREE}",
    asks=(PAPER,),
    closes=("dc.meeting_documents",),
    audience=Audience.PUBLIC,
    when="owes_documents",
)
DECLARE_SHORT = Step(
    name="declare_short",
    label=_("Too few came: the meeting cannot decide"),
    source=("convened",),
    target="short",
    roles=LEAD,
    by=CONVENOR,
    basis=f"Điểm b khoản 1 Điều 19 {LAW}",
    asks=(PAPER,),
    waives=("dc.meeting_notice", "dc.meeting_documents"),
    audience=Audience.PUBLIC,
    when="not is_commune",
    effect=effects.declare_short,
)
PLAN_BALLOT = Step(
    name="plan_ballot",
    label=_("Plan a household ballot"),
    source=("agreed", "short", "redo"),
    target="polling",
    roles=LEAD,
    by=CONVENOR,
    basis=f"Điều 19 {LAW}; Điều 4 {DECREE}",
    asks=(Ask("planned", "date", _("Day of the plan")), OPENS_ON, CLOSES_ON, TEAM, PAPER),
    opens=(
        Opens("dc.ballot_plan", "planned", owner="convenor"),
        Opens("dc.ballot_notice", "opens_on", owner="convenor"),
    ),
    audience=Audience.PUBLIC,
    when="may_ballot",
    effect=effects.plan_ballot,
)
SEND_PLAN = Step(
    name="send_plan",
    label=_("Record that the plan was sent to the People's Committee and the Front"),
    source=("polling",),
    target="",
    roles=ORGANISE,
    by=CONVENOR,
    basis=f"Khoản 2 Điều 4 {DECREE}",
    asks=(PAPER,),
    closes=("dc.ballot_plan",),
    audience=Audience.PUBLIC,
    when="owes_plan",
)
POST_BALLOT = Step(
    name="post_ballot",
    label=_("Record that the ballot was announced"),
    source=("polling",),
    target="",
    roles=ORGANISE,
    by=CONVENOR,
    basis=f"Khoản 2 Điều 19 {LAW}; khoản 4 Điều 4 {DECREE}",
    asks=(Ask("ways", "choices", _("How households were told"), choices=WAYS), PAPER),
    closes=("dc.ballot_notice",),
    audience=Audience.PUBLIC,
    when="owes_ballot_notice",
)
POLL_METHOD = Step(
    name="poll_method",
    label=_("Ask the households whether to vote online"),
    source=("agreed", "redo"),
    target="",
    roles=LEAD,
    by=CONVENOR,
    basis=f"Điểm c khoản 2 Điều 5 {DECREE}",
    asks=(
        Ask(
            "document", "text", _("Report to the People's Committee and the Front"), max_length=80,
            help=_("Number and symbol; it comes before (Decree 59/2023, Art. 5.2.a)."),
        ),
        Ask(
            "manner", "choice", _("How it is asked"),
            choices=tuple((method.value, method.label) for method in Method),
        ),
        OPENS_ON,
        Ask("closes_on", "future", _("Last day of the vote"),
            help=CLOSES_OR_DAY_HELP),
        PAPER,
    ),
    audience=Audience.PUBLIC,
    when="may_poll_method",
    effect=effects.poll_method,
)  # fmt: skip
PLAN_ONLINE = Step(
    name="plan_online",
    label=_("Plan the online vote"),
    source=("agreed", "redo"),
    target="polling",
    roles=LEAD,
    by=CONVENOR,
    basis=f"Khoản 2 Điều 17 {LAW}; Điều 5 {DECREE}",
    asks=(
        OPENS_ON,
        CLOSES_ON,
        TEAM,
        Ask(
            "paper_too",
            "bool",
            _("Also ballot papers, for who has no telephone"),
            required=False,
            help=_(
                "The Law names one form for a vote (Art. 17.1) and is silent on joining two: only"
                " where the commune's democracy regulation provides for it."
            ),
        ),
        PAPER,
    ),
    audience=Audience.PUBLIC,
    when="may_vote_online",
    ready="online_ready",
    effect=effects.plan_online,
)
COUNT = Step(
    name="count",
    label=_("Close the vote and count"),
    source=RUNNING,
    target="carried",
    roles=LEAD,
    by=CONVENOR,
    basis=f"Khoản 1 Điều 21 {LAW}; Điều 3, Điều 4, Điều 5 {DECREE}",
    opens=(Opens("dc.send_decision", "decided", when="carried", owner="convenor"),),
    waives=(
        "dc.meeting_notice", "dc.meeting_documents", "dc.ballot_plan", "dc.ballot_notice",
    ),
    audience=Audience.PUBLIC,
    ready="vote_is_over",
    effect=effects.count,
    grave=True,
)  # fmt: skip
SET_AGAIN = Step(
    name="set_again",
    label=_("Set another vote, as this one ended without a count"),
    source=RUNNING,
    target="agreed",
    roles=LEAD,
    by=CONVENOR,
    basis=f"Điều 17 {LAW}",
    waives=(
        "dc.meeting_notice", "dc.meeting_documents", "dc.ballot_plan", "dc.ballot_notice",
    ),
    audience=Audience.PUBLIC,
    when="vote_ended",
)  # fmt: skip
RECORD = Step(
    name="record",
    label=_("Write down the decision"),
    source=("carried",),
    target="recorded",
    roles=LEAD,
    by=CONVENOR,
    basis=f"Khoản 1, khoản 2 Điều 20 {LAW}",
    asks=(
        Ask("form", "choice", _("Form"), choices=FORMS),
        NUMBER,
        Ask(
            "text", "lines", _("What was decided, as everybody may read it"), max_length=10_000,
            help=_("Take out names, addresses and numbers of persons."),
        ),
        Ask("signer_one", "text", _("First household that signs"), max_length=120, personal=True,
            when="not is_commune"),
        Ask("signer_two", "text", _("Second household that signs"), max_length=120, personal=True,
            when="not is_commune"),
        PAPER,
    ),
    audience=Audience.PUBLIC,
    effect=effects.record,
)  # fmt: skip
SEND = Step(
    name="send",
    label=_("Record that it was sent to the People's Committee and the Front"),
    source=("recorded",),
    target="in_force",
    roles=ORGANISE,
    by=CONVENOR,
    basis=f"Khoản 3 Điều 20 {LAW}",
    asks=(Ask("sent_on", "date", _("Sent on")), PAPER),
    closes=("dc.send_decision",),
    # The law sets no term here: the rule says that its five days are taken from a recognition.
    opens=(Opens("dc.commune_effect", "sent_on", when="is_commune", owner="recogniser"),),
    audience=Audience.PUBLIC,
    effect=effects.send,
)
RECOGNISE = Step(
    name="recognise",
    label=_("Decide from when it holds"),
    source=("sent",),
    target="in_force",
    roles=(Role.HEAD,),
    by=("recogniser",),
    basis=f"Khoản 2 Điều 21 {LAW}",
    asks=(NUMBER, Ask("effective_on", "future", _("In force from")), PAPER),
    closes=("dc.commune_effect",),
    audience=Audience.PUBLIC,
    effect=effects.recognise,
)
REFUSE = Step(
    name="refuse",
    label=_("Not recognise, with reasons"),
    source=("sent",),
    target="refused",
    roles=(Role.HEAD,),
    by=("recogniser",),
    basis=f"Khoản 2 Điều 21 {LAW}",
    asks=(NUMBER, REASON, PAPER),
    closes=("dc.commune_effect",),
    audience=Audience.PUBLIC,
    effect=effects.give_reason,
    grave=True,
)
GROUND = Ask(
    "ground", "choice", _("Ground"),
    choices=(
        ("content", _("its content is against the law or good customs (Art. 22.1.a)")),
        ("procedure", _("the procedure was not followed (Art. 22.1.b)")),
    ),
)  # fmt: skip
ANNUL = Step(
    name="annul",
    label=_("Annul the decision"),
    source=("recorded", "sent", "in_force"),
    target="annulled",
    roles=(Role.HEAD,),
    by=("recogniser",),
    basis=f"Khoản 2 Điều 22 {LAW}",
    asks=(GROUND, NUMBER, REASON, PAPER),
    waives=("*",),
    audience=Audience.PUBLIC,
    effect=effects.annul,
    grave=True,
)
ASK_REDO = Step(
    name="ask_redo",
    label=_("Ask the community to do it again"),
    source=("recorded", "sent", "in_force"),
    target="redo",
    roles=(Role.HEAD,),
    by=("recogniser",),
    basis=f"Khoản 2 Điều 22 {LAW} (điểm b khoản 1)",
    asks=(NUMBER, REASON, PAPER),
    waives=("*",),
    audience=Audience.PUBLIC,
    effect=effects.redo,
    grave=True,
)
REPLACE = Step(
    name="replace",
    label=_("A later decision takes its place"),
    source=("in_force",),
    target="replaced",
    roles=LEAD,
    by=CONVENOR,
    basis=f"Khoản 3 Điều 22 {LAW}",
    asks=(Ask("successor", "text", _("Code of the later decision"), max_length=32),),
    waives=("*",),
    audience=Audience.PUBLIC,
    effect=effects.replace,
)
REPORT = Step(
    name="report",
    label=_("Report how it is carried out"),
    source=("in_force",),
    target="",
    roles=LEAD,
    by=CONVENOR,
    basis=f"Khoản 1, khoản 2 Điều 23 {LAW}",
    asks=(Ask("reason", "lines", _("Report, as everybody may read it"), max_length=5000), PAPER),
    audience=Audience.PUBLIC,
    effect=effects.give_reason,
)
REPORT_COUNCIL = Step(
    name="report_council",
    label=_("Record the report to the People's Council"),
    source=("in_force", "rejected"),
    target="",
    roles=(Role.HEAD,),
    by=("recogniser",),
    basis=f"Khoản 1 Điều 23 {LAW}",
    asks=(NUMBER, Ask("session", "text", _("Session of the People's Council"), max_length=120)),
    audience=Audience.PUBLIC,
    when="is_commune",
)
WITHDRAW = Step(
    name="withdraw",
    label=pgettext_lazy("decision", "Withdraw it"),
    source=("proposed", "agreed", "convened", "short", "polling", "redo"),
    target="withdrawn",
    roles=LEAD,
    by=CONVENOR,
    basis=f"Điều 16 {LAW}",
    asks=(REASON,),
    waives=("*",),
    audience=Audience.PUBLIC,
    effect=effects.withdraw,
    grave=True,
)

# The same words mean other things of petitions and of measures of protection.
IN_FORCE = pgettext_lazy("decision", "in force")
WITHDRAWN = pgettext_lazy("decision", "withdrawn")

DECISION = Kind(
    "decision",
    _("decision of the people (Nhân dân bàn và quyết định)"),
    (
        State("proposed", _("proposed, the Front is asked"), _("proposed"), "waiting"),
        State("agreed", _("agreed, form to be chosen"), _("agreed to be put to the people"),
              "active"),
        State("convened", _("meeting called"), _("meeting called"), "active"),
        State("short", _("meeting too small, ballot to be planned"), _("meeting was too small"),
              "waiting"),
        State("polling", _("ballot or online vote"), _("households are voting"), "active"),
        State("carried", _("carried, to be written down"), _("carried"), "good"),
        State("recorded", _("written down, to be sent"), _("carried"), "good"),
        State("sent", _("sent, the People's Committee decides on force"), _("carried"), "waiting"),
        State("in_force", IN_FORCE, IN_FORCE, "good", final=True),
        State("rejected", _("not carried"), _("not carried"), "neutral", final=True),
        State("refused", _("not recognised"), _("not recognised"), "bad", final=True),
        State("annulled", _("annulled"), _("annulled"), "bad", final=True),
        State("redo", _("to be done again"), _("to be done again"), "waiting"),
        State("replaced", _("replaced by a later decision"), _("replaced by a later decision"),
              final=True),
        State("withdrawn", WITHDRAWN, WITHDRAWN, final=True),
    ),
    (
        AGREE, CONVENE, NOTIFY, HAND_OUT, COUNT, PLAN_BALLOT, SEND_PLAN, POST_BALLOT, POLL_METHOD,
        PLAN_ONLINE, DECLARE_SHORT, SET_AGAIN, RECORD, SEND, RECOGNISE, REFUSE, REPORT,
        REPORT_COUNCIL, REPLACE, ASK_REDO, ANNUL, OBJECT, WITHDRAW,
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip
