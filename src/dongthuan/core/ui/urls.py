from __future__ import annotations

from django.urls import path

from dongthuan.core.ui import views
from dongthuan.core.ui.guide import guide

urlpatterns = [
    path("ngon-ngu/<str:code>/", views.set_language, name="set_language"),
    path("tiep-can/", views.accessibility, name="accessibility"),
    path("giao-dien/", guide, name="guide"),
]
