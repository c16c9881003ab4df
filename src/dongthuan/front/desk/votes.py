"""A vote at the desk: roll, opening, who has used their voice, figures of two people.

No page here shows what was chosen before the vote is closed; the figures one person has entered
are not shown to the other.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.papers.errors import UploadError
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.decisions import actor_of, show
from dongthuan.front.desk.decisions_forms import (
    ClusterForm,
    MannerForm,
    StationForm,
    TallyForm,
    VoidForm,
)
from dongthuan.front.desk.kind_parts import page_of
from dongthuan.front.desk.views import stored_papers
from dongthuan.work.decisions import selectors, voting
from dongthuan.work.decisions.models import MEETING, Method, Roll, RollLine, Station, Vote
from dongthuan.work.decisions.papers import codes_pdf

Refused = (MatterError, UploadError)
# More villages than these are folded; so many places that owe figures stand open at once.
FEW, SHOWN = 3, 6


def _console(request: HttpRequest, handle: uuid.UUID) -> selectors.Console:
    found = selectors.console(actor=actor_of(request), handle=handle)
    if found is None:
        raise Http404
    return found


@require_safe
@official_required
def vote(request: HttpRequest, handle: uuid.UUID) -> HttpResponse:
    """The console: turnout and nothing more, until it is closed."""
    found = _console(request, handle)
    one = found.view.vote
    context = {
        "console": found,
        "vote": one,
        "matter": one.matter,
        "matter_url": page_of(one.matter),
        "online": Method.ONLINE in one.methods,
        **_places(found),
        "mine": {roll.pk for roll in found.rolls},
        "many": len(found.view.turnout) > FEW,
        "printed": selectors.rolls_with_codes(one),
        "begun": clock.now() >= one.opens_at,
        "closes_here": _closes_here(one),
        "unfixed": _unfixed(found),
        "counted": all(place.station.agreed_id for place in found.stations)
        and (clock.now() >= one.closes_at or not set(one.methods) - set(MEETING)),
    }
    return render(request, "desk/vote.html", context)


def _unfixed(found: selectors.Console) -> list[Roll]:
    """Villages whose meeting may still fix how it votes: no voice was given there."""
    one = found.view.vote
    if one.matter.kind != "decision" or not one.is_running or not set(MEETING) & set(one.methods):
        return []
    voiced = {row.roll.pk for row in found.view.turnout if row.voted}
    return [roll for roll in found.rolls if roll.pk not in voiced]


def _places(found: selectors.Console) -> dict[str, list[selectors.StationView]]:
    """Where figures are owed: what did not agree first, then what waits for a second person."""
    agreed = [place for place in found.stations if place.station.agreed_id]
    owed = [place for place in found.stations if not place.station.agreed_id]
    owed.sort(key=lambda place: (place.station.attempt == 1 or place.entered, not place.entered))
    return {"awaited": owed[:SHOWN], "further": owed[SHOWN:], "agreed": agreed}


def _closes_here(one: Vote) -> bool:
    """A decision's vote is closed by its step that counts; all others here, and written down
    after."""
    return one.purpose == Vote.Purpose.METHOD or one.matter.kind != "decision"


@require_POST
@official_required
def act(request: HttpRequest, handle: uuid.UUID, act: str) -> HttpResponse:
    """Freeze the roll, open, close what no step closes, or end without a count."""
    one, actor = _console(request, handle).view.vote, actor_of(request)
    try:
        if act == "chot":
            voting.roll_freeze(acting=actor, vote=one)
            done = _("The roll is frozen.")
        elif act == "mo":
            voting.vote_open(acting=actor, vote=one)
            done = _("The vote is open.")
        elif act == "dong" and _closes_here(one):
            voting.vote_close(acting=actor, vote=one)
            done = _("The vote is closed and counted.")
        elif act == "huy":
            form = VoidForm(request.POST)
            reason = form.cleaned_data["reason"] if form.is_valid() else ""
            voting.vote_void(acting=actor, vote=one, reason=reason)
            done = _("The vote ended without a count.")
        else:
            raise Http404
        messages.success(request, done)
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:vote", handle=handle)


@official_required
def manner(request: HttpRequest, handle: uuid.UUID) -> HttpResponse:
    """What the meeting of a village has fixed: show of hands or secret ballot."""
    found = _console(request, handle)
    form = MannerForm(
        request.POST or None, rolls=found.rolls, initial={"roll": request.GET.get("thon", "")[:18]}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                voting.method_fix(acting=actor_of(request), **form.cleaned_data)
                messages.success(request, _("It is recorded."))
                return redirect("desk:vote", handle=handle)
            except MatterError as error:
                show(form, error)
    return _form(request, form, found.view.vote, _("Fix the manner of voting"), status)


def _form(
    request: HttpRequest, form: Any, one: Vote, title: str, status: int, **more: Any
) -> HttpResponse:
    context = {"form": form, "vote": one, "title": title, **more}
    return render(request, "desk/vote_form.html", context, status=status)


def _is_key(text: str) -> bool:
    """A number that fits a key; what somebody typed there instead is nobody's line."""
    return text.isdecimal() and len(text) < 18


# -- the roll -------------------------------------------------------------------------------------


def _roll(request: HttpRequest, handle: uuid.UUID, roll_id: int) -> Roll:
    found = selectors.roll_get(actor=actor_of(request), handle=handle, roll_id=roll_id)
    if found is None:
        raise Http404
    return found


@require_safe
@official_required
def roll(request: HttpRequest, handle: uuid.UUID, roll_id: int) -> HttpResponse:
    """The frozen roll: who has used their voice by which way; places at which to tick."""
    found = _roll(request, handle, roll_id)
    find = request.GET.get("tim", "")[:60].strip()
    page = selectors.lines_page(roll=found, find=find, after=request.GET.get("after", "")[:20])
    running = found.vote.state == Vote.State.OPEN
    context = {
        "roll": found,
        "vote": found.vote,
        "page": page,
        "find": find,
        "stations": found.stations.filter(agreed=None) if running else [],
        "reissues": Method.ONLINE in found.vote.methods and found.vote.is_running,
    }
    return render(request, "desk/vote_roll.html", context)


@never_cache
@require_POST
@official_required
def codes(request: HttpRequest, handle: uuid.UUID, roll_id: int) -> HttpResponse:
    """Sheets with new codes, for all households or for one; they are printed once."""
    found, actor = _roll(request, handle, roll_id), actor_of(request)
    wanted = request.POST.get("line", "")
    try:
        if wanted:
            line = found.lines.filter(pk=int(wanted) if _is_key(wanted) else 0).first()
            if line is None:
                raise Http404
            made = [(line, voting.code_reissue(acting=actor, line=line))]
        else:
            renew = request.POST.get("renew") == "on"
            made = voting.codes_issue(acting=actor, roll=found, renew=renew)
    except MatterError as error:
        messages.error(request, error.message)
        return redirect("desk:vote", handle=handle)
    where = request.build_absolute_uri(reverse("portal:ballot_code"))
    # Behind the “#” the code stays in the telephone: no server or proxy sees it in an address.
    pdf = codes_pdf(vote=found.vote, codes=made, address=where + "#ma={code}")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="ma-{found.village.code}.pdf"'
    return response


@official_required
def cluster(request: HttpRequest, handle: uuid.UUID, roll_id: int) -> HttpResponse:
    """Another meeting of a large or dispersed village."""
    found = _roll(request, handle, roll_id)
    form = ClusterForm(request.POST or None, roll=found)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                voting.station_add(acting=actor_of(request), roll=found, **form.cleaned_data)
                messages.success(request, _("It is recorded."))
                return redirect("desk:vote", handle=handle)
            except MatterError as error:
                show(form, error)
    return _form(request, form, found.vote, _("Add the meeting of a cluster"), status)


# -- places of counting ---------------------------------------------------------------------------


def _station(request: HttpRequest, handle: uuid.UUID, station_id: int) -> Station:
    found = selectors.station_get(actor=actor_of(request), handle=handle, station_id=station_id)
    if found is None:
        raise Http404
    return found


@official_required
def station(request: HttpRequest, handle: uuid.UUID, station_id: int) -> HttpResponse:
    """Who counts at a place, which two households witness it."""
    found = _station(request, handle, station_id)
    numbers = [line.number for line in found.witnesses.all()] + ["", ""]
    initial = {
        "venue": found.venue, "chair": found.chair, "team": "\n".join(found.team),
        "witness_one": numbers[0], "witness_two": numbers[1],
    }  # fmt: skip
    form = StationForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _changed(request, found, form.cleaned_data)
                messages.success(request, _("It is recorded."))
                return redirect("desk:vote", handle=handle)
            except MatterError as error:
                show(form, error)
    return _form(request, form, found.roll.vote, _("Team and witnesses"), status, station=found)


def _changed(request: HttpRequest, found: Station, data: dict[str, Any]) -> None:
    witnesses: list[RollLine] | None = None
    wanted = {name: data[name] for name in ("witness_one", "witness_two")}
    if any(wanted.values()):
        rows = RollLine.objects.filter(roll=found.roll, number__in=wanted.values())
        named = {line.number: line for line in rows}
        for name, number in wanted.items():
            if number not in named:
                raise MatterError(_no_witness(number), field=name)
        witnesses = [named[number] for number in wanted.values()]
    voting.station_change(
        acting=actor_of(request), station=found, venue=data["venue"], chair=data["chair"],
        team=data["team"].splitlines() if data["team"] else None, witnesses=witnesses,
    )  # fmt: skip


def _no_witness(number: str) -> str:
    if not number:
        return _("Two households witness the count.")
    return _("No household %(number)s is in the roll.") % {"number": number}


@require_POST
@official_required
def tick(request: HttpRequest, handle: uuid.UUID, station_id: int) -> HttpResponse:
    """Households are present, or have their paper; `bo` takes one tick back."""
    found, actor = _station(request, handle, station_id), actor_of(request)
    wanted = [int(pk) for pk in request.POST.getlist("lines") if _is_key(pk)]
    lines = list(RollLine.objects.filter(roll=found.roll, pk__in=wanted[:500]))
    back = redirect("desk:vote_roll", handle=handle, roll_id=found.roll_id)
    if not lines:
        messages.error(request, _("Tick at least one household."))
        return back
    try:
        if request.POST.get("go") == "bo":
            voting.voice_return(acting=actor, station=found, line=lines[0])
            messages.success(request, _("The tick is taken back."))
        else:
            made = voting.voices_take(acting=actor, station=found, lines=lines)
            said = ngettext("%(n)d household is ticked.", "%(n)d households are ticked.", len(made))
            messages.success(request, said % {"n": len(made)})
    except MatterError as error:
        messages.error(request, error.message)
    return back


@official_required
def tally(request: HttpRequest, handle: uuid.UUID, station_id: int) -> HttpResponse:
    """One of two people enters the figures; nobody sees the other's."""
    found = _station(request, handle, station_id)
    form = TallyForm(request.POST or None, roll=found.roll, method=found.method)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                papers = stored_papers(request)
                entered = voting.tally_enter(
                    acting=actor_of(request), station=found, figures=form.figures(),
                    scan=papers[0] if papers else None,
                )  # fmt: skip
                _tell(request, found, entered)
                return redirect("desk:vote", handle=handle)
            except Refused as error:
                show(form, error)
    return _form(
        request, form, found.roll.vote, _("Enter the figures"), status, station=found, scans=True
    )


def _tell(request: HttpRequest, found: Station, entered: voting.Entered) -> None:
    if entered.outcome == "waiting":
        messages.success(request, _("Entered. A second person enters the same figures now."))
    elif entered.outcome == "agreed":
        messages.success(request, _("Both are alike and add up: the figures stand."))
    elif entered.outcome == "wrong":
        messages.error(request, " ".join([*entered.sentences, _("Count again, and enter twice.")]))
    else:
        messages.error(
            request,
            _("The figures of the two are unlike in: %(names)s. Count again, and enter twice.")
            % {"names": ", ".join(_names(found, entered.fields))},
        )


def _names(found: Station, keys: tuple[str, ...]) -> list[str]:
    """What differs, in the words of the form: a show of hands has no valid and returned papers."""
    one = found.roll.vote
    if found.method == Method.HANDS:
        words = {"issued": _("Households present"), "blank": _("Raised no hand"), **one.labels}
        return [words[key] for key in keys if key in words]
    words = {
        "issued": _("issued"), "returned": _("returned"), "missing": _("missing"),
        "valid": _("Valid"), "blank": _("Blank"), "spoilt": _("Spoilt"), **one.labels,
    }  # fmt: skip
    return [words[key] for key in keys]
