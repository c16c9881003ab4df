"""The actor: whoever asks for something, as the positions held today, never as the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from dongthuan.core import clock
from dongthuan.core.people.models import Account, Appointment
from dongthuan.core.units.models import Role


@dataclass(frozen=True)
class Scope:
    """One position held today: a role, the organ that it belongs to and that organ's area."""

    role: str
    unit_id: int
    unit_path: str
    area_path: str
    title: str
    title_en: str
    acting: bool = False
    receives_sealed: bool = False
    position_id: int = 0


@dataclass(frozen=True)
class Actor:
    """The one who acts. `mode`: official, citizen, anonymous or system."""

    mode: str
    account_id: int | None = None
    name: str = ""
    scopes: tuple[Scope, ...] = field(default=())

    @property
    def is_official(self) -> bool:
        return self.mode == "official"

    @property
    def is_system(self) -> bool:
        return self.mode == "system"

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(scope.role for scope in self.scopes)

    @property
    def unit_paths(self) -> list[str]:
        return [scope.unit_path for scope in self.scopes]

    @property
    def handles_content(self) -> bool:
        """Whether any position but that of a system administrator is held."""
        return any(scope.role != Role.ADMIN for scope in self.scopes)

    @property
    def registers(self) -> bool:
        """Whether a position is held that enters submissions for people at the counter."""
        return bool(self.roles & {Role.INTAKE, Role.HANDLER, Role.HEAD})

    def scopes_of(self, *roles: str) -> list[Scope]:
        return [scope for scope in self.scopes if scope.role in roles]

    def label_for(self, path: str = "", parties: Sequence[str] = ()) -> str:
        """The position in which one acts on something at `path`, as it is written in entries.

        `parties`: paths of the bodies that have a part in it beside the one at `path`.
        """
        for there in (path, *parties):
            for scope in self.scopes:
                if there.startswith(scope.unit_path):
                    return scope.title
        return self.scopes[0].title if self.scopes else ""


ANONYMOUS = Actor(mode="anonymous")
SYSTEM = Actor(mode="system", name="Đồng Thuận")


def actor_for(account: Account, *, on: dt.date | None = None) -> Actor:
    """The actor of an account on a day (today in Viet Nam): one query, positions in force."""
    return actors_for([account], on=on)[0]


def actors_for(accounts: Sequence[Account], *, on: dt.date | None = None) -> list[Actor]:
    """The actors of several accounts, in their order: one query for all of them."""
    on = on or clock.today()
    held = (
        Appointment.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            account__in=accounts,
            valid_from__lte=on,
        )
        .filter(Q(position__valid_to__isnull=True) | Q(position__valid_to__gte=on))
        .select_related("position__unit")
        .order_by("acting", "id")
    )
    scopes: dict[int, list[Scope]] = {account.pk: [] for account in accounts}
    for appointment in held:
        scopes[appointment.account_id].append(_scope(appointment))
    return [
        Actor(
            mode="official" if scopes[account.pk] else "citizen",
            account_id=account.pk,
            name=account.name,
            scopes=tuple(scopes[account.pk]),
        )
        for account in accounts
    ]


def _scope(appointment: Appointment) -> Scope:
    position = appointment.position
    path = position.unit.path
    return Scope(
        role=position.role,
        unit_id=position.unit_id,
        unit_path=path,
        area_path=area_of(path),
        title=position.title,
        title_en=position.title_en or position.title,
        acting=appointment.acting,
        receives_sealed=position.receives_sealed,
        position_id=position.pk,
    )


def area_of(path: str) -> str:
    """The territory of an organ: its path cut after the last numeric step.

    'vn.51.21439.ubnd.vp.' -> 'vn.51.21439.'; a territory is its own area.
    """
    steps = path.rstrip(".").split(".")
    while len(steps) > 1 and not steps[-1].isdigit():
        steps.pop()
    return ".".join(steps) + "."
