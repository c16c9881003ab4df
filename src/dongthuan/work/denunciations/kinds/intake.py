"""From receipt to acceptance, or to one of the other ends of the first ten working days."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Opens, Step
from dongthuan.core.matters.models import Audience
from dongthuan.work.denunciations import effects, terms
from dongthuan.work.denunciations.effects import again, wall
from dongthuan.work.denunciations.kinds.asks import (
    D31,
    DOCUMENT,
    HEAD,
    INNER_NOTE,
    LAW,
    NOTE,
    OFFICE,
    PASSPHRASE,
    PASSPHRASE_IF,
    SENT_ON,
    one,
    some,
)
from dongthuan.work.denunciations.models import Identity

_RESPONDENTS = (
    Ask("respondents", "lines", _("Who is denounced, as the letter says"), personal=True),
    Ask(
        "accounts", "lines", _("E-mail addresses of their accounts here"), required=False,
        personal=True, help=_("One a line. They never see the matter, whatever seat they take."),
    ),
    Ask(
        "denounced_unit", "unit", _("Code of the unit denounced"), required=False, personal=True,
        help=_("Nobody who holds a seat in it sees the matter."),
    ),
    Ask(
        "head", "bool",
        _("The head or a deputy of this authority, or the authority itself, is denounced"),
        required=False, personal=True,
        help=_("Then the matter goes to the authority above at once (Article 12)."),
    ),
    PASSPHRASE_IF,
)  # fmt: skip

REGISTER = Step(
    name="register",
    label=_("Enter in the register"),
    source=("received",),
    target="registered",
    roles=OFFICE,
    basis=f"Khoản 1 Điều 24, Điều 12 {LAW}",
    asks=_RESPONDENTS,
    effect=wall.register,
    audience=Audience.OFFICIAL,
)
WALL = Step(
    name="wall",
    label=_("Wall off somebody else who is denounced"),
    source=(*terms.INTAKE[1:], *terms.SETTLING, "inspecting"),
    target="",
    roles=OFFICE,
    basis=f"Điều 8, Điều 12 {LAW}",
    asks=_RESPONDENTS,
    effect=wall.register,
    audience=Audience.OFFICIAL,
)
RISE = Step(
    name="rise",
    label=_("Hand over to the authority above"),
    source=("registered", "examined"),
    target="registered",
    roles=OFFICE,
    basis=f"Khoản 1, khoản 6 Điều 12 {LAW}",
    asks=(PASSPHRASE,),
    closes=("tc.transfer",),
    when="must_rise",
    effect=wall.rise,
    audience=Audience.OFFICIAL,
    grave=True,
)
EXAMINE = Step(
    name="examine",
    label=_("Check the denouncer and the conditions"),
    source=("registered", "examined"),
    target="examined",
    roles=OFFICE,
    basis=f"Điều 24, Điều 25, Điều 29 {LAW}; Điều 9 {D31}",
    asks=(
        Ask("identity", "choice", _("The denouncer"), choices=tuple(Identity.choices)),
        some("met", _("Conditions of acceptance that are met"), terms.CONDITIONS_29,
             required=False),
        Ask(
            "competence", "choice", _("Is it in this authority's competence?"),
            choices=(("in", _("in competence")), ("out", _("not in competence"))),
        ),
        Ask("many_bodies", "bool", _("Sent to the competent body as well"), required=False),
        Ask("from_complaint", "bool", _("It comes out of a complaint settled lawfully"),
            required=False),
        Ask("new_evidence", "bool",
            _("There is information that shows a violation by who settled it"), required=False),
        some("checkable", _("Where it cannot be accepted: is it checkable?"), terms.CHECKABLE,
             required=False),
        Ask("multi_place", "bool",
            _("Must be checked in several places or by another body (10 working days)"),
            required=False),
        INNER_NOTE,
    ),
    effect=effects.examine,
    audience=Audience.OFFICIAL,
)  # fmt: skip
ACCEPT = Step(
    name="accept",
    label=_("Accept for settlement"),
    source=("examined",),
    target="accepted",
    roles=HEAD,
    basis=f"Điều 29 {LAW}; mẫu số 04 {D31}",
    asks=(DOCUMENT, INNER_NOTE),
    closes=("tc.initial",),
    opens=(Opens("tc.settle"), Opens("tc.accept_notice")),
    when="acceptable",
    effect=effects.accept,
)
REFUSE = Step(
    name="refuse",
    label=_("Refuse acceptance"),
    source=("examined",),
    target="refused",
    roles=HEAD,
    basis=f"Khoản 1 Điều 24, Điều 29 {LAW}",
    asks=(
        some("grounds", _("Conditions that are not met"), terms.REFUSALS),
        Ask("told_on", "date", _("The denouncer was told at once, on")),
        NOTE,
    ),
    closes=("tc.initial",),
    when="refusable",
    effect=effects.outcome,
    grave=True,
)
TRANSFER = Step(
    name="transfer",
    label=_("Transfer to the competent body"),
    source=("examined", "again"),
    target="transferred",
    roles=OFFICE,
    basis=f"Khoản 2 Điều 24, điểm b khoản 2 Điều 37 {LAW}",
    asks=(
        Ask("to", "unit", _("To a unit in this system"), required=False),
        Ask("body", "text", _("or to another body"), required=False, max_length=200),
        DOCUMENT,
        Ask("told_on", "date", _("The denouncer was told on")),
        INNER_NOTE,
        PASSPHRASE_IF,
    ),
    closes=("tc.initial", "tc.transfer", "tc.again"),
    when="transferable",
    effect=wall.transfer,
)
UNPROCESS = Step(
    name="unprocess",
    label=_("Not processed"),
    source=("examined",),
    target="unprocessed",
    roles=OFFICE,
    basis=f"Khoản 3 Điều 24, khoản 1 Điều 25 {LAW}",
    asks=(one("ground", _("Ground"), terms.UNPROCESSED), INNER_NOTE),
    closes=("tc.initial", "tc.transfer"),
    when="unprocessable",
    effect=effects.outcome,
    grave=True,
)
INSPECT = Step(
    name="inspect",
    label=_("Hand to inspection or checking"),
    source=("examined",),
    target="inspecting",
    roles=HEAD,
    basis=f"Khoản 2 Điều 25, điểm b khoản 1 Điều 26 {LAW}; Điều 20 {D31}",
    asks=(
        Ask("by", "choice", _("By"), choices=(
            ("own", _("this authority decides the inspection")),
            ("other", _("the information goes to the competent body")),
        )),
        Ask("body", "text", _("Body"), required=False, max_length=200),
        DOCUMENT,
        Ask("until", "future", _("Result expected until")),
        INNER_NOTE,
    ),
    closes=("tc.initial", "tc.transfer"),
    opens=(Opens("tc.inspect", "until"),),
    when="inspectable",
    effect=effects.inspect,
    audience=Audience.OFFICIAL,
)  # fmt: skip
INSPECTED = Step(
    name="inspected",
    label=_("Record the result of the inspection"),
    source=("inspecting",),
    target="inspected",
    roles=OFFICE,
    basis=f"Khoản 2 Điều 25 {LAW}; Điều 20 {D31}",
    asks=(DOCUMENT, Ask("result", "lines", _("Result (sealed)"), personal=True)),
    closes=("tc.inspect",),
    audience=Audience.OFFICIAL,
)
TELL_FORWARDER = Step(
    name="tell_forwarder",
    label=_("Tell the press or body that forwarded it"),
    source=("examined", *terms.SETTLING, *terms.OUTCOMES),
    target="",
    roles=OFFICE,
    basis=f"Khoản 2 Điều 26 {LAW}; khoản 3 Điều 20 {D31}",
    asks=(DOCUMENT, SENT_ON),
    closes=("tc.forwarder_notice",),
    when="owes_forwarder",
    audience=Audience.OFFICIAL,
)
RECLASSIFY = Step(
    name="reclassify",
    label=_("It is no denunciation"),
    source=("registered", "examined"),
    target="closed",
    roles=OFFICE,
    basis="Điều 6 Thông tư 05/2021/TT-TTCP",
    asks=(
        Ask(
            "kind", "choice", _("What it is, by its content"),
            choices=(
                ("complaint", _("complaint (khiếu nại)")),
                ("recommendation", _("recommendation (kiến nghị)")),
                ("feedback", _("feedback (phản ánh)")),
            ),
        ),
        Ask("wish", "bool", _("The sender wants it processed openly, without the seal"),
            required=False),
        Ask(
            "text", "lines", _("The open text, in your own words"), required=False, personal=True,
            help=_("What was sealed stays sealed; only this text is seen by others."),
        ),
        PASSPHRASE_IF,
    ),
    waives=("*",),
    effect=effects.reclassify,
    audience=Audience.OFFICIAL,
    grave=True,
)  # fmt: skip

# -- denounced again (tố cáo tiếp), at the authority above --------------------------------------

LINK_AGAIN = Step(
    name="link_again",
    label=_("It denounces again what was dealt with below"),
    source=("registered", "examined"),
    target="again",
    roles=OFFICE,
    basis=f"Điều 37, Điều 38 {LAW}",
    asks=(
        Ask("earlier", "text", _("Code of the earlier denunciation"), max_length=32),
        Ask("ground", "choice", _("Ground"), choices=(
            ("unlawful", _("the settlement was unlawful (Article 37)")),
            ("overdue", _("the term has passed without settlement (Article 38)")),
        )),
        INNER_NOTE,
    ),
    waives=("tc.initial", "tc.transfer"),
    opens=(
        Opens("tc.again", "received", when="again_unlawful"),
        Opens("tc.overdue_demand", "received", when="again_overdue"),
    ),
    effect=again.link,
    audience=Audience.OFFICIAL,
)  # fmt: skip
UPHOLD = Step(
    name="uphold",
    label=_("Not settled again: the settlement was right"),
    source=("again",),
    target="upheld",
    roles=HEAD,
    basis=f"Điểm a khoản 2 Điều 37 {LAW}",
    asks=(DOCUMENT, Ask("told_on", "date", _("The denouncer was told on")), NOTE),
    closes=("tc.again",),
    when="again_unlawful",
    effect=effects.outcome,
    grave=True,
)
SETTLE_AGAIN = Step(
    name="settle_again",
    label=_("Settle it again"),
    source=("again",),
    target="accepted",
    roles=HEAD,
    basis=f"Điểm b, c khoản 2, khoản 3 Điều 37 {LAW}",
    asks=(some("grounds", _("Grounds"), terms.AGAIN_GROUNDS), DOCUMENT, INNER_NOTE),
    closes=("tc.again",),
    opens=(Opens("tc.settle"), Opens("tc.accept_notice")),
    when="again_unlawful",
    effect=effects.accept,
)
DEMAND = Step(
    name="demand",
    label=_("Demand a report of the authority below"),
    source=("again",),
    target="",
    roles=HEAD,
    basis=f"Khoản 2 Điều 38 {LAW}",
    asks=(DOCUMENT, SENT_ON),
    closes=("tc.overdue_demand",),
    when="demandable",
    effect=again.demand,
    audience=Audience.OFFICIAL,
)
TAKE_OVER = Step(
    name="take_over",
    label=_("Take the case over and settle it"),
    source=("again",),
    target="accepted",
    roles=HEAD,
    basis=f"Khoản 5 Điều 38 {LAW}; Điều 5 {D31}",
    asks=(some("grounds", _("Grounds"), terms.TAKE_OVER), DOCUMENT, INNER_NOTE),
    opens=(Opens("tc.settle"), Opens("tc.accept_notice")),
    when="over_takeable",
    effect=again.take_over,
)
FOLLOWED = Step(
    name="followed",
    label=_("The authority below has settled it"),
    source=("again",),
    target="upheld",
    roles=OFFICE,
    basis=f"Khoản 4 Điều 38 {LAW}",
    asks=(Ask("told_on", "date", _("The denouncer was told on")), NOTE),
    when="over_takeable",
    effect=effects.outcome,
)

STEPS = (
    REGISTER, EXAMINE, ACCEPT, RISE, REFUSE, TRANSFER, INSPECT, UNPROCESS, INSPECTED, UPHOLD,
    SETTLE_AGAIN, DEMAND, TAKE_OVER, FOLLOWED, LINK_AGAIN, RECLASSIFY,
)  # fmt: skip
# Possible for long, and never the way forward: they stand last.
ASIDE = (TELL_FORWARDER, WALL)
