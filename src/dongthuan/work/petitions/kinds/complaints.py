"""Complaints (khiếu nại): Luật Khiếu nại 2011, sửa đổi bởi Luật 136/2025/QH15."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, Opens, Step
from dongthuan.core.matters.models import Level
from dongthuan.work.petitions import effects
from dongthuan.work.petitions.kinds.common import (
    ACCEPT,
    CLOSE,
    COMMON,
    DOCUMENT,
    EXECUTE,
    GUIDE,
    OFFICE,
    PAPER,
    PUBLISH,
    REASON,
    REFUSE,
    REOPEN,
    RESUME,
    RETURN,
    STATES,
    STORE,
    SUSPEND,
    SUSPEND_NOTICE,
    URGE,
    WITHDRAW,
    WITHDRAW_PART,
    WORK,
)
from dongthuan.work.petitions.models import Finding

# -- complaint ----------------------------------------------------------------------------------

COMPLAINT = "Luật Khiếu nại 2011"
C_ACCEPT = replace(
    ACCEPT,
    basis=f"Điều 27 {COMPLAINT}",
    opens=(
        Opens("kn.settle1", "now", "first_instance"),
        Opens("kn.settle2", "now", "second_instance"),
    ),
)
C_EXTEND = Step(
    name="extend",
    label=_("Prolong as a complex case"),
    source=("accepted",),
    target="",
    roles=WORK,
    basis=f"Điều 28, Điều 37 {COMPLAINT}; Điều 3a Nghị định 155/2026/NĐ-CP",
    asks=(DOCUMENT, REASON, PAPER),
    effect=effects.extend_complaint,
    assigned_only=True,
    when="not is_complex",
    announce=_("The time for settling %(code)s was prolonged; the reason is written there."),
)
C_DECIDE = Step(
    name="decide",
    label=_("Record the settlement decision"),
    source=("accepted",),
    target="decided",
    roles=WORK,
    basis=f"Điều 31, Điều 40 {COMPLAINT}",
    asks=(
        DOCUMENT,
        Ask("finding", "choice", _("Finding"), choices=tuple(Finding.choices)),
        Ask("answer", "lines", _("What was decided, for the petitioner"), personal=True),
        PAPER,
    ),
    closes=("kn.settle1", "kn.settle2"),
    opens=(
        Opens("kn.send_decision1", "now", "first_instance"),
        Opens("kn.send_decision2", "now", "second_instance"),
        Opens("kn.publish", "now", "second_instance"),
    ),
    assigned_only=True,
    effect=effects.decide,
    announce=_("%(code)s has been decided; the decision is there."),
)
C_SEND = Step(
    name="send",
    label=_("Record that the decision was sent"),
    source=("decided", "published", "executing"),
    target="",
    roles=OFFICE,
    basis=f"Điều 32, Điều 41 {COMPLAINT}",
    asks=(Ask("sent_on", "date", _("Sent on")), PAPER),
    closes=("kn.send_decision1", "kn.send_decision2"),
    when="must_be_sent",
)
C_SECOND = Step(
    name="second_level",
    label=_("Register the second complaint"),
    source=("decided", "published", "executing", "closed"),
    target="",
    roles=OFFICE,
    basis=f"Điều 33 {COMPLAINT}; Luật 136/2025/QH15",
    asks=(
        Ask("received_on", "date", _("Second complaint received on")),
        Ask("to", "unit", _("Authority of the second level")),
        Ask("text", "lines", _("What the complainant says"), personal=True),
        PAPER,
    ),
    effect=effects.second_level,
    when="second_level_open",
    announce=_("Your second complaint on %(code)s was registered at the higher level."),
)
C_PUBLISH = replace(PUBLISH, basis=f"Điều 41 {COMPLAINT}")
C_WITHDRAW_PART = replace(WITHDRAW_PART, in_force="kn.suspend_notice")

COMPLAINT_KIND = Kind(
    "complaint", _("complaint (khiếu nại)"), STATES,
    (
        C_ACCEPT, C_DECIDE, C_SEND, C_PUBLISH, EXECUTE, CLOSE, *COMMON, REFUSE, GUIDE,
        RETURN, URGE, STORE, C_EXTEND, SUSPEND, SUSPEND_NOTICE, RESUME, C_SECOND,
        C_WITHDRAW_PART, WITHDRAW, REOPEN,
    ),
    Level.UNIT,
)  # fmt: skip
