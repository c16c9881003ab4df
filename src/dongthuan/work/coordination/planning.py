"""Writing a plan: opening it from the template, its grounds and clauses, each change a version.

Both sides write. A change of the text takes both agreements away and voids a signature that stood
under the old text; each of that has its entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter, Projection
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Unit
from dongthuan.work.coordination.models import (
    PUBLIC,
    Clause,
    ClauseComment,
    ClauseVersion,
    CoordinationPlan,
    Ground,
)
from dongthuan.work.coordination.sides import (
    PARTNERS,
    WRITERS,
    office_beside,
    said,
    side_needed,
)
from dongthuan.work.coordination.signing import signatures_void
from dongthuan.work.coordination.template import content_of, sections

CLAUSE_MOST = 5000
CLAUSES_MOST = 120


# -- opening --------------------------------------------------------------------------------------


@transaction.atomic
def plan_create(
    *, acting: Actor, partner: Unit, year: int, theme: str = "", economic_plan: str = "",
    upper: CoordinationPlan | None = None, is_demo: bool = False,
) -> CoordinationPlan:  # fmt: skip
    """Draft the plan of a year from the template; `partner` is the mass-mobilisation body or Front.

    Either side may draft. `upper` defaults to the plan in force of the level above. Raises
    NotAllowed for who belongs to neither side, MatterError (unit, year, theme).
    """
    office = office_beside(partner)
    belongs_check(acting, partner, office)
    if not 2013 <= year <= clock.today().year + 1:
        raise MatterError(_("Choose a year from 2013 to next year."), field="year")
    # The lock on the body keeps both sides from drafting the same year at once.
    Unit.objects.select_for_update(no_key=True).get(pk=partner.pk)
    if _there(partner, year):
        raise MatterError(_("There is a plan of this year already."), field="year")
    theme = said(theme, "theme", most=300)
    economic_plan = said(economic_plan, "economic_plan", most=300)
    first = max(dt.date(year, 1, 1), partner.valid_from)
    last = dt.date(year, 12, 31)
    last = min(last, partner.valid_to) if partner.valid_to else last
    if first > last:
        raise MatterError(_("This body was not in force in that year."), field="year")
    return plan_write(
        acting=acting, partner=partner, office=office, year=year, theme=theme,
        economic_plan=economic_plan, starts_on=first, ends_on=last,
        upper=upper or plan_above(partner, year), is_demo=is_demo,
    )  # fmt: skip


def year_free(partner: Unit) -> int | None:
    """This year or the next, of which the body has no plan yet; None where both have theirs."""
    this = clock.today().year
    return next((year for year in (this, this + 1) if not _there(partner, year)), None)


def belongs_check(acting: Actor, partner: Unit, office: Unit) -> None:
    for scope in acting.scopes_of(*WRITERS):
        unit = partner if scope.role in PARTNERS else office
        if unit.path.startswith(scope.unit_path):
            return
    if not acting.is_system:
        raise NotAllowed(_("Only the two sides of a coordination plan work on it."))


def _there(partner: Unit, year: int) -> bool:
    return (
        CoordinationPlan.objects.filter(unit=partner, year=year, amends=None)
        .exclude(state="withdrawn")
        .exists()
    )


def plan_above(partner: Unit, year: int) -> CoordinationPlan | None:
    """The public plan of the year of the nearest level above, in which this one stands."""
    area = area_of(partner.path)
    steps = area.rstrip(".").split(".")
    above = [".".join(steps[:n]) + "." for n in range(1, len(steps))]
    rows = CoordinationPlan.objects.filter(
        year=year, amends=None, state__in=PUBLIC, unit__kind=partner.kind
    )
    found = [plan for plan in rows if area_of(plan.path) in above]
    return max(found, key=lambda plan: len(area_of(plan.path)), default=None)


def plan_write(
    *, acting: Actor, partner: Unit, office: Unit, year: int, theme: str, economic_plan: str,
    starts_on: dt.date, ends_on: dt.date, upper: CoordinationPlan | None,
    continues: CoordinationPlan | None = None, amends: CoordinationPlan | None = None,
    is_demo: bool = False,
) -> CoordinationPlan:  # fmt: skip
    """Write a plan's row with its first clauses; the caller has authorised and checked."""
    what = "Phụ lục Kế hoạch phối hợp" if amends else "Kế hoạch phối hợp"
    front = Unit.objects.filter(parent__path=area_of(partner.path), kind="front").first()
    parties = [office, *([front] if front and front.pk != partner.pk else [])]
    plan = matter_create(
        acting=acting, model=CoordinationPlan, kind="coordination_plan", unit=partner,
        title=f"{what} năm {year}: {partner.short_name} và {office.short_name}",
        act="coordination_plan.drafted", parties=parties, parent=amends, listed=False,
        audience=Audience.PETITIONER, is_demo=is_demo, office=office, year=year, theme=theme,
        economic_plan=economic_plan, starts_on=starts_on, ends_on=ends_on, upper=upper,
        continues=continues, amends=amends, facts={"year": year},
    )  # fmt: skip
    # No draft is public, not even that it is: the row comes with the second signature.
    Projection.objects.filter(pk=plan.pk).delete()
    if amends is None:
        _template_write(acting, plan)
    return plan


def _template_write(acting: Actor, plan: CoordinationPlan) -> None:
    words = {"partner": plan.unit.name, "office": plan.office.name, "year": plan.year}
    rows = [
        Clause(plan=plan, section=section.number, position=n, text=text.format(**words))
        for section in sections()
        for n, text in enumerate(section.clauses, start=1)
    ]
    now, label = clock.now(), acting.label_for(plan.path, plan.parties)[:160]
    for row in Clause.objects.bulk_create(rows):
        row.versions.create(number=1, text=row.text, label=label, at=now)


@transaction.atomic
def amendment_create(*, acting: Actor, plan: CoordinationPlan) -> CoordinationPlan:
    """Draft an amendment (phụ lục) of a plan in force; signed by both, its tasks join the plan."""
    plan = held(plan)
    side_needed(acting, plan)
    if not plan.runs or plan.is_amendment:
        raise MatterError(_("Only a plan in force is amended."))
    if plan.amendments.exclude(state__in=["joined", "withdrawn"]).exists():
        raise MatterError(_("An amendment of this plan is being drafted already."))
    return plan_write(
        acting=acting, partner=plan.unit, office=plan.office, year=plan.year, theme="",
        economic_plan="", starts_on=max(plan.starts_on, clock.today()), ends_on=plan.ends_on,
        upper=None, amends=plan, is_demo=plan.is_demo,
    )  # fmt: skip


# -- changing the text ----------------------------------------------------------------------------


def held(plan: CoordinationPlan) -> CoordinationPlan:
    """The plan, locked, as it stands now."""
    Matter.objects.select_for_update().filter(pk=plan.pk).first()
    return CoordinationPlan.objects.select_related("unit", "office", "amends").get(pk=plan.pk)


def writable(acting: Actor, plan: CoordinationPlan) -> tuple[CoordinationPlan, str]:
    """The locked plan and the side that writes. Raises NotAllowed, MatterError once signed."""
    plan = held(plan)
    if not policies.may_see(acting, plan):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    side, _scope = side_needed(acting, plan)
    if not plan.is_writable:
        raise MatterError(_("The text is signed; it is changed by an amendment alone."))
    return plan, side


def text_unfreeze(plan: CoordinationPlan) -> None:
    """Take back both agreements and the frozen text; the caller saves."""
    plan.agreed_partner = plan.agreed_office = plan.signed_text = ""
    plan.signed_pdf = None


def text_changed(*, acting: Actor, plan: CoordinationPlan, reason: str) -> None:
    """After a change of the text: no side has agreed to it, nobody has signed it.

    A plan in force is left as it was signed (what a unit's end brings in has entries of its own).
    """
    if not plan.is_writable:
        return
    before = plan.state
    signatures_void(acting=acting, matter=plan, reason=reason)
    text_unfreeze(plan)
    if plan.state in ("agreed", "half_signed"):
        plan.state = "exchanged"
        entry_append(
            matter=plan, act="coordination_plan.reopened", acting=acting,
            audience=Audience.PETITIONER, before=before, after="exchanged",
            facts={"reason": reason},
        )  # fmt: skip
    plan.version += 1
    plan.save()


@transaction.atomic
def head_edit(
    *, acting: Actor, plan: CoordinationPlan, theme: str, economic_plan: str
) -> CoordinationPlan:
    """Change the theme of the year and the socio-economic plan that it stands on."""
    plan, _side = writable(acting, plan)
    plan.theme = said(theme, "theme", most=300)
    plan.economic_plan = said(economic_plan, "economic_plan", most=300)
    _note(acting, plan, "head_changed", {})
    text_changed(acting=acting, plan=plan, reason=_("the head of the plan was changed"))
    return plan


@transaction.atomic
def ground_add(
    *, acting: Actor, plan: CoordinationPlan, number: str, issuer: str, title: str,
    issued_on: dt.date | None = None,
) -> Ground:  # fmt: skip
    """Name a document on which the plan stands."""
    plan, _side = writable(acting, plan)
    number = said(number, "number", most=80, needed=_("Give the number of the document."))
    if issued_on and issued_on > clock.today():
        raise MatterError(_("The day lies in the future."), field="issued_on")
    made = Ground.objects.create(
        plan=plan, number=number, issued_on=issued_on,
        issuer=said(issuer, "issuer", most=200, needed=_("Say who issued it.")),
        title=said(title, "title", most=300, needed=_("Write its title.")),
    )  # fmt: skip
    _note(acting, plan, "ground_added", {"document": number})
    text_changed(acting=acting, plan=plan, reason=_("a basis was added"))
    return made


@transaction.atomic
def ground_remove(*, acting: Actor, ground: Ground) -> None:
    plan, _side = writable(acting, ground.plan)
    _note(acting, plan, "ground_removed", {"document": ground.number})
    ground.delete()
    text_changed(acting=acting, plan=plan, reason=_("a basis was taken out"))


@transaction.atomic
def clause_add(
    *, acting: Actor, plan: CoordinationPlan, section: int, text: str, content: int | None = None
) -> Clause:
    """Add a clause at the end of a section; in section III it names one of the twelve contents."""
    plan, side = writable(acting, plan)
    if not 1 <= section <= 5:
        raise MatterError(_("A plan has five sections."), field="section")
    if section == 3 and content_of(content or 0) is None:
        raise MatterError(_("Choose which content of coordination it is."), field="content")
    if plan.clauses.count() >= CLAUSES_MOST:
        raise MatterError(_("A plan has at most %(n)d clauses.") % {"n": CLAUSES_MOST})
    text = said(text, "text", most=CLAUSE_MOST, needed=_("Write the clause."))
    made = Clause.objects.create(
        plan=plan, section=section, content=content if section == 3 else None, text=text,
        position=plan.clauses.filter(section=section).count() + 1,
    )  # fmt: skip
    _version(acting, made, side)
    _note(acting, plan, "clause_added", {"section": section, "side": side})
    text_changed(acting=acting, plan=plan, reason=_("a clause was added"))
    return made


@transaction.atomic
def clause_edit(*, acting: Actor, clause: Clause, text: str, number: int | None = None) -> Clause:
    """Write a clause anew: a new version, beside the old ones. `number`: the version seen."""
    plan, side = writable(acting, clause.plan)
    clause.refresh_from_db()
    if number is not None and number != clause.number:
        raise Conflict(_("The clause was changed meanwhile; look at it again."))
    text = said(text, "text", most=CLAUSE_MOST, needed=_("Write the clause."))
    if text == clause.text and not clause.removed:
        raise MatterError(_("Nothing was changed."), field="text")
    clause.text, clause.removed = text, False
    _changed(acting, plan, clause, side, "clause_changed")
    return clause


@transaction.atomic
def clause_remove(*, acting: Actor, clause: Clause) -> Clause:
    """Take a clause out; its versions and comments stay in the record."""
    plan, side = writable(acting, clause.plan)
    clause.refresh_from_db()
    if clause.removed:
        raise MatterError(_("This clause was taken out already."))
    clause.removed = True
    _changed(acting, plan, clause, side, "clause_removed")
    return clause


def _changed(acting: Actor, plan: CoordinationPlan, clause: Clause, side: str, act: str) -> None:
    clause.number += 1
    clause.save()
    _version(acting, clause, side)
    facts = {"section": clause.section, "number": clause.number, "side": side}
    _note(acting, plan, act, facts)
    text_changed(acting=acting, plan=plan, reason=_("a clause was changed"))


def _version(acting: Actor, clause: Clause, side: str) -> None:
    ClauseVersion.objects.create(
        clause=clause, number=clause.number, text=clause.text, removed=clause.removed, side=side,
        label=acting.label_for(clause.plan.path, clause.plan.parties)[:160], at=clock.now(),
    )  # fmt: skip


def _note(acting: Actor, plan: CoordinationPlan, act: str, facts: dict[str, Any]) -> None:
    entry_append(
        matter=plan, act=f"coordination_plan.{act}", acting=acting, audience=Audience.PETITIONER,
        before=plan.state, after=plan.state, facts=facts,
    )  # fmt: skip


# -- comments -------------------------------------------------------------------------------------


@transaction.atomic
def comment_add(*, acting: Actor, clause: Clause, text: str) -> ClauseComment:
    """A side comments on a clause as it stands, while the text is with both sides."""
    plan, side = writable(acting, clause.plan)
    if plan.state == "drafting":
        raise MatterError(_("The draft was not sent to the other side yet."))
    if plan.state != "exchanged":
        raise MatterError(_("The text is agreed; take it back for changes before you comment."))
    clause.refresh_from_db()
    made = ClauseComment.objects.create(
        clause=clause, version=clause.number, side=side, at=clock.now(),
        label=acting.label_for(plan.path, plan.parties)[:160],
        text=said(text, "text", most=2000, needed=_("Write the comment.")),
    )  # fmt: skip
    _note(acting, plan, "comment_added", {"section": clause.section, "side": side})
    # Whoever comments does not agree to the text as it stands.
    text_changed(acting=acting, plan=plan, reason=_("a comment was made"))
    return made


@transaction.atomic
def comment_answer(
    *, acting: Actor, comment: ClauseComment, outcome: str, answer: str = ""
) -> ClauseComment:
    """The other side takes a comment up or declines it with a reason; its own side takes it back.

    Raises MatterError (outcome, answer), NotAllowed.
    """
    plan, side = writable(acting, comment.clause.plan)
    comment.refresh_from_db()
    if comment.outcome != ClauseComment.Outcome.OPEN:
        raise MatterError(_("This comment is answered already."))
    allowed: Sequence[str] = ("back",) if side == comment.side else ("taken", "declined")
    if outcome not in allowed:
        raise MatterError(
            _("The other side answers a comment; its own side can only take it back."),
            field="outcome",
        )
    needed = _("Say why it is not taken up.") if outcome == "declined" else ""
    comment.answer = said(answer, "answer", most=2000, needed=needed)
    comment.outcome, comment.answered_at = outcome, clock.now()
    comment.answered_by = acting.label_for(plan.path, plan.parties)[:160]
    comment.save()
    _note(acting, plan, "comment_answered", {"outcome": outcome, "side": side})
    return comment
