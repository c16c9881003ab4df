"""Writing elections: opened by whoever organises them, the list of those who stand."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.law import deadline
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.matters.services import matter_settle
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.households import household_count
from dongthuan.core.text import clean
from dongthuan.core.units.models import Role, Unit
from dongthuan.work.decisions import counting
from dongthuan.work.decisions.elections.effects import rules_before
from dongthuan.work.decisions.elections.models import Candidate, Election, Grounds, Post, Sort
from dongthuan.work.decisions.village_matters import (
    OFFICE,
    VILLAGE,
    front_of,
    must_hold,
    parties_of,
    threshold,
    village_checked,
)

ENDED = ("done", "redone", "kept", "cancelled")
WHO = {
    Post.HEAD: "{head}",
    Post.INSPECTION: "thành viên Ban Thanh tra nhân dân tại",
    Post.SUPERVISION: "thành viên Ban Giám sát đầu tư của cộng đồng tại",
}


@transaction.atomic
def election_open(
    *,
    acting: Actor,
    village: Unit,
    post: str,
    held_on: dt.date,
    sort: str = Sort.ELECT,
    venue: str = "",
    seats: int = 1,
    grounds: str = "",
    requested_by: int | None = None,
    document: str = "",
    parent: Matter | None = None,
    attempt: int = 1,
    is_demo: bool = False,
) -> Election:
    """Open an election or dismissal for a meeting on `held_on`; everything before it is owed.

    The head's: the People's Committee decides (Decree 59, Điều 6.1, Điều 9). The boards': the
    commune's Front guides, the village calls (Luật Điều 36.2; Điều 13, 17). `requested_by`: how
    many households asked for the dismissal. Raises MatterError, NotAllowed.
    """
    village, office = village_checked(village)
    if post not in Post.values or sort not in Sort.values:
        raise MatterError(_("Choose the office and whether it is an election."), field="post")
    _may_open(acting, village, office, post)
    _check(village, post, sort, held_on, seats, grounds, requested_by)
    Unit.objects.select_for_update().get(pk=village.pk)  # two that open at once
    same = Election.objects.filter(place=village, post=post).exclude(state__in=ENDED)
    if parent:
        same = same.exclude(pk=parent.pk)
    if post != Post.SUPERVISION and same.exists():
        raise MatterError(_("For this office an election is being prepared here already."))
    if sort != Sort.DISMISS:
        grounds = ""
    if grounds != Grounds.HOUSEHOLDS:
        requested_by = None
    title = _title(village, post, sort)
    made = matter_create(
        acting=acting, model=Election, kind="election", unit=office, place=village, title=title,
        act="election.opened", parties=parties_of(village, office), parent=parent, post=post,
        seats=seats, grounds=grounds, requested_by=requested_by, attempt=attempt,
        held_on=held_on, venue=clean(venue)[:300], decision=clean(document)[:80], is_demo=is_demo,
        facts={"day": held_on.isoformat(), "document": clean(document)[:80]},
        sort=sort,
    )  # fmt: skip
    _owe(made)
    return made


def _title(village: Unit, post: str, sort: str) -> str:
    head = "Tổ trưởng" if village.kind == "group" else "Trưởng"
    name = village.name[0].lower() + village.name[1:]
    what = "Bầu" if sort == Sort.ELECT else "Cho thôi làm"
    return f"{what} {WHO[Post(post)].format(head=head)} {name}"[:200]


def posts_opened_by(actor: Actor) -> list[str]:
    """The offices for which the actor may open an election somewhere: see `_may_open`."""
    head = bool(actor.scopes_of(*OFFICE))
    boards = bool(actor.scopes_of(*VILLAGE, Role.FRONT))
    return [post for post in Post.values if (head if post == Post.HEAD else boards)]


def _may_open(acting: Actor, village: Unit, office: Unit, post: str) -> None:
    if post == Post.HEAD:
        must_hold(
            acting, _("The People's Committee of the commune decides on this election."),
            (office, OFFICE),
        )  # fmt: skip
    else:
        must_hold(
            acting, _("The village or the commune's Front opens this election."),
            (village, VILLAGE), (front_of(office), (Role.FRONT,)),
        )  # fmt: skip


def _check(
    village: Unit, post: str, sort: str, held_on: dt.date, seats: int, grounds: str,
    requested_by: int | None,
) -> None:  # fmt: skip
    if post == Post.HEAD and seats != 1:
        raise MatterError(_("A village has one head."), field="seats")
    most = threshold("dc.gsdtcd.max_residents")
    if seats < 1 or (post == Post.SUPERVISION and not most.met(seats)) or seats > 5:
        raise MatterError(_("Between one and five people are elected."), field="seats")
    if sort == Sort.ELECT and post == Post.HEAD:
        _early_enough(held_on)
    else:
        counting.notice_checked(
            "dc.meeting_notice", held_on, field="held_on",
            sentence=_("A meeting on %(day)s can no longer be announced two days before."),
        )  # fmt: skip
    if sort == Sort.DISMISS:
        _asked_for(village, post, grounds, requested_by)


def _early_enough(held_on: dt.date) -> None:
    """The plan comes twenty days before the meeting (Decree 59, Điều 6.1.a)."""
    last = deadline(key="dc.village_head.plan", anchor=held_on).nominal_due_on
    if last < clock.today():
        earliest = clock.today() + (held_on - last)
        raise MatterError(
            _("The plan must come twenty days before; the earliest day is %(day)s.")
            % {"day": f"{earliest:%d/%m/%Y}"},
            field="held_on",
        )


def _asked_for(village: Unit, post: str, grounds: str, requested_by: int | None) -> None:
    if grounds not in Grounds.values:
        raise MatterError(_("Choose who asked for the dismissal."), field="grounds")
    if grounds != Grounds.HOUSEHOLDS:
        return
    if post != Post.HEAD:
        raise MatterError(
            _("Households ask for the dismissal of a village head (Decree 59, Art. 9.1.b); for a"
              " member of a board the Front asks (Law, Art. 36.2)."),
            field="grounds",
        )  # fmt: skip
    all_ = household_count(village=village)
    if (requested_by or 0) > all_:
        raise MatterError(
            _("More asked for it than there are households in the list (%(all)s).") % {"all": all_},
            field="requested_by",
        )
    least = threshold("dc.village_head.dismiss_request")
    if not all_ or not least.met(requested_by or 0, all_):
        raise MatterError(
            _("At least half of the %(all)s households must have asked for it (Art. 9.1.b).")
            % {"all": all_},
            field="requested_by",
        )


def _owe(made: Election) -> None:
    """All notices count back from the meeting; each body owes its own."""
    now, event, owed = clock.now(), noon(made.held_on), []
    for by_office in (True, False):
        rules = [(r, "event", event) for r, office in rules_before(made) if office == by_office]
        owner = None if by_office else made.home
        owed += duties_open(matter=made, rules=rules, now=now, owner=owner)
    matter_settle(matter=made, duties=owed)


# -- the list ---------------------------------------------------------------------------------


@transaction.atomic
def candidate_add(
    *, acting: Actor, election_id: int, name: str, born: int, source: str
) -> Candidate:
    """Put somebody on the list: name and year of birth, and nothing else of them.

    Before the list is fixed the village's Front introduces (Điều 6.2); at the meeting residents
    stand or are proposed (Điều 3.5.b). Not any more once a vote of this round exists.
    """
    matter = _locked(election_id)
    _keeps_list(acting, matter)
    _changeable(matter)
    name = " ".join(clean(name).split())
    if not 2 <= len(name) <= 120:
        raise MatterError(_("Write the full name."), field="name")
    if source not in Candidate.Source.values:
        raise MatterError(_("Choose who brought the name forward."), field="source")
    if matter.listed_on and source == Candidate.Source.FRONT:
        raise MatterError(_("The Front's list is fixed."), field="source")
    _age_checked(matter, born)
    if matter.candidates.filter(name__iexact=name, born=born).exists():
        raise MatterError(_("%(name)s is on the list already.") % {"name": name}, field="name")
    last = matter.candidates.order_by("-number").first()
    made = matter.candidates.create(
        number=last.number + 1 if last else 1, name=name, born=born, source=source
    )
    entry_append(
        matter=matter, act="election.candidate", acting=acting, audience=Audience.PUBLIC,
        before=matter.state, after=matter.state, facts={"number": made.number, "source": source},
    )  # fmt: skip
    return made


def _age_checked(matter: Election, born: int) -> None:
    """A head is at least 21 (Decree 185/2026, Điều 7.1); by year, as only the year is kept."""
    age = matter.held_on.year - born
    if not 18 <= age <= 110:
        raise MatterError(_("The year of birth cannot be right."), field="born")
    if matter.elects_head and not threshold("dc.village_head.min_age").met(age):
        raise MatterError(
            _("A village head is at least 21 years old (Decree 185/2026, Art. 7.1)."), field="born"
        )


@transaction.atomic
def candidate_remove(*, acting: Actor, election_id: int, number: int) -> None:
    """Take a name off before the list is fixed: written by mistake, or the person declined."""
    matter = _locked(election_id)
    _keeps_list(acting, matter)
    _changeable(matter)
    found = matter.candidates.filter(number=number).first()
    if found is None:
        raise MatterError(_("There is nobody of this number."), field="number")
    if matter.listed_on and found.source == Candidate.Source.FRONT:
        raise MatterError(_("The Front's list is fixed."), field="number")
    found.delete()
    entry_append(
        matter=matter, act="election.candidate_removed", acting=acting,
        audience=Audience.PUBLIC, before=matter.state, after=matter.state,
        facts={"number": number},
    )  # fmt: skip


def _changeable(matter: Election) -> None:
    if matter.state != "preparing":
        raise MatterError(_("The list can no longer be changed."))
    if matter.vote is not None and matter.vote.is_running:
        raise MatterError(_("The vote is prepared; the list stands."))
    if matter.has_voted:
        # A number given anew would take over the votes of who had it before.
        raise MatterError(_("The households have voted; the list stands."))


def _keeps_list(acting: Actor, matter: Election) -> None:
    """The village; for the head's office the Front alone, as the head may stand (Điều 6.2)."""
    roles = (Role.VILLAGE_FRONT,) if matter.of_head else VILLAGE
    must_hold(acting, _("Only the village keeps this list."), (matter.home, roles))


def _locked(election_id: int) -> Election:
    Matter.objects.select_for_update().filter(pk=election_id).first()
    found = Election.objects.select_related("unit", "place").filter(pk=election_id).first()
    if found is None:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    return found
