"""The counter: submissions entered for people who come, call or write, and their receipts."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock as moment
from dongthuan.core.matters import policies, selectors
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Channel, Duty, Submission
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.people.services import PersonError
from dongthuan.core.units.models import Tier, Unit
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.forms import RegisterForm
from dongthuan.front.desk.views import stored_papers
from dongthuan.front.receipts import receipt_pdf_response
from dongthuan.work.petitions.services import Sender, receipt_renew, submission_create


@official_required
def register(request: HttpRequest) -> HttpResponse:
    """Enter a submission for somebody: received, registered and (if clear) classified at once."""
    actor = request.actor  # type: ignore[attr-defined]
    if not policies.may_register(actor):
        messages.error(request, _("Your position may not register submissions."))
        return redirect("desk:list")
    places = _own_places(actor)
    form = RegisterForm(
        request.POST or None, places=places, initial={"form_token": secrets.token_urlsafe(24)}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                code = _registered(request, form.cleaned_data)
                return redirect("desk:counter_receipt", code=code)
            except (MatterError, PersonError, UploadError) as error:
                _show(form, error)
    return render(request, "desk/register.html", {"form": form}, status=status)


def _own_places(actor: Any) -> Any:
    areas = {scope.area_path for scope in actor.scopes}
    query = Unit.objects.none()
    for area in areas:
        query = query | Unit.objects.filter(
            path__startswith=area, valid_to=None, tier__in=[Tier.COMMUNE, Tier.VILLAGE]
        )
    return query.order_by("path")


def _registered(request: HttpRequest, data: dict[str, Any]) -> str:
    """Receive, enter in the register and classify: one transaction for a queue at the counter."""
    actor = request.actor  # type: ignore[attr-defined]
    place: Unit = data["place"]
    with transaction.atomic():
        receipt = submission_create(
            acting=actor,
            place=place,
            text=data["text"],
            channel=data["channel"],
            sender=Sender(
                name=data["name"],
                address=data["address"],
                phone=data["phone"],
                email=data["email"],
                id_number=data["id_number"] if data["channel"] == Channel.COUNTER else "",
            ),
            place_text=data["place_text"],
            declared=data["kind"],
            people_count=data["people_count"],
            attachments=stored_papers(request),
            idempotency_key=f"desk-{actor.account_id}-{data['form_token']}",
            received_at=_noon(data["received_on"]),
            written_on=data["written_on"],
            forwarded_by=data["forwarded_by"],
            also_sent_to=data["also_sent_to"],
        )
        if not receipt.repeated:
            matter_act(
                acting=actor,
                matter_id=receipt.matter.pk,
                step_name="register",
                data={"title": data["title"], "topic": data["topic"]},
            )
            if data["kind"]:
                matter_act(
                    acting=actor,
                    matter_id=receipt.matter.pk,
                    step_name="classify",
                    data={"kind": data["kind"]},
                )
    return receipt.code


def _noon(day: dt.date | None) -> dt.datetime | None:
    if day is None or day == moment.today():
        return None
    return dt.datetime.combine(day, dt.time(12), timezone.get_default_timezone())


def _show(form: RegisterForm, error: Exception) -> None:
    name = getattr(error, "field", "").replace("received_at", "received_on")
    form.add_error(name if name in form.fields else None, str(getattr(error, "message", error)))


@require_safe
@official_required
def counter_receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt to hand over, with code and secret, for the officer who registered it."""
    actor = request.actor  # type: ignore[attr-defined]
    submission = (
        Submission.objects.filter(matter__code=code, registered_by_id=actor.account_id)
        .select_related("matter__unit", "matter__place", "citizen")
        .order_by("id")
        .first()
    )
    if submission is None or moment.now() - _entered_at(submission) > dt.timedelta(days=1):
        raise Http404
    if submission.matter.is_sealed:
        raise Http404  # sealed since: the officer who wrote it down is no longer among its readers
    context = {
        "submission": submission,
        "matter": submission.matter,
        "secret": receipt_secret(submission),
        "duties": Duty.objects.filter(matter=submission.matter).order_by("due_on"),
        "session": submission.matter.from_visits.values_list("reception__code", flat=True).first(),
    }
    if request.GET.get("dang") == "pdf":
        return receipt_pdf_response(submission)
    response = render(request, "desk/receipt.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _entered_at(submission: Submission) -> dt.datetime:
    """When it was entered here; a letter may have been received days before that."""
    first = submission.matter.entries.order_by("id").values_list("at", flat=True).first()
    return first or submission.received_at


@require_POST
@official_required
def renew_receipt(request: HttpRequest, code: str, handle: UUID) -> HttpResponse:
    """A new secret for somebody who lost it and showed who they are; the old one dies."""
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.matter_get(actor=actor, code=code)
    submission = (
        found
        and found.submissions.filter(uuid=handle)
        .select_related("matter__unit", "matter__place", "citizen")
        .first()
    )
    if not submission:
        raise Http404
    try:
        secret = receipt_renew(acting=actor, submission=submission)
    except MatterError as error:
        messages.error(request, error.message)
        return redirect("desk:matter", code=code)
    duties = Duty.objects.filter(matter=submission.matter).order_by("due_on")
    context = {
        "submission": submission, "matter": submission.matter, "secret": secret, "duties": duties,
        "renewed": True,
    }  # fmt: skip
    response = render(request, "desk/receipt.html", context)
    response["Cache-Control"] = "no-store"
    return response
