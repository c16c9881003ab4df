"""For whom a denunciation is sealed: designated people who have a key of the vault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from dongthuan.core.matters.designated import office_above, seats_of
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Matter
from dongthuan.core.units.models import Unit
from dongthuan.work.denunciations.vault import holders_of, keyed


def recipients_for(unit: Unit, *, without: Sequence[int] = ()) -> list[int]:
    """The accounts that may open a denunciation at a unit, sorted.

    Where none of its designated people has a key (or all are among `without`, being denounced),
    the office above stands in, up to the top. MatterError if there is nobody: nothing is kept.
    """
    for office in _up(unit):
        if ready := keyed([account for account in seats_of(office) if account not in without]):
            return ready
    raise MatterError(
        _(
            "Nobody at %(name)s or above can open the vault yet, so nothing was kept; bring the"
            " denunciation to the provincial Inspectorate in person or by post."
        )
        % {"name": unit.name}
    )


def heirs(*, matter: Matter, successor: Unit) -> list[int]:
    """Who opens the matter at a successor: those of its designated people who hold its key already.

    A hand-over cannot wrap a key: whoever holds the matter grants it before the unit ends. Else
    the office above stands in, if it holds one; MatterError names the matter otherwise.
    """
    held = set(holders_of(matter)) - set(matter.walled_accounts)
    for office in _up(successor):
        if ready := sorted(held & set(seats_of(office))):
            return ready
    raise MatterError(
        _("Nobody at %(name)s holds the key of %(code)s; let its present holder grant it first.")
        % {"name": successor.name, "code": matter.code}
    )


def _up(unit: Unit) -> Iterator[Unit]:
    """The unit and the offices above it."""
    office: Unit | None = unit
    while office is not None:
        yield office
        office = office_above(office)
