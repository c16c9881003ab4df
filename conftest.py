"""Tests run on a real PostgreSQL: the embedded one, unless DATABASE_URL names another.

The same few people walk through every test; see `people`.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import hypothesis
import pytest

# How long an example takes says nothing: the machine may be busy.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's sync API runs a loop


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    if settings.EMBEDDED and not hasattr(config, "workerinput"):
        settings.LOCAL_DB.start()


def pytest_collection_finish() -> None:
    """Thousands of tests stay for the whole run: the collector need not look at them each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_unconfigure(config: pytest.Config) -> None:
    from django.conf import settings

    if settings.EMBEDDED and not hasattr(config, "workerinput"):
        settings.LOCAL_DB.stop()


# Files that take longest; begun first, so that no worker is alone with one at the end. The guide
# has a browser of its own, and must have closed it before the others open theirs.
LONG = (
    "test_the_guide_in_a_browser", "test_nothing_that_is_sent_breaks_a_page",
    "test_every_page_type_is_sound",
    "test_who_opens_which_page", "test_faults_ctrl_c_stops_everything", "test_command_line",
    "test_no_promise_is_lost_between_matters", "test_a_killed_worker_sends_nothing_twice",
    "test_every_declared_step", "test_a_denouncer_is_nowhere_but_in_the_vault",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def later(item: pytest.Item) -> int:
        if item.path.stem in LONG:
            return LONG.index(item.path.stem)
        return len(LONG) if "browser" in item.keywords else len(LONG) + 1

    items.sort(key=later)


# Written by the migrations alone, and the same after every test.
_KEPT = {"django_migrations", "django_content_type", "auth_permission"}
# Django does not know these tables.
_OTHERS = (
    "vault.item", "vault.wrap", "vault.matter_key", "vault.official_key", "procrastinate_jobs",
    "procrastinate_events", "procrastinate_periodic_defers",
)  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def _emptying() -> Iterator[None]:
    """Empty all tables after a test with real transactions; append-only ones too.

    Django's own flush empties two hundred tables, of which a test fills some thirty, and writes the
    permissions of all models anew: a second each time.
    """
    from django.core.management.commands.flush import Command
    from django.db import connection

    def flush(self: Any, **options: Any) -> None:
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        tables = [*(name for name in names if name not in _KEPT), *_OTHERS]
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join(
                    f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables
                )
            )
            filled = [row[0] for row in cursor.fetchall()]
            cursor.execute("SET session_replication_role = replica")
            try:
                for table in filled:
                    cursor.execute(f"DELETE FROM {table}")
            finally:
                cursor.execute("SET session_replication_role = origin")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", flush)
        yield


@pytest.fixture(autouse=True)
def _clean_room() -> Iterator[None]:
    """Each test starts in Vietnamese, with an empty memory of units and the shipped rules."""
    from django.utils import translation

    from dongthuan.core.law import loading
    from dongthuan.core.units import selectors

    selectors._cache.clear()
    loading.forget()
    with translation.override("vi"):
        yield


@dataclass
class People:
    """The people of the tests: each an Actor; `accounts` by the same names.

    intake, handler, handler2, head, sealed, front, front_head, dvan (mass mobilisation), dvan_head,
    party (secretary), council, board (of the people's inspection), admin are of phường Đức Phổ
    (21439); village_head and village_front of its first residential group, other_village_head of
    its second; other_intake and other_head of phường Sa Huỳnh (21478); inspector and
    province (intake and handler) of the province.
    """

    actors: dict[str, Any]
    accounts: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.actors[name]
        except KeyError:
            raise AttributeError(name) from None


PASSWORD = "mat-khau-thu"
POSITIONS = {
    "intake": ("21439-intake",),
    "handler": ("21439-handler-1",),
    "handler2": ("21439-handler-2",),
    "head": ("21439-head",),
    "sealed": ("21439-sealed",),
    "front": ("21439-front",),
    "dvan": ("21439-mass-mobilisation",),
    "dvan_head": ("21439-xdd-head",),
    "front_head": ("21439-mttq-head",),
    "party": ("21439-party",),
    "council": ("21439-council",),
    "admin": ("21439-admin",),
    "other_intake": ("21478-intake",),
    "other_head": ("21478-head",),
    "village_head": ("21439-t01-head",),
    "village_front": ("21439-t01-front",),
    "other_village_head": ("21439-t02-head",),
    "board": ("21439-ttnd-1",),
    "inspector": ("51-inspector",),
    "province": ("51-intake", "51-handler"),
}


def _load_people() -> None:
    from dongthuan.core.people.services import account_create, appointment_create
    from dongthuan.core.units.models import Position
    from dongthuan.core.units.tests.example import units_of_the_example

    units_of_the_example()
    for name, codes in POSITIONS.items():
        account = account_create(
            email=f"{name}@vidu.vn",
            name=f"Cán bộ {name}",
            password=PASSWORD,
        )
        for code in codes:
            appointment_create(
                account=account,
                position=Position.objects.get(code=code),
                valid_from=dt.date(2025, 7, 1),
            )


@pytest.fixture
def people(db: None) -> People:
    """Units of Quảng Ngãi and the people above."""
    from dongthuan.core.people.actors import ANONYMOUS, actors_for
    from dongthuan.core.people.models import Account
    from dongthuan.core.units.tests.example import UNITS, loaded_once

    tables = (*UNITS, "people_account", "account_emailaddress", "people_appointment")
    loaded_once("people", tables, _load_people)
    accounts = {
        account.email.removesuffix("@vidu.vn"): account
        for account in Account.objects.filter(email__endswith="@vidu.vn")
    }
    actors = dict(zip(accounts, actors_for(list(accounts.values())), strict=True))
    return People({"citizen": ANONYMOUS, **actors}, accounts)


@pytest.fixture
def place(people: People) -> Any:
    """Phường Đức Phổ."""
    from dongthuan.core.units.models import Unit

    return Unit.objects.get(code="21439")


@pytest.fixture
def submit(people: People, place: Any) -> Callable[..., Any]:
    """Submit as a citizen on the portal; returns the receipt."""
    from dongthuan.work.petitions.services import Sender, submission_create

    def submit(text: str = "Cống trước nhà văn hóa bị vỡ nắp, xin thay.", **fields: Any) -> Any:
        values: dict[str, Any] = {
            "acting": people.citizen,
            "place": place,
            "text": text,
            "channel": "web",
            "sender": Sender(name="Nguyễn Thị Thử", email="thu@vidu.vn"),
        }
        return submission_create(**(values | fields))

    return submit


VAULT_PASSPHRASE = "mat-khau-kho-thu"


@pytest.fixture
def vault_keys(people: People) -> People:
    """The designated person of Đức Phổ and an officer of the province have keys of the vault."""
    from dongthuan.core.people.actors import actor_for
    from dongthuan.core.people.services import appointment_create
    from dongthuan.core.units.models import Position
    from dongthuan.work.denunciations import vault

    appointment_create(
        account=people.accounts["province"],
        position=Position.objects.get(code="51-head"),
        valid_from=dt.date(2025, 7, 1),
    )
    people.actors["province"] = actor_for(people.accounts["province"])
    for name in ("sealed", "province"):
        vault.vault_key_create(account=people.accounts[name], passphrase=VAULT_PASSPHRASE)
    return people


@pytest.fixture
def denounce(vault_keys: People, place: Any) -> Callable[..., Any]:
    """Denounce as a citizen by the sealed page; returns the receipt with its digits."""
    from dongthuan.work.denunciations.services import denunciation_create

    def denounce(
        text: str = "Ông trưởng phòng nhận tiền của dân khi làm hồ sơ đất.", **fields: Any
    ) -> Any:
        values: dict[str, Any] = {
            "acting": vault_keys.citizen,
            "place": place,
            "letter": {"text": text, "whom": "Trưởng phòng", "when": "tháng 8"},
            "identity": {
                "name": "Nguyễn Thị Kín",
                "address": "tổ dân phố 1",
                "phone": "0905123456",
            },
            "channel": "web",
        }
        return denunciation_create(**(values | fields))

    return denounce


@pytest.fixture
def walk(people: People) -> Callable[..., Any]:
    """Take a matter along named steps with plausible answers: walk(matter, "register", …)."""
    from dongthuan.work.petitions.tests.paths import walk_steps

    def walk(matter: Any, *steps: str, **given: dict[str, Any]) -> Any:
        return walk_steps(people, matter, steps, given)

    return walk
