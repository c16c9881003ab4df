from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import projects

urlpatterns = [
    path("du-an/", projects.projects, name="projects"),
    path("du-an/them/", projects.project_new, name="project_new"),
    path("du-an/vuong-mac/<str:code>/giao/", projects.obstacle_assign, name="obstacle_assign"),
    path("du-an/<str:code>/", projects.project, name="project"),
    path("du-an/<str:code>/sua/", projects.project_edit, name="project_edit"),
    path("du-an/<str:code>/xac-nhan/", projects.project_acknowledge, name="project_acknowledge"),
    path(
        "du-an/<str:code>/dao/<int:payment_id>/", projects.project_reverse, name="project_reverse"
    ),
    path("du-an/<str:code>/<slug:part>/", projects.project_add, name="project_add"),
]
