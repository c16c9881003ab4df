"""The vault of one matter: opened, written into by anybody, read by those it is sealed for."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.papers.services import Upload
from dongthuan.core.people.actors import SYSTEM, Actor, actor_for
from dongthuan.core.people.models import Account
from dongthuan.core.text import clean
from dongthuan.work.denunciations.vault import crypto
from dongthuan.work.denunciations.vault.files import stripped
from dongthuan.work.denunciations.vault.keys import official_unlock, public_keys, wrap_context
from dongthuan.work.denunciations.vault.names import names_in
from dongthuan.work.denunciations.vault.shapes import (
    BLOB,
    DENOUNCER,
    FILE,
    MESSAGE,
    OFFICIAL,
    Receipt16,
    VaultItem,
    VaultView,
)
from dongthuan.work.denunciations.vault.tables import row, rows, run, vault_role

TEXT_MAX = 20_000
REASON_LEAST, REASON_MOST = 5, 300


# -- opening and writing ----------------------------------------------------------------------


@transaction.atomic
def vault_open_matter(
    *,
    matter: Matter,
    recipients: Sequence[int],
    digits: str = "",
    secrets: Sequence[str] = (),
) -> Receipt16:
    """Make the keys of a matter and wrap them: for the officials, the receipt, the recovery key.

    `digits`: those that the form already holds (crypto.digits_new), so that a form sent twice
    shows the same receipt. `secrets`: those of receipts given before the matter was sealed,
    which shall open it too. MatterError when no recipient has a key.
    """
    pair = crypto.pair_new()
    digits = digits or crypto.digits_new()
    run(
        "INSERT INTO vault.matter_key (matter_id, generation, public) VALUES (%s, 1, %s)",
        [matter.pk, pair.public],
    )
    officials = public_keys(recipients)
    if not officials:
        raise MatterError(_("None of those who would read this has a key; nothing was kept."))
    for _account, key_id, public in officials:
        _wrap(matter.pk, pair.private, public, holder="official", key_id=key_id)
    for secret in (digits, *secrets):
        locator, receipt = receipt_pair_of(secret)
        _wrap(matter.pk, pair.private, receipt.public, holder="receipt", locator=locator)
    if settings.VAULT_RECOVERY_KEY:
        recovery = bytes.fromhex(settings.VAULT_RECOVERY_KEY)
        _wrap(matter.pk, pair.private, recovery, holder="recovery")
    return Receipt16(matter.pk, digits)


def _wrap(
    matter_id: int,
    private: bytes,
    public: bytes,
    *,
    holder: str,
    key_id: int | None = None,
    locator: bytes | None = None,
) -> None:
    run(
        "INSERT INTO vault.wrap (matter_id, holder, official_key_id, locator, public, sealed)"
        " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (matter_id, official_key_id) DO NOTHING",
        [
            matter_id,
            holder,
            key_id,
            locator,
            public,
            crypto.seal(public, private, context=wrap_context(matter_id)),
        ],
    )


def vault_seal(
    *,
    matter: Matter,
    sort: str,
    content: dict[str, Any],
    author: str = DENOUNCER,
    account_id: int | None = None,
    once: str = "",
) -> int:
    """Seal one content into a matter; no secret is needed. Returns its number.

    `once`: a token of the form; the same one again writes nothing and returns the first number.
    """
    return _seal_bytes(
        matter.pk, sort, crypto.pack(content), author=author, account_id=account_id, once=once
    )


def _seal_bytes(
    matter_id: int,
    sort: str,
    plain: bytes,
    *,
    author: str,
    account_id: int | None = None,
    once: str = "",
) -> int:
    with vault_role() as cursor:
        # The lock keeps the numbers gapless and the key the one of this generation.
        cursor.execute(
            "SELECT public FROM vault.matter_key WHERE matter_id = %s FOR UPDATE", [matter_id]
        )
        public = bytes(cursor.fetchone()[0])
        if once:
            cursor.execute(
                "SELECT seq FROM vault.item WHERE matter_id = %s AND once = %s", [matter_id, once]
            )
            if found := cursor.fetchone():
                return int(found[0])
        cursor.execute(
            "SELECT coalesce(max(seq), 0) + 1 FROM vault.item WHERE matter_id = %s", [matter_id]
        )
        seq = int(cursor.fetchone()[0])
        cursor.execute(
            "INSERT INTO vault.item (matter_id, seq, sort, author, account_id, at, once, content)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                matter_id,
                seq,
                sort,
                author,
                account_id,
                clock.now(),
                once or None,
                crypto.seal(public, plain, context=item_context(matter_id, seq, sort)),
            ],
        )
    return seq


def vault_file_add(
    *,
    matter: Matter,
    upload: Upload,
    author: str = DENOUNCER,
    account_id: int | None = None,
) -> int:
    """Check a file, take out what it tells of its maker, and seal it. UploadError if refused."""
    checked = stripped(upload)
    return vault_file_seal(
        matter=matter,
        name=checked.name,
        content_type=checked.content_type,
        data=checked.data,
        author=author,
        account_id=account_id,
    )


@transaction.atomic
def vault_file_seal(
    *,
    matter: Matter,
    name: str,
    content_type: str,
    data: bytes,
    author: str = DENOUNCER,
    account_id: int | None = None,
) -> int:
    """Seal bytes that were checked before (a file that was attached before the sealing)."""
    blob = _seal_bytes(matter.pk, BLOB, crypto.padded(data), author=author, account_id=account_id)
    content = {
        "name": name,
        "content_type": content_type,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "blob": blob,
    }
    return vault_seal(
        matter=matter, sort=FILE, content=content, author=author, account_id=account_id
    )


@transaction.atomic
def vault_files_file(*, acting: Actor, matter: Matter, uploads: Sequence[Upload]) -> None:
    """An official files what the verification has found; all or none. UploadError, MatterError."""
    check_reach(acting, matter)
    if len(uploads) > settings.UPLOAD_MAX_FILES:
        raise MatterError(
            _("At most %(limit)s files can be sent; please leave some out.")
            % {"limit": settings.UPLOAD_MAX_FILES}
        )
    for upload in uploads:
        vault_file_add(matter=matter, upload=upload, author=OFFICIAL, account_id=acting.account_id)
    entry_of(acting, matter, "vault.filed", files=len(uploads))


@transaction.atomic
def vault_message(*, acting: Actor, matter: Matter, text: str, once: str = "") -> int:
    """An official writes to the denouncer; writing needs no passphrase. Returns its number."""
    check_reach(acting, matter)
    text = clean(text)
    if not text or len(text) > TEXT_MAX:
        raise MatterError(_("Write the message, in at most 20,000 letters."), field="text")
    seq = vault_seal(
        matter=matter,
        sort=MESSAGE,
        content={"text": text},
        author=OFFICIAL,
        account_id=acting.account_id,
        once=once,
    )
    entry_of(acting, matter, "vault.message")
    return seq


# -- reading ----------------------------------------------------------------------------------


def vault_read(*, acting: Actor, matter: Matter, passphrase: str, reason: str) -> VaultView:
    """Open everything, in memory, and write down who did it and why.

    The Entry `vault.opened` carries the reason, so the reason may not name the denouncer. A wrong
    passphrase is written down too (`vault.refused`) and counted. Raises NotAllowed, MatterError.
    """
    check_reach(acting, matter)
    reason = clean(reason)
    if not REASON_LEAST <= len(reason) <= REASON_MOST:
        raise MatterError(
            _("Say in five to three hundred letters why you open the vault."), field="reason"
        )
    try:
        private = matter_private(acting, matter, passphrase)
    except MatterError as error:
        if error.field == "passphrase":
            entry_of(acting, matter, "vault.refused")
        raise
    view = view_of(matter, private)
    if names_in(reason, view):
        raise MatterError(
            _("The reason is read by others: leave out everything that tells who denounces."),
            field="reason",
        )
    # Written before anything is given out: no reading without its entry.
    entry_of(acting, matter, "vault.opened", reason=reason)
    return view


def view_of(matter: Matter, private: bytes) -> VaultView:
    """All contents but the bytes of files. One query."""
    return VaultView(matter.pk, items_opened(matter.pk, private))


def items_opened(matter_id: int, private: bytes, sorts: Sequence[str] = ()) -> list[VaultItem]:
    found = rows(
        "SELECT seq, sort, author, account_id, at, content FROM vault.item"
        " WHERE matter_id = %s AND sort <> 'blob' AND (%s OR sort = ANY(%s)) ORDER BY seq",
        [matter_id, not sorts, list(sorts)],
    )
    keys = _blob_keys(matter_id, private) if any(line[1] == FILE for line in found) else {}
    items = []
    for seq, sort, author, account_id, at, content in found:
        opened = crypto.unpack(
            unsealed(private, content, context=item_context(matter_id, seq, sort))
        )
        key = keys[opened["blob"]] if sort == FILE else b""
        items.append(VaultItem(seq, sort, author, account_id, at, opened, key))
    return items


def _blob_keys(matter_id: int, private: bytes) -> dict[int, bytes]:
    """The key of each file, from the heads of the sealed bytes: the files are not read."""
    heads = rows(
        "SELECT seq, substring(content FROM 1 FOR 64) FROM vault.item"
        " WHERE matter_id = %s AND sort = 'blob'",
        [matter_id],
    )
    return {seq: crypto.opening_key(private, head) for seq, head in heads}


def blob_read(*, matter_id: int, seq: int, key: bytes) -> bytes:
    """The bytes of one file, by the key of that one file. Raises crypto.WrongKey."""
    found = row(
        "SELECT content FROM vault.item WHERE matter_id = %s AND seq = %s AND sort = 'blob'",
        [matter_id, seq],
    )
    if found is None:
        raise crypto.WrongKey
    context = item_context(matter_id, seq, BLOB)
    return crypto.unpadded(crypto.unseal_with(key, found[0], context=context))


def matter_private(acting: Actor, matter: Matter, passphrase: str) -> bytes:
    """The matter's private key, opened with the actor's own. MatterError if it is not theirs."""
    key_id, own = official_unlock(account_id=acting.account_id, passphrase=passphrase)
    found = row(
        "SELECT sealed FROM vault.wrap WHERE matter_id = %s AND official_key_id = %s",
        [matter.pk, key_id],
    )
    if found is None:
        raise NotAllowed(
            _("Your key does not open this matter; ask one of its designated people to grant it.")
        )
    return unsealed(own.private, found[0], context=wrap_context(matter.pk))


def unsealed(private: bytes, sealed: bytes, *, context: bytes) -> bytes:
    """crypto.unseal for a key that should fit. If it does not, somebody has changed the rows."""
    try:
        return crypto.unseal(private, sealed, context=context)
    except crypto.WrongKey:
        raise MatterError(
            _(
                "What lies in the vault of this matter was changed from outside or damaged;"
                " nothing was opened. Tell the inspector and whoever keeps the backups."
            )
        ) from None


# -- who may read -----------------------------------------------------------------------------


def vault_grant(
    *, acting: Actor, matter: Matter, passphrase: str, to_account_ids: Iterable[int]
) -> list[int]:
    """Let more officials read: the key wrapped for each, and each among `designated`.

    Returns the accounts granted. MatterError for somebody without a key or position, or walled.
    """
    check_reach(acting, matter)
    wanted = sorted(set(to_account_ids))
    keys = public_keys(wanted)
    if not wanted or len(keys) != len(wanted):
        raise MatterError(_("Choose officials who have a key of the vault."), field="account")
    private = matter_private(acting, matter, passphrase)
    with transaction.atomic():
        _lock(acting, matter)
        for account in Account.objects.filter(pk__in=wanted):
            _check_receiver(account, matter)
        for _account, key_id, public in keys:
            _wrap(matter.pk, private, public, holder="official", key_id=key_id)
        _designate(matter, sorted({*matter.designated, *wanted}))
        entry_of(acting, matter, "vault.granted", accounts=_named(wanted))
    return wanted


def _lock(acting: Actor, matter: Matter) -> None:
    """Hold the row and read again for whom it is sealed.

    While the passphrase was turned into a key the matter may have risen, or the receiver may have
    been walled off: neither is undone by what this request saw before.
    """
    fresh = Matter.objects.select_for_update().get(pk=matter.pk)
    matter.path, matter.level, matter.designated = fresh.path, fresh.level, fresh.designated
    # A step may have walled somebody off whom the row does not name yet.
    for name in ("walled_accounts", "walled_paths"):
        setattr(matter, name, sorted({*getattr(matter, name), *getattr(fresh, name)}))
    check_reach(acting, matter)


def _check_receiver(account: Account, matter: Matter) -> None:
    actor = actor_for(account)
    walled = account.pk in matter.walled_accounts or set(matter.walled_paths) & set(
        actor.unit_paths
    )
    if walled or not account.is_active or not actor.handles_content:
        raise MatterError(
            _("%(name)s may not open this matter.") % {"name": account.name}, field="account"
        )


@transaction.atomic
def vault_revoke(*, acting: Actor, matter: Matter, account_ids: Iterable[int]) -> None:
    """Take the key away from officials. The last one cannot be taken away.

    Who has read may have kept a copy: rotate the matter's keys after it.
    """
    _lock(acting, matter)
    gone = sorted(set(account_ids))
    with vault_role() as cursor:
        cursor.execute(
            "DELETE FROM vault.wrap w USING vault.official_key k"
            " WHERE w.official_key_id = k.id AND w.matter_id = %s AND k.account_id = ANY(%s)",
            [matter.pk, gone],
        )
    if not holders_of(matter):
        raise MatterError(_("Somebody must be able to open the matter; grant it first."))
    _designate(matter, [account for account in matter.designated if account not in gone])
    entry_of(acting, matter, "vault.revoked", accounts=_named(gone))


def holders_of(matter: Matter) -> list[int]:
    """The accounts whose current key opens the matter, sorted."""
    found = rows(
        "SELECT DISTINCT k.account_id FROM vault.wrap w JOIN vault.official_key k"
        " ON k.id = w.official_key_id WHERE w.matter_id = %s AND k.retired_at IS NULL"
        " ORDER BY k.account_id",
        [matter.pk],
    )
    return [account_id for (account_id,) in found]


def _designate(matter: Matter, accounts: list[int]) -> None:
    matter.designated = accounts
    Matter.objects.filter(pk=matter.pk).update(designated=accounts)


def vault_rotate_matter(*, acting: Actor, matter: Matter, passphrase: str) -> None:
    """New keys for the matter, everything sealed anew: who was revoked can use no copy any more."""
    check_reach(acting, matter)
    old = matter_private(acting, matter, passphrase)
    with transaction.atomic():
        with vault_role() as cursor:
            _rotate(cursor, matter.pk, old, crypto.pair_new())
        entry_of(acting, matter, "vault.rotated")


def _rotate(cursor: Any, matter_id: int, old: bytes, pair: crypto.KeyPair) -> None:
    cursor.execute(
        "UPDATE vault.matter_key SET public = %s, generation = generation + 1 WHERE matter_id = %s",
        [pair.public, matter_id],
    )
    cursor.execute("SELECT id, public FROM vault.wrap WHERE matter_id = %s", [matter_id])
    for wrap_id, public in cursor.fetchall():
        sealed = crypto.seal(bytes(public), pair.private, context=wrap_context(matter_id))
        cursor.execute("UPDATE vault.wrap SET sealed = %s WHERE id = %s", [sealed, wrap_id])
    cursor.execute(
        "SELECT seq, sort FROM vault.item WHERE matter_id = %s ORDER BY seq", [matter_id]
    )
    for seq, sort in cursor.fetchall():  # one at a time: files are large
        _reseal(cursor, matter_id, seq, sort, old, pair.public)


def _reseal(cursor: Any, matter_id: int, seq: int, sort: str, old: bytes, public: bytes) -> None:
    place = [matter_id, seq]
    cursor.execute("SELECT content FROM vault.item WHERE matter_id = %s AND seq = %s", place)
    context = item_context(matter_id, seq, sort)
    plain = crypto.unseal(old, bytes(cursor.fetchone()[0]), context=context)
    cursor.execute(
        "UPDATE vault.item SET content = %s WHERE matter_id = %s AND seq = %s",
        [crypto.seal(public, plain, context=context), *place],
    )


def recovery_key_new() -> tuple[str, str]:
    """A new pair for the province as hexadecimal digits: (public, private)."""
    pair = crypto.pair_new()
    return pair.public.hex(), pair.private.hex()


@transaction.atomic
def vault_recover(*, matter: Matter, recovery: bytes, to_account_ids: Sequence[int]) -> None:
    """Grant with the province's recovery key (32 bytes), brought from where it is kept off-line.

    Raises MatterError; ValueError when it is not 32 bytes.
    """
    found = row(
        "SELECT sealed FROM vault.wrap WHERE matter_id = %s AND holder = 'recovery'"
        " AND public = %s",
        [matter.pk, crypto.pair_from(recovery).public],
    )
    if found is None:
        raise MatterError(_("The recovery key does not open this matter."))
    private = unsealed(recovery, found[0], context=wrap_context(matter.pk))
    keys = public_keys(to_account_ids)
    if not keys:
        raise MatterError(_("Choose officials who have a key of the vault."), field="account")
    for account in Account.objects.filter(pk__in=to_account_ids):
        _check_receiver(account, matter)
    for _account, key_id, public in keys:
        _wrap(matter.pk, private, public, holder="official", key_id=key_id)
    granted = [account for account, _key, _public in keys]
    _designate(matter, sorted({*matter.designated, *granted}))
    entry_of(SYSTEM, matter, "vault.recovered", accounts=_named(granted))


# -- inside -----------------------------------------------------------------------------------


def check_reach(acting: Actor, matter: Matter) -> None:
    """Only those to whom the policy opens the sealed matter; for others it does not exist."""
    if not (
        acting.is_official
        and matter.is_sealed
        and policies.may_see(acting, matter)
        and policies.sealed_scope(acting, matter)
    ):
        raise NotAllowed(_("There is no such matter, or you may not see it."))


def entry_of(acting: Actor, matter: Matter, act: str, **facts: Any) -> None:
    entry_append(
        matter=matter,
        act=act,
        acting=acting,
        audience=Audience.OFFICIAL,
        before=matter.state,
        after=matter.state,
        facts=facts,
    )


def _named(account_ids: Sequence[int]) -> list[dict[str, Any]]:
    people = Account.objects.filter(pk__in=account_ids).order_by("pk")
    return [{"account": account.pk, "name": account.name} for account in people]


def item_context(matter_id: int, seq: int, sort: str) -> bytes:
    return f"item:{matter_id}:{seq}:{sort}".encode()


def receipt_pair_of(secret: str) -> tuple[bytes, crypto.KeyPair]:
    """Locator and pair of a receipt's secret, with the salt and cost of this deployment.

    Blanks, dashes and case do not matter.
    """
    secret = re.sub(r"[^A-Z0-9]", "", clean(secret)[:100].upper())
    found = row("SELECT value FROM vault.setting WHERE name = 'receipt'")
    if found is None:
        fresh = settings.VAULT_SCRYPT_N.to_bytes(4, "big") + os.urandom(16)
        run(
            "INSERT INTO vault.setting (name, value) VALUES ('receipt', %s)"
            " ON CONFLICT (name) DO NOTHING",
            [fresh],
        )
        found = row("SELECT value FROM vault.setting WHERE name = 'receipt'") or (fresh,)
    value = found[0]
    return crypto.receipt_pair(secret, salt=value[4:], n=int.from_bytes(value[:4], "big"))
