"""How bodies and parameters are read: strictly, so that a typing error is told, not guessed."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja.parser import Parser
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, model_validator
from pydantic.json_schema import WithJsonSchema
from pydantic_core import PydanticCustomError

from dongthuan.front.api.problems import Problem, problem_response, wrong_media_type

JSON = "application/json"
MULTIPART = "multipart/form-data"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

View = Callable[..., HttpResponse]


class StrictParser(Parser):
    """JSON without what JSON does not have (NaN) and without what readers disagree on (a name
    given twice)."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return json.loads(
                request.body, parse_constant=_refuse_constant, object_pairs_hook=_once
            )
        except (ValueError, RecursionError) as error:
            raise Problem(400) from error


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def accepts(media_type: str) -> Callable[[View], View]:
    """Refuse a body of another type before anything reads it."""

    def decorate(run: View) -> View:
        @wraps(run)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.content_type != media_type:
                return problem_response(request, wrong_media_type(media_type))
            return run(request, *args, **kwargs)

        return guarded

    return decorate


def _day(value: Any) -> Any:
    if isinstance(value, dt.date) or value is None:
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("date", "not a day")


Day = Annotated[
    dt.date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date"}),
]


class Body(BaseModel):
    """A request body: only what is declared, of exactly its type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Query(BaseModel):
    """The parameters of an address; an unknown one is refused, for a filter with a typing error
    would otherwise answer with everything."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _known(cls, data: Any, info: ValidationInfo) -> Any:
        request = (info.context or {}).get("request")
        names = {field.alias or name for name, field in cls.model_fields.items()}
        if request is not None and isinstance(data, dict):
            # What the framework has not taken over comes in here and is refused as extra.
            return {**data, **{n: request.GET[n] for n in request.GET if n not in names}}
        return data
