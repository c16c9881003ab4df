"""The ward of Đức Phổ and its people, on the morning of 28 August 2026. Dữ liệu minh họa."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter, Submission
from dongthuan.core.papers.models import Attachment
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.people.actors import ANONYMOUS
from dongthuan.core.people.models import Account, ApiToken, Appointment
from dongthuan.core.people.services import digest
from dongthuan.core.units.models import Position, Unit
from dongthuan.core.units.selectors import units_forget
from dongthuan.core.units.tests.example import units_of_the_example
from dongthuan.work.denunciations.services import denunciation_create
from dongthuan.work.denunciations.vault import vault_key_create
from dongthuan.work.petitions.services import Sender, submission_create

MORNING = dt.datetime(2026, 8, 28, 2, 30, tzinfo=dt.UTC)
CODE = "21439-26-000001"
SUBMISSION = "0b8f3f5e-6a3c-4f0e-9d2b-3c1d5e7f9a10"
PAPER = "5d0c7c1e-2b4a-4a57-8f6e-1a2b3c4d5e6f"

# seat: (id of the account, name). Each has the token `token_of(seat)`.
PEOPLE = {
    "21439-intake": (9001, "Cán bộ tiếp nhận (minh họa)"),
    "21439-handler-1": (9002, "Cán bộ xử lý (minh họa)"),
    "21439-head": (9003, "Chủ tịch phường (minh họa)"),
    "21439-sealed": (9004, "Cán bộ tố cáo (minh họa)"),
    "21439-front": (9005, "Cán bộ Mặt trận (minh họa)"),
    "21439-admin": (9006, "Quản trị (minh họa)"),
    "21451-handler-1": (9007, "Cán bộ xã khác (minh họa)"),
}


def token_of(seat: str) -> str:
    return f"dt_vi-du-{seat}-khong-dung-that-0000000000"


class Door(Client):
    """A caller of the API: JSON in, JSON out, sentences in English, perhaps with a token."""

    def __init__(self, seat: str = "", **more: Any) -> None:
        headers = {"Accept-Language": "en"}
        if seat:
            headers["Authorization"] = f"Bearer {token_of(seat)}"
        super().__init__(headers=headers, **more)

    def send(self, path: str, body: Any, **headers: str) -> Any:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.post(path, body, content_type="application/json", headers=given)


@pytest.fixture
def morning() -> Iterator[dt.datetime]:
    with clock.at(MORNING):
        yield MORNING
    units_forget()


def people_load() -> None:
    units_of_the_example()
    for seat, (pk, name) in PEOPLE.items():
        account = Account.objects.create(pk=pk, email=f"{seat}@vidu.vn", name=name)
        Appointment.objects.create(
            account=account,
            position=Position.objects.get(code=seat),
            valid_from=dt.date(2025, 7, 1),
        )
        ApiToken.objects.create(
            account=account,
            label="minh họa",
            digest=digest(token_of(seat)),
            expires_at=MORNING + dt.timedelta(days=90),
        )


@pytest.fixture
def ward(db: None, morning: dt.datetime) -> Unit:
    people_load()
    return Unit.objects.get(code="21439")


@pytest.fixture
def light(ward: Unit) -> Matter:
    """A broken street lamp reported through the API, with one file; its receipt is known."""
    text = "Đèn đường ở ngã ba tổ dân phố 3 đã hỏng một tuần nay, buổi tối rất tối và nguy hiểm."
    stored = attachment_store(upload=SimpleUploadedFile("ghi-chu.txt", b"Tru den so 12."))
    Attachment.objects.filter(pk=stored.pk).update(uuid=PAPER)
    receipt = submission_create(
        acting=ANONYMOUS,
        place=ward,
        text=text,
        channel="api",
        sender=Sender(name="Nguyễn Văn Minh Họa", phone="0912345678"),
        declared="feedback",
        attachments=[stored],
    )
    Submission.objects.filter(pk=receipt.submission.pk).update(uuid=SUBMISSION)
    return receipt.matter


@pytest.fixture
def sealed(ward: Unit) -> Matter:
    """A denunciation as it comes by the sealed door, for the designated officer of the ward."""
    vault_key_create(account=Account.objects.get(pk=9004), passphrase="mat-khau-kho-thu")
    return denunciation_create(
        acting=ANONYMOUS,
        place=ward,
        letter={"text": "Tôi tố cáo cán bộ thu tiền của hộ nghèo trái quy định."},
        identity={"name": "Người tố cáo minh họa", "phone": "0912345678"},
        channel="web",
    ).matter


@pytest.fixture
def anyone() -> Door:
    return Door()


@pytest.fixture
def intake() -> Door:
    return Door("21439-intake")


@pytest.fixture
def handler() -> Door:
    return Door("21439-handler-1")


@pytest.fixture
def head() -> Door:
    return Door("21439-head")
