"""Submitting and looking up: open to everybody, with the clock and the receipt of the counter."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from ninja import File, Header, Router, Status
from ninja.decorators import decorate_view
from ninja.files import UploadedFile

from dongthuan.core import clock
from dongthuan.core.matters.models import (
    Audience,
    Channel,
    Duty,
    Entry,
    Paper,
    Projection,
    Submission,
)
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.models import Attachment
from dongthuan.core.papers.responses import attachment_response
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.papers.tokens import attachment_token, attachments_from_tokens
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.throttle import has, source_key, take
from dongthuan.core.text import clean
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.front.api import schemas, shapes
from dongthuan.front.api.auth import caller
from dongthuan.front.api.opening import public
from dongthuan.front.api.problems import Problem, invalid
from dongthuan.front.api.reading import JSON, MULTIPART, accepts
from dongthuan.front.telling import state_told
from dongthuan.work.petitions.services import (
    Receipt,
    Sender,
    lookup_url,
    submission_create,
    submission_find,
)

router = Router(tags=["submissions"])

# Without a token; an office behind one address also has to get through.
SENDING = {"capacity": 60, "per_seconds": 600}
GUESSING = {"capacity": 10, "per_seconds": 600}

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{16,100}$",
        description="16–100 visible ASCII characters, new for each submission. The same key and"
        " body give the same answer (200, `Idempotent-Replay: true`); another body gives 409."
        " Recommended: without it a repeated request makes a second matter.",
    ),
]
Secret = Annotated[
    str | None,
    Header(
        alias="X-Receipt-Secret",
        max_length=60,
        description="The secret of the receipt; never in an address, where logs would keep it",
    ),
]


@router.post(
    "/submissions",
    response={201: schemas.ReceiptOut, 200: schemas.ReceiptOut},
    operation_id="submission_create",
    summary="Submit · Gửi đơn",
    description="Opens a matter at the People's Committee of the place and answers with the"
    " receipt: code, secret, and what is owed from now on.\n\n"
    "Gửi khiếu nại, kiến nghị, phản ánh; nhận mã, mã bí mật và các thời hạn.",
    openapi_extra={"security": [{}, {"BearerToken": []}]},
)
@decorate_view(accepts(JSON))
def submission_post(
    request: HttpRequest,
    response: HttpResponse,
    body: schemas.SubmissionIn,
    idempotency_key: IdempotencyKey = None,
) -> Status:
    acting, account = caller(request)
    if account is None:
        throttle(request)
    refuse_denunciation(body.declared)
    key = stored_key(acting, idempotency_key)
    receipt = submission_create(
        acting=acting,
        place=place_in_force(body.place),
        text=body.text,
        channel=Channel.API,
        sender=Sender(**body.sender.model_dump()),
        place_text=body.place_text,
        declared=body.declared,
        people_count=body.people_count,
        attachments=files_of(body.attachments, key),
        idempotency_key=key,
    )
    return receipt_status(receipt, response)


def refuse_denunciation(declared: str) -> None:
    """A program between the denouncer and the vault would read, and could keep, everything."""
    if declared == "denunciation":
        raise invalid(
            "declared",
            _("A denunciation is not taken through programs; it is sent at %(url)s.")
            % {"url": f"{settings.PUBLIC_URL}/to-cao/"},
        )


def throttle(request: HttpRequest) -> None:
    if not take(source_key(request, "api-send"), **SENDING):
        raise Problem(429, headers={"Retry-After": "60"})


def stored_key(acting: Actor, key: str | None) -> str | None:
    """Apart for each caller and each door: nobody can run into the key of somebody else."""
    if key is None:
        return None
    return "api-" + hashlib.sha256(f"{acting.account_id or 0}:{key}".encode()).hexdigest()


def place_in_force(code: str) -> Unit:
    try:
        unit = unit_by_code(clean(code))
    except UnitError as error:
        raise invalid("place", str(error)) from None
    if not unit.in_force_on(clock.today()):
        raise invalid(
            "place",
            _("%(name)s is no longer in force; see its successors at /units/%(code)s.")
            % {"name": unit.name, "code": unit.code},
        )
    return unit


def files_of(tokens: Sequence[str], key: str | None) -> list[Attachment]:
    """The uploads of a request. A repeated request brings tokens that its first try has used up:
    then they are the files which that try handed in."""
    if not tokens:
        return []
    try:
        return attachments_from_tokens(tokens)
    except UploadError:
        earlier = _files_handed_in(key) if key else []
        if len(earlier) != len(set(tokens)):
            raise
        return earlier


def _files_handed_in(key: str) -> list[Attachment]:
    papers = Paper.objects.filter(
        matter__submissions__idempotency_key=key, entry__act="petition.received"
    )
    return [paper.attachment for paper in papers.select_related("attachment").order_by("id")]


def receipt_status(receipt: Receipt, response: HttpResponse) -> Status:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Location"] = f"/api/v1/submissions/{receipt.code}"
    if receipt.repeated:
        response.headers["Idempotent-Replay"] = "true"
    promised = [duty for duty in receipt.duties if duty.anchor == "received"]
    answer = {
        "code": receipt.code,
        "secret": receipt.secret,
        "received_at": receipt.submission.received_at,
        "duties": [shapes.duty_promised(duty) for duty in promised],
        "links": {
            "self": f"{settings.PUBLIC_URL}/api/v1/submissions/{receipt.code}",
            "lookup": lookup_url(),
        },
    }
    return Status(200 if receipt.repeated else 201, answer)


@router.post(
    "/uploads",
    response={201: schemas.UploadOut},
    operation_id="upload_create",
    summary="Upload a file · Tải tệp lên",
    description="One picture, PDF, office file or text up to 20 MB. It is checked, and lost after"
    " 24 hours unless its token is handed in.\n\n"
    "Tải một tệp; mã tệp dùng một lần trong 24 giờ khi gửi đơn hoặc thực hiện bước xử lý.",
    openapi_extra={"security": [{}, {"BearerToken": []}]},
)
@decorate_view(accepts(MULTIPART))
def upload_create(request: HttpRequest, file: Annotated[UploadedFile, File()]) -> Status:
    _acting, account = caller(request)
    if account is None:
        throttle(request)
    kept = attachment_store(upload=file, uploaded_by=account)  # type: ignore[arg-type]
    return Status(201, {"token": attachment_token(kept), **_file(kept)})


def _file(attachment: Attachment) -> dict[str, Any]:
    return {name: getattr(attachment, name) for name in ("name", "content_type", "size", "sha256")}


# -- looking up ------------------------------------------------------------------


@router.get(
    "/submissions/{code}",
    response=schemas.SubmissionView,
    operation_id="submission_get",
    summary="Look up · Tra cứu",
    description="Without the secret: the redacted public page. With the secret in the header"
    " X-Receipt-Secret: what the petitioner sees, duties explained day by day. Unknown, sealed"
    " and wrong secret are one and the same 404.\n\n"
    "Tra cứu theo mã (phần công khai), hoặc theo mã và mã bí mật (phần của người gửi).",
)
@decorate_view(public())
def submission_get(
    request: HttpRequest, response: HttpResponse, code: str, secret: Secret = None
) -> dict[str, Any]:
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ("X-Receipt-Secret",))
    if secret is None:
        return _public_view(code)
    return _petitioner_view(_opened(request, code, secret))


def _public_view(code: str) -> dict[str, Any]:
    found = (
        Projection.objects.filter(code=clean(code).upper()).select_related("unit", "place").first()
    )
    if found is None:
        raise Problem(404)
    names = ("code", "title", "body", "answer", "topic", "opened_on", "closed_on")
    return {
        "view": "public",
        **{name: getattr(found, name) for name in names},
        "kind": shapes.kind_out(found.kind),
        "state": {"name": found.state, "label": state_told(found).words},
        "unit": shapes.unit_out(found.unit),
        "place": shapes.unit_out(found.place),
    }


def _opened(request: HttpRequest, code: str, secret: str) -> Submission:
    """The submission behind code and secret; failures use up the caller's attempts."""
    key = source_key(request, "api-secret")
    if not has(key, **GUESSING):
        raise Problem(429, headers={"Retry-After": "60"})
    submission = submission_find(code=code, secret=secret)
    if submission is None:
        take(key, **GUESSING)
        raise Problem(404)
    return submission


def _petitioner_view(submission: Submission) -> dict[str, Any]:
    matter = submission.matter
    seen = {"matter": matter, "audience__lte": Audience.PETITIONER}
    entries = Entry.objects.filter(**seen).select_related("payload").order_by("-id")[:200]
    papers = Paper.objects.filter(**seen).select_related("attachment").order_by("id")[:200]
    duties = Duty.objects.filter(matter=matter).order_by("-id")[:100]
    names = ("code", "title", "topic", "closed_at", "next_due_on")
    return {
        "view": "petitioner",
        **{name: getattr(matter, name) for name in names},
        "kind": shapes.kind_out(matter.kind),
        "state": shapes.state_out(matter.kind, matter.state, public=True),
        "text": submission.text,
        "unit": shapes.unit_out(matter.unit),
        "place": shapes.unit_out(matter.place),
        "received_at": submission.received_at,
        "duties": [shapes.duty_out(duty) for duty in duties],
        "entries": [shapes.entry_out(entry, told=True) for entry in entries],
        "papers": [
            shapes.paper_out(paper, under=f"/api/v1/submissions/{matter.code}") for paper in papers
        ],
    }


@router.get(
    "/submissions/{code}/papers/{uuid:handle}",
    response={200: bytes},
    operation_id="submission_paper",
    summary="A paper of the petitioner · Tệp của người gửi",
    description="A file of the matter that the petitioner may have; needs the secret.\n\n"
    "Tải tệp thuộc hồ sơ của người gửi; cần mã bí mật.",
)
def submission_paper(
    request: HttpRequest, code: str, handle: UUID, secret: Secret = None
) -> HttpResponseBase:
    submission = _opened(request, code, secret or "")
    return paper_file(submission.matter_id, handle, Audience.PETITIONER)


def paper_file(matter_id: int, handle: UUID, audience: Audience) -> HttpResponseBase:
    paper = (
        Paper.objects.filter(matter_id=matter_id, attachment__uuid=handle, audience__lte=audience)
        .select_related("attachment")
        .first()
    )
    if paper is None:
        raise Problem(404)
    if not paper.attachment.file:
        raise Problem(404, paper.attachment.note)
    return attachment_response(paper.attachment, inline_ok=False)
