"""Between units: transfers in and out, hand-over of an ended unit, service levels of one's own."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters import selectors
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.handing import matters_hand_over, matters_to_hand_over
from dongthuan.core.matters.levels import (
    SETTABLE,
    level_ceiling,
    levels_of,
    service_level_end,
    service_level_set,
    units_that_set,
)
from dongthuan.core.matters.models import Level, ServiceLevel
from dongthuan.core.matters.selectors import MatterFilter, rule_name
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role, Succession, Tier
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.handover import hand_over_pdf_response, handed_over

# So many in one go: a page answers within seconds, and the button takes the next ones.
AT_ONCE = 200
PREVIEW = 100
# Whoever leads a body takes over what its predecessor has left open.
TAKING_OVER = (Role.HEAD, Role.PARTNER_HEAD, Role.PARTY, Role.COUNCIL)


# -- transfers ----------------------------------------


@require_safe
@official_required
def transfers(request: HttpRequest) -> HttpResponse:
    """What was sent here and waits to be taken over; what was sent from here and is followed up."""
    actor = actor_of(request)
    incoming = MatterFilter(view="unit", state="transferring", after=request.GET.get("den", ""))
    outgoing = MatterFilter(view="unit", kind="referral", after=request.GET.get("di", ""))
    coming = selectors.matter_list(actor=actor, wanted=incoming)
    going = selectors.matter_list(actor=actor, wanted=outgoing)
    context = {
        "coming": coming,
        "going": going,
        "coming_next": f"?{urlencode({'den': coming.next})}" if coming.next else "",
        "going_next": f"?{urlencode({'di': going.next})}" if going.next else "",
        "today": clock.today(),
    }
    return render(request, "desk/transfers.html", context)


# -- hand-over ----------------------------------------


class HandOverForm(forms.Form):
    document = CleanCharField(
        label=gettext_lazy("Number of the hand-over record"),
        max_length=80,
        help_text="01/BB-BG",
    )
    codes = CleanCharField(
        label=gettext_lazy("Codes that the record names"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Only where several units succeed: what does not follow from the place, one code a line"
        ),
    )


@official_required
def hand_over(request: HttpRequest) -> HttpResponse:
    """Take over what is still open of a unit that has ended: look first, then page by page."""
    actor = actor_of(request)
    links = _successions(actor)
    if not actor.scopes_of(*TAKING_OVER):
        raise PermissionDenied(_("Only the head of the receiving unit may take over its matters."))
    chosen = _chosen(links, request.POST.get("tu") or request.GET.get("tu", ""))
    form = HandOverForm(request.POST or None, initial={"document": request.GET.get("so", "")[:80]})
    status = 200
    if request.method == "POST" and chosen:
        status = 422
        if form.is_valid() and (url := _taken_over(request, chosen, form)):
            return redirect(url)
    context = {
        "links": links,
        "chosen": chosen,
        "form": form,
        "preview": _preview(form, chosen) if chosen else None,
        "done": _done(request, chosen) if chosen else 0,
        "document": request.GET.get("so", "")[:80],
        "at_once": AT_ONCE,
    }
    return render(request, "desk/hand_over.html", context, status=status)


def _successions(actor: Actor) -> list[Succession]:
    """Ended units whose successor the actor heads, and villages of their commune."""
    heads = [scope.unit_id for scope in actor.scopes_of(*TAKING_OVER)]
    its = Q(successor__in=heads)
    for scope in actor.scopes_of(Role.HEAD):
        if scope.unit_path.endswith(".ubnd."):
            # Villages have no desk for it: the head of their commune does it.
            its |= Q(successor__tier=Tier.VILLAGE, successor__path__startswith=scope.area_path)
    return list(
        Succession.objects.filter(its, predecessor__valid_to__lt=clock.today())
        .select_related("predecessor", "successor")
        .order_by("-on", "predecessor__sort_key")
    )


def _chosen(links: list[Succession], number: str) -> Succession | None:
    return next((link for link in links if str(link.pk) == number), None)


def _codes(form: HandOverForm) -> list[str]:
    typed = form.data.get("codes", "") if form.is_bound else ""
    return re.split(r"[\s,;]+", typed.strip())[:5_000] if typed.strip() else []


def _preview(form: HandOverForm, link: Succession) -> dict[str, Any]:
    """The first of what would come, how many in all; of sealed matters the number only."""
    try:
        rows = matters_to_hand_over(
            predecessor=link.predecessor,
            successor=link.successor,
            on=clock.today(),
            codes=_codes(form),
        )
    except MatterError as error:
        return {"problem": error.message}
    open_rows = rows.filter(level__lt=Level.RESTRICTED)
    return {
        "rows": list(open_rows.select_related("place").order_by("next_due_on", "id")[:PREVIEW]),
        "count": open_rows.count(),
        "sealed": rows.filter(level__gte=Level.RESTRICTED).count(),
    }


def _done(request: HttpRequest, link: Succession) -> int:
    document = request.GET.get("so", "")[:80]
    return handed_over(link, document).count() if document else 0


def _taken_over(request: HttpRequest, link: Succession, form: HandOverForm) -> str:
    document = form.cleaned_data["document"]
    try:
        count = matters_hand_over(
            acting=actor_of(request),
            predecessor=link.predecessor,
            successor=link.successor,
            on=clock.today(),
            document=document,
            codes=_codes(form),
            limit=AT_ONCE,
        )
    except MatterError as error:
        form.add_error(None, error.message)
        return ""
    messages.success(request, _("%(count)d matters were taken over.") % {"count": count})
    return f"{reverse('desk:hand_over')}?{urlencode({'tu': link.pk, 'so': document})}"


@require_safe
@official_required
def hand_over_minutes(request: HttpRequest) -> HttpResponse:
    """The minutes with the list of what was taken over, to be printed and signed."""
    link = _chosen(_successions(actor_of(request)), request.GET.get("tu", ""))
    document = request.GET.get("so", "")[:80]
    if link is None or not document or not handed_over(link, document).exists():
        raise Http404
    return hand_over_pdf_response(link=link, document=document, acting=actor_of(request))


# -- service levels ----------------------------------------


class LevelForm(forms.Form):
    rule = forms.ChoiceField(label=gettext_lazy("What is promised"))
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    amount = forms.IntegerField(label=gettext_lazy("How long"), min_value=1, max_value=720)
    counted = forms.ChoiceField(
        label=gettext_lazy("Counted in"),
        choices=(
            ("h", gettext_lazy("hours")),
            ("wd", gettext_lazy("working days")),
            ("d", gettext_lazy("days")),
        ),
        initial="wd",
    )
    document = CleanCharField(
        label=gettext_lazy("Number and symbol of the document"), max_length=80
    )
    valid_from = forms.DateField(
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))

    def __init__(self, *args: Any, units: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        choices: dict[str, list[tuple[str, Any]]] = {
            "rule": [(key, _promise(key, language)) for key in SETTABLE],
            "topic": [("", _("all topics")), *TOPICS],
            "unit": [(str(unit.pk), unit.label) for unit in units],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]


def _promise(key: str, language: str) -> str:
    """A rule with the term that no level exceeds."""
    most = level_ceiling(key, clock.today())
    return _("%(rule)s (local practice: %(term)s)") % {
        "rule": rule_name(key, language),
        "term": most.text_en if language == "en" else most.text_vi,
    }


@official_required
def levels(request: HttpRequest) -> HttpResponse:
    """What the unit promises of itself where no law fixes a term; set by its head."""
    actor = actor_of(request)
    units = units_that_set(actor)
    if not units:
        raise PermissionDenied(_("Only the head of the unit sets its service levels."))
    form = LevelForm(request.POST or None, units=units, initial={"valid_from": clock.today()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _set(request, form, units):
            return redirect("desk:levels")
    rows = [row for unit in units for row in levels_of(unit=unit)]
    context = {"form": form, "rows": rows, "today": clock.today(), "topics": dict(TOPICS)}
    return render(request, "desk/levels.html", context, status=status)


def _set(request: HttpRequest, form: LevelForm, units: list[Any]) -> bool:
    data = form.cleaned_data
    try:
        service_level_set(
            acting=actor_of(request),
            unit=next(unit for unit in units if str(unit.pk) == data["unit"]),
            rule=data["rule"],
            topic=data["topic"],
            term=f"{data['amount']} {data['counted']}",
            document=data["document"],
            valid_from=data["valid_from"],
        )
    except MatterError as error:
        field = "amount" if error.field == "term" else error.field
        form.add_error(field if field in form.fields else None, error.message)
        return False
    messages.success(request, _("The service level is set; what already runs keeps its date."))
    return True


@require_POST
@official_required
def level_end(request: HttpRequest, level_id: int) -> HttpResponse:
    """No longer from tomorrow on."""
    try:
        service_level_end(
            acting=actor_of(request), level=get_object_or_404(ServiceLevel, pk=level_id)
        )
        messages.success(request, _("The service level ends today."))
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:levels")
