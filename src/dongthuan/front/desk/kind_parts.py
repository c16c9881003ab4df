"""What the page of a matter shows of its kind alone: a template and what it is filled with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dongthuan.core.matters.models import Matter
from dongthuan.work.petitions.complaints import complaint_view

KIND_PARTS: dict[str, tuple[str, Callable[..., Any]]] = {
    "complaint": ("desk/_complaint.html", complaint_view),
}


def kind_part(matter: Matter, *, inner: bool) -> dict[str, Any]:
    """`part_template` and `part` for the template; empty for kinds without a block of their own."""
    found = KIND_PARTS.get(matter.kind)
    if found is None:
        return {}
    template, view = found
    return {"part_template": template, "part": view(matter=matter, inner=inner)}
