"""The menu of the desk, for the shell of its pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from dongthuan.front.desk.menu import menu_for

register = template.Library()


@register.inclusion_tag("desk/_menu.html", takes_context=True)
def desk_menu(context: Context) -> dict[str, Any]:
    request = context["request"]
    match = request.resolver_match
    here = match.url_name if match else ""
    return {
        "groups": [
            (
                title,
                [(item, reverse(f"desk:{item.url}"), item.url == here) for item in items],
            )
            for title, items in menu_for(request.actor)
        ]
    }
