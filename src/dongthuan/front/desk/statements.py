"""Short statements at the desk: the queue to read, entering, taking out, votes from paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dongthuan.core.matters.errors import MatterError
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.consultations import actor_of, answer_form, kept, keyed
from dongthuan.front.desk.statement_forms import (
    EditForm,
    OutForm,
    PaperVotesForm,
    StatementForm,
)
from dongthuan.work.consultations.clusters import clusters_from_map
from dongthuan.work.consultations.models import Consultation
from dongthuan.work.consultations.statements import services
from dongthuan.work.consultations.statements.maps import map_find
from dongthuan.work.consultations.statements.models import Statement
from dongthuan.work.consultations.statements.selectors import (
    map_points_open,
    statements_alike,
    statements_desk,
)

VIEWS = ("new", "shown", "unclear", "out")


@official_required
def statements(request: HttpRequest, code: str) -> HttpResponse:
    """What waits to be read; what is shown, by priority; what many pass on; what was taken out."""
    matter = kept(request, code)
    view = request.GET.get("xem", "new")
    view = view if view in VIEWS else "new"
    if request.method == "POST":
        return _acted(request, matter, view)
    queue = statements_desk(matter, view=view, after=request.GET.get("after", "")[:9])
    context = {
        "matter": matter, "queue": queue, "view": view, "map": map_find(matter),
        "pages": {"newer": "", "older": f"?xem={view}&after={queue.next}" if queue.next else ""},
        "points": map_points_open(matter) if matter.state in ("open", "closed") else [],
    }  # fmt: skip
    return render(request, "desk/statements.html", context)


def _acted(request: HttpRequest, matter: Consultation, view: str) -> HttpResponse:
    """Show one that was read, or form groups of opinions from what the map brings out."""
    given: dict[str, Any] = {"acting": actor_of(request), "consultation_id": matter.pk}
    try:
        if request.POST.get("go") == "map":
            count = clusters_from_map(**given)
            done = ngettext("%(n)d group was formed.", "%(n)d groups were formed.", count)
            messages.success(request, done % {"n": count})
        else:
            pk = request.POST.get("statement", "")
            services.statement_moderate(
                **given, state="shown",
                statement_id=int(pk) if pk.isdecimal() and len(pk) < 18 else 0,
            )  # fmt: skip
            messages.success(request, _("The statement is shown now."))
    except MatterError as error:
        messages.error(request, error.message)
    return redirect(f"{request.path}?xem={view}")


@official_required
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a statement; shown at once."""
    matter = kept(request, code)
    form = StatementForm(request.POST or None)

    def act() -> HttpResponse:
        made = services.statement_add(
            acting=actor_of(request), consultation_id=matter.pk, **form.cleaned_data
        )
        messages.success(request, _("Statement %(n)s is shown now.") % {"n": made.number})
        return redirect("desk:statements", code=matter.code)

    return answer_form(request, form, "desk/statement_new.html", {"matter": matter}, act)


def _statement(matter: Consultation, statement_id: int) -> Statement:
    found = matter.statements.filter(pk=statement_id).first()
    if found is None:
        raise Http404
    return found


@official_required
def statement(request: HttpRequest, code: str, statement_id: int) -> HttpResponse:
    """One statement: those like it, other words before the first vote, taking it out."""
    matter = kept(request, code)
    found = _statement(matter, statement_id)
    out = request.POST.get("go") == "out"
    posted = request.POST or None
    edit = EditForm(None if out else posted, initial={"text": found.text})
    taking = OutForm(posted if out else None)
    context = {
        "matter": matter, "statement": found, "edit": edit, "out": taking,
        "alike": statements_alike(matter, found.text, but=found.pk),
    }  # fmt: skip

    def act() -> HttpResponse:
        given: dict[str, Any] = {
            "acting": actor_of(request), "consultation_id": matter.pk, "statement_id": found.pk,
        }  # fmt: skip
        if out:
            services.statement_moderate(**given, state="out", **taking.cleaned_data)
            messages.success(request, _("The statement is taken out."))
        else:
            services.statement_edit(**given, text=edit.cleaned_data["text"])
            messages.success(request, _("The words are changed."))
        return redirect("desk:statements", code=matter.code)

    return answer_form(request, taking if out else edit, "desk/statement.html", context, act)


@official_required
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Votes of one paper sheet, with where it comes from; then the next sheet."""
    matter = keyed(request, code)
    form = PaperVotesForm(request.POST or None)

    def act() -> HttpResponse:
        count = services.paper_votes_add(
            acting=actor_of(request), consultation_id=matter.pk, **form.cleaned_data
        )
        done = ngettext("%(n)d vote is counted.", "%(n)d votes are counted.", count)
        messages.success(request, done % {"n": count})
        return redirect("desk:statement_paper", code=matter.code)

    shown = list(matter.statements.filter(state="shown"))
    context = {"matter": matter, "statements": shown}
    return answer_form(request, form, "desk/statement_paper.html", context, act)
