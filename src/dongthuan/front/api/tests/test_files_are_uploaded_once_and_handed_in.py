from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dongthuan.core.papers.models import Attachment
from dongthuan.core.units.models import Unit
from dongthuan.front.api.tests.conftest import Door

UPLOAD = "/api/v1/uploads"


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


def upload(door: Door, name: str, data: bytes) -> Any:
    return door.post(UPLOAD, {"file": SimpleUploadedFile(name, data)})


def test_a_picture_is_kept_and_shown_to_the_petitioner(ward: Unit, anyone: Door) -> None:
    kept = upload(anyone, "anh.jpg", picture())
    assert kept.status_code == 201
    assert kept.json()["content_type"] == "image/jpeg"
    body = {
        "place": "21439",
        "text": "Ảnh chụp đèn đường hỏng ở ngã ba.",
        "attachments": [kept.json()["token"]],
    }
    receipt = anyone.send("/api/v1/submissions", body).json()
    secret = {"X-Receipt-Secret": receipt["secret"]}
    mine = anyone.get(f"/api/v1/submissions/{receipt['code']}", headers=secret).json()
    (paper,) = mine["papers"]
    assert paper["sha256"] == kept.json()["sha256"]
    file = anyone.get(paper["url"], headers=secret)
    assert file.getvalue()[:2] == b"\xff\xd8"
    assert "no-store" in file.headers["Cache-Control"]
    assert anyone.get(paper["url"]).status_code == 404
    officer = Door("21439-intake")
    theirs = officer.get(f"/api/v1/matters/{receipt['code']}").json()["papers"][0]
    assert officer.get(theirs["url"]).status_code == 200
    assert Door("21451-handler-1").get(theirs["url"]).status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.exe", b"MZ\x90\x00" + b"\x00" * 100), ("a.jpg", b"khong phai anh"), ("a.txt", b"")],
)
def test_what_must_not_come_in_is_refused(ward: Unit, anyone: Door, name: str, data: bytes) -> None:
    refused = upload(anyone, name, data)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "file"
    assert not Attachment.objects.exists()


def test_a_file_that_is_too_large_is_refused(ward: Unit, anyone: Door, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 2**20
    refused = upload(anyone, "a.txt", b"a" * (2**20 + 1))
    assert refused.status_code == 413
    assert refused.json()["detail"] == (
        "The file “a.txt” is larger than 1 MB; please send a smaller one."
    )


def test_a_form_without_a_file_is_refused(ward: Unit, anyone: Door) -> None:
    refused = anyone.post(UPLOAD, {"tep": "x"})
    assert refused.json()["errors"] == [{"field": "file", "detail": "This field is required."}]


def test_a_virus_scanner_that_fails_is_told_as_such(
    ward: Unit, anyone: Door, settings: Any
) -> None:
    settings.VIRUS_SCANNER = ["/khong/co/may/quet"]
    refused = upload(anyone, "a.txt", b"noi dung")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert not Attachment.objects.exists()


def test_a_step_takes_files(ward: Unit, anyone: Door, intake: Door) -> None:
    made = anyone.send(
        "/api/v1/submissions", {"place": "21439", "text": "Đèn đường hỏng đã một tuần nay."}
    ).json()
    token = upload(intake, "to-trinh.txt", b"To trinh").json()["token"]
    address = f"/api/v1/matters/{made['code']}/notes"
    body = {"text": "Kèm tờ trình.", "attachments": [token]}
    assert intake.send(address, body).status_code == 201
    assert [p["title"] for p in intake.get(f"/api/v1/matters/{made['code']}").json()["papers"]] == [
        "to-trinh.txt"
    ]
    assert intake.send(address, body).status_code == 422
    assert settings.UPLOAD_MAX_FILES == 10
