from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.units.models import Unit
from dongthuan.front.api.tests.conftest import Door

DENUNCIATION = {
    "place": "21439",
    "text": "Tôi tố cáo cán bộ thu tiền của hộ nghèo trái quy định.",
    "declared": "denunciation",
    "sender": {"name": "Người tố cáo minh họa", "phone": "0912345678"},
}


@pytest.fixture
def receipt(ward: Unit, anyone: Door) -> dict[str, Any]:
    return anyone.send("/api/v1/submissions", DENUNCIATION).json()


def without_address(response: Any) -> dict[str, Any]:
    return {name: value for name, value in response.json().items() if name != "instance"}


def test_its_public_page_is_the_same_404_as_that_of_no_matter(
    receipt: dict[str, Any], anyone: Door
) -> None:
    sealed = anyone.get(f"/api/v1/submissions/{receipt['code']}")
    nothing = anyone.get("/api/v1/submissions/21439-26-999999")
    assert sealed.status_code == nothing.status_code == 404
    assert without_address(sealed) == without_address(nothing)
    assert dict(sealed.headers) == dict(nothing.headers) | {
        "Content-Length": sealed.headers["Content-Length"]
    }


@pytest.mark.parametrize(
    "seat",
    ["21439-intake", "21439-handler-1", "21439-head", "21439-front", "21439-admin",
     "21451-handler-1"],
)  # fmt: skip
def test_officers_who_are_not_designated_cannot_tell_it_from_nothing(
    receipt: dict[str, Any], seat: str
) -> None:
    door = Door(seat)
    sealed = door.get(f"/api/v1/matters/{receipt['code']}")
    nothing = door.get("/api/v1/matters/21439-26-999999")
    assert sealed.status_code == nothing.status_code == 404
    assert without_address(sealed) == without_address(nothing)
    for view in ("all", "unit", "sealed", "unassigned"):
        assert door.get(f"/api/v1/matters?view={view}").json()["items"] == []
    assert door.get("/api/v1/matters?q=tố cáo").json()["items"] == []
    body = {"version": 1, "data": {"title": "x", "topic": "other"}}
    assert door.send(f"/api/v1/matters/{receipt['code']}/steps/register", body).status_code == 404
    assert (
        door.send(f"/api/v1/matters/{receipt['code']}/assign", {"account": 9002}).status_code == 404
    )
    assert door.send(f"/api/v1/matters/{receipt['code']}/notes", {"text": "x"}).status_code == 404


def test_the_designated_officer_works_on_it(receipt: dict[str, Any]) -> None:
    door = Door("21439-sealed")
    shown = door.get(f"/api/v1/matters/{receipt['code']}").json()
    assert (shown["title"], shown["level"]) == ("Đơn tố cáo", 3)
    assert shown["submissions"][0]["text"] == DENUNCIATION["text"]
    assert "register" in {step["name"] for step in shown["steps"]}


def test_code_and_secret_open_it_for_the_denouncer(receipt: dict[str, Any], anyone: Door) -> None:
    mine = anyone.get(
        f"/api/v1/submissions/{receipt['code']}",
        headers={"X-Receipt-Secret": receipt["secret"].lower()},
    )
    assert mine.json()["text"] == DENUNCIATION["text"]
    assert {duty["rule"] for duty in mine.json()["duties"]} == {"xld.process", "tc.initial"}
    assert mine.headers["Cache-Control"] == "no-store"
