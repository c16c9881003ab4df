from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import (
    afterwards,
    complaints,
    counter,
    gathering,
    moving,
    rulebook,
    vault,
    views,
)

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
    path("quy-dinh/", rulebook.rules, name="rules"),
    path("quy-dinh/du-thao/", rulebook.drafts, name="rule_drafts"),
    path("quy-dinh/du-thao/<int:draft_id>/", rulebook.draft, name="rule_draft"),
    path("quy-dinh/du-thao/<int:draft_id>/sua/", rulebook.draft_edit, name="rule_draft_edit"),
    path("quy-dinh/du-thao/<int:draft_id>/<slug:act>/", rulebook.draft_act, name="rule_draft_act"),
    path("quy-dinh/<str:key>/", rulebook.rule, name="rule"),
    path("quy-dinh/<str:key>/phien-ban-moi/", rulebook.draft_new, name="rule_draft_new"),
    path("vu-viec/<str:code>/", views.matter, name="matter"),
    path("vu-viec/<str:code>/giao/", views.assign, name="assign"),
    path("vu-viec/<str:code>/ghi-chu/", views.note, name="note"),
    path("vu-viec/<str:code>/giay-to/<uuid:handle>/", views.paper, name="paper"),
    path("vu-viec/<str:code>/thoi-han/<int:duty_id>/", views.clock, name="clock"),
    path("vu-viec/<str:code>/bien-nhan/<uuid:handle>/", counter.renew_receipt, name="renew"),
    path("vu-viec/<str:code>/giong-nhau/", gathering.alike, name="alike"),
    path("vu-viec/<str:code>/tach-ra/", gathering.separate, name="separate"),
    path("vu-viec/<str:code>/nguoi-ky/", gathering.signers, name="signers"),
    path("vu-viec/<str:code>/danh-gia/<uuid:handle>/", afterwards.rate, name="rate"),
    path("vu-viec/<str:code>/chua-xong/<uuid:handle>/", afterwards.reopen, name="reopen_ask"),
    path("chuyen-don/", moving.transfers, name="transfers"),
    path("ban-giao/", moving.hand_over, name="hand_over"),
    path("ban-giao/bien-ban.pdf", moving.hand_over_minutes, name="hand_over_minutes"),
    path("muc-phuc-vu/", moving.levels, name="levels"),
    path("muc-phuc-vu/<int:level_id>/het-hieu-luc/", moving.level_end, name="level_end"),
    path("vu-viec/<str:code>/quyet-dinh.pdf", complaints.decision, name="decision"),
    path("vu-viec/<str:code>/<slug:step_name>/", views.step, name="step"),
]
