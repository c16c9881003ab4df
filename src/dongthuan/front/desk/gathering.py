"""Many letters, one matter: what looks alike side by side, joining, separating, signers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core.matters import policies, selectors
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.models import Matter, Submission
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.services import PersonError
from dongthuan.front.desk.access import official_required
from dongthuan.insight.search.selectors import Duplicate, near_duplicates
from dongthuan.work.petitions.groups import (
    SignerData,
    representatives_most,
    signers_add,
    signers_read,
)
from dongthuan.work.petitions.joining import (
    JOINED_KINDS,
    joined_codes,
    matter_separate,
    matters_join,
)

SHOWN = 10


class JoinForm(forms.Form):
    others = forms.MultipleChoiceField(
        label=gettext_lazy("Join these into this matter"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    codes = CleanCharField(
        label=gettext_lazy("or by their codes"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Codes of your unit, with blanks or commas between them"),
    )
    reason = CleanCharField(label=gettext_lazy("Reason"), max_length=1000)

    def __init__(self, *args: Any, offered: list[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = [  # type: ignore[attr-defined]
            (str(matter.pk), f"{matter.code} – {matter.title}") for matter in offered
        ]
        if not offered:
            del self.fields["others"]


class ReasonForm(forms.Form):
    reason = CleanCharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SignerForm(forms.Form):
    name = CleanCharField(label=gettext_lazy("Full name"), max_length=120, required=False)
    address = CleanCharField(label=gettext_lazy("Address"), max_length=300, required=False)
    representative = forms.BooleanField(
        label=gettext_lazy("Speaks for all (Article 29)"), required=False
    )
    phone = CleanCharField(
        label=gettext_lazy("Telephone of the representative"), max_length=20, required=False
    )
    file = forms.FileField(
        label=gettext_lazy("or a list (.xlsx, .csv)"),
        required=False,
        help_text=gettext_lazy("With a line of headings: Họ và tên, Địa chỉ. All or nobody."),
    )


@dataclass(frozen=True)
class Elsewhere:
    """The same text at another unit: its number and who has it, never what it says."""

    code: str
    unit: str
    competent: bool


@official_required
def alike(request: HttpRequest, code: str) -> HttpResponse:
    """What says the same, side by side; ticked ones are joined into this matter."""
    actor, found = _mine(request, code)
    twins = near_duplicates(matter=found, actor=actor, limit=SHOWN)
    offered = [twin.matter for twin in twins if _joins(found, twin.matter)]
    form = JoinForm(request.POST or None, offered=offered)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _joined(actor, found, form):
            messages.success(request, _("Joined; everybody who wrote has been told."))
            return redirect("desk:matter", code=code)
    context = {
        "form": form,
        "matter": found,
        "own": found.submissions.order_by("id").first(),
        "twins": _beside(twins),
        "elsewhere": _elsewhere(found, twins),
        "joined": joined_codes(found),
        "may_join": policies.may_assign(actor, found),
    }
    return render(request, "desk/alike.html", context, status=status)


def _mine(request: HttpRequest, code: str) -> tuple[Actor, Matter]:
    """The matter, for those who read its inner file; sealed ones have no such pages."""
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.matter_get(actor=actor, code=code)
    if (
        found is None
        or found.is_sealed
        or found.kind not in JOINED_KINDS
        or policies.audience_of(actor, found) < 2
    ):
        raise Http404
    return actor, found


def _joins(found: Matter, other: Matter) -> bool:
    return other.path == found.path and other.kind == found.kind and other.state != "joined"


def _joined(actor: Actor, found: Matter, form: JoinForm) -> bool:
    typed = form.cleaned_data["codes"].replace(",", " ").split()
    rows = Matter.objects.filter(policies.visible_to(actor), code__in=typed)
    by_code = dict(rows.values_list("code", "pk"))
    if unknown := [code for code in typed if code not in by_code]:
        form.add_error("codes", _("There is no matter %(code)s in sight.") % {"code": unknown[0]})
        return False
    chosen = [int(pk) for pk in form.cleaned_data.get("others", [])] + list(by_code.values())
    try:
        matters_join(
            acting=actor,
            main_id=found.pk,
            other_ids=chosen,
            reason=form.cleaned_data["reason"],
        )
    except MatterError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    return True


def _beside(twins: list[Duplicate]) -> list[tuple[Duplicate, str]]:
    """Each with the text of its first letter; one query."""
    texts: dict[int, str] = {}
    rows = Submission.objects.filter(matter__in=[twin.matter.pk for twin in twins])
    for matter_id, text in rows.order_by("id").values_list("matter_id", "text"):
        texts.setdefault(matter_id, text)
    return [(twin, texts.get(twin.matter.pk, "")) for twin in twins]


def _elsewhere(found: Matter, seen: list[Duplicate]) -> list[Elsewhere]:
    """The same text with other units. Competent is who has accepted it, else whose place it is.

    Nothing of a matter that is walled off from anybody, for that could be this reader.
    """
    known = {twin.matter.pk for twin in seen}
    others = [
        twin.matter
        for twin in near_duplicates(matter=found, limit=SHOWN)
        if twin.matter.pk not in known and twin.band == "same"
    ]
    rows = {
        row.pk: row
        for row in Matter.objects.filter(
            pk__in=[other.pk for other in others], walled_accounts=[], walled_paths=[]
        )
        .exclude(path=found.path)
        .select_related("unit", "place")
    }
    accepted = [row for row in rows.values() if row.accepted_at]
    return [
        Elsewhere(
            row.code,
            row.unit.name,
            bool(row in accepted or (not accepted and not found.accepted_at and _at_home(row))),
        )
        for row in rows.values()
    ]


def _at_home(row: Matter) -> bool:
    """Whether a matter lies with the authority of the place that it is about."""
    if row.place is None:
        return False
    return row.path.startswith(row.place.path) or row.place.path.startswith(
        row.path.removesuffix("ubnd.")
    )


@official_required
def separate(request: HttpRequest, code: str) -> HttpResponse:
    """Undo a joining, with a reason; the petitioners are told."""
    actor, found = _mine(request, code)
    form = ReasonForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                matter_separate(
                    acting=actor, matter_id=found.pk, reason=form.cleaned_data["reason"]
                )
            except MatterError as error:
                form.add_error(None, error.message)
            else:
                messages.success(request, _("Separated; what was owed is owed again."))
                return redirect("desk:matter", code=code)
    context = {
        "form": form,
        "shell": "desk/base.html",
        "title": _("Separate it again"),
        "lead": f"{found.code} – {found.title}",
        "submit": _("Separate"),
        "back_url": reverse("desk:matter", args=[code]),
    }
    return render(request, "ui/form_page.html", context, status=status)


@official_required
def signers(request: HttpRequest, code: str) -> HttpResponse:
    """Who signed: added one by one or from a list, all or nobody."""
    actor, found = _mine(request, code)
    submission = _letter(found, request.POST.get("don") or request.GET.get("don", ""))
    form = SignerForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (count := _signed(request, actor, submission, form)):
            messages.success(request, _("%(count)d signers added.") % {"count": count})
            return redirect(f"{reverse('desk:signers', args=[code])}?don={submission.uuid}")
    context = {
        "form": form,
        "matter": found,
        "submission": submission,
        "letters": list(found.submissions.order_by("id")[:50]),
        "signers": list(submission.signers.order_by("-representative", "name_key", "id")[:500]),
        "most": representatives_most(submission.people_count),
        "may_add": found.is_open and policies.speaks_for(actor, found),
    }
    return render(request, "desk/signers.html", context, status=status)


def _letter(found: Matter, handle: str) -> Submission:
    letters = list(found.submissions.order_by("id")[:200])
    chosen = next((row for row in letters if str(row.uuid) == handle), None)
    if chosen is None and not letters:
        raise Http404
    return chosen or letters[0]


def _signed(request: HttpRequest, actor: Actor, letter: Submission, form: SignerForm) -> int:
    data = form.cleaned_data
    try:
        if upload := data["file"]:
            rows = signers_read(name=upload.name, data=upload.read())
        else:
            rows = [
                SignerData(
                    name=data["name"],
                    address=data["address"],
                    phone=data["phone"] if data["representative"] else "",
                    representative=data["representative"],
                )
            ]
        return len(signers_add(acting=actor, submission=letter, signers=rows))
    except MatterError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    except PersonError as error:
        form.add_error("phone", str(error))
    return 0
