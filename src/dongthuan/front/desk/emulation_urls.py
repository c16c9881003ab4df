from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import emulation

E = "dan-van-kheo/"
M = f"{E}mo-hinh/<str:code>/"

urlpatterns = [
    path(E, emulation.overview, name="emulation"),
    path(f"{E}nam/mo/", emulation.year_new, name="emulation_year_new"),
    path(f"{E}nam/<str:code>/", emulation.year, name="emulation_year"),
    path(f"{E}nam/<str:code>/hoi-dong/", emulation.juror_new, name="emulation_juror_new"),
    path(f"{E}nam/<str:code>/bien-ban.pdf", emulation.minutes, name="emulation_minutes"),
    path(f"{E}thanh-vien/<int:juror_id>/thoi/", emulation.juror_end, name="emulation_juror_end"),
    path(f"{E}dang-ky/", emulation.register, name="emulation_register"),
    path(M, emulation.model, name="emulation_model"),
    path(f"{M}sua/", emulation.edit, name="emulation_edit"),
    path(f"{M}so-lieu/", emulation.figures, name="emulation_figures"),
    path(f"{M}anh/", emulation.picture, name="emulation_picture"),
    path(f"{M}cham-diem/", emulation.score, name="emulation_score"),
    path(f"{M}xung-dot/", emulation.conflict, name="emulation_conflict"),
    path(f"{M}rut-dong-y/", emulation.consent_end, name="emulation_consent_end"),
    path(f"{M}dang-ky.pdf", emulation.paper, name="emulation_paper"),
    path(f"{M}cong-nhan.pdf", emulation.certificate, name="emulation_certificate"),
]
