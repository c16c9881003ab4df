from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import satisfaction

urlpatterns = [
    path("hai-long/", satisfaction.satisfaction, name="satisfaction"),
    path("hai-long/quay/<slug:token>/", satisfaction.rate_desk, name="rate_desk"),
    path("hai-long/<slug:code>/", satisfaction.office, name="satisfaction_office"),
    path("hai-long/<slug:code>/so-lieu.csv", satisfaction.office_csv, name="satisfaction_csv"),
    path("hai-long/<slug:code>/danh-gia/", satisfaction.rate_commune, name="rate_commune"),
]
