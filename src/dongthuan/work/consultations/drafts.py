"""The text on which people comment: cut into numbered paragraphs whose links keep their meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience
from dongthuan.core.matters.wording import public_text
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.work.consultations.models import Consultation, Draft, Paragraph
from dongthuan.work.consultations.services import consultation_lock

MOST_TEXT, MOST_PARAGRAPHS = 200_000, 1_000
# How alike two paragraphs are that count as one, reworded.
ALIKE = 0.6
_HEADING = re.compile(r"(phần|chương|mục|điều)\s+[\divxlc]+\b", re.IGNORECASE)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text: blank lines part them; without any, each line is one."""
    text = clean(text)
    parts = re.split(r"\n\s*\n", text) if re.search(r"\n\s*\n", text) else text.split("\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


def is_heading(text: str) -> bool:
    """A short line that opens a part ('Điều 3. …'), or is written in capitals.

    A line that ends as a sentence is an article of one sentence: people comment on it.
    """
    named = _HEADING.match(text)
    if named and text[named.end() :].strip(" .:") and text.rstrip().endswith((".", ";")):
        return False
    return len(text) <= 120 and bool(named or (text.isupper() and len(text) > 3))


def anchors_for(before: Sequence[tuple[int, str]], texts: Sequence[str]) -> list[int]:
    """An anchor for each paragraph: that of the same or a reworded one before, else a new number.

    `before`: (anchor, text) of the earlier version in its order. New anchors are never those of a
    paragraph that was taken out.
    """
    fresh = max((anchor for anchor, _text in before), default=0) + 1
    found: list[int | None] = [None] * len(texts)
    old = [text for _anchor, text in before]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, list(texts), False).get_opcodes():
        if tag == "equal":
            found[j1:j2] = [anchor for anchor, _text in before[i1:i2]]
        elif tag == "replace":
            found[j1:j2] = _reworded(before[i1:i2], texts[j1:j2])
    answer = []
    for anchor in found:
        answer.append(fresh if anchor is None else anchor)
        fresh += anchor is None
    return answer


def _reworded(before: Sequence[tuple[int, str]], texts: Sequence[str]) -> list[int | None]:
    """In a stretch that changed: each text takes the next earlier paragraph that is alike."""
    found: list[int | None] = []
    start = 0
    # Comparing each with each takes time by the square: a text written anew is compared in order.
    reach = len(before) if len(before) * len(texts) <= 2_500 else 1
    for text in texts:
        alike = next(
            (
                at
                for at in range(start, min(start + reach, len(before)))
                if SequenceMatcher(None, before[at][1], text, False).ratio() >= ALIKE
            ),
            None,
        )
        found.append(None if alike is None else before[alike][0])
        start = start if alike is None else alike + 1
    return found


@transaction.atomic
def draft_add(
    *, acting: Actor, consultation_id: int, title: str, text: str, note: str = ""
) -> Draft:
    """Put in the text. Before publication it takes the place of what was there; while opinions
    are taken it cannot change, for people would speak to different texts; after the closing a new
    version shows what was taken up. Raises MatterError (title, text), NotAllowed.
    """
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    if matter.state not in ("drafted", "planned", "closed", "synthesised"):
        raise MatterError(
            _("The text cannot change now: people have been shown this one (Art. 28.2).")
        )
    title = public_text(title, "title", most=300)
    note = public_text(note, "note", most=500)
    texts = paragraphs_of(public_text(text, "text", most=MOST_TEXT))
    if not title:
        raise MatterError(_("Give the text a title."), field="title")
    if not texts or len(texts) > MOST_PARAGRAPHS:
        raise MatterError(_("The text is empty, or has more than 1,000 paragraphs."), field="text")
    draft = _write(matter, title, note, texts)
    entry_append(
        matter=matter, act="consultation.draft", acting=acting, audience=Audience.OFFICIAL,
        before=matter.state, after=matter.state,
        facts={"version": draft.number, "paragraphs": len(texts)},
    )  # fmt: skip
    return draft


def _write(matter: Consultation, title: str, note: str, texts: Sequence[str]) -> Draft:
    last = matter.drafts.order_by("-number").first()
    before: list[tuple[int, str]] = []
    if last and not matter.is_published:
        last.paragraphs.all().delete()
        Draft.objects.filter(pk=last.pk).update(title=title, note=note)
        draft = Draft.objects.get(pk=last.pk)
    else:
        if last:
            before = list(last.paragraphs.order_by("number").values_list("anchor", "text"))
        number = last.number + 1 if last else 1
        draft = Draft.objects.create(consultation=matter, number=number, title=title, note=note)
    Paragraph.objects.bulk_create(
        Paragraph(draft=draft, number=n, anchor=anchor, heading=is_heading(text), text=text)
        for n, (anchor, text) in enumerate(
            zip(anchors_for(before, texts), texts, strict=True), start=1
        )
    )
    return draft
