"""The denouncer's way back: sixteen digits, no account, no cookie, nothing in the address."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.papers.services import Upload
from dongthuan.core.people.actors import ANONYMOUS
from dongthuan.core.text import clean
from dongthuan.work.denunciations.vault import crypto
from dongthuan.work.denunciations.vault.keys import wrap_context
from dongthuan.work.denunciations.vault.matters import (
    TEXT_MAX,
    items_opened,
    receipt_pair_of,
    vault_file_add,
    vault_seal,
)
from dongthuan.work.denunciations.vault.shapes import (
    DENOUNCER,
    FILE,
    MESSAGE,
    PROTECTION,
    REPLY,
    WITHDRAWAL,
    Thread,
)
from dongthuan.work.denunciations.vault.tables import row

SHOWN = (REPLY, WITHDRAWAL, PROTECTION, MESSAGE, FILE)
SECONDS = 30 * 60


def secret_plausible(text: str) -> bool:
    """Whether a text can be a receipt: sixteen digits, or twelve signs of an earlier receipt."""
    return bool(
        re.fullmatch(r"\d{16}|[A-Z0-9]{12}", re.sub(r"[\s.-]", "", clean(text)[:100].upper()))
    )


def receipt_matter(*, secret: str) -> int | None:
    """The matter that a secret finds, or None; costs one scrypt."""
    found = row("SELECT matter_id FROM vault.wrap WHERE locator = %s", [receipt_pair_of(secret)[0]])
    return int(found[0]) if found else None


def vault_thread(*, receipt: str) -> Thread | None:
    """What the receipt opens, or None: one answer, at one price, for every failure."""
    locator, pair = receipt_pair_of(receipt)
    return _thread(locator, pair.private)


def _thread(locator: bytes, own: bytes) -> Thread | None:
    found = row("SELECT matter_id, sealed FROM vault.wrap WHERE locator = %s", [locator])
    if found is None:
        return None
    matter_id, sealed = found
    try:
        private = crypto.unseal(own, sealed, context=wrap_context(matter_id))
    except crypto.WrongKey:
        return None
    # What officials have filed is no part of what they tell the denouncer.
    items = [
        item
        for item in items_opened(matter_id, private, SHOWN)
        if item.sort == MESSAGE or item.author == DENOUNCER
    ]
    return Thread(matter_id, locator, own, items)


def thread_handle(thread: Thread) -> str:
    """What a hidden field carries from page to page for half an hour: sealed under the server's
    key, and worth nothing to the server without the page. It holds no content."""
    return _box().encrypt(thread.locator + thread.private).decode()


def vault_thread_again(*, handle: str) -> Thread | None:
    """The thread of a handle that is younger than half an hour, read anew; else None."""
    try:
        said = _box().decrypt(handle.encode(), ttl=SECONDS)
    except InvalidToken:
        return None
    return _thread(said[:16], said[16:])


def form_digits(token: str) -> str:
    """The digits of a form: the same form sent twice shows the same receipt.

    The token (43 random signs) lives in the page alone; the server keeps neither it nor a way to
    make it again.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]{43}", token):
        raise MatterError(_("This form is too old or damaged; open it anew and send it again."))
    return crypto.digits_new(token.encode())


def form_token() -> str:
    return secrets.token_urlsafe(32)


@transaction.atomic
def vault_reply(
    *,
    thread: Thread,
    text: str,
    files: Sequence[Upload] = (),
    sort: str = REPLY,
    once: str = "",
) -> Matter | None:
    """The denouncer writes: an answer, a withdrawal, a request for protection.

    The Entry says that it was written, not what. The same `once` again writes nothing and
    returns None.
    """
    if sort not in (REPLY, WITHDRAWAL, PROTECTION):
        raise ValueError(sort)
    text = clean(text)
    if not text or len(text) > TEXT_MAX:
        raise MatterError(_("Write what you want to say, in at most 20,000 letters."), field="text")
    if len(files) > settings.UPLOAD_MAX_FILES:
        raise MatterError(
            _("At most %(limit)s files can be sent; please leave some out.")
            % {"limit": settings.UPLOAD_MAX_FILES},
            field="files",
        )
    matter = Matter.objects.select_for_update().get(pk=thread.matter_id)
    if once and row(
        "SELECT 1 FROM vault.item WHERE matter_id = %s AND once = %s", [matter.pk, once]
    ):
        return None
    vault_seal(matter=matter, sort=sort, content={"text": text}, once=once)
    for upload in files:
        vault_file_add(matter=matter, upload=upload)
    matter.replied_at = clock.now()
    matter.save(update_fields=["replied_at"])
    entry_append(
        matter=matter,
        act=f"denouncer.{sort}",
        acting=ANONYMOUS,
        audience=Audience.OFFICIAL,
        before=matter.state,
        after=matter.state,
        facts={"files": len(files)} if files else {},
    )
    return matter


def _box() -> Fernet:
    key = hashlib.sha256(b"vault-thread:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
