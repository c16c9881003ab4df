from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import hearings, recommendations, recommendations_many

K = "kien-nghi/"

urlpatterns = [
    path(K, recommendations.overview, name="recommendations"),
    path(f"{K}moi/", recommendations.new, name="recommendation_new"),
    path(f"{K}gui/", recommendations_many.send, name="recommendations_send"),
    path(f"{K}nhap/", recommendations_many.read, name="recommendations_import"),
    path(f"{K}nhap/ghi/", recommendations_many.write, name="recommendations_write"),
    path(f"{K}nhap/mau.xlsx", recommendations_many.blank, name="recommendations_blank"),
    path(f"{K}bang-diem/", recommendations.scoreboard, name="recommendations_board"),
    path(f"{K}bang-diem.csv", recommendations.scoreboard_csv, name="recommendations_csv"),
    path(f"{K}phan-bien/", hearings.criticisms, name="criticisms"),
    path(f"{K}phan-bien/moi/", hearings.criticism_new, name="criticism_new"),
    path(f"{K}phan-bien/<str:code>/", hearings.criticism_points, name="criticism_points"),
    path(f"{K}nghe/", hearings.hearings, name="hearings"),
    path(f"{K}nghe/mo/", hearings.open_half, name="hearings_open"),
    path(f"{K}nghe/<str:code>/", hearings.hearing, name="hearing"),
    path(f"{K}nghe/<str:code>/cam-ket/", hearings.promise, name="hearing_promise"),
    path(f"{K}<str:code>/sua/", recommendations.edit, name="recommendation_edit"),
]
