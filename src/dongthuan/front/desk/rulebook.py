"""The rulebook at the desk: every rule with its history, and new versions made by two people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.law import Fact, Rule, RuleError, load_rulebook
from dongthuan.core.matters.errors import MatterError
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.rulebook_forms import DecisionForm, VersionForm
from dongthuan.work.rulebook import policies, selectors, services
from dongthuan.work.rulebook.models import DraftState, RuleDraft
from dongthuan.work.rulebook.tables import typed_of


@require_safe
@official_required
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule of the law, found by words, law and evidence."""
    wanted = selectors.RuleFilter.of(request.GET)
    found = selectors.rules_found(wanted=wanted, on=clock.today(), language=_language())
    context = {
        "wanted": wanted,
        "rules": found,
        "groups": [] if wanted.asks else selectors.rules_by_law(found),
        "laws": selectors.laws_listed(_language()),
        "sees_drafts": request.actor.handles_content,  # type: ignore[attr-defined]
    }
    return render(request, "desk/rulebook.html", context)


@require_safe
@official_required
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule: its versions through time, their articles, how sure each is."""
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.rule_view(key=key, on=clock.today(), language=_language())
    if found is None:
        raise Http404
    context = {
        "rule": found,
        "may_draft": policies.may_draft(actor),
        "draft": selectors.draft_of(key=key) if actor.handles_content else None,
    }
    return render(request, "desk/rulebook_rule.html", context)


@official_required
def draft_new(request: HttpRequest, key: str) -> HttpResponse:
    """Draft a new version, beginning from the one that holds."""
    entry = _entry_or_404(key)
    _law_officer(request)

    def save(form: VersionForm, typed: dict[str, Any]) -> RuleDraft:
        return services.draft_create(
            acting=request.actor,  # type: ignore[attr-defined]
            key=key,
            typed=typed,
            reason=typed["reason"],
        )

    return _draft_form(request, entry, typed_of(entry), save)


@official_required
def draft_edit(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Change a draft that was not yet proposed."""
    actor = request.actor  # type: ignore[attr-defined]
    draft = _draft_or_404(request, draft_id)
    if not policies.may_change(actor, draft) or draft.state != DraftState.DRAFT:
        raise PermissionDenied(_("Only who drafted it may change a draft, before it is proposed."))
    entry = _entry_or_404(draft.key)

    def save(form: VersionForm, typed: dict[str, Any]) -> RuleDraft:
        return services.draft_change(
            acting=actor,
            draft_id=draft.pk,
            typed=typed,
            reason=typed["reason"],
            revision=typed["revision"] or 0,
        )

    initial = {
        **selectors.draft_typed(draft), "reason": draft.reason, "revision": draft.revision,
    }  # fmt: skip
    return _draft_form(request, entry, initial, save)


def _draft_form(
    request: HttpRequest,
    entry: Rule | Fact,
    initial: dict[str, Any],
    save: Callable[[VersionForm, dict[str, Any]], RuleDraft],
) -> HttpResponse:
    form = VersionForm(request.POST or None, entry=entry, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                draft = save(form, form.cleaned_data)
            except MatterError as error:
                form.add_error(error.field if error.field in form.fields else None, error.message)
            else:
                messages.success(request, _("The draft was saved. Look at what would change."))
                return redirect("desk:rule_draft", draft_id=draft.pk)
    shown = selectors.rule_view(key=entry.key, on=clock.today(), language=_language())
    context = {"form": form, "rule": shown}
    return render(request, "desk/rulebook_form.html", context, status=status)


@require_safe
@official_required
def drafts(request: HttpRequest) -> HttpResponse:
    """Drafts and decisions, the newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    state = request.GET.get("state", "")
    before = request.GET.get("before", "")
    page = selectors.draft_list(
        actor=actor,
        state=state if state in DraftState.values else "",
        before=int(before) if before.isdecimal() and len(before) < 18 else None,
    )
    context = {"page": page, "states": DraftState.choices, "state": state}
    return render(request, "desk/rulebook_drafts.html", context)


@require_safe
@official_required
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """One draft: the new version, what would change, and who did what."""
    found = _draft_or_404(request, draft_id)
    return render(request, "desk/rulebook_draft.html", _draft_context(request, found))


def _draft_context(
    request: HttpRequest, found: RuleDraft, form: DecisionForm | None = None
) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    after = request.GET.get("after", "")
    preview, unfit = None, ""
    try:
        preview = selectors.draft_preview(
            actor=actor,
            draft=found,
            after=int(after) if after.isdecimal() and len(after) < 18 else 0,
        )
    except RuleError as error:
        unfit = error.en if _language() == "en" else error.vi
    return {
        "draft": found,
        "rule": selectors.rule_view(key=found.key, on=clock.today(), language=_language()),
        "version": selectors.draft_view(found, _language()),
        "preview": preview,
        "unfit": unfit,
        "entries": selectors.draft_entries(draft=found),
        "may_change": policies.may_change(actor, found),
        "may_decide": policies.may_decide(actor, found),
        "form": form or DecisionForm(),
    }


_DONE = {
    "de-nghi": gettext_lazy("Proposed for approval: another person decides on it."),
    "rut": gettext_lazy("The draft is withdrawn; the rule stays as it is."),
    "phe-duyet": gettext_lazy("Approved: the new version is in force from %(day)s."),
    "bac": gettext_lazy("Rejected; the rule stays as it is."),
}


@require_POST
@official_required
def draft_act(request: HttpRequest, draft_id: int, act: str) -> HttpResponseBase:
    """Propose, withdraw, approve or reject: a POST, decided by the service."""
    actor = request.actor  # type: ignore[attr-defined]
    found = _draft_or_404(request, draft_id)
    form = DecisionForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    acts: dict[str, Callable[[], RuleDraft]] = {
        "de-nghi": lambda: services.draft_propose(acting=actor, draft_id=found.pk),
        "rut": lambda: services.draft_withdraw(acting=actor, draft_id=found.pk),
        "phe-duyet": lambda: services.draft_approve(acting=actor, draft_id=found.pk, note=note),
        "bac": lambda: services.draft_reject(acting=actor, draft_id=found.pk, note=note),
    }
    if act not in acts:
        raise Http404
    try:
        acts[act]()
    except MatterError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        context = _draft_context(request, found, form)
        return render(request, "desk/rulebook_draft.html", context, status=422)
    messages.success(request, _DONE[act] % {"day": f"{found.valid_from:%d/%m/%Y}"})
    return redirect("desk:rule_draft", draft_id=found.pk)


def _entry_or_404(key: str) -> Rule | Fact:
    try:
        return load_rulebook().entry(key)
    except RuleError:
        raise Http404 from None


def _draft_or_404(request: HttpRequest, draft_id: int) -> RuleDraft:
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.draft_get(actor=actor, draft_id=draft_id)
    if found is None:
        raise Http404
    return found


def _law_officer(request: HttpRequest) -> None:
    """Told before the form is filled in; the service decides again."""
    if not policies.may_draft(request.actor):  # type: ignore[attr-defined]
        raise PermissionDenied(
            _("Only the inspector or the head of the authority may change the rulebook.")
        )


def _language() -> str:
    return get_language() or "vi"
