"""The declared kind: a review is assigned, its findings are recorded, it ends with measures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.reviews import effects
from dongthuan.work.reviews.models import Cause
from dongthuan.work.reviews.rules import REVIEWERS

BASIS = "Quy chế của địa phương về rà soát vụ việc kéo dài"
HEAD = (Role.HEAD,)
RUNNING = ("due", "assigned", "found")
DOCUMENT = Ask("document", "text", _("Number and symbol of the document"), max_length=80)
REASON = Ask("reason", "lines", _("Reason"), max_length=1000, personal=True)
PAPER = Ask("papers", "paper", _("Document"), required=False)
MEASURES = Ask("measures", "lines", _("Measures: what is done, by whom, by when"), personal=True)
INNER = Audience.OFFICIAL

ASSIGN = Step(
    name="assign",
    label=_("Assign who reviews it"),
    source=RUNNING,
    target="assigned",
    roles=HEAD,
    basis=BASIS,
    asks=(Ask("reviewer", "official", _("Reviewer"), roles=REVIEWERS),),
    closes=("review.assign",),
    audience=INNER,
    effect=effects.assign,
)
FIND = Step(
    name="find",
    label=_("Record the findings"),
    source=("assigned", "found"),
    target="found",
    roles=REVIEWERS,
    basis=BASIS,
    asks=(
        Ask("causes", "choices", _("What holds it up"), choices=tuple(Cause.choices)),
        Ask("hold_up", "lines", _("Findings in words"), personal=True,
            help=_("Write about the work: files, answers, decisions. Nothing about persons.")),
        Ask("missing", "lines", _("What is missing"), required=False, personal=True),
        PAPER,
    ),
    audience=INNER,
    assigned_only=True,
    effect=effects.find,
)  # fmt: skip
CONCLUDE = Step(
    name="conclude",
    label=_("Conclude with measures"),
    source=("found",),
    target="concluded",
    roles=HEAD,
    basis=BASIS,
    asks=(MEASURES, DOCUMENT, PAPER),
    closes=("review.conclude",),
    audience=INNER,
    effect=effects.conclude,
)
PROMISE = Step(
    name="promise",
    label=_("Promise a measure until a day"),
    source=("found",),
    target="",
    roles=HEAD,
    basis=BASIS,
    asks=(
        Ask("what", "lines", _("What is promised; the public reads it"), max_length=2000),
        Ask("until", "future", _("It will be done by")),
        DOCUMENT,
    ),
    audience=INNER,
    effect=effects.promise,
)
REFER = Step(
    name="refer",
    label=_("Refer to the superior authority"),
    source=("assigned", "found"),
    target="referred",
    roles=HEAD,
    basis=BASIS,
    asks=(REASON, DOCUMENT, PAPER),
    opens=(Opens("review.superior", owner="superior"),),
    closes=("review.assign", "review.conclude"),
    audience=INNER,
    effect=effects.refer,
)
ANSWER = Step(
    name="answer",
    label=_("Answer as the superior authority"),
    source=("referred",),
    target="concluded",
    roles=REVIEWERS,
    by=("superior",),
    basis=BASIS,
    asks=(MEASURES, DOCUMENT, PAPER),
    closes=("review.superior",),
    audience=INNER,
    effect=effects.conclude,
)
LAPSE = Step(
    name="lapse",
    label=_("End the review: the matter is settled"),
    source=RUNNING,
    target="lapsed",
    roles=HEAD,
    basis=BASIS,
    waives=("*",),
    audience=INNER,
    when="settled",
)

CASE_REVIEW = Kind(
    "case_review",
    _("review of a long-running matter (rà soát)"),
    (
        State("due", _("to be assigned"), _("under review"), "waiting"),
        State("assigned", _("being reviewed"), _("under review"), "active"),
        State("found", _("findings recorded"), _("under review"), "active"),
        State("referred", _("referred to the superior"), _("under review"), "waiting"),
        State("concluded", _("concluded with measures"), _("reviewed"), "good", final=True),
        State("lapsed", _("ended, the matter is settled"), _("ended"), final=True),
    ),
    (ASSIGN, FIND, CONCLUDE, PROMISE, REFER, ANSWER, LAPSE),
    Level.PARTNER,
    counts_as_case=False,
)
