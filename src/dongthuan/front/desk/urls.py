from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import counter, reception_books, receptions, views

app_name = "desk"

urlpatterns = [
    path("", views.matters, name="list"),
    path("giao-viec/", views.assign_many, name="assign_many"),
    path("luu-bo-loc/", views.filter_save, name="filter_save"),
    path("bo-loc/<int:filter_id>/xoa/", views.filter_remove, name="filter_remove"),
    path("vao-so/", counter.register, name="register"),
    path("vao-so/bien-nhan/<str:code>/", counter.counter_receipt, name="counter_receipt"),
    path("xuat/", views.export, name="export"),
    path("tiep-dan/", receptions.sessions, name="receptions"),
    path("tiep-dan/ke-hoach/", receptions.plan, name="reception_plan"),
    path("tiep-dan/them/", receptions.session_new, name="reception_new"),
    path("tiep-dan/thuong-xuyen/", receptions.regular_today, name="reception_regular"),
    path("tiep-dan/so/", reception_books.book, name="reception_ledger"),
    path("tiep-dan/tuan-thu/", reception_books.heads, name="reception_heads"),
    path("tiep-dan/lich.pdf", reception_books.schedule, name="reception_schedule"),
    path("tiep-dan/luot/<int:visit_id>/", receptions.visit, name="visit"),
    path("tiep-dan/luot/<int:visit_id>/vang/", receptions.absent, name="visit_absent"),
    path("tiep-dan/luot/<int:visit_id>/tu-choi/", receptions.refuse, name="visit_refuse"),
    path(
        "tiep-dan/luot/<int:visit_id>/bien-nhan.pdf",
        reception_books.visit_receipt,
        name="visit_receipt",
    ),
    path(
        "tiep-dan/tu-choi/<str:code>/thong-bao.pdf",
        reception_books.refusal_notice,
        name="refusal_notice",
    ),
    path("tiep-dan/<str:code>/", receptions.session, name="reception"),
    path("tiep-dan/<str:code>/den/", receptions.arrive, name="reception_arrive"),
    path("tiep-dan/<str:code>/goi/", receptions.call, name="reception_call"),
    path("tiep-dan/<str:code>/ket-luan/", receptions.conclude, name="reception_conclude"),
    path(
        "tiep-dan/<str:code>/<slug:what>.pdf", reception_books.session_paper, name="reception_paper"
    ),
    path("vu-viec/<str:code>/", views.matter, name="matter"),
    path("vu-viec/<str:code>/giao/", views.assign, name="assign"),
    path("vu-viec/<str:code>/ghi-chu/", views.note, name="note"),
    path("vu-viec/<str:code>/giay-to/<uuid:handle>/", views.paper, name="paper"),
    path("vu-viec/<str:code>/thoi-han/<int:duty_id>/", views.clock, name="clock"),
    path("vu-viec/<str:code>/bien-nhan/<uuid:handle>/", counter.renew_receipt, name="renew"),
    path("vu-viec/<str:code>/<slug:step_name>/", views.step, name="step"),
]
