"""The declared kind of a campaign of contributions: states, steps, what each asks and opens."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.projects.contributions import effects

KEEPERS = (Role.HANDLER, Role.HEAD, Role.VILLAGE_HEAD)
BODIES = ("unit", "place")
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
PAPER = Ask("papers", "paper", _("Document"), required=False)
COUNT = (
    Ask("cash_counted", "money", _("Cash counted in the till (đồng)"), required=False,
        help=_("Leave it empty where there is none. It must be what the ledger holds.")),
    Ask("bank_balance", "money", _("Balance by the bank statement (đồng)"), required=False),
)  # fmt: skip

DECIDE = Step(
    name="decide",
    label=_("Link the decision of the people"),
    source=("drafted",),
    target="decided",
    roles=KEEPERS,
    by=BODIES,
    basis="Khoản 1, khoản 2 Điều 15; khoản 1 Điều 21 Luật Thực hiện dân chủ ở cơ sở 2022",
    asks=(
        Ask(
            "decision",
            "text",
            _("Code of the decision"),
            max_length=32,
            help=_("As it stands in “Decisions of the people”: at least two thirds were for it."),
        ),
    ),
    audience=Audience.PUBLIC,
    effect=effects.decide,
)
OPEN = Step(
    name="open",
    label=_("Open the collection"),
    source=("decided",),
    target="open",
    roles=KEEPERS,
    by=BODIES,
    basis="Khoản 2 Điều 21; khoản 5 Điều 11 Luật Thực hiện dân chủ ở cơ sở 2022",
    asks=(PAPER,),
    audience=Audience.PUBLIC,
    effect=effects.open_collection,
)
EXTEND = Step(
    name="extend",
    label=_("Move the last day"),
    source=("open",),
    target="",
    roles=KEEPERS,
    by=BODIES,
    basis="Quyết định của cộng đồng dân cư (Điều 15 Luật Thực hiện dân chủ ở cơ sở 2022)",
    asks=(
        Ask("until", "future", _("New last day")),
        REASON,
        Ask("document", "text", _("Number and symbol of the document"), max_length=80),
        PAPER,
    ),
    audience=Audience.PUBLIC,
    effect=effects.extend,
)
CLOSE = Step(
    name="close",
    label=_("End the collection"),
    source=("open",),
    target="closed",
    roles=KEEPERS,
    by=BODIES,
    basis="Khoản 2 Điều 15 Luật Thực hiện dân chủ ở cơ sở 2022",
    asks=COUNT,
    closes=("contrib.close",),
    opens=(Opens("contrib.settle"),),
    audience=Audience.PUBLIC,
    effect=effects.close,
)
SETTLE = Step(
    name="settle",
    label=_("Settle and publish"),
    source=("closed",),
    target="settled",
    roles=KEEPERS,
    by=BODIES,
    basis="Khoản 5 Điều 11, khoản 2 Điều 15 Luật Thực hiện dân chủ ở cơ sở 2022",
    asks=(
        *COUNT,
        Ask("document", "text", _("Number and symbol of the settlement"), max_length=80),
        PAPER,
    ),
    closes=("contrib.settle",),
    audience=Audience.PUBLIC,
    effect=effects.settle,
    grave=True,
)
CANCEL = Step(
    name="cancel",
    label=_("Give the campaign up"),
    source=("drafted", "decided"),
    target="cancelled",
    roles=(Role.HEAD, Role.VILLAGE_HEAD),
    by=BODIES,
    basis="Điều 15 Luật Thực hiện dân chủ ở cơ sở 2022",
    asks=(REASON,),
    audience=Audience.PUBLIC,
    grave=True,
)

CAMPAIGN = Kind(
    "campaign",
    _("campaign of contributions (đợt huy động đóng góp)"),
    (
        State("drafted", _("drafted, not decided"), _("not decided yet"), "waiting"),
        State("decided", _("decided, not collecting"), _("decided by the people"), "waiting"),
        State("open", _("collecting"), _("collecting"), "active"),
        State("closed", _("collection ended, to settle"), _("collection ended"), "active"),
        State("settled", _("settled and published"), _("settled"), "good", final=True),
        State("cancelled", _("given up"), _("given up"), final=True),
    ),
    (DECIDE, OPEN, EXTEND, CLOSE, SETTLE, CANCEL),
    Level.PARTNER,
    counts_as_case=False,
)
