"""Addresses of coordination plans at the desk."""

from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import plan_work, plans

urlpatterns = [
    path("phoi-hop/", plans.plans, name="coord_plans"),
    path("phoi-hop/them/", plans.plan_new, name="coord_new"),
    path("phoi-hop/nhieu-nam/", plan_work.many_years, name="coord_years"),
    path("phoi-hop/nhieu-nam/them/", plan_work.paper_year, name="coord_paper_year"),
    path("phoi-hop/nhieu-nam/bao-cao.<str:form>", plan_work.many_years_paper,
         name="coord_years_paper"),
    path("phoi-hop/muc/<int:clause_id>/", plans.clause, name="coord_clause"),
    path("phoi-hop/muc/<int:clause_id>/sua/", plans.clause_edit, name="coord_clause_edit"),
    path("phoi-hop/muc/<int:clause_id>/bo/", plans.clause_drop, name="coord_clause_drop"),
    path("phoi-hop/muc/<int:clause_id>/gop-y/", plans.comment_new, name="coord_comment"),
    path("phoi-hop/gop-y/<int:comment_id>/", plans.comment_answer, name="coord_comment_answer"),
    path("phoi-hop/can-cu/<int:ground_id>/bo/", plans.ground_drop, name="coord_ground_drop"),
    path("phoi-hop/dong/<int:line_id>/sua/", plans.line_change, name="coord_line_edit"),
    path("phoi-hop/dong/<int:line_id>/bo/", plans.line_drop, name="coord_line_drop"),
    path("phoi-hop/nhiem-vu/<str:code>/", plan_work.task, name="coord_task"),
    path("phoi-hop/cam-ket/<str:code>/", plan_work.promise_new, name="coord_promise"),
    path("phoi-hop/bao-cao/<str:code>/", plan_work.review, name="coord_review"),
    path("phoi-hop/bao-cao/<str:code>/danh-gia/", plan_work.review_text, name="coord_review_text"),
    path("phoi-hop/bao-cao/<str:code>/ky/", plan_work.review_sign, name="coord_review_sign"),
    path("phoi-hop/bao-cao/<str:code>/bao-cao.<str:form>", plan_work.review_paper,
         name="coord_review_paper"),
    path("phoi-hop/<str:code>/", plans.plan, name="coord_plan"),
    path("phoi-hop/<str:code>/ke-hoach.pdf", plans.plan_paper, name="coord_paper"),
    path("phoi-hop/<str:code>/ky/", plans.plan_sign, name="coord_sign"),
    path("phoi-hop/<str:code>/dau/", plans.plan_head, name="coord_head"),
    path("phoi-hop/<str:code>/can-cu/", plans.ground_new, name="coord_ground"),
    path("phoi-hop/<str:code>/muc/<int:section>/", plans.clause_new, name="coord_clause_new"),
    path("phoi-hop/<str:code>/nhiem-vu/", plans.line_new, name="coord_line"),
    path("phoi-hop/<str:code>/phu-luc/", plans.amendment, name="coord_amendment"),
    path("phoi-hop/<str:code>/kiem-tra/", plan_work.inspection_new, name="coord_inspection"),
    path("phoi-hop/<str:code>/tong-ket/", plan_work.review_new, name="coord_review_new"),
    path("phoi-hop/<str:code>/chuyen-tiep/", plan_work.carry, name="coord_carry"),
    path("phoi-hop/<str:code>/ban-giao/", plan_work.hand_over, name="coord_hand_over"),
]  # fmt: skip
