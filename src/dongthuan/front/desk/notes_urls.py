from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import notes as pages

N, T = "trao-doi/", "tinh-hinh/"

urlpatterns = [
    path(N, pages.notes, name="notes"),
    path(f"{N}them/", pages.note_new, name="note_new"),
    path(f"{N}<str:code>/", pages.information_note, name="information_note"),
    path(f"{N}<str:code>/mo/", pages.note_lead_open, name="note_lead"),
    path(T, pages.situations, name="situations"),
    path(f"{T}them/", pages.situation_new, name="situation_new"),
    path(f"{T}<str:code>/", pages.situation, name="situation"),
    path(f"{T}<str:code>/sua/", pages.situation_write, name="situation_write"),
    path(f"{T}<str:code>/muc/", pages.situation_section, name="situation_section"),
    path(f"{T}<str:code>/gop/", pages.situation_merge_again, name="situation_merge"),
    path(f"{T}<str:code>/thong-qua/", pages.situation_adopt_page, name="situation_adopt"),
    path(f"{T}<str:code>/bao-cao.<slug:form>", pages.situation_paper, name="situation_paper"),
]
