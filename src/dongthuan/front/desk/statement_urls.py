"""Addresses of short statements at the desk."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import statements

S = "lay-y-kien/<str:code>/y-kien-ngan/"

urlpatterns = [
    path(S, statements.statements, name="statements"),
    path(f"{S}them/", statements.new, name="statement_new"),
    path(f"{S}phieu-giay/", statements.paper, name="statement_paper"),
    path(f"{S}<int:statement_id>/", statements.statement, name="statement"),
]
