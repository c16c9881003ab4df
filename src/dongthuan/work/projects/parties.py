"""Which bodies have a part in a project, and how one more is named."""

from __future__ import annotations

from django.db.models import Q

from dongthuan.core import clock
from dongthuan.core.matters.creation import parties_set
from dongthuan.core.units.models import Kind, Unit
from dongthuan.work.projects.models import Project

# The bodies to whom the seed brief wants full information given at the start (S3).
PARTNER_KINDS = (
    Kind.MASS_MOBILISATION, Kind.FRONT, Kind.WOMEN, Kind.YOUTH, Kind.FARMERS, Kind.VETERANS,
    Kind.TRADE_UNION, Kind.BOARD,
)  # fmt: skip


def partners_of(project: Project) -> list[Unit]:
    """The bodies that have a part in it, by their path."""
    return list(Unit.objects.filter(path__in=project.parties).order_by("path"))


def partners_usual(unit: Unit) -> list[Unit]:
    """Front, organisations, mass-mobilisation body and boards of the area of a unit, in force."""
    area = unit.parent or unit
    return list(
        Unit.objects.in_force(clock.today())
        .filter(Q(kind__in=PARTNER_KINDS), path__startswith=area.path)
        .exclude(path=unit.path)
        .order_by("path")
    )


def party_add(*, project: Project, unit: Unit) -> None:
    """Give a body a part in the project; one of the project's own unit sees it anyway."""
    if unit.path.startswith(project.path) or unit.path in project.parties:
        return
    parties_set(matter=project, parties=[*partners_of(project), unit])
