from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import dialogues

DT = "doi-thoai/"

urlpatterns = [
    path(DT, dialogues.dialogues, name="dialogues"),
    path(f"{DT}lich.ics", dialogues.calendar_feed, name="dialogue_feed"),
    path(f"{DT}tan-suat/", dialogues.heads, name="dialogue_heads"),
    path(f"{DT}<str:code>/", dialogues.dialogue, name="dialogue"),
    path(f"{DT}<str:code>/hoi/", dialogues.ask, name="dialogue_ask"),
    path(f"{DT}<str:code>/truc-tiep/", dialogues.live, name="dialogue_live"),
]
