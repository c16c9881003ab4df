"""All writes on inspections that are no step: planning one, a visit with photographs, findings."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import Conflict, MatterError
from dongthuan.core.matters.models import Audience, Level, Matter, Projection
from dongthuan.core.matters.services import papers_attach
from dongthuan.core.papers.models import Attachment
from dongthuan.core.papers.photos import PhotoFacts
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role, Unit
from dongthuan.work.supervision import rules
from dongthuan.work.supervision.board_effects import days_check
from dongthuan.work.supervision.boards import matter_linked
from dongthuan.work.supervision.models import (
    Board,
    Finding,
    Inspection,
    Member,
    Photo,
    Severity,
    Visit,
)

PREPARING = "Kiến nghị của Ban, đang chuẩn bị"
PLANNING = "Kế hoạch kiểm tra, giám sát của Ban, đang chuẩn bị"


@transaction.atomic
def inspection_create(
    *,
    acting: Actor,
    board: Board,
    target: str,
    content: str,
    starts_on: dt.date,
    ends_on: dt.date,
    subject: str = "",
    is_demo: bool = False,
) -> Inspection:
    """Plan one inspection or supervision of a board at work. Raises MatterError, NotAllowed.

    `target`: what or whom it concerns, as a body or a work; `subject`: the code of the decision or
    project here. The inspection board sends its plan five working days before (điểm b khoản 1
    Điều 14 Nghị định 59/2023); an investment board begins after the notice to the investor.
    """
    rules.belongs_check(acting, [Role.BOARD], board.organ)
    if board.state != "active":
        raise MatterError(_("This board is not at work."))
    target = rules.said(target, "target", most=300, needed=_("Say what is inspected."))
    content = rules.said(content, "content", most=5000, needed=_("Write the content."))
    days_check(board, starts_on, ends_on)
    linked = matter_linked(acting, subject, "subject")
    owed = [(rules.NOTICE, "event", rules.noon(starts_on))] if board.is_ttnd else []
    made = matter_create(
        acting=acting, model=Inspection, kind="inspection", unit=board.organ, title=target,
        listed=False, act="inspection.planned", parties=(board.unit,), rules=owed,
        parent=board, is_demo=is_demo, board=board, target=target, content=content,
        starts_on=starts_on, ends_on=ends_on, subject=linked,
        facts={"from": starts_on.isoformat(), "to": ends_on.isoformat()},
    )  # fmt: skip
    # Those whom it concerns learn of it by the plan that is sent, everybody at the same time.
    Projection.objects.filter(pk=made.pk).update(title=PLANNING, search_text="")
    return made


# -- a visit --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where something is: a village, words, perhaps degrees (WGS 84)."""

    place: str
    village: Unit | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Shot:
    """A photograph that was stored, and what its file said of itself before it was cleaned."""

    attachment: Attachment
    facts: PhotoFacts = field(default_factory=PhotoFacts)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One structured finding: what, measured against which clause, how grave, what to do."""

    what: str
    norm: str
    grade: int
    recommendation: str


@transaction.atomic
def visit_record(
    *,
    acting: Actor,
    inspection: Inspection,
    at: dt.datetime,
    spot: Spot,
    members: Sequence[Member],
    others: str = "",
    seen: str,
    shots: Sequence[Shot] = (),
    finding: Seen | None = None,
) -> Visit:
    """Record that the board was there, and perhaps what it found. Raises MatterError, NotAllowed.

    At least two of the board were there: it works as a body (khoản 3 Điều 12, khoản 3 Điều 16
    Nghị định 59/2023). Photographs go with the finding, if there is one.
    """
    inspection = _held(inspection)
    rules.belongs_check(acting, [Role.BOARD], inspection.unit)
    if inspection.state != "under_way":
        raise MatterError(_("A visit is recorded while the inspection is under way."))
    if not rules.noon(inspection.starts_on).replace(hour=0) <= at <= clock.now():
        raise MatterError(
            _("The visit lies between %(day)s, the first day of the inspection, and now.")
            % {"day": f"{inspection.starts_on:%d/%m/%Y}"},
            field="at",
        )
    who = {m.pk for m in members}
    own = list(inspection.board.members.filter(pk__in=who, left_on=None))
    if len(own) < 2 or len(own) != len(who):
        raise MatterError(
            _("Name at least two members of the board who were there."), field="members"
        )
    spot = _spot_checked(inspection, spot)
    visit = Visit.objects.create(
        inspection=inspection, at=at, village=spot.village, place=spot.place,
        latitude=spot.latitude, longitude=spot.longitude,
        others=rules.said(others, "others", most=300),
        seen=rules.said(seen, "seen", most=5000, needed=_("Write what was seen.")),
        recorded_at=clock.now(), recorded_by_id=acting.account_id,
    )  # fmt: skip
    visit.members.set(own)
    made = None
    if finding is not None:
        made = finding_create(
            acting=acting, inspection=inspection, visit=visit, spot=spot, seen=finding
        )
    entry_id = entry_append(
        matter=inspection, act="inspection.visit", acting=acting, audience=Audience.OFFICIAL,
        before=inspection.state, after=inspection.state, at=clock.now(),
        facts={"day": timezone.localdate(at).isoformat(),
               "place": spot.place, "present": len(own), "photos": len(shots),
               "finding": made.code if made else ""},
    )  # fmt: skip
    _photos(inspection, visit, made, shots, entry_id)
    return visit


def _held(inspection: Inspection) -> Inspection:
    Matter.objects.select_for_update().filter(pk=inspection.pk).first()
    return Inspection.objects.select_related(
        "unit__parent", "board__unit", "board__organ__parent", "board__office"
    ).get(pk=inspection.pk)


def _spot_checked(inspection: Inspection, spot: Spot) -> Spot:
    place = rules.said(spot.place, "place", most=200, needed=_("Say where it is."))
    commune = inspection.unit.parent
    if spot.village and (commune is None or not commune.contains(spot.village)):
        raise MatterError(_("Choose a village of this commune."), field="village")
    if (spot.latitude is None) != (spot.longitude is None):
        raise MatterError(_("Give both degrees or none."), field="latitude")
    degrees = ((spot.latitude, 90, "latitude"), (spot.longitude, 180, "longitude"))
    for value, most, name in degrees:
        if value is not None and not (math.isfinite(value) and abs(value) <= most):
            raise MatterError(_("These degrees lie outside the earth."), field=name)
    return Spot(place=place, village=spot.village, latitude=spot.latitude, longitude=spot.longitude)


def _photos(
    inspection: Inspection, visit: Visit, finding: Finding | None, shots: Sequence[Shot],
    entry_id: int,
) -> None:  # fmt: skip
    if any(shot.attachment.kind != Attachment.Kind.PHOTO for shot in shots):
        raise MatterError(_("Only photographs belong here."), field="photos")
    # With a finding they go where it goes; the office that is watched sees none before.
    files = [shot.attachment for shot in shots]
    if finding is not None:
        papers_attach(
            matter=finding, attachments=files, entry_id=None, audience=Audience.PETITIONER
        )
    else:
        papers_attach(
            matter=inspection, attachments=files, entry_id=entry_id, audience=Audience.OFFICIAL
        )
    Photo.objects.bulk_create(
        Photo(
            visit=visit, finding=finding, attachment=shot.attachment,
            taken_at=shot.facts.taken_at, latitude=shot.facts.latitude,
            longitude=shot.facts.longitude,
        )
        for shot in shots
    )  # fmt: skip


# -- findings -------------------------------------------------------------------------------------


@transaction.atomic
def finding_create(
    *, acting: Actor, inspection: Inspection, spot: Spot, seen: Seen, visit: Visit | None = None
) -> Finding:
    """Write a finding with its recommendation; it is the board's and the Front's until it is sent.

    Beside them only an inspector of the state, who reads everything short of the seal, sees it.
    """
    inspection = _held(inspection)
    rules.belongs_check(acting, [Role.BOARD], inspection.unit)
    if inspection.state not in ("under_way", "concluded", "certified"):
        raise MatterError(_("A finding comes out of an inspection that has begun."))
    if visit is not None and visit.inspection_id != inspection.pk:
        raise MatterError(_("That visit belongs to another inspection."), field="visit")
    spot, seen = _spot_checked(inspection, spot), _seen_checked(seen)
    board = inspection.board
    made = matter_create(
        acting=acting, model=Finding, kind="finding", unit=board.organ, title=_title(seen.what),
        act="finding.opened", listed=False, parent=inspection, place=spot.village,
        # Named as parties and a level higher, board and Front see it and other partners do not.
        parties=(board.unit, board.organ), level=Level.UNIT, is_demo=inspection.is_demo,
        audience=Audience.PETITIONER,
        facts={"origin": inspection.code, "severity": seen.grade}, board=board, visit=visit,
        what=seen.what, where=spot.place, latitude=spot.latitude, longitude=spot.longitude,
        norm=seen.norm, grade=seen.grade, recommendation=seen.recommendation,
    )  # fmt: skip
    # What is being prepared says nothing to the public but that it is.
    Projection.objects.filter(pk=made.pk).update(title=PREPARING, body="", search_text="")
    return made


@transaction.atomic
def finding_edit(*, acting: Actor, finding: Finding, seen: Seen, version: int) -> Finding:
    """Write it anew while it is the board's own draft.

    What was sent once stands as it was sent; of it only the next recommendation can be written.
    """
    Matter.objects.select_for_update().filter(pk=finding.pk).first()
    finding = Finding.objects.select_related("board__organ").get(pk=finding.pk)
    rules.belongs_check(acting, [Role.BOARD], finding.organ)
    if finding.version != version:
        raise Conflict(_("The matter was changed meanwhile; look at it again."))
    if finding.state != "drafted":
        raise MatterError(_("Only a draft can be written anew."))
    seen = _seen_checked(seen)
    if finding.sent_on:
        if (seen.what, seen.norm, seen.grade) != (finding.what, finding.norm, finding.grade):
            raise MatterError(
                _("What was found has been sent and is public; only the next recommendation can be"
                  " written anew."),
                field="what",
            )  # fmt: skip
        finding.proposed = seen.recommendation
    else:
        finding.what, finding.norm, finding.grade = seen.what, seen.norm, seen.grade
        finding.recommendation, finding.title = seen.recommendation, _title(seen.what)
    finding.version += 1
    finding.save()
    entry_append(
        matter=finding, act="finding.edited", acting=acting, audience=Audience.PETITIONER,
        before="drafted", after="drafted", facts={"severity": seen.grade}, at=clock.now(),
    )  # fmt: skip
    return finding


def _title(what: str) -> str:
    line = " ".join(what.split())
    return line if len(line) <= 120 else line[:120].rsplit(" ", 1)[0] + "…"


def _seen_checked(seen: Seen) -> Seen:
    if seen.grade not in Severity.values:
        raise MatterError(_("Choose how grave it is."), field="grade")
    return Seen(
        what=rules.said(seen.what, "what", most=5000, needed=_("Write what was found.")),
        norm=rules.said(
            seen.norm, "norm", most=300,
            needed=_("Name the clause of the norm, design or decision it is measured against."),
        ),
        grade=seen.grade,
        recommendation=rules.said(
            seen.recommendation, "recommendation", most=5000,
            needed=_("Write what the board recommends."),
        ),
    )  # fmt: skip
