"""What the law says and when things are due: the same answers as the command line's."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router
from ninja.decorators import decorate_view
from pydantic import Field

from dongthuan.core.calendar import CalendarError, load_calendar
from dongthuan.core.law import (
    Rule,
    RuleError,
    RuleVersion,
    deadline,
    load_rulebook,
    parse_datetime,
    parse_pause,
)
from dongthuan.front.api import schemas
from dongthuan.front.api.opening import public
from dongthuan.front.api.problems import Problem, in_words, invalid

router = Router(tags=["law"])
HOUR = 3600


@router.get(
    "/deadlines",
    response=schemas.DeadlineOut,
    operation_id="deadline_compute",
    summary="A due date and its explanation · Tính hạn",
    description="When a duty is due, and why: the rule and its version, each day skipped, each"
    " pause.\n\nTính ngày đến hạn và giải thích từng ngày: quy tắc, căn cứ, ngày nghỉ, tạm dừng.",
)
@decorate_view(public())
def deadline_compute(
    request: HttpRequest, query: Annotated[schemas.DeadlineQuery, Query()]
) -> dict[str, Any]:
    rule = _field("rule", lambda: load_rulebook().rule(query.rule))
    anchor = _field("from", lambda: parse_datetime(query.start))
    pauses = _field("pause", lambda: [parse_pause(text) for text in query.pause])
    return deadline(
        key=rule.key, anchor=anchor, conditions=frozenset(query.conditions), pauses=pauses
    ).as_json()


def _field(name: str, read: Any) -> Any:
    """What `read` gives, or a refusal that names the parameter."""
    try:
        return read()
    except RuleError as error:
        raise invalid(name, in_words(error)) from None


@router.get(
    "/rules",
    response=schemas.RulesOut,
    operation_id="rules_list",
    summary="The rulebook · Bộ quy tắc thời hạn",
    description="Every rule with all its versions, their articles and how sure they are.\n\n"
    "Mọi quy tắc thời hạn với từng phiên bản, căn cứ pháp lý và mức độ kiểm chứng.",
)
@decorate_view(public(max_age=HOUR))
def rules_list(request: HttpRequest) -> dict[str, Any]:
    return {"rules": [_rule(rule) for rule in load_rulebook().rules()]}


def _rule(rule: Rule) -> dict[str, Any]:
    names = (
        "key", "name_vi", "name_en", "scope", "law", "anchor", "anchor_vi", "anchor_en",
        "direction",
    )  # fmt: skip
    return {
        **{name: getattr(rule, name) for name in names},
        "versions": [_version(version) for version in rule.versions],
    }


def _version(version: RuleVersion) -> dict[str, Any]:
    names = (
        "valid_from", "valid_to", "basis_vi", "basis_en", "document", "transition", "evidence",
        "verified",
    )  # fmt: skip
    return {
        **{name: getattr(version, name) for name in names},
        "term": str(version.term),
        "when": [{"if": sorted(w.conditions), "term": str(w.term)} for w in version.when],
        "extensions": [
            {"if": sorted(e.conditions), "term": str(e.term), "times": e.times}
            for e in version.extensions
        ],
    }


@router.get(
    "/calendar/{year}",
    response=schemas.CalendarOut,
    operation_id="calendar_year",
    summary="Working days of a year · Lịch làm việc",
    description="Holidays, days off in lieu and swapped days with their documents.\n\n"
    "Ngày nghỉ, nghỉ bù, hoán đổi trong năm và văn bản quy định.",
)
@decorate_view(public(max_age=HOUR))
def calendar_year(
    request: HttpRequest,
    year: Annotated[int, Path(description="Year · Năm"), Field(ge=1, le=9999)],
) -> dict[str, Any]:
    try:
        return load_calendar().year(year).as_json()
    except CalendarError as error:
        raise Problem(404, in_words(error)) from None
