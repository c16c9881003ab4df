from __future__ import annotations

from django.urls import path

from dongthuan.front.portal import (
    consultation_urls,
    contributions_urls,
    decisions_urls,
    disclosure_urls,
    elections_urls,
    projects_urls,
    satisfaction_urls,
    statement_urls,
    supervision_urls,
)
from dongthuan.front.portal.views import (
    after,
    denounce,
    home,
    lookup,
    receptions,
    rules,
    submit,
    units,
)

app_name = "portal"

urlpatterns = [
    *decisions_urls.urlpatterns,
    path("", home.home, name="home"),
    path("gioi-thieu/", home.about, name="about"),
    path("healthz", home.healthz, name="healthz"),
    path("readyz", home.readyz, name="readyz"),
    path("gui/", submit.submit, name="submit"),
    path("gui/da-nhan/", submit.receipt, name="receipt"),
    path("gui/da-nhan/bien-nhan.pdf", submit.receipt_paper, name="receipt_paper"),
    path("to-cao/", denounce.denounce, name="denounce"),
    path("to-cao/tro-lai/", denounce.denounce_back, name="denounce_back"),
    path("tra-cuu/", lookup.lookup, name="lookup"),
    path("tra-cuu/cua-toi/", lookup.own, name="own"),
    path("tra-cuu/cua-toi/giay-to/<uuid:handle>/", lookup.own_paper, name="own_paper"),
    path("tra-cuu/cua-toi/danh-gia/", after.rate, name="rate"),
    path("tra-cuu/cua-toi/mo-lai/", after.reopen, name="reopen"),
    path("tra-cuu/dong/", lookup.leave, name="leave"),
    path("tra-cuu/<str:code>/", lookup.public, name="public"),
    path("tra-cuu/<str:code>/them-tieng-noi/", after.voice, name="voice"),
    path("tiep-cong-dan/", receptions.receptions, name="receptions"),
    path("tiep-cong-dan/lich-hen/", receptions.booking, name="booking"),
    path("tiep-cong-dan/<str:code>/", receptions.reception, name="reception"),
    path("tiep-cong-dan/<str:code>/dat-lich/", receptions.book, name="reception_book"),
    path("tiep-cong-dan/<str:code>/so/", receptions.hall, name="reception_board"),
    *disclosure_urls.urlpatterns,
    *statement_urls.urlpatterns,
    *consultation_urls.urlpatterns,
    *elections_urls.urlpatterns,
    *supervision_urls.urlpatterns,
    path("toi/", lookup.mine, name="mine"),
    path("toi/<uuid:handle>/mo/", lookup.mine_open, name="mine_open"),
    path("don-vi/", units.units, name="units"),
    path("don-vi/<str:code>/", units.unit, name="unit"),
    path("don-vi/<str:code>/so-lieu.csv", units.unit_csv, name="unit_csv"),
    path("so-lieu/", units.figures, name="figures"),
    *contributions_urls.urlpatterns,
    *satisfaction_urls.urlpatterns,
    path("quy-dinh/", rules.rules, name="rules"),
    path("quy-dinh/<str:key>/", rules.rule, name="rule"),
    *projects_urls.urlpatterns,
]
