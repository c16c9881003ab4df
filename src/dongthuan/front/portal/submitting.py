"""The state of a submission under way. It lives in the page's hidden fields, nowhere else."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.models import Paper
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.models import Attachment
from dongthuan.core.papers.services import Upload, attachment_store
from dongthuan.core.papers.tokens import attachment_token, attachments_from_tokens
from dongthuan.core.text import clean
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Tier, Unit
from dongthuan.core.units.selectors import unit_by_code, unit_successors, units_search
from dongthuan.front.portal.forms import DECLARED, WhatForm, WhereForm, WhoForm

STEPS = ("what", "where", "who")
FIELDS = {
    "what": ("declared", "text"),
    "where": ("commune", "village", "place_text"),
    "who": ("name", "address", "phone", "email"),
}
ALL_FIELDS = tuple(name for names in FIELDS.values() for name in names)
# A hidden field of an earlier step; longer than any field may be, so that errors can be shown.
LONGEST = 200_000
TOKENS_MOST = 40
_FORM_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
# What the entrances of the front page say in their links.
DECLARED_IN_LINK = {
    "phan-anh": "feedback",
    "hien-truong": "field",
    "kien-nghi": "recommendation",
    "khieu-nai": "complaint",
}


@dataclass(frozen=True)
class Draft:
    """All that was typed so far, as typed, and the handles of the files sent so far."""

    values: dict[str, str]
    form_token: str
    tokens: tuple[str, ...] = ()
    files: tuple[Attachment, ...] = field(default=(), compare=False)

    def hidden(self, step: str) -> list[tuple[str, str]]:
        """What the page of a step carries along unseen."""
        shown = FIELDS[step]
        return [
            (name, value)
            for name, value in self.values.items()
            if name not in shown and (value or name == "declared")
        ]

    def form(self, step: str, *, bound: bool) -> forms.Form:
        """The step's form, filled in; only a bound one complains."""
        given: dict = {"data": self.values} if bound else {"initial": self.values}
        if step == "who":
            return WhoForm(**given, declared=self.values.get("declared", ""))
        return {"what": WhatForm, "where": WhereForm}[step](**given)

    @property
    def with_files(self) -> list[tuple[str, Attachment]]:
        return list(zip(self.tokens, self.files, strict=True))


def draft_new(query: QueryDict) -> Draft:
    """An empty draft; a link may name the unit (`don-vi`) and what it will be (`loai`)."""
    values = dict.fromkeys(ALL_FIELDS, "")
    values["declared"] = DECLARED_IN_LINK.get(query.get("loai", ""), "")
    values |= place_values(clean(query.get("don-vi", ""))[:60])
    return Draft(values, secrets.token_urlsafe(24))


def draft_posted(post: QueryDict) -> Draft:
    values = {name: post.get(name, "")[:LONGEST] for name in ALL_FIELDS}
    if values["declared"] not in dict(DECLARED):
        values["declared"] = ""
    token = post.get("form_token", "")
    return Draft(
        values,
        token if _FORM_TOKEN.fullmatch(token) else secrets.token_urlsafe(24),
        tuple(dict.fromkeys(post.getlist("file")))[:TOKENS_MOST],
    )


def draft_renewed(draft: Draft) -> Draft:
    """The same content as a new submission, under a key of its own."""
    return replace(draft, form_token=secrets.token_urlsafe(24))


# -- files ----------------------------------------------------------------------------------------


def draft_files(draft: Draft) -> tuple[Draft, list[str]]:
    """The draft with its files, and what is wrong with those that can no longer be had."""
    try:
        return replace(draft, files=tuple(attachments_from_tokens(draft.tokens))), []
    except UploadError:
        pass
    tokens, files, problems = [], [], []
    for token in draft.tokens:
        try:
            files += attachments_from_tokens([token])
            tokens.append(token)
        except UploadError as error:
            problems.append(error.message)
    return replace(draft, tokens=tuple(tokens), files=tuple(files)), sorted(set(problems))


def draft_add(draft: Draft, uploads: Iterable[Upload]) -> tuple[Draft, list[str]]:
    """Keep the uploads that may come in; each refused one gets its sentence, the rest stay.

    Who is signed in is not kept with a file: it may turn out to belong to a denunciation.
    """
    tokens, files, problems = list(draft.tokens), list(draft.files), []
    for upload in uploads:
        if len(files) >= settings.UPLOAD_MAX_FILES:
            problems.append(UploadError("count", limit=settings.UPLOAD_MAX_FILES).message)
            break
        try:
            kept = attachment_store(upload=upload)
        except UploadError as error:
            problems.append(error.message)
        else:
            files.append(kept)
            tokens.append(attachment_token(kept))
    return replace(draft, tokens=tuple(tokens), files=tuple(files)), problems


def draft_without(draft: Draft, number: str) -> Draft:
    """The draft without its n-th file (from 1); the sweep deletes what nobody hands in."""
    at = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 4 else -1
    if not 0 <= at < len(draft.tokens):
        return draft
    tokens, files = list(draft.tokens), list(draft.files)
    del tokens[at], files[at]
    return replace(draft, tokens=tuple(tokens), files=tuple(files))


def draft_sent(draft: Draft) -> tuple[Draft, list[str]]:
    """`draft_files` for sending: when a browser sends the same form once more, its handles no
    longer hold, for the files have become part of the record; then they are those of the record.
    """
    found, problems = draft_files(draft)
    if problems:
        handed_in = _handed_in(draft.form_token)
        if len(handed_in) == len(draft.tokens):
            return replace(draft, files=tuple(handed_in)), []
    return found, problems


def _handed_in(form_token: str) -> list[Attachment]:
    papers = Paper.objects.filter(
        matter__submissions__idempotency_key=f"web-{form_token}", entry__act="petition.received"
    )
    return [paper.attachment for paper in papers.select_related("attachment").order_by("pk")]


# -- places ---------------------------------------------------------------------------------------


def draft_place(draft: Draft) -> Unit:
    """The village, else the commune, of a draft whose second step is in order."""
    where = WhereForm(data=draft.values)
    where.is_valid()
    if where.place is None:
        raise UnitError(_("Choose one of the places in the list."))
    return where.place


def place_values(code: str) -> dict[str, str]:
    """The fields of a commune or village by its code; of a former one, by its only successor."""
    try:
        unit = unit_by_code(code) if code else None
    except ValueError:
        unit = None
    if unit is None or not unit_by_code(settings.SCOPE).contains(unit):
        return {}
    heirs = unit_successors(unit, clock.today())
    if len(heirs) != 1:
        return {}
    unit = heirs[0]
    if unit.tier == Tier.VILLAGE:
        return {"commune": unit.code.rpartition("-")[0], "village": unit.code}
    if unit.tier == Tier.ORGAN:
        return place_values(unit.path.split(".")[2]) if unit.path.count(".") > 3 else {}
    return {"commune": unit.code, "village": ""} if unit.tier == Tier.COMMUNE else {}


@dataclass(frozen=True)
class Found:
    """A place found by name: its code, and the note that tells it from others."""

    code: str
    name: str
    note: str


def places_found(q: str) -> list[Found]:
    """Communes and villages of today whose name is asked for; a former one leads to its heirs."""
    scope, today = unit_by_code(settings.SCOPE), clock.today()
    found: dict[str, Found] = {}
    for unit in units_search(q, within=scope, former=True, limit=30).select_related("parent"):
        if unit.tier in (Tier.ORGAN, Tier.PROVINCE):
            continue
        for heir in _today(unit):
            note = heir.parent.label if heir.tier == Tier.VILLAGE and heir.parent else ""
            if not unit.in_force_on(today):
                note = _("formerly %(name)s") % {"name": unit.label}
            found.setdefault(heir.code, Found(heir.code, heir.label, note))
    return list(found.values())[:20]


def _today(unit: Unit) -> list[Unit]:
    heirs = unit_successors(unit, clock.today())
    return [heir for heir in heirs if heir.tier in (Tier.COMMUNE, Tier.VILLAGE)]
