"""Complaints: the decision, and what follows it until the file is closed."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Opens, Step
from dongthuan.core.matters.models import Audience
from dongthuan.work.petitions import complaint_execution as effects
from dongthuan.work.petitions.complaint_models import Recovery
from dongthuan.work.petitions.kinds.common import (
    CLOSE,
    DOCUMENT,
    EXECUTE,
    OFFICE,
    PAPER,
    PUBLISH,
    REASON,
    WORK,
)
from dongthuan.work.petitions.kinds.complaint_tables import (
    D124,
    LAW,
    MEASURES,
    PUBLICATION_FORMS,
    RECIPIENTS,
)
from dongthuan.work.petitions.models import Finding

DONE = ("decided", "published", "effective", "executing")
SENT_ON = Ask("sent_on", "date", _("Sent on"))
MONEY = Ask("money", "money", _("Money (đồng)"), required=False)
LAND = Ask("land", "area", _("Land (m²)"), required=False)
NUMBER = Ask("number", "number", _("Number in the list of recoveries"))

DECIDE = Step(
    name="decide",
    label=_("Record the settlement decision"),
    source=("accepted",),
    target="decided",
    roles=WORK,
    basis=f"Điều 31, Điều 40, Điều 54, Điều 56 {LAW}",
    asks=(
        replace(DOCUMENT, required=False),
        Ask("issue", "bool", _("Number it and lay it out here"), required=False),
        Ask("signer", "text", _("Who signs it"), required=False, max_length=120,
            help=_("Only if it is numbered here: the head of the unit, by name.")),
        Ask("respondent", "text", _("Who is complained of (người bị khiếu nại)"), required=False,
            max_length=300, personal=True,
            help=_("Needed if it is numbered here; the decision names them.")),
        Ask("content", "lines", _("Content of the complaint"), personal=True),
        Ask("first_result", "lines", _("Result of the first settlement"), required=False,
            personal=True, when="second_instance",
            help=_("Only in a second decision (Article 40.2.d).")),
        Ask("verification", "lines", _("Result of the verification"), required=False,
            personal=True, help=_("Left empty, it is taken from the report.")),
        Ask("dialogue_result", "lines", _("Result of the dialogue"), required=False,
            personal=True, help=_("Left empty, it is taken from the minutes.")),
        Ask("legal_basis", "lines", _("Legal basis of the decision")),
        Ask("finding", "choice", _("Conclusion"), choices=tuple(Finding.choices)),
        Ask("measure", "choice", _("The decision or act complained of"), choices=MEASURES),
        Ask("answer", "lines", _("What was decided, for the petitioner"), personal=True),
        Ask("compensation", "money", _("Compensation (đồng)"), required=False),
        PAPER,
    ),
    closes=("kn.settle1", "kn.settle2", "kn.discipline.settle"),
    waives=("kn.verify_by", "kn.dialogue", "kn.dialogue_notice", "kn.stay_until"),
    opens=(
        Opens("kn.send_decision1", "now", "first_general"),
        Opens("kn.send_decision2", "now", "second_general"),
        Opens("kn.discipline.send_decision2", "now", "second_discipline"),
        Opens("kn.publish", "now", "second_general"),
    ),
    assigned_only=True,
    ready="decidable",
    effect=effects.decide,
    announce=_("%(code)s has been decided; the decision is there."),
)  # fmt: skip
SEND = Step(
    name="send",
    label=_("Record that the decision was sent"),
    source=DONE,
    target="",
    roles=OFFICE,
    basis=f"Điều 32, Điều 41, Điều 54, Điều 56 {LAW}",
    asks=(
        SENT_ON,
        Ask("recipients", "choices", _("Sent to"), choices=RECIPIENTS),
        Ask("received_on", "date", _("The complainant received it on"), required=False),
        PAPER,
    ),
    closes=("kn.send_decision1", "kn.send_decision2", "kn.discipline.send_decision2"),
    when="decision_unsent",
    effect=effects.send,
)
DELIVERED = Step(
    name="delivered",
    label=_("Record that the complainant received the decision"),
    source=(*DONE, "closed"),
    target="",
    roles=OFFICE,
    basis=f"Khoản 1 Điều 33, Điều 48 {LAW}",
    asks=(Ask("received_on", "date", _("The complainant received it on")), PAPER),
    when="receipt_unknown",
    effect=effects.delivered,
)
C_PUBLISH = replace(
    PUBLISH,
    source=("decided", "effective", "executing"),
    basis=f"Khoản 2 Điều 41, Điều 58 {LAW}",
    asks=(
        Ask("forms", "choices", _("Made public"), choices=PUBLICATION_FORMS, required=False),
        *PUBLISH.asks,
    ),
    effect=effects.publish,
)
MEETING_CALL = Step(
    name="meeting_call",
    label=_("Call the meeting that announces the decision"),
    source=("decided", "published", "effective"),
    target="",
    roles=WORK,
    basis=f"Điểm a khoản 2 Điều 41 {LAW}; {D124}",
    asks=(
        Ask("day", "future", _("Day of the meeting")),
        Ask("place", "text", _("Place of the meeting"), max_length=200),
    ),
    opens=(Opens("kn.publish_meeting_notice", "day"),),
    when="not meeting_planned",
    audience=Audience.OFFICIAL,
    effect=effects.meeting_call,
)
MEETING_NOTICE = Step(
    name="meeting_notice",
    label=_("Record the notice of the meeting"),
    source=("decided", "published", "effective"),
    target="",
    roles=OFFICE,
    basis=f"Khoản 3 Điều 41 {LAW}; {D124}",
    asks=(SENT_ON, DOCUMENT, PAPER),
    closes=("kn.publish_meeting_notice",),
    when="meeting_planned",
    announce=_("The decision on %(code)s will be announced at a meeting; see there."),
)
MEETING_HELD = Step(
    name="meeting_held",
    label=_("Record the meeting that announced the decision"),
    source=("decided", "published", "effective"),
    target="",
    roles=WORK,
    basis=f"Điểm a khoản 2 Điều 41 {LAW}",
    asks=(Ask("held_on", "date", _("Day on which the meeting was held")), PAPER),
    closes=("kn.publish",),
    when="meeting_planned",
    effect=effects.meeting_held,
)
POST = Step(
    name="post",
    label=_("Record that the decision is posted"),
    source=("decided", "published", "effective"),
    target="",
    roles=OFFICE,
    basis=f"Điểm b khoản 2 Điều 41 {LAW}; {D124}",
    asks=(
        Ask("posted_on", "date", _("Posted on")),
        Ask("place", "text", _("Where"), max_length=200),
        PAPER,
    ),
    closes=("kn.publish",),
    when="unposted",
    effect=effects.post,
)
POST_END = Step(
    name="post_end",
    label=_("Record the end of the posting"),
    source=("decided", "published", "effective", "executing"),
    target="",
    roles=OFFICE,
    basis=f"Khoản 3 Điều 41 {LAW}; {D124}",
    asks=(Ask("ended_on", "date", _("Taken down on")), PAPER),
    closes=("kn.post_record",),
    when="posted",
    effect=effects.post_end,
)
SECOND = Step(
    name="second_level",
    label=_("Register the second complaint"),
    source=("accepted", *DONE, "closed"),
    target="",
    roles=OFFICE,
    basis=f"Khoản 1 Điều 33, Điều 48 {LAW}; Luật 136/2025/QH15",
    asks=(
        Ask("received_on", "date", _("Second complaint received on")),
        Ask("why", "choice", _("Because"), choices=(
            ("decision", _("the complainant does not agree with the first decision")),
            ("no_decision", _("the term has passed without a first decision")),
        )),
        Ask("to", "unit", _("Authority of the second level")),
        Ask("text", "lines", _("What the complainant says"), personal=True),
        PAPER,
    ),
    waives=("kn.effect_check",),
    effect=effects.second_level,
    when="may_go_up",
    announce=_("Your second complaint on %(code)s was registered at the higher level."),
)  # fmt: skip
COURT = Step(
    name="court",
    label=_("Record that the complainant went to court"),
    source=(*DONE, "closed"),
    target="",
    roles=OFFICE,
    basis=f"Khoản 2 Điều 33, Điều 42, khoản 3 Điều 57 {LAW}",
    asks=(
        Ask("filed_on", "date", _("Accepted by the court on")),
        Ask("court", "text", _("Court"), max_length=200),
        Ask("document", "text", _("Number of the notice"), required=False, max_length=80),
        PAPER,
    ),
    when="may_sue",
    effect=effects.court,
)

# -- effect and execution -------------------------------------------------------------------------

TAKE_EFFECT = Step(
    name="take_effect",
    label=_("Record that the decision is in legal effect"),
    source=("decided", "published"),
    target="effective",
    roles=WORK,
    basis=f"Điều 44, Điều 57 {LAW}",
    asks=(PAPER,),
    closes=("kn.effect_check",),
    when="effect_reached",
    effect=effects.take_effect,
    announce=_("The decision on %(code)s is in legal effect."),
)
C_EXECUTE = replace(
    EXECUTE,
    source=("effective",),
    basis=f"Điều 46, Điều 58 {LAW}; {D124}",
    asks=(
        *EXECUTE.asks,
        Ask("organiser", "text", _("Body charged with the execution"), max_length=200),
        Ask("until", "future", _("To be complete on")),
        DOCUMENT,
        PAPER,
    ),
    opens=(Opens("kn.execute_by", "until"),),
)
RECOVERY_ADD = Step(
    name="recovery_add",
    label=_("Enter what is to be recovered or given back"),
    source=DONE,
    target="",
    roles=WORK,
    basis=f"Điều 31, Điều 46 {LAW}",
    asks=(
        Ask("to", "choice", _("For whom"), choices=tuple(Recovery.To.choices)),
        MONEY,
        LAND,
        Ask("who", "lines", _("By whom and to whom"), required=False, personal=True),
    ),
    audience=Audience.OFFICIAL,
    assigned_only=True,
    when="not executed",
    effect=effects.recovery_add,
)
RECOVERY_COLLECT = Step(
    name="recovery_collect",
    label=_("Enter what was collected or given back"),
    source=("effective", "executing"),
    target="",
    roles=WORK,
    basis=f"Điều 46 {LAW}",
    asks=(NUMBER, MONEY, LAND, DOCUMENT, PAPER),
    audience=Audience.OFFICIAL,
    assigned_only=True,
    when="recovery_open",
    effect=effects.recovery_collect,
)
RECOVERY_WAIVE = Step(
    name="recovery_waive",
    label=_("Waive a recovery"),
    source=("effective", "executing"),
    target="",
    roles=WORK,
    basis=f"Điều 46 {LAW}",
    asks=(NUMBER, DOCUMENT, REASON, PAPER),
    audience=Audience.OFFICIAL,
    assigned_only=True,
    when="recovery_open",
    effect=effects.recovery_waive,
)
_COUNT_LABELS = {
    "restored_organisations": _("Organisations whose rights were restored"),
    "restored_people": _("People whose rights were restored"),
    "discipline_proposed": _("People proposed for discipline"),
    "discipline_proposed_officials": _("of them officials"),
    "disciplined": _("People disciplined"),
    "disciplined_officials": _("of them officials"),
    "investigated_cases": _("Cases passed to the investigating body"),
    "investigated_people": _("People in these cases"),
    "investigated_officials": _("of them officials"),
}
RESPONSIBILITY = Step(
    name="responsibility",
    label=_("Record rights restored and responsibility"),
    source=("decided", "published", "effective", "executing"),
    target="",
    roles=WORK,
    basis=f"Điều 46, Điều 67 {LAW}; Điều 39 {D124}",
    asks=tuple(Ask(name, "number", _COUNT_LABELS[name], required=False) for name in effects.COUNTS),
    audience=Audience.OFFICIAL,
    assigned_only=True,
    effect=effects.responsibility,
)
COMPLETE = Step(
    name="complete",
    label=_("Record that the execution is complete"),
    source=("executing",),
    target="",
    roles=WORK,
    basis=f"Điều 46 {LAW}",
    asks=(Ask("result", "lines", _("What was done")), PAPER),
    closes=("kn.execute_by",),
    assigned_only=True,
    when="not executed",
    effect=effects.complete,
    announce=_("What was decided on %(code)s has been carried out."),
)
C_CLOSE = replace(
    CLOSE,
    source=("decided", "published", "effective", "executing"),
    ready="closable",
    effect=effects.close,
)

AFTER_DECISION = (
    SEND, DELIVERED, C_PUBLISH, POST, POST_END, MEETING_CALL, MEETING_NOTICE, MEETING_HELD,
    TAKE_EFFECT, C_EXECUTE, RECOVERY_ADD, RECOVERY_COLLECT, RECOVERY_WAIVE, RESPONSIBILITY,
    COMPLETE, C_CLOSE, SECOND, COURT,
)  # fmt: skip
