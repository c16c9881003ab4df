from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.models import Level, Matter
from dongthuan.core.units.models import Unit
from dongthuan.front.api.tests.conftest import Door

DENUNCIATION = {
    "place": "21439",
    "text": "Tôi tố cáo cán bộ thu tiền của hộ nghèo trái quy định.",
    "declared": "denunciation",
    "sender": {"name": "Người tố cáo minh họa", "phone": "0912345678"},
}


def without_address(response: Any) -> dict[str, Any]:
    return {name: value for name, value in response.json().items() if name != "instance"}


def test_its_public_page_is_the_same_404_as_that_of_no_matter(sealed: Matter, anyone: Door) -> None:
    code = sealed.code
    hidden = anyone.get(f"/api/v1/submissions/{code}")
    nothing = anyone.get("/api/v1/submissions/21439-26-999999")
    assert hidden.status_code == nothing.status_code == 404
    assert without_address(hidden) == without_address(nothing)
    assert dict(hidden.headers) == dict(nothing.headers) | {
        "Content-Length": hidden.headers["Content-Length"]
    }


@pytest.mark.parametrize(
    "seat",
    ["21439-intake", "21439-handler-1", "21439-head", "21439-front", "21439-admin",
     "21451-handler-1"],
)  # fmt: skip
def test_officers_who_are_not_designated_cannot_tell_it_from_nothing(
    sealed: Matter, seat: str
) -> None:
    door, code = Door(seat), sealed.code
    hidden = door.get(f"/api/v1/matters/{code}")
    nothing = door.get("/api/v1/matters/21439-26-999999")
    assert hidden.status_code == nothing.status_code == 404
    assert without_address(hidden) == without_address(nothing)
    for view in ("all", "unit", "sealed", "unassigned"):
        assert door.get(f"/api/v1/matters?view={view}").json()["items"] == []
    assert door.get("/api/v1/matters?q=tố cáo").json()["items"] == []
    body = {"version": 1, "data": {"title": "x", "topic": "other"}}
    assert door.send(f"/api/v1/matters/{code}/steps/register", body).status_code == 404
    assert door.send(f"/api/v1/matters/{code}/assign", {"account": 9002}).status_code == 404
    assert door.send(f"/api/v1/matters/{code}/notes", {"text": "x"}).status_code == 404


def test_the_designated_officer_works_on_it_without_its_content(sealed: Matter) -> None:
    door = Door("21439-sealed")
    answer = door.get(f"/api/v1/matters/{sealed.code}")
    assert (answer.json()["title"], answer.json()["level"]) == ("Đơn tố cáo", Level.SEALED)
    for text in ("hộ nghèo", "minh họa", "0912345678"):
        assert text not in answer.json()["submissions"].__str__()
    assert "register" in {step["name"] for step in answer.json()["steps"]}


@pytest.mark.parametrize("path", ["/api/v1/submissions", "/api/v1/matters"])
def test_a_denunciation_is_refused_with_the_way_to_the_sealed_door(
    ward: Unit, intake: Door, path: str
) -> None:
    body = DENUNCIATION | ({"channel": "post"} if path.endswith("matters") else {})
    answer = intake.send(path, body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "declared"
    assert "/to-cao/" in answer.json()["errors"][0]["detail"]
    assert not Matter.objects.exists()
