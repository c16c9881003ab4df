"""Keys of officials: made, locked with a passphrase that only they know, changed, replaced."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people import throttle
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Account
from dongthuan.work.denunciations.vault import crypto
from dongthuan.work.denunciations.vault.tables import row, rows, run, vault_role

PASSPHRASE_LEAST = 12
PASSPHRASE_MOST = 200
# Wrong passphrases of one account in an hour; the bucket fills again evenly.
TRIES = 10


def has_key(account_id: int | None) -> bool:
    """Whether the account has a key of the vault, so that matters can be opened to it."""
    return bool(account_id and keyed([account_id]))


def keyed(account_ids: Iterable[int]) -> list[int]:
    """Those of the accounts that have a key, sorted. One query."""
    found = rows(
        "SELECT account_id FROM vault.official_key"
        " WHERE retired_at IS NULL AND account_id = ANY(%s) ORDER BY account_id",
        [list(account_ids)],
    )
    return [account_id for (account_id,) in found]


def vault_key_create(*, account: Account, passphrase: str) -> int:
    """The account's first key. MatterError if it has one already or the passphrase is weak."""
    return _key_insert(account.pk, crypto.pair_new(), passphrase_strong(passphrase))


def _key_insert(account_id: int, pair: crypto.KeyPair, passphrase: str) -> int:
    locked = crypto.lock(
        passphrase, pair.private, context=_own(account_id), n=settings.VAULT_SCRYPT_N
    )
    made = rows(
        "INSERT INTO vault.official_key (account_id, public, locked, created_at)"
        " VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (account_id) WHERE retired_at IS NULL DO NOTHING RETURNING id",
        [account_id, pair.public, locked, clock.now()],
    )
    if not made:
        raise MatterError(_("You already have a key; change its passphrase or replace it."))
    return int(made[0][0])


def vault_key_change_passphrase(*, account: Account, passphrase: str, new: str) -> None:
    """The same key under another passphrase."""
    key_id, pair = official_unlock(account_id=account.pk, passphrase=passphrase)
    locked = crypto.lock(
        passphrase_strong(new, field="new"),
        pair.private,
        context=_own(account.pk),
        n=settings.VAULT_SCRYPT_N,
    )
    run("UPDATE vault.official_key SET locked = %s WHERE id = %s", [locked, key_id])


def vault_key_rotate(*, account: Account, passphrase: str, new: str) -> int:
    """A new key pair; every matter is wrapped anew for it. Returns how many; the old one dies."""
    key_id, old = official_unlock(account_id=account.pk, passphrase=passphrase)
    strong = passphrase_strong(new, field="new")
    with transaction.atomic():
        return _key_rotate(account.pk, key_id, old, strong)


def _key_rotate(account_id: int, key_id: int, old: crypto.KeyPair, strong: str) -> int:
    run("UPDATE vault.official_key SET retired_at = %s WHERE id = %s", [clock.now(), key_id])
    pair = crypto.pair_new()
    new_id = _key_insert(account_id, pair, strong)
    with vault_role() as cursor:
        cursor.execute(
            "SELECT id, matter_id, sealed FROM vault.wrap WHERE official_key_id = %s FOR UPDATE",
            [key_id],
        )
        held = cursor.fetchall()
        for wrap_id, matter_id, sealed in held:
            private = crypto.unseal(old.private, bytes(sealed), context=wrap_context(matter_id))
            cursor.execute(
                "UPDATE vault.wrap SET official_key_id = %s, public = %s, sealed = %s"
                " WHERE id = %s",
                [
                    new_id,
                    pair.public,
                    crypto.seal(pair.public, private, context=wrap_context(matter_id)),
                    wrap_id,
                ],
            )
        # Nothing is sealed to it any more: a stolen copy with the old passphrase opens nothing.
        cursor.execute("DELETE FROM vault.official_key WHERE id = %s", [key_id])
    return len(held)


@transaction.atomic
def vault_key_replace(*, account: Account, passphrase: str) -> int:
    """A new key for somebody who has forgotten the passphrase; returns how many matters it lost.

    The new key opens nothing until a colleague who holds the matters grants them again.
    """
    strong = passphrase_strong(passphrase)
    before = row(
        "UPDATE vault.official_key SET retired_at = %s"
        " WHERE account_id = %s AND retired_at IS NULL RETURNING id",
        [clock.now(), account.pk],
    )
    lost = row("SELECT count(*) FROM vault.wrap WHERE official_key_id = %s", before or [0])
    _key_insert(account.pk, crypto.pair_new(), strong)
    return int(lost[0]) if lost else 0


def passphrase_strong(text: str, *, field: str = "passphrase") -> str:
    if not PASSPHRASE_LEAST <= len(text) <= PASSPHRASE_MOST or len(set(text)) < 5:
        raise MatterError(
            _("The passphrase needs at least %(least)s signs, not all the same; several words.")
            % {"least": PASSPHRASE_LEAST},
            field=field,
        )
    return text


def official_unlock(*, account_id: int | None, passphrase: str) -> tuple[int, crypto.KeyPair]:
    """The official's own key, opened in memory: (its number, the pair).

    Every wrong passphrase costs one of TRIES in an hour. Raises MatterError (field passphrase).
    """
    if not throttle.has(_tries(account_id), capacity=TRIES, per_seconds=3600):
        raise MatterError(
            _("Too many wrong passphrases; try again in an hour."), field="passphrase"
        )
    found = row(
        "SELECT id, locked FROM vault.official_key WHERE account_id = %s AND retired_at IS NULL",
        [account_id or 0],
    )
    if found is None:
        raise MatterError(_("You have no key of the vault yet; make one first."))
    try:
        private = crypto.unlock(passphrase, found[1], context=_own(account_id or 0))
    except crypto.WrongKey:
        throttle.take(_tries(account_id), capacity=TRIES, per_seconds=3600)
        raise MatterError(_("The passphrase is wrong."), field="passphrase") from None
    return int(found[0]), crypto.pair_from(private)


def passphrase_check(*, acting: Actor, passphrase: str) -> None:
    """Whether it is the actor's passphrase, before a step that will ask for it is begun.

    A refused step undoes what it has written, so the wrong try must be counted outside of it.
    """
    official_unlock(account_id=acting.account_id, passphrase=passphrase)


def public_keys(account_ids: Iterable[int]) -> list[tuple[Any, ...]]:
    """(account, number of the key, public key) of those who have one."""
    return rows(
        "SELECT account_id, id, public FROM vault.official_key"
        " WHERE retired_at IS NULL AND account_id = ANY(%s) ORDER BY account_id",
        [sorted(set(account_ids))],
    )


def wrap_context(matter_id: int) -> bytes:
    return f"wrap:{matter_id}".encode()


def _own(account_id: int) -> bytes:
    return f"official:{account_id}".encode()


def _tries(account_id: int | None) -> str:
    return f"vault-passphrase:{account_id}"
