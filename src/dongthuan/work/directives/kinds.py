"""Declared kinds: a directing document, and what one addressee owes under one line of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.work.directives import effects
from dongthuan.work.directives.rules import ASKING, CARRYING_OUT, ISSUING, SIGNING

SIGN = "Điều 13, Điều 15 Nghị định 30/2020/NĐ-CP"
FOLLOW = "Điều 24 Nghị định 30/2020/NĐ-CP"
DRAFT = "Điều 10, Điều 11 Nghị định 30/2020/NĐ-CP"
REPLACE = "Khoản 3 Điều 18 Nghị định 30/2020/NĐ-CP"
CANCEL = "Khoản 3, khoản 4 Điều 18 Nghị định 30/2020/NĐ-CP"
CARRIED_OUT = pgettext_lazy("order", "being carried out")
SENT = pgettext_lazy("note", "sent")
IN_FORCE = pgettext_lazy("document", "in force")
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
DOCUMENT = Ask("document", "text", _("Number and symbol of the document"), max_length=80)
EVIDENCE = Ask("papers", "paper", pgettext_lazy("order", "Evidence"), required=False)
ISSUER = ("follower",)

DIRECTIVE = Kind(
    "directive",
    _("directing document (văn bản chỉ đạo)"),
    (
        State("draft", _("draft"), _("draft"), "waiting"),
        State("issued", _("in force, followed up"), IN_FORCE, "active"),
        State("done", _("carried out"), _("carried out"), "good", final=True),
        State("replaced", _("replaced by another document"), _("replaced"), final=True),
        State("cancelled", _("cancelled"), _("cancelled"), final=True),
        State("dropped", _("draft thrown away"), _("draft thrown away"), final=True),
    ),
    (
        Step(
            name="issue",
            label=_("Sign and issue"),
            source=("draft",),
            target="issued",
            roles=SIGNING,
            basis=SIGN,
            asks=(Ask("papers", "paper", _("Signed copy"), required=False),),
            audience=Audience.PETITIONER,
            effect=effects.issue,
            grave=True,
        ),
        Step(
            name="finish",
            label=_("Record that it was carried out"),
            source=("issued",),
            target="done",
            roles=ISSUING,
            basis=FOLLOW,
            audience=Audience.PETITIONER,
            when="all_settled",
        ),
        Step(
            name="replace",
            label=_("Replaced by another document"),
            source=("issued",),
            target="replaced",
            roles=SIGNING,
            basis=REPLACE,
            asks=(
                Ask(
                    "newer", "text", _("Code or number of the newer document"), max_length=60,
                    help=_("It must be in force here."),
                ),
            ),
            audience=Audience.PETITIONER,
            effect=effects.replace,
            grave=True,
        ),
        Step(
            name="cancel",
            label=_("Cancel"),
            source=("issued",),
            target="cancelled",
            roles=SIGNING,
            basis=CANCEL,
            asks=(DOCUMENT, REASON),
            audience=Audience.PETITIONER,
            effect=effects.cancel,
            grave=True,
        ),
        Step(
            name="drop",
            label=_("Throw the draft away"),
            source=("draft",),
            target="dropped",
            roles=ISSUING,
            basis=DRAFT,
            audience=Audience.OFFICIAL,
            grave=True,
        ),
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip

ORDER = Kind(
    "directive_order",
    _("order of a directing document (yêu cầu chỉ đạo)"),
    (
        State("sent", _("sent, not acknowledged"), SENT, "waiting"),
        State("acknowledged", CARRIED_OUT, CARRIED_OUT, "active"),
        State("reported", _("reported done, to be confirmed"), _("reported done"), "active"),
        State("confirmed", _("done, confirmed"), _("done"), "good", final=True),
        State("withdrawn", _("no longer ordered"), _("no longer ordered"), final=True),
    ),
    (
        Step(
            name="acknowledge",
            label=_("Acknowledge"),
            source=("sent",),
            target="acknowledged",
            roles=CARRYING_OUT,
            basis=FOLLOW,
            closes=("dir.acknowledge",),
        ),
        Step(
            name="report",
            label=_("Report that it was done"),
            source=("sent", "acknowledged"),
            target="reported",
            roles=CARRYING_OUT,
            basis=FOLLOW,
            asks=(
                Ask("done_on", "date", _("Day on which it was done")),
                Ask(
                    "report", "lines", _("What was done, where it can be seen"),
                    help=_("Without names: of a public document everybody reads it."),
                ),
                EVIDENCE,
            ),
            opens=(Opens("dir.confirm", "now", owner="follower"),),
            closes=("dir.acknowledge", "dir.order", "dir.explain"),
            waives=("dir.extension_reply",),
            effect=effects.report,
        ),
        Step(
            name="confirm",
            label=_("Confirm that it was done"),
            source=("reported",),
            target="confirmed",
            roles=ISSUING,
            by=ISSUER,
            basis=FOLLOW,
            closes=("dir.confirm",),
        ),
        Step(
            name="send_back",
            label=_("It was not done: give it back"),
            source=("reported",),
            target="acknowledged",
            roles=ISSUING,
            by=ISSUER,
            basis=FOLLOW,
            asks=(Ask("until", "future", _("New day")), REASON),
            closes=("dir.confirm",),
            effect=effects.send_back,
        ),
        Step(
            name="ask_time",
            label=_("Ask for more time"),
            source=("sent", "acknowledged"),
            target="acknowledged",
            roles=ASKING,
            basis=FOLLOW,
            asks=(Ask("until", "future", _("New day")), REASON),
            opens=(Opens("dir.extension_reply", "now", owner="follower"),),
            closes=("dir.acknowledge",),
            when="not asks_more_time",
            effect=effects.ask_time,
        ),
        Step(
            name="grant_time",
            label=_("Give more time"),
            source=("acknowledged",),
            target="",
            roles=SIGNING,
            by=ISSUER,
            basis=FOLLOW,
            asks=(Ask("until", "future", _("New day")), DOCUMENT),
            closes=("dir.extension_reply",),
            when="asks_more_time",
            effect=effects.grant_time,
        ),
        Step(
            name="refuse_time",
            label=_("Give no more time"),
            source=("acknowledged",),
            target="",
            roles=SIGNING,
            by=ISSUER,
            basis=FOLLOW,
            asks=(REASON,),
            closes=("dir.extension_reply",),
            when="asks_more_time",
            effect=effects.refuse_time,
        ),
        Step(
            name="remind",
            label=_("Remind"),
            source=("sent", "acknowledged"),
            target="",
            roles=ISSUING,
            by=ISSUER,
            basis=FOLLOW,
            asks=(Ask("note", "lines", _("What to remind of"), max_length=1000),),
            effect=effects.remind,
        ),
        Step(
            name="follow_up",
            label=_("Ask why it is late"),
            source=("sent", "acknowledged"),
            target="",
            roles=ISSUING,
            by=ISSUER,
            basis=FOLLOW,
            asks=(DOCUMENT,),
            opens=(Opens("dir.explain"),),
            when="is_overdue",
        ),
        Step(
            name="explain",
            label=_("Explain the delay"),
            source=("sent", "acknowledged"),
            target="",
            roles=CARRYING_OUT,
            basis=FOLLOW,
            asks=(REASON, Ask("measure", "lines", _("How it is made up for"), max_length=1000)),
            closes=("dir.explain",),
            when="owes_explanation",
            effect=effects.explain,
        ),
        Step(
            name="withdraw",
            label=_("No longer ordered"),
            source=("sent", "acknowledged"),
            target="withdrawn",
            roles=SIGNING,
            by=ISSUER,
            basis=SIGN,
            asks=(DOCUMENT, REASON),
            waives=("*",),
            grave=True,
        ),
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip
