"""Words for the acts of the room that are no declared step, and for the facts they leave."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

ACTS = {
    "body_recommendation.drafted": gettext_lazy("recommendation drafted"),
    "body_recommendation.edited": gettext_lazy("draft written anew"),
    "social_criticism.planned": gettext_lazy("draft announced for social criticism"),
    "hearing_session.owed": gettext_lazy("owed this half-year"),
    "hearing_session.promised": gettext_lazy("promised at the hearing"),
}
FACTS = {
    "source": gettext_lazy("source"),
    "meeting": gettext_lazy("meeting"),
    "points_count": gettext_lazy("number of points"),
    "taken": gettext_lazy("points taken up"),
    "taken_partly": gettext_lazy("points taken up in part"),
    "not_taken": gettext_lazy("points not taken up"),
    "items": gettext_lazy("items on the agenda"),
    "year": gettext_lazy("year"),
    "half": gettext_lazy("half-year"),
    "promise": gettext_lazy("promise"),
    "submits_on": gettext_lazy("day of submission"),
}
