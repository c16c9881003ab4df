"""The declared kind `initiative` (khoản 3 Điều 16 Luật Thực hiện dân chủ ở cơ sở 2022)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.decisions.initiatives import effects

ART = "Khoản 3 Điều 16 Luật Thực hiện dân chủ ở cơ sở 2022"
VILLAGE = (Role.VILLAGE_HEAD, Role.VILLAGE_FRONT)
OPEN = ("received", "collecting", "reached")
PAPER = Ask("papers", "paper", _("Document"), required=False)

TAKE_UP = Step(
    name="take_up",
    label=_("Open it for the support of households"),
    source=("received",),
    target="collecting",
    roles=VILLAGE,
    by=("village",),
    basis=ART,
    asks=(
        Ask("title", "text", _("Title, as everybody reads it"), max_length=200),
        Ask(
            "proposal", "lines", _("The proposal, as everybody reads it"), required=False,
            help=_("Leave empty to keep the words of the sender. Take out names and numbers of"
                   " persons."),
        ),
    ),
    closes=("dc.initiative.check",),
    audience=Audience.PUBLIC,
    effect=effects.take_up,
    announce=_("Your initiative %(code)s is open: households can now support it."),
)  # fmt: skip
REACH = Step(
    name="reach",
    label=_("Record that enough households support it"),
    source=("collecting",),
    target="reached",
    roles=VILLAGE,
    by=("village",),
    basis=ART,
    opens=(Opens("dc.initiative.put", owner="village"),),
    audience=Audience.PUBLIC,
    when="has_enough",
    effect=effects.reach,
    announce=_("%(code)s has the support of at least a tenth of the households; the village must"
               " now discuss it."),
)  # fmt: skip
ENDORSE = Step(
    name="endorse",
    label=_("Endorse it in the name of the Front committee"),
    source=("collecting",),
    target="reached",
    roles=(Role.VILLAGE_FRONT,),
    by=("village",),
    basis=ART,
    asks=(
        Ask("document", "text", _("Number and day of the minutes"), max_length=80),
        Ask("benefit", "lines", _("What good it may do for the community"), max_length=1000),
        PAPER,
    ),
    opens=(Opens("dc.initiative.put", owner="village"),),
    audience=Audience.PUBLIC,
    when="not has_enough",
    effect=effects.endorse,
    announce=_("The Front committee of the village endorses %(code)s; the village must now"
               " discuss it."),
)  # fmt: skip
PUT = Step(
    name="put",
    label=_("Put it to the people"),
    source=("reached",),
    target="put",
    roles=(Role.VILLAGE_HEAD,),
    by=("village",),
    basis=ART,
    asks=(
        Ask("how", "lines", _("When and how the village will discuss it"), max_length=1000),
        Ask(
            "decided_in", "text", _("Code of the decision or election that was opened for it"),
            required=False, max_length=40,
            help=_("Not needed for a village convention: it is opened by this step."),
        ),
        PAPER,
    ),
    closes=("dc.initiative.put",),
    audience=Audience.PUBLIC,
    effect=effects.put,
    announce=_("%(code)s is put to the people of the village."),
)  # fmt: skip
REFUSE = Step(
    name="refuse",
    label=_("Refuse it: the law or good customs forbid it"),
    source=OPEN,
    target="refused",
    roles=(Role.VILLAGE_HEAD,),
    by=("village",),
    basis=ART,
    asks=(
        Ask("ground", "choice", _("Ground"), choices=effects.REFUSALS),
        Ask("reason", "lines", _("Reason, with the article; everybody reads it"), max_length=1000),
        PAPER,
    ),
    waives=("*",),
    audience=Audience.PUBLIC,
    effect=effects.refuse,
    announce=_("%(code)s was refused; the reason is written there."),
    grave=True,
)
GIVE_BACK = Step(
    name="give_back",
    label=_("Record that nothing was decided on it: it must be put to the people again"),
    source=("put",),
    target="reached",
    roles=(Role.VILLAGE_HEAD,),
    by=("village",),
    basis=ART,
    audience=Audience.PUBLIC,
    when="is_unanswered",
    effect=effects.give_back,
)
WITHDRAW = Step(
    name="withdraw",
    label=_("Withdraw it at the wish of its author"),
    # Once a tenth of the households stand behind it, it is no longer its author's alone.
    source=("received", "collecting"),
    target="withdrawn",
    roles=VILLAGE,
    by=("village",),
    basis=ART,
    waives=("*",),
    audience=Audience.PUBLIC,
    announce=_("%(code)s was withdrawn."),
    grave=True,
)

REFUSED = pgettext_lazy("initiative", "refused")
WITHDRAWN = pgettext_lazy("initiative", "withdrawn")

INITIATIVE = Kind(
    "initiative",
    _("citizens' initiative (sáng kiến của công dân)"),
    (
        State("received", _("received"), _("received, being looked at"), "waiting"),
        State("collecting", _("collecting support"), _("collecting support"), "active"),
        State("reached", _("must be put to the people"), _("enough support"), "good"),
        State("put", _("put to the people"), _("put to the people"), "good", final=True),
        State("refused", REFUSED, REFUSED, "bad", final=True),
        State("withdrawn", WITHDRAWN, WITHDRAWN, final=True),
    ),
    (TAKE_UP, REACH, ENDORSE, PUT, GIVE_BACK, REFUSE, WITHDRAW),
    Level.PARTNER,
    counts_as_case=False,
)
