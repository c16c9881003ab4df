from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import dialogues

DT = "doi-thoai/"

urlpatterns = [
    path(DT, dialogues.dialogues, name="dialogues"),
    path(f"{DT}them/", dialogues.dialogue_new, name="dialogue_new"),
    path(f"{DT}hang-nam/", dialogues.yearly, name="dialogue_yearly"),
    path(f"{DT}tan-suat/", dialogues.heads, name="dialogue_heads"),
    path(f"{DT}cau-hoi/<int:question_id>/doc/", dialogues.question_open, name="question_open"),
    path(f"{DT}cau-hoi/<int:question_id>/gop/", dialogues.question_join, name="question_join"),
    path(f"{DT}cau-hoi/<int:question_id>/tach/", dialogues.question_part, name="question_part"),
    path(f"{DT}cau-hoi/<int:question_id>/ket-qua/", dialogues.question_end, name="question_end"),
    path(f"{DT}<str:code>/", dialogues.dialogue, name="dialogue"),
    path(f"{DT}<str:code>/moi/", dialogues.invite, name="dialogue_invite"),
    path(f"{DT}<str:code>/da-gui/", dialogues.invited, name="dialogue_invited"),
    path(f"{DT}<str:code>/ghi-cau-hoi/", dialogues.question_new, name="question_new"),
    path(f"{DT}<str:code>/<slug:what>.pdf", dialogues.paper, name="dialogue_paper"),
]
