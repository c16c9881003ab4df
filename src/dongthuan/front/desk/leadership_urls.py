from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import leadership

L = "lanh-dao/"

urlpatterns = [
    path(L, leadership.overview, name="leadership"),
    path(f"{L}so/", leadership.number, name="leadership_number"),
    path(f"{L}keo-dai/", leadership.dragging, name="leadership_dragging"),
    path(f"{L}keo-dai/<str:code>/ra-soat/", leadership.review_new, name="review_new"),
    path(f"{L}bao-cao.docx", leadership.brief_file, {"ending": "docx"}, name="leadership_docx"),
    path(f"{L}bao-cao.pdf", leadership.brief_file, {"ending": "pdf"}, name="leadership_pdf"),
]
