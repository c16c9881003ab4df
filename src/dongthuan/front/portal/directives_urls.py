from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import directives

urlpatterns = [
    path("van-ban/", directives.directives, name="directives"),
    path("van-ban/<str:code>/", directives.directive, name="directive"),
    path("van-ban/<str:code>/tep/<uuid:handle>/", directives.directive_file, name="directive_file"),
]
