from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import emulation

E = "dan-van-kheo/"

urlpatterns = [
    path(E, emulation.gallery, name="emulation"),
    path(f"{E}anh/<uuid:handle>/", emulation.picture, name="emulation_picture"),
    path(f"{E}<str:code>/", emulation.model, name="emulation_model"),
]
