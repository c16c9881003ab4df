"""Exchange of information at the desk: notes between partners, situation notes of a period."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.responses import bytes_response
from dongthuan.core.people.actors import area_of
from dongthuan.core.units.models import Unit
from dongthuan.front.desk import notes_forms as forms
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.kind_parts import page_of
from dongthuan.front.desk.radar_asked import signal_asked
from dongthuan.front.desk.serving import saved_say
from dongthuan.front.desk.views import stored_papers
from dongthuan.front.showing import refusal_show
from dongthuan.insight.statistics.selectors import scoreboard
from dongthuan.work.notes import papers, rules, selectors
from dongthuan.work.notes.models import Section, SituationNote, Source
from dongthuan.work.notes.services import note_lead, note_send
from dongthuan.work.notes.situation import (
    month_free,
    section_write,
    situation_adopt,
    situation_create,
    situation_edit,
    situation_merge,
)

Refused = (MatterError, UploadError)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _own(request: HttpRequest) -> tuple[Unit, list[Unit]]:
    """The body chosen by ?co_quan=, else the first of the actor's own, and all of these."""
    own = list(rules.own_bodies(actor_of(request)).select_related("parent"))
    code = request.GET.get("co_quan", "")
    chosen = next((unit for unit in own if unit.code == code), own[0] if own else None)
    if chosen is None:
        raise Http404
    return chosen, own


def _page(request: HttpRequest, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "desk/note_form.html", {"form": form, **more}, status=status)


# -- notes ----------------------------------------------------------------------------------------


@require_safe
@official_required
def notes(request: HttpRequest) -> HttpResponse:
    """Notes to us, from us, not yet acknowledged, late."""
    actor, after = actor_of(request), request.GET.get("after", "")[:20]
    view = request.GET.get("xem", "")
    view = view if view in selectors.VIEWS else ""
    page = selectors.note_list(actor=actor, view=view, after=after)
    context = {
        "page": page,
        "view": view,
        "writes": rules.own_bodies(actor).exists(),
        "next_url": f"?{urlencode({'xem': view, 'after': page.next})}" if page.next else "",
        "today": clock.today(),
    }
    return render(request, "desk/note_list.html", context)


@official_required
def note_new(request: HttpRequest) -> HttpResponse:
    """A note to a partner; with what a signal of the early warning says, if one is named."""
    sender, own = _own(request)
    form = forms.NoteForm(
        request.POST or None, partners=rules.partners_of(sender), places=rules.places_of(sender),
        initial={"learnt_on": clock.today(), **_begun(request)},
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = note_send(
                    acting=actor_of(request), sender=sender, told=form.told(),
                    receiver=form.cleaned_data["receiver"],
                    copies=list(form.cleaned_data["copies"]), papers=stored_papers(request),
                )  # fmt: skip
                messages.success(request, _("The note was sent."))
                return redirect("desk:information_note", code=made.code)
            except Refused as error:
                refusal_show(form, error)
    return _page(
        request, form, status=status, title=_("A new information note"), lead=sender.label,
        own=own, chosen=sender, back=reverse("desk:notes"), submit=_("Send"), with_file=True,
    )  # fmt: skip


def _begun(request: HttpRequest) -> dict[str, Any]:
    """What an empty form begins with; a signal may end while the form is filled in."""
    named = None if request.method == "POST" else signal_asked(request)
    if named is None:
        return {}
    return {**named.initial, "facts": named.words, "source": Source.PETITION}


@require_safe
@official_required
def information_note(request: HttpRequest, code: str) -> HttpResponse:
    """One note: facts, answer, what it led to, the situation notes that took it in."""
    view = selectors.note_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {"view": view, "note": view.note, "today": clock.today()}
    return render(request, "desk/information_note.html", context)


@require_POST
@official_required
def note_lead_open(request: HttpRequest, code: str) -> HttpResponse:
    """Open the matter to which a note leads."""
    found = selectors.note_get(actor=actor_of(request), code=code)
    if found is None:
        raise Http404
    kind = request.POST.get("kind", "")[:30]
    try:
        opened = note_lead(acting=actor_of(request), note=found, kind=kind)
    except MatterError as error:
        messages.error(request, error.message)
        return redirect("desk:information_note", code=found.code)
    return redirect(page_of(opened))


# -- situation notes ------------------------------------------------------------------------------


@require_safe
@official_required
def situations(request: HttpRequest) -> HttpResponse:
    """Situation notes in sight, newest first."""
    actor, after = actor_of(request), request.GET.get("after", "")[:20]
    page = selectors.situation_list(actor=actor, after=after)
    context = {
        "page": page,
        "writes": rules.own_bodies(actor).exists(),
        "next_url": f"?{urlencode({'after': page.next})}" if page.next else "",
        "today": clock.today(),
    }
    return render(request, "desk/situation_list.html", context)


@official_required
def situation_new(request: HttpRequest) -> HttpResponse:
    """Begin the note of a period: what was exchanged in it is merged at once."""
    author, own = _own(request)
    year, month = month_free(author)
    form = forms.SituationForm(
        request.POST or None, partners=rules.partners_of(author),
        initial={"year": year, "number": month},
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = dict(form.cleaned_data)
            data["receivers"] = list(data["receivers"])
            try:
                made = situation_create(acting=actor_of(request), author=author, **data)
                saved_say(request)
                return redirect("desk:situation", code=made.code)
            except MatterError as error:
                refusal_show(form, error)
    return _page(
        request, form, status=status, title=_("A new situation note"), lead=author.label, own=own,
        chosen=author, back=reverse("desk:situations"), submit=_("Begin"),
    )  # fmt: skip


@require_safe
@official_required
def situation(request: HttpRequest, code: str) -> HttpResponse:
    """A situation note as it stands, with its figures."""
    view = selectors.situation_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {
        "view": view,
        "note": view.note,
        "topics": selectors.topics_of(view.sections),
        "figures": [(row, papers.value_text(row)) for row in view.figures],
        "today": clock.today(),
    }
    return render(request, "desk/situation.html", context)


def _draft(request: HttpRequest, code: str) -> SituationNote:
    view = selectors.situation_view(actor=actor_of(request), code=code)
    if view is None or not view.edits:
        raise Http404
    return view.note


@official_required
def situation_write(request: HttpRequest, code: str) -> HttpResponse:
    """Assessment, outlook, proposals and figures of a draft."""
    note = _draft(request, code)
    names = ("assessment", "outlook", "proposals", "keys", "version")
    initial = {name: getattr(note, name) for name in names}
    form, status = forms.SituationTextForm(request.POST or None, initial=initial), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                situation_edit(acting=actor_of(request), note=note, **form.cleaned_data)
                saved_say(request)
                return redirect("desk:situation", code=note.code)
            except MatterError as error:
                refusal_show(form, error)
    return _page(
        request, form, status=status, title=_("Write the situation note"), lead=note.title,
        back=reverse("desk:situation", args=[note.code]), submit=_("Save"),
    )  # fmt: skip


@official_required
def situation_section(request: HttpRequest, code: str) -> HttpResponse:
    """The words of one topic in one place; ?muc= names a section that is there."""
    note = _draft(request, code)
    said = request.GET.get("muc", "")
    key = int(said) if said.isascii() and said.isdecimal() and len(said) < 18 else 0
    kept = Section.objects.filter(note=note, pk=key).first()
    initial = {"topic": kept.topic, "place": kept.place_id, "text": kept.text} if kept else {}
    form = forms.SectionForm(
        request.POST or None, places=rules.places_of(note.author), initial=initial
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                section_write(acting=actor_of(request), note=note, **form.cleaned_data)
                saved_say(request)
                return redirect("desk:situation", code=note.code)
            except MatterError as error:
                refusal_show(form, error)
    return _page(
        request, form, status=status, title=_("A topic in a place"), lead=note.title,
        back=reverse("desk:situation", args=[note.code]), submit=_("Save"),
    )  # fmt: skip


@require_POST
@official_required
def situation_merge_again(request: HttpRequest, code: str) -> HttpResponse:
    """Take in what was sent since."""
    note = _draft(request, code)
    try:
        count = situation_merge(acting=actor_of(request), note=note)
        messages.success(request, _("%(n)d new notes were taken in.") % {"n": count})
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:situation", code=note.code)


@official_required
def situation_adopt_page(request: HttpRequest, code: str) -> HttpResponse:
    """Adopt, with the public figures of the area as they stand at this moment."""
    view = selectors.situation_view(actor=actor_of(request), code=code)
    if view is None or not any(step.name == "adopt" for step in view.steps):
        raise Http404
    note = view.note
    form, status = forms.AdoptForm(request.POST or None, initial={"version": note.version}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                situation_adopt(
                    acting=actor_of(request), note=note, beside=public_figures(note),
                    version=form.cleaned_data["version"],
                )  # fmt: skip
                messages.success(request, _("The note is adopted; its figures stand from now on."))
                return redirect("desk:situation", code=note.code)
            except MatterError as error:
                refusal_show(form, error)
    return _page(
        request, form, status=status, title=_("Adopt"),
        lead=_("From now on the figures stand as they are counted today, each with its source."),
        back=reverse("desk:situation", args=[note.code]), submit=_("Adopt"),
    )  # fmt: skip


def public_figures(note: SituationNote) -> list[dict[str, Any]]:
    """What the public board of promises says of the area in the period."""
    unit = Unit.objects.get(path=area_of(note.author.path))
    found = scoreboard(unit=unit, since=note.since, until=note.until)
    with translation.override("vi"):  # the record speaks one language
        source = _("public board of promises")
        rows = (
            ("board.due", _("Duties due in the period"), "number", float(found.due), found.due,
             None, _("All duties whose last day lies in the period.")),
            ("board.rate", _("Duties done in time"), "percent",
             None if found.rate is None else 100 * found.rate, found.kept, found.due,
             _("Kept in time, of all that were due.")),
            ("board.overdue", _("Overdue when it was adopted"), "number", float(found.overdue),
             found.overdue, None, _("Still owed after the last day.")),
        )  # fmt: skip
        names = ("key", "label", "measure", "value", "numerator", "denominator", "how")
        return [dict(zip(names, row, strict=True)) | {"source": source} for row in rows]


@require_safe
@official_required
def situation_paper(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The note as PDF or DOCX."""
    view = selectors.situation_view(actor=actor_of(request), code=code)
    if view is None or form not in ("pdf", "docx"):
        raise Http404
    make = papers.situation_pdf if form == "pdf" else papers.situation_docx
    with translation.override("vi"):
        data = make(view.note, view.sections, view.figures)
    kind = "application/pdf" if form == "pdf" else DOCX
    return bytes_response(name=f"{view.note.code}.{form}", content_type=kind, data=data)
