"""Addresses of consultations at the desk."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import consultation_work as work
from dongthuan.front.desk import consultations

C = "lay-y-kien/<str:code>/"

urlpatterns = [
    path("lay-y-kien/", consultations.consultations, name="consultations"),
    path("lay-y-kien/them/", consultations.new, name="consultation_new"),
    path(C, consultations.consultation, name="consultation"),
    path(f"{C}noi-dung/", consultations.text, name="consultation_text"),
    path(f"{C}phieu-hoi/", consultations.questions, name="consultation_questions"),
    path(f"{C}ma/", consultations.codes, name="consultation_codes"),
    path(f"{C}phieu-giay/", consultations.paper, name="consultation_paper"),
    path(f"{C}phieu-giay/nhap/", consultations.papers_import, name="consultation_import"),
    path(f"{C}phieu-giay/mau.xlsx", consultations.template, name="consultation_template"),
    path(f"{C}y-kien/", work.opinions, name="consultation_opinions"),
    path(f"{C}y-kien/<int:opinion_id>/giu/", work.hold, name="consultation_hold"),
    path(f"{C}nhom/<int:cluster_id>/", work.cluster, name="consultation_cluster"),
    path(f"{C}kiem-phieu/", work.tally, name="consultation_tally"),
    path(f"{C}doi-tuong/", work.addressee, name="consultation_addressee"),
    path(f"{C}doi-tuong/<int:addressee_id>/", work.hearing, name="consultation_hearing"),
    path(f"{C}ke-hoach.pdf", work.plan, name="consultation_plan"),
    path(f"{C}tong-hop.pdf", work.synthesis, name="consultation_synthesis"),
]
