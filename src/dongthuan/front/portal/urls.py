from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import home, lookup, receptions, submit, units

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("gioi-thieu/", home.about, name="about"),
    path("healthz", home.healthz, name="healthz"),
    path("readyz", home.readyz, name="readyz"),
    path("gui/", submit.submit, name="submit"),
    path("gui/da-nhan/", submit.receipt, name="receipt"),
    path("gui/da-nhan/bien-nhan.pdf", submit.receipt_paper, name="receipt_paper"),
    path("tra-cuu/", lookup.lookup, name="lookup"),
    path("tra-cuu/cua-toi/", lookup.own, name="own"),
    path("tra-cuu/cua-toi/giay-to/<uuid:handle>/", lookup.own_paper, name="own_paper"),
    path("tra-cuu/dong/", lookup.leave, name="leave"),
    path("tra-cuu/<str:code>/", lookup.public, name="public"),
    path("tiep-cong-dan/", receptions.receptions, name="receptions"),
    path("tiep-cong-dan/lich-hen/", receptions.booking, name="booking"),
    path("tiep-cong-dan/<str:code>/", receptions.reception, name="reception"),
    path("tiep-cong-dan/<str:code>/dat-lich/", receptions.book, name="reception_book"),
    path("tiep-cong-dan/<str:code>/so/", receptions.hall, name="reception_board"),
    path("toi/", lookup.mine, name="mine"),
    path("toi/<uuid:handle>/mo/", lookup.mine_open, name="mine_open"),
    path("don-vi/", units.units, name="units"),
    path("don-vi/<str:code>/", units.unit, name="unit"),
    path("don-vi/<str:code>/so-lieu.csv", units.unit_csv, name="unit_csv"),
    path("so-lieu/", units.figures, name="figures"),
]
