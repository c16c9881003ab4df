"""What steps of a project change beyond its state; called by the engine in its transaction."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.db.models import Sum
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.duties import duties_open, duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext, model_of
from dongthuan.core.matters.meeting import Proof, disclosure_owe, proof_of
from dongthuan.core.matters.models import DutyState
from dongthuan.core.matters.services import matter_act
from dongthuan.work.projects.checks import order_check, public_text
from dongthuan.work.projects.codes import LinkRole, Source
from dongthuan.work.projects.contributions.models import Campaign
from dongthuan.work.projects.models import (
    Acknowledgement,
    Notice,
    Obstacle,
    Project,
    ProjectLink,
    ProjectTask,
)
from dongthuan.work.projects.parties import partners_of
from dongthuan.work.projects.public import public_show

ACK = "project.ack"
OBSTACLE_OPEN = ("raised", "assigned", "agreed", "escalated")


def _project(context: StepContext) -> Project:
    return cast(Project, context.matter)


def inform(context: StepContext) -> None:
    """Every partner is sent the information and owes to say that it has read it.

    A later sending takes the place of the earlier one: what was not acknowledged then is asked for
    anew, under the new notice.
    """
    project = _project(context)
    partners = partners_of(project)
    if not partners:
        raise MatterError(_("No partner is named in this project; name them first."))
    notice = Notice.objects.create(
        project=project,
        document=context.data["document"],
        text=public_text(context.data["text"], "text", 10_000),
        sent_at=context.now,
    )
    Acknowledgement.objects.bulk_create(
        Acknowledgement(notice=notice, unit=partner) for partner in partners
    )
    for duty in context.duties:
        if duty.rule == ACK:
            reason = _("sent anew as %(number)s") % {"number": notice.document}
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason=reason)
            duty.save(update_fields=["state", "closed_at", "reason"])
    for partner in partners:
        context.duties += duties_open(
            matter=project, rules=[(ACK, "received", context.now)], now=context.now,
            owner=partner, subject=partner.code,
        )  # fmt: skip
    project.informed_at = context.now
    context.facts["partners"] = [partner.short_name or partner.name for partner in partners]


def prepare(context: StepContext) -> None:
    """The investment is approved: from here it is public (khoản 3 Điều 11)."""
    project = _project(context)
    project.approved_on = context.data["approved_on"]
    project.approval_document = context.data["document"]
    project.decided_at = context.now
    public_show(project)
    owed = disclosure_owe(
        acting=context.acting, origin=project, item="3",
        title=f"Công khai dự án: {project.title}"[:200],
        body=f"{project.title}\n{project.purpose}\nQuyết định: {project.approval_document}",
        decided_at=noon(context.data["approved_on"]),
    )  # fmt: skip
    ProjectLink.objects.create(project=project, matter=owed, role=LinkRole.DISCLOSURE)


def start(context: StepContext) -> None:
    """Where the people pay, their decision must carry it (khoản 1 Điều 15, Điều 21).

    That partners were not informed yet does not stop the works: no law says so. The duty to inform
    them goes on, and is seen as late.
    """
    project = _project(context)
    started = context.data["started_on"]
    order_check(project.approved_on, started, "started_on")
    if people_pay(project):
        proof = proof_for(project)
        context.facts.update({"yes": proof.yes, "all": proof.all})
    project.started_on = started
    _promise_end(context, project.planned_to)


def people_pay(project: Project) -> bool:
    return project.fundings.filter(source=Source.PEOPLE, planned__gt=0).exists()


def proof_for(project: Project) -> Proof:
    """What the people's decision of a project proves, if it carries; refused by its article."""
    proof = None
    if project.decision is not None:
        matter = model_of(project.decision.kind)._default_manager.get(pk=project.decision.pk)
        proof = proof_of(matter)
    if proof is None or proof.item not in ("1", "2"):
        raise MatterError(
            _("The people pay a part: name the decision of the community that carries it (Law on "
              "Grassroots Democracy 2022, Art. 15.1, 21).")
        )  # fmt: skip
    # A village is bound by what it voted on itself, or the commune with it as one of its villages.
    decided = {project.decision.path, *project.decision.parties} if project.decision else set()
    if not set(project.villages.values_list("path", flat=True)) <= decided:
        raise MatterError(
            _("That decision was not taken by every village of the project (Law on Grassroots "
              "Democracy 2022, Art. 15.1, 21).")
        )  # fmt: skip
    if not proof.carried or not proof.in_force:
        raise MatterError(
            _("The decision of the community does not carry it: %(yes)d of %(all)d, or it is not "
              "in force (Law on Grassroots Democracy 2022, Art. 20, 21).")
            % {"yes": proof.yes, "all": proof.all}
        )  # fmt: skip
    return proof


def _promise_end(context: StepContext, planned_to: dt.date | None) -> None:
    if planned_to is not None and planned_to >= clock.today():
        context.opens.append(("project.finish", "promised", noon(planned_to)))


def report(context: StepContext) -> None:
    project = _project(context)
    percent = context.data.get("percent", project.percent)
    if percent > 100:
        raise MatterError(_("More than a hundred per cent cannot be done."), field="percent")
    public_text(context.data["summary"], "summary", 5000)
    context.facts["was"] = f"{project.percent}%"
    project.percent = percent


def replan(context: StepContext) -> None:
    """The old end stands in the record; an end already missed stays missed."""
    project = _project(context)
    until = context.data["until"]
    order_check(project.started_on or project.planned_from, until, "until")
    if project.planned_to:
        context.facts["due_before"] = project.planned_to.isoformat()
    for duty in context.duties:
        if duty.rule == "project.finish":
            reason = str(context.data["reason"])
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason=reason)
    project.planned_to = until
    if project.state == "implementation":
        _promise_end(context, until)


def resume(context: StepContext) -> None:
    project = _project(context)
    if project.planned_to:
        context.facts["due_before"] = project.planned_to.isoformat()
    project.planned_to = context.data["until"]
    if project.started_on is None:
        context.target = "preparation"
        return
    context.opens.append(("project.report", "now", context.now))
    _promise_end(context, project.planned_to)


def cancel(context: StepContext) -> None:
    """Given up, nothing of it is owed any more; what the people gave is accounted for before."""
    project = _project(context)
    if Campaign.objects.filter(parent=project, state__in=("open", "closed")).exists():
        raise MatterError(
            _("The people gave for this project and the campaign is not settled; settle it first.")
        )
    reason = {"reason": context.data["reason"]}
    for model, state, step in (
        (ProjectTask, ("given",), "withdraw"),
        (Obstacle, OBSTACLE_OPEN, "drop"),
    ):
        for child in model.objects.filter(parent=project, state__in=state).order_by("id"):
            matter_act(acting=context.acting, matter_id=child.pk, step_name=step, data=reason)


def complete(context: StepContext) -> None:
    project = _project(context)
    ended = context.data["ended_on"]
    order_check(project.started_on, ended, "ended_on")
    project.ended_on = ended
    project.percent = 100


def settle(context: StepContext) -> None:
    """The settlement agrees with the payments written down, to the đồng, and becomes public."""
    project = _project(context)
    amount = context.data["amount"]
    paid = project.payments.aggregate(sum=Sum("amount"))["sum"] or 0
    if amount != paid:
        raise MatterError(
            _("The settlement says %(amount)s đồng, the payments in the dossier add up to "
              "%(paid)s đồng; they must agree.")
            % {"amount": f"{amount:,}".replace(",", "."), "paid": f"{paid:,}".replace(",", ".")},
            field="amount",
        )  # fmt: skip
    if "project.handover" in project.running_rules:
        raise MatterError(_("Record the handover of the works and their papers first."))
    project.settled_amount = amount
    owed = disclosure_owe(
        acting=context.acting, origin=project, item="5",
        title=f"Công khai quyết toán: {project.title}"[:200],
        body=f"{project.title}\nGiá trị quyết toán: {amount:,} đồng".replace(",", "."),
        decided_at=context.now,
    )  # fmt: skip
    ProjectLink.objects.create(project=project, matter=owed, role=LinkRole.DISCLOSURE)
