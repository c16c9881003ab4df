from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import directives as pages

C = "chi-dao/"

urlpatterns = [
    path(C, pages.directives, name="directives"),
    path(f"{C}them/", pages.directive_new, name="directive_new"),
    path(f"{C}nhap/", pages.directive_import, name="directive_import"),
    path(f"{C}mau.xlsx", pages.directive_template, name="directive_template"),
    path(f"{C}so.<slug:form>", pages.directive_register, name="directive_register"),
    path(f"{C}viec/", pages.directive_orders, name="directive_orders"),
    path(f"{C}<str:code>/", pages.directive, name="directive"),
    path(f"{C}<str:code>/sua/", pages.directive_edit_page, name="directive_edit"),
    path(f"{C}<str:code>/phuc-vu/", pages.directive_serve_add, name="directive_serve"),
]
