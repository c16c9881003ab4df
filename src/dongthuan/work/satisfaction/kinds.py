"""The declared kind: a quarter's round of results, owed until it is published."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.satisfaction import effects

PUBLISH = Step(
    name="publish",
    label=_("Publish the results"),
    source=("open",),
    target="published",
    roles=(Role.HANDLER, Role.HEAD),
    basis="Khoản 1 Điều 34, điểm a khoản 2 Điều 35 Luật Thực hiện dân chủ ở cơ sở 2022",
    asks=(
        Ask(
            "response",
            "lines",
            _("What the office will do about it"),
            required=False,
            help=_("Needed where a criterion stays under 1 point. It is published."),
            max_length=2000,
        ),
        Ask("until", "future", _("To be done by"), required=False),
        Ask("document", "text", _("Number and symbol of the document"), required=False,
            max_length=80),
    ),
    closes=("mc.rating_publish",),
    effect=effects.publish,
    audience=Audience.PUBLIC,
    grave=True,
)  # fmt: skip

ROUND = Kind(
    "rating_round",
    _("satisfaction results"),
    (
        State("open", _("to be published"), _("to be published"), "waiting"),
        State("published", _("published"), _("published"), "good", final=True),
    ),
    (PUBLISH,),
    Level.PARTNER,
    counts_as_case=False,
)
