"""Handles that a page carries for half an hour, so that no passphrase is typed for each file."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Matter
from dongthuan.core.people.actors import Actor
from dongthuan.work.denunciations.vault import crypto
from dongthuan.work.denunciations.vault.matters import blob_read, check_reach, entry_of, holders_of
from dongthuan.work.denunciations.vault.shapes import VaultItem

SECONDS = 30 * 60


@dataclass(frozen=True, repr=False)
class OpenedFile:
    """A file of the vault, opened: in memory, for one answer."""

    name: str
    content_type: str
    data: bytes


def file_handle(*, acting: Actor, matter: Matter, item: VaultItem) -> str:
    """What opens this one file for this one official; it lives in the page, not on the server."""
    said = [
        acting.account_id,
        matter.pk,
        item.content["blob"],
        base64.b64encode(item.key).decode(),
        item.content["name"],
        item.content["content_type"],
    ]
    return _box().encrypt(json.dumps(said).encode()).decode()


def vault_file_open(*, acting: Actor, matter: Matter, handle: str) -> OpenedFile:
    """The file of a handle, with its entry. MatterError when the half hour is over."""
    check_reach(acting, matter)
    try:
        said = json.loads(_box().decrypt(handle.encode(), ttl=SECONDS))
        account, number, seq, key, name, content_type = said
        if (account, number) != (acting.account_id, matter.pk):
            raise crypto.WrongKey
        if acting.account_id not in holders_of(matter):
            raise crypto.WrongKey  # the key was taken away meanwhile
        data = blob_read(matter_id=matter.pk, seq=seq, key=base64.b64decode(key))
    except (InvalidToken, crypto.WrongKey):
        raise MatterError(_("The vault was closed again; open it anew.")) from None
    entry_of(acting, matter, "vault.file")
    return OpenedFile(name, content_type, data)


def _box() -> Fernet:
    key = hashlib.sha256(b"vault-file:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
