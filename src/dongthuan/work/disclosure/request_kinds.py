"""The declared kind of a request for information (Luật Tiếp cận thông tin 2016, chương III)."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dongthuan.core.law import shipped_rulebook
from dongthuan.core.law.values import Items
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import Ask, Kind, State, Step, StepContext
from dongthuan.core.matters.models import DutyState, Level
from dongthuan.core.units.models import Role
from dongthuan.work.disclosure.models import InfoRequest

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
LAW = "Luật Tiếp cận thông tin 2016"
DOCUMENT = Ask("document", "text", _("Number and symbol of the notice"), max_length=80)
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
PAPER = Ask("papers", "paper", _("Document"), required=False)
FIRST = {"online": "tctt.complex_notice", "post": "tctt.complex_notice", "counter": "tctt.counter"}
SIMPLE = {"online": "tctt.online_simple", "post": "tctt.post_simple",
          "counter": "tctt.counter_simple"}  # fmt: skip
SUPPLIES = ("tctt.counter_simple", "tctt.online_simple", "tctt.post_simple", "tctt.counter",
            "tctt.complex")  # fmt: skip
ERRORS = ("tctt.correct_request", "tctt.self_correct")


def _grounds() -> tuple[tuple[str, str], ...]:
    """The grounds of khoản 1 Điều 28, as choices of the form."""
    value = shipped_rulebook().fact("tctt.refusal_grounds").versions[-1].value
    assert isinstance(value, Items)
    return tuple((item.code, f"{item.code}) {item.text_vi}") for item in value)


def _simple(context: StepContext) -> None:
    """It is at hand: the short term of the way in which it was asked counts, from the same day."""
    matter = cast(InfoRequest, context.matter)
    matter.is_complex, matter.accepted_at = False, context.now
    context.opens.append((SIMPLE[matter.by], "received", matter.valid_at))


def _complex(context: StepContext) -> None:
    matter = cast(InfoRequest, context.matter)
    matter.is_complex, matter.accepted_at = True, context.now
    if matter.online_or_post:
        if not context.data.get("document"):
            raise MatterError(
                gettext("Give the number of the notice that tells the term (Arts. 30.4, 31.2)."),
                field="document",
            )
        context.opens.append(("tctt.complex", "received", matter.valid_at))


def _complete(context: StepContext) -> None:
    """The terms count from the day of the valid request (Điều 29 đến 31)."""
    matter = cast(InfoRequest, context.matter)
    matter.valid_at = context.now
    context.opens.append((FIRST[matter.by], "received", context.now))


def _refuse(context: StepContext) -> None:
    cast(InfoRequest, context.matter).refused_on = context.data["ground"]


def _answer(context: StepContext) -> None:
    """Of the two duties about an error whichever runs is kept."""
    if not any(d.rule in ERRORS and d.state == DutyState.OPEN for d in context.duties):
        raise MatterError(gettext("No correction is owed."))


SIMPLE_STEP = Step(
    name="simple",
    label=_("Simple: it is at hand"),
    source=("received",),
    target="open",
    roles=OFFICE,
    basis=f"Khoản 1 Điều 29, khoản 3 Điều 30, khoản 1 Điều 31 {LAW}",
    waives=("tctt.complex_notice", "tctt.counter"),
    effect=_simple,
    announce=_("%(unit)s will supply the information of %(code)s."),
)
COMPLEX_STEP = Step(
    name="complex",
    label=_("Complex: it must be gathered"),
    source=("received",),
    target="open",
    roles=OFFICE,
    basis=f"Khoản 2 Điều 29, khoản 4 Điều 30, khoản 2 Điều 31 {LAW}",
    asks=(Ask("document", "text", _("Number and symbol of the notice of the term"),
              required=False, max_length=80), PAPER),
    closes=("tctt.complex_notice",),
    effect=_complex,
    announce=_("%(unit)s has told the term for %(code)s."),
)  # fmt: skip
CLARIFY = Step(
    name="clarify",
    label=_("Ask for what is missing"),
    source=("received",),
    target="clarifying",
    roles=OFFICE,
    basis=f"Khoản 2 Điều 26 {LAW}",
    asks=(Ask("wanted", "lines", _("What is missing or unclear"), personal=True),),
    waives=("tctt.complex_notice", "tctt.counter"),
    announce=_("%(unit)s asks you to complete %(code)s."),
)
COMPLETE = Step(
    name="complete",
    label=_("The request is complete"),
    source=("clarifying",),
    target="received",
    roles=OFFICE,
    basis=f"Khoản 2 Điều 26 {LAW}",
    effect=_complete,
)
EXTEND = Step(
    name="extend",
    label=_("Prolong in writing"),
    source=("open",),
    target="",
    roles=(Role.HEAD,),
    basis=f"Khoản 2 Điều 29, khoản 4 Điều 30, khoản 2 Điều 31 {LAW}",
    asks=(
        Ask("term", "choice", _("By how long"), choices=(
            ("5 wd", _("5 working days (at the office)")),
            ("10 wd", _("10 working days (at the office)")),
            ("7 d", _("7 days (Internet, post)")), ("15 d", _("15 days (Internet, post)")))),
        REASON, DOCUMENT,
    ),
    extends=("tctt.counter", "tctt.complex"),
    when="prolongable",
    announce=_("The term of %(code)s was prolonged; the reason is written there."),
)  # fmt: skip
SUPPLY = Step(
    name="supply",
    label=_("Supply the information"),
    source=("open",),
    target="supplied",
    roles=OFFICE,
    basis=f"Điều 25, Điều 27 {LAW}",
    asks=(
        Ask("answer", "lines", _("What was supplied and how to get it"), personal=True),
        Ask("fee", "money", _("Actual cost of copying and sending (đồng)"), required=False),
        PAPER,
    ),
    closes=SUPPLIES,
    announce=_("%(unit)s has supplied the information of %(code)s."),
)
REFUSE = Step(
    name="refuse",
    label=_("Refuse in writing"),
    source=("received", "open"),
    target="refused",
    roles=(Role.HEAD,),
    basis=f"Điều 28 {LAW}",
    asks=(Ask("ground", "choice", _("Ground"), choices=_grounds()), REASON, DOCUMENT, PAPER),
    closes=(*SUPPLIES, "tctt.complex_notice"),
    effect=_refuse,
    announce=_("%(unit)s has refused %(code)s; the reason is written there."),
    grave=True,
)
REFER = Step(
    name="refer",
    label=_("Guide to the body that supplies it"),
    source=("received", "clarifying"),
    target="referred",
    roles=OFFICE,
    basis=f"Khoản 3 Điều 26 {LAW}",
    asks=(Ask("body", "text", _("Which body"), max_length=200), PAPER),
    closes=("tctt.complex_notice", "tctt.counter"),
    announce=_("%(unit)s tells you who supplies what you asked in %(code)s."),
)
WITHDRAW = Step(
    name="withdraw",
    label=_("Record that it was withdrawn"),
    source=("received", "clarifying", "open"),
    target="withdrawn",
    roles=OFFICE,
    basis=f"{LAW} (luật không quy định việc rút yêu cầu)",
    asks=(REASON,),
    waives=("*",),
    # Who did not withdraw must learn that it was recorded so.
    announce=_("%(unit)s has recorded that you withdrew %(code)s; if you did not, tell it."),
)
DOUBT = Step(
    name="doubt",
    label=_("The citizen says that it is wrong"),
    source=("supplied",),
    target="",
    roles=OFFICE,
    basis=f"Khoản 2 Điều 32 {LAW}",
    asks=(Ask("what", "lines", _("What is said to be wrong"), personal=True),),
    when="not owes_answer_on_error",
    effect=lambda context: context.opens.append(("tctt.correct_request", "received", context.now)),
)
FOUND_WRONG = Step(
    name="found_wrong",
    label=_("We found that it is wrong"),
    source=("supplied",),
    target="",
    roles=OFFICE,
    basis=f"Khoản 1 Điều 32 {LAW}",
    asks=(Ask("what", "lines", _("What is wrong"), personal=True),),
    when="not owes_answer_on_error",
    effect=lambda context: context.opens.append(("tctt.self_correct", "discovered", context.now)),
)
CORRECT = Step(
    name="correct",
    label=_("Correct it, or answer that it is right"),
    source=("supplied",),
    target="",
    roles=OFFICE,
    basis=f"Điều 32 {LAW}",
    asks=(Ask("answer", "lines", _("Correction or answer"), personal=True), PAPER),
    closes=ERRORS,
    when="owes_answer_on_error",
    effect=_answer,
    announce=_("%(unit)s has answered what was said to be wrong in %(code)s."),
)

WITHDRAWN = pgettext_lazy("request for information", "withdrawn")

INFO_REQUEST = Kind(
    "inforequest",
    _("request for information (yêu cầu cung cấp thông tin)"),
    (
        State("received", _("received"), _("received"), "waiting"),
        State("clarifying", _("to be completed by the citizen"), _("to be completed"), "waiting"),
        State("open", _("being supplied"), _("being supplied"), "active"),
        State("supplied", _("supplied"), _("supplied"), "good", final=True),
        State("refused", _("refused in writing"), _("refused in writing"), "bad", final=True),
        State("referred", _("guided to another body"), _("guided to another body"), final=True),
        State("withdrawn", WITHDRAWN, WITHDRAWN, final=True),
    ),
    (SIMPLE_STEP, COMPLEX_STEP, SUPPLY, COMPLETE, CORRECT, CLARIFY, EXTEND, REFUSE, REFER, DOUBT,
     FOUND_WRONG, WITHDRAW),
    Level.UNIT,
    counts_as_case=False,
)  # fmt: skip
