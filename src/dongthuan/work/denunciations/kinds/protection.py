"""Protection of the denouncer and of relatives (Chương VI Luật Tố cáo 2018).

Who asks, for whom and why is sealed; the record holds the type, the measures and the days.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Opens, Step
from dongthuan.core.matters.models import Audience
from dongthuan.work.denunciations import terms
from dongthuan.work.denunciations.effects import protecting
from dongthuan.work.denunciations.kinds.asks import (
    D31,
    DOCUMENT,
    HEAD,
    INNER_NOTE,
    LAW,
    NOTE,
    OFFICE,
    one,
    some,
)
from dongthuan.work.denunciations.models import Protection

LIVING = (*terms.INTAKE, *terms.SETTLING, "inspecting", "concluded", "terminated")
TYPES = tuple(Protection.Type.choices)
TYPE = Ask("type", "choice", _("Which protection"), choices=TYPES)

ASK = Step(
    name="protect_ask",
    label=_("Record a request for protection"),
    source=LIVING,
    target="",
    roles=OFFICE,
    basis=f"Điều 47, Điều 50 {LAW}; Điều 7 {D31}",
    asks=(
        Ask("types", "choices", _("Which protection"), choices=TYPES),
        Ask("asked_on", "date", _("Asked on")),
        Ask("urgent", "bool", _("Urgent: harm is imminent (Article 50.3)"), required=False),
        Ask("whom", "lines", _("Who is to be protected, and why (sealed)"), personal=True),
    ),
    opens=(Opens("tc.protect", "asked_on"),),
    effect=protecting.ask,
    audience=Audience.OFFICIAL,
)  # fmt: skip
DECIDE = Step(
    name="protect_decide",
    label=_("Decide on protection"),
    source=LIVING,
    target="",
    roles=HEAD,
    basis=f"Khoản 1 Điều 49, Điều 51, Điều 52 {LAW}",
    asks=(
        TYPE,
        some("measures", _("Measures"), terms.MEASURES),
        DOCUMENT,
        Ask("started_on", "date", _("Begins on")),
        INNER_NOTE,
    ),
    may_close=("tc.protect",),
    effect=protecting.decide,
    audience=Audience.OFFICIAL,
)
REQUEST = Step(
    name="protect_request",
    label=_("Ask the competent body to protect"),
    source=LIVING,
    target="",
    roles=HEAD,
    basis=f"Điều 49, khoản 1 Điều 51 {LAW}; Điều 7 {D31}; Điều 5 Thông tư 145/2020/TT-BCA",
    asks=(
        TYPE,
        one("authority", _("Body"), terms.AUTHORITIES),
        Ask("corruption", "bool", _("Denounced: corruption or waste (Circular 145/2020)"),
            required=False),
        Ask("multi_place", "bool", _("Must be verified in several places"), required=False),
        DOCUMENT,
        INNER_NOTE,
    ),
    may_close=("tc.protect",),
    effect=protecting.request,
    audience=Audience.OFFICIAL,
)  # fmt: skip
ANSWERED = Step(
    name="protect_answered",
    label=_("Record the answer of the competent body"),
    source=LIVING,
    target="",
    roles=OFFICE,
    basis=f"Khoản 2, khoản 3 Điều 51, Điều 52 {LAW}; Điều 8 {D31}",
    asks=(
        TYPE,
        Ask("granted", "choice", _("Answer"), choices=(
            ("yes", _("protection is given")), ("no", _("refused, with reasons")),
        )),
        some("measures", _("Measures"), terms.MEASURES, required=False),
        DOCUMENT,
        Ask("decided_on", "date", _("Decided on")),
        INNER_NOTE,
    ),
    closes=("tc.protect_police",),
    when="awaits_protection",
    effect=protecting.answered,
    audience=Audience.OFFICIAL,
)  # fmt: skip
REFUSE = Step(
    name="protect_refuse",
    label=_("Refuse protection with reasons"),
    source=LIVING,
    target="",
    roles=HEAD,
    basis=f"Khoản 3 Điều 51 {LAW}",
    asks=(TYPE, Ask("told_on", "date", _("The denouncer was told in writing on")), NOTE),
    when="owes_protection",
    may_close=("tc.protect",),
    effect=protecting.refuse,
    audience=Audience.OFFICIAL,
    grave=True,
)
CHANGE = Step(
    name="protect_change",
    label=_("Change or add measures"),
    source=LIVING,
    target="",
    roles=HEAD,
    basis=f"Khoản 1 Điều 54 {LAW}",
    asks=(TYPE, some("measures", _("Measures from now on"), terms.MEASURES), DOCUMENT, INNER_NOTE),
    when="is_protecting",
    effect=protecting.change,
    audience=Audience.OFFICIAL,
)
END = Step(
    name="protect_end",
    label=_("End the protection"),
    source=(*LIVING, "closed"),
    target="",
    roles=HEAD,
    basis=f"Khoản 2, khoản 3 Điều 54 {LAW}; Luật 136/2025/QH15",
    asks=(
        TYPE,
        one("ground", _("Ground"), terms.PROTECTION_ENDS),
        DOCUMENT,
        Ask("ended_on", "date", _("Ended on")),
        INNER_NOTE,
    ),
    when="is_protecting",
    effect=protecting.end,
    audience=Audience.OFFICIAL,
)

STEPS = (ASK, DECIDE, REQUEST, ANSWERED, REFUSE, CHANGE, END)
