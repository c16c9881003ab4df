"""Addresses of contributions on the portal; they stand before `du-an/<code>/` of projects."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import contributions as views

urlpatterns = [
    path("du-an/dot/", views.campaigns, name="campaigns"),
    path("du-an/dot/<str:code>/", views.campaign, name="campaign"),
    path("du-an/dot/<str:code>/so-cai.csv", views.ledger_file, name="campaign_csv"),
    path("du-an/dot/<str:code>/danh-sach.pdf", views.posted_list, name="campaign_list_pdf"),
    path("du-an/bien-nhan/<str:token>/", views.receipt, name="contribution_receipt"),
]
