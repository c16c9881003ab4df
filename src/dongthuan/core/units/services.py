"""All writes on units: organs, villages and positions are made, units renamed and ended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dongthuan.core.text import clean, fold, sort_key
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import (
    Evidence,
    Kind,
    Position,
    Role,
    Succession,
    Tier,
    Unit,
    UnitName,
    tier_of,
)
from dongthuan.core.units.selectors import units_forget

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def name_key(short_name: str) -> str:
    """The sort key of a name: dictionary order, and 'Tổ 2' before 'Tổ 10'."""
    return sort_key(re.sub(r"\d+", lambda number: number[0].zfill(4), short_name))


def search_text(name: str, short_name: str, tier: str) -> str:
    """What a search for a unit reads, without Vietnamese marks.

    Of a territory the proper name only: with its kind, 'Phổ Ninh' would find 'Thành phố Bắc Ninh'.
    Of organs and villages both names, for people type 'UBND' as well as the full words.
    """
    if tier in (Tier.ORGAN, Tier.VILLAGE) and name != short_name:
        return fold(f"{name} {short_name}")
    return fold(short_name)


def organ_add(
    *,
    parent: Unit,
    code: str,
    kind: str,
    name: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    short_name: str = "",
    name_en: str = "",
    document: str = "",
    note: str = "",
    evidence: str = Evidence.DOCUMENT,
    email: str = "",
    phone: str = "",
    address: str = "",
) -> Unit:
    """An organ of a territory or within another organ. Code: '<territory>-<step>', '21439-vp'.

    Raises UnitError, e.g. for a kind that is no organ or a parent that is not in force.
    """
    if kind not in Kind or tier_of(kind) != Tier.ORGAN:
        raise UnitError(_("“%s” is not a kind of organ.") % kind)
    contact = {"email": clean(email), "phone": clean(phone), "address": clean(address)}
    return _unit_create(
        parent=parent, code=code, kind=kind, name=name, short_name=short_name, name_en=name_en,
        valid_from=valid_from, valid_to=valid_to, document=document, note=note, evidence=evidence,
        **contact,
    )  # fmt: skip


def village_add(
    *,
    commune: Unit,
    code: str,
    kind: str,
    name: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    name_en: str = "",
    document: str = "",
    note: str = "",
    evidence: str = Evidence.DOCUMENT,
) -> Unit:
    """A village (thôn) or residential group (tổ dân phố) of a commune; code '21439-t01'."""
    if kind not in (Kind.VILLAGE, Kind.GROUP):
        raise UnitError(_("“%s” is neither a village nor a residential group.") % kind)
    if commune.tier != Tier.COMMUNE:
        raise UnitError(_("A village lies in a commune, ward or special zone."))
    return _unit_create(
        parent=commune, code=code, kind=kind, name=name, short_name="", name_en=name_en,
        valid_from=valid_from, valid_to=valid_to, document=document, note=note, evidence=evidence,
    )  # fmt: skip


def _unit_create(
    *,
    parent: Unit,
    code: str,
    kind: str,
    name: str,
    short_name: str,
    name_en: str,
    valid_from: dt.date,
    valid_to: dt.date | None,
    **rest: str,
) -> Unit:
    name, code = clean(name), clean(code)
    short_name = clean(short_name) or name
    if not name:
        raise UnitError(_("A unit needs a name."))
    _check_code(code, parent)
    _check_term(valid_from, valid_to, parent)
    if Unit.objects.filter(code=code).exists():
        raise UnitError(_("The code “%s” is already taken.") % code)
    unit = Unit(
        code=code,
        kind=kind,
        tier=tier_of(kind),
        name=name,
        short_name=short_name,
        name_en=clean(name_en),
        sort_key=name_key(short_name),
        folded=search_text(name, short_name, tier_of(kind)),
        parent=parent,
        path=f"{parent.path}{code.rsplit('-', 1)[-1]}.",
        valid_from=valid_from,
        valid_to=valid_to,
        **rest,
    )
    _check_fields(unit)
    unit.save()
    units_forget()
    return unit


def _check_fields(row: models.Model) -> None:
    """Lengths, choices and the e-mail address, as the model declares them."""
    try:
        row.clean_fields(exclude=["parent", "unit"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise UnitError(
            _("%(field)s: %(reason)s") % {"field": field, "reason": " ".join(messages)}
        ) from error


def _check_code(code: str, parent: Unit) -> None:
    """The last step must hold a letter: the territory of an organ is found by cutting its path
    after the last step that is a number."""
    if not _CODE.fullmatch(code) or "-" not in code:
        raise UnitError(
            _("The code “%s” must look like 21439-ubnd: lower-case letters, digits, hyphens.")
            % code
        )
    area, step = code.rsplit("-", 1)
    if step.isdigit():
        raise UnitError(_("The last part of the code “%s” must not be a number.") % code)
    if area not in _area_codes(parent):
        raise UnitError(
            _("The code “%(code)s” must begin with that of its territory, %(area)s.")
            % {"code": code, "area": _area_codes(parent)[0]}
        )


def _area_codes(parent: Unit) -> list[str]:
    """The code of the nearest territory, or of a village, in which the unit will lie."""
    if parent.tier != Tier.ORGAN:
        return [parent.code]
    return [parent.code.rsplit("-", 1)[0]]


def _check_term(valid_from: dt.date, valid_to: dt.date | None, parent: Unit) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise UnitError(_("The last day must not lie before the first day."))
    last = valid_to or dt.date.max
    if valid_from < parent.valid_from or last > (parent.valid_to or dt.date.max):
        raise UnitError(_("%s is not in force during the whole term given.") % parent.label)


def position_add(
    *,
    unit: Unit,
    code: str,
    role: str,
    title: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    title_en: str = "",
    receives_sealed: bool = False,
) -> Position:
    """A seat in an organ. `receives_sealed`: denunciations go to whoever holds it."""
    code, title = clean(code), clean(title)
    if role not in Role:
        raise UnitError(_("“%s” is not a role.") % role)
    village = role in (Role.VILLAGE_HEAD, Role.VILLAGE_FRONT)
    if unit.tier != (Tier.VILLAGE if village else Tier.ORGAN):
        raise UnitError(
            _("A seat of this role belongs to a village.")
            if village
            else _("A position belongs to an organ, not to a territory.")
        )
    if not title:
        raise UnitError(_("A position needs a title."))
    if not _CODE.fullmatch(code):
        raise UnitError(
            _("The code “%s” must consist of lower-case letters, digits and hyphens.") % code
        )
    if receives_sealed and role == Role.ADMIN:
        raise UnitError(_("A system administrator must not receive sealed matters."))
    _check_term(valid_from, valid_to, unit)
    if Position.objects.filter(code=code).exists():
        raise UnitError(_("The code “%s” is already taken.") % code)
    position = Position(
        unit=unit,
        code=code,
        role=role,
        title=title,
        title_en=clean(title_en),
        receives_sealed=receives_sealed,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _check_fields(position)
    position.save()
    return position


@transaction.atomic
def unit_rename(
    *,
    unit: Unit,
    name: str,
    kind: str,
    on: dt.date,
    short_name: str = "",
    name_en: str = "",
    document: str = "",
    note: str = "",
    evidence: str = Evidence.DOCUMENT,
) -> Unit:
    """A new name or kind from a day on, which must have come: the old one stays as a dated name.

    The kind may change within its level only (xã to phường), for the level is the unit's nature.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    name = clean(name)
    short_name = clean(short_name) or name
    if not name:
        raise UnitError(_("A unit needs a name."))
    if kind not in Kind or tier_of(kind) != unit.tier:
        raise UnitError(_("A unit cannot become a “%s”: that is another level.") % kind)
    old = unit.names.filter(valid_to__isnull=True).first()
    start = old.valid_from if old else unit.valid_from
    if on <= start or not unit.in_force_on(on):
        raise UnitError(_("The new name must begin within the term of the present one."))
    if old is None:
        old = UnitName(unit=unit, name=unit.name, kind=unit.kind, valid_from=start,
                       document=unit.document, evidence=unit.evidence)  # fmt: skip
    old.valid_to = on - dt.timedelta(days=1)
    new = UnitName(unit=unit, name=name, kind=kind, valid_from=on, document=clean(document),
                   note=clean(note), evidence=evidence)  # fmt: skip
    unit.name, unit.kind, unit.short_name, unit.name_en = name, kind, short_name, clean(name_en)
    unit.sort_key, unit.document = name_key(short_name), new.document
    unit.folded = search_text(name, short_name, unit.tier)
    for row in (new, unit):
        _check_fields(row)
    for row in (old, new, unit):
        row.save()
    units_forget()
    return unit


@transaction.atomic
def unit_end(
    *,
    unit: Unit,
    last_day: dt.date,
    successors: Iterable[Unit] = (),
    document: str = "",
    note: str = "",
    evidence: str = Evidence.DOCUMENT,
) -> Unit:
    """End a unit and the positions in it, and link who takes over on the day after.

    Units below must have been ended before: each of them has its own successors.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    heirs = list(successors)
    morrow = last_day + dt.timedelta(days=1)
    if not unit.in_force_on(last_day) or unit.valid_to is not None:
        raise UnitError(_("%s is not in force on its last day, or has been ended.") % unit.label)
    if unit.subtree.exclude(pk=unit.pk).filter(valid_to__isnull=True).exists():
        raise UnitError(_("End the units below %s first.") % unit.label)
    if unit.positions.filter(valid_from__gt=last_day).exists():
        raise UnitError(_("A position in %s would begin after its last day.") % unit.label)
    if any(heir.pk == unit.pk or not heir.in_force_on(morrow) for heir in heirs):
        raise UnitError(_("A successor must be another unit that is in force on the day after."))
    unit.valid_to = last_day
    unit.save(update_fields=["valid_to"])
    unit.positions.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)).update(
        valid_to=last_day
    )
    Succession.objects.bulk_create(
        Succession(
            predecessor=unit, successor=heir, on=morrow, share=1 if len(heirs) == 1 else None,
            document=clean(document), note=clean(note), evidence=evidence,
        )
        for heir in heirs
    )  # fmt: skip
    units_forget()
    return unit
