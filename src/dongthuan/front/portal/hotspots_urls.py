from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import hotspots

urlpatterns = [
    path("diem-nong/", hotspots.notices, name="hotspot_notices"),
    path("diem-nong/<slug:handle>/", hotspots.notice, name="hotspot_notice"),
]
