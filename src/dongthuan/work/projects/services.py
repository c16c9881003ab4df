"""Opening a project, changing its plan, and what its partners say to its information."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import model_of
from dongthuan.core.matters.meeting import proof_of
from dongthuan.core.matters.models import Audience, Duty, DutyState, Matter
from dongthuan.core.matters.services import matter_settle
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.core.units.models import Tier, Unit
from dongthuan.work.projects.checks import (
    money_check,
    order_check,
    public_text,
    seen_check,
    speaks_for,
    works_check,
)
from dongthuan.work.projects.codes import Sector, Source, WorkType
from dongthuan.work.projects.effects import people_pay, proof_for
from dongthuan.work.projects.models import Acknowledgement, Funding, Project
from dongthuan.work.projects.parties import partners_usual
from dongthuan.work.projects.public import public_hide, public_show


@dataclass(frozen=True, kw_only=True)
class Fund:
    """Money planned from one source (đồng), from whom, by which document."""

    source: str
    planned: int
    body: str = ""
    document: str = ""


@transaction.atomic
def project_create(
    *,
    acting: Actor,
    unit: Unit,
    title: str,
    purpose: str,
    work_type: str = WorkType.CONSTRUCTION,
    sector: str = Sector.ROAD,
    villages: Sequence[Unit] = (),
    location: str = "",
    planned_from: dt.date | None = None,
    planned_to: dt.date | None = None,
    design_document: str = "",
    funds: Sequence[Fund] = (),
    partners: Sequence[Unit] | None = None,
    decision_code: str = "",
    source_note: str = "",
    is_demo: bool = False,
    now: dt.datetime | None = None,
) -> Project:
    """Enter a project of a unit (its investor); its words are public once it is approved.

    `partners`: the bodies with a part in it beside the villages; None: the usual ones of the area.
    `decision_code`: the matter by which the people decided it. The unit owes the partners its
    information from now on (rule project.inform). Raises MatterError with its field, NotAllowed.
    """
    works_check(acting, unit)
    now = now or clock.now()
    title = public_text(title, "title", 200, needed=_("Give the project a name."))
    purpose = public_text(purpose, "purpose", 5000, needed=_("Say what it is for."))
    order_check(planned_from, planned_to, "planned_to")
    _villages_check(unit, villages)
    decision = decision_find(acting=acting, code=decision_code) if clean(decision_code) else None
    others = partners_usual(unit) if partners is None else list(partners)
    project = matter_create(
        acting=acting, model=Project, kind="project", unit=unit, title=title, body=purpose,
        act="project.created", place=villages[0] if len(villages) == 1 else unit.parent,
        parties=[*others, *villages], is_demo=is_demo, now=now,
        rules=[("project.inform", "created", now)],
        facts=_plan_facts(planned_from, planned_to),
        purpose=purpose, work_type=WorkType(work_type), sector=Sector(sector),
        location=public_text(location, "location", 300), planned_from=planned_from,
        planned_to=planned_to, design_document=public_text(design_document, "design_document", 80),
        decision=decision, source_note=clean(source_note)[:300],
    )  # fmt: skip
    public_hide(project)
    project.villages.set(villages)
    _fund(project, funds)
    return project


def _plan_facts(planned_from: dt.date | None, planned_to: dt.date | None) -> dict[str, Any]:
    days = {"planned_from": planned_from, "planned_to": planned_to}
    return {name: day.isoformat() for name, day in days.items() if day}


def _villages_check(unit: Unit, villages: Sequence[Unit]) -> None:
    area = (unit.parent or unit).path
    for village in villages:
        if village.tier != Tier.VILLAGE or not village.path.startswith(area):
            raise MatterError(
                _("%(name)s is no village of this area.") % {"name": village.name},
                field="villages",
            )


def _fund(project: Project, funds: Sequence[Fund]) -> None:
    for fund in funds:
        money_check(fund.planned, "planned")
    Funding.objects.bulk_create(
        Funding(
            project=project, source=Source(fund.source), planned=fund.planned,
            body=public_text(fund.body, "body", 200),
            document=public_text(fund.document, "document", 80),
        )
        for fund in funds
        if fund.planned
    )  # fmt: skip


def decision_find(*, acting: Actor, code: str) -> Matter:
    """The decision of the people behind a code, in the actor's sight; MatterError if it is none."""
    found = Matter.objects.filter(policies.visible_to(acting), code=clean(code)).first()
    proof = None
    if found is not None:
        proof = proof_of(model_of(found.kind)._default_manager.get(pk=found.pk))
    if found is None or proof is None:
        raise MatterError(_("No decision of the community has this code."), field="decision_code")
    return found


@transaction.atomic
def project_change(
    *,
    acting: Actor,
    project: Project,
    purpose: str,
    location: str = "",
    design_document: str = "",
    decision_code: str = "",
    funds: Sequence[Fund] = (),
    version: int | None = None,
) -> Project:
    """Correct the plan while the project runs; what it was before stands in the entry."""
    locked = _locked(acting, project)
    works_check(acting, locked.unit)
    if version is not None and version != locked.version:
        raise MatterError(_("The project was changed meanwhile; look at it again."))
    if not locked.is_open:
        raise MatterError(_("The project is closed; nothing can be added to it."))
    locked.purpose = public_text(purpose, "purpose", 5000, needed=_("Say what it is for."))
    locked.location = public_text(location, "location", 300)
    locked.design_document = public_text(design_document, "design_document", 80)
    if clean(decision_code):
        locked.decision = decision_find(acting=acting, code=decision_code)
    before = {f.source: f.planned for f in locked.fundings.all()}
    locked.fundings.all().delete()
    _fund(locked, funds)
    after = {f.source: f.planned for f in locked.fundings.all()}
    if locked.started_on and people_pay(locked):
        proof_for(locked)  # what let the works begin is asked again of what is written now
    locked.version += 1
    locked.save()
    entry_append(
        matter=locked, act="project.changed", acting=acting, audience=Audience.PUBLIC,
        before=locked.state, after=locked.state,
        facts={
            "from": [f"{Source(name).value}: {sum_}" for name, sum_ in before.items()],
            "to": [f"{Source(name).value}: {sum_}" for name, sum_ in after.items()],
        } if before != after else {},
    )  # fmt: skip
    if locked.is_public:
        public_show(locked)
    return locked


def _locked(acting: Actor, project: Project) -> Project:
    seen_check(acting, project)
    Matter.objects.select_for_update().get(pk=project.pk)
    return Project.objects.select_related("unit").get(pk=project.pk)


@transaction.atomic
def notice_acknowledge(
    *, acting: Actor, project: Project, unit: Unit, remark: str = ""
) -> Acknowledgement:
    """A partner says, as a body, that it has read the last information; once a notice.

    `remark` is read by those who see the project. Raises MatterError, NotAllowed.
    """
    locked = _locked(acting, project)
    if not speaks_for(acting, unit):
        raise NotAllowed(_("You speak only for your own body."))
    asked = (
        Acknowledgement.objects.select_for_update(of=("self",))
        .filter(notice__project=locked, unit=unit)
        .order_by("-notice_id")
        .select_related("notice")
        .first()
    )
    if asked is None:
        raise MatterError(_("No information was sent to this body yet."))
    if asked.at is not None:
        raise MatterError(_("This body has already said that it has read it."))
    now = clock.now()
    asked.at, asked.label = now, acting.label_for(unit.path)[:160]
    asked.remark = public_text(remark, "remark", 2000)
    asked.save()
    duty = Duty.objects.filter(
        matter=locked, rule="project.ack", subject=unit.code, state=DutyState.OPEN
    ).first()
    if duty is not None:
        duty_close(duty=duty, now=now)
        duty.save(update_fields=["state", "closed_at", "reason"])
    entry_append(
        matter=locked, act="project.acknowledged", acting=acting, audience=Audience.PUBLIC,
        before=locked.state, after=locked.state,
        facts={"body": unit.name, "document": asked.notice.document}, at=now,
    )  # fmt: skip
    matter_settle(matter=locked)
    return asked
