"""Dialogues of heads at the desk: list, plan, invitations, questions, papers, how often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.services import PersonError
from dongthuan.core.units.models import Position, Role, Tier, Unit, in_force
from dongthuan.core.units.selectors import unit_by_code, villages_of
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.dialogues_forms import (
    PUBLIC,
    DialogueForm,
    EndForm,
    InviteForm,
    JoinForm,
    QuestionForm,
    ReadForm,
    SentForm,
    YearForm,
)
from dongthuan.front.desk.serving import form_show, form_taken
from dongthuan.work.dialogues import papers, selectors
from dongthuan.work.dialogues.frequency import frequencies
from dongthuan.work.dialogues.models import Dialogue, Question, Sort
from dongthuan.work.dialogues.questions import (
    question_add,
    question_merge,
    question_read,
    question_separate,
    question_settle,
)
from dongthuan.work.dialogues.services import (
    dialogue_create,
    invitations_add,
    invitations_send,
    yearly_open,
)

Refused = (MatterError, PersonError)


def _form_page(
    request: HttpRequest, form: Form, *, title: str, back: str, submit: str, do: Callable[[], Any],
    lead: str = "",
) -> HttpResponse:  # fmt: skip
    """One form on a page: a good answer is done and leads back, a refused one is shown again."""
    done, status = form_taken(request, form, lambda _given: do(), back=back, refused=Refused)
    if done is not None:
        return done
    return form_show(
        request, form, room=("desk:dialogues", gettext_lazy("Dialogues")), title=title, back=back,
        submit=submit, status=status, lead=lead,
    )  # fmt: skip


# -- the list, a new one --------------------------------------------------------------------------


@require_safe
@official_required
def dialogues(request: HttpRequest) -> HttpResponse:
    """Dialogues in sight: to come, whose conclusion is owed, past."""
    actor, view = actor_of(request), request.GET.get("xem", "coming")
    view = view if view in selectors.VIEWS else "coming"
    page = selectors.dialogue_list(actor=actor, view=view, after=request.GET.get("after", "")[:60])
    context = {
        "view": view,
        "page": page,
        "after": page.next,
        "hosts": selectors.hosts_of(actor).exists(),
        "communes": _owing(actor),
        "today": clock.today(),
    }
    return render(request, "desk/dialogue_list.html", context)


def _owing(actor: Actor) -> list[Unit]:
    """Of those the ones whose dialogue of this year is not open yet."""
    communes = _communes(actor)
    opened = Dialogue.objects.filter(
        unit__parent__in=communes, sort=Sort.YEARLY, year=clock.today().year
    )
    have = set(opened.values_list("unit__parent_id", flat=True))
    return [commune for commune in communes if commune.pk not in have]


def _communes(actor: Actor) -> list[Unit]:
    """The communes in whose People's Committee the actor works."""
    scopes = actor.scopes_of(Role.INTAKE, Role.HANDLER, Role.HEAD)
    paths = {scope.area_path for scope in scopes}
    return list(Unit.objects.filter(path__in=paths, tier=Tier.COMMUNE).order_by("sort_key"))


@official_required
def dialogue_new(request: HttpRequest) -> HttpResponse:
    """Plan a dialogue of a head in whose body the actor works."""
    actor = actor_of(request)
    hosts = selectors.hosts_of(actor)
    if not hosts.exists():
        raise Http404
    form = DialogueForm(request.POST or None, hosts=hosts, partners=_partners(actor))

    def do() -> str:
        made = dialogue_create(acting=actor, **form.cleaned_data)
        return reverse("desk:dialogue", args=[made.code])

    return _form_page(
        request, form, title=_("Plan a dialogue"), back=reverse("desk:dialogues"),
        submit=_("Save"), do=do,
        lead=_("Invitations, questions and the notice follow on its own page."),
    )  # fmt: skip


def _partners(actor: Actor) -> Any:
    """The bodies of the same area that may hold it with the head."""
    areas = {scope.area_path for scope in actor.scopes}
    return (
        Unit.objects.in_force(clock.today())
        .filter(parent__path__in=areas, tier=Tier.ORGAN)
        .order_by("sort_key")
    )


@require_POST
@official_required
def yearly(request: HttpRequest) -> HttpResponse:
    """Open the dialogue that the commune owes this year, without waiting for the morning."""
    if request.POST.get("nam") != str(clock.today().year):
        messages.error(request, _("Open the year from its list."))
        return redirect("desk:dialogues")
    actor, made = actor_of(request), None
    for commune in _communes(actor):
        try:
            made = yearly_open(acting=actor, commune=commune, year=clock.today().year) or made
        except MatterError as error:
            messages.error(request, error.message)
    if made is None:
        messages.info(request, _("The dialogue of this year is open already."))
        return redirect("desk:dialogues")
    return redirect("desk:dialogue", code=made.code)


@require_safe
@official_required
def heads(request: HttpRequest) -> HttpResponse:
    """How often each head talked with the people in a year, beside what the rules ask."""
    form = YearForm(request.GET)
    year = (form.cleaned_data.get("nam") if form.is_valid() else None) or clock.today().year
    within = unit_by_code(settings.SCOPE)
    context = {"form": form, "year": year, "rows": frequencies(within=within, year=year)}
    return render(request, "desk/dialogue_heads.html", context)


# -- one dialogue ---------------------------------------------------------------------------------


@require_safe
@official_required
def dialogue(request: HttpRequest, code: str) -> HttpResponse:
    """A dialogue: its day, invitations, what was asked and how it ended."""
    view = selectors.dialogue_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {
        "view": view,
        "dialogue": view.dialogue,
        "today": clock.today(),
        "ask_url": papers.ask_url(view.dialogue),
    }
    return render(request, "desk/dialogue.html", context)


def _kept(request: HttpRequest, code: str) -> selectors.DialogueView:
    """A dialogue that the actor works at; to others the page does not exist."""
    view = selectors.dialogue_view(actor=actor_of(request), code=code)
    if view is None or not view.keeps:
        raise Http404
    return view


def _page(found: Dialogue) -> str:
    return reverse("desk:dialogue", args=[found.code])


@official_required
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Put villages, bodies and groups on the list of those invited."""
    found = _kept(request, code).dialogue
    form = InviteForm(request.POST or None, units=_invitable(found))

    def do() -> None:
        made = invitations_add(
            acting=actor_of(request), dialogue=found, units=form.cleaned_data["units"],
            whom=form.lines(),
        )  # fmt: skip
        text = ngettext("%(n)d invitation is added.", "%(n)d invitations are added.", len(made))
        messages.success(request, text % {"n": len(made)})

    return _form_page(
        request, form, title=_("Invite"), back=_page(found), submit=_("Add to the list"), do=do
    )


def _invitable(found: Dialogue) -> Any:
    area = found.unit.parent or found.unit
    near = Unit.objects.in_force(clock.today()).filter(parent=area, tier=Tier.ORGAN)
    return (near | villages_of(area, clock.today())).order_by("tier", "sort_key")


@official_required
def invited(request: HttpRequest, code: str) -> HttpResponse:
    """Record which invitations went out today."""
    found = _kept(request, code).dialogue
    rows = found.invitations.filter(sent_on=None).order_by("id")
    form = SentForm(request.POST or None, rows=rows)

    def do() -> None:
        chosen = [row.pk for row in form.cleaned_data["invitations"]]
        invitations_send(
            acting=actor_of(request), dialogue=found, invitations=chosen,
            means=form.cleaned_data["means"],
        )  # fmt: skip

    return _form_page(
        request, form, title=_("Invitations that were sent"), back=_page(found), submit=_("Save"),
        do=do,
    )  # fmt: skip


# -- questions ------------------------------------------------------------------------------------


@official_required
def question_new(request: HttpRequest, code: str) -> HttpResponse:
    """Write down what came by telephone, on paper, or was said in the hall."""
    found = _kept(request, code).dialogue
    form = QuestionForm(request.POST or None)

    def do() -> None:
        made = question_add(
            acting=actor_of(request), dialogue=found, text=form.cleaned_data["text"],
            channel=form.cleaned_data["channel"], asker=form.asker(),
        )  # fmt: skip
        messages.success(request, _("Question %(n)d is written down.") % {"n": made.number})

    return _form_page(
        request,
        form,
        title=pgettext("dialogue", "Write down a question"),
        back=_page(found),
        submit=_("Save"),
        do=do,
    )


def _own(request: HttpRequest, question_id: int) -> Question:
    found = selectors.question_get(actor=actor_of(request), question_id=question_id)
    if found is None:
        raise Http404
    return found


@official_required
def question_open(request: HttpRequest, question_id: int) -> HttpResponse:
    """Read what came in: take it up in public words, join it to a like one, or set it aside."""
    found = _own(request, question_id)
    form = ReadForm(request.POST or None, initial={"words": found.text})

    def do() -> None:
        data, actor = form.cleaned_data, actor_of(request)
        if data["into"] and not data["ground"]:
            question_merge(acting=actor, question=found, into=data["into"])
        else:
            question_read(acting=actor, question=found, words=data["words"], ground=data["ground"])

    return _form_page(
        request, form, title=_("Read question %(n)d") % {"n": found.number},
        back=_page(found.dialogue), submit=_("Save"), do=do, lead=str(PUBLIC),
    )  # fmt: skip


@official_required
def question_join(request: HttpRequest, question_id: int) -> HttpResponse:
    """Join an open question to another one that asks the same."""
    found = _own(request, question_id)
    form = JoinForm(request.POST or None)

    def do() -> None:
        question_merge(acting=actor_of(request), question=found, into=form.cleaned_data["into"])

    return _form_page(
        request, form, title=_("Join question %(n)d to another one") % {"n": found.number},
        back=_page(found.dialogue), submit=_("Join the two"), do=do, lead=found.words or found.text,
    )  # fmt: skip


@require_POST
@official_required
def question_part(request: HttpRequest, question_id: int) -> HttpResponse:
    """Take a joined question out again."""
    found = _own(request, question_id)
    try:
        question_separate(acting=actor_of(request), question=found)
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:dialogue", code=found.dialogue.code)


@official_required
def question_end(request: HttpRequest, question_id: int) -> HttpResponse:
    """Answer, promise, take in, or say why not."""
    found = _own(request, question_id)
    area = found.dialogue.unit.parent or found.dialogue.unit
    units = Unit.objects.in_force(clock.today()).within(area).filter(tier=Tier.ORGAN)
    seats = Position.objects.filter(
        in_force(clock.today()), unit__path__startswith=area.path, unit__tier=Tier.ORGAN
    ).exclude(role=Role.ADMIN)
    form = EndForm(request.POST or None, seats=seats, units=units.order_by("sort_key"))

    def do() -> None:
        question_settle(acting=actor_of(request), question=found, end=form.end())

    return _form_page(
        request, form, title=_("The end of question %(n)d") % {"n": found.number},
        back=_page(found.dialogue), submit=_("Save"), do=do, lead=found.words,
    )  # fmt: skip


# -- papers ---------------------------------------------------------------------------------------


@require_safe
@official_required
def paper(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """A paper of the dialogue as PDF, for whoever works at it."""
    view = _kept(request, code)
    found, shown = view.dialogue, view.shown
    makers: dict[str, Callable[[], bytes]] = {
        "thong-bao": lambda: papers.announcement_pdf(found),
        "giay-moi": lambda: papers.invitation_pdf(
            dialogue=found, invitations=_invited_to(request, view)
        ),
        "cau-hoi": lambda: papers.questions_pdf(dialogue=found, questions=shown),
        "phieu-hoi": lambda: papers.slips_pdf(dialogue=found),
        "bien-ban": lambda: papers.minutes_pdf(dialogue=found, questions=shown),
        "ket-luan": lambda: papers.conclusion_pdf(dialogue=found, questions=shown),
    }
    if what not in makers:
        raise Http404
    response = HttpResponse(makers[what](), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{what}-{found.code}.pdf"'
    return response


def _invited_to(request: HttpRequest, view: selectors.DialogueView) -> Any:
    """All invitations, or the one that ?so= names."""
    wanted = request.GET.get("so", "")
    rows = [row for row in view.invitations if not wanted or str(row.pk) == wanted]
    if not rows:
        raise Http404
    return rows
