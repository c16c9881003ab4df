"""Recommendations and feedback (kiến nghị, phản ánh), and what is not yet classified."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, Opens, Step
from dongthuan.core.matters.models import Level
from dongthuan.core.units.models import Role
from dongthuan.work.petitions import effects, regimes, transfers
from dongthuan.work.petitions.kinds.common import (
    ACCEPT,
    CLASSIFY,
    CLOSE,
    DOCUMENT,
    EXAMINE,
    EXECUTE,
    INNER_NOTE,
    INTAKE_DUTIES,
    NOTE,
    OFFICE,
    PAPER,
    PROCESSING,
    PUBLISH,
    REASON,
    REFUSE,
    REGISTER,
    REOPEN,
    RETURN,
    SPLIT,
    STATES,
    STORE,
    URGE,
    WITHDRAW,
    WITHDRAW_PART,
    WORK,
)
from dongthuan.work.petitions.models import Regime

# -- intake, by regime ----------------------------------------

K_CLASSIFY = replace(
    CLASSIFY,
    asks=(
        *CLASSIFY.asks[:-1],
        Ask(
            "regime", "choice", _("By which rules"), required=False, choices=tuple(Regime.choices),
            help=_("Leave it empty for what follows the law on citizen reception."),
        ),
        Ask(
            "concerned", "official", _("Official concerned"), required=False,
            help=_("Of feedback on conduct: from now on this official does not see the matter."),
        ),
        INNER_NOTE,
    ),
    closes=("pa.classify",),
    effect=regimes.classify,
)  # fmt: skip
K_SPLIT = replace(SPLIT, effect=regimes.split)
K_EXAMINE = replace(EXAMINE, effect=regimes.examine)

# -- transfer ----------------------------------------

K_TRANSFER = Step(
    name="transfer",
    label=_("Transfer to the competent body"),
    source=("examined",),
    target="transferred",
    roles=OFFICE,
    basis="Điểm b khoản 2 Điều 26 Luật Tiếp công dân 2013; Thông tư 05/2021/TT-TTCP",
    asks=(
        Ask("to", "unit", _("To a unit in this system"), required=False),
        Ask("body", "text", _("or to another body"), required=False, max_length=200),
        Ask(
            "document", "text", _("Number of the letter of transfer"), required=False,
            max_length=80, help=_("Needed for a body outside this system."),
        ),
        Ask(
            "again", "bool", _("Transfer it although the same text was sent before"),
            required=False, inner=True, help=_("Only where the form asks for it."),
        ),
        NOTE,
        PAPER,
    ),
    closes=(*INTAKE_DUTIES, "pakn.transfer"),
    waives=("*",),
    when="transferable",
    effect=transfers.send,
    announce=_("%(code)s was transferred to the competent body; you need not send it again."),
)  # fmt: skip
TAKE_OVER = Step(
    name="take_over",
    label=_("Take over the transferred matter"),
    source=("transferring",),
    target="classified",
    roles=OFFICE,
    basis="Điều 27 Luật Tiếp công dân 2013",
    asks=(INNER_NOTE,),
    closes=("xld.receive_transfer",),
    opens=(Opens("xld.process"),),
    effect=transfers.take_over,
    announce=_("%(unit)s has taken over %(code)s, which was transferred to it."),
)
SEND_BACK = Step(
    name="send_back",
    label=_("Send back to the sender"),
    source=("transferring",),
    target="examined",
    roles=OFFICE,
    basis="Thông tư 05/2021/TT-TTCP",
    asks=(REASON, PAPER),
    closes=("xld.receive_transfer",),
    effect=transfers.send_back,
    announce=_("%(code)s came back to %(unit)s, which decides what happens; the reason is there."),
)
REFER_UP = Step(
    name="refer_up",
    label=_("Let the superior decide who settles it"),
    source=("examined",),
    target="disputed",
    roles=OFFICE,
    basis="Thông tư 05/2021/TT-TTCP",
    asks=(REASON, PAPER),
    closes=PROCESSING,
    when="disputable",
    effect=transfers.refer_up,
    announce=_("%(unit)s decides which body settles %(code)s."),
)
ASSIGN_COMPETENCE = Step(
    name="assign_competence",
    label=_("Decide which unit settles it"),
    source=("disputed",),
    target="classified",
    roles=OFFICE,
    basis="Thông tư 05/2021/TT-TTCP",
    asks=(
        Ask("to", "unit", _("Unit that settles it")),
        DOCUMENT,
        REASON,
        PAPER,
    ),
    closes=("xld.decide_competence",),
    effect=transfers.assign_competence,
    announce=_("It is decided that %(unit)s settles %(code)s."),
)
REPORT_BACK = Step(
    name="report_back",
    label=_("Tell the body that sent it the result"),
    source=("decided", "published", "executing"),
    target="",
    roles=OFFICE,
    basis="Khoản 2 Điều 27 Luật Tiếp công dân 2013",
    asks=(
        Ask("document", "text", _("Number of the letter"), required=False, max_length=80),
        PAPER,
    ),
    closes=("tcd.transfer_feedback",),
    when="owes_report",
    effect=transfers.report,
)
SENT = (TAKE_OVER, SEND_BACK, REFER_UP, ASSIGN_COMPETENCE)

# -- recommendation and feedback ----------------------------------------

K_ACCEPT = replace(
    ACCEPT,
    basis="Thông tư 05/2021/TT-TTCP",
    asks=(ACCEPT.asks[0], PAPER),
    waives=("pakn.transfer",),
    opens=(Opens("knpa.answer"),),
    effect=regimes.accept,
)
# A field report counts from the moment it was received, other feedback from its acceptance.
F_ACCEPT = replace(
    K_ACCEPT,
    opens=(
        Opens("pa.answer", "received", when="in_field"),
        Opens("pa.answer", when="not in_field"),
    ),
)
K_EXTEND = Step(
    name="extend",
    label=_("Prolong the answer"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis="Quy định của địa phương",
    asks=(
        DOCUMENT,
        Ask(
            "term", "choice", _("Prolong by"),
            choices=(
                ("5 wd", _("5 working days")), ("10 wd", _("10 working days")),
                ("15 d", _("15 days")), ("30 d", _("30 days")),
            ),
        ),
        REASON,
        PAPER,
    ),
    extends=("knpa.answer", "pa.answer"),
    effect=effects.extend_once,
    assigned_only=True,
    announce=_("The time for answering %(code)s was prolonged; the reason is written there."),
)  # fmt: skip
K_ANSWER = Step(
    name="answer",
    label=_("Answer"),
    source=("accepted",),
    target="decided",
    roles=WORK,
    basis="Khoản 1 Điều 28 Luật Tiếp công dân 2013",
    asks=(
        Ask("answer", "lines", _("Answer to the petitioner"), personal=True),
        Ask("document", "text", _("Number of the answer"), required=False, max_length=80),
        PAPER,
    ),
    closes=("knpa.answer", "pa.answer"),
    opens=(
        Opens("tcd.transfer_feedback", when="came_by_transfer"),
        Opens("pakn.publish", when="on_regulation"),
    ),
    assigned_only=True,
    effect=effects.decide,
    announce=_("%(unit)s has answered %(code)s."),
)
K_PUBLISH = replace(
    PUBLISH,
    basis="Điều 19 Nghị định 20/2008/NĐ-CP",
    closes=(*PUBLISH.closes, "pakn.publish"),
    effect=regimes.publish,
)
K_WITHDRAW_PART = replace(WITHDRAW_PART, basis="Thông tư 05/2021/TT-TTCP")
K_REFUSE = replace(
    REFUSE, basis="Thông tư 05/2021/TT-TTCP", asks=(NOTE, PAPER), effect=transfers.outcome
)
K_RETURN = replace(RETURN, effect=transfers.outcome)
K_STORE = replace(STORE, effect=transfers.outcome)
K_WITHDRAW = replace(
    WITHDRAW,
    source=(*WITHDRAW.source, "transferring", "disputed"),
    basis="Thông tư 05/2021/TT-TTCP",
    effect=transfers.outcome,
)
K_CLOSE = replace(CLOSE, basis="Thông tư 05/2021/TT-TTCP")

# -- closed but not solved ----------------------------------------

K_REOPEN = replace(REOPEN, source=(*REOPEN.source, "contested"), closes=("pa.reopen_examine",))
KEEP_CLOSED = Step(
    name="keep_closed",
    label=_("Leave it closed"),
    source=("contested",),
    target="closed",
    roles=(Role.HEAD,),
    basis="Quy chế của địa phương",
    asks=(NOTE, PAPER),
    closes=("pa.reopen_examine",),
    announce=_("%(unit)s has examined your request: %(code)s stays closed; the reason is there."),
)

ANSWERED = (K_ANSWER, K_PUBLISH, EXECUTE, REPORT_BACK, K_CLOSE)
INTAKE = (K_CLASSIFY, K_SPLIT, K_EXAMINE)
ENDS = (K_REFUSE, K_TRANSFER, *SENT, K_RETURN, URGE, K_STORE, K_EXTEND, K_WITHDRAW_PART, K_WITHDRAW)
AFTER = (K_REOPEN, KEEP_CLOSED)

PETITION_KIND = Kind(
    "petition", _("petition, not yet classified"), STATES,
    (REGISTER, K_CLASSIFY, K_SPLIT, K_STORE, K_WITHDRAW, K_REOPEN), Level.UNIT,
)  # fmt: skip
RECOMMENDATION_KIND = Kind(
    "recommendation", _("recommendation (kiến nghị)"), STATES,
    (K_ACCEPT, *ANSWERED, *INTAKE, *ENDS, *AFTER), Level.PARTNER,
)  # fmt: skip
FEEDBACK_KIND = Kind(
    "feedback", _("feedback (phản ánh)"), STATES,
    (F_ACCEPT, *ANSWERED, *INTAKE, *ENDS, *AFTER), Level.PARTNER,
)  # fmt: skip
