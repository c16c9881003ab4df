"""Service levels: what a unit promises of itself where no law fixes a term.

The head sets them with the number of a document, from today or a later day on; what is already
running keeps the level under which it was opened. Where a unit has set none, the rules of local
practice apply (core/law/data/local_practice.toml): a unit may promise more than they do, never
less.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law import RuleError, Term, load_rulebook
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Matter, ServiceLevel
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.core.units.models import Role, Unit

# The rules of local practice that a unit may set for itself.
SETTABLE = ("pa.classify", "pa.answer", "knpa.answer")
# To tell which of two terms is longer before there is an anchor: five working days are a week.
_HOURS = {"h": 1.0, "d": 24.0, "wd": 24 * 7 / 5}


def levels_in_force(
    *, matter: Matter, rules: Sequence[tuple[str, dt.datetime]]
) -> dict[str, dict[str, str]]:
    """By rule: term, document, set_by and valid_from of the level on the day of its anchor.

    The nearest unit above the matter counts, and of its levels that of the matter's topic before
    that of all topics. One query, and none for rules that no unit can set.
    """
    wanted = {rule: timezone.localdate(at) for rule, at in rules if rule in SETTABLE}
    if not wanted:
        return {}
    rows = ServiceLevel.objects.filter(
        rule__in=wanted, path__in=_above(matter.path), topic__in=["", matter.topic]
    ).select_related("unit")
    found: dict[str, ServiceLevel] = {}
    for row in sorted(rows, key=lambda row: (len(row.path), bool(row.topic))):
        day = wanted[row.rule]
        if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to):
            found[row.rule] = row
    return {rule: _said(row) for rule, row in found.items()}


def _above(path: str) -> list[str]:
    steps = path.rstrip(".").split(".")
    return [".".join(steps[:n]) + "." for n in range(1, len(steps) + 1)]


def _said(row: ServiceLevel) -> dict[str, str]:
    return {
        "term": row.term,
        "document": row.document,
        "set_by": row.unit.name,
        "valid_from": row.valid_from.isoformat(),
    }


def levels_of(*, unit: Unit) -> list[ServiceLevel]:
    """All levels that a unit has ever set, newest first; one query."""
    return list(
        ServiceLevel.objects.filter(unit=unit)
        .select_related("set_by")
        .order_by("-valid_from", "rule", "topic")[:200]
    )


def units_that_set(actor: Actor) -> list[Unit]:
    """The units whose service levels the actor may set: those that the actor heads."""
    ids = [scope.unit_id for scope in actor.scopes_of(Role.HEAD)]
    return list(Unit.objects.filter(pk__in=ids).order_by("sort_key"))


@transaction.atomic
def service_level_set(
    *,
    acting: Actor,
    unit: Unit,
    rule: str,
    term: str,
    document: str,
    topic: str = "",
    valid_from: dt.date | None = None,
) -> ServiceLevel:
    """Set a level from a day on; the one before ends on the day before it.

    One that begins on that same day, today or later, was mistyped and is replaced: duties opened
    under it meanwhile carry it with them.

    Raises NotAllowed for all but the head of the unit, MatterError with its field.
    """
    if not any(scope.unit_id == unit.pk for scope in acting.scopes_of(Role.HEAD)):
        raise NotAllowed(_("Only the head of the unit sets its service levels."))
    valid_from = valid_from or clock.today()
    values = _checked(rule, term, topic, document, valid_from)
    Unit.objects.select_for_update().get(pk=unit.pk)
    before = ServiceLevel.objects.filter(unit=unit, rule=rule, topic=topic)
    if before.filter(valid_from__gt=valid_from).exists():
        raise MatterError(
            _("A level that begins later than that day is already set; end it first."),
            field="valid_from",
        )
    before.filter(valid_from=valid_from).delete()
    before.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)).update(
        valid_to=valid_from - dt.timedelta(days=1)
    )
    return ServiceLevel.objects.create(
        unit=unit,
        path=unit.path,
        set_by_id=acting.account_id,
        set_as=acting.label_for(unit.path)[:160],
        set_at=clock.now(),
        **values,
    )


def _checked(
    rule: str, term: str, topic: str, document: str, valid_from: dt.date
) -> dict[str, Any]:
    if rule not in SETTABLE:
        raise MatterError(_("A unit cannot set this term for itself."), field="rule")
    if topic and topic not in dict(TOPICS):
        raise MatterError(_("There is no such topic."), field="topic")
    if valid_from < clock.today():
        raise MatterError(_("A service level cannot begin in the past."), field="valid_from")
    document = clean(document)[:80]
    if not document:
        raise MatterError(_("Give the number of the document that sets it."), field="document")
    try:
        parsed = Term.parse(term)
    except RuleError as error:
        raise MatterError(error.en if get_language() == "en" else error.vi, field="term") from None
    _check_length(parsed, level_ceiling(rule, valid_from))
    return {
        "rule": rule,
        "term": str(parsed),
        "topic": topic,
        "document": document,
        "valid_from": valid_from,
    }


def level_ceiling(rule: str, on: dt.date) -> Term:
    """The term of local practice on that day; no service level is longer."""
    return load_rulebook().version(rule, on).term


def _check_length(term: Term, most: Term) -> None:
    if term.unit not in _HOURS:
        raise MatterError(
            _("A service level is given in hours, working days or days."), field="term"
        )
    if term.amount * _HOURS[term.unit] > most.amount * _HOURS[most.unit]:
        said = most.text_en if get_language() == "en" else most.text_vi
        raise MatterError(
            _("A unit may promise more than local practice, not less: at most %(term)s.")
            % {"term": said},
            field="term",
        )


def service_level_end(*, acting: Actor, level: ServiceLevel) -> None:
    """Take a level back from tomorrow on; one that has not begun is taken away."""
    if not any(scope.unit_id == level.unit_id for scope in acting.scopes_of(Role.HEAD)):
        raise NotAllowed(_("Only the head of the unit sets its service levels."))
    today = clock.today()
    if level.valid_from > today:
        level.delete()
        return
    ServiceLevel.objects.filter(pk=level.pk).filter(
        Q(valid_to=None) | Q(valid_to__gt=today)
    ).update(valid_to=today)
