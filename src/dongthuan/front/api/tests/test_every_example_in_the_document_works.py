"""The document's examples are sent to the running application, one by one."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import jsonschema_rs
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dongthuan.core.matters.models import Matter
from dongthuan.front.api import document
from dongthuan.front.api.tests.conftest import Door

OPERATIONS = {
    operation["operationId"]: (path, method, operation)
    for path, methods in document.build()["paths"].items()
    for method, operation in methods.items()
}
PROBLEMS = ("400", "401", "403", "404", "409", "413", "415", "422", "429")
FILES = ("submission_paper", "matter_paper")


def send(name: str) -> Any:
    """The example request of an operation, as the document gives it."""
    path, method, operation = OPERATIONS[name]
    given: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}}
    for parameter in operation["parameters"]:
        if "in" in parameter and "example" in parameter:
            given[parameter["in"]][parameter["name"]] = parameter["example"]
    address = path.format(**given["path"])
    if given["query"]:
        address += "?" + urlencode(given["query"], doseq=True)
    door = Door("21439-intake" if "security" in operation else "")
    if method == "get":
        return door.get(address, headers=given["header"])
    ((media_type, content),) = operation["requestBody"]["content"].items()
    if media_type == "multipart/form-data":
        text = content["example"]["file"]
        return door.post(address, {"file": SimpleUploadedFile("ghi-chu.txt", text.encode())})
    return door.post(address, content["example"], content_type=media_type, headers=given["header"])


def schema_of(content: dict[str, Any]) -> dict[str, Any]:
    return {**content["schema"], "components": document.build()["components"]}


def shape(value: Any) -> Any:
    """Names and nesting, without the values; of a list its first item, for long ones are cut."""
    if isinstance(value, dict):
        return {name: shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value[:1]]
    return None


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_the_example_request_is_answered_as_documented(name: str, light: Matter) -> None:
    response = send(name)
    operation = OPERATIONS[name][2]
    expected = min(operation["responses"])
    if name in ("submission_create", "matter_register"):
        expected = "201"
    assert str(response.status_code) == expected, response.content
    if name in FILES:
        assert response.getvalue() == b"Tru den so 12."
        return
    content = operation["responses"][expected]["content"]["application/json"]
    jsonschema_rs.validate(schema_of(content), response.json())
    assert shape(response.json()) == shape(content["example"])


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - set(FILES)))
def test_the_examples_fit_their_schemas(name: str) -> None:
    operation = OPERATIONS[name][2]
    for status, response in operation["responses"].items():
        for content in response.get("content", {}).values():
            assert "example" in content, status
            jsonschema_rs.validate(schema_of(content), content["example"])
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        if media_type == "application/json":
            jsonschema_rs.validate(schema_of(content), content["example"])
        assert content["example"]


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_every_refusal_is_documented_as_a_problem(name: str) -> None:
    responses = OPERATIONS[name][2]["responses"]
    components = document.build()["components"]["responses"]
    for status in PROBLEMS:
        slug = responses[status]["$ref"].rpartition("/")[2]
        assert components[slug]["content"]["application/problem+json"]["example"]["detail"]


def test_every_operation_is_named_in_both_languages_and_tagged() -> None:
    tags = {tag["name"] for tag in document.build()["tags"]}
    for name, (_path, _method, operation) in OPERATIONS.items():
        assert " · " in operation["summary"], name
        assert "\n\n" in operation["description"], name
        assert set(operation["tags"]) <= tags, name


def test_the_document_is_served_and_says_what_it_is(anyone: Door) -> None:
    response = anyone.get("/api/v1/openapi.json")
    served = json.loads(response.content)
    assert served["openapi"] == "3.1.0"
    assert served["components"]["securitySchemes"]["BearerToken"]["scheme"] == "bearer"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    again = anyone.get("/api/v1/openapi.json", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
