"""Short statements for everybody: agree, disagree, pass; the opinion map; how it is computed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.papers.responses import bytes_response
from dongthuan.core.people.services import PersonError
from dongthuan.core.text import clean
from dongthuan.front.portal.consultation_forms import PersonForm
from dongthuan.front.portal.limits import Limit
from dongthuan.front.portal.map_drawing import drawing
from dongthuan.front.portal.statement_forms import ProposeForm
from dongthuan.front.portal.voices import voice_of
from dongthuan.work.consultations import selectors
from dongthuan.work.consultations.models import Consultation
from dongthuan.work.consultations.opinion_map import VERSION
from dongthuan.work.consultations.services import villages_of
from dongthuan.work.consultations.statements.maps import counts_csv, map_find
from dongthuan.work.consultations.statements.selectors import (
    statement_next,
    statement_shown,
    texts_of,
)
from dongthuan.work.consultations.statements.services import (
    marks_give,
    statement_propose,
    statement_vote,
)
from dongthuan.work.consultations.voices import Voice

VALUES = {"1": 1, "0": 0, "-1": -1}
PROPOSALS = Limit("statement", 20)
Refused = (MatterError, PersonError)


def _matter(code: str) -> Consultation:
    found = selectors.consultation_public(clean(code)[:40])
    if found is None:
        raise Http404
    return found


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


# -- one statement at a time ----------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def statements(request: HttpRequest, code: str) -> HttpResponse:
    """One statement and three buttons; then the next. Without a voice: how to get one."""
    matter = _matter(code)
    voice = voice_of(request, matter)
    if not matter.takes_opinions or not voice.pseudonym:
        context = {"matter": matter, "texts": texts_of(matter)}
        return render(request, "portal/statements_closed.html", context)
    forms: dict[str, Any] = {
        "propose": ProposeForm(),
        "marks": PersonForm(villages=villages_of(matter)),
    }
    status = 200
    if request.method == "POST":
        status = 422
        answer = {"propose": _propose, "marks": _marks}.get(request.POST.get("go", ""), _voted)
        if answer(request, matter, voice, forms):
            return redirect("portal:statements", code=matter.code)
    again = statement_shown(matter, _number(request.GET.get("cau", "")))
    asked = statement_next(matter, voice=voice.pseudonym)
    context = {
        "matter": matter, "asked": asked, "statement": again or asked.statement, "forms": forms,
        "texts": texts_of(matter) if asked.said else {},
    }  # fmt: skip
    return render(request, "portal/statements.html", context, status=status)


def _voted(request: HttpRequest, matter: Consultation, voice: Voice, forms: dict[str, Any]) -> bool:
    value = VALUES.get(request.POST.get("value", ""))
    pk = _number(request.POST.get("statement", ""))
    try:
        if value is None:
            raise MatterError(_("Choose: agree, disagree or pass."))
        vote = statement_vote(consultation_id=matter.pk, voice=voice, statement_id=pk, value=value)
    except MatterError as error:
        messages.error(request, error.message)
        return False
    messages.success(
        request,
        _("Your vote on statement %(n)s is counted. You can change it until the last day.")
        % {"n": vote.statement.number},
    )
    return True


def _propose(
    request: HttpRequest, matter: Consultation, voice: Voice, forms: dict[str, Any]
) -> bool:
    form = forms["propose"] = ProposeForm(request.POST)
    if not form.is_valid():
        return False
    if not PROPOSALS.take(request):
        form.add_error(None, _("Too many statements came from your connection; try later."))
        return False
    try:
        statement_propose(consultation_id=matter.pk, voice=voice, text=form.cleaned_data["text"])
    except MatterError as error:
        form.add_error("text" if error.field == "text" else None, error.message)
        return False
    messages.success(
        request, _("Thank you. Your statement is shown to all once the office has read it.")
    )
    return True


def _marks(request: HttpRequest, matter: Consultation, voice: Voice, forms: dict[str, Any]) -> bool:
    form = forms["marks"] = PersonForm(request.POST, villages=villages_of(matter))
    if not form.is_valid():
        return False
    try:
        marks_give(consultation_id=matter.pk, voice=voice, person=form.person())
    except Refused as error:
        name = getattr(error, "field", "")
        form.add_error(name if name in form.fields else None, str(getattr(error, "message", error)))
        return False
    messages.success(request, _("Thank you, noted. Your name is not asked."))
    return True


# -- the map --------------------------------------------------------------------------------------


@require_safe
def opinion_map(request: HttpRequest, code: str) -> HttpResponse:
    """Groups of opinion, what speaks for each, what all share; picture, tables and sentences."""
    matter = _matter(code)
    found = map_find(matter)
    data = found.data if found else None
    texts = texts_of(matter)
    context = {
        "matter": matter,
        "found": found,
        "data": data,
        "drawing": drawing(data) if data and data["drawn"] else None,
        "groups": [_worded(group, texts) for group in data["groups"]] if data else [],
        "agreed": _rows(data["consensus"], texts, "agree") if data else [],
        "disagreed": _rows(data["consensus"], texts, "disagree") if data else [],
        "rows": _all_rows(data, texts) if data else [],
        "files": bool(data and data["enough"]),
        "out": matter.statements.filter(state="out").count(),
    }  # fmt: skip
    return render(request, "portal/opinion_map.html", context)


def _all_rows(data: dict[str, Any], texts: dict[int, str]) -> list[dict[str, Any]]:
    """Every statement with its votes; the counts of a group carry the name it has on the page."""
    names = [group["name"] for group in data["groups"]]
    return [
        row
        | {"text": texts[row["number"]]}
        | {"by": [_named(name, cell) for name, cell in zip(names, row["by"], strict=False)]}
        for row in data["all"]
        if row["number"] in texts
    ]


def _named(name: str, cell: Any) -> dict[str, Any]:
    voted, agree = cell[:2] if cell else (None, None)
    return {"group": name, "voted": voted, "agree": agree}


def _worded(group: dict[str, Any], texts: dict[int, str]) -> dict[str, Any]:
    return group | {"chosen": _rows(group["chosen"], texts)}


def _rows(rows: list[dict[str, Any]], texts: dict[int, str], side: str = "") -> list[Any]:
    """Rows with their words; a statement taken out since the last map is left out."""
    return [
        row | {"text": texts[row["number"]], "share": row["n"] / row["of"]}
        for row in rows
        if row["number"] in texts and (not side or row["side"] == side)
    ]


def _counted(code: str) -> tuple[Consultation, dict[str, Any]]:
    """The published map, where there are enough people for one."""
    matter = _matter(code)
    found = map_find(matter)
    if found is None or not found.data["enough"]:
        raise Http404
    return matter, found.data


@require_safe
def counts(request: HttpRequest, code: str) -> HttpResponse:
    """What the map counted, by statement and group: its statistics can be computed again."""
    matter, data = _counted(code)
    body = counts_csv(data, texts_of(matter))
    return bytes_response(name="counts.csv", content_type="text/csv", data=body)


@require_safe
def map_file(request: HttpRequest, code: str) -> HttpResponse:
    """The published map: nobody's votes, nobody's group, no number of a participant."""
    _found, data = _counted(code)
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="map.json"'
    return response


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How the map is computed, by version, with how it compares to Polis on public data."""
    return render(request, "portal/map_method.html", {"version": VERSION})
