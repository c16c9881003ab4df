"""The declared kinds of petition: states, steps, what each asks, opens, closes and tells.

Sources: Luật Khiếu nại 2011, Luật Tiếp công dân 2013 (each as amended by Luật 136/2025/QH15), Nghị
định 154–155/2026, Thông tư 05/2021/TT-TTCP.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Opens, State, Step
from dongthuan.core.matters.models import Audience
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.units.models import Role
from dongthuan.work.petitions import effects

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
WORK = (Role.HANDLER, Role.HEAD)

CLASSES = (
    ("complaint", _("complaint (khiếu nại)")),
    ("denunciation", _("denunciation (tố cáo)")),
    ("recommendation", _("recommendation (kiến nghị)")),
    ("feedback", _("feedback (phản ánh)")),
)

CONDITIONS = (
    ("remote", _("remote area, difficult travel")),
    ("complex", _("complex (decision with reasons)")),
    ("multi_place", _("must be checked in several places")),
)

INELIGIBLE = (
    ("not_vietnamese", _("not in Vietnamese and without certified translation")),
    ("no_identity", _("no name or address of the writer")),
    ("unsigned", _("no signature or fingerprint")),
    ("unclear", _("unreadable or without the required content")),
    ("many_bodies", _("sent to several bodies, the competent one among them")),
    ("guided_before", _("already guided once on the same content")),
    ("copy", _("a copy only")),
    ("insulting", _("insulting content")),
    ("answered", _("the same was answered before")),
)

SUSPENSION_GROUNDS = (
    ("force_majeure", _("force majeure or objective obstacle")),
    ("related_decision", _("waiting for the result of a related matter")),
)

NOTE = Ask("note", "lines", _("Note to the petitioner"), personal=True)
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
INNER_NOTE = Ask("remark", "lines", _("Remark on the file"), required=False, personal=True)
DOCUMENT = Ask(
    "document", "text", _("Number and symbol of the document"), max_length=80, help=_("12/QĐ-UBND")
)
PAPER = Ask("papers", "paper", _("Attach the document"), required=False)

INTAKE_DUTIES = ("xld.process", "tcd.result_notice", "kn.accept", "tc.initial")
# Storing, returning, urging answer the petitioner but are no acceptance: that is waived.
PROCESSING = ("xld.process", "tcd.result_notice")

# -- states -----------------------------------------------------------------------------------

STATES = (
    State("received", _("newly received"), _("received"), "waiting"),
    State("registered", _("in the register"), _("registered"), "waiting"),
    State("classified", _("classified"), _("being examined"), "waiting"),
    State("examined", _("examined"), _("being examined"), "waiting"),
    State("accepted", _("accepted, being settled"), _("accepted, being settled"), "active"),
    State("suspended", _("suspended"), _("suspended"), "waiting"),
    State("decided", _("decided"), _("decided"), "good"),
    State("published", _("published"), _("answered and published"), "good"),
    State("executing", _("being carried out"), _("being carried out"), "active"),
    State("closed", _("closed"), pgettext_lazy("state", "closed"), "good", final=True),
    State("refused", _("acceptance refused"), _("acceptance refused"), "bad", final=True),
    State("guided", _("guided to the right body"), _("guided to the right body"), final=True),
    State("transferred", _("transferred"), _("transferred to the right body"), final=True),
    State("returned", _("returned"), _("returned to the sender"), final=True),
    State("urged", _("subordinate urged"), _("the responsible body was urged"), final=True),
    State("stored", _("stored"), _("stored without processing"), final=True),
    State("withdrawn", _("withdrawn"), _("withdrawn by the petitioner"), final=True),
    State("split", _("split"), _("split into several matters"), final=True),
    State(
        "transferring",
        _("transferred, not yet taken over"),
        _("transferred, waiting to be taken over"),
        "waiting",
    ),
    State("disputed", _("competence in dispute"), _("the superior decides who settles"), "waiting"),
    State("contested", _("said to be unsolved"), _("said to be unsolved, examined"), "waiting"),
    State("joined", _("joined with another"), _("joined with another matter"), final=True),
)

OPEN_INTAKE = ("received", "registered", "classified", "examined")

# -- intake: the same for every kind -----------------------------------------------------------

REGISTER = Step(
    name="register",
    label=_("Enter in the register"),
    source=("received",),
    target="registered",
    roles=OFFICE,
    basis="Thông tư 05/2021/TT-TTCP",
    asks=(
        Ask("title", "text", _("Title in a few words"), max_length=200, personal=True),
        Ask("topic", "choice", _("Topic"), choices=TOPICS),
    ),
    effect=effects.register,
    announce=_("Your submission %(code)s is in the register of %(unit)s."),
)

CLASSIFY = Step(
    name="classify",
    label=_("Classify by content"),
    source=("registered", "classified", "examined"),
    target="classified",
    roles=OFFICE,
    basis="Điều 6 Thông tư 05/2021/TT-TTCP",
    asks=(
        Ask("kind", "choice", _("What it is, by its content"), choices=CLASSES),
        Ask(
            "conditions", "choices", _("Circumstances"), required=False,
            choices=(CONDITIONS[0], CONDITIONS[2]),
        ),
        INNER_NOTE,
    ),
    effect=effects.classify,
    audience=Audience.OFFICIAL,
)  # fmt: skip

SPLIT = Step(
    name="split",
    label=_("Split into several matters"),
    source=("registered", "classified"),
    target="split",
    roles=OFFICE,
    basis="Điều 6 Thông tư 05/2021/TT-TTCP",
    asks=(
        Ask(
            "parts", "lines", _("One line for each part"), personal=True,
            help=_("Begin each line with KN, TC, KNg or PA, then the content of that part."),
        ),
    ),
    closes=("xld.process", "tcd.result_notice"),
    waives=("*",),
    effect=effects.split,
    announce=_("Your submission %(code)s holds several matters and was split; see its parts."),
)  # fmt: skip

EXAMINE = Step(
    name="examine",
    label=_("Examine eligibility and competence"),
    source=("classified", "examined"),
    target="examined",
    roles=OFFICE,
    basis="Thông tư 05/2021/TT-TTCP",
    asks=(
        Ask(
            "eligible", "choice", _("Is it eligible for processing?"),
            choices=(("yes", _("yes")), ("no", _("no"))),
        ),
        Ask("defects", "choices", _("If not, why"), required=False, choices=INELIGIBLE),
        Ask(
            "competence", "choice", _("Is it in this authority's competence?"),
            choices=(("in", _("in competence")), ("out", _("not in competence"))),
        ),
        INNER_NOTE,
    ),
    effect=effects.examine,
    audience=Audience.OFFICIAL,
)  # fmt: skip

REFUSE = Step(
    name="refuse",
    label=_("Refuse acceptance"),
    source=("examined",),
    target="refused",
    roles=OFFICE,
    basis="",
    asks=(NOTE, PAPER),
    closes=INTAKE_DUTIES,
    waives=("*",),
    effect=effects.outcome,
    announce=_("%(unit)s has not accepted %(code)s; the reason is written there."),
    grave=True,
)

GUIDE = Step(
    name="guide",
    label=_("Guide to the competent body"),
    source=("examined",),
    target="guided",
    roles=OFFICE,
    basis="Thông tư 05/2021/TT-TTCP",
    asks=(Ask("body", "text", _("Competent body"), max_length=200), NOTE, PAPER),
    closes=INTAKE_DUTIES,
    waives=("*",),
    when="guidable",
    effect=effects.outcome,
    announce=_("%(code)s is not in the competence of %(unit)s; guidance is written there."),
)

TRANSFER = Step(
    name="transfer",
    label=_("Transfer to the competent body"),
    source=("examined",),
    target="transferred",
    roles=OFFICE,
    basis="Thông tư 05/2021/TT-TTCP",
    asks=(
        Ask("to", "unit", _("To a unit in this system"), required=False),
        Ask("body", "text", _("or to another body"), required=False, max_length=200),
        NOTE,
        PAPER,
    ),
    closes=INTAKE_DUTIES,
    waives=("*",),
    when="transferable",
    effect=effects.transfer,
    announce=_("%(code)s was transferred to the competent body; you need not send it again."),
)

RETURN = Step(
    name="return",
    label=_("Return the petition"),
    source=("examined",),
    target="returned",
    roles=OFFICE,
    basis="Thông tư 05/2021/TT-TTCP",
    asks=(NOTE, PAPER),
    closes=PROCESSING,
    waives=("*",),
    effect=effects.outcome,
    announce=_("%(unit)s returns %(code)s; the reason is written there."),
    grave=True,
)

URGE = Step(
    name="urge",
    label=_("Urge the subordinate body"),
    source=("examined",),
    target="urged",
    roles=OFFICE,
    basis="Thông tư 05/2021/TT-TTCP",
    asks=(Ask("body", "text", _("Body that is overdue"), max_length=200), NOTE, PAPER),
    closes=PROCESSING,
    waives=("*",),
    when="out_of_competence",
    effect=effects.outcome,
    announce=_("%(unit)s has urged the body that must settle %(code)s."),
)

STORE = Step(
    name="store",
    label=_("Store without processing"),
    source=("registered", "classified", "examined"),
    target="stored",
    roles=OFFICE,
    basis="Điều 28 Thông tư 05/2021/TT-TTCP",
    asks=(Ask("defects", "choices", _("Why"), choices=INELIGIBLE), NOTE),
    closes=PROCESSING,
    waives=("*",),
    effect=effects.outcome,
    announce=_("%(unit)s has stored %(code)s without processing; the reason is written there."),
    grave=True,
)

WITHDRAW = Step(
    name="withdraw",
    label=_("Record full withdrawal"),
    source=(*OPEN_INTAKE, "accepted", "suspended"),
    target="withdrawn",
    roles=OFFICE,
    basis="Điều 10 Luật Khiếu nại 2011",
    asks=(
        Ask("written_on", "date", _("Date of the written withdrawal")),
        REASON,
        PAPER,
    ),
    waives=("*",),
    effect=effects.outcome,
    announce=_("Your withdrawal of %(code)s has been recorded."),
    grave=True,
)

WITHDRAW_PART = Step(
    name="withdraw_part",
    label=_("Record withdrawal of a part"),
    source=("accepted", "suspended"),
    target="",
    roles=OFFICE,
    basis="Luật 136/2025/QH15; Nghị định 155/2026/NĐ-CP",
    asks=(
        Ask("written_on", "date", _("Date of the written withdrawal")),
        Ask("part", "lines", _("The part withdrawn"), personal=True),
        PAPER,
    ),
    announce=_("Your withdrawal of a part of %(code)s has been recorded."),
)

# -- after acceptance ---------------------------------------------------------------------------

ACCEPT = Step(
    name="accept",
    label=_("Accept for settlement"),
    source=("examined",),
    target="accepted",
    roles=OFFICE,
    basis="",
    asks=(
        Ask("handler", "official", _("Handler"), required=False),
        Ask("conditions", "choices", _("Circumstances"), required=False, choices=CONDITIONS[:2]),
        Ask("document", "text", _("Number of the notice"), required=False, max_length=80),
        PAPER,
    ),
    closes=INTAKE_DUTIES,
    when="admissible",
    effect=effects.accept,
    announce=_("%(unit)s has accepted %(code)s; the date by which it must be settled is there."),
)

SUSPEND = Step(
    name="suspend",
    label=_("Suspend the settlement"),
    source=("accepted",),
    target="suspended",
    roles=WORK,
    basis="Điều 11a Luật Khiếu nại (Luật 136/2025/QH15)",
    asks=(
        Ask("ground", "choice", _("Ground"), choices=SUSPENSION_GROUNDS),
        DOCUMENT,
        REASON,
        PAPER,
    ),
    pauses=True,
    opens=(Opens("kn.suspend_notice"),),
    in_force="kn.suspend_notice",
    assigned_only=True,
    announce=_("The settlement of %(code)s is suspended; the reason is written there."),
)

RESUME = Step(
    name="resume",
    label=_("Resume the settlement"),
    source=("suspended",),
    target="accepted",
    roles=WORK,
    basis="Điều 11a Luật Khiếu nại (Luật 136/2025/QH15)",
    asks=(DOCUMENT, PAPER),
    resumes=True,
    opens=(Opens("kn.resume_notice"),),
    assigned_only=True,
    announce=_("The settlement of %(code)s goes on; the new date is there."),
)

SUSPEND_NOTICE = Step(
    name="suspend_notice",
    label=_("Record the notice of suspension or resumption"),
    source=("suspended", "accepted", "decided", "published", "executing"),
    target="",
    roles=OFFICE,
    basis="Điều 11a Luật Khiếu nại (Luật 136/2025/QH15)",
    asks=(Ask("sent_on", "date", _("Sent on")), PAPER),
    closes=("kn.suspend_notice", "kn.resume_notice"),
    when="owes_suspend_notice",
)

PUBLISH = Step(
    name="publish",
    label=_("Publish the result"),
    source=("decided", "executing"),
    target="published",
    roles=WORK,
    basis="",
    asks=(
        Ask("public_title", "text", _("Title for the public"), max_length=200),
        Ask(
            "public_body", "lines", _("The question, without personal data"),
            help=_("No name, number, house or telephone of anyone; the public sees only this."),
        ),
        Ask("public_answer", "lines", _("The answer, without personal data")),
    ),
    closes=("kn.publish",),
    audience=Audience.PUBLIC,
    assigned_only=True,
    effect=effects.publish,
    announce=_("The result of %(code)s has been published."),
)  # fmt: skip

EXECUTE = Step(
    name="execute",
    label=_("Begin to carry it out"),
    source=("decided", "published"),
    target="executing",
    roles=WORK,
    basis="",
    asks=(Ask("plan", "lines", _("What will be done, by whom, until when")),),
    assigned_only=True,
    announce=_("%(unit)s is carrying out what was decided on %(code)s."),
)

CLOSE = Step(
    name="close",
    label=_("Close the file"),
    source=("decided", "published", "executing"),
    target="closed",
    roles=WORK,
    basis="Điều 34 Luật Khiếu nại 2011",
    asks=(INNER_NOTE,),
    effect=effects.close,
    assigned_only=True,
    announce=_("%(code)s is closed. If it is not solved, say so there."),
)

REOPEN = Step(
    name="reopen",
    label=_("Reopen"),
    source=(
        "closed", "refused", "guided", "returned", "urged", "stored", "withdrawn", "transferred",
    ),
    target="examined",
    roles=(Role.HEAD,),
    basis="",
    asks=(REASON,),
    opens=(Opens("xld.process"),),
    effect=effects.reopen,
    announce=_("%(code)s has been opened again."),
)  # fmt: skip

# Only what is not yet classified, or was sealed on arrival, is registered in its own kind.
COMMON = (CLASSIFY, SPLIT, EXAMINE)
