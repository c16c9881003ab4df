"""Addresses of short statements and the opinion map; they stand before those with a code alone."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import statements

C = "lay-y-kien/<str:code>/"

urlpatterns = [
    path("lay-y-kien/cach-tinh/", statements.method, name="map_method"),
    path(f"{C}y-kien-ngan/", statements.statements, name="statements"),
    path(f"{C}ban-do/", statements.opinion_map, name="opinion_map"),
    path(f"{C}ban-do/counts.csv", statements.counts, name="map_counts"),
    path(f"{C}ban-do/map.json", statements.map_file, name="map_file"),
]
