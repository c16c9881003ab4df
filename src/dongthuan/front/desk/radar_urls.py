from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import radar

R = "canh-bao-som/"

urlpatterns = [
    path(R, radar.overview, name="radar"),
    path(f"{R}vu-viec/", radar.matters, name="radar_matters"),
    path(f"{R}tin-hieu.csv", radar.table, name="radar_csv"),
]
