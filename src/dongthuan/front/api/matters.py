"""The officials' work by program: the lists, one matter, and the steps that may be taken."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from dongthuan.core import clock
from dongthuan.core.matters import policies, selectors
from dongthuan.core.matters.forms import StepForm, officials_of
from dongthuan.core.matters.kinds import Ask, Step, kind_of
from dongthuan.core.matters.models import Audience, Channel, Matter, Submission
from dongthuan.core.matters.selectors import MatterFilter, MatterView
from dongthuan.core.matters.services import matter_act, matter_assign, matter_note
from dongthuan.core.papers.tokens import attachments_from_tokens
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Account
from dongthuan.front.api import schemas, shapes
from dongthuan.front.api.auth import BearerToken
from dongthuan.front.api.problems import FieldError, Problem, invalid
from dongthuan.front.api.reading import JSON, accepts
from dongthuan.front.api.submissions import (
    IdempotencyKey,
    files_of,
    paper_file,
    place_in_force,
    receipt_status,
    refuse_denunciation,
    stored_key,
)
from dongthuan.work.petitions.services import Sender, submission_create

router = Router(tags=["matters"], auth=BearerToken())

_CURSOR = re.compile(r"(\d{4}-\d{2}-\d{2})?_\d{1,18}", re.ASCII)


@router.get(
    "/matters",
    response=schemas.MatterPage,
    operation_id="matters_list",
    summary="Matters in sight · Danh sách vụ việc",
    description="Only what the token's positions may see, 50 a page. Open lists come soonest due"
    " first; `closed`, `all` and searches newest first.\n\n"
    "Danh sách vụ việc trong phạm vi chức vụ của người có mã truy cập, 50 vụ việc mỗi trang.",
)
def matters_list(
    request: HttpRequest, query: Annotated[schemas.MatterQuery, Query()]
) -> dict[str, Any]:
    values = query.model_dump()
    values["after"] = _cursor(values.pop("cursor"))
    page = selectors.matter_list(actor=_actor(request), wanted=MatterFilter(**values))
    return {"items": [shapes.matter_row(row) for row in page.rows], "next": page.next or None}


def _actor(request: HttpRequest) -> Actor:
    return request.auth  # type: ignore[attr-defined, no-any-return]


def _cursor(text: str) -> str:
    """A damaged cursor is refused: starting again from the first page would be a loop."""
    try:
        if text and not _CURSOR.fullmatch(text):
            raise ValueError(text)
        if day := text.partition("_")[0]:
            dt.date.fromisoformat(day)
    except ValueError:
        raise invalid("cursor", _("This is not a cursor of this list.")) from None
    return text


@router.post(
    "/matters",
    response={201: schemas.ReceiptOut, 200: schemas.ReceiptOut},
    operation_id="matter_register",
    summary="Register on behalf · Nhập đơn thay người dân",
    description="A letter, call or visit entered by an official of the receiving unit: same effect,"
    " same clock.\n\nNhập đơn nhận trực tiếp, qua điện thoại, bưu chính hoặc cơ quan khác chuyển.",
)
@decorate_view(accepts(JSON))
def matter_register(
    request: HttpRequest,
    response: HttpResponse,
    body: schemas.RegistrationIn,
    idempotency_key: IdempotencyKey = None,
) -> Status:
    acting = _actor(request)
    refuse_denunciation(body.declared)
    key = stored_key(acting, idempotency_key)
    sender = body.sender.model_dump()
    if body.channel != Channel.COUNTER and sender["id_number"]:
        raise invalid(
            "sender.id_number", _("The ID number is taken only of people received at the counter.")
        )
    receipt = submission_create(
        acting=acting,
        place=place_in_force(body.place),
        text=body.text,
        channel=body.channel,
        sender=Sender(**sender),
        place_text=body.place_text,
        declared=body.declared,
        people_count=body.people_count,
        attachments=files_of(body.attachments, key),
        idempotency_key=key,
        received_at=_noon(body.received_on),
        written_on=body.written_on,
        forwarded_by=body.forwarded_by,
    )
    return receipt_status(receipt, response)


def _noon(day: dt.date | None) -> dt.datetime | None:
    if day is None or day == clock.today():
        return None
    if not 2011 <= day.year <= clock.today().year:
        raise invalid("received_on", _("This day cannot be the day of receipt."))
    return dt.datetime.combine(day, dt.time(12), timezone.get_default_timezone())


# -- one matter ------------------------------------------------------------------


@router.get(
    "/matters/{code}",
    response=schemas.MatterOut,
    operation_id="matter_get",
    summary="One matter · Một vụ việc",
    description="Facts, duties with their explanation, record, papers, and the steps that the token"
    " may take now with what each asks.\n\n"
    "Thông tin, nghĩa vụ và cách tính hạn, nhật ký, tài liệu, các bước được phép thực hiện.",
)
def matter_get(request: HttpRequest, code: str) -> dict[str, Any]:
    view = selectors.matter_view(actor=_actor(request), code=code)
    if view is None:
        raise Problem(404)
    return _matter(view)


def _matter(view: MatterView) -> dict[str, Any]:
    matter, inner = view.matter, view.audience == Audience.OFFICIAL
    here = f"/api/v1/matters/{matter.code}"
    people = _officials(view) if _needs_people(view) else []
    return {
        **shapes.matter_row(matter),
        "audience": "official" if inner else "petitioner",
        "duties": [shapes.duty_out(duty) for duty in view.duties],
        "entries": [
            shapes.entry_out(entry, told=view.audience < Audience.OFFICIAL)
            for entry in view.entries
        ],
        "papers": [shapes.paper_out(paper, under=here) for paper in view.papers],
        "submissions": [_submission(s) for s in view.submissions] if inner else [],
        "steps": [_step(step, here, people) for step in view.steps],
        "assignable": people if view.may_assign else [],
        "related": [relative.code for relative in view.relatives],
    }


def _needs_people(view: MatterView) -> bool:
    return view.may_assign or any(
        ask.type == "official" for step in view.steps for ask in step.asks
    )


def _officials(view: MatterView) -> list[dict[str, Any]]:
    return [
        {"id": account.pk, "name": account.name or account.email}
        for account in officials_of(view.matter)
    ]


def _submission(submission: Submission) -> dict[str, Any]:
    names = (
        "channel", "text", "place_text", "people_count", "received_at", "written_on",
        "forwarded_by",
    )  # fmt: skip
    citizen = submission.citizen
    shown = ("name", "address", "phone", "email")
    return {
        **{name: getattr(submission, name) for name in names},
        "sender": {name: getattr(citizen, name) for name in shown} if citizen else None,
    }


def _step(step: Step, here: str, people: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": step.name,
        "label": str(step.label),
        "basis": step.basis,
        "grave": step.grave,
        "asks": [_ask(ask, people) for ask in step.asks],
        "url": f"{here}/steps/{step.name}",
    }


def _ask(ask: Ask, people: Sequence[dict[str, Any]]) -> dict[str, Any]:
    choices = [{"value": value, "label": str(label)} for value, label in ask.choices]
    if ask.type == "official":
        choices = [{"value": str(who["id"]), "label": who["name"]} for who in people]
    return {
        "name": ask.name,
        "type": ask.type,
        "label": str(ask.label),
        "required": ask.required and ask.type not in ("bool", "paper"),
        "help": str(ask.help),
        "choices": choices,
        "max_length": ask.max_length if ask.type in ("text", "lines") else None,
    }


@router.get(
    "/matters/{code}/papers/{uuid:handle}",
    response={200: bytes},
    operation_id="matter_paper",
    summary="A paper of a matter · Tệp của vụ việc",
    description="The bytes of a file that the token may see.\n\nTải tệp trong hồ sơ vụ việc.",
)
def matter_paper(request: HttpRequest, code: str, handle: UUID) -> HttpResponseBase:
    matter = _found(request, code)
    return paper_file(matter.pk, handle, policies.audience_of(_actor(request), matter))


def _found(request: HttpRequest, code: str) -> Matter:
    matter = selectors.matter_get(actor=_actor(request), code=code)
    if matter is None:
        raise Problem(404)
    return matter


# -- acting ------------------------------------------------------------------


@router.post(
    "/matters/{code}/steps/{step}",
    response=schemas.MatterRow,
    operation_id="matter_step",
    summary="Take a step · Thực hiện một bước",
    description="`data` holds the answers to the step's asks, `version` the version you have read;"
    " if somebody acted meanwhile you get 409 with who and what.\n\n"
    "Thực hiện một bước xử lý; nếu người khác vừa xử lý thì trả về 409 và cho biết ai, việc gì.",
)
@decorate_view(accepts(JSON))
def matter_step(request: HttpRequest, code: str, step: str, body: schemas.StepIn) -> dict[str, Any]:
    acting, matter = _actor(request), _found(request, code)
    declared = kind_of(matter.kind).step(step)
    if declared is None:
        raise Problem(404, _("This kind of matter has no such step."))
    if policies.acts_as(acting, matter, declared) is None:
        raise Problem(403, _("Your position may not take this step on this matter."))
    if any(ask.type == "secret" for ask in declared.asks):
        raise Problem(403, _("This step asks for a passphrase; it is taken at the desk only."))
    stale = body.version != matter.version or matter.state not in declared.source
    # What is stale is told first, by the service itself: its answers could not fit anyway.
    answers = {} if stale else _answers(declared, matter, body)
    done = matter_act(
        acting=acting,
        matter_id=matter.pk,
        step_name=step,
        version=body.version,
        data=answers,
        papers=[] if stale else attachments_from_tokens(body.attachments),
    )
    return shapes.matter_row(done)


def _answers(step: Step, matter: Matter, body: schemas.StepIn) -> dict[str, Any]:
    """The answers checked by the same form that the desk shows."""
    asks = {ask.name: ask for ask in step.asks if ask.type != "paper"}
    wrong = [
        FieldError(f"data.{name}", _("This step does not ask for “%(name)s”.") % {"name": name})
        for name in body.data
        if name not in asks
    ]
    wrong += [
        FieldError(f"data.{name}", _WRONG_TYPE[asks[name].type]())
        for name, value in body.data.items()
        if name in asks and not _fits(asks[name], value)
    ]
    if wrong:
        raise Problem(422, errors=wrong)
    form = StepForm({"version": body.version, **body.data}, step=step, matter=matter)
    if not form.is_valid():
        raise Problem(
            422,
            errors=[
                FieldError(f"data.{name}", str(sentences[0]))
                for name, sentences in form.errors.items()
            ],
        )
    return form.answers()


def _text() -> str:
    return _("This must be a text.")


_WRONG_TYPE = {
    **dict.fromkeys(("text", "lines", "choice", "date", "future", "unit", "secret"), _text),
    "official": lambda: _("This must be the id of an official, see “choices”."),
    "choices": lambda: _("This must be a list."),
    "bool": lambda: _("This must be true or false."),
    **dict.fromkeys(("number", "money"), lambda: _("This must be a whole number.")),
    "area": lambda: _("This must be a number."),
}


def _fits(ask: Ask, value: Any) -> bool:
    """Forms take anything for text; a list in a text field would be stored as its Python form."""
    if value is None:
        return True
    match ask.type:
        case "choices":
            return isinstance(value, list)
        case "bool":
            return isinstance(value, bool)
        case "number" | "money":
            return isinstance(value, int) and not isinstance(value, bool)
        case "area":
            return isinstance(value, int | float | str) and not isinstance(value, bool)
        case "official":
            digits = isinstance(value, str) and value.isascii() and value.isdigit()
            number = isinstance(value, int) and not isinstance(value, bool)
            return (digits and len(value) < 19) or (number and 0 < value < 2**63)
    return isinstance(value, str)


@router.post(
    "/matters/{code}/assign",
    response=schemas.MatterRow,
    operation_id="matter_assign",
    summary="Assign · Phân công",
    description="Give the matter to one of `assignable`. Heads and intake officers assign.\n\n"
    "Phân công người xử lý.",
)
@decorate_view(accepts(JSON))
def assign(request: HttpRequest, code: str, body: schemas.AssignIn) -> dict[str, Any]:
    acting, matter = _actor(request), _found(request, code)
    account = Account.objects.filter(pk=body.account, is_active=True).first()
    if account is None or not policies.may_assign(acting, matter):
        # One answer, so that accounts cannot be counted by those who may not assign.
        if policies.may_assign(acting, matter):
            raise invalid("account", _("Choose one of those listed under “assignable”."))
        raise Problem(403, _("Only the head or the intake office may assign matters."))
    done = matter_assign(acting=acting, matter_id=matter.pk, account=account, version=body.version)
    return shapes.matter_row(done)


@router.post(
    "/matters/{code}/notes",
    response={201: schemas.MatterRow},
    operation_id="matter_note",
    summary="Write a note · Ghi chú",
    description="A note on the file, or with `to_petitioner` a message to the petitioner.\n\n"
    "Ghi chú nội bộ hoặc tin nhắn gửi người dân.",
)
@decorate_view(accepts(JSON))
def note(request: HttpRequest, code: str, body: schemas.NoteIn) -> Status:
    matter = _found(request, code)
    done = matter_note(
        acting=_actor(request),
        matter_id=matter.pk,
        text=body.text,
        to_petitioner=body.to_petitioner,
        papers=attachments_from_tokens(body.attachments),
    )
    return Status(201, shapes.matter_row(done))
