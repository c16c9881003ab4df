"""What goes wrong with a file or a document, said in one plain sentence that tells what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("The file “%(name)s” is empty; please choose another."),
    "size": _("The file “%(name)s” is larger than %(limit)s MB; please send a smaller one."),
    "count": _("At most %(limit)s files can be sent; please leave some out."),
    "type": _(
        "The file “%(name)s” is of a kind that is not accepted; please send a picture (JPG, PNG,"
        " WebP), a PDF, a Word, Excel or OpenDocument file, or plain text."
    ),
    "extension": _(
        "The name of “%(name)s” does not fit what is inside; please send the file under its"
        " own name."
    ),
    "heic": _(
        "The picture “%(name)s” is in Apple's HEIC form, which many computers cannot open; on the"
        " telephone choose Settings › Camera › Formats › Most Compatible, or send a screenshot."
    ),
    "old_office": _(
        "The file “%(name)s” is of an old kind or has a password; please save it as .docx, .xlsx"
        " or PDF without a password."
    ),
    "damaged": _("The file “%(name)s” is damaged and cannot be read; please send it anew."),
    "pixels": _("The picture “%(name)s” has too many pixels; please send a smaller one."),
    "locked": _("The file “%(name)s” has a password; please send it without one."),
    "active": _(
        "The file “%(name)s” carries programs or other files inside; please print it to a plain"
        " PDF, or send pictures of its pages."
    ),
    "bomb": _("The file “%(name)s” unpacks to far too much; please send a plain PDF of it."),
    "uncheckable": _(
        "The file “%(name)s” is built in a way that cannot be checked; please print it to a new"
        " PDF, or send pictures of its pages."
    ),
    "infected": _("The virus scanner refused the file “%(name)s”; please do not send it."),
    "unscanned": _(
        "The file “%(name)s” could not be checked for viruses just now; please try again later."
    ),
    "expired": _("The files were sent too long ago; please choose them again."),
}


class UploadError(ValueError):
    """A file is refused and nothing of it was kept. `code` is one of `SENTENCES`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def message(self) -> str:
        """The sentence in the language of whoever reads it."""
        return str(SENTENCES[self.code]) % self.params

    def __str__(self) -> str:
        return self.message


class DocumentError(ValueError):
    """A document cannot be issued as asked; no number was used."""
