"""For whom a denunciation is sealed: designated people who have a key of the vault."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dongthuan.core.matters.designated import office_above, seats_of
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.units.models import Unit
from dongthuan.work.denunciations.vault import keyed


def recipients_for(unit: Unit, *, without: Sequence[int] = ()) -> list[int]:
    """The accounts that may open a denunciation at a unit, sorted.

    Where none of its designated people has a key (or all are among `without`, being denounced),
    the office above stands in, up to the top. MatterError if there is nobody: nothing is kept.
    """
    office: Unit | None = unit
    while office is not None:
        if ready := keyed([account for account in seats_of(office) if account not in without]):
            return ready
        office = office_above(office)
    raise MatterError(
        _(
            "Nobody at %(name)s or above can open the vault yet, so nothing was kept; bring the"
            " denunciation to the provincial Inspectorate in person or by post."
        )
        % {"name": unit.name}
    )
