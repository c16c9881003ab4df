"""Addresses of contributions at the desk; `front/desk/urls.py` takes them in."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import contribution_sheets as sheets
from dongthuan.front.desk import contributions as views

urlpatterns = [
    path("dong-gop/", views.campaigns, name="campaigns"),
    path("dong-gop/them/", views.campaign_new, name="campaign_new"),
    path("dong-gop/ngay-cong/", views.rates, name="labour_rates"),
    path("dong-gop/chung-tu/<int:voucher_id>/", views.voucher, name="voucher"),
    path("dong-gop/chung-tu/<int:voucher_id>/dao/", views.reverse, name="voucher_reverse"),
    path(
        "dong-gop/chung-tu/<int:voucher_id>/bien-nhan.pdf",
        sheets.receipt_paper,
        name="voucher_paper",
    ),
    path("dong-gop/<str:code>/", views.campaign, name="campaign"),
    path("dong-gop/<str:code>/kiem-tra/", views.flags, name="campaign_flags"),
    path("dong-gop/<str:code>/thu/", views.receipt_new, name="campaign_receipt"),
    path("dong-gop/<str:code>/thu-nhieu/", sheets.many, name="campaign_many"),
    path("dong-gop/<str:code>/nhap/", sheets.sheet, name="campaign_sheet"),
    path("dong-gop/<str:code>/mau.xlsx", sheets.blank, name="campaign_blank"),
    path("dong-gop/<str:code>/danh-sach.pdf", sheets.paper_list, name="campaign_paper"),
    path("dong-gop/<str:code>/chi/", views.expense_new, name="campaign_expense"),
    path("dong-gop/<str:code>/chuyen-quy/", views.move_new, name="campaign_move"),
    path("dong-gop/<str:code>/mien/", views.exemptions, name="campaign_exempt"),
    path(
        "dong-gop/<str:code>/mien/<int:exemption_id>/xoa/",
        views.exemption_end,
        name="campaign_exempt_end",
    ),
]
