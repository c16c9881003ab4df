"""Addresses of disclosure for everybody."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import disclosure

urlpatterns = [
    path("cong-khai/", disclosure.home, name="disclosure_home"),
    path("cong-khai/ban-do.csv", disclosure.map_csv, name="disclosure_map"),
    path("cong-khai/tin/<str:code>/", disclosure.one, name="disclosure"),
    path("cong-khai/tin/<str:code>/khong-thay/", disclosure.absent, name="disclosure_absent"),
    path("cong-khai/tin/<str:code>/bang.<slug:kind>", disclosure.table, name="disclosure_table"),
    path(
        "cong-khai/tin/<str:code>/anh/<int:evidence_id>/",
        disclosure.photo,
        name="disclosure_photo",
    ),
    path(
        "cong-khai/tin/<str:code>/giay-to/<int:paper_id>/",
        disclosure.paper,
        name="disclosure_paper",
    ),
    path("cong-khai/<str:unit>/", disclosure.unit, name="disclosure_unit"),
    path("cong-khai/<str:unit>/tin.atom", disclosure.feed, name="disclosure_feed"),
    path("cong-khai/<str:unit>/yeu-cau/", disclosure.ask, name="disclosure_ask"),
    path("cong-khai/<str:unit>/<str:item>/", disclosure.item, name="disclosure_item"),
]
