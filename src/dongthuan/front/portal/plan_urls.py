"""Addresses of coordination plans on the portal."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import plans

urlpatterns = [
    path("phoi-hop/", plans.plans, name="coord_plans"),
    path("phoi-hop/nhieu-nam/", plans.many_years, name="coord_years"),
    path("phoi-hop/<str:code>/", plans.plan, name="coord_plan"),
    path("phoi-hop/<str:code>/ke-hoach.pdf", plans.plan_paper, name="coord_paper"),
    path("phoi-hop/bao-cao/<str:code>/", plans.review, name="coord_review"),
    path("phoi-hop/bao-cao/<str:code>/bao-cao.pdf", plans.review_paper, name="coord_review_paper"),
]
