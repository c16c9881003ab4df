"""The declared kind: an article from draft to publication, correction, withdrawal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.news import effects

BASIS = "Quy chế hoạt động của trang thông tin điện tử"
WRITERS = (
    Role.INTAKE, Role.HANDLER, Role.HEAD, Role.MASS_MOBILISATION, Role.FRONT, Role.PARTNER_HEAD,
    Role.PARTY, Role.COUNCIL,
)  # fmt: skip
# Whoever heads a body releases what it says; the Party committee and the Council have one seat.
RELEASERS = (Role.HEAD, Role.PARTNER_HEAD, Role.PARTY, Role.COUNCIL)
NUMBERS = Ask("numbers_public", "bool", _("Numbers and addresses in it are those of offices"),
              required=False)  # fmt: skip

ARTICLE = Kind(
    "article",
    _("article (bài viết)"),
    (
        State("draft", _("draft article"), _("in preparation"), "waiting"),
        State("scheduled", _("released, to appear"), _("in preparation"), "active"),
        State("published", _("article published"), _("article published"), "good", final=True),
        State("corrected", _("published, corrected"), _("published, corrected"), "good",
              final=True),
        State("withdrawn", _("article taken down"), _("article taken down"), "bad", final=True),
        State("dropped", _("dropped"), _("in preparation"), final=True),
    ),
    (
        Step("approve", _("Release"), ("draft",), "scheduled", RELEASERS, BASIS,
             asks=(Ask("on", "future", _("Day to appear"), required=False,
                       help=_("Leave it empty to publish at once.")),
                   Ask("at", "text", _("Hour"), required=False, max_length=5,
                       help=_("For example 7:30."))),
             effect=effects.approve, audience=Audience.OFFICIAL),
        Step("recall", _("Back to the draft"), ("scheduled",), "draft", RELEASERS, BASIS,
             effect=effects.recall, audience=Audience.OFFICIAL),
        Step("publish", _("Publish now that its hour has come"), ("scheduled",), "published",
             RELEASERS, BASIS, effect=effects.publish, audience=Audience.PUBLIC,
             ready="hour_has_come"),
        Step("correct", _("Correct the article"), ("published", "corrected"), "corrected",
             RELEASERS, BASIS,
             asks=(Ask("note", "lines", _("What is corrected, for everybody to read"),
                       max_length=1000),
                   Ask("title", "text", _("New title"), required=False, max_length=200),
                   Ask("lead", "lines", _("New lead"), required=False, max_length=600),
                   Ask("body", "lines", _("New text"), required=False, max_length=20_000),
                   NUMBERS),
             effect=effects.correct, audience=Audience.PUBLIC),
        Step("withdraw", _("Withdraw the article"), ("published", "corrected"), "withdrawn",
             RELEASERS, BASIS, asks=(Ask("reason", "lines", _("Reason"), max_length=500),),
             effect=effects.withdraw, audience=Audience.PUBLIC, grave=True),
        Step("drop", _("Drop the draft"), ("draft",), "dropped", WRITERS, BASIS,
             audience=Audience.OFFICIAL, grave=True),
    ),
    Level.UNIT,
    counts_as_case=False,
)  # fmt: skip
