"""All writes on dialogues that are no declared step: opening them, whom they invite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Level, Matter
from dongthuan.core.matters.opening import office_of, title_of
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Kind, Position, Role, Unit, in_force
from dongthuan.work.dialogues import rules
from dongthuan.work.dialogues.models import Dialogue, Invitation, Sort

MOST_INVITED = 200


@transaction.atomic
def dialogue_create(
    *,
    acting: Actor,
    host: Position,
    sort: str,
    theme: str,
    on: dt.date,
    time: str,
    venue: str,
    agenda: str,
    groups: str = "",
    partners: Sequence[Unit] = (),
    place: Unit | None = None,
    parent: Matter | None = None,
    is_demo: bool = False,
) -> Dialogue:
    """Plan a dialogue of a head; `theme`, `agenda` and `groups` are public words.

    `host` is a head's seat of a body in which the actor works; `partners` hold it with them and see
    it. The notice is owed before the day. Raises MatterError with its field, or NotAllowed.
    """
    unit = host.unit
    rules.belongs_check(acting, unit)
    _host_check(host, on)
    if sort not in Sort.values or sort == Sort.YEARLY:
        raise MatterError(_("Choose why the dialogue is held."), field="sort")
    theme = rules.said(theme, "theme", most=200, needed=_("Write what it is about."))
    venue = rules.said(venue, "venue", most=200, needed=_("Write where it is held."))
    agenda = rules.said(agenda, "agenda", most=3000, needed=_("Write its content."))
    groups = rules.said(groups, "groups", most=300)
    held_at = rules.moment_of(on, time)
    rule = rules.notice_rule(unit)
    rules.notice_check(rule, on)
    made = matter_create(
        acting=acting, model=Dialogue, kind="dialogue", unit=unit, title=theme,
        body=agenda, act="dialogue.planned", listed=False, place=place, parties=partners,
        parent=parent,
        is_demo=is_demo, facts={"day": on.isoformat(), "sort": sort},
        rules=[(rule, "event", noon(on))], sort=sort, host=host, year=on.year, held_at=held_at,
        venue=venue, agenda=agenda, groups=groups,
    )  # fmt: skip
    made.partners.set(partners)
    return made


def opener(
    *,
    acting: Actor,
    origin: Matter,
    kind: str,
    text: str,
    now: dt.datetime,
    on: dt.date,
    time: str,
    venue: str,
    theme: str = "",
) -> Dialogue:
    """Open a dialogue of the head of the People's Committee out of a matter of another room.

    `text` becomes its content, in public words. Nothing links it to what is restricted or sealed.
    """
    office = office_of(origin.unit.parent or origin.unit)
    held_now = in_force(clock.today())
    host = Position.objects.filter(held_now, unit=office, role=Role.HEAD).first()
    if host is None:
        raise MatterError(_("A dialogue is held by a head."), field="host")
    return dialogue_create(
        acting=acting, host=host, sort=Sort.THEMATIC, theme=theme or title_of(text), on=on,
        time=time, venue=venue, agenda=text, place=origin.place,
        parent=origin if origin.level < Level.RESTRICTED else None, is_demo=origin.is_demo,
    )  # fmt: skip


def _host_check(host: Position, on: dt.date) -> None:
    if host.role not in rules.HOSTS:
        raise MatterError(_("A dialogue is held by a head."), field="host")
    ended = host.valid_to is not None and host.valid_to < on
    if host.valid_from > on or ended or not host.unit.in_force_on(on):
        raise MatterError(_("That position does not exist on this day."), field="host")


def yearly_open(
    *, acting: Actor, commune: Unit, year: int, is_demo: bool = False
) -> Dialogue | None:
    """Open the dialogue that a commune owes in a year (khoản 1 Điều 32), once.

    The duty falls due on the last day of the year; the Front of the commune holds it with the
    People's Committee. None: it is there, or the office has no head's seat. Raises NotAllowed.
    """
    office = office_of(commune)
    rules.belongs_check(acting, office)
    if not 2023 <= year <= clock.today().year + 1:
        raise MatterError(_("That year is not open."), field="year")
    with transaction.atomic():
        Unit.objects.select_for_update(no_key=True).get(pk=commune.pk)
        now_held = in_force(clock.today())
        host = Position.objects.filter(now_held, unit=office, role=Role.HEAD).first()
        if host is None or Dialogue.objects.filter(unit=office, sort="yearly", year=year).exists():
            return None
        fronts = list(Unit.objects.in_force(clock.today()).filter(parent=commune, kind=Kind.FRONT))
        made = matter_create(
            acting=acting, model=Dialogue, kind="yearly_dialogue", unit=office,
            title=f"Hội nghị trao đổi, đối thoại với Nhân dân năm {year}", parties=fronts,
            act="yearly_dialogue.owed", is_demo=is_demo, facts={"year": year},
            rules=[(rules.YEARLY, "due", noon(dt.date(year, 12, 31)))], sort=Sort.YEARLY,
            host=host, year=year,
        )  # fmt: skip
        made.partners.set(fronts)
        return made


# -- invitations ----------------------------------------------------------------------------------


@transaction.atomic
def invitations_add(
    *,
    acting: Actor,
    dialogue: Dialogue,
    whom: Sequence[str] = (),
    units: Sequence[Unit] = (),
) -> list[Invitation]:
    """Put bodies, villages and groups on the list of those invited; doubles are left out.

    Raises MatterError (whom) where a line looks like a person's data.
    """
    dialogue = dialogue_locked(acting, dialogue)
    if dialogue.state not in ("due", "planned", "announced"):
        raise MatterError(_("It is too late to invite anybody."), field="whom")
    lines = [rules.said(line, "whom", most=200) for line in whom]
    wanted = [(unit.name, unit) for unit in units] + [(line, None) for line in lines if line]
    known = set(dialogue.invitations.values_list("whom", flat=True))
    fresh = {name: unit for name, unit in wanted if name not in known}
    if not fresh:
        raise MatterError(_("Name somebody who is not on the list yet."), field="whom")
    if len(known) + len(fresh) > MOST_INVITED:
        raise MatterError(_("At most 200 bodies and groups can be invited."), field="whom")
    made = Invitation.objects.bulk_create(
        Invitation(dialogue=dialogue, whom=name, unit=unit) for name, unit in fresh.items()
    )
    noted(acting, dialogue, "invited", {"invited": len(made)})
    return made


@transaction.atomic
def invitations_send(
    *, acting: Actor, dialogue: Dialogue, invitations: Sequence[int], means: str
) -> int:
    """Record that invitations went out today; those sent before stay as they are."""
    dialogue = dialogue_locked(acting, dialogue)
    if means not in Invitation.Means.values:
        raise MatterError(_("Choose how they were sent."), field="means")
    rows = dialogue.invitations.filter(pk__in=list(invitations), sent_on=None)
    sent = rows.update(sent_on=clock.today(), means=means)
    if not sent:
        raise MatterError(_("Choose an invitation that was not sent yet."), field="invitations")
    noted(acting, dialogue, "sent", {"invited": sent})
    return sent


# -- shared ---------------------------------------------------------------------------------------


def dialogue_locked(acting: Actor, dialogue: Dialogue) -> Dialogue:
    """The row, locked, for whoever works at it; NotAllowed for others."""
    rules.belongs_check(acting, dialogue.unit)
    return dialogue_held(dialogue.pk)


def dialogue_held(pk: int) -> Dialogue:
    """The row, locked: two who ask at the same moment get two numbers."""
    Matter.objects.select_for_update().filter(pk=pk).first()
    found = Dialogue.objects.select_related("unit__parent", "host").filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    return found


def noted(acting: Actor, dialogue: Dialogue, act: str, facts: dict[str, object]) -> None:
    """One entry of what is no step; never what somebody asked or who it was."""
    entry_append(
        matter=dialogue, act=f"{dialogue.kind}.{act}", acting=acting, at=clock.now(),
        audience=Audience.PETITIONER, before=dialogue.state, after=dialogue.state, facts=facts,
    )  # fmt: skip
