"""Complaints (khiếu nại): from examination to the decision. The rest: complaints_after.py.

Luật Khiếu nại 2011, sửa đổi bởi Luật 136/2025/QH15; Nghị định 124/2020/NĐ-CP, sửa đổi bởi Nghị
định 155/2026/NĐ-CP. What Thông tư 07/2013/TT-TTCP said of verification is kept as practice: that
circular detailed Nghị định 75/2012/NĐ-CP, which Nghị định 124/2020/NĐ-CP replaced on 10 Dec 2020.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.petitions import complaint_effects as effects
from dongthuan.work.petitions.complaint_models import Representative, Subject
from dongthuan.work.petitions.kinds.common import (
    ACCEPT,
    CLASSIFY,
    CONDITIONS,
    DOCUMENT,
    EXAMINE,
    GUIDE,
    INNER_NOTE,
    INTAKE_DUTIES,
    NOTE,
    OFFICE,
    OPEN_INTAKE,
    PAPER,
    REASON,
    REFUSE,
    REOPEN,
    RESUME,
    RETURN,
    SPLIT,
    STATES,
    STORE,
    SUSPEND,
    SUSPEND_NOTICE,
    URGE,
    WITHDRAW,
    WITHDRAW_PART,
    WORK,
)
from dongthuan.work.petitions.kinds.complaint_tables import (
    ART_11A,
    CAUSES,
    CRITERIA,
    D124,
    LAW,
    PRESENCE,
    RECIPIENTS,
    REFUSAL_GROUNDS,
    SUSPENSION_GROUNDS,
    TERMINATION_GROUNDS,
)
from dongthuan.work.petitions.kinds.complaints_after import AFTER_DECISION, DECIDE
from dongthuan.work.petitions.models import Finding

C_STATES = (
    *(state for state in STATES if state.name not in ("executing", "closed")),
    State("terminating", _("terminated, to be sent"), _("terminated"), "waiting"),
    State("terminated", _("terminated"), _("terminated"), final=True),
    State("effective", _("in legal effect"), _("in legal effect"), "good"),
    State("executing", _("being carried out"), _("being carried out"), "active"),
    State("closed", _("closed"), pgettext_lazy("state", "closed"), "good", final=True),
)
C_INTAKE_DUTIES = (*INTAKE_DUTIES, "kn.discipline.accept")
LIVE = ("accepted", "suspended")
SENT_TO = Ask("recipients", "choices", _("Sent to"), choices=RECIPIENTS)
SENT_ON = Ask("sent_on", "date", _("Sent on"))

# -- intake ---------------------------------------------------------------------------------------

C_CLASSIFY = replace(CLASSIFY, effect=effects.classify)
C_EXAMINE = replace(
    EXAMINE,
    basis=f"Điều 9, Điều 48 {LAW}; Thông tư 05/2021/TT-TTCP",
    asks=(
        *EXAMINE.asks[:-1],
        Ask("subject", "choice", _("What is complained of"), required=False,
            choices=tuple(Subject.choices)),
        Ask("respondent", "text", _("Who is complained of (người bị khiếu nại)"), required=False,
            max_length=300, personal=True),
        Ask("contested", "text", _("Number, day and content of the decision, or the act"),
            required=False, max_length=300, personal=True),
        Ask("known_on", "date", _("The complainant received or learned of it on"), required=False,
            help=_("For a second complaint: the day of receipt of the first decision, or the end "
                   "of the term without one.")),
        Ask("obstacle_from", "date", _("An objective obstacle began on"), required=False),
        Ask("obstacle_to", "date", _("and ended on"), required=False),
        INNER_NOTE,
    ),
    effect=effects.examine,
)  # fmt: skip
C_REFUSE = replace(
    REFUSE,
    basis=f"Điều 11 {LAW}; khoản 1 Điều 16 {D124}; Mẫu số 04",
    asks=(
        Ask("ground", "choice", _("Ground"), choices=REFUSAL_GROUNDS),
        Ask("document", "text", _("Number of the notice"), required=False, max_length=80),
        NOTE,
        PAPER,
    ),
    closes=C_INTAKE_DUTIES,
    effect=effects.refuse,
)
C_GUIDE = replace(GUIDE, closes=C_INTAKE_DUTIES)
C_RETURN = replace(RETURN, when="not time_barred")
C_STORE = replace(STORE, when="not time_barred")
C_ACCEPT = replace(
    ACCEPT,
    basis=f"Điều 27, Điều 36, Điều 50 {LAW}; khoản 1 Điều 16 {D124}; Mẫu số 03",
    asks=(
        Ask("handler", "official", _("Handler"), required=False),
        Ask("document", "text", _("Number of the notice"), required=False, max_length=80),
        Ask("conditions", "choices", _("Circumstances"), required=False, choices=CONDITIONS[:2]),
        Ask("criteria", "choices", _("Complex because (Art. 3a)"), required=False,
            choices=CRITERIA),
        Ask("complex_document", "text", _("Number of the paper that finds it complex"),
            required=False, max_length=80),
        Ask("complex_reason", "lines", _("Why it is complex"), required=False, max_length=1000),
        Ask("good_reason", "lines", _("Good reason for coming late (Art. 11.6)"), required=False,
            personal=True),
        PAPER,
    ),
    closes=C_INTAKE_DUTIES,
    opens=(
        Opens("kn.settle1", "now", "first_general"),
        Opens("kn.settle2", "now", "second_general"),
        Opens("kn.discipline.settle", "now", "is_discipline"),
    ),
    effect=effects.accept,
)  # fmt: skip
C_EXTEND = Step(
    name="extend",
    label=_("Prolong as a complex case"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=f"Điều 28, Điều 37, Điều 50 {LAW}; Điều 3a {D124}",
    asks=(
        Ask("criteria", "choices", _("Complex because (Art. 3a)"), required=False,
            choices=CRITERIA),
        DOCUMENT,
        REASON,
        PAPER,
    ),
    effect=effects.extend,
    assigned_only=True,
    when="not is_complex",
    announce=_("The time for settling %(code)s was prolonged; the reason is written there."),
)  # fmt: skip

# -- verification ---------------------------------------------------------------------------------

RECHECK = Step(
    name="recheck",
    label=_("Look again at the decision or act"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=f"Điểm a khoản 1 Điều 29, khoản 1 Điều 52 {LAW}; {D124}",
    asks=(
        Ask("result", "choice", _("Result"), choices=(
            ("right", _("the complaint is right: decide at once")),
            ("verify", _("not yet clear: verify it")),
        )),
        INNER_NOTE,
    ),
    audience=Audience.OFFICIAL,
    assigned_only=True,
    when="to_recheck",
    effect=effects.recheck,
)  # fmt: skip
DESIGNATE = Step(
    name="designate",
    label=_("Assign the verification"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=f"Điều 29, Điều 38, Điều 52 {LAW}; {D124}",
    asks=(
        Ask("by", "choice", _("Who verifies"), choices=(
            ("self", _("who settles the complaint")),
            ("inspectorate", _("the state inspectorate of the same level")),
            ("body", _("another body, organisation or person")),
            ("team", _("a verification team")),
        )),
        Ask("verifier", "text", _("Name and position"), max_length=200, personal=True),
        Ask("until", "future", _("Report due on")),
        DOCUMENT,
        PAPER,
    ),
    opens=(Opens("kn.verify_by", "until"),),
    audience=Audience.OFFICIAL,
    assigned_only=True,
    when="to_designate",
    effect=effects.designate,
)  # fmt: skip
PLAN = Step(
    name="verification_plan",
    label=_("Record the plan of the verification"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=f"Điểm b khoản 1 Điều 29, Điều 38, Điều 52 {LAW}; {D124}",
    asks=(
        Ask("aims", "lines", _("Legal basis, aims and content")),
        Ask("bodies", "lines", _("Bodies and people to be heard"), personal=True),
        Ask("schedule", "lines", _("Time, stages and means"), required=False),
        DOCUMENT,
        PAPER,
    ),
    audience=Audience.OFFICIAL,
    assigned_only=True,
    when="verifying",
)
VERIFY_EXTEND = Step(
    name="verify_extend",
    label=_("Set a new day for the report"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=f"Điều 28, Điều 29, Điều 37, Điều 50 {LAW}; {D124}",
    asks=(Ask("until", "future", _("Report due on")), DOCUMENT, REASON, PAPER),
    opens=(Opens("kn.verify_by", "until"),),
    audience=Audience.OFFICIAL,
    assigned_only=True,
    when="verifying",
    effect=effects.verify_extend,
)
REPORT = Step(
    name="report",
    label=_("File the verification report"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=f"Khoản 4 Điều 29 {LAW}; {D124}",
    asks=(
        Ask("object", "lines", _("Object of the verification"), personal=True),
        Ask("period_from", "date", _("Verified from")),
        Ask("period_to", "date", _("until")),
        Ask("persons", "lines", _("Who verified"), personal=True),
        Ask("content", "lines", _("Content of the verification"), personal=True),
        Ask("result", "lines", _("Result of the verification"), personal=True),
        Ask("finding", "choice", _("Conclusion"), choices=tuple(Finding.choices)),
        Ask("recommendation", "lines", _("What is recommended"), personal=True),
        Ask("differs", "bool", _("The result differs from what the complainant asks"),
            required=False, help=_("Then a dialogue must be held (Article 30).")),
        PAPER,
    ),
    closes=("kn.verify_by",),
    audience=Audience.OFFICIAL,
    assigned_only=True,
    effect=effects.report,
)  # fmt: skip

# -- dialogue -------------------------------------------------------------------------------------

ON_DIALOGUE = f"Điều 30, Điều 39, Điều 53, Điều 55 {LAW}; Điều 28 {D124}"
DIALOGUE_CALL = Step(
    name="dialogue_call",
    label=_("Set the day of a dialogue"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=ON_DIALOGUE,
    asks=(
        Ask("day", "future", _("Day of the dialogue")),
        Ask("time", "text", _("Time"), max_length=40),
        Ask("place", "text", _("Place of the dialogue"), max_length=200),
        Ask("topics", "lines", _("Content of the dialogue"), personal=True),
        Ask("chair", "text", _("Who leads it"), max_length=200, personal=True),
    ),
    opens=(
        Opens("kn.dialogue_notice", "day", "dialogue_notice_owed"),
        Opens("kn.dialogue", "day"),
    ),
    audience=Audience.OFFICIAL,
    assigned_only=True,
    when="not dialogue_planned",
    effect=effects.dialogue_call,
)
DIALOGUE_NOTICE = Step(
    name="dialogue_notice",
    label=_("Record the notice of the dialogue"),
    source=("accepted",),
    target="",
    roles=OFFICE,
    basis=f"Khoản 2 Điều 30 {LAW}; khoản 1 Điều 28 {D124}",
    asks=(SENT_ON, DOCUMENT, SENT_TO, PAPER),
    closes=("kn.dialogue_notice",),
    when="dialogue_unannounced",
    effect=effects.dialogue_notice,
    announce=_("A dialogue on %(code)s will be held; the day and the place are there."),
)
DIALOGUE_HOLD = Step(
    name="dialogue_hold",
    label=_("Enter the minutes of the dialogue"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=f"Khoản 4 Điều 30 {LAW}; khoản 4, khoản 5 Điều 28 {D124}; Mẫu số 14",
    asks=(
        Ask("held_on", "date", _("Day on which the dialogue was held")),
        Ask("presence", "choice", _("The complainant"), choices=PRESENCE),
        Ask("participants", "lines", _("Who took part and who was absent"), personal=True),
        Ask("opinions", "lines", _("What was said"), required=False, personal=True),
        Ask("agreed", "lines", _("What was agreed"), required=False, personal=True),
        Ask("differing", "lines", _("Where opinions still differ"), required=False, personal=True),
        Ask("signed", "choice", _("Signatures"), choices=(
            ("all", _("signed or fingerprinted by all")),
            ("refused", _("somebody did not sign")),
        )),
        Ask("unsigned_reason", "text", _("Why somebody did not sign"), required=False,
            max_length=500, personal=True),
        PAPER,
    ),
    closes=("kn.dialogue",),
    assigned_only=True,
    when="dialogue_planned",
    ready="dialogue_announced",
    effect=effects.dialogue_hold,
    announce=_("The minutes of the dialogue on %(code)s are on the file."),
)  # fmt: skip
DIALOGUE_CANCEL = Step(
    name="dialogue_cancel",
    label=_("Call the dialogue off"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=ON_DIALOGUE,
    asks=(REASON,),
    waives=("kn.dialogue", "kn.dialogue_notice"),
    assigned_only=True,
    when="dialogue_planned",
    effect=effects.dialogue_cancel,
    announce=_("The dialogue on %(code)s was called off; the reason is written there."),
)

# -- suspension, termination, withdrawal ----------------------------------------------------------

C_SUSPEND = replace(
    SUSPEND,
    basis=f"Khoản 1 {ART_11A}; Điều 28a, Điều 28b {D124}; Mẫu số 14a",
    asks=(
        Ask("ground", "choice", _("Ground"), choices=SUSPENSION_GROUNDS),
        Ask("cause", "choice", _("Cause (Art. 28a.3)"), required=False, choices=CAUSES),
        Ask("evidence", "lines", _("Evidence on the file (Art. 28a.4)"), personal=True),
        DOCUMENT,
        REASON,
        PAPER,
    ),
    waives=("kn.dialogue", "kn.dialogue_notice", "kn.verify_by", "kn.stay_until"),
    opens=(Opens("kn.suspend_notice"), Opens("kn.suspend_review")),
    effect=effects.suspend,
)
C_RESUME = replace(
    RESUME,
    basis=f"Khoản 2 Điều 28b {D124}; Mẫu số 14b",
    asks=(DOCUMENT, REASON, PAPER),
    closes=("kn.suspend_review",),
    effect=effects.resume,
)
SUSPEND_REVIEW = Step(
    name="suspend_review",
    label=_("Look again at the ground of the suspension"),
    source=("suspended",),
    target="",
    roles=WORK,
    basis=f"Khoản 2 Điều 28b {D124}",
    asks=(Ask("remains", "lines", _("Why the ground remains"), personal=True), PAPER),
    closes=("kn.suspend_review",),
    opens=(Opens("kn.suspend_review"),),
    audience=Audience.OFFICIAL,
    assigned_only=True,
)
C_SUSPEND_NOTICE = replace(
    SUSPEND_NOTICE,
    basis=f"Khoản 1, khoản 2 Điều 28b {D124}",
    source=(*SUSPEND_NOTICE.source, "effective"),
    asks=(SENT_ON, SENT_TO, PAPER),
)
TERMINATE = Step(
    name="terminate",
    label=_("Terminate the settlement"),
    source=LIVE,
    target="terminating",
    roles=WORK,
    basis=f"Điều 10 {LAW}; khoản 2 {ART_11A}; Điều 7a, Điều 28b {D124}; Mẫu số 14a",
    asks=(
        Ask("ground", "choice", _("Ground"), choices=TERMINATION_GROUNDS),
        Ask("written_on", "date", _("Date of the written withdrawal"), required=False),
        DOCUMENT,
        REASON,
        PAPER,
    ),
    waives=("*",),
    opens=(Opens("kn.suspend_notice", "now", "since_decree_155"),),
    effect=effects.terminate,
    announce=_("The settlement of %(code)s was terminated; the reason is written there."),
    grave=True,
)
TERMINATION_SENT = Step(
    name="termination_sent",
    label=_("Record that the termination was sent"),
    source=("terminating",),
    target="terminated",
    roles=OFFICE,
    basis=f"Điều 10 {LAW}; khoản 1 Điều 28b {D124}",
    asks=(
        SENT_ON,
        SENT_TO,
        Ask("last_seat", "text", _("Commune of the last residence or seat"), required=False,
            max_length=200, help=_("Where the complainant died or the organisation ended."),
            personal=True),
        PAPER,
    ),
    closes=("kn.suspend_notice",),
    waives=("*",),
)  # fmt: skip
C_WITHDRAW = replace(WITHDRAW, source=OPEN_INTAKE, effect=effects.withdraw)
C_WITHDRAW_PART = replace(
    WITHDRAW_PART,
    basis=f"Điều 10 {LAW} (sửa đổi bởi Luật 136/2025/QH15); Điều 7a {D124}",
    asks=(
        Ask("written_on", "date", _("Date of the written withdrawal")),
        Ask("scope", "choice", _("What is withdrawn"), choices=(
            ("content", _("a part of the content")),
            ("person", _("one or some of several complainants withdraw")),
        )),
        Ask("part", "lines", _("The part withdrawn"), personal=True),
        PAPER,
    ),
    in_force="kn.suspend_notice",
    effect=effects.withdraw_part,
)  # fmt: skip
RESTORE_PART = Step(
    name="restore_part",
    label=_("Take up again what was withdrawn under force"),
    source=LIVE,
    target="",
    roles=(Role.HEAD,),
    basis=f"Điều 10 {LAW} (sửa đổi bởi Luật 136/2025/QH15)",
    asks=(
        Ask("part", "lines", _("What is taken up again"), personal=True),
        Ask("coercion", "lines", _("How the complainant was forced"), personal=True),
        PAPER,
    ),
    when="part_withdrawn",
    effect=effects.restore_part,
    announce=_("What was withdrawn from %(code)s is being settled again."),
)
C_REOPEN = replace(
    REOPEN,
    source=(*REOPEN.source, "terminated"),
    basis=f"Điều 10, khoản 8 Điều 11 {LAW}; Điều 38 {D124}",
    asks=(
        REASON,
        Ask("coerced", "bool", _("The complainant was forced to withdraw"), required=False),
    ),
    effect=effects.reopen,
)

# -- stay of the decision complained of -----------------------------------------------------------

STAY = Step(
    name="stay",
    label=_("Stay the decision complained of"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=f"Điều 35 {LAW}; {D124}",
    asks=(Ask("until", "future", _("Until")), DOCUMENT, REASON, SENT_TO, PAPER),
    opens=(Opens("kn.stay_until", "until"),),
    assigned_only=True,
    when="not stayed",
    effect=effects.stay,
    announce=_("The execution of the decision you complain of in %(code)s is stayed."),
)
STAY_LIFT = Step(
    name="stay_lift",
    label=_("Lift the stay"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=f"Điều 35 {LAW}; {D124}",
    asks=(DOCUMENT, REASON, PAPER),
    closes=("kn.stay_until",),
    assigned_only=True,
    when="stayed",
    effect=effects.stay_lift,
    announce=_("The stay in %(code)s was lifted; the reason is written there."),
)

# -- representatives ------------------------------------------------------------------------------

ANY_TIME = ("classified", "examined", "accepted", "suspended", "decided", "published", "effective",
            "executing")  # fmt: skip
NUMBER = Ask("number", "number", _("Number in the list of representatives"))
REPRESENT = Step(
    name="represent",
    label=_("Record a representative or lawyer"),
    source=ANY_TIME,
    target="",
    roles=OFFICE,
    basis=f"Điều 8, Điều 12, Điều 16 {LAW}; Điều 5 {D124}; Mẫu số 02",
    asks=(
        Ask("role", "choice", _("Acts as"), choices=tuple(Representative.Role.choices)),
        Ask("name", "text", _("Name"), max_length=200, personal=True),
        Ask("form", "choice", _("By which paper"), choices=tuple(Representative.Form.choices)),
        Ask("document", "text", _("Number and day of the paper"), required=False, max_length=120),
        Ask("scope", "text", _("For which content"), max_length=500, personal=True),
        Ask("valid_from", "date", _("From")),
        Ask("valid_to", "future", _("until"), required=False),
        PAPER,
    ),
    effect=effects.represent,
)
REPRESENT_END = Step(
    name="represent_end",
    label=_("End a representation"),
    source=ANY_TIME,
    target="",
    roles=OFFICE,
    basis=f"Điều 12, Điều 16 {LAW}; Điều 5 {D124}",
    asks=(NUMBER, Ask("ended_on", "date", _("Ended on")), REASON, PAPER),
    when="represented",
    effect=effects.represent_end,
)
REPRESENT_ACT = Step(
    name="represent_act",
    label=_("Note what a representative did"),
    source=ANY_TIME,
    target="",
    roles=OFFICE,
    basis=f"Điều 12, Điều 16 {LAW}",
    asks=(
        NUMBER,
        Ask("done_on", "date", _("On")),
        Ask("what", "lines", _("What was done"), personal=True),
        PAPER,
    ),
    when="represented",
    effect=effects.represent_act,
)

COMPLAINT_KIND = Kind(
    "complaint", _("complaint (khiếu nại)"), C_STATES,
    (
        C_ACCEPT, RECHECK, DESIGNATE, PLAN, REPORT, DIALOGUE_CALL, DIALOGUE_NOTICE, DIALOGUE_HOLD,
        DECIDE, *AFTER_DECISION, C_CLASSIFY, SPLIT, C_EXAMINE, C_REFUSE, C_GUIDE, C_RETURN, URGE,
        C_STORE, C_EXTEND, VERIFY_EXTEND, DIALOGUE_CANCEL, C_RESUME, C_SUSPEND, C_SUSPEND_NOTICE,
        SUSPEND_REVIEW, STAY, STAY_LIFT, REPRESENT, REPRESENT_ACT, REPRESENT_END, C_WITHDRAW_PART,
        RESTORE_PART, TERMINATE, TERMINATION_SENT, C_WITHDRAW, C_REOPEN,
    ),
    Level.UNIT,
)  # fmt: skip
