"""Addresses of consultations at the portal; fixed names stand before the codes."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import consultations

C = "lay-y-kien/<str:code>/"

urlpatterns = [
    path("lay-y-kien/", consultations.consultations, name="consultations"),
    path("lay-y-kien/cua-toi/", consultations.own, name="consultation_own"),
    path(C, consultations.consultation, name="consultation"),
    path(f"{C}gop-y/", consultations.give, name="consultation_give"),
    path(f"{C}phieu/", consultations.sheet, name="consultation_sheet"),
    path(f"{C}tieng-noi/", consultations.voice, name="consultation_voice"),
    path(f"{C}y-kien/", consultations.opinions, name="consultation_opinions"),
    path(f"{C}so-lieu/", consultations.numbers, name="consultation_figures"),
    path(f"{C}to-dan/", consultations.poster, name="consultation_poster"),
]
