"""Addresses of what the people decide: lists, one decision, one vote with its files, the booth."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import decisions

P = "ban-va-quyet-dinh/"

urlpatterns = [
    path(P, decisions.decisions, name="decisions"),
    path(f"{P}bo-phieu/", decisions.booth, name="ballot_code"),
    path(f"{P}viec/<str:code>/", decisions.decision, name="decision"),
    path(f"{P}bieu-quyet/<uuid:handle>/", decisions.vote, name="vote"),
    path(f"{P}bieu-quyet/<uuid:handle>/<str:name>", decisions.file, name="vote_file"),
]
