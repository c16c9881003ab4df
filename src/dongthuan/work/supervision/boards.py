"""All writes on boards that are no step: forming one, its members, its plans and reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.meeting import proof_of
from dongthuan.core.matters.models import Audience, Level, Matter
from dongthuan.core.matters.opening import office_of
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean, fold
from dongthuan.core.units.models import Kind, Role, Unit
from dongthuan.core.units.selectors import villages_of
from dongthuan.core.units.services import organ_add, position_add
from dongthuan.work.supervision import rules
from dongthuan.work.supervision.models import Board, Leaf, Member, Seat, Sort, Stands

GS_NAME = "Ban Giám sát đầu tư của cộng đồng"
MOST_BOARDS = 200


@dataclass(frozen=True, kw_only=True)
class Project:
    """The programme or project of an investment board: its code here, if it has one, and name."""

    name: str = ""
    code: str = ""
    investor: str = ""


@transaction.atomic
def board_create(
    *,
    acting: Actor,
    front: Unit,
    sort: str,
    size: int,
    deputies: int = 1,
    project: Project | None = None,
    is_demo: bool = False,
) -> Board:
    """The commune Front begins to form a board (Điều 40, 45). Raises MatterError, NotAllowed.

    `size` and `deputies` are what the Front decided (khoản 2, 3 Điều 13, khoản 2, 3 Điều 17 Nghị
    định 59/2023). An investment board is of one project and gets an organ of its own.
    """
    rules.belongs_check(acting, [Role.FRONT], front)
    if front.kind != Kind.FRONT or front.parent is None:
        raise MatterError(_("Choose the Front of a commune."), field="front")
    if sort not in Sort.values:
        raise MatterError(_("Choose which board it is."), field="sort")
    Unit.objects.select_for_update(no_key=True).get(pk=front.pk)
    villages = len(villages_of(front.parent, clock.today()))
    rules.size_check(
        sort=sort, size=size, deputies=deputies, villages=villages, on=clock.today()
    )  # fmt: skip
    project = project or Project()
    if sort == Sort.TTND:
        return _board(acting, front, _inspection_body(front.parent), "ttnd", size, deputies,
                      project, None, is_demo)  # fmt: skip
    name = rules.said(project.name, "project_name", most=200, needed=_("Name the project."))
    subject = matter_linked(acting, project.code, "project_code")
    if subject is not None and Board.objects.filter(project=subject, closed_at=None).exists():
        raise MatterError(_("This project already has a board."), field="project_code")
    body = _investment_body(front.parent, name)
    return _board(acting, front, body, "gsdtcd", size, deputies,
                  Project(name=name, investor=project.investor), subject, is_demo)  # fmt: skip


def _board(
    acting: Actor, front: Unit, body: Unit, sort: str, size: int, deputies: int,
    project: Project, subject: Matter | None, is_demo: bool,
) -> Board:  # fmt: skip
    if sort == Sort.TTND and Board.objects.filter(
        organ=body, state__in=["forming", "recognised"]
    ).exists():  # fmt: skip
        raise MatterError(_("A new board of this commune is already being formed."))
    office = office_of(body.parent or body)
    title = f"{GS_NAME}: {project.name}" if project.name else body.name
    return matter_create(
        acting=acting, model=Board, kind="board", unit=front, title=title, act="board.opened",
        parties=(office, body), listed=False, is_demo=is_demo, facts={"size": size},
        sort=sort, organ=body, office=office, size=size, deputies=deputies, project=subject,
        project_name=project.name, investor=rules.said(project.investor, "investor", most=200),
    )  # fmt: skip


def _inspection_body(commune: Unit) -> Unit:
    found = Unit.objects.filter(code=f"{commune.code}-ttnd").first()
    return found or organ_add(
        parent=commune, code=f"{commune.code}-ttnd", kind=Kind.BOARD, valid_from=clock.today(),
        name=f"Ban Thanh tra nhân dân {commune.name}", short_name=f"Ban TTND {commune.name}",
    )  # fmt: skip


def _investment_body(commune: Unit, project: str) -> Unit:
    """An organ with one seat, so that its people can sign in; the Front's lock numbers it."""
    taken = Unit.objects.filter(path__startswith=commune.path, code__regex=r"-gs[0-9]+$").count()
    if taken >= MOST_BOARDS:
        raise MatterError(_("The commune has too many boards; ask the administrator."))
    body = organ_add(
        parent=commune, code=f"{commune.code}-gs{taken + 1:02d}", kind=Kind.BOARD,
        valid_from=clock.today(), name=f"{GS_NAME}: {project}"[:200],
        short_name=f"Ban GSĐTCĐ: {project}"[:120],
    )  # fmt: skip
    position_add(
        unit=body, role=Role.BOARD, code=f"{body.code}-1", valid_from=clock.today(),
        title=f"Trưởng {GS_NAME}", title_en="Head of the investment supervision board",
    )  # fmt: skip
    return body


def matter_linked(acting: Actor, code: str, field: str) -> Matter | None:
    """A matter of another room by its code, in sight of the actor; None for an empty code.

    Never a restricted or sealed one: others read what it is linked to.
    """
    code = clean(code or "").upper()
    if not code:
        return None
    found = Matter.objects.filter(policies.visible_to(acting), code=code).first()
    if found is None or found.level >= Level.RESTRICTED:
        raise MatterError(_("There is no such matter, or you may not see it."), field=field)
    return found


# -- members --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Elected:
    """A member as elected or sent: the minutes by number, or the election as a matter's code."""

    name: str
    stands: str = Stands.VILLAGE
    village: Unit | None = None
    elected_on: dt.date
    document: str = ""
    decision: str = ""


@transaction.atomic
def member_add(*, acting: Actor, board: Board, elected: Elected, qualified: bool) -> Member:
    """Name a member; `qualified`: the Front has checked Điều 37 or Điều 42. Raises MatterError.

    A member of a village was elected there: by a matter of this system that proves it, or by
    minutes with a number. A by-election of a running term goes the same way.
    """
    board = _held(board)
    rules.belongs_check(acting, [Role.FRONT], board.unit)
    if board.closed_at:
        raise MatterError(_("This board has ended."))
    if not qualified:
        raise MatterError(rules.standards(board.sort), field="qualified")
    name = _name_checked(board, elected.name)
    village = _village_checked(board, elected)
    if elected.elected_on > clock.today():
        raise MatterError(_("The day lies in the future."), field="elected_on")
    if board.members.filter(left_on=None).count() >= board.size:
        raise MatterError(_("All seats of the board are taken."))
    decision = _election(acting, board, elected.decision)
    document = clean(elected.document)[:80]
    if decision is None and not document:
        raise MatterError(
            _("Give the number of the minutes of the election, or its code."), field="document"
        )
    made = Member.objects.create(
        board=board, name=name, stands=elected.stands, village=village,
        elected_on=elected.elected_on, document=document, decision=decision,
    )  # fmt: skip
    _noted(acting, board, "board.member", {"name": name, "day": elected.elected_on.isoformat(),
                                           "document": document or elected.decision})  # fmt: skip
    return made


def _held(board: Board) -> Board:
    """The board under the lock of its row of Matter, so that two do not fill one seat."""
    Matter.objects.select_for_update().filter(pk=board.pk).first()
    return Board.objects.select_related("unit", "organ__parent", "office").get(pk=board.pk)


def _name_checked(board: Board, name: str) -> str:
    name = " ".join(clean(name).split())
    if len(name) < 2:
        raise MatterError(_("Give the full name."), field="name")
    if len(name) > 120 or any(sign.isdigit() for sign in name):
        raise MatterError(_("A name has letters only, at most 120."), field="name")
    there = board.members.filter(left_on=None).values_list("name", "village_id")
    if sum(fold(other) == fold(name) for other, _village in there) > 1:
        raise MatterError(_("Two members of this name are there already."), field="name")
    return name


def _village_checked(board: Board, elected: Elected) -> Unit | None:
    if elected.stands not in Stands.values:
        raise MatterError(_("Say for whom the member stands."), field="stands")
    if elected.stands != Stands.VILLAGE:
        if board.is_ttnd:
            raise MatterError(
                _("Members of the inspection board are elected in the villages."), field="stands"
            )
        return None
    village, commune = elected.village, board.organ.parent
    if village is None or commune is None or not commune.contains(village):
        raise MatterError(_("Choose the village that elected the member."), field="village")
    return village


def _election(acting: Actor, board: Board, code: str) -> Matter | None:
    """The election as a matter here: of this commune, carried, and in force."""
    found = matter_linked(acting, code, "decision")
    if found is None:
        return None
    proof = proof_of(found)
    area = board.organ.parent.path if board.organ.parent else ""
    if proof is None or not found.path.startswith(area):
        raise MatterError(_("This code is no decision of a village here."), field="decision")
    if not (proof.carried and proof.in_force):
        raise MatterError(_("That election has not carried or is not in force."), field="decision")
    return found


@transaction.atomic
def member_end(
    *, acting: Actor, member: Member, left_on: dt.date, reason: str, document: str
) -> Member:
    """A member leaves within the term (khoản 2 Điều 36, khoản 1 Điều 13 Nghị định 59/2023)."""
    board = _held(member.board)
    rules.belongs_check(acting, [Role.FRONT], board.unit)
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.left_on or board.closed_at:
        raise MatterError(_("This member has already left."))
    if not member.elected_on <= left_on <= clock.today():
        raise MatterError(_("The day lies between the election and today."), field="left_on")
    member.reason = rules.said(reason, "reason", most=300, needed=_("Write the reason."))
    document = clean(document)[:80]
    if not document:
        raise MatterError(_("Give the number of the document."), field="document")
    member.left_on = left_on
    member.save(update_fields=["left_on", "reason"])
    facts = {"name": member.name, "day": left_on.isoformat(), "document": document}
    _noted(acting, board, "board.member_left", {**facts, "reason": member.reason})
    return member


@transaction.atomic
def seat_set(*, acting: Actor, member: Member, seat: str) -> Member:
    """What the meeting of the board chose: head, deputy or member; the former head steps back."""
    board = _held(member.board)
    rules.belongs_check(acting, [Role.FRONT], board.unit)
    member = Member.objects.select_for_update().get(pk=member.pk)
    if seat not in Seat.values:
        raise MatterError(_("Choose a seat."), field="seat")
    if member.left_on or board.closed_at or board.state == "forming":
        raise MatterError(_("The board chooses its head once its members are recognised."))
    seated = board.members.filter(left_on=None).exclude(pk=member.pk)
    if seat == Seat.HEAD:
        seated.filter(seat=Seat.HEAD).update(seat=Seat.MEMBER)
    if seat == Seat.DEPUTY and seated.filter(seat=Seat.DEPUTY).count() >= board.deputies:
        raise MatterError(
            _("The Front decided on at most %(n)d deputy heads.") % {"n": board.deputies},
            field="seat",
        )
    member.seat = seat
    member.save(update_fields=["seat"])
    _noted(acting, board, "board.seat", {"name": member.name, "seat": seat})
    return member


def _noted(acting: Actor, board: Board, act: str, facts: dict[str, object]) -> None:
    """Names in these facts are what the law orders to be made known (điểm b khoản 2 Điều 40)."""
    entry_append(
        matter=board, act=act, acting=acting, audience=Audience.PUBLIC, before=board.state,
        after=board.state, facts=facts, at=clock.now(),
    )  # fmt: skip


# -- plans, reports, what the board was told ------------------------------------------------------

AUTHORS = {
    Leaf.Sort.PLAN: (Role.BOARD,),
    Leaf.Sort.REPORT: (Role.BOARD,),
    Leaf.Sort.POLICY: (Role.INTAKE, Role.HANDLER, Role.HEAD),
    Leaf.Sort.RESULTS: (Role.INTAKE, Role.HANDLER, Role.HEAD),
}


@transaction.atomic
def leaf_add(
    *,
    acting: Actor,
    board: Board,
    sort: str,
    period: str,
    since: dt.date,
    until: dt.date,
    text: str,
    document: str = "",
) -> Leaf:
    """Put down a plan or report of the board, or what the People's Committee told it."""
    if sort not in Leaf.Sort.values:
        raise MatterError(_("Choose what it is."), field="sort")
    by_board = sort in (Leaf.Sort.PLAN, Leaf.Sort.REPORT)
    rules.belongs_check(acting, AUTHORS[Leaf.Sort(sort)], board.organ if by_board else board.office)
    if not policies.may_see(acting, board):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    if board.state != "active":
        raise MatterError(_("This board is not at work."))
    if period not in Leaf.Period.values:
        raise MatterError(_("Choose the period."), field="period")
    if until < since or (until - since).days > 366 * 6:
        raise MatterError(_("The period ends before it begins, or is too long."), field="until")
    text = rules.said(text, "text", most=10_000, needed=_("Write the content."))
    made = Leaf.objects.create(
        board=board, sort=sort, period=period, since=since, until=until, text=text,
        document=clean(document)[:80], at=clock.now(),
    )  # fmt: skip
    _noted(acting, board, f"board.{sort}", {"from": since.isoformat(), "to": until.isoformat(),
                                            "document": made.document})  # fmt: skip
    return made
