"""All writes on reviews that are no step: opening what is owed, and leaving what is sealed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.entries import entry_append, payload_erase
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import (
    Audience,
    Duty,
    DutyState,
    Entry,
    Level,
    LinkRole,
    Matter,
    MatterLink,
    Projection,
)
from dongthuan.core.matters.opening import office_of
from dongthuan.core.people.actors import SYSTEM, Actor, area_of
from dongthuan.core.units.models import Position, Role, Unit, in_force
from dongthuan.work.reviews.models import CaseReview
from dongthuan.work.reviews.rules import reasons_of, reasons_words, to_review

A_NIGHT = 500
TITLE = "Rà soát vụ việc"


@transaction.atomic
def review_open(*, acting: Actor, subject: Matter) -> CaseReview | None:
    """Open the review that the head's unit owes of a matter; None if this year's is there.

    Due to be assigned and concluded in the terms of `review.assign` and `review.conclude`. Raises
    NotAllowed for others than the head of the unit and programs of ours, MatterError for a matter
    that no rule puts under review.
    """
    owner = owner_of(subject)
    if not acting.is_system and not any(
        owner.path.startswith(scope.unit_path) for scope in acting.scopes_of(Role.HEAD)
    ):
        raise NotAllowed(_("Only the head of the unit opens a review."))
    # The row is locked, so that a matter cannot be sealed while its review is written.
    Matter.objects.select_for_update(no_key=True).get(pk=subject.pk)
    row = to_review(path=subject.path).filter(pk=subject.pk).select_related("place").first()
    if row is None:
        raise MatterError(_("No rule puts this matter under review today."))
    if CaseReview.objects.filter(subject=row, year=clock.today().year).exists():
        return None
    return _open(acting, row, owner)


def owner_of(subject: Matter) -> Unit:
    """The unit whose head owes the review: that of the matter, or where it has none (a village, a
    board, the Front) the People's Committee of the area. Raises MatterError where there is none."""
    above = [
        ".".join(subject.path.split(".")[: n + 1]) + "." for n in range(subject.path.count("."))
    ]
    seats = Position.objects.filter(
        in_force(clock.today()), role=Role.HEAD, unit__path__in=above
    ).exclude(unit__path__lt=area_of(subject.path))
    if seats.exists():
        return subject.unit
    return office_of(Unit.objects.get(path=area_of(subject.path)))


def _open(acting: Actor, row: Matter, owner: Unit) -> CaseReview:
    now, reasons = clock.now(), reasons_of(row)
    with translation.override("vi"):  # the record speaks one language
        title = f"{TITLE}: {reasons_words(reasons)}"
    review = matter_create(
        acting=acting, model=CaseReview, kind="case_review", unit=owner, title=title,
        act="case_review.owed", listed=False, level=Level(max(row.level, Level.PARTNER)),
        place=row.place, topic=row.topic, is_demo=row.is_demo, audience=Audience.OFFICIAL,
        facts={"reasons": reasons},
        rules=[("review.assign", "event", now), ("review.conclude", "event", now)], now=now,
        subject=row, year=clock.today().year, reasons=reasons,
    )  # fmt: skip
    MatterLink.objects.create(matter=review, other=row, role=LinkRole.ABOUT)
    return review


def reviews_open(*, acting: Actor = SYSTEM, path: str = "", limit: int = A_NIGHT) -> int:
    """Open what is owed of all matters below `path`, the oldest first, once a matter and year.

    Each in its own transaction: one that fails does not stop the others of the night. Returns how
    many were opened.
    """
    today, made = clock.today(), 0
    done = CaseReview.objects.filter(year=today.year, subject__isnull=False)
    owed = to_review(path=path).exclude(pk__in=done.values("subject"))
    # A unit that has ended owes nothing: its successor takes the matter over first.
    owed = owed.exclude(unit__valid_to__lt=today).select_related("unit")
    for row in list(owed.order_by("opened_at", "pk")[:limit]):
        try:
            made += review_open(acting=acting, subject=row) is not None
        except MatterError:  # settled or sealed since it was listed
            continue
    return made


def leave(matter: Matter) -> list[dict[str, Any]]:
    """The reviews of a matter that is sealed now end and know nothing of it any more.

    Returns what was written there, for the vault.
    """
    said = []
    for review in CaseReview.objects.select_for_update(of=("self",)).filter(subject=matter):
        texts = [review.hold_up, review.missing, review.measures]
        said.append({"text": "\n".join(text for text in texts if text), "act": "case_review"})
        _forget(review)
    return said


def _forget(review: CaseReview) -> None:
    now, before = clock.now(), review.state
    for entry in Entry.objects.filter(matter=review, payload__isnull=False):
        payload_erase(entry=entry, acting=SYSTEM, reason="sealed")
    MatterLink.objects.filter(matter=review).delete()
    Projection.objects.filter(pk=review.pk).delete()
    duties = list(Duty.objects.filter(matter=review, state__in=[DutyState.OPEN, DutyState.PAUSED]))
    for duty in duties:
        duty_close(duty=duty, now=now, state=DutyState.WAIVED, carried=True)
        duty.save(update_fields=["state", "closed_at", "reason"])
    review.subject, review.place, review.topic, review.title = None, None, "", TITLE
    review.hold_up = review.missing = review.measures = ""
    review.reasons, review.causes, review.parties = [], [], []
    review.search_text, review.level = review.code, Level.RESTRICTED
    review.state, review.version = "lapsed", review.version + 1
    review.closed_at = review.closed_at or now
    review.next_due_on, review.next_rule = None, ""
    review.save()
    entry_append(
        matter=review, act="case_review.left", acting=SYSTEM, audience=Audience.OFFICIAL,
        before=before, after="lapsed", at=now,
    )  # fmt: skip
