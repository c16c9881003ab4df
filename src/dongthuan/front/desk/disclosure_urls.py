"""Addresses of disclosure at the desk."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import disclosure, disclosure_books

urlpatterns = [
    path("cong-khai/", disclosure.disclosures, name="disclosures"),
    path("cong-khai/them/", disclosure.disclosure_new, name="disclosure_new"),
    path("cong-khai/ma-tran/", disclosure.matrix, name="disclosure_matrix"),
    path("cong-khai/so/", disclosure_books.register, name="disclosure_register"),
    path("cong-khai/noi/", disclosure_books.places, name="disclosure_places"),
    path("cong-khai/noi/lap/", disclosure_books.places_make, name="disclosure_places_make"),
    path(
        "cong-khai/noi/<int:place_id>/het/",
        disclosure_books.place_close,
        name="disclosure_place_close",
    ),
    path("cong-khai/ke-hoach/", disclosure_books.plans, name="disclosure_plans"),
    path(
        "cong-khai/ke-hoach/dong/<int:row_id>/xoa/",
        disclosure_books.plan_row_delete,
        name="disclosure_plan_row_delete",
    ),
    path("cong-khai/ke-hoach/<str:code>/", disclosure_books.plan, name="disclosure_plan"),
    path("cong-khai/yeu-cau/", disclosure_books.info_request, name="info_request"),
    path("cong-khai/kiem-tra/<int:check_id>/", disclosure.judge, name="disclosure_judge"),
    path(
        "cong-khai/niem-yet/<int:posting_id>/go/",
        disclosure.take_down,
        name="disclosure_take_down",
    ),
    path("cong-khai/<str:code>/", disclosure.disclosure, name="disclosure"),
    path("cong-khai/<str:code>/noi-dung/", disclosure.content, name="disclosure_content"),
    path("cong-khai/<str:code>/xem-truoc/", disclosure.preview, name="disclosure_preview"),
    path("cong-khai/<str:code>/niem-yet/", disclosure.post, name="disclosure_post"),
    path("cong-khai/<str:code>/da-xem/", disclosure.check, name="disclosure_check"),
]
