"""Words that everybody may read: what every room checks before it publishes them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.text import clean, personal_data


def impersonal_check(text: str, field: str, *, names: tuple[str, ...] = ()) -> None:
    """Refuse what looks like personal data, or names one of `names`; MatterError with `field`."""
    if found := personal_data(text, names=names):
        raise MatterError(
            _("Take out what looks like personal data; this text is public: %(found)s.")
            % {"found": ", ".join(found[:5])},
            field=field,
        )


def public_text(text: str, field: str, *, most: int = 20_000) -> str:
    """Cleaned words that everybody may read: no personal data, not too long."""
    text = clean(text)
    if len(text) > most:
        raise MatterError(
            _("The text is longer than %(max)s letters.") % {"max": f"{most:,}".replace(",", ".")},
            field=field,
        )
    impersonal_check(text, field)
    return text
