"""Recommendations and feedback (kiến nghị, phản ánh), and what is not yet classified."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, Opens, Step
from dongthuan.core.matters.models import Level
from dongthuan.work.petitions import effects
from dongthuan.work.petitions.kinds.common import (
    ACCEPT,
    CLASSIFY,
    CLOSE,
    COMMON,
    DOCUMENT,
    EXECUTE,
    NOTE,
    PAPER,
    PUBLISH,
    REASON,
    REFUSE,
    REGISTER,
    REOPEN,
    RETURN,
    SPLIT,
    STATES,
    STORE,
    TRANSFER,
    URGE,
    WITHDRAW,
    WITHDRAW_PART,
    WORK,
)

# -- recommendation and feedback ----------------------------------------------------------------

K_ACCEPT = replace(
    ACCEPT,
    basis="Thông tư 05/2021/TT-TTCP",
    asks=(ACCEPT.asks[0], PAPER),
    opens=(Opens("knpa.answer"),),
)
F_ACCEPT = replace(K_ACCEPT, opens=(Opens("pa.answer"),))
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
    basis="Điều 28 Luật Tiếp công dân 2013",
    asks=(
        Ask("answer", "lines", _("Answer to the petitioner"), personal=True),
        Ask("document", "text", _("Number of the answer"), required=False, max_length=80),
        PAPER,
    ),
    closes=("knpa.answer", "pa.answer"),
    assigned_only=True,
    effect=effects.decide,
    announce=_("%(unit)s has answered %(code)s."),
)
K_PUBLISH = replace(PUBLISH, basis="Nghị định 20/2008/NĐ-CP")
K_WITHDRAW_PART = replace(WITHDRAW_PART, basis="Thông tư 05/2021/TT-TTCP")
K_REFUSE = replace(REFUSE, basis="Thông tư 05/2021/TT-TTCP", asks=(NOTE, PAPER))
K_WITHDRAW = replace(WITHDRAW, basis="Thông tư 05/2021/TT-TTCP")
K_CLOSE = replace(CLOSE, basis="Thông tư 05/2021/TT-TTCP")

ANSWERED = (K_ANSWER, K_PUBLISH, EXECUTE, K_CLOSE)

PETITION_KIND = Kind(
    "petition", _("petition, not yet classified"), STATES,
    (REGISTER, CLASSIFY, SPLIT, STORE, K_WITHDRAW, REOPEN), Level.UNIT,
)  # fmt: skip
RECOMMENDATION_KIND = Kind(
    "recommendation", _("recommendation (kiến nghị)"), STATES,
    (
        K_ACCEPT, *ANSWERED, *COMMON, K_REFUSE, TRANSFER, RETURN, URGE, STORE, K_EXTEND,
        K_WITHDRAW_PART, K_WITHDRAW, REOPEN,
    ),
    Level.PARTNER,
)  # fmt: skip
FEEDBACK_KIND = Kind(
    "feedback", _("feedback (phản ánh)"), STATES,
    (
        F_ACCEPT, *ANSWERED, *COMMON, K_REFUSE, TRANSFER, RETURN, URGE, STORE, K_EXTEND,
        K_WITHDRAW_PART, K_WITHDRAW, REOPEN,
    ),
    Level.PARTNER,
)  # fmt: skip
