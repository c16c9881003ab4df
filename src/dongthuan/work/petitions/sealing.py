"""What this room kept beside a matter leaves it when the matter is found to be a denunciation."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Matter
from dongthuan.core.people.models import Citizen
from dongthuan.work.petitions.models import Joining, Rating, Signer


def leave(matter: Matter) -> list[dict[str, Any]]:
    """Who signed and what senders thought, erased here; refused while others are joined into it.

    Of a joined matter the words and the public row are those of its own; separated again, each is
    sealed or handled by what it says itself.
    """
    if Joining.objects.filter(main=matter, separated_at=None).exists():
        raise MatterError(
            _("Others are joined into %(code)s; separate them before it is sealed.")
            % {"code": matter.code}
        )
    return [*_signers(matter), *_ratings(matter)]


def _signers(matter: Matter) -> list[dict[str, Any]]:
    rows = Signer.objects.filter(submission__matter=matter).select_related("citizen")
    signed = list(rows.order_by("id"))
    if not signed:
        return []
    lines = [_line(signer) for signer in signed]
    people = {signer.citizen_id for signer in signed if signer.citizen_id}
    rows.delete()
    for citizen in Citizen.objects.filter(pk__in=people):
        _forget(citizen)
    return [{"text": "\n".join(lines), "act": "petition.signers_added"}]


def _line(signer: Signer) -> str:
    reach = signer.citizen
    said = (signer.name, signer.address, *((reach.phone, reach.email) if reach else ()))
    return ", ".join(part for part in said if part)


def _forget(citizen: Citizen) -> None:
    """The person's row goes unless something else still needs it."""
    try:
        with transaction.atomic():
            citizen.delete()
    except ProtectedError:
        return


def _ratings(matter: Matter) -> list[dict[str, Any]]:
    rows = Rating.objects.filter(matter=matter)
    said = [{"text": f"{row.score}/5 {row.reason}".strip(), "act": "petitioner.rated"}
            for row in rows.order_by("pk")]  # fmt: skip
    rows.delete()
    return said
