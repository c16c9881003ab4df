"""All reads: published rounds for everybody, desks and remarks for the office."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from dongthuan.core import clock
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role, Unit
from dongthuan.work.satisfaction.models import Answer, Desk, Round
from dongthuan.work.satisfaction.services import OFFICE


def rounds_public(*, unit: Unit, most: int = 12) -> list[Round]:
    """The rounds of an office, newest first, published or still owed."""
    return list(
        Round.objects.filter(unit=unit).select_related("unit").order_by("-quarter", "-id")[:most]
    )


def newest_rounds(*, within: Unit) -> list[Round]:
    """The newest published round of each office of an area; one query."""
    return list(
        Round.objects.filter(path__startswith=within.path, figures__isnull=False)
        .select_related("unit__parent")
        .order_by("unit_id", "-quarter")
        .distinct("unit_id")
    )


def desk_public(token: str) -> Desk | None:
    """A desk that may be rated today, by the token in its code."""
    return Desk.objects.select_related("unit").filter(token=token, valid_to=None).first()


def desks_public(*, unit: Unit) -> list[Desk]:
    return list(Desk.objects.filter(unit=unit, valid_to=None).order_by("name"))


def office_units(actor: Actor) -> list[Unit]:
    """The offices whose desks the actor keeps."""
    ids = [scope.unit_id for scope in actor.scopes_of(*OFFICE)]
    return list(Unit.objects.filter(pk__in=ids).order_by("sort_key"))


def desks_kept(*, actor: Actor) -> list[Desk]:
    """Desks of the actor's own offices, with how many slips are out and used."""
    paths = [scope.unit_path for scope in actor.scopes_of(*OFFICE)]
    return list(
        Desk.objects.filter(_under(paths))
        .select_related("unit")
        .annotate(printed=Count("slips"), used=Count("slips", filter=Q(slips__used=True)))
        .order_by("valid_to", "name")[:200]
    )


def remarks(*, actor: Actor, most: int = 50) -> QuerySet[Answer]:
    """What people wrote beside their answers, of quarters that have ended: for heads alone.

    Read while few have answered, a remark would be somebody's. None is public.
    """
    from dongthuan.work.satisfaction.figures import quarter_of, quarter_span

    first, _last = quarter_span(quarter_of(clock.today()))
    paths = [scope.unit_path for scope in actor.scopes_of(Role.HEAD)]
    return (
        Answer.objects.filter(_under(paths), on__lt=first)
        .exclude(remark="")
        .select_related("desk")
        .order_by("-on", "remark")[:most]
    )


def _under(paths: list[str]) -> Q:
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(path__startswith=path)
    return found
