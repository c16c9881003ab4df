"""Opening a consultation and preparing it; the declared steps go through `matter_act`."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.matters.wording import public_text
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Kind, Role, Tier, Unit
from dongthuan.work.consultations.items import FORMS, HEARING_ITEM, ITEMS
from dongthuan.work.consultations.models import Consultation, Scope

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)


def office_check(acting: Actor, path: str) -> None:
    """Only the office of the People's Committee that consults works on it."""
    if acting.is_system:
        return
    if not any(path.startswith(scope.unit_path) for scope in acting.scopes_of(*OFFICE)):
        raise NotAllowed(_("You keep only the consultations of your own unit."))


def consultation_lock(*, acting: Actor, consultation_id: int) -> Consultation:
    """The row for writing: seen by the actor, of the actor's office, locked."""
    base = (
        Matter.objects.select_for_update()
        .filter(policies.visible_to(acting), pk=consultation_id, kind="consultation")
        .first()
    )
    if base is None:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    office_check(acting, base.path)
    return Consultation.objects.select_related("unit__parent").get(pk=base.pk)


@transaction.atomic
def consultation_create(
    *,
    acting: Actor,
    unit: Unit,
    item: str,
    title: str,
    purpose: str,
    forms: Sequence[str],
    villages: Sequence[Unit] = (),
    superior: str = "",
    is_demo: bool = False,
) -> Consultation:
    """Draft a consultation on an item of Điều 25 ('1' … '9') by forms of Điều 26 (letters).

    `villages`: whom it concerns, where it is not the whole commune. `superior`: the body that
    decides, where it is not the commune. Title and purpose are public once it is published.
    Raises MatterError with its field, NotAllowed.
    """
    office_check(acting, unit.path)
    title = public_text(title, "title", most=200)
    purpose = public_text(purpose, "purpose", most=10_000)
    if len(title) < 10:
        raise MatterError(_("Write what it is about, in at least ten letters."), field="title")
    if len(purpose) < 20:
        raise MatterError(
            _("Tell people what is asked and why, in at least twenty letters."), field="purpose"
        )
    superior = public_text(superior, "superior", most=200)
    forms = _forms(item, forms)
    area = area_of(unit.path)
    for village in villages:
        if village.tier != Tier.VILLAGE or not village.path.startswith(area):
            raise MatterError(_("Choose villages of this commune."), field="villages")
    return matter_create(
        acting=acting, model=Consultation, kind="consultation", unit=unit, title=title,
        act="consultation.drafted", body=purpose, listed=False, place=unit.parent,
        parties=[*_fronts(area), *(villages or _villages(area))], is_demo=is_demo,
        audience=Audience.OFFICIAL, facts={"item": item, "forms": forms},
        item=item, forms=forms, purpose=purpose, superior=superior,
        scope=Scope.VILLAGES if villages else Scope.COMMUNE,
        villages=sorted(village.code for village in villages),
    )  # fmt: skip


def _forms(item: str, forms: Sequence[str]) -> list[str]:
    if item not in dict(ITEMS):
        raise MatterError(_("Choose one of the nine items of Art. 25."), field="item")
    letters = [letter for letter, _name in FORMS]
    if not forms or not set(forms) <= set(letters):
        raise MatterError(_("Choose at least one form of Art. 26."), field="forms")
    if ("h" in forms) != (item == HEARING_ITEM):
        raise MatterError(
            _("The hearing of addressees belongs to item 8, and item 8 needs it (Art. 26.1.h)."),
            field="forms",
        )
    return [letter for letter in letters if letter in forms]


def _fronts(area: str) -> list[Unit]:
    """The Front committee of the commune: it gets the plan and supervises (Điều 28.1, 28.6)."""
    rows = Unit.objects.in_force(clock.today()).filter(path__startswith=area, kind=Kind.FRONT)
    return [unit for unit in rows if area_of(unit.path) == area]


def _villages(area: str) -> list[Unit]:
    rows = Unit.objects.in_force(clock.today())
    return list(rows.filter(path__startswith=area, tier=Tier.VILLAGE))


def villages_of(matter: Consultation) -> list[Unit]:
    """The villages whose people are asked, in the order of the register."""
    rows = Unit.objects.in_force(clock.today()).filter(
        path__startswith=area_of(matter.path), tier=Tier.VILLAGE
    )
    if matter.scope == Scope.VILLAGES:
        rows = rows.filter(code__in=matter.villages)
    return list(rows.order_by("sort_key", "id"))
