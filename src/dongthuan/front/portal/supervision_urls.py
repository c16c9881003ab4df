from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import supervision

G = "giam-sat/"

urlpatterns = [
    path(G, supervision.watch, name="watch"),
    path(f"{G}theo-doi.xml", supervision.watch_feed, name="watch_feed"),
    path(f"{G}thong-tin/", supervision.told, name="told"),
    path(f"{G}ban/<str:code>/", supervision.board, name="board"),
    path(f"{G}ban/<str:code>/bao-tin/", supervision.tell, name="tell"),
    path(f"{G}kien-nghi/<str:code>/", supervision.finding, name="finding"),
    path(f"{G}kien-nghi/<str:code>/theo-doi.xml", supervision.finding_feed, name="finding_feed"),
    path(f"{G}anh/<uuid:handle>/", supervision.photo, name="finding_photo"),
    path(f"{G}hoi-nghi/<str:code>/", supervision.gathering, name="gathering"),
]
