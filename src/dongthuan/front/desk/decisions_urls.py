"""Addresses of decisions of the people, of their votes, and of the registers of households."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import decisions, households, votes

V = "quyet-dinh/bieu-quyet/<uuid:handle>/"
H = "ho-gia-dinh/"

urlpatterns = [
    path("quyet-dinh/", decisions.decisions, name="decisions"),
    path("quyet-dinh/de-xuat/", decisions.propose, name="decision_new"),
    path("quyet-dinh/viec/<str:code>/", decisions.decision, name="people_decision"),
    path("quyet-dinh/viec/<str:code>/van-ban.pdf", decisions.paper, name="people_decision_paper"),
    path(V, votes.vote, name="vote"),
    path(f"{V}lam/<slug:act>/", votes.act, name="vote_act"),
    path(f"{V}cach-thuc/", votes.manner, name="vote_manner"),
    path(f"{V}danh-sach/<int:roll_id>/", votes.roll, name="vote_roll"),
    path(f"{V}danh-sach/<int:roll_id>/ma/", votes.codes, name="vote_codes"),
    path(f"{V}danh-sach/<int:roll_id>/cum/", votes.cluster, name="vote_cluster"),
    path(f"{V}diem/<int:station_id>/", votes.station, name="vote_station"),
    path(f"{V}diem/<int:station_id>/danh-dau/", votes.tick, name="vote_tick"),
    path(f"{V}diem/<int:station_id>/kiem-phieu/", votes.tally, name="vote_tally"),
    path(H, households.villages, name="household_villages"),
    path(f"{H}ho/<int:household_id>/", households.change, name="household"),
    path(f"{H}ho/<int:household_id>/ket-thuc/", households.end, name="household_end"),
    path(f"{H}<str:code>/", households.register, name="households"),
    path(f"{H}<str:code>/them/", households.add, name="household_add"),
    path(f"{H}<str:code>/nhap/", households.load, name="household_import"),
]
