"""Consultations at the desk: the list, drafting, the text, the sheet, codes, papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dongthuan.core import clock as moment
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.people.services import PersonError
from dongthuan.core.units.models import Tier, Unit
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.consultation_forms import (
    CodesForm,
    DraftingForm,
    ImportForm,
    QuestionForm,
    SheetForm,
    TextForm,
)
from dongthuan.front.desk.views import stored_papers
from dongthuan.work.consultations import selectors
from dongthuan.work.consultations.drafts import draft_add
from dongthuan.work.consultations.importing import sheets_import, template_xlsx
from dongthuan.work.consultations.models import Consultation
from dongthuan.work.consultations.paper import may_key, sheets_add
from dongthuan.work.consultations.questions import question_as_said, questions_set
from dongthuan.work.consultations.services import consultation_create, villages_of
from dongthuan.work.consultations.voices import codes_print

Refused = (MatterError, PersonError, UploadError)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_FILE = 10 * 1024 * 1024
PILE = ("form", "taken_on", "source", "village")


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def show(form: BaseForm, error: Exception) -> None:
    name = getattr(error, "field", "")
    form.add_error(name if name in form.fields else None, str(getattr(error, "message", error)))


def kept(request: HttpRequest, code: str) -> Consultation:
    """A consultation that the actor's office keeps; any other is as if it did not exist."""
    found = selectors.consultation_get(actor=actor_of(request), code=code)
    if found is None or not selectors.works(actor_of(request), found):
        raise Http404
    return found


def keyed(request: HttpRequest, code: str) -> Consultation:
    """One into which the actor keys papers: the office, or people of a village that is asked."""
    found = selectors.consultation_get(actor=actor_of(request), code=code)
    if found is None or not may_key(actor_of(request), found):
        raise Http404
    return found


def as_rows(units: Sequence[Unit]) -> QuerySet[Unit]:
    """Units in hand as rows that a form chooses from."""
    return Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("sort_key", "id")


def answer_form(
    request: HttpRequest,
    form: BaseForm,
    template: str,
    context: dict[str, Any],
    act: Callable[[], HttpResponse],
) -> HttpResponse:
    """The shape of every form of this room: shown, refused with its field, or done."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return act()
            except Refused as error:
                show(form, error)
    return render(request, template, context | {"form": form}, status=status)


@require_safe
@official_required
def consultations(request: HttpRequest) -> HttpResponse:
    """Those in sight, the newest first, with what waits to be read."""
    actor = actor_of(request)
    page = selectors.consultation_list(actor=actor, after=request.GET.get("after", "")[:20])
    context = {
        "page": page,
        "pages": {"newer": "", "older": f"?after={page.next}" if page.next else ""},
        "may_draft": selectors.offices_of(actor).exists(),
        "today": moment.today(),
    }
    return render(request, "desk/consultation_list.html", context)


@official_required
def new(request: HttpRequest) -> HttpResponse:
    """Draft a consultation."""
    actor = actor_of(request)
    units = selectors.offices_of(actor)
    areas = [area_of(unit.path) for unit in units]
    villages = Unit.objects.in_force(moment.today()).filter(
        tier=Tier.VILLAGE, parent__path__in=areas
    )
    form = DraftingForm(request.POST or None, units=units, villages=villages)

    def act() -> HttpResponse:
        data = dict(form.cleaned_data)
        made = consultation_create(acting=actor, **data)
        messages.success(
            request, _("The draft is kept. Put in the text or the questions, then send the plan.")
        )
        return redirect("desk:consultation", code=made.code)

    return answer_form(request, form, "desk/consultation_new.html", {}, act)


@require_safe
@official_required
def consultation(request: HttpRequest, code: str) -> HttpResponse:
    """One consultation: its duties, what to prepare, what came in, what may be done now."""
    view = selectors.desk_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {"view": view, "matter": view.matter, "today": moment.today()}
    return render(request, "desk/consultation.html", context)


@official_required
def text(request: HttpRequest, code: str) -> HttpResponse:
    """Put the text in, or a revised version after the closing."""
    matter = kept(request, code)
    last = matter.drafts.order_by("-number").first()
    initial = {}
    if last:
        words = last.paragraphs.order_by("number").values_list("text", flat=True)
        initial = {"title": last.title, "text": "\n\n".join(words)}
    form = TextForm(request.POST or None, initial=initial)

    def act() -> HttpResponse:
        draft = draft_add(acting=actor_of(request), consultation_id=matter.pk, **form.cleaned_data)
        done = _("Version %(n)s is put in.") % {"n": draft.number}
        messages.success(request, done)
        return redirect("desk:consultation", code=code)

    return answer_form(request, form, "desk/consultation_text.html", {"matter": matter}, act)


@official_required
def questions(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet: its questions, one more, or one taken out (with all that hang on it)."""
    matter = kept(request, code)
    rows = list(matter.questions.all())
    removing = request.POST.get("remove", "")
    form = QuestionForm(None if removing else request.POST or None, questions=rows)
    said = [question_as_said(question) for question in rows]

    def act() -> HttpResponse:
        used = {question.key for question in rows}
        key = next(f"q{n}" for n in range(1, 200) if f"q{n}" not in used)
        return put([*said, {"key": key, **form.said()}])

    def put(wanted: list[dict[str, Any]]) -> HttpResponse:
        questions_set(acting=actor_of(request), consultation_id=matter.pk, questions=wanted)
        count = len(wanted)
        done = ngettext("The sheet has %(n)d question.", "The sheet has %(n)d questions.", count)
        messages.success(request, done % {"n": count})
        return redirect("desk:consultation_questions", code=code)

    if request.method == "POST" and removing:
        left = [q for q in said if q["key"] != removing]
        try:
            return put([q for q in left if q["show_if"].get("question") != removing])
        except MatterError as error:
            messages.error(request, error.message)
            return redirect("desk:consultation_questions", code=code)
    context = {"matter": matter, "questions": rows}
    return answer_form(request, form, "desk/consultation_questions.html", context, act)


@never_cache
@official_required
def codes(request: HttpRequest, code: str) -> HttpResponse:
    """One-time codes to be printed, shown once."""
    matter = kept(request, code)
    form = CodesForm(request.POST or None, villages=as_rows(villages_of(matter)))

    def act() -> HttpResponse:
        made = codes_print(acting=actor_of(request), consultation_id=matter.pk, **form.cleaned_data)
        context = {"matter": matter, "codes": made, "village": form.cleaned_data["village"]}
        return render(request, "desk/consultation_codes_made.html", context)

    return answer_form(request, form, "desk/consultation_codes.html", {"matter": matter}, act)


# -- papers ---------------------------------------------------------------------------------------


@official_required
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Key one paper in, with its scan."""
    matter = keyed(request, code)
    villages = selectors.villages_keyed(actor_of(request), villages_of(matter))
    form = SheetForm(
        request.POST or None, request.FILES or None, matter=matter, villages=as_rows(villages),
        questions=list(matter.questions.all()),
        initial={name: request.GET[name][:200] for name in PILE if name in request.GET},
    )  # fmt: skip

    @transaction.atomic
    def act() -> HttpResponse:
        scans = stored_papers(request)
        made = sheets_add(
            acting=actor_of(request), consultation_id=matter.pk, sheets=[form.sheet()],
            scan=scans[0] if scans else None,
        )  # fmt: skip
        done = _("Keyed in as %(code)s. The next one?") % {"code": made[0].code}
        messages.success(request, done)
        # Papers come in piles: what they share is not typed again for the next one.
        pile = urlencode({name: form.data.get(name, "") for name in PILE})
        here = reverse("desk:consultation_paper", args=[code])
        return redirect(f"{here}?{pile}")

    return answer_form(request, form, "desk/consultation_paper.html", {"matter": matter}, act)


@official_required
def papers_import(request: HttpRequest, code: str) -> HttpResponse:
    """Key in a whole spreadsheet, all lines or none."""
    matter = keyed(request, code)
    form = ImportForm(request.POST or None, request.FILES or None)

    def act() -> HttpResponse:
        upload = form.cleaned_data["file"]
        if upload.size > MOST_FILE:
            raise MatterError(_("The file is larger than 10 MB; split it."), field="file")
        made = sheets_import(acting=actor_of(request), matter=matter, data=upload.read())
        done = ngettext("%(n)d paper was keyed in.", "%(n)d papers were keyed in.", len(made))
        messages.success(request, done % {"n": len(made)})
        return redirect("desk:consultation", code=code)

    return answer_form(request, form, "desk/consultation_import.html", {"matter": matter}, act)


@require_safe
@official_required
def template(request: HttpRequest, code: str) -> HttpResponse:
    """The spreadsheet to fill in."""
    matter = keyed(request, code)
    response = HttpResponse(template_xlsx(matter), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="phieu-{matter.code}.xlsx"'
    return response
