"""The addresses of all doors."""

from django.urls import include, path

from dongthuan.front.signin import ActivateTOTP

urlpatterns = [
    path("", include("dongthuan.front.portal.urls")),
    path("ban-lam-viec/", include("dongthuan.front.desk.urls")),
    path("api/", include("dongthuan.front.api.urls")),
    path("", include("dongthuan.core.ui.urls")),
    path("tai-khoan/2fa/totp/activate/", ActivateTOTP.as_view()),  # before the one of allauth
    path("tai-khoan/", include("allauth.urls")),
]

handler400 = "dongthuan.core.ui.errors.bad_request"
handler403 = "dongthuan.core.ui.errors.permission_denied"
handler404 = "dongthuan.core.ui.errors.page_not_found"
handler429 = "dongthuan.core.ui.errors.too_many_requests"  # asked for by allauth
handler500 = "dongthuan.core.ui.errors.server_error"
