"""The addresses of all doors."""

from django.urls import include, path

urlpatterns = [
    path("", include("dongthuan.front.portal.urls")),
    path("ban-lam-viec/", include("dongthuan.front.desk.urls")),
    path("api/", include("dongthuan.front.api.urls")),
    path("", include("dongthuan.core.ui.urls")),
    path("tai-khoan/", include("allauth.urls")),
]

handler400 = "dongthuan.core.ui.errors.bad_request"
handler403 = "dongthuan.core.ui.errors.permission_denied"
handler404 = "dongthuan.core.ui.errors.page_not_found"
handler500 = "dongthuan.core.ui.errors.server_error"
