"""From acceptance to the conclusion: verification, extension, suspension, withdrawal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Opens, Step
from dongthuan.core.matters.models import Audience
from dongthuan.work.denunciations import effects, terms
from dongthuan.work.denunciations.effects import again, settling
from dongthuan.work.denunciations.kinds.asks import (
    D31,
    D156,
    DOCUMENT,
    HEAD,
    INNER_NOTE,
    LAW,
    NOTE,
    OFFICE,
    SENT_ON,
    WORK,
    one,
    some,
)
from dongthuan.work.denunciations.models import Finding

WORKING = ("accepted", "verifying", "reported")

NOTIFY = Step(
    name="notify",
    label=_("Record the notices of acceptance"),
    source=(*terms.SETTLING, "concluded", "terminated"),
    target="",
    roles=OFFICE,
    basis=f"Khoản 3 Điều 29 {LAW}; mẫu số 05, 06 {D31}",
    asks=(
        some("to", _("Sent to"), {
            "denouncer": _("the denouncer"),
            "denounced": _("the denounced person (the content only, nothing of the denouncer)"),
        }),
        SENT_ON,
    ),
    closes=("tc.accept_notice",),
    when="owes_notice",
    effect=settling.notify,
)  # fmt: skip
VERIFY = Step(
    name="verify",
    label=_("Begin the verification"),
    source=("accepted",),
    target="verifying",
    roles=HEAD,
    basis=f"Điều 31 {LAW}; Điều 10 {D31}; mẫu số 07",
    asks=(
        one("mode", _("By whom"), {
            "self": _("the settler"),
            "team": _("a verification team"),
            "inspectorate": _("the inspectorate of the same level"),
            "other": _("another body or person"),
        }),
        DOCUMENT,
        Ask("members", "number", _("Members of the team"), required=False),
        Ask("team", "lines", _("Who (sealed)"), required=False, personal=True),
        Ask("no_kin", "bool", _("Nobody of them is kin of the denounced or has an interest"),
            required=False),
        Ask("until", "future", _("Time of the verification, until")),
        Ask("plan", "lines", _("What is to be verified (sealed)"), personal=True),
    ),
    effect=settling.verify,
    audience=Audience.OFFICIAL,
)  # fmt: skip
HEAR = Step(
    name="hear",
    label=_("Record a working session"),
    source=("verifying", "reported"),
    target="",
    roles=WORK,
    basis=f"Khoản 4 Điều 31 {LAW}; Điều 11, Điều 12 {D31}; mẫu số 08",
    asks=(
        one("who", _("With"), {
            "denouncer": _("the denouncer"),
            "denounced": _("the denounced person (explanation)"),
            "other": _("another body or person"),
        }),
        Ask("held_on", "date", _("Held on")),
        INNER_NOTE,
    ),
    effect=settling.hear,
    audience=Audience.OFFICIAL,
)  # fmt: skip
REPORT = Step(
    name="report",
    label=_("Report of the verification"),
    source=("verifying",),
    target="reported",
    roles=WORK,
    basis=f"Khoản 6 Điều 31 {LAW}; Điều 16 {D31}; mẫu số 10, 11",
    asks=(
        DOCUMENT,
        Ask("proposal", "choice", _("Proposed assessment"), choices=tuple(Finding.choices)),
        Ask("result", "lines", _("Result of each content, responsibilities, proposals (sealed)"),
            personal=True),
    ),
    audience=Audience.OFFICIAL,
)  # fmt: skip
CONCLUDE = Step(
    name="conclude",
    label=_("Issue the conclusion"),
    source=("reported",),
    target="concluded",
    roles=HEAD,
    basis=f"Điều 35 {LAW}; Điều 17 {D31}; mẫu số 12",
    asks=(
        DOCUMENT,
        Ask("finding", "choice", _("c) The denunciation is"), choices=tuple(Finding.choices)),
        Ask("results", "lines", _("a) Result of the verification (sealed)"), personal=True),
        Ask("legal_basis", "lines", _("b) Legal basis: violation or none (sealed)"),
            personal=True),
        Ask("responsibility", "lines", _("c) Responsibility of each (sealed)"), personal=True),
        Ask("measures", "lines", _("d) Measures and recommendations (sealed)"), personal=True),
        Ask("policy", "lines", _("đ) Recommendations on policy and law (sealed)"),
            required=False, personal=True),
        Ask("earlier_faults", "lines", _("Violations in the earlier settlement (sealed)"),
            required=False, personal=True),
        Ask("unheard", "lines", _("Why the denounced person was not heard (sealed)"),
            required=False, personal=True),
    ),
    closes=("tc.settle",),
    opens=(Opens("tc.send_conclusion"), Opens("tc.handle"), Opens("tc.publish")),
    effect=settling.conclude,
    grave=True,
)  # fmt: skip
EXTEND = Step(
    name="extend",
    label=_("Prolong the settlement"),
    source=WORKING,
    target="",
    roles=HEAD,
    basis=f"Điều 30 {LAW}; Điều 3 {D31}; mẫu số 01",
    asks=(
        DOCUMENT,
        some("criteria", _("Criteria of a complex case; two make it very complex"),
             terms.CRITERIA),
        Ask("days", "number", _("Days, at most 30")),
        Ask("reason", "lines", _("Reasons (sealed)"), max_length=1000, personal=True),
    ),
    effect=settling.extend,
)  # fmt: skip
SUSPEND = Step(
    name="suspend",
    label=_("Suspend the settlement"),
    source=WORKING,
    target="suspended",
    roles=HEAD,
    basis=f"Khoản 1, khoản 4 Điều 34 {LAW}",
    asks=(one("ground", _("Ground"), terms.SUSPENSIONS), DOCUMENT, NOTE),
    opens=(Opens("tc.suspend_notice"),),
    effect=settling.suspend,
)
RESUME = Step(
    name="resume",
    label=_("Resume the settlement"),
    source=("suspended",),
    target="accepted",  # the state in which it was suspended; the effect knows it
    roles=HEAD,
    basis=f"Khoản 2 Điều 34 {LAW}",
    asks=(DOCUMENT,),
    effect=settling.resume,
)
TERMINATE = Step(
    name="terminate",
    label=_("Terminate the settlement"),
    source=terms.SETTLING,
    target="terminated",
    roles=HEAD,
    basis=f"Điểm b, c khoản 3, khoản 4 Điều 34 {LAW}",
    asks=(one("ground", _("Ground"), terms.TERMINATIONS), DOCUMENT, NOTE),
    opens=(Opens("tc.suspend_notice"),),
    waives=("tc.settle", "tc.overdue_report", "tc.suspend_notice"),
    effect=settling.terminate,
    grave=True,
)
SUSPEND_NOTICE = Step(
    name="suspend_notice",
    label=_("Record that the decision was sent"),
    source=(*terms.SETTLING, "terminated", "concluded"),
    target="",
    roles=OFFICE,
    basis=f"Khoản 4 Điều 34 {LAW}",
    asks=(SENT_ON,),
    closes=("tc.suspend_notice",),
    when="owes_suspend_notice",
)
WITHDRAW = Step(
    name="withdraw",
    label=_("Record a withdrawal"),
    source=(*terms.INTAKE, *terms.SETTLING),
    target="",
    roles=OFFICE,
    basis=f"Điều 33, điểm a khoản 3 Điều 34 {LAW}; Điều 1 {D156}",
    asks=(
        one("form", _("In writing"), terms.WITHDRAWAL_FORMS),
        Ask("written_on", "date", _("Date of the written withdrawal")),
        one("scope", _("What is withdrawn"), {
            "whole": _("all of it, by all denouncers"),
            "part": _("a part of the content"),
            "some": _("by some of several denouncers"),
        }),
        some("goes_on", _("The settlement goes on, because"), terms.GOES_ON, required=False),
        Ask("document", "text", _("Number of the decision to terminate"), required=False,
            max_length=80),
        Ask("part", "lines", _("What was withdrawn, and why (sealed)"), required=False,
            personal=True),
    ),
    effect=settling.withdraw,
)  # fmt: skip
OVERDUE_REPORT = Step(
    name="overdue_report",
    label=_("Report on the delay to the authority above"),
    source=(*terms.SETTLING, "concluded", "terminated"),
    target="",
    roles=HEAD,
    basis=f"Khoản 3 Điều 38 {LAW}",
    asks=(DOCUMENT, SENT_ON, NOTE),
    closes=("tc.overdue_report",),
    when="owes_overdue_report",
    effect=again.report,
    audience=Audience.OFFICIAL,
)
CRIME = Step(
    name="crime",
    label=_("Hand the file to the investigation body"),
    source=(*terms.INTAKE[1:], *terms.SETTLING, "inspecting", "concluded"),
    target="",
    roles=HEAD,
    basis=f"Khoản 1 Điều 27, khoản 2 Điều 36 {LAW}",
    asks=(
        one("body", _("Body"), {
            "investigation": _("investigation body"),
            "procuracy": _("People's Procuracy"),
        }),
        DOCUMENT,
        SENT_ON,
        INNER_NOTE,
    ),
    effect=effects.nothing,
    audience=Audience.OFFICIAL,
)  # fmt: skip
PREVENT = Step(
    name="prevent",
    label=_("Harm prevented, or the police told at once"),
    source=(*terms.INTAKE, *terms.SETTLING, "inspecting"),
    target="",
    roles=OFFICE,
    basis=f"Khoản 2 Điều 27 {LAW}",
    asks=(Ask("done_on", "date", _("Done on")), NOTE),
    audience=Audience.OFFICIAL,
)

STEPS = (
    NOTIFY, VERIFY, HEAR, REPORT, CONCLUDE, EXTEND, SUSPEND, RESUME, SUSPEND_NOTICE,
    OVERDUE_REPORT, TERMINATE, WITHDRAW, CRIME, PREVENT,
)  # fmt: skip
