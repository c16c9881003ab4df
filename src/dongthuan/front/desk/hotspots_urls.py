from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import hotspots, hotspots_told

H = "diem-nong/"

urlpatterns = [
    path(H, hotspots.overview, name="hotspots"),
    path(f"{H}mo/", hotspots.open_new, name="hotspot_new"),
    path(f"{H}bao-cao/<int:pk>.pdf", hotspots.report_paper, name="hotspot_report"),
    path(f"{H}dieu-hoi/<int:pk>/", hotspots.concern, name="hotspot_concern"),
    path(f"{H}y-kien-tinh/<int:pk>/", hotspots_told.opinion, name="hotspot_opinion"),
    path(f"{H}thong-bao/<int:pk>/sua/", hotspots_told.notice_edit, name="hotspot_notice_edit"),
    path(f"{H}thong-bao/<int:pk>/them/", hotspots_told.part_new, name="hotspot_part"),
    path(f"{H}thong-bao/<int:pk>/go/", hotspots_told.withdraw, name="hotspot_withdraw"),
    path(f"{H}thong-bao/<int:pk>/duyet/", hotspots_told.approve, name="hotspot_approve"),
    path(f"{H}phan/<int:pk>/duyet/", hotspots_told.approve_part, name="hotspot_approve_part"),
    path(f"{H}<str:code>/", hotspots.hotspot, name="hotspot"),
    path(f"{H}<str:code>/vu-viec/", hotspots.matters, name="hotspot_matters"),
    path(f"{H}<str:code>/thanh-vien/", hotspots.seats, name="hotspot_seats"),
    path(f"{H}<str:code>/to-cong-tac/", hotspots.group_new, name="hotspot_group"),
    path(f"{H}<str:code>/ke-hoach/", hotspots.plan, name="hotspot_plan"),
    path(f"{H}<str:code>/tiep-xuc/", hotspots.visit, name="hotspot_visit"),
    path(f"{H}<str:code>/su-viec/", hotspots.incident, name="hotspot_incident"),
    path(f"{H}<str:code>/doi-thoai/", hotspots.talk, name="hotspot_talk"),
    path(f"{H}<str:code>/bien-phap/", hotspots.measure, name="hotspot_measure"),
    path(f"{H}<str:code>/xin-y-kien/", hotspots_told.ask, name="hotspot_ask"),
    path(f"{H}<str:code>/thong-bao/", hotspots_told.notice_new, name="hotspot_notice"),
    path(f"{H}<str:code>/dien-bien/", hotspots.story, name="hotspot_story"),
    path(f"{H}<str:code>/dien-bien.pdf", hotspots.story_paper, name="hotspot_story_paper"),
]
