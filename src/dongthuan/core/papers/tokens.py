"""Signed handles that carry pending files through a form of several pages without a session."""

from __future__ import annotations

from collections.abc import Iterable

from django.core import signing

from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.models import Attachment

SECONDS = 24 * 3600
_SALT = "dongthuan.papers.attachment"


def attachment_token(attachment: Attachment) -> str:
    """A handle for a hidden field, good for 24 hours and only while the file is pending."""
    return signing.dumps(attachment.uuid.hex, salt=_SALT)


def attachment_from_token(token: str) -> Attachment:
    """The pending file of a handle; UploadError('expired') for any other string."""
    return attachments_from_tokens([token])[0]


def attachments_from_tokens(tokens: Iterable[str]) -> list[Attachment]:
    """The pending files of the handles, in their order and each once: one query.

    One handle that is forged, too old or already used refuses them all, for a file that silently
    went missing could be the one that mattered.
    """
    try:
        wanted = [signing.loads(token, salt=_SALT, max_age=SECONDS) for token in tokens]
    except signing.BadSignature:
        raise UploadError("expired") from None
    wanted = list(dict.fromkeys(wanted))
    found = {
        attachment.uuid.hex: attachment
        for attachment in Attachment.objects.filter(uuid__in=wanted, state=Attachment.State.PENDING)
    }
    if len(found) != len(wanted):
        raise UploadError("expired")
    return [found[handle] for handle in wanted]
