"""Asking the province (xin ý kiến) and its opinion: the request seats those who answer."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.services import matter_settle
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Position
from dongthuan.work.hotspots import rules
from dongthuan.work.hotspots.models import Hotspot, Part, Request, Seat
from dongthuan.work.hotspots.services import (
    duties_keep,
    held,
    noted,
    positions_above,
    sight_settle,
)


@transaction.atomic
def request_send(
    *,
    acting: Actor,
    hotspot: Hotspot,
    positions: Sequence[Position],
    question: str,
    document: str,
) -> Request:
    """Ask bodies of the province; their positions see the hot spot from now on and owe an opinion.

    The body of the first position owes it (rule `hs.opinion`). Raises NotAllowed, MatterError.
    """
    hotspot = held(acting, hotspot)
    rules.lead_check(acting, hotspot)
    document = rules.document_said(document)
    question = rules.said(question, "question", most=10_000, needed=_("Write what you ask."))
    allowed = set(positions_above(hotspot).values_list("pk", flat=True))
    if not positions or {position.pk for position in positions} - allowed:
        raise MatterError(_("Choose positions of the province."), field="positions")
    made = Request.objects.create(
        hotspot=hotspot, to=positions[0].unit, document=document, question=question,
        asked_at=clock.now(),
    )  # fmt: skip
    for position in positions:
        Seat.objects.get_or_create(
            hotspot=hotspot, position=position, part=Part.CONSULTED, group=None, left_on=None,
            defaults={"document": document, "since": clock.today()},
        )  # fmt: skip
    sight_settle(hotspot)
    facts = {"document": document, "to_unit": made.to.name}
    noted(acting, hotspot, "asked", facts, question)
    duties_open(
        matter=hotspot, rules=[(rules.OPINION, "asked", clock.now())], now=clock.now(),
        owner=made.to, subject=str(made.pk),
    )  # fmt: skip
    duties_keep(hotspot, rules.PROVINCE)
    return made


@transaction.atomic
def request_answer(*, acting: Actor, request: Request, opinion: str, document: str) -> Request:
    """The opinion of those who were asked. Raises NotAllowed, MatterError (opinion, document)."""
    hotspot = held(acting, request.hotspot, at_work=False)
    if not acting.is_system and Part.CONSULTED not in rules.parts_of(acting, hotspot):
        raise NotAllowed(_("Only those who were asked give the opinion."))
    request = Request.objects.select_for_update().get(pk=request.pk)
    if request.answered_at:
        raise MatterError(_("This request was answered already."))
    request.opinion = rules.said(opinion, "opinion", most=10_000, needed=_("Write the opinion."))
    request.opinion_document = rules.document_said(document)
    request.answered_at = clock.now()
    request.save(update_fields=["opinion", "opinion_document", "answered_at"])
    facts = {"document": request.opinion_document, "origin": request.document}
    noted(acting, hotspot, "opinion", facts, request.opinion)
    duties_keep(hotspot, rules.OPINION, subject=str(request.pk))
    matter_settle(matter=hotspot)
    return request
