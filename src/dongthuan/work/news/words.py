"""Words of articles: what may stand in them, and what acts and facts are called."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.text import personal_data

MOST = {"title": 200, "lead": 600, "body": 20_000}

ACTS = {
    "article.drafted": gettext_lazy("an article was drafted"),
    "article.edited": gettext_lazy("the draft was written anew"),
    "article.picture": gettext_lazy("a picture was added"),
    "article.picture_removed": gettext_lazy("a picture was taken out"),
}
FACTS = {"due_at": gettext_lazy("to appear")}


def words_checked(*, title: str, lead: str, body: str, numbers_public: bool) -> None:
    """Refuse an article without title or body, too long, or with numbers of people.

    News may give the telephone of an office: whoever writes says so with `numbers_public`.
    Raises MatterError with its field.
    """
    if len(title) < 5:
        raise MatterError(_("Write a title."), field="title")
    if len(body) < 20:
        raise MatterError(_("Write the article."), field="body")
    for name, text in (("title", title), ("lead", lead), ("body", body)):
        if len(text) > MOST[name]:
            raise MatterError(
                _("The text is longer than %(max)s letters.")
                % {"max": f"{MOST[name]:,}".replace(",", ".")},
                field=name,
            )
        if not numbers_public and (found := personal_data(text)):
            raise MatterError(
                _("This looks like personal data: %(found)s. Take it out, or confirm that it "
                  "belongs to an office.") % {"found": ", ".join(found[:5])},
                field=name,
            )  # fmt: skip
