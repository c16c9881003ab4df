"""Declared kinds: a note from one partner to another, and the situation note of a period."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Kind, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.work.notes import effects
from dongthuan.work.notes.models import Handling
from dongthuan.work.notes.rules import HEADS, PARTNERS

BASIS = "Quy chế phối hợp của địa phương"
SENT = pgettext_lazy("note", "sent")
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
DOCUMENT = Ask("document", "text", _("Number and symbol of the document"), max_length=80)
PAPER = Ask("papers", "paper", _("Document"), required=False)
RECEIVER = ("receiver",)

NOTE = Kind(
    "information_note",
    _("information note (phiếu trao đổi thông tin)"),
    (
        State("sent", _("sent, not acknowledged"), SENT, "waiting"),
        State("acknowledged", _("acknowledged, to be answered"), _("acknowledged"), "active"),
        State("answered", _("answered"), _("answered"), "good", final=True),
        State("withdrawn", _("taken back"), _("taken back"), final=True),
    ),
    (
        Step(
            name="acknowledge",
            label=_("Acknowledge"),
            source=("sent",),
            target="acknowledged",
            roles=PARTNERS,
            by=RECEIVER,
            basis=BASIS,
            closes=("note.acknowledge",),
            effect=effects.acknowledge,
        ),
        Step(
            name="answer",
            label=_("Answer"),
            source=("sent", "acknowledged"),
            target="answered",
            roles=PARTNERS,
            by=RECEIVER,
            basis=BASIS,
            asks=(
                Ask(
                    "handling", "choice", pgettext_lazy("note", "What is done"),
                    choices=tuple(Handling.choices),
                ),
                Ask(
                    "reply", "lines", _("Answer"),
                    help=_("Of things and places, without names of persons."),
                ),
                PAPER,
            ),
            closes=("note.acknowledge", "note.answer"),
            effect=effects.answer,
        ),
        Step(
            name="withdraw",
            label=pgettext_lazy("note", "Take back"),
            source=("sent", "acknowledged"),
            target="withdrawn",
            roles=PARTNERS,
            basis=BASIS,
            asks=(REASON,),
            waives=("*",),
            effect=effects.withdraw,
            grave=True,
        ),
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip

SITUATION = Kind(
    "situation_note",
    _("situation note (báo cáo tình hình)"),
    (
        State("draft", _("draft"), _("draft"), "waiting"),
        State("adopted", _("adopted, figures frozen"), _("adopted"), "active"),
        State("sent", SENT, SENT, "good", final=True),
        State("dropped", _("thrown away"), _("thrown away"), final=True),
    ),
    (
        Step(
            name="adopt",
            label=_("Adopt"),
            source=("draft",),
            target="adopted",
            roles=HEADS,
            basis=BASIS,
            ready="period_is_over",
            effect=effects.adopt,
        ),
        Step(
            name="send",
            label=_("Send to partners and upward"),
            source=("adopted",),
            target="sent",
            roles=PARTNERS,
            basis=BASIS,
            asks=(DOCUMENT, PAPER),
            closes=("note.situation",),
            effect=effects.send,
        ),
        Step(
            name="reopen",
            label=_("Back to the draft"),
            source=("adopted",),
            target="draft",
            roles=HEADS,
            basis=BASIS,
            asks=(REASON,),
            audience=Audience.OFFICIAL,
            effect=effects.reopen,
        ),
        Step(
            name="drop",
            label=_("Throw away"),
            source=("draft",),
            target="dropped",
            roles=HEADS,
            basis=BASIS,
            asks=(REASON,),
            waives=("*",),
            audience=Audience.OFFICIAL,
            grave=True,
        ),
    ),
    Level.PARTNER,
    counts_as_case=False,
)
