"""Consultations for everybody: what is asked now, the text, giving an opinion, the answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.services import PersonError
from dongthuan.core.text import clean
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.front.portal.consultation_forms import (
    CodeForm,
    DigitsForm,
    OpinionForm,
    PartForm,
    PhoneForm,
    SheetForm,
)
from dongthuan.front.portal.limits import FAILED_LOOKUPS, Limit
from dongthuan.front.portal.memory import remembered
from dongthuan.front.portal.voices import voice_close, voice_of, voice_open
from dongthuan.front.receipts import address_qr
from dongthuan.front.showing import refusal_show
from dongthuan.work.consultations import selectors
from dongthuan.work.consultations.figures import figures
from dongthuan.work.consultations.models import Consultation, Paragraph, Participation
from dongthuan.work.consultations.opinions import Given, part_find, part_give, part_secret
from dongthuan.work.consultations.services import villages_of
from dongthuan.work.consultations.voices import Voice, sms_send, voice_by_code, voice_by_sms

Refused = (MatterError, PersonError)
OPINIONS = Limit("opinion", 60)
CODES_TRIED = Limit("voice-code", 20)
SMS_ASKED = Limit("voice-sms", 10)


def _matter(code: str) -> Consultation:
    found = selectors.consultation_public(clean(code)[:40])
    if found is None:
        raise Http404
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 18 else None


# -- reading --------------------------------------------------------------------------------------


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """Open now, the first to close first; then those that ended, with their answers."""
    within = unit_by_code(settings.SCOPE)
    page = selectors.ended(within=within, after=request.GET.get("after", "")[:20])
    context = {
        "open": selectors.open_now(within=within) if page.first else [],
        "page": page,
        "pages": {"newer": "", "older": f"?after={page.next}" if page.next else ""},
        "today": clock.today(),
    }
    return render(request, "portal/consultations.html", context)


@require_safe
def consultation(request: HttpRequest, code: str) -> HttpResponse:
    """One consultation: until when, the text by paragraphs, how to take part, the answers."""
    matter = _matter(code)
    view = selectors.public_view(matter, version=_number(request.GET.get("ban")))
    context = {
        "matter": matter, "view": view, "today": clock.today(),
        "villages": villages_of(matter) if matter.villages else [],
        "may_comment": matter.takes_opinions and view.draft == view.drafts[0]
        if view.drafts else False,
    }  # fmt: skip
    return render(request, "portal/consultation.html", context)


@require_safe
def opinions(request: HttpRequest, code: str) -> HttpResponse:
    """The opinions that may be shown, of one paragraph or all; nothing tells who gave them."""
    matter = _matter(code)
    paragraph = _paragraph(matter, request.GET.get("doan"))
    page = selectors.opinions_public(
        matter, paragraph_id=paragraph.pk if paragraph else None,
        after=request.GET.get("after", "")[:20],
    )  # fmt: skip
    kept = f"doan={paragraph.pk}&" if paragraph else ""
    older = f"?{kept}after={page.next}" if page.next else ""
    context = {
        "matter": matter, "page": page, "paragraph": paragraph,
        "answered": matter.state in selectors.ANSWERED, "pages": {"newer": "", "older": older},
        "held": matter.opinions.filter(state="held").count(),
    }  # fmt: skip
    return render(request, "portal/consultation_opinions.html", context)


@require_safe
def numbers(request: HttpRequest, code: str) -> HttpResponse:
    """Who took part against who lives there; the sheet's answers, raw and weighted.

    Only once no sheet comes in any more: figures before and after one sheet would show it.
    """
    matter = _matter(code)
    counted = None if matter.takes_paper else remembered(
        lambda: figures(matter=matter, villages=villages_of(matter)), "consultation", matter.pk
    )  # fmt: skip
    context = {
        "matter": matter, "figures": counted, "tallies": selectors.tallies_of(matter),
        "parts": counted.parts if counted else matter.parts.count(),
    }  # fmt: skip
    return render(request, "portal/consultation_figures.html", context)


@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet of A4 for the notice board, with a QR code that leads to the page."""
    matter = _matter(code)
    address = f"{settings.PUBLIC_URL}/lay-y-kien/{matter.code}/"
    context = {"matter": matter, "address": address, "qr": address_qr(address),
               "view": selectors.public_view(matter)}  # fmt: skip
    return render(request, "portal/consultation_poster.html", context)


# -- taking part ----------------------------------------------------------------------------------


def _paragraph(matter: Consultation, said: str | None) -> Paragraph | None:
    number = _number(said)
    if number is None:
        return None
    return Paragraph.objects.filter(draft__consultation=matter, pk=number).first()


def _closed(request: HttpRequest, matter: Consultation) -> HttpResponse:
    messages.warning(request, _("Opinions are no longer taken here."))
    return redirect("portal:consultation", code=matter.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, code: str) -> HttpResponse:
    """An opinion on a paragraph or on the whole; needs no account and no name."""
    matter = _matter(code)
    if not matter.takes_opinions:
        return _closed(request, matter)
    paragraph = _paragraph(matter, request.GET.get("doan"))
    form = OpinionForm(request.POST or None, villages=villages_of(matter))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not OPINIONS.take(request):
            form.add_error(None, _("Too many opinions came from your connection; try later."))
            status = 429
        elif form.is_valid():
            said = [(paragraph.pk if paragraph else None, form.cleaned_data["text"])]
            made = _given(request, matter, form, Given(opinions=said, person=form.person()))
            if made:
                return _receipt(request, matter, made)
    context = {"form": form, "matter": matter, "paragraph": paragraph,
               "voice": voice_of(request, matter)}  # fmt: skip
    return render(request, "portal/consultation_give.html", context, status=status)


def _given(
    request: HttpRequest, matter: Consultation, form: Any, given: Given
) -> Participation | None:
    try:
        return part_give(
            consultation_id=matter.pk, given=given, voice=voice_of(request, matter), key=form.token
        )
    except Refused as error:
        refusal_show(form, error)
        return None


def _receipt(request: HttpRequest, matter: Consultation, part: Participation) -> HttpResponse:
    """Code and secret, shown once; no address ever holds them."""
    context = {"matter": matter, "part": part, "secret": part_secret(part)}
    return render(request, "portal/consultation_done.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The question sheet: a vote, so the voice is proved first."""
    matter = _matter(code)
    if not matter.takes_opinions:
        return _closed(request, matter)
    questions = list(matter.questions.all())
    if not questions:
        raise Http404
    voice = voice_of(request, matter)
    if not voice.pseudonym:
        return redirect("portal:consultation_voice", code=matter.code)
    initial = {"village": voice.village_id or ""}
    form = SheetForm(
        request.POST or None, villages=villages_of(matter), questions=questions, initial=initial
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = Given(answers=form.answers(), person=form.person())
            if made := _given(request, matter, form, given):
                return _receipt(request, matter, made)
    context = {"form": form, "matter": matter, "before": _before(matter, voice)}
    return render(request, "portal/consultation_sheet.html", context, status=status)


def _before(matter: Consultation, voice: Voice) -> bool:
    """Whether this voice has handed in a sheet already: a new one takes its place."""
    parts = matter.parts.filter(voice=voice.pseudonym, answers__isnull=False)
    return parts.exists()


# -- a voice --------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: HttpRequest, code: str) -> HttpResponse:
    """Show a one-time code, or a telephone by the digits of a message: one resident, one voice."""
    matter = _matter(code)
    if not matter.takes_opinions:
        return _closed(request, matter)
    forms: dict[str, Any] = {"code": CodeForm(), "phone": PhoneForm(), "digits": None}
    status = 200
    if request.method == "POST":
        status = 422
        go = request.POST.get("go", "")
        if go == "leave":
            response = redirect("portal:consultation", code=matter.code)
            voice_close(response, matter)
            return response
        found = _proved(request, matter, go, forms)
        if found:
            response = redirect(_next(matter, request.GET.get("roi", "")))
            voice_open(response, matter, found)
            return response
        status = 200 if forms["digits"] is not None and not forms["digits"].errors else status
    context = {"matter": matter, "forms": forms, "voice": voice_of(request, matter)}
    return render(request, "portal/consultation_voice.html", context, status=status)


def _next(matter: Consultation, then: str) -> str:
    """Where to go with the voice: the sheet, or the short statements of the map."""
    page = then if then in ("y-kien-ngan", "phieu", "gop-y") else "phieu"
    if page == "phieu" and not matter.questions.exists():
        page = "gop-y"
    return f"/lay-y-kien/{matter.code}/{page}/"


def _proved(
    request: HttpRequest, matter: Consultation, go: str, forms: dict[str, Any]
) -> Voice | None:
    """The voice that was proved, or None with what is to be shown put into `forms`."""
    kind = {"code": CodeForm, "phone": PhoneForm, "digits": DigitsForm}.get(go)
    if kind is None:
        return None
    form = forms[go] = kind(request.POST)
    if not form.is_valid():
        return None
    limit = SMS_ASKED if go == "phone" else CODES_TRIED
    if not limit.take(request):
        form.add_error(None, _("Too many tries from your connection; try again in an hour."))
        return None
    data = form.cleaned_data
    try:
        if go == "code":
            return voice_by_code(matter=matter, code=data["code"])
        if go == "digits":
            return voice_by_sms(matter=matter, handle=data["handle"], digits=data["digits"])
        handle = sms_send(matter=matter, phone=data["phone"])
        forms["digits"] = DigitsForm(initial={"handle": handle})
    except Refused as error:
        refusal_show(form, error)
    return None


# -- one's own part -------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """With receipt and secret: what one gave, and what became of it."""
    form = PartForm(request.POST or None)
    found, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not FAILED_LOOKUPS.left(request):
            form.add_error(None, _("Too many failed tries; try again in an hour."))
            status = 429
        elif form.is_valid():
            found = part_find(**form.cleaned_data)
            if found is None:
                FAILED_LOOKUPS.take(request)
                form.add_error(None, _("Receipt and secret do not belong together; check both."))
            else:
                status = 200
    context = {
        "form": form, "part": found,
        "rows": selectors.part_opinions(found) if found else [],
        "answered": bool(found and found.consultation.state in selectors.ANSWERED),
    }  # fmt: skip
    return render(request, "portal/consultation_own.html", context, status=status)
