"""Addresses of initiatives, conventions and elections at the desk."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import elections

urlpatterns = [
    path("quyet-dinh/cua-thon/", elections.village_matters, name="village_matters"),
    path("quyet-dinh/sang-kien/moi/", elections.initiative_new, name="initiative_new"),
    path(
        "quyet-dinh/sang-kien/<str:code>/dong-thuan/",
        elections.supports,
        name="initiative_supports",
    ),
    path(
        "quyet-dinh/sang-kien/<str:code>/rut-dong-thuan/",
        elections.support_end,
        name="support_end",
    ),
    path("quyet-dinh/sang-kien/<str:code>/ma-ho/", elections.codes, name="initiative_codes"),
    path("quyet-dinh/huong-uoc/moi/", elections.convention_new, name="convention_new"),
    path("quyet-dinh/huong-uoc/<str:code>/du-thao/", elections.draft, name="convention_draft"),
    path("quyet-dinh/huong-uoc/<str:code>/gop-y/", elections.comment, name="convention_comment"),
    path("quyet-dinh/bau-cu/moi/", elections.election_new, name="election_new"),
    path("quyet-dinh/bau-cu/<str:code>/ung-cu/", elections.candidates, name="election_candidates"),
    path("quyet-dinh/bau-cu/<str:code>/bo-ten/", elections.candidate_end, name="candidate_end"),
    path("quyet-dinh/bau-cu/<str:code>/bien-ban.pdf", elections.minutes, name="election_minutes"),
    path("quyet-dinh/huong-uoc/<str:code>/toan-van.pdf", elections.text, name="convention_text"),
]
