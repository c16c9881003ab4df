from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import recommendations

K = "kien-nghi/"

urlpatterns = [
    path(K, recommendations.register, name="recommendations"),
    path(f"{K}theo-doi.xml", recommendations.feed, name="recommendations_feed"),
    path(f"{K}bang-diem/", recommendations.scoreboard, name="recommendations_board"),
    path(f"{K}bang-diem.csv", recommendations.scoreboard_csv, name="recommendations_csv"),
    path(f"{K}phan-bien/", recommendations.criticisms, name="criticisms"),
    path(f"{K}phan-bien/<str:code>/", recommendations.criticism, name="criticism"),
    path(f"{K}nghe/<str:code>/", recommendations.hearing, name="hearing"),
    path(f"{K}<str:code>/", recommendations.recommendation, name="recommendation"),
]
