"""The vault at the desk: opened with reason and passphrase, shown once, kept by no browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters import policies, selectors
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.labels import act_label
from dongthuan.core.matters.models import Matter
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.responses import bytes_response
from dongthuan.core.people.models import Account
from dongthuan.core.people.services import PersonError
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.vault_forms import (
    ChangeForm,
    CounterForm,
    KeyForm,
    MessageForm,
    OpenForm,
    ReadersForm,
)
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.services import denunciation_create

View = Callable[..., HttpResponseBase]


def sealed_view(view: View) -> View:
    """Officials only; what is answered stays in no cache, what is posted in no error report."""

    @wraps(view)
    @sensitive_post_parameters()
    @official_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    return guarded


def _sealed_or_404(request: HttpRequest, code: str) -> Matter:
    """A sealed matter in reach of the actor; everything else does not exist."""
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.matter_get(actor=actor, code=code)
    if found is None or not found.is_sealed or policies.sealed_scope(actor, found) is None:
        raise Http404
    return found


# -- one matter -----------------------------------------------------------------------------------


@sealed_view
def opened(request: HttpRequest, code: str) -> HttpResponse:
    """GET asks for reason and passphrase; POST opens, writes the entry and shows."""
    found = _sealed_or_404(request, code)
    form = OpenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form, 422 if request.method == "POST" else 200)
    try:
        view = vault.vault_read(
            acting=request.actor,  # type: ignore[attr-defined]
            matter=found,
            **form.cleaned_data,
        )
    except MatterError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return _page(request, found, form, 422)
    context = {
        "matter": found,
        "vault": view,
        "handles": _handles(request, found, view),
        "message_form": _fresh(),
        "rest": [(item, *_in_words(item)) for item in view.rest],
        "accounts": _names(view),
    }
    return render(request, "desk/vault_opened.html", context)


def _page(
    request: HttpRequest, found: Matter, form: OpenForm, status: int, **more: Any
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    holders = vault.holders_of(found)
    context = {
        "matter": found,
        "form": form,
        "message_form": _fresh(),
        "holders": Account.objects.filter(pk__in=holders).order_by("name"),
        "grantable": vault.grantable(found),
        "mine": actor.account_id in holders,
        "has_key": vault.has_key(actor.account_id),
        **more,
    }
    return render(request, "desk/vault.html", context, status=status)


def _fresh() -> MessageForm:
    return MessageForm(initial={"once": vault.form_token()})


def _handles(request: HttpRequest, found: Matter, view: vault.VaultView) -> list[Any]:
    acting = request.actor  # type: ignore[attr-defined]
    return [
        (item, vault.file_handle(acting=acting, matter=found, item=item)) for item in view.files
    ]


def _names(view: vault.VaultView) -> dict[int, str]:
    ids = {item.account_id for item in view.items if item.account_id}
    return dict(Account.objects.filter(pk__in=ids).values_list("pk", "name"))


def _in_words(item: vault.VaultItem) -> tuple[str, list[tuple[str, str]]]:
    """What a sealed step was, and its answers under the words in which it asked for them."""
    act = str(item.content.get("act", ""))
    step = kind_of("denunciation").step(act.partition(".")[2]) if act else None
    asked = {ask.name: str(ask.label) for ask in step.asks} if step else {}
    lines = [(asked.get(name, name), text) for name, text in item.lines if name != "act"]
    return act_label(act) if act else "", lines


@require_POST
@sealed_view
def message(request: HttpRequest, code: str) -> HttpResponse:
    """Write to the denouncer; no passphrase, for writing opens nothing."""
    found = _sealed_or_404(request, code)
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            vault.vault_message(
                acting=request.actor,  # type: ignore[attr-defined]
                matter=found,
                **form.cleaned_data,
            )
            messages.success(request, _("The denouncer reads it with the sixteen digits."))
            return redirect("desk:vault", code=code)
        except MatterError as error:
            form.add_error("text", error.message)
    return _page(request, found, OpenForm(), 422, message_form=form)


@require_POST
@sealed_view
def add_files(request: HttpRequest, code: str) -> HttpResponse:
    """Files of the verification go into the vault, cleaned and sealed; all or none."""
    found = _sealed_or_404(request, code)
    actor = request.actor  # type: ignore[attr-defined]
    uploads = request.FILES.getlist("papers")
    if not uploads:
        messages.error(request, _("Choose the files first."))
        return redirect("desk:vault", code=code)
    try:
        vault.vault_files_file(acting=actor, matter=found, uploads=uploads)
    except (MatterError, UploadError) as error:
        # In this answer and nowhere else: the name of a file can tell who wrote it, and what goes
        # to the next page is kept in a cookie or in the session meanwhile.
        return _page(request, found, OpenForm(), 422, files_error=str(error))
    messages.success(request, _("The files are in the vault."))
    return redirect("desk:vault", code=code)


@require_POST
@sealed_view
def file(request: HttpRequest, code: str) -> HttpResponseBase:
    """One file, by the handle in the page that opened the vault; its address tells nothing."""
    found = _sealed_or_404(request, code)
    try:
        opened_file = vault.vault_file_open(
            acting=request.actor,  # type: ignore[attr-defined]
            matter=found,
            handle=request.POST.get("handle", "")[:5000],
        )
    except MatterError as error:
        messages.error(request, error.message)
        return redirect("desk:vault", code=code)
    return bytes_response(
        name=opened_file.name, content_type=opened_file.content_type, data=opened_file.data
    )


@require_POST
@sealed_view
def readers(request: HttpRequest, code: str) -> HttpResponse:
    """Give the matter to another official, take it away, or change its keys."""
    found = _sealed_or_404(request, code)
    actor = request.actor  # type: ignore[attr-defined]
    holders = list(Account.objects.filter(pk__in=vault.holders_of(found)))
    form = ReadersForm(request.POST, accounts=[*vault.grantable(found), *holders])
    if not form.is_valid():
        messages.error(request, _("Choose an official from the list."))
        return redirect("desk:vault", code=code)
    data, go = form.cleaned_data, request.POST.get("go", "")
    chosen = [data["account"].pk] if data["account"] else []
    try:
        if go == "grant":
            vault.vault_grant(
                acting=actor,
                matter=found,
                passphrase=data["passphrase"],
                to_account_ids=chosen,
            )
        elif go == "revoke":
            vault.vault_revoke(acting=actor, matter=found, account_ids=chosen)
        else:
            vault.vault_rotate_matter(acting=actor, matter=found, passphrase=data["passphrase"])
    except MatterError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Done, and written down in the record."))
    # Who took the key away from themselves no longer sees the page.
    still = actor.account_id in found.designated
    return redirect("desk:vault", code=code) if still else redirect("desk:list")


# -- keys, register -------------------------------------------------------------------------------


@sealed_view
def keys(request: HttpRequest) -> HttpResponse:
    """The official's own key: made, its passphrase changed, a new one when it is forgotten."""
    account: Account = request.user  # type: ignore[assignment]
    go = request.POST.get("go", "")
    known = vault.has_key(account.pk)
    change = ChangeForm(request.POST if go == "change" else None)
    new = KeyForm(request.POST if go in ("create", "replace") else None)
    form: Any = change if go == "change" else new
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                messages.success(request, _key_act(account, go, form.cleaned_data))
                return redirect("desk:vault_keys")
            except MatterError as error:
                form.add_error(error.field if error.field in form.fields else None, error.message)
    context = {
        "has_key": known,
        "change": change,
        "new": new,
        "bound": form,
        "oversees": vault.may_oversee(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "desk/vault_keys.html", context, status=status)


def _key_act(account: Account, go: str, data: dict[str, Any]) -> str:
    if go == "create":
        vault.vault_key_create(account=account, passphrase=data["passphrase"])
        return _("Your key is made. Denunciations that come from now on can be opened with it.")
    if go == "replace":
        lost = vault.vault_key_replace(account=account, passphrase=data["passphrase"])
        return _("You have a new key. %(count)s matters must be granted to you again.") % {
            "count": lost
        }
    if data["fresh"]:
        count = vault.vault_key_rotate(
            account=account, passphrase=data["passphrase"], new=data["new"]
        )
        return _("You have a new key; it opens the same %(count)s matters.") % {"count": count}
    vault.vault_key_change_passphrase(
        account=account, passphrase=data["passphrase"], new=data["new"]
    )
    return _("The passphrase is changed.")


@require_safe
@sealed_view
def openings(request: HttpRequest) -> HttpResponse:
    """Who opened which vault, when and why: for heads and inspectors."""
    actor = request.actor  # type: ignore[attr-defined]
    if not vault.may_oversee(actor):
        raise Http404
    after = request.GET.get("after", "")
    known = after.isascii() and after.isdigit() and len(after) < 18
    page = vault.openings_list(actor=actor, after=int(after) if known else 0)
    return render(request, "desk/vault_openings.html", {"page": page})


# -- the counter ----------------------------------------------------------------------------------


@sealed_view
def register(request: HttpRequest) -> HttpResponse:
    """A denunciation brought on paper or in person goes straight into the vault.

    The clerk gets the receipt to hand out, in this one answer, and cannot read the letter again.
    """
    actor = request.actor  # type: ignore[attr-defined]
    if not policies.may_register(actor):
        messages.error(request, _("Your position may not register submissions."))
        return redirect("desk:list")
    if request.method != "POST":
        place = next((scope.area_path.rstrip(".").rpartition(".")[2] for scope in actor.scopes), "")
        return _counter(
            request, CounterForm(initial={"form_token": vault.form_token(), "unit": place})
        )
    form = CounterForm(request.POST)
    if not form.is_valid():
        return _counter(request, form, 422)
    try:
        receipt = _entered(request, form)
    except (MatterError, UploadError, PersonError) as error:
        name = getattr(error, "field", "") or ""
        name = name.replace("received_at", "received_on")
        form.add_error(name if name in form.fields else None, str(error))
        return _counter(request, form, 422)
    context = {
        "matter": receipt.matter,
        "receipt": vault.Receipt16(receipt.matter.pk, receipt.digits),
        "duties": receipt.duties,
    }
    return render(request, "desk/denunciation_receipt.html", context)


def _entered(request: HttpRequest, form: CounterForm) -> Any:
    data = form.cleaned_data
    assert form.place is not None  # a valid form has one
    day: dt.date | None = data["received_on"]
    moment = None
    if day is not None and day != clock.today():
        moment = dt.datetime.combine(day, dt.time(12), timezone.get_default_timezone())
    return denunciation_create(
        acting=request.actor,  # type: ignore[attr-defined]
        place=form.place,
        letter=form.letter,
        identity=form.identity,
        channel=data["channel"],
        uploads=request.FILES.getlist("papers"),
        head_denounced=data["head_denounced"],
        forwarded_by=data["forwarded_by"],
        received_at=moment,
        digits=vault.form_digits(data["form_token"]),
    )


def _counter(request: HttpRequest, form: CounterForm, status: int = 200) -> HttpResponse:
    form.offer()
    return render(request, "desk/denunciation.html", {"form": form}, status=status)
