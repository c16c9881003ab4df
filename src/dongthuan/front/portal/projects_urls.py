from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import projects

urlpatterns = [
    path("du-an/", projects.projects, name="projects"),
    path("du-an/danh-sach.csv", projects.projects_csv, name="projects_csv"),
    path("du-an/oc4ids.json", projects.projects_json, name="projects_json"),
    path("du-an/<str:code>/", projects.project, name="project"),
    path("du-an/<str:code>/oc4ids.json", projects.project_json, name="project_json"),
    path("du-an/<str:code>/tep/<uuid:handle>/", projects.project_file, name="project_file"),
]
