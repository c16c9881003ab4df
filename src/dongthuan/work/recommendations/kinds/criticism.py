"""Social criticism of a draft: sent 15 days before, criticised, answered point by point."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.work.recommendations import criticism_effects as effects
from dongthuan.work.recommendations.kinds.asks import DOCUMENT, PAPER, REASON
from dongthuan.work.recommendations.models import Criticism
from dongthuan.work.recommendations.rules import FRONT_SIDE, OFFICE

BASIS = "Điều 36 Luật Mặt trận Tổ quốc Việt Nam 2015"
PUBLIC = Audience.PUBLIC

CRITICISM = Kind(
    "social_criticism",
    _("social criticism of a draft"),
    (
        State("planned", _("draft to be sent"), _("draft to be sent"), "waiting"),
        State("sent", _("with the Front"), _("being criticised"), "active"),
        State("criticised", _("criticised, waits for the answer"), _("waits for the answer"),
              "waiting"),
        State("answered", _("answered point by point"), _("answered point by point"), "good",
              final=True),
        State("agreed", _("no objection"), _("no objection"), "good", final=True),
        State("dropped", _("draft withdrawn"), _("draft withdrawn"), final=True),
    ),
    (
        Step(
            name="send",
            label=_("Send the draft"),
            source=("planned",),
            target="sent",
            roles=OFFICE,
            by=("drafter",),
            basis=BASIS,
            asks=(DOCUMENT, PAPER),
            closes=("mttq.criticism.draft_before",),
            audience=PUBLIC,
            effect=effects.send,
        ),
        Step(
            name="opine",
            label=_("Write the opinion"),
            source=("sent",),
            target="criticised",
            roles=FRONT_SIDE,
            by=("critic",),
            basis=BASIS,
            asks=(
                Ask("form", "choice", _("How it was done"), choices=tuple(Criticism.Form.choices)),
                Ask("opinion", "lines", _("The opinion in general")),
                Ask("points", "lines", _("The points, each in a paragraph of its own"),
                    required=False, max_length=20_000,
                    help=_("One line a point, or an empty line between points. Without a point"
                           " there is no objection to the draft.")),
                DOCUMENT,
                PAPER,
            ),
            opens=(Opens("rec.criticism_answer", when="has_points"),),
            audience=PUBLIC,
            effect=effects.opine,
        ),
        Step(
            name="answer",
            label=_("Answer point by point"),
            source=("criticised",),
            target="answered",
            roles=OFFICE,
            by=("drafter",),
            basis=BASIS,
            asks=(DOCUMENT, PAPER),
            closes=("rec.criticism_answer",),
            audience=PUBLIC,
            effect=effects.answer,
        ),
        Step(
            name="move",
            label=_("Submission put off"),
            source=("planned", "sent"),
            target="",
            roles=OFFICE,
            by=("drafter",),
            basis=BASIS,
            asks=(Ask("submits_on", "future", _("New day of submission")), REASON),
            may_close=("mttq.criticism.draft_before",),
            audience=PUBLIC,
            effect=effects.move,
        ),
        Step(
            name="drop",
            label=_("Withdraw the draft"),
            source=("planned", "sent", "criticised"),
            target="dropped",
            roles=OFFICE,
            by=("drafter",),
            basis=BASIS,
            asks=(REASON,),
            waives=("*",),
            audience=PUBLIC,
            effect=effects.drop,
            grave=True,
        ),
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip
