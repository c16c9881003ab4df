from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import counter, vault, views

app_name = "desk"

urlpatterns = [
    path("", views.matters, name="list"),
    path("giao-viec/", views.assign_many, name="assign_many"),
    path("luu-bo-loc/", views.filter_save, name="filter_save"),
    path("bo-loc/<int:filter_id>/xoa/", views.filter_remove, name="filter_remove"),
    path("vao-so/", counter.register, name="register"),
    path("vao-so/bien-nhan/<str:code>/", counter.counter_receipt, name="counter_receipt"),
    path("to-cao/", vault.register, name="denunciation"),
    path("kho-kin/", vault.keys, name="vault_keys"),
    path("kho-kin/so-mo/", vault.openings, name="vault_openings"),
    path("kho-kin/<str:code>/", vault.opened, name="vault"),
    path("kho-kin/<str:code>/nhan/", vault.message, name="vault_message"),
    path("kho-kin/<str:code>/them-tep/", vault.add_files, name="vault_add_files"),
    path("kho-kin/<str:code>/tep/", vault.file, name="vault_file"),
    path("kho-kin/<str:code>/quyen/", vault.readers, name="vault_readers"),
    path("xuat/", views.export, name="export"),
    path("vu-viec/<str:code>/", views.matter, name="matter"),
    path("vu-viec/<str:code>/giao/", views.assign, name="assign"),
    path("vu-viec/<str:code>/ghi-chu/", views.note, name="note"),
    path("vu-viec/<str:code>/giay-to/<uuid:handle>/", views.paper, name="paper"),
    path("vu-viec/<str:code>/thoi-han/<int:duty_id>/", views.clock, name="clock"),
    path("vu-viec/<str:code>/bien-nhan/<uuid:handle>/", counter.renew_receipt, name="renew"),
    path("vu-viec/<str:code>/<slug:step_name>/", views.step, name="step"),
]
