from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import gatherings, supervision

G = "giam-sat/"

urlpatterns = [
    path(G, supervision.overview, name="supervision"),
    path(f"{G}ban/them/", supervision.board_new, name="board_new"),
    path(f"{G}ban/<str:code>/", supervision.board, name="board"),
    path(f"{G}ban/<str:code>/thanh-vien/", supervision.member_new, name="member_new"),
    path(f"{G}ban/<str:code>/van-ban/", supervision.leaf_new, name="leaf_new"),
    path(f"{G}ban/<str:code>/cuoc-moi/", supervision.inspection_new, name="inspection_new"),
    path(f"{G}ban/<str:code>/thong-tin/", supervision.hints, name="hints"),
    path(f"{G}thanh-vien/<int:member_id>/thoi/", supervision.member_leave, name="member_leave"),
    path(f"{G}thanh-vien/<int:member_id>/chuc-danh/", supervision.member_seat, name="member_seat"),
    path(f"{G}thong-tin/<int:hint_id>/", supervision.hint, name="hint"),
    path(f"{G}cuoc/<str:code>/", supervision.inspection, name="inspection"),
    path(f"{G}cuoc/<str:code>/chuyen/", supervision.visit_new, name="visit_new"),
    path(f"{G}cuoc/<str:code>/phat-hien/", supervision.finding_new, name="finding_new"),
    path(f"{G}cuoc/<str:code>/ke-hoach.pdf", supervision.plan_paper, name="plan_paper"),
    path(f"{G}chuyen/<int:visit_id>/bien-ban.pdf", supervision.visit_paper, name="visit_paper"),
    path(
        f"{G}chuyen/<int:visit_id>/anh/<uuid:handle>/", supervision.visit_photo, name="visit_photo"
    ),
    path(f"{G}kien-nghi/<str:code>/sua/", supervision.finding_rewrite, name="finding_rewrite"),
    path(f"{G}kien-nghi/<str:code>.pdf", supervision.finding_paper, name="finding_paper"),
    path(f"{G}hoi-nghi/", gatherings.year, name="gatherings"),
    path(f"{G}hoi-nghi/mo/", gatherings.year_open, name="gatherings_open"),
    path(f"{G}hoi-nghi/<str:code>/", gatherings.gathering, name="gathering"),
    path(f"{G}hoi-nghi/<str:code>/y-kien/", gatherings.point_new, name="point_new"),
    path(f"{G}y-kien/<int:point_id>/tra-loi/", gatherings.point_reply, name="point_reply"),
]
