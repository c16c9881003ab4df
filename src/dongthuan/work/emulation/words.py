"""Words for the acts of the room that are no declared step, and for the facts they leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from dongthuan.work.emulation.models import Award, Band, Field, Juror, Sort

ACTS = {
    "emulation_cycle.opened": gettext_lazy("the year of the movement was opened"),
    "emulation_cycle.juror": gettext_lazy("a seat on the appraisal board was given"),
    "emulation_cycle.juror_left": gettext_lazy("a seat on the appraisal board was taken away"),
    "emulation_model.registered": gettext_lazy("the model was registered"),
    "emulation_model.edited": gettext_lazy("the registration was written anew"),
    "emulation_model.consent_ended": gettext_lazy("the consent to the name ended; it was erased"),
    "emulation_model.figures": gettext_lazy("figures of the outputs were entered"),
    "emulation_model.picture": gettext_lazy("a picture was added"),
    "emulation_model.scored": gettext_lazy("a member of the board scored"),
    "emulation_model.conflict": gettext_lazy("a member of the board stood aside"),
}
FACTS = {
    "year": gettext_lazy("year"),
    "model_field": gettext_lazy("field"),
    "model_sort": gettext_lazy("whose model"),
    "copies": gettext_lazy("copies"),
    "figures": gettext_lazy("figures"),
    "position": pgettext_lazy("appraisal board", "position"),
    "all_points": gettext_lazy("points of all members together"),
    "scorers": gettext_lazy("members who scored"),
    "apart": gettext_lazy("members who stood aside"),
    "band": gettext_lazy("band"),
    "level_before": gettext_lazy("level before"),
    "register_until_before": gettext_lazy("registration, day before"),
    "midyear_until_before": gettext_lazy("mid-year check, day before"),
    "appraise_until_before": gettext_lazy("appraisal, day before"),
}


def _words(choices: Any) -> Any:
    def words(value: Any, on: dt.date) -> str:
        return str(choices(value).label) if value in choices.values else str(value)

    return words


CODES = {
    ("emulation_model.registered", "model_field"): _words(Field),
    ("emulation_model.registered", "model_sort"): _words(Sort),
    ("emulation_model.edited", "model_field"): _words(Field),
    ("emulation_model.edited", "model_sort"): _words(Sort),
    ("emulation_model.appraise", "band"): _words(Band),
    ("emulation_model.raise_level", "level_before"): _words(Award),
    ("emulation_cycle.juror", "seat"): _words(Juror.Seat),
}
