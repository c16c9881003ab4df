"""Addresses of initiatives, conventions and elections on the portal."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import elections

B = "ban-va-quyet-dinh/"
urlpatterns = [
    path(f"{B}sang-kien/", elections.initiatives, name="initiatives"),
    path(f"{B}sang-kien/de-xuat/", elections.propose, name="initiative_propose"),
    path(f"{B}sang-kien/rut/", elections.withdraw, name="initiative_withdraw"),
    path(f"{B}sang-kien/<str:code>/", elections.initiative, name="initiative"),
    path(f"{B}sang-kien/<str:code>/dong-thuan/", elections.support, name="initiative_support"),
    path(f"{B}huong-uoc/", elections.conventions, name="conventions"),
    path(f"{B}huong-uoc/<str:code>/", elections.convention, name="convention"),
    path(f"{B}huong-uoc/<str:code>/gop-y/", elections.opinion, name="convention_opinion"),
    path(f"{B}bau-cu/", elections.elections, name="elections"),
    path(f"{B}bau-cu/<str:code>/", elections.election, name="election"),
]
