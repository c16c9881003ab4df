"""What may be told: notices, their updates and answers; written by hand, approved by the head."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Level, Matter
from dongthuan.core.matters.persons import unveiled
from dongthuan.core.matters.wording import impersonal_check
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Unit
from dongthuan.work.hotspots import rules
from dongthuan.work.hotspots.models import Hotspot, Notice, NoticePart
from dongthuan.work.hotspots.services import held, noted

# A code typed with a typographic dash, or spaces around it, is the code all the same.
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")


def _told(hotspot: Hotspot, text: str, field: str, *, most: int, needed: str) -> str:
    """Words for everybody: no person, no stance, and not the code of what lies behind them."""
    text = rules.said(text, field, most=most, needed=needed)
    impersonal_check(text, field)
    if _closed_codes(text):
        raise MatterError(_("Everybody reads this: leave the code out."), field=field)
    return text


def _closed_codes(text: str) -> bool:
    """Whether it names a matter that is not for everybody: this one, a promise in it, another."""
    codes = re.findall(
        r"[A-Z0-9]+(?:-[A-Z0-9]+)*-\d\d-\d{6}", _DASHES.sub("-", unveiled(text)).upper()
    )
    return Matter.objects.filter(code__in=codes, level__gte=Level.RESTRICTED).exists()


@transaction.atomic
def notice_write(
    *,
    acting: Actor,
    hotspot: Hotspot,
    title: str,
    body: str,
    place: Unit | None = None,
    notice: Notice | None = None,
) -> Notice:
    """Draft a notice, or write a draft anew; nobody outside reads it before the head approves."""
    hotspot = held(acting, hotspot, at_work=False)
    rules.work_check(acting, hotspot)
    title = _told(hotspot, title, "title", most=200, needed=_("Write a title."))
    body = _told(hotspot, body, "body", most=10_000, needed=_("Write what may be told."))
    if place is not None and not place.path.startswith(area_of(hotspot.path)):
        raise MatterError(_("The area lies outside the locality."), field="place")
    if notice is None:
        notice = Notice(hotspot=hotspot, unit=hotspot.unit, path=hotspot.path)
    elif notice.hotspot_id != hotspot.pk or notice.state != Notice.State.DRAFT:
        raise MatterError(_("What is published is not written anew; add an update."))
    notice.title, notice.body, notice.place = title, body, place
    notice.is_demo = hotspot.is_demo
    notice.save()
    noted(acting, hotspot, "notice", {"notice": title})
    return notice


@transaction.atomic
def part_write(
    *, acting: Actor, notice: Notice, sort: str, text: str, question: str = ""
) -> NoticePart:
    """Draft an update, or a question with its answer, under a notice."""
    hotspot = held(acting, notice.hotspot, at_work=False)
    rules.work_check(acting, hotspot)
    if notice.state == Notice.State.WITHDRAWN:
        raise MatterError(_("This notice was withdrawn."))
    if sort not in NoticePart.Sort.values:
        raise MatterError(_("Choose what it is."), field="sort")
    asked = ""
    if sort == NoticePart.Sort.QUESTION:
        needed = pgettext("dialogue", "Write the question.")
        asked = _told(hotspot, question, "question", most=500, needed=needed)
    text = _told(hotspot, text, "text", most=5000, needed=_("Write the text."))
    made = NoticePart.objects.create(
        notice=notice, sort=sort, question=asked, text=text, written_at=clock.now()
    )
    noted(acting, hotspot, "notice_part", {"notice": notice.title})
    return made


def _head_check(acting: Actor, hotspot: Hotspot) -> None:
    if not acting.is_system and not rules.is_owner(acting, hotspot):
        raise NotAllowed(_("Only the head approves what is told to everybody."))


@transaction.atomic
def notice_publish(*, acting: Actor, notice: Notice) -> Notice:
    """The head approves a notice: from now on it is public, with the parts approved of it."""
    hotspot = held(acting, notice.hotspot, at_work=False)
    _head_check(acting, hotspot)
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.state != Notice.State.DRAFT:
        raise MatterError(_("This notice is no draft."))
    notice.state, notice.published_at = Notice.State.PUBLISHED, clock.now()
    notice.save(update_fields=["state", "published_at"])
    noted(acting, hotspot, "notice_published", {"notice": notice.title})
    return notice


@transaction.atomic
def part_publish(*, acting: Actor, part: NoticePart) -> NoticePart:
    """The head approves an update or an answer."""
    hotspot = held(acting, part.notice.hotspot, at_work=False)
    _head_check(acting, hotspot)
    part = NoticePart.objects.select_for_update().get(pk=part.pk)
    if part.published_at:
        raise MatterError(_("This was approved already."))
    part.published_at = clock.now()
    part.save(update_fields=["published_at"])
    noted(acting, hotspot, "notice_published", {"notice": part.notice.title})
    return part


@transaction.atomic
def notice_withdraw(*, acting: Actor, notice: Notice, reason: str) -> Notice:
    """The head takes a notice from the public page; the entry keeps that it stood there."""
    hotspot = held(acting, notice.hotspot, at_work=False)
    _head_check(acting, hotspot)
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.state != Notice.State.PUBLISHED:
        raise MatterError(_("This notice is not public."))
    reason = rules.said(reason, "reason", most=300, needed=_("Write the reason."))
    notice.state = Notice.State.WITHDRAWN
    notice.save(update_fields=["state"])
    noted(acting, hotspot, "notice_withdrawn", {"notice": notice.title, "reason": reason})
    return notice
