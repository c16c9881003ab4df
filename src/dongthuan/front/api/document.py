"""The OpenAPI 3.1 document: what the framework knows, plus examples and every refusal.

The examples live in `examples.json`, by operation: `request` (path, query, headers, body) and
`response`. A test sends each of them to the running application.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from django.conf import settings
from ninja.responses import NinjaJSONEncoder

from dongthuan.front.api.api import api
from dongthuan.front.api.problems import CONTENT_TYPE, KINDS
from dongthuan.front.api.schemas import ProblemOut

PREFIX = "/api/v1/"
TAGS = {
    "submissions": "Submit and look up, open to everybody · Gửi và tra cứu đơn",
    "units": "Agencies and places through time · Cơ quan và địa bàn",
    "law": "Rules, due dates, working days · Quy tắc, thời hạn, lịch làm việc",
    "matters": "An official's work, with a token · Xử lý vụ việc (cần mã truy cập)",
}
LANGUAGE = {
    "in": "header",
    "name": "Accept-Language",
    "description": "Language of sentences and labels: vi (default) or en · Ngôn ngữ trả lời",
    "required": False,
    "schema": {"type": "string", "default": "vi"},
    "example": "vi",
}
FILE = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
WITH_ETAG = ("units_list", "unit_get", "unit_scoreboard", "rules_list", "calendar_year")


@cache
def examples() -> dict[str, Any]:
    text = (resources.files("dongthuan.front.api") / "examples.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


@cache
def build() -> dict[str, Any]:
    """The document as plain JSON values; the same for the life of the process."""
    made = api.get_openapi_schema(path_prefix=PREFIX)
    document: dict[str, Any] = json.loads(json.dumps(made, cls=NinjaJSONEncoder))
    document["servers"] = [{"url": settings.PUBLIC_URL}]
    document["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    document["info"]["license"] = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    _components(document)
    for path, methods in document["paths"].items():
        for operation in methods.values():
            _complete(path, operation)
    return document


def as_bytes() -> bytes:
    return json.dumps(build(), ensure_ascii=False, separators=(",", ":")).encode()


def by_tag() -> list[tuple[str, list[dict[str, str]]]]:
    """The operations for the page: description of the group, then method, path, summary."""
    return [
        (
            text,
            [
                {"method": method.upper(), "path": path, "summary": operation["summary"]}
                for path, methods in build()["paths"].items()
                for method, operation in methods.items()
                if name in operation["tags"]
            ],
        )
        for name, text in TAGS.items()
    ]


def _components(document: dict[str, Any]) -> None:
    components = document["components"]
    schema = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"].update(schema.pop("$defs"))
    components["schemas"]["ProblemOut"] = schema
    components["parameters"] = {"AcceptLanguage": LANGUAGE}
    components["securitySchemes"]["BearerToken"]["description"] = (
        "A token of an official, made with `dongthuan token` · Mã truy cập của cán bộ"
    )
    components["responses"] = {
        slug: {
            "description": title,
            "content": {
                CONTENT_TYPE: {
                    "schema": {"$ref": "#/components/schemas/ProblemOut"},
                    "example": _problem(status),
                }
            },
        }
        for status, (slug, title, _text) in KINDS.items()
    }
    components["responses"]["not-modified"] = {"description": "Unchanged since your ETag"}


def _problem(status: int) -> dict[str, Any]:
    slug, title, text = KINDS[status]
    example = {
        "type": f"{PREFIX}#{slug}",
        "title": title,
        "status": status,
        "detail": text % {"type": "application/json"} if status == 415 else text,
        "instance": f"{PREFIX}submissions",
    }
    if status == 422:
        example["errors"] = [{"field": "text", "detail": "This field is required."}]
    return example


def _complete(path: str, operation: dict[str, Any]) -> None:
    example = examples()[operation["operationId"]]
    request = example["request"]
    parameters = operation["parameters"]
    for parameter in parameters:
        given = request.get(parameter["in"], {})
        if parameter["name"] in given:
            parameter["example"] = given[parameter["name"]]
    parameters.append({"$ref": "#/components/parameters/AcceptLanguage"})
    if "requestBody" in operation:
        for content in operation["requestBody"]["content"].values():
            content["example"] = request["body"]
    for status, response in operation["responses"].items():
        response["content"] = _answers(response, example, path)
        if status == "201":
            _receipt_headers(response, operation)
    for status, (slug, _title, _text) in KINDS.items():
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/{slug}"}
    if operation["operationId"] in WITH_ETAG:
        operation["responses"]["304"] = {"$ref": "#/components/responses/not-modified"}


def _answers(response: dict[str, Any], example: dict[str, Any], path: str) -> dict[str, Any]:
    if path.endswith("/papers/{handle}"):
        return FILE
    for content in response["content"].values():
        content["example"] = example["response"]
    return response["content"]  # type: ignore[no-any-return]


def _receipt_headers(response: dict[str, Any], operation: dict[str, Any]) -> None:
    if operation["operationId"] in ("submission_create", "matter_register"):
        response["headers"] = {
            "Location": {"description": "Where to look it up", "schema": {"type": "string"}}
        }
