"""The law that the system counts by, for everybody: each rule, its article, its history."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dongthuan.core import clock
from dongthuan.work.rulebook import selectors


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule in force or not, found by words, law and evidence."""
    language = get_language() or "vi"
    wanted = selectors.RuleFilter.of(request.GET)
    found = selectors.rules_found(wanted=wanted, on=clock.today(), language=language)
    context = {
        "wanted": wanted,
        "rules": found,
        "groups": [] if wanted.asks else selectors.rules_by_law(found),
        "laws": selectors.laws_listed(language),
    }
    return render(request, "portal/rules.html", context)


@require_safe
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule with every version of it."""
    found = selectors.rule_view(key=key, on=clock.today(), language=get_language() or "vi")
    if found is None:
        raise Http404
    return render(request, "portal/rule.html", {"rule": found})
