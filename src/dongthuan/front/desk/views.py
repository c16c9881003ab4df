"""The official's workplace: lists, one matter, the steps that may be taken, the counter."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock as moment
from dongthuan.core.law import RuleError
from dongthuan.core.matters import policies, selectors
from dongthuan.core.matters.errors import Conflict, MatterError
from dongthuan.core.matters.forms import StepForm, colleagues_of, officials_of, receivers_of
from dongthuan.core.matters.kinds import Step, all_kinds, kind_of
from dongthuan.core.matters.models import Audience, Duty, Level, Matter
from dongthuan.core.matters.selectors import MatterFilter
from dongthuan.core.matters.services import (
    filter_remove as remove_filter,
)
from dongthuan.core.matters.services import (
    filter_save as save_filter,
)
from dongthuan.core.matters.services import (
    matter_act,
    matter_assign,
    matter_note,
    matters_assign,
    truth,
)
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.models import Attachment
from dongthuan.core.papers.responses import attachment_response
from dongthuan.core.papers.services import attachments_store
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Account
from dongthuan.core.units.models import Role
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.exporting import matters_csv
from dongthuan.front.desk.forms import AssignForm, NoteForm, SaveFilterForm
from dongthuan.front.desk.kind_parts import (
    kind_part,
    offered,
    own_form,
    own_page,
    page_of,
    vote_url,
)
from dongthuan.insight.search.selectors import near_duplicates
from dongthuan.work.denunciations.selectors import case_view
from dongthuan.work.denunciations.vault import passphrase_check
from dongthuan.work.petitions.complaint_effects import dialogue_earliest
from dongthuan.work.petitions.complaint_execution import signers_of
from dongthuan.work.petitions.joining import JOINED_KINDS, main_of
from dongthuan.work.petitions.kinds import CLASSES
from dongthuan.work.petitions.models import Petition, Regime
from dongthuan.work.petitions.rating import rateable
from dongthuan.work.petitions.transfers import followed_as

FILTERS = ("view", "kind", "state", "topic", "unit", "q", "after")


# -- lists --------------------------------------------------------------------------------------


@require_safe
@official_required
def matters(request: HttpRequest) -> HttpResponse:
    """The list: my duties, my unit's, due soon, overdue, unassigned; every filter is a link."""
    actor = request.actor  # type: ignore[attr-defined]
    wanted = _wanted(request.GET, actor)
    page = selectors.matter_list(actor=actor, wanted=wanted)
    plain = {
        name: request.GET.get(name, "")
        for name in FILTERS
        if name != "after" and request.GET.get(name)
    }
    context = {
        "wanted": wanted,
        "page": page,
        "counts": selectors.view_counts(actor=actor),
        "saved": selectors.filters_of(actor=actor),
        "views": _views(plain),
        "kinds": [(kind.name, kind.label) for kind in all_kinds()],
        "topics": TOPICS,
        "states": _states(),
        "query": urlencode(plain),
        "next_url": f"?{urlencode({**plain, 'after': page.next})}" if page.next else "",
        "first_url": "" if page.first else f"?{urlencode(plain)}",
        "colleagues": colleagues_of(actor) if actor.roles & {Role.HEAD, Role.INTAKE} else [],
        "today": moment.today(),
    }
    template = "desk/_rows.html" if request.htmx else "desk/list.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _wanted(query: QueryDict, actor: Any) -> MatterFilter:
    values = {name: query.get(name, "")[:200] for name in FILTERS}
    if values["view"] not in selectors.VIEWS:
        values["view"] = "unit" if not (actor.roles & {Role.HANDLER}) else "mine"
    return MatterFilter(**values)


def _views(plain: dict[str, str]) -> list[tuple[str, str, str]]:
    labels = {
        "mine": _("Mine"),
        "unit": _("My unit's"),
        "replied": _("The petitioner wrote"),
        "soon": _("Due soon"),
        "overdue": _("Overdue"),
        "unassigned": _("Unassigned"),
        "sealed": _("Sealed"),
        "closed": _("Closed"),
        "all": _("All"),
    }
    rest = {k: v for k, v in plain.items() if k != "view"}
    return [
        (name, label, f"?{urlencode({'view': name, **rest})}") for name, label in labels.items()
    ]


def _states() -> list[tuple[str, Any]]:
    return list({s.name: s.label for kind in all_kinds() for s in kind.states}.items())


@require_safe
@official_required
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, as a spreadsheet: no personal data, at most 5,000 rows."""
    actor = request.actor  # type: ignore[attr-defined]
    page = selectors.matter_list(actor=actor, wanted=_wanted(request.GET, actor), size=5000)
    return matters_csv(page.rows)


@require_POST
@official_required
def assign_many(request: HttpRequest) -> HttpResponse:
    """Give all ticked matters to one handler: all or none."""
    actor = request.actor  # type: ignore[attr-defined]
    back = f"{reverse('desk:list')}?{request.POST.get('query', '')[:500]}"
    ids = _numbers(request.POST.getlist("matter"))
    chosen = _numbers([request.POST.get("account", "")])
    account = Account.objects.filter(pk__in=chosen).first()
    if not ids or account is None:
        messages.error(request, _("Tick the matters and choose a handler first."))
        return redirect(back)
    try:
        done = matters_assign(acting=actor, matter_ids=ids, account=account)
    except MatterError as error:
        messages.error(request, _("Nothing was assigned. %(why)s") % {"why": error.message})
    else:
        messages.success(
            request,
            _("%(count)d matters given to %(name)s.") % {"count": len(done), "name": account.name},
        )
    return redirect(back)


def _numbers(texts: list[str]) -> list[int]:
    """Those of the texts that can be the number of a row."""
    return [int(text) for text in texts if text.isdecimal() and len(text) < 18]


@require_POST
@official_required
def filter_save(request: HttpRequest) -> HttpResponse:
    form = SaveFilterForm(request.POST)
    if form.is_valid():
        try:
            save_filter(acting=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("The list is saved."))
        except MatterError as error:
            messages.error(request, error.message)
    else:
        messages.error(request, _("Give the list a name."))
    return redirect(f"{reverse('desk:list')}?{request.POST.get('query', '')[:500]}")


@require_POST
@official_required
def filter_remove(request: HttpRequest, filter_id: int) -> HttpResponse:
    remove_filter(acting=request.actor, filter_id=filter_id)  # type: ignore[attr-defined]
    messages.success(request, _("The saved list is removed."))
    return redirect("desk:list")


# -- one matter -----------------------------------------------------------------------------------


@require_safe
@official_required
def matter(request: HttpRequest, code: str) -> HttpResponse:
    """Facts, explained clock, timeline, papers, and only the steps that may be taken now."""
    actor = request.actor  # type: ignore[attr-defined]
    view = selectors.matter_view(actor=actor, code=code)
    if view is None:
        raise Http404
    return render(request, "desk/matter.html", _matter_context(actor, view))


def _matter_context(actor: Actor, view: selectors.MatterView) -> dict[str, Any]:
    found = view.matter
    first = view.submissions[0] if view.submissions else None
    fresh = found.state in ("received", "registered", "classified")
    inner = view.audience == 2
    view.steps = offered(actor, found, view.steps)
    return {
        "view": view,
        "matter": found,
        "owed": [duty for duty in view.duties if duty.is_running],
        "ended": [duty for duty in view.duties if not duty.is_running],
        "kind": kind_of(found.kind),
        "state": kind_of(found.kind).state(found.state),
        "duplicates": near_duplicates(matter=found, actor=actor, own=first)
        if fresh and inner
        else [],
        "officials": list(officials_of(found)) if view.may_assign else [],
        "note_form": NoteForm() if inner else None,
        "inner": inner,
        "speaks": policies.speaks_for(actor, found),
        "declared": dict((*CLASSES, *Regime.choices)).get(getattr(found, "declared", ""), ""),
        "regime": dict(Regime.choices).get(getattr(found, "regime", ""), ""),
        "main": main_of(found.pk) if found.state == "joined" else None,
        "joinable": inner and found.is_open and found.kind in JOINED_KINDS,
        "after": rateable(found) and policies.speaks_for(actor, found),
        "today": moment.today(),
        "sealed": found.level == Level.SEALED,
        "own_page": own_page(found),
        "vote_url": vote_url(actor, found),
        **kind_part(found, inner=inner),
        "case": case_view(actor=actor, code=found.code) if found.level == Level.SEALED else None,
    }


@require_POST
@official_required
def assign(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = _matter_or_404(actor, code)
    form = AssignForm(request.POST, officials=officials_of(found))
    if not form.is_valid():
        messages.error(request, _("Choose a handler from the list."))
        return redirect("desk:matter", code=code)
    try:
        matter_assign(
            acting=actor,
            matter_id=found.pk,
            account=form.cleaned_data["account"],
            version=form.cleaned_data["version"],
        )
        messages.success(request, _("The matter is assigned."))
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:matter", code=code)


@require_POST
@official_required
def note(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = _matter_or_404(actor, code)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                matter_note(
                    acting=actor,
                    matter_id=found.pk,
                    papers=stored_papers(request),
                    **form.cleaned_data,
                )
            messages.success(request, _("The note is on the file."))
            return redirect("desk:matter", code=code)
        except (MatterError, UploadError) as error:
            form.add_error(None, str(error.message))
    view = selectors.matter_view(actor=actor, code=code)
    if view is None:
        raise Http404
    context = {**_matter_context(actor, view), "note_form": form}
    return render(request, "desk/matter.html", context, status=422)


@official_required
def step(request: HttpRequest, code: str, step_name: str) -> HttpResponse:
    """One step: what it asks, its legal basis, and what it will open and close."""
    actor = request.actor  # type: ignore[attr-defined]
    found = _matter_or_404(actor, code)
    declared = kind_of(found.kind).step(step_name)
    if declared is None:
        raise Http404
    if elsewhere := own_form(found, step_name):
        return redirect(elsewhere)
    if declared not in selectors.steps_for(actor=actor, matter=found) and request.method != "POST":
        messages.error(request, _("This step cannot be taken now."))
        return redirect(page_of(found))
    form = StepForm(
        request.POST or None, step=declared, matter=found, initial=_initial(declared, found)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            response = _take(request, form, declared, found)
            if response:
                return response
            status = 409 if form.has_error("__all__", "conflict") else 422
    context = {
        "form": form,
        "step": declared,
        "matter": found,
        "kind": kind_of(found.kind),
        "back_url": page_of(found),
        "ends": _ends(found, declared),
        "opens": _promised(declared, found),
        "letters": _letters(actor, found),
        "wants_paper": any(ask.type == "paper" for ask in declared.asks),
        "units": receivers_of(found.path) if any(a.type == "unit" for a in declared.asks) else [],
    }
    return render(request, "desk/step.html", context, status=status)


def _ends(found: Matter, declared: Step) -> bool:
    """Whether the state after the step is a final one; publishing or counting ends nothing."""
    return declared.target in kind_of(found.kind).final_states


def _letters(actor: Any, found: Matter) -> list[str]:
    """The texts of the letters, for those who may read the inner file, beside the form."""
    if policies.audience_of(actor, found) < Audience.OFFICIAL:
        return []
    letters = found.submissions.exclude(text="").order_by("id")
    return list(letters.values_list("text", flat=True)[:20])


def _take(
    request: HttpRequest, form: StepForm, declared: Step, found: Matter
) -> HttpResponse | None:
    try:
        if form.cleaned_data.get("passphrase"):
            # Before the step, whose refusal would undo the count of wrong tries.
            passphrase_check(
                acting=request.actor,  # type: ignore[attr-defined]
                passphrase=form.cleaned_data["passphrase"],
            )
        with transaction.atomic():  # a file of a step that is refused is not kept
            matter_act(
                acting=request.actor,  # type: ignore[attr-defined]
                matter_id=found.pk,
                step_name=declared.name,
                version=form.cleaned_data["version"],
                data=form.answers(),
                papers=stored_papers(request),
            )
    except Conflict as error:
        form.add_error(None, _coded(error.message, "conflict"))
    except MatterError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    except UploadError as error:
        form.add_error(None, str(error.message))
    else:
        return _after_step(request, declared, found)
    return None


def _after_step(request: HttpRequest, declared: Step, found: Matter) -> HttpResponse:
    """Back to the matter; where the step has taken it out of sight, to a page that is there."""
    actor, code = request.actor, found.code  # type: ignore[attr-defined]
    said = {"step": declared.label, "code": code}
    if selectors.matter_get(actor=actor, code=code) is not None:
        messages.success(request, _("Done: %(step)s.") % said)
        return redirect(page_of(found))
    followed = followed_as(actor=actor, code=code)
    if followed is None:
        messages.success(
            request,
            _("Done: %(step)s. %(code)s now lies with others and is no longer shown to you.")
            % said,
        )
        return redirect("desk:list")
    messages.success(
        request,
        _("Done: %(step)s. %(code)s now lies with another unit; follow it as %(follow)s.")
        % {**said, "follow": followed.code},
    )
    return redirect("desk:transfers")


def _coded(message: str, code: str) -> Any:
    from django.core.exceptions import ValidationError

    return ValidationError(message, code=code)


def _initial(declared: Step, found: Matter) -> dict[str, Any]:
    initial: dict[str, Any] = {"version": found.version}
    for ask in declared.asks:
        if declared.name == "dialogue_call" and ask.name == "day":
            initial[ask.name] = dialogue_earliest()
        elif isinstance(found, Petition) and ask.name == "signer":
            initial[ask.name] = (signers_of(found) or [""])[0]
        elif isinstance(found, Petition) and ask.name == "respondent":
            initial[ask.name] = found.complaint_row.respondent
        elif ask.type == "date" and ask.required:
            # A day to come is chosen: today is hardly ever right for what must be announced.
            initial[ask.name] = moment.today()
        elif ask.name == "kind":
            initial[ask.name] = getattr(found, "declared", "") or found.kind
            if initial[ask.name] == Regime.FIELD:
                initial[ask.name] = "feedback"
        elif ask.name == "regime":
            said = getattr(found, "declared", "")
            initial[ask.name] = getattr(found, "regime", "") or said * (said == Regime.FIELD)
        elif ask.name == "public_answer":
            initial[ask.name] = getattr(found, "answer", "")
        elif ask.name == "conditions":
            initial[ask.name] = getattr(found, "conditions", [])
        elif ask.name in ("title", "public_title", "topic", "handler"):
            initial[ask.name] = found.topic if ask.name == "topic" else found.title
            if ask.name == "handler":
                initial[ask.name] = found.handler
    return initial


def _promised(declared: Step, found: Matter) -> list[dict[str, Any]]:
    """The duties that the step will open, with the dates they would have if taken now."""
    from dongthuan.core.law import deadline
    from dongthuan.core.matters.duties import local_term

    promised = []
    anchors = {"now": moment.now(), "received": found.opened_at, "decided": found.decided_at}
    for opens in declared.opens:
        anchor = anchors.get(opens.anchor)  # a day that the form asks for is not known yet
        if anchor is None or (opens.when and not truth(found, opens.when)):
            continue
        try:
            due = deadline(
                key=opens.rule,
                anchor=anchor,
                conditions=frozenset(getattr(found, "conditions", [])),
                local_term=local_term(matter=found, rule=opens.rule, at=anchor),
            )
        except RuleError:
            continue
        promised.append({"rule": opens.rule, "due_on": due.due_on, "basis": due.basis})
    return promised


@require_safe
@official_required
def clock(request: HttpRequest, code: str, duty_id: int) -> HttpResponse:
    """How a due date was computed, day by day, for print."""
    found = _matter_or_404(request.actor, code)  # type: ignore[attr-defined]
    duty = Duty.objects.filter(matter=found, pk=duty_id).select_related("unit").first()
    if duty is None:
        raise Http404
    return render(request, "desk/clock.html", {"matter": found, "duty": duty})


@require_safe
@official_required
def paper(request: HttpRequest, code: str, handle: UUID) -> HttpResponseBase:
    actor = request.actor  # type: ignore[attr-defined]
    found = _matter_or_404(actor, code)
    filed = (
        selectors.papers_of(actor=actor, matter=found)
        .filter(attachment__uuid=handle)
        .select_related("attachment")
        .first()
    )
    if filed is None:
        raise Http404
    return attachment_response(filed.attachment, inline_ok=True)


def _matter_or_404(actor: Any, code: str) -> Matter:
    found = selectors.matter_get(actor=actor, code=code)
    if found is None:
        raise Http404
    return found


def stored_papers(request: HttpRequest) -> list[Attachment]:
    """The uploads of a form, checked by content; one bad file refuses all."""
    return attachments_store(
        uploads=request.FILES.getlist("papers"),
        uploaded_by=request.user,  # type: ignore[arg-type]
    )
