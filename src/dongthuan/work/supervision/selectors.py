"""All reads of the room: for officials within their sight, for the public what was sent or told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Audience, Duty, Entry, Matter
from dongthuan.core.matters.selectors import steps_for
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role, Unit
from dongthuan.work.supervision import rules
from dongthuan.work.supervision.models import (
    Board,
    Finding,
    Gathering,
    Hint,
    Inspection,
    Leaf,
    Member,
    Photo,
    Point,
    Visit,
)

PAGE = 30
AT_WORK = ("recognised", "active")
HEAVY = ("search_text", "folded", "accented")


@dataclass
class Rows:
    """One page of a keyset list; `next`: the cursor of the following one."""

    rows: list[Any]
    next: str = ""


def _page(rows: QuerySet[Any], after: str, size: int) -> Rows:
    """Newest first by the row's number; a bad cursor is ignored."""
    if after.isascii() and after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk").defer(*HEAVY)[: size + 1])
    more, found = len(found) > size, found[:size]
    return Rows(found, str(found[-1].pk) if more else "")


SEATED = Prefetch(
    "members",
    Member.objects.filter(left_on=None).select_related("village").order_by("id"),
    to_attr="seated",
)


# -- officials ------------------------------------------------------------------------------------


def board_list(*, actor: Actor, after: str = "", size: int = PAGE) -> Rows:
    """Boards in sight, newest first, with how many seats are filled."""
    rows = Board.objects.filter(policies.visible_to(actor)).select_related("organ", "unit")
    return _page(
        rows.annotate(seats=Count("members", filter=Q(members__left_on=None))), after, size
    )


def finding_list(*, actor: Actor, view: str = "", after: str = "", size: int = PAGE) -> Rows:
    """Findings in sight; `view` certify: what waits for the Front, late: what is overdue."""
    rows = Finding.objects.filter(policies.visible_to(actor))
    if view == "certify":
        rows = rows.filter(state__in=["awaiting", "escalating"])
    elif view == "late":
        rows = rows.filter(next_due_on__lt=clock.today(), closed_at=None)
    elif view == "open":
        rows = rows.filter(closed_at=None)
    return _page(rows.select_related("board__organ", "place", "unit"), after, size)


def inspection_list(*, actor: Actor, after: str = "", size: int = PAGE) -> Rows:
    rows = Inspection.objects.filter(policies.visible_to(actor)).select_related("unit")
    return _page(rows, after, size)


@dataclass
class BoardView:
    """The page of a board. `directs`: the actor is of its Front; `belongs`: of the board;
    `owes`: of the People's Committee that it watches."""

    board: Board
    steps: list[Step]
    duties: list[Duty]
    members: list[Member]
    left: list[Member]
    leaves: list[Leaf]
    inspections: list[Inspection]
    lacking: list[str]
    directs: bool
    belongs: bool
    owes: bool
    owes_election: bool
    hints: int = 0


def board_get(*, actor: Actor, code: str) -> Board | None:
    return (
        Board.objects.filter(policies.visible_to(actor), code=code[:40].upper())
        .select_related("unit__parent", "organ__parent", "office", "project")
        .first()
    )


def board_view(*, actor: Actor, code: str) -> BoardView | None:
    """Everything on the page of a board; None when out of sight."""
    board = board_get(actor=actor, code=code)
    if board is None:
        return None
    everybody = list(board.members.select_related("village", "decision").order_by("id")[:200])
    seated = [member for member in everybody if member.left_on is None]
    duties = list(Duty.objects.filter(matter=board).order_by("-id")[:50])
    board.running_rules = {duty.rule for duty in duties if duty.is_running}
    forming = board.state in ("forming", "recognised")
    return BoardView(
        board=board,
        steps=steps_for(actor=actor, matter=board),
        duties=duties,
        members=seated,
        left=[member for member in everybody if member.left_on],
        leaves=list(board.leaves.order_by("-since", "-id")[:30]),
        inspections=list(board.inspections.defer(*HEAVY).order_by("-id")[:30]),
        lacking=rules.lacking(board, seated) if forming else [],
        directs=rules.belongs(actor, [Role.FRONT], board.unit),
        belongs=rules.belongs(actor, [Role.BOARD], board.organ),
        owes=rules.belongs(actor, [Role.INTAKE, Role.HANDLER, Role.HEAD], board.office),
        owes_election=rules.owes_election(board),
        hints=board.hints.filter(state=Hint.State.NEW).count() if reads_hints(actor, board) else 0,
    )


@dataclass
class InspectionView:
    inspection: Inspection
    steps: list[Step]
    duties: list[Duty]
    visits: list[Visit]
    findings: list[Finding]
    belongs: bool


def inspection_get(*, actor: Actor, code: str) -> Inspection | None:
    return (
        Inspection.objects.filter(policies.visible_to(actor), code=code[:40].upper())
        .select_related("unit__parent", "board__unit", "board__organ__parent", "board__office",
                        "subject")
        .first()
    )  # fmt: skip


def inspection_view(*, actor: Actor, code: str) -> InspectionView | None:
    inspection = inspection_get(actor=actor, code=code)
    if inspection is None:
        return None
    duties = list(Duty.objects.filter(matter=inspection).order_by("-id")[:50])
    inspection.running_rules = {duty.rule for duty in duties if duty.is_running}
    findings = Finding.objects.filter(policies.visible_to(actor), parent=inspection)
    belongs = rules.belongs(actor, [Role.BOARD], inspection.unit)
    return InspectionView(
        inspection=inspection,
        steps=steps_for(actor=actor, matter=inspection),
        duties=duties,
        visits=list(_visits(inspection)) if belongs or _front(actor, inspection.board) else [],
        findings=list(findings.defer(*HEAVY).order_by("id")[:100]),
        belongs=belongs,
    )


def _front(actor: Actor, board: Board) -> bool:
    return rules.belongs(actor, [Role.FRONT], board.unit)


def _visits(inspection: Inspection) -> QuerySet[Visit]:
    photos = Prefetch("photos", Photo.objects.select_related("attachment").order_by("id"))
    return (
        inspection.visits.select_related("village")
        .prefetch_related("members", photos)
        .order_by("-at", "-id")[:100]
    )


def visit_get(*, actor: Actor, visit_id: int) -> Visit | None:
    """A visit for the board and its Front: what they saw is theirs until a finding is sent."""
    found = (
        Visit.objects.select_related(
            "village", "inspection__unit__parent", "inspection__board__unit"
        )
        .filter(pk=visit_id)
        .first()
    )
    if found is None or not policies.may_see(actor, found.inspection):
        return None
    own = rules.belongs(actor, [Role.BOARD], found.inspection.unit)
    return found if own or _front(actor, found.inspection.board) else None


def finding_get(*, actor: Actor, code: str) -> Finding | None:
    return (
        Finding.objects.filter(policies.visible_to(actor), code=code[:40].upper())
        .select_related("unit__parent", "board__unit", "board__organ__parent", "board__office",
                        "place", "parent")
        .first()
    )  # fmt: skip


def finding_photos(finding: Finding) -> list[Photo]:
    return list(finding.photos.select_related("attachment").order_by("id")[:20])


@dataclass
class FindingPart:
    """What the desk's page of a finding shows of it alone; `drafts`: what is not sent as well."""

    finding: Finding
    photos: list[Photo]
    drafts: bool


def finding_part(*, matter: Matter, inner: bool) -> FindingPart:
    found = (
        Finding.objects.select_related("board__organ", "visit", "place")
        .defer(*HEAVY)
        .get(pk=matter.pk)
    )
    return FindingPart(found, finding_photos(found), drafts=not inner)


def reads_hints(actor: Actor, board: Board) -> bool:
    """Hints are for the board and the Front alone; the office that is watched reads none."""
    return rules.belongs(actor, [Role.BOARD], board.organ) or _front(actor, board)


def hint_list(*, actor: Actor, board: Board, after: str = "", size: int = PAGE) -> Rows:
    """Newest first; nothing for whoever is neither of the board nor of its Front."""
    if not reads_hints(actor, board):
        return Rows([])
    rows = board.hints.select_related("inspection")
    if after.isascii() and after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    return Rows(found, str(found[-1].pk) if more else "")


def hint_get(*, actor: Actor, hint_id: int) -> Hint | None:
    hint = Hint.objects.select_related("board__organ", "board__unit").filter(pk=hint_id).first()
    return hint if hint and reads_hints(actor, hint.board) else None


def gathering_rows(*, actor: Actor, year: int, after: str = "", size: int = 100) -> Rows:
    """Conferences of a year in sight."""
    rows = Gathering.objects.filter(policies.visible_to(actor), year=year)
    return _page(rows.select_related("place", "unit"), after, size)


@dataclass
class GatheringView:
    gathering: Gathering
    steps: list[Step]
    duties: list[Duty]
    points: list[Point]
    keeps: bool
    owes: bool


def gathering_get(*, actor: Actor, code: str) -> Gathering | None:
    return (
        Gathering.objects.filter(policies.visible_to(actor), code=code[:40].upper())
        .select_related("unit__parent", "place")
        .first()
    )


def gathering_view(*, actor: Actor, code: str) -> GatheringView | None:
    gathering = gathering_get(actor=actor, code=code)
    if gathering is None:
        return None
    duties = list(Duty.objects.filter(matter=gathering).order_by("-id")[:50])
    gathering.running_rules = {duty.rule for duty in duties if duty.is_running}
    office = rules.belongs(actor, [Role.INTAKE, Role.HANDLER, Role.HEAD], gathering.unit)
    village = rules.belongs(actor, [Role.VILLAGE_HEAD], gathering.village)
    points = gathering.points.select_related("promise").order_by("id")
    return GatheringView(
        gathering=gathering,
        steps=steps_for(actor=actor, matter=gathering),
        duties=duties,
        points=list(points[:500]),
        keeps=village,
        owes=office,
    )


# -- the public -----------------------------------------------------------------------------------


def boards_public(*, within: Unit, after: str = "", size: int = PAGE) -> Rows:
    """Boards that the people were told of, with who sits on them; two queries."""
    rows = Board.objects.filter(path__startswith=within.path, state="active")
    return _page(rows.select_related("organ", "unit").prefetch_related(SEATED), after, size)


def findings_public(
    *, within: Unit | None = None, board: Board | None = None, after: str = "", late: bool = False,
    size: int = PAGE,
) -> Rows:  # fmt: skip
    """Findings that were sent, newest first; `late`: only what is overdue. One query."""
    rows = Finding.objects.filter(sent_on__isnull=False)
    if within is not None:
        rows = rows.filter(path__startswith=within.path)
    if board is not None:
        rows = rows.filter(board=board)
    if late:
        rows = rows.filter(next_due_on__lt=clock.today(), closed_at=None)
    return _page(rows.select_related("board__organ", "place", "unit"), after, size)


def finding_public(code: str) -> Finding | None:
    """One finding as everybody may see it, from the day it was sent."""
    return (
        Finding.objects.filter(code=code[:40].upper(), sent_on__isnull=False)
        .select_related("board__organ", "board__unit", "place", "unit", "parent")
        .defer(*HEAVY)
        .first()
    )


@dataclass
class Story:
    """What the public reads of a finding beside it: photographs, promises, duties, its course."""

    photos: list[Photo]
    promises: list[Matter]
    duties: list[Duty]
    entries: list[Entry]


def finding_story(finding: Finding) -> Story:
    return Story(
        photos=finding_photos(finding),
        promises=list(
            Matter.objects.filter(parent=finding, kind="promise").defer(*HEAVY).order_by("id")
        ),
        duties=list(Duty.objects.filter(matter=finding).order_by("id")[:20]),
        entries=list(
            Entry.objects.filter(matter=finding, audience=Audience.PUBLIC).order_by("id")[:50]
        ),
    )


def photo_public(uuid: Any) -> Photo | None:
    """A photograph of a finding that was sent; those of mere visits are not public."""
    return (
        Photo.objects.filter(attachment__uuid=uuid, finding__sent_on__isnull=False)
        .select_related("attachment")
        .first()
    )


def board_public(code: str) -> Board | None:
    return (
        Board.objects.filter(code=code[:40].upper())
        .exclude(state__in=["forming", "dropped"])
        .select_related("organ__parent", "unit", "office", "project")
        .prefetch_related(SEATED)
        .defer(*HEAVY)
        .first()
    )


def inspections_public(board: Board) -> list[Inspection]:
    """What the board has announced; a plan that was not yet sent stays inside."""
    rows = board.inspections.exclude(state="cancelled")
    if board.is_ttnd:
        rows = rows.exclude(state="planned")
    return list(rows.defer(*HEAVY).order_by("-starts_on", "-id")[:30])


def leaves_public(board: Board) -> list[Leaf]:
    return list(board.leaves.order_by("-since", "-id")[:20])


@dataclass(frozen=True)
class Year:
    """The conferences that the villages owe in a year."""

    year: int
    conferences: list[Gathering]

    @property
    def held(self) -> int:
        return sum(row.state in ("held", "reported") for row in self.conferences)


def year_public(*, within: Unit, year: int, size: int = 200) -> Year:
    rows = (
        Gathering.objects.filter(path__startswith=within.path, year=year)
        .select_related("place", "unit")
        .defer(*HEAVY)
    )
    return Year(year, list(rows.order_by("place__sort_key", "id")[:size]))


def gathering_public(code: str) -> Gathering | None:
    return (
        Gathering.objects.filter(code=code[:40].upper())
        .select_related("place", "unit")
        .defer(*HEAVY)
        .first()
    )


def points_public(gathering: Gathering) -> list[Point]:
    """What people asked there, with the answer or promise."""
    return list(gathering.points.select_related("promise").order_by("id")[:500])
